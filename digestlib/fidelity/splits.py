"""What Chinese splits without a figure: 三七开 is 30/70, 对半 fifty-fifty; 百分制 is out of 100."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.fidelity.compounds import numbers_of
from digestlib.models import Quantity


def is_split(target: Quantity, source: str) -> bool:
    """Whether an English figure tells how the source splits: 3:7, 30/70, 70%; 50:50, half."""
    if target.value == _FULL_MARKS and "百分制" in source:
        return True
    split = _SPLIT.search(source)
    if split is None:
        return False
    parts = tuple(Decimal(_ONE_TO_NINE.index(split[part]) + 1) for part in "ab" if split[part])
    parts = parts or (Decimal(5), Decimal(5))
    tens = tuple(10 * part for part in parts)
    if told := numbers_of(target):
        return told in (parts, tens)
    of_ten = 10 * target.value if isinstance(target.value, Decimal) else None
    return target.value in tens or (target.kind == "fraction" and of_ten in parts)


_FULL_MARKS: Final = 100
_ONE_TO_NINE: Final = "一二三四五六七八九"
_SPLIT: Final = re.compile(
    "(?P<a>[一二三四五六七八九])(?P<b>[一二三四五六七八九])开|对半|各占?一?半|五五分"
)
