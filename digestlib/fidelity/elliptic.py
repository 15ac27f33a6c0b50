"""Units that English says once: five days on the one against 14 on the other."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from digestlib.models import Quantity
from digestlib.quantities.units import ENGLISH

NEAR: Final = 90
"""The unit stands so many characters in front of the figure that goes without, or fewer."""


def is_elliptic(source: Quantity, target: Quantity, text: str) -> bool:
    """Whether a bare English figure takes its unit from another one that stands in front of it."""
    if target.unit or target.kind not in ("count", "number") or source.value != target.value:
        return False
    if source.kind != "measure" or not _ENDS.match(text, target.end):
        return False
    told = _told(source.unit)
    return bool(told and told.search(text, max(0, target.start - NEAR), target.start))


_ENDS: Final = re.compile(
    r"[*]*(?:\Z|[.,;:)](?!\d)| (?:on|for|in|with|without|at|and|or|but|to|before|after|under|when|"
    r"while|against|versus|vs|than|using|if)\b)"
)
"""Nothing that the figure could count stands behind it."""


@cache
def _told(symbol: str) -> re.Pattern[str] | None:
    """A figure with this unit."""
    names = [re.escape(name) for name, unit in ENGLISH.items() if unit.symbol == symbol]
    if not names:
        return None
    return re.compile(
        rf"(?:\d|[a-z])[*]*[ -]?(?:{'|'.join(sorted(names, reverse=True))})(?![A-Za-z])"
    )
