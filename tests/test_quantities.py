import json
import time
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from digestlib.fidelity import check
from digestlib.models import Block, PaperReport, Quantity, Section, Sections
from digestlib.quantities import find_quantities, quantities_of
from digestlib.quantities.chinese import find
from digestlib.quantities.chinese_qualifiers import _BEFORE, _FRONT_ENDS
from digestlib.quantities.numerals import chinese_number, ordinal, scaled
from digestlib.quantities.units import CHINESE, ENGLISH, UNITS, comparable, convert

parse = import_module("re._parser").parse


def _cases(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "data" / name
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


EXPRESSIONS = _cases("expressions.jsonl")
SENTENCES = _cases("chinese_cases.jsonl")


@pytest.mark.parametrize("case", EXPRESSIONS, ids=lambda case: f"{case['span']}-{case['kind']}")
def test_an_expression_is_found_with_its_value_and_a_name_is_not(case: dict[str, Any]) -> None:
    start = case["context"].index(case["span"])
    end = start + len(case["span"])
    found = [q for q in find(case["context"]) if q.start < end and q.end > start]
    if case["value"] is None:
        assert found == []
        return
    assert len(found) == 1
    assert found[0].value == _expected(case["value"])
    assert found[0].text == case["context"][found[0].start : found[0].end]


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["sentence"])
def test_a_sentence_gives_its_figures_and_no_others(case: dict[str, Any]) -> None:
    found = find(case["sentence"])
    assert [q.text for q in found] == [figure["text"] for figure in case["figures"]]
    for quantity, figure in zip(found, case["figures"], strict=True):
        assert quantity.value == _written(figure["value"])
        assert (quantity.kind, quantity.english) == (figure["kind"], figure["english"])
        assert (quantity.bound or "", quantity.unit, quantity.noun) == tuple(
            figure.get(key, "") for key in ("bound", "unit", "noun")
        )


def _written(value: str | list[str] | None) -> Any:
    if value is None or isinstance(value, str):
        return None if value is None else Decimal(value)
    return tuple(Decimal(number) for number in value)


def _expected(value: Any) -> Any:
    if isinstance(value, list):
        return (
            None if isinstance(value[0], str) else tuple(Decimal(str(number)) for number in value)
        )
    return Decimal(str(value))


