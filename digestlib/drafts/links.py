"""Links, built from ids and addresses that fit the two patterns; anything else is not linked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..models import Summary

_HUGGING_FACE = re.compile(r"https://huggingface\.co/papers/([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?")
_ARXIV = re.compile(r"https://arxiv\.org/abs/([0-9]{4}\.[0-9]{4,5})(?:v[0-9]+)?")
_VERSION = re.compile(r"v[0-9]+$")


@dataclass(frozen=True)
class Link:
    """An address that may be printed as a link."""

    name: str
    url: str


def paper_links(summary: Summary) -> tuple[Link, ...]:
    """The paper's pages, Hugging Face first, where their addresses fit."""
    pages = (("Hugging Face", hugging_face(summary)), ("arXiv", arxiv(summary)))
    return tuple(Link(name, url) for name, url in pages if url)


def hugging_face(summary: Summary) -> str | None:
    """The paper's page on Hugging Face, when its address is one and names this paper."""
    return _checked(_HUGGING_FACE, summary.hf_url, summary.id)


def arxiv(summary: Summary) -> str | None:
    """The paper's page on arXiv, when its address is one and names this paper."""
    return _checked(_ARXIV, summary.arxiv_url, summary.id)


def _checked(pattern: re.Pattern[str], url: str | None, paper_id: str) -> str | None:
    match = pattern.fullmatch(url or "")
    return url if match and match[1] == _VERSION.sub("", paper_id) else None
