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


_IT_THERE: Final = re.compile("[它其](?!他|余|中|次|实)")
_IT_HERE: Final = re.compile(r"\b(?:its?|them|their)\b")
_NOUN: Final = re.compile(r"[\s*]*[^，。；、的\d]{1,6}(?=的)")
"""AI 助教的反馈: the name and what it is."""
