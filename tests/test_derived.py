"""A ratio that was worked out from two figures of the source is told, and no error."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check

SOURCE = "推理延迟由 RoboCore 的 640 ms 降至 150 ms，成功率为 62%，基线仅为 30%。"


def rules(text: str) -> set[tuple[str, str]]:
    return {(f.rule, f.severity) for f in check(SOURCE, text)}


@pytest.mark.parametrize(
    "text",
    [
        "The success rate is 62%, more than double the 30% of the baseline.",
        "It succeeds in 62% of trials, about twice the baseline's 30%.",
        "At 150 ms, less than a quarter of RoboCore's 640 ms, it is fast.",
    ],
)
def test_a_true_ratio_of_two_figures_of_the_source_is_minor(text: str) -> None:
    assert ("derived", "minor") in rules(text)
    assert not [rule for rule, severity in rules(text) if severity != "minor"]


@pytest.mark.parametrize(
    "text",
    [
        "The success rate is 62%, more than triple the 30% of the baseline.",
        "At 150 ms, less than a tenth of RoboCore's 640 ms, it is fast.",
        "The success rate is 62%, more than double that of the baseline.",
    ],
)
def test_a_ratio_that_is_not_so_or_of_nothing_is_invented(text: str) -> None:
    assert {rule for rule, severity in rules(text) if severity == "critical"}
