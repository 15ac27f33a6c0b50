"""Which English figure stands for which Chinese one: the best fitting, each used once before twice."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.fidelity.compounds import COMPOUND, numbers_of, shares
from digestlib.fidelity.fitting import fit
from digestlib.fidelity.values import Grade
from digestlib.models import Quantity
from digestlib.quantities.units import UNITS, convert


class Match(NamedTuple):
    """An English figure and the Chinese one it stands for."""

    source: Quantity
    target: Quantity
    grade: Grade


def match(
    source: Sequence[Quantity], target: Sequence[Quantity], source_text: str = "", text: str = ""
) -> list[Match]:
    """The figures that stand for each other: exact readings first, then ranges, then rounded ones.

    A figure of the source is told twice only where nothing else is left for the second.
    """
    if not source or not target:
        return []
    exact: tuple[Grade, ...] = ("same", "converted")
    found = _best(source, target, source_text, text, exact)
    free, left = _unused(found, source, target)
    if not left:
        return found
    found += _split_ranges(free, left, source, source_text, text)
    _, left = _unused(found, source, target)
    found += _best(source, left, source_text, text, exact, found) if left else ()
    free, left = _unused(found, source, target)
    found += _added_up(free, left) if left and free else ()
    free, left = _unused(found, source, target)
    found += _best(free, left, source_text, text, ("rounded",))
    _, left = _unused(found, source, target)
    return found + (_best(free, left, source_text, text, ("rounded",), found) if left else [])


def _unused(
    found: Sequence[Match], source: Sequence[Quantity], target: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """The Chinese and the English figures that stand for nothing yet."""
    used = {id(q) for m in found for q in (m.source, m.target)}
    return [s for s in source if id(s) not in used], [t for t in target if id(t) not in used]


def _best(
    source: Sequence[Quantity],
    target: Sequence[Quantity],
    source_text: str,
    text: str,
    grades: tuple[Grade, ...],
    told: Sequence[Match] = (),
) -> list[Match]:
    """For each English figure the best fitting Chinese one, once, or again where some are told already."""
    there, here = _occurrences(source), _occurrences(target)
    options = [
        (
            (
                grades.index(grade),
                s.bound != t.bound,
                s.kind != t.kind,
                _apart(there.get(id(s), _ONCE), here.get(id(t), _ONCE)),
                abs(s.start * len(text) - t.start * len(source_text)),
            ),
            Match(s, t, grade),
        )
        for t, nearby in neighbours(source, target)
        for s in nearby
        if (grade := fit(s, t, source_text, text)) in grades
    ]
    options.sort(key=lambda option: option[0])
    found: list[Match] = []
    used: set[int] = set()
    again = {id(m.source) for m in told}
    for _, option in options:
        if {id(option.source), id(option.target)} & used:
            continue
        if id(option.source) in again and _are_unlike(option, source_text, text):
            continue
        found.append(option)
        used |= {id(option.target)} if told else {id(option.source), id(option.target)}
    return found


def _are_unlike(option: Match, source_text: str, text: str) -> bool:
    """Whether only one of the two says the how manieth, or four cards are told for 4 bits."""
    s, t = option.source, option.target
    if s.kind == "measure" and t.kind == "count" and _CARDS.match(text, t.end):
        return True
    return _is_numbered(s, source_text) != _is_numbered(t, text)


_CARDS: Final = re.compile(
    r"[* ]+(?:(?:NVIDIA|Nvidia|AMD|Huawei|GeForce|Ascend|Tesla|RTX|GTX|[AHBVL]\d{1,3})[ -]?[\w-]*|(?:consumer )?(?:GPU|graphics card|card|chip)s?)\b"
)


def _is_numbered(figure: Quantity, text: str) -> bool:
    """Whether a figure says the how manieth: stage 3 is none of the three stages told besides."""
    return figure.kind == "ordinal" or bool(
        _NUMBER_OF.search(text[max(0, figure.start - 12) : figure.start])
    )


_NUMBER_OF: Final = re.compile(
    r"(?i:\b(?:stage|phase|version|step|level|round|part|term|figure|fig\.|table|tier|chapter|layer|group|experiment|no\.))[ *]*\Z|"
    r"(?:阶段|版本|步骤|级别|实验|表|图|第)\s*\Z"
)


_ONCE: Final = (0, 1)


def _occurrences(figures: Sequence[Quantity]) -> dict[int, tuple[int, int]]:
    """For each figure, the how manieth of how many of that value it is; nothing where all differ."""
    if len(figures) == 1:
        return {}
    values = [(str(q.value), q.unit) for q in figures]
    if len(set(values)) == len(values):
        return {}
    total, seen = Counter(values), Counter[tuple[str, str]]()
    found = {}
    for q, value in zip(figures, values, strict=True):
        found[id(q)] = seen[value], total[value]
        seen[value] += 1
    return found


def _apart(there: tuple[int, int], here: tuple[int, int]) -> int:
    """Of two equal figures in both texts the first is likely the first."""
    return abs(there[0] - here[0]) if there[1] == here[1] else 0


NEAR: Final = 50
"""In a long text a figure is looked for among so many on either side of its place, …"""
SEEN: Final = 20_000
"""… and among more where few are looked for: so many for all of them."""


def neighbours(
    source: Sequence[Quantity], target: Sequence[Quantity]
) -> Iterator[tuple[Quantity, Sequence[Quantity]]]:
    """Each figure of one text with those of the other that may be meant: all, but for long texts."""
    reach = max(NEAR, SEEN // max(1, len(target)))
    for index, t in enumerate(target):
        place = index * len(source) // len(target)
        yield t, source[max(0, place - reach) : place + reach]


def _split_ranges(
    free: Sequence[Quantity],
    left: Sequence[Quantity],
    source: Sequence[Quantity],
    source_text: str,
    text: str,
) -> list[Match]:
    """A range said as two figures stands for them, and the other way round."""
    found: list[Match] = []
    for ranged, nearby in neighbours(left, free):
        for ends in (_ends(ranged), *_parts(ranged), *_apiece(ranged, nearby, text)):
            picked = _each(ends, nearby, lambda end, t: _fit_end(end, t, source_text, text))
            if picked and (ranged.kind != "ratio" or _is_in_order(picked)):
                found += [Match(ranged, t, "same") for t in picked]
                break
    for ranged, nearby in neighbours(source, left):
        ends = _ends(ranged) or _percentages(ranged)
        chosen = _each(ends, nearby, lambda end, s: fit(s, end))
        found += [Match(s, ranged, "same") for s in chosen]
    return found


def _fit_end(end: Quantity, t: Quantity, source_text: str, text: str) -> Grade | None:
    """How a figure stands for one end of a range; 50 cents and two dollars stand for 0.5～2 美元."""
    grade = fit(end, t, source_text, text)
    return "same" if grade == "converted" and end.kind == t.kind == "measure" else grade


def _added_up(free: Sequence[Quantity], left: Sequence[Quantity]) -> Iterator[Match]:
    """2 小时 40 分 told as 160 minutes, or the other way round."""
    for one, other in itertools.pairwise(free):
        for t in left if (whole := _sum(one, other)) else ():
            if (
                t.unit in UNITS
                and isinstance(t.value, Decimal)
                and whole == convert(t.value, t.unit)
            ):
                yield from (Match(part, t, "converted") for part in (one, other))
    for one, other in itertools.pairwise(left):
        for s in free if (whole := _sum(one, other)) else ():
            if (
                s.unit in UNITS
                and isinstance(s.value, Decimal)
                and whole == convert(s.value, s.unit)
            ):
                yield from (Match(s, part, "converted") for part in (one, other))


def _sum(one: Quantity, other: Quantity) -> Decimal | None:
    """A time in two units that stand side by side, in seconds."""
    if not (isinstance(one.value, Decimal) and isinstance(other.value, Decimal)):
        return None
    if other.start - one.end > len(" and ") or one.unit == other.unit:
        return None
    units = UNITS.get(one.unit), UNITS.get(other.unit)
    timed = all(unit is not None and unit.kind == "time" for unit in units)
    return convert(one.value, one.unit) + convert(other.value, other.unit) if timed else None


def _each(
    ends: Sequence[Quantity],
    figures: Sequence[Quantity],
    grade: Callable[[Quantity, Quantity], Grade | None],
) -> list[Quantity]:
    """A figure of its own for each end, or none at all."""
    picked: list[Quantity] = []
    for end in ends:
        fitting = [q for q in figures if grade(end, q) == "same"]
        fresh = [q for q in fitting if all(q is not p for p in picked)]
        picked += fresh[:1]
    return picked if len(picked) == len(ends) else []


def _ends(ranged: Quantity) -> list[Quantity]:
    """Both ends of a range as figures; 873 of 1,000 and 215/244 may be told as two counts."""
    parted = ranged.kind in ("out_of", "dimension") or (
        ranged.kind == "fraction" and "/" in ranged.text
    )
    if ranged.kind in COMPOUND and not parted:
        return []
    values = numbers_of(ranged) if parted else ranged.value
    if not isinstance(values, tuple):
        return []
    kind = "count" if parted else ranged.kind
    return [ranged.model_copy(update={"value": value, "kind": kind}) for value in values]


def _is_in_order(figures: Sequence[Quantity]) -> bool:
    """Whether the parts of a ratio are told as it has them: nobody knows whose another order is."""
    return all(a.end <= b.start for a, b in itertools.pairwise(figures))


def _parts(ranged: Quantity) -> Iterator[list[Quantity]]:
    """3:5:2 as three, five and two parts, or as 30, 50 and 20%; 1:4 as four for each."""
    parts = numbers_of(ranged) if ranged.kind == "ratio" else ()
    counted: dict[str, str] = {"kind": "count", "unit": ""}
    percent: dict[str, str] = {"kind": "percent", "unit": "%"}
    each = [part for part in parts if part != 1] if len(parts) == 2 else []
    for values, kind in ((parts, counted), (shares(parts), percent), (each, counted)):
        if values and (values is not each or len(each) == 1):
            yield [ranged.model_copy(update={**kind, "value": value}) for value in values]


def _apiece(ranged: Quantity, figures: Sequence[Quantity], text: str) -> Iterator[list[Quantity]]:
    """8:1:1 as eighty percent, and ten percent each."""
    if any(_EACH.match(text, figure.end) for figure in figures):
        for parts in _parts(ranged):
            yield list({part.value: part for part in parts}.values())


_EACH: Final = re.compile(r"[*]* (?:\w+ )?(?:each|apiece)\b")


def _percentages(ranged: Quantity) -> list[Quantity]:
    """80/10/10 as three percentages."""
    parts = numbers_of(ranged)
    if ranged.kind != "ratio" or sum(parts) != 100:
        return []
    percent = {"kind": "percent", "unit": "%"}
    return [ranged.model_copy(update=percent | {"value": part}) for part in parts]
