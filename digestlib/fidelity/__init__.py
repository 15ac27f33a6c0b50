"""English checked against the Chinese it came from: every figure, name and link, by rule.

`check` runs the rules one after another over the same two texts; each is one function from the
case, the texts and their matched figures, to findings. What cannot be said with certainty stays
minor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from digestlib.fidelity import (
    asides,
    bounds,
    comparisons,
    counting,
    dating,
    denials,
    derived,
    directions,
    kin,
    naming,
    opposites,
    periods,
    pointing,
    rivals,
    roles,
    sides,
    swaps,
    unmatched,
    verbatim,
    versions,
)
from digestlib.fidelity.cases import Case, align, english_figures
from digestlib.fidelity.matching import match
from digestlib.models import Finding, Quantity

RULES: Final[tuple[Callable[[Case], Iterable[Finding]], ...]] = (
    verbatim.leftover_chinese,
    verbatim.changed_protected,
    naming.changed_names,
    naming.changed_entities,
    versions.dropped_versions,
    versions.dropped_names,
    versions.changed_abbreviations,
    versions.changed_compounds,
    versions.changed_sizes,
    dating.changed_dates,
    unmatched.unmatched_figures,
    unmatched.approximate_figures,
    derived.derived_figures,
    bounds.changed_bounds,
    bounds.moved_bounds,
    counting.changed_counted,
    roles.changed_roles,
    directions.changed_direction,
    opposites.changed_opposites,
    comparisons.changed_rank,
    denials.turned_denials,
    denials.told_without_denial,
    asides.exchanged_asides,
    rivals.changed_rivals,
    directions.exchanged_sides,
    comparisons.turned_comparisons,
    sides.exchanged_compared,
    swaps.swapped_figures,
    kin.exchanged_kin,
    naming.changed_languages,
    periods.changed_periods,
    periods.changed_units_apart,
)
"""Each reads the case and yields what it finds, in the order in which a person is told."""

LABEL_RULES: Final[tuple[Callable[[Case], Iterable[Finding]], ...]] = (
    verbatim.leftover_chinese,
    naming.changed_names,
    naming.changed_entities,
    versions.changed_abbreviations,
    versions.changed_compounds,
    versions.changed_sizes,
    dating.changed_dates,
    naming.changed_languages,
)
"""Those that say whether a name is one of the source."""


def check(source: str, text: str, *, complete: bool = False) -> list[Finding]:
    """What a person should look at in `text`, an English rendering of the Chinese `source`.

    `complete` means that the text must carry every figure of the source. Critical and major
    findings want a person; `source_line` counts from 1 within `source`.
    """
    return _found(align(source, text, complete=complete))


def check_pointed(source: str, text: str, pointed: Mapping[int, bool]) -> list[Finding]:
    """As `check`, of a text in which code printed the figures that begin at these places.

    A model pointed at them, and can have pointed at the wrong ones; for each, whether the model
    itself cited the line that it is from.
    """
    case = align(source, text, complete=False)
    return [*_found(case), *pointing.misplaced_figures(case, pointed)]


def check_labels(source: str, text: str) -> list[Finding]:
    """What `check` has against the names and dates in a text that is no sentence."""
    case = align(source, text, complete=False)
    return [found for rule in LABEL_RULES for found in rule(case)]


def _found(case: Case) -> list[Finding]:
    return [found for rule in RULES for found in rule(case)]


def unsourced_figures(
    text: str, allowed: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity | None]]:
    """Each figure typed in English with the source figure that says the same, or None."""
    figures = english_figures(text)
    matched = {m.target.id: m.source for m in match(allowed, figures, "", text)}
    return [(figure, matched.get(figure.id)) for figure in figures]
