"""The Chinese number grammar: every figure in one line of Chinese, and its English.

At each place where a figure may begin the readers are tried, special forms (dates, ratios,
ordinals, vague ones) before plain amounts; then the qualifier in front (近, 超过) and behind
(以上, 多) decide the bound. Offsets come back through the map that `chinese_plain` keeps.
"""

from __future__ import annotations

from functools import lru_cache

from digestlib.models import Quantity
from digestlib.quantities.chinese_amounts import read_amount
from digestlib.quantities.chinese_forms import forms_at
from digestlib.quantities.chinese_plain import may_have_figures, offsets, plain
from digestlib.quantities.chinese_qualifiers import qualified
from digestlib.quantities.chinese_reading import Reading
from digestlib.quantities.chinese_starts import START


def find(line: str, number: int = 1, first_id: int = 1, offset: int = 0) -> list[Quantity]:
    """Every figure of a line of Chinese, left to right; names and idioms are not figures.

    `offset` is where the line begins in the text that `start` and `end` are to count from.
    """
    read = _read_line(line)
    if not read:  # as most lines
        return []
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
        for index, (start, end, reading) in enumerate(read)
    ]


@lru_cache(maxsize=2048)
def _read_line(line: str) -> tuple[tuple[int, int, Reading], ...]:
    """Start, end and reading of each figure; a line is rendered, cited and checked, but read once."""
    if not may_have_figures(line):
        return ()
    text, marked = plain(line)
    readings = _readings(text)
    if not readings:
        return ()
    place = offsets(marked)
    found = [(*place.span(r.start, r.end), r) for r in readings]
    if "$" in line:
        found = [(*_whole_formula(line, start, end), reading) for start, end, reading in found]
    return tuple(found)


def _whole_formula(line: str, start: int, end: int) -> tuple[int, int]:
    """A figure in `$…$` takes the dollar signs into its span."""
    opened = line[start - 1 : start] == "$" and "$" not in line[start:end]
    if line[end : end + 1] == "$" and (opened or line[start:end].count("$") == 1):
        return start - opened, end + 1
    return start, end


def _readings(text: str) -> list[Reading]:
    found: list[Reading] = []
    at = 0
    while start := START.search(text, at):
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
