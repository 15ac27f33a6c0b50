"""Two figures that nobody takes for each other, though both count something.

Nor can two have changed places where both texts say of the same one what it is: all of them (of
the five models), the time within which it is done, what a change goes on to.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.fidelity.matching import Match

_Texts = tuple[str, str]
FAR: Final = 1_000_000
"""So many times as much is no figure for the same: 64 experts, 2.1B parameters."""
_COUNTED: Final = ("count", "number", "points", "magnitude")


def are_unlike(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether neither of two figures, of which the first stands first in the source, is the other's."""
    return (
        _is_one_points(one, other)
        or _are_far_apart(one, other)
        or _are_compared(one, other, texts[0])
        or _is_one_whole(one, other, texts)
        or _is_one_within(one, other, texts)
        or _goes_on(one, other, texts)
        or _is_one_joined(one, other, texts)
        or _is_one_an_age(one, other, texts)
        or _is_one_a_score(one, other, texts)
        or _counts_the_list(one, other, texts)
        or _counts_the_list(other, one, texts)
    )


def _is_one_points(one: Match, other: Match) -> bool:
    """Whether both texts have the one in points, and the other one counted: 4.5 points, two groups."""
    kinds = {(m.source.kind, m.target.kind) for m in (one, other)}
    return kinds == {("points", "points"), ("count", "count")}


def _are_far_apart(one: Match, other: Match) -> bool:
    if one.source.kind not in _COUNTED or other.source.kind not in _COUNTED:
        return False
    mine, yours = one.source.value, other.source.value
    if not isinstance(mine, Decimal) or not isinstance(yours, Decimal):
        return False
    low, high = sorted((abs(mine), abs(yours)))
    return 0 < low * FAR <= high


def _are_compared(one: Match, other: Match, source: str) -> bool:
    """Whether a model of one size is ahead of another one: whose what is the comparison says."""
    sizes = [_SIZE.match(source, m.source.start, m.source.end) for m in (one, other)]
    return all(sizes) and bool(_RANKED.fullmatch(source, one.source.end, other.source.start))


_SIZE: Final = re.compile(r"[^\d]{0,4}\d[\d.]*\s?[BM]\Z")
_RANKED: Final = re.compile(
    r"[^，。；\n]{0,40}(?:超过|优于|领先|胜过|击败|不如|落后|逊于|超越|好于)[^，。；\n]{0,12}"
)


