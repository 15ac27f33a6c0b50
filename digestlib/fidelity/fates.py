"""What becomes of which of two: nine languages improve and two slip, told as nine slip and two improve.

Each clause of the source that says of one thing that it goes up, goes down or stays; English must not
say of its first thing what the source says of the other one's.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, figures_of, names_of, words_of
from digestlib.fidelity.witnesses import is_in
from digestlib.models import Finding

FATES: Final = "退步|变化不大|不变|没有变化|没什么变化|无变化|持平|下滑|变差|恶化|翻番|一番|翻倍|减半|一半|原地踏步|停滞"
"""One of these in a source that tells another fate than of something that rises."""
_THERE: Final = {
    "same": re.compile(
        "变化不大|(?:几乎|基本|大致|保持|维持)不变|(?:没有|没什么|并?无)(?:明显|显著|太大|什么)?变化|持平|原地踏步|停滞"
    ),
    "up": re.compile(
        r"改善|提升|提高|上[升涨]|增[加长]|进步|[翻][了]?一?[番倍]|变[好高快强]|加[快强]|更[好高快强]"
    ),
    "down": re.compile(
        r"退步|下[降滑跌]|降[低至到]|减[少半弱]|变[差低慢弱]|恶化|压低|缩[减短]|更[差低慢弱]"
    ),
}
_HERE: Final = {
    "same": re.compile(
        r"\b(?:hardly|barely|scarcely) (?:any )?(?:chang|mov|improv|shift|differ)\w*|\bchang\w* (?:only |very |just |but )?(?:slightly|little|marginally)|"
        r"\bunchanged\b|\b(?:stay|remain|stand|[ia]s|are|were|was)\w* (?:flat|still|level|(?:about|much|largely|almost|nearly) the same)\b|"
        r"\b(?:no|little|few|not much|hardly any) (?:noticeable |obvious |significant |real )?chang\w*|\bstagnat\w*"
    ),
    "up": re.compile(
        r"\b(?:improv\w*|increas\w*|ris(?:e[sn]?|ing)|rose|gain\w*|climb\w*|doubl\w*|better|grow\w*|grew|progress\w*|(?:goes|went|going|gone) up|higher|faster|stronger)\b"
    ),
    "down": re.compile(
        r"\b(?:declin\w*|drop\w*|f[ae]ll\w*|slip\w*|decreas\w*|halv\w*|cut\w*|reduc\w*|wors\w*|lower\w*|deteriorat\w*|degrad\w*|slid\w*|by half|regress\w*|(?:goes|went|going|gone) down|dip\w*|weaken\w*)\b"
    ),
}
_PARTED_THERE: Final = re.compile(r"[，。；：！？\n（）()]")
_PARTED_HERE: Final = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|[()\n–—]|\b(?:and|but|while|whereas|though|although)\b(?! (?:[\w-]+) (?:slip|slid|improv|declin|fell|drop|ris|rose|hardly|barely))"
)
_COMPARES: Final = re.compile(
    r"\b(?:than|unlike|compared|versus|vs|as|from|instead|if|when|of which|others?|latter|former|both)\b"
)
_COMPARES_THERE: Final = re.compile(
    r"[比较]|相|若|如果|越(?![南野])|前者|后者|两者|二者|[超高低优]于|分别|随"
)
_DENIED_THERE: Final = re.compile(r"[未没不无]|防止|避免|抑制|缓解")
_DENIED_HERE: Final = re.compile(
    r"\b(?:no|not|never|without|nor|neither|avoid\w*|prevent\w*)\b|n['’]t\b"
)
FEW: Final = 16
"""A statement of more clauses is not read."""


class _Fate(NamedTuple):
    """A clause, and what it says becomes of its first thing."""

    clause: Span
    way: str
    word: Span


def exchanged_fates(case: Case) -> Iterator[Finding]:
    """The first of which English says what the source says of the other one."""
    there = _fates(case.source, _THERE, _PARTED_THERE, _DENIED_THERE, _COMPARES_THERE)
    if len(there) != 2 or there[0].way == there[1].way:
        return
    here = _fates(case.lowered, _HERE, _PARTED_HERE, _DENIED_HERE, _COMPARES)
    if len(here) != 2 or {f.way for f in here} != {f.way for f in there}:
        return
    told = {f.way: f.clause for f in here}
    one, other = there
    mine, yours = _things(case, one), _things(case, other)
    first, second = mine[:1], yours[:1]
    if not first and not second:
        return
    crossed = [
        _is_crossed(first, case.lowered, own=told[one.way], other=told[other.way]),
        _is_crossed(second, case.lowered, own=told[other.way], other=told[one.way]),
    ]
    if all(crossed):
        thing = [*first, *second][0]
        message = f"the source says something else of {thing.name}"
        there_at, here_at = thing.source[0], thing.target[0]
        yield finding(case, "swap", "major", message, target=here_at, span=there_at)


def _is_crossed(things: Sequence[Thing], low: str, *, own: Span, other: Span) -> bool:
    """Whether a thing stands in the other one's clause, and not in its own; or is `the large one` there."""
    if not things:
        return _ONE.search(low, *other) is not None
    places = things[0].target
    return any(is_in(p, other) for p in places) and not any(is_in(p, own) for p in places)


_ONE: Final = re.compile(r"\bthe (?:large|small|big|old|new|second|first|long|short)(?:er)? one\b")


def _things(case: Case, fate: _Fate) -> list[Thing]:
    """What stands in a clause of the source and nowhere else, in its order."""
    low, high = fate.clause
    taken = _TAKES.search(case.source, low, high)
    clause = (taken.end() if taken else low), high
    figures = figures_of(list(single(case.matches)))
    things = (*names_of(case.source, case.text), *words_of(case.source, case.text), *figures)
    found = [
        t
        for t in things
        if t.weight >= WORD
        and len(t.source) == 1
        and is_in(t.source[0], clause)
        and not _overlaps(t.source[0], fate.word)
    ]
    return sorted(found, key=lambda t: t.source)


_TAKES: Final = re.compile("[把将]")
"""这个版本把误报率压低了一半: what becomes less stands behind it."""


def _fates(
    text: str,
    ways: dict[str, re.Pattern[str]],
    parted: re.Pattern[str],
    denied: re.Pattern[str],
    compares: re.Pattern[str],
) -> list[_Fate]:
    """The clauses that say what becomes of something; none where one says two things or compares."""
    found: list[_Fate] = []
    clauses = list(itertools.islice(_clauses(text, parted), FEW + 1))
    for low, high in clauses if len(clauses) <= FEW else ():
        told = _ways(text, ways, low, high)
        if not told:
            continue
        if len(told) > 1 or compares.search(text, low, high):
            return []
        way, word = told[0]
        if way != "same" and denied.search(text, low, high):
            return []
        found.append(_Fate((low, high), way, word))
    return found


def _ways(
    text: str, ways: dict[str, re.Pattern[str]], low: int, high: int
) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span]] = []
    for way, words in ways.items():
        for word in words.finditer(text, low, high):
            if not any(_overlaps(word.span(), told) or way == said for said, told in found):
                found.append((way, word.span()))
    return found


def _clauses(text: str, parted: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for mark in parted.finditer(text):
        yield start, mark.start()
        start = mark.end()
    yield start, len(text)


def _overlaps(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
