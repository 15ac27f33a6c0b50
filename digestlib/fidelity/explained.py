"""English figures that the Chinese has outside its own figures: in a name, a date, an idiom."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import NUMERALS, Case, is_within
from digestlib.fidelity.clocks import is_told, times_here, times_there
from digestlib.fidelity.compounds import numbers_of, share
from digestlib.fidelity.magnitudes import magnitude
from digestlib.fidelity.occurrences import has
from digestlib.fidelity.splits import is_split
from digestlib.fidelity.tallies import counts_up
from digestlib.fidelity.versions import has_version
from digestlib.models import Quantity
from digestlib.quantities.english_names import protected
from digestlib.quantities.units import UNITS


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
        return part < 1 and _is_one_of(part, case.source)
    if target.bare.startswith("1/"):
        return has(rf"[A-Za-z]{target.bare[1:]}(?!\d)", case.source)
    return isinstance(target.value, Decimal) and _is_in_words(target, target.value, case)


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
    scale = _EACH.get(Decimal(10) ** (magnitude(target) or 0))
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
    number = target.bare.lstrip("±+ ").split(" ")[0].rstrip("%")
    return number in {margin.strip("± *%").split(" ")[0] for margin in case.margins}


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


# ---------------------------------------------------------------- in words


def _is_in_words(target: Quantity, value: Decimal, case: Case) -> bool:
    """Whether the source says the number, but not as a figure: 翻倍, 腰斩, 两周, 每千次, 成对."""
    if target.kind == "multiplier" and (doubled := _DOUBLED.get(value)):
        return has(doubled, case.source) and target.bare[-1:].isalpha()
    if target.bare in _ORDINALS:
        return has(_ORDINALS[target.bare], case.source) and not case.text.startswith(
            " of", target.end
        )
    if value == 0:
        said = target.bare.isalpha() and has(_NOTHING, case.source)
        return said or has(
            "[为是近乎至到置归清设调降]零(?![零一二三四五六七八九十点])", case.source
        )
    if (
        target.kind == "ordinal"
        and value == 1
        and has("最[优佳好高]|榜首|登顶|初|夺[魁冠]|头名|摘[金桂]|折桂", case.source)
    ):
        return True
    if (part := share(target)) and part < 1 and _is_one_of(part, case.source):
        return True
    if value == Decimal("0.75") and has(r"[三3]\s?个季度|前\s?[三3]\s?季度", case.source):
        return True
    if value == Decimal("0.5"):
        return has(_HALF, case.source) and not target.unit
    of_time = _OF_TIME.search(case.lowered, max(0, target.start - 6), target.start)
    if (
        value == _A_PAIR
        and (of_time or target.kind == "ordinal")
        and has("次[周月日年]", case.source)
    ):
        return True
    if value == _A_PAIR and of_time:
        return has("第二[周月天日年]", case.source)
    if (
        target.bare == "second"
        and _PER.search(case.lowered, 0, target.start)
        and has("每一?秒", case.source)
    ):
        return True
    if target.kind == "ordinal" and _is_in_a_list(value, target.start, case):
        return True
    if target.kind == "ordinal" and (
        _is_the_other(value, case) or has(_GRADES.get(value, "(?!)"), case.source)
    ):
        return True
    if (
        value == _A_PAIR
        and target.kind == "ordinal"
        and has("先[^。；]*?[，,](?:再|然后|后)|首先[^。]*?其次", case.source)
    ):
        return True
    if target.kind == "ordinal" and _is_another_ordinal(case):
        return False
    if (value, target.unit) in _PARTS_OF_TIME:
        return has(_PARTS_OF_TIME[value, target.unit], case.source)
    if target.unit == "%" and value == 50:
        return has("各半|对半|[一过减]半|半数", case.source)
    if target.unit == "bit" and has(rf"(?i)(?:int|fp|w|nf|mxfp|bf){value}(?!\d)", case.source):
        return True
    if target.unit:
        return (
            _is_per(target, value, case)
            or _are_devices(target, case.source)
            or _is_written_out(target, value, case)
        )
    if value == 1 and any(s.value == 0 for s in case.unmatched_source):
        return False
    if value in case.stray_values or value in case.numerals or counts_up(target, case):
        return True
    if value in _SCALES and has(
        rf"(?<![\d.点一二两三四五六七八九十百千万亿几数]){_SCALES[value]}[条个张份名篇次种台人家]",
        case.source,
    ):
        return True
    each = _EACH.get(value)
    return each is not None and has(rf"每\s?(?:{each})", case.source)


_PER: Final = re.compile(r"\b(?:each|every) \Z")
_OF_TIME: Final = re.compile(r"\b(?:week|month|day|year) \Z")
"""In week two, for 次周."""
_NOTHING: Final = "[零无免没未]|不(?![到足及少低高超同仅断过])"
"""Zero freshwater, where none is used up."""


def _is_in_a_list(value: Decimal, at: int, case: Case) -> bool:
    """31.2 in the first, 33.8 in the second, where the source tells them one after the other."""
    numbered = any(s.kind == "ordinal" for s in case.source_quantities)
    listed = _IN_THE.search(case.lowered, max(0, at - 10), at)
    return bool(listed) and not numbered and value <= _LISTED and has("依次|分别|先后", case.source)


_GRADES: Final = {
    Decimal(7 + number): f"{school}{sign}(?:学生|年级|[上下]|[的学男女同组班和与、，])"
    for number, (school, sign) in enumerate(
        (school, sign) for school in "初高" for sign in "一二三"
    )
}
"""初二 is the eighth grade."""
_IN_THE: Final = re.compile(r"\b(?:in|on|for|at|after|by|with|from|to|over) the \Z")


_LISTED: Final = 5


def _is_one_of(value: Decimal, source: str) -> bool:
    """A sixth, where the source says one of every six."""
    whole = round(1 / value)
    numeral = NUMERALS.get(whole, whole)
    return abs(whole * value - 1) < Decimal("1e-6") and has(
        rf"每\s?(?:{whole}|{numeral})\s?[^\W\d]{{1,6}}?(?:中|里|就)?(?:就|便)?有\s?[1一]\s?", source
    )


def _is_the_other(value: Decimal, case: Case) -> bool:
    """The third, where of three reviewers two say one thing and 另一位 another."""
    counted = any(s.value == value and s.kind == "count" for s in case.source_quantities)
    return counted and has("另[一外]|[其剩]余|剩下|最后一", case.source)


def _is_another_ordinal(case: Case) -> bool:
    """Whether English has another ordinal in the place of one of the source, 第二代 or 首个."""
    ordinals = [s for s in case.unmatched_source if s.kind == "ordinal"]
    firsts = any(s.text[0] == "首" for s in ordinals)
    others = firsts and has("第|其[次二三]|次[优佳之]|另一", case.source)
    return any(s.value != 1 for s in ordinals) or (firsts and not others)


_ORDINALS: Final = {"a third": "第三", "a fourth": "第四", "a fifth": "第五"}
"""What a third decides, the third of three, is no share."""
_GROWN: Final = r"(?:[增涨升高多快长大]|提高|增加)[了出约近]*\s?"
_DOUBLED: Final = {
    Decimal(2): "翻倍|加倍|倍增|翻番|翻一番|翻了一[番倍]|一倍|双倍|成倍|[两二]度(?![角量空电])",
    Decimal(3): rf"{_GROWN}[两二2]\s*倍|三倍",
    Decimal(4): rf"翻两番|翻了两番|{_GROWN}[三3]\s*倍|四倍",
}
_SCALES: Final = {Decimal(100): "百", Decimal(1000): "千", Decimal(10_000): "万"}
"""千条指令 is a thousand instructions, or so."""
_HALF: Final = "半|腰斩|对折|50%"
_EACH: Final = {Decimal(100): "百(?!万)", Decimal(1000): "千(?!万)", Decimal(10**6): "百万"}
"""What shares and prices are told of: 每千次 is per thousand, or of every thousand."""


_PARTS_OF_TIME: Final = {
    (Decimal(100), "d"): "百[日天]",
    (Decimal(10), "d"): "[上中下]旬",
    (Decimal(6), "month"): "[上下]半年",
    (Decimal(3), "month"): "季度",
    (Decimal(1), "month"): "[首次单当每][个]?月",
    (Decimal(1), "week"): "[首次单当每]周",
    (Decimal(1), "d"): "[首次单当每][日天]",
    (Decimal(1), "year"): "[首次单当每]年",
    (Decimal(1), "s"): "每一?秒",
    (Decimal(1), "min"): "每一?分钟?",
    (Decimal(1), "h"): "每个?[小钟]?[时头]",
}
"""The first ten days of April, the first six months of the year."""


def _is_per(target: Quantity, value: Decimal, case: Case) -> bool:
    """Per 100 metres, where the source says 每百米."""
    each, unit = _EACH.get(value), UNITS.get(target.unit)
    chinese = "|".join(map(re.escape, unit.chinese)) if unit else ""
    return bool(each and chinese) and has(rf"每\s?(?:{each})\s?(?:{chinese})", case.source)


def _are_devices(target: Quantity, source: str) -> bool:
    """Whether what looks like seconds is the name of devices: eight 4090s."""
    devices = _DEVICES.fullmatch(target.text)
    return devices is not None and has(rf"(?<!\d){devices[1]}(?!\d)", source)


_DEVICES: Final = re.compile(r"(\d{4})s")


def _is_written_out(target: Quantity, value: Decimal, case: Case) -> bool:
    """Whether the source has the measure in so many characters: 两周 for two weeks."""
    unit = UNITS.get(target.unit)
    if unit is None or not unit.chinese:
        return False
    number = rf"(?<![\d.]){re.escape(f'{value:f}')}"
    signs = NUMERALS.get(int(value)) if value == int(value) else None
    units = "|".join(map(re.escape, (*unit.chinese, *(["日"] if unit.symbol == "d" else []))))
    written = re.finditer(rf"(?:{number}|{signs or number})\s?(?:{units})", case.source)
    return any(not is_within(found.span(), case.figure_spans) for found in written)
