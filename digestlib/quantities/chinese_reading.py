"""What the readers of the Chinese grammar hand on: one figure, placed, valued and printed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from digestlib.models import Bound, QuantityKind

Value = Decimal | tuple[Decimal, Decimal] | None


class Reading(NamedTuple):
    """A figure in the plain text of a line; `english` differs from `bare` by the qualifier."""

    start: int
    end: int
    value: Value
    kind: QuantityKind
    bare: str
    english: str
    unit: str = ""
    noun: str = ""
    bound: Bound | None = None


def reading(
    span: tuple[int, int],
    value: Value,
    kind: QuantityKind,
    bare: str,
    *,
    unit: str = "",
    noun: str = "",
) -> Reading:
    """A figure without a qualifier."""
    return Reading(*span, value, kind, bare, bare, unit, noun)
