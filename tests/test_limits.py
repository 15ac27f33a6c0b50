"""Limits are flagged where they are turned around or made up, however English says them."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check

LEAST = ("准确率超过 80%。", "准确率至少为 80%。")
MOST = ("准确率低于 80%。", "准确率不超过 80%。")
PLAIN = ("准确率为 80%。",)
ABOVE = [
    "Accuracy tops 80%.",
    "Accuracy clears 80%.",
    "Accuracy crosses the 80% mark.",
    "Accuracy exceeds 80%.",
    "Accuracy never falls below 80%.",
    "Accuracy is no lower than 80%.",
    "No model gets less than 80%.",
    "Accuracy is 80% at a minimum.",
    "Accuracy bottoms out at 80%.",
    "Accuracy is 80% and up.",
    "Accuracy is at or above 80%.",
    "Anything below 80% accuracy is out of the question.",
    "80% is the minimum.",
]
BELOW = [
    "Accuracy falls short of 80%.",
    "Accuracy fails to reach 80%.",
    "Accuracy never reaches 80%.",
    "Accuracy is south of 80%.",
    "Accuracy drops below 80%.",
    "Accuracy does not exceed 80%.",
    "Accuracy never goes above 80%.",
    "None exceeds 80% accuracy.",
    "No model gets more than 80% accuracy.",
    "Accuracy is 80% at most.",
    "Accuracy has a ceiling of 80%.",
    "Accuracy is no higher than 80%.",
    "Accuracy isn't above 80%.",
    "80% is the limit.",
]
MADE_UP = [
    "Accuracy is 80% at most.",
    "Accuracy is 80% or more.",
    "Accuracy stays above 80%.",
    "Accuracy gets over 80%.",
    "Accuracy is no more than 80%.",
    "Accuracy does not exceed 80%.",
    "At over 80%, accuracy is high.",
    "Accuracy is 80% at a minimum.",
    "Accuracy is just under 80%.",
]


def _flagged(source: str, text: str) -> list[str]:
    return [f.rule for f in check(source, text) if f.severity != "minor"]


@pytest.mark.parametrize("text", ABOVE)
def test_at_least_is_said_in_many_ways(text: str) -> None:
    """Never below is at least: faithful to the one, and wrong for the other."""
    assert [_flagged(source, text) for source in LEAST] == [[], []]
    assert ["bound" in _flagged(source, text) for source in MOST] == [True, True]


@pytest.mark.parametrize("text", BELOW)
def test_at_most_is_said_in_many_ways(text: str) -> None:
    """Not above is at most."""
    assert [_flagged(source, text) for source in MOST] == [[], []]
    assert ["bound" in _flagged(source, text) for source in LEAST] == [True, True]


@pytest.mark.parametrize("text", MADE_UP)
def test_a_limit_of_which_the_source_knows_nothing_is_flagged(text: str) -> None:
    assert _flagged(PLAIN[0], text) == ["bound"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("准确率为 80%，超过 Llama 的 72%。", "At 80%, accuracy surpasses the 72% of Llama."),
        ("最高可达 80%。", "It peaks at 80%."),
        ("最高可达 80%。", "It is 80% at its best."),
        ("至少需要 24GB 显存。", "Anything less than 24GB of VRAM won't do."),
        ("最多支持 8 个角色。", "Eight characters is the limit."),
        ("MOS 为 4.41，接近真人的 4.53。", "The MOS is 4.41, close to the 4.53 of humans."),
        ("支持 8 张图像。", "It works with up to 8 images."),
        ("仅需 3 小时。", "It takes no more than 3 hours."),
        ("仅需 3 小时。", "It takes 3 hours at most."),
        ("共 40 项任务，覆盖 1,000 多款游戏。", "There are 40 tasks and more than 1,000 games."),
        ("另有 45% 每周至少使用一次。", "Another 45% use it at least once a week."),
        ("每秒 2 帧，最多 768 帧。", "There are 2 FPS and up to 768 frames."),
        ("显存不超过 20 GB，质量无损。", "With no loss of quality, memory stays under 20 GB."),
        ("不仅准确率超过 80%，速度也更快。", "Not only is accuracy above 80%, it is faster too."),
        ("无需训练，准确率即超过 80%。", "With no training at all, accuracy is over 80%."),
        ("没有模型超过 60%。", "No model gets more than 60%."),
        ("没有模型超过 60%。", "All models are at or below 60%."),
        ("5 次运行取平均，准确率为 80%。", "Averaged over 5 runs, accuracy is 80%."),
        ("准确率跌破 50%。", "Accuracy falls below 50%."),
        ("训练时间由 9 小时降到不足 1 小时。", "Training takes under 1 hour instead of 9."),
    ],
)
def test_a_limit_in_other_words_passes(source: str, text: str) -> None:
    assert _flagged(source, text) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("共有 104 名参与者。", "There is a test with up to 104 participants."),
        ("配套的 3 层多 Token 权重。", "There are more than three multi-token layers."),
        ("准确率达到 91.2%。", "Accuracy comes close to 91.2%."),
        ("准确率接近 91%。", "Accuracy is a full 91%."),
        ("最多支持 8 个角色。", "Eight characters or more are supported."),
        ("至少需要 24GB 显存。", "24GB of VRAM is the maximum."),
        ("仅需 8 张 GPU。", "More than 8 GPUs are needed."),
    ],
)
def test_a_limit_that_is_another_is_flagged(source: str, text: str) -> None:
    """Up to eight is not eight or more."""
    assert "bound" in _flagged(source, text)
