"""Which clause of the English tells which clause of the source: by the things that stand in both.

A word of the one is told by a word of the other only where everything that both languages name in
the clause of the one stands in the clause of the other, and nothing else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import SIGN, WORD, Thing
from digestlib.fidelity.witnesses import clause_around, things_once
from digestlib.patterns import Guarded

_CLAUSE_THERE: Final = re.compile(r"[，。；：！？,;（）()\n]")
_PARTED_THERE: Final = re.compile(r"[，。；：！？,;（）()\n](?=\s*\S)")
"""What is one clause in Chinese may be any number of them in English."""
_AGAINST: Final = r"[,;:!?](?=\s)|\.(?=\s|$)|[()–—\n]|\b(?:while|whereas|(?<!\ball )(?<!nothing )(?<!anything )but|though|although|yet)\b"
_AGAINST_HERE: Final = re.compile(_AGAINST)
_CLAUSE_HERE: Final = re.compile(rf"{_AGAINST}|\b(?:and|with)\b")
_BOTH: Final = re.compile(r"\b(?:both|between) (?:[\w-]+ ){1,4}and\b")
"""Both safety and helpfulness are in one clause."""
FEW: Final = 6
"""Of a text that has a word more often, nobody knows which is meant."""
_OF_ANOTHER_THERE: Final = re.compile(
    r"(?<![相对占可])比(?![例如较特率值重对分])|而不是|而非|不如|不及|[高低好强优多快慢少差弱]于|胜过"
)
_BESIDE_THERE: Final = re.compile(
    r"[与和跟同][^，。；]{1,40}相[比较]|(?:相[比较]|较之)于?[^，。；]{1,40}"
)
_BESIDE_HERE: Final = re.compile(
    r"\b(?:compared (?:to|with)|(?:relative|in comparison|next) to|in comparison with|versus|unlike|against|over|beside)\b"
)
_ALONG: Final = re.compile("[越随]")
_TURNING_HERE: Final = re.compile(r"\b(?:than|instead|rather|the \w+er)\b")


class Told(NamedTuple):
    """A word of the source, its clause, and the English word that tells it, with its clause."""

    mine: re.Match[str]
    there: Span
    ours: re.Match[str]
    here: Span
    """To the next comma, or to where something is told against it."""


def told_together(said: Guarded, told: Guarded, case: Case) -> Iterator[Told]:
    """The words of the source, each with the English words in the clause that tells its own."""
    theirs = list(itertools.islice(said.finditer(case.source), FEW + 1))
    ours = list(itertools.islice(told.finditer(case.lowered), FEW + 1)) if theirs else []
    if not ours or max(len(ours), len(theirs)) > FEW or not _may_be_apart(case):
        return
    text, things = _BOTH.sub(_joined, case.lowered), things_once(case)
    for mine, word in itertools.product(theirs, ours):
        there = clause_around(_CLAUSE_THERE, case.source, mine.span())
        here = clause_around(_CLAUSE_HERE, text, word.span())
        if _ALONG.search(case.source, *there) or not _is_same(things, mine, there, word, here):
            continue
        wide = clause_around(_AGAINST_HERE, text, word.span())
        if not _TURNING_HERE.search(text, *wide):
            yield Told(mine, there, word, wide)


def _may_be_apart(case: Case) -> bool:
    """Whether both texts have clauses, and nothing is compared that English may turn around."""
    if not (_PARTED_THERE.search(case.source) and _CLAUSE_HERE.search(case.lowered)):
        return False
    return not _OF_ANOTHER_THERE.search(case.source) and _keeps_the_other(case)


def _joined(told: re.Match[str]) -> str:
    return f"{told[0][:-3]}   "


def _is_same(
    things: Sequence[Thing], mine: re.Match[str], there: Span, ours: re.Match[str], here: Span
) -> bool:
    """Whether all things of either clause are in the other one, and one is a sure sign."""
    surely = False
    for thing in things:
        theirs, told = thing.source[0], thing.target[0]
        if _meet(told, ours.span()):
            continue
        is_there = there[0] <= theirs[0] < there[1]
        is_here = here[0] <= told[0] < here[1]
        if is_there != is_here and thing.weight > SIGN and not _meet(theirs, mine.span()):
            return False
        surely |= is_there and is_here and thing.weight >= WORD
    return surely


def _keeps_the_other(case: Case) -> bool:
    """Whether English compares with what the source does, 与 A 相比: of A the opposite is told."""
    other = _BESIDE_THERE.search(case.source)
    if not other:
        return True
    told = _BESIDE_HERE.search(case.lowered)
    if not told or " than " in case.lowered:
        return False
    stop = _CLAUSE_HERE.search(case.lowered, told.end())
    end = stop.start() if stop else len(case.lowered)
    return all(
        told.end() <= thing.target[0][0] < end
        for thing in things_once(case)
        if other.start() <= thing.source[0][0] < other.end()
    )


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
