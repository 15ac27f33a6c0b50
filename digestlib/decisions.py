"""What an editor decided while proofreading, applied to an issue; pure.

A decision is about one statement as the model gave it. Edits are traced and checked like any
answer, accepted findings no longer flag, and what no longer fits the issue is stale, never applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import ValidationError

from .checking import needs_a_person
from .editions import Coverage, Roundup
from .errors import DecisionError
from .glossary import Glossary, load_glossary
from .models import (
    SCHEMA_VERSION,
    Digest,
    Finding,
    Frozen,
    PaperReport,
    Summary,
    SummaryState,
)
from .plaintext import plain
from .printing import walk
from .revising import Part, carry_figures, drop, reword
from .roundups import trace_and_check_opening
from .summaries import trace_and_check

OPENING = ""
"""The `paper_id` of decisions on the opening of the issue."""
FAILURE = "failure"
"""The `where` of a decision on a paper, or an opening, that could not be made."""
WHOLE = ""
"""The `where` of findings on a summary as a whole; what it was is the paper's title."""
_UNIT = re.compile(
    r"(?:problem|why_it_matters|scope|availability\.note)(?=\.text\Z)"
    r"|.*\](?=\.(?:(?:finding|explanation|text|headline)\.)?text\Z|\.value\Z)"
)
_DOUBT = re.compile(r"(doubts\[\d+\])\.note\Z")


class Decision(Frozen):
    """What a person decided on one statement."""

    paper_id: str
    where: str
    """Path of the statement as the model gave it: `results[0].finding.text`."""
    was: str
    """What the statement said, as `plain` text; when it says something else now, this is stale."""
    action: Literal["accept", "edit", "drop"]
    text: str | None = None
    """For an edit: what it says instead."""
    accepted: tuple[str, ...] = ()
    """The messages of the findings that a person has looked at and let stand."""

    def __str__(self) -> str:
        return f"{self.paper_id or 'the opening'}: {self.where}: {self.action}"


class Decisions(Frozen):
    """The decisions on one issue, as the proofreading page exports them."""

    schema_version: str = SCHEMA_VERSION
    issue: str
    """`2026-W01` or `2026-01-01`."""
    decisions: tuple[Decision, ...] = ()


_Edit = tuple[Decision, tuple[Finding, ...]]


class Revision(Frozen):
    """An issue with the decisions applied, and what became of each."""

    week: Roundup
    applied: tuple[Decision, ...] = ()
    stale: tuple[Decision, ...] = ()
    edited: tuple[_Edit, ...] = ()
    """Each edit with everything the checks have against its text, accepted or not."""


def parse_decisions(text: str, path: str) -> Decisions:
    """Read an exported file; raises `DecisionError` that says what is wrong with it."""
    try:
        return Decisions.model_validate_json(text)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise DecisionError(
            f"{path}: not decisions as review.html exports them: {where}: {first['msg']}"
        ) from None


def apply_decisions(
    week: Roundup,
    decisions: Decisions,
    digests: Iterable[Digest],
    *,
    glossary: Glossary | None = None,
) -> Revision:
    """The issue with the decisions applied to the texts they were made on.

    The `digests` hold the Chinese that edits are checked against. Raises `DecisionError` when the
    decisions are on another issue.
    """
    if decisions.issue != week.period:
        raise DecisionError(
            f"these decisions are on {decisions.issue}; this issue is {week.period}"
        )
    if not decisions.decisions:
        return Revision(week=week)
    said = _statements(week)
    latest = {(d.paper_id, d.where): d for d in decisions.decisions}.values()
    applied = tuple(d for d in latest if _fits(d, said))
    glossary = glossary or load_glossary()
    reports = {(p.path, p.id): p for digest in digests for p in digest.papers}
    revised = [_revised_summary(s, _on(s.id, applied), reports, glossary) for s in week.summaries]
    summaries = tuple(summary for summary, _ in revised)
    opening, edits = _revised_opening(week, _on(OPENING, applied), summaries, reports)
    changed = {"summaries": summaries, "coverage": _recounted(opening, summaries)}
    return Revision(
        week=opening.model_copy(update=changed),
        applied=applied,
        stale=tuple(d for d in latest if d not in applied),
        edited=tuple(edit for found in (*(e for _, e in revised), edits) for edit in found),
    )


