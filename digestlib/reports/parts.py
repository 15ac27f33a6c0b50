"""Which lines of a paper belong to which of its parts.

Of all lines that name a part, those count that are marked like most of the others (the
paper's *style*); the rest must be certain to count. A line that is marked like the parts but
names none of them opens an unplaced block. Every line ends up in exactly one block.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ..models import SECTION_NAMES, SectionName
from .grammar import (
    PART_TITLES,
    PartHeading,
    Style,
    leading_number,
)
from .rows import Row, is_caption

UNPLACED = "unplaced-text"
"""The code of a note on text that belongs to none of the parts, and begins a block of its own."""

BlockKind = Literal["head", "inner_title", "unplaced"] | SectionName


class Note(NamedTuple):
    """A problem before its file is known: code, message and the index of the line."""

    code: str
    message: str
    at: int


class Boundary(NamedTuple):
    """The index of the line at which a block begins."""

    at: int
    kind: BlockKind
    inline: str | None = None
    """The text on the heading line; None where the block begins with text."""


class Outline(NamedTuple):
    """A paper's blocks by their first lines, and what was doubtful."""

    boundaries: tuple[Boundary, ...]
    notes: tuple[Note, ...]


def outline(
    rows: Sequence[Row], lines: Sequence[str], marks: frozenset[str], headers: Collection[int] = ()
) -> Outline:
    """Divide a paper, given as its non-blank rows from the title on, into blocks.

    `headers` are the lines at which another report begins in the same file.
    """
    chosen, notes = _choose([row for row in rows if row.heading])
    first = chosen[0].at if chosen else rows[-1].at + 1
    head, head_notes = _divide_head([row for row in rows if row.at < first])
    parts = [
        Boundary(row.at, row.heading.part, row.heading.inline) for row in chosen if row.heading
    ]
    body = [row for row in rows if row.at >= first]
    strays = list(_find_strays(body, {row.at for row in chosen}, lines, marks, headers))
    parts += [Boundary(note.at, "unplaced") for note in strays if note.code == UNPLACED]
    boundaries = (*head, *sorted(parts, key=lambda boundary: boundary.at))
    return Outline(boundaries, (*head_notes, *notes, *strays))


# ---------------------------------------------------------------- choosing the headings


def _choose(rows: list[Row]) -> tuple[list[Row], list[Note]]:
    """The rows that are headings, in the order of the file, and notes on doubtful ones."""
    if _is_form(rows):
        return rows, []
    style = _main_style(rows)
    main = [row for row in rows if row.heading and row.heading.style == style]
    exact = {row.heading.part for row in main if row.heading and row.heading.exact}
    rivals = _counted(main)
    fits = _counted([row for row in main if row.heading and _has_own_number(row.heading)])
    chosen: list[Row] = []
    notes: list[Note] = []
    for row in main:
        heading = row.heading
        if heading is None or (heading.part in exact and not heading.exact):
            if row.level:
                notes.append(_doubtful(row, "the part has its own heading"))
            continue
        before = chosen[-1].heading.number if chosen and chosen[-1].heading else None
        if _in_sequence(heading, rivals[heading.part], fits.get(heading.part, 0), before):
            chosen.append(row)
        else:
            notes.append(_doubtful(row, "its number does not fit the other parts"))
    added, added_notes = _add_missing(rows, chosen, style)
    return sorted([*chosen, *added], key=lambda row: row.at), [*notes, *added_notes]


def _is_form(rows: list[Row]) -> bool:
    """Whether they name the five parts as the report form does, each once and marked alike."""
    headings = [row.heading for row in rows if row.heading and row.heading.exact]
    parts, styles = {h.part for h in headings}, {h.style for h in headings}
    return len(rows) == len(parts) == len(SECTION_NAMES) and len(styles) == 1


def _counted(rows: list[Row]) -> dict[SectionName, int]:
    """How many of the rows name each part."""
    named = [row.heading.part for row in rows if row.heading]
    return {part: named.count(part) for part in set(named)}


