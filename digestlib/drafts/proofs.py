"""An issue laid out for proofreading: Chinese lines and English statements, linked by their traces.

Addresses within the page: `p3` a paper, `p3-l40` a line of its report, `p3-q4` a figure in it,
`p3-tldr-text` a statement, `p3-tldr-text-f1` a figure in that, `o-…` the same of the opening.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pydantic import BaseModel

from ..checking import claims_of
from ..decisions import FAILURE, OPENING, WHOLE, unit_of
from ..editions import Editorial, Roundup, RoundupClaim
from ..models import Claim, Finding, PaperReport, PaperSummary, PrintedFigure, Quantity, Summary
from ..printing import walk
from .checklist import Detail, detail
from .escape import inline, plain
from .papers import Source, source

_LABELS = {
    "headline": "Headline",
    "tldr": "TL;DR",
    "problem": "Problem",
    "why_it_matters": "Why it matters",
    "results": "Results",
    "innovations": "Innovations",
    "usage.inputs": "Inputs",
    "usage.outputs": "Outputs",
    "usage.workflow": "Workflow",
    "usage.requirements": "Requirements",
    "availability": "Availability",
    "scope": "Tested on",
    "caveats": "Caveats",
    "tags": "Tags",
    "subject_lines": "Subject lines",
    "preheader": "Preheader",
    "verdict": "Verdict",
    "top_stories": "Top stories",
    "themes": "Themes",
    "by_the_numbers": "By the numbers",
}
"""The start of a path and what the page calls it; other texts are no statements."""
_ROW = re.compile(r"results\[\d+\]\.figures\[\d+\]|by_the_numbers\[\d+\](?=\.value)")
_NO_STATEMENT = re.compile(r"\.(?:kind|status)\Z|\.papers\[\d+\]\Z")


@dataclass(frozen=True)
class Piece:
    """A run of text; a figure has an address, and one with a partner leads to it."""

    text: str
    id: str = ""
    to: str = ""
    hint: str = ""


@dataclass(frozen=True)
class SourceLine:
    """A line of the report with its figures."""

    id: str
    number: int
    pieces: tuple[Piece, ...]
    heading: bool


@dataclass(frozen=True)
class Statement:
    """An English text that a person can accept, edit or drop."""

    id: str
    paper_id: str
    where: str
    name: str
    """The last word of its path: `text`, `value`, `system`."""
    label: str
    pieces: tuple[Piece, ...]
    cites: tuple[Piece, ...] = ()
    findings: tuple[Detail, ...] = ()
    rechecked: tuple[Detail, ...] = ()
    """What the checks have against the edited text; none of it is shown for another text."""
    can_drop: bool = False
    severity: str = ""


@dataclass(frozen=True)
class Group:
    """The statements under one label; those of a table's row stand together."""

    label: str
    rows: tuple[tuple[Statement, ...], ...]


@dataclass(frozen=True)
class PaperProof:
    """One paper: its report left, its statements right."""

    id: str
    paper_id: str
    source: Source
    state: str
    path: str
    lines: tuple[SourceLine, ...]
    groups: tuple[Group, ...]
    doubts: tuple[Statement, ...]
    remarks: tuple[Statement, ...]
    """What concerns the paper as a whole, such as why it has no summary."""


@dataclass
class Addresses:
    """Where the papers are in the page, and which statement prints a figure first."""

    papers: Mapping[str, str]
    first: dict[tuple[str, str], str] = field(default_factory=dict)

    def of(self, paper_id: str, part: str) -> str:
        """The address of a line (`l40`) or figure (`q4`) of a paper."""
        return f"{self.papers[paper_id]}-{part}" if paper_id in self.papers else ""


Rechecked = Mapping[tuple[str, str], Sequence[Finding]]


def paper_proof(summary: Summary, at: Addresses, rechecked: Rechecked) -> PaperProof:
    """A paper without its lines: those come last, for they lead back to statements."""
    statements = tuple(_paper_statements(summary, at, rechecked))
    doubts = [s for s in statements if s.where.startswith("doubts")]
    return PaperProof(
        id=at.papers[summary.id],
        paper_id=summary.id,
        source=source(summary),
        state=summary.state,
        path=summary.path,
        lines=(),
        groups=_grouped([s for s in statements if s not in doubts]),
        doubts=tuple(doubts),
        remarks=tuple(_remarks(summary, statements, at)),
    )


def opening_groups(week: Roundup, at: Addresses, rechecked: Rechecked) -> tuple[Group, ...]:
    """The statements of the opening."""
    if week.editorial is None:
        return ()
    names = {s.id: source(s).name for s in week.summaries}
    cites = {
        f"{where}.text": tuple(Piece(names[p], to=at.papers[p]) for p in claim.papers if p in names)
        for where, claim in claims_of(week.editorial, RoundupClaim)
    }
    return _grouped(
        _statements(OPENING, week.editorial, week.figures, week.findings, cites, at, rechecked)
    )


def opening_remarks(week: Roundup) -> tuple[Statement, ...]:
    """Why there is no opening."""
    return (_remark("o-failure", OPENING, FAILURE, week.failure),) if week.failure else ()


