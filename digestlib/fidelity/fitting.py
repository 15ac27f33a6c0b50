"""How an English figure stands for a Chinese one: the same, in other units, or rounded.

Nothing is ever recomputed from the source.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from digestlib.fidelity.elliptic import is_elliptic
from digestlib.models import Quantity, QuantityKind
from digestlib.quantities.units import UNITS, comparable, convert

Grade = Literal["same", "converted", "rounded"]

_NUMERIC: Final[frozenset[QuantityKind]] = frozenset({"count", "number", "ordinal", "magnitude"})
SHARES: Final[frozenset[QuantityKind]] = frozenset({"ratio", "out_of", "fraction", "dimension"})
_UNITLESS_RATES: Final = frozenset({"rate", "gpu_time", "compute", "bit_width", "angle", "money"})
_ALIKE: Final[frozenset[tuple[QuantityKind, QuantityKind]]] = frozenset(
    {
        ("percentage_points", "points"),
        ("points", "percentage_points"),
        ("points", "count"),
        ("points", "number"),
        ("count", "points"),
        ("number", "points"),
    }
)
"""(source kind, target kind) that say the same with the same value."""


def fit(source: Quantity, target: Quantity, source_text: str = "", text: str = "") -> Grade | None:
    """How the English figure stands for the Chinese one, or None when it says something else."""
    if "dozen" in target.text and "十几" in source.text:
        return "rounded" if source.value == 10 and target.value == 12 else None
    if _in_same_terms(source, target) and source.value is not None and target.value is not None:
        return _fit_values(source.value, target)
    if "date" in (source.kind, target.kind):
        return "same" if source.value == target.value and source.value is not None else None
    if source.kind == "ratio" and isinstance(target.value, tuple) and target.kind not in SHARES:
        return "same" if shares(source) == target.value and not target.unit else None
    if source.kind in SHARES and target.kind in SHARES:
        return "same" if _equal_shares(source, target) else None
    if source.kind == "multiplier" and target.kind == "fraction" and source.value != Decimal(2):
        if source.value == target.value:
            return "same"
        less = _LESS_THERE.search(source_text[max(0, source.start - 6) : source.start])
        less = less or _LESS_BEHIND.match(source_text, source.end)
        return "converted" if less and _is_inverse(source, target) else None
    if source.kind == "fraction" and target.kind == "multiplier":
        before = source_text[max(0, source.start - 24) : source.start]
        sooner = _SOONER.match(text, target.end) and _TIME_THERE.search(before)
        fewer = (sooner or _is_reduction(target, text)) and not _CUT_BY.search(before)
        return "converted" if fewer and _is_inverse(source, target) else None
    if (
        target.kind == "out_of"
        and source.kind == "percent"
        and shares(target)[-1:] <= (Decimal(10),)
    ):
        target = _as_percent(target)
    elif target.kind == "out_of" and source.kind in _NUMERIC:
        each = _EACH.search(source_text[max(0, source.start - 8) : source.start])
        return "same" if each and shares(target)[:1] == (source.value,) else None
    elif _is_borrowed(source, target):
        target = target.model_copy(update={"unit": "", "kind": source.kind})
    if source.value is None or target.value is None:
        return _fit_vague(source, target)
    if source.value == target.value == 0 and "%" in (source.unit, target.unit):
        return "same" if {source.kind, target.kind} <= {"percent", "number"} else None
    if is_elliptic(source, target, text):
        return "same"
    if "measure" in (source.kind, target.kind):
        return _fit_measure(source, target, source_text, text)
    if "order" in (source.unit, target.unit) and source.unit != target.unit:
        return _fit_order(source, target)
    if (grown := _fit_growth(source, target, source_text)) != "unlike":
        return grown
    if source.kind == "multiplier" and text.startswith(" times", target.end):
        target = target.model_copy(update={"kind": "multiplier", "unit": "×"})
    if source.kind == "percentage_points" and target.kind in _NUMERIC:
        near = text[max(0, target.start - 80) : target.end + 40]
        return _fit_values(source.value, target) if re.search(r"point|\bpp\b", near) else None
    factor = _factor(source, target)
    if factor is None:
        return "converted" if _is_rate(source, target, source_text) else None
    return _fit_values(_scaled(source.value, factor), target)


def _is_rate(source: Quantity, target: Quantity, source_text: str) -> bool:
    """Whether a rate is told in percent: 0.97 的成功率, 97% of the time."""
    if isinstance(source.value, tuple) or (source.kind, target.kind) != ("number", "percent"):
        return False
    around = source_text[max(0, source.start - 12) : source.end + 8]
    if not _RATE_THERE.search(around) or _CHANGED_THERE.search(around) or source.value is None:
        return False
    return source.value <= 1 and target.value == source.value * 100


_RATE_THERE: Final = re.compile("成功率|准确率|正确率|胜率|召回率|精确率|命中率|概率|比例|占比")
_CHANGED_THERE: Final = re.compile("[提增升降减跌差]")


def _in_same_terms(source: Quantity, target: Quantity) -> bool:
    """Whether only the values of the two are to be compared."""
    alike = source.kind == target.kind and source.unit == target.unit
    return alike and source.kind not in _SAID_IN_PARTS


_SAID_IN_PARTS: Final[frozenset[QuantityKind]] = SHARES | {"multiplier", "date"}
"""5:1 and 10:2 have more to compare than a value; 增长两倍 is tripled."""


def _is_inverse(source: Quantity, target: Quantity) -> bool:
    """A tenth and ten times."""
    if not isinstance(source.value, Decimal) or not isinstance(target.value, Decimal):
        return False
    return _equal(source.value * target.value, Decimal(1))


_LESS_THERE: Final = re.compile(r"(?:[少小低短轻]|降低|减少|缩小)[用花占耗了\s*]*$")
_LESS_BEHIND: Final = re.compile(r"[\s*]*的?(?:降低|减少|缩小|压缩|下降)")
_CUT_BY: Final = re.compile(r"(?:减少|降低|下降|缩短|缩小|节省|压缩)了?[约近\s*]*$")
_SOONER: Final = re.compile(r"[* ]*(?:faster|quicker)\b")
_TIME_THERE: Final = re.compile("时间|时长|时延|延迟|耗时|用时")
_SMALLER: Final = re.compile(
    r"[* ]*(?:smaller|fewer|less|lower|shorter|cheaper|lighter|(?:\w+ )?(?:reduction|compression|decrease|"
    r"shrinkage|saving|cut|drop))s?\b"
)
_SHRINKS: Final = re.compile(
    r"\b(?:compress|shr[aiu]nk|reduc|cut|slash|lower|fall|fell|drop|decreas|shorten|trim)\w*\b[^.;,\d]*$",
    re.IGNORECASE,
)


def _is_reduction(target: Quantity, text: str) -> bool:
    """Whether a multiple says how much less: 8x smaller, an 8-fold reduction, shrinks 8x."""
    before = text[max(0, target.start - 60) : target.start]
    return bool(_SMALLER.match(text, target.end) or _SHRINKS.search(before))


_EACH: Final = re.compile(r"每(?:[百千万亿]+|\s*10+0\s*|\s*1,?000\s*)")


def _fit_order(source: Quantity, target: Quantity) -> Grade | None:
    """Three orders of magnitude as 1,000 times, or the other way round."""
    orders, times = (source, target) if source.unit == "order" else (target, source)
    if not isinstance(orders.value, Decimal) or not isinstance(times.value, Decimal):
        return None
    whole = orders.value == int(orders.value) and 0 < orders.value < 12
    alike = times.unit == "×" or " times" in times.text
    return "converted" if whole and alike and times.value == 10 ** int(orders.value) else None


def _as_percent(target: Quantity) -> Quantity:
    """Eight in ten as 80%."""
    part, whole = shares(target)[:2] if len(shares(target)) > 1 else (Decimal(0), Decimal(1))
    value = part / whole * 100 if whole else Decimal(0)
    return target.model_copy(update={"value": value, "kind": "percent", "unit": "%"})


def _is_borrowed(source: Quantity, target: Quantity) -> bool:
    """Whether the unit is only the next figure's and the source has none: from 0 to 50%."""
    if not target.unit or source.unit or source.kind not in _NUMERIC:
        return False
    return not re.search(r"[^\d.,]", target.bare)


