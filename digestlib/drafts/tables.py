"""Comparison tables as Markdown, HTML, CSV, JSON or LaTeX; every cell comes with its source."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..editions import Cell, Comparison, Row
from ..models import EDITOR_HEADING, SCHEMA_VERSION, Summary
from . import latex
from .escape import cell as inert
from .escape import markdown
from .grids import grid, markdown_table, with_note, withheld_cells
from .links import arxiv, hugging_face
from .pages import environment, inline_file

TableFormat = Literal["md", "html", "csv", "json", "tex"]

_CSV_HEAD = ("table", "paper", "title", "column", "value", "report", "lines", "source")


def render_comparisons(
    tables: Sequence[Comparison], summaries: Sequence[Summary], format: TableFormat
) -> str:
    """Comparison tables; HTML is one self-contained page, LaTeX a document that compiles."""
    papers = {summary.id: summary for summary in summaries}
    match format:
        case "md":
            return _markdown(tables, papers)
        case "html":
            return _html(tables, papers)
        case "csv":
            return _csv(tables, papers)
        case "json":
            return _json(tables, papers)
        case "tex":
            return latex.document([grid(table, papers) for table in tables])


# ---------------------------------------------------------------- Markdown


def _markdown(tables: Sequence[Comparison], papers: dict[str, Summary]) -> str:
    parts = [markdown_table(grid(table, papers)) for table in tables]
    if kept_back := withheld_cells(tables, papers):
        items = "\n".join(f"- {markdown(line)}" for line in kept_back)
        parts.append(f"## {EDITOR_HEADING}\n\n{items}\n")
    return "\n".join(parts)


# ---------------------------------------------------------------- HTML


def _html(tables: Sequence[Comparison], papers: dict[str, Summary]) -> str:
    page = environment().get_template("tables.html.j2")
    return (
        page.render(
            grids=[grid(table, papers) for table in tables],
            withheld=withheld_cells(tables, papers),
            styles=inline_file("tables.css"),
        ).rstrip()
        + "\n"
    )


# ---------------------------------------------------------------- CSV


def _csv(tables: Sequence[Comparison], papers: Mapping[str, Summary]) -> str:
    """One line for each cell, as RFC 4180 has it: commas, CRLF, doubled quotes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_CSV_HEAD)
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                writer.writerow(map(inert, _csv_row(table, row, column, cell, papers)))
    return out.getvalue()


def _csv_row(
    table: Comparison, row: Row, column: str, cell: Cell, papers: Mapping[str, Summary]
) -> tuple[str, ...]:
    paper = papers[row.paper_id]
    lines = " ".join(map(str, cell.lines))
    value = with_note(cell)
    return table.title, row.paper_id, paper.title, column, value, paper.path, lines, cell.source


# ---------------------------------------------------------------- JSON


def _json(tables: Sequence[Comparison], papers: Mapping[str, Summary]) -> str:
    document = {
        "schema_version": SCHEMA_VERSION,
        "tables": [_json_table(table, papers) for table in tables],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _json_table(table: Comparison, papers: Mapping[str, Summary]) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "title": table.title,
        "caption": table.caption,
        "columns": table.columns,
        "rows": [_json_row(row, papers[row.paper_id]) for row in table.rows],
    }


def _json_row(row: Row, paper: Summary) -> dict[str, Any]:
    return {
        "paper": {
            "id": paper.id,
            "title": paper.title,
            "date": str(paper.date) if paper.date else None,
            "url": hugging_face(paper) or arxiv(paper),
        },
        "cells": [_json_cell(cell, paper) for cell in row.cells],
    }


def _json_cell(cell: Cell, paper: Summary) -> dict[str, Any]:
    sourced = {"paper_id": paper.id, "path": paper.path, "lines": cell.lines, "text": cell.source}
    return {
        "text": cell.text,
        "note": cell.note,
        "source": sourced if cell.lines else None,
        "withheld": cell.withheld,
    }
