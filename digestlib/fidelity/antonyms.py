"""Opposites in words without a figure: stopped for 绕过, concise for 冗长, next year for 去年.

The pairs are data, in `antonyms.txt`, of plain words; `opposites` has those that take more to read.
A pair speaks only where Chinese says nothing of the other one, and English nothing of this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.together import told_together
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import (
    APART,
    Beginnings,
    Guarded,
    Index,
    any_word,
    guarded,
    needed,
    needs_of,
    numbers,
)

_DENIED_THERE: Final = "(?<![不未没无非难免拒防缺别])"
"""What stands in front of a word that is not said, but denied."""
_DENIED: Final = re.compile(
    r"(?:\b(?:no|not|never|without|neither|nor|none|nothing|nobody|cannot|less|least|fewer|hardly|barely|scarcely|rarely|avoid\w*|"
    r"prevent\w*|rather than|instead of|stop(?:s|ped|ping)?|fail\w*|unlike|un)|n['’]t)\b(?! only| just| least)(?: (?!but\b|yet\b|while\b)[\w-]+){0,4} (?:\w+-)?\Z"
)
NEAR: Final = 48
"""So many characters in front of a word it may be denied."""
PART: Final = 5
"""Of a source so many times as long as the English, nobody knows which words are meant."""


_BOUND: Final = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower) than(?= \W?\d)|\bup to(?= \W?\d)|\b(?:instead of|rather than) \w+"
)
"""More than 200K says nothing of more, and what falls instead of rising does not rise."""


class _Turn(NamedTuple):
    """What Chinese says, all that hints at its opposite, and the same in English."""

    said: Guarded
    hinted: Guarded
    told: Guarded
    opposite: Guarded


def told_as_opposite(case: Case) -> Iterator[Finding]:
    """The first opposite of each pair that English says, where the source says only the other."""
    source, low = case.source, case.lowered
    if len(source) > PART * len(low):
        return
    every, said, told = turns()
    for number in numbers(said.within_lines(source) & told.within(low)):
        turn = every[number]
        ours = turn.opposite.pattern.search(low)
        mine = turn.said.search(source) if ours else None
        if not ours or not mine:
            continue
        bare = _BOUND.sub(_blank, low)
        hinted, kept = turn.hinted.search(source), turn.told.search(bare)
        if hinted and kept:
            continue  # both say both
        if hinted or kept:
            ours, mine = _in_its_clause(turn, case, bare)
        if not ours or not mine or is_denied(ours, low) or is_turned_twice(case):
            continue
        message = f"the source says {mine[0]}, not {ours[0]}"
        yield finding(case, "direction", "major", message, target=ours.span(), span=mine.span())


def is_denied(ours: re.Match[str], low: str) -> bool:
    """Whether something right before the word turns it around."""
    return bool(_DENIED.search(low, max(0, ours.start() - NEAR), ours.start()))


def _in_its_clause(
    turn: _Turn, case: Case, bare: str
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The opposite in the clause that tells what Chinese says, if neither clause excuses it."""
    for told in told_together(turn.said, turn.opposite, case):
        if not turn.hinted.pattern.search(
            case.source, *told.there
        ) and not turn.told.pattern.search(bare, *told.here):
            return told.ours, told.mine
    return None, None


def _blank(told: re.Match[str]) -> str:
    return " " * len(told[0])


@once
def turns() -> tuple[list[_Turn], Index, Beginnings]:
    """Each word with its opposite; which of the words a source may have, and of the opposites English."""
    file = resources.files(__package__).joinpath("antonyms.txt")
    found: list[_Turn] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        one, mark, other = _PARTED.split(line)
        found.append(_turn(one, other))
        if mark == "<>":
            found.append(_turn(other, one))
    said = Index(needed(turn.said) for turn in found)
    return found, said, Beginnings(needed(turn.opposite) for turn in found)


_PARTED: Final = re.compile(" (<>|>) ")


def _turn(one: str, other: str) -> _Turn:
    chinese, _, english = one.partition(" = ")
    said = chinese.partition(" ~ ")[0]
    theirs, _, ours = other.partition(" = ")
    word, _, hints = theirs.partition(" ~ ")
    hinted = "|".join(filter(None, (word, hints, f"(?<=[不未没无非])(?:{said})")))
    return _Turn(
        guarded(f"{_DENIED_THERE}(?:{said})", *needs_of(said)),
        guarded(hinted),
        any_of_list(english.replace(";", ",")),
        any_of_list(ours.partition(";")[0]),
    )


def any_of_list(listed: str) -> Guarded:
    """Any of the words of a list, of which `*` stands for any ending."""
    pattern = any_word(patterns_of_list(listed), APART) + "(?![a-z])"
    return guarded(pattern, *beginnings_of_list(listed))


def beginnings_of_list(listed: str) -> list[str]:
    """What stands before the first `*` of each of the words."""
    return [word.split("*")[0] for word in _words(listed)]


def patterns_of_list(listed: str) -> list[str]:
    """The words of a list, each as a pattern."""
    return [re.escape(word).replace(r"\*", r"[\w-]*") for word in _words(listed)]


def _words(listed: str) -> list[str]:
    return [word for part in listed.split(",") if (word := part.strip())]
