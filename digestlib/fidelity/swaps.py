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

from digestlib.fidelity.findings import about
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Field, Span, field, shares
from digestlib.fidelity.things import NAME, Thing, figures_of, names_of, words_of
from digestlib.models import Finding, Quantity

EXCHANGED: Final = 0.5
"""So many votes make an exchange."""
AGREED: Final = 0.05
"""So many of these votes at least must come from the things of either figure."""
BOTH: Final = 0.3
"""So many votes of the things of either figure do, when none of one of them is against it."""
OUTSIDE: Final = 0.5
"""What the vote of a thing counts that stands in front of both figures, or behind both."""
UNEVEN: Final = 0.5
"""What the vote of a word counts that one language says more often than the other."""
PEER: Final = 0.5
"""What another figure of the same sort weighs."""
DOUBT: Final = 0.05
"""Fewer votes than these don't count."""
TOGETHER: Final = 12
"""So many figures of a sort are compared with each other at a time."""
GROUPS: Final = 20
"""A statement has no more groups of figures than this; what follows is not read."""
APART: Final = 4000
"""Figures that are so many characters apart are not mixed up."""
AROUND: Final = 240
"""So many characters around the figures a thing may stand."""


def swapped_figures(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """The figures of two things exchanged; each figure is told once."""
    told: set[int] = set()
    groups = _groups(matches)
    if not groups:
        return
    things = sorted(
        [*names_of(source, text), *words_of(source, text), *_figures(matches)],
        key=lambda thing: thing.source[0],
    )
    for group in groups[:GROUPS]:
        for m, other, owner in _exchanged(group, things, source, text):
            if m.target.start not in told:
                told.add(m.target.start)
                message = f"the source gives this for another thing than {owner}"
                patch = other.source.english
                yield about("swap", "major", message, m.source, m.target, source, text, patch)


def _groups(matches: Sequence[Match]) -> list[list[Match]]:
    """The matched figures that could be taken for each other: same kind, same unit, matched once."""
    if len(matches) < 2:
        return []
    uses = Counter(id(q) for m in matches for q in (m.source, m.target))
    groups: dict[str, list[Match]] = {}
    for m in sorted(matches, key=lambda m: m.source.start):
        if uses[id(m.source)] == uses[id(m.target)] == 1 and m.source.kind != "date":
            groups.setdefault(_sort_of(m), []).append(m)
    return [
        group[at : at + TOGETHER]
        for group in groups.values()
        for at in range(0, len(group), TOGETHER - 2)
        if _is_one_place(group[at : at + TOGETHER])
    ]


def _is_one_place(group: Sequence[Match]) -> bool:
    """Whether there are several figures, and they stand near enough to be mixed up."""
    starts = sorted(m.target.start for m in group)
    return len(group) > 1 and starts[-1] - starts[0] < APART


def _sort_of(match: Match) -> str:
    kind, text = match.source.kind, match.source.text
    if kind in ("percent", "fraction", "percentage_points"):
        return "half" if "半" in text else "share"
    if kind in ("count", "number", "points"):
        return "counted"
    return f"{kind} {match.source.unit}"


def _form(match: Match) -> str:
    """Of counts: with a scale, with a classifier, or bare; of shares: in points or not."""
    text = match.source.text
    if match.source.kind == "percentage_points":
        return "pp"
    return "K" if match.source.bare[-1:] in "KMBT" else "个" if text[-1:] >= "\u4e00" else ""


def _figures(matches: Sequence[Match]) -> list[Thing]:
    """The figures that are matched once: each can be a thing to the others."""
    uses = Counter(id(q) for m in matches for q in (m.source, m.target))
    return figures_of([m for m in matches if uses[id(m.source)] == uses[id(m.target)] == 1])


# ---------------------------------------------------------------- votes


_Owned = tuple[Thing, list[float], list[float]]
"""A thing, and how much of it belongs to each figure in the source and in English."""


class _Side(NamedTuple):
    """One of the two texts: how near its figures are, and what its lists say."""

    field: Field
    listed: dict[int, int]
    """The thing that a list gives to a figure."""
    together: list[list[int]]
    """For each figure those that stand in one list or change with it, and itself."""


def _exchanged(
    group: Sequence[Match], things: Sequence[Thing], source: str, text: str
) -> Iterator[tuple[Match, Match, str]]:
    """(figure, what should stand there, the thing that English gives it to) where two are exchanged."""
    theirs = [(m.source.start, m.source.end) for m in group]
    ours = [(m.target.start, m.target.end) for m in group]
    owned = _owners(things, theirs, ours, source, text)
    for i, j in itertools.combinations(range(len(group)), 2):
        same = group[i].target.value == group[j].target.value
        if same or _is_change(source, theirs[i], theirs[j]):
            continue
        parts = _parts(source, text, group[i], group[j])
        alike = _form(group[i]) == _form(group[j])
        if parts is False or (
            parts is None and _voted(i, j, owned, (theirs, ours), clearly=not alike)
        ):
            for k, other in ((i, j), (j, i)):
                strongest = max(owned, key=lambda o: o[2][k] * o[1][other], default=None)
                owner = strongest[0].name if strongest else group[other].source.text
                yield group[k], group[other], owner


def _owners(
    things: Sequence[Thing],
    theirs: Sequence[Span],
    ours: Sequence[Span],
    source: str,
    text: str,
) -> list[_Owned]:
    """How much of each thing near them belongs to each of the figures, in both texts."""
    things = _nearby(things, theirs, ours)
    there, here = _side(things, source, theirs, there=True), _side(things, text, ours, there=False)
    return [
        (t, _owned(i, t.source, there), _owned(i, t.target, here)) for i, t in enumerate(things)
    ]


def _side(things: Sequence[Thing], text: str, figures: Sequence[Span], *, there: bool) -> _Side:
    return _Side(
        field(text, figures, AROUND, chinese=there),
        _lists(things, figures, text, there=there),
        _together(figures, text, there=there),
    )


def _owned(index: int, places: Sequence[Span], side: _Side) -> list[float]:
    """How much of a thing belongs to each figure: a list decides, else nearness.

    What is near to one figure of a list or of a change is as near to the others.
    """
    figures = [figure for figure, thing in side.listed.items() if thing == index]
    if figures:
        return [float(k in figures) for k in range(len(side.together))]
    own = shares(side.field, places)
    return [sum(own[k] for k in group) / len(group) for group in side.together]


def _voted(
    i: int,
    j: int,
    owned: Sequence[_Owned],
    sides: tuple[Sequence[Span], Sequence[Span]],
    *,
    clearly: bool,
) -> bool:
    """Whether the things of both figures say that these are exchanged.

    Either all in all, with none of the two sides against it; or both sides clearly, with no
    thing of the one side to say that they are in place. Figures of unlike form, 128 and 256K,
    must be clear.
    """
    exchanged, in_place = [0.0, 0.0], [0.0, 0.0]
    for thing, there, here in owned:
        if thing.source[0] in (sides[0][i], sides[0][j]):
            continue
        mine, yours = there[i] - there[j], here[i] - here[j]
        vote = thing.weight * mine * yours
        if len(thing.source) != len(thing.target):
            vote *= UNEVEN
        if vote < 0 and _is_outside(thing, i, j, sides):
            vote *= OUTSIDE
        (in_place if vote > 0 else exchanged)[mine > 0] += abs(vote)
    net = [e - p for e, p in zip(exchanged, in_place, strict=True)]
    if min(net) > AGREED and sum(net) > EXCHANGED and not clearly:
        return True
    return min(exchanged) > BOTH and min(in_place) < DOUBT


def _is_outside(thing: Thing, i: int, j: int, sides: tuple[Sequence[Span], Sequence[Span]]) -> bool:
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
    for thing in things:
        source, target = _places(thing.source, theirs), _places(thing.target, ours)
        if source and target:
            weight = PEER if source[0] in theirs else thing.weight
            found.append(Thing(thing.name, weight, source, target))
    return found


def _places(places: Sequence[Span], figures: Sequence[Span]) -> tuple[Span, ...]:
    low, high = min(figures)[0] - AROUND, max(figures)[1] + AROUND
    near = tuple(place for place in places if low <= place[0] and place[1] <= high)
    itself = len(near) == 1 and near[0] in figures
    return near if itself or not _overlaps(near, figures) else ()


def _overlaps(places: Sequence[Span], figures: Sequence[Span]) -> bool:
    return any(a < end and start < b for a, b in places for start, end in figures)


# ---------------------------------------------------------------- relations of their own

_FROM: Final = re.compile(
    r"(?:从|由|自|将|把|原来的?|初始的?|最初的?)[^，。；、,;0-9]{0,10}[\s*]*$"
)
_TO: Final = re.compile(
    r"(?:到|至|为|成|→|[降升增减缩扩][短低少小高加长大]?)[了约近仅超过不足高达只需\s*]*$"
)
_ARROW: Final = re.compile(r"[\s*]*(?:→|->|[降升增减]至|提升至|到|至)[\s*]*")


def _together(figures: Sequence[Span], text: str, *, there: bool) -> list[list[int]]:
    """For each figure those that stand in one list or change with it, and itself."""
    groups = [[i] for i in range(len(figures))]
    order = sorted(range(len(figures)), key=lambda i: figures[i])
    for i, j in itertools.pairwise(order):
        listed = _SEPARATORS[there].fullmatch(
            text, figures[i][1], max(figures[i][1], figures[j][0])
        )
        if listed or (there and _is_change(text, figures[i], figures[j])):
            groups[i] += groups[j]
            for k in groups[i]:
                groups[k] = groups[i]
    return groups


def _is_change(source: str, first: Span, second: Span) -> bool:
    """从 A 到 B: one thing has both figures, so that nothing can say whose they are."""
    between = source[first[1] : second[0]]
    started = _FROM.search(source[max(0, first[0] - 14) : first[0]])
    return bool((started and _TO.search(between)) or _ARROW.fullmatch(between))


_WHOLE_THERE: Final = re.compile(r"[^，。；0-9]{0,9}(?:中|里)(?:[有的仅只约共]|其中)*[\s*]*")
_EACH_THERE: Final = re.compile(r"每[\s*]*$")
_PART_HERE: Final = re.compile(
    r" (?:out )?of (?:the |every |all |these |its )?|"
    r"(?: [a-z]+)? (?:(?:out )?of (?:the |every |all |these |its )|(?P<ratio>in (?:every )?))"
)
_ROUND: Final = (10, 100, 1000, 10_000)
"""What shares are told of: two calls in 100."""
_WHOLE_HERE: Final = re.compile(r"\b(?:Of|Out of|out of)(?: the| all| every)? $|\b[Ii]n every $")


def _parts(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether part and whole are the same in both texts; None where one of them does not say."""
    order = _part_and_whole(first.target, second.target, text)
    if order is None:
        return None
    part, whole = order
    if _is_larger(part, whole):
        return False
    between = source[first.source.end : second.source.start]
    each = _EACH_THERE.search(source[max(0, first.source.start - 3) : first.source.start])
    if _WHOLE_THERE.fullmatch(between) or (each and len(between) < 12):
        return whole is first.target
    return True if first.target.kind == second.target.kind == "count" else None


def _part_and_whole(
    first: Quantity, second: Quantity, text: str
) -> tuple[Quantity, Quantity] | None:
    """The figure of the part and of the whole: 59 of 77 experts; of 77 experts, 59."""
    left, right = sorted((first, second), key=lambda q: q.start)
    between = text[left.end : right.start]
    if (told := _PART_HERE.fullmatch(between)) and (not told["ratio"] or right.value in _ROUND):
        return left, right
    started = _WHOLE_HERE.search(text[max(0, left.start - 14) : left.start])
    return (right, left) if started and len(between) < 40 and "." not in between else None


def _is_larger(part: Quantity, whole: Quantity) -> bool:
    """77 of 59 experts: a part that is larger than its whole."""
    return (
        isinstance(part.value, Decimal)
        and isinstance(whole.value, Decimal)
        and part.kind == whole.kind == "count"
        and part.value > whole.value
    )


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
    return _from_afar(runs, text, owners)


def _from_afar(runs: Sequence[list[_Item]], text: str, owners: dict[int, int]) -> dict[int, int]:
    """Figures told in order, of things that are listed earlier in the sentence."""
    for index, run in enumerate(runs):
        if run[0][2] == "A" or len(run) == 1 or run[0][3] in owners:
            continue
        if not _IN_ORDER.search(text, max(0, run[0][0] - 16), run[-1][1] + 16):
            continue
        lists = [r for r in runs[:index] if r[0][2] == "A" and len(r) == len(run)]
        if lists and not _SENTENCE.search(text, lists[-1][-1][1], run[0][0]):
            owners |= {v[3]: n[3] for v, n in zip(run, lists[-1], strict=True)}
    return owners
