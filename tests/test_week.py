"""The main job on the example reports: every paper there, every figure traced, nothing left over."""

from __future__ import annotations

import re
from functools import cache

import pytest

import digestlib as dl
from digestlib.comparison import with_tables
from digestlib.editions import Roundup
from digestlib.errors import DigestError, EndpointUnavailable, Interrupted, NotRecorded
from digestlib.models import Summary
from digestlib.printing import walk
from digestlib.quantities import find_quantities

from .reference_answers import REPORTS, example_figures, example_papers

HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"\b(?:TODO|TBD|lorem|ipsum|placeholder|xxx)\b|\{\{|\{q\d", re.IGNORECASE)
WEEKS = {"2026-W01": 38, "2026-W02": 17}
DAYS = {"2025-12-30": 21, "2026-01-01": 17, "2026-01-07": 17}


@cache
def all_summaries() -> tuple[Summary, ...]:
    with dl.connect(replay="cassettes") as complete:
        return tuple(dl.summarise(dl.load(REPORTS), complete))


@cache
def issue(period: str) -> Roundup:
    asked = {"week": period} if "W" in period else {"day": period}
    with dl.connect(replay="cassettes") as complete:
        return dl.roundup(all_summaries(), complete, **asked)


def test_every_example_paper_is_summarised_from_the_cassettes() -> None:
    summaries = all_summaries()
    assert [summary.id for summary in summaries] == list(example_papers())
    assert {summary.state for summary in summaries} == {"verified"}


@pytest.mark.parametrize("summary", all_summaries(), ids=lambda summary: summary.id)
def test_every_figure_in_print_is_that_span_of_that_line(summary: Summary) -> None:
    paper = example_papers()[summary.id]
    texts = dict(walk(summary.summary)) if summary.summary else {}
    for figure in summary.figures:
        assert paper.line(figure.line)[slice(*figure.span)] == figure.source
        assert texts[figure.where][figure.start : figure.end] == figure.text
        (quantity,) = [q for q in summary.quantities if q.id == figure.quantity]
        printed = figure.text.casefold()
        assert figure.typed or printed in quantity.english.casefold()


@pytest.mark.parametrize("summary", all_summaries(), ids=lambda summary: summary.id)
def test_the_model_typed_no_figure(summary: Summary) -> None:
    assert [figure.text for figure in summary.figures if figure.typed] == []


@pytest.mark.parametrize("summary", all_summaries(), ids=lambda summary: summary.id)
def test_every_measured_figure_of_the_results_is_told(summary: Summary) -> None:
    results = example_papers()[summary.id].sections.results
    told = {figure.quantity for figure in summary.figures}
    assert results.first_line
    assert results.last_line
    missing = [
        quantity.text
        for quantity in example_figures()[summary.id]
        if results.first_line <= quantity.line <= results.last_line
        and quantity.id not in told
        and quantity.kind not in ("count", "ordinal", "date", "dimension", "magnitude")
    ]
    assert missing == []


@pytest.mark.parametrize("summary", all_summaries(), ids=lambda summary: summary.id)
def test_each_claim_cites_lines_of_its_own_report(summary: Summary) -> None:
    paper = example_papers()[summary.id]

    def sources(node: object) -> list[int]:
        if isinstance(node, dict):
            return [*node.get("sources", ()), *(n for v in node.values() for n in sources(v))]
        return [n for item in node for n in sources(item)] if isinstance(node, tuple) else []

    assert summary.summary
    cited = sources(summary.summary.model_dump())
    assert len(cited) > 10
    for number in cited:
        assert paper.line(number).strip()


@pytest.mark.parametrize(("period", "papers"), {**WEEKS, **DAYS}.items())
def test_an_issue_has_every_paper_of_its_period_and_an_opening(period: str, papers: int) -> None:
    found = issue(period)
    assert (found.coverage.papers, found.failure) == (papers, None)
    assert found.coverage.papers == len(found.summaries) == found.coverage.verified
    assert found.editorial
    assert len(found.editorial.subject_lines) == 3
    assert len(found.editorial.tldr) == 3
    assert 3 <= len(found.editorial.top_stories) <= 5
    assert found.findings == ()