def _main_style(rows: list[Row]) -> Style | None:
    """The way in which most parts are marked; a list item or deep line needs three to count."""
    exact: dict[Style, set[SectionName]] = {}
    named: dict[Style, set[SectionName]] = {}
    for row in rows:
        if row.heading:
            named.setdefault(row.heading.style, set()).add(row.heading.part)
            if row.heading.exact:
                exact.setdefault(row.heading.style, set()).add(row.heading.part)
    rank = ("sentence", "quote", "bullet", "plain", "bold", "number", "hash")
    scores = [
        (2 * len(exact.get(style, ())) + len(parts), rank.index(style[0]), -style[1], style)
        for style, parts in named.items()
        if len(parts) >= _parts_needed(style, exact.get(style, set()))
    ]
    return max(scores)[3] if scores else None


def _parts_needed(style: Style, exact: set[SectionName]) -> int:
    kind, depth = style
    if kind in ("bullet", "quote", "sentence") or (kind != "hash" and depth > 3):
        return 3
    if kind == "hash" or exact:
        return 1
    return 2


def _in_sequence(heading: PartHeading, rivals: int, fits: int, before: int | None) -> bool:
    """Whether a numbered name is a heading, not an item of a list inside another part.

    `rivals` of the same style name the part, `fits` of them under the part's own number.
    """
    if heading.number is None or heading.style[0] == "hash":
        return True
    if _has_own_number(heading) or (before is not None and heading.number == before + 1):
        return True
    return (heading.exact or before is None) if rivals == 1 else not fits


def _has_own_number(heading: PartHeading) -> bool:
    return heading.number == SECTION_NAMES.index(heading.part) + 1


def _add_missing(
    rows: list[Row], chosen: list[Row], style: Style | None
) -> tuple[list[Row], list[Note]]:
    """Headings of parts that the main style lacks: only those that stand like headings."""
    have = {row.heading.part for row in chosen if row.heading}
    added: list[Row] = []
    notes: list[Note] = []
    for row in rows:
        heading = row.heading
        if heading is None or heading.style == style:
            continue
        certain = _is_certain(row, style)
        if heading.part in have:
            if certain and heading.exact:
                notes.append(_doubtful(row, "the part has its own heading"))
        elif certain:
            added.append(row)
            have.add(heading.part)
            if not (heading.exact and _is_ordered(row, chosen) and _is_plain_level(row, style)):
                message = f"taken as the heading of {PART_TITLES[heading.part]}, unlike the others"
                notes.append(Note("odd-heading", message, row.at))
    return added, notes


def _is_certain(row: Row, style: Style | None) -> bool:
    heading = row.heading
    if heading is None or heading.style[0] in ("bullet", "quote", "sentence"):
        return False
    if heading.style[0] == "hash":
        return heading.exact or style is None or style[0] != "hash" or row.level <= style[1]
    plain_sentence = heading.style[0] == "plain" and bool(heading.inline) and style is not None
    return heading.exact and row.indent <= 3 and not plain_sentence


def _is_plain_level(row: Row, style: Style | None) -> bool:
    return style is None or style[0] != "hash" or row.level <= style[1]


def _is_ordered(row: Row, chosen: list[Row]) -> bool:
    """Whether the parts before and after it in the file are so in the report form as well."""
    own = SECTION_NAMES.index(row.heading.part) if row.heading else 0
    return all(
        (other.at < row.at) == (SECTION_NAMES.index(other.heading.part) < own)
        for other in chosen[-20:]
        if other.heading
    )


def _doubtful(row: Row, why: str) -> Note:
    title = PART_TITLES[row.heading.part] if row.heading else ""
    return Note("doubtful-heading", f"names {title} but was read as text: {why}", row.at)


# ---------------------------------------------------------------- head and strays


