"""A thing told with the opposite adjective: short videos for 长视频, low resolution for 高分辨率.

The adjective stands right before the same noun in both texts, so that no other word of the sentence
excuses it. Of a noun that the source has with the opposite too, or without any, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import Thing, words_of
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Beginnings, Guarded, Index, guarded, needs_of, numbers


class _Adjective(NamedTuple):
    """How Chinese says it right before a noun, and English; and the same of its opposite."""

    ends: frozenset[str]
    """The letters that it ends with, 的 apart."""
    said: Guarded
    hinted: Guarded
    told: Guarded
    opposite: Guarded
    other: Guarded
    here: Guarded


_PAIRS: Final = (
    ("长", "long|longer|long-form|lengthy|extended|lengthier", "短", "short|shorter|short-form|brief"),
    ("大规模|大型|大", "large|larger|big|bigger|large-scale|major|huge|great|greater", "小规模|小型|小", "small|smaller|small-scale|tiny|minor|little"),
    ("高", "high|higher|good|fine|top|tall", "低", "low|lower"),
    ("深", "deep|deeper", "浅", "shallow|shallower"),
    ("强", "strong|stronger|powerful|capable", "弱", "weak|weaker"),
    ("多", "multi|multiple|many|several|various|multi-step", "单", "single|one|individual|mono|sole"),
    ("静态|静止", "static|still|stationary", "动态|运动", "dynamic|moving"),
    ("早期|初期|前期", "early|earlier|initial|early-stage", "后期|晚期|末期", "late|later|final|late-stage"),
    ("在线|线上", "online|on-line|live", "离线|线下", "offline|off-line"),
    ("开源|开放", "open|open-source|open-weight|open-sourced", "闭源|封闭|专有", "closed|closed-source|proprietary"),
    ("近距离|近处的?|附近的?|近端", "nearby|near|close|close-range|short-range|nearer", "远距离|远处的?|远端", "distant|far|faraway|far-off|long-range|remote|farther"),
    ("简单|容易", "simple|simpler|easy|easier|basic", "复杂|困难|高难度?", "complex|complicated|hard|harder|difficult|challenging"),
    ("稠密|密集", "dense|denser|crowded", "稀疏", "sparse|sparser"),
    ("真实", "real|real-world|true|actual|authentic|genuine|realistic", "合成|虚假|伪造|仿真", "synthetic|fake|simulated"),
    ("公开|公共", "public|open|publicly available", "私有|内部|非公开", "private|proprietary|in-house|internal"),
    ("全局|整体|全球", "global|overall|worldwide", "局部|本地", "local"),
    ("内部", "internal|in-house|inner", "外部", "external|outside|outer"),
    ("常见", "common|frequent|familiar", "罕见|少见|稀有", "rare|uncommon|unusual"),
    ("免费", "free", "付费|收费", "paid|premium"),
    ("有害|恶意", "harmful|malicious|toxic", "无害|良性", "harmless|benign|innocuous"),
    ("主观", "subjective", "客观", "objective"),
    ("正面|积极|正向", "positive|favourable|favorable", "负面|消极|负向", "negative|unfavourable|unfavorable"),
    ("国内|本土", "domestic|local|home-grown|Chinese", "国外|海外|境外", "foreign|overseas|international"),
    ("新版|新", "new|newer|latest|updated", "旧版|旧|老", "old|older|outdated|previous"),
    ("短期", "short-term|near-term", "长期", "long-term|longer-term"),
    ("自动", "automatic|automated", "手动|人工", "manual"),
    ("显式", "explicit", "隐式", "implicit"),
    ("连续", "continuous", "离散", "discrete"),
    ("横向|水平", "horizontal", "纵向|垂直", "vertical"),
)  # fmt: skip
_NOT_SAID: Final = r"(?<![更越较最变加增延缩不非过太调提升降扩放减拉抬很之偏无未])"
"""What stands in front of an adjective that says how it was changed, or compares."""
_BEFORE_HERE: Final = r"(?<![\w-])(?:{words})[ -]\Z"


ADJECTIVES: Final = "|".join(f"{pair[0]}|{pair[2]}" for pair in _PAIRS).replace("的?", "")
NEAR: Final = 24
"""An adjective stands within so many characters of its noun."""


def changed_attributes(case: Case) -> Iterator[Finding]:
    """The first noun of which English says the opposite of its adjective."""
    every, said, told = _adjectives()
    may = numbers(said.within_lines(case.source) & told.within(case.lowered))
    for thing in words_of(case.source, case.text) if may else ():
        letter = _end_before(thing.source[0][0], case.source)
        for adjective in [every[number] for number in may if letter in every[number].ends]:
            if _is_turned(thing, adjective, case):
                (start, end), (low, high) = thing.source[0], thing.target[0]
                message = f"the source says {case.source[max(0, start - 3) : end]}"
                yield finding(case, "name", "major", message, target=(low, high), span=(start, end))
                return


def _end_before(start: int, source: str) -> str:
    """The letter that an adjective ends with which stands right in front of a place."""
    return source[max(0, start - 2) : start].removesuffix("的")[-1:]


def _is_turned(thing: Thing, adjective: _Adjective, case: Case) -> bool:
    """Whether each of it in the source has the adjective, and English has the opposite, never this one."""
    if adjective.other.search(case.source) and adjective.here.search(case.lowered):
        return False  # 新版框架 …，而旧版: the noun may be told of either
    before = [case.source[max(0, start - NEAR) : start] for start, _ in thing.source]
    if not all(adjective.said.search(said) for said in before):
        return False
    if any(adjective.hinted.search(said) for said in before):
        return False
    told = [case.lowered[max(0, start - NEAR) : start] for start, _ in thing.target]
    if any(adjective.told.search(said) for said in told):
        return False
    return any(adjective.opposite.search(said) for said in told)


@once
def _adjectives() -> tuple[list[_Adjective], Index, Beginnings]:
    """The adjectives; which of them a source may have, and of their opposites English."""
    turns = [
        turn
        for one, told, other, opposite in _PAIRS
        for turn in ((one, told, other, opposite), (other, opposite, one, told))
    ]
    said, opposites = [needs_of(turn[0]) for turn in turns], [turn[3].split("|") for turn in turns]
    return [_adjective(*turn) for turn in turns], Index(said), Beginnings(opposites)


def _adjective(said: str, told: str, hinted: str, opposite: str) -> _Adjective:
    words = said.replace("的?", "").replace("?", "").split("|")
    return _Adjective(
        frozenset(word[-1] for word in words),
        guarded(rf"{_NOT_SAID}(?:{said})的?\Z"),
        guarded(rf"(?:{hinted})[^，。；]{{0,6}}\Z"),
        guarded(rf"(?<![\w-])(?:{told})(?:[ -](?:[\w-]+ )?|-)\Z"),
        guarded(_BEFORE_HERE.format(words=opposite)),
        guarded(hinted),
        guarded(rf"(?<![\w-])(?:{told})\b"),
    )
