"""Whether a name stands in a text, however it is spaced or hyphenated, and no longer."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"[A-Za-zα-ω]+|\d+(?:\.\d+)*")
_GAP: Final = re.compile(r"[-_ .@&/()（）]{0,2}")


@lru_cache(maxsize=4096)
def occurs(name: str, text: str) -> bool:
    """Whether the name stands in the text with any gaps between its words and numbers."""
    if name.endswith(("维", "季度")):
        return name in text or name in text.replace(" ", "")
    if len(name) > LONGEST:
        return name in text
    if _stands_alone(name, text):
        return True
    key = tuple(piece.lower() for piece in _PIECE.findall(name))
    return bool(key) and key in _runs(text, len(key))


@lru_cache(maxsize=1024)
def has(pattern: str, text: str) -> bool:
    """Whether the text has it; the same is asked for each figure of a value."""
    return re.search(pattern, text) is not None


LONGEST: Final = 200
"""What has more characters is no name: it stands in a text only as it is."""


def _stands_alone(name: str, text: str) -> bool:
    """Whether the name stands in the text as it is, and its first place there is no part of more."""
    at = text.find(name)
    return at >= 0 and bool(_OPENS.match(text, at) and _CLOSES.match(text, at + len(name)))


_OPENS: Final = re.compile(r"(?<![A-Za-zα-ω\d])(?<!\d\.)")
_CLOSES: Final = re.compile(r"(?![A-Za-zα-ω\d]|\.\d)")


@lru_cache(maxsize=256)
def _runs(text: str, size: int) -> frozenset[tuple[str, ...]]:
    """Every run of so many pieces of a line of the text."""
    return frozenset().union(*(_runs_on(line, size) for line in text.split("\n")))


@lru_cache(maxsize=4096)
def _runs_on(line: str, size: int) -> frozenset[tuple[str, ...]]:
    """Every run of so many pieces of a line that begins and ends where a word does."""
    words, joined, opens, closes = _pieces(line)
    runs: set[tuple[str, ...]] = set()
    for first in range(len(words) - size + 1):
        last = first + size - 1
        if opens[first] and closes[last] and all(joined[first:last]):
            run = words[first : last + 1]
            runs |= {run, (*run[:-1], run[-1].removesuffix("s"))}
    return frozenset(runs)


@lru_cache(maxsize=1024)
def _pieces(line: str) -> tuple[tuple[str, ...], list[bool], list[bool], list[bool]]:
    """The words and numbers of a line: joined to the next, begin of a word, end of a word."""
    found = list(_PIECE.finditer(line))
    spans = [piece.span() for piece in found]
    apart = [(end, start) for (_, end), (start, _) in itertools.pairwise(spans)]
    touching = [end == start for end, start in apart]
    joined = [start - end <= 2 and bool(_GAP.fullmatch(line, end, start)) for end, start in apart]
    opens = [not touched for touched in (False, *touching)][: len(found)]
    closes = [not touched for touched in (*touching, False)][: len(found)]
    return tuple(piece[0].lower() for piece in found), joined, opens, closes
