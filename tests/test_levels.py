"""By how much something changed is not where it stands: told the other way it is flagged."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check


def _flagged(source: str, text: str) -> list[str]:
    return [f.rule for f in check(source, text) if f.severity != "minor"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("在 A100 上推理延迟仅为 38 毫秒。", "Inference latency on an A100 is cut by 38 ms."),
        ("训练成本只有 GPT-4 的 3%。", "Training costs only 3% less than GPT-4."),
        (
            "在 SWE-bench 上取得 61.3% 的解决率。",
            "On SWE-bench it improves the resolve rate by 61.3%.",
        ),
        (
            "在 SWE-bench 上取得 61.3% 的解决率。",
            "On SWE-bench it gains 61.3% in the resolve rate.",
        ),
        ("F1 分数为 0.87。", "F1 is up 0.87."),
        ("F1 分数为 0.87。", "There is a gain of 0.87 in F1."),
        ("用 12% 的算力达到同等效果。", "It matches that with 12% less compute."),
        ("用 12% 的算力达到同等效果。", "Shaving 12% off the compute, it matches that."),
        ("胜率高达 83%。", "The win rate soars by 83%."),
        ("占用 12 GB 显存。", "It frees up 12 GB of memory."),
        ("占用 16 GB 显存。", "It saves 16 GB of memory."),
        ("错误率降至 18%。", "The error rate is 18% lower."),
        ("错误率降至 18%。", "Errors drop 18%."),
        ("支持长达 20 秒的视频。", "A video is up to 20 seconds longer."),
        ("支持长达 20 秒的视频。", "Videos may be up to 20 seconds longer."),
        ("数据集包含 12 万条样本。", "The dataset has 120,000 more samples."),
    ],
)
def test_a_level_is_not_told_as_a_change(source: str, text: str) -> None:
    """取得 61.3% is no gain of 61.3%."""
    assert "by_to" in _flagged(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("F1 提升了 0.07。", "F1 stands at 0.07."),
        ("吞吐量提升 35%。", "Throughput comes to 35% of the baseline's."),
        ("错误率降低了 18%。", "The error rate is just 18% of what it was."),
        ("违规减少了 43.5%。", "It is left with only 43.5% as many violations."),
        ("平均响应时间缩短 1.4 秒。", "Average response time is down to 1.4 seconds."),
        ("胜率提升高达 23%。", "The win rate reaches 23%."),
        ("预训练节省 1.2 万 GPU 小时。", "Pre-training takes 12,000 GPU hours."),
        ("分别高出 29% 和 13%。", "It scores 29% and 13% of what they do."),
        ("显存节省 16 GB。", "It needs 16 GB of memory."),
        ("仅损失 2% 的精度。", "Accuracy is only 2%."),
        ("最高相对提升可达 52%。", "It improves to a relative level of up to 52%."),
        ("训练速度下降极小（<1%）。", "Training speed drops to less than 1%."),
        ("分别提升 5.1% 和 8.2%。", "They improve to 5.1% and to 8.2% respectively."),
    ],
)
def test_a_change_is_not_told_as_a_level(source: str, text: str) -> None:
    """减少了 44% does not come to 44%."""
    assert "by_to" in _flagged(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("两个模型相差 5.1%。", "The two models are 5.1% apart, the one being 5.1% better."),
        (
            "平均得分高 4.2 分，延迟却只多 3 毫秒。",
            "It scores 4.2 points higher, for 3 ms more delay.",
        ),
        ("在 VBench 上以 3.1% 的优势领先。", "On VBench it leads by 3.1%."),
        ("平均提升 2.1%，最高达 7.8%。", "The average gain is 2.1%, rising to as much as 7.8%."),
        (
            "平均提升 2.1%，在数学任务上为 7.8%。",
            "It improves by 2.1% on average, by 7.8% in math.",
        ),
        ("推理成本降低 60%。", "60% of the inference cost is saved."),
        ("任务完成时间缩短 40%。", "40% of the time is shaved off."),
        ("任务完成时间缩短为原来的 40%。", "Tasks now finish in 40% of the time."),
        ("每张图像消耗 0.3 美分，便宜 90%。", "An image costs 0.3 cents, 90% less."),
        ("剪枝率为 50% 时精度为 98%。", "With parameters pruned by 50%, accuracy is at 98%."),
        ("压缩率为 87.5%，显存仅需 1/8。", "Memory shrinks by 87.5%, to 1/8."),
        ("MATH：+3.1%；GSM8K：+4.4%。", "MATH improves by 3.1%, GSM8K by 4.4%."),
        ("BLEU 由 27.3 提到 29.8，即 2.5 的增益。", "BLEU gains 2.5, from 27.3 to 29.8."),
        ("在 30% 的题目上优于专家。", "It betters the experts on 30% of questions."),
        ("胜率为 64%，失利 15%。", "It wins 64% of comparisons and loses 15%."),
        ("较上月减少一半。", "There are half as many as last month."),
        ("前 10% 的样本贡献了 60% 的收益。", "60% of the benefit comes from the top 10%."),
        ("平均定位误差为 572 km。", "It is off by 572 km on average."),
        ("在第 6 个片段审美评分为 0.523。", "By the sixth clip, aesthetics are at 0.523."),
        ("精度下降 0.6%。", "It costs the model 0.6% of its accuracy."),
        ("精度下降 0.6%。", "It takes 0.6% off accuracy."),
        ("专家为 92.3，模型只有 47.1。", "Experts, at 92.3, are 45.2 points above the 47.1."),
        ("Qwen 为 34%，高于 Llama 的 29%。", "Qwen is at 34%, higher than the 29% of Llama."),
    ],
)
def test_a_change_said_in_other_words_is_none(source: str, text: str) -> None:
    """A daring rendering that says the same passes."""
    assert _flagged(source, text) == []
