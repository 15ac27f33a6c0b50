"""Which English words may stand for a Chinese word: pairs that tell whose figure a figure is.

The pairs are data, in `lexicon.toml`, `words/*.toml` and `glossary.toml`; they are read once, at the
first check.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any, Final, NamedTuple

from digestlib.glossary import load_glossary
from digestlib.once import once
from digestlib.patterns import lowered

Span = tuple[int, int]


class Lexicon(NamedTuple):
    """Chinese words and English words by the number of their pair."""

    common: frozenset[str]
    """Chinese words that go with any figure."""

    chinese: dict[str, frozenset[int]]
    words: dict[str, frozenset[int]]
    """English words and runs of words, in lower case."""
    stems: dict[str, frozenset[int]]
    """English beginnings of words, without the `*`."""


@once
def lexicon() -> Lexicon:
    """The pairs of the package."""
    chinese: dict[str, set[int]] = {}
    words: dict[str, set[int]] = {}
    stems: dict[str, set[int]] = {}
    for number, (theirs, ours) in enumerate(_pairs()):
        for word in theirs:
            chinese.setdefault(word, set()).add(number)
        for word in ours:
            table = stems if word.endswith("*") else words
            table.setdefault(word.rstrip("*").lower(), set()).add(number)
    common = frozenset(word for key in _table()["common"] for word in key.split("|"))
    return Lexicon(common, _frozen(chinese), _frozen(words), _frozen(stems))


def in_chinese(text: str) -> list[tuple[int, Span]]:
    """(pair, span) of the Chinese words of a text, and of the longer words within long ones."""
    table, lengths = lexicon().chinese, _lengths()
    found: list[tuple[int, Span]] = []
    start = free = 0
    for at, char in enumerate(text):
        for size in lengths.get(char, ()):
            word = text[at : at + size]
            if len(word) < size or word not in table:
                continue
            within = start < free and at + size <= free and 1 < size < free - start
            if at >= free or within:
                found += [(number, (at, at + size)) for number in table[word]]
            if at >= free:
                start, free = at, at + size
    return found


@once
def _lengths() -> dict[str, tuple[int, ...]]:
    """By their first character, how long the Chinese words are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in lexicon().chinese:
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


def in_english(text: str) -> list[tuple[int, Span]]:
    """(pair, span) of the English words of a text, up to three words long."""
    spans = [match.span() for match in _WORD.finditer(text)]
    low, heads = lowered(text), _heads()
    found: list[tuple[int, Span]] = []
    for index, (start, end) in enumerate(spans):
        found += [(number, (start, end)) for number in _meanings(low[start:end])]
        for _, last in spans[index + 1 : index + 3] if low[start:end] in heads else ():
            found += [(number, (start, last)) for number in _meanings(low[start:last])]
    return found


_WORD: Final = re.compile(r"[A-Za-z]+(?:[-'’][A-Za-z]+)*")


@once
def _heads() -> frozenset[str]:
    """The first words of what is said in several."""
    table = lexicon()
    return frozenset(key.split(" ")[0] for key in (*table.words, *table.stems) if " " in key)


@lru_cache(maxsize=8192)
def _meanings(phrase: str) -> frozenset[int]:
    """The pairs of an English word or run of words, in the singular or plural."""
    words, stems = lexicon().words, lexicon().stems
    found: set[int] = set()
    for form in {phrase, phrase.removesuffix("s"), phrase.removesuffix("es")}:
        found |= words.get(form, _NONE)
    last_word = phrase.rfind(" ") + 1
    for size in _stem_lengths().get(phrase[:STEM], ()):
        if last_word + STEM <= size <= len(phrase):
            found |= stems.get(phrase[:size], _NONE)
    return frozenset(found)


_NONE: Final = frozenset[int]()
STEM: Final = 2
"""No beginning of a word is shorter."""


@once
def _stem_lengths() -> dict[str, frozenset[int]]:
    """By their first letters, how long the beginnings of words are."""
    lengths: dict[str, set[int]] = {}
    for stem in lexicon().stems:
        lengths.setdefault(stem[:STEM], set()).add(len(stem))
    return _frozen(lengths)


def _pairs() -> Iterator[tuple[list[str], list[str]]]:
    table = _table()
    for words in (table["words"], table["common"], table["languages"], *_themes()):
        for chinese, english in words.items():
            yield chinese.split("|"), english.split(", ")
    for term in load_glossary().terms:
        if re.search(r"[\u4e00-\u9fff]", term.chinese):
            yield [term.chinese.replace(" ", "")], list(term.right)


def is_common(chinese: str) -> bool:
    """Whether a Chinese word goes with any figure: 方法, 提升, 仅."""
    return chinese in lexicon().common


@once
def languages() -> dict[str, tuple[str, ...]]:
    """The English names of each language, by its Chinese names, joined with `|`."""
    table: dict[str, str] = _table()["languages"]
    return {chinese: tuple(english.split(", ")) for chinese, english in table.items()}


def _themes() -> Iterator[dict[str, str]]:
    """The words of each theme: of medicine, of media, of the house."""
    folder = resources.files(__package__).joinpath("words")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield tomllib.loads(file.read_text(encoding="utf-8"))


@once
def _table() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _frozen(table: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {word: frozenset(numbers) for word, numbers in table.items()}
