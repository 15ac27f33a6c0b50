"""An archive of reports: which file is of which day, so that only those of a period are read."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from . import has_chinese, is_draft, parse_digest
from .files import Paths, find_files, read_file

_HEAD_LINES = 60
"""The date stands above the first paper; a file without one up here is read whole."""


class DatedFile(NamedTuple):
    """A file and the day of its report; None when it has none or cannot be read."""

    path: str
    date: dt.date | None

    @property
    def week(self) -> str | None:
        """Its ISO week, `2026-W01`."""
        if self.date is None:
            return None
        year, number, _ = self.date.isocalendar()
        return f"{year}-W{number:02d}"


def find_reports(
    paths: Paths, *, first: dt.date | None = None, last: dt.date | None = None
) -> list[DatedFile]:
    """The reports of a span of days, by date; without a span also those without a date, last.

    What is found in a folder and is no report is passed over, as by `load`.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    named = {os.fspath(path) for path in given}
    files = [f for path in find_files(given) if (f := _dated(path, path in named))]
    if first or last:
        files = [f for f in files if f.date and (first or f.date) <= f.date <= (last or f.date)]
    return sorted(files, key=lambda file: (file.date or dt.date.max, file.path))


def by_week(files: Iterable[DatedFile]) -> Iterator[tuple[str | None, list[str]]]:
    """The paths of each week, in order; those without a date come last, under None."""
    for week, group in groupby(files, key=lambda file: file.week):
        yield week, [file.path for file in group]


def _dated(path: str, named: bool) -> DatedFile | None:
    """A file with its date, mostly without reading all of its papers; None for what is no report."""
    text = read_file(path).text
    if text is None:
        return DatedFile(path, None)
    if is_draft(text) or _is_foreign(text):
        return DatedFile(path, None) if named else None
    head = parse_digest("\n".join(text.split("\n", _HEAD_LINES)[:_HEAD_LINES]))
    whole = head.date is not None and bool(head.papers)
    return DatedFile(path, head.date if whole else parse_digest(text).date)


def _is_foreign(text: str) -> bool:
    """Whether a text is none of ours: something without Chinese and without papers."""
    return not has_chinese(text) and bool(text.strip()) and not parse_digest(text).papers
