"""Up or down of a thing, with no figure: richer semantics told as poorer, a larger model as a smaller.

The word of direction belongs to the thing that it stands beside: 丰富度下降, 减少了误差. English must
not have its opposite, and nothing else, in the clause of that thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.axes import LOWER_IS_BETTER, UP_OR_DOWN
from digestlib.fidelity.cases import Case
from digestlib.fidelity.directions import undenied
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import SIGN, Thing, names_of, words_of
from digestlib.fidelity.together import Told, told_together
from digestlib.fidelity.witnesses import clause_around
from digestlib.models import Finding
from digestlib.patterns import Guarded, guarded

TRENDS: Final = "升|高|增|扩|延长|拓|改善|涨|降|减|缩|削|衰|恶化|截|低|少|滑|跌|回落"
"""What each Chinese word of direction has."""
CHANGES: Final = f"{TRENDS}|更|较|略|稍|变|加|提速|强化|迟缓|放缓|弱化|退化|慢|劣化"
"""What each has that may say so in a clause."""
_UP_THERE: Final = re.compile(
    r"提升|提高|增加|增[强大长]|上[升涨]|攀升|[飙回跃]升|激增|[大暴]涨|扩[大展充]|改善|延长|拓[展宽]|更[高多大]|较[高多大]"
)
_DOWN_THERE: Final = re.compile(
    r"下[降滑挫]|下跌(?<!式下跌)|[回滑]落|[骤锐]减|[骤大暴]跌|骤降|降低|降级|减[少小弱]|缩[短小减]|削[弱减]|衰[减退]|恶化|截断|更[低少小]|较[低少小]"
)
"""Each begins with a letter, so that all are looked for at once."""
_BETWEEN: Final = re.compile(
    "(?:[^和与及或并且、对是有给到入在来以降升反]|存在|有(?=[所了较大明显提下改增减降升])){0,8}"
)
"""减少漏诊和筛查, 截断视界来提高效率: another thing; 降低对标注的依赖 tells of what, behind it."""
_CLAUSE_THERE: Final = re.compile(r"[，。；：！？,;\n（）()]")
_SENTENCE_THERE: Final = re.compile(r"[。；！？\n]")
_DENIED_THERE: Final = re.compile(
    r"[不无未没非免每\d]|可扩展|防止|抑制|克服|缓解|减轻|弥补|解决|若|当|如果|越"
)
_CLAUSE_HERE: Final = re.compile(
    r"[;:!?\n–—()]|[.,](?=\s|$)|\b(?:and|while|whereas|but|though|although|yet|which|that|because|since|as|when|if)\b"
)
_DENIED_HERE: Final = re.compile(
    r"\b(?:no|not|never|without|neither|nor|hardly|barely|scarcely|avoid\w*|prevent\w*|rather|instead|"
    r"cannot|free|counter\w*|offset\w*|mitigat\w*|curb\w*|stop\w*|revers\w*|than)\b|n['’]t\b"
)
_BETTER_HERE: Final = re.compile(
    r"\b(?:improv\w*|better|enhanc\w*|strengthen\w*|strong\w*|high\w*|great\w*|larg\w*|more(?! \w+ly\b))\b"
)
_WORSE_HERE: Final = re.compile(
    r"\b(?:wors\w*|lessen\w*|weak\w*|poor\w*|low\w*|small(?:er|est)|less(?! \w+ly\b)|fewer|short(?:er|en\w*)|truncat\w*|loss\w*|lost)\b"
)
_IN_A_NAME: Final = re.compile(r"\w [A-Z]")
"""Attention Sinks go nowhere."""
_HERE: Final = {
    1: (UP_OR_DOWN.english[0], _BETTER_HERE),
    -1: (UP_OR_DOWN.english[1], _WORSE_HERE),
}
"""What says in English that a thing goes up, or down."""
_COSTS_HERE: Final = re.compile(
    r"\b(?:errors?|latenc|costs?|overhead|losse?s?|times?|memory|perplexity|hallucinat|bill|consumption|usage|delay)"
)
"""What goes down where something else is improved."""
_COMPARED: Final = re.compile("相比|相较|较之|比(?![例如较特率])|[高低优]于")
"""Of what is compared with it, the opposite may be told."""
_UP_AT_ALL: Final = guarded(
    rf"{_UP_THERE.pattern}|更[快强好优佳]|较[强快好优]|[略稍][好优强快高]|变[快强好高大多]|有所(?:增|加)|加[快强]|加速|提速|强化",
    *CHANGES.split("|"),
)
_DOWN_AT_ALL: Final = guarded(
    rf"{_DOWN_THERE.pattern}|更[慢弱差劣]|较[弱慢差]|[略稍][差弱慢逊低]|变[慢弱差低小少]|迟缓|放缓|弱化|退化|[减变]慢|劣化",
    *CHANGES.split("|"),
)
_WAYS: Final = ((1, _UP_AT_ALL, _DOWN_AT_ALL), (-1, _DOWN_AT_ALL, _UP_AT_ALL))
_HERE_AT_ALL: Final = {
    1: guarded(
        rf"{UP_OR_DOWN.english[0].pattern.pattern}|{_BETTER_HERE.pattern}|\b(?:fast\w*|quick\w*|swift\w*|speed\w*|sped|accelerat\w*|heighten\w*|deepen\w*|finer|superior|up)\b"
    ),
    -1: guarded(
        rf"{UP_OR_DOWN.english[1].pattern.pattern}|{_WORSE_HERE.pattern}|\b(?:slow\w*|sluggish\w*|inferior|declin\w*|degrad\w*|deteriorat\w*|diminish\w*|dip\w*|down|suffer\w*|hurt\w*|harm\w*|eas(?:e|es|ed|ing)|undermin\w*|impair\w*)\b"
    ),
}
"""All that may say so in a clause, as well of what has no figure."""
NEAR: Final = 40
"""A word of direction stands at most so many characters from its thing in English, …"""
NEARER: Final = 15
"""… where the opposite must be so many characters farther away, if it is there at all."""


def turned_trends(case: Case) -> Iterator[Finding]:
    """The first thing that goes down where the source lets it go up, or the other way round."""
    for words, sign in ((_UP_THERE, 1), (_DOWN_THERE, -1)):
        told = [w for w in words.finditer(case.source) if not _is_aside(w)]
        if told and not any(opposite.search(case.lowered) for opposite in _HERE[-sign]):
            continue
        for word in told:
            for thing in _beside(word, case):
                if _is_turned(thing, sign, case):
                    message = f"the source says {word[0]} of {thing.name}"
                    here, there = thing.target[0], word.span()
                    yield finding(case, "direction", "major", message, target=here, span=there)
                    return


def turned_in_clause(case: Case) -> Iterator[Finding]:
    """Slower for 更快, stronger for 有所削弱, in the clause that has the same things and no other."""
    for sign, said, opposite in _WAYS:
        for told in told_together(said, _HERE_AT_ALL[-sign], case):
            if _is_turned_there(told, opposite, sign, case):
                message = f"the source says {told.mine[0]}, not {told.ours[0]}"
                here, there = told.ours.span(), told.mine.span()
                yield finding(case, "direction", "major", message, target=here, span=there)
                return


def _is_turned_there(told: Told, opposite: Guarded, sign: int, case: Case) -> bool:
    """Whether neither clause has anything that excuses the word."""
    (low, high), (start, end) = told.there, told.here
    place, word = told.ours.span()
    if case.text.startswith("-", word) or _IN_A_NAME.match(case.text, max(0, place - 2)):
        return False
    source, text = undenied(case)
    if source[slice(*told.mine.span())].isspace() or text[place:word].isspace():
        return False
    if _AS.search(text, start, end) or (
        sign > 0 and _SAVED.match(told.ours[0]) and _OF_USE.search(source, low, high)
    ):
        return False
    if _DENIED_THERE.search(source, low, high) or opposite.pattern.search(source, low, high):
        return False
    text, same = _MORE_SO.sub("    ", text), _HERE_AT_ALL[sign].pattern
    if text[place:word].isspace() or same.search(text, start, end):
        return False
    if opposite.pattern.search(source) and _is_told_as_often(told.mine.re, same, source, text):
        return False
    costs = LOWER_IS_BETTER.search(source, low, high) or _COSTS_HERE.search(text, start, end)
    judged = _JUDGED_THERE.search(told.mine[0]) or _JUDGED_HERE.match(told.ours[0])
    return not (costs and judged) and not _DENIED_HERE.search(text, start, end)


def _is_told_as_often(said: re.Pattern[str], same: re.Pattern[str], source: str, text: str) -> bool:
    """Whether nothing is lost that goes this way: with one up and one down, the one may be told first."""
    return len(same.findall(text)) >= len(said.findall(source))


_AS: Final = re.compile(r"\b(?:as|when|if|once|after|where|until|before)\b")
"""Accuracy falls as length grows: what grows is another thing."""
_MORE_SO: Final = re.compile(r"\bmore(?= \w+ly\b)")
"""Nothing is more where it is done more slowly."""
_JUDGED_THERE: Final = re.compile("改善|提升|[好强优佳差劣弱快慢]|恶化|速|缓|退化|化")
_JUDGED_HERE: Final = re.compile(
    "improv|better|wors|enhanc|super|infer|poor|degrad|deterior|strength|strong|weak|suffer|hurt|harm|great|fast|quick|swift|spe|accel|slow|slug|gain|los|boost|undermin|impair|ease|easing|lift"
)
"""Errors that improve are fewer; those that rise are more."""
_SAVED: Final = re.compile("sav|reduc|cut|short|compress|trim|halv|slash|shr|less|fewer|small")
_OF_USE: Final = re.compile("效率|速度|性能|吞吐|效能|利用")
"""What uses less is more efficient."""


def _is_aside(word: re.Match[str]) -> bool:
    """差距随模型增大而缩小: what grows is told of no other thing."""
    behind = word.string.startswith("而", word.end())
    return behind and bool(_ALONG.search(word.string, max(0, word.start() - NEARER), word.start()))


_ALONG: Final = re.compile(r"随着?[^，。；]*\Z")
_ALONG_WITH: Final = re.compile("随着?[^，。；]*而")
"""信任随使用时间增加而逐渐降低: what stands in it, or behind it, does not go down."""


def _beside(word: re.Match[str], case: Case) -> list[Thing]:
    """The things that go up or down in the clause of the word: 丰富度下降, 减少了误差."""
    source = case.source
    low, high = clause_around(_CLAUSE_THERE, source, word.span())
    if _DENIED_THERE.search(source, low, high):
        return []
    if _COMPARED.search(source, *clause_around(_SENTENCE_THERE, source, word.span())):
        return []
    if word[0] in ("提升", "改善") and LOWER_IS_BETTER.search(source, low, high):
        return []
    things = [*names_of(source, case.text), *words_of(source, case.text)]
    found = [
        thing
        for thing in things
        if low <= thing.source[0][0] < high and _is_beside(thing.source[0], word)
    ]
    if along := _ALONG_WITH.search(source, low, word.start()):
        found = [t for t in found if not along.start() <= t.source[0][0] < word.start()]
    objects = [thing for thing in found if thing.source[0][0] >= word.end()]
    return [
        thing
        for thing in objects or found  # 训练增强了能力: what does so is not what grows
        if thing.once
        and thing.weight > SIGN
        and not _WHEN.fullmatch(thing.name)
        and not _is_part(thing, case)
    ]


_WHEN: Final = re.compile(
    "随后|后来|此后|之后|此前|以往|逐渐|逐步|渐进|缓慢|快速|迅速|目前|当前|现在|如今|首先|先|起初|初始|初期|同时|期间"
)
"""When, or how fast: none of it goes up or down itself."""


def _is_beside(place: Span, word: re.Match[str]) -> bool:
    start, end = place
    if end <= word.start():
        adjective = word[0][0] in "更较"
        return not adjective and bool(_BETWEEN.fullmatch(word.string, end, word.start()))
    return start >= word.end() and bool(_BETWEEN.fullmatch(word.string, word.end(), start))


def _is_part(thing: Thing, case: Case) -> bool:
    """Whether it only says whose efficiency or speed is meant, and is told apart from that."""
    whole = _MODIFIES.match(case.source, thing.source[0][1])
    return bool(whole and not _MODIFIES_HERE.match(case.lowered, thing.target[0][1]))


_MODIFIES: Final = re.compile("效率|效果|性能|速度|质量|精度|准确|能力|吞吐|成本|开销|延迟|时间")
"""提升计算效率 raises no computation."""
_MODIFIES_HERE: Final = re.compile(
    r"\w*[ -](?:\w+ )?(?:efficien|effect|perform|speed|qualit|precis|accura|abilit|capab|throughput|cost|"
    r"overhead|latenc|time)"
)


def _is_turned(thing: Thing, sign: int, case: Case) -> bool:
    """Whether the clause of the thing in English says the opposite near to it, and nothing else."""
    start, end = thing.target[0]
    text = undenied(case)[1]
    low, high = clause_around(_CLAUSE_HERE, text, (start, end))
    low, high = max(low, start - NEAR), min(high, end + NEAR)
    if _DENIED_HERE.search(text, low, high):
        return False
    if sign > 0 and _COSTS_HERE.search(text, low, high):
        return False
    same, opposite = [
        _way(
            (start, end),
            [
                found
                for words in said
                for found in words.finditer(text, low, high)
                if not _IN_A_NAME.match(case.text, max(0, found.start() - 2))
                and not text.startswith("-", found.end())  # low-light images
                and not _MORE_SO.match(text, found.start())
            ],
        )
        for said in (_HERE[sign], _HERE[-sign])
    ]
    return opposite <= NEAR and same >= opposite + NEARER


def _way(place: Span, words: Sequence[re.Match[str]]) -> int:
    """How far the nearest of these words stands from a place."""
    start, end = place
    ways = [max(start - word.end(), word.start() - end) for word in words]
    return min([way for way in ways if way >= 0], default=2 * NEAR)
