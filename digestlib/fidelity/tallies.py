"""Counts that are the translator's own: two limitations, the three models, where the source lists them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.models import Quantity


def may_be_counted(target: Quantity, case: Case) -> bool:
    """Whether a small count may be the translator's own: `the two models`, a list of three."""
    if target.kind != "count" or not isinstance(target.value, Decimal) or target.value > 10:
        return False
    if any(char.isdigit() for char in target.text):
        return False
    before = case.text[max(0, target.start - 24) : target.start]
    sizes = _list_sizes(case.source)
    if _THOSE.search(before):
        return target.value <= FEW or int(target.value) in sizes
    return int(target.value) in sizes or bool(_ANAPHORA.search(before) and sizes)


FEW: Final = 3
"""A translator who says all four, or the seven, has counted them somewhere."""
_THOSE: Final = re.compile(
    r"\b(?:the|these|those|all|both|its|their)(?: \w+est| best| worst| top| latter| former| other)? $",
    re.IGNORECASE,
)
_ANAPHORA: Final = re.compile(
    r"\b(?:the|these|those|all|its|their|both|other|last|first|of|into|as|in)(?: \w+)? $",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def _list_sizes(source: str) -> frozenset[int]:
    """How long the lists of the source are: 3 for A、B 和 C."""
    sizes = set()
    for clause in re.split(r"[，。；：,;:]", source):
        before, comma, behind = clause.partition("、")
        if comma and before.strip():
            sizes.add(len(re.split(r"、|和|与|以及|及", f"{before.split()[-1]}、{behind}")))
    return frozenset(sizes)


def counts_up(target: Quantity, case: Case) -> bool:
    """Two limitations: this one, and that one; what is told one after the other may be counted."""
    if _THE_TWO.search(case.lowered, max(0, target.start - 4), target.end + 1):
        return True
    small = target.value in (2, 3) and target.bare.isalpha()
    if not small or any(s.kind == "count" for s in case.unmatched_source):
        return False
    if target.value == 2 and target.kind == "count" and _NAMED_UP.match(case.text, target.end):
        return bool(_TWO_NAMED.search(case.source) and not _ONE.search(case.source))
    return bool(_COUNTS_UP.match(case.text, target.end) and _JOINED.search(case.source))


_COUNTS_UP: Final = re.compile(
    r" (?:[a-z]+ )?(?:limitations?|things|points|ways|steps|parts|reasons|aspects|problems|issues|"
    r"advantages|weaknesses|shortcomings|strengths|contributions|findings|respects|fronts|scores|counts|"
    r"sizes|versions|variants|settings|kinds|directions|lines|axes|criteria|angles|tracks|routes|paths|"
    r"halves|sides|ends|ideas|tricks|moves|measures|means|ingredients|benefits|gains|effects|goals|aims|"
    r"drawbacks|flaws|obstacles|hurdles|challenges|difficulties|causes|sources|skills|roles|jobs|tasks|"
    r"stages|phases|changes|innovations|techniques|elements|pieces|types|sorts|forms)\b"
)
_NAMED_UP: Final = re.compile(
    r" (?:[a-z-]+ ){0,2}(?:models?|systems|methods|approaches|datasets|benchmarks|corpora|test sets|suites|"
    r"metrics|baselines|rivals|competitors|tools|modules|algorithms|components|frameworks)\b"
)
_TWO_NAMED: Final = re.compile(
    r"[A-Za-z][\w.+-]*[\s*`”’）)]{0,6}(?:和|与|及|以及|、)[^，。；、\n]{0,24}?[A-Za-z]"
)
"""Dream-VL 及 Dream-VLA are two models."""
_ONE: Final = re.compile("[单同]一|单[张款台]")
_THE_TWO: Final = re.compile(r"\bthe two(?=[.,;)]|\Z)")
"""What was named before."""
_JOINED: Final = re.compile(r"[、；;和与及且并或]|以及|而且|同时|不仅|还|也|又")
