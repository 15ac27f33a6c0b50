"""Where in a report a sentence is from: the lines that have its figures, names and words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.fidelity.cases import align
from digestlib.fidelity.things import words_of
from digestlib.quantities.english_names import names


class Shared(NamedTuple):
    """A figure, name or word of the sentence: where it stands, and the lines that have it too."""

    weight: float
    place: int
    lines: frozenset[int]


class Whereabouts(NamedTuple):
    """Lines of a report by their number, from 0 on and in their order."""

    told: list[int]
    """Those that the sentence tells: together they have what it shares with the report."""
    alike: list[int]
    """Others that have something like it to say."""
    shared: list[Shared]

    def bearing_on(self, start: int, end: int) -> list[list[int]]:
        """The lines that may bear out what stands there, each list to be read as one.

        A figure is borne out only by a line that has all the figures of the sentence, words by all
        the lines together.
        """
        figures = [each for each in self.shared if each.weight == _FIGURE]
        if any(start <= each.place < end for each in figures):
            return [[n] for n in self.alike if all(n in each.lines for each in figures)]
        return [sorted([*self.told, *self.alike])] if self.alike else []


_FIGURE: Final = 3.0
_NAME: Final = 2.0
_WORD: Final = 1.0
"""What each tells of where a sentence is from, divided by the number of lines that have it."""
MOST_LINES: Final = 4
"""A sentence is told from no more lines."""
FEW_WORDS: Final = 2
"""Where a sentence is from is not told by so few words alone: `Availability: Not stated`."""
ALIKE: Final = 0.2
"""A line with so much of what the best one has in common may say the same thing again.

Measured on the sentences of the cases within example reports, and on the claims of the reference
answers against whole papers: a lower share finds less, a higher one flags more without need.
"""
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“\"(])")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, and where each begins."""
    start = 0
    for end in _SENTENCE_ENDS.finditer(text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def find_lines(source: str, sentence: str) -> Whereabouts:
    """The lines of the source that a sentence is from; none where it has nothing in common."""
    shared = _shared(source, sentence)
    worth = _worth(shared)
    told = set(_covering(shared))
    least = ALIKE * max(worth.values(), default=0.0)
    alike = sorted(n for n in worth if worth[n] >= least and n not in told)
    return Whereabouts(sorted(told), alike, shared)


def _covering(shared: Collection[Shared]) -> Iterator[int]:
    """First the line with the most in common, then those with figures and names still missing."""
    for number in range(MOST_LINES):
        worth = _worth(shared)
        best = max(worth, key=lambda line: (worth[line], -line), default=None)
        if best is None or (number and worth[best] < _NAME):
            return
        yield best
        shared = [each for each in shared if best not in each.lines]


def _worth(shared: Iterable[Shared]) -> dict[int, float]:
    """How much each line has in common with the sentence; what many lines have counts for little."""
    worth: dict[int, float] = {}
    for weight, _, lines in shared:
        for line in lines:
            worth[line] = worth.get(line, 0.0) + weight / len(lines)
    return worth


def _shared(source: str, sentence: str) -> list[Shared]:
    """What tells the lines; what the sentence has at one place counts once, whatever it may stand for."""
    starts = _line_starts(source)
    found: dict[tuple[float, int], set[int]] = {}
    for weight, at, places in _in_common(source, sentence):
        found.setdefault((weight, at), set()).update(bisect_right(starts, p) - 1 for p in places)
    shared = [Shared(*key, frozenset(lines)) for key, lines in found.items() if lines]
    enough = len(shared) > FEW_WORDS or any(each.weight > _WORD for each in shared)
    return shared if enough else []


def _in_common(source: str, sentence: str) -> Iterator[tuple[float, int, list[int]]]:
    """The weight and place of figures, names and words, and the places that have them in the source."""
    case = align(source, sentence, complete=False)
    for figure in case.text_quantities:
        same = [q.start for q in case.source_quantities if q.value == figure.value]
        yield _FIGURE, figure.start, same
    there = _names_there(source)
    for name in names(sentence):
        yield _NAME, name.start, there.get(name.text.lower(), [])
    for thing in words_of(source, sentence):
        yield _WORD, thing.target[0][0], [start for start, _ in thing.source]


@lru_cache(maxsize=64)
def _line_starts(source: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", source))]


@lru_cache(maxsize=64)
def _names_there(source: str) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name in names(source):
        found.setdefault(name.text.lower(), []).append(name.start)
    return found
