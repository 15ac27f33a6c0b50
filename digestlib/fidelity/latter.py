"""前者 and 后者: of two that were named, the first told as the latter, or with the other's name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.compared import NOWHERE, compared_here
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import NAME, WORD, Thing, figures_of, names_of, words_of
from digestlib.models import Finding

POINTERS: Final = "前者|后者"
_THERE: Final = re.compile(POINTERS)
_HERE: Final = re.compile(r"\bthe (?P<which>former|latter)\b")
_BESIDE: Final = re.compile(
    r"\b(?:than|over|unlike|against|versus|behind|above|below|exceed\w*|beat\w*|"
    r"outperform\w*|surpass\w*|trail\w*|match\w*) \Z"
)
"""Cheaper than the latter says of the other what the source says of the first."""
_PAIR: Final = re.compile(
    r"(?P<first>[A-Za-z][\w.-]*(?: [A-Za-z\d][\w.-]*)*)\s*(?:与|和|及|以及|、)\s*"
    r"(?P<second>[A-Za-z][\w.-]*(?: [A-Za-z\d][\w.-]*)*)"
)


def exchanged_latter(case: Case) -> Iterator[Finding]:
    """The latter for 前者, where both texts name the two in one order; or the second one's name."""
    theirs = list(_THERE.finditer(case.source))
    if len(theirs) != 1:
        return
    first = theirs[0][0] == "前者"
    ours = list(_HERE.finditer(case.lowered))
    if not ours:
        yield from _named(case, theirs[0], first=first)
    elif len(ours) == 1 and not _BESIDE.search(case.lowered, 0, ours[0].start()):
        same = _order(case, theirs[0].start(), ours[0].start())
        if same is not None and ((ours[0]["which"] == "former") == first) != same:
            message = f"the source says {theirs[0][0]}"
            here, there = ours[0].span(), theirs[0].span()
            yield finding(case, "swap", "major", message, target=here, span=there)


def exchanged_pointed(case: Case) -> Iterator[Finding]:
    """What is said of 前者 stands beside the second one's name, and the other way round."""
    theirs = list(_THERE.finditer(case.source))
    if [m[0] for m in theirs] not in (["前者", "后者"], ["后者", "前者"]):
        return
    places = _pair(case, theirs[0].start())
    if not places:
        return
    told = [_named_beside(case, span, places) for span in _clauses(case.source, theirs)]
    if told in ([{1}, {0}], [{0}, {1}]) and (told[0] == {1}) == (theirs[0][0] == "前者"):
        message = f"the source says {theirs[0][0]}"
        at, span = places[told[0].pop()][0], theirs[0].span()
        yield finding(case, "swap", "major", message, target=at, span=span)


def turned_pointed(case: Case) -> Iterator[Finding]:
    """B lags behind A, where A 与 B are close in one thing and 前者 is behind in another."""
    pointer = _THERE.search(case.source)
    rank = _RANK_THERE.match(case.source, pointer.end()) if pointer else None
    if pointer is None or rank is None or _THERE.search(case.source, pointer.end()):
        return
    pair = _meant(case, pointer, first=pointer[0] == "前者")
    for told in compared_here(case.lowered) if pair else ():
        word = case.lowered[told.near[1] : told.other[0]]
        if told.near == NOWHERE or not _RANK_HERE.match(word):
            continue
        sides = case.text[slice(*told.near)], case.text[slice(*told.other)]
        places = [[bool(_count(name, side)) for side in sides] for name in pair or ()]
        ahead = told.sign == (1 if rank["up"] else -1)
        if places == ([[False, True], [True, False]] if ahead else [[True, False], [False, True]]):
            message = f"the source says {pointer[0]}"
            yield finding(case, "swap", "major", message, target=told.near, span=pointer.span())
            return


_RANK_THERE: Final = re.compile(
    r"(?![^，。；]*(?:[不未没无](?![如及])|高|低))[^，。；]{0,16}?(?:(?P<up>胜出|[更略稍]胜|占优|领先|[更略稍][强好优])|略逊|更逊|稍逊|落后|不如|不及|[更略稍][差弱])"
)
_RANK_HERE: Final = re.compile(
    r"(?:\w+ )*?(?:trail|lag|behind|beat|outperform|surpass|ahead|lead|better|worse|stronger|weaker|inferior|superior|underperform)"
)


