"""Reports as read: the JSON of `parse`, or a table for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

from ..models import SCHEMA_VERSION, SECTION_NAMES, Digest, PaperReport
from ..reports import load_file
from .escape import plain

ParsedFormat = Literal["text", "json"]


class Parsed(NamedTuple):
    """What `parse` tells of one report."""

    text: str
    warnings: tuple[str, ...]
    papers: int


def render_report(path: str, format: ParsedFormat) -> Parsed:
    """One report as read from its file."""
    digest = load_file(path)
    text = "\n".join(_lines(digest)) if format == "text" else _indented(_digest(digest))
    return Parsed(text, tuple(map(str, digest.problems)), len(digest.papers))


def render_reports(reports: Iterable[Parsed], format: ParsedFormat) -> Iterator[str]:
    """The document that they make, in pieces: one report is in memory at a time."""
    return _json(reports) if format == "json" else _text(reports)


def _text(reports: Iterable[Parsed]) -> Iterator[str]:
    number = papers = problems = 0
    for report in reports:
        number, papers = number + 1, papers + report.papers
        problems += len(report.warnings)
        yield f"{report.text}\n"
    yield f"{number} reports, {papers} papers, {problems} problems\n"


def _json(reports: Iterable[Parsed]) -> Iterator[str]:
    """The same text as `json.dumps` with an indent of 2."""
    yield f'{{\n  "schema_version": "{SCHEMA_VERSION}",\n  "digests": ['
    before = after = ""
    for report in reports:
        yield f"{before}\n{report.text}"
        before, after = ",", "\n  "
    yield f"{after}]\n}}\n"


def _indented(document: dict[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return "    " + text.replace("\n", "\n    ")


def _digest(digest: Digest) -> dict[str, Any]:
    return {
        "date": None if digest.date is None else digest.date.isoformat(),
        "source_url": digest.source_url,
        "path": digest.path,
        "encoding": digest.encoding,
        "preamble": digest.preamble,
        "problems": [p.model_dump() | {"text": str(p)} for p in digest.problems],
        "papers": [_paper(paper) for paper in digest.papers],
    }


def _paper(paper: PaperReport) -> dict[str, Any]:
    return {
        "id": paper.id,
        "title": paper.title,
        "url": paper.url,
        "source_kind": paper.source_kind,
        "first_line": paper.first_line,
        "last_line": paper.last_line,
        "sections": paper.sections.model_dump(),
        "unplaced": [
            block.model_dump(exclude={"kind"}) for block in paper.blocks if block.kind == "unplaced"
        ],
    }


def _lines(digest: Digest) -> list[str]:
    head = (
        f"{digest.path}: {digest.date or 'no date'}, {digest.encoding}, {len(digest.papers)} papers"
    )
    return [head, *(_line(paper) for paper in digest.papers)]


def _line(paper: PaperReport) -> str:
    there = sum(bool(getattr(paper.sections, name).text) for name in SECTION_NAMES)
    return f"  {paper.first_line:>5}  {paper.id:<12} {there}/5  {plain(paper.title)[:90]}"
