"""Whose a thing is of two that could be taken for each other: what stands near them votes.

The same is asked of figures, in `swaps`, and of words and names, in `kin`: does each thing around
them belong to the same one in both texts?
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.lists import listed_owners, told_together
from digestlib.fidelity.nearness import Field, Span, field, shares
from digestlib.fidelity.things import Thing

UNEVEN: Final = 0.5
"""What the vote of a word counts that one language says more often than the other."""
PEER: Final = 0.5
"""What another of those weighs that could be taken for each other."""
NOTHING: Final = 0.005
"""A vote that is smaller than this is not looked at."""
AROUND: Final = 240
"""So many characters around them a thing may stand."""

Owned = tuple[Thing, list[float], list[float]]
"""A thing, and how much of it belongs to each of them in the source and in English."""


Sides = tuple[Sequence[Span], Sequence[Span]]
"""Where the figures stand in the source and in English."""


class Votes(NamedTuple):
    """What the things of the one and of the other say: exchanged, or in place."""

    exchanged: tuple[float, float]
    in_place: tuple[float, float]


class _Side(NamedTuple):
    """One of the two texts: how near its figures are, and what its lists say."""

    field: Field
    listed: dict[int, int]
    """The thing that a list gives to a figure."""
    together: list[list[int]]
    """For each figure those that stand in one list or change with it, and itself."""
    apart: bool
    """Whether each stands alone."""


def owners(
    things: Sequence[Thing],
    theirs: Sequence[Span],
    ours: Sequence[Span],
    source: str,
    text: str,
) -> list[Owned]:
    """How much of each thing near them belongs to each of the figures, in both texts.

    Without what belongs to all of them alike in the source, which has no vote.
    """
    things = _nearby(things, theirs, ours)
    there, here = _side(things, source, theirs, there=True), _side(things, text, ours, there=False)
    owned = [(number, t, _owned(number, t.source, there)) for number, t in enumerate(things)]
    return [
        (t, own, _owned(number, t.target, here))
        for number, t, own in owned
        if max(own) - min(own) > NOTHING
    ]


def _side(things: Sequence[Thing], text: str, figures: Sequence[Span], *, there: bool) -> _Side:
    together = told_together(figures, text, there=there)
    return _Side(
        field(text, figures, AROUND, chinese=there),
        listed_owners(things, figures, text, there=there),
        together,
        apart=all(len(group) == 1 for group in together),
    )


def _owned(index: int, places: Sequence[Span], side: _Side) -> list[float]:
    """How much of a thing belongs to each figure: a list decides, else nearness.

    What is near to one figure of a list or of a change is as near to the others.
    """
    if side.listed and index in side.listed.values():
        figures = [figure for figure, thing in side.listed.items() if thing == index]
        return [float(k in figures) for k in range(len(side.together))]
    own = shares(side.field, places)
    if side.apart:
        return own
    return [sum([own[k] for k in group]) / len(group) for group in side.together]


def in_clauses(owned: Sequence[Owned], sides: Sides, source: str, text: str) -> list[Owned]:
    """Without what speaks for an exchange from a later clause than that of any figure.

    `…, enough for gold` says nothing of which of the figures before it is whose.
    """
    return [
        (thing, there, here)
        for thing, there, here in owned
        if _nearest(there) == _nearest(here)
        or not (
            _follows(thing.source, _nearest(there), sides[0], source, _CLAUSE_THERE)
            or _follows(thing.target, _nearest(here), sides[1], text, _CLAUSE_HERE)
        )
    ]


_CLAUSE_THERE: Final = re.compile(r"[，。；！？\n]")
_CLAUSE_HERE: Final = re.compile(r"[;\n]|[,.](?=\s)|\b(?:while|whereas|but)\b")


def _nearest(own: Sequence[float]) -> int:
    return max(range(len(own)), key=own.__getitem__)


def _follows(
    places: Sequence[Span], owner: int, figures: Sequence[Span], text: str, mark: re.Pattern[str]
) -> bool:
    """Whether a clause without a figure, behind its owner, has the only place of a thing."""
    start, end = places[0]
    last = figures[owner][1]
    if len(places) > 1 or start < last or not mark.search(text, last, start):
        return False
    return not any(end <= low and not mark.search(text, end, low) for low, _ in figures)


def votes(
    i: int,
    j: int,
    owned: Sequence[Owned],
    sides: Sides,
    partners: Collection[Span] = (),
    *,
    outside: float,
) -> Votes:
    """How the things around two of them vote; those in front of or behind both count for less.

    That the partners of a change or list are still together does not say whose they are.
    """
    exchanged, in_place = [0.0, 0.0], [0.0, 0.0]
    for thing, there, here in owned:
        mine, yours = there[i] - there[j], here[i] - here[j]
        vote = thing.weight * mine * yours
        if abs(vote) < NOTHING or thing.source[0] in (sides[0][i], sides[0][j]):
            continue
        if vote > 0 and (thing.name in _QUALIFIERS or thing.source[0] in partners):
            continue
        if len(thing.source) != len(thing.target):
            vote *= UNEVEN
        if _is_outside(thing, i, j, sides):
            vote *= outside
        (in_place if vote > 0 else exchanged)[mine > 0] += abs(vote)
    return Votes((exchanged[0], exchanged[1]), (in_place[0], in_place[1]))


_QUALIFIERS: Final = frozenset({"仅", "只", "仅仅"})
"""What goes with a figure wherever it stands: only 12%."""


def _is_outside(thing: Thing, i: int, j: int, sides: Sides) -> bool:
    """Whether a thing stands before both figures in both texts, or behind both in both.

    What heads the sentence is near to the figure that comes first, whichever that is.
    """
    before = [
        [place[0] < figures[k][0] for place in places for k in (i, j)]
        for places, figures in zip((thing.source, thing.target), sides, strict=True)
    ]
    return all(map(all, before)) or not any(map(any, before))


def _nearby(things: Sequence[Thing], theirs: Sequence[Span], ours: Sequence[Span]) -> list[Thing]:
    """The things around the figures, with the places that no figure takes."""
    found = []
    reach = _reach(theirs), _reach(ours)
    for name, weight, source, target in things:
        there = _places(source, theirs, reach[0])
        here = _places(target, ours, reach[1]) if there else ()
        if here:
            found.append(Thing(name, PEER if there[0] in theirs else weight, there, here))
    return found


def _reach(figures: Sequence[Span]) -> Span:
    return min(figures)[0] - AROUND, max(figures)[1] + AROUND


def _places(places: Sequence[Span], figures: Sequence[Span], reach: Span) -> tuple[Span, ...]:
    low, high = reach
    near = tuple([span for span in places if low <= span[0] and span[1] <= high])
    itself = len(near) == 1 and near[0] in figures
    return near if itself or not _overlaps(near, figures) else ()


def _overlaps(places: Sequence[Span], figures: Sequence[Span]) -> bool:
    for start, end in figures:
        for a, b in places:
            if a < end and start < b:
                return True
    return False
