"""A line of a Chinese report as the grammar reads it: links, code, formulas, Markdown, list markers
and names are out of the way, and where each character came from is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from digestlib.patterns import guarded
from digestlib.quantities.chinese_names import (
    MARK,
    NAME,
    as_mark,
    as_name,
    without_idioms,
    without_names,
)
from digestlib.quantities.chinese_starts import may_count


def may_have_figures(line: str) -> bool:
    """Whether the line is to be read at all; a list marker and Markdown are looked over."""
    if "\\" in line:
        return True
    marker = _MARKER.match(line)
    rest = line[marker.end() :] if marker else line
    return may_count(rest.replace("*", "").replace("\0", ""))


def plain(line: str) -> tuple[str, str]:
    """The line as the grammar reads it, and the line with its Markdown, of which that is what is left.

    Links, code, markers, names and idioms are blanked.
    """
    marked = _protected(line)
    text = _BRACKETED.sub(as_mark, _without_marker(_without_markdown(marked)))
    return without_idioms(without_names(text)), marked


class Offsets(NamedTuple):
    """From where on a mark moves a start, and an end; what is missing before and behind each mark."""

    starts: list[int]
    ends: list[int]
    missing: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the line with its Markdown."""
        before, behind = bisect_right(self.starts, start), bisect_right(self.ends, end)
        return start + self.missing[before], end + self.missing[behind]


def offsets(marked: str) -> Offsets:
    """Where what is read of a line with Markdown stands in it."""
    starts: list[int] = []
    ends: list[int] = []
    missing = [0]
    for mark in _MARKDOWN.finditer(marked):
        start, end = mark.span()
        kept = 1 if mark[0] in _MATHS else 0
        starts.append(start - missing[-1] + kept)
        ends.append(start - missing[-1] + 1)
        missing.append(missing[-1] + end - start - kept)
    return Offsets(starts, ends, missing)


# ---------------------------------------------------------------- protected spans, Markdown