def shares(quantity: Quantity) -> tuple[Decimal, ...]:
    """The numbers of a ratio, dimension or fraction as written: (8, 1, 1) for 8:1:1."""
    if quantity.kind == "out_of" and isinstance(quantity.value, tuple):
        return quantity.value
    digits = re.findall(r"\d+(?:\.\d+)?", quantity.text.replace(",", ""))
    if len(digits) > 1:
        return tuple(Decimal(part) for part in digits)
    return quantity.value if isinstance(quantity.value, tuple) else ()


def precision(quantity: Quantity) -> Decimal:
    """The size of the last digit that is printed: 0.1 for 42.9%, 10,000 for 1.32 million."""
    number = re.search(
        r"\d[\d,]*(?:\.(\d+))?\s?-?([KkMBT](?![A-Za-z])|[a-z]+illion|thousand)?", quantity.text
    )
    if number is None:
        return Decimal(0)
    scales = {"k": 3, "t": 12, "m": 6, "b": 9, "thousand": 3, "million": 6, "billion": 9}
    power = scales.get((number[2] or "").lower(), 12 if number[2] else 0)
    return Decimal(10) ** (power - len(number[1] or ""))


def _factor(source: Quantity, target: Quantity) -> Decimal | None:
    """What the source's value is multiplied with to be in the target's terms; None when unlike."""
    one = Decimal(1)
    if source.kind == target.kind and comparable(source.unit, target.unit):
        return one
    if source.kind in _NUMERIC and target.kind in _NUMERIC:
        return one if "order" not in (source.unit, target.unit) else None
    if (source.kind, target.kind) in _ALIKE:
        return one
    if {source.kind, target.kind} <= {"fraction", "percent"}:
        return Decimal(100) if source.kind == "fraction" else 1 / Decimal(100)
    if {source.kind, target.kind} <= {"fraction", "multiplier", "number"}:
        return one if source.value == Decimal("0.5") else None
    if {source.kind, target.kind} <= {"multiplier", "count", "number"}:
        text = source.text if source.kind != "multiplier" else target.text
        return one if re.search(r"times|x|×|倍", text) else None
    return None


