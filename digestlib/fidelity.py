"""English checked against the Chinese it came from: every figure, name and link, by rule.

`check` runs the rules one after another over the same two texts; each is one function from the
texts and their matched figures to findings. What cannot be said with certainty stays minor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib import comparisons, dating, english, naming, relations, swaps, verbatim
from digestlib.directions import changed_direction, changed_opposites
from digestlib.english_names import protected
from digestlib.findings import finding
from digestlib.matching import Match, fit, match
from digestlib.models import Finding, Quantity, Severity
from digestlib.quantities import find_quantities
from digestlib.units import UNITS, convert


class _Case(NamedTuple):
    """The two texts, their figures, and which stand for which."""

    source: str
    text: str
    complete: bool
    source_quantities: list[Quantity]
    text_quantities: list[Quantity]
    matches: list[Match]


def check(source: str, text: str, *, complete: bool = False) -> list[Finding]:
    """What a person should look at in `text`, an English rendering of the Chinese `source`.

    `complete` means that the text must carry every figure of the source. Critical and major
    findings want a person; `source_line` counts from 1 within `source`.
    """
    case = _align(source, text, complete=complete)
    relevant = [m for m in case.matches if m.source.kind != "date"]
    return [
        *verbatim.leftover_chinese(text),
        *verbatim.changed_protected(source, text, complete=complete),
        *naming.changed_names(source, text),
        *naming.changed_entities(source, text, complete=complete),
        *(naming.dropped_versions(source, text) if complete else ()),
        *dating.changed_dates(source, text, complete=complete),
        *_unmatched(case),
        *_approximate(case),
        *relations.changed_bounds(relevant, source, text),
        *relations.moved_bounds(relevant, source, text),
        *relations.changed_roles(relevant, source, text),
        *changed_direction(relevant, source, text),
        *changed_opposites(source, text),
        *comparisons.changed_rank(source, text),
        *comparisons.exchanged_names(source, text),
        *comparisons.turned_comparisons(relevant, source, text),
        *swaps.swapped_figures(case.matches, source, text),
        *naming.changed_languages(source, text),
        *relations.changed_periods(source, text),
    ]


def unsourced_figures(
    text: str, allowed: Sequence[Quantity]
) -> list[tuple[Quantity, Quantity | None]]:
    """Each figure typed in English with the source figure that says the same, or None."""
    figures = _english(text)
    matched = {m.target.id: m.source for m in match(allowed, figures, "", text)}
    return [(figure, matched.get(figure.id)) for figure in figures]


def _align(source: str, text: str, *, complete: bool) -> _Case:
    dated = dating.date_spans(source)
    theirs = [q for q in _figures(source, _line_there) if not _within(q, dated)]
    ours = _english(text)
    return _Case(source, text, complete, theirs, ours, match(theirs, ours, source, text))


def _english(text: str) -> list[Quantity]:
    """The figures of English text of any number of lines, with offsets into the whole text."""
    return _figures(text, _line_here)


def _figures(text: str, find: Callable[[str], tuple[Quantity, ...]]) -> list[Quantity]:
    """The figures of every line, numbered on, with offsets into the whole text."""
    lines = text.split("\n")
    if len(lines) == 1:
        return list(find(text))
    found: list[Quantity] = []
    offset = 0
    for number, line in enumerate(lines, 1):
        for q in find(line):
            place = {"start": q.start + offset, "end": q.end + offset, "line": number}
            found.append(q.model_copy(update=place | {"id": f"q{len(found) + 1}"}))
        offset += len(line) + 1
    return found


@lru_cache(maxsize=2048)
def _line_there(line: str) -> tuple[Quantity, ...]:
    """The figures of a line of the source; a line is cited by several claims, and read once."""
    return tuple(find_quantities(line))


@lru_cache(maxsize=2048)
def _line_here(line: str) -> tuple[Quantity, ...]:
    return tuple(english.find(line))


def _within(quantity: Quantity, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < quantity.end and quantity.start < end for start, end in spans)


# ---------------------------------------------------------------- figures that found no partner


def _unmatched(case: _Case) -> Iterator[Finding]:
    """A wrong or invented figure is critical; one that a translation leaves out is major."""
    ours = [t for t in case.text_quantities if all(t is not m.target for m in case.matches)]
    ours = [t for t in ours if not _is_explained(t, case)]
    covered = [m.source for m in case.matches]
    theirs = [s for s in case.source_quantities if all(s is not c for c in covered)]
    theirs = [
        s
        for s in theirs
        if not any(fit(s, t, case.source, case.text) for t in case.text_quantities)
    ]
    blamed: list[Quantity] = []
    for t in ours:
        s = min((s for s in theirs if s not in blamed), key=lambda s: _distance(s, t), default=None)
        if s is not None and _distance(s, t) >= _STRANGERS:
            s = None
        blamed += [s] if s is not None else []
        yield _wrong(s, t, case, sole=_is_sole(s, t, theirs, ours))
    for s in theirs if case.complete else ():
        if s not in blamed and not _is_said_otherwise(s, case):
            severity: Severity = "minor" if _is_small_word(s) else "major"
            yield finding(
                "dropped",
                severity,
                f"{s.text} is missing",
                span=(s.start, s.end),
                source=case.source,
            )


def _is_sole(
    source: Quantity | None, target: Quantity, theirs: list[Quantity], ours: list[Quantity]
) -> bool:
    """Whether one figure of this kind is left on either side, so that one can be proposed."""
    return source is not None and (
        sum(s.kind == source.kind for s in theirs) == 1
        and sum(t.kind == target.kind for t in ours) == 1
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


def _wrong(source: Quantity | None, target: Quantity, case: _Case, *, sole: bool) -> Finding:
    rules = ("unit", "scale", "value", "value")
    if source is None:
        rule, message = "invented", f"{target.text} is not in the source"
    else:
        rule = rules[_distance(source, target)]
        message = f"the source says {source.text}, not {target.text}"
    severity: Severity = "critical"
    if source is None and _may_be_counted(target, case):
        severity = "minor"
    return finding(
        rule,
        severity,
        message,
        target=(target.start, target.end),
        text=case.text,
        span=(source.start, source.end) if source else None,
        source=case.source,
        suggestion=source.english if source and sole else None,
    )


_NUMERALS: Final = {
    1: r"[一单首]",
    2: r"[两二双俩]|成对|配对|次优|次佳|其次",
    10: "十",
} | dict(enumerate("三四五六七八九", 3))
_HALF: Final = re.compile(r"半|一半|50%")
_DOUBLED: Final = {
    2: re.compile(r"翻倍|加倍|倍增|翻番|翻一番|翻了一[番倍]|一倍|双倍|成倍"),
    3: re.compile(r"[两二2]\s*倍|三倍"),
    4: re.compile(r"翻两番|翻了两番|[三3]\s*倍|四倍"),
}


def _is_explained(target: Quantity, case: _Case) -> bool:
    """Whether the source has a figure outside its own figures: in a name, a date, an idiom."""
    if target.kind == "date":
        return _has_year(target, case)
    if _stands_there(target, case):
        return True
    if not isinstance(target.value, Decimal):
        return False
    if target.kind == "multiplier" and (pattern := _DOUBLED.get(int(target.value))):
        return bool(pattern.search(case.source)) and target.bare[-1:].isalpha()
    if target.value == Decimal("0.5"):
        return bool(_HALF.search(case.source)) and target.unit == ""
    if target.unit:
        return _is_written_out(target, case.source)
    spans = [(s.start, s.end) for s in case.source_quantities if s.kind != "date"]
    apart = [(a, b) for _, a, b in protected(case.source)] + dating.date_spans(case.source)
    if target.value in _raw_values(case.source, spans + apart):
        return True
    signs = _NUMERALS.get(int(target.value)) if target.value == int(target.value) else None
    return signs is not None and any(
        not any(a <= found.start() < b for a, b in spans)
        for found in re.finditer(signs, case.source)
    )


def _stands_there(target: Quantity, case: _Case) -> bool:
    """Whether a figure is part of a formula or name that both have: R@1(IoU=0.5), 4.41 ± 0.06."""
    start = max(case.text.rfind(mark, 0, target.start) for mark in " \n\t") + 1
    word = re.match(r"\S{0,60}", case.text[start:])
    token = word[0].rstrip(".,;:!?") if word else ""
    if re.search(r"[A-Za-z]", token) and len(token) > len(target.bare) and token in case.source:
        return True
    digits = target.bare.lstrip("±+ ")
    return any("±" in s.text and digits in s.text.split("±")[1] for s in case.source_quantities)


def _is_written_out(target: Quantity, source: str) -> bool:
    """Whether the source has the measure in so many characters: 两周 for two weeks."""
    if target.unit not in UNITS or not isinstance(target.value, Decimal):
        return False
    number = rf"(?<![\d.]){re.escape(f'{target.value:f}')}"
    signs = _NUMERALS.get(int(target.value)) if target.value == int(target.value) else None
    units = "|".join(map(re.escape, UNITS[target.unit].chinese))
    return bool(units and re.search(rf"(?:{number}|{signs or number})\s?(?:{units})", source))


def _has_year(target: Quantity, case: _Case) -> bool:
    years = re.findall(r"(?:19|20)\d\d", target.text)
    return all(re.search(rf"(?<!\d){year}(?!\d)", case.source) for year in years)


_RAW: Final = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?:([KkMBT])(?![A-Za-z])|\s?([万亿千百]))?"
)
_POWERS: Final = {"k": 3, "m": 6, "b": 9, "t": 12, "百": 2, "千": 3, "万": 4, "亿": 8}


def _raw_values(text: str, spans: Sequence[tuple[int, int]]) -> set[Decimal]:
    """What the digits outside the given spans say, whatever they are part of."""
    values = set()
    for found in _RAW.finditer(text):
        if not any(a < found.end() and found.start() < b for a, b in spans):
            power = _POWERS.get((found[2] or found[3] or "").lower(), 0)
            values.add(Decimal(found[1].replace(",", "")) * 10**power)
    return values


_ANAPHORA: Final = re.compile(
    r"\b(?:the|these|those|all|its|their|both|other|last|first|of|into|as|in)(?: \w+)? $",
    re.IGNORECASE,
)


def _may_be_counted(target: Quantity, case: _Case) -> bool:
    """Whether a small count may be the translator's own: `the two models`, a list of three."""
    if target.kind != "count" or not isinstance(target.value, Decimal) or target.value > 10:
        return False
    if any(char.isdigit() for char in target.text):
        return False
    before = case.text[max(0, target.start - 24) : target.start]
    if re.search(r"\b(?:the|these|those|all|both|its|their) $", before, re.IGNORECASE):
        return True
    lists = re.findall(r"[^，。；：,;:\s]+(?:、[^，。；：,;:、]+)+", case.source)
    sizes = {len(re.split(r"、|和|与|以及|及", found)) for found in lists}
    return int(target.value) in sizes or bool(_ANAPHORA.search(before) and lists)


