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


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("训练成本只有 GPT-4 的 3%。", "Training costs 97% less than GPT-4."),
        ("显存占用降至原来的 30%。", "GPU memory falls to 30% of what it was, a cut of 70%."),
        ("参数量减少 44%。", "It has 56% of the parameters."),
        ("Qwen 为 34%，Llama 为 29%。", "Qwen is at 34% and Llama 5 points lower at 29%."),
        ("速度达 16 FPS，基线仅 4 FPS。", "At 16 FPS it is 12 FPS faster than the 4 FPS before."),
        ("以 28.1% 的 API 成本完成。", "It takes just over a quarter of the API bill (28.1%)."),
        ("约 31.8% 的错误来自检索。", "Nearly a third of errors come from retrieval (31.8%)."),
    ],
)
def test_a_true_rest_difference_or_rough_fraction_is_minor(source: str, text: str) -> None:
    """A cut by 44% leaves 56% of it."""
    found = check(source, text, complete=True)
    assert "derived" in {f.rule for f in found}
    assert [f.message for f in found if f.severity != "minor"] == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("参数量减少 44%。", "It has 56% fewer parameters."),
        ("训练时间只有其 40%。", "It takes only 60% of the training time."),
        ("Qwen 为 34%，Llama 为 29%。", "Qwen is at 34% and Llama 4 points lower at 29%."),
        ("以 28.1% 的 API 成本完成。", "It takes just over a third of the API bill (28.1%)."),
        ("约 31.8% 的错误来自检索。", "Over a third of errors come from retrieval (31.8%)."),
        ("准确率为 96%。", "Accuracy is 4%."),
    ],
)
def test_a_rest_or_fraction_that_is_not_so_is_flagged(source: str, text: str) -> None:
    """Of what is cut by 44% there are no 56% fewer."""
    assert [f for f in check(source, text) if f.severity != "minor"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("得分从 40 提升到 60。", "The score is up 20 points, from 40 to 60."),
        ("延迟由 200 ms 降至 50 ms。", "Latency falls fourfold, from 200 ms to 50 ms."),
        ("延迟由 200 ms 降至 50 ms。", "Latency drops by three quarters, from 200 ms to 50 ms."),
        ("错误率从 10% 降到 5%。", "Errors are halved, from 10% to 5%."),
        ("绝大多数（93%）样本正确。", "All but 7% of the samples are right: 93%."),
        ("吞吐量提升 100%。", "Throughput doubles."),
        ("吞吐量提升 3.98 倍。", "Throughput rises nearly fourfold (3.98x)."),
        ("节省 75% 的时间。", "A quarter of the time is enough, a saving of 75%."),
        ("约 24.6% 的用户选择 A。", "About one in four users (24.6%) chooses A."),
    ],
)
def test_how_two_figures_differ_and_what_words_say_roughly_is_minor(source: str, text: str) -> None:
    assert [f.message for f in check(source, text, complete=True) if f.severity != "minor"] == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("得分从 40 提升到 60。", "The score is up 30 points, from 40 to 60."),
        ("延迟由 200 ms 降至 50 ms。", "Latency falls fivefold, from 200 ms to 50 ms."),
        ("吞吐量提升 100%。", "Throughput triples."),
        ("吞吐量提升 3.98 倍。", "Throughput rises nearly fivefold (3.98x)."),
        ("节省 75% 的时间。", "Three quarters of the time is enough."),
        ("约 24.6% 的用户选择 A。", "About one in three users (24.6%) chooses A."),
    ],
)
def test_how_two_figures_do_not_differ_is_flagged(source: str, text: str) -> None:
    assert [f for f in check(source, text) if f.severity != "minor"]
