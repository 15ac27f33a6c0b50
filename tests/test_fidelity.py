"""The checks of English against Chinese, rule by rule, and their rates on the cases."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestlib.fidelity import check, unsourced_figures
from digestlib.quantities import find_quantities
from tests import corruptions
from tests.fidelity_table import (
    ALL_CASES,
    FAITHFUL,
    FREE_CASES,
    HARD_CASES,
    NEW_CASES,
    RELATION_TYPES,
    VALUE_TYPES,
    VERBATIM_TYPES,
    measure,
)
from tests.fuzz import forget


def look(source: str, text: str, *, complete: bool = False) -> set[tuple[str, str]]:
    return {(f.rule, f.severity) for f in check(source, text, complete=complete)}


def alarms(source: str, text: str, *, complete: bool = False) -> list[str]:
    """What a person must look at: everything that is not minor."""
    return [f.message for f in check(source, text, complete=complete) if f.severity != "minor"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("近30万个任务", "nearly 300,000 tasks"),
        ("近30万个任务", "nearly 300K tasks"),
        ("共 132 万帧", "1.32 million frames in all"),
        ("成功率在**94%至98%**之间", "success lies between 94% and 98%"),
        ("成功率在**94%至98%**之间", "success goes from 94% to 98%"),
        ("增长了两倍", "it tripled"),
        ("吞吐量翻了一番", "throughput doubled"),
        ("减少到原来的三分之一", "cut to one third of the original"),
        ("采用两阶段训练", "training has two stages"),
        ("数千名标注者", "thousands of annotators"),
        ("训练两周", "two weeks of training"),
        ("在 24 小时内", "within a day"),
        ("一维信号", "a 1D signal"),
        ("丹青-2 数据集", "the DanQing-2 dataset"),
        ("丹青数据集", "the DanQing (丹青) dataset"),
        ("训练 20 秒长视频", "trains on 20-second videos"),
        ("在 1,000 个用例中通过 873 个", "873 out of 1000 cases pass"),
        ("以 15 FPS 运行", "runs at 15 frames per second on a laptop"),
        ("Top-5 为 92.3%，Top-1 为 81.7%", "92.3% at top-5 and 81.7% at top-1"),
        ("当温度超过 0.7 时性能下降", "above a temperature of 0.7, performance falls"),
        ("将消耗减少 40%-60%", "consumption falls 40% to 60%"),
        ("不到同类模型的十分之一", "under a tenth of its peers"),
        ("不超过 60 秒", "at most a minute"),
        ("21自由度", "21 degrees of freedom"),
        ("（使用了 1.5B 和 8B 模型）训练 SAE 的 GPU", "a GPU for an SAE (1.5B and 8B models)"),
        ("无性能衰减，提升 3%", "3% better, with no drop elsewhere"),
        (
            "48% 的评委选择 MuseFlow，31% 选择 Suno v4",
            "judges prefer MuseFlow over Suno v4 by 48% to 31%",
        ),
        ("48% 的评委选择 MuseFlow，31% 选择 Suno v4", "MuseFlow beats Suno v4 48% to 31%"),
        (
            "57% 的医生偏好 MedAgent，29% 偏好 GPT-4o",
            "doctors favour MedAgent over GPT-4o, 57% to 29%",
        ),
        ("推理时间缩短为原来的 1/4", "4x faster inference"),
        ("奖金为 5,000 日元", "a prize of ¥5,000"),
        ("售价 20 元", "costs ¥20"),
        ("每帧 256 个 token", "256 tokens a frame"),
        ("包含 1,000 道题", "1,000 problems"),
        ("只需 4 步采样", "only four sampling iterations"),
        ("使用 3 万条样本训练 2 轮", "two epochs on 30K samples"),
        ("成功诊断 95% 的故障", "diagnoses 95% of failures"),
        ("再节省 20% 的显存", "memory falls by an additional 20%"),
        ("最高提升 12%", "gains of up to 12%"),
        ("平均准确率为 71%，优于所有基线", "at 71%, the highest accuracy of all"),
        ("不仅提升 5.2%，还更快", "more than just 5.2% better: also faster"),
        ("分辨率 256 → 512 → 1024 逐级提升", "resolution goes from 256 to 512 to 1024"),
        ("准确率 61.3% → 74.8%", "74.8% accuracy, up from 61.3%"),
        ("在 GPQA Diamond 上达到 71%", "71% on the Diamond set of GPQA"),
        ("v2.5 版本修复了该问题", "Version 2.5 fixes it"),
        ("v2.5 版本修复了该问题", "release 2.5 fixes it"),
        ("v2.5 版本修复了该问题", "2.5 fixes it"),
        ("2.0 版本支持视频", "v2.0 supports video"),
        ("升级到 v3 后", "after the upgrade to version 3"),
        ("视频变长后召回率下降 18%", "recall loses 18% of its value in longer videos"),
        ("文档加长后得分下降 12 分", "scores lose 12 points on longer documents"),
        ("在 L3 上为 0.00%", "on L3 not a single point is scored, 0.00%"),
        ("比 Foo 更锐利且连贯", "Foo is neither as sharp nor as coherent"),
        ("需要 42GB 或直接内存溢出", "they need 42 GB if they don't hit OOM"),
        ("并未带来更强的鲁棒性", "it is far from bringing robustness"),
        ("检索延迟低于 1 毫秒", "retrieval latency is sub-millisecond"),
        ("首帧延迟 0.33 秒", "first-frame latency is sub-second, at 0.33 s"),
        ("精度损失低于 1%", "a sub-1% loss of accuracy"),
        ("推理延迟低于 10 毫秒", "inference latency is in the single-digit milliseconds"),
        ("加速 1.59× 至 1.95×", "faster by a factor of between **1.59 and 1.95**"),
        ("额外训练 12 小时", "it trains for twelve extra hours"),
        ("在第 3 个片段中评分为 0.523", "in clip 3 the score is 0.523"),
        ("两项指标均提升：5% 与 7%", "both gain twice over, 5% in one case and 7% in the other"),
        ("低至 2.82%，此前高达 81.69%", "it is 2.82%, down from 81.69%"),
    ],
)
def test_a_faithful_rendering_needs_no_look(source: str, text: str) -> None:
    assert alarms(source, text, complete=True) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "基于月度快照，仅检索前一个月的信息。从每日新闻中合成问题。",
            "retrieves information from a month before, from monthly snapshots",
        ),
        (
            "来自音频大模型的语音流。基于视觉语言模型（VLM）的基准。",
            "a speech stream from an audio LLM",
        ),
    ],
)
def test_a_sentence_on_one_line_of_a_report_needs_no_look_for_the_others(
    source: str, text: str
) -> None:
    assert alarms(source, text) == []


@pytest.mark.parametrize(
    ("source", "text", "rule"),
    [
        pytest.param("近30万个任务", "nearly 30,000 tasks", "scale", id="scale"),
        pytest.param("19B 参数", "19M parameters", "scale", id="suffix"),
        pytest.param("达到 46.5", "reaches 45.6", "value", id="value"),
        pytest.param("约 7 小时", "about 7 days", "unit", id="unit"),
        pytest.param("提升 12.6 个百分点", "12.6% better", "unit", id="points"),
        pytest.param("PickScore 提升了 0.2", "PickScore gains 0.2%", "unit", id="percent"),
        pytest.param("增长了两倍", "it doubled", "value", id="factor"),
        pytest.param("在几分钟内", "in 3 minutes", "value", id="vague"),
        pytest.param("提升 10%-30%", "improves by 30%", "value", id="end-of-a-range"),
        pytest.param("信噪比为 −5 dB", "a signal-to-noise ratio of 5 dB", "scale", id="minus"),
        pytest.param("误差为 5‰", "an error of 5%", "unit", id="per-mille"),
        pytest.param("扩大了约 32 倍", "roughly 3.2 times larger", "scale", id="tail-of-a-number"),
        pytest.param("性能翻倍", "2.5 times the performance", "value", id="more-than-doubled"),
        pytest.param("耗时减少了 1/10", "it is 10x faster", "scale", id="cut-by-a-tenth"),
        pytest.param(
            "概率列表（Top-N 推荐），下一时刻", "probabilities (Top-1)", "invented", id="top-n"
        ),
        pytest.param(
            "仅需 1 个步骤（提速），且更准", "three steps are enough", "value", id="steps"
        ),
        pytest.param("分析了失败案例", "15 failure cases", "invented", id="invented"),
        pytest.param("优于 GPT-5.2", "better than GPT-5", "name", id="version"),
        pytest.param(
            "用 Gemini 2.5 Flash 生成", "Gemini 2.5 Pro writes", "name", id="edition-apart"
        ),
        pytest.param("采用 Dense MLA 架构", "a MoE architecture", "name", id="method"),
        pytest.param("单张 RGB 图像", "a single RGB-D image", "name", id="compound"),
        pytest.param("Camera-to-LiDAR 蒸馏", "Camera-to-Radar", "name", id="to-compound"),
        pytest.param("使用 GPT-4.1-nano", "with GPT-4.1-mini", "name", id="edition"),
        pytest.param("优于 BAGEL", "better than BAGEL-RL", "name", id="other-name"),
        pytest.param("优于开源模型", "better than Claude", "name", id="new-family"),
        pytest.param("泰卢固语数据", "Tamil data", "name", id="language"),
        pytest.param("超过 36 小时", "less than 36 hours", "bound", id="bound"),
        pytest.param("最多调用 20 次", "at least 20 calls", "bound", id="most-least"),
        pytest.param("不到同类的十分之一", "over a tenth of others", "bound", id="far"),
        pytest.param("运行 `a.py --lr 3`", "run `a.py --lr 5`", "protected", id="code"),
        pytest.param("$R^2$ 均值", "the mean $R^3$", "protected", id="latex"),
        pytest.param("售价 199 欧元", "priced at $199", "unit", id="currency"),
        pytest.param("不足 800 美元", "under ¥800", "unit", id="yuan"),
        pytest.param("随后用 400B tokens 训练", "then 400B samples", "unit", id="tokens"),
        pytest.param("在 200 步内收敛", "converges in 200 epochs", "unit", id="steps"),
        pytest.param("28 层网络", "a network of 28 frames", "unit", id="layers"),
        pytest.param("误差 7.2% → 5.1%", "errors: from 5.1% to 7.2%", "from_to", id="arrows"),
        pytest.param("误差 7.2% → 5.1%", "errors: 5.1% → 7.2%", "from_to", id="arrow-turned"),
        pytest.param("压缩到原来的 1/8", "a 6-fold reduction", "invented", id="another-fold"),
        pytest.param("见 https://a.b/c 。", "see https://a.b/d.", "protected", id="url"),
        pytest.param("丹青数据集", "the 丹青 dataset", "leftover", id="leftover"),
        pytest.param("“可定位性”指标", "a “可定位性” metric", "leftover", id="quoted"),
        pytest.param("涵盖自我复制等", "(covering 自我复制 and more)", "leftover", id="bracket"),
        pytest.param("限于 32k tokens", "up to 32K characters", "unit", id="noun"),
        pytest.param("21自由度灵巧手", "a hand with 21 fingers", "unit", id="freedom"),
        pytest.param("16主动DoFs/手", "16 active DoFs per finger", "unit", id="per"),
        pytest.param("11 月 3 日提交", "submitted on November 13", "date", id="date"),
        pytest.param("日均 3 千次", "3K a week", "unit", id="period"),
        pytest.param("从 30% 提升至 90%", "from 90% to 30%", "from_to", id="from-to"),
        pytest.param("从 30% 提升至 90%", "30%, and 90% before", "from_to", id="before"),
        pytest.param("从 12 秒缩短至 3 秒", "time: 3 s → 12 s", "from_to", id="arrow"),
    ],
)
def test_what_changes_the_statement_is_critical(source: str, text: str, rule: str) -> None:
    assert (rule, "critical") in look(source, text)


@pytest.mark.parametrize(
    ("source", "text", "rule"),
    [
        ("成功率提升至 42.9%", "success rises by 42.9%", "by_to"),
        ("压缩到原来的 1/8", "compressed by 1/8", "by_to"),
        ("最高时速 8 km/h", "an average speed of 8 km/h", "bound"),
        ("平均耗时 11 分钟", "a maximum of 11 minutes", "bound"),
        ("峰值显存为 14 GB", "memory averages 14 GB", "bound"),
        ("平均得分仅提高 1.2 分", "the average score gains at least 1.2 points", "bound"),
        ("在 MMLU-Pro 上为 61%", "61% on MMLU", "name"),
        ("在 SWE-bench Verified 上为 55%", "55% on SWE-bench", "name"),
        ("较 DeepSeek-R1-0528 低 9.5 分", "9.5 points below DeepSeek-R1", "name"),
        ("15 次试验中成功 13 次", "13 of 15 trials failed", "direction"),
        ("仅答对 41.7%", "41.7% wrong", "direction"),
        ("每份报告节省 6 分钟", "six extra minutes a report", "direction"),
        ("超过 50 层后明显退化", "past 50 layers it improves", "direction"),
        ("损失在前 300 步内快速下降", "the loss rises fast in the first 300 steps", "direction"),
        (
            "63% 的人偏好本方法，15% 偏好 Sora 2",
            "people prefer Sora 2 over it by 63% to 15%",
            "swap",
        ),
        ("提升了约 15%", "improves to about 15%", "by_to"),
        ("延迟降低了 5.8%", "latency rises by 5.8%", "direction"),
        ("模型体积压缩 75%", "shrinks to 75%", "by_to"),
        ("提升了 13.12%", "it improves, reaching 13.12%", "by_to"),
        ("训练时间少 35%", "training time is cut to 35%", "by_to"),
        ("压缩至仅需 4 步", "compressed by only 4 steps", "by_to"),
        ("以 28.1% 的 API 成本", "with API costs 28.1% lower", "by_to"),
        ("比基线快 18 倍", "18x slower than the baseline", "direction"),
        ("在 A1 上超越了 Kimi", "on A1 it falls short of Kimi", "direction"),
        ("Foo 达到 61.5，Bar 达到 54.0", "Foo reaches 54.0 and Bar 61.5", "swap"),
        ("Foo (66.0%)、Bar (53.9%)", "53.9% on Foo and 66.0% on Bar", "swap"),
        ("10 款游戏、30 项任务", "30 games and 10 tasks", "swap"),
        ("至少需要 2 张显卡，推荐 4 张", "at least 4 cards; 2 recommended", "bound"),
    ],
)
def test_what_turns_a_relation_is_major(source: str, text: str, rule: str) -> None:
    assert (rule, "major") in look(source, text, complete=True)


def test_a_dropped_figure_counts_in_a_translation_only() -> None:
    source, text = "准确率 88.81%，F1 87.62%", "accuracy is 88.81%"
    assert look(source, text, complete=True) == {("dropped", "major")}
    assert look(source, text) == set()


@pytest.mark.parametrize(
    ("source", "text", "rule"),
    [
        ("约 7 小时", "7 hours", "bound"),
        ("达到 42.86%", "reaches 42.9%", "rounding"),
        ("训练 1 小时", "60 minutes of training", "conversion"),
    ],
)
def test_small_liberties_are_minor(source: str, text: str, rule: str) -> None:
    assert look(source, text, complete=True) == {(rule, "minor")}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("如 Qwen3-8B 和 Qwen3-32B", "such as Qwen3-8B"),
        ("L1：显式、L2：隐式、L3：跨源", "L1 for explicit, L3 for cross-source"),
        ("从 2D 平台到 3D 世界", "3D worlds"),
        ("如 Planner、Coder（编码）和 Critic", "such as a planner and a critic"),
    ],
)
def test_a_dropped_name_counts_in_a_translation_only(source: str, text: str) -> None:
    assert ("dropped", "major") in look(source, text, complete=True)
    assert look(source, text) == set()


def test_a_percent_is_not_too_small_to_be_dropped() -> None:
    source = "吞吐量下降极低（<1%）"
    assert look(source, "throughput hardly drops", complete=True) == {("dropped", "major")}


def test_another_firm_of_the_same_sort_is_not_meant() -> None:
    assert ("name", "critical") in look("通过谷歌（Google）搜索", "by searching Bing")
    assert look("通过谷歌搜索", "by searching Google") == set()


def test_a_name_may_be_spelled_out() -> None:
    source, text = "I2V 模型，从 2D 到三维", "an image-to-video model, from two-dimensional to 3D"
    assert look(source, text, complete=True) == set()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("无需修改游戏代码", "by modifying game code"),
        ("模型权重已开源", "the weights have not been open-sourced"),
        ("误差显著低于基线", "the error is far higher than the baseline's"),
        ("大幅减少了误差累积", "greatly increases the accumulation of errors"),
        ("性能显著提升", "performance gets clearly worse"),
        ("将首帧作为附加帧", "the last frame is an additional frame"),
        ("构建训练集 A", "builds the test set A"),
        ("16 个主动自由度", "16 passive degrees of freedom"),
        ("注入高分辨率特征", "injects low-resolution features"),
        ("可选择性输入深度", "depth must be supplied"),
        ("在部分指标上领先", "leads on all metrics"),
        ("任务完成后搜集证据", "gathers evidence before completing the task"),
        ("从 2D 到 3D", "from 3D to 3D"),
    ],
)
def test_the_opposite_is_major(source: str, text: str) -> None:
    assert ("direction", "major") in look(source, text, complete=True)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("将首帧拼接", "the first frame is concatenated, with no last frame"),
        ("高质量视频", "good videos, none of poor quality"),
        ("在测试集上，训练后的模型", "on the test set, the trained model"),
        ("提升 2D 与 3D 质量", "3D and 2D quality improve, 3D most"),
    ],
)
def test_the_opposite_beside_the_word_itself_needs_no_look(source: str, text: str) -> None:
    assert look(source, text) == set()


@pytest.mark.parametrize(
    ("source", "text", "rule"),
    [
        ("A1 超越 B1，甚至击败 C2", "A1 surpasses B1, but still loses to C2", "direction"),
        ("其性能与 DeepSeek V3 持平", "it is still trailing DeepSeek V3", "direction"),
        ("性能媲美 Kimi-K2", "its performance is well below that of Kimi-K2", "direction"),
        ("与 Veo 3 表现相当", "it clearly outperforms Veo 3", "direction"),
        ("LTX-2 超越了 Sora 2 Pro", "Sora 2 Pro surpasses LTX-2", "swap"),
        ("A1（视频）和 B2（音频）", "B2 (video) and A1 (audio)", "swap"),
    ],
)
def test_who_beats_whom_is_told_by_the_names(source: str, text: str, rule: str) -> None:
    assert (rule, "major") in look(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("LTX-2 优于 Ovi", "Ovi is outperformed by LTX-2"),
        ("A1（视频）和 B2（音频）", "B2 (audio) and A1 (video)"),
        ("LTX-2 优于 Ovi", "Ovi lags behind LTX-2"),
        ("LTX-2 大幅超越了 Ovi", "LTX-2 leaves Ovi far behind"),
        ("与 Veo 3 相当，优于 Ovi", "it outperforms Ovi and matches Veo 3"),
    ],
)
def test_the_same_rank_in_other_words_needs_no_look(source: str, text: str) -> None:
    assert look(source, text) == set()


@pytest.mark.parametrize(
    ("source", "text", "severity"),
    [
        ("集成37种攻击策略", "more than 37 attack strategies", "critical"),
        ("达到 80.8", "a score of under 80.8", "critical"),
        ("使用10台机器人", "uses at least ten robots", "critical"),
        ("接近 100% 成功率", "succeeds a full 100% of the time", "major"),
        ("仅提升 1.2 分", "gains no more than 1.2 points", "minor"),
        ("在 5 次运行上平均", "averaged over 5 runs", "minor"),
        ("效果优于增加 80 小时数据", "worth more than 80 hours of data", "minor"),
    ],
)
def test_a_limit_needs_one_in_the_source(source: str, text: str, severity: str) -> None:
    assert {found for rule, found in look(source, text) if rule == "bound"} == {severity}


def test_a_finding_says_where_and_what_instead() -> None:
    (found,) = check("第一行。\n包含 5.2 万个样本", "It has 5,200 samples.")
    assert (found.source_line, found.source_text, found.target_text) == (2, "5.2 万个", "5,200")
    assert found.source_span == (3, 9)
    assert found.target_span == (7, 12)
    assert found.suggestion == "52,000"


@pytest.mark.parametrize(
    ("source", "text", "suggestion"),
    [
        pytest.param("近30万个任务", "nearly 30,000 tasks", "nearly 300,000", id="scale"),
        pytest.param("达到 46.5", "reaches 45.6", "46.5", id="value"),
        pytest.param(
            "24.82 FPS，约 25 FPS", "at 24.82 FPS, i.e. 28.42 FPS", "24.82 FPS", id="slip"
        ),
        pytest.param("约 7 小时", "about 7 days", "about 7 hours", id="unit"),
        pytest.param("提升 12.6 个百分点", "12.6% better", "12.6 percentage points", id="points"),
        pytest.param("超过 36 小时", "less than 36 hours", "more than 36 hours", id="bound"),
        pytest.param("至少需要 2 张卡", "at most 2 cards", "at least 2", id="far-bound"),
        pytest.param("延迟降低了 5.8%", "latency rises by 5.8%", "falls", id="direction"),
        pytest.param("成功率提升至 42.9%", "success rises by 42.9%", "to 42.9%", id="to"),
        pytest.param("Foo 达到 61.5，Bar 达到 54.0", "Foo has 54.0, Bar 61.5", "54.0", id="swap"),
        pytest.param("日均 3 千次", "3K a week", "3,000 per day", id="period"),
        pytest.param("见 https://a.b/c 。", "see https://a.b/d.", "https://a.b/c", id="link"),
        pytest.param("优于 GPT-5.2", "better than GPT-5", "GPT-5.2", id="version"),
    ],
)
def test_a_finding_proposes_the_english_to_put_there(
    source: str, text: str, suggestion: str
) -> None:
    assert suggestion in [f.suggestion for f in check(source, text)]


def test_nothing_is_proposed_where_two_figures_could_be_meant() -> None:
    found = check("达到 46.5，而后为 47.5", "reaches 41.5, later 42.5")
    assert [f.suggestion for f in found] == [None, None]


def test_empty_texts_have_no_findings() -> None:
    assert check("", "", complete=True) == []


def test_a_typed_figure_is_linked_to_its_source_or_to_nothing() -> None:
    allowed = find_quantities("近30万个任务，提升 12.6 个百分点")
    linked = unsourced_figures("300K tasks, 12.6 points and 5 more", allowed)
    assert [(typed.text, q.text if q else None) for typed, q in linked] == [
        ("300K", "近30万个"),
        ("12.6 points", "12.6 个百分点"),
        ("5", None),
    ]
    assert unsourced_figures("no figures", allowed) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(
            "首 token 延迟由 340 毫秒降至 95 毫秒", "cut to 95 ms from 340", id="unit-once"
        ),
        pytest.param("超过八成的参与者", "over eight in ten participants", id="in-ten"),
        pytest.param("三分之二的测试者", "two out of three testers", id="out-of"),
        pytest.param("完整训练约 3 天半", "about three and a half days of training", id="half"),
        pytest.param("误码率为 10⁻⁵", "a bit error rate of 10⁻⁵", id="power"),
        pytest.param("消耗 1.8×10^22 FLOPs", "took 1.8 × 10^22 FLOPs", id="ten-to-the"),
        pytest.param("第三季度收集了 7 万篇", "70,000 were collected in Q3", id="quarter"),
        pytest.param("19 世纪以来的书信", "letters from the nineteenth century on", id="ordinal"),
        pytest.param("得分都不超过 20%", "none scores above 20%", id="negated"),
        pytest.param("运行在树莓派 5 上", "runs on a Raspberry Pi 5", id="chinese-name"),
        pytest.param("R@1(IoU=0.5) 提升 4.4%", "R@1(IoU=0.5) gains 4.4%", id="formula"),
        pytest.param("优于 Wan 2.2-14B", "better than Wan 2.2-14B", id="name"),
        pytest.param("优于 FLUX.1 的 8.1", "better than the 8.1 of FLUX.1", id="dotted"),
        pytest.param("算力提高一倍", "compute is doubled", id="doubled"),
        pytest.param("划分为 80%、10%、10%", "split 80/10/10", id="split"),
        pytest.param("相当于节省约 30% 的算力", "equivalent to about 30% less compute", id="by"),
        pytest.param("UniCorn 领先 BAGEL 3 分", "BAGEL trails UniCorn by 3 points", id="reversed"),
        pytest.param("从 2.31 降到 2.17", "2.17 instead of 2.31", id="instead"),
        pytest.param("成功率提升 20.6 个点", "up by as much as 20.6 points", id="by-up-to"),
        pytest.param("30B 为 4.23%，4B 为 9.86%", "4.23% at 30B and 9.86% at 4B", id="sizes"),
        pytest.param(
            "Veo 3 (12s) 和 Sora 2 (16s)",
            "Veo 3 after 12 seconds, Sora 2 after 16",
            id="unit-goes-on",
        ),
        pytest.param("提升了 13%", "a gain reaching 13%", id="reaching"),
        pytest.param(
            "由 12.4 秒缩短至 3.1 秒", "took 12.4 seconds, now takes 3.1", id="unit-once-more"
        ),
        pytest.param("仅为 GPT-3 的 1/25", "a twenty-fifth of GPT-3", id="twenty-fifth"),
        pytest.param("仅为 GPT-3 的 1/25", "25 times smaller than GPT-3", id="times-smaller"),
        pytest.param("没有一个模型超过 60%", "all models stay at or below 60%", id="none-over"),
        pytest.param(
            "与人工编写相比，自动生成的覆盖率高 12%",
            "those written by hand have 12% less coverage than generated ones",
            id="turned-sides",
        ),
        pytest.param("参数仅为教师的十分之一", "one-tenth the parameters", id="one-tenth"),
        pytest.param("数十名标注员", "several dozen annotators", id="several-dozen"),
        pytest.param("v1.2 版本", "Version 1.2", id="version"),
        pytest.param("无法训练", "training fails", id="fails"),
        pytest.param("无需训练", "training-free", id="free"),
        pytest.param("摆脱了对外部模型的依赖", "does not depend on external models", id="rid"),
        pytest.param("比此前少用 10 倍数据", "a tenth of the data of earlier methods", id="tenth"),
        pytest.param("低于零下 20 摄氏度", "below minus 20 degrees Celsius", id="minus"),
        pytest.param("错误率最高，为 27.5%", "the worst error rate, 27.5%", id="worst"),
        pytest.param(
            "在 12 种语言的 3 万条语音上",
            "of the 12 languages (30,000 utterances in all)",
            id="whole",
        ),
        pytest.param("6 成为中文，3 成为英文", "60% Chinese, 30% English", id="tenths"),
        pytest.param("最高相对提升可达 52%", "relative gains go up to 52%", id="gains-go"),
        pytest.param(
            "包含 30 万对、720p、81 帧的视频",
            "300K video pairs of 81 frames in 720p",
            id="kept-nouns",
        ),
        pytest.param("前 2,000 步内", "within the first 2,000 steps", id="first"),
        pytest.param("从数千秒降至 0.3 秒", "from several thousand seconds to 0.3 s", id="several"),
        pytest.param("两周内", "within a fortnight", id="fortnight"),
        pytest.param("成本为数千美元", "it costs thousands of dollars", id="dollars"),
        pytest.param("批大小为十二", "a batch size of 12", id="numeral"),
        pytest.param("仅损失 0.9 个点", "gives up just 0.9 points", id="gives-up"),
        pytest.param(
            "在叠衣服和倒咖啡任务上，成功率分别为 83% 和 64%",
            "it pours coffee with 64% success and folds clothes with 83%",
            id="in-order",
        ),
    ],
)
def test_free_translations_need_no_look(source: str, text: str) -> None:
    assert alarms(source, text, complete=True) == []


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(
            "噪声环境下为 14.2%，安静环境下为 4.8%", "4.8% in noise and 14.2% in quiet", id="words"
        ),
        pytest.param(
            "480p 上训练 60 万步，1080p 上微调 4 万步",
            "40K steps of training at 480p, then 600K of fine-tuning at 1080p",
            id="figures",
        ),
        pytest.param(
            "VideoDPO 和 PhyT2V 分别为 200% 和 29%",
            "29% for VideoDPO and 200% for PhyT2V",
            id="lists",
        ),
        pytest.param(
            "在叠衣服和倒咖啡任务上，成功率分别为 83% 和 64%",
            "success is 64% on folding clothes and 83% on pouring coffee",
            id="in-order",
        ),
        pytest.param(
            "在数据绑定和交互完整性上分别为 21.71% 和 11.68%",
            "11.68% on data binding and 21.71% on interaction completeness",
            id="words-side-by-side",
        ),
        pytest.param(
            "噪声训练将精度提高到 61%，而对照组为 39%",
            "39% with training on noise, 61% for the control",
            id="no-change",
        ),
        pytest.param("77 名专家中有 59 名认为可用", "77 of 59 experts find it usable", id="part"),
        pytest.param(
            "得分 0.76，优于 CosyVoice 的 0.71",
            "it scores 0.71, better than the 0.76 of CosyVoice",
            id="comparison",
        ),
        pytest.param(
            "每条包含 3.2 张图片和 480 个词", "each has 480 images and 3.2 words", id="counted"
        ),
        pytest.param("幻觉率为 6.2%，拒答率约 4%", "4% hallucinate, 6.2% refuse", id="few-words"),
        pytest.param(
            "在法语和德语上分别得 65 分和 61 分",
            "61 and 65 in French and German respectively",
            id="words-in-order",
        ),
        pytest.param(
            "人类专家平均用时 14 分钟，模型仅需 40 秒",
            "human experts take 40 seconds on average and the model only 14 minutes",
            id="units-of-time",
        ),
        pytest.param(
            "室外的误差由 2.6 米降到 0.7 米，室内由 0.9 米降到 0.3 米",
            "it falls from 2.6 m to 0.7 m indoors and from 0.9 m to 0.3 m outdoors",
            id="changes",
        ),
        pytest.param("该方法比 LoRA 高 2.3 分", "LoRA beats it by 2.3 points", id="subject"),
        pytest.param(
            "与人工编写相比，自动生成的覆盖率高 12%",
            "compared with automatically generated ones, manual ones cover 12% more",
            id="sides",
        ),
        pytest.param("DINOv3 比 DINOv2 高 2.9", "DINOv2 is 2.9 higher than DINOv3", id="names"),
        pytest.param(
            "任务分为 L1、L2 和 L3\n模型在 L2 和 L3 分别达到 12.90% 和 8.70%",
            "It reaches 8.70% on L2 and 12.90% on L3.",
            id="names-of-other-lines",
        ),
        pytest.param(
            "高峰期将平均等待时间缩短 31%，平峰期缩短 14%",
            "waiting time falls by 14% in peak hours and by 31% off-peak",
            id="by-how-much",
        ),
        pytest.param(
            "视频以每秒 2 帧采样，最多 768 帧，每帧压缩为 64 个视觉 token",
            "videos are sampled at 2 frames per second, at most 64 frames, each compressed to 768 visual tokens",
            id="what-is-counted",
        ),
    ],
)
def test_exchanged_figures_are_major(source: str, text: str) -> None:
    assert ("swap", "major") in look(source, text, complete=True)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("比基线少 42%", "42% more than the baseline"),
        ("由 184 秒缩短到 9 秒", "lengthened from 184 s to 9 s"),
        ("性能几乎不变，延迟增加 15 毫秒", "hardly any change, but latency falls by 15 ms"),
        ("其中女性占 57%", "57% of them are men"),
        ("模型反超基线 2.7 分", "the model trails the baseline by 2.7 points"),
        ("OCCM 达到 88.07，远超基线模型", "an OCCM of 88.07, far below the baselines"),
        ("超过了 Veo 3 (12s)", "shorter than Veo 3 (12 s)"),
        ("具有极强的正相关性", "a very strong negative correlation"),
        ("在 AIME 上提升了 13%", "a loss of 13% on AIME"),
        ("该方法比 LoRA 高 2.3 个百分点", "it is 2.3 points worse than LoRA"),
        ("表现出更强的抗干扰能力，下降 3%", "it resists worse, a drop of 3%"),
        ("每周至少使用一次的占 45%", "45% use it at most once a week"),
        ("其中最弱的模型仅为 2.3%", "the strongest reaches only 2.3%"),
        ("比此前方法少用 10 倍数据", "10 times more data than earlier methods"),
        ("每位医生每天节省 47 分钟", "doctors lose 47 minutes a day"),
        ("是目前最快的模型", "the slowest model at present"),
        ("排名前三的团队", "the bottom three teams"),
        ("吞吐量下降极低（<1%）", "throughput rises by less than 1%"),
        ("精度仅损失 0.4 个百分点", "accuracy rises by a mere 0.4 points"),
        ("在前 2,000 步内上升", "it rises in the last 2,000 steps"),
    ],
)
def test_a_direction_turned_around_is_major(source: str, text: str) -> None:
    assert ("direction", "major") in look(source, text)


@pytest.mark.parametrize(
    ("source", "text", "suggestion"),
    [
        ("超过了 Sora 2", "better than Sora", "Sora 2"),
        ("是 Objaverse 的 2.5 倍", "2.5 times ShapeNet", "Objaverse"),
        ("在 Jetson Thor 上运行", "runs on a Jetson Orin", "Jetson Thor"),
    ],
)
def test_a_translation_keeps_every_name(source: str, text: str, suggestion: str) -> None:
    named = [f for f in check(source, text, complete=True) if f.rule == "name"]
    assert suggestion in [f.suggestion for f in named]


def test_the_cases_are_caught_without_false_alarms() -> None:
    rates = measure()
    assert len(rates.alarms) <= 0.01 * rates.faithful, rates.alarms
    assert rates.rate("value", "scale", "unit", "version", "invent", "count") >= 0.995
    assert rates.rate("bound", "range", "factor", "fraction", "pp", "date", "drop") >= 0.99
    assert rates.rate("direction", "by_to", "swap") >= 0.9
    assert rates.right >= 0.9 * rates.sentences


def test_nothing_explains_a_figure_where_there_is_no_source() -> None:
    assert look("", "It uses CUDA 12.8.") == look("", "It has 12.8.") == {("invented", "critical")}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("每百万 token 收费 2 元。", "It costs 2 yuan per billion tokens."),
        ("错误率不到 3%，延迟 20 ms。", "An error rate below 3%, 20 ms of latency and zero loss."),
        ("得分最高，温度为 0.2。", "It scores highest at 0.2, with top-p set to 1."),
    ],
)
def test_what_speaks_of_something_else_explains_no_figure(source: str, text: str) -> None:
    assert "critical" in {severity for _, severity in look(source, text)}


@pytest.mark.no_cover
def test_sentences_of_no_report_hold_their_rates() -> None:
    rates = measure(*NEW_CASES)
    assert len(rates.alarms) <= 0.01 * rates.faithful, rates.alarms
    assert rates.rate(*VALUE_TYPES) >= 0.995
    assert rates.rate(*RELATION_TYPES) >= 0.92, rates.misses


@pytest.mark.no_cover
def test_faithful_renderings_of_no_report_pass() -> None:
    rates = measure(FAITHFUL)
    assert len(rates.alarms) <= 0.01 * rates.faithful, rates.alarms


@pytest.mark.no_cover
def test_all_cases_together_hold_their_rates() -> None:
    rates = measure(*ALL_CASES)
    assert len(rates.alarms) <= 0.005 * rates.faithful, rates.alarms
    for types in (VALUE_TYPES, VERBATIM_TYPES):
        assert rates.rate(*types) >= 0.995
    assert rates.rate("direction") >= 0.95
    assert rates.rate("by_to", "bound") >= 0.95
    assert rates.rate("swap") >= 0.85
    assert rates.rate("mixed") >= 0.95
    assert rates.right >= 0.9 * rates.sentences


def test_limits_and_by_and_to_are_found_where_they_are_hard_to_see() -> None:
    rates = measure(HARD_CASES)
    assert rates.rate("by_to") >= 0.9
    assert rates.rate("bound") >= 0.95


def test_few_of_the_freest_renderings_give_an_alarm() -> None:
    rates = measure(FREE_CASES)
    assert len(rates.alarms) <= 0.035 * rates.faithful, rates.alarms


@pytest.mark.no_cover
def test_the_printed_reference_answers_give_no_alarm() -> None:
    assert corruptions.alarms() == []


@pytest.mark.no_cover
def test_corrupted_reference_answers_are_seen() -> None:
    table = corruptions.measure()
    assert table.made.total() >= 2000
    assert table.rate(*corruptions.VALUE_TYPES) >= 0.98
    assert table.rate("unit", "version", "name", "invented", "percent or points") >= 0.98
    for kind in ("bound", "direction", "by or to", "swap"):
        assert table.rate(kind) >= 0.9, kind


FIGURES = ["3", "3.5", "GPT-5", "10⁻⁵", "half ", "一", "万", "亿", "%", "×", "/", ":", "~", "-"]
AROUND = ["从", "到", "提升", "第", "每", ", ", "and ", "of ", "to ", "more than ", " ", "\n"]
MARKS = ["（", "）", "**", "`", "$"]
FRAGMENTS = st.sampled_from(FIGURES + AROUND + MARKS)


@given(st.lists(FRAGMENTS, max_size=40), st.lists(FRAGMENTS, max_size=40), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_checked(source: list[str], text: list[str], complete: bool) -> None:
    for found in check("".join(source), "".join(text), complete=complete):
        assert found.severity in ("critical", "major", "minor")
        if found.target_span:
            assert "".join(text)[slice(*found.target_span)] == found.target_text


@pytest.mark.parametrize(
    "unit", ["1", "“", "（", "(", "$a$", "`", "**", "-", "\n", "ABC ", "从", "and ", "1/", "1:"]
)
def test_a_long_text_is_checked_in_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        forget()
        start = time.process_time()
        check(text, text, complete=True)
        return time.process_time() - start

    seconds(1_000)
    limit = 8 * seconds(10_000) + 0.2
    assert any(seconds(40_000) < limit for _ in range(3))  # other work may disturb one


def test_a_name_that_is_left_out_often_is_looked_for_once() -> None:
    def seconds(times: int) -> float:
        forget()
        start = time.process_time()
        check("GPT-5.2—近" * times, "_# ,\t" * times, complete=True)
        return time.process_time() - start

    seconds(100)
    limit = 8 * seconds(1_250) + 0.2
    assert any(seconds(5_000) < limit for _ in range(3))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "衰减系数取 $3 \\times 10^{-4}$，共 5 轮",
            "The decay is $3 \\times 10^{-4}$, over 5 rounds",
        ),
        (
            "在 MMLU 上，Phi-4、Yi-1.5 和所提方法分别达到 61.2、63.5 和 70.1。",
            "On MMLU, Phi-4, Yi-1.5 and the proposed method reach 61.2, 63.5 and 70.1, respectively.",
        ),
        ("召回率始终保持在 95% 以上", "Recall never drops to 95% or lower"),
        (
            "X-7B 得分 30.1，超过 Y-8B（28.2），但仍落后于 Z-9B（44.0）",
            "The 30.1 of X-7B beats Y-8B's 28.2, but Z-9B is still ahead with 44.0",
        ),
        ("带来 **3-4 倍** 的加速", "This gives a speed-up by a factor of **3–4**"),
    ],
)
def test_what_independent_translators_wrote_passes(source: str, text: str) -> None:
    assert alarms(source, text, complete=True) == []


@pytest.mark.parametrize(
    ("source", "right", "wrong", "rule"),
    [
        pytest.param(
            "Orca-7B 在 KernelBench 上的 Pass@1 为 41.7%，Pass@5 达到 63.9%。",
            "On KernelBench, Orca-7B scores 63.9% at Pass@5 and 41.7% at Pass@1.",
            "On KernelBench, Orca-7B reaches 63.9% Pass@1 and 41.7% Pass@5.",
            ("swap", "major"),
            id="names-with-an-at-sign",
        ),
        pytest.param(
            "用户评分接近或超过 4.5 分。",
            "User ratings are close to or above 4.5.",
            "User ratings are close to or below 4.5.",
            ("bound", "critical"),
            id="two-bounds",
        ),
        pytest.param(
            "用户评分接近或超过 4.5 分。",
            "Users rate it nearly 4.5 or better.",
            "User ratings stay just below 4.5.",
            ("bound", "critical"),
            id="two-bounds-in-other-words",
        ),
        pytest.param(
            "该方法推理较慢，且依赖昂贵的标注数据。",
            "There are two limitations: inference is slow, and costly annotations are needed.",
            "Five limitations remain: inference is slow, and costly annotations are needed.",
            ("invented", "critical"),
            id="told-one-after-the-other",
        ),
        pytest.param(
            "该方法推理较慢，且依赖昂贵的标注数据。",
            "It has two drawbacks: slow inference and costly annotations.",
            "On two datasets inference is slow.",
            ("invented", "critical"),
            id="not-what-was-told",
        ),
        pytest.param(
            "在 RoboSuite 上，成功率提升 18.4 个点。",
            "On RoboSuite the jump in the success rate is as large as 18.4 points.",
            "On RoboSuite the success rate jumps to 18.4 points.",
            ("by_to", "major"),
            id="as-large-as",
        ),
        pytest.param(
            "数据覆盖 41 个国家。",
            "The data cover 41 countries.",
            "The data cover 41 cities.",
            ("unit", "critical"),
            id="countries",
        ),
        pytest.param(
            "在 12 家医院测试。",
            "It was tested in 12 hospitals.",
            "It was tested in 12 schools.",
            ("unit", "critical"),
            id="hospitals",
        ),
        pytest.param(
            "筛选后最终保留 3.1 万条。",
            "In the end 31,000 are kept.",
            "In the end 31,000 are thrown out.",
            ("direction", "major"),
            id="kept",
        ),
        pytest.param(
            "模型预测用户下一次点击的商品。",
            "The model predicts which item the user clicks next.",
            "The model predicts which item the user clicked just before.",
            ("direction", "major"),
            id="next",
        ),
        pytest.param(
            "新方案的吞吐量是旧方案的 3.4 倍。",
            "The new scheme's throughput is 3.4 times that of the old one.",
            "The new scheme's throughput is 3.4 times lower than that of the old one.",
            ("direction", "major"),
            id="times-lower",
        ),
        pytest.param(
            "上下文从 8K 扩展到 64K 时，准确率几乎无衰减。",
            "Accuracy hardly declines as the context grows from 8K to 64K.",
            "Accuracy declines sharply as the context grows from 8K to 64K.",
            ("direction", "major"),
            id="hardly",
        ),
        pytest.param(
            "提示越长，越容易忽略系统指令。",
            "The longer the prompt, the more readily system instructions are ignored.",
            "The longer the prompt, the less likely system instructions are to be ignored.",
            ("direction", "major"),
            id="more-readily",
        ),
        pytest.param(
            "模型规模从 2B 至 14B。",
            "The models have between two and 14 billion parameters.",
            "The models have two to fourteen million parameters.",
            ("scale", "critical"),
            id="a-scale-told-once",
        ),
        pytest.param(
            "模型规模从 2B 至 14B。",
            "The models have two to fourteen billion parameters.",
            "The models have three to fourteen billion parameters.",
            ("value", "critical"),
            id="a-scale-in-words",
        ),
        pytest.param(
            "数据集第四版已经发布。",
            "v4 of the dataset is out.",
            "v5 of the dataset is out.",
            ("name", "critical"),
            id="an-edition-as-a-version",
        ),
    ],
)
def test_what_is_right_passes_and_what_is_wrong_is_seen(
    source: str, right: str, wrong: str, rule: tuple[str, str]
) -> None:
    assert alarms(source, right) == []
    assert rule in look(source, wrong)


def test_a_name_of_thousands_of_words_is_read_in_no_time() -> None:
    source, text = "(两/" + ".com" * 3000, "top-" * 3000
    start = time.process_time()
    check(source, text, complete=True)
    check(text, source, complete=True)
    assert time.process_time() - start < 10


def test_a_word_of_direction_within_a_name_says_nothing() -> None:
    source = (
        "提出了一种无需训练的推理技术。通过在 KV 缓存中分配更大比例的“锚点”Token（永久存储早期高保真帧特征），"
        "而非仅仅保留最近的滑动窗口，成功在数分钟的生成过程中保持说话人面部特征不畸变。"
    )
    text = "Its Anchor-Heavy Identity Sinks (AHIS) keep the speaker's facial features free of distortion."
    assert check(source, text) == []


def test_short_is_an_attribute_not_a_direction() -> None:
    source = "利用音频信号作为时间定位锚点，有效降低了计算开销并提高了定位准确性。"
    assert check(source, "its accuracy on short videos, ahead of others") == []


@pytest.mark.parametrize("lines", [120, 300, 1000])
def test_a_claim_is_checked_against_figures_anywhere_in_a_long_source(lines: int) -> None:
    source = "\n".join(f"指标{chr(0x4E00 + n)}为 {n}.5%。" for n in range(lines))
    text = f"The last indicator is at {lines - 1}.5%, the first at 0.5%."
    assert [found for found in check(source, text) if found.severity != "minor"] == []
    assert check(source, text.replace("0.5%", f"{lines}.5%"))[0].severity == "critical"
