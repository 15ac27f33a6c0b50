"""Ratios, fractions and multiples of the Chinese grammar: 3:1, 三分之一, 八到九成, 翻两番, 五折, 两年半."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from digestlib.models import Bound, QuantityKind
from digestlib.quantities.chinese_reading import Reading, reading
from digestlib.quantities.numerals import chinese_number, fraction
from digestlib.quantities.units import CHINESE

NUMERAL: Final = r"[零一二两三四五六七八九十百千万亿]{1,24}"
NUMBER: Final = rf"(?:\d+|{NUMERAL})"
DECIMAL: Final = r"\d+(?:\.\d+)?"


def number_in(text: str) -> Decimal | None:
    """The number that digits or numerals write: 1,200, 3.5, 十二."""
    plain = text[0].isdigit() and text.isascii()
    return Decimal(text.replace(",", "")) if plain else chinese_number(text)


_DIMENSION: Final = re.compile(
    r"\d+(?:\s?[x×X*]\s?\d+)+(?![.\d^⁻⁰¹²³⁴-⁹]|\s?(?:[KMGT]i?B|G|B)(?![A-Za-z])|\s?×\s?10\^)(?!\s?%)"
)
_COLON: Final = r"\s?[:∶：比]\s?"
_RATIO: Final = re.compile(
    rf"(?:{DECIMAL}(?:\s?[:∶]\s?{DECIMAL})+|\d{{1,3}}(?:(?P<wide>：)\d{{1,3}}){{1,4}}(?!\.\d)|\d{{1,3}}(?:\.\d)?\s?(?P<word>比)\s?\d{{1,3}}(?!\.\d))(?![\d%]|\s?[x×倍个种条张高低快慢多少更])"
)
_RATIO_IN_WORDS: Final = re.compile(
    "(?P<a>[一二两三四五六七八九十]{1,3})比(?P<b>[一二两三四五六七八九十]{1,3})(?![个种次般样条张])"
)
_RATIO_CUE: Final = re.compile(r"(?:比|例|配比|[按以为约])[\s*]*(?:约|为)?\s?$")
_SLASH: Final = re.compile(
    rf"(?P<a>{DECIMAL})\s?/\s?(?P<b>\d+)(?![\d.,/%]|\s?/)(?P<score>\s?分(?![钟之类辨别布割支]))?"
)
_ONE_DIGIT: Final = "[一二两三四五六七八九](?![十百千万亿零点])"
_PARTS: Final = re.compile(
    rf"(?P<bottom>{NUMBER}|[百千万亿])\s?分之(?P<top>\d+(?:\.\d+)?|{_ONE_DIGIT}|{NUMERAL}(?:点{NUMERAL})?)"
)
"""In 四分之三一次性 the 三 is all of it."""
_TENTHS: Final = re.compile(
    r"(?P<a>[一二两三四五六七八九]|[1-9])\s?成(?P<b>[一二三四五六七八九半])?(?![分功果员本立就长型熟像交]|对(?=[的地，。；、呈出存匹]|样本|数据|比较|图|训练|组)|不(?![到足])|都(?!不|没))"
    r"(?:(?<=[1-9]成)|(?<=[1-9] 成)|(?<=[约近超过逾有达占仅其中余]..)|(?<=[余剩]下..)|(?<=[余剩下]的..)|(?<=另外..)|(?<=半)|(?!为)|(?=为)(?P<is>))"
)
_ANOTHER: Final = re.compile(r"为[^，。；]{1,12}[，、；和及][^，。；]{0,6}[一二两三四五六七八九]成")
_ONE_BEFORE: Final = re.compile(
    r"[一二两三四五六七八九]成[^，。；]{0,12}[，、；和及][^，。；]{0,6}\Z"
)
"""三成为英文、六成为中文 has two shares; 二者之一成为 has none."""
_TENTHS_RANGE: Final = re.compile(
    r"(?P<low>[一二两三四五六七八九1-9])(?:成?\s?[到至\-–—~～]\s?)?(?P<high>[二两三四五六七八九2-9])成(?![分功员就])"
)
"""八到九成, 三至五成, 七八成."""
_HALF: Final = re.compile(
    r"(?:一半(?!径)|半数(?!抑制|致死|有效|最大)|减半|[过逾超近]半(?![数径天年小个月])|折半)"
)
_HALF_A: Final = re.compile(
    r"半(?P<unit>公[斤里顷]|毫[米秒]|吨|个?小时|个?月|年(?!级)|天|分钟|秒|个百分点|个点|个数量级|升(?![级至到高])|米)"
)
_AND_A_HALF: Final = re.compile(
    rf"(?P<n>{NUMBER})\s?(?:个半(?P<unit>小时|钟头|月|星期)|(?P<plain>年|天|分钟|秒钟?|周|倍|公里|米|吨|公斤|公顷)半(?![径天年夜数])|(?P<minutes>分)半钟?)"
)
_QUARTERS_OF_AN_HOUR: Final = re.compile("(?P<n>[一两三13])\\s?刻钟")
_AND_MORE: Final = re.compile(
    rf"(?P<n>{NUMBER})\s?(?:(?P<minutes>分)多钟|(?P<unit>个)多\s?(?P<long>小时|月|星期|百分点|数量级))"
)
"""三个多小时 is over three hours, 1 个多百分点 over one point."""
_FOLDED: Final = re.compile(
    r"翻了?(?P<bound>(?:将?近)|约|超过?|逾)?(?:(?P<n>[一两二三四])番|番|倍|一倍)"
)
_FOLDED_BOUNDS: Final[dict[str, tuple[Bound, str]]] = {
    "近": ("nearly", "nearly"),
    "约": ("about", "about"),
    "超": ("over", "more than"),
    "逾": ("over", "more than"),
}
_TENS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "半": 5,
}
_HALVES: Final = {"h": "half an hour", "month": "half a month", "year": "half a year", "d": "half a day", "min": "half a minute", "s": "half a second"}  # fmt: skip


def _dimension(text: str, at: int) -> Reading | None:
    if match := _DIMENSION.match(text, at):
        sides = re.split(r"\s?[x×X*]\s?", match[0])
        value = (Decimal(sides[0]), Decimal(sides[1])) if len(sides) == 2 else None
        return reading(match.span(), value, "dimension", "×".join(sides))
    return None


def _ratio(text: str, at: int) -> Reading | None:
    if told := _RATIO_IN_WORDS.match(text, at):
        first, second = number_in(told["a"]), number_in(told["b"])
        if first and second:
            return reading(told.span(), (first, second), "ratio", f"{first}:{second}")
    match = _RATIO.match(text, at)
    if match is None or (match["wide"] and not _is_a_ratio(text, match)):
        return None
    sides = [Decimal(side) for side in re.split(_COLON, match[0])]
    value = (sides[0], sides[1]) if len(sides) == 2 else None
    return reading(match.span(), value, "ratio", re.sub(_COLON, ":", match[0]))


def _split(text: str, at: int) -> Reading | None:
    """8/1/1 is a ratio where something is split by it; else it is a list."""
    match = _SPLIT.match(text, at)
    if match is None or not _DIVIDED.search(text):
        return None
    parts = match[0].split("/")
    if sum(map(Decimal, parts)) not in _WHOLES:
        return None
    return reading(match.span(), None, "ratio", ":".join(parts))


_SPLIT: Final = re.compile(rf"{DECIMAL}(?:/{DECIMAL}){{2,}}(?![\d.,/%A-Za-z])")
_WHOLES: Final = (1, 10, 100)
_DIVIDED: Final = re.compile("划分|切分|拆分|分割|分成|分为|比例|配比|之比|占比|混合")


def _is_a_ratio(text: str, match: re.Match[str]) -> bool:
    """A full-width colon, 3：1, is a ratio only where the words say so."""
    before, behind = text[max(0, match.start() - 6) : match.start()], text[match.end() :][:8]
    return bool(_RATIO_CUE.search(before) or re.match(r"\s?的?(?:配比|比例|混合|采样)", behind))


def _slash(text: str, at: int) -> Reading | None:
    """4/5 分 and 8.5/10 are scores out of a maximum; 1/4 is a fraction."""
    match = _SLASH.match(text, at)
    if match is None or re.search(r"\d/$", text[max(0, at - 2) : at]):
        return None
    top, bottom = Decimal(match["a"]), Decimal(match["b"])
    if bottom == 0:
        return None
    bare = f"{match['a']}/{match['b']}"
    if match["score"] or ("." in match["a"] and top <= bottom):
        return reading(match.span(), (top, bottom), "out_of", bare)
    if top < bottom:
        return reading(match.span(), top / bottom, "fraction", bare)
    return None


def _fraction(text: str, at: int) -> Reading | None:
    if (match := _PARTS.match(text, at)) and match["bottom"] != "百":
        top, bottom = number_in(match["top"]), number_in(match["bottom"])
        if top and bottom:
            whole = top == int(top)
            bare = fraction(int(top), int(bottom)) if whole else f"{top}/{bottom}"
            return reading(match.span(), top / bottom, "fraction", bare)
    if match := _HALF.match(text, at):
        start = at + 1 if match[0][0] in "减折" else at
        half = reading((start, match.end()), Decimal("0.5"), "fraction", "half")
        if match[0][0] in "过逾超":
            return half._replace(bound="over", english="more than half")
        return half._replace(bound="nearly", english="nearly half") if match[0][0] == "近" else half
    if match := _TENTHS_RANGE.match(text, at):
        low, high = (10 * _digit(match[end]) for end in ("low", "high"))
        if low < high:
            return reading(match.span(), (low, high), "percent", f"{low}–{high}%", unit="%")
    if (match := _TENTHS.match(text, at)) and (match["is"] is None or _is_a_share(match, text)):
        ten = 10 * _TENS.get(match["a"], 0) or 10 * int(match["a"])
        value = Decimal(ten + _TENS.get(match["b"] or "零", 0))
        return reading(match.span(), value, "percent", f"{value}%", unit="%")
    return None


def _is_a_share(match: re.Match[str], text: str) -> bool:
    """Whether 三成为 is three tenths and no 成为: another share stands beside it."""
    before = text[max(0, match.start() - 24) : match.start()]
    return bool(_ANOTHER.match(text, match.end()) or _ONE_BEFORE.search(before))


_DISCOUNT: Final = re.compile(
    r"(?P<a>[一二两三四五六七八九]|[1-9])(?P<b>[一二三四五六七八九]|\.[1-9])?\s?折(?![交叠线叉射])"
)


def _discount(text: str, at: int) -> Reading | None:
    """五折 is half the price, 八五折 85% of it; 五折交叉验证 is none."""
    match = _DISCOUNT.match(text, at)
    if match is None:
        return None
    value = 10 * _digit(match["a"]) + _digit((match["b"] or "0").removeprefix("."))
    return reading(match.span(), value, "percent", f"{value}% of the price", unit="%")


def _digit(char: str) -> Decimal:
    return Decimal(_TENS.get(char) or char)


def _percent_in_words(text: str, at: int) -> Reading | None:
    match = re.compile(rf"百分之(?P<n>{DECIMAL}|百|{NUMERAL}(?:点{NUMERAL})?)").match(text, at)
    if match and match["n"] == "一" and (unit := _OF_A_UNIT.match(text, match.end())):
        part, symbol = Decimal("0.01"), CHINESE[unit["unit"]].symbol
        bare = CHINESE[unit["unit"]].print(str(part))
        return reading((at, unit.end()), part, "measure", bare, unit=symbol)
    if match is None:
        return None
    value = Decimal(100) if match["n"] == "百" else number_in(match["n"])
    if value is None:
        return None
    return reading(match.span(), value, "percent", f"{value.normalize():f}%", unit="%")


_OF_A_UNIT: Final = re.compile(r"(?P<unit>毫?[秒米])(?!级|[针表])")
"""百分之一秒 is a hundredth of a second."""


def _half(text: str, at: int) -> Reading | None:
    before = text[max(0, at - 1) : at]
    if (match := _HALF_A.match(text, at)) and (
        not before
        or before not in "一另上下大后前多个天年"
        or _UPON.search(text[max(0, at - 3) : at])
    ):
        return _half_a(match)
    if match := _QUARTERS_OF_AN_HOUR.match(text, at):
        minutes = 15 * (number_in(match["n"]) or Decimal(1))
        return reading(match.span(), minutes, "measure", f"{minutes} minutes", unit="min")
    if match := _AND_A_HALF.match(text, at):
        value = number_in(match["n"])
        alias = (
            match["plain"]
            or (match["minutes"] and "分钟")
            or {"月": "个月"}.get(match["unit"], match["unit"])
        )
        if value is not None:
            unit = CHINESE[alias]
            kind = _KINDS.get(unit.symbol, "measure")
            bare = unit.print(f"{value + Decimal('0.5')}")
            return reading(match.span(), value + Decimal("0.5"), kind, bare, unit=unit.symbol)
    return None


def _and_more(text: str, at: int) -> Reading | None:
    match = _AND_MORE.match(text, at)
    value = number_in(match["n"]) if match else None
    if match is None or value is None:
        return None
    unit = CHINESE["分钟" if match["minutes"] else match["unit"] + match["long"]]
    bare, kind = unit.print(f"{value}"), _KINDS.get(unit.symbol, "measure")
    more = reading(match.span(), value, kind, bare, unit=unit.symbol)
    return more._replace(bound="over", english=f"more than {bare}")


_KINDS: Final[dict[str, QuantityKind]] = {
    "pp": "percentage_points",
    "pt": "points",
    "order": "magnitude",
    "×": "multiplier",
}


_UPON: Final = re.compile(r"[A-Za-z\d卡机器板端侧台备群境]\s?上\Z")
"""在单卡上半小时完成: half an hour upon it, and no first half."""


def _half_a(match: re.Match[str]) -> Reading:
    """半小时 is half an hour, 半个百分点 0.5 percentage points."""
    unit, value = CHINESE.get(match["unit"]) or CHINESE["个月"], Decimal("0.5")
    bare = _HALVES.get(unit.symbol) or unit.print("0.5")
    return reading(match.span(), value, _KINDS.get(unit.symbol, "measure"), bare, unit=unit.symbol)


_POWER: Final = re.compile(
    r"(?:(?P<times>\d+(?:\.\d+)?)\s?[×x]\s?)?(?P<base>\d{1,2}|[二三十])\s?的\s?(?P<minus>负|-)?\s?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})\s?次(?:方|幂)"
)
_PAIR: Final = re.compile(r"双(?=(?P<noun>阶段|卡))")


def _power(text: str, at: int) -> Reading | None:
    """10 的 6 次方 is 10^6."""
    match = _POWER.match(text, at)
    base = number_in(match["base"]) if match else None
    exponent = number_in(match["n"]) if match else None
    if match is None or not base or exponent is None:
        return None
    power = -int(exponent) if match["minus"] else int(exponent)
    bare = f"{match['times']}×{base}^{power}" if match["times"] else f"{base}^{power}"
    return reading(match.span(), Decimal(match["times"] or 1) * base**power, "number", bare)


def _pair(text: str, at: int) -> Reading | None:
    """双阶段 is two-stage; other 双 are part of a word."""
    if match := _PAIR.match(text, at):
        return reading(match.span(), Decimal(2), "count", "two", noun=match["noun"])
    return None


def _folded(text: str, at: int) -> Reading | None:
    """翻一番 doubles, 翻两番 is four times."""
    if match := _FOLDED.match(text, at):
        times = {"两": 4, "二": 4, "三": 8, "四": 16}.get(match["n"] or "", 2)
        folded = reading(match.span(), Decimal(times), "multiplier", f"{times}×", unit="×")
        if match["bound"]:
            bound, english = _FOLDED_BOUNDS[match["bound"].removeprefix("将")[0]]
            return folded._replace(bound=bound, english=f"{english} {folded.bare}")
        return folded
    return None


_DIGITS_HERE: Final = "0123456789"
_NUMERALS_HERE: Final = "零一二两三四五六七八九十百千万亿"
RATIO_FORMS: Final[tuple[tuple[Callable[[str, int], Reading | None], str], ...]] = (
    (_dimension, _DIGITS_HERE),
    (_ratio, _DIGITS_HERE + "一二两三四五六七八九十"),
    (_discount, _DIGITS_HERE + "一二两三四五六七八九"),
    (_split, _DIGITS_HERE),
    (_slash, _DIGITS_HERE),
    (_percent_in_words, "百"),
    (_fraction, _DIGITS_HERE + _NUMERALS_HERE + "半减折过逾超近"),
    (_half, _DIGITS_HERE + _NUMERALS_HERE + "半"),
    (_and_more, _DIGITS_HERE + _NUMERALS_HERE),
    (_folded, "翻"),
    (_power, _DIGITS_HERE + "二三十"),
    (_pair, "双"),
)
"""In the order in which they are tried, each with the characters that it can begin with."""
