"""Per day, per week: what a figure is counted over, and units that stand apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about, finding
from digestlib.models import Finding, Quantity

_PERIODS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "hundred",
        r"每\s?(?:百(?!万)|100(?![\d万]))",
        r"(?:(?:per|a|each|every|in) )(?:hundred|100)\b",
    ),
    (
        "thousand",
        r"每\s?(?:千(?!万)|1,?000(?![\d万,]))",
        r"(?:(?:per|a|each|every|in) )(?:thousand|1,?000|1K)\b(?!,)",
    ),
    ("million", r"每\s?(?:百万|100\s?万)", r"(?:(?:per|a|each|every|in) )(?:million|1M)\b"),
    ("billion", r"每\s?(?:十亿|10\s?亿)", r"(?:per|each|every) (?:billion|1B)\b"),
    ("second", r"每秒|/\s?[s秒]|每一秒", r"(?:(?:per|a|each|every) |/ ?)(?:second|sec|s)\b"),
    ("minute", r"每分钟|/分钟", r"(?:(?:per|a|each|every) |/ ?)(?:minute|min)\b"),
    ("hour", r"每小时|每个小时|/小时", r"(?:(?:per|an|each|every|by the) |/ ?)(?:hour|h)\b|hourly"),
    (
        "day",
        r"日均|日活|每天|每日|/天|日产量|日访问|(?<![\d今当次昨近同生节首前])日(?:下载|销|播放|调用|访问|新增|租金)",
        r"(?:(?:per|a|each|every|by the) |/ ?)day\b|daily|DAUs?",
    ),
    (
        "week",
        r"周均|周活|周产量|周下载|周度|每周|每星期|首周|第一周|上周",
        r"(?:(?:per|a|each|every|last|previous) |/ ?)week\b|weekly|WAUs?|first week\b",
    ),
    (
        "month",
        r"月均|月活|月产量|(?<![\d个本当上下首每近同])月(?:下载|销量|播放|调用|访问|新增|费|租|付|薪)|包月|月度|每月|每个月|首月|首个月|第一个月|上个?月",
        r"(?:(?:per|a|each|every|last|previous|by the) |/ ?)month\b|monthly|MAUs?|first month\b",
    ),
    (
        "quarter",
        r"季均|季度均|每季度?|每个季度|逐季",
        r"(?:(?:per|a|each|every) |/ ?)quarter\b(?! of)|quarterly",
    ),
    (
        "year",
        r"年均|年度|每年|年产量|年费|年租|年付|年薪|包年",
        r"(?:(?:per|a|each|every|by the) |/ ?)year\b|yearly|annual\w*",
    ),
)


_LASTING: Final = {
    "second": "秒", "minute": "分钟", "hour": "小时", "day": "天", "week": "周", "month": "月", "quarter": "季度", "year": "年",
}  # fmt: skip
"""One of them as a span of time: “within a month” is no rate."""
PERIODS: Final = (
    "每|日均|周均|月均|年均|季均|日活|周活|月活|产量|逐季|周度|月度|年度|首周|首月|首个月|"
    "第一周|第一个月|月费|月租|月付|月薪|包月|年费|年租|年付|年薪|包年|新增|下载|月销|日销|播放|调用|访问|日租|"
    "上周|上月|上个月|/s|/秒|/分钟|/小时|/天|/ s|/ 秒"
)
"""What each Chinese period has."""
_THERE: Final = re.compile("|".join(f"(?P<{name}>{chinese})" for name, chinese, _ in _PERIODS))
_HERE: Final = re.compile(
    "|".join(
        rf"(?P<{name}>\b(?:{english}))(?! (?:ago|earlier|before|later)\b)"
        for name, _, english in _PERIODS
    ),
    re.IGNORECASE,
)


def changed_periods(case: Case) -> Iterator[Finding]:
    """Per week for per day: beside a figure, or one period of the source gone and another come."""
    source, text = case.source, case.text
    theirs = {str(found.lastgroup) for found in _THERE.finditer(source)}
    if not theirs:
        return
    for s, t, _ in case.figures:
        there = _period_there(s, source)
        period = _period_here(t, text) if there else None
        if there and period and period.lastgroup not in _periods_of(s, there, source):
            message = f"the source says per {there.lastgroup}"
            patch = f"{s.english} per {there.lastgroup}"
            yield about(case, "unit", "critical", message, s, t, patch)
            return
    ours = {str(found.lastgroup): found for found in _HERE.finditer(text)}
    for name in sorted(set(ours) - theirs) if theirs - set(ours) else ():
        one = ours[name][0].lower().startswith(("a ", "an "))
        if not one or (len(theirs) == 1 and not _lasts(name, source)):
            message = f"the source says per {' and '.join(sorted(theirs))}"
            yield finding(case, "unit", "critical", message, target=ours[name].span())


def _period_there(s: Quantity, source: str) -> re.Match[str] | None:
    """The period right behind a figure, else the last one in front of it: 月活用户 3,000 万."""
    if behind := _THERE.search(_CLAUSE_END.split(source[s.end : s.end + 8])[0]):
        return behind
    before = _BETWEEN.split(source[max(0, s.start - IN_FRONT) : s.start])[-1]
    return next(iter([*_THERE.finditer(before)][::-1]), None)


def _periods_of(s: Quantity, there: re.Match[str], source: str) -> set[str | None]:
    """The period of a figure, and others in front of it: 每百头每天 1 次."""
    before = _BETWEEN.split(source[max(0, s.start - IN_FRONT) : s.start])[-1]
    return {there.lastgroup} | {found.lastgroup for found in _THERE.finditer(before)}


def _period_here(t: Quantity, text: str) -> re.Match[str] | None:
    """The period behind a figure (5% a month, 7 million daily users), else an adjective before it."""
    if beside := _BESIDE.match(text, t.end):
        return _HERE.search(beside[0])
    if adjective := _ADJECTIVE.match(text, t.end):
        return _HERE.search(adjective[0])
    before = _BETWEEN.split(text[max(0, t.start - 2 * IN_FRONT) : t.start])[-1]
    return next(iter([*_ACTIVE.finditer(before)][::-1]), None)


IN_FRONT: Final = 24
"""So many Chinese characters in front of a figure stands what it is counted over."""
_BETWEEN: Final = re.compile(r"[，。；、,;.\n\d]")
_ADJECTIVE: Final = re.compile(r"[* ]+(?:daily|weekly|monthly|quarterly)\b", re.IGNORECASE)
_ACTIVE: Final = re.compile(
    r"\b(?:(?P<day>daily)|(?P<week>weekly)|(?P<month>monthly)|(?P<quarter>quarterly)) (?:active\b|users?\b|output\b|production\b|visit\w*|downloads?\b|sales\b)",
    re.IGNORECASE,
)


def _lasts(period: str, source: str) -> bool:
    chinese = _LASTING.get(period)
    return bool(chinese and re.search(rf"(?<!每)一整?个?{chinese}", source))


_UNITS_APART: Final = (
    ("hours", r"个?小时", r"hours?"),
    ("days", r"天", r"days?"),
    ("weeks", r"周", r"weeks?"),
    ("minutes", r"分钟", r"min(?:ute)?s?"),
    ("seconds", r"秒", r"sec(?:ond)?s?"),
    ("months", r"个月", r"months?"),
    ("years", r"年", r"years?"),
)
UNITS: Final = "小时|天|周|分钟|秒|个月|年"
"""Of these each Chinese unit that stands apart has one."""
_APART_THERE: Final = re.compile(
    r"\s?(?:张|块|卡)?\s?[A-Z][A-Za-z0-9 .·-]{0,18}(?:"
    + "|".join(f"(?P<{name}>{chinese})" for name, chinese, _ in _UNITS_APART)
    + ")"
)
_APART_HERE: Final = re.compile(
    r"[ -][A-Z][A-Za-z0-9 .·-]{0,18}?[ -](?:"
    + "|".join(f"(?P<{name}>{english})" for name, _, english in _UNITS_APART)
    + r")\b"
)


_BEHIND_THERE: Final = re.compile(
    r"[余多]?\s?(?:" + "|".join(f"(?P<{name}>{chinese})" for name, chinese, _ in _UNITS_APART) + ")"
)
_BEHIND_HERE: Final = re.compile(
    r"[ -](?:" + "|".join(rf"(?P<{name}>{english})" for name, _, english in _UNITS_APART) + r")\b"
)


def changed_units_apart(case: Case) -> Iterator[Finding]:
    """2.79 万 H800 GPU 小时 told in GPU days, 十几分钟 as ten-odd hours: the unit stands apart."""
    for s, t, _ in case.figures:
        there, here = _APART_THERE.match(case.source, s.end), _APART_HERE.match(case.text, t.end)
        if not s.unit and not t.unit and s.kind == "count":
            there = there or _BEHIND_THERE.match(case.source, s.end)
            here = here or _BEHIND_HERE.match(case.text, t.end)
        if there and here and there.lastgroup != here.lastgroup:
            message = f"the source says {there.lastgroup}"
            yield about(case, "unit", "critical", message, s, t)


_CLAUSE_END: Final = re.compile(r"[，。；、,;\n]")
_BESIDE: Final = re.compile(
    r"[^.,;:\d]{0,24}?(?<!within)(?<! in)(?<! over)(?<! after)(?<! for)(?<! of)(?<! than)(?<! from)(?<! to) (?:per|a|an|each|every) [a-z]+(?! (?:ago|earlier|before)|[a-z])"
)
"""Doubled within a month is no rate."""
