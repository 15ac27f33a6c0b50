"""Which week or day: its reports, each paper once, and the count that must add up; pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from .errors import SelectionError
from .models import Summary

if TYPE_CHECKING:
    from .editions import Coverage

_WEEK = re.compile(r"(\d{4})-?W(\d{2})\Z")


def select_period(
    dates: Iterable[dt.date], *, week: str | None = None, day: str | dt.date | None = None
) -> tuple[str, set[dt.date]]:
    """The name of the period and the dates of the reports that fall into it."""
    known = sorted(dates)
    if not known:
        raise SelectionError(
            "the reports have no date; a report needs a line '**Date**: YYYY-MM-DD'"
        )
    if day is not None:
        return _select_day(known, day)
    wanted = _parse_week(week) if week else known[-1].isocalendar()[:2]
    found = {date for date in known if date.isocalendar()[:2] == wanted}
    if not found:
        raise SelectionError(f"no report of week {week}; there are {', '.join(weeks_of(known))}")
    return _week_name(wanted), found


def weeks_of(dates: Iterable[dt.date]) -> list[str]:
    """The ISO weeks of some dates, in order: `["2026-W01", "2026-W02"]`."""
    return sorted({_week_name(date.isocalendar()[:2]) for date in dates})


def weeks_between(weeks: Iterable[str]) -> list[str]:
    """The weeks without a report between others, as spans: `["2026-W03", "2026-W05 to 2026-W09"]`."""
    mondays = sorted(dt.date.fromisocalendar(*_parse_week(week), 1) for week in weeks)
    step = dt.timedelta(weeks=1)
    gaps = [
        weeks_of([before + step, after - step])
        for before, after in pairwise(mondays)
        if after - before > step
    ]
    return [" to ".join(gap) for gap in gaps]


def each_paper_once(summaries: Iterable[Summary]) -> tuple[tuple[Summary, ...], int]:
    """The latest summary of each paper, in the order of first appearance, and how many were left.

    A later report that differs from the earlier one is labelled with the earlier one's date. One
    that could not be summarised does not take the place of one that was.
    """
    kept: dict[str, Summary] = {}
    repeated = 0
    for summary in sorted(summaries, key=lambda s: (s.date or dt.date.min, s.path, s.first_line)):
        key = paper_key(summary)
        earlier = kept.get(key)
        if earlier is not None:
            repeated += 1
            if earlier.summary and not summary.summary:
                continue
            differs = earlier.content_hash != summary.content_hash
            update = earlier.date if differs else earlier.update_of
            summary = summary.model_copy(update={"update_of": update})
        kept[key] = summary
    return tuple(kept.values()), repeated


def paper_key(summary: Summary) -> str:
    """What tells one paper from another; without an address its id may be of our making."""
    return summary.id if summary.hf_url else f"{summary.path}:{summary.id}"


def coverage_of(everything: Sequence[Summary]) -> Coverage:
    """The count of a period's summaries, before and after each paper is taken once."""
    from .editions import Coverage

    summaries, repeated = each_paper_once(everything)
    states = [summary.state for summary in summaries]
    return Coverage(
        reports=len({summary.path for summary in everything}),
        papers=len(summaries),
        verified=states.count("verified"),
        flagged=states.count("flagged"),
        failed=states.count("failed"),
        abstract_only=sum(summary.source_kind == "abstract" for summary in summaries),
        repeated=repeated,
        days=tuple(sorted({summary.date for summary in everything if summary.date})),
    )


def _select_day(known: Sequence[dt.date], day: str | dt.date) -> tuple[str, set[dt.date]]:
    try:
        date = day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    except ValueError:
        raise SelectionError(f"{day!r} is not a date; write it as YYYY-MM-DD") from None
    if date not in known:
        raise SelectionError(
            f"no report of {date}; there are {', '.join(str(each) for each in known)}"
        )
    return str(date), {date}


def _parse_week(week: str) -> tuple[int, int]:
    match = _WEEK.match(week)
    year, number = (int(match[1]), int(match[2])) if match else (1, 0)
    try:
        dt.date.fromisocalendar(year, number, 1)
    except ValueError:
        raise SelectionError(
            f"{week!r} is not an ISO week; write it as YYYY-Www, e.g. 2026-W01"
        ) from None
    return year, number


def _week_name(week: tuple[int, int]) -> str:
    return f"{week[0]}-W{week[1]:02d}"
