"""From the lines at which blocks begin to the blocks and the five parts of a paper."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ..models import SECTION_NAMES, Block, Section, Sections
from .grammar import PART_TITLES
from .parts import BlockKind, Boundary, Note
from .rows import Row


def cut_blocks(boundaries: Sequence[Boundary], lines: Sequence[str], end: int) -> tuple[Block, ...]:
    """The blocks of lines with their ends, each up to the line before the next one."""
    stops = [boundary.at for boundary in boundaries[1:]] + [end]
    return tuple(
        Block(
            kind=boundary.kind,
            text="".join(lines[boundary.at : stop]),
            first_line=boundary.at + 1,
            last_line=stop,
        )
        for boundary, stop in zip(boundaries, stops, strict=True)
    )


def cut_sections(
    boundaries: Sequence[Boundary], rows: Sequence[Row], lines: Sequence[str], end: int
) -> tuple[Sections, tuple[Note, ...]]:
    """The five parts without their headings; a repeated part is joined, a missing one empty."""
    stops = [boundary.at for boundary in boundaries[1:]] + [end]
    told = {row.at for row in rows if row.kind != "rule"}
    cut: dict[BlockKind, list[tuple[int, Section]]] = {name: [] for name in SECTION_NAMES}
    for boundary, stop in zip(boundaries, stops, strict=True):
        if boundary.kind in cut:
            cut[boundary.kind].append((boundary.at, _cut_section(boundary, lines, stop, told)))
    paper = boundaries[0].at
    notes = [
        note
        for name in SECTION_NAMES
        if (note := _note_on_part(PART_TITLES[name], cut[name], paper))
    ]
    if not any(cut.values()):
        titles = "、".join(PART_TITLES.values())
        notes = [Note("missing-part", f"all parts are missing: {titles}", paper)]
    return Sections(
        **{name: _joined([section for _, section in found]) for name, found in cut.items()}
    ), tuple(notes)


def _note_on_part(title: str, found: list[tuple[int, Section]], paper: int) -> Note | None:
    if not found:
        return Note("missing-part", f"the part {title} is missing", paper)
    if len(found) > 1:
        message = f"the part {title} occurs {len(found)} times, again here; its texts were joined"
        return Note("repeated-part", message, found[1][0])
    at, section = found[0]
    return None if section.text else Note("empty-part", f"the part {title} has no text", at)


_EMPTY = Section()


def _cut_section(
    boundary: Boundary, lines: Sequence[str], stop: int, told: Container[int]
) -> Section:
    """The part from its first line that says something to its last."""
    inline = boundary.inline or ""
    first, last = boundary.at + 1, stop
    while first < last and last - 1 not in told:
        last -= 1
    if first < last and _is_fence(lines[last - 1]) and _is_open(lines[first:last]):
        last -= 1  # it closes a block of code that began above the part
    while first < last and not inline and first not in told:
        first += 1
    body = "".join(lines[first:last]).removesuffix("\n")
    if not inline:
        return Section(text=body, first_line=first + 1, last_line=last) if body else _EMPTY
    text = f"{inline}\n{body}" if body else inline
    return Section(text=text, first_line=boundary.at + 1, last_line=max(last, boundary.at + 1))


def _is_fence(line: str) -> bool:
    return line.lstrip()[:3] in ("```", "~~~")


def _is_open(lines: Sequence[str]) -> bool:
    return sum(_is_fence(line) for line in lines) % 2 == 1


def _joined(sections: list[Section]) -> Section:
    filled = [section for section in sections if section.text]
    if len(filled) < 2:
        return filled[0] if filled else _EMPTY
    return Section(
        text="\n".join(section.text for section in filled),
        first_line=filled[0].first_line,
        last_line=filled[-1].last_line,
    )
