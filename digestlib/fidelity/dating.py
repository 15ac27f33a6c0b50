"""Dates that English must take over: months, days and the years that go with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.clocks import is_told, is_turned, times_here, times_there
from digestlib.fidelity.dates import MONTH, MONTHS, Date, dates
from digestlib.fidelity.findings import finding
from digestlib.models import Finding


def changed_dates(case: Case) -> Iterator[Finding]:
    """A month, day or year that is not the source's; with the spans of what differs."""
    source, text, complete = case.source, case.text, case.complete
    ours = dates(text)
    theirs = dates(source) if ours or complete else []
    if not ours and not theirs:
        return
    known = {date for date, _ in theirs}
    months = {month for month, _ in known}
    for date, span in ours:
        if date in known or (date[1] is None and date[0] in months):
            continue
        if not _is_told_otherwise(date, months, source):
            yield finding(case, "date", "critical", "this date is not the source's", target=span)
    told = {date for date, _ in ours}
    told |= {(month, None) for month, _ in told}
    for date, span in theirs if complete else ():
        if date not in told:
            yield finding(case, "date", "major", "this date is missing", span=span)
    yield from _changed_years(case, several=len(theirs) > 1)


def turned_halves(case: Case) -> Iterator[Finding]:
    """8 a.m., where the source says 晚 8 点."""
    there = times_there(case.source)
    here = times_here(case.text) if there else ()
    for clock in here:
        turned = [other for other in there if is_turned(clock, other)]
        if turned and not is_told(clock.span[0], here, there):
            message = "this is the other half of the day"
            span = turned[0].span
            yield finding(case, "date", "critical", message, target=clock.span, span=span)


def _is_told_otherwise(date: Date, months: set[int], source: str) -> bool:
    """August for 环比 of September; 11 November for 双十一."""
    month, day = date
    if day is None and month % 12 + 1 in months and _MONTH_BEFORE.search(source):
        return True
    return any(date == told and name in source for name, told in _HOLIDAYS.items())


_MONTH_BEFORE: Final = re.compile("环比|上个?月")
_HOLIDAYS: Final[dict[str, Date]] = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "愚人节": (4, 1),
    "五一": (5, 1),
    "六一": (6, 1),
    "国庆": (10, 1),
    "双十一": (11, 11),
    "双 11": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}


def changed_parts(case: Case) -> Iterator[Finding]:
    """Late February for 2 月中旬, the end of a quarter for its start."""
    theirs = [n for n, (there, _) in enumerate(_PARTS) if there.search(case.source)]
    if len(theirs) != 1 or _PARTS[theirs[0]][1].search(case.lowered):
        return
    for there, here in _PARTS:
        if told := here.search(case.lowered):
            said = _PARTS[theirs[0]][0].search(case.source)
            message = f"the source says {said[0] if said else there.pattern}"
            yield finding(case, "date", "major", message, target=told.span())


PARTS: Final = "旬|月初|月底|月末|月中|年初|年底|年末|年中|季度初|季度末"
_WHOLES: Final = rf"(?:the )?(?:(?:next|this|last|first|second|third|fourth) )?(?:month|year|quarter|q[1-4]|20\d\d|{MONTH.replace('?P<month>', '?:').lower()})"
_PARTS: Final = tuple(
    (
        re.compile(there),
        re.compile(rf"\b(?:{here})[- ](?:of |in )?{_WHOLES}"),
    )
    for there, here in (
        ("上旬|月初|年初|季度初", "early|beginning|start"),
        ("中旬|月中|年中", "mid|middle"),
        ("下旬|[月年]底|[月年]末|季度末", "late|end|close"),
    )
)


def bounded_years(case: Case) -> Iterator[Finding]:
    """Before 2025, where the source says 2025 and nothing of before or after."""
    for told in _BOUNDED_YEAR.finditer(case.lowered):
        year = re.search(rf"(?<!\d){told['year']}(?!\d)", case.source)
        if year and not _BOUNDS_A_YEAR.search(
            case.source[max(0, year.start() - 6) : year.end() + 10]
        ):
            message = f"the source does not say {told['said']}"
            yield finding(case, "date", "major", message, target=told.span(), span=year.span())


YEARS: Final = "20|19"
"""What each year has."""
_BOUNDED_YEAR: Final = re.compile(
    r"\b(?P<said>before|after|since|prior to|until) (?:early |late |the end of )?(?P<year>(?:19|20)\d\d)\b"
)
_BOUNDS_A_YEAR: Final = re.compile("[前后起来至止末底初自从截到以今内超早晚间先直]")


def turned_limits(case: Case) -> Iterator[Finding]:
    """From a date on told as up to it, or the other way round: 8 月 7 日起 as by August 7."""
    theirs, ours = dates(case.source), dates(case.text)
    once = [date for date, _ in theirs if [d for d, _ in ours].count(date) == 1]
    for date, span in theirs:
        if date not in once or [d for d, _ in theirs].count(date) != 1:
            continue
        here = next(place for d, place in ours if d == date)
        there = _LIMIT_THERE.match(case.source, span[1])
        before = case.lowered[max(0, here[0] - REACH) : here[0]]
        told = _LIMIT_HERE.search(before)
        if not there or not told or _STOPPED.search(case.source, *_around(case.source, span)):
            continue
        if bool(there["from"]) != bool(told["from"]):
            message = f"the source says {there[0].strip()}"
            yield finding(case, "date", "major", message, target=here, span=span)


LIMITS: Final = "起|前|后|开始"
"""What Chinese has behind a date that is a limit."""
REACH: Final = 40
_LIMIT_THERE: Final = re.compile(
    r"\s*[底初末中]?\s*(?:(?P<from>起(?!草|[诉飞])|开始|[之以]后|后(?![天日])))|\s*[底初末中]?\s*(?:[之以]?前(?![一后]))"
)
_LIMIT_HERE: Final = re.compile(
    r"\b(?:(?P<from>from|after|since|starting|beginning|following|effective)|by|before|until|till|prior to|no later than|ahead of)"
    r"(?: on)?(?: (?:the |late |early |mid-)?(?:end|start|beginning|close|middle)? ?(?:of )?)?$"
)
_STOPPED: Final = re.compile("[不停止终禁未没截]|取消|结束|失效|到期")
"""What stops on a day goes on until it."""


def _around(source: str, span: tuple[int, int]) -> tuple[int, int]:
    starts = [source.rfind(mark, 0, span[0]) + 1 for mark in "，。；\n"]
    ends = [at for mark in "；。\n" if (at := source.find(mark, span[1])) >= 0]
    return max(starts), min(ends, default=len(source))


def _changed_years(case: Case, *, several: bool) -> Iterator[Finding]:
    """A year belongs to its month: November 3, 2025 is not December 18, 2025."""
    if not several:
        return
    chinese = re.compile(
        r"(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?"
    )
    told = {(m["year"], int(m["month"]), m["day"]) for m in chinese.finditer(case.source)}
    days = {(month, day) for _, month, day in told}
    english = re.compile(rf"{MONTH}\.? (?P<day>\d{{1,2}}),? (?P<year>20\d\d)")
    for m in english.finditer(case.text):
        date = (MONTHS.index(m["month"][:3].lower()) + 1, m["day"])
        if told and all(day for _, day in days) and date not in days:
            yield finding(
                case,
                "date",
                "major",
                "the source gives another date this year",
                target=m.span(),
            )
