"""What a figure counts told as something else: 400B tokens as 400B samples, 200 steps as 200 epochs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.findings import about
from digestlib.fidelity.matching import Match
from digestlib.models import Finding


class _Sort(NamedTuple):
    """A sort of things: how the source may name it, how it does behind a figure, and English."""

    anywhere: re.Pattern[str]
    counted: re.Pattern[str]
    english: re.Pattern[str]


def _sort(counted: str, english: str, also: str = "") -> _Sort:
    """`also` may be rendered by these English words, but does not rule other ones out."""
    anywhere = re.compile("|".join(filter(None, (counted, also))), re.IGNORECASE)
    words = re.compile(rf"\b(?:{english})\b", re.IGNORECASE)
    return _Sort(anywhere, re.compile(rf"(?:{counted})", re.IGNORECASE), words)


_SORTS: Final = (
    _sort("tokens?|词元", "tokens?", "令牌|标记"),
    _sort("样本|样例", "samples?", "数据|示例|实例|例|条|题|采样|候选|输出|rollout|sample"),
    _sort("步|steps?", "steps?", "阶段|环节"),
    _sort("epochs?", "epochs?", "轮|遍|周期|回合|代"),
    _sort("道题|个问题|题目", "questions?", "问|题|QA|query"),
    _sort("页", "pages?"),
    _sort("帧", "frames?"),
    _sort("层", "layers?", "级"),
    _sort(r"GPU(?!\s?[小时天])|显卡", "GPUs?", r"卡|[AHBV]\d{2,3}|RTX"),
    _sort("种?语言|语种", "languages?", "语"),
    _sort("篇?论文", "papers?", "篇|文"),
    _sort("参数", "parameters?", "模型|规模"),
)
"""Things that are never each other."""
_BEHIND_THERE: Final = re.compile(r"[\s*]*[^，。；：、,;:（）()\n\d和与及或而]{0,6}")
_BEHIND_HERE: Final = re.compile(r"(?:[* -]+[A-Za-z][\w'’]*){1,3}")


def changed_counted(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """A figure that counts one sort of things here and another there, of which the source has none."""
    for s, t, _ in matches:
        here = _BEHIND_HERE.match(text, t.end)
        if here is None or s.unit or s.kind not in ("count", "number", "magnitude"):
            continue
        there = _BEHIND_THERE.match(source, s.end)
        if noun := _told_otherwise(
            source[s.start : there.end() if there else s.end], here[0], source
        ):
            message = f"the source counts {noun}"
            yield about("unit", "critical", message, s, t, source, text)


def _told_otherwise(counted: str, phrase: str, source: str) -> str | None:
    """What Chinese counts, where the English phrase names another sort that the source has not."""
    nouns = [(sort, noun[0]) for sort in _SORTS if (noun := sort.counted.search(counted))]
    if not nouns or any(sort.english.search(phrase) for sort, _ in nouns):
        return None
    strange = any(o.english.search(phrase) and not o.anywhere.search(source) for o in _SORTS)
    return nouns[0][1] if strange else None
