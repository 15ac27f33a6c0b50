"""Comparison tables: which results stand side by side, each cell filled by code from a summary.

Two sorts: the benchmark index, which needs no model (every benchmark that two or more papers
report), and tables that a model proposes by naming papers and result keys, never figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .answers import BrokenAnswer, chinese_texts, empty_texts, parse_answer, strict_schema
from .asking import Reading, ask
from .editions import Cell, Comparison, ComparisonPlan, PlannedComparison, Row
from .llm import Complete, Message, Request
from .models import Result, Summary, SystemFigure
from .printing import inert, walk
from .prompts import Prompts
from .quantities import find_quantities

EMPTY = Cell(text="—")
INDEX_COLUMNS = ("System", "Metric", "Value", "Against", "Note")
MAX_PROPOSED = 5
_NO_FIGURES = re.compile(r"(?:title|caption|columns\[\d+\])\Z")
_KEY = re.compile(r"r(\d+)\.f(\d+)\Z")


def compare(
    summaries: Iterable[Summary],
    complete: Complete | None = None,
    *,
    prompts: Prompts | None = None,
) -> list[Comparison]:
    """The benchmark index of the summaries, then, with a model, the tables that it proposes.

    Raises `AnswerError` when the model's proposal cannot be used.
    """
    told = [summary for summary in summaries if summary.summary]
    index = benchmark_index(told)
    if complete is None or len(told) < 2:
        return index
    prompts = prompts or Prompts()
    plan, _ = ask(
        complete,
        comparison_request(told, prompts=prompts),
        lambda text: _read_plan(text, told),
        prompts,
    )
    return index + [_filled(table, told) for table in plan.comparisons]


def benchmark_index(summaries: Sequence[Summary]) -> list[Comparison]:
    """One table for each benchmark that at least two papers report with a figure, by name."""
    names: dict[str, str] = {}
    rows: dict[str, list[Row]] = {}
    for summary in summaries:
        for r, result in enumerate(_results(summary)):
            for f, figure in enumerate(result.figures):
                if figure.benchmark and figure.kind != "setting":
                    key = _same_name(figure.benchmark)
                    names.setdefault(key, figure.benchmark)
                    rows.setdefault(key, []).append(_index_row(summary, r, f))
    return [
        Comparison(
            title=names[key],
            caption="As each report gives it; metric, split and base model may differ.",
            columns=INDEX_COLUMNS,
            rows=tuple(found),
        )
        for key, found in sorted(rows.items())
        if len({row.paper_id for row in found}) > 1
    ]


def comparison_request(summaries: Sequence[Summary], *, prompts: Prompts) -> Request:
    """The request for proposed tables: every result of the papers with its key."""
    rendered = prompts.render(
        "comparison",
        limit=MAX_PROPOSED,
        papers=[
            {
                "id": summary.id,
                "title": inert(summary.title),
                "topic": summary.summary.topic if summary.summary else "",
                "lines": _keyed_results(summary),
            }
            for summary in summaries
        ],
    )
    return Request(
        prompt=rendered.name,
        subject="comparison",
        messages=(
            Message(role="system", content=rendered.system),
            Message(role="user", content=rendered.user),
        ),
        schema_name="comparison_plan",
        json_schema=strict_schema(ComparisonPlan),
    )


def _results(summary: Summary) -> tuple[Result, ...]:
    return summary.summary.results if summary.summary else ()


def _same_name(name: str) -> str:
    """SWE-bench Verified and SWE-Bench-Verified are one benchmark."""
    return re.sub(r"[\s_-]+", "", name).casefold().removesuffix("benchmark")


def _index_row(summary: Summary, r: int, f: int) -> Row:
    figure = _results(summary)[r].figures[f]
    return Row(
        paper_id=summary.id,
        cells=(
            Cell(text=figure.system),
            Cell(text=figure.metric or "not stated"),
            _value_cell(summary, r, f),
            Cell(text=figure.against or ""),
            Cell(text=figure.note or ""),
        ),
    )


def _value_cell(summary: Summary, r: int, f: int) -> Cell:
    """The printed value with its trace; one that is not traced to the report is not printed."""
    where = f"results[{r}].figures[{f}].value"
    traces = [trace for trace in summary.figures if trace.where == where]
    value = _results(summary)[r].figures[f].value
    if not traces and find_quantities(value):
        return EMPTY
    return Cell(
        text=value,
        paper_id=summary.id,
        lines=tuple(sorted({trace.line for trace in traces})),
        source="; ".join(trace.source for trace in traces),
    )


def _keyed_results(summary: Summary) -> list[str]:
    lines = []
    for r, result in enumerate(_results(summary)):
        lines.append(f"r{r}: {result.finding.text}")
        lines += [f"  r{r}.f{f}: {_told(figure)}" for f, figure in enumerate(result.figures)]
    return [inert(line) for line in lines]


def _told(figure: SystemFigure) -> str:
    what = " · ".join(part for part in (figure.benchmark, figure.metric, figure.kind) if part)
    return f"{figure.system} · {what} = {figure.value}" + (
        f" ({figure.beside})" if figure.beside else ""
    )


def _read_plan(text: str, summaries: Sequence[Summary]) -> Reading[ComparisonPlan]:
    plan = parse_answer(text, ComparisonPlan)
    known = {summary.id: summary for summary in summaries}
    errors = [
        *empty_texts(plan),
        *chinese_texts(plan),
        *(
            f"{where}: has a figure of its own: {found[0].text!r}"
            for where, text in walk(plan)
            if _NO_FIGURES.search(where) and (found := find_quantities(text))
        ),
        *(
            error
            for t, table in enumerate(plan.comparisons)
            for error in _wrong_table(table, known, f"comparisons[{t}]")
        ),
    ]
    if errors:
        raise BrokenAnswer(errors)
    return Reading(plan)


def _wrong_table(table: PlannedComparison, known: dict[str, Summary], where: str) -> list[str]:
    errors = []
    papers = [row.paper_id for row in table.rows]
    if len(set(papers)) < 2:
        errors.append(f"{where}: compares fewer than two papers")
    if len(set(papers)) < len(papers):
        errors.append(f"{where}: has a paper in more than one row")
    for r, row in enumerate(table.rows):
        place = f"{where}.rows[{r}]"
        if row.paper_id not in known:
            errors.append(f"{place}: {row.paper_id!r} is not a paper of this issue")
            continue
        if len(row.cells) != len(table.columns):
            errors.append(f"{place}: has {len(row.cells)} cells for {len(table.columns)} columns")
        errors += [
            f"{place}: {key!r} is not a result of {row.paper_id}"
            for key in row.cells
            if key is not None and _place(known[row.paper_id], key) is None
        ]
    return errors


def _place(summary: Summary, key: str) -> tuple[int, int] | None:
    match = _KEY.match(key)
    if match is None:
        return None
    r, f = int(match[1]), int(match[2])
    results = _results(summary)
    return (r, f) if r < len(results) and f < len(results[r].figures) else None


def _filled(table: PlannedComparison, summaries: Sequence[Summary]) -> Comparison:
    known = {summary.id: summary for summary in summaries}
    return Comparison(
        title=table.title,
        caption=table.caption,
        columns=table.columns,
        rows=tuple(
            Row(
                paper_id=row.paper_id,
                cells=tuple(_cell(known[row.paper_id], key) for key in row.cells),
            )
            for row in table.rows
        ),
    )


def _cell(summary: Summary, key: str | None) -> Cell:
    place = _place(summary, key) if key else None
    if place is None:
        return EMPTY
    figure = _results(summary)[place[0]].figures[place[1]]
    return _value_cell(summary, *place).model_copy(update={"note": figure.beside})
