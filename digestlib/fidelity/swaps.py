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
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.contrasts import (
    Sides,
    Texts,
    contrasted,
    is_alternated,
    is_told_back,
    opposed,
)
from digestlib.fidelity.counted import counted, is_crossed, is_kept
from digestlib.fidelity.dates import Date, dates
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import grouped, single, sort_of, together, told_once
from digestlib.fidelity.lists import crosswise, is_change, told_together
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.pronouns import named_later, said_again
from digestlib.fidelity.scores import same_score
from digestlib.fidelity.things import Thing, figures_of, names_of, words_of
from digestlib.fidelity.unlike import are_unlike
from digestlib.fidelity.votes import Owned, Votes, in_clauses, owners, votes
from digestlib.fidelity.wholes import same_among, same_margin, same_parts, same_sides, same_total
from digestlib.models import Finding, Quantity

_Counts = tuple[list[frozenset[int]], list[frozenset[int]]]
"""For each figure what stands in the noun behind it, in the source and in English."""

EXCHANGED: Final = 0.2
"""So many votes make an exchange."""
AGREED: Final = 0.05
"""So many of these votes at least must come from the things of either figure."""
BOTH: Final = 0.25
"""So many votes of the things of either figure do, when none of one of them is against it."""
ALONE: Final = 0.25
"""So many votes do, when nothing at all is against it."""
PLAINLY: Final = 0.5
"""So many votes of the things of either figure do against a noun that both texts count with it, …"""
OUTVOTED: Final = 0.15
"""… when no more than this share of them is against it."""
DOUBT: Final = 0.05
"""Fewer votes than these don't count."""
OUTSIDE: Final = 0.75
"""What the vote of a thing counts that stands in front of both figures, or behind both."""
GROUPS: Final = 20
"""A statement has no more groups of figures than this; what follows is not read."""


def swapped_figures(case: Case) -> Iterator[Finding]:
    """The figures of two things exchanged; each figure is told once."""
    found = list(_told(case, case.matches, grouped(case.matches)))
    settled = _settled(case) if found else case.matches
    yield from found if settled == case.matches else _told(case, settled, grouped(settled))


def swapped_unlike_figures(case: Case) -> Iterator[Finding]:
    """Figures of different sorts exchanged, 8B for 26%: only who points at figures does so."""
    figures = told_once(case.matches)
    mixed = len({sort_of(m) for m in figures}) > 1
    yield from _told(case, case.matches, together(figures) if mixed else [], unlike=True)


def swapped_dates(case: Case) -> Iterator[Finding]:
    """v2.1 in April and v3.0 in July, told the other way round."""
    there, here = _once(dates(case.source)), _once(dates(case.text))
    told = [date for date in there if date in here]
    places = sorted(there.values())
    spanned = any(_UNTIL.fullmatch(case.source, a[1], b[0]) for a, b in itertools.pairwise(places))
    if len(told) < _A_PAIR or spanned:
        return
    matches = [
        Match(_dated(date, there[date], case.source), _dated(date, here[date], case.text), "same")
        for date in sorted(told, key=lambda date: there[date])
    ]
    figures = [m for m in case.matches if m.source.kind != "date"]
    yield from _told(case, [*figures, *matches], together(matches))


_A_PAIR: Final = 2
_UNTIL: Final = re.compile(r"[日号份\s]*(?:至|到|[-–—~～])[\d年\s]*")
"""从 3 月至次年 6 月: a span has both its dates."""


def _once(told: Sequence[tuple[Date, Span]]) -> dict[Date, Span]:
    """The dates that are told once, and where."""
    counts = Counter(date for date, _ in told)
    return {date: span for date, span in told if counts[date] == 1}


def _dated(date: Date, span: Span, text: str) -> Quantity:
    month, day = date
    told = text[slice(*span)]
    return Quantity(
        id="", text=told, start=span[0], end=span[1], line=1, kind="date",
        value=Decimal(100 * month + (day or 0)), unit="", bound=None, english=told, bare=told,
    )  # fmt: skip


