"""Whether a figure that code printed is the one its sentence is about.

A model points at figures and does not type them, so it can point at a wrong one: another figure of
the report, or the figure of the other thing. Nobody who types a figure writes `88.81% datasets`,
nor takes one from another line; so these rules are for figures that were pointed at, and find
nothing that the other rules find.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.matching import Match
from digestlib.fidelity.slots import cannot_stand
from digestlib.fidelity.swaps import swapped_unlike_figures
from digestlib.fidelity.things import NAME, WORD, Thing, names_of, words_of
from digestlib.models import Finding, Quantity

AROUND_THERE: Final = 45
"""What a Chinese figure is about stands within so many characters of it, on its line."""
AROUND_HERE: Final = 120
"""What an English figure is about stands within so many characters of it, in its sentence."""


FEW: Final = 10
"""So many things may be counted twice in a sentence."""
ENOUGH: Final = 5
"""A figure that shares more than this with its sentence is at home there."""


class Likeness(NamedTuple):
    """How little a figure shares with its sentence, beside another one, to be strange there."""

    share: float
    """At most so much of what the other one shares …"""
    ahead: float
    """… and so much less."""


_CITED: Final = Likeness(0.3, 3.0)
_UNCITED: Final = Likeness(0.5, 1.5)


def misplaced_figures(case: Case, pointed: Mapping[int, bool]) -> Iterator[Finding]:
    """Figures printed at these places that cannot stand there, or are about something else.

    The mapping says of each whether the line it is from is cited.
    """
    figures = {m.target.start: m for m in case.matches if m.target.start in pointed}
    if not figures:
        return
    for exchanged in swapped_unlike_figures(case):
        if exchanged.target_span and figures.pop(exchanged.target_span[0], None):
            yield exchanged
    told = Counter(_of_its_own(m) for m in figures.values())
    for start, m in figures.items():
        likeness = _CITED if pointed[start] else _UNCITED
        if m.source.kind != "date" and cannot_stand(m, case):
            message = "no figure of this kind can stand here"
            yield about(case, "misplaced", "major", message, m.source, m.target)
        elif told[_of_its_own(m)] > 1 and not _is_small_count(m.target):
            message = "the source has this figure once, the sentence twice"
            yield about(case, "misplaced", "major", message, m.source, m.target)
        elif other := _meant(m, case, likeness):
            message = f"these words go with {other.text}"
            patch = other.english
            yield about(case, "misplaced", "major", message, m.source, m.target, patch)


def _of_its_own(match: Match) -> tuple[int, str]:
    """The Chinese figure, and which end of it where it is a range."""
    return id(match.source), str(match.target.value)


def _is_small_count(quantity: Quantity) -> bool:
    """Seven joint angles, that is 7 degrees of freedom: a few things may well be told again."""
    value = quantity.value
    return not isinstance(value, Decimal) or (not quantity.unit and value <= FEW)


def _meant(match: Match, case: Case, likeness: Likeness) -> Quantity | None:
    """The figure that the sentence has much in common with, where it has next to nothing with this."""
    others = [
        q
        for q in case.unmatched_source
        if q.kind not in ("date", "ordinal") and q.value != match.source.value
    ]
    if not others:
        return None
    things = [*names_of(case.source, case.text), *words_of(case.source, case.text)]
    own = _shared(match.source, match.target, things, case)
    if own > ENOUGH:
        return None
    most, _, best = max((_shared(q, match.target, things, case), -q.start, q) for q in others)
    strange = own <= likeness.share * most and most - own >= likeness.ahead
    return best if strange else None


def _shared(source: Quantity, target: Quantity, things: Sequence[Thing], case: Case) -> float:
    """How much is said around both figures."""
    there = _line_around(case.source, source)
    here = _sentence_around(case.text, target)
    return sum(
        (1.0 if thing.weight in (NAME, WORD) else 0.5)
        for thing in things
        if _any_within(thing.source, there, source) and _any_within(thing.target, here, target)
    )


def _any_within(
    places: Sequence[tuple[int, int]], around: tuple[int, int], figure: Quantity
) -> bool:
    """Whether a place overlaps the stretch, and not the figure itself."""
    start, end = around
    return any(a < end and b > start and (b <= figure.start or a >= figure.end) for a, b in places)


def _line_around(text: str, figure: Quantity) -> tuple[int, int]:
    start, end = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
    stop = len(text) if end < 0 else end
    return max(start, figure.start - AROUND_THERE), min(stop, figure.end + AROUND_THERE)


def _sentence_around(text: str, figure: Quantity) -> tuple[int, int]:
    start, end = text.rfind(". ", 0, figure.start) + 1, text.find(". ", figure.end)
    stop = len(text) if end < 0 else end
    return max(start, figure.start - AROUND_HERE), min(stop, figure.end + AROUND_HERE)
