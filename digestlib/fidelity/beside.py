"""What stands beside which of two: the web version is open, the desktop version comes in May, told the
other way round.

Two things that could be told in each other's place, each in a clause of its own: what shares the
clause with the one in Chinese must not share it with the other in English. `paired` asks the same of
figures, and `kin` weighs all that is near; this rule only looks into the clauses, of whatever length.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.dates import dates
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.sorts import NAMED, sorts_of
from digestlib.fidelity.things import NAME, WORD, Thing, figures_of, names_of, words_of
from digestlib.fidelity.witnesses import is_ahead, is_ordinal, ordinals
from digestlib.models import Finding
from digestlib.quantities import number_words

PARTED: Final = "，|；|。|;"
"""One of these in a source that tells of two things in clauses of their own."""
_PARTED_THERE: Final = re.compile(r"[，。；！？;\n]")
_PARTED_HERE: Final = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|[()\n–—]|\b(?:and|but|while|whereas|though|although|than|versus|vs|against|"
    r"compared (?:with|to)|relative to|rather than|instead of|unlike|(?:up|down) from|which|whose)\b"
)
_EACH: Final = re.compile("分别|依次|各|前者|后者")
_COMPARES: Final = re.compile(
    r"相比|相较|[与和跟][^，。；]{1,40}相当|[比较]|(?<![将定用对位由关属在处至])于|超|领先|落后|不如|不及|击败|胜|[^，。；]倍|除|其余|其他|另外|剩|仅次|持平|替代|取代|而非|不是|并非|[^，。；]的(?:[\d一二三四五六七八九十半]|一半)"
)
"""Beside these a clause may be told with the other one's."""
_POINTS: Final = re.compile(
    r"\b(?:it|its|they|their|theirs|this|that|these|those|former|latter|both|one|ones|same|each|respectively|other|others)\b"
)
"""What may say something of the other one in the clause of the one."""
_TOGETHER: Final = re.compile(
    r"[\s*]*(?:[\w-]+ ){0,2}?(?:[\w-]+)?[\s*]*(?:,|and|or|/|,? as well as|&)[\s*]*(?:the |in |on |for |of |by |with )?[\s*]*"
)
"""The web and desktop versions: what follows is told of both."""
FEW: Final = 12
"""So many pairs of a statement are looked at, …"""
MANY: Final = 24
"""… and no statement of more clauses."""
OFTEN: Final = 3
"""What stands more often than this in English tells nothing."""


def exchanged_beside(case: Case) -> Iterator[Finding]:
    """The first two things of one sort or form that stand in each other's clause."""
    source, text = case.source, case.text
    if len(text) < len(source) or _EACH.search(source) or "respectively" in case.lowered:
        return
    there = _clauses(_PARTED_THERE, source)
    if not 1 < len(there) <= MANY:
        return
    things = [*names_of(source, text), *words_of(source, text), *ordinals(case)]
    pairs = list(itertools.islice(_pairs(things, there, source, case.lowered), FEW))
    here = _clauses(_PARTED_HERE, case.lowered) if pairs else []
    if not 1 < len(here) <= MANY:
        return
    around = [*things, *figures_of(list(single(case.matches))), *_dates(case)]
    placed = list(_placed(around, there, here))
    for a, b in pairs:
        if _is_exchanged(a, b, placed, (there, here), case):
            if not is_turned_twice(case):
                message = f"{a.name} and {b.name} are exchanged"
                yield finding(case, "swap", "major", message, target=a.target[0], span=a.source[0])
            return


def _dates(case: Case) -> Iterator[Thing]:
    """The days and months that both texts tell."""
    ours = dict(dates(case.text))
    for date, span in dates(case.source):
        if date in ours:
            yield Thing(case.source[slice(*span)], NAME, (span,), (ours[date],))


def _clauses(mark: re.Pattern[str], text: str) -> list[Span]:
    """Where the clauses stand; what is nothing but marks is none."""
    marks = [m.span() for m in mark.finditer(text)]
    starts, stops = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    return [s for s in zip(starts, stops, strict=True) if text[slice(*s)].strip(" *")]


