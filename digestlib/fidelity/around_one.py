"""Over for under of one unit of time: more than a month for 不到一个月, under a week for 超过一周.

`a month` is no figure in English, where it mostly says no more than that a month is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.bounds import bound_of
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.limits import OVER
from digestlib.models import Finding
from digestlib.patterns import guarded
from digestlib.quantities.units import UNITS

LIMITS: Final = "不到|不足|未满|少于|低于|短于|小于|超|多|逾|不止|至少|大于|内|以上|以下|余|起码"
TOLD: Final = "an a|er a|er just a|least a|in a|nd a|ess of a|low a|ing a|eds a|ed a|most a"
"""What a limit of one unit has: than a, over a, under a, within a, beyond a, in excess of a."""
_ONE: Final = r" (?:just )?an? (?:full |whole |single |mere )?(minute|hour|day|week|month|year|decade)\b(?![ -](?:and|or|to an?)\b)"
_OVER_HERE: Final = guarded(
    rf"\b(?:(?:more|longer|later|no less|not less) than|upwards of|in excess of|at least|exceed(?:s|ed|ing)?|(?:just|well|a little) over){_ONE}"
    rf"|(?:\b(?:in|for|after|of|is|are|was|were|by|takes?|taking|took|lasts?|lasted|lasting|needs?|requir\w+) |\A)over{_ONE}"
    rf"|\bover{_ONE}(?= (?:after|ago|later|since)\b)",
    *("than", "upwards", "excess", "least", "exceed", "over"),
)
_UNDER_HERE: Final = guarded(
    rf"\b(?:(?:less|shorter|no more|no longer|not more) than|under|at most|not even|not quite){_ONE}",
    *("than", "under", "most", "not"),
)
_ANY_UNDER: Final = guarded(
    r"\b(?:(?:less|shorter|fewer|sooner|earlier) than|under|below|within|inside|at most|not even|not quite|nearly|almost|barely|sub-\w+|short of|no more|no longer)\b",
)
_ANY_OVER: Final = guarded(
    r"\b(?:(?:more|longer|later|greater) than|over|upwards|excess|beyond|least|exceed\w*|past|after|or (?:more|longer)|plus)\b"
)
_DENIED: Final = re.compile(
    r"(?:\b(?:no|not|never|cannot|neither|nor|none|nobody|nothing|without|rarely|seldom|hardly|before|until|if|unless|rather|"
    r"instead|from|previous\w*|used to|other\w*|rest)\b|n['’]t\b)[^.;]{0,60}\Z"
)
"""It does not take more than an hour; from more than a day, which others take."""


def turned_around_one(case: Case) -> Iterator[Finding]:
    """A limit of one unit that English has only the other way round."""
    for s in case.unmatched_source:
        if s.value != 1 or s.kind != "measure":
            continue
        bound = bound_of(s, case.source)
        if bound in ("under", "at_most"):
            opposite, kept = _OVER_HERE, _ANY_UNDER
        elif bound in OVER:
            opposite, kept = _UNDER_HERE, _ANY_OVER
        else:
            continue
        low = case.lowered
        told = opposite.search(low)
        if told is None or kept.search(low.replace(told[0], " ")):
            continue
        unit = next(filter(None, told.groups()))
        if unit in UNITS[s.unit].english and not _DENIED.search(low, 0, told.start()):
            message = f"the source says {s.text}, not {told[0]}"
            here, there = told.span(), (s.start, s.end)
            yield finding(case, "bound", "critical", message, target=here, span=there)
