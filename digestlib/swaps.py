"""Whose figure it is: the figures of two things exchanged.

Every name, word and other figure that both languages have votes for each pair of figures that
could be taken for each other: does it belong to the same one in both texts? A pair is exchanged
when the things of the one and the things of the other both say so.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.matching import Match
from digestlib.models import Finding, Quantity
from digestlib.nearness import Field, Span, field, shares
from digestlib.things import NAME, Thing, figures_of, names_of, words_of
from digestlib.verbatim import about

EXCHANGED: Final = 0.8
"""So many votes of the things of either figure make an exchange."""
TOGETHER: Final = 12
"""So many figures of a sort are compared with each other at a time."""
AROUND: Final = 240
"""So many characters around the figures a thing may stand."""


def swapped_figures(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """The figures of two things exchanged; each figure is told once."""
    told: set[int] = set()
    groups = _groups(matches)
    if not groups:
        return
    named, words = names_of(source, text), words_of(source, text)
    for group in groups:
        for m, owner in _exchanged(group, [*named, *words, *_others(matches, group)], source, text):
            if m.target.start not in told:
                told.add(m.target.start)
                message = f"the source gives this for another thing than {owner}"
                yield about("swap", "major", message, m.source, m.target, source, text)


def _groups(matches: Sequence[Match]) -> list[list[Match]]:
    """The matched figures that could be taken for each other: same kind, same unit, matched once."""
    uses = Counter(id(q) for m in matches for q in (m.source, m.target))
    groups: dict[str, list[Match]] = {}
    for m in sorted(matches, key=lambda m: m.source.start):
        if uses[id(m.source)] == uses[id(m.target)] == 1 and m.source.kind != "date":
            groups.setdefault(_sort_of(m), []).append(m)
    return [
        group[at : at + TOGETHER]
        for group in groups.values()
        for at in range(0, len(group), TOGETHER - 2)
        if len(group[at : at + TOGETHER]) > 1
    ]


def _sort_of(match: Match) -> str:
    kind, text = match.source.kind, match.source.text
    if kind in ("percent", "fraction"):
        return "half" if "半" in text else "share"
    if kind in ("count", "number", "points"):
        return "counted" if text[-1:] >= "\u4e00" else "plain"
    return f"{kind} {match.source.unit}"


def _others(matches: Sequence[Match], group: Sequence[Match]) -> list[Thing]:
    """The figures of other sorts that are matched once."""
    uses = Counter(id(q) for m in matches for q in (m.source, m.target))
    inside = {id(m.source) for m in group}
    return figures_of(
        [
            m
            for m in matches
            if id(m.source) not in inside and uses[id(m.source)] == uses[id(m.target)] == 1
        ]
    )


# ---------------------------------------------------------------- votes


_Owned = tuple[Thing, list[float], list[float]]
"""A thing, and how much of it belongs to each figure in the source and in English."""


class _Side(NamedTuple):
    """One of the two texts: how near its figures are, and the figures that lists assign."""

    field: Field
    listed: dict[int, int]
    """The thing that a list gives to a figure."""


def _exchanged(
    group: Sequence[Match], things: Sequence[Thing], source: str, text: str
) -> Iterator[tuple[Match, str]]:
    """(figure, the thing that English gives it to) where two figures are exchanged."""
    theirs = [(m.source.start, m.source.end) for m in group]
    ours = [(m.target.start, m.target.end) for m in group]
    things = [t for t in things if _is_near(t, theirs, ours)]
    there = _Side(field(source, theirs, chinese=True), _lists(things, theirs, source, there=True))
    here = _Side(field(text, ours, chinese=False), _lists(things, ours, text, there=False))
    owned = [
        (t, _owned(i, t.source, there), _owned(i, t.target, here)) for i, t in enumerate(things)
    ]
    changes = _changes(source, theirs)
    for i, j in itertools.combinations(range(len(group)), 2):
        same = group[i].target.value == group[j].target.value
        if same or j in changes[i] or _in_one_list(i, j, there, here):
            continue
        parts = _parts(source, text, group[i], group[j])
        votes = _voted(_with(changes[i], owned), _with(changes[j], owned), owned)
        if parts is False or (parts is None and votes > EXCHANGED):
            for k, other in ((i, j), (j, i)):
                strongest = max(owned, key=lambda o: o[2][k] * o[1][other], default=None)
                yield group[k], strongest[0].name if strongest else group[other].source.text


def _with(figures: Sequence[int], owned: Sequence[_Owned]) -> list[tuple[float, float]]:
    """How much of each thing belongs to the figures of one change: 从 9.7 到 8.9 is one."""
    return [
        (sum(o[1][k] for k in figures) / len(figures), sum(o[2][k] for k in figures) / len(figures))
        for o in owned
    ]


def _in_one_list(i: int, j: int, there: _Side, here: _Side) -> bool:
    """Whether both figures stand in one list in the same order, and no list of things tells."""
    if i in there.listed and i in here.listed:
        return False
    return all(
        abs(i - j) == 1 and _SEPARATORS[at].fullmatch(side.field.text, *_between(i, j, side))
        for at, side in ((True, there), (False, here))
    )


def _between(i: int, j: int, side: _Side) -> Span:
    (_, end), (start, _) = side.field.figures[i], side.field.figures[j]
    return end, max(end, start)


def _owned(index: int, places: Sequence[Span], side: _Side) -> list[float]:
    """How much of a thing belongs to each figure; a list decides, else nearness."""
    figures = [figure for figure, thing in side.listed.items() if thing == index]
    if figures:
        return [float(k in figures) for k in range(len(side.field.figures))]
    return shares(side.field, places)


def _voted(
    one: Sequence[tuple[float, float]],
    other: Sequence[tuple[float, float]],
    owned: Sequence[_Owned],
) -> float:
    """What the things of both figures say: above 0 for exchanged, below for in place."""
    first = second = 0.0
    for (thing, *_), mine, yours in zip(owned, one, other, strict=True):
        there, here = mine[0] - yours[0], mine[1] - yours[1]
        vote = -thing.weight * there * here
        if there > 0:
            first += vote
        else:
            second += vote
    return first + second if min(first, second) > -0.05 else min(first, second)


def _is_near(thing: Thing, theirs: Sequence[Span], ours: Sequence[Span]) -> bool:
    return all(
        places[-1][1] > figures[0][0] - AROUND and places[0][0] < figures[-1][1] + AROUND
        for places, figures in ((thing.source, sorted(theirs)), (thing.target, sorted(ours)))
    ) and not (_overlaps(thing.source, theirs) or _overlaps(thing.target, ours))


def _overlaps(places: Sequence[Span], figures: Sequence[Span]) -> bool:
    return any(a < end and start < b for a, b in places for start, end in figures)


# ---------------------------------------------------------------- relations of their own

_FROM: Final = re.compile(
    r"(?:从|由|自|将|把|原来的?|初始的?|最初的?)[^，。；、,;0-9]{0,10}[\s*]*$"
)
_TO: Final = re.compile(r"(?:到|至|为|成|→|降|升|增|减|缩|扩)[了约近仅超过不足高达只\s*]*$")
_ARROW: Final = re.compile(r"[\s*]*(?:→|->|[降升增减]至|提升至|到|至)[\s*]*")


def _changes(source: str, figures: Sequence[Span]) -> list[list[int]]:
    """For each figure the figures of the change it is part of, with itself."""
    changes = [[i] for i in range(len(figures))]
    for i in range(len(figures) - 1):
        if _is_change(source, figures[i], figures[i + 1]):
            changes[i] = changes[i + 1] = sorted({*changes[i], i + 1})
    return changes


def _is_change(source: str, first: Span, second: Span) -> bool:
    """从 A 到 B: one thing has both figures, so that nothing can say whose they are."""
    between = source[first[1] : second[0]]
    started = _FROM.search(source[max(0, first[0] - 14) : first[0]])
    return bool((started and _TO.search(between)) or _ARROW.fullmatch(between))


_WHOLE_THERE: Final = re.compile(r"[^，。；0-9]{0,9}(?:中|里)(?:[有的仅只约共]|其中)*[\s*]*")
_EACH_THERE: Final = re.compile(r"每[\s*]*$")
_PART_HERE: Final = re.compile(r"\s*(?:[a-z]+ )?(?:out )?of (?:the |every |all |these )?", re.I)
_WHOLE_HERE: Final = re.compile(r"\b(?:out )?of (?:the |all |every )?$|\bin every $", re.I)


def _parts(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether part and whole are the same in both texts; None where one of them does not say."""
    if _is_too_much(first.target, second.target, text):
        return False
    between = source[first.source.end : second.source.start]
    each = _EACH_THERE.search(source[max(0, first.source.start - 3) : first.source.start])
    if not (_WHOLE_THERE.fullmatch(between) or (each and len(between) < 12)):
        return None
    whole, part = first.target, second.target
    for left, right, same in ((part, whole, True), (whole, part, False)):
        if left.end <= right.start and _PART_HERE.fullmatch(text[left.end : right.start]):
            return same
    started = min(whole, part, key=lambda q: q.start)
    if _WHOLE_HERE.search(text[max(0, started.start - 14) : started.start]):
        return started is whole
    return None