def exchanged_terms(case: Case) -> Iterator[Finding]:
    """What is said of 前项 stands beside `the second`, and the other way round."""
    theirs = list(_TERM_THERE.finditer(case.source))
    if [m["which"] for m in theirs] != ["前", "后"] or theirs[0]["of"] != theirs[1]["of"]:
        return
    ours = [[m.span() for m in word.finditer(case.lowered)] for word in _TERMS_HERE]
    if [len(told) for told in ours] != [1, 1]:
        return
    told = [_named_beside(case, span, ours) for span in _clauses(case.source, theirs)]
    if told == [{1}, {0}]:
        message = f"the source says {theirs[0][0]}"
        yield finding(case, "swap", "major", message, target=ours[1][0], span=theirs[0].span())


TERMS: Final = "后项|后一|后半"
"""What a source has that tells two by their order."""
_TERM_THERE: Final = re.compile(
    r"(?<![之以此最目先])(?P<which>[前后])(?P<of>项|一(?:阶段|[项个种类组句款轮代版节段步层篇批次])|半[句段部程场])"
)
_TERMS_HERE: Final = (re.compile(r"\b(?:first|former)\b"), re.compile(r"\b(?:second|latter)\b"))


def _pair(case: Case, before: int) -> list[list[Span]]:
    """Where English names the two that stand side by side in front of the first pointer."""
    things = [
        t
        for t in (*words_of(case.source, case.text), *_repeated(case))
        if t.source[0][1] < before and t.weight >= WORD
    ]
    for one, other in itertools.product(things, things):
        if _JOINED.fullmatch(case.source, one.source[0][1], other.source[0][0]):
            spans = [sorted(one.target), sorted(other.target)]
            if set(spans[0]).isdisjoint(spans[1]):
                pointers = [m.span() for m in _HERE.finditer(case.lowered)]
                first = spans[0][0] > spans[1][0]
                for at, end in pointers:
                    spans[(case.lowered[at:end] == "the latter") != first].append((at, end))
                return spans
    return []


def _repeated(case: Case) -> Iterator[Thing]:
    """Names that English may tell again and again."""
    for m in _NAME.finditer(case.source):
        here = [x.span() for x in re.finditer(rf"(?<![\w-]){re.escape(m[0])}(?![\w-])", case.text)]
        if here:
            yield Thing(m[0], NAME, (m.span(),), tuple(here))


_NAME: Final = re.compile(r"[A-Za-z][\w.-]*(?: [A-Za-z\d][\w.-]*)*")
_JOINED: Final = re.compile(
    r"(?:[^，。；、\d]{0,3}|[^，。；、\d]{0,2}[（(][^（）()]{1,20}[）)])\s*(?:与|和|及|以及|、)\s*"
)


def _clauses(source: str, pointers: Sequence[re.Match[str]]) -> list[Span]:
    """What is said of either: up to the other one, or to the end of its sentence."""
    first, second = pointers
    ends = [min(first.end() + APART, second.start()), second.end() + APART]
    stops = [_STOP.search(source, p.end(), end) for p, end in zip(pointers, ends, strict=True)]
    return [
        (p.end(), stop.start() if stop else min(end, len(source)))
        for p, end, stop in zip(pointers, ends, stops, strict=True)
    ]


APART: Final = 60
_STOP: Final = re.compile(r"[。；！？\n]|，(?=[^，。；]{0,4}后者|[^，。；]{0,4}前者|但|而)")


def _named_beside(case: Case, clause: Span, places: Sequence[Sequence[Span]]) -> set[int]:
    """Whose name stands nearest to what the clause says: 0 for the first one, 1 for the second."""
    figures = figures_of([m for m in single(case.matches) if m.source.kind != "date"])
    names = [t for t in names_of(case.source, case.text) if t.weight == NAME]
    for things in (figures, names, words_of(case.source, case.text)):
        own = [t for t in things if t.once and clause[0] <= t.source[0][0] < clause[1]]
        found = {_nearest(t.target[0], case.lowered, places) for t in own}
        if found:
            return found
    return set()


def _nearest(place: Span, low: str, places: Sequence[Sequence[Span]]) -> int:
    """Whose name stands nearest, those of its own clause first; -1 where both are as near."""
    ways = [min(_way(place, span, low) for span in spans) for spans in places]
    return -1 if ways[0] == ways[1] else ways.index(min(ways))


def _way(place: Span, name: Span, low: str) -> int:
    start, end = min(place[1], name[1]), max(place[0], name[0])
    return max(0, end - start) + FAR * len(_PARTED.findall(low, start, max(start, end)))


FAR: Final = 200
"""So much farther away is what stands in another clause."""
_PARTED: Final = re.compile(r"[,;:](?=\s)|\.(?=\s)|\b(?:and|but|while|whereas|though|although)\b")


