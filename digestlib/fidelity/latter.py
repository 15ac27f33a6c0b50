"""前者 and 后者: of two that were named, the first told as the latter, or with the other's name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.things import NAME, Thing, figures_of, names_of, words_of
from digestlib.models import Finding

POINTERS: Final = "前者|后者"
_THERE: Final = re.compile(POINTERS)
_HERE: Final = re.compile(r"\bthe (?P<which>former|latter)\b")
_BESIDE: Final = re.compile(
    r"\b(?:than|over|unlike|against|versus|behind|above|below|exceed\w*|beat\w*|"
    r"outperform\w*|surpass\w*|trail\w*|match\w*) \Z"
)
"""Cheaper than the latter says of the other what the source says of the first."""
_PAIR: Final = re.compile(
    r"(?P<first>[A-Za-z][\w.-]*(?: [A-Za-z\d][\w.-]*)*)\s*(?:与|和|及|以及|、)\s*"
    r"(?P<second>[A-Za-z][\w.-]*(?: [A-Za-z\d][\w.-]*)*)"
)


def exchanged_latter(case: Case) -> Iterator[Finding]:
    """The latter for 前者, where both texts name the two in one order; or the second one's name."""
    theirs = list(_THERE.finditer(case.source))
    if len(theirs) != 1:
        return
    first = theirs[0][0] == "前者"
    ours = list(_HERE.finditer(case.lowered))
    if not ours:
        yield from _named(case, theirs[0], first=first)
    elif len(ours) == 1 and not _BESIDE.search(case.lowered, 0, ours[0].start()):
        same = _order(case, theirs[0].start(), ours[0].start())
        if same is not None and ((ours[0]["which"] == "former") == first) != same:
            message = f"the source says {theirs[0][0]}"
            here, there = ours[0].span(), theirs[0].span()
            yield finding(case, "swap", "major", message, target=here, span=there)


def _order(case: Case, there: int, here: int) -> bool | None:
    """Whether what was told before stands in one order in both texts; None where nobody knows."""
    figures = [m for m in single(case.matches) if m.source.kind != "date"]
    before = [
        t
        for t in (*names_of(case.source, case.text), *words_of(case.source, case.text))
        if t.once and t.source[0][0] < there and t.target[0][0] < here
    ]
    told = [t for t in figures_of(figures) if t.source[0][0] < there and t.target[0][0] < here]
    for things in ([t for t in before if t.weight == NAME], told, before):
        if len(things) > 1:
            return _is_in_order(things)
    return None


def _is_in_order(things: Sequence[Thing]) -> bool | None:
    pairs = {
        (a.source < b.source) == (a.target < b.target) for a, b in itertools.combinations(things, 2)
    }
    return pairs.pop() if len(pairs) == 1 else None


def _named(case: Case, pointer: re.Match[str], *, first: bool) -> Iterator[Finding]:
    """Of the two English says the name once more that is not meant."""
    pairs = list(_PAIR.finditer(case.source, 0, pointer.start()))
    if not pairs:
        return
    meant, other = pairs[-1].group(*(("first", "second") if first else ("second", "first")))
    more = [_count(name, case.text) - _count(name, case.source) for name in (meant, other)]
    if more == [0, 1]:
        at = case.text.rindex(other)
        message = f"the source says it of {meant}"
        span = pointer.span()
        yield finding(case, "swap", "major", message, target=(at, at + len(other)), span=span)


def _count(name: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))
