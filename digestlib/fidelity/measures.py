"""Measures: in one unit or in two, and those of which a text gives the unit only once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from digestlib.fidelity.values import PLAIN, Grade, Value, equal, fit_values, scaled
from digestlib.models import Quantity
from digestlib.quantities.number_words import SCALES
from digestlib.quantities.units import ENGLISH, UNITS


def fit_measure(source: Quantity, target: Quantity, source_text: str, text: str) -> Grade | None:
    """How two figures stand for each other of which one at least is a measure or percent."""
    assert source.value is not None
    if source.unit in UNITS and target.unit in UNITS:
        return _fit_units(source, target, source_text, text)
    if source.unit in UNITS and _is_bare(target):
        if (behind := _UNITS_BEHIND.get(source.unit)) and behind.match(text, target.end):
            return fit_values(source.value, target)
        if _ELSEWHERE.match(text, target.end):
            return None
        if is_elliptic(source, target, text):
            return "same"
        grade = fit_values(source.value, target)
        return grade if grade and _may_go_without(source, target, text) else None
    if target.unit == "s" and _GRADES.fullmatch(target.text) and source.unit in ("", "pt"):
        return fit_values(source.value, target)
    if target.unit == "m" and _is_bare(source) and _M.search(target.text):
        return fit_values(source.value, _millions(target))
    if target.unit == "TOPS" and _is_bare(source) and _OPERATIONS.match(source_text, source.end):
        assert target.value is not None
        alike = equal(source.value, scaled(target.value, UNITS["TOPS"].factor))
        return "converted" if alike else None
    if target.unit in UNITS and _is_bare(source) and _has_unit(source, target.unit, source_text):
        return fit_values(source.value, target)
    return None


_UNITS_BEHIND: Final = {
    "in": re.compile(r"[\"″”]|['’]{2}"),
    "t": re.compile(r" ?t\b(?!-)"),
    "Hz": re.compile(r" times (?:a|per|each|every) second\b"),
    "kHz": re.compile(r" thousand times (?:a|per|each|every) second\b"),
}
"""85 t of CO₂, sampled 100 times a second: too short or too long to be read as a unit."""
_OPERATIONS: Final = re.compile(r"[\s*]*次?(?:整数|定点|低精度|AI)?\s?(?:运算|计算|操作)")
"""每秒 256 万亿次运算 is 256 TOPS."""
_GRADES: Final = re.compile(r"[1-9]s|10s")
"""7s from two reviewers."""
_M: Final = re.compile(r"\dm$")


def _millions(target: Quantity) -> Quantity:
    """5m as five million, where the source has no metres."""
    assert target.value is not None
    value = scaled(target.value, SCALES["million"])
    return target.model_copy(update={"value": value, "unit": "", "kind": "count"})


_ELSEWHERE: Final = re.compile(
    r"[*]*[ -](?:pounds?|lbs?|ounces?|oz|miles?|mph|feet|foot|ft|inch(?:es)?|yards?|gallons?|acres?|pints?|stones?)\b"
)
"""Units that no Chinese figure is told in: 12 pounds are not 12 公斤."""


def _is_bare(quantity: Quantity) -> bool:
    return not quantity.unit and quantity.kind in PLAIN and quantity.kind != "ordinal"


def _fit_units(source: Quantity, target: Quantity, source_text: str, text: str) -> Grade | None:
    """How two measures stand for each other; nothing is converted at a rate of exchange."""
    assert source.value is not None
    assert target.value is not None
    if source.unit == target.unit:
        return fit_values(source.value, target)
    theirs, ours = UNITS[source.unit], UNITS[target.unit]
    if source.unit == "°C" and target.unit == "°":
        return fit_values(source.value, target)
    if theirs.kind == "speed" and ours.kind == "length" and _A_SECOND.match(text, target.end):
        alike = source.unit in ("m/s", "km/h") and target.unit == source.unit.split("/")[0]
        return fit_values(source.value, target) if alike else None
    if target.unit == f"{source.unit}/s" and ours.kind == "data_rate":
        before = source_text[max(0, source.start - 12) : source.start]
        return fit_values(source.value, target) if _EACH_SECOND.search(before) else None
    if source.unit == "£" and target.unit == "lb":
        return fit_values(source.value, target)
    if theirs.kind != ours.kind or "°F" in (source.unit, target.unit):
        return None
    if source.unit == "yen" and "¥" in target.text:
        return fit_values(source.value, target)
    if theirs.kind in _INCOMPARABLE and not _are_cents(source.unit, target.unit):
        return None
    alike = equal(scaled(source.value, theirs.factor), scaled(target.value, ours.factor))
    return "converted" if alike else None


_EACH_SECOND: Final = re.compile(r"每秒[^，。；、,;\d]*\Z")
"""每秒 4.8 TB is 4.8 TB/s."""
_EACH_MINUTE: Final = re.compile(r"每分钟?[^，。；、,;\d]*\Z")
"""每分钟 2800 转 is 2,800 rpm."""
_A_SECOND: Final = re.compile(r" (?:per|a|an|every|each) (?:second|hour)\b")


def fit_part(value: Value, target: Quantity) -> Grade | None:
    """0.33 s told as a third of a second."""
    if " of a" not in target.text or isinstance(value, tuple) or isinstance(target.value, tuple):
        return None
    return "rounded" if target.value and round(target.value, 2) == value else None


_INCOMPARABLE: Final = frozenset({"money", "rate"})
"""Kinds whose units cannot be converted: dollars and euros, frames and tokens per second."""


def _are_cents(*units: str) -> bool:
    """Whether one is a hundredth of the other: eight cents for 0.08 美元, 0.02 yuan for 2 分钱."""
    return ("cent" in units and _ASIAN.isdisjoint(units)) or set(units) in (
        {"fen", "CNY"},
        {"jiao", "CNY"},
    )


_ASIAN: Final = frozenset({"CNY", "fen", "jiao", "HK$", "yen", "won", "rupee"})


def _has_unit(source: Quantity, symbol: str, source_text: str) -> bool:
    """Whether the source has the unit behind a figure that was read without, or may leave it out."""
    unit = UNITS[symbol]
    behind = _REST.sub("", source_text[source.end : source.end + 48], count=1).lstrip(" *")[:24]
    behind = _DEVICE.sub("", behind)
    if unit.kind == "money" and not source.noun and _tells_money(symbol, source_text):
        return not behind[:1].strip("，。；、,;.)）的")
    if symbol in ("rpm", "bpm"):
        return _EACH_MINUTE.search(source_text, max(0, source.start - 12), source.start) is not None
    if symbol == "h" and behind.startswith(UNITS["GPU h"].chinese):
        return True
    return unit.kind in ("bit_width", "rate") or behind.startswith((*unit.chinese, *unit.english))


@lru_cache(maxsize=64)
def _tells_money(symbol: str, source: str) -> bool:
    """Whether the source has the currency somewhere: 100 万美元, of which each gets 15 万."""
    return any(name in source for name in UNITS[symbol].chinese)


_REST: Final = re.compile(
    r"\A(?:\s?(?:、|[和与及或/]|以及)\s?\d[\d.,]{0,9}\s?[万亿千百]{0,2}){1,4}"
)
"""2.4 万和 6000 GPU 小时: the list has its unit at the end."""
_DEVICE: Final = re.compile(r"^(?:NVIDIA )?[A-Z]{1,3}\d+[A-Za-z]*[ -]?(?:\d+GB)?\s*(?=GPU|卡)")
"""2.1 万 H800 GPU 小时."""


def _may_go_without(source: Quantity, target: Quantity, text: str) -> bool:
    """Whether English may leave the unit out, or has it at a figure nearby."""
    return UNITS[source.unit].kind in _OFTEN_BARE or _shares_unit(source.unit, target, text)


_OFTEN_BARE: Final = frozenset({"rate", "gpu_time", "compute", "bit_width", "angle", "money"})
"""Kinds that are told without their unit as well: at 30, for the frames per second."""


def _shares_unit(symbol: str, target: Quantity, text: str) -> bool:
    """Whether a neighbour's unit holds for a bare figure: 95 milliseconds from 340, 5 or 10 s."""
    behind = text[target.end : target.end + 40]
    before = text[max(0, target.start - 64) : target.start]
    for alias in UNITS[symbol].english:
        word = re.search(rf"(?<![A-Za-z]){re.escape(alias)}(?![A-Za-z])", behind)
        if word and not re.search(r"(?:per |/|\ba )$", behind[: word.start()]):
            return True
        if re.search(rf"\d[ -]?{re.escape(alias)}(?![A-Za-z])", before):
            at = before.rfind(alias) + len(alias)
            return bool(_GOES_ON.fullmatch(before[at:]))
    return False


