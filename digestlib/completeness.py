"""What a summary leaves out of its report, and what it says twice; pure.

An answer that was cut and repaired, or thinned out on its way, is right in all that it says. It is
found by what it lacks: the prompt wants every figure of the results, and each point of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from .checking import claims_of
from .models import Claim, Finding, PaperReport, PaperSummary, PrintedFigure, Quantity
from .printing import walk

LEAST_CITED = 0.5
"""The share of a part's lines; the headings over points need no citation of their own."""
_SHORTEST_POINT = 15
_GAP = re.compile(r"\S  +\S|\S +[.,;](?:\s|$)")


def left_out(
    summary: PaperSummary,
    figures: Sequence[PrintedFigure],
    report: PaperReport,
    quantities: Sequence[Quantity],
) -> list[Finding]:
    """At most one finding for each of the parts that tell the news: innovations and results."""
    told = {figure.quantity for figure in figures}
    cited = {line for _, claim in claims_of(summary, Claim) for line in claim.sources}
    missing = [q for q in results_figures(report, quantities) if q.id not in told]
    found = [_figures_left_out(missing, report)] if missing else []
    for name in ("innovations", "results"):
        section = getattr(report.sections, name)
        lines = range(section.first_line or 0, (section.last_line or -1) + 1)
        points = [n for n in lines if len(report.line(n).strip()) > _SHORTEST_POINT]
        silent = [n for n in points if n not in cited]
        if len(silent) > (1 - LEAST_CITED) * len(points):
            found.append(_lines_left_out(name, silent, report))
    return found


def results_figures(report: PaperReport, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The figures of the part that tells the results."""
    part = report.sections.results
    lines = range(part.first_line or 0, (part.last_line or -1) + 1)
    return [quantity for quantity in quantities if quantity.line in lines]


def doubled_items(node: object, where: str = "") -> Iterator[str]:
    """One line for each entry of a list that is an earlier one again."""
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from doubled_items(getattr(node, name), f"{where}.{name}" if where else name)
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            if isinstance(item, BaseModel) and item in node[:index]:
                yield f"{where}[{index}]: is there twice"
            yield from doubled_items(item, f"{where}[{index}]")


def gaps(answer: BaseModel) -> list[str]:
    """One line for each text with a hole in it, as a figure leaves that was lost on its way."""
    return [
        f"{where}: something is missing near {text[max(0, match.start() - 20) : match.end() + 20]!r}"
        for where, text in walk(answer)
        if (match := _GAP.search(text))
    ]


def _figures_left_out(missing: Sequence[Quantity], report: PaperReport) -> Finding:
    named = ", ".join(f"{q.id} ({q.text})" for q in missing[:8])
    return Finding(
        rule="left-out",
        severity="major",
        message=f"the results leave out {named}{', …' if len(missing) > 8 else ''}",
        where="results",
        source_line=missing[0].line,
        source_text=report.line(missing[0].line),
    )


def _lines_left_out(name: str, silent: Sequence[int], report: PaperReport) -> Finding:
    lines = ", ".join(map(str, silent))
    return Finding(
        rule="left-out",
        severity="major",
        message=f"the {name} leave out most of the report: nothing cites its lines {lines}",
        where=name,
        source_line=silent[0],
        source_text=report.line(silent[0]),
    )
