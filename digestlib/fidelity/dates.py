"""Dates of either language: months, their days, and where they stand."""

from __future__ import annotations

import re
from typing import Final

from digestlib.patterns import guarded
from digestlib.quantities.number_words import words_of
from digestlib.quantities.numerals import chinese_number

MONTHS: Final = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
MONTH: Final = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_ENGLISH_DATE: Final = re.compile(
    rf"(?:(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)? ?(?:to|and|[-–—]) ?)?(?<![:\d])(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?"
    rf"{MONTH}\.?(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
    r"(?: ?(?:to|through|(?P<and>and)|[-–—]) ?(?P<last>\d{1,2})(?:st|nd|rd|th)?(?![\d%]|[.,:]\d))?)?"
)
_ISO: Final = re.compile(r"20(?<!\d..)\d\d[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)")
NUMERALS: Final = "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
"""Days and months that are written out."""
_CHINESE_DATE: Final = guarded(
    rf"(?<![\d个几数第上下每多半])(?P<month>\d{{1,2}}|{NUMERALS})\s*月(?:份)?(?:\s*(?P<day>\d{{1,2}}|{NUMERALS})\s*[日号](?:\s*[至到~～–—-]\s*(?P<last>\d{{1,2}})\s*[日号])?)?",
    "月",
)
_DATED: Final = re.compile(r"月|20\d\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_MAY: Final = re.compile(
    r"(?:\b(?:the|its|our|their|each|every|in|from|of|until|till|since|by|between|and|to|late|early|mid|as|this|last|next|during|before|"
    r"after|through|on|end) |[-–—] ?)$",
    re.IGNORECASE,
)
Date = tuple[int, int | None]
"""A month, and its day where one is told."""


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where months and days stand, so that their numbers are not read as figures."""
    return [m.span() for m in _in_digits(text)]


def dates(text: str) -> list[tuple[Date, tuple[int, int]]]:
    """The dates of a text in either language, and where they stand."""
    if not _DATED.search(text):
        return []
    found: list[tuple[Date, tuple[int, int]]] = [
        ((month, day), m.span())
        for m in _in_digits(text)
        if 1 <= (month := _number(m["month"])) <= 12
        for day in _days(m, "day", "last")
    ]
    for m in _ENGLISH_DATE.finditer(text):
        if m["month"] in ("May", "March") and not (m["day"] or m["before"] or _is_month(m, text)):
            continue
        month = MONTHS.index(m["month"][:3].lower()) + 1
        joined = not m["and"] or _BETWEEN.search(text, max(0, m.start() - 9), m.start())
        names = ("day", "last", "first", "before") if joined else ("day", "before")
        found += [((month, day), m.span()) for day in _days(m, *names)]
    return found


_BETWEEN: Final = re.compile(r"\b[Bb]etween \Z")


def _days(found: re.Match[str], *names: str) -> list[int | None]:
    """The days of a month that are told, one or both ends of a range; None where there is none."""
    groups = found.groupdict()
    return [_number(groups[name]) for name in names if groups.get(name)] or [None]


def _number(written: str) -> int:
    return int(written) if written.isascii() else int(chinese_number(written) or 0)


def _in_digits(text: str) -> list[re.Match[str]]:
    """12 月 3 日 and 2025-12-03."""
    if "月" not in text and "20" not in text:
        return []
    return [*_CHINESE_DATE.finditer(text), *_ISO.finditer(text)]


def _is_month(found: re.Match[str], text: str) -> bool:
    behind = re.match(r",? (?:20\d\d|to [A-Z])|[-–—:,;.)]|['’]s\b|$", text[found.end() :])
    return bool(behind or _MAY.search(text[max(0, found.start() - 9) : found.start()]))
