"""The dates that an issue says it covers, against those of its front matter; pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from .manuscripts import FrontMatter
from .models import Finding

_TITLE = re.compile(r"^(?:title:|subject:|#) .*", re.MULTILINE)
"""Lines in which a draft tells its own days."""
_DATE = re.compile(
    r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})[a-z]* (?P<year>20\d\d)|"
    r"(?P<us_month>[A-Z][a-z]{2})[a-z]* (?P<us_day>\d{1,2}), (?P<us_year>20\d\d)"
)
WEEK = dt.timedelta(days=7)
"""An issue may come out so long after its last report, or open the week before its first."""


def check_dates(front: FrontMatter, text: str) -> Iterator[tuple[int, Finding]]:
    """For each title whose date is not of the days of the issue, its line and what is wrong."""
    if front.first_day is None or front.last_day is None:
        return
    first, last = front.first_day - WEEK, front.last_day + WEEK
    for title in _TITLE.finditer(text):
        for said in _DATE.finditer(title[0]):
            day = _day(said)
            if day and not first <= day <= last:
                line = text.count("\n", 0, title.start()) + 1
                yield line, _other_day(said[0], front.first_day, front.last_day)


def _day(said: re.Match[str]) -> dt.date | None:
    parts = (said[name] or said[f"us_{name}"] for name in ("day", "month", "year"))
    try:
        return dt.datetime.strptime(" ".join(parts), "%d %b %Y").date()
    except ValueError:
        return None


def _other_day(said: str, first: dt.date, last: dt.date) -> Finding:
    return Finding(
        rule="date",
        severity="critical",
        message=f"{said} is not of this issue: its reports are of {first} to {last}",
        target_text=said,
    )
