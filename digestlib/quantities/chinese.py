"""The Chinese number grammar: every figure in one line of Chinese, and its English.

At each place where a figure may begin the readers are tried, special forms (dates, ratios,
ordinals, vague ones) before plain amounts; then the qualifier in front (近, 超过) and behind
(以上, 多) decide the bound. Offsets come back through the map that `chinese_plain` keeps.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from digestlib.models import Quantity
from digestlib.quantities.chinese_amounts import read_amount
from digestlib.quantities.chinese_forms import forms_at
from digestlib.quantities.chinese_plain import plain
from digestlib.quantities.chinese_qualifiers import qualified
from digestlib.quantities.chinese_reading import Reading


def find(line: str, number: int = 1, first_id: int = 1, offset: int = 0) -> list[Quantity]:
    """Every figure of a line of Chinese, left to right; names and idioms are not figures.

    `offset` is where the line begins in the text that `start` and `end` are to count from.
    """
    return [
        Quantity(
            id=f"q{first_id + index}",
            text=line[start:end],
            start=offset + start,
            end=offset + end,
            line=number,
            value=reading.value,
            unit=reading.unit,
            kind=reading.kind,
            bound=reading.bound,
            english=reading.english,
            bare=reading.bare,
            noun=reading.noun,
        )
        for index, (start, end, reading) in enumerate(_read_line(line))
    ]


@lru_cache(maxsize=2048)
def _read_line(line: str) -> tuple[tuple[int, int, Reading], ...]:
    """Start, end and reading of each figure; a line is rendered, cited and checked, but read once."""
    if not _MAY_COUNT.search(line.replace("*", "").replace("\\", "").replace("\0", "")):
        return ()
    readable = plain(line)
    return tuple(
        (*_whole_formula(line, *readable.span(reading.start, reading.end)), reading)
        for reading in _readings(readable.text)
    )


def _whole_formula(line: str, start: int, end: int) -> tuple[int, int]:
    """A figure in `$…$` takes the dollar signs into its span."""
    opened = line[start - 1 : start] == "$" and "$" not in line[start:end]
    if line[end : end + 1] == "$" and (opened or line[start:end].count("$") == 1):
        return start - opened, end + 1
    return start, end


_SCALE_OR_UNIT: Final = "十百千万亿毫秒分个小天星周年倍"
_NO_ARTICLE: Final = (
    r"(?<=[仅只需要用有凭靠在过含赖少多、/和与及或\s]一)"
    r"|(?![致些般体定系旦直种项条款类套组]|个(?![月小星钟数百点半亿p]))"
)
"""一 is mostly part of a word (一致) or an article (一种); behind 仅, 只需, 至少 or in a list it may count."""
_OPENINGS: Final = {
    "二两三四五六七八九十百千万亿零": "",
    "一": _NO_ARTICLE,
    "成": "[百千]上",
    "数": f"[{_SCALE_OR_UNIT}以]",
    "几": f"[{_SCALE_OR_UNIT}]",
    "半": "[数个小月年天分秒]",
    "减逾超近": "半",
    "上过破": "[百千万亿十半]",
    "前": r"\s?[\d二两三四五六七八九十百]",
    "首": "[个款套份项篇种部批例台]",
    "第": r"\s?[\d零一二两三四五六七八九十百千万亿]",
    "翻": "[了两二一三四番倍]",
    "双": "阶段|卡",
    "亚": "[毫微纳秒分小]",
    "毫微": "秒级",
    "秒": "级",
    "分": "钟级",
    "小": "时级",
}
"""Characters other than digits that a figure may begin with, and what must follow them."""
_CHARACTERS: Final = "".join(_OPENINGS)
_OPENED: Final = "|".join(f"(?<=[{chars}])(?={behind})" for chars, behind in _OPENINGS.items())
_MAY_COUNT: Final = re.compile(rf"[\d{_CHARACTERS}](?:(?<=\d)|{_OPENED})")
_SIGNS: Final = r"+\-−±×"
_START: Final = re.compile(
    rf"[\d$€¥￥{_SIGNS}{_CHARACTERS}](?:"
    rf"(?<![A-Za-z0-9_.].)(?:(?<=\d)(?<!\d,\d(?=\d\d))|(?<=[{_SIGNS}])(?=\d)|(?<=[$€¥￥])(?=\s?[{_SIGNS}]?\d))"
    rf"|{_OPENED})"
)
"""Begins with a set of characters, which is ten times as fast as a choice of patterns."""


def _readings(text: str) -> list[Reading]:
    found: list[Reading] = []
    at = 0
    while start := _START.search(text, at):
        reading = _read(text, start.start())
        if reading is None:
            at = start.start() + 1
            continue
        floor = found[-1].end if found else 0
        found.append(qualified(text, reading, floor))
        at = max(found[-1].end, reading.end)
    return found


def _read(text: str, at: int) -> Reading | None:
    for form in forms_at(text, at):
        if reading := form(text, at):
            return reading
    return read_amount(text, at)
