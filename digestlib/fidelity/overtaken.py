"""Of whom a word of direction is told: on MMLU-Pro GPT-5 leads by 1.4, for 落后 GPT-5 1.4 分."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.axes import UP_OR_DOWN, Axis
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.latter import other_name
from digestlib.fidelity.things import figures_of, names_of, words_of
from digestlib.models import Finding, Quantity


def is_told_of_other(case: Case, axis: Axis, sign: int) -> bool:
    """Large models beat small ones, where the source says that small ones are behind."""
    source, text = case.source, case.text
    named = *names_of(source, text), *words_of(source, text), *figures_of(single(case.matches))
    first = min((t for t in named if t.once), key=lambda thing: thing.source[0], default=None)
    word = axis.english[sign < 0].search(case.lowered)
    if word and "前者" in source and _THE_LATTER.search(case.lowered, 0, word.start()):
        return True
    pointed = other_name(case)
    if word and pointed and pointed in re.split(r"[.;,:] ", text[: word.start()])[-1]:
        return True
    return bool(first and word and 0 <= first.target[0][0] - word.end() <= _OTHER)


_THE_LATTER: Final = re.compile(r"\b(?:latter|second|other)\b[^.;]{0,24}\Z")
_OTHER: Final = 20
"""What is beaten stands so many characters behind the word, or fewer."""


def is_told_of_rival(case: Case, axis: Axis, sign: int, figure: Quantity) -> bool:
    """On MMLU-Pro GPT-5 leads by 1.4, for 落后 GPT-5 1.4 分: who is named behind it is the subject."""
    rivals = [m["name"].lower() for m in _RIVAL_THERE.finditer(case.source)]
    rivals += _worded_rivals(case)
    named = "|".join(map(re.escape, rivals))
    subject = re.compile(
        rf"{_CLAUSE_STARTS}(?:(?:even|the) )?(?:{named})\b(?:,[^.;:,]*,)?[^.;:,]*\Z"
    )
    if not named:
        return False
    if axis is UP_OR_DOWN:
        return bool(subject.search(case.lowered[: figure.start]))
    words = axis.english[sign < 0].finditer(case.lowered)
    return any(subject.search(case.lowered[: word.start()]) for word in words)


def _worded_rivals(case: Case) -> list[str]:
    """The words that English has for what is ahead: 小模型落后大模型."""
    ends = [m.end() for m in _BEHIND_THERE.finditer(case.source)]
    if not ends:
        return []
    return [
        case.lowered[slice(*place)]
        for thing in words_of(case.source, case.text)
        if any(start in ends for start, _ in thing.source)
        for place in thing.target
    ]


_BEHIND_THERE: Final = re.compile(r"(?:落后于?|不及|不如|逊于)[\s*]*(?![第榜首最前])")
_RIVAL_THERE: Final = re.compile(
    r"(?:落后于?|不及|不如|逊于|优于|胜过|领先于?|反?超过?|超越)(?:[^，。；、]{0,12}的)?(?:第[二三四\d]+名的?|亚军|榜首的?|冠军)?"
    r"[\s*]*(?P<name>[A-Za-z](?:[\w.-]*\w)?)"
)
_CLAUSE_STARTS: Final = (
    r"(?:\A|[.;:,] |\b(?:while|whereas|but|and|though|although|where|on [a-z0-9-]+) )"
)


def turned_bases(case: Case) -> Iterator[Finding]:
    """An A100 is 2.6x as efficient, where the source has 2.6 times what an A100 has."""
    for there in itertools.islice(_TIMES_THERE.finditer(case.source), FEW):
        name = re.escape(there["name"].strip(" *").lower())
        told = re.search(rf"(?:\A|[.,;:] )(?:an? |the )?{name} {_IS_TIMES}", case.lowered)
        if told:
            message = "what is compared with what is exchanged"
            yield finding(case, "swap", "major", message, target=told.span(), span=there.span())
            return


TIMES: Final = "倍"
"""What a source has that tells a multiple of something."""
FEW: Final = 4
"""A statement with more multiples of a name is not read."""
_TIMES_THERE: Final = re.compile(
    r"(?:是|达到?了?|约?为|相当于)[\s*]*(?P<name>[A-Za-z][\w.-]*(?: [A-Za-z0-9][\w.-]*){0,2})[\s*]*的[\s*近约]*[\d.]+[\s*]*倍"
)
_IS_TIMES: Final = (
    r"(?:is|are|was|runs|has|have|delivers|offers|achieves|reaches|gets|scores) "
    r"(?:about |around |roughly |nearly )?(?:\d[\d.]*(?:x| times)|twice) "
    r"(?:as (?:energy[- ])?(?:efficient|fast|accurate|high|large|powerful|good|quick)\b(?! as)|(?:more|faster|higher|larger|better)\b(?! (?:expensive|costly|latency|errors?|cost)))"
)
