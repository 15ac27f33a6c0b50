"""A draft that a person has edited, checked against the reports; pure.

A passage of a newsletter is checked against the papers it links to: its own links, else those of
the section it stands in. The editor's part of a draft is left out.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import TypeAdapter, ValidationError

from .checking import RELATIONAL, check_against_all, check_summary, claims_of
from .columns import check_columns
from .editions import Editorial, Roundup, RoundupClaim
from .errors import DraftError, ReportError
from .fidelity import check
from .fidelity.occurrences import occurs
from .fidelity.whereabouts import sentences
from .glossary import Glossary, load_glossary
from .issue_dates import check_dates
from .manuscripts import (
    PAPER_LINK,
    FrontMatter,
    find_slots,
    read_front_matter,
    sent_part,
    split_front_matter,
    without_slots,
)
from .models import Digest, Finding, PaperReport, PrintedFigure, Remark, Summary
from .passages import Passage, find_passages, is_text_part, marked_up
from .printing import walk
from .quantities import find_quantities

_PAPER_ID = re.compile(r"\b\d{4}\.\d{4,5}\b")
"""How a citation names a paper without a short title; no figure has this form."""
_MINUTES = re.compile(r"\s*·\s*\d+ min\b")
"""How long a paper takes to read, whatever a person writes after it."""
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
"""Text may begin with a bracket too: `[WebGym](https://…)`, `[EDITOR: …]`."""
_COUNTED = re.compile(
    r"\d+ daily reports?, \d+ papers?: .*|\d+ papers?, (?:\d+|none) with a figure\..*"
)
"""What a draft counts by itself: the issue's papers, those of a comparison table."""
_MARK = "⚑"


def check_file(text: str, digests: Sequence[Digest], *, complete: bool = False) -> list[Remark]:
    """Findings on a file: JSON of a week or of summaries, a newsletter, or plain text.

    Plain text is what links to no paper; it is checked against the whole of the reports' text.
    """
    if _JSON.match(text):
        opening, summaries = _read(text)
        return [*_check_opening(text, opening, digests), *check_summaries(text, summaries, digests)]
    if is_text_part(text):
        return check_newsletter(marked_up(text), digests)
    if split_front_matter(sent_part(text))[0] or any(p.papers for p in find_passages(text)):
        return check_newsletter(text, digests)
    source = "".join(
        digest.preamble + "".join(block.text for paper in digest.papers for block in paper.blocks)
        for digest in digests
    )
    return check_pair(source, text, digests[0].path, complete=complete)


def check_newsletter(markdown: str, digests: Sequence[Digest]) -> list[Remark]:
    """Findings on an edited newsletter, in the order of its lines."""
    sent = sent_part(markdown)
    try:
        front = read_front_matter(sent)
    except DraftError as exc:
        return [Remark(line=exc.line or 1, path="", finding=_unreadable(exc.message))]
    papers = tuple(paper.id for digest in digests for paper in digest.papers)
    found = check_passages(
        [*_headings_of(front, sent, papers), *find_passages(sent)], digests, own_links=True
    )
    dates = [Remark(line=n, path="", finding=f) for n, f in check_dates(front, sent)]
    slots = [Remark(line=s.line, path="", finding=_slot_left(s.wish)) for s in find_slots(sent)]
    return sorted([*found, *check_columns(sent), *dates, *slots], key=lambda remark: remark.line)


def check_passages(
    found: Iterable[Passage], digests: Sequence[Digest], *, own_links: bool = False
) -> list[Remark]:
    """Findings on passages against the papers they link to.

    With `own_links`, a section on no paper may link to what no report has: a sponsor's page.
    """
    papers = {paper.id: paper for digest in digests for paper in digest.papers}
    glossary = load_glossary()
    return [
        remark
        for passage in found
        for remark in (
            *_check_links(passage, papers, own_links=own_links),
            *_check_passage(passage, papers, glossary),
        )
    ]


