"""Two lists told in one order: scores of 0.52 and 0.60 against 0.44 and 0.54 of the baseline.

Where Chinese says 分别, the second figure of the one list goes with the second of the other. English
keeps both in one order, turns both around, or tells them pair by pair. And two figures that are
listed are no range.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.dates import dates
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.groups import single, sort_of
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.paired import clause_of
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.models import Finding, Quantity

EACH: Final = "分别|依次|各"
"""What tells a figure of each of a list."""
SPANS: Final = "from|–|-|to"
"""What English has where it tells a range."""
_EACH: Final = re.compile(EACH)
_JOINED: Final = re.compile(r"[\s*]*(?:和|与|及|以及|、|/)[\s*约近]*")
_JOINED_FIGURES: Final = re.compile(rf"\s*[个题款项分名次位条层张步轮]?{_JOINED.pattern}")
_JOINED_HERE: Final = re.compile(
    r"[*]*(?:,? and (?:then )?|,? then |,? followed by |, | / |/| or )[*]*(?:about |around |roughly )?"
)
_SENTENCE: Final = re.compile(r"[。！？\n]")
NEAR: Final = 24
"""分别 stands within so many characters before the second list."""


def turned_lists(case: Case) -> Iterator[Finding]:
    """The figures of the second list in the order of the first turned around."""
    figures = sorted(
        (m for m in single(case.matches) if m.source.kind != "date"), key=lambda m: m.source.start
    )
    for n, (third, fourth) in enumerate(itertools.pairwise(figures)):
        first, second = _first_list(figures[:n], third, fourth, case.source)
        if first and second and _is_turned((first, second), (third, fourth), case.text):
            yield about(case, "swap", "major", "the order of the lists", third.source, third.target)
            return


def reordered_lists(case: Case) -> Iterator[Finding]:
    """分别为 0.92、0.89 和 0.93 told in another order, while what they are of stands in the same."""
    for told in _EACH.finditer(case.source):
        listed = _listed(case.figures, case.source, told.end())
        here = [m.target.start for m in listed]
        if len(listed) < LISTED or len(set(here)) < len(here) or here == sorted(here):
            continue
        ours = sorted((m.target for m in listed), key=lambda q: q.start)
        together = all(
            _JOINED_HERE.fullmatch(case.text, a.end, b.start) for a, b in itertools.pairwise(ours)
        )
        if together and here != sorted(here, reverse=True) and _keeps_order(case, told.start()):
            first = next(
                m for m, place in zip(listed, sorted(here), strict=True) if m.target.start != place
            )
            message = "the order of the list"
            yield about(case, "swap", "major", message, first.source, first.target)


def exchanged_each(case: Case) -> Iterator[Finding]:
    """A and B 分别 31 and 44, told as A and B answer 44 and 31, or with B beside 31."""
    for told in _EACH_OF.finditer(case.source):
        named = _names_before(case, told.start())
        amounts = _amounts_behind(case, told.end())
        if len(named) < 2 or len(named) != len(amounts):
            continue
        here = [place for _, place in amounts]
        if _is_in_one(case.lowered, named) and _is_in_one(case.lowered, here):
            turned = _order(named) != _order(here)
        else:
            turned = _is_crosswise(case.lowered, named, here)
        if turned:
            message = "what goes with which is exchanged"
            span, target = amounts[0]
            yield finding(case, "swap", "major", message, target=target, span=span)
            return


EACH_OF: Final = "分别|依次|先后"
_EACH_OF: Final = re.compile(EACH_OF)


def _names_before(case: Case, at: int) -> list[Span]:
    """Where English has the names of the list in front of that place, in the order of the source."""
    things = sorted(names_of(case.source, case.text), key=lambda t: t.source)
    found: list[Thing] = []
    for thing in things:
        if thing.source[0][1] > at or not case.source[thing.source[0][0]].isascii():
            break
        if found and not _JOINED.fullmatch(case.source, found[-1].source[0][1], thing.source[0][0]):
            found = []
        found.append(thing)
    near = found and not _STOPS.search(case.source, found[-1].source[0][1], at)
    return [t.target[0] for t in found] if near else []


_STOPS: Final = re.compile(r"[，。；、！？\n]")


def _amounts_behind(case: Case, at: int) -> list[tuple[Span, Span]]:
    """Where the figures or dates of the list behind that place stand in both texts."""
    listed = _listed(case.figures, case.source, at)
    if listed:
        return [((m.source.start, m.source.end), (m.target.start, m.target.end)) for m in listed]
    ours = dict(dates(case.text))
    found: list[tuple[Span, Span]] = []
    for date, span in dates(case.source):
        joined = _JOINED if found else _LEADS
        if span[0] >= at and date in ours:
            if not joined.fullmatch(case.source, found[-1][0][1] if found else at, span[0]):
                break
            found.append((span, ours[date]))
    return found


def _is_in_one(low: str, places: Sequence[Span]) -> bool:
    """Whether English lists them side by side as well."""
    return all(
        _JOINED_HERE.fullmatch(low, a[1], b[0]) for a, b in itertools.pairwise(sorted(places))
    )


def _order(places: Sequence[Span]) -> list[int]:
    return sorted(range(len(places)), key=lambda k: places[k])


def _is_crosswise(low: str, named: Sequence[Span], amounts: Sequence[Span]) -> bool:
    """Whether two names stand in the clauses of each other's amounts, and none in its own."""
    clauses = [clause_of(low, place) for place in amounts]
    owners = [
        [k for k, place in enumerate(named) if clause[0] <= place[0] and place[1] <= clause[1]]
        for clause in clauses
    ]
    if len(set(clauses)) < len(clauses) or any(len(own) != 1 for own in owners):
        return False
    return all(own != [k] for k, own in enumerate(owners))


