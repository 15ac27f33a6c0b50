"""The things that stand once in both texts: by them is known which clause tells which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, figures_of, names_of, words_of


@lru_cache(maxsize=1)
def things_once(case: Case) -> tuple[Thing, ...]:
    """The names, words and figures that stand once in both texts; not by how much it is more."""
    figures = figures_of([m for m in single(case.matches) if m.source.kind in _OF_THINGS])
    figures = [
        t._replace(
            source=(_size(case.source, t.source[0]),), target=(_size(case.text, t.target[0]),)
        )
        for t in figures
    ]
    words = [*names_of(case.source, case.text), *words_of(case.source, case.text), *figures]
    words += ordinals(case)
    only = [t._replace(weight=WORD) for t in words if t.once and t.name in ONLY]
    return (*[t for t in words if t.once and t.name not in _ONLY_OR_CLEARLY], *only)


def ordinals(case: Case) -> Iterator[Thing]:
    """The first and the second of one sort, 首届 and 第二届, where either text has both."""
    there = list(_ORDINAL.finditer(case.source))
    if len(there) < 2:
        return
    for told in there:
        here = list(_ORDINALS[told["nth"]].finditer(case.lowered))
        if len(here) == 1:
            yield Thing(told[0], WORD, (told.span(),), (here[0].span(),))


def is_ordinal(thing: Thing) -> bool:
    """Whether it is the first or the second of one sort."""
    return _ORDINAL.fullmatch(thing.name) is not None


_ORDINAL: Final = re.compile(r"(?P<nth>首|第[一二三四五])(?:[届代期轮批季版]|个?阶段)")
_ORDINALS: Final = {
    told: re.compile(rf"\b(?:{here})\b")
    for told, here in {
        "首": "first|inaugural|initial",
        "第一": "first|inaugural|initial",
        "第二": "second",
        "第三": "third",
        "第四": "fourth",
        "第五": "fifth",
    }.items()
}


def _size(source: str, place: Span) -> Span:
    """Where the 32B of 超过了 32B 版本 stands, which is more than nothing."""
    told = _SIZE.search(source, *place)
    return told.span() if told else place


_SIZE: Final = re.compile(r"\d[\d.]*\s?[BM]\Z")
_CLEARLY: Final = frozenset({"显著", "明显", "大幅", "大大", "远"})
"""What goes with the comparison, whichever side is told first."""
ONLY: Final = frozenset({"仅", "只", "仅仅"})
"""On real data only: what tells the one side from the other."""
_ONLY_OR_CLEARLY: Final = ONLY | _CLEARLY
_OF_THINGS: Final = ("count", "number", "measure")
"""Figures that say which thing is meant, a 3B model; the others say by how much."""
CLEARLY: Final = 0.5
"""So much more must speak for an exchange than against it."""


def weight_in_both(things: Sequence[Thing], there: Span, here: Span) -> float:
    """How much the things weigh that stand in the one stretch and in the other."""
    return weighed(in_both(things, there, here))


def weighed(things: Sequence[Thing]) -> float:
    """How much the things weigh together."""
    return sum(thing.weight for thing in things)


def in_both(things: Sequence[Thing], there: Span, here: Span) -> list[Thing]:
    """The things that stand in the one stretch and in the other."""
    return [t for t in things if is_in(t.source[0], there) and is_in(t.target[0], here)]


REACH: Final = 160
"""A clause or sentence is not longer than so many characters on either side of a place."""


def clause_around(mark: re.Pattern[str], text: str, place: Span, *, reach: int = REACH) -> Span:
    """From the last mark in front of a place to the next one behind it."""
    start, end = place
    low, high = max(0, start - reach), min(len(text), end + reach)
    stop = mark.search(text, end, high)
    for found in mark.finditer(text, low, start):
        low = found.end()
    return low, stop.start() if stop else high


def is_ahead(thing: Thing, others: Iterable[Thing]) -> bool:
    """Whether it heads the statement in both texts: it relies mainly on this, and on that."""
    return all(thing.source < t.source and thing.target < t.target for t in others)


def is_in(place: Span, stretch: Span) -> bool:
    """Whether a place is within a stretch, ends included."""
    return stretch[0] <= place[0] and place[1] <= stretch[1]
