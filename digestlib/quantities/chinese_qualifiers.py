"""Qualifiers of the Chinese grammar: 近, 超过, 约 in front, 以上, 多 behind, and their English."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from digestlib.models import Bound
from digestlib.quantities.chinese_reading import Reading


class _Qualifier(NamedTuple):
    bound: Bound
    english: str
    chinese: str


_BEFORE: Final = (
    _Qualifier("about", "close to or above", "接近(?:或|甚至)超过|接近或高于"),
    _Qualifier("at_least", "at least", "达到(?:或|甚至)超过|大于等于|大于或等于|至少|不下于?|不少于|不低于|(?:从未|未曾|未|没有|没|绝不|不得|不能|不应|不可|不宜|不会)(?:低于|少于|小于|短于)|不小于|起码|最少|≥|>="),
    _Qualifier("at_most", "at most", "小于等于|小于或等于|(?:[不未没]|没有|并未|不会|不能|不得|不应|不可|不宜)超过|(?:不得|不能|不应|不可|不宜|不会)(?:大于|多于|高于|长于)|不多于|不高于|不大于|至多|最多|顶多|(?<=[\u4e00-\u9fff])不过|≤|<="),
    _Qualifier("up_to", "up to", "(?:最高|最多|最大|最长)?(?:可|能)?(?:高达|多达|长达)(?:了|到)?|最高(?:达|可达|达到|为)?|可高达|可多达|可长达|[可能]达到?"),
    _Qualifier("over", "more than", "(?<![赶反])超过(?:了)?|(?<![赶反])超出(?:了)?|(?<![赶反])超(?!过|出)|多于|高于|大于|不止|不只|逾|突破了?|(?<![-=→])(?:>|＞)(?!=)"),
    _Qualifier("under", "less than", "不到|未到|没到|未达到?|达不到|少于|小于|低于|不足|未满|不及|(?<!-)(?:<|＜)(?!=)"),
    _Qualifier("nearly", "nearly", "将近|接近(?:于)?|近乎(?:于)?|几乎(?:是|为|达到?)?|逼近|直逼|几近|(?<![最附靠相邻贴])近"),
    _Qualifier("about", "about", "(?<![节契预简制条签])约(?:为|有|是|等于)?|大约(?:为|有|是)?|大概|大致(?:为|是)?|大体|差不多(?:有|是|为)?|近似(?:为)?|平均约(?:为)?|[~～≈]|约莫"),
)  # fmt: skip
_FRONT: Final = re.compile(
    "(?:"
    + "|".join(f"(?P<q{i}>{qualifier.chinese})" for i, qualifier in enumerate(_BEFORE))
    + r")\s?$"
)
_FRONT_ENDS: Final = frozenset(
    "逼过于少下码≥=多高≤达了到超出止只逾破>＞足满及<＜近乎是为约有概致体似~～≈莫"
)
"""What the words before a figure end in: most figures have none of it before them."""
_FRONT_WINDOW: Final = 8
_BEHIND: Final[tuple[tuple[str, Bound, str], ...]] = (
    (r"(?:[及或]?以上(?!述)|之上|起(?:售|订|拍|租|投|购|批|送|充)?(?=[，。、）)；]|$))", "at_least", "at least"),
    (r"(?:以内|之内|内(?=[，。；、）)的完可就即无\s]|$))", "at_most", "at most"),
    (r"[及或]以下", "at_most", "at most"),
    (r"(?:(?:以下|之下)(?!子|列|游)|都(?:不到|没到|不足|没有)|(?<=成)不[到足]|不到(?=[，。；、）)]|$))", "under", "less than"),
    (r"(?:左右(?!手|两|侧|脑|臂|图|视|目|声|相|滑|移|转|摇|互|为)|上下(?!文))", "about", "about"),
    (r"(?:(?:多|有余|余)(?![模视任轮样个数元语次维步粒层头方源项重种类])|(?<!\s)\+)", "over", "more than"),
)  # fmt: skip
_BEHIND_HERE: Final = re.compile(
    r"\s?(?=[及或以之起内左上多有余都不+])(?:"
    + "|".join(f"(?P<q{i}>{words})" for i, (words, *_) in enumerate(_BEHIND))
    + ")"
)
_VERB_BETWEEN: Final = re.compile(
    r"(?P<word>至少|最高|最多|最大)(?:[可能]以?|相对|绝对|平均)*"
    r"(?:需要?|为|有|是|包含|支持|使用|达到?|提升|提高|增加|增长|实现|获得|取得|带来|处理|生成|容纳|降低|减少|下降|缩短|节省|节约|加速|提速|领先|高出|快|超越)(?:幅度)?"
    r"(?:了|至|到|可达|达到|达)?\s?$"
)


def qualified(text: str, reading: Reading, floor: int) -> Reading:
    """The reading with its qualifiers taken into the span; a symbol behind a letter stays one."""
    if reading.kind in ("date", "ordinal"):
        return reading
    behind = reading if reading.bound else _with_behind(text, reading)
    return _with_front(text, behind, floor)


def _with_behind(text: str, reading: Reading) -> Reading:
    """The qualifier right behind the figure, or behind its noun (100 帧以上)."""
    if reading.kind in ("fraction", "percent", "multiplier") and (
        odd := _ODD.match(text, reading.end)
    ):
        bound: Bound = "over" if odd[0] == "强" else "under"
        english = "more than" if bound == "over" else "less than"
        return _bounded(reading._replace(end=odd.end()), bound, english, odd[0])
    if match := _BEHIND_HERE.match(text, reading.end):
        _, bound, english = _BEHIND[_number(match)]
        return _bounded(reading._replace(end=match.end()), bound, english, match[0])
    behind_noun = _noun_end(text, reading) if reading.noun else 0
    if behind_noun and (match := _BEHIND_HERE.match(text, behind_noun)):
        _, bound, english = _BEHIND[_number(match)]
        return reading if bound == "over" else _bounded(reading, bound, english, match[0])
    return reading


_ODD: Final = re.compile("[强弱](?![化大度于力相调监势制迫烈加降行项小点])")
"""三分之一强, 四成弱."""


def _number(match: re.Match[str]) -> int:
    """Which of the qualifiers a pattern of all of them has found."""
    return int((match.lastgroup or "")[1:])


def _noun_end(text: str, reading: Reading) -> int:
    start = reading.end + (text[reading.end : reading.end + 1] == " ")
    return start + len(reading.noun) if text.startswith(reading.noun, start) else 0


def _with_front(text: str, reading: Reading, floor: int) -> Reading:
    """The qualifier that stands right before the figure, and one before that: 高达约."""
    behind = reading
    for _ in range(2):
        before = text[max(floor, reading.start - _FRONT_WINDOW) : reading.start]
        match = _FRONT.search(before) if before.rstrip()[-1:] in _FRONT_ENDS else None
        if match is None or _misread(text, reading, _BEFORE[_number(match)], match[0], floor):
            break
        moved = reading._replace(start=reading.start - len(match[0]))
        reading = _fronted(text, moved, _BEFORE[_number(match)], behind)
    if reading.bound:
        return reading
    of_something = _with_possessor(text, reading, floor)
    of_something = of_something or _with_possessor_in_figures(text, reading)
    return of_something or _with_verb_between(text, reading, floor)


_POSSESSOR: Final = re.compile(
    r"(?P<word>(?<![节契预简制条签])(?:大约|约)|几乎|将近|(?<!最)接近|近乎|不到|不足|(?:[不未没]|没有|[不未][得能应可宜会])(?:超过|高于)|不低于|不少于|(?<![赶反])超过|至少|至多|最多)"
    r"(?:[是为有]|达到?|相当于|等于)?(?![^的]*[降升提增减])[^，。；：、,;:（）()\d]{1,18}的\s?$"
)
_OF_AN_ASIDE: Final = re.compile(r"[(（][^()（）]{1,12}[)）]的\s?$")


def _with_possessor_in_figures(text: str, reading: Reading) -> Reading | None:
    """不到 H100（700 W）的四成: what it is a share of has a figure of its own in brackets."""
    before = text[max(0, reading.start - 2 * _POSSESSED_WINDOW) : reading.start]
    aside = _OF_AN_ASIDE.search(before) if "）的" in before or ")的" in before else None
    if aside is None:
        return None
    start = reading.start - len(aside[0])
    moved = reading._replace(start=start + 1)
    plain = f"{text[:start]}的{text[reading.start :]}"
    found = _with_possessor(plain, moved, 0)
    return found._replace(start=reading.start) if found else None


_POSSESSED_WINDOW: Final = 30
_OVER_WORDS: Final = frozenset({"超过", "至少", "至多", "最多"})


def _with_possessor(text: str, reading: Reading, floor: int) -> Reading | None:
    """几乎是基线的两倍, 不到原来的 1/3: whose multiple or share it is stands between."""
    if reading.kind not in ("multiplier", "fraction", "percent"):
        return None
    before = text[max(floor, reading.start - _POSSESSED_WINDOW) : reading.start]
    match = _POSSESSOR.search(before) if before.rstrip()[-1:] == "的" else None
    if match is None or (reading.kind == "percent" and match["word"] in _OVER_WORDS):
        return None
    if qualified := _FRONT.search(match["word"]):
        qualifier = _BEFORE[_number(qualified)]
        english = f"{qualifier.english} {reading.bare}"
        return reading._replace(bound=qualifier.bound, english=english)
    return None


def _with_verb_between(text: str, reading: Reading, floor: int) -> Reading:
    """至少提升 5.0 个点 is at least 5.0 points: the verb keeps the qualifier out of the span."""
    window = text[max(floor, reading.start - 2 * _FRONT_WINDOW) : reading.start]
    match = _VERB_BETWEEN.search(window) if "最" in window or "至少" in window else None
    if match is None:
        return reading
    bound: Bound = "at_least" if match["word"] == "至少" else "up_to"
    english = "at least" if bound == "at_least" else "up to"
    return reading._replace(bound=bound, english=f"{english} {reading.bare}")


def _misread(text: str, reading: Reading, qualifier: _Qualifier, word: str, floor: int) -> bool:
    """近 5 年 is the last five years; 低于 4B 模型 compares with a model; 30 分钟~1 小时 joins."""
    if word[:1] in "~～" and 0 < reading.start - len(word) == floor:
        return True
    if "可达" in word and reading.unit in ("s", "ms", "min"):  # 速度可达 0.17 秒/帧 is as fast as
        return bool(
            re.search("速度|延迟|时延|耗时|用时", text[max(0, reading.start - 12) : reading.start])
        )
    if word.strip() == "近" and reading.unit in ("d", "week", "month", "year"):
        return True
    a_model = re.match(r"\s?(?:参数)?(?:规模)?的?(?:模型|\d)", text[reading.end : reading.end + 8])
    return qualifier.bound in ("over", "under") and bool(a_model) and reading.bare[-1:] == "B"


def _fronted(text: str, reading: Reading, qualifier: _Qualifier, behind: Reading) -> Reading:
    symbol = text[reading.start : reading.start + 2].strip()[:1]
    if symbol in "<>≤≥" and re.search(
        r"[A-Za-z]\s?$", text[max(0, reading.start - 2) : reading.start]
    ):
        return reading._replace(
            bound=reading.bound or qualifier.bound, english=f"{symbol} {reading.english}"
        )
    if reading.bound == qualifier.bound or (qualifier.bound == "up_to" and behind.bound):
        return reading  # 约～15%, 至少 3 小时以上, 可达 95% 以上
    if behind.bound and qualifier.bound == "about":  # 约 10 秒以内 is within about 10 s
        words = behind.english.removesuffix(reading.bare)
        return reading._replace(english=f"{words}about {reading.bare}")
    english = reading.bare if behind.bound else reading.english
    return reading._replace(bound=qualifier.bound, english=f"{qualifier.english} {english}")


def _bounded(reading: Reading, bound: Bound, english: str, word: str) -> Reading:
    if bound == "at_most" and reading.kind == "measure" and "内" in word:
        english = "within"
    return reading._replace(bound=bound, english=f"{english} {reading.english}")
