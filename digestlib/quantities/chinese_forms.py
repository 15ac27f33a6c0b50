"""Special forms of the Chinese grammar: ordinals, and which form may be where."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final

from digestlib.quantities.chinese_dates import read_date
from digestlib.quantities.chinese_money import money
from digestlib.quantities.chinese_ratios import (
    NUMBER,
    NUMERAL,
    RATIO_FORMS,
    number_in,
)
from digestlib.quantities.chinese_reading import Reading, reading
from digestlib.quantities.chinese_vague import VAGUE_FORMS
from digestlib.quantities.chinese_words import CLASSIFIER, COUNTED, DIGITS
from digestlib.quantities.numerals import cardinal, chinese_number, grouped, ordinal, scale_of

# ---------------------------------------------------------------- ordinals

_AND: Final = r"\s?(?:、|[/和与及或]|以及)\s?"
_ORDINAL: Final = re.compile(
    rf"第\s?(?P<n>\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+(?:\.\d+)?(?=\s?[万千]步)|{NUMBER})(?P<scale>\s?[万千](?=步)|(?<=\d)\s?[百千]?[万亿](?=[位名个次台辆件条]))?(?:\s?[-–—~～至到]\s?(?P<last>{NUMBER}))?(?!\s?性)"
)
_COUNTER_HERE: Final = re.compile(rf"\s?(?:{CLASSIFIER}|次(?!元)|届|版(?!权)|号)")
_NOUN_HERE: Final = re.compile(rf"\s?(?P<noun>{COUNTED})")
_REST_OF_LIST: Final = re.compile(rf"(?:{_AND}{NUMBER}){{0,8}}")
_IN_A_LIST: Final = {
    is_digit: re.compile(rf"第\s?(?:{number}{_AND}){{1,8}}$")
    for is_digit, number in ((True, r"\d+"), (False, NUMERAL))
}
"""第 1、2、3 阶段 and 第一、二步; in 第一、2 项 another figure follows."""
_LIST_WINDOW: Final = 40
_FIRST: Final = re.compile(r"首(?:个|款|套|份|项|篇|种|部|批|例|台)(?![先次])")
_TOP: Final = re.compile(
    rf"(?<![目之以当此先提年天月日周时])前\s?(?P<n>{DIGITS}|[二两三四五六七八九十]+|百分之{NUMBER})"
    rf"(?P<percent>\s?%)?(?P<rank>\s?(?:名|位|强|大))?(?P<bare>(?!\s?(?:[\d./]|分之|年|天|个?月|周|倍|级|[x×KMB亿万千百])))"
)


_IN_TIME: Final = re.compile(
    r"\s?的?\s?(?:训练|步|时间|迭代|层|帧|去噪|采样步|轮|阶段|时段|上下文|序列|周期|片段|[Ee]poch)"
)


def _ordinal(text: str, at: int) -> Reading | None:
    """第二名 is second, 第 5-10 层 fifth to tenth; in 第 1、2、3 阶段 each is an ordinal."""
    match = _ORDINAL.match(text, at)
    if match is None or not (value := number_in(match["n"])):
        return None
    value *= scale_of(match["scale"].strip()) if match["scale"] else 1
    last = number_in(match["last"]) if match["last"] else None
    end = _behind_counter(text, match.end())
    noun = _noun_behind(text, end) or ""
    span = (at, end)
    if last is not None and last > value:
        bare = f"{ordinal(int(value))} to {ordinal(int(last))}"
        return reading(span, (value, last), "ordinal", bare, noun=noun)
    return reading(span, value, "ordinal", ordinal(int(value)), noun=noun)


def _next_ordinal(text: str, at: int) -> Reading | None:
    number = re.compile(NUMBER).match(text, at)
    window = text[max(0, at - _LIST_WINDOW) : at]
    if number is None or "第" not in window:
        return None
    if not _IN_A_LIST[number[0].isdecimal()].search(window):
        return None
    noun, value = _noun_behind(text, number.end()), number_in(number[0])
    if noun is None or not value:
        return None
    end = _behind_counter(text, number.end())
    return reading((at, end), value, "ordinal", ordinal(int(value)), noun=noun)


def _behind_counter(text: str, at: int) -> int:
    """Where the classifier ends that stands here; the place itself if there is none."""
    counter = _COUNTER_HERE.match(text, at)
    return counter.end() if counter else at


def _noun_behind(text: str, at: int) -> str | None:
    """The noun of an ordinal or of the rest of its list; None where there is not even a classifier."""
    rest = _REST_OF_LIST.match(text, at)
    end = rest.end() if rest else at
    counted = _behind_counter(text, end)
    noun = _NOUN_HERE.match(text, counted)
    return noun["noun"] if noun else "" if counted > end else None


_CENTURY: Final = re.compile(r"(?P<n>[12]?\d)\s?世纪(?!\s?\d0\s?年代)")


def _century(text: str, at: int) -> Reading | None:
    if match := _CENTURY.match(text, at):
        value = Decimal(match["n"])
        return reading(match.span(), value, "ordinal", f"{ordinal(int(value))} century")
    return None


_QUARTER: Final = re.compile(r"(?P<n>[一二三四])(?=季度)")


def _quarter(text: str, at: int) -> Reading | None:
    """三季度 is the third quarter; 前三季度 are three of them, which is read before."""
    if match := _QUARTER.match(text, at):
        value = chinese_number(match["n"]) or Decimal(0)
        return reading(match.span(), value, "ordinal", ordinal(int(value)))
    return None


def _first(text: str, at: int) -> Reading | None:
    """首个 says first of its kind."""
    if match := _FIRST.match(text, at):
        return reading(match.span(), Decimal(1), "ordinal", "first")
    return None


def _top(text: str, at: int) -> Reading | None:
    """前 50% is the top half of a ranking, 前 3 帧 are the first three."""
    match = _TOP.match(text, at)
    if match is None:
        return None
    value = number_in(match["n"].removeprefix("百分之"))
    if value is None or (match["n"][0].isascii() is False and value > 10 and not match["rank"]):
        return None
    if match["percent"] or "百分之" in match["n"]:
        word = "first" if _IN_TIME.match(text, match.end()) else "top"
        return reading(match.span(), value, "percent", f"{word} {value}%", unit="%")
    digits = grouped(match["n"]) if match["n"][0].isascii() else cardinal(value)
    noun = re.compile(rf"\s?(?:{CLASSIFIER}\s?)?(?P<noun>{COUNTED})").match(text, match.end())
    word = "first" if noun and not match["rank"] else "top"
    behind = re.compile(rf"\s?{CLASSIFIER}").match(text, match.end())
    end = behind.end() if behind and not match["rank"] else match.end()
    return reading((at, end), value, "count", f"{word} {digits}", noun=noun["noun"] if noun else "")


Form = Callable[[str, int], Reading | None]
_DIGITS_HERE: Final = "0123456789"
_NUMERALS_HERE: Final = "零一二两三四五六七八九十百千万亿"
_FORMS: Final[tuple[tuple[Form, str], ...]] = (
    (read_date, _DIGITS_HERE + "一二三四五六七八九"),
    (money, _DIGITS_HERE + _NUMERALS_HERE),
    *RATIO_FORMS,
    (_top, "前"),
    (_ordinal, "第"),
    (_next_ordinal, _DIGITS_HERE + _NUMERALS_HERE),
    (_century, _DIGITS_HERE),
    (_quarter, "一二三四"),
    (_first, "首"),
    *VAGUE_FORMS,
)
"""The forms in the order in which they are tried, and the characters that one can begin with."""


_FORM_HERE: Final = re.compile(
    r"[\d.,]{1,40}\s{0,2}(?:[-–—~～/:：∶比至到xX×*年月世成折的Q角毛块]|元\s?\d\s?[角毛]|分之|分半|分多|个[半多]|刻钟|[天周米吨秒]半|(?:分钟|秒钟|公里|公斤|公顷)半|倍半)|(?:19|20)\d\d\."
    rf"|[一二三四]季度|[一二三四五六七八九]十年代|[{_NUMERALS_HERE}]{{1,3}}比[{_NUMERALS_HERE}]|[{_NUMERALS_HERE}]成?[到至~～–—-][{_NUMERALS_HERE}]成|[一二][〇零一二三四五六七八九]{{3}}年"
    rf"|[{_NUMERALS_HERE}]{{1,24}}\s?(?:分之|成|折|半|[元块角毛][{_NUMERALS_HERE}]|的\s?负?[{_NUMERALS_HERE}]{{1,3}}次|个[半多]|刻钟|[年天周米吨秒]半|分半|分多|(?:分钟|秒钟|公里|公斤|公顷)半|倍半)"
    rf"|[{_NUMERALS_HERE}][{_NUMERALS_HERE}几多余来]|[十百千万亿]|[^\d{_NUMERALS_HERE}]"
)
"""What a form has behind its number; a plain amount is the rule and has none of it."""


def forms_at(text: str, at: int) -> tuple[Form, ...]:
    """The forms that can begin at this place."""
    if _FORM_HERE.match(text, at) or text.rfind("第", max(0, at - _LIST_WINDOW), at) >= 0:
        return _forms_with(text[at])
    return ()


@cache
def _forms_with(char: str) -> tuple[Form, ...]:
    """The forms that can begin with this character."""
    return tuple(form for form, openings in _FORMS if char in openings)
