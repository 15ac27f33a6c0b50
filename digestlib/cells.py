"""Cells of comparison tables: what a summary says at one place, with its source, or nothing.

A figure is printed only when it is traced to the report and no check speaks against it; what is
kept back stands in `withheld`, for the editor.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .editions import Cell
from .models import NOTHING, Claim, Result, Summary
from .quantities import find_quantities

EMPTY = Cell()


def results_of(summary: Summary) -> tuple[Result, ...]:
    """The results that a summary tells; none when it failed."""
    return summary.summary.results if summary.summary else ()


Field = Literal["system", "benchmark", "metric", "value", "against", "note"]


def figure_cell(summary: Summary, r: int, f: int) -> Cell:
    """The value of one figure of a result."""
    place = f"results[{r}].figures[{f}]"
    cell = field_cell(summary, r, f, "value")
    untraced = not cell.lines and bool(find_quantities(cell.text))
    return _withheld(summary, cell.text) if untraced or _doubted(summary, place) else cell


def field_cell(summary: Summary, r: int, f: int, field: Field) -> Cell:
    """Another field of a figure, such as its system, with the source of any figure in it."""
    said = getattr(results_of(summary)[r].figures[f], field)
    return _cell(summary, f"results[{r}].figures[{f}].{field}", said) if said else EMPTY


def noted(summary: Summary, r: int, f: int, note: str, *fields: Field) -> Cell:
    """The value of a figure with a note made of some of its other fields, and their sources."""
    cell = figure_cell(summary, r, f)
    if cell.text == NOTHING or not note:
        return cell
    beside = [field_cell(summary, r, f, field) for field in fields]
    sources = joined([cell, *beside])
    return cell.model_copy(update={"note": note, "lines": sources.lines, "source": sources.source})


def claim_cell(summary: Summary, where: str, claim: Claim) -> Cell:
    """A statement in words, with every line that it cites."""
    if _doubted(summary, where):
        return _withheld(summary, claim.text)
    return _cell(summary, f"{where}.text", claim.text).model_copy(update={"lines": claim.sources})


def joined(cells: Iterable[Cell]) -> Cell:
    """Several cells of one paper as one; empty ones say nothing."""
    known = list(cells)
    said = [cell for cell in known if cell.text != NOTHING]
    withheld = "; ".join(cell.withheld for cell in known if cell.withheld)
    if not said:
        return EMPTY.model_copy(update={"withheld": withheld})
    return Cell(
        text="; ".join(dict.fromkeys(cell.text for cell in said)),
        note="; ".join(dict.fromkeys(cell.note for cell in said if cell.note)),
        paper_id=said[0].paper_id,
        lines=tuple(sorted({line for cell in said for line in cell.lines})),
        source="; ".join(dict.fromkeys(cell.source for cell in said if cell.source)),
        withheld=withheld,
    )


def _withheld(summary: Summary, text: str) -> Cell:
    return EMPTY.model_copy(update={"paper_id": summary.id, "withheld": text})


def _cell(summary: Summary, where: str, text: str) -> Cell:
    traces = [trace for trace in summary.figures if trace.where == where]
    return Cell(
        text=text,
        paper_id=summary.id,
        lines=tuple(sorted({trace.line for trace in traces})),
        source="; ".join(trace.source for trace in traces),
    )


def _doubted(summary: Summary, place: str) -> bool:
    """Whether a check speaks against the statement or anything inside it."""
    return any(
        finding.severity != "minor"
        and (finding.where == place or finding.where.startswith(f"{place}."))
        for finding in summary.findings
    )