def english(line: str) -> list[str]:
    return [quantity.english for quantity in find(line)]


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        pytest.param("包含近30万个真实网页任务", ["nearly 300,000"], id="scaled count"),
        pytest.param("1.47 亿、5.2 万、132 万帧", ["147 million", "52,000", "1.32 million"], id="万 亿"),
        pytest.param("数据集包含 3-5 万条样本", ["30,000–50,000"], id="万 scales both ends"),
        pytest.param("100-200 万，5000万至1亿", ["1–2 million", "50–100 million"], id="long ranges"),
        pytest.param("针对 5k-20k，<32k，120K+ 样本", ["5K–20K", "less than 32K", "more than 120K"], id="suffixes"),
        pytest.param("首帧延迟从约 83秒降低至 **0.33秒**", ["about 83 s", "0.33 s"], id="seconds"),
        pytest.param("少于 10 分钟，1-2分钟，7 小时，1 小时", ["less than 10 minutes", "1–2 minutes", "7 hours", "1 hour"], id="words with a plural"),
        pytest.param("11.19 GB，误差在 **10km** 以内，200ms", ["11.19 GB", "within 10 km", "200 ms"], id="symbols"),
        pytest.param("绝对提升 **25.1** 个百分点", ["25.1 percentage points"], id="Markdown inside"),
        pytest.param("（提升近 10 分），得分 73.8 分", ["nearly 10 points", "73.8"], id="gain or score"),
        pytest.param("从 80 分提升到 90 分", ["80", "90"], id="a score that is reached"),
        pytest.param("**1.59× 至 1.95×**，4-5 倍，的两倍以上", ["1.59–1.95×", "4–5×", "at least 2×"], id="multipliers"),
        pytest.param("翻两番，翻一番，速度提升一倍", ["4×", "2×", "2×"], id="doubling"),
        pytest.param("降低了超过 **3个数量级**", ["more than 3 orders of magnitude"], id="orders"),
        pytest.param("千亿参数，百万级数据，数万亿Token", ["hundred-billion", "million-scale", "trillions"], id="magnitudes"),
        pytest.param("近千亿参数，上千个任务，过万条", ["nearly 100 billion", "at least 1,000", "more than 10,000"], id="round numbers behind a qualifier"),
        pytest.param("从数千秒到几分钟，亚秒级，数十万", ["thousands of seconds", "a few minutes", "sub-second", "hundreds of thousands"], id="vague"),
        pytest.param("三分之一，一半以上，近三成，百分之三十，３０％", ["one third", "at least half", "nearly 30%", "30%", "30%"], id="shares"),
        pytest.param("（平均分接近或超过 4/5 分），1/4 的步数", ["close to or above 4/5", "1/4"], id="out of and fraction"),
        pytest.param("（5:1 比例，8:1:1，832×480，512x512）", ["5:1", "8:1:1", "832×480", "512×512"], id="ratios and sizes"),
        pytest.param("三个维度、六大领域、十一个任务、一万两千条规则", ["three", "six", "11", "12,000"], id="numerals"),
        pytest.param("三四个小时，十余种，两个半小时", ["3–4 hours", "more than ten", "2.5 hours"], id="approximate numerals"),
        pytest.param("2025 年 5 月至 8 月，2024年1月1日", ["May–August 2025", "1 January 2024"], id="dates"),
        pytest.param("前 50% 的样本，前三名，前 3 帧", ["top 50%", "top three", "first 3"], id="前"),
        pytest.param("大幅超越第二名方法，第一阶段，第 11 层", ["second", "first", "11th"], id="ordinals"),
        pytest.param("16x A800，8×A100 80GB，2.5× 加速", ["16", "8", "80 GB", "2.5×"], id="devices or factors"),
        pytest.param("p<0.05，≥ 90%，~5%，±0.3，-0.5", ["< 0.05", "at least 90%", "about 5%", "±0.3", "-0.5"], id="symbols as qualifiers"),
        pytest.param("高达约 3 倍，约 10 秒以内，至少 3 小时以上", ["up to about 3×", "within about 10 s", "at least 3 hours"], id="two qualifiers"),
        pytest.param("成功率至少提升 **5.0** 个点，最高提升 30%", ["at least 5.0 points", "up to 30%"], id="a verb between"),
        pytest.param("4B/30B，24GB/48GB", ["4B", "30B", "24 GB", "48 GB"], id="slashes"),
        pytest.param("一两个，两三步，百余种", ["1–2", "2–3", "more than 100"], id="one or two"),
        pytest.param("n=4096，2024-2025，1,356", ["4096", "2024–2025", "1,356"], id="as written"),
        pytest.param("约 3、5 和 7 个视角", ["about 3", "5", "7"], id="a qualifier belongs to the first of a list"),
        pytest.param("误差 3×10^-4，学习率 1e-5", ["3×10^-4", "1e-5"], id="powers"),
        pytest.param(r"约 $2.5\times$ 加速", ["about 2.5×"], id="a bare figure in LaTeX"),
    ],
)  # fmt: skip
def test_a_figure_is_printed_in_english(line: str, printed: list[str]) -> None:
    assert english(line) == printed


@pytest.mark.parametrize(
    "line",
    [
        "统一的一种方法，一个模型，进一步，唯一，一致性，十分重要，千变万化，万能，百分比，单一，双向",
        "（包括第三人称视角）三维重建、三元组、二分类、两者、半透明、几何、第三方、首次",
        "GPT-5.2、Qwen2.5-VL-7B、DeepSeek-V3.2、o4-mini、x86、Q16.16、f32、t-SNE、REDS4",
        "AIME 2025、RTX 4090、ICBHI 2017、NYU Depth V2、Wan 2.2、Gemini 3 Pro、Claude Haiku 4.5，",
        "Llama 3.1 8B、Wan 2.2-14B、SigLIP 2 的视觉编码器、(Robotwin 2.0 Benchmark)、Mip-NeRF 360",
        "R@1(IoU=0.5) 指标、Recall@10、pass@1、L1/L2、3D/4D、FP8、Top-1、Action100M、GSM8K、3DGS",
        "文心 4.5、混元 2.0、丹青-2 数据集、版本 2.0、2.0 版本",
        "复杂度 $O(n^2)$、`--lr 3e-5`、https://arxiv.org/abs/2512.23576v2、2512.12345、$R^2$",
        "1. 文本；2. 图像；3. 首帧",
        "关键改进：(1) **精选**；（2）**收敛**；③ 策略",
        "    2.  **行为发现**：复现表 4 的结果，见图 3 与第 2 节",
        "阶段一：训练；步骤 2；实验 3 表明",
        "RTX 3090/4090、C++17，见 5.1 节",
    ],
)
def test_names_idioms_and_markers_are_not_figures(line: str) -> None:
    assert english(line) == []


