"""One paper as a draft prints it: statements with their marks, figures, links, reading time."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..models import (
    AVAILABILITY,
    Claim,
    Finding,
    PaperSummary,
    Result,
    Summary,
    SystemFigure,
)
from .links import Link, paper_links

WORDS_PER_MINUTE = 230
SHORT_NAME_CHARACTERS = 32

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Source:
    """A paper as text links to it."""

    anchor: str
    """Its place on a page that has all papers: `p-2512-23576`."""
    title: str
    name: str
    """Short enough to stand in brackets behind a sentence."""
    links: tuple[Link, ...]
    abstract_only: bool

    @property
    def page(self) -> str | None:
        """The first of its addresses."""
        return self.links[0].url if self.links else None


@dataclass(frozen=True)
class Statement:
    """A sentence to print, the papers it speaks of, and whether a person must look at it."""

    text: str
    flagged: bool = False
    papers: tuple[Source, ...] = ()


@dataclass(frozen=True)
class KeyResult:
    """A finding, where it was measured, and `system: value (note)` for each system."""

    finding: Statement
    setting: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A headed run of statements."""

    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Paper:
    """A summarised paper."""

    source: Source
    flagged: bool
    minutes: int
    update_of: str | None
    topic: str
    headline: Statement
    tldr: Statement
    results: tuple[KeyResult, ...]
    availability: str
    availability_note: Statement | None
    background: tuple[Part, ...]
    """Why the work was done and how it works: for the full summary."""
    limits: tuple[Part, ...]
    """What it was tested on, and caveats: for the full summary."""
    tags: tuple[str, ...]


class Marks:
    """The paths of a summary's statements on which a person must look."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._paths = tuple(f.where for f in findings if f.severity != "minor" and f.where)

    def on(self, where: str) -> bool:
        """True for the statement itself and for anything inside it."""
        return any(re.match(re.escape(where) + r"(?![\w])", path) for path in self._paths)

    def claim(self, where: str, claim: Claim) -> Statement:
        """The claim with its mark."""
        return Statement(claim.text, flagged=self.on(where))

    def claims(self, where: str, claims: Sequence[Claim]) -> tuple[Statement, ...]:
        """A list of claims with their marks."""
        return tuple(self.claim(f"{where}[{i}]", claim) for i, claim in enumerate(claims))


def is_summarised(summary: Summary) -> bool:
    """False for papers that the draft can only name."""
    return summary.state != "failed" and summary.summary is not None


def source(summary: Summary) -> Source:
    """How to name the paper and where it is to be found."""
    return Source(
        anchor="p-" + re.sub(r"[^\w-]", "-", summary.id, flags=re.ASCII),
        title=summary.title.strip() or summary.id,
        name=_short_name(summary),
        links=paper_links(summary),
        abstract_only=summary.source_kind == "abstract",
    )


def paper(summary: Summary) -> Paper:
    """The paper in print; `ValueError` for one that has no summary."""
    if summary.summary is None:
        raise ValueError(f"{summary.id} has no summary")
    text, marks = summary.summary, Marks(summary.findings)
    note = text.availability.note
    return Paper(
        source=source(summary),
        flagged=summary.state == "flagged",
        minutes=reading_minutes(text),
        update_of=long_date(summary.update_of) if summary.update_of else None,
        topic=text.topic,
        headline=marks.claim("headline", text.headline),
        tldr=marks.claim("tldr", text.tldr),
        results=tuple(_key_result(i, result, marks) for i, result in enumerate(text.results)),
        availability=AVAILABILITY[text.availability.status],
        availability_note=marks.claim("availability", note) if note else None,
        background=_background(text, marks),
        limits=_limits(text, marks),
        tags=text.tags,
    )


def reading_minutes(summary: PaperSummary) -> int:
    """Minutes to read the whole summary, at least one."""
    words = sum(len(text.split()) for text in _texts(summary))
    return max(1, round(words / WORDS_PER_MINUTE))


def long_date(day: dt.date) -> str:
    """`1 January 2026`, whatever the locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _short_name(summary: Summary) -> str:
    """What stands before the colon of the title, else its first words."""
    name, colon, _ = summary.title.partition(":")
    if colon and 0 < len(name.strip()) <= SHORT_NAME_CHARACTERS:
        return name.strip()
    words = textwrap.shorten(summary.title, SHORT_NAME_CHARACTERS, placeholder="…")
    return words if len(words) > 1 else summary.id


def _key_result(index: int, result: Result, marks: Marks) -> KeyResult:
    """What all figures of a result share is said once, before them."""
    benchmarks = {figure.benchmark for figure in result.figures}
    metrics = {figure.metric for figure in result.figures}
    shared = [only for (only, *more) in (benchmarks or {None}, metrics or {None}) if not more]
    return KeyResult(
        finding=Statement(result.finding.text, flagged=marks.on(f"results[{index}]")),
        setting=", ".join(part for part in shared if part),
        figures=tuple(
            _figure(
                figure,
                figure.benchmark if len(benchmarks) > 1 else None,
                figure.metric if len(metrics) > 1 else None,
            )
            for figure in result.figures
        ),
    )


def _figure(figure: SystemFigure, benchmark: str | None, metric: str | None) -> str:
    what = ", ".join(part for part in (figure.system, benchmark, metric) if part)
    return f"{what}: {figure.value}" + (f" ({figure.beside})" if figure.beside else "")


def _background(text: PaperSummary, marks: Marks) -> tuple[Part, ...]:
    ideas = tuple(
        Statement(f"{idea.name}: {idea.explanation.text}", flagged=marks.on(f"innovations[{i}]"))
        for i, idea in enumerate(text.innovations)
    )
    return _filled(
        Part("Problem", _optional(marks, "problem", text.problem)),
        Part("Why it matters", _optional(marks, "why_it_matters", text.why_it_matters)),
        Part("Main ideas", ideas),
        Part("Inputs", marks.claims("usage.inputs", text.usage.inputs)),
        Part("Outputs", marks.claims("usage.outputs", text.usage.outputs)),
        Part("Workflow", marks.claims("usage.workflow", text.usage.workflow)),
        Part("Requirements", marks.claims("usage.requirements", text.usage.requirements)),
    )


def _limits(text: PaperSummary, marks: Marks) -> tuple[Part, ...]:
    return _filled(
        Part("Tested on", _optional(marks, "scope", text.scope)),
        Part("Caveats", marks.claims("caveats", text.caveats)),
    )


def _optional(marks: Marks, where: str, claim: Claim | None) -> tuple[Statement, ...]:
    return (marks.claim(where, claim),) if claim else ()


def _filled(*parts: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if any(s.text.strip() for s in part.statements))


def _texts(summary: PaperSummary) -> Iterator[str]:
    yield from (summary.headline.text, summary.tldr.text)
    yield from (claim.text for claim in (summary.problem, summary.why_it_matters) if claim)
    usage = summary.usage
    for claims in (usage.inputs, usage.outputs, usage.workflow, usage.requirements):
        yield from (claim.text for claim in claims)
    for idea in summary.innovations:
        yield from (idea.name, idea.explanation.text)
    for result in summary.results:
        yield result.finding.text
        yield from (_figure(figure, figure.benchmark, figure.metric) for figure in result.figures)
    yield from (c.text for c in (summary.availability.note, summary.scope, *summary.caveats) if c)