def reordered_ratio(case: Case) -> Iterator[Finding]:
    """Code, maths and text at 6:3:1, told as maths, code and text at 6:3:1."""
    ratios = [
        (m.source, m.target)
        for m in case.figures
        if m.source.kind == "ratio"
        and m.source.value == m.target.value
        and len(_parts(m.source)) >= LISTED
    ]
    if not ratios:
        return
    things = [
        t for t in (*names_of(case.source, case.text), *words_of(case.source, case.text)) if t.once
    ]
    for s, t in ratios:
        in_front = [m for m in _LIST.finditer(case.source) if 0 <= s.start - m.end() < RATIO]
        behind = _LIST_BEHIND.match(case.source, s.end)
        lists = [(m.start(), m[0], False) for m in in_front]
        lists += [(behind.start("list"), behind["list"], True)] if behind else []
        for start, told, leads in lists:
            own = _first_of_each(start, told, things, len(_parts(s)), alone=leads)
            if _is_reordered(own, _parts(s)):
                yield about(case, "swap", "major", "the order of the list", s, t)
                return


def _parts(ratio: Quantity) -> list[str]:
    return _COLONS.split(ratio.text.strip(" *"))


_COLONS: Final = re.compile(r"\s*[:：]\s*")


def _is_reordered(own: Sequence[Thing | None], parts: Sequence[str]) -> bool:
    """Whether two things of unlike parts stand the other way round: at 8:1:1 the last two may."""
    told = [(x.target[0][0], part) for x, part in zip(own, parts, strict=False) if x]
    pairs = itertools.combinations(told, 2)
    return any(one > other and part != that for (one, part), (other, that) in pairs)


def _first_of_each(
    start: int, told: str, things: Sequence[Thing], parts: int, *, alone: bool
) -> list[Thing | None]:
    """The thing that tells of each item of a list what it is, where it has as many as the ratio.

    What leads to the list is none: where it does not stand `alone`, the last of the first counts.
    """
    if len(_ITEM.split(told)) != parts:
        return []
    ends = [0, *itertools.accumulate(len(x) for x in _AFTER_ITEM.split(told))]
    spans = [(start + a, start + b) for a, b in itertools.pairwise(ends)]
    inside = [
        sorted((x for x in things if a <= x.source[0][0] < b), key=lambda x: x.source)
        for a, b in spans
    ]
    return [some[0 if alone or k else -1] if some else None for k, some in enumerate(inside)]


