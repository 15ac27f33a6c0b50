"""Cells of a Markdown table that changed places with those of another column; pure.

Every figure of a row may be right, and stand under the wrong heading: seconds among frames a second.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt

from .manuscripts import split_front_matter
from .models import Finding, Remark
from .quantities.english import find

MOST_CELLS = 1000
"""A larger table is not one of a newsletter, and is not looked at."""


class Row(NamedTuple):
    """A row of a table, below its headings: its line in the file, and its cells."""

    line: int
    cells: list[str]


def check_columns(markdown: str) -> list[Remark]:
    """A finding on each row of which two cells have the units of each other's columns."""
    _, body, first_line = split_front_matter(markdown)
    return [
        Remark(line=row.line, path="", finding=_finding(first, second))
        for rows in _tables(body, first_line)
        for row, first, second in _exchanged(rows)
    ]


def _tables(body: str, first_line: int) -> Iterator[list[Row]]:
    rows: list[Row] = []
    for token in MarkdownIt("commonmark", {"html": False}).enable("table").parse(body):
        if token.type == "tbody_open":
            rows = []
        elif token.type == "tr_open" and token.map:
            rows.append(Row(first_line + token.map[0], []))
        elif token.type == "inline" and rows:
            rows[-1].cells.append(token.content)
        elif token.type == "tbody_close" and sum(len(row.cells) for row in rows) <= MOST_CELLS:
            yield rows


def _exchanged(rows: Sequence[Row]) -> Iterator[tuple[Row, str, str]]:
    units = [[_unit(cell) for cell in row.cells] for row in rows]
    for number, row in enumerate(rows):
        others = [*units[:number], *units[number + 1 :]]
        columns = [_only(column) for column in zip(*others, strict=True)]
        own = units[number]
        for i, j in itertools.combinations(range(len(columns)), 2):
            if (
                own[i]
                and own[j]
                and own[i] != own[j]
                and (own[i], own[j]) == (columns[j], columns[i])
            ):
                yield row, row.cells[i], row.cells[j]


def _unit(cell: str) -> str:
    """Of the first figure of a cell: its unit, or what sort of figure it is."""
    figures = find(cell)
    return (figures[0].unit or figures[0].kind) if figures else ""


def _only(units: Sequence[str]) -> str:
    """The one unit of a column, where all cells that have figures have the same."""
    told = set(units) - {""}
    return told.pop() if len(told) == 1 else ""


def _finding(first: str, second: str) -> Finding:
    return Finding(
        rule="column",
        severity="major",
        message=f"“{first}” and “{second}” stand in each other’s columns, by their units",
        target_text=first,
        suggestion="exchange the two cells",
    )
