"""The pairs that tell whose figure a figure is."""

from __future__ import annotations

import pytest

from digestlib.fidelity.lexicon import in_chinese, in_english, lexicon
from digestlib.fidelity.things import words_of


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("安静环境", "in quiet rooms"),
        ("11 家医院", "11 hospitals"),
        ("泰卢固语", "Telugu"),
        ("微调", "fine-tuned"),
        ("词错误率", "the word error rate"),
        ("无微调", "without fine-tuning"),
        ("机械硬盘", "on hard disks"),
        ("俯拍镜头", "overhead shots"),
        ("青光眼", "glaucoma"),
        ("散户", "retail investors"),
        ("洗碗机", "the dishwasher"),
        ("右上角", "in the upper right"),
    ],
)
def test_a_pair_is_found_in_both_languages(chinese: str, english: str) -> None:
    assert in_english(english, in_chinese(chinese))


def test_the_longest_chinese_word_at_a_place_comes_with_those_within_it() -> None:
    assert {span for spans in in_chinese("训练集").values() for span in spans} == {(0, 3), (0, 2)}


@pytest.mark.parametrize(
    ("text", "words"),
    [("the baseline model", {"基线模型"}), ("all baselines", {"基线"})],
)
def test_a_word_within_another_counts_where_english_says_it_alone(
    text: str, words: set[str]
) -> None:
    assert {thing.name for thing in words_of("远超基线模型", text)} == words


def test_words_that_go_with_any_figure_are_common() -> None:
    assert "提升" in lexicon().common
    assert "医院" not in lexicon().common


def test_every_english_form_can_be_found() -> None:
    for number, forms in enumerate(lexicon().english):
        assert all(number in in_english(stem, [number]) for stem, _ in forms)
