"""Regular expressions that are tried only where they can match.

Most rules speak of words that a given line does not have. Looking for such a word with `in` costs
a hundredth of what a regular expression costs that has to be tried at each character.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind


class Guarded:
    """A pattern and the strings of which any match has one; without any it is always tried."""

    def __init__(self, written: str, needs: tuple[str, ...], flags: int) -> None:
        self._written = written, flags
        self.needs = needs

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has one of the strings."""
        return re.compile(*self._written)

    def may_match(self, text: str) -> bool:
        """Whether the text has one of the strings."""
        for needed in self.needs:
            if needed in text:
                return True
        return not self.needs

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in the text."""
        return self.pattern.search(text) if self.may_match(text) else None

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterable[re.Match[str]]:
        """Every match in the text between the two places, left to right."""
        return self.pattern.finditer(text, start, end) if self.may_match(text) else ()

    def count(self, text: str) -> int:
        """How often the text has it."""
        return len(list(self.finditer(text)))


class Strings:
    """Strings that are looked for all at once: everywhere, or only the longest at each place."""

    def __init__(self, strings: Iterable[str], *, longest: bool = False) -> None:
        kind = MatchKind.LeftmostLongest if longest else MatchKind.Standard
        self._automaton = AhoCorasick(strings, kind)
        self._overlapping = not longest

    def within(self, text: str) -> list[tuple[int, int, int]]:
        """(number, start, end) of the strings that a text has."""
        try:
            return self._automaton.find_matches_as_indexes(text, self._overlapping)
        except UnicodeEncodeError:  # half a character, as JSON may have it
            return self.within(text.encode("utf-8", "replace").decode("utf-8"))


class Index:
    """A list of what needs strings, and what of it a text may have: always what needs an empty one."""

    def __init__(self, needs: Iterable[Iterable[str]]) -> None:
        bits: dict[str, int] = {}
        for number, strings in enumerate(needs):
            for needed in strings:
                bits[needed] = bits.get(needed, 0) | 1 << number
        self._always = bits.pop("", 0)
        self._bits = list(bits.values())
        self._strings = Strings(bits)

    def within(self, text: str) -> int:
        """A bit for each that needs a string which the text has."""
        found, bits = self._always, self._bits
        for string, _, _ in self._strings.within(text):
            found |= bits[string]
        return found

    def within_lines(self, text: str) -> int:
        """As `within`, of the lines of a text, which are looked through once: others have them, too."""
        found = 0
        for line in text.split("\n"):
            found |= _within_line(self, line)
        return found


class Beginnings(Index):
    """The same of what needs a word that begins so: low is not in follow."""

    def within(self, text: str) -> int:
        """A bit for each that needs a beginning which a word of the text has."""
        found, bits = self._always, self._bits
        for string, start, _ in self._strings.within(text):
            inside = start and text[start - 1].isalnum() and text[start].isalnum()
            if not inside:
                found |= bits[string]
        return found


@lru_cache(maxsize=4096)
def _within_line(index: Index, line: str) -> int:
    return index.within(line)


def numbers(bits: int) -> list[int]:
    """Which bits are set, from the lowest on."""
    found = []
    while bits:
        found.append((bits & -bits).bit_length() - 1)
        bits &= bits - 1
    return found


def guarded(pattern: str, *needs: str, flags: int = 0) -> Guarded:
    """A pattern that is compiled and tried only for a text with one of the strings."""
    return Guarded(pattern, needs, flags)


def needed(*patterns: Guarded) -> list[str]:
    """Strings of which a text has one that any of the patterns may match: the empty one where one is always tried."""
    return [string for pattern in patterns for string in pattern.needs or ("",)]


def alternatives(words: str) -> list[str]:
    """What the bars outside of brackets separate."""
    found, depth = [""], 0
    for char in words:
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            found.append("")
        else:
            found[-1] += char
    return found


def needs_of(pattern: str) -> list[str]:
    """Of each alternative a string that any match of it has, or one of several; the longest there is."""
    return [needed for word in alternatives(pattern) for needed in _needs_of(word)]


def _needs_of(word: str) -> list[str]:
    if _PLAIN.fullmatch(word):
        return [word]
    plain = _OPTIONAL.sub(" ", _AROUND.sub("", word))
    longest = max(_BRACKETS.sub("|", plain).split("|"), key=len)
    groups = [] if longest else _GROUP.findall(plain)
    return min((needs_of(group) for group in groups), key=len, default=[longest])


_PLAIN: Final = re.compile(r"\w+")
_AROUND: Final = re.compile(r"\(\?<?[=!][^()]*\)")
_OPTIONAL: Final = re.compile(
    r"(?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|[^()\[\]])(?:[?*]|\{0,\d+\})"
)
_BRACKETS: Final = re.compile(r"\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|[^\u4e00-\u9fffA-Za-z]")
_GROUP: Final = re.compile(r"\(\?:((?:[^()]|\([^()]*\))*)\)")


def one_of(endings: Mapping[str, str]) -> str:
    """The longest of the words here, with the pattern that must end it; tried are those that begin alike."""
    rests: dict[str, list[str]] = {}
    for word in sorted(endings, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]) + endings[word])
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


def any_word(words: Iterable[str], bound: str = r"\b") -> str:
    """Any of these behind a bound; where all begin with a letter, only such letters are tried."""
    words = list(words)
    if not all(_BEGINS_PLAINLY.match(word) for word in words):
        return f"{bound}(?:{'|'.join(words)})"
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    behind = _BEHIND_A_LETTER[bound]
    tried = (f"{first}{behind}(?:{'|'.join(rest)})" for first, rest in rests.items())
    return f"(?:{'|'.join(tried)})"


APART: Final = r"(?<![\w-])"
"""The bound of what is no part of a compound either."""
_BEHIND_A_LETTER: Final = {r"\b": r"(?<!\w.)", APART: r"(?<![\w-].)"}
"""The same bounds, looked for behind the first letter."""
_BEGINS_PLAINLY: Final = re.compile(r"[a-z0-9](?![?*+{])")


def lowered(text: str) -> str:
    """The text in lower case, with every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[0] for c in text)
