"""The score between two things: A is preferred over B, 63% to 15%."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.models import Finding

_SCORE: Final = re.compile(
    r"[*]*(?: (?:percent|per cent|points?))?(?: to |[-–—:]| vs\.? | versus | against )[*]*"
)
_NAME: Final = r"[*]*(?P<name>[A-Z][A-Za-z0-9_.+-]*(?: v?\d[A-Za-z0-9.]*)?)"
_BEATEN: Final = re.compile(
    rf"\b(?:over|against|beats?|beating|defeats?|outscores?|outperforms?|tops|than|versus|vs\.?) (?:the )?{_NAME}"
)
_PREFERRED: Final = re.compile(
    rf"(?:\b(?:favou?r|prefer|pick|choose|chose|rate|rank)[a-z]* |\bpreference for ){_NAME} (?:over|against|above) "
)
_SENTENCE: Final = re.compile(r"[;\n]|[.](?=\s)")
_CLAUSE: Final = re.compile(r"[，。；,;\n]")
REACH: Final = 120
"""So many characters from the score the beaten may be named."""


def same_score(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether who wins by which figure is the same in both texts; None where no score is told."""
    left, right = sorted((first, second), key=lambda m: m.target.start)
    between = text[left.target.end : max(left.target.end, right.target.start)]
    if not _SCORE.fullmatch(between):
        return None
    for pattern, winner in ((_PREFERRED, left), (_BEATEN, right)):
        owner = _owner(pattern, source, text, (left, right))
        if owner is not None:
            return owner is winner
    return None


def turned_scores(case: Case) -> Iterator[Finding]:
    """Who wins 57% to 31% told as winning 31% to 57%."""
    for told in itertools.islice(_SCORE_THERE.finditer(case.source), FEW):
        won, lost = told["won"], told["lost"]
        turned = re.search(
            rf"(?<![\d.]){re.escape(lost)}(?:%| percent)? ?(?:to|[-–—:]|vs\.?|versus) ?{re.escape(won)}(?![\d.]*\d)",
            case.lowered,
        )
        if turned and float(won) > float(lost) and not _LOST_HERE.search(case.lowered):
            message = f"the source says {told[0]}"
            yield finding(case, "swap", "major", message, target=turned.span(), span=told.span())
            return


SCORES: Final = "胜|领先|击败|赢|优势|压过|力压|取胜"
"""One of these in a source that tells who won."""
_SCORE_THERE: Final = re.compile(
    rf"(?<![\d.])(?P<won>\d{{1,3}}(?:\.\d+)?)\s?[%％]?\s?[对比:：]\s?(?P<lost>\d{{1,3}}(?:\.\d+)?)\s?[%％]?(?![\d.])(?=[^，。；\n]{{0,10}}?(?:{SCORES}))"
)
_LOST_HERE: Final = re.compile(
    r"\b(?:los(?:e|es|t|ing|s)|trail\w*|behind|defeat(?:ed)?|beaten|beat by|outperformed by|falls?|fell|worse|against)\b"
)
FEW: Final = 4
"""A statement with more scores is not read further."""


def _owner(
    pattern: re.Pattern[str], source: str, text: str, score: tuple[Match, Match]
) -> Match | None:
    """The figure that stands in the source in one clause with the name that the pattern finds."""
    start, end = _sentence(text, (score[0].target.start, score[1].target.end))
    named = pattern.search(text, start, end)
    at = source.find(named["name"].rstrip(".")) if named else -1
    if at < 0:
        return None
    ends = [m.start() for m in _CLAUSE.finditer(source)]
    inside = [
        m
        for m in score
        if not any(min(at, m.source.start) < end < max(at, m.source.start) for end in ends)
    ]
    return inside[0] if len(inside) == 1 else None


def _sentence(text: str, span: Span) -> Span:
    start, end = max(0, span[0] - REACH), min(len(text), span[1] + REACH)
    for mark in _SENTENCE.finditer(text, start, end):
        if mark.end() <= span[0]:
            start = mark.end()
        elif mark.start() >= span[1]:
            return start, mark.start()
    return start, end