def exchanged_ratio(case: Case) -> Iterator[Finding]:
    """Synthetic and real data at 3:1, told as real to synthetic data at 3:1."""
    of_two = [m for m in case.figures if m.source.kind == "ratio" and _is_of_two(m)]
    if not of_two or "outnumber" in case.lowered:
        return
    things = [*names_of(case.source, case.text), *words_of(case.source, case.text)]
    once = sorted(
        (x for x in things if len(x.source) == 1 and x.weight >= WORD), key=lambda x: x.source
    )
    for (s, t, _), (one, other) in itertools.product(of_two[:FEW], itertools.pairwise(once)):
        joined = _MIXED.fullmatch(case.source, one.source[0][1], other.source[0][0])
        leads = _AT.fullmatch(case.source, other.source[0][1], s.start) or (
            s.end <= one.source[0][0] and _OF.fullmatch(case.source, s.end, one.source[0][0])
        )
        if joined and leads and _nearest(other, t, case.lowered) < _nearest(one, t, case.lowered):
            yield about(case, "swap", "major", "what is to what is exchanged", s, t)
            return


def _nearest(thing: Thing, figure: Quantity, low: str) -> Span:
    """Where English has it, nearest to the ratio, in its own clause if it stands there."""

    def way(place: Span) -> tuple[bool, int]:
        first, second = sorted((place, (figure.start, figure.end)))
        return _CLAUSE.search(low, first[1], second[0]) is not None, abs(place[0] - figure.start)

    return min(thing.target, key=way)


_CLAUSE: Final = re.compile(r"[.,;](?=\s)")


def _is_of_two(match: Match) -> bool:
    return len(_COLON.findall(match.source.text)) == 1 and match.source.value == match.target.value


RATIOS: Final = ":|：|比"
"""What a source has that tells a ratio of two."""
FEW: Final = 12
"""A statement has no more ratios of two; what follows is not read."""
_COLON: Final = re.compile("[:：比]")
_MIXED: Final = re.compile(r"[^，。；、\d]{0,4}(?:与|和|同|跟|及|对|比|[:：/])[^，。；、\d]{0,4}")
_AT: Final = re.compile(
    r"[^，。；、\d]{0,4}(?:，?(?:配比|比例|之比|比值)[^，。；、\d]{0,4}|[按以为是约呈][^，。；、\d]{0,4})"
)
_OF: Final = re.compile(
    r"[\s*]*(?:的?(?:比例|配比|比))?[来]?(?:混合|混用|混入|搭配|配比|组合|使用)了?[\s*]*"
)
"""以 3:2 混合中文与英文."""

RATIO: Final = 16
"""A ratio stands so many characters behind what it is of."""
_LIST: Final = re.compile(
    r"[^，。；：、\d]{1,10}(?:、[^，。；：、\d和与及]{1,10})+[、和与及][^，。；：、\d]{1,8}?(?=[\u4e00-\u9fff]{0,6}\s?(?:按|以|三|四|五|的|$))"
)
_LIST_BEHIND: Final = re.compile(
    r"[\s*]*(?:的?(?:比例|配比|比))?[\s*]*(?:随机|混合|均匀|从|将|把|对|由)?"
    r"(?:混合|混用|混入|采样|抽取|抽样|划分|切分|拆分|分|组合|组成|配制|使用|搭配|采集|收集|加入)?(?:为|成|了|出|自)?[:：\s*]*"
    r"(?P<list>[^，。；：、\d]{1,10}(?:、[^，。；：、\d和与及]{1,10})+(?:、|[和与及]|以及)[^，。；：、\d]{1,8})"
)
"""按 5:3:2 的比例混合了 A、B 和 C."""
_ITEM: Final = re.compile("以及|[、和与及]")
_AFTER_ITEM: Final = re.compile("(?<=[、和与])|(?<=及)")

LISTED: Final = 3
"""Two that change places may have changed with what they are of."""


def _listed(figures: Sequence[Match], source: str, at: int) -> list[Match]:
    """The figures of the list that begins right behind that place."""
    found: list[Match] = []
    for m in sorted(figures, key=lambda m: m.source.start):
        if m.source.start < at:
            continue
        end = found[-1].source.end if found else at
        joined = _JOINED_FIGURES if found else _LEADS
        if not joined.fullmatch(source, end, m.source.start):
            break
        found.append(m)
    return found


_LEADS: Final = re.compile(r"[^，。；、\d]{0,6}")


