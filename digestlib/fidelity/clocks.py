"""Times of day, which each language tells in its own way: 下午 3 点半, 15:30, 3:30 p.m."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import Final

from digestlib.patterns import guarded
from digestlib.quantities.chinese_ratios import number_in

Span = tuple[int, int]

_CHINESE: Final = guarded(
    r"(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})\s?[点时](?:(?P<half>半)|\s?(?P<minute>\d{1,2})\s?分|整|钟)?(?![\d.])"
    r"|(?P<clock>\d{1,2}[:：]\d{2})(?![\d:：])",
    *("点", "时", ":", "："),
)
_ENGLISH: Final = guarded(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))? ?(?:[ap]\.m\.|[ap]m\b)|\b(?P<clock>\d{1,2}:\d{2})(?![\d:])",
    *(":", ".m.", "am", "pm"),
    flags=re.IGNORECASE,
)
_MANY: Final = 20
"""Nobody tells more times of day in a statement."""
_HALF_A_DAY: Final = 12 * 60


@lru_cache(maxsize=256)
def times_there(source: str) -> tuple[tuple[Span, int], ...]:
    """Where Chinese tells a time of day, and its minutes after twelve."""
    return _times(_CHINESE.pattern, source) if _CHINESE.may_match(source) else ()


@lru_cache(maxsize=256)
def times_here(text: str) -> tuple[tuple[Span, int], ...]:
    """Where English tells a time of day, and its minutes after twelve."""
    return _times(_ENGLISH.pattern, text) if _ENGLISH.may_match(text.lower()) else ()


def _times(pattern: re.Pattern[str], text: str) -> tuple[tuple[Span, int], ...]:
    found = itertools.islice(pattern.finditer(text), _MANY)
    return tuple((match.span(), _minutes(match)) for match in found)


def _minutes(match: re.Match[str]) -> int:
    if match["clock"]:
        hour, minute = re.split("[:：]", match["clock"])
    else:
        half = "30" if match.groupdict().get("half") else "0"
        hour, minute = match["hour"], match["minute"] or half
    return (60 * int(number_in(hour) or 0) + int(minute)) % _HALF_A_DAY
