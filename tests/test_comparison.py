"""Tables are planned by name and filled by code."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from digestlib.comparison import choose_columns, compare
from digestlib.editions import Cell, Comparison
from digestlib.errors import AnswerError, SelectionError
from digestlib.indexing import benchmark_index
from digestlib.models import Finding, Summary

from .test_summaries import ANSWER, REPORT, answering, one, parse_digest


def paper(paper_id: str, benchmark: str, **figure: Any) -> Summary:
    answer = copy.deepcopy(ANSWER) | {"paper_id": paper_id}
    answer["results"][0]["figures"][0].update(benchmark=benchmark, **figure)
    report = REPORT.replace("2601.02439", paper_id).replace("成功率从", f"{benchmark} 成功率从")
    return one(parse_digest(report, path=f"{paper_id}.md"), answer)


@pytest.fixture
def papers() -> list[Summary]:
    return [
        paper("2601.00001", "SWE-bench Verified"),
        paper("2601.00002", "SWE-Bench-Verified", kind="change", note="gain", against="baseline"),
        paper("2601.00003", "OSWorld"),
    ]


def shown(table: Comparison, *columns: str) -> list[list[str]]:
    return [
        [row.cells[table.columns.index(column)].text for column in columns] for row in table.rows
    ]


def cell(table: Comparison, row: int, column: str) -> Cell:
    return table.rows[row].cells[table.columns.index(column)]


def test_a_benchmark_of_two_papers_is_a_table_whatever_its_spelling(papers: list[Summary]) -> None:
    (table,) = benchmark_index(papers)
    assert table.title == "SWE-bench Verified"
    assert [row.paper_id for row in table.rows] == ["2601.00001", "2601.00002"]


def test_a_difference_never_stands_among_the_values(papers: list[Summary]) -> None:
    (table,) = benchmark_index(papers)
    assert shown(table, "System", "Metric", "Value", "Difference as reported", "Conditions") == [
        ["WebGym", "success rate", "42.9%", "—", "—"],
        ["WebGym", "success rate", "—", "42.9%", "gain"],
    ]
    assert cell(table, 1, "Difference as reported").note == "against baseline"


def test_the_caption_says_what_limits_the_comparison(papers: list[Summary]) -> None:
    (table,) = benchmark_index(papers)
    assert table.caption == (
        "2 papers, 2 with a figure. In order of date, not of rank: "
        "conditions differ and values do not compare with differences."
    )


def test_each_value_has_its_source_line(papers: list[Summary]) -> None:
    (table,) = benchmark_index(papers)
    value = cell(table, 0, "Value")
    assert (value.lines, value.source, value.paper_id) == ((22,), "42.9%", "2601.00001")


def test_rows_are_in_order_of_id_within_a_day_whatever_the_order_of_the_summaries(
    papers: list[Summary],
) -> None:
    assert benchmark_index(papers[::-1]) == benchmark_index(papers)


def test_a_value_that_is_not_traced_is_kept_back(papers: list[Summary]) -> None:
    invented = paper("2601.00004", "OSWorld", value="77.7%")
    (table,) = benchmark_index([papers[2], invented])
    assert shown(table, "Value") == [["42.9%"], ["—"]]
    assert cell(table, 1, "Value").withheld == "77.7%"


def test_a_value_that_a_check_speaks_against_is_kept_back(papers: list[Summary]) -> None:
    where = "results[0].figures[0].value"
    against = Finding(rule="swapped", severity="major", message="another system's", where=where)
    doubted = papers[0].model_copy(update={"findings": (against,)})
    (table,) = benchmark_index([doubted, papers[1]])
    assert (cell(table, 0, "Value").text, cell(table, 0, "Value").withheld) == ("—", "42.9%")


def test_a_setting_is_not_compared(papers: list[Summary]) -> None:
    assert benchmark_index([papers[2], paper("2601.00004", "OSWorld", kind="setting")]) == []


def test_another_systems_value_in_the_same_result_is_the_baseline(papers: list[Summary]) -> None:
    answer = copy.deepcopy(ANSWER) | {"paper_id": "2601.00005"}
    own = answer["results"][0]["figures"][0] | {"benchmark": "OSWorld"}
    other = own | {"system": "initial model", "value": "{q3}"}
    answer["results"][0]["figures"] = [own, other]
    report = parse_digest(REPORT.replace("2601.02439", "2601.00005"), path="5.md")
    (table,) = benchmark_index([papers[2], one(report, answer)])
    assert shown(table, "System", "Value", "Baseline")[1] == [
        "WebGym",
        "42.9%",
        "initial model 26.2%",
    ]
    assert cell(table, 1, "Baseline").source == "26.2%"


def test_one_named_benchmark_is_told_even_if_a_single_paper_reports_it(
    papers: list[Summary],
) -> None:
    (table,) = compare(papers, benchmark="osworld")
    assert (table.title, len(table.rows)) == ("OSWorld", 1)
    with pytest.raises(SelectionError, match="no paper reports on 'VBench'"):
        compare(papers, benchmark="VBench")


def test_a_topic_leaves_out_the_papers_of_others(papers: list[Summary]) -> None:
    assert {table.kind for table in compare(papers, topic="agents")} == {"benchmark", "profile"}
    with pytest.raises(SelectionError, match="no paper of these reports has the topic 'audio'"):
        compare(papers, topic="audio")
    with pytest.raises(SelectionError, match="no topic 'sports'; there are language-models"):
        compare(papers, topic="sports")


def test_columns_are_chosen_by_name_in_the_order_asked_for(papers: list[Summary]) -> None:
    (table,) = choose_columns(benchmark_index(papers), ["value", " System"])
    assert table.columns == ("Value", "System")
    assert [len(row.cells) for row in table.rows] == [2, 2]
    with pytest.raises(SelectionError, match="no column 'colour'; there are System, Metric"):
        choose_columns([table.model_copy(update={"columns": ("System", "Metric")})], ["colour"])


PLAN: dict[str, Any] = {
    "comparisons": [
        {
            "title": "Success rates",
            "caption": "Different benchmarks.",
            "columns": ["Reported", "Other"],
            "rows": [
                {"paper_id": "2601.00001", "cells": ["r0.f0", None]},
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
    assert [row.cells[0].note for row in table.rows] == ["", "against baseline; gain"]


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
            planned(rows=[{"paper_id": "2601.00001", "cells": ["r7.f0", None]}] * 2),
            "'r7.f0' is not a result of 2601.00001",
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
