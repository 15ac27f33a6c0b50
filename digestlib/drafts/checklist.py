"""What a person has to settle before a draft is sent: never part of what is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..models import Finding, Problem, Summary, TermConflict
from .grids import withheld_cells
from .papers import Source, is_summarised, source

if TYPE_CHECKING:
    from ..editions import Roundup

QUOTE_CHARACTERS = 160


@dataclass(frozen=True)
class Detail:
    """One finding, with the Chinese it was checked against."""

    severity: str
    rule: str
    where: str
    message: str
    line: int | None
    source_text: str
    target_text: str
    suggestion: str


@dataclass(frozen=True)
class Note:
    """A remark on one place of the reports."""

    text: str
    place: str


@dataclass(frozen=True)
class Item:
    """One thing to settle: about which paper, where in the reports, and what; or several notes."""

    text: str
    paper: Source | None = None
    place: str = ""
    choices: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Group:
    """Items of one kind."""

    title: str
    items: tuple[Item, ...]


def for_week(week: Roundup) -> tuple[Group, ...]:
    """The checklist of a newsletter."""
    return (
        *_filled(Group("Before sending", tuple(_before_sending(week)))),
        *for_papers(week.summaries),
        *_filled(
            Group("Terms rendered in more than one way", tuple(map(_conflict, week.conflicts)))
        ),
        *_filled(Group("Problems in the reports", tuple(map(_problem, week.problems)))),
    )


def for_papers(summaries: Sequence[Summary]) -> tuple[Group, ...]:
    """The checklist of summaries that stand on their own."""
    checked = [s for s in summaries if is_summarised(s)]
    flagged = [s for s in checked if s.state == "flagged"]
    remarked = [s for s in checked if s.state == "verified" and s.findings]
    return _filled(
        Group("Failed papers", tuple(_failed(s) for s in summaries if not is_summarised(s))),
        Group("Flagged papers", tuple(_checked(s, "A check failed.") for s in flagged)),
        Group("Minor remarks", tuple(_checked(s, "Verified.") for s in remarked)),
        Group("Translator's doubts", tuple(item for s in summaries for item in _doubts(s))),
        Group("Papers without a link", tuple(_unlinked(summaries))),
    )


def count(groups: Sequence[Group]) -> int:
    """How many items there are to settle."""
    return sum(max(1, len(item.notes)) for group in groups for item in group.items)


def detail(finding: Finding) -> Detail:
    """A finding as it is shown to a person."""
    return Detail(
        severity=finding.severity,
        rule=finding.rule,
        where=finding.where,
        message=finding.message,
        line=finding.source_line,
        source_text=_excerpt(finding.source_text, finding.source_span),
        target_text=_excerpt(finding.target_text, finding.target_span),
        suggestion=finding.suggestion or "",
    )


def _before_sending(week: Roundup) -> Iterator[Item]:
    if week.editorial is None:
        why = week.failure or "no answer was recorded"
        yield Item(
            "Write the opening: there is no verdict, TL;DR or top story, "
            f"because the roundup could not be made ({why})."
        )
        yield Item("Write a subject line and a preheader.")
    else:
        lines = tuple(line.text for line in week.editorial.subject_lines)
        yield Item("Choose a subject line; all are in the front matter.", choices=lines)
    if week.comparisons_failure:
        yield Item(f"There are no proposed comparison tables ({week.comparisons_failure}).")
    for cell in withheld_cells(week.comparisons, {s.id: s for s in week.summaries}):
        yield Item(f"A dash stands in a comparison table: {cell}.")
    if week.findings:
        details = tuple(map(detail, week.findings))
        yield Item("Settle what the checks found in the opening.", details=details)
    if week.findings or any(s.state == "flagged" for s in week.summaries):
        yield Item("Take out each ⚑ mark once its statement is settled.")
    if short := [s for s in week.summaries if s.source_kind == "abstract"]:
        named = tuple(s.title for s in short)
        yield Item("Decide whether these stay: the report saw only their abstracts.", choices=named)


def _failed(summary: Summary) -> Item:
    why = summary.failure or "no reason was recorded"
    return Item(f"Not summarised: {why}", paper=source(summary), place=_place(summary))


def _checked(summary: Summary, text: str) -> Item:
    details = tuple(map(detail, summary.findings))
    return Item(text, paper=source(summary), place=_place(summary), details=details)


def _doubts(summary: Summary) -> Iterator[Item]:
    doubts = summary.summary.doubts if summary.summary else ()
    notes = tuple(Note(doubt.note, f"{summary.path}:{doubt.line}") for doubt in doubts)
    if notes:
        yield Item("", paper=source(summary), notes=notes)


def _unlinked(summaries: Sequence[Summary]) -> Iterator[Item]:
    for summary in summaries:
        paper = source(summary)
        if paper.page is None:
            text = "The report gives no address of the paper on Hugging Face or arXiv."
            yield Item(text, paper=paper, place=_place(summary))


def _conflict(conflict: TermConflict) -> Item:
    ways = "; ".join(f"“{way}” in {', '.join(papers)}" for way, papers in conflict.ways)
    return Item(f"One Chinese term is {ways}")


def _problem(problem: Problem) -> Item:
    place = problem.path if problem.line is None else f"{problem.path}:{problem.line}"
    return Item(problem.message, place=place)


def _excerpt(text: str, span: tuple[int, int] | None) -> str:
    """A long line is cut to what stands around the span."""
    if len(text) <= QUOTE_CHARACTERS:
        return text
    middle = sum(span) // 2 if span and span[1] <= len(text) else 0
    start = min(max(0, middle - QUOTE_CHARACTERS // 2), len(text) - QUOTE_CHARACTERS)
    end = start + QUOTE_CHARACTERS
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _place(summary: Summary) -> str:
    return f"{summary.path}:{summary.first_line}"


def _filled(*groups: Group) -> tuple[Group, ...]:
    return tuple(group for group in groups if group.items)