def _divide_head(rows: Sequence[Row]) -> tuple[list[Boundary], list[Note]]:
    """Title, metadata and inner title; other text before the first part is unplaced."""
    if not rows:
        return [], []
    boundaries = [Boundary(rows[0].at, "head")]
    notes: list[Note] = []
    inner = False
    for (before, row), below in zip(pairwise(rows), [*rows[2:], rows[-1]], strict=False):
        kind = boundaries[-1].kind
        if kind != "unplaced" and (row.kind in _HEAD_KINDS or is_caption(row, below)):
            continue
        if not inner and kind == "head" and _is_inner_title(row):
            boundaries.append(Boundary(row.at, "inner_title"))
            inner = True
        elif kind != "unplaced" and not _continues_head(before, row, kind):
            boundaries.append(Boundary(row.at, "unplaced"))
            notes.append(Note(UNPLACED, "text that belongs to none of the parts", row.at))
    return boundaries, notes


_HEAD_KINDS = ("rule", "meta", "fence")


def _is_inner_title(row: Row) -> bool:
    return row.kind == "heading" or bool(row.mark)


def _continues_head(before: Row, row: Row, kind: BlockKind) -> bool:
    """A wrapped or indented line right below a line of metadata."""
    near = before.kind == "meta" and row.at == before.at + 1
    return kind == "head" and near and row.indent > before.indent


def _find_strays(
    rows: Sequence[Row],
    chosen: set[int],
    lines: Sequence[str],
    marks: frozenset[str],
    headers: Collection[int],
) -> Iterator[Note]:
    """Notes on headings that stand like a part's but name none, and on text behind a separator."""
    part: Row | None = None
    unlisted = True  # no numbered line at the margin of this part so far
    last_part = max(chosen, default=-1)
    named = {row.heading.part for row in rows if row.at in chosen and row.heading}
    has_place = len(named) < len(SECTION_NAMES)
    for k, row in enumerate(rows):
        if row.at in chosen:
            part, unlisted = row, True
        elif part is None:
            continue
        elif row.at in headers:
            yield _unplaced(row, "another report begins here, its papers are dated by it")
            return
        elif row.kind == "rule" and k + 1 < len(rows):
            found = _judge_rule(rows, k, row.mark in marks, row.at > last_part)
            if found and rows[k + 1].at not in chosen:
                yield found
            if found and found.code == UNPLACED:
                return
        elif found := _judge(row, part, lines[row.at], unlisted, has_place or row.at > last_part):
            yield found
            unlisted = False
        elif part.kind == "part" and not part.level and row.indent == 0:
            unlisted = unlisted and leading_number(lines[row.at]) is None


def _judge_rule(rows: Sequence[Row], k: int, separates: bool, at_end: bool) -> Note | None:
    """Whether a rule that text follows ends the paper, is doubtful, or only divides a part."""
    above, row = rows[k - 1], rows[k]
    near = row.at == above.at + 1
    if above.heading and not above.heading.inline:
        if near and not above.level:
            return None  # the heading's second line, as in Markdown's setext form
    elif at_end and separates:
        return _unplaced(rows[k + 1], "text behind the separator that ends the paper")
    if separates or (at_end and not near):
        return Note("stray-separator", "a separator inside a part, kept with its text", row.at)
    return None


def _judge(row: Row, part: Row, line: str, unlisted: bool, has_place: bool) -> Note | None:
    """Whether a line that is no part's heading is another section, or only looks like one.

    A heading without a number needs a place in the form: a missing part, or below the last.
    """
    if part.heading is None or row.indent > 3:
        return None
    before = part.heading.number
    if row.kind == "heading":
        numbered = leading_number(line) is not None
        alike = row.level == part.level and numbered == (before is not None)
        if part.level and alike and (numbered or has_place):
            return _unplaced(row, "a section that is none of the five parts")
        if not part.level or row.level <= part.level:
            return Note("odd-heading", "a heading inside a part, kept as its text", row.at)
    elif part.heading.style[0] == "number" and unlisted and row.indent == part.indent:
        short = len(line.strip()) <= 40 and "**" in line[:12] and _ends_as_heading(line)
        if short and before and before >= 2 and leading_number(line) == before + 1:
            return _unplaced(row, "a section that is none of the five parts")
    return None


def _ends_as_heading(line: str) -> bool:
    return line.rstrip().endswith(("**", "**：", "**:", "：**", ":**"))


def _unplaced(row: Row, message: str) -> Note:
    return Note(UNPLACED, message, row.at)