def _keeps_order(case: Case, at: int) -> bool:
    """Whether the things that the source names before the list are told in the same order."""
    start = max(case.source.rfind(mark, 0, at) for mark in "。！？\n") + 1
    things = [
        t
        for t in (*names_of(case.source, case.text), *words_of(case.source, case.text))
        if t.once and start <= t.source[0][0] < at and t.weight >= WORD
    ]
    there = [t.target[0][0] for t in sorted(things, key=lambda t: t.source)]
    listed = _LIST_OF_THINGS.search(case.source[start:at])
    return not listed or (there == sorted(there) and bool(things))


_LIST_OF_THINGS: Final = re.compile("[、和与]")


def spanned_lists(case: Case) -> Iterator[Finding]:
    """Models of 1.5B and 8B told as models from 1.5B to 8B."""
    figures = sorted(case.figures, key=lambda m: m.source.start)
    for first, second in itertools.pairwise(figures):
        low, high = first.source, second.source
        listed = _JOINED.fullmatch(case.source, low.end, high.start)
        if not listed or _SPANS_THERE.search(case.source[max(0, low.start - 8) : high.end + 4]):
            continue
        if _is_spanned(first.target, second.target, case.lowered):
            message = "the source lists two, and no range"
            yield about(case, "value", "major", message, low, first.target)


_SPANS_THERE: Final = re.compile("介于|之间|区间|范围|不等|从|由|自|在|[到至~–—]")
_RANGING: Final = re.compile(
    r"\b(?:rang|span|vari|vary|scal|go)\w*(?: in \w+)? (?:anywhere )?from[ *]*$"
)


def _is_spanned(low: Quantity, high: Quantity, text: str) -> bool:
    if low is high:
        ranged = isinstance(low.value, tuple) and low.kind != "ratio"
        return ranged and not low.text.startswith("between")
    to = re.fullmatch(r"[* ]*(?:up )?to[* ]*", text[low.end : high.start])
    if not to or _TO_A_THIRD.match(text, high.end):
        return False
    return _RANGING.search(text[max(0, low.start - 30) : low.start]) is not None


_TO_A_THIRD: Final = re.compile(r"[* ]*(?:and then |then )?to[* ]*\d")
"""They go from 256 to 512 to 1024."""


def _first_list(
    before: Sequence[Match], third: Match, fourth: Match, source: str
) -> tuple[Match, Match] | tuple[None, None]:
    """The two figures that go with the two of a list that Chinese tells each of, 分别."""
    listed = _JOINED.fullmatch(source, third.source.end, fourth.source.start)
    told = _EACH.search(source, max(0, third.source.start - NEAR), third.source.start)
    also = _ALSO.search(source, max(0, third.source.start - NEAR), third.source.start)
    if not (listed and (told or also) and sort_of(third) == sort_of(fourth)):
        return None, None
    pair = [m for m in before if not _SENTENCE.search(source, m.source.end, third.source.start)][
        -2:
    ]
    if len(pair) < 2 or sort_of(pair[0]) != sort_of(pair[1]):
        return None, None
    behind = told and told.start() >= pair[1].source.end
    if behind or (also and _is_listed_each(pair, third, source)):
        return pair[0], pair[1]
    return None, None


_ALSO: Final = re.compile(r"[则为是达][到]?[\s*约]*\Z")
"""58% 和 63%，B 则为 66% 和 61%: of each as well."""


def _is_listed_each(pair: Sequence[Match], third: Match, source: str) -> bool:
    """Whether the two are a list behind 分别, of the same sort as the one that follows."""
    first, second = pair[0].source, pair[1].source
    return bool(
        sort_of(pair[0]) == sort_of(third)
        and _JOINED.fullmatch(source, first.end, second.start)
        and _EACH.search(source, max(0, first.start - NEAR), first.start)
    )


def _is_turned(one: tuple[Match, Match], other: tuple[Match, Match], text: str) -> bool:
    (a, b), (c, d) = [[m.target for m in pair] for pair in (one, other)]
    if min(a.start, b.start) < min(c.start, d.start) < max(a.start, b.start):
        return abs(c.start - b.start) < abs(c.start - a.start) and abs(d.start - a.start) < abs(
            d.start - b.start
        )
    low, high = sorted((c, d), key=lambda q: q.start)
    return _JOINED_HERE.fullmatch(text, low.end, high.start) is not None and (
        a.start < b.start
    ) != (c.start < d.start)
