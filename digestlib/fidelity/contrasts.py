"""Two things that a sentence sets against each other, each with its figure: A has this, while B has that.

Where both stand with the same figures in both texts, nothing is exchanged, whatever else moved: what
the source says once of both, the rate that rises and falls, English says of whichever comes first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.nearness import Span, field, shares
from digestlib.fidelity.sorts import sorts_of
from digestlib.fidelity.things import Thing

CLEARLY: Final = 3.0
"""So many times nearer to the one figure than to the other a thing stands that belongs to it."""
AROUND: Final = 240
"""So many characters around the figures a thing may stand."""
Texts = tuple[str, str]
Sides = tuple[Sequence[Span], Sequence[Span]]
"""Where the figures stand in the source and in English."""


def opposed(things: Sequence[Thing], source: str) -> list[tuple[Thing, ...]]:
    """What the source may set against each other: two things of one sort, or a word for none."""
    return list(_opposed(things)) if _PART_THERE.search(source) else []


def contrasted(
    against: Sequence[tuple[Thing, ...]], pair: tuple[int, int], sides: Sides, texts: Texts
) -> bool | None:
    """Whether two figures are still with what they were set against each other with.

    None where the source sets nothing against each other, or English does not say clearly.
    """
    told = {_is_kept(things, pair, sides, texts) for things in against} - {None}
    return told.pop() if len(told) == 1 else None


def is_contrasted(a: Thing, b: Thing, sides: Sides, texts: Texts) -> bool:
    """Whether two things are still with the figures that set them against each other."""
    pairs = itertools.combinations(range(len(sides[0])), 2)
    return any(_is_kept((a, b), pair, sides, texts) for pair in pairs)


def is_alternated(group: Sequence[int], pair: tuple[int, int], sides: Sides) -> bool:
    """Whether either text tells figures and others in turn, and two still go with the same others.

    A has 3 and B has 4: what stands between A and B is A's, wherever else it may be near to.
    """
    there, here = (_in_turn(group, side) for side in sides)
    mine, yours = ([owned.get(k, set()) for k in pair] for owned in (there, here))
    return all(mine) and mine == yours and mine[0] != mine[1]


def is_crosswise(a: Thing, b: Thing, things: Sequence[Thing], texts: Texts, *, sure: bool) -> bool:
    """Whether two things have changed the clauses that set them against each other.

    A does this, while B does that, told as B does this, while A does that: what else stands in the
    clause of the one stands in English in that of the other, nearly all of it; all of it, and
    of both, where only a comma parts the two, which must be of one sort for sure.
    """
    between = _between(a.source[0], b.source[0])
    parted = bool(_AGAINST.search(texts[0], *between))
    if _END.search(texts[0], *between) or not (parted or sure):
        return False
    there = _clauses(texts[0], a.source[0], b.source[0], _AGAINST if parted else _COMMA_THERE)
    here = there and _clauses(texts[1], a.target[0], b.target[0], _PART_HERE, _COMMA_HERE)
    if there is None or here is None:
        return False
    same = 0.0
    crossed = {1: 0.0, -1: 0.0}
    for thing in things:
        if thing.once and thing not in (a, b) and texts[0].count(thing.name) == 1:
            mine, yours = _clause_of(thing.source[0], there), _clause_of(thing.target[0], here)
            same += thing.weight * (mine * yours > 0)
            if mine * yours < 0:
                crossed[mine] += thing.weight
    most = sum(crossed.values())
    plainly = most > CLEARLY * same if parted else min(crossed.values()) > 0 and not same
    return plainly and most > MOST


MOST: Final = 2.0
"""So much must stand in the clause of the other."""
_AGAINST: Final = re.compile("；|，(?=[而但却则])")
_COMMA_THERE: Final = re.compile("，")
_COMMA_HERE: Final = re.compile(r",(?=\s)")
_END: Final = re.compile(r"[。！？\n]|[.!?](?=\s)")


def _clauses(text: str, a: Span, b: Span, *marks: re.Pattern[str]) -> tuple[Span, Span] | None:
    """The clause of the one and that of the other, where something parts them."""
    first, second = sorted((a, b))
    parts = next(filter(None, (list(m.finditer(text, first[1], second[0])) for m in marks)), None)
    if parts is None:
        return None
    start = max((m.end() for m in _END.finditer(text, 0, first[0])), default=0)
    stop = _END.search(text, second[1])
    clauses = (start, parts[-1].start()), (parts[-1].end(), stop.start() if stop else len(text))
    return clauses if first == a else clauses[::-1]


def _clause_of(place: Span, clauses: tuple[Span, Span]) -> int:
    """1 in the first, -1 in the second, 0 in neither."""
    inside = [low <= place[0] and place[1] <= high for low, high in clauses]
    return inside[0] - inside[1]


_PART_THERE: Final = re.compile(
    r"[。；！？\n]|，(?=[而但却则])|[)）](?=是|[比高低多少优]于?|远|显著|明显|约|仅)"
)
_PART_HERE: Final = re.compile(
    r"[;\n]|[.!?](?=\s)|\b(?:while|whereas|but|versus|vs|against|than(?! \W?(?:\d|twice|two|three|four|five|half|double))|compared (?:with|to))\b"
)
_WITHOUT: Final = frozenset({"无", "没有", "不含", "未"})
"""What sets its clause against the other one alone."""


def _opposed(things: Sequence[Thing]) -> Iterator[tuple[Thing, ...]]:
    once = [(t, sorts_of(t)) for t in things if t.once]
    for (a, mine), (b, yours) in itertools.combinations([t for t in once if t[1]], 2):
        if mine & yours and a.target[0] != b.target[0] and a.source[0][1] <= b.source[0][0]:
            yield a, b
    yield from [(t,) for t, _ in once if t.name in _WITHOUT]


def _is_kept(
    things: Sequence[Thing], pair: tuple[int, int], sides: Sides, texts: Texts
) -> bool | None:
    """Whether each thing is with the same figure in both texts, or each with the other one."""
    there = [_part(t.source[0], pair, sides[0], texts[0], _PART_THERE) for t in things]
    if 0 in there or sum(there) > 1 or sum(there) < -1:
        return None
    here = [_owner(t.target[0], pair, sides[1], texts[1]) for t in things]
    return True if here == there else False if here == [-k for k in there] else None


def _part(
    place: Span, pair: tuple[int, int], figures: Sequence[Span], text: str, mark: re.Pattern[str]
) -> int:
    """1 where a place is in one part of the sentence with the first figure only, -1 with the second."""
    apart = [bool(mark.search(text, *_between(place, figures[k]))) for k in pair]
    return apart[1] - apart[0]


def _owner(place: Span, pair: tuple[int, int], figures: Sequence[Span], text: str) -> int:
    """1 where a place of the English belongs to the first figure, -1 to the second, 0 else."""
    if told := _part(place, pair, figures, text, _PART_HERE):
        return told
    near = field(text, figures, AROUND, chinese=False)
    if not near.start <= place[0] <= place[1] < near.start + len(near.costs):
        return 0
    own = shares(near, [place])
    first, second = [own[k] for k in pair]
    return (first > CLEARLY * second) - (second > CLEARLY * first)


def _between(a: Span, b: Span) -> Span:
    """What stands between two places, whichever comes first."""
    first, second = sorted((a, b))
    return first[1], max(first[1], second[0])


def _in_turn(group: Sequence[int], figures: Sequence[Span]) -> dict[int, set[int]]:
    """For each figure of a group the others that follow it, or that precede it, if all do."""
    order = sorted(range(len(figures)), key=lambda k: figures[k])
    ends = [k in group for k in (order[0], order[-1])]
    if ends[0] == ends[1]:
        return {}
    owned: dict[int, set[int]] = {k: set() for k in group}
    owner = -1
    for k in order if ends[0] else order[::-1]:
        if k in owned:
            owner = k
        else:
            owned[owner].add(k)
    return owned