def check_summaries(
    text: str, summaries: Sequence[Summary], digests: Sequence[Digest]
) -> list[Remark]:
    """Findings on summaries that were read from `text`, the JSON of a week or of `papers`."""
    papers = {(paper.path, paper.id): paper for digest in digests for paper in digest.papers}
    by_id = {paper.id: paper for paper in papers.values()}
    glossary = load_glossary()
    remarks = []
    for summary in summaries:
        report = papers.get((summary.path, summary.id)) or by_id.get(summary.id)
        line = _line_of(text, f'"{summary.id}"')
        if report is None:
            remarks.append(Remark(line=line, path="", finding=_unknown_paper(summary.id)))
        elif summary.summary:
            for finding in check_summary(summary.summary, _untouched(summary), report, glossary):
                place = _line_of(text, finding.target_text or summary.id, after=line)
                remarks.append(Remark(line=place, path=report.path, finding=finding))
    return remarks


def _untouched(summary: Summary) -> list[PrintedFigure]:
    """The figures that still stand where code printed them."""
    texts = dict(walk(summary.summary)) if summary.summary else {}
    return [f for f in summary.figures if texts.get(f.where, "")[f.start : f.end] == f.text]


def check_pair(source: str, text: str, path: str, *, complete: bool) -> list[Remark]:
    """Findings on an English text against a Chinese one, whole against whole."""
    found = check(source, text, complete=complete)
    return [
        Remark(
            line=text.count("\n", 0, f.target_span[0]) + 1 if f.target_span else 1,
            path=path,
            finding=f,
        )
        for f in found
    ]


def _headings_of(front: FrontMatter, text: str, papers: tuple[str, ...]) -> Iterator[Passage]:
    """Subject, preheader and subject lines, which may speak of any paper."""
    for said in dict.fromkeys((front.subject, front.preheader, *front.subject_lines)):
        if said and not _COUNTED.fullmatch(said) and not find_slots(said):
            yield Passage(_line_of(text, said[:20]), said, (), papers)


def _check_opening(text: str, opening: Editorial | None, digests: Sequence[Digest]) -> list[Remark]:
    """Findings on the statements of an issue's opening against the papers that each names."""
    return check_passages(
        (
            Passage(
                _line_of(text, json.dumps(said.text, ensure_ascii=False)),
                said.text,
                (),
                said.papers,
            )
            for _, said in (claims_of(opening, RoundupClaim) if opening else ())
        ),
        digests,
    )


def _read(text: str) -> tuple[Editorial | None, tuple[Summary, ...]]:
    """The opening, where it is the JSON of an issue, and the summaries."""
    try:
        if text.lstrip().startswith("{"):
            issue = Roundup.model_validate_json(text)
            return issue.editorial, issue.summaries
        return None, TypeAdapter(tuple[Summary, ...]).validate_json(text)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ReportError(
            f"not the JSON of a week or of summaries: {where}: {first['msg']}"
        ) from None


def _check_passage(
    passage: Passage, papers: Mapping[str, PaperReport], glossary: Glossary
) -> Iterator[Remark]:
    known = [papers[name] for name in passage.papers if name in papers]
    if _MARK in passage.text:
        yield Remark(line=passage.line, path="", finding=_mark_left(passage.text))
    text = without_slots(passage.text.replace(_MARK, ""))
    text = _PAPER_ID.sub("", _MINUTES.sub("", text)).strip()
    if _COUNTED.fullmatch(text):
        return
    if not known:
        if find_quantities(text):
            yield Remark(line=passage.line, path="", finding=_unchecked(text))
        return
    source, places = _material(known)
    found = [*_told_once(check_against_all(source, text), text), *glossary.check(source, text)]
    found = [_named_elsewhere(finding, passage, papers) for finding in found]
    for finding in [f for f in found if not (passage.nested and f.rule in RELATIONAL)]:
        path, number = places[finding.source_line - 1] if finding.source_line else ("", None)
        update = {"source_line": number, "target_text": finding.target_text or text}
        yield Remark(line=passage.line, path=path, finding=finding.model_copy(update=update))


