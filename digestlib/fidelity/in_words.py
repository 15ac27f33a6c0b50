"""English figures that the Chinese says without one: 翻倍, 腰斩, 两周, 每千次, 成对."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.fidelity.cases import NUMERALS, Case, is_within
from digestlib.fidelity.compounds import share
from digestlib.fidelity.occurrences import has
from digestlib.fidelity.tallies import counts_up
from digestlib.models import Quantity
from digestlib.quantities.units import UNITS


def is_in_words(target: Quantity, value: Decimal, case: Case) -> bool:
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
            "[为是近乎至到置归清设调降从由]零(?![零一二三四五六七八九十点])", case.source
        )
    if (
        target.kind == "ordinal"
        and value == 1
        and has("最[优佳好高]|榜首|登顶|初|夺[魁冠]|头名|摘[金桂]|折桂", case.source)
    ):
        return True
    if (part := share(target)) and part < 1 and is_one_of(part, case.source):
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
        value <= _A_PAIR
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
    each = EACH.get(value)
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


def is_one_of(value: Decimal, source: str) -> bool:
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
EACH: Final = {
    Decimal(100): "百(?!万)",
    Decimal(1000): "千(?!万)",
    Decimal(10_000): "万(?!亿)",
    Decimal(100_000): "十万",
    Decimal(10**6): "百万",
    Decimal(10**7): "千万",
    Decimal(10**8): "亿",
}
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
    each, unit = EACH.get(value), UNITS.get(target.unit)
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


_A_PAIR: Final = 2