def _on(paper_id: str, decisions: Iterable[Decision]) -> list[Decision]:
    return [d for d in decisions if d.paper_id == paper_id]


def unit_of(where: str) -> str | None:
    """What goes when the statement is dropped: `results[0]`; None for what an issue must have."""
    match = _UNIT.match(where)
    return match.group() if match else None


def _statements(week: Roundup) -> dict[tuple[str, str], str]:
    """Every text that can be decided on."""
    said = {(s.id, where): text for s in week.summaries for where, text in walk(s.summary)}
    said |= {(OPENING, where): text for where, text in walk(week.editorial)}
    said |= {(s.id, WHOLE): s.title for s in week.summaries}
    said |= {(s.id, FAILURE): s.failure for s in week.summaries if s.failure}
    return said | ({(OPENING, FAILURE): week.failure} if week.failure else {})


def _fits(decision: Decision, said: dict[tuple[str, str], str]) -> bool:
    there = said.get((decision.paper_id, decision.where))
    if there is None or plain(there) != plain(decision.was):
        return False
    if decision.action == "edit":
        return decision.where not in (FAILURE, WHOLE) and bool((decision.text or "").strip())
    return decision.action == "accept" or unit_of(decision.where) is not None


def _revised_summary(
    summary: Summary,
    decisions: Sequence[Decision],
    reports: dict[tuple[str, str], PaperReport],
    glossary: Glossary,
) -> tuple[Summary, list[_Edit]]:
    if not decisions or summary.summary is None:
        return summary, []
    part = Part(summary.summary, summary.figures, summary.findings)
    if texts := _texts(decisions):
        report = reports[summary.path, summary.id]
        text = reword(summary.summary, texts)
        kept = carry_figures(part, texts)
        part = Part(*trace_and_check(text, kept, report, summary.quantities, glossary))
    edits = _rechecked(part, decisions)
    settled = [m[1] for d in decisions if d.action == "accept" and (m := _DOUBT.match(d.where))]
    part = drop(_accepted(part, decisions), [*_dropped(decisions), *settled])
    state: SummaryState = "flagged" if needs_a_person(part.findings) else "verified"
    changed = {"summary": part.model, "figures": part.figures, "findings": part.findings}
    return summary.model_copy(update=changed | {"state": state}), edits


def _revised_opening(
    week: Roundup,
    decisions: Sequence[Decision],
    summaries: Sequence[Summary],
    reports: dict[tuple[str, str], PaperReport],
) -> tuple[Roundup, list[_Edit]]:
    if not decisions or week.editorial is None:
        return week, []
    part = Part(week.editorial, week.figures, week.findings)
    if texts := _texts(decisions):
        text = reword(week.editorial, texts)
        kept = carry_figures(part, texts)
        read = {s.id: reports[s.path, s.id] for s in summaries if (s.path, s.id) in reports}
        part = Part(*trace_and_check_opening(text, kept, summaries, read))
    edits = _rechecked(part, decisions)
    part = drop(_accepted(part, decisions), _dropped(decisions))
    changed = {"editorial": part.model, "figures": part.figures, "findings": part.findings}
    return week.model_copy(update=changed), edits


def _texts(decisions: Sequence[Decision]) -> dict[str, str]:
    """What the edited statements say now."""
    return {d.where: plain(d.text or "") for d in decisions if d.action == "edit"}


def _rechecked(part: Part, decisions: Sequence[Decision]) -> list[_Edit]:
    return [
        (d, tuple(f for f in part.findings if f.where == d.where))
        for d in decisions
        if d.action == "edit"
    ]


def _accepted(part: Part, decisions: Sequence[Decision]) -> Part:
    accepted = {(d.where, plain(message)) for d in decisions for message in d.accepted}
    said = dict(walk(part.model))
    places = [(f, f.where if f.where in said else WHOLE) for f in part.findings]
    return part._replace(
        findings=tuple(f for f, where in places if (where, plain(f.message)) not in accepted)
    )


def _dropped(decisions: Sequence[Decision]) -> list[str]:
    return [unit for d in decisions if d.action == "drop" and (unit := unit_of(d.where))]


def _recounted(week: Roundup, summaries: Sequence[Summary]) -> Coverage:
    states = [summary.state for summary in summaries]
    return week.coverage.model_copy(
        update={"verified": states.count("verified"), "flagged": states.count("flagged")}
    )
