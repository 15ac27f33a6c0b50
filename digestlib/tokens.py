"""Count tokens, or estimate them and say so.

The vocabulary of `o200k_base` is used when its file is at hand already. tiktoken would fetch a
missing file without a timeout and delete a damaged one, so the file is checked before tiktoken
is even imported. Otherwise the count is an estimate from what the text is made of.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

Method = Literal["o200k_base", "estimate"]

O200K_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"
O200K_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"

_FEATURES = {
    "han": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"),
    "word": re.compile(r"[A-Z]?[a-z]+|[A-Z]+|[^\W\d_\u3400-\u9fff\uf900-\ufaffA-Za-z]"),
    "long_word": re.compile(r"[A-Za-z]{9}"),
    "digits": re.compile(r"\d{1,3}"),
    "mark": re.compile(r"[^\w\s]|_"),
    "repeated_mark": re.compile(r"([^\w\s])(?=\1)"),
    "line_break": re.compile(r"\s*\n"),
    "indent": re.compile(r"(?<=\n)[ \t]+"),
}
_TOKENS_PER_FEATURE = {
    "han": 0.72,
    "word": 1.1,
    "long_word": 0.6,
    "digits": 1.0,
    "mark": 0.9,
    "repeated_mark": -0.55,
    "line_break": 1.0,
    "indent": 0.6,
}
"""Fitted by hand to the two ratios measured with o200k_base in 2026-11: 1.84 characters per
token on the Chinese example reports, 4.4 on English prose. Expect 10% either way."""


class TokenCount(NamedTuple):
    """A number of tokens and how it was made."""

    n: int
    method: Method


def count_tokens(text: str) -> TokenCount:
    """The tokens of a text in `o200k_base`, or an estimate where its vocabulary is missing."""
    vocabulary = _vocabulary(os.environ)
    if vocabulary is None:
        return TokenCount(estimate_tokens(text), "estimate")
    return TokenCount(len(_encoding().encode(text, disallowed_special=())), "o200k_base")


def estimate_tokens(text: str) -> int:
    """An estimate from Chinese characters, words, digits by three, marks and line breaks."""
    weights = _TOKENS_PER_FEATURE.items()
    total = sum(len(_FEATURES[name].findall(text)) * weight for name, weight in weights)
    return max(round(total), 1 if text else 0)


def _vocabulary(environ: Mapping[str, str]) -> Path | None:
    """The vocabulary file where tiktoken would look for it, if it is there and whole."""
    fallback = str(Path(tempfile.gettempdir()) / "data-gym-cache")
    folder = environ.get("TIKTOKEN_CACHE_DIR", environ.get("DATA_GYM_CACHE_DIR", fallback))
    path = Path(folder) / O200K_FILE
    return path if folder and _is_whole(path) else None


@cache
def _is_whole(path: Path) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == O200K_SHA256
    except OSError:
        return False


@cache
def _encoding() -> Any:
    import tiktoken

    return tiktoken.get_encoding("o200k_base")
