"""One name for each benchmark, and every benchmark of the example reports with the right figures."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import digestlib as dl
from digestlib.benchmarks import mentions_in, read_name, same_benchmark
from digestlib.editions import Comparison, Row
from digestlib.indexing import benchmark_index

from .reference_answers import REPORTS, example_papers
from .test_week import all_summaries

BY_HAND: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "data/benchmarks.json").read_text(encoding="utf-8")
)
"""Every benchmark that the results of two or more example papers name, as found by reading them."""


NO_BENCHMARKS = (
    "agent api base benchmark clip cnn depthanythingv2 dino fid fps fvd gpt4 gpt4o gpt5 gpt5thinking gpu "
    "instruct llm lpips nvidia ood psnr qwen2 qwen330b recall sota ssim stateoftheart token vace vlm wan2 "
    "zeroshot deepseekv3 gemini gemini2 google pro score sora veo video rate hard research deep"
)
"""What else the results of two example papers name in Latin letters: metrics, models, common words."""


@cache
def example_tables() -> list[Comparison]:
    with dl.connect(replay="cassettes") as complete:
        return dl.compare(all_summaries(), complete, digests=dl.load(REPORTS))


@pytest.mark.parametrize(
    ("spelled", "name"),
    [
        ("SWE-Bench-Verified", "SWE-bench Verified"),
        ("SWE-bench (Verified)", "SWE-bench Verified"),
        ("swe bench verified", "SWE-bench Verified"),
        ("AIME25", "AIME 2025"),
        ("AIME'25", "AIME 2025"),
        ("MATH500", "MATH-500"),
        ("HLE", "Humanity's Last Exam"),
        ("GPQA Diamond", "GPQA-Diamond"),
        ("τ²-Bench", "tau2-bench"),
        ("Our own test", "Our own test"),
    ],
)
def test_spellings_of_a_benchmark_have_one_name(spelled: str, name: str) -> None:
    assert read_name(spelled).name == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AIME 2024", "AIME 2025"),
        ("SWE-bench Verified", "SWE-bench Lite"),
        ("SWE-bench Verified", "SWE-bench"),
        ("VBench", "VBench-Long"),
        ("GPQA", "GPQA-Diamond"),
        ("MATH", "MATH-500"),
        ("BrowseComp", "BrowseComp-ZH"),
    ],
)
def test_a_version_or_subset_is_another_benchmark(one: str, other: str) -> None:
    assert same_benchmark(read_name(one).name) != same_benchmark(read_name(other).name)


def test_the_part_in_brackets_is_told_apart_from_the_name() -> None:
    named = read_name("GAIA (text-only subset)")
    assert (named.name, named.part) == ("GAIA", "text-only subset")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("在 BrowseComp（英文）、BrowseComp-zh（中文）上", ["BrowseComp", "BrowseComp-ZH"]),
        ("Video-BrowseComp 要求智能体主动检索", ["Video-BrowseComp"]),
        ("在VBench-Long和VBench评测中", ["VBench-Long", "VBench"]),
        ("在 VBench 2.0 上", ["VBench-2.0"]),
        ("构建包含原子能力的 Math/Code 轨迹", []),
        ("未在传统数据集（如 ImageNet）上进行定量刷榜", []),
        ("在 PIE-Bench++ 和 IMGedit-Benchmark 上", ["PIE-Bench++", "ImgEdit-Bench"]),
        ("在 Yume-Bench 测试中", ["Yume-Bench"]),
        ("在 SuperGPQA 与 HumanEval+ 上", ["SuperGPQA", "HumanEval+"]),
    ],
)
def test_a_line_names_benchmarks_and_nothing_like_them(line: str, names: list[str]) -> None:
    assert [mention.name for mention in mentions_in(line)] == names


def test_the_list_made_by_hand_quotes_the_reports() -> None:
    for rows in BY_HAND.values():
        for row in rows:
            report = example_papers()[row["paper"]]
            assert Path(report.path).name == row["report"]
            assert row["says"] in report.line(row["line"])


def test_the_list_made_by_hand_leaves_out_no_name_that_two_papers_share() -> None:
    papers: dict[str, set[str]] = {}
    for report in example_papers().values():
        for name in re.findall(r"[A-Za-z][A-Za-z0-9+-]*", report.sections.results.text):
            papers.setdefault(name.replace("-", "").lower(), set()).add(report.id)
    known = {word.lower() for name in BY_HAND for word in re.findall(r"\w+", name.replace("-", ""))}
    shared = {name for name, ids in papers.items() if len(ids) > 1 and len(name) > 2}
    assert shared - set(NO_BENCHMARKS.split()) - known == {"aime25", "bench"}


def test_the_index_has_every_benchmark_of_two_papers_with_the_figures_found_by_hand() -> None:
    found = {
        table.title: [_essence(table, row) for row in table.rows]
        for table in example_tables()
        if table.kind == "benchmark"
    }
    assert found == {
        name: [
            {key: row.get(key) for key in ("paper", "value", "difference", "against", "conditions")}
            for row in rows
        ]
        for name, rows in BY_HAND.items()
    }


def _essence(table: Comparison, row: Row) -> dict[str, str | None]:
    cells = dict(zip(table.columns, row.cells, strict=True))
    difference = cells["Difference as reported"]
    values = {
        "paper": row.paper_id,
        "value": cells["Value"].text,
        "difference": difference.text,
        "against": difference.note.removeprefix("against ") or None,
        "conditions": cells["Conditions"].text,
    }
    return {name: None if text == "—" else text for name, text in values.items()}


def test_every_row_of_the_index_rests_on_the_line_found_by_hand() -> None:
    tables = {table.title: table for table in example_tables() if table.kind == "benchmark"}
    for name, rows in BY_HAND.items():
        for row, expected in zip(tables[name].rows, rows, strict=True):
            assert expected["line"] in {line for cell in row.cells for line in cell.lines}


def test_every_figure_in_every_table_has_its_source_line() -> None:
    sourced = 0
    for table in example_tables():
        for row in table.rows:
            report = example_papers()[row.paper_id]
            for cell in row.cells:
                text = "\n".join(report.line(line) for line in cell.lines)
                parts = [part for part in cell.source.split("; ") if part]
                assert all(part in text for part in parts), (table.title, row.paper_id, cell)
                assert cell.lines or not dl.find_quantities(f"{cell.text} {cell.note}")
                sourced += bool(parts)
    assert sourced > 100


def test_no_cell_of_the_example_tables_is_kept_back() -> None:
    cells = [cell for t in example_tables() for row in t.rows for cell in row.cells]
    assert [cell for cell in cells if cell.withheld] == []


def test_without_the_reports_the_index_has_the_figures_alone() -> None:
    (table,) = benchmark_index(all_summaries())
    assert (table.title, len(table.rows)) == ("SWE-bench Verified", 2)
