"""Comparison tables laid out, before any format: columns that say something, papers, what was kept back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from ..models import NOTHING, Summary
from .escape import code, markdown
from .papers import Source, source

if TYPE_CHECKING:
    from ..editions import Cell, Comparison


@dataclass(frozen=True)
class GridRow:
    """A row: its paper, the name of the report it was read from, and a cell for each column."""

    paper: Source
    report: str
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[tuple[int, Cell], ...]:
        """The cells that are not blank, each with the index of its column."""
        return tuple((i, cell) for i, cell in enumerate(self.cells) if not cell.is_blank)

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line of the report that the row rests on."""
        return tuple(sorted({line for cell in self.cells for line in cell.lines}))

    @property
    def place(self) -> str:
        """Report and lines, as editors and compilers write it; a dash when it rests on none."""
        return f"{self.report}:{', '.join(map(str, self.lines))}" if self.lines else NOTHING


@dataclass(frozen=True)
class Grid:
    """A table to print."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]


def grid(table: Comparison, papers: dict[str, Summary]) -> Grid:
    """The table without the columns that are blank in every row."""
    kept = [
        index
        for index in range(len(table.columns))
        if not all(row.cells[index].is_blank for row in table.rows)
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


def for_readers(tables: Sequence[Comparison], papers: dict[str, Summary]) -> tuple[Grid, ...]:
    """The tables that a newsletter prints: proposed ones, and benchmarks with figures of two papers."""
    printed = [t for t in tables if t.kind == "proposed" or (t.kind == "benchmark" and _compare(t))]
    return tuple(grid(_without(table, "Base model"), papers) for table in printed)


def _compare(table: Comparison) -> bool:
    columns = [i for i, c in enumerate(table.columns) if c in ("Value", "Difference as reported")]
    figured = {row.paper_id for row in table.rows for i in columns if row.cells[i].lines}
    return len(figured) > 1


def _without(table: Comparison, column: str) -> Comparison:
    kept = [index for index, name in enumerate(table.columns) if name != column]
    rows = tuple(
        row.model_copy(update={"cells": tuple(row.cells[i] for i in kept)}) for row in table.rows
    )
    columns = tuple(table.columns[i] for i in kept)
    return table.model_copy(update={"columns": columns, "rows": rows})


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


def markdown_table(table: Grid, *, with_lines: bool = True) -> str:
    """One table under its heading; the last column has the lines of the report."""
    head = ["Paper", *map(markdown, table.columns), *(["Source"] if with_lines else [])]
    rows = [_markdown_row(row, with_lines) for row in table.rows]
    body = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
    return f"### {markdown(table.title)}\n\n{markdown(table.caption)}\n\n{body}\n"


def _markdown_row(row: GridRow, with_lines: bool) -> list[str]:
    title = markdown(row.paper.title)
    paper = f"[{title}]({row.paper.page})" if row.paper.page else title
    place = [code(row.place) if row.lines else NOTHING] if with_lines else []
    return [paper, *(markdown(with_note(cell)) for cell in row.cells), *place]
