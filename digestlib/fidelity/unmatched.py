"""Figures without a partner: wrong, invented or left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.derived import derived_from
from digestlib.fidelity.explained import is_explained
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.fitting import fit
from digestlib.fidelity.matching import neighbours
from digestlib.fidelity.reworded import is_reworded
from digestlib.fidelity.tallies import may_be_counted
from digestlib.models import Finding, Quantity, Severity


def unmatched_figures(case: Case) -> Iterator[Finding]:
    """A wrong or invented figure is critical; one that a translation leaves out is major."""
    if not case.unmatched_text and not case.complete:
        return
    ours, used = _without_source(case)
    theirs = _without_target(case)
    for target, source, sole in _confused(ours, theirs, used, case.source_quantities):
        yield _wrong(source, target, case, sole=sole)
    for source in theirs if case.complete else ():
        if id(source) not in used and not is_reworded(source, case):
            small = _is_small_word(source) and not _is_told_first(source, case)
            severity: Severity = "minor" if small else "major"
            span = (source.start, source.end)
            yield finding(case, "dropped", severity, f"{source.text} is missing", span=span)


def approximate_figures(case: Case) -> Iterator[Finding]:
    """Rounded or converted figures are told, as minor."""
    for s, t, grade in case.matches:
        if grade == "same":
            continue
        rule = "rounding" if grade == "rounded" else "conversion"
        yield finding(
            case,
            rule,
            "minor",
            f"{t.text} for {s.text}",
            target=(t.start, t.end),
            span=(s.start, s.end),
        )


def changed_margins(case: Case) -> Iterator[Finding]:
    """71.4 ± 0.5, where the source has ± 0.4."""
    for s, t, _ in case.matches:
        there = _MARGIN.search(case.source, s.start, s.end + _REACH)
        here = _MARGIN.match(case.text, t.end) or _MARGIN.search(t.text)
        if there and here and Decimal(there[1]) != Decimal(here[1]):
            message = f"the source says ± {there[1]}"
            yield about(case, "value", "critical", message, s, t)


_MARGIN: Final = re.compile(r"[\s*%]*(?:±|\+/[-−])\s?(\d{1,9}(?:\.\d{1,9})?)")
_REACH: Final = 12
"""Behind a figure its spread stands within so many characters."""


def _without_source(case: Case) -> tuple[list[Quantity], set[int]]:
    """The English figures that nothing in the source accounts for, and what others were worked out from."""
    unmatched = case.unmatched_text
    figures = [t for t in unmatched[:MANY] if not is_explained(t, case)] + unmatched[MANY:]
    bases = [derived_from(t, case) for t in figures]
    used = {id(q) for basis in bases for q in basis}
    return [t for t, basis in zip(figures, bases, strict=True) if not basis], used


MANY: Final = 200
"""So many figures without a partner are looked for in other words; a text with more is no rendering."""


def _without_target(case: Case) -> list[Quantity]:
    """The figures of the source that no English figure says, be it one that stands for another."""
    figures = neighbours(case.text_quantities, case.unmatched_source)
    return [
        s for s, nearby in figures if not any(fit(s, t, case.source, case.text) for t in nearby)
    ]


def _confused(
    ours: Sequence[Quantity],
    theirs: Sequence[Quantity],
    used: set[int],
    everywhere: Sequence[Quantity],
) -> Iterator[tuple[Quantity, Quantity | None, bool]]:
    """Each wrong figure, the one that should stand there, and whether it can be no other.

    The figures of the source that are taken for one are added to `used`.
    """
    left = Counter(s.kind for s in theirs), Counter(t.kind for t in ours)
    places = zip(neighbours(theirs, ours), neighbours(everywhere, ours), strict=True)
    for (t, nearby), (_, around) in places:
        free = [s for s in nearby if id(s) not in used and _distance(s, t) < _STRANGERS]
        s = min(free, key=lambda s: _distance(s, t), default=None)
        if s is not None:
            used.add(id(s))
        if (meant := _meant(t, around)) and (s is None or _distance(s, t) > 1):
            yield t, meant, True
        elif s is None:
            yield t, None, False
        else:
            lone = left[0][s.kind] == left[1][t.kind] == 1
            yield t, s, lone or _is_only_one_alike(s, t, theirs, ours)


def _meant(target: Quantity, around: Sequence[Quantity]) -> Quantity | None:
    """The one figure of the source of which this is a slip: 28.42 FPS for 24.82 FPS."""
    alike = [
        s
        for s in around
        if (s.kind, s.unit) == (target.kind, target.unit) and _is_slip(_digits(s), _digits(target))
    ]
    return alike[0] if len({s.value for s in alike}) == 1 else None


def _is_slip(digits: str, others: str) -> bool:
    """Whether digits changed places, or one of at least three is another."""
    if len(digits) != len(others) or len(digits) < 3:
        return False
    wrong = sum(a != b for a, b in zip(digits, others, strict=True))
    return wrong == 1 or (wrong > 0 and sorted(digits) == sorted(others))


def _is_only_one_alike(
    source: Quantity, target: Quantity, theirs: Sequence[Quantity], ours: Sequence[Quantity]
) -> bool:
    """Whether no other figure has the digits of either: 5,000 and 3,000 for 5 万 and 3 万."""
    return (
        max(len(theirs), len(ours)) <= MANY
        and _distance(source, target) <= 1
        and sum(_distance(s, target) <= 1 for s in theirs) == 1
        and sum(_distance(source, t) <= 1 for t in ours) == 1
    )


_STRANGERS: Final = 4


def _distance(source: Quantity, target: Quantity) -> int:
    """How unlike two figures are: 0 same value, 1 same digits, 2 same kind, 3 numbers, 4 strangers."""
    alike = source.kind == target.kind and source.unit == target.unit
    if source.value is not None and source.value == target.value:
        return 2 if alike else 0
    if _digits(source) and _digits(source) == _digits(target):
        return 1
    if alike:
        return 2
    plain = ("count", "number", "ordinal", "magnitude", "points")
    return 3 if source.kind in plain and target.kind in plain else _STRANGERS


def _digits(quantity: Quantity) -> str:
    value = quantity.value[0] if isinstance(quantity.value, tuple) else quantity.value
    return "" if value is None else "".join(map(str, value.normalize().as_tuple().digits))


def _wrong(source: Quantity | None, target: Quantity, case: Case, *, sole: bool) -> Finding:
    rules = ("unit", "scale", "value", "value")
    if source is None:
        rule, message = "invented", f"{target.text} is not in the source"
    else:
        rule = rules[_distance(source, target)]
        message = f"the source says {source.text}, not {target.text}"
    severity: Severity = "critical"
    if source is None and may_be_counted(target, case):
        severity = "minor"
    return finding(
        case,
        rule,
        severity,
        message,
        target=(target.start, target.end),
        span=(source.start, source.end) if source else None,
        suggestion=source.english if source and sole else None,
    )


def _is_told_first(source: Quantity, case: Case) -> bool:
    """The first term, where the source has the second one and no first."""
    if source.kind != "ordinal" or source.value == 1 or not _FIRST_HERE.search(case.lowered):
        return False
    return not _FIRST_THERE.search(case.source)


_FIRST_HERE: Final = re.compile(r"\b(?:the|its|in|on|at|for) first (?!time\b|\d)")
_FIRST_THERE: Final = re.compile("第[一1]|第 1|[首先初头率原]|最早|开创|前")


def _is_small_word(source: Quantity) -> bool:
    """两种, 三个: counts that a translator may leave out without loss."""
    return (
        source.kind in ("count", "ordinal")
        and isinstance(source.value, Decimal)
        and source.value <= 3
        and not any(char.isdigit() for char in source.text)
    )
