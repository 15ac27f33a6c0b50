"""Sums of the Chinese grammar in more than one unit: 1 角 5 分, 三毛五, 九块九, 3 元 5 角."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.quantities.chinese_ratios import NUMBER, number_in
from digestlib.quantities.chinese_reading import Reading, reading
from digestlib.quantities.units import UNITS

_ONE: Final = r"(?:\d|[一二两三四五六七八九])"
_SUM: Final = re.compile(
    rf"(?P<yuan>{NUMBER})\s?(?:元|块)\s?(?P<jiao>{_ONE})\s?[角毛](?:\s?(?P<fen>{_ONE})\s?分?(?!钟))?钱?"
    rf"|(?P<some_yuan>{NUMBER})\s?块\s?(?P<tenths>{_ONE})(?=钱|[，。；、,;）)包一每]|$)钱?"
    rf"|(?P<some_jiao>{_ONE})\s?[角毛]\s?(?P<some_fen>{_ONE})\s?(?:分?(?!钟)(?=钱|[，。；、,;）)包一每]|$)|分(?!钟))钱?"
)


def money(text: str, at: int) -> Reading | None:
    """A sum of yuan, jiao and fen, in yuan."""
    match = _SUM.match(text, at)
    if match is None:
        return None
    yuan, jiao = match["yuan"] or match["some_yuan"], match["jiao"] or match["some_jiao"]
    parts = (yuan, jiao or match["tenths"], match["fen"] or match["some_fen"])
    values = [number_in(part) if part else Decimal(0) for part in parts]
    value = sum((v or Decimal(0)).scaleb(-place) for place, v in enumerate(values))
    unit = UNITS["CNY"]
    return reading(
        match.span(), Decimal(value), "measure", unit.print(f"{value}"), unit=unit.symbol
    )
