"""Trends: every paper counted once, records only among figures that compare, each with its line."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re

import pytest

from digestlib.drafts.trend_charts import draw_trends
from digestlib.drafts.trending import NO_RECORDS, render_trends
from digestlib.models import Summary
from digestlib.trends import Trends, Week, find_trends
from tests.reference_answers import REPORTS, example_papers
from tests.test_charts import PNG
from tests.test_week import all_summaries

AGL1K = "2601.03227"


def one(paper_id: str, **fields: object) -> Summary:
    (summary,) = [s for s in all_summaries() if s.id == paper_id]
    return summary.model_copy(update=fields)


def later(day: str, km: str, **fields: object) -> Summary:
    """A paper of that day that reports another mean distance error for Gemini 3 Pro."""
    paper_id = f"2602.{day[-2:]}000"
    url = f"https://huggingface.co/papers/{paper_id}"
    text = one(AGL1K).model_dump_json().replace("2,181 km", f"{km} km").replace('"2181"', f'"{km}"')
    found = Summary.model_validate_json(text.replace(AGL1K, paper_id))
    return found.model_copy(update={"hf_url": url, "date": dt.date.fromisoformat(day), **fields})


def distances(trends: Trends) -> list[tuple[str, str, str]]:
    """The records of Gemini's mean distance error: week, value, what it was."""
    (trend,) = trends.benchmarks
    return [
        (record.week, str(record.point.value), record.so_far)
        for record in trend.records
        if record.point.metric == "mean distance error"
    ]


def weeks_of(*summaries: Summary) -> list[Week]:
    return [Week(f"2026-W{n:02d}", [summary]) for n, summary in enumerate(summaries, 2)]


def test_a_record_is_the_highest_or_lowest_of_its_sort_so_far() -> None:
    papers = [one(AGL1K), later("2026-01-14", "1999"), later("2026-01-21", "2000"), later("2026-01-28", "9000")]  # fmt: skip
    assert distances(find_trends(weeks_of(*papers))) == [
        ("2026-W02", "4853", "first"),
        ("2026-W02", "2181", "lowest"),
        ("2026-W03", "1999", "lowest"),
        ("2026-W05", "9000", "highest"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"note":null', '"note":"clips of 5 s"'),
        ('"metric":"mean distance error"', '"metric":"median distance error"'),
        ('"benchmark":"AGL1K"', '"benchmark":"AGL2K"'),
        ('"unit":"km"', '"unit":"mi"'),
    ],
    ids=["conditions", "metric", "benchmark", "unit"],
)
def test_what_does_not_compare_is_in_no_order(old: str, new: str) -> None:
    text = later("2026-01-14", "1").model_dump_json()
    for changed, expected in ((text, []), (text.replace(old, new), ["first"])):
        other = Summary.model_validate_json(changed)
        trends = find_trends(weeks_of(one(AGL1K), other), least=1)
        records = [record for trend in trends.benchmarks for record in trend.records]
        again = [r for r in records if r.point.value == 4853 and r.week == "2026-W03"]
        assert [record.so_far for record in again] == expected


def test_figures_that_are_about_so_much_set_no_record() -> None:
    (trend,) = find_trends(weeks_of(one(AGL1K)), least=1).benchmarks
    assert "about 19%" not in {record.point.text for record in trend.records}
    assert trend.figures > len(trend.records)


def test_every_paper_counts_once_and_a_failed_one_has_no_topic() -> None:
    failed = one("2512.23576", summary=None, state="failed", failure="no answer")
    weeks = [Week("2026-W01", [failed, one(AGL1K)]), Week("2026-W02", [one(AGL1K)])]
    found = find_trends(weeks)
    assert [(week.papers, week.failed, sum(week.topics.values())) for week in found.weeks] == [
        (2, 1, 1),
        (0, 0, 0),
    ]
    assert found.repeated == 1


def test_the_trends_of_the_examples(run) -> None:
    done = run("trends", str(REPORTS), "--format", "json", "-q", "--charts", "pictures")
    assert done.code == 0, done.err
    found = Trends.model_validate(
        {k: v for k, v in json.loads(done.out).items() if k != "schema_version"}
    )
    assert [(week.week, week.papers) for week in found.weeks] == [
        ("2026-W01", 38),
        ("2026-W02", 17),
    ]
    assert {t.benchmark: t.papers for t in found.benchmarks}["VBench"] == 5
    records = [record for trend in find_all().benchmarks for record in trend.records]
    assert len(records) > 30
    for record in records:
        assert record.point.source in example_papers()[record.point.paper_id].line(
            record.point.line
        )


def find_all() -> Trends:
    return find_trends([Week("2026-W01", all_summaries())], least=1)


def test_every_form_tells_the_same_records() -> None:
    found = find_all()
    records = [record for trend in found.benchmarks for record in trend.records]
    rows = list(csv.DictReader(io.StringIO(render_trends(found, "csv"))))
    assert [row["line"] for row in rows if row["sort"] == "record"] == [
        str(r.point.line) for r in records
    ]
    assert sum(int(row["value"]) for row in rows if row["sort"] == "topic") == 55
    text = render_trends(found, "md")
    assert len(re.findall(r"^\| \d{4}-\d\d-\d\d \|", text, re.MULTILINE)) == len(records)


def test_weeks_without_a_report_are_told_as_such() -> None:
    names = ["2025-W51", "2026-W01", "2026-W02", "2026-W05", "2026-W09", None]
    text = render_trends(find_trends(Week(name, []) for name in names), "md")
    assert "No report of 2025-W52, 2026-W03 to 2026-W04, 2026-W06 to 2026-W08." in text
    assert "No report" not in render_trends(find_trends([Week(names[0], [])]), "md")


def test_where_no_figure_compares_the_table_says_so() -> None:
    found = find_all()
    bare = tuple(trend.model_copy(update={"records": ()}) for trend in found.benchmarks)
    assert NO_RECORDS in render_trends(found.model_copy(update={"benchmarks": bare}), "md")
    assert NO_RECORDS not in render_trends(found, "md")


def test_pictures_are_the_same_each_time_and_no_name_leaves_the_folder() -> None:
    named = one(AGL1K).model_dump_json().replace('"AGL1K"', '"../../$x_1$ =cmd|"')
    found = find_trends([Week("2026-W02", [Summary.model_validate_json(named)])], least=1)
    drawn = draw_trends(found)
    assert drawn == draw_trends(found)
    assert len(drawn) > 1
    assert all(bytes(picture).startswith(PNG) for picture in drawn.values())  # type: ignore[arg-type]
    assert not [name for name in drawn if "/" in name or ".." in name]
    assert "=cmd|" not in render_trends(found, "md")


def test_a_benchmark_that_nobody_reports_on_is_wrong_use(run) -> None:
    done = run("trends", str(REPORTS), "--benchmark", "NoSuchBench", "-q")
    assert (done.code, "no paper reports on 'NoSuchBench'" in done.err) == (2, True)