def source_lines(
    report: PaperReport, quantities: Sequence[Quantity], at: Addresses
) -> Iterator[SourceLine]:
    """The lines that say something; a figure that is in print leads to where it is first."""
    for line in report.lines:
        if not line.text.strip(" \t=-"):
            continue
        marks = [
            (
                q.start,
                q.end,
                at.of(report.id, q.id),
                at.first.get((report.id, q.id), ""),
                "" if (report.id, q.id) in at.first else "not in print",
            )
            for q in quantities
            if q.line == line.number
        ]
        yield SourceLine(
            id=at.of(report.id, f"l{line.number}"),
            number=line.number,
            pieces=marked(line.text.rstrip(), marks),
            heading=line.text.startswith("#"),
        )


def marked(text: str, marks: Iterable[tuple[int, int, str, str, str]]) -> tuple[Piece, ...]:
    """The text cut at its marks: (start, end, address, partner, hint)."""
    pieces, position = [], 0
    for start, end, address, to, hint in sorted(marks):
        if start < position:
            continue
        pieces.append(Piece(inline(text[position:start])))
        pieces.append(Piece(inline(text[start:end]), address, to, plain(hint)))
        position = end
    return tuple(p for p in (*pieces, Piece(inline(text[position:]))) if p.text)


def _paper_statements(summary: Summary, at: Addresses, rechecked: Rechecked) -> Iterator[Statement]:
    if summary.summary is None:
        return
    cites = {
        f"{where}.text": tuple(
            Piece(str(n), to=at.of(summary.id, f"l{n}")) for n in sorted(set(claim.sources))
        )
        for where, claim in claims_of(summary.summary, Claim)
    }
    cites |= {
        f"doubts[{i}].note": (Piece(str(d.line), to=at.of(summary.id, f"l{d.line}")),)
        for i, d in enumerate(summary.summary.doubts)
    }
    yield from _statements(
        summary.id, summary.summary, summary.figures, summary.findings, cites, at, rechecked
    )


def _statements(
    paper_id: str,
    model: PaperSummary | Editorial,
    figures: Sequence[PrintedFigure],
    findings: Sequence[Finding],
    cites: Mapping[str, tuple[Piece, ...]],
    at: Addresses,
    rechecked: Rechecked,
) -> Iterator[Statement]:
    prefix = at.papers[paper_id] if paper_id else "o"
    for where, text in _told(model):
        address = f"{prefix}-{re.sub(r'[^a-z0-9]+', '-', where).strip('-')}"
        found = [detail(f) for f in findings if f.where == where]
        again = [detail(f) for f in rechecked.get((paper_id, where), ())]
        doubt = where.startswith("doubts")
        yield Statement(
            id=address,
            paper_id=paper_id,
            where=where,
            name=where.rpartition(".")[2],
            label=_label(where),
            pieces=marked(
                text, _figure_marks([f for f in figures if f.where == where], address, at)
            ),
            cites=cites.get(where, ()),
            findings=tuple(found),
            rechecked=tuple(again),
            can_drop=unit_of(where) is not None,
            severity="doubt" if doubt else worst([*found, *again]),
        )


def _told(model: BaseModel) -> Iterator[tuple[str, str]]:
    for where, text in walk(model):
        if not _NO_STATEMENT.search(where) and (_label(where) or where.startswith("doubts")):
            yield where, text


def _label(where: str) -> str:
    name = re.match(r"(?:usage\.)?\w+", where)
    return _LABELS.get(name.group(), "") if name else ""


def worst(found: Sequence[Detail]) -> str:
    """The highest severity, empty without findings."""
    severities = {finding.severity for finding in found}
    return next((s for s in ("critical", "major", "minor") if s in severities), "")


def _figure_marks(
    figures: Sequence[PrintedFigure], address: str, at: Addresses
) -> Iterator[tuple[int, int, str, str, str]]:
    for number, figure in enumerate(figures, 1):
        own = f"{address}-f{number}"
        at.first.setdefault((figure.paper_id, figure.quantity), own)
        hint = "typed by the model, found in the report" if figure.typed else ""
        yield figure.start, figure.end, own, at.of(figure.paper_id, figure.quantity), hint


def _grouped(statements: Iterable[Statement]) -> tuple[Group, ...]:
    """Groups in the order of the labels; the cells of a row of figures stand in one row."""
    ordered = list(_LABELS.values())
    by_label = sorted(statements, key=lambda s: ordered.index(s.label))
    return tuple(
        Group(label, tuple(tuple(row) for _, row in groupby(group, key=_row_of)))
        for label, group in groupby(by_label, key=lambda s: s.label)
    )


def _row_of(statement: Statement) -> str:
    row = _ROW.match(statement.where)
    return row.group() if row else statement.where


def _remarks(
    summary: Summary, statements: Sequence[Statement], at: Addresses
) -> Iterator[Statement]:
    address = at.papers[summary.id]
    if summary.failure:
        yield _remark(f"{address}-failure", summary.id, FAILURE, summary.failure)
    placed = {s.where for s in statements}
    unplaced = tuple(detail(f) for f in summary.findings if f.where not in placed)
    if unplaced:
        yield Statement(
            id=f"{address}-whole",
            paper_id=summary.id,
            where=WHOLE,
            name="whole",
            label="The summary as a whole",
            pieces=(Piece(plain(summary.title)),),
            findings=unplaced,
            severity=worst(unplaced),
        )


def _remark(address: str, paper_id: str, where: str, text: str) -> Statement:
    return Statement(
        id=address,
        paper_id=paper_id,
        where=where,
        name="failure",
        label="Not summarised" if paper_id else "No opening",
        pieces=(Piece(plain(text)),),
        severity="critical",
    )
