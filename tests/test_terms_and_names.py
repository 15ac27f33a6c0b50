"""Terms and names that became others: sciences, levels, editions of a benchmark, makes of a model."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from digestlib import check

WRONG = [
    (
        "实验覆盖数学、地质学与语言学三个学科",
        "Experiments cover mathematics, biology and linguistics.",
    ),
    ("该数据集提供段落级标注", "The dataset comes with document-level annotation."),
    ("复杂度随序列长度呈线性增长", "Complexity grows logarithmically with sequence length."),
    ("模型在肺音数据上进行评估", "The model is evaluated on heart sounds."),
    ("由验证器给出反馈", "A planner gives the feedback."),
    ("与清华大学合作完成", "The work was done with Peking University."),
    ("在四足机器人上部署", "It is deployed on a humanoid robot."),
    ("采用批归一化", "It uses layer normalization."),
    ("在 GPQA 上取得最佳成绩", "It scores best on GPQA-Diamond."),
    ("在 SWE-Bench-Multilingual 上评测", "It is evaluated on SWE-Bench-Verified."),
    ("优于 Gemini 2.5 Pro 与 Claude", "It outperforms Gemini 2.5 and Claude."),
    ("与 Google Veo 相比更快", "It is faster than Kling."),
    ("在 Amazon Reviews 数据集上训练", "It was trained on Yelp Reviews."),
    ("共使用 15T token 的网页数据", "It uses 15 trillion web documents in all."),
    ("包含 6 维控制向量", "It has a 6-bit control vector."),
    ("提供 42 个任务模板", "Up to forty-two task templates are provided."),
    ("准确率为 71.46%", "Accuracy is just short of 71.46%."),
    ("首个面向法律与金融的模型", "It is the third model for law and finance."),
]
FAITHFUL = [
    ("实验覆盖数学、地质学与语言学三个学科", "Experiments cover three fields: math, geology and linguistics."),
    ("该数据集提供段落级标注", "Each paragraph of the dataset is annotated."),
    ("复杂度随序列长度呈线性增长", "Complexity grows in a linear fashion with sequence length."),
    ("模型在肺音数据上进行评估", "The model is evaluated on recordings of lungs."),
    ("由验证器给出反馈", "Feedback comes from a verification model."),
    ("与清华大学合作完成", "The work was done with Tsinghua."),
    ("可解释性更强", "A novel design is easier to interpret."),
    ("在英伟达与华为芯片上训练千问", "Qwen is trained on NVIDIA and Huawei chips."),
    ("与可灵和混元视频相比", "Compared with Kling and Hunyuan Video"),
    ("在 GPQA-Diamond 上取得最佳成绩", "It scores best on GPQA Diamond."),
    ("在 SWE-Bench-Verified 上评测", "It is evaluated on SWE-Bench Verified."),
    ("优于 Gemini 2.5 Pro；Gemini 2.5 仍有差距", "Gemini 2.5 still lags behind."),
    ("优于 Gemini 2.5 Pro 与 Claude", "It beats Claude and Gemini-2.5-Pro."),
    ("共使用 15T token 的网页数据", "It uses web documents of 15T tokens in all."),
    ("上下文长度可达 32K token", "Context reaches up to 32K in length."),
    ("最多提供 42 个任务模板", "Up to 42 task templates are provided."),
    ("首个面向法律与金融的模型，第三个问题", "It is the first model for law and finance; the third issue"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "text"), WRONG)
def test_another_term_or_name_is_found(source: str, text: str) -> None:
    assert any(found.severity != "minor" for found in check(source, text))


@pytest.mark.parametrize(("source", "text"), FAITHFUL)
def test_the_same_term_or_name_in_other_words_is_not(source: str, text: str) -> None:
    assert [found.message for found in check(source, text) if found.severity != "minor"] == []


def test_no_chinese_term_has_two_meanings() -> None:
    file = resources.files("digestlib.fidelity").joinpath("exclusive.txt")
    lines = re.findall(r"^([^#\n]+) = ", file.read_text(encoding="utf-8"), re.MULTILINE)
    words = [word for line in lines for word in line.split("|")]
    assert len(words) == len(set(words)) > 200
