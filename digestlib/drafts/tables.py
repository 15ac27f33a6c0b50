"""Comparison tables as Markdown, CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Literal

from pydantic import TypeAdapter

from ..editions import Cell, Comparison
from ..models import Summary
from .escape import markdown, plain
from .links import arxiv, hugging_face

_COMPARISONS = TypeAdapter(tuple[Comparison, ...])
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n")


def render_comparisons(
    tables: Sequence[Comparison],
    summaries: Sequence[Summary],
    format: Literal["md", "csv", "json"],
) -> str:
    """Comparison tables; in CSV each cell is followed by its source lines."""
    match format:
        case "md":
            papers = {summary.id: summary for summary in summaries}
            return "\n".join(_markdown_table(table, papers) for table in tables)
        case "csv":
            return _csv(tables)
        case "json":
            return _COMPARISONS.dump_json(tuple(tables), indent=2).decode() + "\n"


def _markdown_table(table: Comparison, papers: dict[str, Summary]) -> str:
    head = ["Paper", *table.columns]
    rows = [
        [_paper(papers[row.paper_id]), *(markdown(_with_note(cell)) for cell in row.cells)]
        for row in table.rows
    ]
    lines = [f"| {' | '.join(cells)} |" for cells in ([markdown(h) for h in head], *rows)]
    rule = f"|{'---|' * len(head)}"
    body = "\n".join([lines[0], rule, *lines[1:]])
    return f"### {markdown(table.title)}\n\n{markdown(table.caption)}\n\n{body}\n"


def _with_note(cell: Cell) -> str:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text


def _paper(summary: Summary) -> str:
    url = hugging_face(summary) or arxiv(summary)
    title = markdown(summary.title)
    return f"[{title}]({url})" if url else title


def _csv(tables: Sequence[Comparison]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "paper", "column", "value", "source lines", "source"])
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                writer.writerow(
                    [_inert(table.title), row.paper_id, _inert(column), *_csv_cell(cell)]
                )
    return out.getvalue()


def _csv_cell(cell: Cell) -> list[str]:
    return [_inert(_with_note(cell)), " ".join(map(str, cell.lines)), _inert(cell.source)]


def _inert(text: str) -> str:
    """A cell that a spreadsheet takes as text, not as a formula."""
    line = plain(text)
    return f"'{line}" if line.startswith(_FORMULA_START) else line
