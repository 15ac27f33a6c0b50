"""Which words of an English line may be part of a figure, found in one pass over the line.

Most lines have none, few have more than two. A pattern that cannot match without one of its words
is not tried on a line that has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple


class Cued(NamedTuple):
    """A pattern for lower case, and the words or strings of which each match has one."""

    pattern: re.Pattern[str]
    words: frozenset[str]
    strings: tuple[str, ...] = ()

    def may_match(self, text: str, cues: Collection[str]) -> bool:
        """Whether the text, whose words are among the cues, has one of the words or strings."""
        if not self.words.isdisjoint(cues):
            return True
        return bool(self.strings) and any(map(text.__contains__, self.strings))

    def finditer(self, text: str, cues: Collection[str]) -> Iterable[re.Match[str]]:
        """Every match in the text, left to right."""
        return self.pattern.finditer(text) if self.may_match(text, cues) else ()


def cued(pattern: str, words: Iterable[str], *strings: str) -> Cued:
    """A compiled pattern that is tried only on a text with one of the words or strings."""
    return Cued(re.compile(pattern), frozenset(words), strings)


def words_in(low: str) -> list[str]:
    """The runs of the letters a to z in a text in lower case."""
    return low.encode("ascii", "replace").translate(_LETTERS_ONLY).decode("ascii").split()


_LETTERS_ONLY: Final = bytes(
    c if chr(c) in "abcdefghijklmnopqrstuvwxyz" else 32 for c in range(256)
)
