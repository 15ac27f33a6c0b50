"""Comparison tables: which results stand side by side, each cell filled by code from a summary.

Three sorts: the benchmark index and the profiles of topics, which need no model, and tables that a
model proposes by naming papers and result keys, never figures.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from .answers import BrokenAnswer, chinese_texts, empty_texts, parse_answer, strict_schema
from .asking import Reading, ask
from .cells import EMPTY, noted, results_of
from .editions import Cell, Comparison, ComparisonPlan, PlannedComparison, Roundup, Row
from .errors import (
    AnswerError,
    EndpointUnavailable,
    Interrupted,
    NotRecorded,
    RequestRejected,
    SelectionError,
)
from .indexing import benchmark_index
from .llm import Complete, Message, Request
from .models import TOPIC_TITLES, Digest, Summary, SystemFigure
from .printing import inert, walk
from .profiles import profile_tables
from .prompts import Prompts
from .quantities import find_quantities

MAX_PROPOSED = 5
_NO_FIGURES = re.compile(r"(?:title|caption|columns\[\d+\])\Z")
_KEY = re.compile(r"r(\d+)\.f(\d+)\Z")


def compare(
    summaries: Iterable[Summary],
    complete: Complete | None = None,
    *,
    digests: Iterable[Digest] = (),
    topic: str | None = None,
    benchmark: str | None = None,
    prompts: Prompts | None = None,
) -> list[Comparison]:
    """The benchmark index, the profiles of the topics and, with a model, the tables that it proposes.

    With the `digests` the index has the papers that name a benchmark without a figure, and the
    profiles have what the Chinese says of the set-up. `topic` leaves out the papers of others,
    `benchmark` all tables but its own. Raises `SelectionError` for a topic or benchmark that no paper
    has, and `AnswerError` when the model's proposal cannot be used.
    """
    everything = [summary for summary in summaries if summary.summary]
    told = papers_of_topic(everything, topic) if topic else everything
    reports = list(digests)
    index = benchmark_index(told, reports, only=benchmark)
    if benchmark:
        if not index:
            raise SelectionError(f"no paper reports on {benchmark!r}; see `compare --index-only`")
        return index
    proposed = proposed_tables(everything, complete, prompts=prompts) if complete else []
    kept = {summary.id for summary in told}
    return [*index, *profile_tables(told, reports), *_rows_about(proposed, kept)]


def with_tables(
    issue: Roundup,
    complete: Complete | None = None,
    *,
    digests: Iterable[Digest] = (),
    prompts: Prompts | None = None,
) -> Roundup:
    """The issue with its benchmark index and, with a model, the tables that it proposes.

    Proposals that cannot be had leave their reason in `comparisons_failure`.
    """
    index = benchmark_index(issue.summaries, digests)
    proposed: list[Comparison] = []
    failure = None
    try:
        proposed = proposed_tables(issue.summaries, complete, prompts=prompts) if complete else []
    except (AnswerError, NotRecorded, RequestRejected, EndpointUnavailable, Interrupted) as exc:
        failure = str(exc)
    return issue.model_copy(
        update={"comparisons": (*index, *proposed), "comparisons_failure": failure}
    )


def papers_of_topic(summaries: Iterable[Summary], topic: str) -> list[Summary]:
    """The papers of one topic; raises `SelectionError` when there is no such topic or paper."""
    require_topic(topic)
    found = [s for s in summaries if s.summary and s.summary.topic == topic]
    if not found:
        raise SelectionError(f"no paper of these reports has the topic {topic!r}")
    return found


def require_topic(topic: str | None) -> None:
    """Raise `SelectionError` when there is no such topic; tells it before anything is asked."""
    if topic and topic not in TOPIC_TITLES:
        raise SelectionError(f"no topic {topic!r}; there are {', '.join(TOPIC_TITLES)}")


def choose_columns(tables: Iterable[Comparison], names: Sequence[str]) -> list[Comparison]:
    """The tables with only the named columns, in that order; tables that have none are left out."""
    known = list(tables)
    wanted = [name.strip().casefold() for name in names if name.strip()]
    there = list(dict.fromkeys(column for table in known for column in table.columns))
    for name in wanted:
        if name not in {column.casefold() for column in there}:
            raise SelectionError(f"no column {name!r}; there are {', '.join(there)}")
    narrowed = (_narrowed(table, wanted) for table in known)
    return [table for table in narrowed if table.columns]


def _narrowed(table: Comparison, wanted: Sequence[str]) -> Comparison:
    folded = [column.casefold() for column in table.columns]
    kept = [folded.index(name) for name in wanted if name in folded]
    rows = tuple(
        row.model_copy(update={"cells": tuple(row.cells[i] for i in kept)}) for row in table.rows
    )
    return table.model_copy(update={"columns": tuple(table.columns[i] for i in kept), "rows": rows})


def _rows_about(tables: Iterable[Comparison], papers: Container[str]) -> list[Comparison]:
    """The tables with the rows of these papers, as long as two are left."""
    cut = (
        table.model_copy(update={"rows": tuple(r for r in table.rows if r.paper_id in papers)})
        for table in tables
    )
    return [table for table in cut if len(table.rows) > 1]


def proposed_tables(
    summaries: Sequence[Summary], complete: Complete, *, prompts: Prompts | None = None
) -> list[Comparison]:
    """The tables that a model proposes, filled; none for fewer than two papers.

    Raises `AnswerError` when its answer cannot be used.
    """
    told = [summary for summary in summaries if summary.summary]
    if len(told) < 2:
        return []
    prompts = prompts or Prompts()
    plan, _ = ask(
        complete,
        comparison_request(told, prompts=prompts),
        lambda text: _read_plan(text, told),
        prompts,
    )
    return [_filled(table, told) for table in plan.comparisons]


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


def _keyed_results(summary: Summary) -> list[str]:
    lines = []
    for r, result in enumerate(results_of(summary)):
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
    texts = walk(plan)
    errors = [
        *empty_texts(texts),
        *chinese_texts(texts),
        *(
            f"{where}: has a figure of its own: {found[0].text!r}"
            for where, text in texts
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
    results = results_of(summary)
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
    figure = results_of(summary)[place[0]].figures[place[1]]
    return noted(summary, *place, figure.beside, "against", "note")