_PROTECTED: Final = guarded(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<url>(?:https?://|www\.)[A-Za-z0-9\-._~:/?#@!$&'+,;=%]+"
    r"|\b[\w\-]{1,60}(?:\.[\w\-]{1,60}){0,5}?\.(?:com|org|io|ai|net|cn|edu)(?:/[A-Za-z0-9\-._~/]*)?(?![\w]))"
    r"|(?P<latex>\$\$[^$\n]+\$\$|\$(?![\s$])[^$\n]{0,300}?(?<!\s)\$(?!\d))"
    r"|(?P<tag></?[A-Za-z][\w\-]*/?>)",
    *("`", "$", "<", "http", "www.", ".com", ".org", ".io", ".ai", ".net", ".cn", ".edu"),
    flags=re.ASCII,
)
_ARXIV: Final = re.compile(r"\d(?<![\d.].)\d(?:0[1-9]|1[0-2])\.\d{5}(?:v\d+)?(?!\d)", re.ASCII)
"""As `(?<![\\d.])\\d…`, but a pattern that begins with its first character is found ten times as fast."""
_POWER_OF_TEN: Final = r"10\^(?:\{-?\d{1,3}\}|\d)"
_BARE_FORMULA: Final = re.compile(
    r"\$(?:\\(?:sim|approx|leq?|geq?|pm|times)(?![A-Za-z])|[~<>+\-±])?\s*"
    rf"(?:{_POWER_OF_TEN}|[\d.,]+\s*(?:\\?%)?(?:\s*\\times\s*{_POWER_OF_TEN}|\s*\\(?:times|pm)\s*[\d.]*)?)"
    r"\s*(?:\\?%)?\$"
)
_MATHS: Final = {
    "\\times": "×",
    "\\sim": "~",
    "\\approx": "≈",
    "\\leq": "≤",
    "\\le": "≤",
    "\\geq": "≥",
    "\\ge": "≥",
    "\\pm": "±",
}
_MARKDOWN: Final = re.compile(
    r"\\(?:times|sim|approx|leq?|geq?|pm)(?![A-Za-z])"
    r"|\*(?:\*+|(?<![\d\s]\*)|(?![\d\s])|(?=\s*[^\d\s]))|\\(?=[^\w\s])|\0"
)
_FULL_WIDTH: Final = str.maketrans(
    "０１２３４５６７８９％＋－．：／ＫＭＢＴ", "0123456789%+-.:/KMBT"
)


def _protected(line: str) -> str:
    """The line with code, links, formulas and ids blanked."""
    if _PROTECTED.may_match(line):
        line = _PROTECTED.pattern.sub(_blank_protected, line)
    return _ARXIV.sub(as_name, line)


def _blank_protected(match: re.Match[str]) -> str:
    if match["latex"]:
        if _BARE_FORMULA.fullmatch(match[0]):
            return f"\0{match[0][1:-1]}\0"
        if re.search(r"[\u4e00-\u9fff]", match[0]):  # two prices with text between
            return match[0]
    return NAME * len(match[0])


def _without_markdown(text: str) -> str:
    if "\\" not in text:
        return _read_full_width(_MARKDOWN.sub("", text))
    return _read_full_width(_MARKDOWN.sub(lambda mark: _MATHS.get(mark[0], ""), text))


def _read_full_width(text: str) -> str:
    """Full-width digits and the signs that touch them as ASCII; prose keeps its punctuation.

    The thousands of 1 860 个 are set apart by a comma, in its place.
    """
    if _THOUSANDS_APART.search(text):
        text = _SPACED.sub(lambda m: re.sub(r"\s", ",", m[0]), text)
    if not _WIDE.search(text) and "，000" not in text:
        return text
    return _IN_FULL_WIDTH.sub(
        lambda m: re.sub("，(?=[0-9]{3})", ",", m[0].translate(_FULL_WIDTH)), text
    )


_THOUSANDS_APART: Final = re.compile(r"\d[ \u00a0\u2009\u202f]\d{3}(?!\d)")
_SPACED: Final = re.compile(
    r"(?<![\dA-Za-z.,])(?<![A-Za-z.,] )\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?=\s?[\u4e00-\u9fff%])"
)
_WIDE: Final = re.compile("[０-９％]")
_IN_FULL_WIDTH: Final = re.compile(
    r"[０-９][０-９．，％／]*[ＫＭＢＴ]?(?![Ａ-Ｚａ-ｚ])|％(?<=[0-9]％)|，(?<=[0-9]，)000(?![0-9])"
)

# ---------------------------------------------------------------- list markers

_MARKER: Final = re.compile(
    r"\s*(?:[*+\-•·#>]+\s+)*(?:#+\s*)?(?:\d{1,2}[.)）](?!\d)|\d{1,2}、(?!\s?\d)|\d{1,2}(?:\.\d{1,2})+\.(?=\s)|"
    r"[一二三四五六七八九十]{1,3}[、.．]|(?<=#\s)\d{1,2}(?:\.\d{1,2})*\s)"
)
_BRACKETED: Final = re.compile(
    r"[(（①-⑳](?:(?<=[①-⑳])|\s?(?:\d{1,2}|[ivx]{1,4}|[一二三四五六七八九十]{1,3})\s?[)）])"
)
_INLINE_MARKER: Final = re.compile(
    r"(\d(?<![\w.,/\-].)\d?)(?:[.．)）](?=\s?[^\d\s.,%)）])|、(?=[^\d\s]))"
)
_FIRST_MARKER: Final = re.compile("1[.．)）、]")


def _without_marker(text: str) -> str:
    """Blank the number of a list at the head of the line, or `1. … 2. …` inside it."""
    text = _without_enumeration(text)
    marker = _MARKER.match(text)
    return text if marker is None else MARK * marker.end() + text[marker.end() :]


def _without_enumeration(text: str) -> str:
    """Blank `1. … 2. …` inside a line: at least two markers that count up from one."""
    if not _FIRST_MARKER.search(text):
        return text
    markers: list[re.Match[str]] = []
    for match in _INLINE_MARKER.finditer(text):
        if int(match[1]) == len(markers) + 1:
            markers.append(match)
    if len(markers) < 2:
        return text
    for match in markers:
        text = text[: match.start()] + MARK * len(match[0]) + text[match.end() :]
    return text
