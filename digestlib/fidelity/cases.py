"""Two texts to compare: their figures, and which stand for which."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from digestlib.fidelity.dates import date_spans, dates
from digestlib.fidelity.editions import apart_from_editions, editions, unprotected
from digestlib.fidelity.matching import Match, match
from digestlib.fidelity.occurrences import occurs
from digestlib.models import Quantity
from digestlib.patterns import guarded, lowered
from digestlib.quantities import english, find_quantities
from digestlib.quantities.english_names import FAMILIES, names, protected
from digestlib.quantities.numerals import chinese_number

NUMERALS: Final[dict[int, str]] = {
    0: r"[零无未〇]|没有",
    1: r"[一单首]|冠军|前者",
    2: r"[两二双俩]|另一[方面边种类]|成对|配对|次优|次佳|仅次于|其次|次之|次[轮日年月季周席项]|亚军|后者|(?<![之最])后项|(?<![之最随以此然])后一[项个种类组阶句款轮代版节段步层篇批次]|(?<![最之])后半[句段部程场]",
    10: "十",
} | dict(enumerate(("三|季军", *"四五六七八九"), 3))
"""What may say a number without being a figure."""


@dataclass(frozen=True, eq=False)
class Case:
    """The Chinese source and the English text, their figures, and which stand for which."""

    source: str
    text: str
    complete: bool
    text_quantities: list[Quantity]
    lowered: str
    """The English in lower case, with every character in its place."""

    @cached_property
    def source_quantities(self) -> list[Quantity]:
        """The figures of the source that are no months or days; read only when asked for."""
        found = apart_from_editions(self.source, _figures(self.source, _line_there))
        dated = date_spans(self.source)
        return [q for q in found if not is_within((q.start, q.end), dated)] if dated else found

    @cached_property
    def matches(self) -> list[Match]:
        """Which figures stand for each other: half of all sentences have none to look for."""
        if not self.text_quantities:
            return []
        return match(self.source_quantities, self.text_quantities, self.source, self.text)

    @cached_property
    def figures(self) -> list[Match]:
        """Those of the matches that are no dates."""
        return [m for m in self.matches if m.source.kind != "date"]

    @cached_property
    def unmatched_source(self) -> list[Quantity]:
        """The figures of the source that no English figure stands for."""
        used = {id(m.source) for m in self.matches}
        return [q for q in self.source_quantities if id(q) not in used]

    @cached_property
    def unmatched_text(self) -> list[Quantity]:
        """The English figures that stand for none of the source."""
        used = {id(m.target) for m in self.matches}
        return [q for q in self.text_quantities if id(q) not in used]

    @cached_property
    def figure_spans(self) -> list[tuple[int, int]]:
        """Where the figures of the source stand that are not dates."""
        return [(q.start, q.end) for q in self.source_quantities if q.kind != "date"]

    @cached_property
    def text_date_spans(self) -> list[tuple[int, int]]:
        """Where the English has months and days."""
        return [span for _, span in dates(self.text)]

    @cached_property
    def source_numbers(self) -> frozenset[str]:
        """The numbers of the source, as digits."""
        values = (s.value for s in self.source_quantities)
        return frozenset(f"{value:f}" for value in values if isinstance(value, Decimal))

    @cached_property
    def margins(self) -> list[str]:
        """What stands behind ± in the figures of the source: 0.06 in 4.41 ± 0.06."""
        return [q.text.split("±")[1] for q in self.source_quantities if "±" in q.text]

    @cached_property
    def stray_values(self) -> set[Decimal]:
        """What the digits of the source say that are part of no figure, link or date."""
        apart = [(a, b) for _, a, b in protected(self.source)] + date_spans(self.source)
        apart += _not_said(self.source)
        return _raw_values(self.source, self.figure_spans + apart) | _spelled_values(self.source)

    @cached_property
    def numerals(self) -> set[int]:
        """The numbers that words of the source say which are part of no figure: 2 for 成对."""
        return {
            number
            for number, signs in NUMERALS.items()
            if any(
                not is_within(found.span(), self.figure_spans)
                for found in re.finditer(signs, self.source)
            )
        }

    @cached_property
    def stray_text_values(self) -> set[Decimal]:
        """What the digits of the English say that are part of no figure, nor of a known name."""
        spans = [(q.start, q.end) for q in self.text_quantities]
        spans += [
            (name.start, name.end)
            for name in names(unprotected(self.text))
            if occurs(name.text, self.source)
        ]
        return _raw_values(re.sub(r"[A-Za-z-](?=\d)", " ", self.text), spans)


def align(source: str, text: str, *, complete: bool) -> Case:
    """The two texts as they are compared, the figures of the English read."""
    figures = apart_from_editions(text, english_figures(text))
    low = lowered(text).replace(*_NO_COMPARISON)
    return Case(_full_width(source), text, complete, figures, low)


@lru_cache(maxsize=64)
def _full_width(source: str) -> str:
    """The source with the commas of Chinese, where it has those of English; all stays in its place."""
    return _HALF.sub(_widened, source) if "," in source or ";" in source else source


_HALF: Final = re.compile(
    r"`[^`\n]*`|\$[^$\n]*\$|https?:[!-~]+|"
    r"(?<=[\u4e00-\u9fff）”》%])[,;]|[,;](?=\s?[\u4e00-\u9fff“《])"
)
_WIDE: Final = {",": "，", ";": "；"}


def _widened(mark: re.Match[str]) -> str:
    """The mark in full width; code, formulas and addresses stay as they are."""
    return _WIDE.get(mark[0], mark[0])


_NO_COMPARISON: Final = ("more or less", "roughly     ")
"""Neither more nor less, in as many characters."""


def english_figures(text: str) -> list[Quantity]:
    """The figures of English text of any number of lines, with offsets into the whole text."""
    return _figures(text, _line_here)


def is_within(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of the spans, which are sorted."""
    at = bisect_left(spans, (span[1], 0))
    return any(start < span[1] and span[0] < end for start, end in spans[max(0, at - 2) : at])


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


