"""Renderings by the thousand: what says the same passes, what says something else does not."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestlib.fidelity import check
from digestlib.quantities import find_quantities
from tests.fidelity_table import ALL_CASES, alarming

SAME = [
    ("3-5 万条样本", ["30,000 to 50,000 samples", "30K–50K samples", "between 30K and 50K samples"]),
    ("数十万张图像", ["hundreds of thousands of images"]),
    ("百万级数据集", ["a million-scale dataset"]),
    ("3.5千亿参数", ["350 billion parameters", "350B parameters", "0.35 trillion parameters"]),
    ("速度是原来的两倍", ["twice as fast", "2× the speed", "double the speed", "two times the speed"]),
    ("训练量减少一半", ["half the training", "training is halved", "50% less training"]),
    ("吞吐翻两番", ["throughput quadrupled", "4x the throughput", "a fourfold throughput"]),
    ("处于前 50%", ["in the top 50%", "among the top half"]),
    ("R@1(IoU=0.5) 为 4.4%", ["R@1(IoU=0.5) is 4.4%", "4.4% in R@1 (IoU=0.5)"]),
    ("使用 8×A100 训练", ["trained on 8×A100", "trained on eight A100 GPUs", "trained on 8 A100s"]),
    ("共 ３０，０００ 个任务", ["30,000 tasks", "30K tasks"]),
    ("提升 **25.1** 个百分点", ["25.1 percentage points better", "a gain of 25.1 points"]),
    ("30 万个任务", ["300,000 tasks", "300K tasks", "0.3 million tasks", "three hundred thousand tasks"]),
    ("5.2 万样本训练集", ["a 52K-sample training set", "a training set of 52,000 samples"]),
    ("三分之一的样本", ["one third of the samples", "1/3 of the samples", "a third of the samples"]),
    ("90亿参数", ["9B parameters", "nine billion parameters", "9 billion parameters"]),
    ("1-2 分钟", ["1–2 minutes", "one to two minutes", "1 to 2 min"]),
    ("加速 4-5 倍", ["4–5x faster", "four- to five-fold faster", "4 to 5 times faster"]),
    ("耗时 90 分钟", ["90 minutes", "an hour and a half", "1.5 hours"]),
    ("降低三个数量级", ["three orders of magnitude lower", "1,000 times lower"]),
    ("学习率 2×10^-5", ["a learning rate of 2e-5", "a learning rate of 2 × 10⁻⁵"]),
    ("成千上万名用户", ["thousands of users", "tens of thousands of users"]),
    ("缩小到 1/20", ["cut to one twentieth", "cut to 1/20", "cut to 5%"]),
    ("通过 215/244", ["215 of 244 pass", "215/244 pass"]),
    ("每千次请求 4 元", ["4 yuan per thousand requests", "a thousand requests cost 4 yuan"]),
    ("2024 Q3 收入", ["revenue in Q3 2024", "revenue in the third quarter of 2024"]),
    ("发现 132 个零日漏洞", ["132 zero-days found", "132 zero-day vulnerabilities found"]),
    ("亚军得 0.786 分", ["second place scores 0.786"]),
    ("能耗仅为原方案的七分之一", ["One-seventh the energy of the old design", "a seventh the energy", "7x less energy than before"]),
    ("90% 的步骤自动完成，10% 交给人工", ["nine tenths of the steps are automatic, one tenth is left to people", "Nine-tenths of the steps run alone and a tenth goes to people"]),
    ("词表缩小到 1/16", ["a vocabulary one-sixteenth the size", "a 16x smaller vocabulary", "the vocabulary is cut to a sixteenth"]),
    ("缓存压缩到原来的 1/12", ["a 12-fold compression of the cache", "the cache shrinks 12x", "the cache is reduced by a factor of 12", "a twelfth of the cache"]),
    ("体积缩小 9 倍", ["one-ninth the size", "9x smaller", "it shrinks ninefold"]),
    ("邀请数十位教师", ["several dozen teachers took part", "scores of teachers took part", "dozens of teachers", "a few dozen teachers"]),
    ("训练集、验证集和测试集的比例为 8:1:1", ["an 80/10/10 split into training, validation and test", "split 80-10-10", "eighty percent for training, and ten percent each for validation and test"]),
    ("训练集和测试集按 80% 和 20% 划分", ["an 80/20 split", "an 80-20 train-test split"]),
    ("融资 1.2 亿美元，估值 30 亿美元", ["$120m raised at a $3bn valuation", "$120mn at a $3bn valuation"]),
    ("用户超过 500 万", ["more than 5m users", "over 5mn users"]),
    ("只需1-2分钟", ["only a minute or two", "just one or two minutes"]),
    ("推理耗时0.33秒", ["inference takes a third of a second"]),
    ("近半数用户", ["almost one in two users", "nearly half of users"]),
    ("单卡 4090 即可运行", ["a single RTX 4090 will do", "one 4090 will do"]),
    ("完成率七到八成", ["a completion rate of 70–80%", "70 to 80 percent are completed"]),
    ("流量翻了近两番", ["traffic nearly quadrupled", "traffic is almost four times what it was", "traffic is up nearly 300%"]),
    ("用户同比增长 1.3 倍", ["users grew 130% on the year", "users are 2.3 times the year-earlier figure"]),
    ("涨幅逾三倍", ["a rise of over 300%", "it more than quadrupled"]),
    ("二〇二七年四月发布", ["released in April 2027"]),
    ("一年节电约 1,200 万度", ["saving about 12 million kWh a year", "roughly 12 GWh of electricity saved each year"]),
    ("收费不足 3 分钱", ["it costs less than 0.03 yuan", "it costs less than 3 fen"]),
    ("募资 20 亿港元，每股 30 日元", ["HK$2 bln raised at 30 yen a share", "2 billion Hong Kong dollars raised at ¥30 a share"]),
    ("不到 A100（400 W）的三成", ["less than 30% of the A100's 400 W"]),
    ("耗时 3 小时 20 分", ["it takes 200 minutes", "3 h 20 min", "it takes 3h20m"]),
    ("时长 5 分 30 秒", ["5:30 long", "five minutes and 30 seconds long"]),
    ("需要十几分钟", ["10 to 20 minutes", "between 10 and 20 minutes"]),
    ("微升 0.5 个百分点", ["a half-point rise", "up half a point", "up 0.5 points"]),
    ("价格每季度下跌约 8%", ["prices fall about 8% a quarter", "prices fall about 8% each quarter"]),
    ("两个百亿级模型", ["two ten-billion-scale models"]),
    ("两个十亿级模型", ["two billion-scale models"]),
    ("由 0.70 ± 0.02 提高到 0.75 ± 0.01", ["from 0.70 ± 0.02 to 0.75 ± 0.01"]),
    ("比基线少用 70% 的显存", ["only 30% of the memory of the baseline", "70% less memory than the baseline"]),
    ("能耗仅为原来的 3/4", ["a quarter less energy", "three quarters of the energy"]),
    ("仅为人工的六百分之一", ["only one six-hundredth that of people"]),
    ("差错率不足千分之三", ["fewer than 3 per thousand go wrong", "an error rate below 0.3%"]),
    ("阈值为 2.1×10⁻⁴", ["a threshold of $2.1\\times10^{-4}$", "a threshold of 2.1×10⁻⁴"]),
    ("差异显著（$p<0.05$）", ["the difference is significant (p < 0.05)", "significant ($p<0.05$)"]),
    ("每百公里能耗 15 kWh", ["15 kWh per 100 km"]),
    ("进入 II 期临床", ["now in Phase 2 trials", "now in phase II trials"]),
    ("中英文各半", ["50% Chinese, 50% English", "half Chinese, half English"]),
    ("一天三次", ["three times daily", "three times a day"]),
    ("占四分之一强", ["slightly more than a quarter"]),
    ("前 10% 的专家", ["the top tenth of experts", "the top 10% of experts"]),
    ("九位评委中八位赞成", ["all but one of the nine judges were for it", "eight of nine judges were for it"]),
    ("过去一年", ["over the past year", "in the last year"]),
    ("涨到数亿美元", ["costs rise to hundreds of millions of US dollars", "now hundreds of millions of dollars"]),
    ("是文本的数十倍", ["dozens of times as much as text", "tens of times that of text"]),
    ("用户数过亿", ["more than 100 million users", "100M+ users"]),
    ("全场八折", ["everything at 80% of the price", "20% off everything"]),
    ("以四比一的比分获胜", ["they won by four to one", "they won 4:1"]),
    ("每晚 1 点至 5 点", ["from 01:00 to 05:00 every night", "nightly from 1 a.m. to 5 a.m."]),
    ("裁剪为 128×128", ["128-by-128 crops", "128×128 crops"]),
    ("服务器三度宕机", ["the servers went down three times"]),
    ("不消耗淡水", ["using zero freshwater", "using no freshwater"]),
    ("5 月 3 日至 9 日收集", ["collected from 3 to 9 May", "collected between May 3 and 9", "collected between 3 May and 9 May"]),
    ("P95 延迟为 2 秒", ["a 95th-percentile latency of 2 s", "the 95th percentile of latency is 2 s"]),
    ("每 1,000 次请求 2 元", ["2 yuan per thousand requests"]),
    ("丢包率低于万分之三", ["a packet loss below three in ten thousand", "a packet loss below 0.03%"]),
    ("压缩率 8:1", ["an 8-fold compression", "compressed 8 to 1"]),
    ("仅为原来的百分之一", ["100 times smaller", "one percent of what it was"]),
    ("重 12 磅，高 5 英尺", ["it weighs 12 pounds and is 5 feet tall", "12 lb and 5 ft"]),
    ("年耗电 8.6 万千瓦时", ["86,000 kWh a year", "86K kilowatt-hours a year"]),
    ("最高时速 15 公里", ["a top speed of 15 km/h", "15 kilometres per hour at most"]),
    ("成本将降到目前的十分之一", ["a 90% cost reduction", "costs will come down to a tenth of today's"]),
    ("前三名依次为甲、乙和丙（88.1）", ["The top three: 1. A; 2. B; 3. C (88.1)"]),
    ("全部 3 480 个样本", ["all 3,480 samples"]),
    ("每秒处理 40 帧视频", ["40 video frames are handled every second while it runs"]),
    ("男女比例为 1:1", ["split evenly between men and women", "a 1:1 ratio of men to women"]),
    ("与原模型仅差 1 个百分点", ["just a point away from the original", "within 1 point of the original"]),
    ("截至 2025 年 9 月底", ["as of end-September 2025", "as of the end of September 2025"]),
    ("占总数的三十二分之一", ["one thirty-second of the total", "1/32 of the total"]),
    ("约有三到四成的请求", ["about three to four in ten requests", "around 30–40% of requests"]),
    ("采纳率近三成", ["almost three completions in ten are accepted", "nearly 30% are accepted"]),
    ("第 6 万步之后", ["after step 60,000", "past step 60K"]),
    ("5 岁以下儿童", ["under-5s", "children under 5"]),
    ("排放约 70 吨", ["some 70 t are emitted", "about 70 tonnes are emitted"]),
    ("采样率 200 Hz", ["sampled 200 times a second", "a sampling rate of 200 Hz"]),
    ("在 5 折交叉验证中", ["under five-fold cross-validation", "in 5-fold cross-validation"]),
    ("时长是前作的 40 余倍", ["40-plus times as long", "40+ times the length", "more than 40 times as long"]),
    ("召回率未低于 97%", ["recall never fell below 97%", "recall stayed at 97% or higher"]),
    ("得分 70.2±0.3", ["a score of 70.2±0.3", "scoring 70.2 (±0.3)"]),
    ("一致率 **88.2%±0.7%**", ["agreement of 88.2%±0.7%", "agreement of **88.2% ± 0.7%**"]),
    ("气温零下 18 到零下 12 ℃", ["at −18 to −12 °C", "between minus 18 and minus 12 degrees Celsius"]),
    ("误检率不高于百万分之一", ["at most one false alarm in a million", "no more than once per million"]),
    ("是去年的 3.1 倍强", ["slightly more than 3.1 times last year's"]),
    ("前 1/4 的训练步", ["the first quarter of the training steps", "the first 25% of the training steps"]),
    ("比上一代便宜约三分之一", ["around two thirds of what the last generation cost", "about a third cheaper"]),
    ("历时一年半", ["it took a year and a half", "in the year and a half that it took"]),
    ("误差在 0.5 毫米以内", ["an error within half a millimetre", "an error of at most 0.5 mm"]),
    ("速度可达每秒 1.6 米", ["up to 1.6 m/s", "as fast as 1.6 metres per second"]),
    ("到 2026 年第一季度超过 2 亿", ["over 200 million by 2026Q1", "more than 200M by Q1 2026"]),
    ("降价四分之一", ["prices fall by a quarter from today", "a quarter cheaper"]),
    ("2018 至 2022 年的病例", ["cases from 2018–22", "cases from 2018 to 2022"]),
    ("每 8 名用户中就有 1 名", ["an eighth of users", "one in eight users"]),
    ("引用从 200 次涨到 1,400 次", ["citations up from 200 to 1.4K", "from 200 citations to 1,400"]),
    ("从 5 分多钟降到 40 秒以下", ["from over 5 minutes to below 40 s", "from more than five minutes to under 40 seconds"]),
    ("比例降至十二分之一", ["one in twelve is left", "down to a twelfth"]),
    ("两名评审给出 8 分", ["two reviewers gave 8s", "two reviewers gave it 8 points"]),
    ("行走十几公里", ["it walks ten-odd kilometres", "it walks 10 to 20 km"]),
    ("最终比分 4 比 1", ["the final ended 4-1", "a final score of 4:1"]),
    ("2027 财年上半年", ["the first half of FY2027", "the first half of fiscal 2027"]),
    ("99 分位为 300 ms", ["a p99 of 300 ms", "a 99th percentile of 300 ms"]),
    ("每 100 台中有 4 台失灵", ["4 in every 100 fail", "4% fail"]),
    ("上调 0.25 个百分点", ["up a quarter point", "raised by 0.25 points"]),
    ("二十几分钟", ["twenty-odd minutes", "20 to 30 minutes"]),
    ("增加到 3 倍", ["tripled", "up 200%"]),
    ("男女比例为 1.4:1", ["the ratio of men to women is 1.4 to 1"]),
    ("正负样本比例为 1:4", ["a ratio of one to four"]),
    ("上线百日", ["a hundred days after launch", "100 days after launch"]),
    ("净亏损 3.2 亿元", ["a net loss of 320m yuan", "a net loss of 320 million yuan"]),
    ("约为 $4.1\\times10^{23}$ FLOPs", ["around 4.1e23 FLOPs"]),
    ("十人中约有六人", ["about six in ten", "roughly 60%"]),
    ("吞吐量是基线的 1.3 倍", ["throughput is 30% higher than the baseline's", "1.3 times the baseline's"]),
    ("投入预计为 45 亿至 50 亿美元", ["an outlay of US$4.5bn–5bn", "$4.5bn–$5bn", "between $4.5 and $5 billion"]),
    ("剔除了四分之三的网页", ["only a quarter of the pages are left", "three quarters of the pages go"]),
    ("v0.8.3 版", ["version 0.8.3", "release 0.8.3"]),
    ("支持 5G 网络", ["it supports 5G networks"]),
    ("显存 80G", ["80 GB of memory", "80G of memory"]),
    ("60 项任务完成 40 项", ["40 of 60 tasks done"]),
    ("过去十年", ["over the past decade", "in the last ten years"]),
    ("数百名学生", ["several hundred students", "a few hundred students", "hundreds of students"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"), [(source, text) for source, texts in SAME for text in texts]
)
def test_every_way_to_say_it_passes(source: str, text: str) -> None:
    assert [f for f in check(source, text, complete=True) if f.severity != "minor"] == []


@pytest.mark.parametrize(
    ("source", "text"),
    [(SAME[i][0], text) for i in range(len(SAME)) for text in SAME[i - 1][1][:1]],
)
def test_what_says_another_figure_does_not(source: str, text: str) -> None:
    assert any(f.severity != "minor" for f in check(source, text, complete=True))


# ---------------------------------------------------------------- generated

HUNDRED_THOUSANDS = st.integers(1, 99_999)
FRAMES = [
    ("包含{}个样本", "It has {} samples."),
    ("共收集 {} 条数据", "{} records were collected."),
]
SCALES = [("万", 10**4), ("百万", 10**6), ("千万", 10**7), ("亿", 10**8), ("万亿", 10**12)]
UNITS = [("秒", "seconds", "s"), ("毫秒", "milliseconds", "ms"), ("小时", "hours", "h"), ("GB", "GB", "GB"), ("米", "metres", "m"), ("帧/秒", "frames per second", "FPS")]  # fmt: skip
KINDS = [("{}%", "{}%"), ("{}%", "{} percent"), ("{} 个百分点", "{} percentage points"), ("{} 倍", "{}×"), ("{} 倍", "{} times that")]  # fmt: skip


@st.composite
def counts(draw: st.DrawFn) -> tuple[str, int]:
    """Chinese for a large count, and its value."""
    word, factor = draw(st.sampled_from(SCALES))
    digits = draw(st.decimals("1.01", "99.99", places=draw(st.integers(0, 2))))
    space = draw(st.sampled_from(["", " "]))
    marks = draw(st.sampled_from(["", "**"]))
    return f"{marks}{digits}{marks}{space}{word}", int(digits * factor)


def renderings(value: int) -> list[str]:
    """Every usual English for a whole number that is exact."""
    found = [f"{value:,}", str(value)]
    for factor, word, letter in (
        (10**12, "trillion", "T"),
        (10**9, "billion", "B"),
        (10**6, "million", "M"),
        (10**3, "thousand", "K"),
    ):
        short = (Decimal(value) / factor).normalize()
        if 1 <= short < 10**4:
            found += [f"{short:f}{letter}"] + ([f"{short:f} {word}"] if letter != "K" else [])
    return found


def serious(source: str, text: str) -> list[str]:
    return [f.message for f in check(source, text, complete=True) if f.severity != "minor"]


@pytest.mark.no_cover
@given(counts(), st.sampled_from(FRAMES), st.data())
@settings(max_examples=1000, deadline=None)
def test_a_count_in_wan_and_yi_passes_in_any_form_and_fails_off_by_a_power(
    count: tuple[str, int], frame: tuple[str, str], data: st.DataObject
) -> None:
    source = frame[0].format(count[0])
    text = data.draw(st.sampled_from(renderings(count[1])))
    assert serious(source, frame[1].format(text)) == []
    factor = data.draw(st.sampled_from([10, 100, 1000, 10**4]))
    wrong = data.draw(st.sampled_from(renderings(count[1] * factor)))
    assert serious(source, frame[1].format(wrong))


@given(
    st.decimals("0.1", "999", places=1), st.sampled_from(UNITS), st.sampled_from(UNITS), st.booleans()
)  # fmt: skip
@settings(max_examples=1000, deadline=None)
def test_a_measure_passes_in_its_unit_and_fails_in_another(
    value: Decimal, unit: tuple[str, str, str], other: tuple[str, str, str], short: bool
) -> None:
    source = f"耗用为 {value} {unit[0]}"
    assert serious(source, f"It amounts to {value} {unit[2] if short else unit[1]}.") == []
    if other != unit:
        assert serious(source, f"It amounts to {value} {other[2] if short else other[1]}.")


@given(st.decimals("1.1", "98.9", places=1), st.sampled_from(KINDS), st.sampled_from(KINDS))
@settings(max_examples=1000, deadline=None)
def test_percent_points_and_multiples_are_not_each_other(
    value: Decimal, kind: tuple[str, str], other: tuple[str, str]
) -> None:
    source = "指标提升了 " + kind[0].format(value)
    assert serious(source, f"The metric improves by {kind[1].format(value)}.") == []
    if other[0] != kind[0]:
        assert serious(source, f"The metric improves by {other[1].format(value)}.")


@given(st.decimals("0.01", "99.99", places=2), st.data())
@settings(max_examples=1000, deadline=None)
def test_another_digit_anywhere_is_seen(value: Decimal, data: st.DataObject) -> None:
    digits = f"{value}"
    place = data.draw(st.sampled_from([i for i, c in enumerate(digits) if c.isdigit()]))
    other = data.draw(st.sampled_from([c for c in "123456789" if c != digits[place]]))
    wrong = digits[:place] + other + digits[place + 1 :]
    assert serious(f"准确率达到 {value}%", f"Accuracy reaches {value}%.") == []
    assert serious(f"准确率达到 {value}%", f"Accuracy reaches {wrong}%.")


@given(st.integers(1, 9999), st.integers(1, 9), st.sampled_from("万亿"))
@settings(max_examples=1000, deadline=None)
def test_wan_and_yi_read_as_their_powers(whole: int, tenth: int, scale: str) -> None:
    (figure,) = find_quantities(f"约 {whole}.{tenth} {scale}个参数")
    power = {"万": 10**4, "亿": 10**8}[scale]
    assert figure.value == Decimal(f"{whole}.{tenth}") * power


# ---------------------------------------------------------------- in other words

CASES = [
    json.loads(line)
    for path in (ALL_CASES[0], *ALL_CASES[12:])
    for line in path.read_text(encoding="utf-8").splitlines()
]
OTHER_WORDS = [
    (r"(?<=\d)%", [" percent", " per cent"]),
    (r"\b(?:about|roughly|around)\b", ["approximately", "some", "roughly"]),
    (r"\bmore than\b(?! the\b)", ["over", "upwards of", "in excess of"]),
    (r"\bat least\b", ["no less than", "a minimum of"]),
    (r"\b(?<!far )(?:less|fewer) than\b", ["under", "below"]),
    (r"\bnearly\b", ["almost", "close to"]),
    (r"(?<=\d)[x×](?= )", ["-fold", " times"]),
    (r"\bpercentage points\b", ["points"]),
    (r"\brises\b", ["climbs", "goes up", "increases", "grows"]),
    (r"\bfalls\b", ["drops", "decreases", "goes down", "declines"]),
    (r"\breaches\b", ["hits", "attains", "achieves", "comes to", "stands at"]),
    (r"\breduces\b", ["cuts", "lowers", "slashes"]),
    (r"\b(?:outperforms|surpasses)\b", ["beats", "is better than", "tops", "is ahead of"]),
    (r"\bwhereas\b", ["while", "but", "and"]),
    (r"\bcompared with\b", ["compared to", "versus", "relative to", "against"]),
    (r"(?<=\d) s\b", [" seconds", "s"]),
    (r"(?<=\d),(?=\d{3})", [""]),
    (r"(?<!second )\bonly\b(?! by)", ["just", "merely", "a mere"]),
    (r"\bone third\b", ["a third", "1/3"]),
    (r"isation\b", ["ization"]),
    (r"\*\*", [""]),
]
"""What careful translators say instead of each other."""


@pytest.mark.no_cover
@pytest.mark.parametrize(("words", "others"), OTHER_WORDS, ids=[words for words, _ in OTHER_WORDS])
def test_another_word_for_the_same_changes_nothing(words: str, others: list[str]) -> None:
    told = [(case["zh"], text) for case in CASES for text in case["en_ok"]]
    texts = [(zh, text, re.sub(words, other, text)) for zh, text in told for other in others]
    changed = [(zh, text, other) for zh, text, other in texts if other != text]
    alarms = [
        other for zh, text, other in changed if alarming(zh, other) and not alarming(zh, text)
    ]
    assert changed
    assert not alarms
