"""Words turned into their opposites, without a figure's help: the right word needs no look."""

from __future__ import annotations

import pytest

from digestlib.fidelity import check

TURNED = [
    (
        "防火墙拦截了 97% 的恶意请求。",
        ["The firewall blocked 97% of malicious requests."],
        ["97% of malicious requests got past the firewall."],
    ),
    (
        "评审认为论文写得过于简短。",
        ["Reviewers found the paper too brief.", "It is too concise, reviewers feel."],
        ["Reviewers found the paper too long-winded."],
    ),
    (
        "最简单的一档题目准确率为 91%。",
        ["On the simplest questions, accuracy is 91%."],
        ["Accuracy is 91% on the hardest tier of questions."],
    ),
    (
        "公司计划明年招聘 300 名工程师。",
        ["The company intends to recruit 300 engineers in the coming year."],
        [
            "The company plans to lay off 300 engineers next year.",
            "The company plans to hire 300 engineers this year.",
        ],
    ),
    (
        "监管机构放宽了对数据出境的限制。",
        ["Regulators have eased the rules on cross-border data."],
        ["The regulator tightened restrictions on sending data abroad."],
    ),
    (
        "长上下文请求另加收五成。",
        ["Long-context requests cost 50% more.", "There is a 50% surcharge on long context."],
        ["There is a 50% discount on long-context requests."],
    ),
]
DENIED = [
    (
        "该公司未公布具体的参数量。",
        [
            "The company did not publish the parameter count.",
            "The exact parameter count remains undisclosed.",
            "The company has yet to reveal the number of parameters.",
        ],
        ["The company published the exact parameter count."],
    ),
    (
        "训练过程并不稳定，需要多次重启。",
        ["Training was unstable, requiring several restarts."],
        ["Training was stable but needed several restarts."],
    ),
    (
        "该协议不再支持 HTTP/1.1。",
        [
            "The protocol no longer supports HTTP/1.1.",
            "Support for HTTP/1.1 has been dropped from the protocol.",
        ],
        ["The protocol now supports HTTP/1.1."],
    ),
    (
        "该数据集未经人工审核，错误率约 4%。",
        ["No human has reviewed the dataset, in which about 4% are errors."],
        ["The dataset was reviewed by hand; its error rate is about 4%."],
    ),
    (
        "作者没有提及训练成本。",
        ["The authors are silent on what training cost."],
        ["The authors mention the training cost."],
    ),
]


def alarms(source: str, text: str) -> list[str]:
    return sorted({f.rule for f in check(source, text, complete=True) if f.severity != "minor"})


@pytest.mark.parametrize(("source", "faithful", "wrong"), TURNED + DENIED)
def test_an_opposite_is_found_and_no_other_wording(
    source: str, faithful: list[str], wrong: list[str]
) -> None:
    assert {text: alarms(source, text) for text in faithful} == {text: [] for text in faithful}
    assert {text: alarms(source, text) for text in wrong} == {text: ["direction"] for text in wrong}


def test_what_the_source_says_of_both_is_nobodys_opposite() -> None:
    source = "拒绝率下降，接受率上升：审稿人接受了 40% 的稿件，拒绝了其余的。"
    assert not alarms(
        source,
        "Rejections fell and acceptances rose: 40% of papers were accepted, the rest refused.",
    )


LIMITS = [
    (
        "9 月 15 日起开放报名，10 月底前完成评审。",
        [
            "Registration opens on September 15, and reviews are finished by the end of October.",
            "Registration is open from September 15; by the end of October the reviews are complete.",
        ],
        ["Registration is open until September 15; reviews are finished by the end of October."],
    ),
    (
        "8 月 7 日起，旧版不再接受新请求。",
        [
            "From August 7, the old version takes no new requests.",
            "The old version accepts new requests only until August 7.",
        ],
        [],
    ),
]


@pytest.mark.parametrize(("source", "faithful", "wrong"), LIMITS[:1])
def test_from_a_day_on_is_not_up_to_it(source: str, faithful: list[str], wrong: list[str]) -> None:
    assert [alarms(source, text) for text in faithful] == [[] for _ in faithful]
    assert [alarms(source, text) for text in wrong] == [["date"] for _ in wrong]


def test_what_stops_on_a_day_goes_on_until_it() -> None:
    source, faithful, _ = LIMITS[1]
    assert [alarms(source, text) for text in faithful] == [[] for _ in faithful]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("second", "third"), ("in second place", "in third place"), ("runner-up", "third")],
)
def test_a_rank_in_words_is_no_other_rank(right: str, wrong: str) -> None:
    source = "十项任务中它七项第一，其余三项位列第二。"
    text = "Of ten tasks it is first in seven and comes {} in the other three."
    assert alarms(source, text.format(right)) == []
    assert alarms(source, text.format(wrong)) == ["ordinal"]
