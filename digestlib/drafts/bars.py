"""Charts without pictures: bars of table cells, which every mail program shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..models import TOPIC_TITLES, Summary
from ..plotting import Point, benchmark_points, papers_per_topic
from .html import inlined
from .pages import environment
from .papers import long_date

COLOURS = ("#1f7f96", "#8cc3cf", "#c98f3c", "#7a5c8e", "#5d8a57", "#a8503f", "#9aa0a8")


@dataclass(frozen=True)
class Bar:
    """A row of a chart; widths are in per cent, those of the parts of their bar."""

    label: str
    note: str
    text: str
    width: int
    parts: tuple[tuple[int, str], ...]
    """Width and colour of each."""


@dataclass(frozen=True)
class BarChart:
    """Bars under a title."""

    title: str
    legend: tuple[tuple[str, str], ...]
    """Colour and what it stands for."""
    bars: tuple[Bar, ...]


def bar_page(summaries: Sequence[Summary]) -> str:
    """Papers per topic and day, then the figures of each benchmark, as a page of tables."""
    charts = (_topics(summaries), *map(_benchmark, benchmark_points(summaries)))
    return inlined(environment().get_template("charts.html.j2").render(charts=charts))


def _topics(summaries: Sequence[Summary]) -> BarChart:
    counts = papers_per_topic(summaries)
    days = sorted({day for each in counts.values() for day in each})
    colours = {day: COLOURS[n % len(COLOURS)] for n, day in enumerate(days)}
    most = max((sum(each.values()) for each in counts.values()), default=1)
    bars = []
    for topic, each in counts.items():
        total = sum(each.values())
        parts = tuple((round(100 * n / total), colours[day]) for day, n in each.items() if n)
        bars.append(Bar(TOPIC_TITLES[topic], "", str(total), round(100 * total / most), parts))
    legend = tuple((colour, long_date(day)) for day, colour in colours.items())
    return BarChart("Papers per topic and day", legend, tuple(bars))


def _benchmark(points: Sequence[Point]) -> BarChart:
    most = max(*(point.value for point in points), Decimal(1))
    title = ": ".join(part for part in (points[0].benchmark, points[0].measure) if part)
    return BarChart(
        title, (), tuple(_bar(point, round(100 * point.value / most)) for point in points)
    )


def _bar(point: Point, width: int) -> Bar:
    told = f"{point.system} ({point.conditions})" if point.conditions else point.system
    note = f"{long_date(point.date)} · {point.paper_id}"
    return Bar(told, note, point.text, max(1, width), ((100, COLOURS[0]),))