def _material(papers: Sequence[PaperReport]) -> tuple[str, list[tuple[str, int]]]:
    lines: list[str] = []
    places: list[tuple[str, int]] = []
    for paper in papers:
        for text, number in (
            (paper.title, paper.first_line),
            *((line.text, line.number) for line in paper.lines),
        ):
            lines.append(text)
            places.append((paper.path, number))
    return "\n".join(lines), places


def _text_of(paper: PaperReport) -> str:
    return "\n".join([paper.title, *(line.text for line in paper.lines)])


def _check_links(
    passage: Passage, papers: Mapping[str, PaperReport], *, own_links: bool
) -> Iterator[Remark]:
    """A link is that of a paper of the reports, or stands in the report of one."""
    for href in passage.links:
        match = PAPER_LINK.match(href)
        if match and match["id"] not in papers:
            yield Remark(line=passage.line, path="", finding=_unknown_paper(match["id"]))
        elif not match and not any(
            href in line.text
            for name in passage.papers
            if name in papers
            for line in papers[name].lines
        ):
            own = own_links and not passage.papers and href.startswith(("https://", "mailto:"))
            yield Remark(line=passage.line, path="", finding=_foreign_link(href, passage, own=own))


def _foreign_link(href: str, passage: Passage, *, own: bool) -> Finding:
    message = f"the link {href} is in no report" if own else f"the link {href} is not in the report"
    return Finding(
        rule="unchecked" if own else "link",
        severity="minor" if own else "critical",
        message=message,
        target_text=passage.text,
    )


def _named_elsewhere(
    finding: Finding, passage: Passage, papers: Mapping[str, PaperReport]
) -> Finding:
    """A name that the linked papers do not have, with the one paper of the reports that has it."""
    if finding.rule != "name" or not finding.target_text:
        return finding
    having = [
        paper
        for paper in papers.values()
        if paper.id not in passage.papers and occurs(finding.target_text, _text_of(paper))
    ]
    if len(having) != 1:
        return finding
    other = f"{having[0].id} ({having[0].title})"
    message = f"“{finding.target_text}” is in no paper linked here, but in that of {other}"
    hint = "link that paper too, if it is meant"
    return finding.model_copy(update={"message": message, "suggestion": hint})


def _told_once(found: Sequence[Finding], text: str) -> list[Finding]:
    """One finding of a rule on how the figures of a sentence go together, with all their places."""
    ends = [start for start, _ in sentences(text)]
    kept: dict[tuple[str, int], Finding] = {}
    for number, finding in enumerate(found):
        at = bisect_right(ends, finding.target_span[0]) if finding.target_span else 0
        key = (finding.rule, at) if finding.rule in RELATIONAL else ("", -number)
        first = kept.setdefault(key, finding)
        if first is not finding and finding.target_text not in first.message:
            message = f"{first.message}; so with {finding.target_text}"
            kept[key] = first.model_copy(update={"message": message})
    return list(kept.values())


def _unknown_paper(paper_id: str) -> Finding:
    return Finding(
        rule="paper",
        severity="critical",
        message=f"no report here has the paper {paper_id}",
        target_text=paper_id,
    )


def _mark_left(text: str) -> Finding:
    return Finding(
        rule="mark",
        severity="major",
        message=f"a {_MARK} mark is left: settle the statement and take it out",
        target_text=text,
    )


def _slot_left(wish: str) -> Finding:
    return Finding(
        rule="slot",
        severity="critical",
        message=f"an [EDITOR] slot is left: {wish or 'fill it or take it out'}",
    )


def _unreadable(problem: str) -> Finding:
    return Finding(rule="front-matter", severity="critical", message=problem)


def _unchecked(text: str) -> Finding:
    return Finding(
        rule="unchecked",
        severity="minor",
        message="has figures, but links to no paper they could be checked against",
        target_text=text,
    )


def _line_of(text: str, part: str, after: int = 1) -> int:
    """The first line from `after` on that holds the part, else `after`."""
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if n >= after and part in line), after)
