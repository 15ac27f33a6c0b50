"""English figures that the Chinese has outside its own figures: in a name, a date, an idiom."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.clocks import is_told, times_here, times_there
from digestlib.fidelity.compounds import numbers_of, share
from digestlib.fidelity.in_words import EACH, is_in_words, is_one_of
from digestlib.fidelity.magnitudes import magnitude
from digestlib.fidelity.occurrences import has
from digestlib.fidelity.splits import is_split
from digestlib.fidelity.versions import has_version
from digestlib.models import Quantity
from digestlib.quantities.english_names import protected


def is_explained(target: Quantity, case: Case) -> bool:
    """Whether the source has a figure outside its own figures: in a name, a date, an idiom."""
    if target.kind == "date":
        return _has_year(target, case.source)
    if _is_a_number_of_a_list(target, case):
        return True
    if any(start <= target.start < end for start, end in case.text_date_spans):
        return True  # the second day of a range, which is judged as a date
    if _TOP_HERE.match(target.text) and _TOP_N.search(case.source):
        return False
    if any(is_named(target, case) for is_named in _IN_A_NAME):
        return True
    if is_split(target, case.source):
        return True
    if target.value is None:
        return _is_each(target, case)
    if target.kind == "out_of" and (part := share(target)):
        return part < 1 and is_one_of(part, case.source)
    if target.bare.startswith("1/"):
        return has(rf"[A-Za-z]{target.bare[1:]}(?!\d)", case.source)
    return isinstance(target.value, Decimal) and is_in_words(target, target.value, case)


def _is_a_number_of_a_list(target: Quantity, case: Case) -> bool:
    """1. … 2. … 3. …, where the source tells several one after the other."""
    if not _NUMBERED.match(case.text, target.start):
        return False
    return _counts_from_one(case.text) and has("依次|分别|先后|、", case.source)


@lru_cache(maxsize=64)
def _counts_from_one(text: str) -> bool:
    numbers = [int(found[1]) for found in _NUMBERED.finditer(text)]
    return numbers == [*range(1, len(numbers) + 1)]


_NUMBERED: Final = re.compile(r"(?<![\d.])(\d)[.)] (?=[A-Za-z])")


def _is_each(target: Quantity, case: Case) -> bool:
    """Per thousand tokens, where the source says 每千."""
    each = case.lowered.endswith(("per ", "every ", "each "), 0, target.start)
    scale = EACH.get(Decimal(10) ** (magnitude(target) or 0))
    return each and scale is not None and has(rf"每\s?(?:{scale})", case.source)


_TOP_HERE: Final = re.compile(r"top[- ]", re.IGNORECASE)
_TOP_N: Final = re.compile(r"[Tt][Oo][Pp][- ]?[A-Za-z]\b")
"""The N of Top-N stands for any number, and for none in particular."""


# ---------------------------------------------------------------- in a name or date


def _has_year(target: Quantity, source: str) -> bool:
    years = re.findall(r"(?:19|20)\d\d", target.text)
    plain = source.translate(_NUMERALS)
    return all(re.search(rf"(?<!\d){year}(?!\d)", plain) for year in years)


_NUMERALS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _is_size(target: Quantity, case: Case) -> bool:
    """The sizes of a model, 4B and 30B, of which the source has the names: Qwen3-4B."""
    size = _SIZE.fullmatch(target.bare)
    return bool(size) and has(rf"-{re.escape(target.bare)}(?![A-Za-z\d])", case.source)


_SIZE: Final = re.compile(r"\d+(?:\.\d+)?[BM]")


def _stands_there(target: Quantity, case: Case) -> bool:
    """Whether a figure is part of a formula or name that both have: R@1(IoU=0.5), 4.41 ± 0.06."""
    low = max(0, target.start - 60)
    start = max(case.text.rfind(mark, low, target.start) for mark in " \n\t") + 1
    word = re.match(r"\S{0,60}", case.text[start : start + 60])
    token = word[0].rstrip(".,;:!?") if word else ""
    if re.search(r"[A-Za-z]", token) and len(token) > len(target.bare) and token in case.source:
        return True
    number = _MARGIN.match(target.bare)
    margins = [found[1] for found in map(_MARGIN.match, case.margins) if found]
    return number is not None and number[1] in margins


_MARGIN: Final = re.compile(r"[±+ ]*(\d+(?:\.\d+)?)")


def _is_in_a_formula(target: Quantity, case: Case) -> bool:
    """P < 0.01 where the source has it as a formula."""
    spans = [case.source[a:b] for kind, a, b in protected(case.source) if kind == "latex"]
    number = rf"(?<![\d.]){re.escape(target.bare.lstrip('<>≤≥ '))}(?![\d.])"
    return any(re.search(number, span) for span in spans)


def _is_all_of_them(target: Quantity, case: Case) -> bool:
    """40 out of 40, where the source says all of the 40."""
    parts = numbers_of(target) if target.kind == "out_of" else ()
    every = (
        len(parts) == _A_PAIR
        and parts[0] == parts[1]
        and has("全部|全[都员]|无一|悉数|均", case.source)
    )
    return every and any(s.value == parts[0] for s in case.source_quantities)


_A_PAIR: Final = 2


def _is_phase(target: Quantity, case: Case) -> bool:
    """Phase 1, where the source says I 期."""
    named = case.lowered.endswith(
        ("phase ", "stage ", "type ", "level ", "grade "), 0, target.start
    )
    roman = _ROMAN.get(target.bare, "(?!)")
    return named and has(rf"(?<![A-Za-z])(?:{roman})\s?[期型级类]", case.source)


_ROMAN: Final = {"1": "I|Ⅰ", "2": "II|Ⅱ", "3": "III|Ⅲ", "4": "IV|Ⅳ"}


def _is_part_of_whole(target: Quantity, case: Case) -> bool:
    """24 of 30, where the source says 24/30."""
    whole = _OF_HOW_MANY.match(case.text, target.end)
    parts = rf"(?<!\d){re.escape(target.bare)}\s?/\s?{whole[1]}(?!\d)" if whole else "(?!)"
    return has(parts, case.source)


_OF_HOW_MANY: Final = re.compile(r" of (?:the |all )?(\d+)\b")


def _is_percentile(target: Quantity, case: Case) -> bool:
    """The 99th percentile, where the source says P99."""
    named = case.lowered.startswith((" percentile", "-percentile"), target.end)
    return named and has(
        rf"(?i)p{target.value}(?!\d)|{target.value}\s?(?:百?分位|百分位)", case.source
    )


def _is_quarter(target: Quantity, case: Case) -> bool:
    """The third quarter of 2024, where the source says Q3."""
    named = case.text.startswith(" quarter", target.end)
    return named and has(rf"Q{target.value}(?!\d)", case.source)


def _is_version(target: Quantity, case: Case) -> bool:
    """Version 3 where the source says v3; 1.2 also alone, as the name of the release."""
    named = _VERSION.search(case.text[max(0, target.start - 12) : target.start])
    may_be = (named or "." in target.bare) and not target.unit
    number = _DOTTED.match(case.text, target.end - len(target.bare)) or _DOTTED.match(target.bare)
    return bool(may_be and number) and has_version(number[0] if number else "", case.source)


_DOTTED: Final = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,4}")


def _is_dimension(target: Quantity, case: Case) -> bool:
    """A six-dimensional pose, where the source says 6D."""
    named = case.lowered.startswith(("-dimension", " dimension"), target.end)
    return named and has(rf"(?<![A-Za-z\d]){target.value}\s?-?[Dd](?![A-Za-z\d])", case.source)


def _is_time_of_day(target: Quantity, case: Case) -> bool:
    """06:00 or 6 a.m., where the source says 6 点."""
    told = times_there(case.source)
    here = times_here(case.text) if told else ()
    within = [c.span[0] for c in here if target.start <= c.span[0] < target.end]
    return is_told(target.start, here, told) and all(is_told(at, here, told) for at in within)


def _is_a_score(target: Quantity, case: Case) -> bool:
    """3-0, where the source says 3 比 0."""
    behind = _SCORE_BEHIND.match(case.text, target.end)
    before = _SCORE_BEFORE.search(case.text, max(0, target.start - 4), target.start)
    pair = (target.bare, behind[1]) if behind else (before[1], target.bare) if before else None
    return pair is not None and has(rf"(?<!\d){pair[0]}\s?[比:：]\s?{pair[1]}(?!\d)", case.source)


_SCORE_BEHIND: Final = re.compile(r"[-–](\d)(?!\d)")
_SCORE_BEFORE: Final = re.compile(r"(\d)[-–]\Z")


def _is_clocked(target: Quantity, case: Case) -> bool:
    """4:45, where the source says 4 分 45 秒."""
    parts = _MINUTES.fullmatch(target.bare)
    told = (
        rf"(?<!\d){int(parts[1])}\s?(?:分钟?|个?小时|时)\s?{int(parts[2])}\s?[秒分]"
        if parts
        else "(?!)"
    )
    return has(told, case.source)


_MINUTES: Final = re.compile(r"(\d{1,3}):(\d\d)")
_IN_A_NAME: Final = (
    *(_is_size, _stands_there, _is_version, _is_dimension, _is_in_a_formula, _is_percentile),
    *(_is_quarter, _is_phase, _is_time_of_day, _is_clocked, _is_a_score),
    *(_is_all_of_them, _is_part_of_whole),
)
_VERSION: Final = re.compile(r"\b(?:version|release|ver\.?|v)[ *]*$", re.IGNORECASE)
