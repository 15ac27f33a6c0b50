"""Numbers between Chinese and English: reading 三千五百 and 1.47 亿, printing 3,500 and 147 million."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10**4, "亿": 10**8}
_NEXT_PLACE: Final = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
_PLACED: Final = 2
"""千二 has no number before its place."""
_SUFFIXES: Final = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_WORDS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")  # fmt: skip
_ORDINALS: Final = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")  # fmt: skip
_PARTS: Final = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}
_SCALES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MANY: Final = ((12, "trillions"), (9, "billions"), (6, "millions"), (3, "thousands"))


def chinese_number(text: str) -> Decimal | None:
    """The number that Chinese numerals write, 三千五百 or 三点五; None where they write none.

    Of 两万四 and 三千六 the last digit counts the next place, thousands and hundreds.
    """
    whole, _, decimals = text.partition("点")
    if len(whole) > _PLACED and not decimals and whole[-1] in _DIGITS and whole[-2] in _NEXT_PLACE:
        whole += _NEXT_PLACE[whole[-2]]
    total, section, digit, last = 0, 0, None, ""
    for char in whole:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[char]
            digit = None
        elif char in _MYRIADS:
            more = section + (digit or 0)
            if total > 0 and more and char == "万":  # 一亿两千万
                total += more * _MYRIADS[char]
            else:
                total = ((total + more) or 1) * _MYRIADS[char]
            section, digit = 0, None
        else:
            return None
        last = char
    value = Decimal(total + section + (digit or 0))
    if decimals:
        if last not in _DIGITS or any(char not in _DIGITS for char in decimals):
            return None
        value += Decimal("0." + "".join(str(_DIGITS[char]) for char in decimals))
    return value


def scale_of(text: str) -> Decimal:
    """What a scale word multiplies by: 万, 百万, 千亿, 万亿, or a suffix K, M, B, T."""
    if text.upper() in _SUFFIXES:
        return Decimal(_SUFFIXES[text.upper()])
    factor = Decimal(1)
    for char in text:
        factor *= (_PLACES | _MYRIADS)[char]
    return factor


def grouped(digits: str) -> str:
    """Digits as English groups them, decimal places as they came: 11000 → 11,000."""
    if len(digits) < 4 and digits.isascii() and digits.isdigit() and digits[0] != "0":
        return digits
    sign = digits[:1] if digits[:1] in "+-−±" else ""
    whole, dot, decimals = digits.removeprefix(sign).replace(",", "").partition(".")
    return f"{sign}{Decimal(whole or 0):,f}{dot}{decimals}"


def scaled(value: Decimal) -> str:
    """A value that Chinese wrote with a scale word: 52,000, 1.32 million, 147 million."""
    for factor, word in _SCALES:
        mantissa = value / factor
        if mantissa >= 1:
            return f"{_plain(mantissa)} {word}"
    return grouped(_plain(value))


def scaled_range(low: Decimal, high: Decimal) -> str:
    """Two scaled values with the scale word once where both have the same."""
    first, second = scaled(low), scaled(high)
    number, _, word = first.partition(" ")
    return f"{number if word and second.endswith(word) else first}–{second}"


def cardinal(value: Decimal) -> str:
    """A number that Chinese spelled out: a word up to ten, digits from there."""
    if value == int(value) and 0 <= value <= 10:
        return _WORDS[int(value)]
    return scaled(value)


def ordinal(value: int) -> str:
    """A place in an order: first … tenth, 11th, 22nd."""
    if value < len(_ORDINALS):
        return _ORDINALS[value]
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10)
    return f"{_digits(value)}{ending or 'th'}"


def fraction(top: int, bottom: int) -> str:
    """A fraction that Chinese spelled out: one third, three quarters, 7/12."""
    if bottom not in _PARTS or top > 10:
        return f"{_digits(top)}/{_digits(bottom)}"
    if (top, bottom) == (1, 2):
        return "half"
    return f"{_WORDS[top]} {_PARTS[bottom]}{'s' if top > 1 else ''}"


def magnitude(power: int) -> str:
    """A vague plural: 4 → tens of thousands, 6 → millions."""
    for base, word in _MANY:
        if power >= base:
            return ("", "tens of ", "hundreds of ", "thousands of ")[min(power - base, 3)] + word
    return {1: "dozens", 2: "hundreds"}[power]


def adjective(value: Decimal) -> str:
    """A round magnitude before a noun: 千亿 → hundred-billion, 百万 → million."""
    factor, word = next(
        ((f, w) for f, w in (*_SCALES, (1000, "thousand")) if value >= f), (100, "hundred")
    )
    step = {1: "", 10: "ten-", 100: "hundred-", 1000: "thousand-"}
    return step.get(int(value / factor), f"{_plain(value / factor)}-") + word


def _digits(value: int) -> str:
    """`str` refuses an int of thousands of digits, which a hostile line may hold; a Decimal has no limit."""
    return f"{Decimal(value):f}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return re.sub(r"\.?0+$", "", text) if "." in text else text
