"""Which share is level, undecided or never: 35% level and 23% worse told as 23% level and 35% worse.

Only what says the same of both sides is asked for: who is better in English may be worse in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import sort_of, told_once
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.models import Finding

VERDICTS: Final = "持平|打平|平局|平手|不相上下|难分|从未|从不|从来没|从没|未曾|中立|不确定|说不清|弃权|未表态|没有意见"
"""One of these in a source that tells a verdict."""
_VERDICTS: Final = (
    (
        re.compile("持平|打平|平局|平手|不相上下|难分"),
        re.compile(
            r"\b(?:on (?:a )?par|tie[sd]?|draws?|drawn|level|equal(?:led|ly)?|comparable|match(?:es|ed)|"
            r"neck and neck|indistinguishable|evenly|no (?:clear |obvious )?(?:winner|difference|preference))\b"
        ),
    ),
    (
        re.compile("从未|从不|从来没|从没|未曾"),
        re.compile(r"\bnever\b"),
    ),
    (
        re.compile("中立|不确定(?!性)|说不清|弃权|未表态|没有意见"),
        re.compile(
            r"\b(?:neutral|undecided|unsure|uncertain|not sure|abstain\w*|no opinion|no view|could not (?:say|tell))\b"
        ),
    ),
)
_DENIED_THERE: Final = re.compile(r"(?:不是|并非|[未没]能|没有?|除)\Z")
_DENIED_HERE: Final = re.compile(
    r"\b(?:not|no|never|without|rather than|n['’]t|besides|apart from) (?:\w+ )?\Z"
)
_PARTED_THERE: Final = re.compile(r"[，。；、：！？\n（）()]")
_PARTED_HERE: Final = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|[()\n–—]|\b(?:and|but|while|whereas|though|although|with|against|versus|leaving|compared)\b"
)
_KINDS: Final = ("percent", "fraction", "count")
FEW: Final = 12
"""A statement with more figures is not read."""


def exchanged_verdicts(case: Case) -> Iterator[Finding]:
    """The first verdict whose figure is another one in English, while both have one each."""
    figures = [m for m in told_once(case.matches) if m.source.kind in _KINDS]
    if not 1 < len(figures) <= FEW:
        return
    for theirs, ours in _VERDICTS:
        there = _told(theirs, _DENIED_THERE, _PARTED_THERE, case.source)
        here = _told(ours, _DENIED_HERE, _PARTED_HERE, case.lowered) if there else None
        if there is None or here is None:
            continue
        right = _within(there, figures, [(m.source.start, m.source.end) for m in figures])
        told = _within(here, figures, [(m.target.start, m.target.end) for m in figures])
        if right and told and right is not told and _sort(right) == _sort(told):
            message = f"the source says this of {right.source.text}"
            yield about(case, "swap", "major", message, told.source, told.target)
            return


def _sort(match: Match) -> str:
    return "share" if match.source.kind == "fraction" else sort_of(match)


def _told(
    words: re.Pattern[str], denied: re.Pattern[str], parted: re.Pattern[str], text: str
) -> Span | None:
    """The clause of the only such word of a text that is not denied."""
    found = list(words.finditer(text))
    if len(found) != 1 or denied.search(text, 0, found[0].start()):
        return None
    marks = [m.span() for m in parted.finditer(text)]
    start = max((end for _, end in marks if end <= found[0].start()), default=0)
    stop = min((begin for begin, _ in marks if begin >= found[0].end()), default=len(text))
    return start, stop


def _within(clause: Span, figures: Sequence[Match], places: Sequence[Span]) -> Match | None:
    """The only figure of a clause."""
    found = [
        m
        for m, place in zip(figures, places, strict=True)
        if clause[0] <= place[0] and place[1] <= clause[1]
    ]
    return found[0] if len(found) == 1 else None
