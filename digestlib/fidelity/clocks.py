"""Times of day, which each language tells in its own way: 下午 3 点半, 15:30, 3:30 p.m."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.patterns import guarded
from digestlib.quantities.chinese_ratios import number_in

Span = tuple[int, int]

_CHINESE: Final = guarded(
    r"(?P<half_of_day>上午|早上|早晨|清晨|凌晨|早|下午|晚上|晚间|傍晚|夜里|深夜|晚)?\s?"
    r"(?:(?P<hour>\d{1,2}|[零〇一二两三四五六七八九十]{1,3})\s?[点时](?:(?P<half>半)|\s?(?P<minute>\d{1,2})\s?分|整|钟)?(?![\d.])"
    r"|(?P<clock>\d{1,2}[:：]\d{2})(?![\d:：]))",
    *("点", "时", ":", "："),
)
_ENGLISH: Final = guarded(
    r"\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))? ?(?P<half_of_day>[ap]\.m\.|[ap]m\b)|\b(?P<clock>\d{1,2}:\d{2})(?![\d:])",
    *(":", ".m.", "am", "pm"),
    flags=re.IGNORECASE,
)
_MANY: Final = 20
"""Nobody tells more times of day in a statement."""
_HALF_A_DAY: Final = 12 * 60
_DAWN: Final = 5 * 60
"""每晚 1 点 is 1 a.m."""


class Clock(NamedTuple):
    """A time of day: its minutes, and whether they are of a whole day or of one half of it."""

    span: Span
    minutes: int
    half: str
    """`am`, `pm`, or nothing where the hour could be of either."""

    def holds(self, at: int) -> bool:
        """Whether this place of the text is a part of it."""
        return self.span[0] <= at < self.span[1]


def is_told(at: int, clocks: Iterable[Clock], others: Sequence[Clock]) -> bool:
    """Whether the time of day at this place is among the others: 下午 3 点半 is 15:30 and 3:30 p.m."""
    here = (clock for clock in clocks if clock.holds(at))
    return any(_is_same(clock, other) for clock in here for other in others)


def _is_same(one: Clock, other: Clock) -> bool:
    if one.minutes % _HALF_A_DAY != other.minutes % _HALF_A_DAY:
        return False
    if one.half and other.half:
        return one.half == other.half
    return max(one.minutes, other.minutes) < _HALF_A_DAY + 60


@lru_cache(maxsize=256)
def times_there(source: str) -> tuple[Clock, ...]:
    """The times of day that Chinese tells."""
    return _times(_CHINESE.pattern, source) if _CHINESE.may_match(source) else ()


@lru_cache(maxsize=256)
def times_here(text: str) -> tuple[Clock, ...]:
    """The times of day that English tells."""
    return _times(_ENGLISH.pattern, text) if _ENGLISH.may_match(text.lower()) else ()


def _times(pattern: re.Pattern[str], text: str) -> tuple[Clock, ...]:
    found = itertools.islice(pattern.finditer(text), _MANY)
    return tuple(Clock(match.span(), *_read(match)) for match in found)


def _read(match: re.Match[str]) -> tuple[int, str]:
    """The minutes, of the whole day where that is known, and the half of the day."""
    if match["clock"]:
        hour, minute = re.split("[:：]", match["clock"])
    else:
        half = "30" if match.groupdict().get("half") else "0"
        hour, minute = match["hour"], match["minute"] or half
    minutes = 60 * int(number_in(hour) or 0) + int(minute)
    told = match["half_of_day"] or ""
    if told:
        by_night = minutes % _HALF_A_DAY < _DAWN and told[0] in "晚夜深"
        return minutes, "am" if by_night or told[0] in "上早清凌aA" else "pm"
    return minutes, "" if 60 <= minutes < _HALF_A_DAY + 60 else "pm" if minutes >= 60 else "am"
