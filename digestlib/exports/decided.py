"""Decisions from the proofreading page, applied to a draft that a person may have edited since.

Each is about a statement that the draft prints on one line; one that is not there any more, or there
twice, is stale and told, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..decisions import OPENING, Decision, Decisions
from ..drafts.escape import markdown, plain
from ..drafts.markdown import FLAG
from ..errors import DecisionError
from ..manuscripts import FrontMatter, Manuscript
from .body import parse
from .entries import entries_of, sections_of

_PRINTED = re.compile(r"headline|tldr|results|availability")
"""What a newsletter prints of a summary; decisions on the rest change nothing in it."""
_HEADLINES = ("subject", "preheader")


class Decided(NamedTuple):
    """The draft with the decisions applied, and those that no longer fit it."""

    draft: Manuscript
    stale: tuple[Decision, ...]


def decide(draft: Manuscript, decisions: Decisions) -> Decided:
    """Apply them; raises `DecisionError` when they are on another issue."""
    if decisions.issue != draft.front.period:
        raise DecisionError(
            f"these decisions are on {decisions.issue}; this draft is of {draft.front.period}"
        )
    latest = {(d.paper_id, d.where): d for d in decisions.decisions}.values()
    stale = []
    for decision in (d for d in latest if d.paper_id == OPENING or _PRINTED.match(d.where)):
        decided = _applied(draft, decision)
        stale += [] if decided else [decision]
        draft = _unmarked(decided, decision.paper_id) if decided else draft
    return Decided(draft, tuple(stale))


def _applied(draft: Manuscript, decision: Decision) -> Manuscript | None:
    """The draft with one decision applied; None when the statement is not there, or not once."""
    front = _front(draft.front, decision)
    lines = draft.body.split("\n")
    scope = [n for n in _scope(draft, decision.paper_id) if _holds(lines[n], decision.was)]
    if len(scope) == 1:
        return _with(draft, front, _revised(lines, scope[0], decision))
    there = [n for n in _scope(draft, decision.paper_id) if _holds(lines[n], decision.text or "")]
    if front != draft.front or (not scope and (decision.action == "drop" or there)):
        return _with(draft, front, lines)
    return None


def _unmarked(draft: Manuscript, paper_id: str) -> Manuscript:
    """Without the mark on a paper's headline when none is left on what stands below it."""
    lines = draft.body.split("\n")
    scope = _scope(draft, paper_id) if paper_id != OPENING else []
    if [n for n in scope if FLAG in lines[n]] == scope[:1]:
        for number in scope[:1]:
            lines[number] = lines[number].removesuffix(f" {FLAG}")
    return _with(draft, draft.front, lines)


def _with(draft: Manuscript, front: FrontMatter, lines: Sequence[str]) -> Manuscript:
    return draft.model_copy(update={"front": front, "body": "\n".join(lines)})


def _front(front: FrontMatter, decision: Decision) -> FrontMatter:
    if decision.paper_id != OPENING or decision.action != "edit":
        return front
    said = {name: getattr(front, name) for name in _HEADLINES}
    new = {n: plain(decision.text or "") for n, text in said.items() if text == plain(decision.was)}
    return front.model_copy(update=new)


def _scope(draft: Manuscript, paper_id: str) -> list[int]:
    """The lines on which the paper's own section, or for the opening any, may have the statement."""
    count = draft.body.count("\n") + 1
    if paper_id == OPENING:
        return list(range(count))
    sections = sections_of(parse(draft))
    own = [
        entry.sections[-1]
        for entry in entries_of(sections)
        if entry.paper_id == paper_id and entry.sections
    ]
    if not own:
        return []
    starts = sorted(section.line - draft.first_line for section in sections)
    start = own[0].line - draft.first_line
    return list(range(start, next((n for n in starts if n > start), count)))


def _holds(line: str, text: str) -> bool:
    """Whether the line prints the text, as a whole word where it begins and ends."""
    said = markdown(text)
    return bool(said) and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", line) is not None


def _revised(lines: list[str], number: int, decision: Decision) -> list[str]:
    said = markdown(decision.was)
    new = markdown(decision.text or "") if decision.action == "edit" else said
    line = lines[number]
    if decision.action != "drop":
        mark = f"(?: {FLAG})?" if decision.accepted or decision.action == "edit" else ""
        revised = re.sub(re.escape(said) + mark, lambda _: new, line, count=1)
        return [*lines[:number], revised, *lines[number + 1 :]]
    indent = len(line) - len(line.lstrip())
    after = number + 1
    while after < len(lines) and lines[after].startswith(" " * (indent + 1)):
        after += 1
    return [*lines[:number], *lines[after:]]
