r"""Chinese daily reports to `Digest`s with line numbers and problems.

`parse_digest` is pure; `load` reads. What cannot be placed is kept and reported; the codes:

    of a file       unreadable, empty-file, binary-file, too-large, bad-encoding, truncated
    of a report     no-papers, no-date, date-mismatch, unplaced-text
    of a paper      no-title, no-id, ambiguous-id, duplicate-id, unknown-source
    of its parts    missing-part, empty-part, repeated-part, doubtful-heading (read as text),
                    odd-heading (unlike the others), stray-separator, unplaced-text

Only `\n`, `\r\n` and `\r` end a line, as in editors; other separators such as U+2028 are text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digestlib.models import Digest, Line, PaperReport, Problem
from digestlib.report_fields import SourceKind, find_date, fold
from digestlib.report_files import Paths, find_files, read_file
from digestlib.report_heads import clean_title
from digestlib.report_papers import Start, find_starts, separator_marks
from digestlib.report_parts import Boundary, Note, outline
from digestlib.report_rows import Row, read_rows
from digestlib.report_sections import cut_blocks, cut_sections


def load(paths: Paths) -> list[Digest]:
    """Read files, folders, glob patterns or `-` into digests, by date.

    A file that cannot be read gives a digest without papers whose problem says why. Raises
    `ReportError` for a path that gives no file at all.
    """
    digests = [_load_file(path) for path in find_files(paths)]
    return sorted(digests, key=lambda digest: (digest.date or dt.date.max, digest.path))


def parse_digest(text: str, path: str = "-", encoding: str = "utf-8") -> Digest:
    """Parse the text of one report; line numbers are those of the text."""
    lines = _split_lines(text)
    rows = read_rows(lines)
    if not rows:
        note = Note("empty-file", "the file is empty", 0)
        return _digest(path, encoding, _Header(None, None, ()), [], [note])
    starts = find_starts(rows)
    header = _read_header(lines, rows, starts)
    marks = separator_marks(rows, starts)
    papers = [
        _read_paper(extent, ordinal, lines, marks)
        for ordinal, extent in enumerate(_extents(rows, starts, len(lines)), 1)
    ]
    notes = [*header.notes, *(note for paper in papers for note in paper.notes)]
    notes += [*_duplicates(papers)]
    return _digest(path, encoding, header, [p.report for p in papers], notes)


# ---------------------------------------------------------------- the report


class _Header(NamedTuple):
    date: dt.date | None
    source_url: str | None
    notes: tuple[Note, ...]


class _Extent(NamedTuple):
    """The rows of one paper and the index behind its last line."""

    start: Start
    rows: Sequence[Row]
    end: int


class _Paper(NamedTuple):
    report: PaperReport
    notes: tuple[Note, ...]


def _load_file(path: str) -> Digest:
    read = read_file(path)
    if read.text is None:
        return _unread(path, read.encoding, read.problems)
    digest = parse_digest(read.text, path, read.encoding)
    return digest.model_copy(update={"problems": (*read.problems, *digest.problems)})


def _unread(path: str, encoding: str, problems: tuple[Problem, ...]) -> Digest:
    return Digest(
        date=None, source_url=None, path=path, encoding=encoding, papers=(), problems=problems
    )


def _split_lines(text: str) -> list[str]:
    r"""The lines with `\n` at their ends, except perhaps the last."""
    unified = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [f"{line}\n" for line in unified.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _digest(
    path: str, encoding: str, header: _Header, papers: list[PaperReport], notes: list[Note]
) -> Digest:
    located = {"path": path, "date": header.date}
    return Digest(
        date=header.date,
        source_url=header.source_url,
        path=path,
        encoding=encoding,
        papers=tuple(paper.model_copy(update=located) for paper in papers),
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


# ---------------------------------------------------------------- the header

_DATE_KEY = re.compile(r"[-*_ >]{0,8}(?:date|日期|报告日期|时间)[*_ ]{0,4}:", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>()\[\]（）]{1,500}")
_HEADER_KEY = re.compile(
    r"[-*_ >]{0,8}(?:date|日期|报告日期|时间|source(?: url)?|来源(?:链接)?|链接|论文(?:总)?数量?|papers)"
    r"[*_ ]{0,4}:",
    re.IGNORECASE,
)


def _read_header(lines: Sequence[str], rows: Sequence[Row], starts: Sequence[Start]) -> _Header:
    """Date and address from the lines above the first paper; others there are reported."""
    end = starts[0].at if starts else len(lines)
    above = [row for row in rows if row.at < end]
    texts = [fold(lines[row.at][:1000]) for row in above]
    notes: list[Note] = []
    if not starts:
        notes.append(Note("no-papers", "no paper was found; is this a daily report?", 0))
    else:
        notes += _unplaced_above(above, texts)
    url = next((match[0] for text in texts if (match := _URL.search(text))), None)
    date, date_notes = _read_date(above, texts, url)
    return _Header(date, url, (*date_notes, *notes))


def _read_date(
    above: Sequence[Row], texts: Sequence[str], url: str | None
) -> tuple[dt.date | None, list[Note]]:
    keyed = [
        (row.at, text) for row, text in zip(above, texts, strict=True) if _DATE_KEY.match(text)
    ]
    others = [
        (row.at, _URL.sub("", text))
        for row, text in zip(above, texts, strict=True)
        if row.kind == "heading" or not _DATE_KEY.match(text)
    ]
    of_url = find_date(url) if url else None
    for index, text in [*keyed, *others]:
        if date := find_date(text):
            if of_url and of_url != date:
                message = f"dated {date}, but its address says {of_url}; the first was taken"
                return date, [Note("date-mismatch", message, index)]
            return date, []
    if of_url:
        return of_url, []
    where = keyed[0][0] if keyed else 0
    return None, [Note("no-date", "no valid date; add a line `**Date**: YYYY-MM-DD`", where)]


def _unplaced_above(above: Sequence[Row], texts: Sequence[str]) -> Iterator[Note]:
    titled = unplaced = False
    for row, text in zip(above, texts, strict=True):
        title = row.kind == "heading" and not titled
        titled = titled or title
        known = title or row.kind == "rule" or bool(_HEADER_KEY.match(text))
        known = known or (len(text) <= 80 and find_date(text) is not None)
        if not known and not unplaced:
            yield Note("unplaced-text", "text above the first paper, not read", row.at)
        unplaced = not known


def _duplicates(papers: Sequence[_Paper]) -> Iterator[Note]:
    first: dict[str, int] = {}
    for paper in papers:
        report = paper.report
        line = first.setdefault(report.id, report.first_line)
        if line != report.first_line:
            message = f"the paper {report.id} occurs again, first in line {line}; both are kept"
            yield Note("duplicate-id", message, report.first_line - 1)


# ---------------------------------------------------------------- the paper


def _read_paper(
    extent: _Extent, ordinal: int, lines: Sequence[str], marks: frozenset[str]
) -> _Paper:
    shape = outline(extent.rows, lines, marks)
    plain = [line.removesuffix("\n") for line in lines[extent.start.at : extent.end]]
    sections, part_notes = cut_sections(shape.boundaries, lines, extent.end)
    below = _head_end(shape.boundaries, extent.end)
    head = [row for row in extent.rows if row.at < below]
    paper_id, id_notes = _find_id(head)
    title, title_notes = _find_title(extent, shape.boundaries, lines, ordinal)
    sources: list[SourceKind] = [row.source for row in head if row.source != "unknown"]
    first = extent.start.at
    notes = [*title_notes, *id_notes, *shape.notes, *part_notes]
    if not sources:
        message = "no reading source; expected `- **阅读来源**: HTML` or `ArXiv Abs`"
        notes.append(Note("unknown-source", message, first))
    report = PaperReport(
        id=paper_id or f"line-{first + 1}",
        title=title or paper_id or f"line-{first + 1}",
        url=f"https://huggingface.co/papers/{paper_id}" if paper_id else None,
        source_kind=sources[0] if sources else "unknown",
        date=None,
        path="-",
        first_line=first + 1,
        last_line=extent.end,
        lines=tuple(Line(number=first + n, text=text) for n, text in enumerate(plain, 1)),
        blocks=cut_blocks(shape.boundaries, lines, extent.end),
        sections=sections,
    )
    return _Paper(report, tuple(notes))


def _head_end(boundaries: Sequence[Boundary], end: int) -> int:
    """The head may go on below the inner title; it ends with the first part or unplaced text."""
    return next((b.at for b in boundaries if b.kind not in ("head", "inner_title")), end)


def _find_id(head: Sequence[Row]) -> tuple[str | None, list[Note]]:
    links = [row for row in head if row.key == "link" and row.kind == "meta"]
    titles = [row for row in head if row.kind != "meta"]
    found = [(row.paper_id, row.at) for row in [*links, *titles] if row.paper_id]
    if not found:
        bad = links[0].at if links else head[0].at if head else 0
        why = "the link holds no valid arXiv id" if links else "no link to the paper"
        return None, [
            Note("no-id", f"{why}; expected https://huggingface.co/papers/NNNN.NNNNN", bad)
        ]
    paper_id, _ = found[0]
    other = next(((i, index) for i, index in found if i != paper_id), None)
    if other is None:
        return paper_id, []
    message = f"links to {paper_id} and to {other[0]}; the first was taken"
    return paper_id, [Note("ambiguous-id", message, other[1])]


def _find_title(
    extent: _Extent, boundaries: Sequence[Boundary], lines: Sequence[str], ordinal: int
) -> tuple[str, list[Note]]:
    title = (
        clean_title(lines[extent.start.at], numbered=bool(ordinal)) if extent.start.titled else ""
    )
    if title:
        return title, []
    inner = next((b.at for b in boundaries if b.kind == "inner_title"), None)
    note = Note("no-title", "the paper has no title line", extent.start.at)
    return (clean_title(lines[inner]) if inner is not None else ""), [note]