def _pairs(
    things: Sequence[Thing], there: Sequence[Span], source: str, low: str
) -> Iterator[tuple[Thing, Thing]]:
    """Two that stand once each, in clauses of their own, and could be told in each other's place."""
    once = [t for t in things if len(t.source) == 1 and len(t.target) <= OFTEN and t.weight >= WORD]
    once.sort(key=lambda t: t.source)
    kinds = [(t, _clause_of(t.source[0], there), _kinds(t, source)) for t in once]
    for (a, its_clause, its_kinds), (b, clause, own) in itertools.combinations(kinds, 2):
        if clause == its_clause or own.isdisjoint(its_kinds):
            continue
        if (a.name in _METRICS) != (b.name in _METRICS):
            continue  # nobody takes mAP for ViT-B
        if set(a.target).isdisjoint(b.target) and not _told_together(a, b, low):
            yield a, b


_METRICS: Final = frozenset(
    number_words.words_of(
        "mAP mIoU IoU F1 AUC MAE MSE RMSE MRR NDCG BLEU ROUGE METEOR CIDEr PSNR SSIM LPIPS FID FVD "
        "WER CER DER EER MOS MFU QPS"
    )
)
"""Names of what is measured, not of who is."""


def are_alike(a: Thing, b: Thing, source: str) -> bool:
    """Whether two are of one sort, or two words for two of the same."""
    return not _kinds(a, source).isdisjoint(_kinds(b, source))


_Kind = int | str | tuple[int | str, str]


def _kinds(thing: Thing, source: str) -> set[_Kind]:
    """Its sorts and forms: 网页版 and 桌面版, 年轻用户 and 年长用户 are two words for two of the same."""
    name = thing.name
    kinds: set[_Kind] = {*sorts_of(thing), *_heads(thing, source)}
    kinds.update((row, name[1:]) for row in _ROWS.get(name[0], ()))
    if is_ordinal(thing):
        return {("so many", name[-1])}
    if len(name) > len(name[-2:]):
        kinds.add(("ends with", name[-2:]))
    return kinds


_AGAINST: Final = (
    "单双多两",
    "长短中",
    "大小中",
    "高低中",
    "新旧老",
    "前后",
    "内外",
    "上下",
    "左右",
    "早晚",
    "男女",
    "轻重",
    "软硬",
)
"""单臂 and 双臂: what tells the one from the other of two words that end alike."""
_ROWS: Final = {
    sign: [row for row, signs in enumerate(_AGAINST) if sign in signs] for sign in "".join(_AGAINST)
}


def _heads(thing: Thing, source: str) -> set[str]:
    """What the word ends with, and what stands right behind it."""
    found = _HEAD.match(source, thing.source[0][1])
    return {thing.name[-1]} & _HEADS | ({found[1]} if found else set())


_HEADS: Final = frozenset("版率层端组集类级侧方型器机场量性力期段区员者部库店校院化式")
_HEAD: Final = re.compile(
    r"[\s*的]*([版率层端组集类级侧方型器区]|(?![的在为是由可能将达只仅则有])[\u4e00-\u9fff](?![的在为是由可能将达只仅则有])[\u4e00-\u9fff])"
)


def _told_together(a: Thing, b: Thing, low: str) -> bool:
    """Whether English tells both at once."""
    for one, other in itertools.product(a.target, b.target):
        first, second = sorted((one, other))
        if _TOGETHER.fullmatch(low, first[1], second[0]):
            return True
    return False


