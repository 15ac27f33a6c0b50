"""Guards: a pattern that is not tried would not have matched."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterator

import pytest

import digestlib
from digestlib.fidelity import RULES, antonyms, asked_rules, check
from digestlib.fidelity.cases import align
from digestlib.fidelity.opposites import turns
from digestlib.patterns import (
    APART,
    Beginnings,
    Guarded,
    Index,
    Strings,
    any_word,
    lowered,
    needs_of,
    numbers,
)
from digestlib.quantities.cues import Cued, words_in
from digestlib.quantities.english_forms import _DATE as DATE
from digestlib.quantities.english_forms import _YEAR_HERE as YEAR
from tests.fidelity_table import ALL_CASES
from tests.reference_answers import ANSWERS, example_papers

pytestmark = pytest.mark.no_cover


def _guards() -> Iterator[tuple[str, Guarded | Cued]]:
    """Every pattern of the package that is not always tried, also those in tables."""
    for package in ("digestlib.quantities", "digestlib.fidelity"):
        path = importlib.import_module(package).__path__
        for module in pkgutil.iter_modules(path, f"{package}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for number, guard in enumerate(_within(value)):
                    yield f"{module.name}.{name}.{number}", guard


def _within(value: object) -> Iterator[Guarded | Cued]:
    if isinstance(value, Guarded | Cued):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _within(item)


GUARDS = dict(_guards())


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """Lines of the reports, sentences of the cases and the answers, as they are and lowered."""
    cases = [json.loads(row) for path in ALL_CASES for row in path.read_text("utf-8").splitlines()]
    english = [str(text) for case in cases for text in (*case["en_ok"], *case["en_bad"])]
    chinese = [line.text for paper in example_papers().values() for line in paper.lines]
    answers = [file.read_text("utf-8") for file in sorted(ANSWERS.glob("summaries/*.json"))[::9]]
    texts = [*english, *chinese[::3], *answers]
    return [*texts, *map(lowered, english)]


@pytest.mark.parametrize("guard", GUARDS.values(), ids=GUARDS.keys())
def test_a_pattern_that_is_not_tried_would_not_have_matched(
    guard: Guarded | Cued, lines: list[str]
) -> None:
    """Every match has one of the strings or words that are looked for."""
    missed = [line for line in lines if not _is_tried(guard, line) and guard.pattern.search(line)]
    assert not missed


def _is_tried(guard: Guarded | Cued, line: str) -> bool:
    if isinstance(guard, Guarded):
        return guard.may_match(line)
    in_words = not guard.words.isdisjoint(words_in(lowered(line)))
    return in_words or (guard is DATE and bool(YEAR.search(line)))


def test_an_opposite_that_is_not_tried_would_not_have_matched(lines: list[str]) -> None:
    """The same for the words of `opposites.toml` and `antonyms.txt`, each on a sixteenth of the lines."""
    guards = {guard for turn in turns()[0] for word in turn[:2] for guard in _within(tuple(word))}
    guards |= {turn.said for turn in antonyms.turns()[0]}
    for n, guard in enumerate(sorted(guards, key=lambda guard: guard.pattern.pattern)):
        assert not [
            x for x in lines[n % 16 :: 16] if not guard.may_match(x) and guard.pattern.search(x)
        ]


def test_a_rule_that_is_not_asked_would_have_found_nothing() -> None:
    """A rule states what a case must have; on every third sentence of the cases it needs no more."""
    for n, path in enumerate(ALL_CASES):
        for row in path.read_text("utf-8").splitlines()[n % 3 :: 3]:
            case = json.loads(row)
            for text in (*case["en_ok"], *case["en_bad"]):
                aligned = align(str(case["zh"]), str(text), complete=False)
                asked = asked_rules(aligned)
                others = [r for r in RULES if r not in asked and not r.complete]
                assert not [r for r in others for _ in r.find(aligned)]


def test_strings_are_found_within_each_other_or_only_the_longest() -> None:
    """`训练` stands within `预训练`."""
    words = ("训练", "预训练", "训练集")
    assert Strings(words).within("预训练集") == [(1, 0, 3), (0, 1, 3), (2, 1, 4)]
    assert Strings(words, longest=True).within("预训练集") == [(1, 0, 3)]


def test_a_beginning_is_one_of_a_word() -> None:
    """`low` stands in `follow`, and begins a word in `lower-cost`; what needs a space is as it was."""
    beginnings = Beginnings([["low"], ["cost"], [" than"], [""]])
    assert numbers(beginnings.within("to follow accosted ones")) == [3]
    assert numbers(beginnings.within("lower-cost than")) == [0, 1, 2, 3]


def test_half_a_character_moves_nothing() -> None:
    """JSON may have half of a pair of surrogates, which is no character."""
    assert Strings(["任务"]).within("\ud83d任务") == [(0, 1, 3)]
    assert [f.rule for f in check("\ud83d 5 个任务", "6 tasks")] == ["value"]


@pytest.mark.parametrize("bound", [r"\b", APART])
@pytest.mark.parametrize("words", [["less", "low\\w*", "more"], ["less", "(?:un)?like"]])
def test_words_are_found_behind_their_bound(bound: str, words: list[str]) -> None:
    text = "less or more, lower-less, bless, unlike: lowest\nless"
    plainly = re.finditer(f"{bound}(?:{'|'.join(words)})", text)
    found = re.finditer(any_word(words, bound), text)
    assert [m.span() for m in found] == [m.span() for m in plainly]


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("易(?<!不易)|轻松", ["易", "轻松"]),
        ("第二|2|再次", ["第二", "2", "再次"]),
        ("最高(?:评分|分)|于[^，。]{0,6}而", ["最高", "于"]),
        (".{0,4}(?:不足|不够)", ["不足", "不够"]),
        ("[大小]", [""]),
    ],
)
def test_any_match_has_one_of_the_strings_that_it_needs(pattern: str, needs: list[str]) -> None:
    assert needs_of(pattern) == needs


def test_an_index_tells_what_may_match_and_what_needs_nothing() -> None:
    """The second needs one of two strings, the third none."""
    index = Index([["倍"], ["提升", "降低"], [""]])
    assert numbers(index.within("降低 3 倍")) == [0, 1, 2]
    assert numbers(index.within("论文")) == [2]


def test_lower_case_keeps_every_character_in_its_place() -> None:
    """`İ` in lower case is two characters, so that offsets would move."""
    assert digestlib.__name__ == lowered("DIGESTLIB")
    assert len(lowered("İ 5 GPUs")) == len("İ 5 GPUs")