def _order(case: Case, there: int, here: int) -> bool | None:
    """Whether what was told before stands in one order in both texts; None where nobody knows."""
    figures = [m for m in single(case.matches) if m.source.kind != "date"]
    before = [
        t
        for t in (*names_of(case.source, case.text), *words_of(case.source, case.text))
        if t.once and t.source[0][0] < there and t.target[0][0] < here
    ]
    told = [t for t in figures_of(figures) if t.source[0][0] < there and t.target[0][0] < here]
    names = [t for t in before if t.weight == NAME]
    if _is_unnamed(case.source[:there], case.lowered[:here]):
        return True
    for things in (names, _side_by_side([*before, *told], case.source)):
        if len(things) > 1:
            return _is_in_order(things)
    if len(told) > 1 and _is_in_order(told):
        return True
    return _is_in_order([*before, *told]) if len(before) > 1 else None


def _is_unnamed(source: str, low: str) -> bool:
    """Whether both texts only say that there are two, 两种方法: nothing can be told in another order."""
    two = _TWO_THERE.search(source) and not _BOTH_NAMED_THERE.search(source)
    return bool(two) and not _BOTH_NAMED_HERE.search(low)


_TWO_THERE: Final = re.compile("两[种个类款者组套条家支代]|二者|双方")
_BOTH_NAMED_THERE: Final = re.compile(
    "[与和跟及、或比；：:（(而]|相[比较]|[优高低快慢多少强弱大小]于|超|领先|落后|不如|不及|胜|一[种个类款组套条家支]"
)
_BOTH_NAMED_HERE: Final = re.compile(
    r"[;:(]|\b(?:and|or|than|versus|vs|one|while|whereas|from|over)\b"
)


def _side_by_side(things: Sequence[Thing], source: str) -> list[Thing]:
    """The two that stand side by side, 14B 和 1.3B; the last two of several pairs."""
    last = max((t.source[0][1] for t in things), default=0)
    near = [t for t in things if t.source[0][0] > last - APART]
    pairs = [
        [one, other]
        for one, other in itertools.permutations(near, 2)
        if one.source[0][1] < other.source[0][0]
        and _JOINED.fullmatch(source, one.source[0][1], other.source[0][0])
    ]
    return max(pairs, key=lambda pair: pair[1].source[0], default=[])


def _is_in_order(things: Sequence[Thing]) -> bool | None:
    pairs = {
        (a.source < b.source) == (a.target < b.target) for a, b in itertools.combinations(things, 2)
    }
    return pairs.pop() if len(pairs) == 1 else None


def other_name(case: Case) -> str | None:
    """Of two names the one that 前者 or 后者 does not mean; None where it is told more than once."""
    pointers = list(_THERE.finditer(case.source))
    if len(pointers) != 1:
        return None
    pair = _meant(case, pointers[0], first=pointers[0][0] == "前者")
    return pair[1] if pair else None


def _meant(case: Case, pointer: re.Match[str], *, first: bool) -> tuple[str, str] | None:
    """The name that is meant, and the other one."""
    pairs = list(_PAIR.finditer(case.source, 0, pointer.start()))
    if not pairs:
        return None
    one, two = pairs[-1]["first"], pairs[-1]["second"]
    return (one, two) if first else (two, one)


def _named(case: Case, pointer: re.Match[str], *, first: bool) -> Iterator[Finding]:
    """Of the two English says the name once more that is not meant."""
    pair = _meant(case, pointer, first=first)
    if pair is None or _is_turned(case, pointer):
        return
    meant, other = pair
    more = [_count(name, case.text) - _count(name, case.source) for name in (meant, other)]
    if more == [0, 1]:
        at = case.text.rindex(other)
        message = f"the source says it of {meant}"
        span = pointer.span()
        yield finding(case, "swap", "major", message, target=(at, at + len(other)), span=span)


def _is_turned(case: Case, pointer: re.Match[str]) -> bool:
    """Whether the other one may be told as behind, where the one that is meant is ahead."""
    behind = _LESS_THERE.search(case.source, pointer.end())
    return (_MORE_HERE if behind else _LESS_HERE).search(case.lowered) is not None


_LESS_THERE: Final = re.compile("落后|不及|不如|[低少慢差弱]")
_LESS_HERE: Final = re.compile(
    r"\b(?:trail\w*|behind|lag\w*|los(?:es|t|ing)|below|less|lower|worse|fewer|slower|weaker|short of|beaten)\b"
)
_MORE_HERE: Final = re.compile(
    r"\b(?:lead\w*|ahead|beat\w*|above|more|higher|better|faster|stronger|outperform\w*|surpass\w*)\b"
)


def _count(name: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
