"""Figures that name a power of ten and no value: 数百万, several million, thousands of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.fidelity.values import Grade
from digestlib.models import Quantity
from digestlib.quantities.units import UNITS, comparable


def magnitude(quantity: Quantity) -> int | None:
    """The power of ten that a figure names, or has: 6 for 数百万 and for `several million`."""
    text = quantity.text[:REACH]
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


REACH: Final = 80
"""A figure that says its power of ten does so within so many characters."""
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


def fit_vague(source: Quantity, target: Quantity) -> Grade | None:
    """How two figures stand for each other of which one at least has no value."""
    if not comparable(source.unit, target.unit) or (
        source.unit in UNITS and source.unit != target.unit
    ):
        return None
    if source.value is None and target.value is None:
        powers = _COUNTLESS.get(source.text[:4], (magnitude(source),))
        return "same" if magnitude(target) in powers else None
    if _is_sub_one(source, target):
        return "same"
    if source.value is None and target.kind != "magnitude" and not re.search(r"\d", source.text):
        return None
    return "rounded" if magnitude(source) == magnitude(target) else None


_COUNTLESS: Final = {"成千上万": (3, 4), "成百上千": (2, 3), "成百上万": (2, 4)}
"""Idioms for very many, and the powers of ten that English may say for them."""


def _is_sub_one(source: Quantity, target: Quantity) -> bool:
    """Whether English says `sub-second` where the source says 不到1秒, or 0.4 秒."""
    if not isinstance(source.value, Decimal) or target.text[:3].lower() != "sub":
        return False
    return source.value < 1 or (source.value == 1 and source.bound in ("under", "at_most"))
