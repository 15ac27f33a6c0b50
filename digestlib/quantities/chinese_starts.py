"""Where a figure may begin in a line of Chinese: at a digit, a numeral or a word before one.

What must follow each character is told here as well, since 成, 数, 上 and 一 are mostly parts of words.
"""

from __future__ import annotations

import re
from typing import Final


def may_count(text: str) -> bool:
    """Whether there may be a figure: most lines have none, and are read no further."""
    return START.search(text) is not None


_SCALE_OR_UNIT: Final = "十百千万亿毫秒分个小天星周年倍"
_NO_ARTICLE: Final = (
    r"(?<=[仅只需要用有凭靠在过含赖少多到足止、/和与及或\s]一)"
    r"|(?=[到至][两二三四五六七八])|(?![致些般体定系旦直种项条款类套组]|个(?![月小星钟数百点半亿p]))"
)
"""一 is mostly part of a word (一致) or an article (一种); behind 仅, 只需, 至少 or in a list it may count."""
_OPENINGS: Final = {
    "二两三四五六七八九十百千万亿零": "",
    "一": f"{_NO_ARTICLE}|(?=季度)",
    "成": "[百千]上",
    "数": f"[{_SCALE_OR_UNIT}以月日]",
    "几": f"[{_SCALE_OR_UNIT}]",
    "半": "[数个小月年天分秒升米吨]|公[斤里顷]|毫[米秒]",
    "减逾超近": "半",
    "上过破": "[百千万亿十半]",
    "前": r"\s?[\d二两三四五六七八九十百]",
    "首": "[个款套份项篇种部批例台]",
    "第": r"\s?[\d零一二两三四五六七八九十百千万亿]",
    "翻": "[了两二一三四番倍近将约超逾]",
    "双": "阶段|卡",
    "负": r"\s?[\d一二两三四五六七八九十]",
    "正": r"负\s?\d",
    "亚": "[毫微纳秒分小]",
    "毫微": "秒级",
    "秒": "级",
    "分": "钟级",
    "小": "时级",
}
"""Characters other than digits that a figure may begin with, and what must follow them."""
_CHARACTERS: Final = "".join(_OPENINGS)
_OPENED: Final = "|".join(f"(?<=[{chars}])(?={behind})" for chars, behind in _OPENINGS.items())
_SIGNS: Final = r"+\-−±×"
START: Final = re.compile(
    rf"[\d$€¥￥{_SIGNS}{_CHARACTERS}](?:"
    rf"(?<![A-Za-z0-9_.].)(?:(?<=\d)(?<!\d,\d(?=\d\d))|(?<=[{_SIGNS}])(?=\d)|(?<=[$€¥￥])(?=\s?[{_SIGNS}]?\d))"
    rf"|{_OPENED})"
)
"""Begins with a set of characters, which is ten times as fast as a choice of patterns."""
