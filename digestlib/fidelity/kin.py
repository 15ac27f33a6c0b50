"""Two words of one sort exchanged: the local compressor and the cloud predictor told the other way.

The words are data, in `kin.txt`. What stands near each of two such words in both texts says whether
they changed places, as for figures.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span, field, shares
from digestlib.fidelity.swaps import is_outside
from digestlib.fidelity.things import Thing, figures_of, names_of, words_of
from digestlib.models import Finding
from digestlib.once import once

BOTH: Final = 0.25
"""So many votes of the things of either word make an exchange …"""
DOUBT: Final = 0.05
"""… where fewer than these are against it."""
APART: Final = 80
"""Words that are so many characters apart are not mixed up."""
AROUND: Final = 200
"""So many characters around the words a thing may stand."""
OUTSIDE: Final = 0.5
"""What the vote of a thing counts that stands in front of both words, or behind both."""

_END: Final = re.compile(r"[。！？\n]")
_LISTED: Final = re.compile(
    r"[\s*、，,和与及或/（(）)的&-]*(?:and|or)?[\s,*/()-]*(?:the |its )?", re.IGNORECASE
)


def exchanged_kin(case: Case) -> Iterator[Finding]:
    """Two words of one sort in each other's place."""
    present = [sort for sort in sorts() if sum(word in case.source for word in sort) > 1]
    if not present:
        return
    words = [thing for thing in words_of(case.source, case.text) if thing.once]
    named = [t for t in (*names_of(case.source, case.text), *figures_of(case.matches)) if t.once]
    for first, second in itertools.combinations(words, 2):
        if not any(first.name in sort and second.name in sort for sort in present):
            continue
        if _is_told_apart(first, second, case) and _changed_places(
            first, second, [*named, *words], case
        ):
            message = f"{first.name} and {second.name} are exchanged"
            yield finding(case, "swap", "major", message, target=first.target[0])


@once
def sorts() -> tuple[frozenset[str], ...]:
    """The Chinese words of each sort."""
    text = resources.files(__package__).joinpath("kin.txt").read_text(encoding="utf-8")
    return tuple(frozenset(line.split()) for line in text.splitlines() if line[:1] != "#")


def _is_told_apart(first: Thing, second: Thing, case: Case) -> bool:
    """Whether the two stand in one sentence, and not side by side in a list."""
    for text, places in (
        (case.source, sorted([first.source[0], second.source[0]])),
        (case.text, sorted([first.target[0], second.target[0]])),
    ):
        (_, end), (start, _) = places
        if end > start or _LISTED.fullmatch(text, end, start):
            return False
        if text is case.source and (start - end > APART or _END.search(text, end, start)):
            return False
    return True


def _changed_places(first: Thing, second: Thing, things: Sequence[Thing], case: Case) -> bool:
    """Whether what stands near the one in the source stands near the other in English."""
    theirs, ours = (first.source[0], second.source[0]), (first.target[0], second.target[0])
    there = field(case.source, theirs, AROUND, chinese=True)
    here = field(case.text, ours, AROUND, chinese=False)
    exchanged, in_place = [0.0, 0.0], [0.0, 0.0]
    for thing in things:
        if not (_is_free(thing.source[0], theirs) and _is_free(thing.target[0], ours)):
            continue
        mine = operator.sub(*shares(there, thing.source))
        vote = thing.weight * mine * operator.sub(*shares(here, thing.target))
        if is_outside(thing, 0, 1, (theirs, ours)):
            vote *= OUTSIDE
        (in_place if vote > 0 else exchanged)[mine > 0] += abs(vote)
    return min(exchanged) > BOTH and max(in_place) < DOUBT


def _is_free(place: Span, words: Sequence[Span]) -> bool:
    """Whether a place is near the two words and no part of them."""
    low, high = min(words)[0] - AROUND, max(words)[1] + AROUND
    near = low <= place[0] and place[1] <= high
    return near and all(place[1] <= start or end <= place[0] for start, end in words)
