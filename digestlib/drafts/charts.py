"""Charts as PNG, through the optional extra `charts`; the same summaries give the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..models import TOPIC_TITLES, Summary
from ..plotting import Point, benchmark_points, papers_per_topic
from .bars import COLOURS, bar_page
from .escape import cell, plain
from .papers import long_date

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MISSING = "pictures need matplotlib; install it with: pip install 'digestlib[charts]'"
DPI = 150
LABEL_CHARACTERS = 48
_INK, _GREY = "#1f2329", "#dfe1e0"


def draw_charts(summaries: Sequence[Summary]) -> dict[str, bytes | str]:
    """`charts.html`, bars of table cells; `charts.csv` with every source; and the PNGs.

    `topics.png` and one for each benchmark with several figures are left out without the extra.
    """
    benchmarks = benchmark_points(summaries)
    drawn: dict[str, bytes | str] = {}
    if has_matplotlib():
        drawn = {f"benchmark-{_name(points)}.png": _benchmark(points) for points in benchmarks}
        drawn["topics.png"] = _topics(summaries)
    return {"charts.html": bar_page(summaries), **drawn, "charts.csv": _sources(benchmarks)}


def has_matplotlib() -> bool:
    """Whether the extra `charts` is there."""
    try:
        import matplotlib.figure  # noqa: F401 - only to see whether it is there
    except ImportError:
        return False
    return True


def _topics(summaries: Sequence[Summary]) -> bytes:
    counts = papers_per_topic(summaries)
    figure = empty_figure(2 + 0.32 * len(counts))
    axes = figure.subplots()
    titles = [TOPIC_TITLES[topic] for topic in counts]
    left = [0] * len(counts)
    for number, day in enumerate(sorted({day for days in counts.values() for day in days})):
        widths = [days[day] for days in counts.values()]
        colour = COLOURS[number % len(COLOURS)]
        axes.barh(titles, widths, left=left, height=0.66, color=colour, label=long_date(day))
        left = [a + b for a, b in zip(left, widths, strict=True)]
    for row, total in enumerate(left):
        axes.text(total + 0.15, row, str(total), va="center", color=_INK, fontsize=9)
    axes.invert_yaxis()
    axes.set_title("Papers per topic and day", loc="left", fontweight="bold", pad=14)
    axes.set_xlim(0, max(left, default=1) * 1.08)
    axes.xaxis.set_visible(False)
    axes.legend(frameon=False, fontsize=8, loc="lower right")
    return to_png(figure)


def _benchmark(points: Sequence[Point]) -> bytes:
    figure = empty_figure(1.4 + 0.5 * len(points))
    axes = figure.subplots()
    labels = [f"{label(_told(p))}\n{long_date(p.date)} · {p.paper_id}" for p in points]
    rows = range(len(points))
    values = [float(point.value) for point in points]
    papers = list(dict.fromkeys(point.paper_id for point in points))
    colours = [COLOURS[papers.index(point.paper_id) % len(COLOURS)] for point in points]
    axes.hlines(rows, min(0, *values), values, color=_GREY, linewidth=1.5)
    axes.scatter(values, rows, color=colours, s=42, zorder=3)
    for row, point in enumerate(points):
        axes.annotate(
            plain(point.text).replace("$", r"\$"),
            (values[row], row),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
    axes.set_yticks(rows, labels)
    axes.margins(x=0.25)
    axes.xaxis.set_visible(False)
    title = (
        f"{points[0].benchmark}: {points[0].measure}" if points[0].measure else points[0].benchmark
    )
    axes.set_title(label(title, 80), loc="left", fontweight="bold", pad=14)
    axes.set_ylim(len(points) - 0.4, -0.6)
    figure.supxlabel("As each report gives it; conditions may differ.", fontsize=8, color=_INK)
    return to_png(figure)


def _told(point: Point) -> str:
    return f"{point.system} ({point.conditions})" if point.conditions else point.system


def empty_figure(height: float) -> Figure:
    """An empty figure that no global state, window or locale has a part in."""
    try:
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise OutputError(MISSING) from exc
    return Figure(figsize=(8, height), dpi=DPI, layout="constrained", facecolor="#fefefe")


def to_png(figure: Figure) -> bytes:
    """The figure without frames, as bytes that are the same each time."""
    for axes in figure.axes:
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, labelsize=9, labelcolor=_INK)
    file = io.BytesIO()
    figure.savefig(
        file, format="png", bbox_inches="tight", pad_inches=0.25, metadata={"Software": None}
    )
    return file.getvalue()


def label(text: str, characters: int = LABEL_CHARACTERS) -> str:
    """Text for a label: one line, cut, and no formula to matplotlib."""
    line = plain(text)
    cut = line if len(line) <= characters else line[: characters - 1] + "…"
    return cut.replace("$", r"\$")


def slug(name: str) -> str:
    """A name as part of a file's name; nothing in it leads out of the folder."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "unnamed"


def _name(points: Sequence[Point]) -> str:
    return slug(f"{points[0].benchmark} {points[0].measure}")


def _sources(benchmarks: Sequence[Sequence[Point]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(list(Point.model_fields))
    for points in benchmarks:
        for point in points:
            writer.writerow([cell(str(value)) for value in dict(point).values()])
    return out.getvalue()
