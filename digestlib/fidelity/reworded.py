"""Chinese figures that English has in other words: both, half, a day, the number of a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.clocks import is_told, times_here, times_there
from digestlib.fidelity.compounds import numbers_of, share
from digestlib.fidelity.editions import unprotected
from digestlib.fidelity.magnitudes import magnitude
from digestlib.fidelity.occurrences import has, occurs
from digestlib.fidelity.values import PLAIN
from digestlib.fidelity.verbatim import SUPERSCRIPTS, plain
from digestlib.models import Quantity
from digestlib.quantities.english_names import names
from digestlib.quantities.units import UNITS


def is_reworded(source: Quantity, case: Case) -> bool:
    """Whether a figure that found no partner is there all the same: in a name, as `both`."""
    if "$" in source.text and all(part in case.text for part in _formulas(source.text)):
        return True
    if source.text.startswith("第四") and has(r"(?i)\b(?:last|final) quarter\b", case.text):
        return True
    if source.text != source.text.translate(SUPERSCRIPTS) and plain(source.bare) in plain(
        case.text
    ):
        return True
    if _is_part(source, case) or _is_in_a_name(source, case) or _is_a_unit(source, case.text):
        return True
    if source.kind == "date":
        years = re.findall(r"\d{4}", source.text)
        return all(year in case.text or has(rf"\d[-–/]{year[2:]}\b", case.text) for year in years)
    if source.unit in ("s", "min", "h") and has(_clocked(source), case.text):
        return True
    if _is_an_hour(source, case):
        return True
    if source.kind == "ratio" and has(
        "[-–]".join(map(str, numbers_of(source))) or "(?!)", case.text
    ):
        return True
    if source.kind == "ordinal" and has(r"百分位|分位", case.source[source.end : source.end + 4]):
        return has(rf"\b[Pp]{source.value}\b", case.text)
    if (
        source.unit == "×"
        and source.value is None
        and has(r"(?i)\b(?:several|many)-?fold\b", case.text)
    ):
        return True
    if source.value == _HALF and has(r"(?i)\bfifty-fifty\b|\b50[:/-]50\b", case.text):
        return True
    if source.kind == "ratio" and len(set(numbers_of(source))) == 1:
        return has(r"(?i)\b(?:even\w*|equal\w*|half|halves|fifty-fifty|50[/-]50)\b", case.text)
    if source.value == _HALF / 2 and source.kind == "fraction" and has(_QUARTERED, case.text):
        return True
    if source.value == _HALF and source.bound in ("over", "at_least"):
        return has(r"(?i)\b(?:majority|most)\b", case.text)
    if _is_time_of_day(source, case):
        return True
    if source.value == _A_PAIR and source.unit == "week" and has(_FORTNIGHTLY, case.text):
        return True
    if case.source.endswith(("每隔", "每隔 "), 0, source.start) and has(_EVERY_OTHER, case.text):
        return source.value == 1
    if source.value is None and source.text.endswith("级") and source.unit in UNITS:
        words = "|".join(name for name in UNITS[source.unit].english if len(name) > _SYMBOL)
        return has(rf"(?i)\b(?:sub-?)?(?:{words})", case.text)
    if source.value is None and source.text[0] in "数几多" and source.unit in UNITS:
        plural = "|".join(word for word in UNITS[source.unit].english if word.endswith("s"))
        return bool(plural) and has(rf"(?i)\b(?:{plural})\b", case.text)
    if source.value == 0 and source.kind == "percent":
        return has(_NONE, case.text)
    if source.value in _EACH and _EACH_THERE.search(
        case.source, max(0, source.start - 6), source.start
    ):
        return has(_EACH[source.value], case.text)
    if case.source[max(0, source.start - 2) : source.start].strip() == "每" and _is_a_share(
        source, case
    ):
        return True
    if _is_all_but_one(source, case):
        return True
    if source.value in (Decimal(1), Decimal(0)) and source.kind not in _NEVER_LEFT_OUT:
        return True
    if not source.unit and source.value in case.stray_text_values:
        numbered = rf"(?:[Qv#]|No\. ?|[a-z][ -]){source.value}(?!\d|\.\d)"
        return source.kind != "ordinal" or has(numbered, case.text)
    if source.kind == "magnitude" and has(_SCALES.get(magnitude(source), "(?!)"), case.text):
        return True
    if case.source.startswith(("像素", " 像素"), source.end) and "megapixel" in case.lowered:
        return source.value in (None, 10**6)
    said = _WORDS.get(source.value) if isinstance(source.value, Decimal) else None
    return said is not None and has(rf"(?i:\b(?:{said})\b)", case.text)


_HALF: Final = Decimal("0.5")
_SYMBOL: Final = 3
_QUARTERED: Final = r"(?i)\bquarter(?:s|ed|ing)\b(?! of)"
_A_PAIR: Final = 2
_EVERY_OTHER: Final = r"(?i)\bevery (?:other|second)\b"
_FORTNIGHTLY: Final = r"(?i)\b(?:fortnightly|bi-?weekly|every other week|every second week)\b"


def _formulas(told: str) -> list[str]:
    """What stands between the dollar signs, of a range of two formulas either one."""
    return [part.strip("$ ") for part in re.split("[到至~～–—]", told[told.index("$") :])]


def _is_time_of_day(source: Quantity, case: Case) -> bool:
    """20 点 told as 8 p.m."""
    told = times_here(case.text)
    return bool(told) and is_told(source.start, times_there(case.source), told)


def _is_a_share(source: Quantity, case: Case) -> bool:
    """每 6 名中有 1 名 as a sixth."""
    if not isinstance(source.value, Decimal):
        return False
    parts = filter(None, map(share, case.text_quantities))
    return any(abs(part * source.value - 1) < Decimal("1e-6") for part in parts)


def _is_all_but_one(source: Quantity, case: Case) -> bool:
    """Seven, of eight reviewers of whom all but one agree."""
    if not isinstance(source.value, Decimal) or not has(_ALL_BUT_ONE, case.text):
        return False
    return any(q.value == source.value + 1 for q in case.source_quantities[:_MANY])


_ALL_BUT_ONE: Final = r"(?i:\ball (?:but|except) one\b)"
_MANY: Final = 20
"""Nobody says so of one among more figures."""


_EACH_THERE: Final = re.compile(r"每[^，。；\d]{0,4}\Z")
_EACH: Final[dict[object, str]] = {
    Decimal(100): "hundred|100|%|percent",
    Decimal(1000): r"thousand|/ ?[Kk]\b",
    Decimal(10**6): r"million|/ ?M\b",
}
"""Per thousand for 每 1,000."""
_NONE: Final = (
    r"(?i)\b(?:no|not|none|nil|zero|never|nothing|nobody|neither|without|free|fail\w*|eliminat\w*|"
    r"all|every|any|perfect\w*|disappear\w*|vanish\w*)\b|n['’]t\b"
)
"""How English says 0%."""
_NEVER_LEFT_OUT: Final = frozenset({"measure", "percent", "percentage_points"})
"""Kinds of which a translator leaves out no 1, as of one model."""
_SCALES: Final[dict[int | None, str]] = {
    1: r"\b[Ss]cores of [a-z]",
    2: "[Hh]undred",
    3: "[Tt]housand",
    6: r"[Mm]illion|/ ?M\b|per M\b",
    9: r"(?<!hundred[ -])(?<!ten[ -])[Bb]illion",
    12: "[Tt]rillion",
}
_WORDS: Final = {
    Decimal(
        2
    ): r"both|pair\w*|dual|twin|double|bi-\w+|bi(?:lingual|modal|directional|manual|annual|lateral)\w*|binary|two\w*|twice|half|either|second\w*",
    Decimal(3): r"triple\w*|tri-?\w+|three\w*|third\w*",
    Decimal(4): r"quad\w*|four\w*",
    Decimal(10): r"single-digit",
    Decimal("0.5"): r"half|halv\w+|50",
    Decimal(50): r"half|halv\w+",
}


def _clocked(source: Quantity) -> str:
    """4 分 45 秒 as 4:45."""
    value = f"{source.value}"
    return rf"(?<![\d:]){value}:\d\d(?!\d)|(?<!\d)\d{{1,3}}:{value.zfill(2)}(?!\d)"


def _is_an_hour(source: Quantity, case: Case) -> bool:
    """Whether English has an hour of the day: 06:00, 6 a.m., midnight."""
    if source.unit or "点" not in case.source[source.end : source.end + 2]:
        return False
    hour = f"{source.value}"
    word = {"0": "|midnight", "12": "|noon|midday", "24": "|midnight"}.get(hour, "")
    return has(rf"(?i)\b0?{re.escape(hour)}(?::00| ?[ap]\.?m\b| o['’]clock){word}", case.text)


def _is_part(source: Quantity, case: Case) -> bool:
    """Whether English tells a figure with another one, as part or whole: 24 out of 30, 24 of 30."""
    if source.kind == "fraction" and "/" in source.text:
        part, whole = source.text.replace(" ", "").split("/")[:2]
        return has(
            rf"(?<!\d){re.escape(part)} (?:out )?of (?:the |all )?{re.escape(whole)}\b", case.text
        )
    plain = source.kind in PLAIN and not source.unit
    return plain and any(
        source.value in numbers_of(q) for q in case.text_quantities if q.kind in _PARTED
    )


_PARTED: Final = frozenset({"out_of", "fraction"})


def _is_in_a_name(source: Quantity, case: Case) -> bool:
    """Whether the figure is the number of a name, vLLM 0.8, or stands behind one: Codex 12."""
    if f"{source.value}" in _numbers_of_names(case.text, case.source):
        return True
    named = names(unprotected(case.source))
    before = bisect_left(named, source.start, key=lambda name: name.start)
    name = named[before - 1] if before else None
    return name is not None and source.end <= name.end and occurs(name.text, case.text)


@lru_cache(maxsize=64)
def _numbers_of_names(text: str, source: str) -> frozenset[str]:
    """The last words of the English names that the source has otherwise: v1.2 for 第 1.2 版."""
    return frozenset(
        name.text.rpartition(" ")[2] for name in names(text) if name.text not in source
    )


def _is_a_unit(source: Quantity, text: str) -> bool:
    """Whether English says the measure as `a day`, `an hour`, `a minute`."""
    unit = UNITS.get(source.unit)
    if unit is None or not isinstance(source.value, Decimal):
        return False
    size = source.value * unit.factor
    same = [other for other in UNITS.values() if (other.kind, other.factor) == (unit.kind, size)]
    words = "|".join(re.escape(name) for other in same for name in other.english)
    if source.value == 1 and source.unit in _ONE_OF:
        words = _ONE_OF[source.unit]
    one = "(?:an?|per|one|each|every|past|last|previous|first)(?: single| full| whole| entire| solid| complete| mere| extra| additional| further| more)?"
    daily = _EVERY.get(same[0].symbol, "(?!)") if same else "(?!)"
    return bool(words) and has(rf"\b(?i:{one}) (?:{words})\b|\b(?i:{daily})\b", text)


_ONE_OF: Final = {"pp": "(?:percentage )?point", "°C": "degree"}
_EVERY: Final = {
    "h": "hourly",
    "d": "daily",
    "week": "weekly",
    "month": "monthly",
    "year": "yearly|annual(?:ly)?",
}
