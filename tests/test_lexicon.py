"""The pairs that tell whose figure a figure is."""

from __future__ import annotations

import pytest

from digestlib.fidelity.lexicon import in_chinese, in_english, is_common, lexicon
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
    theirs = {number for number, _ in in_chinese(chinese)}
    assert theirs & {number for number, _ in in_english(english)}


def test_the_longest_chinese_word_at_a_place_comes_with_those_within_it() -> None:
    assert {span for _, span in in_chinese("训练集")} == {(0, 3), (0, 2)}


@pytest.mark.parametrize(
    ("text", "words"),
    [("the baseline model", {"基线模型"}), ("all baselines", {"基线"})],
)
def test_a_word_within_another_counts_where_english_says_it_alone(
    text: str, words: set[str]
) -> None:
    assert {thing.name for thing in words_of("远超基线模型", text)} == words


def test_words_that_go_with_any_figure_are_common() -> None:
    assert is_common("提升")
    assert not is_common("医院")


def test_every_english_form_can_be_found() -> None:
    words = lexicon()
    assert all(form == form.lower().strip() for form in (*words.words, *words.stems))
    assert all(len(stem) > 1 for stem in words.stems)
