"""What a translator worked out: at 71.4%, more than double the 33.3% of another.

Nothing is computed for the reader. A ratio that the source does not give is told to the editor, but
it is no error where the two figures beside it, both of the source, have that ratio.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Bound, Finding, Quantity

_KINDS: Final = frozenset({"multiplier", "fraction"})
_BEFORE: Final = 140
"""What is compared stands within so many characters before the ratio …"""
_BEHIND: Final = 30
"""… and what it is compared with within so many behind it."""
_RANGES: Final[dict[Bound | None, tuple[Decimal, Decimal]]] = {
    None: (Decimal("0.97"), Decimal("1.03")),
    "about": (Decimal("0.9"), Decimal("1.1")),
    "nearly": (Decimal("0.9"), Decimal(1)),
    "over": (Decimal(1), Decimal("1.3")),
    "under": (Decimal("0.75"), Decimal(1)),
}
"""By its qualifier, between which parts of the stated ratio the true one must be."""


def derived_figures(case: Case) -> Iterator[Finding]:
    """Ratios that were worked out from two figures of the source, as minor."""
    for figure in case.unmatched_text:
        if pair := derived_from(figure, case):
            message = f"{figure.text} was worked out from {pair[0].text} and {pair[1].text}"
            yield finding(case, "derived", "minor", message, target=(figure.start, figure.end))


def derived_from(ratio: Quantity, case: Case) -> tuple[Quantity, Quantity] | None:
    """The two figures that have this ratio, the one it is said of first."""
    limits = _RANGES.get(ratio.bound)
    if ratio.kind not in _KINDS or not limits or not isinstance(ratio.value, Decimal):
        return None
    figures = [m.target for m in case.figures]
    before = [q for q in figures if 0 <= ratio.start - q.end <= _BEFORE]
    behind = [q for q in figures if 0 <= q.start - ratio.end <= _BEHIND]
    for other in behind[:1]:
        for one in reversed(before):
            if (one.kind, one.unit) == (other.kind, other.unit) and _quotient(one, other):
                part = _quotient(one, other) / ratio.value
                return (one, other) if limits[0] <= part <= limits[1] else None
    return None


def _quotient(one: Quantity, other: Quantity) -> Decimal:
    """How many times the other the one is; 0 where that cannot be said."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return Decimal(0)
    return one.value / other.value if other.value else Decimal(0)