def _settled(case: Case) -> list[Match]:
    """The matches; of a figure that is told twice, which is which as what is told once says."""
    told: dict[tuple[str, str, str], list[Match]] = {}
    for m in single(case.matches):
        told.setdefault(_value(m), []).append(m)
    once = [m for equal in told.values() if len(equal) == 1 for m in equal]
    settled: dict[int, Quantity] = {}
    for pair in [equal for equal in told.values() if len(equal) == 2]:
        one, other = sorted(pair, key=lambda m: m.source.start)
        if any(_exchanged((one, other), case, once, equal=True)):
            settled |= {id(one): other.target, id(other): one.target}
    return [m._replace(target=settled.get(id(m), m.target)) for m in case.matches]


def _value(match: Match) -> tuple[str, str, str]:
    return match.source.kind, match.source.unit, str(match.source.value)


def _told(
    case: Case, matches: Sequence[Match], groups: Sequence[list[Match]], *, unlike: bool = False
) -> Iterator[Finding]:
    """The exchanged figures of each group."""
    told: set[int] = set()
    for group in groups[:GROUPS]:
        for m, other, owner in _exchanged(group, case, matches, unlike=unlike):
            if m.target.start not in told:
                told.add(m.target.start)
                message = f"the source gives this for another thing than {owner}"
                patch = other.source.english
                rule = "misplaced" if unlike else "swap"
                yield about(case, rule, "major", message, m.source, m.target, patch)


def _exchanged(
    group: Sequence[Match],
    case: Case,
    matches: Sequence[Match],
    *,
    unlike: bool = False,
    equal: bool = False,
) -> Iterator[tuple[Match, Match, str]]:
    """(figure, what should stand there, the thing that English gives it to) where two are exchanged."""
    doubtful = _doubtful(group, (case.source, case.text), unlike=unlike, equal=equal)
    if not doubtful:
        return
    sides, texts = _spans(group), (case.source, case.text)
    things = _things(group, case, matches)
    against = opposed(things, case.source)
    everywhere = _spans([*group, *(m for m in told_once(matches) if m not in group)])
    pairs = [(i, j, _kept((i, j), group, texts, against, everywhere)) for i, j in doubtful]
    if all(kept for _, _, kept in pairs):
        return
    owned = in_clauses(owners(things, *sides, *texts), sides, *texts)
    counts = _counts(group, things, sides, texts, unlike=unlike)
    listed = told_together(sides[0], case.source, there=True)
    for i, j, kept in pairs:
        if kept is None:
            partners = {sides[0][k] for k in listed[i] + listed[j]}
            voted = votes(i, j, owned, sides, partners, outside=OUTSIDE)
            alike = not unlike and _form(group[i]) == _form(group[j])
            kept = not _is_voted((i, j), voted, counts, clearly=not alike)
            kept = kept or _is_told_back((i, j), group, owned, texts)
            kept = kept or any(_is_attached(group[k], things, texts) for k in (i, j))
        for k, other in () if kept else ((i, j), (j, i)):
            strongest = max(owned, key=lambda o: o[2][k] * o[1][other], default=None)
            owner = strongest[0].name if strongest else group[other].source.text
            yield group[k], group[other], owner


def _is_attached(match: Match, things: Sequence[Thing], texts: Texts) -> bool:
    """Whether a hyphen gives it to what stands behind it in the source too: 5 秒、720p 的视频."""
    s, t = match.source, match.target
    if s.kind != "measure" or "-" not in t.text:
        return False
    behind = _ITS_NOUN.match(texts[0], s.end)
    return any(
        behind.end() == place[0] and texts[1].startswith(" ", t.end) and here[0] == t.end + 1
        for thing in things
        for place in thing.source
        for here in thing.target
        if behind
    )


_ITS_NOUN: Final = re.compile(r"[\s*]*、[\s*]*[\w.×]{1,12}\s?的[\s*]*|[\s*]*的[\s*]*")


