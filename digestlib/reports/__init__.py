r"""Chinese daily reports to `Digest`s with line numbers and problems.

`parse_digest` is pure; `load` reads. What cannot be placed is kept and reported; the codes:

    of a file       draft, unreadable, empty-file, binary-file, too-large, bad-encoding, truncated
    of a report     no-papers, no-date, date-mismatch, unplaced-text
    of a paper      no-title, no-id, ambiguous-id, doubtful-id, duplicate-id, unknown-source
    of its parts    missing-part, empty-part, repeated-part, doubtful-heading (read as text),
                    odd-heading (unlike the others), stray-separator, unplaced-text

Only `\n`, `\r\n` and `\r` end a line, as in editors; other separators such as U+2028 are text.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..models import EDITOR_HEADING, Digest, PaperReport, Problem
from .fields import SourceKind
from .files import FileText, Paths, find_files, read_file
from .headers import Header, find_next_headers, read_header
from .heads import clean_title, has_number
from .papers import Start, find_starts, separator_marks
from .parts import Boundary, Note, outline
from .rows import Row, read_rows
from .sections import cut_blocks, cut_sections

MAX_PAPERS = 10_000
_HAN = re.compile(r"[\u3400-\u9fff]")


def load(paths: Paths) -> list[Digest]:
    """Read files, folders, glob patterns or `-` into digests, by date.

    A file that cannot be read gives a digest without papers whose problem says why. Drafts that
    digestlib wrote, and texts without Chinese, are no reports: those in a folder are passed over.
    Raises `ReportError` for a path that gives no file at all.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    named = {os.fspath(path) for path in given}
    digests = [load_file(path) for path in find_files(given)]
    kept = [d for d in digests if d.path in named or not _is_other(d)]
    return sorted(kept, key=lambda digest: (digest.date or dt.date.max, digest.path))


def load_file(path: str) -> Digest:
    """Read one file; one that cannot be read gives a digest whose problem says why."""
    return digest_of(read_file(path))


def digest_of(read: FileText) -> Digest:
    """The digest of a file that was read."""
    path = read.path
    if read.text is None:
        return _unread(path, read.encoding, read.problems)
    if is_draft(read.text):
        message = "this is a draft that digestlib wrote, not a report"
        return _unread(path, read.encoding, (Problem(code="draft", message=message, path=path),))
    digest = parse_digest(read.text, path, read.encoding)
    return digest.model_copy(update={"problems": (*read.problems, *digest.problems)})


def parse_digest(text: str, path: str = "-", encoding: str = "utf-8") -> Digest:
    """Parse the text of one report; line numbers are those of the text.

    What cannot be placed is kept and named in `problems`; nothing is raised. `path` and
    `encoding` are only noted in the digest.
    """
    lines = _split_lines(text)
    rows = read_rows(lines)
    if not rows:
        note = Note("empty-file", "the file is empty", 0)
        return _digest(path, encoding, Header(None, None, (note,)), text, [])
    starts = find_starts(rows)
    if len(starts) > MAX_PAPERS:
        message = f"more than {MAX_PAPERS} papers, which no daily report has; split it"
        note = Note("too-large", message, starts[MAX_PAPERS].at)
        return _digest(path, encoding, Header(None, None, (note,)), text, [])
    header = read_header(lines, rows, starts)
    headers = find_next_headers(lines, rows, starts)
    titles = [lines[start.at] for start in starts if start.titled]
    numbered = 2 * sum(map(has_number, titles)) > len(titles)
    context = _Context(lines, path, separator_marks(rows, starts), numbered, headers)
    papers: list[_Paper] = []
    date = header.date
    for extent in _extents(rows, starts, len(lines)):
        papers.append(_read_paper(extent, context, date))
        date = next((headers[row.at] for row in extent.rows[::-1] if row.at in headers), date)
    preamble = "".join(lines[: starts[0].at] if starts else lines)
    return _digest(path, encoding, header, preamble, papers)


# ---------------------------------------------------------------- the report


class _Context(NamedTuple):
    """What the papers of a report share."""

    lines: Sequence[str]
    path: str
    marks: frozenset[str]
    numbered: bool
    """Whether most titles begin with a number."""
    headers: Mapping[int, dt.date]


class _Extent(NamedTuple):
    """The rows of one paper and the index behind its last line."""

    start: Start
    rows: Sequence[Row]
    end: int


class _Paper(NamedTuple):
    report: PaperReport
    notes: tuple[Note, ...]


def _is_other(digest: Digest) -> bool:
    """A draft, or a text without papers and without Chinese, such as the plain-text mail."""
    if any(problem.code == "draft" for problem in digest.problems):
        return True
    return not digest.papers and bool(digest.preamble) and not has_chinese(digest.preamble)


def is_draft(text: str) -> bool:
    """Whether digestlib wrote the text."""
    return f"# {EDITOR_HEADING}" in text


def has_chinese(text: str) -> bool:
    """Whether there is one Chinese character."""
    return _HAN.search(text) is not None


def _unread(path: str, encoding: str, problems: tuple[Problem, ...]) -> Digest:
    return Digest(
        date=None, source_url=None, path=path, encoding=encoding, papers=(), problems=problems
    )


