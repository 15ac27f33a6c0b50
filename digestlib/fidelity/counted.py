"""What a figure counts: the noun right behind it, 480 words and 3.2 images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.findings import about
from digestlib.fidelity.lexicon import in_chinese, in_english
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import Thing
from digestlib.models import Finding

_NOUN_THERE: Final = re.compile(r"[^，。；：、,;:（）()\n\d和与及或而]{0,24}")
_NOUN_HERE: Final = re.compile(
    r"(?:[ -](?!(?:of|in|on|for|at|with|from|per|and|or|that|which|who|is|are|was|were|to|by|than|"
    r"into|as|but|while|each|across|over|under|about|when|where|a|the|an|its|their|has|have|had|"
    r"it|they)\b)[A-Za-z][\w'’]*){1,5}"
)


def counted(
    things: Sequence[Thing], figures: Sequence[Span], text: str, *, there: bool
) -> list[frozenset[int]]:
    """For each figure the things, by their number, that stand in the noun behind it."""
    pattern = _NOUN_THERE if there else _NOUN_HERE
    found = []
    for _, end in figures:
        noun = pattern.match(text, end)
        stop = noun.end() if noun else end
        found.append(
            frozenset(
                index
                for index, thing in enumerate(things)
                if any(end <= a and b <= stop for a, b in (thing.source if there else thing.target))
            )
        )
    return found


def is_crossed(
    i: int, j: int, theirs: Sequence[frozenset[int]], ours: Sequence[frozenset[int]]
) -> bool:
    """Whether each of two figures counts in English what the other one counts in Chinese."""
    mine, yours = theirs[i] - theirs[j], theirs[j] - theirs[i]
    crossed = mine & ours[j] and yours & ours[i]
    return bool(crossed) and not mine & ours[i] and not yours & ours[j]


def is_kept(
    i: int, j: int, theirs: Sequence[frozenset[int]], ours: Sequence[frozenset[int]]
) -> bool:
    """Whether one of two figures counts in both texts what the other one counts in none."""
    return any((theirs[a] - theirs[b]) & (ours[a] - ours[b]) for a, b in ((i, j), (j, i)))


# ---------------------------------------------------------------- the noun itself

_SORTS: Final = (
    ("tokens", r"tokens?|词元|令牌", r"tokens?"),
    ("characters", r"个?(?:汉字|字符)", r"(?:Chinese )?characters?"),
    ("words", r"个?(?:单词|词(?!元))", r"words?"),
    ("sentences", r"[个条]?(?:句子|句)", r"sentences?"),
    ("parameters", r"个?参数", r"param(?:eter)?s?"),
    ("images", r"[张幅]?(?:图像|图片|图)", r"images?|pictures?|photos?"),
    ("videos", r"[个段]?视频", r"videos?"),
    ("frames", r"[个张]?帧", r"frames?"),
    ("layers", r"个?层", r"layers?"),
    ("trajectories", r"[个条]?轨迹", r"trajector(?:y|ies)"),
    ("hours", r"个?小时", r"hours?"),
    ("degrees of freedom", r"个?自由度|DoFs?", r"DoFs?|degrees? of freedom"),
    ("fingers", r"[个根]?手?指", r"fingers?"),
    ("dimensions", r"个?维度?", r"dim(?:ension)?s?"),
    ("languages", r"[种个]?语[言种]", r"languages?"),
    ("papers", r"篇?论文", r"papers?"),
    ("pages", r"页", r"pages?"),
    ("bits", r"比特|位(?![数于置名移])", r"bits?"),
    ("bytes", r"字节", r"bytes?"),
)
"""Nouns that are counted, none of which may stand for another."""
_SORT_THERE: Final = re.compile(
    r"[\s*]*(?:" + "|".join(f"(?P<s{n}>{zh})" for n, (_, zh, _) in enumerate(_SORTS)) + ")"
)
_SORT_HERE: Final = re.compile(
    r"[\s*-]+(?:" + "|".join(f"(?P<s{n}>{en})" for n, (_, _, en) in enumerate(_SORTS)) + r")\b"
)
_COUNTS: Final = frozenset({"count", "number", "measure"})


def changed_nouns(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """32k tokens told as 32K characters, 21自由度 as 21 fingers, 16/手 as 16 per finger."""
    for s, t, _ in matches:
        if s.kind not in _COUNTS:
            continue
        there, here = _SORT_THERE.match(source, s.end), _SORT_HERE.match(text, t.end)
        if there and here and there.lastgroup != here.lastgroup:
            sort, _, english = _SORTS[int(str(there.lastgroup)[1:])]
            chinese = _SORTS[int(str(here.lastgroup)[1:])][1]
            if not re.search(chinese, source) and not re.search(rf"\b(?:{english})\b", text):
                yield about("unit", "critical", f"the source says {sort}", s, t, source, text)
        elif each := _other_each(source[s.end : s.end + 14], text[t.end : t.end + 40]):
            yield about("unit", "critical", f"the source says per {each}", s, t, source, text)


_EACH_THERE: Final = re.compile(
    r"[^/，。；、,;）)\n\d]{0,10}[/／]\s?(?P<each>[\u4e00-\u9fff]{1,3})"
)
_EACH_HERE: Final = re.compile(r"[^.,;:\d)]{0,24}? (?:per|a|each) (?P<each>[a-z]+)\b")


def _other_each(behind: str, after: str) -> str | None:
    """What the source counts over, where English says per something that it is not."""
    there, here = _EACH_THERE.match(behind), _EACH_HERE.match(after)
    if not there or not here:
        return None
    theirs = {number for number, _ in in_chinese(there["each"])}
    ours = {number for number, _ in in_english(here["each"])}
    return there["each"] if theirs and ours and not theirs & ours else None
