"""What is harder than what: 难度低于 B told as harder than B, or B as easier than it.

The comparison of 难度 says how much there is of it, and English says hard or easy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import WORD
from digestlib.fidelity.witnesses import is_in, things_once
from digestlib.models import Finding

HARD: Final = "难度"
TOLD: Final = " than "
_THERE: Final = re.compile(
    r"难度(?:却|也|都|要|均|还|上|明显|显著|远|远远|大大|略|稍|更|大幅)*(?:(?P<up>高于|大于|超过|超出)|(?P<down>低于|小于|不及))"
    r"[\s*了]*(?P<rival>[^，。；、：\n]{2,40})"
)
_THAN: Final = re.compile(
    r"(?:难度[\u4e00-\u9fff]{0,2})?比[\s*]*(?P<rival>[^，。；、：\n比]{2,40}?)的?(?:[\u4e00-\u9fff]{0,4}难度)?[要更还都也均略]*(?:(?P<up>[高大])|(?P<down>[低小]))"
)
_HERE: Final = re.compile(
    r"\b(?:(?P<up>harder|tougher|trickier|more (?:difficult|challenging|demanding))|"
    r"(?P<down>easier|simpler|less (?:difficult|challenging|demanding)))\b[^.;,:\n]{0,60}? than "
    r"(?P<rival>[^.;,:\n]{2,60})"
)
_SAID_BEFORE: Final = re.compile(r"[.;:\n](?=\s)|, (?:and|but|while)\b")
_DENIED: Final = re.compile(r"\b(?:no|not|never|neither|nor|hardly)\b|n['’]t\b")


def turned_hardness(case: Case) -> Iterator[Finding]:
    """The first that is harder than what the source says is harder, or easier than what is easier."""
    there = _THERE.search(case.source) or _than(case.source)
    here = list(_HERE.finditer(case.lowered))
    if not there or len(here) != 1 or case.source.count(HARD) > 1:
        return
    told = here[0]
    start = max((m.end() for m in _SAID_BEFORE.finditer(case.lowered, 0, told.start())), default=0)
    if _DENIED.search(case.lowered, start, told.end()):
        return
    rivals = [
        t for t in things_once(case) if t.weight >= WORD and is_in(t.source[0], there.span("rival"))
    ]
    behind = any(is_in(t.target[0], told.span("rival")) for t in rivals)
    before = any(is_in(t.target[0], (start, told.start())) for t in rivals)
    if behind == before:
        return
    if (bool(there["up"]) == bool(told["up"])) == before:
        message = "which of the two is harder is turned around"
        yield finding(case, "direction", "major", message, target=told.span(), span=there.span())


def _than(source: str) -> re.Match[str] | None:
    """What 难度比 B 大, or 比 B 难度大, says."""
    told = _THAN.search(source)
    return told if told and HARD in told[0] else None
