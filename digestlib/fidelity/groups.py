"""Which figures could be taken for each other: of one sort, matched once, near to each other."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.matching import Match
from digestlib.models import Quantity
from digestlib.quantities.units import UNITS


def grouped(matches: Sequence[Match]) -> list[list[Match]]:
    """The matched figures that could be taken for each other: of one sort, matched once."""
    groups: dict[str, list[Match]] = {}
    for m in told_once(matches):
        groups.setdefault(sort_of(m), []).append(m)
    return [part for group in groups.values() for part in together(group)]


def together(group: Sequence[Match]) -> list[list[Match]]:
    """A group in parts, of which each has several figures near to each other."""
    parts = [list(group[at : at + TOGETHER]) for at in range(0, len(group), TOGETHER - 2)]
    return [part for part in parts if _is_one_place(part)]


def _is_one_place(group: Sequence[Match]) -> bool:
    """Whether there are several figures, and they stand near enough to be mixed up."""
    starts = sorted(m.target.start for m in group)
    return len(group) > 1 and starts[-1] - starts[0] < APART


TOGETHER: Final = 12
"""So many figures of a sort are compared with each other at a time."""
APART: Final = 4000
"""Figures that are so many characters apart are not mixed up."""


def told_once(matches: Sequence[Match]) -> list[Match]:
    """The figures but dates that are matched once, in the order of the source."""
    once = [m for m in single(matches) if m.source.kind != "date"]
    return sorted(once, key=lambda m: m.source.start)


def single(matches: Sequence[Match]) -> list[Match]:
    """What is matched once: each can be a thing to the others."""
    if len(matches) < 2:
        return list(matches)
    uses = Counter([id(q) for m in matches for q in (m.source, m.target)])
    once: list[Match] = []
    shared: list[Match] = []
    for m in matches:
        (once if uses[id(m.source)] == uses[id(m.target)] == 1 else shared).append(m)
    return [*once, *_ranges(shared)]


def _ranges(ends: Sequence[Match]) -> Iterator[Match]:
    """32K 至 256K told as from 32K to 256K, or the other way: one figure in either text."""
    ends = sorted(ends, key=lambda m: (m.source.start, m.target.start))
    for low, high in itertools.pairwise(ends):
        if low.source is high.source and _is_joint(low.target, high.target):
            yield low._replace(target=_joined(low.target, high.target, low.source))
        elif low.target is high.target and _is_joint(low.source, high.source):
            yield low._replace(source=_joined(low.source, high.source, low.target))


NEARBY: Final = 10
"""The ends of a range are so many characters apart."""


def _is_joint(low: Quantity, high: Quantity) -> bool:
    return 0 < high.start - low.end < NEARBY


def _joined(low: Quantity, high: Quantity, ranged: Quantity) -> Quantity:
    """Two figures as the range that the other text has."""
    return low.model_copy(update={"end": high.end, "value": ranged.value})


def sort_of(match: Match) -> str:
    """What a figure could be taken for: another share, another count, another measure in its terms."""
    kind, text = match.source.kind, match.source.text
    if text.startswith("±"):
        return f"± {match.source.unit}"
    if text[0] in "前后末" and is_rank(match.target):
        return "ranked"
    if kind in ("percent", "fraction", "percentage_points"):
        return "half" if kind == "fraction" and "半" in text else "share"
    if kind in ("count", "number", "points", "magnitude"):
        return "counted"
    unit = UNITS.get(match.source.unit)
    return f"{kind} {unit.kind if unit and unit.kind in _MIXED else match.source.unit}"


def is_rank(quantity: Quantity) -> bool:
    """Whether an English figure says which ones: the top 10%."""
    return _RANKED.match(quantity.text) is not None


_RANKED: Final = re.compile(r"(?:the )?(?:top|bottom|first|last)\b", re.IGNORECASE)
"""The top 10% are no share that something has."""
_MIXED: Final = frozenset(
    {"time", "data_size", "power", "length", "mass", "area", "energy", "data_rate"}
)
"""Kinds whose figures are told in several units side by side: 14 minutes, and 40 seconds."""
