"""Since when: 同比 is a year on year, 环比 since the last quarter or month, 北京时间 no UTC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about, finding
from digestlib.models import Finding

BASES: Final = "同比|环比|同期|去年|上年|上季|上一季|上月|上个月|上周|上一周|上个季"
"""What each Chinese base has."""
_THERE: Final = re.compile(
    r"(?P<year>同比|(?:去年|上年|上一年)(?:同期|同月|同季)?|同期)"
    r"|(?P<month>(?:较|比|与)?上(?:一个?|个)?月)|(?P<quarter>(?:较|比|与)?上(?:一个?|个)?季度?)"
    r"|(?P<week>(?:较|比|与)?上(?:一|个)?周)|(?P<last>环比)"
)
_HERE: Final = re.compile(
    r"\b(?P<year>year[- ](?:over|on|to)[- ]year|yoy|y/y|(?:a|one|the) year (?:ago|earlier|before|prior)|"
    r"(?:last|previous|prior|preceding) year(?:['’]s)?|year-(?:earlier|ago)|"
    r"(?:same|corresponding) (?:period|quarter|month|week|time)[^.;,\d]{0,12}\b(?:last|previous|year|earlier|before)\b(?: year)?|annually)"
    r"|\b(?P<quarter>quarter[- ](?:over|on|to)[- ]quarter|qoq|q/q|"
    r"(?:(?:a|one|the) )quarter (?:ago|earlier|before|prior)|(?<!same )(?:last|previous|prior|preceding) quarter(?! of))"
    r"|\b(?P<month>month[- ](?:over|on|to)[- ]month|mom(?![a-z])|m/m|"
    r"(?:(?:a|one|the) )month (?:ago|earlier|before|prior)|(?:last|previous|prior|preceding) month(?! of))"
    r"|\b(?P<week>week[- ](?:over|on|to)[- ]week|wow(?![a-z])|w/w|"
    r"(?:(?:a|one|the) )week (?:ago|earlier|before|prior)|(?:last|previous|prior|preceding) week(?! of))"
    r"|\b(?P<last>sequential(?:ly)?)",
)
_END_THERE: Final = re.compile(r"[。；\n]")
_END_HERE: Final = re.compile(r";|[.](?=\s|$)|\n|\b(?:but|while|whereas|though|although|yet)\b")


def changed_bases(case: Case) -> Iterator[Finding]:
    """Up 6% year on year for 环比增长 6%: what the figure is compared with is another time."""
    for s, t, _ in case.figures:
        theirs = _base_there(s.start, case.source)
        ours = theirs and _base_here(t.start, t.end, case)
        if theirs and ours and _is_other(theirs, str(ours.lastgroup)):
            message = f"the source compares with the {_NAMES.get(theirs, theirs)} before"
            yield about(case, "date", "major", message, s, t)
            return
    there = {str(m.lastgroup) for m in _THERE.finditer(case.source)}
    told = {str(m.lastgroup): m for m in _HERE.finditer(case.lowered)}
    if len(there) == 1 and told and all(_is_other(next(iter(there)), name) for name in told):
        message = f"the source compares with the {_NAMES.get(*there, *there)} before"
        span = next(iter(told.values())).span()
        yield finding(case, "date", "major", message, target=span)


_NAMES: Final = {"last": "period"}


def _is_other(theirs: str, ours: str) -> bool:
    """环比 may be any period but a year."""
    return (
        ours == "year"
        if theirs == "last"
        else theirs == "year"
        if ours == "last"
        else theirs != ours
    )


def _base_there(start: int, source: str) -> str | None:
    """What stands in front of the figure, with no other figure between: 环比再增一成."""
    low = max(0, start - 16)
    found = list(_THERE.finditer(source, low, start))
    if not found or re.search(r"[，。；,;\n\d]", source[found[-1].end() : start]):
        return None
    return str(found[-1].lastgroup)


def _base_here(start: int, end: int, case: Case) -> re.Match[str] | None:
    """What stands behind the figure and before the next one, else in front of it in its clause."""
    low = case.lowered
    later = [q.start for q in case.text_quantities if q.start >= end]
    stop = _END_HERE.search(low, end)
    high = min([*later, stop.start() if stop else len(low), end + REACH])
    if behind := _HERE.search(low, end, high):
        return behind
    earlier = [q.end for q in case.text_quantities if q.end <= start]
    floor = max([m.end() for m in _END_HERE.finditer(low, 0, start)] + earlier, default=0)
    before = _HERE.finditer(low, max(floor, start - REACH), start)
    return next((m for m in before if _ADVERB.match(m[0])), None)


_ADVERB: Final = re.compile(r"\w+[- ](?:over|on|to)[- ]|[a-z]/|[ymqw]o[a-z]\b|sequential")
"""Year-on-year growth of 40% is of the figure; sales of last year's fourth quarter need not be."""
REACH: Final = 80
"""What a figure is compared with stands within so many characters."""

ZONES: Final = "时间|UTC|GMT"
"""What each Chinese time zone has."""
_BEIJING_THERE: Final = re.compile("北京时间|东八区")
_ANY_OTHER_THERE: Final = re.compile(
    "UTC|GMT|(?:太平洋|美东|美西|东部|西部|东京|伦敦|世界|协调世界|格林)(?:标准|夏令)?时"
)
_OTHER_HERE: Final = re.compile(
    r"\b(?:UTC|GMT)\b(?! ?[+＋]0?8)|\b(?:PST|PDT|EST|EDT|JST|CET|BST)\b|"
    r"\b(?:Pacific|Eastern|Tokyo|London|Greenwich|New York) (?:\w+ )?(?:[Tt]ime)\b"
)


def changed_zones(case: Case) -> Iterator[Finding]:
    """20:00 UTC for 北京时间 20:00."""
    told = _OTHER_HERE.search(case.text)
    there = _BEIJING_THERE.search(case.source)
    if told and there and not _ANY_OTHER_THERE.search(case.source) and not _KEPT.search(case.text):
        message = "the source gives Beijing time"
        yield finding(case, "unit", "critical", message, target=told.span(), span=there.span())


_KEPT: Final = re.compile(r"Beijing|China|Chinese|\bCST\b|Shanghai|(?:UTC|GMT) ?[+＋]0?8")
