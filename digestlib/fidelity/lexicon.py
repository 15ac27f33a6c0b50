"""Which English words may stand for a Chinese word: pairs that tell whose figure a figure is.

The pairs are data, in `words/*.txt` and `glossary.toml`; they are read once, at the first check that
needs them. Of English only those words are looked for that may stand for one of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Final, NamedTuple

from digestlib.glossary import load_glossary
from digestlib.once import once
from digestlib.patterns import Strings, lowered

Span = tuple[int, int]


class Lexicon(NamedTuple):
    """Chinese words, and the English forms that may stand for them."""

    chinese: dict[str, list[int]]
    """The numbers of the pairs that a Chinese word is in."""
    words: Strings
    """The Chinese words, the longest at each place."""
    english: list[list[tuple[str, bool]]]
    """By the number of their pair, English words and runs of words; whether they have no other endings."""
    common: frozenset[str]
    """Chinese words that go with any figure: 方法, 提升, 仅."""


@once
def lexicon() -> Lexicon:
    """The pairs of the package."""
    chinese: dict[str, list[int]] = {}
    english: list[list[tuple[str, bool]]] = []
    for theirs, ours in _pairs():
        for word in theirs:
            chinese.setdefault(word, []).append(len(english))
        english.append([(form.removesuffix("*"), form[-1] != "*") for form in ours])
    common = frozenset(word for words, _ in _words("common.txt") for word in words.split("|"))
    return Lexicon(chinese, Strings(chinese, longest=True), english, common)


def in_chinese(text: str) -> dict[int, list[Span]]:
    """By their pair, where a text has Chinese words, and longer words within long ones."""
    found: dict[int, list[Span]] = {}
    offset = 0
    for line in text.split("\n"):
        for pair, start, end in in_line(line):
            place = start + offset, end + offset
            if pair in found:
                found[pair].append(place)
            else:
                found[pair] = [place]
        offset += len(line) + 1
    return found


@lru_cache(maxsize=1024)
def in_line(line: str) -> list[tuple[int, int, int]]:
    """(pair, start, end) of the words of a line; a line is cited by several claims, and read once."""
    return [
        (pair, at + start, at + stop)
        for _, at, end in lexicon().words.within(line)
        for pair, start, stop in _parts(line[at:end])
    ]


@cache
def _parts(word: str) -> list[tuple[int, int, int]]:
    """(pair, start, end) of a word of the lexicon, and of those of several characters within it."""
    known = lexicon().chinese
    return [
        (pair, start, stop)
        for start in range(len(word))
        for stop in range(len(word), start, -1)
        for pair in known.get(word[start:stop], ())
        if stop - start > 1 or len(word) == 1
    ]


def in_english(text: str, pairs: Iterable[int] | None = None) -> dict[int, list[Span]]:
    """By their pair, where English has a form of each of these pairs, or of any."""
    forms, low = lexicon().english, lowered(text)
    words = _words_in(low)
    found: dict[int, list[Span]] = {}
    for pair in range(len(forms)) if pairs is None else pairs:
        for stem, whole in forms[pair]:
            if stem in low and (places := _places(stem, low, words, whole=whole)):
                found[pair] = sorted(found[pair] + places) if pair in found else places
    return found


def _words_in(low: str) -> dict[int, int]:
    """Where each word starts and ends; text-to-speech has two."""
    words = dict(map(re.Match.span, _WORD.finditer(low)))
    for start, end in list(words.items()) if "-to-" in low else ():
        for to in _TO.finditer(low, start, end):
            words[start] = to.start()
            start = to.end()
            words[start] = end
    return words


def _places(stem: str, text: str, words: dict[int, int], *, whole: bool) -> list[Span]:
    """Where a form stands, in the singular or plural or with any ending.

    It is given where each word starts and ends.
    """
    last = stem.rfind(" ") + 1
    found = []
    at = text.find(stem)
    while at >= 0:
        stop = at + len(stem)
        if at in words or not stem[0].isalpha():
            end = words.get(at + last, 0)
            if end <= stop:
                found.append((at, stop))
            elif not whole or text[stop:end] in _PLURALS or text[stop] == "-":
                found.append((at, end))
        at = text.find(stem, stop)
    return found


_WORD: Final = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")
_TO: Final = re.compile(r"(?<!end)-to-(?=[a-z])")
_PLURALS: Final = frozenset({"", "s", "es", "'s", "’s"})


def _pairs() -> Iterator[tuple[list[str], list[str]]]:
    folder = resources.files(__package__).joinpath("words")
    for name in sorted(file.name for file in folder.iterdir()):
        for chinese, english in _words(name):
            yield chinese.split("|"), english.lower().split(", ")
    for term in load_glossary().terms:
        if re.search(r"[\u4e00-\u9fff]", term.chinese):
            yield [term.chinese.replace(" ", "")], [form.lower() for form in term.right]


def _words(name: str) -> Iterator[tuple[str, str]]:
    """The Chinese and the English of each line of a file of words."""
    text = resources.files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        chinese, told, english = line.partition(" = ")
        if told and not line.startswith("#"):
            yield chinese, english


@once
def languages() -> dict[str, tuple[str, ...]]:
    """The English names of each language, by its Chinese names, joined with `|`."""
    return {chinese: tuple(english.split(", ")) for chinese, english in _words("languages.txt")}