def _is_told_back(
    pair: tuple[int, int], group: Sequence[Match], owned: Sequence[Owned], texts: Texts
) -> bool:
    """加速比达到 7.4，而数据并行仅为 5.9, told from its end: what both have goes with the first.

    What the last clause names beside its figure then decides alone.
    """
    i, j = pair
    first, last = group[i], group[j]
    told = _AND_THIS_ONE.fullmatch(texts[0], first.source.end, last.source.start)
    if not told or first.target.start < last.target.start:
        return False
    named = [o for o in owned if told.start("it") <= o[0].source[0][0] < told.end("it")]
    return sum((there[j] - there[i]) * (here[j] - here[i]) for _, there, here in named) > DOUBT


_AND_THIS_ONE: Final = re.compile(
    r"[^，。；\n]{0,6}[，；](?:而|但|反观)?(?P<it>[^，。；\n]{1,16}?)(?:仅|只|则|却|也)?(?:为|是|有|达到?|需)?(?:约|近|[\s*])*"
)


def _spans(group: Sequence[Match]) -> Sides:
    """Where figures stand in the source and in English."""
    theirs = [(m.source.start, m.source.end) for m in group]
    return theirs, [(m.target.start, m.target.end) for m in group]


def _counts(
    group: Sequence[Match],
    things: Sequence[Thing],
    sides: Sides,
    texts: Texts,
    *,
    unlike: bool,
) -> _Counts:
    """What each figure counts in either text: only of counts is that sure to be its own."""
    nouns = things if unlike or {sort_of(m) for m in group} == {"counted"} else []
    numerals = [(start, len(texts[0][:end].rstrip(_COUNTERS))) for start, end in sides[0]]
    theirs = counted(nouns, numerals, texts[0], there=True)
    return theirs, counted(nouns, sides[1], texts[1], there=False)


_COUNTERS: Final = "大小子类类别项款种"
"""5 大类: what is part of the figure says what it counts."""


def _kept(
    pair: tuple[int, int],
    group: Sequence[Match],
    texts: Texts,
    against: Sequence[tuple[Thing, ...]],
    everywhere: Sides,
) -> bool | None:
    """Whether parts, scores or contrasts say that two figures are in place; None when none speaks."""
    one, other = group[pair[0]], group[pair[1]]
    for same in (same_parts, same_total, same_among, same_margin, same_sides, same_score):
        if (kept := same(*texts, one, other)) is not None:
            return kept
    kept = contrasted(against, pair, _spans(group), texts)
    if kept is None:
        own = range(len(group))
        turns = is_alternated(own, pair, everywhere) or is_told_back(own, pair, everywhere, texts)
        return turns or None
    return kept


def _doubtful(
    group: Sequence[Match], texts: Texts, *, unlike: bool, equal: bool
) -> list[tuple[int, int]]:
    """Which two could be exchanged: they differ, and are no change of one thing."""
    source = texts[0]
    sorts = [sort_of(m) for m in group]
    spans = [(m.source.start, m.source.end) for m in group]
    apart = crosswise(spans, source) | _one_change(spans, source)
    return [
        (i, j)
        for i, j in itertools.combinations(range(len(group)), 2)
        if (group[i].target.value == group[j].target.value) == equal
        and (sorts[i] != sorts[j]) == unlike
        and not _MORE_THAN.fullmatch(source, spans[i][1], spans[j][0])
        and (i, j) not in apart
        and not are_unlike(group[i], group[j], texts)
    ]


def _one_change(spans: Sequence[Span], source: str) -> set[tuple[int, int]]:
    """Which two figures one thing has, before and after a change or by how much."""
    found = {
        (i, j)
        for i, j in itertools.combinations(range(len(spans)), 2)
        if is_change(source, spans[i], spans[j])
    }
    return found | {(i, k) for (i, j), (m, k) in itertools.product(found, repeat=2) if j == m}


_MORE_THAN: Final = re.compile(
    "[^，。；、\\d\n]{0,6}比[^，。；、\\d\n]{0,6}|[^，。；、\\d\n]{0,12}，[^。；、\n]{0,24}，[^，。；、\\d\n]{0,2}比[^，。；、\\d\n]{0,4}"
)
"""4 张卡比 2 张卡快: which is faster the sides of the comparison say."""


