"""Which words of an English line may be part of a figure, found in one pass over the line.

Most lines have none, few have more than two. A pattern that cannot match without one of its words
is not tried on a line that has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Final


class Cued:
    """A pattern for lower case, and the words of which each match has one."""

    def __init__(self, written: str, words: frozenset[str]) -> None:
        self._written = written
        self.words = words

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has one of the words."""
        return re.compile(self._written)

    def finditer(self, text: str, cues: Collection[str]) -> Iterable[re.Match[str]]:
        """Every match in the text, left to right; the cues are those of its words that count."""
        return () if self.words.isdisjoint(cues) else self.pattern.finditer(text)


def cued(pattern: str, words: Iterable[str]) -> Cued:
    """A pattern that is compiled and tried only for a text with one of the words."""
    return Cued(pattern, frozenset(words))


def words_in(low: str) -> list[str]:
    """The runs of the letters a to z in a text in lower case."""
    return low.encode("ascii", "replace").translate(_LETTERS_ONLY).decode("ascii").split()


_LETTERS_ONLY: Final = bytes(
    c if chr(c) in "abcdefghijklmnopqrstuvwxyz" else 32 for c in range(256)
)
