"""The nouns of an issue: the opening of a week or a day, its coverage, comparison tables."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, NamedTuple

from pydantic import StringConstraints

from .models import (
    NOTHING,
    SCHEMA_VERSION,
    Finding,
    Frozen,
    PrintedFigure,
    Problem,
    Provenance,
    Summary,
    SummaryState,
    TermConflict,
)

WebAddress = Annotated[str, StringConstraints(pattern=r"^(?:https?://[^\s\"'<>]+)?$")]
"""An address on the web that a draft may link to; empty for none."""


class RoundupClaim(Frozen):
    """An English statement of the roundup and the ids of the papers it speaks of."""

    text: str
    papers: tuple[str, ...]


class Story(Frozen):
    """A top story: one paper (or several on one thing) told in four short paragraphs."""

    headline: RoundupClaim
    whats_new: RoundupClaim
    how_it_works: RoundupClaim
    results: RoundupClaim
    why_it_matters: RoundupClaim


class Theme(Frozen):
    """A thread that runs through several papers."""

    name: str
    text: RoundupClaim


class ByTheNumber(Frozen):
    """A figure worth a line of its own: `value` is the figure, `text` what it means."""

    value: str
    text: RoundupClaim


class Editorial(Frozen):
    """What the model fills for a week or a day; figures are references with their paper, `{2601.02439/q3}`."""

    subject_lines: tuple[RoundupClaim, ...]
    preheader: RoundupClaim
    verdict: RoundupClaim
    tldr: tuple[RoundupClaim, ...]
    top_stories: tuple[Story, ...]
    themes: tuple[Theme, ...]
    by_the_numbers: tuple[ByTheNumber, ...]


class Coverage(Frozen):
    """The count that must add up: papers = verified + flagged + failed."""

    reports: int
    papers: int
    verified: int
    flagged: int
    failed: int
    abstract_only: int
    repeated: int = 0
    """Reports of a paper that another day of the period has too; not among `papers`."""
    days: tuple[dt.date, ...]


class Outcome(NamedTuple):
    """What the count at the end needs of a summary: whole ones of a year would fill the memory."""

    id: str
    path: str
    state: SummaryState
    failure: str | None
    results_figures: int
    results_told: int


def outcome_of(summary: Summary) -> Outcome:
    """What became of a paper."""
    return Outcome(*(getattr(summary, name) for name in Outcome._fields))


# ---------------------------------------------------------------- comparison tables


class Cell(Frozen):
    """One cell of a comparison table; a figure in it is traced to its paper and line."""

    text: str = NOTHING
    note: str = ""
    """What distinguishes the value, where the table has no column for it."""
    paper_id: str | None = None
    lines: tuple[int, ...] = ()
    source: str = ""
    """The Chinese of its figures; empty where the cell holds none."""
    withheld: str = ""
    """What the model said here and the report does not bear out: for the editor, never printed."""

    @property
    def is_blank(self) -> bool:
        """Whether there was nothing to say; what was kept back is not nothing."""
        return self.text == NOTHING and not self.withheld


class Row(Frozen):
    """What one paper has to say in a comparison table."""

    paper_id: str
    cells: tuple[Cell, ...]


ComparisonKind = Literal["benchmark", "profile", "proposed"]


class Comparison(Frozen):
    """A table across papers; code fills each cell from a result that a summary prints."""

    kind: ComparisonKind = "proposed"
    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


class PlannedRow(Frozen):
    """A row as the model proposes it: results by key (`r2.f1`), None for an empty cell."""

    paper_id: str
    cells: tuple[str | None, ...]


class PlannedComparison(Frozen):
    """A table as the model proposes it, without a figure."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[PlannedRow, ...]


class ComparisonPlan(Frozen):
    """What the model fills when it is asked which papers compare."""

    comparisons: tuple[PlannedComparison, ...]


# ---------------------------------------------------------------- the issue


class Roundup(Frozen):
    """A week (or a day) ready to be drafted."""

    schema_version: str = SCHEMA_VERSION
    period: str
    """`2026-W01` or `2026-01-01`."""
    first_day: dt.date
    last_day: dt.date
    coverage: Coverage
    editorial: Editorial | None
    """As printed; None when no valid answer was to be had (the draft says so)."""
    figures: tuple[PrintedFigure, ...] = ()
    findings: tuple[Finding, ...] = ()
    provenance: Provenance | None = None
    failure: str | None = None
    summaries: tuple[Summary, ...]
    problems: tuple[Problem, ...] = ()
    """What the parser reported on the reports of the period."""
    conflicts: tuple[TermConflict, ...] = ()
    """Terms that different papers render in different ways."""
    comparisons: tuple[Comparison, ...] = ()
    comparisons_failure: str | None = None
    """Why the model's tables are missing, when they were asked for."""
    web_url: WebAddress = ""
    """Where the full edition will stand: the mail links there."""
