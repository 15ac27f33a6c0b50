"""Opposites: 2D for 3D, the last frame for the first, closed for open, test set for training set.

The pairs are data, in `opposites.toml`; they are read once, at the first check.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.axes import LOWER_IS_BETTER
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.together import told_together
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import (
    Beginnings,
    Guarded,
    Index,
    alternatives,
    any_word,
    guarded,
    needed,
    needs_of,
    numbers,
)


class _Word(NamedTuple):
    """One of two opposites: in Chinese, in English, and what else English may say for it."""

    chinese: Guarded
    english: Guarded
    freely: Guarded


class _Turn(NamedTuple):
    """A word, and the opposite that English may say for it."""

    said: _Word
    turned: _Word
    alone: bool
    """Whether it tells nothing where the source has both."""
    rule: str


PART: Final = 5
"""Of a source so many times as long as the English, nobody knows which words are meant."""


def changed_opposites(case: Case) -> Iterator[Finding]:
    """English says the one more often than the source, and its opposite as much less often.

    Where the source has only the one, English must not have only the other; where it has both,
    they are counted, unless English is too short to be all of it.
    """
    if len(case.source) > PART * len(case.text):
        return
    whole = len(case.text) >= len(case.source)
    for said, turned, alone, rule in _may_be_turned(case):
        ours = [
            told
            for told in turned.english.pattern.finditer(case.lowered)
            if not _DENIED.search(case.lowered, max(0, told.start() - NEAR), told.start())
        ]
        mine = _undenied(said.chinese.pattern.finditer(case.source)) if ours else []
        if not mine:
            continue
        yours = turned.chinese.count(case.source)
        kept = said.freely.count(case.lowered)
        if yours and (alone or not whole):
            if not kept:
                yield from _in_its_clause(said, turned, rule, case)
            continue
        counted = whole and len(ours) - yours >= len(mine) - kept > 0
        if not counted and bool(yours) != bool(kept):
            yield from _in_its_clause(said, turned, rule, case)
            continue
        if (counted or (not yours and not kept)) and not is_turned_twice(case):
            message = f"the source says {mine[0][0]}"
            there, here = mine[0].span(), ours[0].span()
            yield finding(case, rule, "major", message, target=here, span=there)


def _in_its_clause(said: _Word, turned: _Word, rule: str, case: Case) -> Iterator[Finding]:
    """The opposite in the clause that tells what Chinese says, if neither clause excuses it."""
    for told in told_together(said.chinese, turned.english, case):
        mine, ours = told.mine, told.ours
        if turned.chinese.pattern.search(case.source, *told.there):
            continue
        if said.freely.pattern.search(case.lowered, *told.here):
            continue
        if _DENIED.search(case.lowered, max(0, ours.start() - NEAR), ours.start()):
            continue
        if _IMPROVES.match(ours[0]) and LOWER_IS_BETTER.search(case.source, *told.there):
            continue
        if _undenied(iter([mine])) and not is_turned_twice(case):
            message = f"the source says {mine[0]}"
            yield finding(case, rule, "major", message, target=ours.span(), span=mine.span())
            return


def _undenied(said: Iterator[re.Match[str]]) -> list[re.Match[str]]:
    """Closed is what 不开放 says."""
    return [word for word in said if not word.string.endswith(_NOT, 0, word.start())]


_IMPROVES: Final = re.compile("improv|better")
"""Perplexity that goes down improves."""
_NOT: Final = ("不", "未", "不够", "不太", "不甚", "不很", "没有", "并非", "谈不上", "算不上")
NEAR: Final = 40
"""So many characters in front of a word it may be denied."""
_DENIED: Final = re.compile(
    r"(?:\b(?:no|not|never|without|neither|nor|none|nothing|avoid\w*|prevent\w*)|n['’]t)\b(?! only| just| least)(?: [\w-]+){0,4} (?:\w+-)?\Z|\b(?:less|least) \Z"
)
"""No detail is lost, where the source says 保留; less lenient is stricter."""


def _may_be_turned(case: Case) -> list[_Turn]:
    """The words that the source may say and English turn around, in the order of the file."""
    every, said, told = turns()
    may = said.within_lines(case.source) & told.within(case.lowered)
    return [every[number] for number in numbers(may)]


@once
def turns() -> tuple[list[_Turn], Index, Beginnings]:
    """Each word with its opposite; which of the words a source may have, and of the opposites English."""
    file = resources.files(__package__).joinpath("opposites.toml")
    found = []
    for pair in tomllib.loads(file.read_text(encoding="utf-8"))["pairs"]:
        one, other = (_word(pair, number) for number in (0, 1))
        one_way, rule = pair.get("one_way", False), pair.get("rule", "direction")
        found.append(_Turn(one, other, one_way, rule))
        if not one_way:
            found.append(_Turn(other, one, one_way, rule))
    said = Index(turn.said.chinese.needs for turn in found)
    return found, said, Beginnings(needed(turn.turned.english) for turn in found)


def _word(pair: dict[str, list[str]], number: int) -> _Word:
    chinese, english = pair["chinese"][number], pair["english"][number]
    given = pair.get("needs", _NOTHING)[number]
    freely = "|".join(filter(None, (english, pair.get("freely", _NOTHING)[number])))
    return _Word(
        guarded(chinese, *(given.split("|") if given else needs_of(chinese))),
        guarded(_whole(english), *_beginnings(english)),
        guarded(_whole(freely)),
    )


_NOTHING: Final = ("", "")


def _whole(words: str) -> str:
    return any_word(alternatives(words)) + r"\b"


def _beginnings(words: str) -> list[str]:
    """The letters that each alternative begins with; none where one of them has no such letters."""
    found: list[str] = []
    for word in alternatives(words):
        group = _GROUP.match(word)
        letters = _beginnings(group[1]) if group else _BEGINNING.findall(word)
        if not letters:
            return []
        found += letters
    return found


_GROUP: Final = re.compile(r"\(\?:([^()]*)\)(?![?*])")
_BEGINNING: Final = re.compile(
    r"^(?:\(\?<!\w+ \)|\(\?:\\w\+-\)[?*])?([a-z0-9 ]+(?![?*a-z0-9 ])|[a-z0-9 ]+(?=[a-z0-9 ][?*]))"
)
"""Behind what must not stand, or what may stand, in front of it."""