_LIST_NUMBER: Final = re.compile(r"^[ \t]*(?:[*-][ \t]*)?\(?\d{1,2}[.)、]\s", re.MULTILINE)


def _not_said(source: str) -> list[tuple[int, int]]:
    """Where numbers of lists and of model names stand: the 5 of GPT-5 counts nothing."""
    named = [
        (name.start, name.end)
        for name in names(unprotected(source))
        if " " not in name.text or name.text.split()[0].lower() in FAMILIES
    ]
    named += [edition.span for edition in editions(source)]
    return named + [m.span() for m in _LIST_NUMBER.finditer(source)]


def _spelled_values(source: str) -> set[Decimal]:
    """What Chinese numerals of several characters say: 12 for 十二人."""
    found = (chinese_number(m[0]) for m in _SPELLED.finditer(source))
    return {value for value in found if value is not None}


_SPELLED: Final = guarded(
    r"[一二两三四五六七八九]?[十百千][一二三四五六七八九十百]{1,6}", "十", "百", "千"
)
_RAW: Final = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)(?:([KkMBT])(?![A-Za-z])|\s?([万亿千百]))?"
)
_POWERS: Final = {"k": 3, "m": 6, "b": 9, "t": 12, "百": 2, "千": 3, "万": 4, "亿": 8}


def _raw_values(text: str, spans: Sequence[tuple[int, int]]) -> set[Decimal]:
    """What the digits outside the given spans say, whatever they are part of."""
    values, spans = set(), sorted(spans)
    for found in _RAW.finditer(text):
        if not is_within(found.span(), spans):
            power = _POWERS.get((found[2] or found[3] or "").lower(), 0)
            values.add(Decimal(found[1].replace(",", "")) * 10**power)
    return values
