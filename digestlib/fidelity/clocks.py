"""Times of day, which each language tells in its own way: 下午 3 点半, 15:30, 3:30 p.m."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.patterns import guarded
from digestlib.quantities.chinese_ratios import number_in
from digestlib.quantities.number_words import words_of

Span = tuple[int, int]

_CHINESE: Final = re.compile(
    r"(?P<half_of_day>上午|早上|早晨|清晨|凌晨|早|下午|晚上|晚间|傍晚|夜里|深夜|晚)?\s?"
    r"(?:(?P<hour>\d{1,2}|[零〇一二两三四五六七八九十]{1,3})\s?[点时](?:(?P<half>半)|\s?(?P<minute>\d{1,2})\s?分|整|钟)?(?![\d.])"
    r"|(?P<clock>\d{1,2}[:：]\d{2})(?![\d:：]))"
)
_MAY_TELL: Final = re.compile(r"[\d零〇一二两三四五六七八九十]\s?[点时]|\d[:：]\d")
"""What each has, of which a source without a time of day seldom has one."""
_HOURS: Final = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_BEHIND: Final = r"(?P<half_of_day>[ap]\.m\.|[ap]m\b|(?:o['’]clock )?in the (?:early |late )?(?:morning|afternoon|evening)|(?:o['’]clock )?at night)"
_OTHER: Final = rf"(?:\d{{1,2}}(?::\d{{2}})?|{_HOURS}) ?{_BEHIND.replace('?P<half_of_day>', '?:')}"
_ENGLISH: Final = guarded(
    rf"\b(?P<hour>\d{{1,2}}|{_HOURS})(?:[:.](?P<minute>\d{{2}}))?(?: ?{_BEHIND}|(?=(?: ?[-–—] ?| to | and | until | till ){_OTHER}))"
    r"|\b(?P<clock>\d{1,2}:\d{2})(?![\d:])",
    *(":", ".m.", "am", "pm", " in the ", " at night"),
    flags=re.IGNORECASE,
)
"""Between 2 and 4 a.m. has two of them."""
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


def is_turned(one: Clock, other: Clock) -> bool:
    """Whether the two are half a day apart, and both texts say so."""
    alike = one.minutes % _HALF_A_DAY == other.minutes % _HALF_A_DAY
    return alike and bool(one.half and other.half) and one.half != other.half


def _is_same(one: Clock, other: Clock) -> bool:
    if one.minutes % _HALF_A_DAY != other.minutes % _HALF_A_DAY:
        return False
    if one.half and other.half:
        return one.half == other.half
    return max(one.minutes, other.minutes) < _HALF_A_DAY + 60


_NUMBERS: Final = {word: number for number, word in enumerate(_HOURS.split("|"), start=1)}
_MORNING: Final = re.compile(r"[上早清凌]|a\.?m|.*morning", re.I)


@lru_cache(maxsize=256)
def times_there(source: str) -> tuple[Clock, ...]:
    """The times of day that Chinese tells."""
    return _times(_CHINESE, source) if _MAY_TELL.search(source) else ()


@lru_cache(maxsize=256)
def times_here(text: str) -> tuple[Clock, ...]:
    """The times of day that English tells."""
    return _times(_ENGLISH.pattern, text) if _ENGLISH.may_match(text.lower()) else ()


def _times(pattern: re.Pattern[str], text: str) -> tuple[Clock, ...]:
    found = itertools.islice(pattern.finditer(text), _MANY)
    clocks = [Clock(match.span(), *_read(match)) for match in found]
    if any(_is_of_a_day(clock, text) for clock in clocks):
        clocks = [
            c if c.half or ":" not in text[slice(*c.span)] else c._replace(half="am")
            for c in clocks
        ]
    for n, (one, other) in enumerate(itertools.pairwise(clocks)):
        joint = text[one.span[1] : other.span[0]].strip()
        if one.minutes < other.minutes < _HALF_A_DAY + 60 and joint in _JOINTS:
            half = one.half or other.half
            clocks[n : n + 2] = [clock._replace(half=clock.half or half) for clock in (one, other)]
    return tuple(clocks)


def _is_of_a_day(clock: Clock, text: str) -> bool:
    """Whether hours are told up to 24, 8:00–22:00, where no other word says which half is meant."""
    told = text[slice(*clock.span)]
    return clock.minutes >= _HALF_A_DAY + 60 and told.replace(":", "").isdecimal()


_JOINTS: Final = words_of("到 至 - – — ~ ～ to and until till")
"""晚上八点到十点 and 8 to 10 p.m. are in the evening, both of either."""


def _read(match: re.Match[str]) -> tuple[int, str]:
    """The minutes, of the whole day where that is known, and the half of the day."""
    if match["clock"]:
        hour, minute = re.split("[:：]", match["clock"])
    else:
        half = "30" if match.groupdict().get("half") else "0"
        hour, minute = match["hour"], match["minute"] or half
    minutes = 60 * int(_NUMBERS.get(hour.lower()) or number_in(hour) or 0) + int(minute)
    told = match["half_of_day"] or ""
    if told:
        by_night = minutes % _HALF_A_DAY < _DAWN and (told[0] in "晚夜深" or told.endswith("night"))
        return minutes, "am" if by_night or _MORNING.match(told) else "pm"
    return minutes, "" if 60 <= minutes < _HALF_A_DAY + 60 else "pm" if minutes >= 60 else "am"