@pytest.mark.parametrize("period", WEEKS | DAYS)
def test_every_figure_of_an_opening_is_traced(period: str) -> None:
    found = issue(period)
    texts = dict(walk(found.editorial)) if found.editorial else {}
    assert len(found.figures) > 10
    for figure in found.figures:
        paper = example_papers()[figure.paper_id]
        assert not figure.typed
        assert paper.line(figure.line)[slice(*figure.span)] == figure.source
        assert texts[figure.where][figure.start : figure.end] == figure.text


@pytest.mark.parametrize("period", WEEKS | DAYS)
def test_subject_lines_and_preheader_fit_a_mail_program(period: str) -> None:
    editorial = issue(period).editorial
    assert editorial
    assert all(20 <= len(line.text) <= 75 for line in editorial.subject_lines)
    assert 35 <= len(editorial.preheader.text) <= 130


@pytest.mark.parametrize("period", WEEKS | DAYS)
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_draft_has_every_paper_no_chinese_and_no_placeholder(period: str, form: str) -> None:
    text = dl.render(issue(period), form)
    assert not HAN.search(text)
    assert not PLACEHOLDER.search(text)
    for summary in issue(period).summaries:
        assert f"https://huggingface.co/papers/{summary.id}" in text
        assert f"https://arxiv.org/abs/{summary.id}" in text


@pytest.mark.parametrize("period", WEEKS | DAYS)
def test_the_mail_stays_below_the_size_that_gmail_clips(period: str) -> None:
    assert len(dl.render(issue(period), "html").encode()) <= 102_400


def test_the_json_of_a_week_loads_back_whole() -> None:
    week = issue("2026-W01")
    assert Roundup.model_validate_json(dl.render(week, "json")) == week


def test_figures_of_the_draft_are_all_accounted_for() -> None:
    """Whatever the English grammar takes for a figure in print is traced, or is in the source."""
    week = issue("2026-W01")
    untraced = [
        (summary.id, where, found.text)
        for summary in week.summaries
        if summary.summary
        for where, text in walk(summary.summary)
        if not where.startswith(("doubts", "paper_id"))
        for found in find_quantities(text)
        if not any(
            f.where == where and f.start < found.end and found.start < f.end
            for f in summary.figures
        )
        and found.text not in "\n".join(line.text for line in example_papers()[summary.id].lines)
    ]
    assert untraced == []


def test_a_weekly_newsletter_has_the_proposed_tables_with_each_figure_from_its_line() -> None:
    week = with_tables(issue("2026-W01"), dl.connect(replay="cassettes"), digests=dl.load(REPORTS))
    assert [t.kind for t in week.comparisons].count("proposed") == 3
    proposed = [table for table in week.comparisons if table.kind == "proposed"]
    for draft in (dl.render(week, "md"), dl.render(week, "html"), dl.render(week, "web")):
        assert [table.title in draft for table in proposed] == [True] * 3
        assert "SWE-bench Verified</h3>" not in draft  # only one of two papers has a figure
    assert "24.82 FPS (single GPU)" in dl.render(week, "md")


@pytest.mark.parametrize("error", [NotRecorded, EndpointUnavailable, Interrupted])
def test_tables_that_cannot_be_had_are_told_to_the_editor_and_the_issue_stands(
    error: type[DigestError],
) -> None:
    def spoiled(request: dl.Request) -> dl.Response:
        raise error("nothing recorded for comparison/v1")

    week = with_tables(issue("2026-W01"), spoiled)
    assert [table.title for table in week.comparisons] == []
    assert "no proposed comparison tables (nothing recorded" in dl.render(week, "md")
    assert "Side by side" not in dl.render(week, "html")
