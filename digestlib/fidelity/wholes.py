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
