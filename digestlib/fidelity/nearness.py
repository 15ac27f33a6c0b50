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

_FUNCTION_WORDS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "for",
        "at",
        "is",
        "are",
        "was",
        "were",
        "to",
        "with",
        "by",
        "its",
        "it",
        "as",
        "has",
        "have",
        "be",
        "that",
        "which",
    ]
)
_TURNS: Final = frozenset(
    [
        "and",
        "while",
        "whereas",
        "but",
        "against",
        "versus",
        "vs",
        "than",
        "compared",
        "instead",
        "when",
        "or",
        "though",
        "although",
        "yet",
    ]
)
_ENGLISH: Final = re.compile(r"[A-Za-z][\w'’-]*|[.!?;:–—,+()\n]")
_LATIN: Final = re.compile(r"[A-Za-z][\w.-]*|\d[\d.,]*")
_OPENING: Final = re.compile(r"[（(]")
_CHINESE_PRICES: Final = (
    dict.fromkeys(map(chr, range(128)), 1.0)
    | dict.fromkeys(" \t\r\xa0\u3000*$`%", 0.0)
    | dict.fromkeys("，,", 4.0)
    | dict.fromkeys("；;", 6.0)
    | dict.fromkeys("。！？\n", 12.0)
    | dict.fromkeys("：:", 1.5)
    | dict.fromkeys("）)", 2.0)
    | dict.fromkeys("和与及而但", 1.5)
    | {"、": 2.5, "+": 3.0, "→": 3.0}
)
_ENGLISH_MARKS: Final = {
    ";": 6.0,
    ":": 2.0,
    "–": 3.0,
    "—": 3.0,
    ",": 3.0,
    "+": 3.0,
    ")": 2.0,
    "\n": 12.0,
}
_ASIDE: Final = re.compile(r"[（(][^（）()\n]{0,60}[)）]")
"""Without a figure of the sort, a bracket is passed as one step."""
_BARE: Final = re.compile(r"[^A-Za-z\u4e00-\u9fff]*(?:约|近|仅|从|about|nearly|only|just|from)?\s*")
_OWN: Final = re.compile(r"[\s*]*的[\s*]*|['’]s [*]*")
_FOR: Final = re.compile(r"[*]* (?:for|on) (?:the )?[*]*")
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
    steps = [0.0, *[_CHINESE_PRICES.get(char, 0.5) for char in text[low:high]]]
    for word in _LATIN.finditer(text, low, high):
        start, end = word.start() - low, word.end() - low
        steps[start + 1 : end] = [0.0] * (end - start - 1)
        steps[end] = 1.0
    for opening in _OPENING.finditer(text, low, high):
        steps[opening.end() - low] = _bracket(text, opening.start(), figures)
    return steps


def _steps_here(text: str, low: int, high: int, figures: Sequence[Span]) -> list[float]:
    """What each word and mark costs to pass, at the place behind it."""
    steps = [0.0] * (high - low + 1)
    for word in _ENGLISH.finditer(text, low, high):
        steps[word.end() - low] = _price_here(word[0], word, figures)
    return steps


def shares(measured: Field, places: Sequence[Span]) -> list[float]:
    """How much of a thing that stands at these places belongs to each of the figures."""
    weights = [
        math.exp(-min([_cost(measured, place, figure) for place in places]) / SOFTNESS)
        for figure in measured.figures
    ]
    total = sum(weights) + math.exp(-NOBODY / SOFTNESS)
    return [weight / total for weight in weights]


def _cost(measured: Field, place: Span, figure: Span) -> float:
    (start, end), (first, last) = place, figure
    low, costs = measured.start, measured.costs
    if end <= first:
        cost = costs[first - low] - costs[end - low]
        return (
            cost + BONDED if first - end < 8 and _OWN.fullmatch(measured.text, end, first) else cost
        )
    if last > start:
        return math.inf
    cost = costs[start - low] - costs[last - low]
    near = start - last < 6 and _JOINED.fullmatch(measured.text[last:start])
    if near:
        return cost + ADJACENT
    return (
        cost + BONDED if start - last < 10 and _FOR.fullmatch(measured.text, last, start) else cost
    )


def _price_here(word: str, found: re.Match[str], figures: Sequence[Span]) -> float:
    lower = word.lower()
    text, end = found.string, found.end()
    if word[0].isalpha():
        return 0.3 if lower in _FUNCTION_WORDS else 3.0 if lower in _TURNS else 1.0
    if word in ".!?":
        return 12.0 if not text[end : end + 1].strip() else 0.0
    if word == "(":
        return _bracket(text, found.start(), figures)
    if word == "," and text[end : end + 1].isdigit():
        return 0.0
    return _ENGLISH_MARKS.get(word, 0.0)


def _bracket(text: str, start: int, figures: Sequence[Span]) -> float:
    """A bracket with nothing but a figure belongs to what stands before it."""
    inside = re.compile(r"[^)）\n]{0,80}").match(text, start)
    end = inside.end() if inside else start
    index = bisect_left(figures, (start, 0))
    if index == len(figures) or figures[index][0] >= end:
        return 0.3
    return 0.3 if _BARE.fullmatch(text[start + 1 : figures[index][0]]) else 4.0
