"""Terms that English must take over: 材料科学 is not computer science, nor 词级 sentence-level.

The terms are data, in `exclusive.txt`: groups of which each term has one meaning.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Guarded, Strings, guarded

WHOLE: Final = 1.5
"""English so many times as long as the Chinese tells all of it."""


class _Term(NamedTuple):
    """What only this term is called in English, all that may render it, and the terms of its group."""

    names: Guarded
    forms: Guarded
    group: range
    chinese: tuple[str, ...]


def changed_terms(case: Case) -> Iterator[Finding]:
    """A term that the source does not have, where another one of its group is gone."""
    source, text = case.source, case.text
    if not case.complete and len(text) < WHOLE * len(source):
        return  # what is gone may not have been told
    chinese, numbers = _chinese()
    places = {numbers[n]: (start, end) for n, start, end in chinese.within(source)}
    for gone, place in places.items():
        term = _terms()[gone]
        if term.forms.search(text):
            continue
        others = [_terms()[n] for n in term.group if n not in places]
        others = [other for other in others if not any(word in source for word in other.chinese)]
        told = next((m for other in others if (m := other.names.search(text))), None)
        if told and told[0] not in source:
            message = f"the source says {source[slice(*place)]}, not {told[0]}"
            yield finding(case, "name", "major", message, target=told.span(), span=place)


@once
def _chinese() -> tuple[Strings, list[int]]:
    """The Chinese words of all terms, and the number of the term of each."""
    words = [(word, n) for n, line in enumerate(_lines()) for word in line[0].split("|")]
    return Strings([word for word, _ in words], longest=True), [n for _, n in words]


@once
def _terms() -> list[_Term]:
    """The terms of the file."""
    found: list[_Term] = []
    for _, group in itertools.groupby(_lines(), key=lambda line: line[2]):
        lines = list(group)
        among = range(len(found), len(found) + len(lines))
        for chinese, english, _ in lines:
            names, _, forms = english.partition(";")
            words = tuple(chinese.split("|"))
            found.append(_Term(_pattern(names), _pattern(f"{names},{forms}"), among, words))
    return found


@once
def _lines() -> list[tuple[str, str, int]]:
    """The Chinese and the English of each line of the file, and the number of its group."""
    file = resources.files(__package__).joinpath("exclusive.txt").read_text(encoding="utf-8")
    groups = file.split("\n\n")[1:]
    return [
        (chinese, english, number)
        for number, group in enumerate(groups)
        for chinese, _, english in (line.partition(" = ") for line in group.splitlines())
    ]


def _pattern(forms: str) -> Guarded:
    """Any of the forms as a word; one in small letters also with capitals."""
    words = [
        re.escape(word).replace(r"\*", r"[\w-]*") for f in forms.split(",") if (word := f.strip())
    ]
    cased = [word if word[0].isupper() else f"(?i:{word})" for word in words]
    return guarded(rf"\b(?:{'|'.join(cased)})(?![A-Za-z])" if cased else "(?!)")