def _things(group: Sequence[Match], case: Case, matches: Sequence[Match]) -> list[Thing]:
    """What the lines of these figures name; what stands on other lines says nothing of them."""
    source = case.source
    start = source.rfind("\n", 0, group[0].source.start) + 1
    end = source.find("\n", group[-1].source.end)
    lines = source[start : end if end >= 0 else len(source)]
    words = [t for t in words_of(lines, case.text) if t.name not in _BETWEEN]
    named = [*names_of(lines, case.text), *words]
    within = [m for m in single(matches) if 0 <= m.source.start - start < len(lines)]
    named = [_moved(thing, start) for thing in named]
    whole = _whole(group, case)
    again = said_again(named, group, case) if len(group) == 2 else None
    low, high = again or (0, 0)
    named = [t for t in named if not low <= t.source[0][0] < high and t.source[0][0] != whole]
    if later := named_later(group, case):
        (low, high), place = later
        named = [t for t in named if not low <= t.source[0][0] < high or t.target[0][0] < place]
    found = named + figures_of(within)
    return sorted(found, key=lambda thing: thing.source[0])


def _whole(group: Sequence[Match], case: Case) -> int | None:
    """Where the one thing stands of which all the shares are: 73% 的参与者更偏好 A，18% 选择 B."""
    if any(m.source.unit != "%" for m in group):
        return None
    places = [told.end() for m in group if (told := _OF_THERE.match(case.source, m.source.end))]
    told_here = sum(bool(_OF_HERE.match(case.lowered, m.target.end)) for m in group)
    return places[0] if len(places) == 1 and told_here <= 1 else None


_OF_THERE: Final = re.compile(
    r"[\s*]*的[\s*]*(?=[^，。；\d]{2,4}(?:[更选偏喜认觉表愿希支赞反担不在能会都已]|[，。；]))"
)
_OF_HERE: Final = re.compile(r"[* ]*of (?:the |all |its |their )?[a-z]")


_BETWEEN: Final = frozenset(
    {"领先", "高于", "优于", "超过", "高出", "落后", "低于", "不及"}
    | {"其余", "其他", "剩余", "剩下", "另外"}
)
"""What stands between two things and belongs to neither; the other ones are told last."""


def _moved(thing: Thing, by: int) -> Thing:
    return thing._replace(source=tuple([(start + by, end + by) for start, end in thing.source]))


def _is_voted(pair: tuple[int, int], voted: Votes, counts: _Counts, *, clearly: bool) -> bool:
    """Whether what is counted, and else the votes, say that two figures are exchanged."""
    if is_crossed(*pair, *counts):
        return True
    if is_kept(*pair, *counts, both=True):
        return False
    if is_kept(*pair, *counts):
        return _is_beyond_doubt(voted)
    return _is_outvoted(voted, clearly=clearly)


def _is_beyond_doubt(voted: Votes) -> bool:
    """Whether what is counted may be the same of both: 309B, of which 15B parameters are active."""
    exchanged, in_place = voted
    return min(exchanged) > PLAINLY and sum(in_place) < OUTVOTED * sum(exchanged)


def _is_outvoted(voted: Votes, *, clearly: bool) -> bool:
    """Whether the things of both figures say that these are exchanged.

    Either all in all, with none of the two sides against it; or both sides clearly, with no
    thing of the one side to say that they are in place; or a few things, with none against
    them and not only of the first: what both have is told with whichever comes first. Figures
    of unlike form, 128 and 256K, must be clear.
    """
    exchanged, in_place = voted
    alone = sum(exchanged) > ALONE and exchanged[0] > DOUBT
    if alone and sum(in_place) < DOUBT and not clearly:
        return True
    net = [e - p for e, p in zip(exchanged, in_place, strict=True)]
    if min(net) > AGREED and sum(net) > EXCHANGED and not clearly:
        return True
    return min(exchanged) > BOTH and min(in_place) < DOUBT


def _form(match: Match) -> str:
    """Of counts: with a scale, with a classifier, or bare; of shares: in points or not."""
    text = match.source.text
    if match.source.kind == "percentage_points":
        return "pp"
    if match.source.kind == "measure":
        return match.source.unit
    return "K" if match.source.bare[-1:] in "KMBT" else "个" if text[-1:] >= "\u4e00" else ""
