"""Figures that a model typed all the same: traced to the report where it has them, else a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .fidelity import unsourced_figures
from .fidelity.cases import english_figures
from .models import Finding, PrintedFigure, Quantity
from .printing import Source

Prose = tuple[str, str, Sequence[Source]]
"""(path, printed text, the quantities it may print)"""
Span = tuple[int, int]
_TOKEN = re.compile(r"[^\s,;:，；：、。]+")
_LETTER = re.compile(r"[A-Za-z]")


def link_typed_figures(
    prose: Iterable[Prose], printed: Sequence[PrintedFigure], material: str
) -> tuple[tuple[PrintedFigure, ...], tuple[Finding, ...]]:
    """All figures in print, in order of path and place, and a finding for each the report lacks.

    A numeral within a name that the material spells the same way (`IoU=0.5`, `Two-track`) is none.
    """
    figures = list(printed)
    findings: list[Finding] = []
    places: dict[str, list[Span]] = {}
    for figure in printed:
        places.setdefault(figure.where, []).append((figure.start, figure.end))
    for where, text, sources in prose:
        covered = places.get(where, [])
        if all(_is_covered(found, covered) for found in english_figures(text)):
            continue
        by_identity = {id(source.quantity): source for source in sources}
        for found, quantity in unsourced_figures(text, [s.quantity for s in sources]):
            if _is_covered(found, covered):
                continue
            alone = quantity is None or found.text.isalpha()
            if _is_name(text, found, material, alone=alone):
                continue
            if quantity is None:
                findings.append(_invented(where, found))
            else:
                figures.append(_typed(where, found, by_identity[id(quantity)]))
    return tuple(sorted(figures, key=lambda f: (f.where, f.start))), tuple(findings)


def _is_covered(found: Quantity, spans: Sequence[Span]) -> bool:
    return any(found.start < end and start < found.end for start, end in spans)


def _is_name(text: str, found: Quantity, material: str, *, alone: bool) -> bool:
    """Whether the material has the numeral with the word before, or (`alone`) the word around it."""
    tokens = list(_TOKEN.finditer(text))
    inside = [m for m in tokens if m.start() < found.end and found.start < m.end()]
    before = [m for m in tokens if m.end() <= found.start][-1:]
    words = [token.group().strip("()[].\"'“”") for token in inside]
    pairs = [f"{word.group()} {words[0]}" for word in before if words]
    spelled = material.casefold()
    names = [*words, *pairs] if alone else pairs
    return any(_LETTER.search(name) and name.casefold() in spelled for name in names)


def _invented(where: str, found: Quantity) -> Finding:
    return Finding(
        rule="invented-figure",
        severity="critical",
        message=f"the report has no figure {found.text!r}",
        where=where,
        target_text=found.text,
        target_span=(found.start, found.end),
    )


def _typed(where: str, found: Quantity, source: Source) -> PrintedFigure:
    return PrintedFigure(
        where=where,
        start=found.start,
        end=found.end,
        text=found.text,
        paper_id=source.paper_id,
        quantity=source.quantity.id,
        line=source.quantity.line,
        span=(source.quantity.start, source.quantity.end),
        source=source.quantity.text,
        typed=True,
    )
