"""Part and whole: 59 of 77 experts is not 77 of 59."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.fidelity.matching import Match
from digestlib.models import Quantity

_ALL_OF: Final = (
    r"(?:the |every |all |these |its )?(?:(?:original|initial|total|full|raw|available|possible) )?"
)
_WHOLE_THERE: Final = re.compile(r"[^，。；0-9]{0,9}(?:中|里)(?:[有的仅只约共]|其中)*[\s*]*")
_EACH_THERE: Final = re.compile(r"每[\s*]*$")
_PART_HERE: Final = re.compile(
    rf"(?: [a-z]+)? out of {_ALL_OF}| of {_ALL_OF}|"
    rf"(?: [a-z]+)? (?:(?:out )?of (?=the |every |all |these |its ){_ALL_OF}|(?P<ratio>in (?:every )?))"
)
_COUNTED: Final = ("count", "points", "measure", "magnitude")
"""What has a part that cannot be larger."""
_ROUND: Final = (10, 100, 1000, 10_000)
"""What shares are told of: two calls in 100."""
_WHOLE_HERE: Final = re.compile(r"\b(?:Of|Out of|out of)(?: the| all| every)? $|\b[Ii]n every $")


def same_parts(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether part and whole are the same in both texts; None where one of them does not say."""
    order = _part_and_whole(first.target, second.target, text)
    if order is None:
        return None
    part, whole = order
    counts = first.source.kind == second.source.kind in _COUNTED
    counts = counts and first.source.unit == second.source.unit
    if counts and _is_larger(part, whole):
        return False
    between = source[first.source.end : second.source.start]
    each = _EACH_THERE.search(source[max(0, first.source.start - 3) : first.source.start])
    if _WHOLE_THERE.fullmatch(between) or (each and len(between) < 12):
        return whole is first.target
    return True if counts else None


def same_total(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether the one that is told as all of them is so in both texts; None where none is."""
    for one in (first, second):
        told = _ALL_HERE.match(text, one.target.end)
        if told and _ALL_THERE.search(source, max(0, one.source.start - 12), one.source.start):
            return True
    return None


_ALL_HERE: Final = re.compile(r"[*]*(?: [a-z]+)? (?:in all|in total|all told|altogether|overall)\b")
_ALL_THERE: Final = re.compile("[总共]|合计|累计")


def same_among(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether a part, 修复 17 个，其中 3 个, is so far from its whole as well: 3 are among the 17."""
    there, here = sorted((first, second), key=lambda m: m.source.start), (first, second)
    if not _AMONG_THERE.fullmatch(source, there[0].source.end, there[1].source.start):
        return None
    wholes = [
        m for m in here if _AMONG_HERE.search(text, max(0, m.target.start - 20), m.target.start)
    ]
    return True if wholes == [there[0]] else None


_AMONG_THERE: Final = re.compile(r"[^。；\d\n]{0,24}[，,、；（(]其中(?:的|有|仅|只|约|近|[\s*])*")
_AMONG_HERE: Final = re.compile(r"\b[Aa]mong (?:the |these |those |all |its |their )+[*]*\Z")


def same_margin(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether the same one of the two says by how much in both texts: 比前代多出 90 种, 90 more than."""
    low, high = sorted((first.source, second.source), key=lambda q: q.start)
    if not _COMMA.search(source, low.end, high.start):
        return None
    there = [
        bool(_MARGIN_THERE.search(source, max(0, m.source.start - NEAR), m.source.start))
        for m in (first, second)
    ]
    if there[0] == there[1]:
        return None
    here = [bool(_MARGIN_HERE.match(text, m.target.end)) for m in (first, second)]
    return True if here == there else None


NEAR: Final = 12
_COMMA: Final = re.compile("[，。；]")
_MARGIN_THERE: Final = re.compile(r"(?:[多少高低快慢长短]出|[多少]了)(?:约|近|[\s*])*\Z")
_MARGIN_HERE: Final = re.compile(
    r"[*]*(?: [\w-]+){0,5}? (?:more|fewer|less|higher|lower|longer|shorter|faster|slower) than\b"
)


def same_sides(source: str, text: str, first: Match, second: Match) -> bool | None:
    """Whether two that are told each, 分别为 2 次和 14 次, are set against each other in that order: 2 vs. 14."""
    one, other = sorted((first, second), key=lambda m: m.source.start)
    low, here = one.source.start, (one.target.start, one.target.end, other.target.start)
    listed = _EACH.search(source, max(0, low - NEAR), low) and _LISTED.fullmatch(
        source, one.source.end, other.source.start
    )
    versus = here[1] < here[2] and _VERSUS.fullmatch(text, *here[1:])
    return True if listed and versus and _SIDES.search(text, 0, here[0]) else None


_EACH: Final = re.compile("分别|依次")
_LISTED: Final = re.compile(r"[\s*]*[^\W\d和与]{0,2}[\s*]*[和与、][\s*约]*")
_VERSUS: Final = re.compile(r"[*]* (?:vs\.?|versus|against) [*]*")
_SIDES: Final = re.compile(r"[A-Za-z] (?:vs\.?|versus) (?:the )?[A-Za-z]")
"""New vs. old version: whose is the first and whose the second."""


def _part_and_whole(
    first: Quantity, second: Quantity, text: str
) -> tuple[Quantity, Quantity] | None:
    """The figure of the part and of the whole: 59 of 77 experts; of 77 experts, 59."""
    left, right = sorted((first, second), key=lambda q: q.start)
    between = text[left.end : right.start]
    if (told := _PART_HERE.fullmatch(between)) and (not told["ratio"] or right.value in _ROUND):
        return left, right
    started = _WHOLE_HERE.search(text[max(0, left.start - 14) : left.start])
    return (
        (right, left)
        if started and len(between) < 40 and not re.search(r"[.(;]", between)
        else None
    )


def _is_larger(part: Quantity, whole: Quantity) -> bool:
    """77 of 59 experts: a part that is larger than its whole."""
    return (
        isinstance(part.value, Decimal)
        and isinstance(whole.value, Decimal)
        and part.value > whole.value
    )
