"""Figures of a text: what each says, where it stands, and how English prints it.

Chinese lines go through the Chinese grammar, lines without a Chinese character through the
English one. Offsets are characters; nothing is recomputed or corrected.
"""

from __future__ import annotations

import re
from typing import Final

from digestlib.models import SECTION_NAMES, PaperReport, Quantity, Section, SectionName
from digestlib.quantities import chinese, english

_CJK: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of a Chinese or English text, in its order; `start` and `end` are offsets into it.

    `value` is in terms of `unit`: a `Decimal`, (low, high) for a range, None for a vague one.
    """
    found: list[Quantity] = []
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found += _find(line.rstrip("\r\n"), number, len(found) + 1, offset)
        offset += len(line)
    return found


def quantities_of(report: PaperReport) -> tuple[Quantity, ...]:
    """The figures of the five parts of a report: `line` is the line of the file, offsets are in it.

    首个, 首款 … are left out: "the first" is praise to attribute, not a figure to point at.
    """
    wanted = set[int]().union(*(_lines(report, name) for name in SECTION_NAMES))
    found: list[Quantity] = []
    for number, text in report.lines:
        if number in wanted and (told := _find(text, number, len(found) + 1)):
            found += [quantity for quantity in told if not _is_praise(quantity)]
    return tuple(_called(quantity, f"q{place}") for place, quantity in enumerate(found, 1))


def _called(quantity: Quantity, name: str) -> Quantity:
    """The quantity with that id; most have it already."""
    return quantity if quantity.id == name else quantity.model_copy(update={"id": name})


def _find(line: str, number: int, first_id: int, offset: int = 0) -> list[Quantity]:
    find = chinese.find if _CJK.search(line) else english.find
    return find(line, number, first_id, offset)


def _is_praise(quantity: Quantity) -> bool:
    return quantity.kind == "ordinal" and quantity.text.startswith("首")


def _lines(report: PaperReport, name: SectionName) -> range:
    section: Section = getattr(report.sections, name)
    if section.first_line is None or section.last_line is None:
        return range(0)
    return range(section.first_line, section.last_line + 1)
