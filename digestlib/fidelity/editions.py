"""Contests and conferences of a year, however it is written: AIME24, AIME 2024, AIME '24 and '25."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.fidelity.nearness import Span
from digestlib.models import Quantity
from digestlib.patterns import Strings
from digestlib.quantities import english_names


class Edition(NamedTuple):
    """The event, the last two digits of its year, and where either stands, or the year alone."""

    event: str
    year: str
    span: Span


EVENTS: Final = (
    "AIME|HMMT|AMC|USAMO|CMIMC|BRUMO|IMO|IOI|IPhO|CVPR|ICCV|ECCV|ICML|ICLR|NeurIPS|NIPS|AAAI|"
    "IJCAI|EMNLP|NAACL|ACL|KDD|SIGIR|SIGGRAPH|ICRA|IROS|CoRL|INTERSPEECH|ICASSP|WMT|IWSLT|"
    "ILSVRC|COCO|VOC"
)
_YEAR: Final = r"(?:20|['’‘])?[012]\d(?![\d%％]|\.\d|[A-Za-z])"
_EDITIONS: Final = re.compile(
    rf"(?<![A-Za-z])(?P<event>{EVENTS})(?P<first>(?: Feb(?:ruary|\.)?| Nov(?:ember|\.)?)?[- ]?{_YEAR})"
    rf"(?P<more>(?:\s?(?:/|&|、|和|与|及|, and|,|and)\s?(?:20[012]\d|['’‘][012]\d|(?<=/)[012]\d|"
    rf"[12]\d(?= ?(?:[,.;)，。；）]|$)))(?![\d%％]|\.\d|[A-Za-z]))*)"
)
_EVENT: Final = Strings(EVENTS.split("|"))
_DIGITS: Final = re.compile(r"\d\d(?!\d)")


@lru_cache(maxsize=256)
def editions(text: str) -> tuple[Edition, ...]:
    """Each event with its year; what stands beside one of them is a year of it as well."""
    found = []
    for told in _EDITIONS.finditer(text) if _EVENT.within(text) else ():
        start = told.start()
        for year in _DIGITS.finditer(text, told.end("event"), told.end()):
            found.append(Edition(told["event"], year[0], (start, year.end())))
            start = year.end()
    return tuple(found)


@lru_cache(maxsize=1024)
def unprotected(text: str) -> str:
    """The text with links, code, LaTeX and events of a year blanked."""
    told = editions(text)
    plain = english_names.unprotected(text)
    return english_names.mask(plain, [edition.span for edition in told]) if told else plain


def apart_from_editions(text: str, figures: list[Quantity]) -> list[Quantity]:
    """The figures that are no year of an event."""
    told = editions(text) if figures else ()
    return [q for q in figures if not any(a < q.end and q.start < b for *_, (a, b) in told)]
