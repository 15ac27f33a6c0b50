"""Chinese terms of the field and the English that the newsletter prints for them.

    glossary = load_glossary(Path("our-terms.toml"))
    glossary.terms_in("面向具身智能的后训练")   # embodied AI, post-training

The pairs are data, in `glossary.toml`; `load_glossary` reads them, the rest is pure.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from importlib import resources
from pathlib import Path

from .errors import DigestError
from .models import Frozen

EXAMPLE = '"具身智能" = "embodied AI" or "消融实验" = ["ablation study", "ablation"]'


class Term(Frozen):
    """A Chinese term, the English preferred for it, and other English that is accepted."""

    chinese: str
    english: str
    accepted: tuple[str, ...] = ()


class Glossary(Frozen):
    """The terms in the order of their files."""

    terms: tuple[Term, ...]

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The terms that occur, each once, in the order of their first occurrence.

        Read from left to right, the longest term that fits is taken, so 思维 is not listed
        for a text that only has 思维链.
        """
        found = (_key(match.group()) for match in self._pattern.finditer(text))
        return tuple(self._by_key[key] for key in dict.fromkeys(found))

    @cached_property
    def _by_key(self) -> dict[str, Term]:
        return {_key(term.chinese): term for term in self.terms}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_key.items(), key=lambda item: -len(item[0]))
        alternatives = (_pattern_of(term.chinese) for _, term in longest_first)
        return re.compile("|".join(alternatives) or NOTHING, re.IGNORECASE)


def load_glossary(*extra: Path) -> Glossary:
    """The terms of the package; a term in an extra file replaces it, and later files win.

    Raises `DigestError` for an extra file that cannot be read or holds anything but pairs.
    """
    packaged = resources.files(__package__).joinpath("glossary.toml").read_text(encoding="utf-8")
    terms = list(_parse(packaged, where="glossary.toml"))
    for path in extra:
        terms += _parse(_read(path), where=str(path))
    return Glossary(terms=tuple({_key(term.chinese): term for term in terms}.values()))


# ---------------------------------------------------------------- matching

NOTHING = r"(?!)"
GAP = r"[ \t\-–—]?"
# A run of Latin letters and digits, or a run of anything else between gaps.
PIECE = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9\s\-–—]+")


def _key(chinese: str) -> str:
    """What stays the same however the term is spaced, hyphenated and capitalised."""
    return "".join(PIECE.findall(chinese)).lower()


def _pattern_of(chinese: str) -> str:
    """Pieces may stand apart or together; a Latin end must not cut a longer Latin word."""
    pieces = PIECE.findall(chinese)
    before = r"(?<![A-Za-z0-9])" if pieces[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if pieces[-1].isascii() else ""
    return before + GAP.join(re.escape(piece) for piece in pieces) + after


# ---------------------------------------------------------------- reading


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DigestError(
            f"{path}: cannot read the glossary ({error.strerror}); check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise DigestError(f"{path}: the glossary is not UTF-8; save it as UTF-8") from error


def _parse(text: str, *, where: str) -> Iterator[Term]:
    try:
        pairs = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DigestError(f"{where}: not TOML: {error}; write {EXAMPLE}") from error
    for chinese, english in pairs.items():
        yield _term(chinese, english, where=where)


def _term(chinese: str, english: object, *, where: str) -> Term:
    wordings = english if isinstance(english, list) else [english]
    if not _key(chinese):
        raise DigestError(f"{where}: the term {chinese!r} has no letters; write {EXAMPLE}")
    words = tuple(word.strip() for word in wordings if isinstance(word, str))
    if not words or len(words) < len(wordings) or not all(words):
        raise DigestError(f"{where}: {chinese!r} needs English text; write {EXAMPLE}")
    return Term(chinese=chinese, english=words[0], accepted=words[1:])
