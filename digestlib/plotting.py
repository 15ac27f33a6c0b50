"""What charts show: counts of papers, and figures of benchmarks that are verified, each with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from .benchmarks import read_name
from .cells import figure_cell, results_of
from .models import TOPIC_TITLES, Frozen, Quantity, Summary, Topic


class Point(Frozen):
    """One figure on a chart, and where the report has it."""

    benchmark: str
    metric: str
    """Empty where none is stated."""
    measure: str
    """The metric and the unit: figures of different measures never share a chart."""
    date: dt.date
    system: str
    conditions: str
    value: Decimal
    exact: bool
    """False for about, nearly, more than: such a figure is in no order with others."""
    text: str
    paper_id: str
    path: str
    line: int
    source: str


def papers_per_topic(summaries: Iterable[Summary]) -> dict[Topic, dict[dt.date, int]]:
    """How many papers each topic has on each day; topics in their fixed order, none without papers."""
    told = [(s.summary.topic, s.date) for s in summaries if s.summary and s.date]
    days = sorted({day for _, day in told})
    topics = {topic for topic, _ in told}
    return {
        topic: {day: told.count((topic, day)) for day in days}
        for topic in TOPIC_TITLES
        if topic in topics
    }


def benchmark_points(summaries: Iterable[Summary]) -> list[tuple[Point, ...]]:
    """The figures of each benchmark and measure that has two or more, by name and date."""
    found = sorted((p for s in summaries for p in points_of(s)), key=_order)
    groups = [tuple(group) for _, group in groupby(found, key=_chart)]
    return [group for group in groups if len(group) > 1]


def points_of(summary: Summary) -> list[Point]:
    """Every absolute figure of a paper on a benchmark that is exact, traced and not doubted."""
    return list(_points(summary))


def _points(summary: Summary) -> Iterator[Point]:
    for r, result in enumerate(results_of(summary)):
        for f, figure in enumerate(result.figures):
            quantity = _traced(summary, r, f)
            if figure.benchmark and figure.kind == "absolute" and quantity and summary.date:
                name = read_name(figure.benchmark)
                yield Point(
                    benchmark=" ".join(part for part in (name.name, name.part) if part),
                    metric=figure.metric or "",
                    measure=", ".join(p for p in (figure.metric, quantity.unit) if p),
                    date=summary.date,
                    system=figure.system,
                    conditions=figure.beside,
                    value=_plain(quantity),
                    exact=quantity.bound is None,
                    text=figure.value,
                    paper_id=summary.id,
                    path=summary.path,
                    line=quantity.line,
                    source=quantity.text,
                )


def _traced(summary: Summary, r: int, f: int) -> Quantity | None:
    """The one exact figure that the cell prints; None where it is withheld, vague or a range."""
    if figure_cell(summary, r, f).withheld:
        return None
    where = f"results[{r}].figures[{f}].value"
    ids = [trace.quantity for trace in summary.figures if trace.where == where]
    traced = [quantity for quantity in summary.quantities if [quantity.id] == ids]
    return traced[0] if traced and isinstance(traced[0].value, Decimal) else None


def _plain(quantity: Quantity) -> Decimal:
    assert isinstance(quantity.value, Decimal)
    return quantity.value


def _chart(point: Point) -> tuple[str, str]:
    return (point.benchmark, point.measure)


def _order(point: Point) -> tuple[str, str, dt.date, str, int]:
    return (*_chart(point), point.date, point.paper_id, point.line)