@pytest.mark.parametrize(
    ("line", "text", "noun"),
    [
        ("共 132 万帧", "132 万", "帧"),
        ("包含近30万个真实网页任务", "近30万个", ""),
        ("**25.1** 个百分点", "25.1** 个百分点", ""),
        ("提升至 **42.9%**。", "42.9%", ""),
        ("在 **Replica (6-views)** 上", "6", "views"),
        ("0.328秒/帧", "0.328秒", "/帧"),
        ("（32位有符号整数）", "32", "位"),
        ("3.6 token", "3.6", "token"),
    ],
)
def test_the_span_takes_the_classifier_and_leaves_the_noun(line: str, text: str, noun: str) -> None:
    (quantity,) = find(line)
    assert (quantity.text, quantity.noun) == (text, noun)
    assert line[quantity.start : quantity.end] == text


@pytest.mark.parametrize(
    "line",
    ["准确率从 30% 到 90%", "从 50 小时到 4 分钟", "由 12.6 到 11.9", "30分钟~1小时", "0.52→0.67"],
)
def test_a_change_from_one_value_to_another_is_not_a_range(line: str) -> None:
    assert len(find(line)) == 2


@pytest.mark.parametrize(
    ("line", "bound"),
    [
        ("节约 30%", None),
        ("最近 3 个月", None),
        ("近 5 年来", None),
        ("低于4B的9.86%", None),
        ("延迟低于 **1毫秒**", "under"),
        ("不超过 10%", "at_most"),
        ("2B 参数以下", "under"),
        ("1,000 多款游戏", "over"),
        ("接近 100%", "nearly"),
    ],
)
def test_only_a_qualifier_of_the_figure_is_its_bound(line: str, bound: str | None) -> None:
    assert find(line)[0].bound == bound


def test_every_word_that_qualifies_a_figure_ends_in_a_character_that_is_looked_for() -> None:
    """The pattern of all of them is tried only behind such a character."""
    words = {word for qualifier in _BEFORE for word in _words(parse(qualifier.chinese))}
    assert {"不超过", "高达", "约为", "最高可达", "<"} < words
    assert {word[-1] for word in words} == _FRONT_ENDS


def _words(parsed: Any) -> set[str]:
    """Every word that a parsed pattern without repetitions matches."""
    words = {""}
    for operation, value in parsed:
        match str(operation):
            case "LITERAL":
                ends = {chr(value)}
            case "IN":
                ends = {chr(char) for _, char in value}
            case "BRANCH":
                ends = {word for branch in value[1] for word in _words(branch)}
            case "SUBPATTERN":
                ends = _words(value[-1])
            case "MAX_REPEAT":
                ends = {""} | _words(value[-1])
            case _:
                ends = {""}
        words = {word + end for word in words for end in ends}
    return words


def test_the_bare_form_has_no_qualifier() -> None:
    (quantity,) = find("缩短至 10 分钟以内")
    assert (quantity.english, quantity.bare) == ("within 10 minutes", "10 minutes")


def test_ids_lines_and_offsets_hold_for_the_whole_text() -> None:
    text = "提升 **20%**\r\n\n约 83秒，14B\n"
    found = find_quantities(text)
    assert [(q.id, q.line, text[q.start : q.end]) for q in found] == [
        ("q1", 1, "20%"),
        ("q2", 3, "约 83秒"),
        ("q3", 3, "14B"),
    ]


def test_a_line_without_chinese_is_read_as_english() -> None:
    (quantity,) = find_quantities("It reaches 42.9%.")
    assert (quantity.value, quantity.kind) == (Decimal("42.9"), "percent")


