"""Multiples: 增长两倍 is tripled, a tenth is ten times less, three orders of magnitude are 1,000 times."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from digestlib.fidelity.values import Grade, equal
from digestlib.models import Quantity


def fit_inverse(source: Quantity, target: Quantity, source_text: str, text: str) -> Grade | None:
    """A fraction for a multiple or the other way round: a tenth is the same as ten times less."""
    before = source_text[max(0, source.start - 24) : source.start]
    if source.value == target.value:
        return "same"
    if source.kind == "multiplier":
        less = bool(_LESS_BEFORE.search(before) or _LESS_BEHIND.match(source_text, source.end))
    else:
        sooner = _SOONER.match(text, target.end) and _TIME.search(before)
        less = bool(sooner or _is_reduction(target, text)) and not _CUT_BY.search(before)
    return "converted" if less and _is_inverse(source, target) else None


_LESS_BEFORE: Final = re.compile(r"(?:[少小低短轻]|降低|减少|缩小)[用花占耗了\s*]*$")
_LESS_BEHIND: Final = re.compile(r"[\s*]*的?(?:降低|减少|缩小|压缩|下降)")
_CUT_BY: Final = re.compile(r"(?:减少|降低|下降|缩短|缩小|节省|压缩)了?[约近\s*]*$")
_SOONER: Final = re.compile(r"[* ]*(?:faster|quicker)\b")
_TIME: Final = re.compile("时间|时长|时延|延迟|耗时|用时")


def _is_inverse(source: Quantity, target: Quantity) -> bool:
    if not isinstance(source.value, Decimal) or not isinstance(target.value, Decimal):
        return False
    return equal(source.value * target.value, Decimal(1))


def _is_reduction(target: Quantity, text: str) -> bool:
    """Whether a multiple says how much less: 8x smaller, an 8-fold reduction, shrinks 8x."""
    before = text[max(0, target.start - 60) : target.start]
    return bool(_SMALLER.match(text, target.end) or _SHRINKS.search(before))


_SMALLER: Final = re.compile(
    r"[* ]*(?:smaller|fewer|less|lower|shorter|cheaper|lighter|(?:\w+ )?(?:reduction|compression|decrease|"
    r"shrinkage|saving|cut|drop))s?\b"
)
_SHRINKS: Final = re.compile(
    r"\b(?:compress|shr[aiu]nk|reduc|cut|slash|lower|fall|fell|drop|decreas|shorten|trim)\w*\b[^.;,\d]*$",
    re.IGNORECASE,
)


def fit_more(source: Quantity, target: Quantity, source_text: str, text: str) -> Grade | None:
    """是基线的 1.4 倍 told as 40% higher."""
    level = _TIMES_OF.search(source_text[max(0, source.start - 30) : source.start])
    if not (target.unit == "%" and level and _HIGHER.match(text, target.end)):
        return None
    if not (isinstance(source.value, Decimal) and isinstance(target.value, Decimal)):
        return None
    return "converted" if equal((source.value - 1) * 100, target.value) else None


_TIMES_OF: Final = re.compile(r"(?:[是为达]|相当于)[^，。；]{1,24}的[\s*约近]*$")
_HIGHER: Final = re.compile(
    r"[* ]*(?:higher|more|faster|greater|larger|longer|better|bigger|above|over)\b"
)


def fit_order(source: Quantity, target: Quantity) -> Grade | None:
    """Three orders of magnitude as 1,000 times, or the other way round."""
    orders, times = (source, target) if source.unit == "order" else (target, source)
    ends = zip(_ends(orders), _ends(times), strict=False)
    if len(_ends(orders)) != len(_ends(times)) or not _ends(orders):
        return None
    if times.unit == "×":
        return "converted" if all(_is_so_many_times(*pair) for pair in ends) else None
    if times.kind == "fraction":
        return (
            "converted"
            if all(part and _is_so_many_times(n, 1 / part) for n, part in ends)
            else None
        )
    return None


def _ends(figure: Quantity) -> tuple[Decimal, ...]:
    """The number of a figure, or both of a range."""
    if isinstance(figure.value, Decimal):
        return (figure.value,)
    return figure.value or ()


def _is_so_many_times(orders: Decimal, times: Decimal) -> bool:
    return orders == int(orders) and 0 < orders < _MANY and equal(times, Decimal(10) ** orders)


_MANY: Final = 12


def fit_grown(source: Quantity, target: Quantity, source_text: str) -> Grade | None:
    """1.4 times as fast, for 速度提升 40%."""
    if not isinstance(source.value, Decimal) or not isinstance(target.value, Decimal):
        return None
    grown = _GROWTH.search(source_text[max(0, source.start - 12) : source.start])
    return "converted" if grown and equal(1 + source.value / 100, target.value) else None


def fit_growth(
    source: Quantity, target: Quantity, source_text: str, text: str
) -> Grade | Literal["unlike"] | None:
    """增长两倍 is tripled or +200%, not doubled; written with digits it may be either.

    翻两番 is +300%, and what has grown ninefold is ten times what it was.
    """
    folded = source.text.startswith("翻")
    grown = _FOLDED.match(source.text) or _GROWTH.search(
        source_text[max(0, source.start - 12) : source.start]
    )
    grown_to = _GROWN_TO.search(source_text[max(0, source.start - 16) : source.start])
    if grown_to and target.kind == "percent" and isinstance(source.value, Decimal):
        whole = (source.value - 1) * 100
        return (
            "converted"
            if isinstance(target.value, Decimal) and equal(whole, target.value)
            else "unlike"
        )
    if not grown or not isinstance(source.value, Decimal) or not isinstance(target.value, Decimal):
        return "unlike"
    growth = source.value - 1 if folded else source.value
    growth = Decimal(1) if "一倍" in source.text else growth
    if target.kind == "percent":
        return "same" if equal(growth * 100, target.value) else None
    itself = _OF_ITSELF.match(text, target.end)
    if grown and not folded and itself and equal(growth + 1, target.value):
        return "same"
    more = grown and not folded and _MORE.match(grown[0])
    in_words = not re.search(r"[0-9０-９]", source.text)
    if more and in_words and equal(growth + 1, target.value) and target.kind == "multiplier":
        return "same"
    if more and _LEVEL.match(text, target.end):
        if equal(growth + 1, target.value):
            return "same"
        if _THAN_THEN.search(source_text[max(0, source.start - 20) : source.start]):
            return None
    if _VERB.search(target.text):
        digits = re.search(r"[0-9０-９]", source.text)
        tripled = equal(growth + 1, target.value)
        return "same" if tripled or (digits and equal(source.value, target.value)) else None
    return "unlike"


_GROWN_TO: Final = re.compile(r"[增升提涨扩][^，。；\d]{0,2}[至到][^，。；\d]{0,8}$")
"""增至 5 倍 is +400%."""
_GROWTH: Final = re.compile(
    r"(?:增长|增加|扩大|提高|提升|上升|高出|多出|[增涨升]幅|快|增|涨)[了达到出为]*[*\s约近]*$"
)
_FOLDED: Final = re.compile("翻")
_THAN_THEN: Final = re.compile("同比|环比|同期|[较比](?:上|去|前|年初)[^，。；]*$")
"""By how much it has grown over the year is never loosely what it is now."""
_MORE: Final = re.compile("[增多高涨升]")
"""增长九倍 is ten times as much; 扩大十倍 and 快十倍 may be said of ten times."""
_OF_ITSELF: Final = re.compile(
    r"[* ]*(?:times )?(?:(?:the|its) (?:original|previous|former|earlier|initial)\b|what it was)"
)
_LEVEL: Final = re.compile(
    r"[* ]*(?:times )?(?:the|that|what|its|those|as (?:many|much|high|large|long|fast))\b"
)
_VERB: Final = re.compile(r"doubl|tripl|trebl|quadrupl|quintupl", re.IGNORECASE)
