"""Qualifiers of the English grammar: nearly, more than, up to in front, `or more` behind."""

from __future__ import annotations

import re
from typing import Final, cast

from digestlib.models import Bound
from digestlib.quantities.english_forms import Figure


def qualified(figure: Figure, low: str, free: int) -> tuple[int, int, Bound | None]:
    """Where the figure begins and ends with its qualifier, and the bound that this sets."""
    start, end = figure.start, figure.end
    before = low[max(free, start - 24) : start]
    told = before.rstrip(" *").endswith(_BEFORE_ENDS)
    front = _BEFORE.search(before) if told else None
    if (
        front
        and not front[0].endswith("than the ")
        and not _is_by_how_much(front, low, start - len(before) + front.start())
    ):
        return start - len(before) + front.start(), end, _bound(front)
    if before.endswith(("top ", "top-")) and (top := TOP.search(before)):
        start -= len(before) - top.start()
    if within := VAGUE_ENDS.search(low, start, end):
        return start, end, _bound(within)
    if behind := _BEHIND.match(low, end, end + 24):
        return start, behind.end(), _bound(behind)
    return start, end, None


def _is_by_how_much(front: re.Match[str], low: str, at: int) -> bool:
    """0.14 short of 4.35, 2.6 points more than second place: that sets no limit."""
    amount = next((found for word, found in _AMOUNTS.items() if front[0].startswith(word)), None)
    return bool(amount and amount.search(low, max(0, at - 24), at))


_POINTS: Final = re.compile(r"\d(?:%| (?:(?:percentage )?points?|percent|pp|pts?\.?)) \Z")
_AMOUNTS: Final = {
    "short of": re.compile(r"\d%? (?:(?:percentage )?points? |percent )?\Z")
} | dict.fromkeys(("more than", "less than", "higher than", "lower than"), _POINTS)


def _bound(match: re.Match[str]) -> Bound:
    return cast("Bound", match.lastgroup)


_BOUNDS: Final[dict[Bound, str]] = {
    "at_most": "no more than|not more than|at most|at the most|not exceeding|a maximum of|capped at|"
    "within|no longer than|≤|<=",
    "at_least": "no less than|no fewer than|not less than|at least|a minimum of|minimum of|≥|>=",
    "up_to": "up to|as high as|as many as|as much as|as long as|as large as|as low as",
    "over": "more than|greater than|larger than|higher than|longer than|better than|over|above|"
    "exceed|exceeds|exceeded|exceeding|surpass|surpasses|surpassed|surpassing|passes|passed|"
    "break|breaks|beyond|upwards of|in excess of|north of|>",
    "under": "sub-|less than|fewer than|lower than|shorter than|smaller than|under|below|short of|<",
    "nearly": "nearly|almost|close to|approaching|approaches|approached|nearing|not quite|not far off|not far short of|shy of",
    "about": "about|around|roughly|approximately|approx.|some|circa|on the order of|an estimated|more or less|in the region of|in the neighbourhood of|in the neighborhood of|"
    "estimated|or so|~|≈|∼",
}
_BEFORE: Final = re.compile(
    rf"(?<![a-z])(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _BOUNDS.items())})".replace(".", r"\.")
    + r"(?: only| just)?(?: a| the| an)? ?\*{0,2}$"
)  # fmt: skip
_BEFORE_ENDS: Final = tuple(
    {words.split()[-1] for group in _BOUNDS.values() for words in group.split("|")}
    | {" only", " just", " a", " the", " an"}
)
_NO_OTHER: Final = r"(?! (?:\W{0,3}\d|(?:than|the|an?|half|one|two|three|four|five|six|seven|eight|nine|ten|twenty)\b))"
"""0.82 and over 20 minutes: the bound is that of the next figure."""
_BEHIND: Final = re.compile(
    r"(?P<over>\+(?!\d)|(?<!\.\d)(?<!\.\d\d)[- ]plus\b)|"
    rf"(?P<at_least>,? (?:or|and) (?:more|higher|above|over|longer|better)\b{_NO_OTHER})|"
    rf"(?P<at_most>,? or (?:less|fewer|lower|below)\b{_NO_OTHER})|"
    r"(?P<about> or so\b| or thereabouts\b|[ -]odd\b|-some\b)"
)
VAGUE_ENDS: Final = re.compile(
    r"(?:(?P<over>\+|(?<!\.\d)(?<!\.\d\d)[- ]plus)|(?P<about>[- ]odd|-some))(?= [a-z%])"
)
"""Between a figure and its unit: 60-plus times, 30+ hours, 20-odd percent."""
TOP: Final = re.compile(r"\b(?:the )?top[ -]$")