def test_a_report_gives_the_figures_of_its_five_parts_only() -> None:
    texts = ("## 📄 Nine 9%", "# 标题 12 个", "### 5. 实验效果", "提升 **20%**，约 83秒")
    report = PaperReport(
        id="2512.00001",
        title="Nine",
        url=None,
        source_kind="html",
        date=None,
        path="day.md",
        first_line=11,
        last_line=14,
        blocks=(
            Block(kind="head", text=f"{texts[0]}\n{texts[1]}\n", first_line=11, last_line=12),
            Block(kind="results", text=f"{texts[2]}\n{texts[3]}", first_line=13, last_line=14),
        ),
        sections=Sections(results=Section(text=texts[3], first_line=14, last_line=14)),
    )
    found = quantities_of(report)
    assert [(q.id, q.line, report.line(q.line)[q.start : q.end]) for q in found] == [
        ("q1", 14, "20%"),
        ("q2", 14, "约 83秒"),
    ]


def test_figures_of_a_line_are_in_order_and_do_not_overlap() -> None:
    reports = Path(__file__).parent.parent / "examples" / "reports"
    for path in sorted(reports.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            _check_order(line, find(line))


def _check_order(line: str, found: list[Quantity]) -> None:
    ends = [0, *(quantity.end for quantity in found)]
    for quantity, free in zip(found, ends, strict=False):
        assert free <= quantity.start < quantity.end
        assert line[quantity.start : quantity.end] == quantity.text
        assert quantity.bare in quantity.english


@pytest.mark.parametrize(
    "piece",
    [
        "1,",
        "1-",
        "a-",
        "约",
        "一二",
        "*1",
        "$1 ",
        "A1 ",
        "百",
        "(1 ",
        "9",
        "1：",
        "1、",
        "第1、",
        "1±",
        "约a的",
        "7B/",
        "H×",
        "O((",
    ],
)
def test_reading_time_grows_with_the_length_only(piece: str) -> None:
    began = perf_counter()
    find(piece * 5_000)
    assert perf_counter() - began < 5


def test_digits_split_over_lines_are_two_figures() -> None:
    assert [q.text for q in find_quantities("共 12\n34 个")] == ["12", "34 个"]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三千五百", 3500), ("一万两千", 12000), ("十二", 12), ("一百零五", 105), ("两亿", 2 * 10**8)],
)
def test_chinese_numerals_are_read(numeral: str, value: int) -> None:
    assert chinese_number(numeral) == value


def test_neighbouring_digits_are_no_numeral() -> None:
    assert chinese_number("三四") is None


def test_numbers_are_printed_as_english_writes_them() -> None:
    assert [scaled(Decimal(52000)), scaled(Decimal(1320000))] == ["52,000", "1.32 million"]
    assert [ordinal(2), ordinal(11), ordinal(22)] == ["second", "11th", "22nd"]


def test_units_convert_within_their_kind_only() -> None:
    assert convert(Decimal("1.5"), "h") == 5400
    assert comparable("s", "min")
    assert not comparable("GB", "s")
    assert not comparable("", "s")
    assert UNITS["h"].print("1") == "1 hour"


def test_both_languages_know_every_unit() -> None:
    assert {unit.symbol for unit in CHINESE.values()} == set(UNITS)
    assert {unit.symbol for unit in ENGLISH.values()} == set(UNITS)


@pytest.mark.parametrize(
    "form", ["第{}名", "{}分之{}", "{}%", "{}世纪", "$2 \\times 10^{}$", "v{}"]
)
def test_a_number_of_thousands_of_digits_is_no_crash(form: str) -> None:
    """`int` and `str` refuse to convert between more than 4,300 digits."""
    line = form.replace("{}", "7" * 12_000)
    assert all(len(q.english) < 30_000 for q in find_quantities(line))
    check("准确率 12%", f"12%, raised to the 10^{'7' * 12_000} and the {'7' * 12_000}th")


def test_a_list_of_thousands_of_numerals_is_read_and_no_crash() -> None:
    start = time.process_time()
    find_quantities("三、四、五、" * 2000)
    find_quantities("三、四、五、" * 2000 + "六个")
    assert time.process_time() - start < 10
    assert [q.text for q in find_quantities("分为三、四、五个阶段")][-1].startswith("五")


def test_ones_that_begin_no_range_are_read_one_after_the_other() -> None:
    assert find_quantities("一到" * 3000) == []
    assert len(find_quantities("一到两" * 3000 + "个")) == 1
