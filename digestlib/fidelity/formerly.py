"""What was before, and what is now: 6 hours instead of the previous 40 told as 40 instead of the previous 6."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import sort_of, told_once
from digestlib.fidelity.matching import Match
from digestlib.models import Finding

FORMERLY: Final = "此前|之前|以前|先前|原来|原先|原本|为|到|至|成"
"""One of these in a source that tells what was before, or what it became."""
BEFORE: Final = "previous|earlier|former|prior|original|from |used to|before"
"""… and in such English."""
_BEFORE_THERE: Final = re.compile(
    r"(?<![至到为是有足只约及])(?:此前|(?<!在)之前|以前|先前|原来|原先|原本)(?:[的是为要需约近\s*]|[^，。；、\d]{1,4}[为需要的是])*\Z"
)
_BECAME: Final = re.compile(
    r"[^。；\n\d]{0,8}?(?:调整|改|变|换|提高|降低|增加|减少|扩大|缩小|上调|下调|缩短|延长|提升|扩展|扩充|压缩|[升降增减])(?:为|到|至|成)了?[\s*约近]*"
)
_BEFORE_HERE: Final = re.compile(
    r"\b(?:previous(?:ly)?|earlier|former(?:ly)?|prior|original(?:ly)?|(?:up|down) from|used to (?:be|take|need|cost))"
    r"(?: (?:needed|required|took|cost|record|best|figure|value|level|of|was|is|about|around|roughly|some|nearly|the|a))*\W{1,3}\Z"
)
_BEFORE_BEHIND: Final = re.compile(
    r"[*]*(?: [a-z]+)? (?:previously|formerly|originally|before\b(?! (?:it|the|an?|any|each)\b))"
)
_FROM: Final = re.compile(r"\bfrom \W*(?:about |around |roughly |nearly )?\Z")
_TO: Final = re.compile(r"[*]*(?: [a-z]+)? to \W*(?:about |around |roughly |nearly )?")
FEW: Final = 24
"""A statement has no more figures than this; what follows is not read."""
REACH: Final = 40
"""So many characters in front of a figure is told that it was before."""


def exchanged_before(case: Case) -> Iterator[Finding]:
    """The first figure that English has before, and the source now."""
    figures = told_once(case.matches)[:FEW]
    for one, other in itertools.permutations(figures, 2):
        if sort_of(one) != sort_of(other) or one.source.value == other.source.value:
            continue
        if _is_before(one, other, case.source) and _is_told_before(other, one, case.lowered):
            message = "what was before and what is now are exchanged"
            yield about(case, "swap", "major", message, one.source, other.target)
            return


def _is_before(one: Match, other: Match, source: str) -> bool:
    """Whether the source says that the one was before, or became the other one."""
    start, end = one.source.start, one.source.end
    if end <= other.source.start and _BECAME.fullmatch(source, end, other.source.start):
        return not _FROM_THERE.search(source, max(0, start - 12), start)
    told = _BEFORE_THERE.search(source, max(0, start - 12), start)
    return told is not None and not _STOP.search(source, *sorted((end, other.source.start)))


_FROM_THERE: Final = re.compile(r"至\s*\Z")
_STOP: Final = re.compile(r"[。；！？\n]")


def _is_told_before(one: Match, other: Match, low: str) -> bool:
    """Whether English says so of the one, and not of the other one."""
    return _says_before(one, low, other) and not _says_before(other, low, one)


def _says_before(match: Match, low: str, other: Match) -> bool:
    start, end = match.target.start, match.target.end
    if _BEFORE_HERE.search(low, max(0, start - REACH), start) or _BEFORE_BEHIND.match(low, end):
        return True
    to = end <= other.target.start and _TO.fullmatch(low, end, other.target.start)
    return bool(to and _FROM.search(low, max(0, start - REACH), start))
