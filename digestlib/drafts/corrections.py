"""Decisions on the Markdown of a draft, where there are no models left to apply them to; pure."""

from __future__ import annotations

import re

from ..decisions import Decision, Decisions
from .escape import markdown
from .markdown import FLAG

_SENTENCE = re.compile(r"(?!doubts).*text\Z")


def correct_draft(body: str, decisions: Decisions) -> tuple[str, tuple[Decision, ...]]:
    """The draft with sentences edited, dropped or without their mark, and the decisions that it has
    no place for: a single cell is not told from the same words elsewhere, and a doubt is not sent.
    """
    homeless = []
    for decision in decisions.decisions:
        corrected = _corrected(body, decision) if _SENTENCE.match(decision.where) else None
        if corrected is None:
            homeless.append(decision)
        else:
            body = corrected
    return body, tuple(homeless)


def _corrected(body: str, decision: Decision) -> str | None:
    was, new = markdown(decision.was), markdown(decision.text or "")
    if decision.action == "edit" and was not in body and new in body:
        return body
    if not was or was not in body:
        return None
    if decision.action == "drop":
        return _without_item(body, was)
    said = new if decision.action == "edit" else was
    settled = said if decision.accepted or decision.action == "edit" else f"{was} {FLAG}"
    return body.replace(f"{was} {FLAG}", settled).replace(was, said)


def _without_item(body: str, text: str) -> str:
    """Without the lines that hold the text, and what is indented beneath them."""
    kept: list[str] = []
    depth: int | None = None
    for line in body.split("\n"):
        indent = len(line) - len(line.lstrip())
        if depth is not None and line.strip() and indent > depth:
            continue
        depth = indent if text in line else None
        if depth is None:
            kept.append(line)
    return "\n".join(kept)
