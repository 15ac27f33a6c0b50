"""Who has which of two scores: A leads B by 68.9 to 63.2, told as 68.9 for B, or as B in the lead with it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import told_once
from digestlib.fidelity.matching import Match
from digestlib.fidelity.things import WORD, Thing
from digestlib.fidelity.witnesses import is_in, things_once
from digestlib.models import Finding

WINS: Final = "领先|击败|战胜|打败|力压|力克|超过|超越|赢|优于|胜|高于|压倒|反超"
_AGAINST: Final = re.compile(r"[\s*]*(?:的[\u4e00-\u9fff]{1,4})?[\s*]*(?:对|比|[:：])[\s*]*")
_WINS: Final = rf"(?:略微?|小幅|大幅|明显|显著|轻松|成功|稍稍?|以微弱优势|险|小|大|全面|微弱)*(?:{WINS})[过于了出]*[\s*]*"
_OVER: Final = re.compile(
    rf"[\s*]*(?:的[\u4e00-\u9fff]{{1,4}})?[\s*，]*{_WINS}(?P<rival>[^，。；、：（）()\n\d]{{0,6}}[^，。；、：（）()\n]{{1,30}})"
)
_OVER_ITS: Final = re.compile(
    rf"[\s*]*(?:的[\u4e00-\u9fff]{{1,6}})?[\s*]*{_WINS}(?P<rival>[^，。；、：（）()\n]{{2,30}}?)[\s*]*的[\s*]*"
)
_WITH: Final = re.compile(r"以[\s*约]*\Z")
_ITS: Final = re.compile(
    r"[*]*(?:['’]s(?: [a-z]+){0,2}| (?:only |just |narrowly |itself )?(?:scores?|scored|gets?|got|has|had|reaches|reached|posts?|posted|"
    r"achieves|achieved|records|recorded|manages|managed|earns|earned|stands at|stood at)(?: an? (?:[a-z-]+ ){1,2}of| about| around)?) [*]*"
)
_LEADS: Final = re.compile(
    r"[*]* (?:\w+ly |just |still )?(?:wins|won|beats|beat|leads|led|outperforms|outperformed|surpasses|surpassed|edges|edged|tops|topped|"
    r"outscores|outscored|overtakes|overtook|defeats|defeated|comes out ahead|came out ahead|is ahead|was ahead|pulls ahead|exceeds|exceeded)\b"
)
_NOT_WHO: Final = re.compile(
    r"(?:\b(?:by|than|over|to|against|of|what|which|that|like|from) (?:the )?[*]*)\Z"
)
_CLAUSE: Final = re.compile(
    r"[;\n]|\.(?=\s|$)|\b(?:but|while|whereas|though|although|yet|however)\b"
)
REACH: Final = 120


def exchanged_versus(case: Case) -> Iterator[Finding]:
    """The first of two scores that English gives to who is beaten by it."""
    figures = sorted(told_once(case.figures), key=lambda m: m.source.start)
    for first, second in itertools.pairwise(figures):
        start = first.source.start
        if not _WITH.search(case.source, max(0, start - 3), start):
            continue
        rival = _rival(first, second, case.source)
        if not rival:
            continue
        beaten = [t for t in things_once(case) if t.weight >= WORD and is_in(t.source[0], rival)]
        if len(beaten) != 1 or first.source.unit != second.source.unit:
            continue
        if _has(beaten[0], first, case.lowered) or _leads(beaten[0], first, second, case.lowered):
            message = f"the source has {second.source.text} of {beaten[0].name}"
            yield about(case, "swap", "major", message, first.source, first.target)
            return


def _rival(first: Match, second: Match, source: str) -> tuple[int, int] | None:
    """Where the source names who is beaten: 以 3 对 2 胜 B, 以 3 分胜 B 的 2 分."""
    end = first.source.start + len(first.source.text.rstrip("对 "))  # 68.9 对 is no pair
    if _AGAINST.fullmatch(source, end, second.source.start):
        told = _OVER.match(source, second.source.end)
    else:
        told = _OVER_ITS.fullmatch(source, first.source.end, second.source.start)
    return told.span("rival") if told else None


def _has(beaten: Thing, first: Match, low: str) -> bool:
    """Whether the higher score stands right behind who is beaten, as its own."""
    start, end = beaten.target[0]
    if not end <= first.target.start or not _ITS.fullmatch(low, end, first.target.start):
        return False
    return not _NOT_WHO.search(low, max(0, start - 12), start)


def _leads(beaten: Thing, first: Match, second: Match, low: str) -> bool:
    """Whether who is beaten wins in the clause of either score."""
    start, end = beaten.target[0]
    if not _LEADS.match(low, end) or _NOT_WHO.search(low, max(0, start - 12), start):
        return False
    stop = _CLAUSE.search(low, end, end + REACH)
    begins = max(
        (m.end() for m in _CLAUSE.finditer(low, max(0, start - REACH), start)),
        default=max(0, start - REACH),
    )
    clause = begins, stop.start() if stop else min(len(low), end + REACH)
    return any(is_in((m.target.start, m.target.end), clause) for m in (first, second))
