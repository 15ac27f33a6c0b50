"""What something became, told as what it was: changed from Apache 2.0, for 改为 Apache 2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding

CHANGED: Final = "改为|改用|改成|改名|换成|换为|换用|切换|迁移|迁至|更名|转为|转用|替换"
"""One of these in a source that tells what something became, …"""
TOLD: Final = " from |eplac"
"""… and in English that tells what it was."""
_BECAME: Final = re.compile(
    r"(?:改(?:名?[为成]|用)|更名为|(?:替|更)?换(?:成|为|用)|切换(?:到|为|成|至)|迁(?:移到|移至|至)|转[为用])了?"
    r"[\s*“「《`]*(?P<new>[A-Za-z][\w.+-]*(?: [A-Z\d][\w.+-]*)*)",
    re.ASCII,
)
_AGAIN: Final = re.compile(
    r"又|再|[退改换切转迁][回返]|恢复|放弃|弃用|回退|回滚|[不未没]\w{0,4}(?:改|换|切|迁|转)"
)
"""What was given up again is what something was as well."""
_WAS: Final = re.compile(
    r"\b(?:(?:chang|switch|mov|migrat|renam|convert|shift|transition|relicens)[a-z]*(?: (?!to\b|back\b|into\b)[a-z-]+){0,4}? from|"
    r"(?P<replaced>replac(?:es?|ed|ing))) (?:(?:the|an?|its|using) )?[*`“\"]?"
)
_BEHIND: Final = re.compile(r"(?![\w-]|['’]|\.\d| [a-z]*(?:predecessor|version)\b)")
_REPLACED: Final = re.compile(" (?:with|by|as|throughout|in)\\b")
"""Replaces BERT with it; of `replacing it` alone nobody knows what is replaced."""


def told_as_former(case: Case) -> Iterator[Finding]:
    """The one name that something became, where English changes from it, or replaces it."""
    became = list(_BECAME.finditer(case.source))
    if len(became) != 1 or _AGAIN.search(case.source):
        return
    new, low = became[0]["new"].lower().rstrip("."), case.lowered
    if case.source.lower().count(new) != 1 or low.count(new) != 1:
        return
    for was in _WAS.finditer(low):
        ends = was.end() + len(new)
        behind = _REPLACED if was["replaced"] else _BEHIND
        if low.startswith(new, was.end()) and behind.match(low, ends):
            message = f"the source says {became[0][0]}"
            here, there = (was.start(), ends), became[0].span()
            yield finding(case, "swap", "major", message, target=here, span=there)
            return
