"""Which things two figures count: the noun right behind each, 480 words and 3.2 images."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import Thing

_NOUN_THERE: Final = re.compile(r"(?:(?!并(?![行发列]))[^，。；：、,;:（）()\n\d和与及或而]){0,24}")
_NOUN_HERE: Final = re.compile(
    r"(?:[ -](?!(?:of|in|on|for|at|with|from|per|and|plus|or|that|which|who|is|are|was|were|to|by|than|"
    r"into|as|but|while|each|across|over|under|about|when|where|a|the|an|its|their|has|have|had|"
    r"it|they)\b)[A-Za-z][\w'’]*){1,5}"
)


def counted(
    things: Sequence[Thing], figures: Sequence[Span], text: str, *, there: bool
) -> list[frozenset[int]]:
    """For each figure the things, by their number, that stand in the noun behind it."""
    pattern = _NOUN_THERE if there else _NOUN_HERE
    found = []
    for _, end in figures:
        noun = pattern.match(text, end)
        stop = noun.end() if noun else end
        found.append(
            frozenset(
                index
                for index, thing in enumerate(things)
                if any(end <= a and b <= stop for a, b in (thing.source if there else thing.target))
            )
        )
    return found


def is_crossed(
    i: int, j: int, theirs: Sequence[frozenset[int]], ours: Sequence[frozenset[int]]
) -> bool:
    """Whether each of two figures counts in English what the other one counts in Chinese."""
    mine, yours = theirs[i] - theirs[j], theirs[j] - theirs[i]
    crossed = mine & ours[j] and yours & ours[i]
    return bool(crossed) and not mine & ours[i] and not yours & ours[j]


def is_kept(
    i: int,
    j: int,
    theirs: Sequence[frozenset[int]],
    ours: Sequence[frozenset[int]],
    *,
    both: bool = False,
) -> bool:
    """Whether one of two figures, or each, counts in both texts what the other one counts in none."""
    return (all if both else any)(
        (theirs[a] - theirs[b]) & (ours[a] - ours[b]) for a, b in ((i, j), (j, i))
    )
