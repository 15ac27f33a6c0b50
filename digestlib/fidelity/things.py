"""What a figure can belong to: the things that both languages name, and where they stand."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.fidelity.lexicon import in_chinese, in_english, lexicon
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.patterns import lowered
from digestlib.quantities.english_names import protected


class Thing(NamedTuple):
    """A name, a word or a figure of another sort, where it stands in both texts."""

    name: str
    weight: float
    source: tuple[Span, ...]
    target: tuple[Span, ...]

    @property
    def once(self) -> bool:
        """Whether it stands once in each text."""
        return len(self.source) == len(self.target) == 1


OFTEN: Final = 40
"""A word that stands more often than this tells nothing."""
NAME, WORD, SIGN = 1.0, 0.7, 0.35
"""How much a name, a word, and a common word or one of a single character weigh."""


@lru_cache(maxsize=64)
def names_of(source: str, text: str) -> tuple[Thing, ...]:
    """Latin names, LaTeX and code that stand exactly once in each text."""
    low = lowered(text)
    found = []
    for key, (name, span) in _chunks_there(source).items():
        places = list(itertools.islice(_places(key, text if len(key) == 1 else low), 2))
        if len(places) == 1:
            found.append(Thing(name, NAME, (span,), (places[0],)))
    return tuple(found)


@lru_cache(maxsize=64)
def words_of(source: str, text: str) -> tuple[Thing, ...]:
    """Words of the lexicon that stand in both texts; what has two pairs, at one place, once."""
    theirs, common = in_chinese(source), lexicon().common
    ours = in_english(text, theirs)
    found: dict[tuple[tuple[Span, ...], tuple[int, ...]], Thing] = {}
    for pair in sorted(ours):
        there, here = _apart(theirs[pair]), _apart(ours[pair])
        starts = tuple([start for start, _ in here])
        if len(there) <= OFTEN and len(here) <= OFTEN and (there, starts) not in found:
            start, end = there[0]
            word = source[start:end]
            weight = SIGN if len(word) == 1 or word in common else WORD
            found[there, starts] = Thing(word, weight, there, here)
    return _outermost(found.values())


def _outermost(things: Collection[Thing]) -> tuple[Thing, ...]:
    """Without the words that are part of a longer one which both texts have."""
    longest = dict(sorted([span for thing in things for span in thing.source]))
    whole, reached = set(), 0
    for span in longest.items():
        if span[1] > reached:
            whole.add(span)
            reached = span[1]
    return tuple([thing for thing in things if not whole.isdisjoint(thing.source)])


@lru_cache(maxsize=64)
def names_anywhere(source: str, text: str) -> tuple[Thing, ...]:
    """Latin names and 3D however often either text has them, within longer names as well: Text-to-SQL."""
    low = lowered(text)
    there: dict[str, list[Span]] = {}
    for m in _TOKEN.finditer(source):
        there.setdefault(m[0], []).append(m.span())
    found = []
    for name, places in list(there.items())[:OFTEN]:
        told = _places(name.lower(), low, _OPENS_A_PART, _CLOSES_A_PART)
        if here := list(itertools.islice(told, OFTEN)):
            found.append(Thing(name, NAME, tuple(places), _apart(here)))
    return tuple(found)


_TOKEN: Final = re.compile(
    r"(?<![A-Za-z0-9.-])(?:[A-Za-z]|\d{1,2}(?=[A-Z]))[A-Za-z\d+#]*(?:[.-][A-Za-z\d]+)*(?![A-Za-z0-9])"
)


def figures_of(matches: Sequence[Match]) -> list[Thing]:
    """Figures as things: in `480p for 600K steps` the resolution says whose the steps are."""
    return [
        Thing(
            m.source.text,
            NAME,
            ((m.source.start, m.source.end),),
            ((m.target.start, m.target.end),),
        )
        for m in matches
    ]


_CHUNK: Final = re.compile(
    r"[A-Za-zα-ωΑ-Ω][A-Za-z0-9α-ω.+@\-]*"
    r"(?: (?!\d[\d.]*\s?(?:[%％分个倍万亿点秒天元]|毫秒|小时))[A-Za-z0-9][A-Za-z0-9.+@\-]*)*"
)
"""Qwen3 of `Qwen3 4.7 分`."""


@lru_cache(maxsize=256)
def _chunks_there(source: str) -> dict[str, tuple[str, Span]]:
    """The Latin names of the Chinese text that stand in it once, by their lower case."""
    spans = [m.span() for m in _CHUNK.finditer(source)]
    spans += [(start, end) for _, start, end in protected(source)]
    found: dict[str, tuple[str, Span]] = {}
    seen: set[str] = set()
    for start, end in spans:
        name = source[start:end].strip(".-+ ")
        start += source[start:end].index(name)
        key = _key(name)
        span = start, start + len(name)
        if (len(name) > 1 or name.isupper()) and key not in seen:
            found[key] = name, span
        elif key in found and found[key][1] != span:
            del found[key]
        seen.add(key)
    return found


_OPENS: Final = re.compile(r"(?<![\w.+@-])")
_CLOSES: Final = re.compile(r"(?![.+-]*[\w@])")
_OPENS_A_PART: Final = re.compile(r"(?<![a-z\d])")
_CLOSES_A_PART: Final = re.compile(r"(?![a-z\d])")


def _places(
    name: str, text: str, opens: re.Pattern[str] = _OPENS, closes: re.Pattern[str] = _CLOSES
) -> Iterator[Span]:
    """Where a name stands in English, as whole words unless it may open and close otherwise."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if opens.match(text, at) and closes.match(text, end):
            yield at, end
        at = text.find(name, at + 1)


def _key(name: str) -> str:
    """A single letter keeps its case, so that group A is not the article."""
    return name if len(name) == 1 else name.lower().removesuffix("'s").removesuffix("’s")


def _apart(places: Sequence[Span]) -> tuple[Span, ...]:
    """Of places that overlap the first stays."""
    if len(places) == 1:
        return (places[0],)
    found = [places[0]]
    for place in places:
        if found[-1][1] <= place[0]:
            found.append(place)
    return tuple(found)
