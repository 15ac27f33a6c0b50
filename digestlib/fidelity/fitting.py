"""How an English figure stands for a Chinese one: the same, in other units, or rounded.

Nothing is ever recomputed from the source.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.fidelity.compounds import COMPOUND, as_fraction, as_percent, fit_compound
from digestlib.fidelity.magnitudes import fit_vague
from digestlib.fidelity.measures import fit_measure, fit_part, is_elliptic
from digestlib.fidelity.multiples import fit_grown, fit_growth, fit_inverse, fit_more, fit_order
from digestlib.fidelity.values import PLAIN, Grade, fit_values, scaled, unsigned
from digestlib.models import Quantity, QuantityKind
from digestlib.quantities.number_words import SCALES
from digestlib.quantities.numerals import chinese_number


def fit(source: Quantity, target: Quantity, source_text: str = "", text: str = "") -> Grade | None:
    """How the English figure stands for the Chinese one, or None when it says something else.

    The texts in which they stand say what a figure itself leaves out.
    """
    if "dozen" in target.text and "十几" in source.text:
        alike = source.value == 10 and source.unit in ("", target.unit)
        return "rounded" if alike and target.value == 12 else None
    if source.unit == "basis point" and target.unit in ("bp", "bps"):
        target = target.model_copy(update={"unit": source.unit, "kind": source.kind})
    if source.kind == "ordinal" and target.kind == "fraction":
        return "same" if source.value in _places(target) else None
    if source.kind == "ordinal" and source.text[:1] == "第" and _TOP.match(target.text):
        return "same" if source.value == target.value == 1 else None
    if source.text.endswith("分") and text.startswith(" times", target.end):
        return None
    if source.text.endswith("折") and _OFF.match(text, target.end):
        return None
    if isinstance(target.value, tuple) and (teens := _TEENS.match(source.text)):
        low, high = target.value
        alike = source.value == low and source.unit in ("", target.unit)
        tens = chinese_number(teens[1]) if teens[1] else None
        return "same" if alike and high == low + low / (tens or 1) else None
    if target.kind == "percentage_points" and _is_so_many_more(source, source_text):
        source = source.model_copy(update={"kind": target.kind, "unit": target.unit})
    target = unsigned(source, target, source_text, text)
    if _in_same_terms(source, target) and source.value is not None and target.value is not None:
        return fit_values(source.value, target) or fit_part(source.value, target)
    if "date" in (source.kind, target.kind):
        return "same" if source.value == target.value and source.value is not None else None
    if source.kind == "ratio" and target.kind == "count" and isinstance(target.value, tuple):
        return "same" if source.value == target.value and " to " in target.text else None
    if source.kind == "ratio" and target.kind == "multiplier":
        return "converted" if source.value == (target.value, Decimal(1)) else None
    if _is_a_small_part(source) and target.kind == "multiplier":
        source = as_fraction(source)
    if (source.kind, target.kind) in _INVERSE:
        return fit_inverse(source, target, source_text, text)
    if target.kind == "out_of" and source.kind == "percent":
        target = as_percent(target)
    elif (grade := fit_compound(source, target, source_text)) != "unlike":
        return grade
    if _is_borrowed(source, target):
        target = target.model_copy(update={"unit": "", "kind": source.kind})
    if source.value is None or target.value is None:
        if target.unit == "×" and source_text.startswith("分之一", source.end):
            target = target.model_copy(update={"unit": ""})
        return fit_vague(source, target)
    if "measure" in (source.kind, target.kind) or source.kind == target.kind in _IN_UNITS:
        return fit_measure(source, target, source_text, text)
    if source.kind == "multiplier" and (more := fit_more(source, target, source_text, text)):
        return more
    if source.unit == "%" and target.unit == "×":
        return fit_grown(source, target, source_text)
    if "order" in (source.unit, target.unit):
        return fit_order(source, target)
    if source.kind == "multiplier":
        if (grade := fit_growth(source, target, source_text, text)) != "unlike":
            return grade
        if text.startswith(" times", target.end):
            target = target.model_copy(update={"kind": "multiplier", "unit": "×"})
    if source.unit == "%" and target.kind in PLAIN and is_elliptic(source, target, text):
        return "same"  # 85%, up from 72
    return _fit_numbers(source, target, source_text, text)


def _is_so_many_more(source: Quantity, source_text: str) -> bool:
    """最多，达 26 个百分点，其次为 18 个: what the second counts the first has said."""
    if source.kind != "count" or not source.text.endswith("个"):
        return False
    ends = source_text[source.end : source.end + 1] in ("", "，", "。", "；", "）", "、")
    return ends and "个百分点" in source_text[max(0, source.start - 40) : source.start]


_TOP: Final = re.compile("(?:the )?top[ -]", re.IGNORECASE)
"""Fourth is in the top four, yet who is in the top four may be first."""


def _places(target: Quantity) -> tuple[Decimal, ...]:
    """The place that looks like a part of a whole: one millionth, thirty thousandth."""
    if not isinstance(target.value, Decimal) or not target.value:
        return ()
    word = re.split("[ -]", target.bare.lower())[-1]
    scale = SCALES.get(word.removesuffix("th"))
    return (1 / target.value, target.value * scale**2) if scale else ()


_IN_UNITS: Final = ("percent", "percentage_points")
_TEENS: Final = re.compile("([二三四五六七八九])?十几")
"""十几 is 10 to 20, 二十几 is 20 to 30."""
_OFF: Final = re.compile(r"[ -]off\b")
"""What sells at 80% of its price, 八折, is 20% off."""


def _is_a_small_part(source: Quantity) -> bool:
    """百分之一, of which English may say a hundred times less."""
    return source.unit == "%" and isinstance(source.value, Decimal) and 0 < source.value <= _SMALL


_SMALL: Final = 20


def _in_same_terms(source: Quantity, target: Quantity) -> bool:
    """Whether only the values of the two are to be compared."""
    alike = source.kind == target.kind and source.unit == target.unit
    return alike and source.kind not in _SAID_IN_PARTS


_SAID_IN_PARTS: Final[frozenset[QuantityKind]] = COMPOUND | {"multiplier", "date"}
"""5:1 and 10:2 have more to compare than a value; 增长两倍 is tripled."""
_INVERSE: Final = {("multiplier", "fraction"), ("fraction", "multiplier")}


def _is_borrowed(source: Quantity, target: Quantity) -> bool:
    """Whether the unit is only the next figure's and the source has none: from 0 to 50%."""
    if not target.unit or source.unit or source.kind not in PLAIN:
        return False
    return not re.search(r"[^\d.,]", target.bare)