_GOES_ON: Final = re.compile(r"(?:[^.;\d]|(?<=[a-z] )\d(?= [a-z])){0,60}")
"""Between two figures of one statement, of which the first has the unit: 12 s before, now 3."""


def is_elliptic(source: Quantity, target: Quantity, text: str) -> bool:
    """Whether a bare figure takes its unit from one in front: five days on the one against 14 on the other."""
    if source.value != target.value or not _ENDS.match(text, target.end):
        return False
    unit = _figure_with(source.unit)
    return bool(unit and unit.search(text, max(0, target.start - NEAR), target.start))


NEAR: Final = 90
"""The unit stands so many characters in front of the figure that goes without, or fewer."""
_ENDS: Final = re.compile(
    r"[*]*(?:\Z|[.,;:)](?!\d)| (?:on|for|in|with|without|at|and|or|but|to|before|after|under|when|"
    r"while|against|versus|vs|than|using|if|is|are|was|were|of (?:them|these|it|which))\b)"
)
"""Nothing that the figure could count stands behind it."""


@cache
def _figure_with(symbol: str) -> re.Pattern[str] | None:
    """A figure with this unit."""
    names = [re.escape(name) for name, unit in ENGLISH.items() if unit.symbol == symbol]
    if not names:
        return None
    return re.compile(
        rf"(?:\d[KMBT]?|[a-z])[*]*[ -]?(?:{'|'.join(sorted(names, reverse=True))})(?![A-Za-z])"
    )
