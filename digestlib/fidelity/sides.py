"""The two sides of a comparison: A is better than B, told as B is better than A.

Either text says what is compared (what stands before 比, before `better than`) and with what (what
stands behind). The things on both sides decide; where one text says better and the other worse, or
where they have no thing in common, nothing is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.compared import Compared, compared_here, compared_there
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.swaps import single
from digestlib.fidelity.things import Thing, figures_of, names_of, words_of
from digestlib.models import Finding

FEW: Final = 4
"""A sentence with more comparisons is not read."""


def exchanged_compared(case: Case) -> Iterator[Finding]:
    """What is compared and with what, exchanged."""
    if len(case.text) < len(case.source):
        return  # so little tells nothing of the sides
    there = list(itertools.islice(compared_there(case.source), FEW + 1))
    if not 0 < len(there) <= FEW:
        return
    here = list(itertools.islice(compared_here(case.lowered), FEW + 1))
    if not 0 < len(here) <= FEW:
        return
    things = things_once(case)
    for mine, yours in itertools.product(there, here):
        if mine.sign != yours.sign:
            continue
        if _is_exchanged(things, mine, yours, case.lowered):
            message = "what is compared with what is exchanged"
            yield finding(case, "swap", "major", message, target=yours.subject)
            return


def _is_exchanged(things: Sequence[Thing], mine: Compared, yours: Compared, low: str) -> bool:
    """Whether the things of either side stand on the other one in English; `it` is no thing."""
    ours = [t for t in things if not _is_in(t.source[0], mine.other)]
    theirs = [t for t in things if _is_in(t.source[0], mine.other)]
    free = [t for t in ours if not _is_in(t.target[0], yours.other)]
    turned = [t for t in theirs if not _is_in(t.target[0], yours.other)]
    straight = weight_in_both(free, mine.near, yours.near)
    straight += weight_in_both(theirs, mine.other, yours.other)
    if _IT.match(low, yours.other[0]) and not straight:
        return weight_in_both(turned, mine.other, yours.near) > CLEARLY
    crossed = (
        weight_in_both(turned, mine.other, yours.subject),
        weight_in_both(ours, mine.subject, yours.other),
    )
    return all(crossed) and sum(crossed) > straight + CLEARLY


_IT: Final = re.compile(r" (?:it|them)\b(?!s)")


def things_once(case: Case) -> list[Thing]:
    """The names, words and figures that stand once in both texts; not by how much it is more."""
    figures = figures_of([m for m in single(case.matches) if m.source.kind in _OF_THINGS])
    words = (*names_of(case.source, case.text), *words_of(case.source, case.text), *figures)
    return [thing for thing in words if thing.once]


_OF_THINGS: Final = ("count", "number", "measure")
"""Figures that say which thing is meant, a 3B model; the others say by how much."""
CLEARLY: Final = 0.5
"""So much more must speak for an exchange than against it."""


def weight_in_both(things: Sequence[Thing], there: Span, here: Span) -> float:
    """How much the things weigh that stand in the one stretch and in the other."""
    return sum(
        thing.weight
        for thing in things
        if _is_in(thing.source[0], there) and _is_in(thing.target[0], here)
    )


def _is_in(place: Span, stretch: Span) -> bool:
    return stretch[0] <= place[0] and place[1] <= stretch[1]