def _fit_measure(source: Quantity, target: Quantity, source_text: str, text: str) -> Grade | None:
    assert source.value is not None
    assert target.value is not None
    if comparable(source.unit, target.unit) and source.unit in UNITS and target.unit in UNITS:
        if source.unit == target.unit:
            return _fit_values(source.value, target)
        if UNITS[source.unit].kind in _INCOMPARABLE and not _are_cents(source.unit, target.unit):
            return None
        return "converted" if _equal(_base(source), _base(target)) else None
    bare = target.unit == "" and target.kind in _NUMERIC and source.unit in UNITS
    if bare and (grade := _fit_values(source.value, target)):
        unitless = UNITS[source.unit].kind in _UNITLESS_RATES
        if text.startswith(" cent", target.end):
            return None
        return grade if unitless or _shares_unit(source, target, text) else None
    if source.unit == "" and source.kind in _NUMERIC and target.unit in UNITS:
        behind = source_text[source.end : source.end + 8].lstrip(" *")
        unit = UNITS[target.unit]
        yen = target.unit == "CNY" and behind.startswith(("日元", "日圆"))
        if (
            yen
            or behind.startswith((*unit.chinese, *unit.english))
            or unit.kind in ("bit_width", "rate")
        ):
            return _fit_values(source.value, target)
    return None


def _are_cents(*units: str) -> bool:
    """Whether one is a hundredth of the other: eight cents for 0.08 美元."""
    return "cent" in units and "CNY" not in units


_INCOMPARABLE: Final = frozenset({"money", "rate", "points", "multiplier"})
"""Kinds whose units cannot be converted: dollars and euros, frames and tokens per second."""
_GOES_ON: Final = re.compile(r"(?:[^.;\d]|(?<=[a-z] )\d(?= [a-z])){0,60}")
"""Between two figures of one statement, of which the first has the unit: 12 s before, now 3."""


def _shares_unit(source: Quantity, target: Quantity, text: str) -> bool:
    """Whether a neighbour's unit holds for a bare figure: 95 milliseconds from 340, 5 or 10 s."""
    behind = text[target.end : target.end + 40]
    before = text[max(0, target.start - 64) : target.start]
    for alias in UNITS[source.unit].english:
        word = re.search(rf"(?<![A-Za-z]){re.escape(alias)}(?![A-Za-z])", behind)
        if word and not re.search(r"(?:per |/|\ba )$", behind[: word.start()]):
            return True
        if re.search(rf"\d[ -]?{re.escape(alias)}(?![A-Za-z])", before):
            at = before.rfind(alias) + len(alias)
            return bool(_GOES_ON.fullmatch(before[at:]))
    return False


def _base(quantity: Quantity) -> Decimal | tuple[Decimal, Decimal]:
    if isinstance(quantity.value, tuple):
        low, high = quantity.value
        return convert(low, quantity.unit), convert(high, quantity.unit)
    assert quantity.value is not None
    return convert(quantity.value, quantity.unit)


def _fit_values(value: Decimal | tuple[Decimal, Decimal], target: Quantity) -> Grade | None:
    assert target.value is not None
    if value == target.value:
        return "same"
    if isinstance(value, tuple) or isinstance(target.value, tuple):
        return "same" if _equal(value, target.value) else None
    off, size = abs(value - target.value), abs(value)
    if off * 10 > size:
        return None
    if off <= size * _ALL_BUT_NOTHING:
        return "same"
    return "rounded" if off * 2 <= precision(target) else None


