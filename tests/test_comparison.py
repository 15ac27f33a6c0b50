"""Tables are planned by name and filled by code."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from digestlib.comparison import benchmark_index, compare
from digestlib.errors import AnswerError
from digestlib.models import Summary

from .test_summaries import ANSWER, REPORT, answering, one, parse_digest


def paper(paper_id: str, benchmark: str, **figure: Any) -> Summary:
    answer = copy.deepcopy(ANSWER) | {"paper_id": paper_id}
    answer["results"][0]["figures"][0].update(benchmark=benchmark, **figure)
    return one(parse_digest(REPORT.replace("2601.02439", paper_id), path=f"{paper_id}.md"), answer)


@pytest.fixture
def papers() -> list[Summary]:
    return [
        paper("2601.02439", "SWE-bench Verified"),
        paper("2601.00002", "SWE-Bench-Verified", value="{q3}", note="gain", against="GPT-4o"),
        paper("2601.00003", "OSWorld"),
    ]


def test_a_benchmark_of_two_papers_is_a_table_whatever_its_spelling(papers: list[Summary]) -> None:
    (table,) = benchmark_index(papers)
    assert table.title == "SWE-bench Verified"
    assert [row.paper_id for row in table.rows] == ["2601.02439", "2601.00002"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["WebGym", "success rate", "42.9%", "", ""],
        ["WebGym", "success rate", "26.2%", "GPT-4o", "gain"],
    ]


def test_each_value_has_its_source_line(papers: list[Summary]) -> None:
    (table,) = benchmark_index(papers)
    value = table.rows[0].cells[2]
    assert (value.lines, value.source, value.paper_id) == ((22,), "42.9%", "2601.02439")


def test_a_value_that_is_not_traced_is_not_printed(papers: list[Summary]) -> None:
    invented = paper("2601.00004", "OSWorld", value="77.7%")
    (table,) = benchmark_index([papers[2], invented])
    assert [row.cells[2].text for row in table.rows] == ["42.9%", "—"]


def test_a_setting_is_not_compared(papers: list[Summary]) -> None:
    assert benchmark_index([papers[2], paper("2601.00004", "OSWorld", kind="setting")]) == []


PLAN: dict[str, Any] = {
    "comparisons": [
        {
            "title": "Success rates",
            "caption": "Different benchmarks.",
            "columns": ["Reported", "Other"],
            "rows": [
                {"paper_id": "2601.02439", "cells": ["r0.f0", None]},
                {"paper_id": "2601.00003", "cells": ["r0.f0", None]},
            ],
        }
    ]
}


def test_code_fills_the_cells_of_a_proposed_table(papers: list[Summary]) -> None:
    table = compare(papers, answering(PLAN))[-1]
    assert table.title == "Success rates"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["42.9%", "—"]] * 2


def test_a_proposed_cell_says_what_its_value_is_measured_against(papers: list[Summary]) -> None:
    rows = [{"paper_id": p.id, "cells": ["r0.f0", None]} for p in papers[:2]]
    table = compare(papers, answering(planned(rows=rows)))[-1]
    assert [row.cells[0].note for row in table.rows] == ["", "against GPT-4o; gain"]


def planned(**change: Any) -> dict[str, Any]:
    plan = copy.deepcopy(PLAN)
    plan["comparisons"][0].update(change)
    return plan


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (planned(caption="Up to 42.9%."), "has a figure of its own: 'Up to 42.9%'"),
        (planned(rows=PLAN["comparisons"][0]["rows"][:1]), "compares fewer than two papers"),
        (planned(columns=["One"]), "has 2 cells for 1 columns"),
        (
            planned(rows=[{"paper_id": "2601.02439", "cells": ["r7.f0", None]}] * 2),
            "'r7.f0' is not a result of 2601.02439",
        ),
        (planned(title="成功率"), "has Chinese characters"),
        (
            planned(rows=PLAN["comparisons"][0]["rows"] * 2),
            "has a paper in more than one row",
        ),
        (
            planned(rows=[{"paper_id": "1", "cells": [None, None]}] * 2),
            "'1' is not a paper of this issue",
        ),
    ],
    ids=["figure", "one-paper", "ragged", "unknown-result", "chinese", "doubled", "unknown-paper"],
)
def test_a_plan_that_does_not_hold_is_refused(
    papers: list[Summary], plan: dict[str, Any], why: str
) -> None:
    with pytest.raises(AnswerError) as caught:
        compare(papers, answering(plan))
    assert why in str(caught.value)
