"""What English says with nothing in the source that calls for it: destroys for 恢复, without for 附上.

The words are data, in `unprompted.txt`: words of one plain meaning, each with all of the Chinese that
it may stand for. One of them that nothing in the source calls for says what the source does not,
whatever its own word is; so no list of opposites is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.antonyms import any_of_list, is_denied
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Guarded, Index, numbers


class _Word(NamedTuple):
    """A family of English words, and all of the Chinese that calls for it."""

    told: Guarded
    prompted: re.Pattern[str]
    rule: str


def told_unprompted(case: Case) -> Iterator[Finding]:
    """The first word of English that nothing in the source calls for."""
    every, index = _words()
    plain = _UNLIKE.sub(" ", case.source)
    for number in numbers(index.within(case.lowered)):
        word = every[number]
        source = case.source if word.rule == "name" else plain
        told = None if word.prompted.search(source) else word.told.search(case.lowered)
        if told and not _is_excused(told, case):
            message = f"nothing in the source says {told[0]}"
            yield finding(case, word.rule, "major", message, target=told.span())
            return


_UNLIKE: Final = re.compile(
    "不断|不仅|不但|不久|无人机|无线|未来|非常|非洲|少数|少年|少儿|至少|此外|另外|国外|海外|室外|户外|外观|额外|外部|外国|外语|外科|外骨骼|外包|外界|外媒"
)
"""What has a letter of a denial and denies nothing."""


def _is_excused(told: re.Match[str], case: Case) -> bool:
    """Whether it is denied, part of a name, or the source has it in Latin letters."""
    if is_denied(told, case.lowered) or told[0][:STEM] in case.source.lower():
        return True
    return bool(_IDIOM.match(case.lowered, told.start())) or _is_name(told.start(), case.text)


_IDIOM: Final = re.compile(
    r"nothing (?:but|short of|less than)|without (?:a (?:hitch|break)|delay|doubt|question|exception)\b|"
    r"no longer than|no such|in part because|nowhere near"
)
"""What denies nothing."""


STEM: Final = 5
"""So many letters of a word in Latin letters say the same."""


def _is_name(start: int, text: str) -> bool:
    """Whether it is written as names are: Lost in the Middle."""
    return text[start].isupper() and bool(start) and text[start - 2 : start] not in _STARTS


_STARTS: Final = frozenset({". ", ": ", "; ", "! ", "? "})


@once
def _words() -> tuple[list[_Word], Index]:
    """The lines of the file, and which of them a text may have."""
    file = resources.files(__package__).joinpath("unprompted.txt")
    found: list[_Word] = []
    needs: list[list[str]] = []
    rule = "direction"
    for line in file.read_text(encoding="utf-8").splitlines():
        english, mark, chinese = line.partition("= ")
        if mark and not english:
            rule = chinese
        elif mark and not line.startswith("#"):
            told = any_of_list(english)
            found.append(_Word(told, re.compile(chinese), rule))
            needs.append([word.split("*")[0].strip() for word in english.split(",")])
    return found, Index(needs)
