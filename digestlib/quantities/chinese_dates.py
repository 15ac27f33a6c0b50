"""Calendar dates of the Chinese grammar: 2025 年 12 月 3 日, 2025-12, 90 年代, 3–5 月."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from digestlib.quantities.chinese_reading import Reading, reading
from digestlib.quantities.numerals import chinese_number

_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_YEAR: Final = r"(?:19|20)\d\d"
_MONTH: Final = r"(?:1[0-2]|0?[1-9])"
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_DATE: Final = re.compile(
    rf"(?P<iso>(?P<iy>{_YEAR})[-/.](?P<im>1[0-2]|0[1-9])(?:[-/.](?P<id>{_DAY}))?(?![\d\-/.%]))"
    rf"|(?P<y>{_YEAR})\s?(?:年\s?)?[-–—~～至到]\s?(?P<y2>{_YEAR})(?:\s?年(?!代)|(?=[）)，。；、\s]|$))"
    rf"|(?P<decade>(?:19|20)\d0)\s?年代"
    rf"|(?:(?P<century>20|21)\s?世纪\s?)?(?P<tens>[0-9]0)\s?年代"
    rf"|(?P<quarter_year>{_YEAR})\s?年?\s?Q(?P<quarter>[1-4])(?!\d)"
    rf"|(?P<from>{_MONTH})\s?[-–—~～至到]\s?(?P<until>{_MONTH})\s?月(?:份)?(?!球|亮)"
    rf"|(?:(?P<year>{_YEAR})\s?年(?!代)\s?)?(?:(?P<month>{_MONTH})\s?月(?![龄大])(?:份)?(?:\s?(?P<day>{_DAY})\s?[日号])?"
    rf"(?:\s?[-–—~～至到]\s?(?:(?P<year2>{_YEAR})\s?年\s?)?(?:(?P<month2>{_MONTH})\s?月(?:份)?)?(?:\s?(?P<day2>{_DAY})\s?[日号])?(?<=[月份日号]))?)?"
)


_IN_NUMERALS: Final = re.compile(
    "(?P<year>[一二][〇零九一二三四五六七八]{3})年(?!代)"
    "(?:(?P<m>十[一二]?|[一二三四五六七八九])月份?(?:(?P<d>[一二三]?十?[一二三四五六七八九十])[日号])?)?"
)
_NUMERALS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
"""二〇二六年三月."""


def read_date(text: str, at: int) -> Reading | None:
    """A calendar date; its value is the year, or None where none is written."""
    if told := _IN_NUMERALS.match(text, at):
        year = told["year"].translate(_NUMERALS)
        month, day = (number and f"{chinese_number(number)}" for number in told.group("m", "d"))
        return reading(told.span(), Decimal(year), "date", _day(day, month, year))
    if decade := _TOLD_DECADE.match(text, at):
        tens = f"{chinese_number(decade['tens'])}"
        before = _CENTURY_BEFORE.search(text, 0, at)
        century = before and ("20" if before["last"] else "21")
        year = _year_of(century, tens)
        return reading(decade.span(), Decimal(year), "date", f"{year}s")
    match = _DATE.match(text, at)
    if match is None or not match[0].strip():
        return None
    year = match["iy"] or match["y"] or match["year"] or match["quarter_year"] or _decade(match)
    english = _date_in_english(match)
    value = Decimal(year) if year else None
    if match["y2"]:
        return reading(match.span(), (Decimal(match["y"]), Decimal(match["y2"])), "date", english)
    end = match.start() + len(match[0].rstrip())
    return reading((at, end), value, "date", english)


def _decade(match: re.Match[str]) -> str:
    """90 年代 is the 1990s, 20 年代 the 2020s; a century in front decides."""
    if not match["tens"]:
        return match["decade"] or ""
    return _year_of(match["century"], match["tens"])


def _year_of(century: str | None, tens: str) -> str:
    centuries = {"20": "19", "21": "20", None: "19" if int(tens) > 30 else "20"}
    return centuries[century] + tens


_TOLD_DECADE: Final = re.compile("(?P<tens>[一二三四五六七八九]十)年代")
_CENTURY_BEFORE: Final = re.compile(r"(?:(?P<last>上世纪|二十世纪)|本世纪|二十一世纪)\Z")


def _date_in_english(match: re.Match[str]) -> str:
    if match["iso"]:
        return _day(match["id"], match["im"], match["iy"])
    if match["y2"]:
        return f"{match['y']}–{match['y2']}"
    if decade := _decade(match):
        return f"{decade}s"
    if match["quarter_year"]:
        return f"Q{match['quarter']} {match['quarter_year']}"
    if match["from"]:
        return f"{_day(None, match['from'], None)}–{_day(None, match['until'], None)}"
    first = _day(match["day"], match["month"], match["year"])
    if not (match["month2"] or match["day2"]):
        return first
    if not match["month2"]:
        return _day(f"{match['day']}–{match['day2']}", match["month"], match["year"])
    second_year = match["year2"] or match["year"]
    own_year = match["year"] if match["year2"] else None
    second = _day(match["day2"], match["month2"], second_year)
    joint = " – " if match["day"] or match["year2"] else "–"
    return f"{_day(match['day'], match['month'], own_year)}{joint}{second}"


def _day(day: str | None, month: str | None, year: str | None) -> str:
    parts = (day and day.lstrip("0"), month and _MONTHS[int(month) - 1], year)
    return " ".join(part for part in parts if part)
