"""Who is second, and to whom: A ranks second, behind only B, told as B second, behind only A.

The second-best never leads what the source compares with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing
from digestlib.fidelity.witnesses import is_in, things_once
from digestlib.models import Finding

ONLY_TO: Final = "仅次于"
"""What a source has that is second to something."""
TOLD: Final = "second|only|behind"
_RIVAL_THERE: Final = re.compile(rf"{ONLY_TO}[\s*]*(?P<rival>[^，。；、：（）()\n]{{2,40}})")
_RIVAL_HERE: Final = re.compile(
    r"\b(?:second(?: [\w-]+){0,3} only to|(?:behind|trailing|trails|trailed|after|next) (?:only|just) (?:to )?|"
    r"(?:only|just) (?:behind|after)|(?:beaten|surpassed|outperformed|bested|exceeded|topped) only by) "
    r"?[*]*(?P<rival>[^,.;:()\n]{2,60}(?:\.\d[^,.;:()\n]{0,40})?)"
)
_IS_SECOND: Final = re.compile(
    r"[*]*(?:'s [\w-]+)? (?:is|was|ranks|ranked|comes|came|takes|took|places|placed|stands|finishes|finished|sits) "
    r"(?:in )?(?:the )?second\b"
)
_BEHIND_IT: Final = re.compile(
    r"\b(?:behind|after|to|by|than|but|except|only|below|beneath|of)\b[^,.;]*\Z"
)
_POINTS_BACK: Final = re.compile(
    r"(?:the )?(?:it|them|that(?! of)|those(?! of)|this one|former|latter|other)\b"
)
NEAR: Final = 30


def exchanged_seconds(case: Case) -> Iterator[Finding]:
    """What the source puts first is told as second, or as behind what it is ahead of."""
    there = _RIVAL_THERE.search(case.source)
    if not there or case.source.count(ONLY_TO) > 1:
        return
    things = [t for t in things_once(case) if t.weight >= WORD]
    ahead = [t for t in things if is_in(t.source[0], there.span("rival"))]
    if not ahead:
        return
    here = _RIVAL_HERE.search(case.lowered)
    if (here and _is_another(here, ahead, things)) or _is_second(ahead, case.lowered):
        message = f"the source puts {ahead[0].name} ahead"
        target = here.span() if here else ahead[0].target[0]
        yield finding(case, "swap", "major", message, target=target, span=there.span())


def _is_another(here: re.Match[str], ahead: list[Thing], things: list[Thing]) -> bool:
    """Whether English has something else ahead, and what the source has ahead in front of it."""
    told = here.span("rival")
    if _POINTS_BACK.match(here["rival"]):
        return False
    return all(t.target[0][1] <= here.start() for t in ahead) and _says_what(told, things, here)


def _says_what(told: Span, things: list[Thing], here: re.Match[str]) -> bool:
    inside = any(is_in(t.target[0], told) for t in things)
    return inside or here["rival"].startswith(("this ", "the ", "its "))


def _is_second(ahead: list[Thing], low: str) -> bool:
    """Whether English says of what is ahead that it is second."""
    for thing in ahead:
        start, end = thing.target[0]
        if _IS_SECOND.match(low, end) and not _BEHIND_IT.search(low, max(0, start - NEAR), start):
            return True
    return False


BEST_BUT_ONE: Final = "次优|次佳|次好|第二名|第二好|亚军"
"""What a source has that is compared with the second-best."""
TOLD_BEST_BUT_ONE: Final = "runner|second|next"
_AHEAD_OF_IT: Final = re.compile(
    rf"(?:比|领先于?|优于|超过|超出|高出|高于|超越|胜过|击败)[\s*]*(?:了|排名|现有|此前|其余)?(?:{BEST_BUT_ONE})"
)
_ANY: Final = re.compile(BEST_BUT_ONE)
_LOWER: Final = re.compile("[低少慢小短差]")
_BEHIND_THERE: Final = re.compile("落后|不及|不如|逊|输|除|反超|第三")
_LEADS: Final = re.compile(
    r"(?:\A|[,;:] |\. |\b(?:while|whereas|and|but|that) |\A(?:on|in|across|at|for) [^,;:.]{2,40}? )(?:the )?(?:runners?-?up|(?:second|next)[- ]best)(?: [a-z-]+)? "
    r"(?:(?:succeeds|scores|gets|reaches|achieves|attains|posts|has|manages|averages|stands at|is|was) [^;:,]{0,60}?(?:,? and |, ))?(?:\w+ly )?"
    r"(?:leads|led|beats|beat|outperforms|outperformed|surpasses|surpassed|tops|topped|outscores|outscored|exceeds|exceeded|"
    r"(?:is |was |sits )?(?:\d[\d.]*%? (?:percentage )?(?:points? )?)?(?:ahead of|(?P<more>higher|better|more|above))(?= than| ))"
)


def leading_seconds(case: Case) -> Iterator[Finding]:
    """The runner-up leads, where the source is ahead of it."""
    there = _AHEAD_OF_IT.search(case.source)
    if not there or _BEHIND_THERE.search(case.source) or len(_ANY.findall(case.source)) > 1:
        return
    for here in _LEADS.finditer(case.lowered):
        if here["more"] and _LOWER.search(case.source):
            continue
        yield finding(
            case,
            "swap",
            "major",
            "the second-best is told as ahead",
            target=here.span(),
            span=there.span(),
        )
        return
