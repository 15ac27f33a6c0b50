"""What was before, and what is now: 6 hours instead of the previous 40 told as 40 instead of the previous 6."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.groups import sort_of, told_once
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.models import Finding

FORMERLY: Final = "后|此前|之前|以前|先前|原来|原先|原本|为|到|至|成"
"""One of these in a source that tells what was before, or what it became."""
BEFORE: Final = "revious|arlier|ormer|rior |riginal|rom |used to|efore|once|Once|ago|t first|nitially|aving |had been|ather than |nstead of "
"""… and in such English, with or without a capital."""
_BEFORE_THERE: Final = re.compile(
    r"(?<![至到为是有足只约及])(?:此前|(?<!在)之前|以前|先前|原来|原先|原本)(?:[的是为要需约近\s*]|[^，。；、\d]{1,4}[为需要的是])*\Z"
)
_BECAME: Final = re.compile(
    r"[^。；\n\d]{0,8}?(?:调整|改|变|换|提高|降低|增加|减少|扩大|缩小|上调|下调|缩短|延长|提升|扩展|扩充|压缩|"
    r"增长|下降|上升|攀升|回落|缩减|改善|[升降增减缩涨跌])(?:为|到|至|成)了?[\s*约近]*"
)
_BEFORE_HERE: Final = re.compile(
    r"\b(?:previous(?:ly)?|earlier|former(?:ly)?|prior|original(?:ly)?|(?:up|down) from|used to (?:be|take|need|cost))"
    r"(?: (?:needed|required|took|cost|record|best|figure|value|level|of|was|is|about|around|roughly|some|nearly|the|a))*\W{1,3}\Z"
)
_BEFORE_BEHIND: Final = re.compile(
    r"[*]*(?: [a-z]+)? (?:previously|formerly|originally|before\b(?! (?:it|the|an?|any|each)\b))"
)
_ABOUT: Final = r"(?:about |around |roughly |nearly |some |just |only )?"
_DOING: Final = r"(?:[a-z]+ing (?:[a-z]+ ){0,3}?)?"
_RATHER: Final = re.compile(
    rf"\b(?:rather than|instead of) (?:the |an? )?(?:{_ABOUT}|under |over )\W*\Z"
)
_FROM: Final = re.compile(rf"\bfrom {_DOING}\W*{_ABOUT}\Z")
_TO: Final = re.compile(rf"[*]*(?:(?: of)? [a-z]+){{0,2}} to {_DOING}\W*{_ABOUT}")
_ONCE: Final = re.compile(
    r"\b(?:(?:once (?=[\d~$]|about|around|roughly|stood|took|needed|cost|had|was|were|scored|ran|required|used)|(?:a|one) (?:year|month|week|quarter|decade) (?:ago|earlier|before)|at first|initially|having (?:had|started|begun|been|stood|scored))\b|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\bused to (?:be|take|need|cost|employ|have|wait|require|stand|run|score|hold|count|last|pay|charge|get|give|use)\b|"
    r"\bhad been\b(?! [a-z]+ed (?:up |down )?to\b))[^,;.\d]{0,40}\Z"
)
"""What stood before, in the clause of its figure; …"""
_NOW: Final = re.compile(r"\b(?:now|today|currently|at present|nowadays|these days)\b")
_CLAUSE_HERE: Final = re.compile(
    r"[,;](?=\s)|[.](?=\s|$)|[\n–—]|\b(?:and|but|while|whereas|where(?! users))\b"
)
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
    if _BEFORE_IT.search(source, max(0, start - 16), start):
        return bool(_AFTER_IT.search(source, max(0, other.source.start - 16), other.source.start))
    if end <= other.source.start and _SINCE_THERE.search(source, end, other.source.start):
        return not _AFTER_IT.search(source, max(0, start - 16), start)
    told = _BEFORE_THERE.search(source, max(0, start - 12), start)
    return told is not None and not _STOP.search(source, *sorted((end, other.source.start)))


_BEFORE_IT: Final = re.compile(r"(?<![目当以之此先])前[^，。；\d]{0,10}\Z")
_AFTER_IT: Final = re.compile(r"[^此前以]后[^，。；\d]{0,10}\Z")
"""微调前 and 微调后."""
_SINCE_THERE: Final = re.compile(
    r"，(?:而|但)?(?:[改换启采][用为成]|引入|升级|改造|加入|部署|优化)[^，。；\d]{0,12}[^此前以]后，?[^，。；\d]{0,10}\Z"
)
"""改用自动流程后不足 2 美元: what it is since then."""
_FROM_THERE: Final = re.compile(r"至\s*\Z")
_STOP: Final = re.compile(r"[。；！？\n]")


def _is_told_before(one: Match, other: Match, low: str) -> bool:
    """Whether English says so of the one, and not of the other one."""
    return _says_before(one, low, other) and not _says_before(other, low, one)


def _says_before(match: Match, low: str, other: Match) -> bool:
    start, end = match.target.start, match.target.end
    if _BEFORE_HERE.search(low, max(0, start - REACH), start) or _BEFORE_BEHIND.match(low, end):
        return True
    if other.target.end <= start and _RATHER.search(low, other.target.end, start):
        return not _CLAUSE_HERE.search(low, other.target.end, start)
    to = end <= other.target.start and _TO.fullmatch(low, end, other.target.start)
    if to and _FROM.search(low, max(0, start - REACH), start):
        return True
    return _is_once(low, match, other)


def _is_once(low: str, match: Match, other: Match) -> bool:
    """Whether one figure was once, or had been, and the other one is in a clause of its own."""
    one, two = _clause_of(low, match), _clause_of(low, other)
    first, last = sorted((match.target, other.target), key=lambda quantity: quantity.start)
    apart = _CLAUSE_HERE.search(low, first.end, last.start)
    told = apart and _ONCE.search(low, one[0], match.target.start)
    if not told or _NOW.search(low, told.start(), one[1]):
        return False
    return not _ONCE.search(low, two[0], other.target.start)


def _clause_of(low: str, match: Match) -> Span:
    start, end = match.target.start, match.target.end
    begins = max(
        (m.end() for m in _CLAUSE_HERE.finditer(low, max(0, start - 80), start)),
        default=max(0, start - 80),
    )
    stop = _CLAUSE_HERE.search(low, end)
    return begins, stop.start() if stop else len(low)


def turned_times(case: Case) -> Iterator[Finding]:
    """Twice as many as now, where the source has twice as many as last year."""
    told = _AS_NOW.search(case.lowered)
    there = told and _AS_BEFORE.search(case.source)
    if told and there:
        message = "what was before and what is now are exchanged"
        yield finding(case, "swap", "major", message, target=told.span(), span=there.span())


TIMES: Final = "倍"
"""What a source has that tells a multiple of what was."""
_AS_BEFORE: Final = re.compile(
    r"是(?:去年|上一?年|前一?年|往年|此前|之前|以前|过去|当时|原来|上个?月|上[一个]?季度)[^，。；\d]{0,6}的[\s*近约]*[\d.一二两三四五六七八九十百]+[\s*]*倍"
)
_AS_NOW: Final = re.compile(
    r"\b(?:twice|double|\d[\d.]*(?:x| times)|[a-z]+ times) "
    r"(?:as [a-z]+(?: [a-z]+){0,2} as|that|those|what|the [a-z]+)(?: of| it is| they are| is)? "
    r"(?:now\b|today\b|this (?:year|month|quarter)\b|at present\b|currently\b)"
)
