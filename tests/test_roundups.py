"""A period's papers, each once, become one issue with an opening whose figures are traced."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from digestlib.errors import SelectionError
from digestlib.llm import Request, Response
from digestlib.models import Summary
from digestlib.periods import each_paper_once, select_period, weeks_of
from digestlib.prompts import Prompts
from digestlib.roundups import roundup, roundup_request

from .test_summaries import ANSWER, REPORT, answering, one, parse_digest

DAYS = [dt.date(2025, 12, 30), dt.date(2026, 1, 1), dt.date(2026, 1, 7)]
ID = "2601.02439"


def claim(text: str) -> dict[str, Any]:
    return {"text": text, "papers": [ID]}


STORY = {
    name: claim("WebGym reaches {2601.02439/q4}.")
    for name in ("headline", "whats_new", "how_it_works", "results", "why_it_matters")
}
EDITORIAL: dict[str, Any] = {
    "subject_lines": [
        claim(f"{many} agents reach {{2601.02439/q4}}") for many in ("Web", "Visual", "New")
    ],
    "preheader": claim("An environment of {2601.02439/q1} tasks."),
    "verdict": claim("A week of agents, at {2601.02439/q4}."),
    "tldr": [claim("Web agents improve from {2601.02439/q3}.")],
    "top_stories": [STORY],
    "themes": [{"name": "Agents", "text": claim("They browse.")}],
    "by_the_numbers": [{"value": "{2601.02439/q4}", "text": claim("tasks solved")}],
}


@pytest.fixture
def summary() -> Summary:
    return one(parse_digest(REPORT, path="day.md"), ANSWER)


def dated(summary: Summary, day: dt.date, **update: Any) -> Summary:
    return summary.model_copy(update={"date": day, "path": f"{day}.md", **update})


def test_days_of_two_years_share_an_iso_week() -> None:
    assert weeks_of(DAYS) == ["2026-W01", "2026-W02"]
    assert select_period(DAYS, week="2026-W01") == ("2026-W01", set(DAYS[:2]))


def test_the_latest_week_is_the_default() -> None:
    assert select_period(DAYS) == ("2026-W02", {DAYS[2]})


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"week": "2026-W09"}, "no report of week 2026-W09; there are 2026-W01, 2026-W02"),
        ({"week": "W1"}, "'W1' is not an ISO week"),
        ({"week": "2026-W60"}, "'2026-W60' is not an ISO week"),
        ({"day": "2026-01-02"}, "no report of 2026-01-02; there are 2025-12-30, 2026-01-01"),
        ({"day": "yesterday"}, "'yesterday' is not a date"),
    ],
)
def test_an_unknown_period_names_the_known_ones(asked: dict[str, str], message: str) -> None:
    with pytest.raises(SelectionError, match=message):
        select_period(DAYS, **asked)


def test_reports_without_a_date_cannot_be_rounded_up() -> None:
    with pytest.raises(SelectionError, match="no date"):
        select_period([])


def test_a_repeated_report_is_listed_once_without_a_label(summary: Summary) -> None:
    found, repeated = each_paper_once(dated(summary, day) for day in DAYS[:2])
    assert (len(found), repeated, found[0].update_of) == (1, 1, None)


def test_a_later_report_that_differs_is_an_update(summary: Summary) -> None:
    later = dated(summary, DAYS[1], content_hash="other")
    (found,), _ = each_paper_once([later, dated(summary, DAYS[0])])
    assert (found.date, found.update_of) == (DAYS[1], DAYS[0])


def test_papers_without_an_id_are_never_merged(summary: Summary) -> None:
    unnamed = {"id": "line-4", "hf_url": None}
    found, _ = each_paper_once(dated(summary, day, **unnamed) for day in DAYS[:2])
    assert len(found) == 2


def test_figures_of_the_opening_are_printed_and_traced_to_their_paper(summary: Summary) -> None:
    issue = roundup([summary], answering(EDITORIAL))
    assert issue.editorial
    assert issue.editorial.tldr[0].text == "Web agents improve from 26.2%."
    assert issue.editorial.by_the_numbers[0].value == "42.9%"
    assert {(f.paper_id, f.line) for f in issue.figures} == {(ID, 22), (ID, 13)}
    assert issue.findings == ()


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    editorial = copy.deepcopy(EDITORIAL)
    change(editorial)
    return editorial


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (changed(lambda e: e["verdict"].update(text="Up {q3}.")), "{q3} is not a reference"),
        (changed(lambda e: e["verdict"].update(text="一周")), "has Chinese characters"),
        (changed(lambda e: e["verdict"].update(papers=["1"])), "'1' is not the id of a paper"),
        (changed(lambda e: e["verdict"].update(papers=[])), "of a paper that is not in its papers"),
        (changed(lambda e: e.update(subject_lines=[])), "subject_lines: has 0, needs 3"),
        ({}, "subject_lines: Field required"),
    ],
    ids=["no-paper", "chinese", "unknown-paper", "unnamed-paper", "thin", "empty"],
)
def test_without_a_usable_opening_the_issue_says_why(
    summary: Summary, answer: Any, why: str
) -> None:
    issue = roundup([summary], answering(answer))
    assert issue.editorial is None
    assert issue.failure
    assert why in issue.failure
    assert issue.summaries == (summary,)


def test_an_invented_figure_in_the_opening_is_a_finding(summary: Summary) -> None:
    issue = roundup([summary], answering(changed(lambda e: e["verdict"].update(text="Up 61%."))))
    (finding,) = issue.findings
    assert (finding.rule, finding.where, finding.target_text) == (
        "invented-figure",
        "verdict.text",
        "61%",
    )


def test_counts_add_up_by_name(summary: Summary) -> None:
    failed = summary.model_copy(
        update={"id": "2601.00001", "state": "failed", "failure": "no", "summary": None}
    )
    issue = roundup([summary, failed], answering(EDITORIAL))
    c = issue.coverage
    assert (c.papers, c.verified, c.flagged, c.failed) == (2, 1, 0, 1)
    assert c.papers == c.verified + c.flagged + c.failed == len(issue.summaries)


def test_a_week_of_failures_asks_nothing(summary: Summary) -> None:
    def never(request: Request) -> Response:
        raise AssertionError("asked")

    failed = summary.model_copy(update={"state": "failed", "summary": None})
    assert roundup([failed], never).failure == "no paper has a summary"


def test_the_request_marks_figures_with_their_paper(summary: Summary) -> None:
    request = roundup_request([summary], "2026-W02", prompts=Prompts())
    text = request.messages[1].content
    assert "It lifts success from ⟦2601.02439/q3:26.2%⟧ to ⟦2601.02439/q4:42.9%⟧." in text
    assert "abstract only" in text
    assert json.dumps(request.json_schema)
