"""A figure that a model pointed at must be the one its sentence is about."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check_pointed
from digestlib.fidelity.cases import align

SOURCE = """示例
*   **总体表现**：在测试的 16 个模型中，Gemini 3 Pro 的大陆级准确率达到 **82%**，国家级准确率为 51%。
*   **训练**：在 8 张 A100 上训练 30 小时，使用了 5.2 万个样本。"""


def found(text: str, *, source: str = SOURCE, cited: bool = True) -> list[str]:
    """What is said of a text whose figures were all pointed at."""
    places = {q.start: cited for q in align(source, text, complete=False).text_quantities}
    return [f.message for f in check_pointed(source, text, places) if f.rule == "misplaced"]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 82% models tested, Gemini 3 Pro performs best.",
        "Gemini 3 Pro reaches a continent accuracy of 16.",
        "Gemini 3 Pro improves accuracy by 16.",
        "Gemini 3 Pro is right in 16 of cases.",
        "Gemini 3 Pro predicts continents with 30 hours accuracy.",
        "Gemini 3 Pro raises accuracy from 51% to 30 hours.",
        "Gemini 3 Pro is 52,000 better than others.",
        "Gemini 3 Pro averages 16 on both levels.",
        "Training on 30 hours GPUs uses 52,000 samples.",
        "Training adds only 52,000 overhead.",
        "A 51% model predicts continents.",
        "The 30 hours-parameter model predicts continents.",
        "In the 52,000 training stage, 8 A100s are used.",
    ],
)
def test_a_figure_cannot_stand_where_english_has_none_of_its_kind(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Of the 16 models tested, Gemini 3 Pro performs best, with 82% accuracy at continent level.",
        "Gemini 3 Pro reaches 82% at continent level, 51% at country level.",
        "Training takes 30 hours on 8 A100s, with 52,000 samples.",
        "Trained on 52,000 samples for 30 hours, it needs 8 A100s.",
        "In 30 hours models are trained on 52,000 samples.",
        "Of 16 models, the best reaches 82% on continents, 51% on countries.",
    ],
)
def test_a_figure_in_its_place_is_no_finding(text: str) -> None:
    assert found(text) == []


def test_a_figure_of_another_line_is_strange_to_the_words_around_it() -> None:
    source = """示例
*   在 HumanEval 代码生成基准上，模型的通过率达到 71.3%，超过 StarCoder 基线。
*   在 GSM8K 数学推理任务中，答案正确率为 88.4%。"""
    text = "On the code generation benchmark HumanEval the model's pass rate, above the StarCoder baseline, is {}."
    assert found(text.format("71.3%"), source=source) == []
    (message,) = found(text.format("88.4%"), source=source)
    assert "71.3%" in message


def test_a_figure_of_a_line_that_is_not_cited_must_fit_better() -> None:
    source = """示例
*   在 HumanEval 上，模型的通过率达到 71.3%。
*   在 GSM8K 数学推理任务中，答案正确率为 88.4%。"""
    text = "The model's pass rate on HumanEval is 88.4%."
    assert found(text, source=source, cited=True) == []
    assert found(text, source=source, cited=False)


def test_figures_of_unlike_sorts_are_exchanged_only_by_who_points_at_them() -> None:
    source = "在 InternVid 视频描述任务上，使用 12 张 H100，CIDEr 提升 4.5%。"
    assert (
        found("On InternVid captioning, 12 H100s bring a CIDEr gain of 4.5%.", source=source) == []
    )
    assert found("On InternVid captioning, 4.5% H100s bring a CIDEr gain of 12.", source=source)


def test_a_figure_that_the_source_has_once_is_pointed_at_once() -> None:
    source = "在 R1-1.5B 上，推理准确率提升了 4.66%，Token 消耗减少了 13.69%。"
    text = "Steering improves accuracy by {} and cuts token consumption by 13.69%."
    assert found(text.format("4.66%"), source=source) == []
    assert len(found(text.format("13.69%"), source=source)) == 2


def test_a_few_things_may_be_told_again() -> None:
    source = "单臂动作为 7 个关节角。"
    assert (
        found("Each arm acts with seven joint angles (7 degrees of freedom).", source=source) == []
    )


def test_figures_that_keep_what_they_count_are_not_exchanged() -> None:
    source = "构建了包含 21.6 万段视频、总时长超过 1,400 小时的第一人称数据集。"
    text = "An egocentric dataset of 216,000 clips, more than 1,400 hours in all, is built."
    assert found(text, source=source) == []
