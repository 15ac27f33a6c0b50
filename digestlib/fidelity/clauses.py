"""What stands in the clause of what: A does this, while B does that, told as B does this, and A that.

Two things that stand in each other's clause, where more has stayed than went over, were exchanged.
What went over with a figure of its own was only told elsewhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.sorts import NAMED, sorts_of
from digestlib.fidelity.things import NAME, WORD, Thing, figures_of, names_of, words_of
from digestlib.models import Finding

PARTED: Final = "，|；|。|;"
"""One of these in a source of several clauses, …"""
PARTED_HERE: Final = ";|. |? |! |\n|while|whereas|but|though|yet"
"""… and in such English."""
_AGAINST_THERE: Final = re.compile(r"[。；;！？\n]|，(?=[而但却则])")
_COMMA_THERE: Final = re.compile(r"[。；;！？\n，]")
_AGAINST_HERE: Final = re.compile(
    r"[;\n]|[.!?](?=\s)|w(?<= w)(?:hile|hereas)\b|b(?<= b)ut\b|t(?<= t)hough\b|a(?<= a)lthough\b|y(?<= y)et\b"
)
FEW: Final = 12
"""A statement of more clauses is not read."""
_POINTS: Final = tuple("该本其此")
"""该方法: what it is another sentence says."""

_Placed = dict[tuple[int, int], list[Thing]]
"""The things of a clause of the source that stand in a clause of the English."""


def exchanged_clauses(case: Case) -> Iterator[Finding]:
    """The first two things that stand in each other's clause."""
    here = _clauses(_AGAINST_HERE, case.text)
    if not here or len(case.text) < len(case.source):
        return  # so little tells nothing of the places
    words: list[Thing] = []
    for mark in (_AGAINST_THERE, _COMMA_THERE):
        if there := _clauses(mark, case.source):
            words = words or _words(case)
            placed = _placed(words, there, here)
            if not (places := list(_crossing(placed))):
                continue
            figures = _placed(_figures(case), there, here)
            for a, b in _crossed(places, placed, figures, parted=mark is _AGAINST_THERE):
                if is_turned_twice(case):
                    return  # B trails A: what goes with A still does
                message = f"{a.name} and {b.name} are exchanged"
                yield finding(case, "swap", "major", message, target=a.target[0], span=a.source[0])
                return


def _clauses(mark: re.Pattern[str], text: str) -> list[Span]:
    """Where the clauses stand; none where there is but one, or too many."""
    marks = [m.span() for m in mark.finditer(text)]
    if not 0 < len(marks) <= FEW:
        return []
    starts, stops = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    found = [s for s in zip(starts, stops, strict=True) if text[slice(*s)].strip(" *)）")]
    return found if len(found) > 1 else []


def _figures(case: Case) -> list[Thing]:
    """The figures that say how much: what is first or second is a word."""
    return figures_of([m for m in single(case.matches) if m.source.kind != "ordinal"])


def _words(case: Case) -> list[Thing]:
    """The names and words that stand once in both texts, and say what they are about."""
    things = (*names_of(case.source, case.text), *words_of(case.source, case.text))
    pointed = _POINTED.search(case.source) and _BOTH.search(case.lowered)
    return [
        t
        for t in things
        if t.once and t.weight >= WORD and case.source.count(t.name) == 1
        if not t.name.startswith(_POINTS) and not (pointed and t.weight >= NAME)
    ]


_POINTED: Final = re.compile("[前后]者")
_BOTH: Final = re.compile(r"\b(?:the (?:two|pair|duo)|both|they)\b")
"""A trails on this, although the two are close on that: where 前者 stood the names are told."""


def _placed(things: Sequence[Thing], there: Sequence[Span], here: Sequence[Span]) -> _Placed:
    found: _Placed = {}
    taken = 0, 0
    for thing in sorted(things, key=_target):
        target = thing.target[0]
        if target[0] >= taken[1]:
            place = _clause_of(thing.source[0], there), _clause_of(target, here)
            if -1 not in place:
                taken = target
                found.setdefault(place, []).append(thing)
    return found


def _target(thing: Thing) -> Span:
    return thing.target[0]


def _clause_of(place: Span, clauses: Sequence[Span]) -> int:
    start, end = place
    for number, (low, high) in enumerate(clauses):
        if start < high:
            return number if low <= start and end <= high else -1
    return -1


def _crossing(words: _Placed) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Two clauses of the source, each in the English where something of the other one stayed."""
    for one, other in itertools.combinations(words, 2):
        stayed = (one[0], other[1]), (other[0], one[1])
        if one[0] != other[0] and one[1] != other[1] and not words.keys().isdisjoint(stayed):
            yield one, other


def _crossed(
    places: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    words: _Placed,
    figures: _Placed,
    *,
    parted: bool,
) -> Iterator[tuple[Thing, Thing]]:
    """Two things that changed places; where only commas part them, of one sort or with others."""
    for one, other in places:
        if one in figures or other in figures:
            continue
        stayed = (one[0], other[1]), (other[0], one[1])
        gone = [_weight(words[place]) for place in (one, other)]
        kept = [_weight([*words.get(at, ()), *figures.get(at, ())]) for at in stayed]
        pairs = list(itertools.product(words[one], words[other]))
        alike = [pair for pair in pairs if (sorts_of(pair[0]) & sorts_of(pair[1]))]
        surely = [pair for pair in alike if not sorts_of(pair[0]) & sorts_of(pair[1]) <= NAMED]
        if sum(kept) < sum(gone) or (min(kept) < WORD and not (surely and parted)):
            continue
        if parted or alike or min(gone) >= MANY:
            yield (surely or alike or pairs)[0]


MANY: Final = 1.0
"""So much went over for sure, whatever it is."""


def _weight(things: Sequence[Thing]) -> float:
    return sum([thing.weight for thing in things])
