"""`review.html`: one page, complete in itself, on which an editor proofreads an issue.

Its script and style are inlined and named by hash in its content policy; nothing else may run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from ..decisions import Decision, Decisions, Revision
from ..editions import Cell, Comparison, Roundup
from ..models import Digest, Summary
from .escape import plain
from .grids import grid
from .newsletter import lay_out
from .pages import environment, inline_file
from .proofs import (
    Addresses,
    PaperProof,
    Piece,
    Statement,
    marked,
    opening_groups,
    opening_remarks,
    paper_proof,
    source_lines,
)

SEVERITIES = ("critical", "major", "doubt", "minor")
"""What needs a person first comes first."""


@dataclass(frozen=True)
class QueueItem:
    """One statement that needs a person."""

    statement: Statement
    name: str
    """The paper's short name."""
    text: str


@dataclass(frozen=True)
class Table:
    """A comparison table whose figures lead to their lines."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Piece, tuple[tuple[Piece, ...], ...]], ...]
    """The paper, and the pieces of each cell."""


def render_review(
    week: Roundup,
    digests: Iterable[Digest],
    tables: Sequence[Comparison] = (),
    revision: Revision | None = None,
) -> str:
    """The page on the issue as the model gave it; decisions that were applied are embedded."""
    at = Addresses({summary.id: f"p{n}" for n, summary in enumerate(week.summaries, 1)})
    again = {(d.paper_id, d.where): found for d, found in revision.edited} if revision else {}
    reports = {(p.path, p.id): p for digest in digests for p in digest.papers}
    papers = [paper_proof(s, at, again) for s in week.summaries]
    opening = opening_groups(week, at, again)
    remarks = opening_remarks(week)
    applied = _applied(revision)
    papers = [
        replace(paper, lines=tuple(source_lines(report, summary.quantities, at)))
        if (report := reports.get((summary.path, summary.id)))
        else paper
        for paper, summary in zip(papers, week.summaries, strict=True)
    ]
    first = [(s, "Opening") for s in (*remarks, *(s for g in opening for r in g.rows for s in r))]
    return _page(
        letter=lay_out(week),
        queue=_queue([*first, *_named(papers)]),
        opening=opening,
        remarks=remarks,
        tables=[_table(table, week.summaries, at) for table in tables],
        papers=papers,
        stale=revision.stale if revision else (),
        decided={(d.paper_id, d.where): d for d in applied},
        data=Decisions(issue=week.period, decisions=applied).model_dump(
            mode="json", exclude_none=True
        ),
    )


def _named(papers: Sequence[PaperProof]) -> Iterator[tuple[Statement, str]]:
    for paper in papers:
        rows = (row for group in paper.groups for row in group.rows)
        for statement in (*paper.remarks, *(s for r in rows for s in r), *paper.doubts):
            yield statement, paper.source.name


def _queue(statements: Iterable[tuple[Statement, str]]) -> list[QueueItem]:
    """What needs a person, the gravest first, else in the order of the page."""
    items = [
        QueueItem(statement, name, _reason(statement))
        for statement, name in statements
        if statement.severity
    ]
    return sorted(items, key=lambda item: SEVERITIES.index(item.statement.severity))


def _reason(statement: Statement) -> str:
    found = [*statement.findings, *statement.rechecked]
    grave = [f.message for f in found if f.severity == statement.severity]
    return grave[0] if grave else "".join(piece.text for piece in statement.pieces)


def _table(table: Comparison, summaries: Sequence[Summary], at: Addresses) -> Table:
    known = {summary.id: summary for summary in summaries}
    laid_out = grid(table, known)
    return Table(
        title=laid_out.title,
        caption=laid_out.caption,
        columns=laid_out.columns,
        rows=tuple(
            (
                Piece(printed.paper.name, to=at.papers[row.paper_id]),
                tuple(_cell(cell, known[row.paper_id], at) for cell in printed.cells),
            )
            for row, printed in zip(table.rows, laid_out.rows, strict=True)
        ),
    )


def _cell(cell: Cell, summary: Summary, at: Addresses) -> tuple[Piece, ...]:
    """Its texts, each figure leading to its place in the Chinese; what was kept back is said."""
    note = f" ({plain(cell.note)})" if cell.note else ""
    kept_back = (Piece(f" (kept back: {plain(cell.withheld)})"),) if cell.withheld else ()
    if not cell.lines:
        return (Piece(plain(cell.text) + note), *kept_back)
    line = at.of(summary.id, f"l{cell.lines[0]}")
    printed = _printed_on(cell.lines, summary, at)
    texts = (plain(cell.text), note)
    marked_texts = [marked(text, _marks(text, printed)) for text in texts]
    if not any(piece.to for pieces in marked_texts for piece in pieces):
        return (Piece(texts[0], to=line), Piece(note), *kept_back)
    return (*(piece for pieces in marked_texts for piece in pieces), *kept_back)


def _printed_on(lines: Sequence[int], summary: Summary, at: Addresses) -> dict[str, list[str]]:
    """How the figures of these lines are printed, and the places they stand for; longest first."""
    there = {q.id: (q.english, q.bare) for q in summary.quantities if q.line in lines}
    printed: dict[str, list[str]] = {}
    for figure in summary.figures:
        if figure.quantity in there:
            printed.setdefault(figure.text, []).append(at.of(summary.id, figure.quantity))
    for quantity, texts in there.items():
        for text in texts:
            printed.setdefault(text, []).append(at.of(summary.id, quantity))
    ordered = sorted(printed, key=len, reverse=True)
    return {text: list(dict.fromkeys(printed[text])) for text in ordered}


def _marks(text: str, printed: dict[str, list[str]]) -> Iterator[tuple[int, int, str, str, str]]:
    """Each figure in the text; of two that are printed alike, each is led to once, in order."""
    if not printed:
        return
    pattern = "|".join(re.escape(figure) for figure in printed)
    for match in re.finditer(rf"(?<![\w.])(?:{pattern})(?!\w|\.\d)", text):
        places = printed[match.group()]
        to = places.pop(0) if len(places) > 1 else places[0]
        yield match.start(), match.end(), "", to, ""


def _applied(revision: Revision | None) -> tuple[Decision, ...]:
    """The decisions that were applied, in the words that the page shows."""
    return tuple(
        d.model_copy(update={"was": plain(d.was), "accepted": tuple(map(plain, d.accepted))})
        for d in (revision.applied if revision else ())
    )


def _page(**content: Any) -> str:
    page = (
        environment()
        .get_template("review.html.j2")
        .render(
            shown=shown,
            styles=inline_file("review.css"),
            script=inline_file("review.js"),
            **content,
        )
    )
    return page.rstrip() + "\n"


def shown(pieces: Iterable[Piece]) -> Markup:
    """Text with its figures as links to their partners."""
    return Markup("".join(map(_shown, pieces)))


def _shown(piece: Piece) -> str:
    """Escaped here, not by the template: a page has ten thousand of them."""
    text = escape(piece.text)
    if not (piece.id or piece.to):
        return text
    address = f' id="{escape(piece.id)}"' if piece.id else ""
    hint = f' title="{escape(piece.hint)}"' if piece.hint else ""
    if not piece.to:
        return f'<span class="fig untold"{address}{hint}>{text}</span>'
    return f'<a class="fig"{address} href="#{escape(piece.to)}"{hint}>{text}</a>'
