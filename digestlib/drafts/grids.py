"""Comparison tables laid out, before any format: columns that say something, papers, what was kept back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from ..editions import Cell, Comparison
from ..models import Summary
from .papers import Source, source

EMPTY = "—"


@dataclass(frozen=True)
class GridRow:
    """A row: its paper, the name of the report it was read from, and a cell for each column."""

    paper: Source
    report: str
    cells: tuple[Cell, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line of the report that the row rests on."""
        return tuple(sorted({line for cell in self.cells for line in cell.lines}))


@dataclass(frozen=True)
class Grid:
    """A table to print."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


def grid(table: Comparison, papers: dict[str, Summary]) -> Grid:
    """The table without the columns that are empty in every row."""
    kept = [
        index
        for index in range(len(table.columns))
        if any(row.cells[index].text != EMPTY for row in table.rows)
    ]
    return Grid(
        title=table.title,
        caption=table.caption,
        columns=tuple(table.columns[index] for index in kept),
        rows=tuple(
            GridRow(
                paper=source(papers[row.paper_id]),
                report=PurePath(papers[row.paper_id].path).name,
                cells=tuple(row.cells[index] for index in kept),
            )
            for row in table.rows
        ),
    )


def withheld_cells(tables: Sequence[Comparison], papers: dict[str, Summary]) -> list[str]:
    """One line for each cell that is printed as a dash because its text could not be verified."""
    lines = (
        f"{table.title}, {papers[row.paper_id].title}, {column}: {cell.withheld!r} "
        "could not be traced to the report"
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.withheld
    )
    return list(dict.fromkeys(lines))


def with_note(cell: Cell) -> str:
    """The text of a cell with what distinguishes it in brackets."""
    return f"{cell.text} ({cell.note})" if cell.note else cell.text
