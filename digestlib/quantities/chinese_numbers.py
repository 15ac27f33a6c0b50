"""One number as Chinese writes it, with its scale and unit: 3.5千亿, 12.5 %, 三十秒, 2×10^-5."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.quantities.chinese_names import NAME
from digestlib.quantities.chinese_words import (
    CLASSIFIER_HERE,
    DIGITS,
    NUMERALS,
    PEOPLE,
    SCALE,
    UNIT_HERE,
)
from digestlib.quantities.numerals import cardinal, chinese_number, grouped, scale_of, scaled
from digestlib.quantities.units import CHINESE, UNITS, Unit


class Amount(NamedTuple):
    """One number as written: its value, how English prints it, and where its parts end."""

    start: int
    end: int
    value: Decimal
    printed: str
    factor: Decimal
    unit: Unit | None
    spelled: bool
    more: bool
    scaled: bool


_NUMBER: Final = re.compile(
    rf"(?P<money>[$€¥￥]\s?)?(?P<sign>[+\-−±](?=\d)|×(?=\d)|零下\s?(?=[\d一二两三四五六七八九十])|(?<![背肩担抱自胜\d一二三四五六七八九十])(?<!\d )负\s?(?=(?:\d[\d.]*|[一二两三四五六七八九十]+)(?!\s?(?:[\d一二两三四五六七八九十.盘局场平胜]|分之|次)))|正负\s?(?=\d))?(?P<percent>百分之\s?)?"
    rf"(?:(?P<science>\d+(?:\.\d+)?(?:[eE][+\-−]?\d+|\s?×\s?10(?:\^?[{{(]?[\-−]?\d+[}})]?|[⁻⁰¹²³⁴-⁹]+))|(?<![A-Za-z0-9_.^])(?P<power>[2-9]\^(?:\d{{1,2}}|\{{\d{{1,2}}\}}))(?![\^.A-Za-z\d])|10(?:\^[{{(]?[\-−]?\d+[}})]?|[⁻⁰¹²³⁴-⁹]+))"
    rf"|(?P<digits>{DIGITS})|(?P<chinese>{NUMERALS}))"
    rf"(?P<odd>\s?[多余来])?"
    rf"(?:\s?(?:个(?=亿))?(?P<scale>{SCALE})(?P<rest>(?<=亿)\s?\d{{1,4}}(?:\.\d{{1,4}})?\s?[千百]?万(?!亿)|(?<=万)\d[千百](?![米克瓦赫焦卡兆帕伏比电分万亿])|(?<=万)\d千\d百)?)?(?:\s(?=[KMB](?:\s?(?:参数|个|条|规模|级|[Tt]okens?|样本|上下文)|[，。；、）)])))?(?P<suffix>[KkMBbT](?![A-Za-z0-9]))?(?P<plus>\+(?!\d)|\s\+(?=\s?(?:[个种条项款类名家门位]|语[种言]|国家)))?"
)
_COUNTED_HERE: Final = re.compile(rf"\s?(?:[万亿]|次|帧|步|轮|{PEOPLE})")


def read_number(text: str, at: int) -> Amount | None:
    """The number that begins at that place; None if there is none."""
    match = _NUMBER.match(text, at)
    if match and match["odd"] and not _counts(text, match.end("odd")):
        match = _NUMBER.match(text, at, match.start("odd"))
    if match is None:
        return None
    if match.lastgroup == "digits" and match.start("digits") == at:
        return _in_digits(text, match)
    value = _value(match)
    if value is None or (match["sign"] and not _may_be_signed(text, at)):
        return None
    scale = match["scale"] or match["suffix"]
    factor = scale_of(scale) if scale else _ONE
    unit, end = _unit(text, match)
    if match["rest"]:
        value += _rest(match["rest"]) / factor
    more = bool(match["plus"] or (match["odd"] and "来" not in match["odd"]))
    printed = _printed(match, value * factor, unit)
    return Amount(
        at, end, value * factor, printed, factor, unit, match["chinese"] is not None, more, bool(match["scale"])
    )  # fmt: skip


def _in_digits(text: str, match: re.Match[str]) -> Amount:
    """The number that is no more than digits, as most are, with its unit."""
    unit, end = _unit_behind(text, match)
    is_size = unit is not None and unit.kind == "resolution"
    printed, value = match[0] if is_size else grouped(match[0]), Decimal(match[0].replace(",", ""))
    return Amount(match.start(), end, value, printed, _ONE, unit, False, False, False)


def _rest(written: str) -> Decimal:
    """What stands behind 亿 or 万: 2000万 of 1亿2000万, 5千 of 3万5千."""
    parts = re.findall(r"(\d+(?:\.\d+)?)\s?(\D+)", written)
    return sum((Decimal(number) * scale_of(scale) for number, scale in parts), Decimal(0))


_ONE: Final = Decimal(1)


def _counts(text: str, at: int) -> bool:
    """Whether 多, 余 or 来 before that place makes a number vague: 30 多个, not 30 来自."""
    here = (_COUNTED_HERE, CLASSIFIER_HERE, UNIT_HERE)
    return any(pattern.match(text, at) for pattern in here)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["chinese"]:
        number = chinese_number(match["chinese"])
        return -number if number and match["sign"] else number
    if match["science"]:
        return _scientific(match["science"])
    value = Decimal(match["digits"].replace(",", ""))
    return -value if match["sign"] and match["sign"][0] in "-−零负" else value


def _scientific(text: str) -> Decimal | None:
    ascii_text = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-"))
    if power := _POWER_OF.fullmatch(ascii_text):
        return Decimal(power[1]) ** int(power[2])
    compact = re.sub(r"[\s{}()^]", "", ascii_text)
    if "×10" in compact:
        compact = compact.replace("×10", "e")
    elif compact.startswith("10") and "e" not in compact.lower():
        compact = "1e" + compact[2:]
    return Decimal(compact) if re.fullmatch(r"[\d.]+[eE][+\-]?\d{1,3}", compact) else None


_POWER_OF: Final = re.compile(r"([2-9])\^\{?(\d{1,2})\}?")
"""2^20."""


def _may_be_signed(text: str, at: int) -> bool:
    if text[at] == "负" and "胜" in text[max(0, at - 12) : at]:
        return False  # 胜 58%，负 31%
    return text[at] in "×±零负正" or at == 0 or text[at - 1] in _SIGN_FOLLOWS


_SIGN_FOLLOWS: Final = frozenset(" \t(（[【:：,，;；、=/|~～升降高低加减为是达约涨跌变化了至到从由")


_CURRENCIES: Final = {"¥": "CNY", "￥": "CNY"}


def _unit(text: str, match: re.Match[str]) -> tuple[Unit | None, int]:
    if match["percent"]:
        return UNITS["%"], match.end()
    if match["money"]:
        return UNITS[_CURRENCIES.get(match["money"].strip(), match["money"].strip())], match.end()
    if match["sign"] == "×" and not _SIDE.search(text, 0, match.start()):
        return UNITS["×"], match.end()
    return (None, match.end()) if match["science"] else _unit_behind(text, match)


def _unit_behind(text: str, match: re.Match[str]) -> tuple[Unit | None, int]:
    here = UNIT_HERE.match(text, match.end())
    if here is None or _is_a_count(text, match, here) or not _is_a_unit(text, match, here):
        return None, match.end()
    return _meant(text, match, here) or CHINESE[here["unit"]], here.end()


def _meant(text: str, match: re.Match[str], here: re.Match[str]) -> Unit | None:
    """What 分 is in 2 小时 15 分, 度 beside 电 (kWh) and 公里 behind 时速 (km/h)."""
    if speed := _SPEEDS.get(here["unit"]):
        symbol, told = speed
        before = text[max(0, match.start() - 12) : match.start()]
        return UNITS[symbol] if told.search(before) else None
    if here["unit"] == "度":
        before = text[max(0, match.start() - 16) : match.end()]
        if _WARM.search(before):
            return UNITS["°C"]
        return UNITS["kWh"] if _POWER.search(before) or text.startswith("电", here.end()) else None
    if here["unit"] != "分":
        return None
    beside = re.match(r"\s?\d[\d.]{0,6}\s?秒", text[here.end() : here.end() + 10]) or re.search(
        r"(?:小时|钟头)\s?$", text[max(0, match.start() - 4) : match.start()]
    )
    return UNITS["min"] if beside else None


_SIDE: Final = re.compile(r"\d\s?(?:[毫厘分千]?米|公里|[mck]?m)\s?\Z")
"""Of 4 米×4 米 the second is four metres too."""
_DAYS: Final = re.compile(r"[之以]?内|留存|均线|游")
"""30 日内 are thirty days; the 30 日 of a month is a date."""
_PRICED: Final = re.compile("[费价元钱]")
_KM_PER_HOUR: Final = "km/h", re.compile(r"(?:时速|每小时)[^，。；\d]*$")
_SPEEDS: Final = {"公里": _KM_PER_HOUR, "千米": _KM_PER_HOUR} | {
    "米": ("m/s", re.compile(r"每秒[^，。；\d]*$"))
}
"""Units of length that are units of speed behind these words."""
_WARM: Final = re.compile("零下|[气水室体低高升降恒油]温|温度|加热|冷却")
_POWER: Final = re.compile("(?:[用耗省节]电|电[费量]|发电)[^，。；]*$")


def _is_a_count(text: str, match: re.Match[str], here: re.Match[str]) -> bool:
    """16x A800 counts devices; 1.59× multiplies."""
    if here["unit"] not in ("x", "X", "×") or "." in (match["digits"] or ""):
        return False
    devices = rf"\s?(?:{NAME}|NVIDIA|Nvidia|GPU|TPU|RTX|Tesla|\d)"
    return re.match(devices, text[here.end() : here.end() + 8]) is not None


def _is_a_unit(text: str, match: re.Match[str], here: re.Match[str]) -> bool:
    """Whether 分, 点, 元 and the like stand for their unit here."""
    alias = here["unit"]
    if alias == "角":
        return _PRICED.search(text) is not None
    if alias == "日":
        return _DAYS.match(text, here.end()) is not None
    if alias == "点":
        return bool(GAIN.search(text[max(0, match.start() - 12) : match.start()]))
    if match["chinese"]:
        return alias not in ("分", "点", "度", "元", "克", "焦", "瓦", "升", "伏") or (
            len(match["chinese"]) > 1 and alias != "点"
        )
    return True


GAIN: Final = re.compile(
    r"(?:提升|提高|增加|增长|上涨|上升|高出?|领先|下降|降低|降幅|减少|超出|超越|落后|涨|差距?|低|掉|跌|改善|增益|增幅|拉开)(?:[^。；，,;到至]|至少|至多)*$"
)


_SIGNS: Final = {"零": "−", "负": "−", "正": "±"}


def _printed(match: re.Match[str], value: Decimal, unit: Unit | None) -> str:
    if match["science"]:
        return re.sub(r"[\s{}()]", "", match["science"])
    sign = _SIGNS.get((match["sign"] or "")[:1], match["sign"] or "")
    if match["suffix"]:
        return f"{sign}{match['digits'] or value}{match['suffix'].upper()}"
    if match["scale"]:
        return scaled(value)
    if match["chinese"] and sign:
        return f"{sign}{scaled(abs(value))}"
    if match["chinese"]:
        as_word = unit is None or unit.plural.strip() not in ("", unit.symbol, "%", "×", "°")
        return cardinal(value) if as_word else scaled(value)
    if unit is not None and unit.kind == "resolution":
        return str(match["digits"])
    return f"{'' if sign == '×' else sign}{grouped(match['digits'])}"
