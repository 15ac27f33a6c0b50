"""What 它 or 其 stands for: English may name it where the source has the pronoun, and the other way round.

62% 认为 AI 助教的反馈有用，但只有 28% 愿意让它打分, told from its end: 28% would let the AI assistant grade,
although 62% find its feedback useful. What is said of both is neither figure's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import NAME, Thing


def said_again(things: Sequence[Thing], group: Sequence[Match], case: Case) -> Span | None:
    """Where the source names what it points back to, if English tells the later of two figures first."""
    first, last = sorted(group, key=lambda m: m.source.start)
    low, start = case.lowered, first.target.start
    if start < last.target.start or not _IT_THERE.search(case.source, last.source.end):
        return None
    if not _IT_HERE.search(low, start):
        return None
    between = range(first.source.end, last.source.start)
    named = [t for t in things if t.once and t.weight == NAME and t.source[0][0] in between]
    if len(named) != 1 or named[0].target[0][1] > start:
        return None
    begin, end = named[0].source[0]
    noun = _NOUN.match(case.source, end, last.source.start)
    return begin, noun.end() if noun else end


def named_later(group: Sequence[Match], case: Case) -> tuple[Span, int] | None:
    """Where the source names what English first calls it, and from where on English does: though its
    recall is 96%, the precision of this system is 68%.

    Only of figures that both texts tell in one order: what the first of them is of, both are of.
    """
    first, *others = sorted(group, key=lambda m: m.source.start)
    start = first.target.start
    if any(m.target.start < start for m in others):
        return None
    if not _THOUGH_ITS.search(case.lowered, max(0, start - AHEAD), start):
        return None
    its = _ITS_THERE.search(case.source, max(0, first.source.start - AHEAD), first.source.start)
    return (its.span("named"), first.target.end) if its else None


AHEAD: Final = 60
"""What is named later stands so many characters in front of its first figure."""
_THOUGH_ITS: Final = re.compile(
    r"\b(?:though|although|while|whereas|despite|with|for all) (?:its|their)\b[^.;,\d]*\Z"
)
_ITS_THERE: Final = re.compile(
    r"(?:\A|(?<=[，。；：:\n]))(?P<named>[^，。；：\n]{1,40})的[^，。；：\n]{1,16}\Z"
)
_IT_THERE: Final = re.compile("[它其](?!他|余|中|次|实)")
_IT_HERE: Final = re.compile(r"\b(?:its?|them|their)\b")
_NOUN: Final = re.compile(r"[\s*]*[^，。；、的\d]{1,6}(?=的)")
"""AI 助教的反馈: the name and what it is."""
