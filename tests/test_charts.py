"""Pictures: only traced figures are drawn, and the same summaries give the same bytes."""

from __future__ import annotations

import csv
import io
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from digestlib.cli import main
from digestlib.drafts.bars import bar_page
from digestlib.drafts.charts import draw_charts
from digestlib.plotting import benchmark_points, papers_per_topic
from tests import samples
from tests.browser import photograph, view, wider_than_the_window
from tests.reference_answers import REPORTS, example_papers
from tests.test_week import all_summaries

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_paper_counts_once_in_its_topic_and_day() -> None:
    counts = papers_per_topic(all_summaries())
    assert sum(sum(days.values()) for days in counts.values()) == 55
    assert [sum(days.values()) for days in counts.values() if days] == [
        *(3, 4, 9, 1, 5, 2, 10, 4, 5, 2, 3, 3, 3, 1)
    ]


def test_every_point_is_the_figure_of_its_line() -> None:
    points = [point for chart in benchmark_points(all_summaries()) for point in chart]
    assert len(points) > 25
    for point in points:
        assert point.source in example_papers()[point.paper_id].line(point.line)


def test_figures_of_different_measures_share_no_chart() -> None:
    charts = benchmark_points(all_summaries())
    assert all(len({(p.benchmark, p.measure) for p in chart}) == 1 for chart in charts)


def test_a_figure_that_is_doubted_or_not_traced_is_not_drawn() -> None:
    (chart, *_) = benchmark_points(all_summaries())
    (summary,) = [s for s in all_summaries() if s.id == chart[0].paper_id]
    untraced = summary.model_copy(update={"figures": ()})
    assert benchmark_points([untraced]) == []
    finding = samples.LIVETALK.findings[0]
    doubted = summary.model_copy(
        update={
            "findings": tuple(
                finding.model_copy(update={"where": f"results[{r}].figures[{f}].value"})
                for r in range(9)
                for f in range(9)
            )
        }
    )
    assert benchmark_points([doubted]) == []


def test_the_same_summaries_give_the_same_pictures() -> None:
    few = [s for s in all_summaries() if s.id in ("2512.23044", "2601.03227")]
    drawn = draw_charts(few)
    assert drawn == draw_charts(few)
    pictures = {name for name, picture in drawn.items() if name.endswith(".png")}
    assert "topics.png" in pictures
    assert "benchmark-video-browsecomp-accuracy.png" in pictures
    assert all(bytes(drawn[name]).startswith(PNG) for name in pictures)  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(str(drawn["charts.csv"]))))
    assert {row["paper_id"] for row in rows} == {"2512.23044", "2601.03227"}


def test_hostile_names_are_labels_and_no_file_leaves_the_folder() -> None:
    (summary,) = [s for s in all_summaries() if s.id == "2601.03227"]
    named = summary.model_dump_json().replace('"AGL1K"', '"../../$x_1$ =cmd"')
    drawn = draw_charts([type(summary).model_validate_json(named)])
    assert not [name for name in drawn if "/" in name or ".." in name]
    assert len(drawn) > 2


def test_without_the_extra_there_are_bars_and_a_note_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    arguments = ["charts", str(REPORTS), "--replay", "-o", str(tmp_path), "-q"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "pip install 'digestlib[charts]'" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"charts.html", "charts.csv"}


@pytest.mark.parametrize(("width", "dark"), [(360, False), (800, True)])
def test_bars_fit_the_window_and_say_each_figure(
    browser: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    with view(browser, bar_page(all_summaries()), tmp_path, width=width, dark=dark) as page:
        photograph(page, f"charts-{width}-{'dark' if dark else 'light'}", full=False)
        assert wider_than_the_window(page) == []
        text = page.locator("body").inner_text()
        widths = page.eval_on_selector_all(
            ".section",
            "charts => charts.map((c) => [...c.querySelectorAll('.part')].map((b) => b.offsetWidth))",
        )
    charts = benchmark_points(all_summaries())
    assert all(point.text in text for chart in charts for point in chart)
    for chart, drawn in zip(charts, widths[1:], strict=True):
        by_value = [w for _, w in sorted(zip([p.value for p in chart], drawn, strict=True))]
        assert all(less <= more + 1 for less, more in pairwise(by_value))
