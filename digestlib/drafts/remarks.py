"""Findings on a checked file, for people (`file:line: …`) or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal

from ..models import Remark
from .escape import plain


def render_remarks(file: str, remarks: Sequence[Remark], format: Literal["text", "json"]) -> str:
    """Both sides of each finding, and at the end how many there are of each severity."""
    if format == "json":
        return json.dumps([_entry(file, r) for r in remarks], ensure_ascii=False, indent=2) + "\n"
    lines = [line for remark in remarks for line in _lines(file, remark)]
    counts = [remark.finding.severity for remark in remarks]
    total = ", ".join(f"{counts.count(name)} {name}" for name in ("critical", "major", "minor"))
    return "\n".join([*lines, f"{file}: {total}", ""])


def _entry(file: str, remark: Remark) -> dict[str, Any]:
    finding = remark.finding.model_dump(mode="json")
    return {"file": file, "line": remark.line, "report": remark.path, **finding}


_QUESTIONS = {
    "direction": "at the Chinese: does it rise or fall, lead or trail, do so or not?",
    "swap": "at the Chinese: which figure or name goes with which?",
    "from_to": "at the Chinese: which is before, which is after?",
    "by_to": "at the Chinese: did it change by so much, or to so much?",
    "invented": "for the figure in the report; say it without, or take it out",
    "name": "for the name in the report; write it as there, or take it out",
    "paper": "at the address: its number is that of no paper in the reports",
    "unchecked": "at it yourself, or link the paper that it is about",
}
"""What to ask of a finding for which there is nothing to propose."""


def _lines(file: str, remark: Remark) -> list[str]:
    finding = remark.finding
    lines = [f"{file}:{remark.line}: {finding.severity}: {finding.rule}: {plain(finding.message)}"]
    if finding.target_text:
        lines.append(f"    English  {plain(finding.target_text)[:160]}")
    if finding.source_text and remark.path:
        place = f"{remark.path}:{finding.source_line}" if finding.source_line else remark.path
        lines.append(f"    Chinese  {plain(finding.source_text)[:160]}  ({place})")
    if finding.suggestion:
        lines.append(f"    perhaps  {plain(finding.suggestion)}")
    elif question := _QUESTIONS.get(finding.rule):
        lines.append(f"    look     {question}")
    return lines
