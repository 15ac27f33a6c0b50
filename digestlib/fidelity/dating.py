"""Dates that English must take over: months, days and the years that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.patterns import guarded
from digestlib.quantities.english_numbers import words_of

_MONTHS: Final = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH: Final = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_ENGLISH_DATE: Final = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?{_MONTH}\.?"
    rf"(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]))?"
)
_ISO: Final = guarded(
    r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)", "20"
)
_CHINESE_DATE: Final = guarded(
    r"(?<!\d)(?P<month>\d{1,2})\s*月(?:份)?(?:\s*(?P<day>\d{1,2})\s*[日号])?", "月"
)
_YEAR: Final = re.compile(r"(?<![\d.,A-Za-z-])20[0-3]\d(?![\d.,%万亿]|\s*[个条张种])")
_DATED: Final = re.compile(r"月|20\d\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
_MAY: Final = re.compile(
    r"(?:\b(?:in|from|of|until|till|since|by|between|and|to|[Ll]ate|[Ee]arly|mid) |[-–—] ?)$"
)
Date = tuple[int, int | None]


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where months and days stand, so that their numbers are not read as figures."""
    return [m.span() for p in (_CHINESE_DATE, _ISO) for m in p.finditer(text)]


def changed_dates(source: str, text: str, *, complete: bool) -> Iterator[Finding]:
    """A month, day or year that is not the source's; with the spans of what differs."""
    ours, theirs = _dates(text), _dates(source)
    if not ours and not theirs:
        return
    known = {date for date, _ in theirs}
    months = {month for month, _ in known}
    for date, span in ours:
        if date not in known and not (date[1] is None and date[0] in months):
            yield finding(
                "date", "critical", "this date is not the source's", target=span, text=text
            )
    for date, span in theirs if complete else ():
        if not any(date == d or (date[1] is None and date[0] == d[0]) for d, _ in ours):
            yield finding("date", "major", "this date is missing", span=span, source=source)
    yield from _changed_years(source, text, bool(theirs) and len(theirs) > 1)


def _dates(text: str) -> list[tuple[Date, tuple[int, int]]]:
    if not _DATED.search(text):
        return []
    found: list[tuple[Date, tuple[int, int]]] = []
    for pattern in (_CHINESE_DATE, _ISO):
        found += [
            ((int(m["month"]), int(m["day"]) if m["day"] else None), m.span())
            for m in pattern.finditer(text)
            if 1 <= int(m["month"]) <= 12
        ]
    for m in _ENGLISH_DATE.finditer(text):
        day = m["day"] or m["before"]
        if m["month"] in ("May", "March") and not day and not _is_month(m, text):
            continue
        month = _MONTHS.index(m["month"][:3].lower()) + 1
        found.append(((month, int(day) if day else None), m.span()))
    return found


def _is_month(found: re.Match[str], text: str) -> bool:
    behind = re.match(r",? (?:20\d\d|to [A-Z])|[-–—]", text[found.end() :])
    return bool(behind or _MAY.search(text[max(0, found.start() - 9) : found.start()]))


def _changed_years(source: str, text: str, several: bool) -> Iterator[Finding]:
    """A year belongs to its month: November 3, 2025 is not December 18, 2025."""
    if not several:
        return
    chinese = re.compile(
        r"(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?"
    )
    told = {(m["year"], int(m["month"]), m["day"]) for m in chinese.finditer(source)}
    days = {(month, day) for _, month, day in told}
    english = re.compile(rf"{_MONTH}\.? (?P<day>\d{{1,2}}),? (?P<year>20\d\d)")
    for m in english.finditer(text):
        date = (_MONTHS.index(m["month"][:3].lower()) + 1, m["day"])
        if told and all(day for _, day in days) and date not in days:
            yield finding(
                "date",
                "major",
                "the source gives another date this year",
                target=m.span(),
                text=text,
            )
