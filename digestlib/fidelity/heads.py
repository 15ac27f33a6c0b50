"""What is said of which of two things: spatial reasoning and temporal tracking told as temporal reasoning and spatial tracking."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.kin import may_be_exchanged
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.sorts import sorts_of
from digestlib.fidelity.things import Thing, names_of, words_of
from digestlib.models import Finding

JOINED: Final = "和|与|及|、|；|，|/|或"
"""One of these in a source that tells of two things."""
_BESIDE_THERE: Final = re.compile(r"[\s*]*的?[\s*]*")
_BESIDE_HERE: Final = re.compile(r"(?:['’]s)?[\s*-]*")
_BEHIND_HERE: Final = re.compile(r"[ *]*(?:of|in|for|on)(?: the| an?| its)?[ *]*")
_ONE_HERE: Final = re.compile(r" ones?\b")
"""The old encoder lost more, the new one less: either is an encoder."""
NEAR: Final = 9
"""So many characters apart two words may stand beside each other."""
NEXT: Final = 3
"""So many places further on another word may stand beside one: words overlap."""

_Pair = tuple[int, int]


def exchanged_heads(case: Case) -> Iterator[Finding]:
    """The first two words of one sort, each beside what the other one stood beside."""
    if len(case.text) < len(case.source) or not may_be_exchanged(case.source):
        return  # so little tells nothing of the places
    things = [*names_of(case.source, case.text), *words_of(case.source, case.text)]
    alike = _of_shared_sorts(things)
    if not alike:
        return
    there = {
        (n, m)
        for n, m, gap in _neighbours([t.source for t in things])
        if (n in alike or m in alike) and _BESIDE_THERE.fullmatch(case.source, *gap)
    }
    if len(there) < 2:
        return
    told = set(itertools.chain.from_iterable(there))
    near = [(n, m, gap) for n, m, gap in _neighbours([t.target for t in things]) if {n, m} <= told]
    here = {(n, m) for n, m, gap in near if _BESIDE_HERE.fullmatch(case.text, *gap)}
    here |= {(m, n) for n, m, gap in near if _BEHIND_HERE.fullmatch(case.text, *gap)}
    for one, other in _crossed(there - here, here):
        if _are_of_a_sort(things, one, other) and not any(
            _ONE_HERE.search(case.lowered, start, end + len(" ones"))
            for n in (*one, *other)
            for start, end in things[n].target
        ):
            a, b = things[one[0]], things[other[0]]
            message = f"{a.name} and {b.name} are exchanged"
            yield finding(case, "swap", "major", message, target=a.target[0], span=a.source[0])
            return


def _of_shared_sorts(things: Sequence[Thing]) -> set[int]:
    """Which things are of a sort of which there is another one."""
    own = [sorts_of(t) for t in things]
    often = Counter(itertools.chain.from_iterable(own))
    return {n for n, sorts in enumerate(own) if any(often[sort] > 1 for sort in sorts)}


def _crossed(lost: set[_Pair], here: set[_Pair]) -> Iterator[tuple[_Pair, _Pair]]:
    """Two pairs that are no more, each with the second of the other one."""
    before: dict[int, list[int]] = {}
    behind: dict[int, list[int]] = {}
    for first, second in sorted(lost):
        before.setdefault(second, []).append(first)
        behind.setdefault(first, []).append(second)
    for a, d in sorted(here):
        for c in before.get(d, ()):
            for b in behind.get(a, ()):
                if (c, b) in here:
                    yield (a, b), (c, d)


def _neighbours(places: Sequence[Sequence[Span]]) -> Iterator[tuple[int, int, Span]]:
    """Which stand a little in front of which, and where the gap between them is."""
    order = sorted([(span, n) for n, spans in enumerate(places) for span in spans])
    for at, ((_, end), n) in enumerate(order, 1):
        for (start, _), m in order[at : at + NEXT]:
            if 0 <= start - end <= NEAR:
                yield n, m, (end, start)


def _are_of_a_sort(things: Sequence[Thing], one: _Pair, other: _Pair) -> bool:
    """Whether both have modifiers, or heads, that can be told in the place of each other."""
    pairs = [(things[a], things[b]) for a, b in zip(one, other, strict=True)]
    if len({*one, *other}) < 4 or any(_is_part(a, b) for a, b in pairs):
        return False
    return any(not sorts_of(a).isdisjoint(sorts_of(b)) for a, b in pairs)


def _is_part(a: Thing, b: Thing) -> bool:
    """Whether one word is part of the other, or one English word stands for both."""
    return a.name in b.name or b.name in a.name or not set(a.target).isdisjoint(b.target)
