"""What two figures say as numbers: the same, or the one is the other rounded."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from digestlib.models import Quantity, QuantityKind

Value = Decimal | tuple[Decimal, Decimal]
"""A number, or both ends of a range."""
Grade = Literal["same", "converted", "rounded"]
"""How a figure stands for another: as it is, in other units, or with fewer digits."""

PLAIN: Final[frozenset[QuantityKind]] = frozenset({"count", "number", "ordinal", "magnitude"})
"""Kinds of figures that are a number and no more."""
_ALL_BUT_NOTHING: Final = Decimal("1e-6")
"""The share by which calculating with another unit may be off."""


def fit_values(source: Value, target: Quantity) -> Grade | None:
    """How the English figure stands for a number in its own terms."""
    assert target.value is not None
    if source == target.value:
        return "same"
    if isinstance(source, tuple) or isinstance(target.value, tuple):
        return "same" if equal(source, target.value) else None
    off, size = abs(source - target.value), abs(source)
    if off * 10 > size:
        return None
    if off <= size * _ALL_BUT_NOTHING:
        return "same"
    return "rounded" if off * 2 <= _precision(target) else None


def equal(first: Value, second: Value) -> bool:
    """Whether two numbers, or both ends of two ranges, are equal but for what calculating costs."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return all(map(equal, first, second))
    if isinstance(first, tuple) or isinstance(second, tuple):
        return False
    return abs(first - second) <= abs(first) * _ALL_BUT_NOTHING


def scaled(value: Value, factor: Decimal) -> Value:
    """The number, or both ends of the range, so many times as large."""
    return (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor


def _precision(quantity: Quantity) -> Decimal:
    """The size of the last digit that is printed: 0.1 for 42.9%, 10,000 for 1.32 million."""
    number = _PRINTED.search(quantity.text)
    if number is None or (number[2] == "m" and quantity.unit == "m"):
        return Decimal(0)
    power = _POWERS.get((number[2] or "").lower(), 12 if number[2] else 0)
    return Decimal(10) ** (power - len(number[1] or ""))


_PRINTED: Final = re.compile(
    r"(?:\d[\d,]*|(?=\.\d))(?:\.(\d+))?\s?-?((?:[KkMBT]|(?<=\d)m(?![/²³])|[mbt]n|[mb]ln)(?![A-Za-z])|[a-z]+illion|thousand)?"
)
_POWERS: Final = {"k": 3, "m": 6, "b": 9, "t": 12, "thousand": 3, "million": 6, "billion": 9} | {
    "mn": 6,
    "bn": 9,
    "tn": 12,
    "mln": 6,
    "bln": 9,
}


def unsigned(source: Quantity, target: Quantity, source_text: str, text: str) -> Quantity:
    """A figure with the sign of the other, where words say it: −25.9% for 降低了 25.9%."""
    if not isinstance(target.value, Decimal) or not isinstance(source.value, Decimal):
        return target
    if target.value < 0 < source.value and source.value != -target.value:
        told = _FALLEN.search(source_text[max(0, source.start - _NEAR) : source.start])
        return target.model_copy(update={"value": -target.value}) if told else target
    if source.value != -target.value or "+" in (source.text[0], target.text[0]):
        return target
    if target.value < 0:
        near = source_text[max(0, source.start - _NEAR) : source.start]
        told = _FALLEN.search(near) or _FELL.search(near)
    else:
        before = text[max(0, target.start - _NEAR) : target.start]
        told = _FALLS.search(before) or _LESS.match(text, target.end)
    return target.model_copy(update={"value": source.value}) if told else target


_NEAR: Final = 60
"""Within so many characters the words of a sign stand."""
_FALLEN: Final = re.compile(
    r"(?:减少|降低|下降|掉|下滑|回落|走低|退步|缩水|缩短|缩小|节省|压缩|降幅|减[小幅]|少|低|跌|降|落后|逊|不及|输|去除|剔除|移除|过滤|删[除去减])"
    r"(?:[^，。；,;至到为达]{0,30}|(?<=幅)(?:达到?|为|约为?))[约近\s*]*$"
)
_FELL: Final = re.compile(r"(?:下降|降低|下滑|跌落|减少)最[多大][^。；升增提涨高]{0,30}\Z")
"""成功率下降最多，达 26 个百分点，视觉次之，为 18 个."""
_FALLS: Final = re.compile(
    r"\b(?:less|lower|fewer|drop\w*|f[ae]ll\w*|declin\w*|decreas\w*|los\w+|down|cut\w*|sav\w+|reduc\w+|short\w*|"
    r"behind|below|worse|trail\w*|shr\w+|small\w*|slow\w*|cheap\w*|negativ\w+|invers\w+|deficits?)\b[^.;\d]*$"
)
_LESS: Final = re.compile(
    r"[*]* (?:points? |percentage points? )?(?:less|lower|fewer|shorter|smaller|slower|worse|behind|below|cheaper)\b"
)
