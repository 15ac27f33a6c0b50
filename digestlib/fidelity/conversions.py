"""What becomes what: simulation to reality told as real-to-sim, code from sketches as sketches from code."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, names_anywhere, words_of
from digestlib.models import Finding
from digestlib.patterns import guarded

CONVERTED: Final = "到|转|→|->|翻译成|翻译为|变成|变为|生成"
"""One of these in a source that tells what becomes what."""
_BECOMES: Final = guarded(
    r"(?<![达得遇看受提直不感收做等找用拿碰听想谈接见想学回来没])到(?!达|底|期|位|处|来|场|了)|转(?:[换化录译写]?[成为到]|(?![换化录译写移型向而变发账让折机速动述]))|翻译[成为]|→|->|变[成为]|生成(?!能力|质量|效果|速度|模型|任务|结果|过程|内容|阶段|式|器|时)",
    *CONVERTED.split("|"),
)
_GAP_BEFORE: Final = re.compile(r"[\s*”]{0,2}[^，。；：、\d\s]{0,2}[\s*]{0,2}")
_GAP_BEHIND: Final = re.compile(r"[\s*“]{0,2}")
_INTO_HERE: Final = re.compile(
    r"(?:(?:-[a-z]+){0,2}-(?:in)?to-|(?: [a-z]+){0,2}? into (?:an? |the )?(?:[a-z]+ )?| ?(?:->|→) ?)(?:[a-z]+-)?"
)
_TO_HERE: Final = re.compile(r"(?: [a-z]+){0,2}? to (?:an? |the )?(?:[a-z]+ ){0,1}?")
_FROM_HERE: Final = re.compile(
    r"(?: [a-z]+){0,2}? from (?:an? |the |just |only )*(?:[a-z]+ ){0,2}?"
)
_CHANGES: Final = re.compile(
    r"\b(?:from|convert\w*|turn\w*|translat\w*|transf\w*|map\w*|port\w*|migrat\w*|decod\w*)(?: [a-z]+){0,2}? \Z"
)
_MAKES: Final = re.compile(
    r"\b(?:generat|predict|recover|infer|reconstruct|produc|creat|synthes|deriv|mak|obtain|decod|writ|render|build)[a-z]*(?: [a-z]+){0,2}? \Z"
)
_DONE: Final = re.compile(r"(?: [a-z]+)? (?:translat|conver|transf|generat|synthes|mapping|migrat)")
NEAR: Final = 6
"""What becomes another thing stands at most so many characters from the mark, as does that."""
REACH: Final = 40
"""What is done with the two stands so many characters before them."""
FEW: Final = 6
"""A statement that tells of more is not read further."""

_Order = tuple[Span, Span]


def turned_conversions(case: Case) -> Iterator[Finding]:
    """What becomes what in Chinese, the other way round in English."""
    marks = list(itertools.islice(_BECOMES.finditer(case.source), FEW))
    if not marks:
        return
    things = [*words_of(case.source, case.text), *names_anywhere(case.source, case.text)]
    things = [t for t in things if t.weight >= WORD or len(t.name) == 1]
    told = [pair for mark in marks if (pair := _ends(mark.span(), things, case.source))]
    for first, second in told:
        if any((b.name, a.name) == (first.name, second.name) for a, b in told):
            continue
        turned = list(_orders(second, first, case.lowered))
        if turned and not any(_orders(first, second, case.lowered)):
            message = f"{first.name} and {second.name} are exchanged"
            at = min(turned[0])[0], max(turned[0])[1]
            yield finding(case, "swap", "major", message, target=at, span=first.source[0])
            return


def _ends(mark: Span, things: Sequence[Thing], source: str) -> tuple[Thing, Thing] | None:
    """The things on both sides of the mark."""
    low, high = mark
    before = [(p, t) for t in things for p in t.source if low - NEAR <= p[1] <= low]
    behind = [(p, t) for t in things for p in t.source if high <= p[0] <= high + NEAR]
    if not before or not behind:
        return None
    (_, end), first = max(before, key=lambda x: (x[0][1], -x[0][0]))
    (start, _), second = min(behind, key=lambda x: (x[0][0], -x[0][1]))
    near = _GAP_BEFORE.fullmatch(source, end, low) and _GAP_BEHIND.fullmatch(source, high, start)
    apart = set(first.target).isdisjoint(second.target) and first.name != second.name
    return (first, second) if near and apart else None


def _orders(first: Thing, second: Thing, low: str) -> Iterator[_Order]:
    """Where English tells that the first becomes the second."""
    for a, b in itertools.product(first.target, second.target):
        before = low[max(0, min(a, b)[0] - REACH) : min(a, b)[0]]
        if _is_into(low, a, b, before) if a < b else _is_from(low, a, b, before):
            yield a, b


def _is_into(low: str, a: Span, b: Span, before: str) -> bool:
    """Whether the one, told first, is changed to the other."""
    if _INTO_HERE.fullmatch(low, a[1], b[0]):
        return True
    done = _CHANGES.search(before) or _DONE.match(low, b[1])
    return bool(done and _TO_HERE.fullmatch(low, a[1], b[0]))


def _is_from(low: str, a: Span, b: Span, before: str) -> bool:
    """Whether the other, told first, is made from the one."""
    return bool(_MAKES.search(before) and _FROM_HERE.fullmatch(low, b[1], a[0]))
