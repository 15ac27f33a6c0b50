"""Trends as PNG, through the optional extra `charts`: topics by week, and the records of benchmarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ..models import TOPIC_TITLES
from ..trends import BenchmarkTrend, Record, TopicWeek, Trends
from .bars import COLOURS
from .charts import empty_figure, label, slug, to_png
from .trending import topics_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WEEKS_NAMED = 26
"""More weeks than this are named only here and there."""


def draw_trends(trends: Trends) -> dict[str, bytes | str]:
    """`topics-by-week.png`, and a PNG for each measure of a benchmark that has two records or more."""
    pictures: dict[str, bytes | str] = {"topics-by-week.png": _topics(trends.weeks)}
    for trend in trends.benchmarks:
        for measure, records in _by_measure(trend):
            if len(records) > 1:
                name = f"{trend.benchmark} {measure}"
                pictures[f"records-{slug(name)}.png"] = _records(name, records)
    return pictures


def _by_measure(trend: BenchmarkTrend) -> Iterator[tuple[str, list[Record]]]:
    """Figures of different measures never share a picture."""
    ordered = sorted(trend.records, key=_measure)
    return ((measure, list(group)) for measure, group in groupby(ordered, key=_measure))


def _measure(record: Record) -> str:
    return record.point.measure


def _topics(weeks: Sequence[TopicWeek]) -> bytes:
    figure = empty_figure(4.5)
    axes = figure.subplots()
    names = [week.week for week in weeks]
    below = [0] * len(weeks)
    for number, topic in enumerate(topics_of(weeks)):
        counts = [week.topics.get(topic, 0) for week in weeks]
        colour, hatch = COLOURS[number % len(COLOURS)], "///" * (number // len(COLOURS))
        axes.bar(range(len(weeks)), counts, 0.8, below, color=colour, hatch=hatch,
                 edgecolor="#fefefe", linewidth=0.3, label=TOPIC_TITLES[topic])  # fmt: skip
        below = [a + b for a, b in zip(below, counts, strict=True)]
    step = -(-len(weeks) // WEEKS_NAMED) or 1
    axes.set_xticks(range(0, len(weeks), step), names[::step], rotation=45, ha="right")
    axes.set_title("Papers per topic and week", loc="left", fontweight="bold", pad=14)
    axes.legend(frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(1, 1), reverse=True)
    return to_png(figure)


def _records(name: str, records: Sequence[Record]) -> bytes:
    """A line for each condition and end: figures of other conditions are never joined."""
    figure = empty_figure(4)
    axes = figure.subplots()
    conditions = sorted({record.point.conditions for record in records})
    for number, condition in enumerate(conditions):
        same = [record for record in records if record.point.conditions == condition]
        _draw_condition(axes, same, COLOURS[number % len(COLOURS)], condition)
    axes.set_title(label(name, 80), loc="left", fontweight="bold", pad=14)
    axes.margins(x=0.12, y=0.15)
    figure.autofmt_xdate(rotation=30)
    axes.legend(frameon=False, fontsize=7, loc="upper left", bbox_to_anchor=(1, 1))
    figure.supxlabel("Highest and lowest so far under the same stated conditions.", fontsize=8)
    return to_png(figure)


def _draw_condition(axes: Axes, records: Sequence[Record], colour: str, condition: str) -> None:
    for end, style in (("highest", "-"), ("lowest", ":")):
        ends = [record for record in records if record.so_far in ("first", end)]
        days: Any = [record.point.date for record in ends]
        values = [float(record.point.value) for record in ends]
        named = label(condition or "no conditions stated") if end == "highest" else None
        axes.step(days, values, where="post", linestyle=style, color=colour, linewidth=1)
        axes.scatter(days, values, s=26, color=colour, zorder=3, label=named)
        for record, day, value in zip(ends, days, values, strict=True):
            axes.annotate(label(record.point.text, 24), (day, value), xytext=(5, 4),
                          textcoords="offset points", fontsize=7)  # fmt: skip
