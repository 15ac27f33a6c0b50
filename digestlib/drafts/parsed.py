"""Reports as read: the JSON of `parse`, or a table for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from ..models import SCHEMA_VERSION, SECTION_NAMES, Digest, PaperReport
from .escape import plain


def render_digests(digests: Sequence[Digest], format: Literal["text", "json"]) -> str:
    """The reports with their papers, parts and problems."""
    if format == "json":
        document = {"schema_version": SCHEMA_VERSION, "digests": [_digest(d) for d in digests]}
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    papers = sum(len(digest.papers) for digest in digests)
    problems = sum(len(digest.problems) for digest in digests)
    lines = [line for digest in digests for line in _lines(digest)]
    return "\n".join([*lines, f"{len(digests)} reports, {papers} papers, {problems} problems", ""])


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