def _is_too_much(first: Quantity, second: Quantity, text: str) -> bool:
    """77 of 59 experts: a part that is larger than its whole."""
    part, whole = sorted((first, second), key=lambda q: q.start)
    if not (isinstance(part.value, Decimal) and isinstance(whole.value, Decimal)):
        return False
    told = re.fullmatch(r" (?:out )?of (?:the |every )?| in every ", text[part.end : whole.start])
    return bool(told) and part.kind == whole.kind == "count" and part.value > whole.value


# ---------------------------------------------------------------- lists

_Item = tuple[int, int, str, int]
_SEPARATORS: Final = {
    True: re.compile(r"(?:[\s、，,/&*()（）]|[和与及或])*"),
    False: re.compile(r"(?:[\s,/&*()]|\b(?:or|and)\b)*"),
}
_SENTENCE: Final = re.compile(r"[。；！？;\n]|\.(?=\s|$)")
_IN_ORDER: Final = re.compile(r"respectively|分别|依次")


def _lists(
    things: Sequence[Thing], figures: Sequence[Span], text: str, *, there: bool
) -> dict[int, int]:
    """A list of things and, next to it, a list of as many figures: A and B reach N and M."""
    owners: dict[int, int] = {}
    for is_name in (True, False):
        items: list[_Item] = [(*span, "N", i) for i, span in enumerate(figures)]
        for i, thing in enumerate(things):
            if thing.once and (thing.weight == NAME) == is_name:
                items.append((*(thing.source if there else thing.target)[0], "A", i))
        for value, name in _paired(sorted(items), text, there=there).items():
            owners.setdefault(value, name)
    return owners


def _paired(items: Sequence[_Item], text: str, *, there: bool) -> dict[int, int]:
    runs: list[list[_Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if last and last[2] == item[2] and _SEPARATORS[there].fullmatch(text, last[1], item[0]):
            runs[-1].append(item)
        elif not last or last[1] <= item[0]:
            runs.append([item])
    owners: dict[int, int] = {}
    for first, second in itertools.pairwise(runs):
        if first[0][2] == second[0][2] or len(first) != len(second) or len(first) == 1:
            continue
        if _SENTENCE.search(text, first[-1][1], second[0][0]):
            continue
        told = _IN_ORDER.search(text, first[0][0], second[-1][1] + 16)
        if first[0][2] == "A" or told:
            named, valued = (first, second) if first[0][2] == "A" else (second, first)
            owners |= {v[3]: n[3] for v, n in zip(valued, named, strict=True)}
    return owners
