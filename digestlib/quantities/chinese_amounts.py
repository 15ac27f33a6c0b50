"""Plain amounts of the Chinese grammar: a number, range or list item with its unit or noun."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.models import QuantityKind
from digestlib.quantities.chinese_names import NAME
from digestlib.quantities.chinese_numbers import GAIN, Amount, read_number
from digestlib.quantities.chinese_reading import Reading
from digestlib.quantities.chinese_words import CLASSIFIER, CLASSIFIER_HERE, NOUN, PEOPLE, SMALL_NOUN
from digestlib.quantities.numerals import scaled_range
from digestlib.quantities.units import UnitKind

_KINDS: Final[dict[UnitKind, QuantityKind]] = {
    "percent": "percent",
    "percentage_points": "percentage_points",
    "points": "points",
    "multiplier": "multiplier",
    "magnitude": "magnitude",
    "resolution": "dimension",
}

_SEPARATOR: Final = re.compile(
    r"\s?(?:——|--|[-–—−~～‑至到])\s?(?:约\s?)?(?=\d|[一二两三四五六七八九十]|零下)"
)
_AND: Final = re.compile(r"\s?[和与]\s?(?=\d)")
_TIMES_HERE: Final = re.compile(r"[x×X](?![a-z])")
_PER: Final = r"/\s?(?:[帧秒天臂手次步样层个](?:[^\W\da-zA-Z_])?|千?[张条次]|[卡月年篇题例道句人]|[Tt]oken|frame|step|image|sample|GPU)"
_NOUN_HERE: Final = re.compile(rf"[\s\-]?(?:{CLASSIFIER}\s?)?(?P<noun>{NOUN}|(?<=-)[a-z]+|{_PER})")
_ROUND_NOUN: Final = re.compile(rf"\s?(?:{SMALL_NOUN}|{PEOPLE})")


_GOES_ON: Final = re.compile(r"\s?[±+\-–—−~～‑至到和与、/及或以]")
"""What begins a spread, the other end of a range or the rest of a list."""


def read_amount(text: str, at: int) -> Reading | None:
    """A number or a range with its unit or classifier, from that place; None if there is none."""
    first = read_number(text, at)
    if first is None or not _stands(text, first):
        return None
    if not _GOES_ON.match(text, first.end):
        return _single(text, first)
    if spread := _with_spread(text, first):
        return spread
    second = _second(text, first)
    if second is None:
        return _single(text, _with_shared_unit(text, first))
    return _range(text, first, second)


# ---------------------------------------------------------------- spreads and lists

_PLUS_MINUS: Final = re.compile(r"\s?(?:±|\+/[-−])\s?(?=\d)")
_NEXT: Final = r"\s?(?:、|[/和与及或]|以及)\s?"
_LIST_LEADS: Final = re.compile(
    rf"(?:{_NEXT}\d{{1,7}}(?:\.\d{{1,4}})?){{0,8}}?{_NEXT}(?=\d{{1,7}}(?:\.\d{{1,4}})?\s?(?:个百分点|个点|倍|pp))"
)
_ITEM: Final = r"\s?\d{1,7}(?![\d.,])"
_LISTS: Final = (
    re.compile(rf"(?:\s?、{_ITEM}){{0,7}}\s?(?:[/和与及或]|以及){_ITEM}"),
    re.compile(rf"(?:\s?[、/]{_ITEM}){{2,8}}"),
)
_SIZES: Final = (re.compile(rf"(?:{_NEXT}\d{{1,4}}(?:\.\d{{1,3}})?[KkMBbT]){{1,8}}"),)


def _with_spread(text: str, first: Amount) -> Reading | None:
    """85.3±0.5 is one figure, 85.3, printed with its spread."""
    sign = _PLUS_MINUS.match(text, first.end)
    spread = read_number(text, sign.end()) if sign else None
    if spread is None or (first.unit is not None and spread.unit not in (None, first.unit)):
        return None
    printed, unit = f"{first.printed} ± {spread.printed}", first.unit or spread.unit
    return _single(
        text,
        spread._replace(start=first.start, value=first.value, printed=printed, unit=unit),
    )


def _with_shared_unit(text: str, amount: Amount) -> Amount:
    """提升 1.2、3.4 和 5.6 个百分点: a list of gains or multiples writes its unit once."""
    if amount.unit or amount.spelled or amount.factor != 1:
        return amount
    leads = _LIST_LEADS.match(text, amount.end)
    last = read_number(text, leads.end()) if leads else None
    return amount._replace(unit=last.unit) if last else amount


# ---------------------------------------------------------------- ranges


def _second(text: str, first: Amount) -> Amount | None:
    separator = _SEPARATOR.match(text, first.end)
    between = None if separator else _AND.match(text, first.end)
    if (separator or between) is None:
        return None
    second = read_number(text, (separator or between).end())  # type: ignore[union-attr]  # one is set
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


def _is_between(text: str, first: Amount, second: Amount) -> bool:
    before = re.search(r"(?:介于|在|位于)\s?$", text[max(0, first.start - 4) : first.start])
    among = before and re.match(r"\s?之间", text[second.end : second.end + 4])
    return bool(among or (before and before[0].startswith("介于") and second.unit))


def _range(text: str, first: Amount, second: Amount) -> Reading | None:
    low, high = first.value, second.value
    if first.factor == 1 and second.factor != 1 and low < high / second.factor:
        low *= second.factor
    if low >= high:
        return None if second.unit is first.unit is None else _single(text, first)
    if second.scaled or first.scaled or first.spelled:
        printed = scaled_range(low, high)
    else:
        suffix = second.printed[-1:] if first.factor == 1 != second.factor else ""
        joint = " to " if low < 0 or re.search(r"[\^⁰-⁹]|\de", first.printed) else "–"
        printed = f"{first.printed}{suffix}{joint}{second.printed}"
    whole = second._replace(start=first.start, printed=printed, more=second.more)
    reading = _single(text, whole)
    return None if reading is None else reading._replace(value=(low, high))


# ---------------------------------------------------------------- what stands behind


LISTED: Final = 20
"""Of so many numerals in a list one says what is counted, or none does."""


def _stands(text: str, amount: Amount, listed: int = 1) -> bool:
    """Whether it is a figure: digits always are; numerals need a unit, classifier or noun.

    In 三、四、五个 the last numeral has it for all; this is the so manieth that is looked at.
    """
    if not amount.spelled:
        return True
    if text[amount.start] == "一" and amount.value == 1:
        return _a_single(text, amount) or _only_one(text, amount) or _begins_a_range(text, amount)
    if amount.unit is not None or amount.value >= 100 or amount.value < 1:
        return True
    separator = _SEPARATOR.match(text, amount.end) if listed < LISTED else None
    if separator and (other := read_number(text, separator.end())):
        return _stands(text, other, listed + 1)
    return bool(
        CLASSIFIER_HERE.match(text, amount.end)
        or _ROUND_NOUN.match(text, amount.end)
        or _ROUND_BEHIND.match(text, amount.end)
    )


_ROUND_BEHIND: Final = re.compile(
    r"\s?(?:多|余|来)(?=人|名|个|种|条|项|款|类|张|台|名|篇|家|年|天|次|倍)"
)


def _begins_a_range(text: str, amount: Amount) -> bool:
    """一到两个, but not 统一到两个."""
    separator = _SEPARATOR.match(text, amount.end)
    if separator is None or text[max(0, amount.start - 1) : amount.start] in _JOINED_TO_ONE:
        return False
    other = read_number(text, separator.end())
    return other is not None and other.value > 1 and _stands(text, other, LISTED)


_JOINED_TO_ONE: Final = frozenset("统逐唯专同单归划")
_LOOSE: Final = re.compile(r"(?:[每某同这那任第下上另逐]|(?<!提)前)$")


def _a_single(text: str, amount: Amount) -> bool:
    """一 is an article before a classifier; one hour, one year and 提升一倍 are figures."""
    if amount.unit is None or _LOOSE.search(text[max(0, amount.start - 2) : amount.start]):
        return False
    if amount.unit.kind == "time":
        return not re.match("[一天年]", text[amount.end : amount.end + 1])
    return amount.unit.symbol in ("×", "order", "pp", "%", "km")


_ONLY: Final = re.compile(
    r"(?:(?<![不并非])(?:仅仅|仅|只)(?:需要?|使?用|有|要|凭|靠|在|通过|含|依赖)?|至少|至多|最多|不到|不足|不止|单用)\s?(?:使用|需要?|有)?\s?$"
)
_DEVICE: Final = re.compile(
    rf"\s?[张块台颗片枚]\s?(?:{NAME}|NVIDIA|Nvidia|GPU|TPU|RTX|GTX|GeForce|Tesla|显卡|消费级|单卡|[A-Z][A-Za-z]* ?{NAME})"
)


def _only_one(text: str, amount: Amount) -> bool:
    """一 counts behind "only" (仅需一张) and of devices (一块 A100); else it is an article."""
    if _DEVICE.match(text, amount.end):
        return not _LOOSE.search(text[max(0, amount.start - 2) : amount.start])
    counted = CLASSIFIER_HERE.match(text, amount.end) or _ROUND_NOUN.match(text, amount.end)
    return bool(counted and _ONLY.search(text[max(0, amount.start - 8) : amount.start]))


def _single(text: str, amount: Amount) -> Reading:
    """The amount with its unit, or as a count with its classifier and noun, or as a number."""
    if amount.unit is not None:
        return _measured(text, amount)
    end, noun = amount.end, _NOUN_HERE.match(text, amount.end)
    if times := _TIMES_HERE.match(text, amount.end):
        end += len(times[0])
    elif classifier := CLASSIFIER_HERE.match(text, amount.end):
        end = classifier.end()
        noun = None if noun and noun.end("noun") <= end else noun
    noun = noun or _shared_noun(text, amount, end)
    counted = noun or end > amount.end or amount.scaled or amount.factor != 1 or amount.spelled
    kind: QuantityKind = "count" if counted or amount.more else "number"
    printed = amount.printed if kind == "count" else _as_written(text, amount)
    return _more(
        amount, _reading(amount.start, end, amount.value, kind, printed, noun=noun["noun"] if noun else "")
    )  # fmt: skip


def _shared_noun(text: str, amount: Amount, at: int) -> re.Match[str] | None:
    """The noun at the end of a list counts for all of it: 7B 和 13B 参数, 3、6 和 9 个视角."""
    is_whole = amount.value == amount.value.to_integral_value()
    lists = _SIZES if amount.factor != 1 else _LISTS if is_whole else ()
    for pattern in lists:
        if (rest := pattern.match(text, at)) and (noun := _NOUN_HERE.match(text, rest.end())):
            return noun
    return None


def _as_written(text: str, amount: Amount) -> str:
    """A bare number keeps its digits as they came: n=4096, 1,356, 2025."""
    grouped_there = "," in text[amount.start : amount.end]
    return amount.printed if grouped_there else amount.printed.replace(",", "")


def _measured(text: str, amount: Amount) -> Reading:
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


def _is_a_gain(text: str, amount: Amount) -> bool:
    """分 is points behind a gain or loss (提升 22.4 分), else a score (73.8 分)."""
    written = text[amount.start : amount.end]
    return "点" in written or bool(GAIN.search(text[max(0, amount.start - 14) : amount.start]))


def _more(amount: Amount, reading: Reading) -> Reading:
    if not amount.more:
        return reading
    return reading._replace(bound="over", english=f"more than {reading.bare}")


def _reading(
    start: int, end: int, value: Decimal, kind: QuantityKind, bare: str, *, unit: str = "", noun: str = ""
) -> Reading:  # fmt: skip
    return Reading(start, end, value, kind, bare, bare, unit, noun)