def _split_lines(text: str) -> list[str]:
    r"""The lines with `\n` at their ends, except perhaps the last."""
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return list(io.StringIO(unified, newline="\n"))


def _digest(
    path: str, encoding: str, header: Header, preamble: str, papers: list[_Paper]
) -> Digest:
    notes = [*header.notes, *(note for paper in papers for note in paper.notes)]
    notes += _duplicates(papers)
    return Digest(
        date=header.date,
        source_url=header.source_url,
        path=path,
        encoding=encoding,
        preamble=preamble,
        papers=tuple(paper.report for paper in papers),
        problems=tuple(
            Problem(code=note.code, message=note.message, path=path, line=note.at + 1)
            for note in sorted(notes, key=lambda note: note.at)
        ),
    )


def _extents(rows: Sequence[Row], starts: Sequence[Start], end: int) -> Iterator[_Extent]:
    stops = [*(start.at for start in starts[1:]), end][: len(starts)]
    position = {row.at: k for k, row in enumerate(rows)}
    for start, stop in zip(starts, stops, strict=True):
        last = position.get(stop, len(rows))
        yield _Extent(start, rows[position[start.at] : last], stop)


def _duplicates(papers: Sequence[_Paper]) -> Iterator[Note]:
    first: dict[str, int] = {}
    for paper in papers:
        report = paper.report
        line = first.setdefault(report.id, report.first_line)
        if line != report.first_line:
            message = f"the paper {report.id} occurs again, first in line {line}; both are kept"
            yield Note("duplicate-id", message, report.first_line - 1)


# ---------------------------------------------------------------- the paper


def _read_paper(extent: _Extent, context: _Context, date: dt.date | None) -> _Paper:
    lines, first, end = context.lines, extent.start.at, extent.end
    shape = outline(extent.rows, lines, context.marks, context.headers)
    sections, part_notes = cut_sections(shape.boundaries, extent.rows, lines, end)
    below = _head_end(shape.boundaries, end)
    head = [row for row in extent.rows if row.at < below]
    paper_id, id_notes = _find_id(head, first)
    title, title_notes = _find_title(extent, shape.boundaries, context)
    source, source_notes = _find_source(head, first)
    report = PaperReport(
        id=paper_id or _made_up_id(context.path, date, first + 1),
        title=title or paper_id or _made_up_id(context.path, date, first + 1),
        url=f"https://huggingface.co/papers/{paper_id}" if paper_id else None,
        source_kind=source,
        date=date,
        path=context.path,
        first_line=first + 1,
        last_line=end,
        blocks=cut_blocks(shape.boundaries, lines, end),
        sections=sections,
    )
    notes = (*title_notes, *id_notes, *shape.notes, *part_notes, *source_notes)
    return _Paper(report, notes)


def _made_up_id(path: str, date: dt.date | None, line: int) -> str:
    """An id that no paper of another report has: `2026-01-07-line-7`."""
    return f"{date or Path(path).stem}-line-{line}"


def _head_end(boundaries: Sequence[Boundary], end: int) -> int:
    """The head may go on below the inner title; it ends with the first part or unplaced text."""
    return next((b.at for b in boundaries if b.kind not in ("head", "inner_title")), end)


def _find_source(head: Sequence[Row], first: int) -> tuple[SourceKind, list[Note]]:
    found = next((row.source for row in head if row.source != "unknown"), None)
    if found:
        return found, []
    message = "no reading source; expected `- **阅读来源**: HTML` or `ArXiv Abs`"
    return "unknown", [Note("unknown-source", message, first)]


def _find_id(head: Sequence[Row], first: int) -> tuple[str | None, list[Note]]:
    links = [row for row in head if row.key == "link" and row.kind == "meta"]
    titles = [row for row in head if row.kind != "meta"]
    found = [(row.paper_id, row.at) for row in [*links, *titles] if row.paper_id]
    if not found:
        return _find_other_id(head, links[0].at if links else first, bool(links))
    paper_id, _ = found[0]
    other = next(((i, index) for i, index in found if i != paper_id), None)
    if other is None:
        return paper_id, []
    message = f"links to {paper_id} and to {other[0]}; the first was taken"
    return paper_id, [Note("ambiguous-id", message, other[1])]


def _find_other_id(head: Sequence[Row], at: int, linked: bool) -> tuple[str | None, list[Note]]:
    """The id from a line of metadata that is not known to be the paper's link, with a problem."""
    if row := next((row for row in head if row.paper_id), None):
        message = f"no link to the paper; {row.paper_id} was taken from here"
        return row.paper_id, [Note("doubtful-id", message, row.at)]
    why = "the link holds no valid arXiv id" if linked else "no link to the paper"
    return None, [Note("no-id", f"{why}; expected https://huggingface.co/papers/NNNN.NNNNN", at)]


def _find_title(
    extent: _Extent, boundaries: Sequence[Boundary], context: _Context
) -> tuple[str, list[Note]]:
    lines, at = context.lines, extent.start.at
    title = clean_title(lines[at], context.numbered) if extent.start.titled else ""
    if title:
        return title, []
    inner = next((b.at for b in boundaries if b.kind == "inner_title"), None)
    note = Note("no-title", "the paper has no title line", at)
    return (clean_title(lines[inner]) if inner is not None else ""), [note]
