"""Two names or words of one sort exchanged: the local compressor and the cloud predictor told the other way.

What stands around them votes whether they changed places, as it does for figures. Words of one sort
are data, in `kin.txt`; the names of models are a sort.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.contrasts import are_with_own, is_contrasted
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.lexicon import in_line
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.sides import are_sides, is_turned_twice
from digestlib.fidelity.sorts import NAMED, sorts, sorts_of
from digestlib.fidelity.things import (
    NAME,
    WORD,
    Thing,
    figures_of,
    names_anywhere,
    names_of,
    words_of,
)
from digestlib.fidelity.votes import Votes, owners, votes
from digestlib.models import Finding
from digestlib.patterns import Strings, lowered
from digestlib.quantities.english_names import FAMILIES

_Sorted = tuple[str, frozenset[int | str]]

OUTSIDE: Final = 0.5
"""What the vote of a thing counts that stands in front of both, or behind both."""
FEW: Final = 12
"""So many pairs of a statement are looked at."""


EITHER: Final = 0.1
"""So many votes must come from the things of either of the two, …"""
ALL: Final = 0.3
"""… and so many of all, …"""
DOUBT: Final = 0.06
"""… where fewer than these say that they are in place."""
EITHER_IN_DOUBT: Final = 0.25
"""Else so many must come from either, …"""
ALL_IN_DOUBT: Final = 0.6
"""… so many of all, …"""
OUTVOTED: Final = 0.15
"""… and no more than this share of them may be against it."""


def exchanged_kin(case: Case) -> Iterator[Finding]:
    """The first two things of one sort that changed places."""
    source, text = case.source, case.text
    if len(text) < len(source):
        return  # so little tells nothing of the places
    named = _may_have_two_names(case)
    if not named and not _may_have_two_words(source):
        return
    figures = figures_of(single(case.matches))
    around = [
        *names_of(source, text),
        *words_of(source, text),
        *figures,
    ]
    around.sort(key=_place)
    apart = [t.source[0] for t in figures], [t.target[0] for t in figures]
    for a, b in itertools.islice(_pairs(around, source, named=named), FEW):
        sides = [a.source[0], b.source[0]], [a.target[0], b.target[0]]
        others = [t for t in around if t.source[0] not in sides[0]]
        owned = owners(others, *sides, source, text)
        sure = sorts_of(a) & sorts_of(b) != NAMED
        if _MEANS.fullmatch(source, a.source[0][1], b.source[0][0]):
            continue
        if _are_listed_alike(a, b, case) or _is_supplied((a, b), case):
            continue
        voted = _is_exchanged(votes(0, 1, owned, sides, outside=OUTSIDE), sure=sure)
        if voted and (_is_respective(a, b, case) or _are_subject_and_object(a, b, case)):
            continue
        if voted and are_with_own(a, b, apart, (source, case.lowered)):
            continue
        if voted and not is_contrasted(a, b, apart, (source, text)):
            if is_turned_twice(case) or are_sides(a, b, case):
                return  # B trails A: what goes with A still does
            message = f"{a.name} and {b.name} are exchanged"
            yield finding(case, "swap", "major", message, target=a.target[0], span=a.source[0])
            return


def _are_listed_alike(a: Thing, b: Thing, case: Case) -> bool:
    """Whether both texts have the two in one list, and in the same order: 训练、验证、测试."""
    (_, end), (start, _) = a.source[0], b.source[0]
    here = case.lowered[a.target[0][1] : b.target[0][0]]
    listed = bool(_LISTED_THERE.fullmatch(case.source, end, start))
    return listed and bool(_LISTED_HERE.fullmatch(here))


def _is_respective(a: Thing, b: Thing, case: Case) -> bool:
    """Whether both texts have the two in one order, and only English says respectively of what follows."""
    low = case.lowered
    told = low.find("respectively")
    if told < 0 or not a.target[0] < b.target[0] < (told, told):
        return False
    return _WHICH.search(low, b.target[0][1], told) is not None


_WHICH: Final = re.compile(r"\b(?:which|they|these)\b")


def _are_subject_and_object(a: Thing, b: Thing, case: Case) -> bool:
    """Whether both texts say of the first what it is to the second: 小模型的表现与大模型相当.

    A is faster than B while matching it; A is behind, though it catches up with B.
    """
    (_, end), (start, _) = a.source[0], b.source[0]
    joined = _TO_IT_THERE.fullmatch(case.source, end, start)
    if a.target[0] > b.target[0] or not joined:
        return False
    if joined["with"] and not _ALIKE.match(case.source, b.source[0][1]):
        return False
    if _COMPARED_WITH.search(case.source, max(0, a.source[0][0] - 4), a.source[0][0]):
        return False
    between = case.lowered[a.target[0][1] : b.target[0][0]]
    return bool(_TO_IT_HERE.fullmatch(between) or _IT_TO_IT_HERE.fullmatch(between))


_TO_IT_THERE: Final = re.compile(
    r"[^，。；、\d\n]{0,8}(?:(?P<with>[与和跟同])|比|优于|不如|落后于?|领先于?|超过|超越|追[上赶平]|逼近|接近|媲美|赶上|击败|输给)了?[\s*]*"
)
_ALIKE: Final = re.compile(r"[^，。；、]{0,8}(?:相当|持平|接近|相近|相差|不相上下)")
_COMPARED_WITH: Final = re.compile(r"[与和跟同比较于][\s*]*\Z")
_TO_IT_HERE: Final = re.compile(
    r"[^.;:,]{0,60}\b(?:than|as|with|to|behind|ahead of|below|above|matches|equals|beats|leads|trails)(?: the| a| an| that of the)? ?"
)
_IT_TO_IT_HERE: Final = re.compile(
    r"[^.;:]{0,80}[,;] (?:though|although|but|while|yet|even though|despite|and)\b[^.;]{0,60}?\b(?:it|they|them)\b"
    r"[^.;,]{0,40}?\b(?:with|to|on|behind|than|ahead of|up)(?: the| a)? ?"
)


def _is_supplied(things: Sequence[Thing], case: Case) -> bool:
    """Whether English says again what the source leaves out, 最小的可在浏览器里运行: the smallest model."""
    if not _LEFT_OUT_THERE.search(case.source):
        return False
    return any(_SUPPLIED_HERE.search(case.lowered, 0, t.target[0][0]) for t in things)


_LEFT_OUT_THERE: Final = re.compile(
    r"最[\u4e00-\u9fff]的(?=[可能会在只仅已则为是有需也就都不甚，])"
)
_SUPPLIED_HERE: Final = re.compile(r"\b(?:[a-z]+est|most [a-z]+|least [a-z]+|best|worst) \Z")
_LISTED_THERE: Final = re.compile(r"(?:集)?[、和与及/](?:[^，。；、\d]{1,6}[、和与及/])?")
_LISTED_HERE: Final = re.compile(
    r"(?: sets?)?(?:,|, and| and|/) ?(?:[a-z]+ ?(?:,|, and| and|/) ?)?"
)
_MEANS: Final = re.compile(r"[^，。；\n]{0,12}来")
"""采用 A 来做 B: the means and the end may be told in either order."""


def exchanged_mentions(case: Case) -> Iterator[Finding]:
    """A told twice and B once, where the source tells A once and B twice."""
    named = [name for line in case.source.split("\n") for name in _names_in(line)]
    if len(named) == len(set(named)):
        return
    there = Counter(named)
    often = [name for name, count in there.items() if count > 1]
    if not 1 < len(there) <= FEW:
        return
    here = Counter(_WHOLE.findall(case.text))
    for often_there, once_there in itertools.product(often, there):
        if there[once_there] == 1 == here[often_there] and here[once_there] == there[often_there]:
            message = f"{often_there} and {once_there} are exchanged"
            at = case.text.index(once_there)
            yield finding(case, "swap", "major", message, target=(at, at + len(once_there)))
            return


def exchanged_part(case: Case) -> Iterator[Finding]:
    """Of three stages the one that is told once more: 其中生成约占六成, told of reranking."""
    things = [*words_of(case.source, case.text), *names_anywhere(case.source, case.text)]
    for told in itertools.islice(_OF_WHICH.finditer(case.source), FEW):
        again = [t for t in things if len(t.source) == 2 and t.source[1][0] == told.end()]
        others = [
            t
            for t in (things if again else ())
            if len(t.source) == 1 and len(t.target) == 2 and t.weight >= WORD
        ]
        for a, b in itertools.product(again, others):
            if len(a.target) == 1 and _is_listed(a, b, told, case):
                message = f"{a.name} and {b.name} are exchanged"
                yield finding(case, "swap", "major", message, target=b.target[1], span=a.source[1])
                return


OF_WHICH: Final = "其中|尤其是|特别是|又以|去掉|去除|移除|剔除|只用|仅用|单用"
"""One of these in a source that tells a part once more."""
_OF_WHICH: Final = re.compile(
    r"(?:(?P<which>其中|尤其是|特别是|又以)(?:以|在)?|去掉|去除|移除|剔除|只用|仅用|单用)[\s*“]*"
)
_PARTED: Final = re.compile(r"[，。；！？\n]")


def _is_listed(a: Thing, b: Thing, told: re.Match[str], case: Case) -> bool:
    """Whether both are parts of one list in front of that place, of which English tells the other one again."""
    (first, end), (last, _) = sorted((a.source[0], b.source[0]))
    between = case.source[end:last]
    if last > told.start() or _PARTED.search(between) or first == last:
        return False
    if not (_LIST.search(between) if told["which"] else _SIDE_BY_SIDE.fullmatch(between)):
        return False
    return max(a.target[0], b.target[0]) < b.target[1]


_SIDE_BY_SIDE: Final = re.compile(r"[^，。；、\d和与及/]{0,4}[和与及/][\s*]*")
_LIST: Final = re.compile("[、和与及/]")


@lru_cache(maxsize=1024)
def _names_in(line: str) -> list[str]:
    return _NAME.findall(line)


_NAME: Final = re.compile(r"[A-Z](?<![\w.-].)[A-Za-z]{0,30}[A-Z-][\w-]{0,30}[A-Za-z](?![\w.-])")
"""EvoSynth, X-Teaming."""
_WHOLE: Final = re.compile(r"[\w-]+")
"""EditVerseBench, which tells nothing of EditVerse."""


def _place(thing: Thing) -> Span:
    return thing.source[0]


def _is_exchanged(voted: Votes, *, sure: bool) -> bool:
    """Whether all say so, or far more than say that they are in place; names of any sort need both."""
    (mine, yours), against = voted.exchanged, sum(voted.in_place)
    if sure and against < DOUBT and min(mine, yours) > EITHER and mine + yours > ALL:
        return True
    clear = min(mine, yours) > EITHER_IN_DOUBT and mine + yours > ALL_IN_DOUBT
    return clear and against < (OUTVOTED * (mine + yours) if sure else DOUBT)


def _pairs(things: Sequence[Thing], source: str, *, named: bool) -> Iterator[tuple[Thing, Thing]]:
    """Two of one sort that stand apart, and of which one has lost its neighbour to the other.

    Names only where the source sets names apart.
    """
    once_each = [t for t in things if t.once]
    own = [sorts_of(t) for t in once_each]
    for i, j in itertools.combinations([i for i, sort in enumerate(own) if sort], 2):
        a, b = once_each[i], once_each[j]
        if own[i].isdisjoint(own[j]) or _overlap(a, b):
            continue
        between = a.source[0][1], b.source[0][0]
        if _BOUND.fullmatch(source, *between):
            continue
        if NAME in (a.weight, b.weight) and not (named and _is_apart(source, *between)):
            continue
        if a.weight == b.weight == NAME and _is_where(a, source) != _is_where(b, source):
            continue
        if _LISTED.fullmatch(source, *between) and not _EACH.search(source):
            continue
        if _is_told_together(a, b, once_each):
            continue
        if _lost(i, j, once_each) or _lost(j, i, once_each):
            yield a, b


def _is_where(thing: Thing, source: str) -> bool:
    """在 MMLU-Pro 上: where something was measured, which nobody takes for who was."""
    start, end = thing.source[0]
    return bool(_WHERE.match(source, end) and source[:start].rstrip(" *").endswith("在"))


_WHERE: Final = re.compile(r"[\s*]*[^，。；、\s]{0,6}[上中里]")


def _is_told_together(a: Thing, b: Thing, things: Sequence[Thing]) -> bool:
    """Whether two names stand side by side in one order in both texts: what is around says nothing."""
    if NAME not in (a.weight, b.weight) or a.target > b.target:
        return False
    named = [t for t in things if t.weight == NAME]
    return not any(a.source < t.source < b.source or a.target < t.target < b.target for t in named)


_LISTED: Final = re.compile(r"[\s*”’]*(?:和|与|及|以及|或|、)[\s*“‘]*")
_EACH: Final = re.compile("分别|依次|各")
"""Without one of these a list may be told in any order."""
_BOUND: Final = re.compile(r"[\s*的]*|[^，。；]{0,30}(?:替代|代替|取代|替换)[^，。；]{0,30}")
"""`A 替代 B` is told from the other end in English: replacing B with A."""


def _is_apart(source: str, start: int, end: int) -> bool:
    """Whether a name and another are told side by side, and the one is no instance of the other."""
    return bool(_APART.search(source, start, end) and not _INSTANCE.search(source, start, end))


_INSTANCE: Final = re.compile("等|如")
_APART: Final = re.compile(r"[，。；、,;：:（）()和与比较而优超胜于]|vs")


def _lost(i: int, j: int, things: Sequence[Thing]) -> bool:
    """Whether what stands next to this one in the source stands nearer to the other in English."""
    this, other = things[i], things[j]
    beside = [things[n] for n in (i - 1, i + 1) if n not in (j, -1, len(things))]
    nearest = min(beside, key=lambda t: abs(t.source[0][0] - this.source[0][0]), default=None)
    if nearest is None:
        return False
    at = nearest.target[0][0]
    return abs(at - other.target[0][0]) < abs(at - this.target[0][0])


def _overlap(a: Thing, b: Thing) -> bool:
    """Whether one English word stands for both, or one Chinese word is part of the other."""
    mine, yours = (a.source[0], a.target[0]), (b.source[0], b.target[0])
    return any(p[0] < q[1] and q[0] < p[1] for p, q in zip(mine, yours, strict=True))


def _may_have_two_names(case: Case) -> bool:
    """Whether the source tells of two models, or sets two names, or one and a baseline, apart."""
    if not _SET_APART.search(case.source) and len(_FAMILIES.within(lowered(case.source))) < 2:
        return False
    return len(names_of(case.source, case.text)) + ("基线" in case.source) > 1


_SET_APART: Final = re.compile(
    r"[；;而却则]|分别|(?P<each>用于|负责|[由将把为以])[^。\n]{1,80}(?P=each)|[:：（(][^。\n]{1,80}[:：（(]"
)
_FAMILIES: Final = Strings(FAMILIES)


def _may_have_two_words(source: str) -> bool:
    """Whether the source has two words of one sort, each once."""
    return _has_two_of_a_sort([w for w in _sorted_in(source) if source.count(w[0]) == 1])


def may_be_exchanged(source: str) -> bool:
    """Whether the source has two words of one sort."""
    return _has_two_of_a_sort(_sorted_in(source))


def _has_two_of_a_sort(words: Iterable[_Sorted]) -> bool:
    seen: set[int | str] = set()
    for _, own in words:
        if not seen.isdisjoint(own):
            return True
        seen |= own
    return False


def _sorted_in(source: str) -> set[_Sorted]:
    """The words of the source that have a sort."""
    return {word for line in source.split("\n") for word in _sorted_in_line(line)}


@lru_cache(maxsize=1024)
def _sorted_in_line(line: str) -> list[_Sorted]:
    known, words = sorts(), {line[start:end] for _, start, end in in_line(line)}
    return [(word, known[word]) for word in words if word in known]
