"""Plain amounts of the Chinese grammar: a number or a range, its scale, unit or classifier."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.chinese_names import NAME
from digestlib.chinese_reading import Reading
from digestlib.chinese_words import CLASSIFIER, DIGITS, NOUN, NUMERALS, SCALE, SMALL_NOUN, UNIT
from digestlib.models import QuantityKind
from digestlib.numerals import (
    cardinal,
    chinese_number,
    grouped,
    scale_of,
    scaled,
    scaled_range,
)
from digestlib.units import CHINESE, UNITS, Unit, UnitKind

_KINDS: Final[dict[UnitKind, QuantityKind]] = {
    "percent": "percent",
    "percentage_points": "percentage_points",
    "points": "points",
    "multiplier": "multiplier",
    "magnitude": "magnitude",
    "resolution": "dimension",
}

_NUMBER: Final = re.compile(
    rf"(?P<money>[$€¥￥]\s?)?(?P<sign>[+\-−±](?=\d)|×(?=\d))?(?P<percent>百分之\s?)?"
    rf"(?:(?P<science>\d+(?:\.\d+)?(?:[eE][+\-−]?\d+|\s?×\s?10(?:\^?[{{(]?[\-−]?\d+[}})]?|[⁻⁰¹²³⁴-⁹]+))|10(?:\^[{{(]?[\-−]?\d+[}})]?|[⁻⁰¹²³⁴-⁹]+))"
    rf"|(?P<digits>{DIGITS})|(?P<chinese>{NUMERALS}))"
    rf"(?P<odd>\s?[多余来](?=\s?(?:[万亿]|{CLASSIFIER}|小时|分钟|天|年|倍|次|帧|步|轮)))?"
    rf"(?:\s?(?P<scale>{SCALE}))?(?P<suffix>[KkMBbT](?![A-Za-z0-9]))?(?P<plus>\+(?!\d))?"
)
_SEPARATOR: Final = re.compile(
    r"\s?(?:——|--|[-–—−~～‑至到])\s?(?:约\s?)?(?=\d|[一二两三四五六七八九十])"
)
_AND: Final = re.compile(r"\s?[和与]\s?(?=\d)")
_UNIT_HERE: Final = re.compile(rf"\s?(?P<unit>{UNIT})")
_CLASSIFIER_HERE: Final = re.compile(rf"\s?{CLASSIFIER}")
_PER: Final = r"/\s?(?:[帧秒天臂手次步样层个][\u4e00-\u9fff]?|[张卡条月年篇千百]|[Tt]oken|frame|step|image|sample|GPU)"
_NOUN_HERE: Final = re.compile(rf"[\s\-]?(?:{CLASSIFIER}\s?)?(?P<noun>{NOUN}|(?<=-)[a-z]+|{_PER})")
_ROUND_NOUN: Final = re.compile(rf"\s?{SMALL_NOUN}")


class _Amount(NamedTuple):
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


def read_amount(text: str, at: int) -> Reading | None:
    """A number or a range with its unit or classifier, from that place; None if there is none."""
    first = _amount(text, at)
    if first is None or not _stands(text, first):
        return None
    second = _second(text, first)
    return _single(text, first) if second is None else _range(text, first, second)


# ---------------------------------------------------------------- one number


def _amount(text: str, at: int) -> _Amount | None:
    match = _NUMBER.match(text, at)
    if match is None:
        return None
    value = _value(match)
    if value is None or (match["sign"] and not _may_be_signed(text, at)):
        return None
    factor = scale_of(match["scale"] or match["suffix"] or "") if _scaled(match) else Decimal(1)
    unit, end = _unit(text, match)
    more = bool(match["plus"] or (match["odd"] and "来" not in match["odd"]))
    printed = _printed(match, value * factor, unit)
    return _Amount(
        at, end, value * factor, printed, factor, unit, match["chinese"] is not None, more, bool(match["scale"])
    )  # fmt: skip


def _scaled(match: re.Match[str]) -> bool:
    return bool(match["scale"] or match["suffix"])


def _value(match: re.Match[str]) -> Decimal | None:
    if match["chinese"]:
        return chinese_number(match["chinese"])
    if match["science"]:
        return _scientific(match["science"])
    value = Decimal(match["digits"].replace(",", ""))
    return -value if match["sign"] in ("-", "−") else value


def _scientific(text: str) -> Decimal | None:
    ascii_text = text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-"))
    compact = re.sub(r"[\s{}()^]", "", ascii_text)
    if "×10" in compact:
        compact = compact.replace("×10", "e")
    elif compact.startswith("10") and "e" not in compact.lower():
        compact = "1e" + compact[2:]
    return Decimal(compact) if re.fullmatch(r"[\d.]+[eE][+\-]?\d{1,3}", compact) else None


def _may_be_signed(text: str, at: int) -> bool:
    return text[at] in "×±" or at == 0 or text[at - 1] in _SIGN_FOLLOWS


_SIGN_FOLLOWS: Final = frozenset(" \t(（[【:：,，;；、=/|~～升降高低加减为是达约涨跌变化了至到")


_CURRENCIES: Final = {"¥": "CNY", "￥": "CNY"}


def _unit(text: str, match: re.Match[str]) -> tuple[Unit | None, int]:
    if match["percent"]:
        return UNITS["%"], match.end()
    if match["money"]:
        return UNITS[_CURRENCIES.get(match["money"].strip(), match["money"].strip())], match.end()
    if match["sign"] == "×":
        return UNITS["×"], match.end()
    if match["science"] is None and (here := _UNIT_HERE.match(text, match.end())):
        unit = _minutes(text, match, here) or CHINESE[here["unit"]]
        if not _is_a_count(text, match, here) and _is_a_unit(text, match, here["unit"]):
            return unit, here.end()
    return None, match.end()


def _minutes(text: str, match: re.Match[str], here: re.Match[str]) -> Unit | None:
    """分 beside 小时 or 秒 is minutes: 2 小时 15 分, 3 分 20 秒."""
    beside = re.match(r"\s?\d[\d.]{0,6}\s?秒", text[here.end() : here.end() + 10]) or re.search(
        r"(?:小时|钟头)\s?$", text[max(0, match.start() - 4) : match.start()]
    )
    return UNITS["min"] if beside and here["unit"] == "分" else None


def _is_a_count(text: str, match: re.Match[str], here: re.Match[str]) -> bool:
    """16x A800 counts devices; 1.59× multiplies."""
    if here["unit"] not in ("x", "X", "×") or "." in (match["digits"] or ""):
        return False
    devices = rf"\s?(?:{NAME}|NVIDIA|Nvidia|GPU|TPU|RTX|Tesla|\d)"
    return re.match(devices, text[here.end() : here.end() + 8]) is not None


def _is_a_unit(text: str, match: re.Match[str], alias: str) -> bool:
    """Whether 分, 点, 元 and the like stand for their unit here."""
    if alias == "点":
        return bool(_GAIN.search(text[max(0, match.start() - 12) : match.start()]))
    if match["chinese"]:
        return alias not in ("分", "点", "度", "元", "克", "焦", "瓦", "升", "伏") or (
            len(match["chinese"]) > 1 and alias != "点"
        )
    return True


_GAIN: Final = re.compile(
    r"(?:提升|提高|增加|增长|上涨|上升|高出?|领先|下降|降低|降幅|减少|超出|超越|落后|涨|差距?|低|掉|跌|改善|增益|增幅|拉开)(?:[^。；，,;到至]|至少|至多)*$"
)


def _printed(match: re.Match[str], value: Decimal, unit: Unit | None) -> str:
    if match["science"]:
        return re.sub(r"[\s{}()]", "", match["science"])
    sign = match["sign"] or ""
    if match["suffix"]:
        return f"{sign}{match['digits'] or value}{match['suffix'].upper()}"
    if match["scale"]:
        return scaled(value)
    if match["chinese"]:
        as_word = unit is None or unit.plural.strip() not in ("", unit.symbol, "%", "×", "°")
        return cardinal(value) if as_word else scaled(value)
    if unit is not None and unit.kind == "resolution":
        return str(match["digits"])
    return f"{'' if sign == '×' else sign}{grouped(match['digits'])}"


# ---------------------------------------------------------------- ranges


def _second(text: str, first: _Amount) -> _Amount | None:
    separator = _SEPARATOR.match(text, first.end)
    between = None if separator else _AND.match(text, first.end)
    if (separator or between) is None:
        return None
    second = _amount(text, (separator or between).end())  # type: ignore[union-attr]  # one is set
    if second is None or first.spelled != second.spelled or second.printed[:1] in "+-":
        return None
    if first.unit is not None and first.unit is not second.unit:
        return None
    if between and not _is_between(text, first, second):
        return None
    changes = separator is not None and re.search("[至到]", separator[0])
    if (
        changes
        and re.search(r"(?:从|由)(?:约|近|大约)?\s?$", text[max(0, first.start - 5) : first.start])
        and not (re.match(r"\s?(?:不等|之间|的范围)", text[second.end : second.end + 6]))
    ):
        return None
    return None if re.match(r"[-/]\d", text[second.end : second.end + 2]) else second


def _is_between(text: str, first: _Amount, second: _Amount) -> bool:
    before = re.search(r"(?:介于|在|位于)\s?$", text[max(0, first.start - 4) : first.start])
    return bool(before and re.match(r"\s?之间", text[second.end : second.end + 4]))


def _range(text: str, first: _Amount, second: _Amount) -> Reading | None:
    low, high = first.value, second.value
    if first.factor == 1 and second.factor != 1 and low < high / second.factor:
        low *= second.factor
    if low >= high:
        return None if second.unit is first.unit is None else _single(text, first)
    if second.scaled or first.scaled or first.spelled:
        printed = scaled_range(low, high)
    else:
        suffix = second.printed[-1:] if first.factor == 1 != second.factor else ""
        printed = f"{first.printed}{suffix}–{second.printed}"
    whole = second._replace(start=first.start, printed=printed, more=second.more)
    reading = _single(text, whole)
    return None if reading is None else reading._replace(value=(low, high))


# ---------------------------------------------------------------- what stands behind


def _stands(text: str, amount: _Amount) -> bool:
    """Whether it is a figure: digits always are; numerals need a unit, classifier or noun."""
    if not amount.spelled:
        return True
    if text[amount.start] == "一" and amount.value == 1:
        return _a_single(text, amount) or _only_one(text, amount)
    if amount.unit is not None or amount.value >= 100:
        return True
    separator = _SEPARATOR.match(text, amount.end)
    if separator and (other := _amount(text, separator.end())):
        return _stands(text, other)
    return bool(
        _CLASSIFIER_HERE.match(text, amount.end)
        or _ROUND_NOUN.match(text, amount.end)
        or _ROUND_BEHIND.match(text, amount.end)
    )


_ROUND_BEHIND: Final = re.compile(r"\s?(?:多|余)(?=个|种|条|项|款|类|张|台|名|篇|家|年|天|次|倍)")
_LOOSE: Final = re.compile(r"[每某同这那任第前下上另逐]$")


def _a_single(text: str, amount: _Amount) -> bool:
    """一 is an article before a classifier; one hour, one year and 提升一倍 are figures."""
    if amount.unit is None or _LOOSE.search(text[max(0, amount.start - 1) : amount.start]):
        return False
    if amount.unit.kind == "time":
        return not re.match("[一天年]", text[amount.end : amount.end + 1])
    return amount.unit.symbol in ("×", "order", "pp", "%", "km")


_ONLY: Final = re.compile(
    r"(?:(?<![不并非])(?:仅仅|仅|只)(?:需要?|使?用|有|要|凭|靠|在|通过|含|依赖)?|至少|至多|最多|单用)\s?(?:使用|需要?|有)?\s?$"
)
_DEVICE: Final = re.compile(
    rf"\s?[张块台颗片枚]\s?(?:{NAME}|NVIDIA|Nvidia|GPU|TPU|RTX|GTX|GeForce|Tesla|显卡|消费级|单卡|[A-Z][A-Za-z]* ?{NAME})"
)


def _only_one(text: str, amount: _Amount) -> bool:
    """一 counts behind "only" (仅需一张) and of devices (一块 A100); else it is an article."""
    if _DEVICE.match(text, amount.end):
        return not _LOOSE.search(text[max(0, amount.start - 1) : amount.start])
    counted = _CLASSIFIER_HERE.match(text, amount.end) or _ROUND_NOUN.match(text, amount.end)
    return bool(counted and _ONLY.search(text[max(0, amount.start - 8) : amount.start]))


def _single(text: str, amount: _Amount) -> Reading:
    """The amount with its unit, or as a count with its classifier and noun, or as a number."""
    if amount.unit is not None:
        return _measured(text, amount)
    end, noun = amount.end, _NOUN_HERE.match(text, amount.end)
    if times := re.match(r"[x×X](?![a-z])", text[amount.end : amount.end + 2]):
        end += len(times[0])
    elif classifier := _CLASSIFIER_HERE.match(text, amount.end):
        end = classifier.end()
        noun = None if noun and noun.end("noun") <= end else noun
    noun = noun or _shared_noun(text, end)
    counted = noun or end > amount.end or amount.scaled or amount.factor != 1 or amount.spelled
    kind: QuantityKind = "count" if counted or amount.more else "number"
    printed = amount.printed if kind == "count" else _as_written(text, amount)
    return _more(
        amount, _reading(amount.start, end, amount.value, kind, printed, noun=noun["noun"] if noun else "")
    )  # fmt: skip


_LIST_ENDS: Final = re.compile(
    rf"(?:\s?(?:[/、，,]|[和与及或]|以及)\s?\d{{1,7}}(?:\.\d{{1,3}})?[KkMBbT]?(?![A-Za-z\d.])){{1,8}}{_NOUN_HERE.pattern}"
)


def _shared_noun(text: str, at: int) -> re.Match[str] | None:
    """The noun at the end of a list counts for all of it: 7B 和 13B 参数, 3、6 和 9 个视角."""
    return _LIST_ENDS.match(text, at)


def _as_written(text: str, amount: _Amount) -> str:
    """A bare number keeps its digits as they came: n=4096, 1,356, 2025."""
    grouped_there = "," in text[amount.start : amount.end]
    return amount.printed if grouped_there else amount.printed.replace(",", "")


def _measured(text: str, amount: _Amount) -> Reading:
    unit = amount.unit
    assert unit is not None  # the caller looked
    value, printed, kind = amount.value, amount.printed, _KINDS.get(unit.kind, "measure")
    if unit.symbol == "pt" and not _is_a_gain(text, amount):
        return _more(amount, _reading(amount.start, amount.end, value, "number", printed))
    if (
        unit.symbol == "×"
        and value == 1
        and _GAIN_OR_SPEED.search(text[max(0, amount.start - 6) : amount.start])
    ):
        value, printed = Decimal(2), "2"  # 提升一倍 is doubled
    noun = _NOUN_HERE.match(text, amount.end)
    behind = noun["noun"] if noun and noun["noun"].startswith("/") else ""
    bare = unit.print(printed)
    return _more(
        amount,
        _reading(amount.start, amount.end, value, kind, bare, unit=unit.symbol, noun=behind),
    )


_GAIN_OR_SPEED: Final = re.compile(
    r"(?:提升|提高|增加|增长|扩大|翻|快|多|高|大|长)(?:了|近|约|出)*\s?$"
)


def _is_a_gain(text: str, amount: _Amount) -> bool:
    """分 is points behind a gain or loss (提升 22.4 分), else a score (73.8 分)."""
    written = text[amount.start : amount.end]
    return "点" in written or bool(_GAIN.search(text[max(0, amount.start - 14) : amount.start]))


def _more(amount: _Amount, reading: Reading) -> Reading:
    if not amount.more:
        return reading
    return reading._replace(bound="over", english=f"more than {reading.bare}")


def _reading(
    start: int, end: int, value: Decimal, kind: QuantityKind, bare: str, *, unit: str = "", noun: str = ""
) -> Reading:  # fmt: skip
    return Reading(start, end, value, kind, bare, bare, unit, noun)