def _scaled(
    value: Decimal | tuple[Decimal, Decimal], factor: Decimal
) -> Decimal | tuple[Decimal, Decimal]:
    return (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor


def _equal(
    first: Decimal | tuple[Decimal, Decimal], second: Decimal | tuple[Decimal, Decimal]
) -> bool:
    if isinstance(first, tuple) or isinstance(second, tuple):
        return (
            isinstance(first, tuple)
            and isinstance(second, tuple)
            and _equal(first[0], second[0])
            and _equal(first[1], second[1])
        )
    return abs(first - second) <= abs(first) * _ALL_BUT_NOTHING


_ALL_BUT_NOTHING: Final = Decimal("1e-6")


def _equal_shares(source: Quantity, target: Quantity) -> bool:
    parts, others = shares(source), shares(target)
    if parts and others:
        return parts == others
    if isinstance(source.value, Decimal) and isinstance(target.value, Decimal):
        return _equal(source.value, target.value)
    if len(parts) == 2 and isinstance(target.value, Decimal):
        return _equal(parts[0] / parts[1], target.value)
    if len(others) == 2 and isinstance(source.value, Decimal):
        return _equal(source.value, others[0] / others[1])
    return False


_GROWTH: Final = re.compile(
    r"(?:增长|增加|扩大|提高|提升|上升|高出|多出|快|增)[了达到出]*[*\s约近]*$"
)
_VERB: Final = re.compile(r"doubl|tripl|trebl|quadrupl", re.IGNORECASE)


def _fit_growth(
    source: Quantity, target: Quantity, source_text: str
) -> Grade | Literal["unlike"] | None:
    """增长两倍 is tripled or +200%, not doubled; written with digits it may be either."""
    if source.kind != "multiplier" or "倍" not in source.text:
        return "unlike"
    grown = _GROWTH.search(source_text[max(0, source.start - 12) : source.start])
    if not grown or isinstance(source.value, tuple) or isinstance(target.value, tuple):
        return "unlike"
    assert source.value is not None
    assert target.value is not None
    growth = Decimal(1) if "一倍" in source.text else source.value
    if target.kind == "percent":
        return "same" if _equal(growth * 100, target.value) else None
    if target.kind == "multiplier" and _VERB.search(target.text):
        digits = re.search(r"[0-9０-９]", source.text)
        tripled = _equal(growth + 1, target.value)
        return "same" if tripled or (digits and _equal(source.value, target.value)) else None
    return "unlike"


# ---------------------------------------------------------------- vague magnitudes

_CHINESE_POWERS: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "兆": 12}
_ENGLISH_POWERS: Final = {
    "ten": 1,
    "dozen": 1,
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
}


TOLD: Final = 80
"""A figure that says its power of ten does so within so many characters."""


def magnitude(quantity: Quantity) -> int | None:
    """The power of ten that a vague figure names: 6 for 数百万 and `several million`."""
    text = quantity.text[:TOLD]
    chinese = [_CHINESE_POWERS[c] for c in text if c in _CHINESE_POWERS]
    digits = re.search(r"\d+(?:\.\d+)?", text)
    if chinese:
        return sum(chinese) + (Decimal(digits[0]).adjusted() if digits else 0)
    english = [p for w, p in _ENGLISH_POWERS.items() if re.search(rf"\b{w}s?\b", text.lower())]
    if english:
        return sum(english)
    if isinstance(quantity.value, Decimal) and quantity.value > 0:
        return quantity.value.adjusted()
    return None


def _fit_vague(source: Quantity, target: Quantity) -> Grade | None:
    if not comparable(source.unit, target.unit) or (
        source.unit and source.unit in UNITS and source.unit != target.unit
    ):
        return None
    if source.value is None and target.value is not None:
        vague = target.kind == "magnitude" or bool(re.search(r"\d", source.text))
        return "rounded" if vague and magnitude(source) == magnitude(target) else None
    if target.value is None and isinstance(source.value, Decimal):
        below = source.value < 1 or source.bound in ("under", "at_most")
        if target.text[:3].lower() == "sub" and below and source.value <= 1:
            return "same"
    if target.value is None and source.value is not None:
        return "rounded" if magnitude(source) == magnitude(target) else None
    powers = _COUNTLESS.get(source.text[:4], (magnitude(source),))
    return "same" if magnitude(target) in powers else None


_COUNTLESS: Final = {"成千上万": (3, 4), "成百上千": (2, 3), "成百上万": (2, 4)}
"""Idioms for very many, and the powers of ten that English may say for them."""
