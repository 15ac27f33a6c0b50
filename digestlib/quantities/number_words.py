"""Words and digits that English numbers are made of, and one number in a text."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, NamedTuple

Form = Literal["plain", "fraction", "dimension", "ratio", "slash"]


class Atom(NamedTuple):
    """One number in the text; `parts` holds both numbers of 5:1, 4/5 or 1024×1024."""

    start: int
    end: int
    value: Decimal
    form: Form = "plain"
    parts: tuple[Decimal, ...] = ()
    scale: Decimal = Decimal(1)
    spelled: bool = False


def words_of(table: str) -> list[str]:
    """The words of a table that is written as running text."""
    return table.split()


SCALES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "quadrillion": Decimal(10**15),
}
SUFFIXES: Final = {"k": SCALES["thousand"], "m": SCALES["million"], "b": SCALES["billion"]} | {
    "t": SCALES["trillion"],
    "mn": SCALES["million"],
    "bn": SCALES["billion"],
    "tn": SCALES["trillion"],
    "mln": SCALES["million"],
    "bln": SCALES["billion"],
    "trln": SCALES["trillion"],
}
_ONES: Final = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS: Final = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
WORDS: Final = {word: Decimal(n) for n, word in enumerate(_ONES)} | {
    word: Decimal(10 * n) for n, word in enumerate(TENS, 2)
}
DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:,\d{3})*,\d{4,}|\d+)(?:\.\d+)?"
BEFORE: Final = r"(?<![A-Za-z0-9_.,])(?<!\d[/:])"
ALONE: Final = r"(?<!±)(?<!± )(?<!\d[–—-])"
"""No margin, and no end of a range: 8.7 ± 0.3 out of 10, 6–9 out of 10."""
SCALE_WORD: Final = "|".join(SCALES)
NUMBER_WORD: Final = "|".join(sorted(WORDS, key=len, reverse=True))


def decimal(digits: str) -> Decimal:
    """The number that a run of digits with separators stands for."""
    return Decimal(digits.replace(",", ""))
