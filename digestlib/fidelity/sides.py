"""The two sides of a comparison: A is better than B, told as B is better than A.

Either text says what is compared (what stands before 比, before `better than`) and with what (what
stands behind). The things on both sides decide; where one text says better and the other worse, or
where they have no thing in common, nothing is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.swaps import single
from digestlib.fidelity.things import Thing, figures_of, names_of, words_of
from digestlib.models import Finding
from digestlib.patterns import guarded


class _Compared(NamedTuple):
    """Where the two sides stand, and whether the first is said to be more or less."""

    subject: tuple[int, int]
    other: tuple[int, int]
    sign: int


FEW: Final = 4
"""A sentence with more comparisons is not read."""
_THERE: Final = guarded(
    r"(?P<up>优于|超过(?!了?[\s*]*[\d一二两三四五六七八九十几半])|超越|胜过|领先于?|击败|赶超|反超|好于|高于|快于|强于|多于|大于)"
    r"|(?P<down>落后于|不如|不及|劣于|逊于|低于|慢于|弱于|少于|小于|差于)"
    r"|(?P<than>比(?<![相对占可]比)(?![例如较特率值重对分]))"
    r"|(?P<first>相比于?|相较于?|较之)(?=[^，。；\d])",
    *"于过越先败超如及比相较",
)
_UP_THERE: Final = re.compile(r"更(?![低少慢差弱小短])|[高多快好强优大长]|领先|提升|提高")
_DOWN_THERE: Final = re.compile(r"[低少慢差弱小短]|落后|降低|下降|减少")
_ADJECTIVE: Final = re.compile(
    r"更|要|[高多快好强优大长低少慢差弱小短]|领先|落后|提升|提高|降低|下降|减少|效果|性能|表现"
)
_CLAUSE_THERE: Final = re.compile(r"[。；！？，,\n]")
_SENTENCE_THERE: Final = re.compile(r"[。；！？\n]")
_HERE: Final = guarded(
    r"\b(?:(?P<up>(?:(?:better|higher|faster|greater|larger|stronger|quicker|longer)\b|more\b(?! than \W?\d))"
    r"(?:(?! than )[^.;,:\n]){0,40} than(?! \W{0,3}\d)|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beats?|beating|exceed(?:s|ed|ing)?|"
    r"outdo(?:es)?|outdid|outscor(?:es?|ed|ing)|overtak(?:es?|ing)|overtook|tops|defeats?|ahead of|superior to|"
    r"(?:lead|edge|advantage|win|victory)s? over)"
    r"|(?P<down>(?:(?:worse|lower|slower|weaker|poorer|smaller|shorter)\b|(?:less|fewer)\b(?! than \W?\d))"
    r"(?:(?! than )[^.;,:\n]){0,40} than(?! \W{0,3}\d)|trail(?:s|ed|ing)?|lag(?:s|ged|ging)?(?: \w+)? behind|"
    r"(?:is|are|fall|falls|fell|comes?) (?:\w+ )?behind|los(?:e|es|t|ing) (?:out )?to|inferior to|underperform(?:s|ed|ing)?|"
    r"(?:beaten|outperformed|surpassed|exceeded|overtaken|bested|outdone|outscored) (?:\w+ )?by))\b"
    r"(?! (?:by|only)\b)",
    *(
        " than",
        "outperform",
        "surpass",
        "beat",
        "exceed",
        "outd",
        "outscor",
        "overt",
        "tops",
        "defeat",
    ),
    *("ahead", "superior", " over", "trail", "behind", " to", " by", "underperform"),
)
_SENTENCE_HERE: Final = re.compile(
    r"[;:\n]|\.(?=\s|$)|\b(?:while|whereas|but|though|although|yet|however)\b"
)
_CLAUSE_HERE: Final = re.compile(
    r"[;:\n]|[.,](?=\s|$)|\b(?:while|whereas|but|though|although|yet|however|and)\b"
)


def exchanged_compared(case: Case) -> Iterator[Finding]:
    """What is compared and with what, exchanged."""
    if len(case.text) < len(case.source):
        return  # so little tells nothing of the sides
    there = list(itertools.islice(_compared_there(case.source), FEW + 1))
    if not 0 < len(there) <= FEW:
        return
    here = list(itertools.islice(_compared_here(case.lowered), FEW + 1))
    if not 0 < len(here) <= FEW:
        return
    things = [
        t
        for t in (
            *names_of(case.source, case.text),
            *words_of(case.source, case.text),
            *figures_of([m for m in single(case.matches) if m.source.kind in _OF_THINGS]),
        )
        if t.once
    ]
    for mine, yours in itertools.product(there, here):
        if mine.sign != yours.sign:
            continue
        subject, other = _within(things, mine.subject, 0), _within(things, mine.other, 0)
        first, second = _within(things, yours.subject, 1), _within(things, yours.other, 1)
        crossed, straight = (other & first, subject & second), (subject & first, other & second)
        if all(crossed) and _weight(crossed) > _weight(straight) + CLEARLY:
            message = "what is compared with what is exchanged"
            yield finding(case, "swap", "major", message, target=yours.subject)
            return


_OF_THINGS: Final = ("count", "number", "measure")
"""Figures that say which thing is meant, a 3B model; the others say by how much."""
CLEARLY: Final = 0.5
"""So much more must speak for an exchange than against it."""


def _weight(things: Sequence[frozenset[Thing]]) -> float:
    return sum(thing.weight for part in things for thing in part)


def _within(things: Sequence[Thing], span: tuple[int, int], side: int) -> frozenset[Thing]:
    places = ((t, (t.source, t.target)[side][0]) for t in things)
    return frozenset(t for t, (start, end) in places if span[0] <= start and end <= span[1])


def _compared_there(source: str) -> Iterator[_Compared]:
    for word in _THERE.finditer(source):
        low, high = max(0, word.start() - REACH), word.end() + REACH
        starts = [m.end() for m in _SENTENCE_THERE.finditer(source, low, word.start())]
        stop = _CLAUSE_THERE.search(source, word.end(), high)
        end = stop.start() if stop else min(len(source), high)
        sign = 1 if word["up"] else -1
        if word["first"]:
            behind = _SENTENCE_THERE.search(source, end, high)
            then = end + 1, behind.start() if behind else min(len(source), high)
            said = source[slice(*then)]
            if sign := _sign(bool(_UP_THERE.search(said)), bool(_DOWN_THERE.search(said))):
                yield _Compared(then, (word.end(), end), sign)
            continue
        if word["than"]:
            adjective = _ADJECTIVE.search(source, word.end() + 1, end)
            if adjective is None:
                continue
            rest = source[adjective.start() : end]
            sign = _sign(bool(_UP_THERE.match(rest)), bool(_DOWN_THERE.search(rest[:8])))
            end = adjective.start()
        if sign:
            yield _Compared((starts[-1] if starts else low, word.start()), (word.end(), end), sign)


def _sign(up: bool, down: bool) -> int:
    return up - down if up != down else 0


def _compared_here(low: str) -> Iterator[_Compared]:
    for word in _HERE.finditer(low):
        if _DENIED.search(low, max(0, word.start() - REACH), word.start()):
            continue
        start, high = max(0, word.start() - REACH), word.end() + REACH
        starts = [m.end() for m in _SENTENCE_HERE.finditer(low, start, word.start())]
        stop = _CLAUSE_HERE.search(low, word.end(), high)
        end = stop.start() if stop else min(len(low), high)
        yield _Compared(
            (starts[-1] if starts else start, word.start()),
            (word.end(), end),
            1 if word["up"] else -1,
        )


_DENIED: Final = re.compile(
    r"\b(?:no|none|not|never|nor|neither|cannot)\b[^.;:\n]*\Z|n['’]t\b[^.;:\n]*\Z"
)
REACH: Final = 160
"""A side stands within so many characters of the word that compares."""
