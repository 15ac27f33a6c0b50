"""What the lines above the papers say: the date of the report and its address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .fields import find_date, fold
from .papers import Start
from .parts import Note
from .rows import Row


class Header(NamedTuple):
    """A report's date and address, and what was wrong with them."""

    date: dt.date | None
    source_url: str | None
    notes: tuple[Note, ...]


def read_header(lines: Sequence[str], rows: Sequence[Row], starts: Sequence[Start]) -> Header:
    """Date and address from the lines above the first paper; others there are reported."""
    end = starts[0].at if starts else len(lines)
    above = [row for row in rows if row.at < end]
    texts = [fold(lines[row.at][:1000]) for row in above]
    notes: list[Note] = []
    if not starts:
        notes.append(Note("no-papers", "no paper was found; is this a daily report?", 0))
    else:
        notes += _unplaced_above(above, texts)
    url = next((match[0] for text in texts if (match := _URL.search(text))), None)
    date, date_notes = _read_date(above, texts, url)
    return Header(date, url, (*date_notes, *notes))


def find_next_headers(
    lines: Sequence[str], rows: Sequence[Row], starts: Sequence[Start]
) -> dict[int, dt.date]:
    """The lines at which other reports in the same file begin, with the dates of these.

    Such a header is a heading behind a part that is no paper's title, with a line of a date
    right below it.
    """
    titles = {start.at for start in starts}
    found: dict[int, dt.date] = {}
    above: Row | None = None  # a part, or a heading behind one
    pending: dict[int, dt.date] = {}
    for row in rows:
        if row.at in titles:
            found |= pending
        if row.at in titles or row.heading:
            above, pending = (row if row.heading else None), {}
        elif row.kind == "heading" and above:
            above = row
        elif above and above.kind == "heading" and row.at <= above.at + 3:
            text = fold(lines[row.at][:1000])
            if _DATE_KEY.match(text) and (date := find_date(text)):
                pending = {above.at: date}
    return found | pending


# ---------------------------------------------------------------- date and other lines

_DATE_KEY = re.compile(r"[-*_ >]{0,8}(?:date|日期|报告日期|时间)[*_ ]{0,4}:", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>()\[\]（）]{1,500}")
_HEADER_KEY = re.compile(
    r"[-*_ >]{0,8}(?:date|日期|报告日期|时间|source(?: url)?|来源(?:链接)?|链接|论文(?:总)?数量?|papers)"
    r"[*_ ]{0,4}:",
    re.IGNORECASE,
)


def _read_date(
    above: Sequence[Row], texts: Sequence[str], url: str | None
) -> tuple[dt.date | None, list[Note]]:
    keyed = [
        (row.at, text) for row, text in zip(above, texts, strict=True) if _DATE_KEY.match(text)
    ]
    others = [
        (row.at, _URL.sub("", text))
        for row, text in zip(above, texts, strict=True)
        if row.kind == "heading" or not _DATE_KEY.match(text)
    ]
    of_url = find_date(url) if url else None
    for index, text in [*keyed, *others]:
        if date := find_date(text):
            if of_url and of_url != date:
                message = f"dated {date}, but its address says {of_url}; the first was taken"
                return date, [Note("date-mismatch", message, index)]
            return date, []
    if of_url:
        return of_url, []
    where = keyed[0][0] if keyed else 0
    return None, [Note("no-date", "no valid date; add a line `**Date**: YYYY-MM-DD`", where)]


def _unplaced_above(above: Sequence[Row], texts: Sequence[str]) -> Iterator[Note]:
    titled = unplaced = False
    for row, text in zip(above, texts, strict=True):
        title = row.kind == "heading" and not titled
        titled = titled or title
        known = title or row.kind == "rule" or bool(_HEADER_KEY.match(text))
        known = known or (len(text) <= 80 and find_date(text) is not None)
        if not known and not unplaced:
            yield Note("unplaced-text", "text above the first paper, not read", row.at)
        unplaced = not known