def _is_one_whole(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether both texts say of one of them, and of no other, that it is all of them."""
    there = [bool(_OF_THERE.match(texts[0], m.source.end)) for m in (one, other)]
    here = [_is_of(m, texts[1]) for m in (one, other)]
    return there == here and sum(there) == 1


def _is_of(match: Match, text: str) -> bool:
    """Whether `of the` stands in front of a figure, or begins it."""
    start = match.target.start
    return bool(_OF_HERE.search(text, max(0, start - 12), start)) or text.startswith("of ", start)


_OF_THERE: Final = re.compile(r"[^，。；、的\d\n]{0,9}[中里][\s*]*(?![的文小型间])")
_OF_HERE: Final = re.compile(r"\b(?:[Oo]f|[Aa]mong) (?:the |all |these |its )?[*]*\Z")


def _is_one_within(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether both texts say of the one that it is done within it, and English `15-day`, `15 days of` of the other."""
    for m, own in ((one, other), (other, one)):
        start = m.target.start
        if (
            _WITHIN_THERE.match(texts[0], m.source.end - 1)
            and (
                _WITHIN_HERE.search(texts[1], max(0, start - 10), start)
                or texts[1].startswith(("within ", "Within "), start)
            )
            and ("-" in own.target.text or _OF_SOMETHING.match(texts[1], own.target.end))
        ):
            return not _WITHIN_THERE.match(texts[0], own.source.end - 1)
    return False


_WITHIN_THERE: Final = re.compile(r"内|.[\s*]*[以之]?内(?![存置部容核嵌外])")
_OF_SOMETHING: Final = re.compile(r"[*]* of (?!which\b|the time\b)[\da-z]")
_WITHIN_HERE: Final = re.compile(r"\b[Ww]ithin (?:just |only )?[*]*\Z")


def _goes_on(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether a change goes on in both texts: from 4 to 16, and again to 64."""
    if one.target.start > other.target.start:
        return False
    there = _ON_THERE.fullmatch(texts[0], one.source.end, other.source.start)
    return bool(there) and bool(_ON_HERE.search(texts[1], one.target.end, other.target.start))


_ON_THERE: Final = re.compile(r"[^。；！？\n]{0,40}再[^，。；、\d]{0,6}[到至为][\s*约近]*")
_ON_HERE: Final = re.compile(
    r"\b(?:again|further|farther|more|on|beyond|then|another) (?:[a-z]+ ){0,2}?to (?:about |around )?\W?\Z"
)


def _is_one_joined(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether the one counts kinds in both texts, and of the other one English makes a compound: 1- and 5-shot."""
    kinds = [bool(_KINDS.search(texts[0], m.source.start, m.source.end + 1)) for m in (one, other)]
    joined = [
        m.target.text.endswith("-") or texts[1].startswith("-", m.target.end) for m in (one, other)
    ]
    return kinds != joined and sum(kinds) == sum(joined) == 1


_KINDS: Final = re.compile("[种类组]")


def _is_one_an_age(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether both texts say of the same one that it is an age: 120 students aged 18 to 35."""
    there = [_AGE_THERE.match(texts[0], m.source.end - 1) is not None for m in (one, other)]
    if sum(there) != 1:
        return False
    return there == [_is_age(m, texts[1]) for m in (one, other)]


def _is_age(match: Match, text: str) -> bool:
    start, end = match.target.start, match.target.end
    before = _AGED.search(text, max(0, start - 24), start)
    return bool(before or _YEARS_OLD.match(text, end))


_AGE_THERE: Final = re.compile(r".?[\s*]*周?岁")
_AGED: Final = re.compile(
    r"\b[Aa]ge(?:s|d)?(?: (?:of|from|range|between|is|was|are|were|over|under)){0,3}[* ]*\Z"
)
_YEARS_OLD: Final = re.compile(
    r"[* ]*(?:(?:to|and|[-–]) ?\d{1,3}[* ]*)?[- ]?(?:years?[- ](?:olds?|of age)|year-olds?)\b"
)


def _is_one_a_score(one: Match, other: Match, texts: _Texts) -> bool:
    """Whether both texts count things with the one, and with the other, which is no whole number, nothing."""
    for score, count in ((one, other), (other, one)):
        value = score.source.value
        if (
            isinstance(value, Decimal)
            and value != value.to_integral_value()
            and _is_bare(score.source.text)
            and _NOTHING_THERE.match(texts[0], score.source.end)
            and _NOTHING_HERE.match(texts[1], score.target.end)
        ):
            number = count.source.value
            whole = isinstance(number, Decimal) and number == number.to_integral_value()
            counts = count.source.text[-1:] in _CLASSIFIERS
            return whole and counts and bool(_NOUN_HERE.match(texts[1], count.target.end))
    return False


def _is_bare(written: str) -> bool:
    """Whether a figure has neither a scale nor a classifier: PUE 低于 1.15."""
    return written[-1:].isdecimal()


_CLASSIFIERS: Final = frozenset("个名台块张条篇项例款只部辆座家所套组人位枚颗本道")
_NOTHING_THERE: Final = re.compile(r"[\s*]*(?:[，。；、）)\n]|[以之][上下内]|\Z)")
_NOTHING_HERE: Final = re.compile(
    r"[*)]*(?:[,;.:]?(?=\s|\Z)(?! [a-z])|[,;.:]|(?= (?:and|with|while|but|for|as|at|in|on|is|are)\b))"
)
_NOUN_HERE: Final = re.compile(
    r"[* -]+(?!(?:and|or|with|while|but|for|as|at|in|on|of|to|is|are|was|were|per)\b)[A-Za-z]{3,}"
)


def _counts_the_list(item: Match, count: Match, texts: _Texts) -> bool:
    """Whether the one says of how many a list is in both texts, of which the other is one: 16K、32K 和 64K 三种."""
    if not _KINDS.search(texts[0], count.source.start, count.source.end + 1):
        return False
    listed = _LIST_THERE.search(texts[0], max(0, count.source.start - 80), count.source.start)
    if not listed or item.source.text not in listed[0] or item.target.start < count.target.start:
        return False
    return bool(_LIST_BEGINS.search(texts[1], count.target.end, item.target.start))


_LIST_THERE: Final = re.compile(
    r"(?<![\d.])(?:[\d.]+\s?[A-Za-z%]{0,6}[\s*]*[、和与及或][\s*]*){1,8}[\d.]+\s?[A-Za-z%]{0,6}[\s*]*这?\Z",
    re.ASCII,
)
_LIST_BEGINS: Final = re.compile(r" [–—-] |[—:(]")
