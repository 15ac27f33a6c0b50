"""Two words of one sort in each other's place are found by what stands near them."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check
from digestlib.fidelity.kin import sorts
from digestlib.fidelity.lexicon import lexicon

LOCAL = "由 **2B 参数的本地压缩器** 提取要点，再交给云端预测器给出答案。"
BUTTONS = "动作由 8 维连续速度向量和 3 维离散开关向量组成。"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            LOCAL,
            "A cloud compressor of 2B parameters extracts the gist; a local predictor answers.",
        ),
        (
            BUTTONS,
            "An action is an 8-dimensional discrete velocity vector and a 3-dimensional continuous switch vector.",
        ),
    ],
)
def test_words_that_changed_places_are_found(source: str, text: str) -> None:
    assert "swap" in {f.rule for f in check(source, text) if f.severity == "major"}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            LOCAL,
            "A local compressor of 2B parameters extracts the gist; a cloud predictor answers.",
        ),
        (LOCAL, "The cloud predictor answers from the gist that a local 2B compressor extracts."),
        (
            BUTTONS,
            "An action is a 3-dimensional discrete switch vector and an 8-dimensional continuous velocity vector.",
        ),
        ("训练和推理的代码均已开源。", "The code for inference and training is open source."),
    ],
)
def test_words_in_their_place_are_no_finding(source: str, text: str) -> None:
    assert [f for f in check(source, text) if f.rule == "swap"] == []


def test_every_word_of_a_sort_can_be_found_in_both_languages() -> None:
    assert set(sorts()) <= set(lexicon().chinese)
