"""On how many it is first and on how many second: first on five and second on one, told the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.quantities.numerals import chinese_number

PLACED: Final = "第[一二三四五六1-6]|最佳|最优|居首|夺冠|次优|次佳"
PLACES: Final = "第|最佳|最优|居首|夺冠|次优|次佳"
"""One of these in a source that tells places."""
_COUNTED: Final = re.compile(
    rf"(?P<count>另一|[一两二三四五六七八九十]{{1,3}}|\d{{1,2}})\s?[项个款种](?!百分点)(?P<of>(?:(?![一二两三四五六七八九十]\s?[项个款种])[^，。；、\n\d第]){{0,10}}?)(?P<place>{PLACED})(?!作者|版|代|轮|阶段|季|次|个)"
)
_PARTED: Final = re.compile(r"[,;:.()–—](?=\s|$)|\b(?:and|but|while|with|plus)\b")
_PLACES: Final = {
    word: place
    for place, words in enumerate(
        ("first best top tops leads 1st", "second 2nd", "third 3rd", "fourth", "fifth", "sixth"), 1
    )
    for word in words.split()
}
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ],
        1,
    )
}
_WORD: Final = re.compile(r"\d+(?:st|nd|rd)?|[a-z]+")


def exchanged_placings(case: Case) -> Iterator[Finding]:
    """Two places, each told of as many as the other one."""
    there = [
        (_place(told["place"]), _count(told["count"])) for told in _COUNTED.finditer(case.source)
    ]
    if len(there) != 2 or len(set(dict(there))) < 2 or len({count for _, count in there}) < 2:
        return
    (first, many), (second, few) = there
    here = set(_told(case.lowered, {many, few}, {first, second}))
    if here & {(first, few), (second, many)} and here.isdisjoint(there):
        message = "on how many it has which place is exchanged"
        yield finding(case, "swap", "major", message, target=(0, len(case.text)))


def exchanged_only(case: Case) -> Iterator[Finding]:
    """First on four, and second only on one that is named, told as second on four and first only there."""
    there = list(_COUNTED.finditer(case.source))
    alone = list(_ALONE.finditer(case.source))
    if len(there) != 1 or len(alone) != 1:
        return
    place, many = _place(there[0]["place"]), _count(there[0]["count"])
    other = _place(alone[0]["place"])
    if place == other or there[0].end() > alone[0].start():
        return
    here = set(_told(case.lowered, {many}, {place, other}))
    if (other, many) in here and (place, many) not in here:
        message = "on how many it has which place is exchanged"
        yield finding(case, "swap", "major", message, target=(0, len(case.text)))


_ALONE: Final = re.compile(
    rf"(?:[仅只]在|[仅只][^，。；、\n\d]{{0,8}}?|唯[独一][^，。；、\n\d]{{0,8}}?|[其另]余?[^，。；、\n\d]{{0,8}}?)[^，。；、\n]{{0,24}}?(?P<place>{PLACED})(?!作者|版|代|轮|阶段|季|次|个)"
)


def moved_places(case: Case) -> Iterator[Finding]:
    """What was first falls to fourth, told as the fourth that becomes first."""
    for told in _MOVED.finditer(case.source):
        left, reached = _place(told["from"]), _place(told["to"])
        here = [
            (_PLACES.get(m["from"]), _PLACES.get(m["to"]))
            for m in _MOVED_HERE.finditer(case.lowered)
        ]
        if left != reached and (reached, left) in here and (left, reached) not in here:
            message = "from which place to which is exchanged"
            yield finding(case, "swap", "major", message, target=(0, len(case.text)))
            return


MOVED: Final = "跌|降|滑|掉|落|升|跃|爬|攀|变"
"""One of these in a source that tells how a place changed."""
_RANK: Final = "第[一二三四五六1-6](?!作者|版|代|轮|阶段|季|次|个|步|层)"
_MOVED: Final = re.compile(
    rf"(?P<from>{_RANK})[^，。；\n第]{{0,16}}?(?:[跌降滑掉落升跃爬攀变][^，。；\n第]{{0,3}}(?:到|至|为|成))[^，。；\n第]{{0,4}}(?P<to>{_RANK})"
)
_ORDINALS: Final = "first|second|third|fourth|fifth|sixth|1st|2nd|3rd|top|best"
_MOVED_HERE: Final = re.compile(
    rf"\b(?P<from>{_ORDINALS})\b[^.;,\n]{{0,60}}? (?:in)?to (?:the )?(?P<to>{_ORDINALS})\b"
)


def _place(told: str) -> int:
    if told[0] == "第":
        return "一二三四五六123456".index(told[1]) % 6 + 1
    return 2 if told[0] == "次" else 1


def _count(told: str) -> int:
    return 1 if told == "另一" else int(told) if told.isdigit() else int(chinese_number(told) or 0)


def _told(low: str, counts: set[int], places: set[int]) -> Iterator[tuple[int, int]]:
    """(place, count) of each clause that has one of either."""
    for clause in _PARTED.split(low):
        words = _WORD.findall(clause)
        placed = {_PLACES[word] for word in words if word in _PLACES} & places
        numbers = {_NUMBERS.get(word, 0) or (int(word) if word.isdigit() else 0) for word in words}
        if len(placed) == 1 and len(numbers & counts) == 1:
            yield placed.pop(), (numbers & counts).pop()
