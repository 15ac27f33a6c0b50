"""Names that Chinese writes in its own characters: 英伟达 for NVIDIA, 哨兵二号 for Sentinel-2, 混元-T1.

The names are data, in `known_names.txt`. Of others only the spelling tells: 星穹-VL is Xingqiong-VL.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Final

from digestlib.once import once
from digestlib.quantities.english_names import FAMILIES


def in_chinese(name: str, source: str) -> bool:
    """Whether the source has what Chinese says for the name."""
    chinese = _known().get(name.lower())
    return chinese is not None and chinese.search(source) is not None


def is_transcribed(name: str, source: str) -> bool:
    """Whether the source has a Chinese name with the same number or letters behind it."""
    match = _WITH_TAIL.fullmatch(name)
    if match is None:
        return False
    head, tail = match["head"] or match["word"], match["number"] or match["letters"]
    if not in_chinese(head, source) and (not _PINYIN.fullmatch(head) or head.lower() in FAMILIES):
        return False
    ends = re.escape(tail)
    if tail in _NUMERALS:
        ends = rf"(?:{ends}|{_NUMERALS[tail]}(?=[号代]))"
    return bool(re.search(rf"[\u4e00-\u9fff·][-－· 第]*{ends}(?![\d.]*\d|[A-Za-z])", source))


_WITH_TAIL: Final = re.compile(
    r"(?P<head>[A-Z][A-Za-z']+?)[- ]?(?P<number>\d[\w.-]*)|(?P<word>[A-Z][A-Za-z']+)-(?P<letters>[A-Z][\w.-]*)"
)
_NUMERALS: Final = dict(zip("123456789", "一二三四五六七八九", strict=True))
_PINYIN: Final = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[aeiou]{1,3}(?:ng|n)?|er)){1,5}", re.IGNORECASE
)


def is_pinyin(word: str) -> bool:
    """Whether a word can be Chinese in Latin letters."""
    return _PINYIN.fullmatch(word) is not None


@once
def _known() -> dict[str, re.Pattern[str]]:
    """What Chinese says, by the name in small letters."""
    file = resources.files(__package__).joinpath("known_names.txt").read_text(encoding="utf-8")
    lines = (line.partition(" = ") for line in file.splitlines() if " = " in line)
    return {
        name.strip().lower(): re.compile(chinese)
        for names, _, chinese in lines
        if names[0] != "#"
        for name in names.split(",")
    }