def _fit_numbers(source: Quantity, target: Quantity, source_text: str, text: str) -> Grade | None:
    """How two figures stand for each other that differ in kind and have no unit to convert."""
    assert source.value is not None
    if source.kind == "percentage_points" and target.kind in PLAIN:
        near = text[max(0, target.start - 140) : target.end + 40]
        return fit_values(source.value, target) if _POINTS.search(near) else None
    if source.value == target.value == 0 and {source.kind, target.kind} == {"percent", "number"}:
        return "same"
    factor = _factor(source, target, source_text)
    if factor is None:
        return "converted" if _is_rate(source, target, source_text) else None
    return fit_values(scaled(source.value, factor), target)


_POINTS: Final = re.compile(r"point|\bpp\b")


def _factor(source: Quantity, target: Quantity, source_text: str) -> Decimal | None:
    """What the source's value is multiplied with to be in the target's terms; None when unlike."""
    one = Decimal(1)
    if source.kind == target.kind or (source.kind in PLAIN and target.kind in PLAIN):
        return one
    if (source.kind, target.kind) in _ALIKE:
        return one
    kinds = {source.kind, target.kind}
    if kinds == {"fraction", "percent"}:
        whole = _PARTS[source.unit or target.unit]
        return whole if source.kind == "fraction" else 1 / whole
    if kinds <= {"fraction", "multiplier", "number"}:
        return one if source.value == Decimal("0.5") else None
    if kinds <= {"multiplier", "count", "number"}:
        text = source.text if source.kind != "multiplier" else target.text
        if source.kind != "multiplier" and source_text.startswith(
            ("次", " 次", "遍", " 遍"), source.end
        ):
            return one
        return one if re.search(r"times|x|×|倍", text) else None
    return None


_PARTS: Final = {"%": Decimal(100), "‰": Decimal(1000)}
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


def _is_rate(source: Quantity, target: Quantity, source_text: str) -> bool:
    """Whether a rate is told in percent: 0.97 的成功率, 97% of the time."""
    if (source.kind, target.kind) != ("number", "percent"):
        return False
    near = source_text[max(0, source.start - 12) : source.end + 8]
    sentence = source_text[source_text.rfind("。", 0, source.start) + 1 : source.end + 8]
    if not _RATE.search(sentence) or _CHANGED.search(near):
        return False
    return isinstance(source.value, Decimal) and target.value == source.value * 100 <= 100


_RATE: Final = re.compile("成功率|准确率|正确率|胜率|召回率|精确率|命中率|概率|比例|占比")
_CHANGED: Final = re.compile("[提增升降减跌差+±]")
