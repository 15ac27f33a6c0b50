"""Opposites: 2D for 3D, the last frame for the first, closed for open, test set for training set.

The pairs are data, in `opposites.toml`; they are read once, at the first check.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Guarded, guarded


class _Word(NamedTuple):
    """One of two opposites: in Chinese, in English, and what else English may say for it."""

    chinese: Guarded
    english: Guarded
    freely: re.Pattern[str]


_Pair = tuple[_Word, _Word, bool]
"""Two opposites, and whether only the one told as the other is wrong."""


PART: Final = 5
"""Of a source so many times as long as the English, nobody knows which words are meant."""


def changed_opposites(case: Case) -> Iterator[Finding]:
    """English says the one more often than the source, and its opposite as much less often.

    Where the source has only the one, English must not have only the other; where it has both,
    they are counted, unless English is too short to be all of it.
    """
    source, text = case.source, case.text
    if len(source) > PART * len(text):
        return
    low = case.lowered
    whole = len(text) >= len(source)
    for said, turned, mine, yours in _told(source):
        ours = list(turned.english.finditer(low))
        if not ours or (yours and not whole):
            continue
        kept = len(said.freely.findall(low))
        counted = whole and len(ours) - yours >= mine - kept > 0
        if counted or (not yours and not kept):
            span = ours[0].span()
            message = f"the source says the opposite of {text[slice(*span)]}"
            yield finding(case, "direction", "major", message, target=span)


@lru_cache(maxsize=64)
def _told(source: str) -> tuple[tuple[_Word, _Word, int, int], ...]:
    """A word, its opposite, and how often the source says either."""
    found = []
    characters = frozenset(source)
    for (one, other, one_way), beginnings in _pairs():
        if beginnings.isdisjoint(characters):
            continue
        pair = (one, other), (other, one)
        there = [len(list(word.chinese.finditer(source))) for word in (one, other)]
        if not any(there):
            continue
        for (said, turned), (mine, yours) in zip(pair, (there, there[::-1]), strict=True):
            if mine and not (one_way and (yours or said is other)):
                found.append((said, turned, mine, yours))
    return tuple(found)


@once
def _pairs() -> tuple[tuple[_Pair, frozenset[str]], ...]:
    """Each pair, and the characters of which the source must have one."""
    file = resources.files(__package__).joinpath("opposites.toml")
    table = tomllib.loads(file.read_text(encoding="utf-8"))["pairs"]
    found = []
    for pair in table:
        one, other = (
            _word(chinese, english, freely, pair.get("needs"))
            for chinese, english, freely in zip(
                pair["chinese"], pair["english"], pair.get("freely", _NOTHING), strict=True
            )
        )
        beginnings = frozenset(word[0] for word in (*one.chinese.needs, *other.chinese.needs))
        found.append(((one, other, pair.get("one_way", False)), beginnings))
    return tuple(found)


_NOTHING: Final = ("", "")


def _word(chinese: str, english: str, freely: str, needs: list[str] | None) -> _Word:
    return _Word(
        guarded(chinese, *(needs or chinese.split("|"))),
        guarded(_whole(english), *_beginnings(english)),
        re.compile(_whole(f"{english}|{freely}" if freely else english)),
    )


def _whole(words: str) -> str:
    return rf"\b(?:{words})\b"


def _beginnings(words: str) -> list[str]:
    """The letters that each alternative begins with; none where one of them has no such letters."""
    found = [_BEGINNING.match(word) for word in words.split("|")]
    return [match[0] for match in found if match] if all(found) else []


_BEGINNING: Final = re.compile(r"[a-z0-9]+(?![?*a-z0-9])|[a-z0-9]+(?=[a-z0-9][?*])")
