"""A roundup laid out as a newsletter, before any format: what is printed, in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..models import TOPIC_TITLES, Provenance, Summary
from . import checklist
from .grids import Grid, for_readers
from .papers import (
    Marks,
    Paper,
    Part,
    Source,
    Statement,
    is_summarised,
    long_date,
    paper,
    source,
)

if TYPE_CHECKING:
    from ..editions import Coverage, Editorial, Roundup, RoundupClaim, Story


@dataclass(frozen=True)
class TopStory:
    """A story: its headline links to its first paper's page."""

    headline: Statement
    page: str | None
    parts: tuple[Part, ...]
    papers: tuple[Source, ...]


@dataclass(frozen=True)
class Theme:
    """A thread through several papers."""

    name: Statement
    text: Statement


@dataclass(frozen=True)
class Number:
    """A figure with a line of its own."""

    value: Statement
    text: Statement


@dataclass(frozen=True)
class Opening:
    """What stands before the papers."""

    subject_lines: tuple[str, ...]
    preheader: str
    verdict: Statement
    tldr: tuple[Statement, ...]
    stories: tuple[TopStory, ...]
    themes: tuple[Theme, ...]
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class TopicGroup:
    """The papers of one topic."""

    anchor: str
    """Its place on a page: `robotics`."""
    title: str
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Newsletter:
    """Everything a draft prints."""

    title: str
    """What it is and of which days, on one line."""
    name: str
    """Short, to stand above the dates."""
    dates: str
    period: str
    first_day: dt.date
    last_day: dt.date
    preheader: str
    coverage: str
    opening: Opening | None
    topics: tuple[TopicGroup, ...]
    papers: tuple[Paper, ...]
    failed: tuple[Source, ...]
    tables: tuple[Grid, ...]
    checklist: tuple[checklist.Group, ...]
    to_settle: int
    web_url: str
    """Where the full edition will stand; empty when nobody said."""
    provenance: str


def lay_out(week: Roundup) -> Newsletter:
    """The newsletter of the week or day; every paper of the roundup is in it by name."""
    papers = tuple(paper(s) for s in week.summaries if is_summarised(s))
    groups = checklist.for_week(week)
    opening = _opening(week, week.editorial) if week.editorial else None
    coverage = _coverage(week.coverage)
    return Newsletter(
        title=_title(week),
        name=_name(week),
        dates=_dates(week),
        period=week.period,
        first_day=week.first_day,
        last_day=week.last_day,
        preheader=opening.preheader if opening else coverage,
        coverage=coverage,
        opening=opening,
        topics=by_topic(papers),
        papers=papers,
        failed=tuple(source(s) for s in week.summaries if not is_summarised(s)),
        tables=for_readers(week.comparisons, {s.id: s for s in week.summaries}),
        checklist=groups,
        to_settle=checklist.count(groups),
        web_url=week.web_url,
        provenance=provenance([week.provenance, *(s.provenance for s in week.summaries)]),
    )


def by_topic(papers: Sequence[Paper]) -> tuple[TopicGroup, ...]:
    """The papers under their topics, topics in their fixed order, papers in theirs."""
    groups = (
        TopicGroup(topic, title, tuple(p for p in papers if p.topic == topic))
        for topic, title in TOPIC_TITLES.items()
    )
    return tuple(group for group in groups if group.papers)


def provenance(answers: Iterable[Provenance | None]) -> str:
    """The one line that tells drafts of different endpoints apart; empty without answers."""
    known = [answer for answer in answers if answer]
    if not known:
        return ""
    models = ", ".join(sorted({answer.model for answer in known}))
    prompts = ", ".join(sorted({answer.prompt for answer in known}))
    sent = sum(answer.prompt_tokens or 0 for answer in known)
    received = sum(answer.completion_tokens or 0 for answer in known)
    return f"Model {models}; prompts {prompts}; {sent:,} tokens sent, {received:,} received."


def _title(week: Roundup) -> str:
    if week.first_day == week.last_day:
        return f"Hugging Face papers of {_dates(week)}"
    return f"Hugging Face papers of the week, {_dates(week)}"


def _name(week: Roundup) -> str:
    return f"Papers of the {'week' if 'W' in week.period else 'day'}"


def _dates(week: Roundup) -> str:
    first, last = long_date(week.first_day), long_date(week.last_day)
    return first if week.first_day == week.last_day else f"{first} to {last}"


def _coverage(coverage: Coverage) -> str:
    return (
        f"{_counted(coverage.reports, 'daily report')}, {_counted(coverage.papers, 'paper')}: "
        f"{coverage.verified} verified, {coverage.flagged} flagged, {coverage.failed} failed; "
        f"{coverage.abstract_only} read from the abstract only."
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _opening(week: Roundup, editorial: Editorial) -> Opening:
    cite = _Citations(week)
    return Opening(
        subject_lines=tuple(line.text for line in editorial.subject_lines),
        preheader=editorial.preheader.text,
        verdict=cite.statement("verdict", editorial.verdict),
        tldr=tuple(cite.statement(f"tldr[{i}]", c) for i, c in enumerate(editorial.tldr)),
        stories=tuple(
            _story(f"top_stories[{i}]", story, cite)
            for i, story in enumerate(editorial.top_stories)
        ),
        themes=tuple(
            Theme(
                Statement(theme.name, flagged=cite.marks.on(f"themes[{i}].name")),
                cite.statement(f"themes[{i}].text", theme.text),
            )
            for i, theme in enumerate(editorial.themes)
        ),
        numbers=tuple(
            Number(
                Statement(n.value, flagged=cite.marks.on(f"by_the_numbers[{i}].value")),
                cite.statement(f"by_the_numbers[{i}].text", n.text),
            )
            for i, n in enumerate(editorial.by_the_numbers)
        ),
    )


def _story(where: str, story: Story, cite: _Citations) -> TopStory:
    headline = cite.statement(f"{where}.headline", story.headline)
    told = (
        ("What's new", "whats_new", story.whats_new),
        ("How it works", "how_it_works", story.how_it_works),
        ("Results", "results", story.results),
        ("Why it matters", "why_it_matters", story.why_it_matters),
    )
    ids = (*story.headline.papers, *(i for _, _, claim in told for i in claim.papers))
    papers = cite.sources(ids)
    return TopStory(
        headline=headline,
        page=papers[0].page if papers else None,
        parts=tuple(
            Part(title, (cite.statement(f"{where}.{name}", claim),))
            for title, name, claim in told
            if claim.text.strip()
        ),
        papers=papers,
    )


class _Citations:
    """Turns claims of the editorial into statements that name their papers."""

    def __init__(self, week: Roundup) -> None:
        self.marks = Marks(week.findings)
        self._summaries: dict[str, Summary] = {s.id: s for s in week.summaries}

    def statement(self, where: str, claim: RoundupClaim) -> Statement:
        return Statement(claim.text, self.marks.on(where), self.sources(claim.papers))

    def sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        known = (self._summaries.get(i) for i in dict.fromkeys(ids))
        return tuple(source(summary) for summary in known if summary)
