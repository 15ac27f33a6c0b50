"""Vague figures of the Chinese grammar: 数千, 几分钟, 十余种, 三四个, 千亿, 上千个, 亚秒级."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from digestlib.models import QuantityKind
from digestlib.quantities.chinese_reading import Reading, reading
from digestlib.quantities.chinese_words import (
    CLASSIFIER,
    CLASSIFIER_HERE,
    COUNTED,
    NOUN_HERE,
    UNIT_HERE,
)
from digestlib.quantities.numerals import (
    adjective,
    cardinal,
    chinese_number,
    magnitude,
    scale_of,
    scaled,
)
from digestlib.quantities.units import CHINESE, Unit, UnitKind

_SCALES: Final = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"

# ---------------------------------------------------------------- several and a few

_TIME_UNIT: Final = "毫秒|秒|分钟|个小时|小时|天(?!然)|个星期|星期|周|个月|年|(?<=数)(?:月(?![球亮份])|日(?![志常历期记]))"
_VAGUE: Final = re.compile(
    rf"(?P<some>几|数)(?:(?P<scale>{_SCALES}|十)(?!几)|(?P<unit>{_TIME_UNIT}|倍|个百分点|个数量级))"
)
_WITHOUT_CLASSIFIER: Final = {"月": "个月", "日": "天"}
"""数月 is several months; 几月 asks for one of the twelve."""
_PART_OF_A_WORD: Final = "小参系指函分级次序倍基人总少多步层维轮个"
_BY_MILLIONS: Final = re.compile(
    rf"数以(?P<scale>{_SCALES})计|成(?P<thousands>千)上万|成(?P<hundreds>百)上千"
)


def _several(text: str, at: int) -> Reading | None:
    """数千 is thousands, 几分钟 a few minutes: figures without a value."""
    if match := _BY_MILLIONS.match(text, at):
        scale = match["scale"] or match["thousands"] or match["hundreds"]
        return _a_magnitude(text, match, scale)
    match = _VAGUE.match(text, at)
    if match is None or (match["some"] == "数" and text[max(0, at - 1) : at] in _WORDS_BEFORE):
        return None
    if match["unit"]:
        return _several_units(match)
    if many := UNIT_HERE.match(text, match.end()):
        unit = CHINESE[many["unit"]]
        bare = f"{_many(match['scale'])} of {_plural(unit)}"
        return reading((at, many.end()), None, _kind(unit), bare, unit=unit.symbol)
    return _a_magnitude(text, match, match["scale"])


_WORDS_BEFORE: Final = frozenset(_PART_OF_A_WORD)


def _a_magnitude(text: str, match: re.Match[str], scale: str) -> Reading:
    end = _behind_classifier(text, match.end())
    return reading((match.start(), end), None, "magnitude", _many(scale), noun=_noun(text, end))


def _behind_classifier(text: str, at: int) -> int:
    """Where the classifier ends that stands here; the place itself if there is none."""
    classifier = CLASSIFIER_HERE.match(text, at)
    return classifier.end() if classifier else at


def _several_units(match: re.Match[str]) -> Reading:
    unit, span = CHINESE[_WITHOUT_CLASSIFIER.get(match["unit"], match["unit"])], match.span()
    if unit.symbol == "×":
        return reading(span, None, "multiplier", "several times", unit="×")
    few = "a few" if match["some"] == "几" else "several"
    return reading(span, None, _kind(unit), f"{few} {_plural(unit)}", unit=unit.symbol)


def _many(scale: str) -> str:
    return "tens" if scale == "十" else magnitude(len(f"{scale_of(scale):f}") - 1)


def _plural(unit: Unit) -> str:
    words = {"s": "seconds", "ms": "milliseconds", "×": "times", "%": "percent", "$": "dollars"}
    return words.get(unit.symbol) or unit.plural.strip() or unit.symbol


def _kind(unit: Unit) -> QuantityKind:
    kinds: dict[str, QuantityKind] = {
        "×": "multiplier",
        "%": "percent",
        "pp": "percentage_points",
        "order": "magnitude",
    }
    return kinds.get(unit.symbol, "measure")


def _noun(text: str, at: int) -> str:
    match = NOUN_HERE.match(text, at)
    return match["noun"] if match else ""


# ---------------------------------------------------------------- ten or so, three or four

_TEENS: Final = re.compile(
    r"(?P<tens>[二三四五六七八九](?=十几))?(?P<n>[十百千万])(?:几(?P<scale>[万亿])|[几多余来])"
)
_COUNTED_HERE: Final = re.compile(rf"{COUNTED}|年|天|小时|分钟|秒|倍")
_APPROXIMATE: Final = re.compile(
    r"(?P<a>[一二两三四五六七八九])(?P<b>[二两三四五六七八九])(?P<scale>十|百|千|万|亿)?"
)
_STEPS_HERE: Final = re.compile("[步层轮次帧]")


def _teens(text: str, at: int) -> Reading | None:
    """十余种 is more than ten, 十来个 about ten, 十几万 more than 100,000."""
    match = _TEENS.match(text, at)
    if match is None or text[max(0, at - 1) : at] in set("几数一二两三四五六七八九十百千万"):
        return None
    tens = chinese_number(match["tens"]) if match["tens"] else None
    value = (tens or Decimal(1)) * scale_of(match["n"]) * scale_of(match["scale"] or "")
    end = _behind_classifier(text, match.end())
    here = UNIT_HERE.match(text, match.end())
    unit = CHINESE[here["unit"]] if here else None
    if here and unit and unit.kind in _LONG_UNITS:
        bare = unit.print(cardinal(value))
        found = reading((at, here.end()), value, "measure", bare, unit=unit.symbol)
    elif end == match.end() and not (match["scale"] or _COUNTED_HERE.match(text, end)):
        return None
    else:
        found = reading((at, end), value, "count", cardinal(value), noun=_noun(text, end))
    if "来" in match[0]:
        return found._replace(bound="about", english=f"about {found.bare}")
    return found._replace(bound="over", english=f"more than {found.bare}")


def _approximate(text: str, at: int) -> Reading | None:
    """三四个 is three or four: neighbours in a row."""
    match = _APPROXIMATE.match(text, at)
    if match is None or text[max(0, at - 1) : at] in set("第十百千万"):
        return None
    low, high = chinese_number(match["a"]), chinese_number(match["b"])
    if low is None or (high != low + 1 and match["a"] + match["b"] != "三五"):
        return None
    assert high is not None  # compared
    here = UNIT_HERE.match(text, match.end())
    end = here.end() if here else _behind_classifier(text, match.end())
    if end == match.end() and not _STEPS_HERE.match(text, end):
        return None
    scale = scale_of(match["scale"] or "")
    value = (low * scale, high * scale)
    bare = f"{scaled(value[0])}–{scaled(value[1])}"
    unit = CHINESE[here["unit"]] if here else None
    if unit is None or unit.kind in ("points", "money", "angle"):
        return reading((at, end), value, "count", bare, noun=_noun(text, end))
    return reading((at, end), value, _kind(unit), unit.print(bare), unit=unit.symbol)


# ---------------------------------------------------------------- round magnitudes

_LEVEL: Final = re.compile(r"(?P<sub>亚)?(?P<unit>毫秒|微秒|纳秒|秒|分钟|小时)级(?!别?联)")
_LEVEL_NAMES: Final = {"s": "second", "ms": "millisecond", "μs": "microsecond", "ns": "nanosecond"}
_MAGNITUDE: Final = re.compile(
    rf"(?P<over>[上过破])?(?P<scale>{_SCALES})(?P<level>级别?|量级|规模(?=的|模型|数据|语料))?"
    rf"(?:(?P<classifier>\s?{CLASSIFIER})|(?P<times>倍)|(?=卡))?"
)
_DIGIT_BEFORE: Final = re.compile(r"(?:[\d.]\s?|[一二两三四五六七八九十百千万亿数几第])$")
_EXACT_BEFORE: Final = re.compile(r"(?:近|超|超过|逾|约|达|高达|多达|不到|不足|将近|接近)\s?$")


def _level(text: str, at: int) -> Reading | None:
    """亚秒级 is sub-second, 毫秒级 millisecond-scale."""
    match = _LEVEL.match(text, at)
    if match is None or _DIGIT_BEFORE.search(text[max(0, at - 2) : at]):
        return None
    unit = CHINESE[match["unit"]]
    name = _LEVEL_NAMES.get(unit.symbol, unit.singular.strip())
    bare = f"sub-{name}" if match["sub"] else f"{name}-scale"
    return reading(match.span(), None, "measure", bare, unit=unit.symbol)


def _round(text: str, at: int) -> Reading | None:
    """千亿 and 百万级 are magnitudes before a noun; behind a qualifier (近千亿) they are numbers."""
    match = _MAGNITUDE.match(text, at)
    if match is None:
        return None
    counted = match["over"] and text[:at].endswith("数")  # 图像数过亿
    if not counted and _DIGIT_BEFORE.search(text[max(0, at - 2) : at]):
        return None
    value, scale = scale_of(match["scale"]), match["scale"]
    exact = _EXACT_BEFORE.search(text[max(0, at - 4) : at]) is not None
    noun = _noun(text, match.end())
    if measured := _round_measure(text, match, exact):
        return measured
    if match["over"]:
        return _over_a(text, match, value, noun)
    if match["times"]:
        return reading(match.span(), value, "multiplier", f"{scaled(value)}×", unit="×")
    if exact and (match["classifier"] or noun or len(scale) > 1 or scale == "亿"):
        return reading(match.span(), value, "count", scaled(value), noun=noun)
    if match["level"] and scale != "百":
        return reading(match.span(), value, "magnitude", f"{adjective(value)}-scale")
    if len(scale) == 1 and text[match.end() : match.end() + 1] != "卡":
        return None
    bare = scaled(value) if match["classifier"] else adjective(value)
    return reading(match.span(), value, "magnitude", bare, noun=noun)


_LONG_UNITS: Final[frozenset[UnitKind]] = frozenset(
    ("time", "gpu_time", "length", "mass", "data_size", "money", "energy")
)


def _round_measure(text: str, match: re.Match[str], exact: bool) -> Reading | None:
    """上万小时, 近千小时, 百万美元: a round number of a unit is a measure."""
    here = UNIT_HERE.match(text, match.end("scale"))
    unit = CHINESE[here["unit"]] if here else None
    if here is None or unit is None or unit.kind not in _LONG_UNITS:
        return None
    limited = _LIMIT_BEHIND.match(text, here.end())
    if len(match["scale"]) == 1 and not (match["over"] or exact or limited):
        return None
    value = scale_of(match["scale"])
    bare, span = unit.print(scaled(value)), (match.start(), here.end())
    return _bounded_by(match["over"], reading(span, value, "measure", bare, unit=unit.symbol))


_LIMIT_BEHIND: Final = re.compile("以[内下上]|之内|左右|出头")
"""百元以内, 千元左右."""


def _bounded_by(over: str | None, found: Reading) -> Reading:
    if over in ("过", "破"):
        return found._replace(bound="over", english=f"more than {found.bare}")
    if over == "上":
        return found._replace(bound="at_least", english=f"at least {found.bare}")
    return found


def _over_a(text: str, match: re.Match[str], value: Decimal, noun: str) -> Reading | None:
    """上千个 is a thousand or more, 过万 more than ten thousand."""
    at = match.start()
    ends = re.match(r"[，。；、）)\s的]|$", text[match.end() : match.end() + 1]) is not None
    standing = match["classifier"] or match["times"] or noun or len(match["scale"]) > 1
    if text[max(0, at - 1) : at] in ("超", "通", "经") or not (standing or ends):
        return None
    found = reading(match.span(), value, "count", scaled(value), noun=noun)
    if match["times"]:
        found = reading(match.span(), value, "multiplier", f"{scaled(value)}×", unit="×")
    return _bounded_by(match["over"], found)


VAGUE_FORMS: Final[tuple[tuple[Callable[[str, int], Reading | None], str], ...]] = (
    (_several, "几数成"),
    (_teens, "二三四五六七八九十百千万"),
    (_approximate, "一二两三四五六七八九"),
    (_level, "亚毫微纳秒分小"),
    (_round, "上过破万亿千百十"),
)
"""Each with the characters that it can begin with."""
