"""How near a thing stands to a figure, as a reader of the sentence would say.

The cost of the way from one place to another is the sum of what lies between: words cost little,
commas and `while` more, the end of a sentence much, and so does another figure of the same sort.
The costs are summed up once a text, so that each way is one subtraction.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NamedTuple

Span = tuple[int, int]

CROSSING: Final = 6.0
"""What it costs to pass another figure of the same sort."""
ADJACENT: Final = -2.0
"""What it costs when the thing stands right behind the figure: 11 hospitals, 8 张显卡."""
BONDED: Final = -1.5
"""What it costs when one word binds them: GPT-4o 的 3.1%, 3.1% for GPT-4o."""
NOBODY: Final = 6
"""A thing that is farther than this from every figure belongs to none."""
SOFTNESS: Final = 1.5

_ENGLISH: Final = re.compile(r"[A-Za-z][\w'’-]*|[.!?;:–—,+()\n]")
_LATIN: Final = re.compile(r"[A-Za-z][\w.-]*|\d[\d.,]*")
_NEXT_ITEM: Final = re.compile(r"[、，,](?=\s*(?:以及|和|及)?(?:用于|由|针对|面向|负责))")
"""用于 X 的 A、用于 Y 的 B: the next of several things begins, with what it is for."""
_NEXT_STAGE_THERE: Final = re.compile(r"[，；。;](?=(?:而|在|到)?第[二三四五]个?(?:阶段|步|轮|期))")
_OPENING: Final = re.compile(r"[（(]")
_CHINESE_PRICES: Final = (
    dict.fromkeys(map(chr, range(128)), 1.0)
    | dict.fromkeys(" \t\r\xa0\u3000*$`%", 0.0)
    | dict.fromkeys("，,", 4.0)
    | dict.fromkeys("；;", 8.0)
    | dict.fromkeys("。！？\n", 12.0)
    | dict.fromkeys("：:", 1.5)
    | dict.fromkeys("）)", 2.0)
    | dict.fromkeys("和与及而但", 1.5)
    | {"、": 2.5, "+": 3.0, "→": 3.0}
)
_ENGLISH_PRICES: Final = {
    word: price
    for words, price in (
        (
            "the a an of in on for at is are was were to with by its it as has have be that which",
            0.3,
        ),
        ("and plus while whereas but against versus vs than compared instead when or though", 3.0),
        ("although yet – — , +", 3.0),
        (". ! ?", 12.0),
        (": )", 2.0),
    )
    for word in words.split()
} | {"\n": 12.0, ";": 6.0}
_FROM_TO: Final = re.compile(r"\bfrom \W?\d(?:[^.;,\n]|[.,](?=\d)){0,60}? to\b(?! be\b)")
"""From 44% of users in 2023 to 70%: what stands before `to` goes with the first."""
_AND_THE_OTHER: Final = re.compile(
    r"\b(?P<of>on|for|in|with|when|at|after|before) [^.;,:\d\n]{1,40}?\b(?P<and>and) "
    r"(?=[^.;,\s\d]{0,3} ?\d[\d.,]*%?(?: [a-z]+)? (?P=of) )"
)
"""$4 on a miss and $0.5 on a hit: the miss goes with the first."""
_NEXT_STAGE: Final = re.compile(
    r"[,;](?= (?:and |while |then |but )?(?:(?:in|during) )?(?:the )?"
    r"(?:(?:stage|phase|step|round) (?:\d|two|three)|(?:second|third|fourth) (?:stage|phase|step|round)))",
    re.IGNORECASE,
)
"""Stage 1 does this, and stage 2 that: the next of several begins."""
_ASIDE: Final = re.compile(r"[（(][^（）()\n]{0,60}[)）]")
"""Without a figure of the sort, a bracket is passed as one step."""
_INSIDE: Final = re.compile(r"[^)）\n]{0,80}")
_BARE: Final = re.compile(r"[^A-Za-z\u4e00-\u9fff]*(?:约|近|仅|从|about|nearly|only|just|from)?\s*")
_OWN: Final = re.compile(r"[\s*]*的[\s*]*|['’]s [*]*")
_FOR: Final = re.compile(
    r"[*]* (?:for|on|over|above|below|compared (?:with|to)|relative to|"
    r"(?:higher|lower|more|less|better|faster|fewer) than(?: that of)?) (?:the )?[*]*"
)
_ATTRIBUTE: Final = re.compile(
    r"[\s*]*的[\s*]*(?:[A-Za-z0-9][\w.-]*\s?|[^，。；、,;：:（）()\d和与及在从由\s]{0,4})"
)
"""10 天的全球预报, 5 秒的 720p 视频: what the figure is said of stands behind it."""
_MORE_THAN: Final = re.compile(
    r" (?:more|fewer) (?:[A-Za-z][\w-]*(?: 20\d\d)? ){1,4}than (?:(?:its|the|in|on|for|with|that|of) )*[*]*"
)
"""Four more problems than its predecessor: by how much is said of what it is compared with."""
_NUMBER: Final = re.compile(r"[\d一二两三四五六七八九十百千万亿半]")
_AHEAD: Final = re.compile(r"(?:-[a-z]+)?(?: [a-z]+)? ")
"""10-day-ahead global forecasts, a five-second clip."""
_JOINED: Final = re.compile(r"[\s*-]*")


class Field(NamedTuple):
    """The stretch of a text with the figures of one sort, and what it costs to get through it."""

    text: str
    figures: tuple[Span, ...]
    start: int
    """Where the stretch begins."""
    costs: list[float]
    """From there to each place of the stretch."""


def field(text: str, figures: Sequence[Span], around: int, *, chinese: bool) -> Field:
    """The text around these figures measured; they must not overlap."""
    spans = sorted(figures)
    low, high = max(0, spans[0][0] - around), min(len(text), spans[-1][1] + around)
    steps = (_steps_there if chinese else _steps_here)(text, low, high, spans)
    for start, end in spans:
        steps[start + 1 - low : end + 1 - low] = [0.0] * (end - start)
        steps[end - low] = CROSSING
    for aside in _ASIDE.finditer(text, low, high):
        if not any(aside.start() < start < aside.end() for start, _ in spans):
            inside = slice(aside.start() + 1 - low, aside.end() + 1 - low)
            steps[inside] = [0.0] * (aside.end() - aside.start())
            steps[aside.end() - low] = 0.3
    return Field(text, tuple(figures), low, list(itertools.accumulate(steps)))


def _steps_there(text: str, low: int, high: int, figures: Sequence[Span]) -> list[float]:
    """What each character costs to pass, at the place behind it; a Latin word is one character."""
    steps = [0.0, *map(_CHINESE_PRICES.get, text[low:high], itertools.repeat(0.5))]
    for word in _LATIN.finditer(text, low, high):
        start, end = word.start() - low, word.end() - low
        steps[start + 1 : end] = [0.0] * (end - start - 1)
        steps[end] = 1.0
    for comma in _NEXT_ITEM.finditer(text, low, high):
        steps[comma.start() + 1 - low] = 8.0
    for mark in _NEXT_STAGE_THERE.finditer(text, low, high):
        steps[mark.start() + 1 - low] = 14.0
    for opening in _OPENING.finditer(text, low, high):
        steps[opening.end() - low] = _bracket(text, opening.start(), figures)
    return steps


def _steps_here(text: str, low: int, high: int, figures: Sequence[Span]) -> list[float]:
    """What each word and mark costs to pass, at the place behind it."""
    steps = [0.0] * (high - low + 1)
    for word in _ENGLISH.finditer(text, low, high):
        price = _ENGLISH_PRICES.get(word[0].lower(), 1.0)
        steps[word.end() - low] = _in_place(word, price, figures) if word[0] in ".!?(," else price
    for to in _FROM_TO.finditer(text, low, high):
        steps[to.end() - low] = 3.0
    for comma in _NEXT_STAGE.finditer(text, low, high):
        steps[comma.end() - low] = 8.0
    for other in _AND_THE_OTHER.finditer(text, low, high):
        steps[other.end("and") - low] = 8.0
    return steps


def shares(measured: Field, places: Sequence[Span]) -> list[float]:
    """How much of a thing that stands at these places belongs to each of the figures."""
    costs = _costs(measured, places[0])
    for place in places[1:]:
        costs = list(map(min, costs, _costs(measured, place)))
    weights = [math.exp(-cost / SOFTNESS) for cost in costs]
    total = sum(weights) + _STRAY
    return [weight / total for weight in weights]


_STRAY: Final = math.exp(-NOBODY / SOFTNESS)


def _costs(measured: Field, place: Span) -> list[float]:
    """What it costs to get from a thing to each of the figures."""
    text, figures, low, costs = measured
    start, end = place
    found = []
    for first, last in figures:
        if end <= first:
            cost = costs[first - low] - costs[end - low]
            if first - end < 8 and _OWN.fullmatch(text, end, first):
                cost += BONDED
        elif last <= start:
            cost = costs[start - low] - costs[last - low]
            if start - last < 6 and _JOINED.fullmatch(text, last, start):
                cost += ADJACENT
            elif start - last < 32 and _binds(text, (first, last), start):
                cost += BONDED
            elif start - last < 64 and _MORE_THAN.fullmatch(text, last, start):
                cost = BONDED
        else:
            cost = math.inf
        found.append(cost)
    return found


def _binds(text: str, figure: Span, start: int) -> bool:
    """Whether what lies between binds a figure to the thing behind it: 3.1% for GPT-4o."""
    first, last = figure
    return bool(
        _FOR.fullmatch(text, last, start)
        or (_ATTRIBUTE.fullmatch(text, last, start) and _NUMBER.search(text, first, last))
        or ("-" in text[first:last] and _AHEAD.fullmatch(text, last, start))
    )


def _in_place(mark: re.Match[str], price: float, figures: Sequence[Span]) -> float:
    """What a mark costs where it may be part of a number or name, or opens a bracket."""
    if mark[0] == "(":
        return _bracket(mark.string, mark.start(), figures)
    behind = mark.string[mark.end() : mark.end() + 1]
    inside = behind.isdigit() if mark[0] == "," else behind.strip()
    return 0.0 if inside else price


def _bracket(text: str, start: int, figures: Sequence[Span]) -> float:
    """A bracket with nothing but a figure belongs to what stands before it."""
    inside = _INSIDE.match(text, start)
    end = inside.end() if inside else start
    index = bisect_left(figures, (start, 0))
    if index == len(figures) or figures[index][0] >= end:
        return 0.3
    return 0.3 if _BARE.fullmatch(text[start + 1 : figures[index][0]]) else 4.0
