"""Figures of several numbers: 8:1:1, eight in ten, 4/5, 1024×1024."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from digestlib.fidelity.values import PLAIN, Grade, equal
from digestlib.models import Quantity, QuantityKind
from digestlib.quantities.numerals import chinese_number

COMPOUND: Final[frozenset[QuantityKind]] = frozenset({"ratio", "out_of", "fraction", "dimension"})


def numbers_of(quantity: Quantity) -> tuple[Decimal, ...]:
    """The numbers of such a figure as written: (8, 1, 1) for 8:1:1."""
    if quantity.kind in ("out_of", "dimension") and isinstance(quantity.value, tuple):
        return quantity.value
    digits = re.findall(r"\d+(?:\.\d+)?", quantity.text.replace(",", ""))
    if len(digits) > 1:
        return tuple(Decimal(part) for part in digits)
    return quantity.value if isinstance(quantity.value, tuple) else ()


def fit_compound(
    source: Quantity, target: Quantity, source_text: str
) -> Grade | Literal["unlike"] | None:
    """How two figures stand for each other of which one at least has several numbers."""
    if source.kind in COMPOUND and target.kind in COMPOUND:
        return "same" if _is_equal_share(source, target) else None
    if target.unit == "%" and source.kind in PLAIN:
        hundred = _OF_100.search(source_text[max(0, source.start - 24) : source.start])
        return "same" if hundred and source.value == target.value else "unlike"
    if target.kind == "out_of" and source.kind in PLAIN:
        each = _EACH.search(source_text[max(0, source.start - 24) : source.start])
        marks = numbers_of(target)
        if "百分制" in source_text and marks[:1] == (source.value,) and marks[1:] == (_HUNDRED,):
            return "same"
        if not each or numbers_of(target)[:1] != (source.value,):
            return None
        return "same" if numbers_of(target)[1:] in ((), (_whole(each["whole"]),)) else None
    return "unlike"


_OF_100: Final = re.compile(r"每\s?(?:百|100)(?![\d万])[^，。；]*$")
_EACH: Final = re.compile(r"每\s*(?P<whole>[一十百千万亿]+|10+0|1,?000)(?![\d.])[^，。；]*$")


def _whole(written: str) -> Decimal | None:
    """How many 每千 or 每 1,000 speaks of."""
    plain = written.replace(",", "")
    return Decimal(plain) if plain.isdecimal() else chinese_number(f"一{plain.removeprefix('一')}")


def _is_equal_share(source: Quantity, target: Quantity) -> bool:
    theirs, ours = numbers_of(source), numbers_of(target)
    if theirs and ours:
        return theirs == ours or (
            source.kind == target.kind == "ratio" and shares(theirs) == shares(ours)
        )
    share, other = _share(source, theirs), _share(target, ours)
    return share is not None and other is not None and equal(share, other)


def shares(numbers: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """The parts of a ratio in percent of the whole: 80, 10 and 10 of 8:1:1."""
    whole = sum(numbers)
    return tuple(100 * number / whole for number in numbers) if whole else ()


def _share(quantity: Quantity, numbers: tuple[Decimal, ...]) -> Decimal | None:
    """What share it is of a whole: 0.8 for 4/5 and for four fifths."""
    if isinstance(quantity.value, Decimal):
        return quantity.value
    return numbers[0] / numbers[1] if len(numbers) == 2 and numbers[1] else None


def share(figure: Quantity) -> Decimal | None:
    """The part of a whole that a percentage, a fraction or two in five says."""
    if figure.kind == "out_of" and isinstance(figure.value, tuple) and figure.value[1]:
        return figure.value[0] / figure.value[1]
    if not isinstance(figure.value, Decimal):
        return None
    if figure.unit == "%":
        return figure.value / 100
    return figure.value if figure.kind == "fraction" else None


def as_fraction(source: Quantity) -> Quantity:
    """百分之一 as a hundredth."""
    assert isinstance(source.value, Decimal)
    update = {"kind": "fraction", "unit": "", "value": source.value / 100}
    return source.model_copy(update=update)


_PAIR: Final = 2
_TEN: Final = 10
_HUNDRED: Final = Decimal(100)


def as_percent(target: Quantity) -> Quantity:
    """Eight in ten as 80%; a score, 215 out of 244, is left as it is."""
    numbers = numbers_of(target)
    if len(numbers) < _PAIR or not (0 < numbers[1] <= _TEN or numbers[1] == _HUNDRED):
        return target
    value = numbers[0] / numbers[1] * 100
    return target.model_copy(update={"value": value, "kind": "percent", "unit": "%"})
