"""Trends as Markdown, CSV and JSON; every figure has its source line beside it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ..models import NOTHING, SCHEMA_VERSION, TOPIC_TITLES, Topic
from ..periods import weeks_between
from ..trends import NO_DATE, BenchmarkTrend, Record, TopicWeek, Trends
from .escape import cell, code, markdown

TrendFormat = Literal["md", "csv", "json"]

NOTE = (
    "In order of date. Highest and lowest are so far, and only among figures of the same benchmark, "
    "metric, unit and stated conditions; which way is better, and what else differs, the reports "
    "need not say."
)
NO_RECORDS = "No exact figure on them names its metric, so that none can be put in order."
_CSV_HEAD = ("sort", "week", "date", "subject", "measure", "conditions", "value", "so_far", "system",
             "paper", "report", "line", "source")  # fmt: skip
_COLUMNS = 12
_RECORD_HEAD = ("Date", "Value", "So far", "Measure", "Conditions", "System", "Paper", "Source")


def render_trends(trends: Trends, format: TrendFormat) -> str:
    """Papers per topic and week, then the records of each benchmark."""
    match format:
        case "md":
            return _markdown(trends)
        case "csv":
            return _csv(trends)
        case "json":
            document = {"schema_version": SCHEMA_VERSION} | trends.model_dump(mode="json")
            return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def topics_of(weeks: Sequence[TopicWeek]) -> list[Topic]:
    """The topics that any week has, in their fixed order."""
    return [topic for topic in TOPIC_TITLES if any(topic in week.topics for week in weeks)]


def most_reported(benchmarks: Sequence[BenchmarkTrend]) -> list[BenchmarkTrend]:
    """The benchmarks that most papers report on, as many as fit beside each other."""
    return sorted(benchmarks, key=lambda trend: (-trend.papers, trend.benchmark))[:_COLUMNS]


# ---------------------------------------------------------------- Markdown


def _markdown(trends: Trends) -> str:
    parts = ["# Trends", "## Papers per topic and week", _topic_table(trends.weeks)]
    if gaps := weeks_between(week.week for week in trends.weeks if week.week != NO_DATE):
        parts.append(f"No report of {', '.join(gaps)}.")
    if trends.repeated:
        parts.append(f"{trends.repeated:,} of another day are not counted again.")
    told = most_reported(trends.benchmarks)
    if not told:
        return "\n\n".join([*parts, "No benchmark is reported on by two papers."]) + "\n"
    parts += ["## Papers per benchmark and week", _benchmark_table(trends.weeks, told)]
    recorded = [trend for trend in trends.benchmarks if trend.records]
    parts += ["## Records", NOTE] if recorded else [NO_RECORDS]
    for trend in recorded:
        parts += [f"### {markdown(trend.benchmark)}", _counted(trend)]
        parts.append(_table(_RECORD_HEAD, map(_record_row, trend.records)))
    return "\n\n".join(parts) + "\n"


def _topic_table(weeks: Sequence[TopicWeek]) -> str:
    topics = topics_of(weeks)
    failed = any(week.failed for week in weeks)
    head = ["Week", "Papers", *(TOPIC_TITLES[topic] for topic in topics)]
    rows = (
        [week.week, str(week.papers)]
        + [str(week.topics.get(topic, 0)) for topic in topics]
        + [str(week.failed)] * failed
        for week in weeks
    )
    return _table([*head, *["No summary"] * failed], rows)


def _benchmark_table(weeks: Sequence[TopicWeek], told: Sequence[BenchmarkTrend]) -> str:
    head = ["Week", *(markdown(trend.benchmark) for trend in told)]
    rows = ([week.week, *(str(trend.weeks.get(week.week, 0)) for trend in told)] for week in weeks)
    return _table(head, rows)


def _counted(trend: BenchmarkTrend) -> str:
    papers = "1 paper" if trend.papers == 1 else f"{trend.papers:,} papers"
    figures = "1 figure" if trend.figures == 1 else f"{trend.figures:,} figures"
    return f"{papers}, {figures}, {len(trend.records):,} of them records."


def _record_row(record: Record) -> Iterator[str]:
    point = record.point
    yield from (str(point.date), markdown(point.text), record.so_far)
    yield from (
        markdown(text) or NOTHING for text in (point.measure, point.conditions, point.system)
    )
    yield markdown(point.paper_id)
    yield f"{code(f'{point.path}:{point.line}')} {markdown(point.source)}"


def _table(head: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    lines = (head, ["---"] * len(head), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


# ---------------------------------------------------------------- CSV


def _csv(trends: Trends) -> str:
    """One line for each count and each record, as RFC 4180 has it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_CSV_HEAD)
    for row in _csv_rows(trends):
        writer.writerow(map(cell, row))
    return out.getvalue()


def _csv_rows(trends: Trends) -> Iterator[tuple[str, ...]]:
    for week in trends.weeks:
        counts = {TOPIC_TITLES[topic]: number for topic, number in week.topics.items()}
        for subject, number in (counts | {"No summary": week.failed}).items():
            if number:
                yield "topic", week.week, "", subject, "papers", "", str(number), *[""] * 6
    for trend in trends.benchmarks:
        for name, number in trend.weeks.items():
            yield "benchmark", name, "", trend.benchmark, "papers", "", str(number), *[""] * 6
    for record in (record for trend in trends.benchmarks for record in trend.records):
        point = record.point
        where = point.system, point.paper_id, point.path, str(point.line), point.source
        what = point.measure, point.conditions, point.text, record.so_far
        yield "record", record.week, str(point.date), point.benchmark, *what, *where
