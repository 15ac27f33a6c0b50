"""What a summary leaves out of its report, and what it says twice; pure.

An answer that was cut and repaired, or thinned out on its way, is right in all that it says. It is
found by what it lacks: the prompt wants every figure of the results, and each point of the parts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from pydantic import BaseModel

from .checking import claims_of
from .models import Claim, Finding, PaperReport, PaperSummary, PrintedFigure, Quantity
from .patterns import guarded
from .printing import Parts, Texts

LEAST_CITED = 0.5
"""The share of a part's lines; the headings over points need no citation of their own."""
_SHORTEST_POINT = 15
_NOT_MEASURED = {"count", "date", "dimension", "magnitude", "ordinal", "out_of"}
_MARKED = re.compile(r"(\s*)(?:\d+[.、)．]|[*\-+•]|[(（]\d+[)）])\s*\S")
_GAP = guarded(r"(?<=\S) (?: +\S| *[.,;](?:\s|$))", "  ", " .", " ,", " ;")


def left_out(
    summary: PaperSummary,
    figures: Sequence[PrintedFigure],
    report: PaperReport,
    quantities: Sequence[Quantity],
) -> list[Finding]:
    """At most one finding for each of the parts that tell the news: innovations and results."""
    told = {figure.quantity for figure in figures}
    cited = [(where, line) for where, c in claims_of(summary, Claim) for line in c.sources]
    anywhere = {line for _, line in cited}
    counted = results_figures(report, quantities)
    missing = [q for q in counted if q.id not in told]
    found = [_figures_left_out(missing, report)] if missing else []
    for name in ("innovations", "results"):
        section = getattr(report.sections, name)
        lines = range(section.first_line or 0, (section.last_line or -1) + 1)
        told_there = {line for where, line in cited if where.startswith(name)}
        wanted = lines if name == "innovations" else {q.line for q in counted}
        silent = [
            *_mostly_silent(lines, report, anywhere),
            *_silent_points(lines, report, told_there, wanted),
        ]
        if silent:
            found.append(_lines_left_out(name, sorted({*silent}), report))
    return found


def disagreeing_rows(
    summary: PaperSummary, figures: Sequence[PrintedFigure], quantities: Sequence[Quantity]
) -> list[Finding]:
    """Results whose text lacks a row's figure and has one in its place: one of them is wrong.

    In its place means: one that no row has, or one that is there already. A count or a date may
    stand in the text alone, and a row may go unmentioned.
    """
    measured = {q.id for q in quantities if q.kind not in _NOT_MEASURED}
    found = []
    for index in range(len(summary.results)):
        here = [figure for figure in figures if figure.where.startswith(f"results[{index}].")]
        rows = {f.quantity: f for f in here if f.where.startswith(f"results[{index}].figures")}
        said = [f for f in here if f.where == f"results[{index}].finding.text"]
        times = Counter(figure.quantity for figure in said)
        odd = [f for f in said if times[f.quantity] > 1 or (f.quantity in measured - {*rows})]
        unsaid = [row for name, row in rows.items() if name not in times]
        if rows and odd and unsaid:
            found.append(_rows_differ(index, odd[0], unsaid[0]))
    return found


def results_figures(report: PaperReport, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The figures of the part that tells the results."""
    part = report.sections.results
    lines = range(part.first_line or 0, (part.last_line or -1) + 1)
    return [quantity for quantity in quantities if quantity.line in lines]


def doubled_items(parts: Parts) -> Iterator[str]:
    """One line for each entry of a list that is an earlier one again."""
    for where, part in parts:
        for index, item in enumerate(part if isinstance(part, tuple) else ()):
            if isinstance(item, BaseModel) and item in part[:index]:
                yield f"{where}[{index}]: is there twice"


def gaps(texts: Texts) -> list[str]:
    """One line for each text with a hole in it, as a figure leaves that was lost on its way."""
    return [
        f"{where}: something is missing near {text[max(0, match.start() - 21) : match.end() + 20]!r}"
        for where, text in texts
        if (match := _GAP.search(text))
    ]


def _rows_differ(index: int, said: PrintedFigure, row: PrintedFigure) -> Finding:
    return Finding(
        rule="rows-differ",
        severity="major",
        message=(
            f"the text says {said.text} ({said.quantity}) where a row has {row.text} "
            f"({row.quantity}), which the text does not say: point both at what the report says"
        ),
        where=f"results[{index}].finding.text",
        source_line=said.line,
        source_text=said.source,
    )


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


def _mostly_silent(lines: range, report: PaperReport, cited: Container[int]) -> list[int]:
    """The lines that nothing cites, where they are most of a part."""
    points = [n for n in lines if len(report.line(n).strip()) > _SHORTEST_POINT]
    silent = [n for n in points if n not in cited]
    return silent if len(silent) > (1 - LEAST_CITED) * len(points) else []


def _silent_points(
    lines: range, report: PaperReport, cited: Container[int], wanted: Container[int]
) -> Iterator[int]:
    """The first line of each point of a list that says something wanted and that no item cites."""
    marked = [(len(m[1]), n) for n in lines if (m := _MARKED.match(report.line(n)))]
    outermost = min((indent for indent, _ in marked), default=0)
    starts = [n for indent, n in marked if indent == outermost]
    for start, end in zip(starts, [*starts[1:], lines.stop], strict=False):
        point = range(start, end)
        if any(n in wanted for n in point) and not any(n in cited for n in point):
            yield start


def _lines_left_out(name: str, silent: Sequence[int], report: PaperReport) -> Finding:
    lines = ", ".join(map(str, silent))
    return Finding(
        rule="left-out",
        severity="major",
        message=f"the {name} leave out part of the report: nothing there cites its lines {lines}",
        where=name,
        source_line=silent[0],
        source_text=report.line(silent[0]),
    )
