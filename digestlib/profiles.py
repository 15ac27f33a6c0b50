"""Profile tables: the papers of a topic side by side, from method to headline result; no model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .cells import EMPTY, noted, results_of
from .editions import Cell, Comparison, Row
from .models import AVAILABILITY, NOTHING, TOPIC_TITLES, Digest, PaperReport, Summary, SystemFigure
from .setups import base_model, data, hardware, is_own, method_of, parameters

PROFILE_COLUMNS = (
    "Method",
    "Base model",
    "Parameters",
    "Hardware",
    "Data",
    "Availability",
    "Headline result",
)
_STARTING_POINT = re.compile(r"\b(?:before|without|baselines?)\b")
_CAPTION = "As the reports state it; a dash where they state nothing that code can be sure of."


def profile_tables(
    summaries: Iterable[Summary], digests: Iterable[Digest] = ()
) -> list[Comparison]:
    """A profile for each topic that at least two papers have, topics in their fixed order."""
    told = [summary for summary in summaries if summary.summary]
    by_topic = {
        topic: [s for s in told if s.summary and s.summary.topic == topic] for topic in TOPIC_TITLES
    }
    reports = list(digests)
    return [
        profile(papers, reports, title=TOPIC_TITLES[topic])
        for topic, papers in by_topic.items()
        if len(papers) > 1
    ]


def profile(
    summaries: Sequence[Summary], digests: Iterable[Digest] = (), *, title: str
) -> Comparison:
    """The profile of these papers; the set-up is read from the Chinese, so it needs the `digests`."""
    reports = {(p.path, p.id): p for digest in digests for p in digest.papers}
    return Comparison(
        kind="profile",
        title=title,
        caption=_CAPTION,
        columns=PROFILE_COLUMNS,
        rows=tuple(_row(s, reports.get((s.path, s.id))) for s in summaries if s.summary),
    )


def _row(summary: Summary, report: PaperReport | None) -> Row:
    setup = _setup(summary, report) if report else [EMPTY] * 4
    cells = (
        Cell(text=method_of(summary) or NOTHING),
        *(cell.model_copy(update={"paper_id": summary.id}) for cell in setup),
        _availability(summary),
        _headline_result(summary),
    )
    return Row(paper_id=summary.id, cells=cells)


def _setup(summary: Summary, report: PaperReport) -> list[Cell]:
    quantities = summary.quantities
    return [
        base_model(report),
        parameters(report, quantities),
        hardware(report, quantities),
        data(report, quantities),
    ]


def _availability(summary: Summary) -> Cell:
    if summary.summary is None:
        return EMPTY
    said = summary.summary.availability
    lines = said.note.sources if said.note else ()
    text = NOTHING if said.status == "not_stated" else AVAILABILITY[said.status]
    return Cell(text=text, paper_id=summary.id, lines=lines)


def _headline_result(summary: Summary) -> Cell:
    """A result that the headline tells, else the TL;DR, else the paper's own first, else the first."""
    for r, f, figure in sorted(_figures(summary), key=lambda place: _rank(summary, *place)):
        cell = noted(
            summary, r, f, _about(figure), "system", "metric", "benchmark", "against", "note"
        )
        if cell.lines:
            return cell
    return EMPTY


def _rank(summary: Summary, r: int, f: int, figure: SystemFigure) -> tuple[bool, ...]:
    """False comes first; a starting point (`before training`) is nobody's headline."""
    told = {
        where: {trace.quantity for trace in summary.figures if trace.where == where}
        for where in ("headline.text", "tldr.text", f"results[{r}].figures[{f}].value")
    }
    value = told[f"results[{r}].figures[{f}].value"]
    return (
        bool(_STARTING_POINT.search(f"{figure.system} {figure.note}")),
        not value & told["headline.text"],
        not value & told["tldr.text"],
        not is_own(figure.system, summary),
    )


def _figures(summary: Summary) -> Iterator[tuple[int, int, SystemFigure]]:
    for r, result in enumerate(results_of(summary)):
        for f, figure in enumerate(result.figures):
            if figure.kind != "setting":
                yield r, f, figure


def _about(figure: SystemFigure) -> str:
    where = ", ".join(part for part in (figure.metric, figure.benchmark) if part)
    return "; ".join(part for part in (figure.system, where, figure.beside) if part)