def _is_exchanged(
    a: Thing,
    b: Thing,
    around: Sequence[_Placed],
    clauses: tuple[Sequence[Span], Sequence[Span]],
    case: Case,
) -> bool:
    """Whether what stands beside either stands beside the other one, and nothing beside its own."""
    there, here = clauses
    own = [_clause_of(t.source[0], there) for t in (a, b)]
    told = [{_clause_of(place, here) for place in t.target} for t in (a, b)]
    gone: tuple[list[Thing], list[Thing]] = [], []
    kept: list[Thing] = []
    parts: list[Thing] = []
    beside: set[int] = set()
    for thing, clause, places in around:
        if clause not in own or _overlap(thing, a) or _overlap(thing, b):
            continue
        k = own.index(clause)
        if places & told[k]:
            kept.append(thing)
            parts += [thing] * _is_part(thing, (a, b)[k], case)
        elif other := places & (told[1 - k] - told[k]):
            gone[k].append(thing)
            beside.add(min(other))
    weights = [sum([t.weight for t in some]) for some in gone]
    named = NAME in (a.weight, b.weight)
    if is_ordinal(a) and (kept or not all(gone)):
        return False
    if all(gone):
        least = WORD if named and sorts_of(a) & sorts_of(b) <= NAMED else LITTLE
        if min(weights) >= WORD and sorts_of(a) & sorts_of(b):
            kept = [t for t in kept if t not in parts]
        ahead = all(is_ahead(t, itertools.chain(*gone)) for t in kept)
        return ahead and min(weights) >= least and sum(weights) >= WORD
    if kept or named or sum(weights) < WORD:
        return False
    if any(_COMPARES.search(case.source[slice(*there[k])]) for k in own):
        return False
    if _is_between(a, b, case.lowered):
        return False
    return not any(_POINTS.search(case.lowered[slice(*here[k])]) for k in beside)


def _is_between(a: Thing, b: Thing, low: str) -> bool:
    """Whether English tells of what is between the two: what stands before both is of both."""
    first, last = sorted((a.target[0], b.target[0]))
    start = low.rfind("between ", 0, first[0])
    return start >= 0 and bool(_BETWEEN.fullmatch(low, start, last[0]))


_BETWEEN: Final = re.compile(r"between [^;\n]{1,160} and (?:[a-z]+ ){0,3}")


def _is_part(thing: Thing, of: Thing, case: Case) -> bool:
    """Whether a thing goes wherever the other one does: all of all the weights, only of what is done only."""
    if thing.name in _QUALIFIERS or _DATE.match(thing.name):
        return True
    there = _gap(thing.source[0], of.source[0])
    return _BOUND_THERE.fullmatch(case.source, *there) is not None and any(
        _BOUND_HERE.fullmatch(case.lowered, *_gap(one, other))
        for one, other in itertools.product(thing.target, of.target)
    )


_DATE: Final = re.compile(r"\d+\s?[年月]")
"""Both things may have come on its day."""
_QUALIFIERS: Final = frozenset({"仅", "只", "仅仅", "才", "却", "也", "再"})
_BOUND_THERE: Final = re.compile(r"[\s*]*的?[\s*]*")
_BOUND_HERE: Final = re.compile(r"(?:['’]s)?[\s*-]*(?:(?:the|its|their)[\s*]+)?")


def _gap(one: Span, other: Span) -> Span:
    """What stands between two places, whichever comes first."""
    first, second = sorted((one, other))
    return first[1], max(first[1], second[0])


_Placed = tuple[Thing, int, set[int]]
"""What stands in a single clause of the source: which one that is, and in which it is told."""


def _placed(
    things: Sequence[Thing], there: Sequence[Span], here: Sequence[Span]
) -> Iterator[_Placed]:
    for thing in things:
        clause, *others = {_clause_of(place, there) for place in thing.source}
        if not others:
            yield thing, clause, {_clause_of(place, here) for place in thing.target}


LITTLE: Final = 0.3
"""So much at least must have gone over from either."""


def _overlap(a: Thing, b: Thing) -> bool:
    """Whether one word is part of the other in either text."""
    return _meet(a.source, b.source) or _meet(a.target, b.target)


def _meet(ones: Sequence[Span], others: Sequence[Span]) -> bool:
    for start, end in ones:
        for low, high in others:
            if start < high and low < end:
                return True
    return False


def _clause_of(place: Span, clauses: Sequence[Span]) -> int:
    for number, (low, high) in enumerate(clauses):
        if low <= place[0] < high:
            return number
    return -1
