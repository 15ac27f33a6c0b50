"""Figures without a partner: wrong, invented or left out, or there in other words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import NUMERALS, Case
from digestlib.fidelity.derived import derived_from
from digestlib.fidelity.editions import unprotected
from digestlib.fidelity.findings import finding
from digestlib.fidelity.fitting import fit
from digestlib.fidelity.magnitudes import magnitude
from digestlib.fidelity.matching import neighbours
from digestlib.fidelity.occurrences import occurs
from digestlib.fidelity.tallies import counts_up, may_be_counted
from digestlib.fidelity.versions import has_version
from digestlib.models import Finding, Quantity, Severity
from digestlib.quantities.english_names import names
from digestlib.quantities.units import UNITS, convert


def unmatched_figures(case: Case) -> Iterator[Finding]:
    """A wrong or invented figure is critical; one that a translation leaves out is major."""
    if not case.unmatched_text and not case.complete:
        return
    ours = case.unmatched_text
    ours = [t for t in ours[:MANY] if not _is_explained(t, case)] + ours[MANY:]
    bases = {t.id: derived_from(t, case) for t in ours}
    ours = [t for t in ours if not bases[t.id]]
    theirs = [
        s
        for s, nearby in neighbours(case.text_quantities, case.unmatched_source)
        if not any(fit(s, t, case.source, case.text) for t in nearby)
    ]
    left = Counter(s.kind for s in theirs), Counter(t.kind for t in ours)
    blamed = {id(q) for basis in bases.values() for q in basis}
    everywhere = neighbours(case.source_quantities, ours)
    for (t, nearby), (_, around) in zip(neighbours(theirs, ours), everywhere, strict=True):
        s = min(
            (s for s in nearby if id(s) not in blamed), key=lambda s: _distance(s, t), default=None
        )
        if s is not None and _distance(s, t) >= _STRANGERS:
            s = None
        if s is not None:
            blamed.add(id(s))
        if (meant := _meant(t, around)) and (s is None or _distance(s, t) > 1):
            yield _wrong(meant, t, case, sole=True)
            continue
        sole = s is not None and (
            left[0][s.kind] == left[1][t.kind] == 1 or _is_only_one_alike(s, t, theirs, ours)
        )
        yield _wrong(s, t, case, sole=sole)
    for s in theirs if case.complete else ():
        if id(s) not in blamed and not _is_said_otherwise(s, case):
            severity: Severity = "minor" if _is_small_word(s) else "major"
            yield finding(
                case,
                "dropped",
                severity,
                f"{s.text} is missing",
                span=(s.start, s.end),
            )


MANY: Final = 200
"""So many figures without a partner are looked for in other words; a text with more is no rendering."""


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


_EACH: Final = {Decimal(100): "百(?!万)", Decimal(1000): "千(?!万)", Decimal(10**6): "百万"}
"""What shares and prices are told of: 每千次 is per thousand, or of every thousand."""
_HALF: Final = re.compile(r"半|腰斩|对折|50%")
_DOUBLED: Final = {
    2: re.compile(r"翻倍|加倍|倍增|翻番|翻一番|翻了一[番倍]|一倍|双倍|成倍"),
    3: re.compile(r"[两二2]\s*倍|三倍"),
    4: re.compile(r"翻两番|翻了两番|[三3]\s*倍|四倍"),
}


def _is_explained(target: Quantity, case: Case) -> bool:
    """Whether the source has a figure outside its own figures: in a name, a date, an idiom."""
    if target.kind == "date":
        return _has_year(target, case)
    if _SIZE.fullmatch(target.bare) and _has(
        rf"-{re.escape(target.bare)}(?![A-Za-z\d])", case.source
    ):
        return True
    if _TOP_HERE.match(target.text) and _TOP_N.search(case.source):
        return False
    if _DIMENSIONS.match(case.text, target.end):
        return _has(rf"(?<![A-Za-z\d]){target.value}\s?-?[Dd](?![A-Za-z\d])", case.source)
    if _stands_there(target, case) or _is_quarter(target, case) or _is_version(target, case):
        return True
    if target.kind == "fraction" and target.bare.startswith("1/"):
        return _has(rf"[A-Za-z]{target.bare[1:]}(?!\d)", case.source)
    if not isinstance(target.value, Decimal):
        return False
    if target.kind == "multiplier" and (pattern := _DOUBLED.get(int(target.value))):
        return bool(pattern.search(case.source)) and target.bare[-1:].isalpha()
    if target.value == Decimal("0.5"):
        return bool(_HALF.search(case.source)) and target.unit == ""
    if target.unit:
        devices = target.unit == "s" and _DEVICES.fullmatch(target.text)
        if devices and _has(rf"(?<!\d){devices[1]}(?!\d)", case.source):
            return True
        return _is_written_out(target, case.source)
    if target.value in case.stray_values or counts_up(target, case):
        return True
    if (each := _EACH.get(target.value)) and _has(rf"每\s?(?:{each})", case.source):
        return True
    return target.value in case.numerals


_SIZE: Final = re.compile(r"\d+(?:\.\d+)?[BM]")
"""The sizes of a model, 4B and 30B, of which the source has the names: Qwen3-4B."""
_DIMENSIONS: Final = re.compile(r"[- ]dimension")
"""A six-dimensional pose, for 6D."""
_TOP_HERE: Final = re.compile(r"top[- ]", re.IGNORECASE)
_TOP_N: Final = re.compile(r"[Tt][Oo][Pp][- ]?[A-Za-z]\b")
"""The N of Top-N stands for any number, and for none in particular."""
_DEVICES: Final = re.compile(r"(\d{4})s")
"""Eight 4090s."""


def _is_quarter(target: Quantity, case: Case) -> bool:
    """The third quarter of 2024, where the source says Q3."""
    named = case.text.startswith(" quarter", target.end) and target.kind == "ordinal"
    return named and re.search(rf"Q{target.value}(?!\d)", case.source) is not None


_VERSION: Final = re.compile(r"\b(?:version|release|ver\.?|v)[ *]*$", re.IGNORECASE)


def _is_version(target: Quantity, case: Case) -> bool:
    """Version 3 where the source says v3; 1.2 also alone, as the name of the release."""
    named = _VERSION.search(case.text[max(0, target.start - 12) : target.start])
    return bool(
        (named or "." in target.bare) and not target.unit and has_version(target.bare, case.source)
    )


def _stands_there(target: Quantity, case: Case) -> bool:
    """Whether a figure is part of a formula or name that both have: R@1(IoU=0.5), 4.41 ± 0.06."""
    low = max(0, target.start - 60)
    start = max(case.text.rfind(mark, low, target.start) for mark in " \n\t") + 1
    word = re.match(r"\S{0,60}", case.text[start : start + 60])
    token = word[0].rstrip(".,;:!?") if word else ""
    if re.search(r"[A-Za-z]", token) and len(token) > len(target.bare) and token in case.source:
        return True
    digits = target.bare.lstrip("±+ ")
    return any(digits in margin for margin in case.margins)


def _is_written_out(target: Quantity, source: str) -> bool:
    """Whether the source has the measure in so many characters: 两周 for two weeks."""
    if target.unit not in UNITS or not isinstance(target.value, Decimal):
        return False
    number = rf"(?<![\d.]){re.escape(f'{target.value:f}')}"
    signs = NUMERALS.get(int(target.value)) if target.value == int(target.value) else None
    units = "|".join(map(re.escape, UNITS[target.unit].chinese))
    return bool(units and re.search(rf"(?:{number}|{signs or number})\s?(?:{units})", source))


def _has_year(target: Quantity, case: Case) -> bool:
    years = re.findall(r"(?:19|20)\d\d", target.text)
    return all(re.search(rf"(?<!\d){year}(?!\d)", case.source) for year in years)


_SCALES: Final = {
    1: r"\b[Ss]cores of [a-z]",
    2: "hundred",
    3: "thousand",
    6: "million",
    9: "billion",
    12: "trillion",
}
_SAID: Final = {
    Decimal(2): r"both|pair\w*|dual|twin|double|bi-?\w+|binary|two\w*|twice|half|either|second\w*",
    Decimal(3): r"triple\w*|tri-?\w+|three\w*|third\w*",
    Decimal(4): r"quad\w*|four\w*",
    Decimal(10): r"single-digit",
    Decimal("0.5"): r"half|halv\w+|50",
}


def _is_said_otherwise(source: Quantity, case: Case) -> bool:
    """Whether a figure that found no partner is there all the same: in a name, as `both`."""
    if source.text.startswith("$") and source.text in case.text:
        return True
    if _is_in_a_name(source, case):
        return True
    if source.kind == "measure" and _is_a_unit(source, case.text):
        return True
    if source.kind == "date":
        return _year_in(source, case.text)
    if source.value == 0 and source.kind == "percent":
        return _has(_NONE, case.text)
    shared = source.kind in ("measure", "percent", "percentage_points")
    if source.value in (Decimal(1), Decimal(0)) and not shared:
        return True
    if not source.unit and source.value in case.stray_text_values:
        return True
    if source.kind == "magnitude" and _has(_SCALES.get(magnitude(source) or 0, "$^"), case.text):
        return True
    words = _SAID.get(source.value) if isinstance(source.value, Decimal) else None
    return bool(words and _has(rf"(?i:\b(?:{words})\b)", case.text))


_NONE: Final = (
    r"(?i)\b(?:no|not|none|nil|zero|never|nothing|nobody|neither|without|free|fail\w*|eliminat\w*|"
    r"all|every|any|perfect\w*|disappear\w*|vanish\w*)\b|n['’]t\b"
)
"""How English says 0%."""


def _is_in_a_name(source: Quantity, case: Case) -> bool:
    """Whether the figure is the number of a name that English has as well: vLLM 0.8."""
    named = names(unprotected(case.source))
    before = bisect_left(named, source.start, key=lambda name: name.start)
    name = named[before - 1] if before else None
    return name is not None and source.end <= name.end and occurs(name.text, case.text)


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
    return bool(
        words
        and _has(
            rf"\b(?:an?|per|one|each|every)(?: single| full| whole| mere)? (?:{words})\b", text
        )
    )


@lru_cache(maxsize=1024)
def _has(pattern: str, text: str) -> bool:
    """Whether the text has it; the same is asked for each figure of a value."""
    return re.search(pattern, text) is not None


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
