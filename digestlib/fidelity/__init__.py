"""English checked against the Chinese it came from: every figure, name and link, by rule.

`check` runs the rules one after another over the same two texts; each is one function from the
texts and their matched figures to findings. What cannot be said with certainty stays minor.
"""

from __future__ import annotations

from collections.abc import Sequence

from digestlib.fidelity import (
    asides,
    bounds,
    comparisons,
    contraries,
    counting,
    dating,
    denials,
    naming,
    opposites,
    periods,
    rivals,
    roles,
    swaps,
    verbatim,
    versions,
)
from digestlib.fidelity.cases import align, english_figures
from digestlib.fidelity.directions import changed_direction, exchanged_sides
from digestlib.fidelity.matching import match
from digestlib.fidelity.unmatched import approximate_figures, unmatched_figures
from digestlib.models import Finding, Quantity


def check(source: str, text: str, *, complete: bool = False) -> list[Finding]:
    """What a person should look at in `text`, an English rendering of the Chinese `source`.

    `complete` means that the text must carry every figure of the source. Critical and major
    findings want a person; `source_line` counts from 1 within `source`.
    """
    case = align(source, text, complete=complete)
    relevant = [m for m in case.matches if m.source.kind != "date"]
    return [
        *verbatim.leftover_chinese(text),
        *verbatim.changed_protected(source, text, complete=complete),
        *naming.changed_names(source, text),
        *naming.changed_entities(source, text, complete=complete),
        *(versions.dropped_versions(source, text) if complete else ()),
        *(versions.dropped_names(source, text) if complete else ()),
        *versions.changed_abbreviations(source, text),
        *versions.changed_compounds(source, text),
        *versions.changed_sizes(source, text),
        *dating.changed_dates(source, text, complete=complete),
        *unmatched_figures(case),
        *approximate_figures(case),
        *bounds.changed_bounds(relevant, source, text),
        *bounds.moved_bounds(relevant, source, text),
        *counting.changed_counted(relevant, source, text),
        *roles.changed_roles(relevant, source, text),
        *changed_direction(relevant, source, text),
        *contraries.changed_meanings(source, text),
        *opposites.changed_opposites(source, text),
        *comparisons.changed_rank(source, text),
        *comparisons.turned_common_rank(source, text),
        *comparisons.lowered_subject(source, text),
        *comparisons.exchanged_names(source, text),
        *comparisons.beaten_by_the_other(source, text),
        *denials.turned_denials(source, text, complete=complete),
        *asides.exchanged_asides(source, text),
        *rivals.changed_rivals(source, text),
        *exchanged_sides(relevant, source, text),
        *comparisons.turned_comparisons(relevant, source, text),
        *swaps.swapped_figures(case.matches, source, text),
        *naming.changed_languages(source, text),
        *periods.changed_periods(relevant, source, text),
        *periods.changed_units_apart(relevant, source, text),
    ]


def unsourced_figures(
    text: str, allowed: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity | None]]:
    """Each figure typed in English with the source figure that says the same, or None."""
    figures = english_figures(text)
    matched = {m.target.id: m.source for m in match(allowed, figures, "", text)}
    return [(figure, matched.get(figure.id)) for figure in figures]