_SAID: Final = {
    Decimal(2): r"both|pair\w*|dual|twin|double|bi-?\w+|binary|two\w*|twice|half|either|second\w*",
    Decimal(3): r"triple\w*|tri-?\w+|three\w*|third\w*",
    Decimal(4): r"quad\w*|four\w*",
    Decimal("0.5"): r"half|halv\w+|50",
}


def _is_said_otherwise(source: Quantity, case: _Case) -> bool:
    """Whether a figure that found no partner is there all the same: in a name, as `both`."""
    if source.kind == "measure" and _is_a_unit(source, case.text):
        return True
    if source.kind == "date":
        return _year_in(source, case.text)
    if source.value in (Decimal(1), Decimal(0)) and source.kind != "measure":
        return True
    spans = [(t.start, t.end) for t in case.text_quantities]
    if not source.unit and source.value in _raw_values(_loose(case.text), spans):
        return True
    words = _SAID.get(source.value) if isinstance(source.value, Decimal) else None
    return bool(words and re.search(rf"\b(?:{words})\b", case.text, re.IGNORECASE))


def _is_a_unit(source: Quantity, text: str) -> bool:
    """Whether English says the measure as `a day`, `an hour`, `a minute`."""
    if not isinstance(source.value, Decimal) or source.unit not in UNITS:
        return False
    same = [
        unit
        for unit in UNITS.values()
        if unit.kind == UNITS[source.unit].kind
        and unit.factor == convert(source.value, source.unit)
    ]
    words = "|".join(re.escape(name) for unit in same for name in unit.english)
    return bool(words and re.search(rf"\b(?:an?|per|one|each) (?:{words})\b", text))


def _loose(text: str) -> str:
    """The text with letters and hyphens in front of numbers blanked, so that V2 has a 2."""
    return re.sub(r"[A-Za-z-](?=\d)", " ", text)


def _year_in(source: Quantity, text: str) -> bool:
    return all(year in text for year in re.findall(r"\d{4}", source.text))


def _is_small_word(source: Quantity) -> bool:
    """两种, 三个: counts that a translator may leave out without loss."""
    return (
        source.kind in ("count", "ordinal")
        and isinstance(source.value, Decimal)
        and source.value <= 3
        and not any(char.isdigit() for char in source.text)
    )


def _approximate(case: _Case) -> Iterator[Finding]:
    """Rounded or converted figures are told, as minor."""
    for s, t, grade in case.matches:
        if grade == "same":
            continue
        rule = "rounding" if grade == "rounded" else "conversion"
        yield finding(
            rule,
            "minor",
            f"{t.text} for {s.text}",
            target=(t.start, t.end),
            text=case.text,
            span=(s.start, s.end),
            source=case.source,
        )
