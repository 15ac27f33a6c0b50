"""Which releases are meant: 3.10 or earlier for 3.10 及以上版本, up to v2.3 for 自 v2.3 起."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding

RELEASES: Final = "以上|以下|以前|更高|更新|更低|更旧|更早|更老|之前|为止|起|开始|后"
"""What each Chinese word for the releases from one on, or up to one, has."""
_NUMBER: Final = r"[vV]?(?P<number>\d{1,4}(?:\.\d{1,4}){0,3})"
_NEWER_THERE: Final = re.compile(
    rf"(?<![\d.]){_NUMBER}\s?(?:版本?|系列)?\s?(?:[或及和]以[上后]|[或及和](?:者|其)?(?:更[高新]|之后|后续)|[或及]更[高新]|以[上后])(?:的)?(?:版本|版|系统|系列)"
    rf"|[自从]\s?(?:[A-Za-z]+\s?)?{_NUMBER.replace('number', 'since')}\s?(?:版本?|系列)?\s?(?:起|开始|之?后)"
)
_OLDER_THERE: Final = re.compile(
    rf"(?<![\d.]){_NUMBER}\s?(?:版本?|系列)?\s?(?:[或及和]以[下前]|[或及和](?:者|其)?(?:更[低旧早老]|之前)|[或及]更[低旧早老]|以[下前])(?:的)?(?:版本|版|系统|系列)"
    rf"|(?:截?至|到)\s?(?:[A-Za-z]+\s?)?{_NUMBER.replace('number', 'since')}\s?(?:版本?)?\s?(?:为止|之前|以前)"
)
_OLDER_BEHIND: Final = re.compile(
    r"(?: \w+){0,2}? (?:or|and|and any|or any)(?: all| any)? (?:earlier|older|lower|below|under|previous|prior|before)\b"
)
_NEWER_BEHIND: Final = re.compile(
    r"(?: \w+){0,2}? (?:or|and|and any|or any)(?: all| any)? (?:later|newer|higher|above|over|up|upwards?|onwards?|beyond|after|greater|more recent)\b|\+| onwards?\b"
)
_OLDER_BEFORE: Final = re.compile(
    r"\b(?:up to|until|till|before|prior to|no later than|at most|through|older than|earlier than|below)(?: and including)?(?: (?:version|release|python|[a-z]+))?[ *`]*\Z"
)
_NEWER_BEFORE: Final = re.compile(
    r"\b(?:since|as of|starting (?:with|from|in)|beginning with|from|after|at least|no earlier than|newer than|later than|above)(?: (?:version|release|python|[a-z]+))?[ *`]*\Z"
)
_NUMBER_HERE: Final = re.compile(r"(?<![\w.])v?(?P<number>\d{1,4}(?:\.\d{1,4}){0,3})(?![\d]|\.\d)")
_OTHER_WAY: Final = re.compile(
    r"\b(?:not|no longer|cannot|un\w+ed|except|other than|unless)\b|n['’]t\b"
)
NEAR: Final = 40
"""So many characters in front of a number stand the words that belong to it."""


def turned_releases(case: Case) -> Iterator[Finding]:
    """The first number that English tells with the releases on its other side."""
    for words, behind, before, kept in (
        (_NEWER_THERE, _OLDER_BEHIND, _OLDER_BEFORE, (_NEWER_BEHIND, _NEWER_BEFORE)),
        (_OLDER_THERE, _NEWER_BEHIND, _NEWER_BEFORE, (_OLDER_BEHIND, _OLDER_BEFORE)),
    ):
        for mine in words.finditer(case.source):
            ours = _places(mine["number"] or mine["since"], case.lowered)
            if any(_is_told(place, *kept, case.lowered) for place in ours):
                continue
            for place in ours:
                if _is_told(place, behind, before, case.lowered):
                    message = f"the source says {mine[0]}"
                    here, there = place.span(), mine.span()
                    yield finding(case, "bound", "major", message, target=here, span=there)
                    return


def _places(number: str, low: str) -> list[re.Match[str]]:
    return [place for place in _NUMBER_HERE.finditer(low) if place["number"] == number]


def _is_told(
    place: re.Match[str], behind: re.Pattern[str], before: re.Pattern[str], low: str
) -> bool:
    """Whether the words of this side stand around the number, and nothing denies them."""
    start = max(0, place.start() - NEAR)
    if _OTHER_WAY.search(low, start, min(len(low), place.end() + NEAR)):
        return False
    return bool(behind.match(low, place.end()) or before.search(low[start : place.start()]))
