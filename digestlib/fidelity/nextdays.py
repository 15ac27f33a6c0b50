"""The next, the same or the previous day, week, month or year: the following month for 次日.

Only what Chinese says in one word (次日, 当月, 前一年) and English with the following, the same or
the previous is compared, where the source says nothing else of what comes next or came before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding

NEXT: Final = "次|翌|隔|第二|当|同|前一"
TOLD: Final = "following|next|same|that|previous|preceding|before|overnight|later|earlier|after"
_UNITS: Final = (
    ("day", "天|日(?!本|语|元|文|志|程|常|均)|晚|晨"),
    ("week", "周(?![年边期围])|星期"),
    ("month", "个?月"),
    ("quarter", "个?季度?"),
    ("year", "年(?![级龄代轻纪度])"),
)
_UNIT: Final = "|".join(f"(?P<{name}>{chinese})" for name, chinese in _UNITS)
_OFFSETS: Final = {"next": 1, "same": 0, "last": -1}
_THERE: Final = re.compile(
    r"(?:(?P<next>(?<![\d一二两三四五六七八九十几多每首再初逐本这该])次|翌|隔|(?<!第)第二(?=[天日周年]))|"
    r"(?P<same>(?<![适相每正应充担便承])当|(?<![不相共协如合等])同一?)|(?P<last>前一))"
    rf"(?:{_UNIT})"
)
_WHOLE: Final = r"(?P<unit>day|week|month|quarter|year)"
_PART: Final = r"morning|evening|afternoon|night"
_HERE: Final = re.compile(
    rf"\b(?:(?P<next>(?:the )?(?:following|next|subsequent))|(?P<same>(?:(?:the|that|this) (?:very )?same|that(?! (?:\w+ ){{0,3}}ago)))|(?P<last>(?:the )?(?:previous|preceding|prior)))"
    rf" (?:{_WHOLE}|{_PART})\b(?!-|s\b|['’]s? (?:\w+ )?ago)"
    r"|\b(?:the|a|one) (?P<whole>day|week|month|quarter|year) (?:(?P<after>after|later)|(?P<before>before|earlier))\b"
)
_ELSE_THERE: Final = re.compile(
    r"未来|接下来|此后|随后|今后|下一|下个|下[周月季]|近[一几两]|过去|上一|上个|上[周月季年]|去年|昨|明[天日年]|今[天日年]|本[周月季年]|"
    r"同比|环比|(?<!前)(?:一|1 ?)(?:年|个月|天|周)|24 ?小时|之前|以前|之后|以后|前后"
)


def moved_days(case: Case) -> Iterator[Finding]:
    """The first day, week, month or year that is none of those of the source."""
    theirs = {_said(found) for found in _THERE.finditer(case.source)}
    if not theirs or _ELSE_THERE.search(case.source):
        return
    told = [(_told(found), found) for found in _HERE.finditer(case.lowered)]
    if told and not any(said in theirs for said, _ in told):
        message = "the source says another day, month or year"
        yield finding(case, "date", "major", message, target=told[0][1].span())


def _said(found: re.Match[str]) -> tuple[int, str]:
    offset = next(_OFFSETS[name] for name in _OFFSETS if found[name])
    return offset, next(name for name, _ in _UNITS if found[name])


def _told(found: re.Match[str]) -> tuple[int, str]:
    if found["whole"]:
        return (1 if found["after"] else -1), found["whole"]
    offset = next(_OFFSETS[name] for name in _OFFSETS if found[name])
    return offset, found["unit"] or "day"
