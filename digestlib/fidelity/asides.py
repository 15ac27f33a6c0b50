"""What brackets say of what stands before them: A (video) and B (audio) is not B (video)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.models import Finding


class _Aside(NamedTuple):
    """A bracket: where it stands, the thing before it, and the things within it."""

    span: tuple[int, int]
    owner: int
    within: frozenset[int]


_BRACKET: Final = re.compile(r"[（(](?=[^（）()\n]*[A-Za-z\u4e00-\u9fff])[^（）()\n]{2,60}[)）]")
"""With a letter in it: a bracket with nothing but a figure is told by other rules."""
BRACKETS: Final = "(|（"
"""One of these in either text."""
_APART: Final = re.compile(r"[，。；、,;：:（）()\n]|[和与及]|\.(?=\s)|\b(?:and|or|while|with)\b")
BEFORE: Final = 40
"""What a bracket is about stands at most so many characters before it."""


def exchanged_asides(case: Case) -> Iterator[Finding]:
    """The brackets of two things exchanged."""
    source, text = case.source, case.text
    if len(_BRACKET.findall(text)) < 2 or len(_BRACKET.findall(source)) < 2:
        return
    words = [t for t in words_of(source, text) if t.once and t.weight == WORD]
    things = [*names_of(source, text), *words]
    there = {aside.owner: aside for aside in _asides(things, source, there=True)}
    if len(there) < 2:
        return
    here = {aside.owner: aside for aside in _asides(things, text, there=False)}
    for a, b in itertools.combinations(sorted(there.keys() & here.keys()), 2):
        mine = there[a].within - there[b].within
        yours = there[b].within - there[a].within
        crossed = mine & here[b].within and yours & here[a].within
        if crossed and not (mine & here[a].within or yours & here[b].within):
            message = f"the brackets of {things[a].name} and {things[b].name} are exchanged"
            yield finding(case, "swap", "major", message, target=here[a].span)


def _asides(things: Sequence[Thing], text: str, *, there: bool) -> Iterator[_Aside]:
    places = [(t.source if there else t.target)[0] for t in things]
    for bracket in _BRACKET.finditer(text):
        low = max(0, bracket.start() - BEFORE)
        marks = [mark.end() for mark in _APART.finditer(text, low, bracket.start())]
        start = marks[-1] if marks else low
        owners = [
            (end, n) for n, (a, end) in enumerate(places) if start <= a and end <= bracket.start()
        ]
        if owners:
            within = {
                n
                for n, (a, end) in enumerate(places)
                if bracket.start() < a and end < bracket.end()
            }
            yield _Aside(bracket.span(), max(owners)[1], frozenset(within))
