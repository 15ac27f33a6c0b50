"""The lines of a report that are not blank, and what each can be."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from .fields import SourceKind, find_paper_id
from .grammar import PartHeading, part_heading, unquoted
from .heads import Key, read_meta
from .lines import VIEW_CHARS, View, rule_mark, see


class Row(NamedTuple):
    """A line that is not blank, and what it can be."""

    at: int
    kind: Literal["rule", "part", "heading", "meta", "fence", "text"]
    indent: int = 0
    listed: bool = False
    """Whether it is an item of a list."""
    level: int = 0
    """The number of `#`."""
    mark: str = ""
    """The character a rule is drawn with, or the 📄 of a title."""
    heading: PartHeading | None = None
    key: Key = "other"
    paper_id: str | None = None
    source: SourceKind = "unknown"
    quoted: bool = False


def read_rows(lines: list[str]) -> list[Row]:
    """The rows of a report; a margin or quote mark that all lines share is not looked at."""
    rows = [row for index, line in enumerate(lines) if (row := read_row(index, line))]
    margin = min([row.indent for row in rows], default=0)
    if margin:
        rows = [row for index, line in enumerate(lines) if (row := read_row(index, line, margin))]
    if all(row.quoted for row in rows):
        rows = [_unquoted(row) for row in rows]
    return _without_code(rows)


def read_row(index: int, line: str, margin: int = 0) -> Row | None:
    """Say what a line can be; None for one that shows nothing."""
    if line.isspace():
        return None
    if len(line) > _FORM_CHARS:
        return _read_row(index, line, margin)
    row = _read_form(line, margin)
    return row and Row(index, *row[1:])


_FORM_CHARS = 32
"""Shorter lines are mostly those of the report form, the same for each paper."""


@lru_cache(maxsize=512)
def _read_form(line: str, margin: int) -> Row | None:
    return _read_row(0, line, margin)


def _read_row(index: int, line: str, margin: int) -> Row | None:
    view = see(line)
    if not view.text:
        return None
    if margin:
        view = view._replace(indent=max(0, view.indent - margin))
    row = _read_marked(index, line, view) or _read_text(index, line, view)
    return row._replace(quoted=True) if view.quoted else row


def _read_marked(index: int, line: str, view: View) -> Row | None:
    """A line that is a rule, a heading or a fence; None for another one."""
    text, indent = view.text, view.indent
    if rule := rule_mark(text):
        return Row(index, "rule", indent, mark=rule)
    heading = part_heading(line, view)
    hashes = _HASHES.match(text) if text[0] in "#＃" else None
    level = len(hashes[1]) if hashes else 0
    if heading:
        return Row(index, "part", indent, level=level, heading=heading)
    mark = _DOCUMENT.match(text) if text[0] in _BEFORE_DOCUMENT else None
    if hashes or mark:
        kind: Literal["heading", "text"] = "heading" if indent <= 3 and hashes else "text"
        paper_id = find_paper_id(line[:VIEW_CHARS])
        return Row(
            index, kind, indent, level=level, mark=mark[1] if mark else "", paper_id=paper_id
        )
    if text.startswith(("```", "~~~")):
        return Row(index, "fence", indent)
    return None


def _unquoted(row: Row) -> Row:
    if row.heading is None:
        return row._replace(quoted=False)
    return row._replace(quoted=False, heading=unquoted(row.heading))


def _without_code(rows: list[Row]) -> list[Row]:
    """The rows with all that stands in a closed block of code as text.

    A block that seems to hold a paper or its parts is the wrapping of a report and is read.
    """
    if not any(row.kind == "fence" for row in rows):
        return rows
    result: list[Row] = []
    opened: int | None = None
    for row in rows:
        result.append(row)
        if row.kind != "fence":
            continue
        if opened is not None and _is_code(result[opened + 1 : -1]):
            inside = [Row(r.at, "text", r.indent) for r in result[opened + 1 : -1]]
            result[opened + 1 : -1] = inside
        opened = len(result) - 1 if opened is None else None
    return result


def _is_code(rows: list[Row]) -> bool:
    parts = {row.heading.part for row in rows if row.heading}
    return len(parts) <= 2 and not any(
        row.mark in _DOCUMENTS or row.source != "unknown" for row in rows
    )


def is_caption(row: Row, below: Row) -> bool:
    """Whether a line stands above metadata as its heading, `#### 论文信息` or `- 论文信息`."""
    if below.kind != "meta" or row.mark or not (below.paper_id or below.source != "unknown"):
        return False
    return row.kind == "heading" or (
        row.kind == "text" and row.listed and below.indent > row.indent
    )


_HASHES = re.compile(r"([#＃]{1,6})(?![#＃])")
_DOCUMENTS = frozenset("📄📃📑📰")
_BEFORE_DOCUMENT = "#＃*_📄📃📑📰"
_DOCUMENT = re.compile("[#＃*_ \t\u3000]{0,12}([📄📃📑📰])[\ufe0e\ufe0f]?[ \t\u3000]?")
_BULLETS = frozenset("-*+•·●▪◦")


def _read_text(index: int, line: str, view: View) -> Row:
    text, indent = view.text, view.indent
    listed = text[1:2] == " " and text[0] in _BULLETS
    meta = read_meta(line, view) if indent <= 8 else None
    if meta is None:
        return Row(index, "text", indent, listed)
    if meta.key == "title":
        return Row(index, "heading", indent)
    key, paper_id, source = meta
    return Row(index, "meta", indent, listed, 0, "", None, key, paper_id, source)
