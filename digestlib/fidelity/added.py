"""How many are new, and how many there are by now: 14 new ones of 37 told as 37 new ones of 14."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import told_once
from digestlib.fidelity.matching import Match
from digestlib.models import Finding

ADDED: Final = "新增|新加|新添|增加|增添|增补|扩充|新接入|新收录"
TOLD: Final = "new|add|more|gain|total|extra"
_ADDED_THERE: Final = re.compile(rf"(?:{ADDED}入?)[了\s*约近]*\Z")
_ALL_THERE: Final = re.compile(
    r"(?:(?:总[\u4e00-\u9fff]{1,4}?)(?:已|则|也)?(?:达到?|增至|增加到|扩至|扩大到|升至|为|超过)|(?:累计|总计|共计|合计)(?:已?达到?|为|有)?)[了\s*约近]*\Z"
)
_NEW_BEHIND: Final = re.compile(
    r"[*]*(?: new\b(?! and)|[^.;\d]{0,40}?,? of (?:which|them|those|these) (?:are|were|is|was) (?:all )?(?:new|newly|recent|added|additions)\b|"
    r" of (?:them|those|these|which)(?: are| were)? (?:new|newly|added)\b)"
)
_NEW_BEFORE: Final = re.compile(
    r"\b(?:adds|added|adding|gains|gained|gaining|(?:addition|inclusion) of|new(?:ly)? added) (?:about |around |some |nearly |over )?[*]*\Z"
)
_ALL_BEFORE: Final = re.compile(
    r"\b(?:(?:a|the) (?:new |grand |overall )?total (?:number )?(?:[a-z]+ ){0,3}?(?:of|to|at|is|reaches|reached|stands at|comes to)|"
    r"(?:bringing|brings|taking|takes) (?:it|them|the total|the number|its length|its size)(?: [a-z]+){0,4}? to) (?:about |around |some |nearly |over )?[*]*\Z"
)
REACH: Final = 40
FEW: Final = 12
"""A statement with more figures is not read."""


def exchanged_added(case: Case) -> Iterator[Finding]:
    """The first two figures of which English has as new how many there are, or as all how many are new."""
    figures = sorted(told_once(case.figures)[:FEW], key=lambda m: m.source.start)
    for new, whole in itertools.pairwise(figures):
        if not _ends(_ADDED_THERE, case.source, new.source.start):
            continue
        if not _ends(_ALL_THERE, case.source, whole.source.start):
            continue
        turned = _is_new(whole, case.lowered) and not _is_new(new, case.lowered)
        all_new = _ends(_ALL_BEFORE, case.lowered, new.target.start)
        if turned or (all_new and not _ends(_ALL_BEFORE, case.lowered, whole.target.start)):
            message = "how many are new and how many there are"
            yield about(case, "swap", "major", message, whole.source, whole.target)
            return


def _is_new(figure: Match, low: str) -> bool:
    """Whether English says that so many were added."""
    here = figure.target
    return bool(_NEW_BEHIND.match(low, here.end) or _ends(_NEW_BEFORE, low, here.start))


def _ends(words: re.Pattern[str], text: str, at: int) -> bool:
    """Whether the words stand right in front of a place."""
    return words.search(text, max(0, at - REACH), at) is not None
