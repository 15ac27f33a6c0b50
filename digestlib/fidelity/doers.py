"""Who does what to whom: the small model keeps most of what the teacher can, told as the teacher keeping it.

Two things that could be told in each other's place stand on both sides of a verb; English has the same
verb, which says the same in the passive from the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.beside import are_alike
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.fidelity.witnesses import clause_around, is_in
from digestlib.models import Finding

_VERBS: Final = {
    "保留": r"retain|keep|kept|preserv|maintain",
    "达到": r"reach|attain|achiev|match|deliver|recover|get",
    "取得": r"reach|attain|achiev|deliver|get|obtain",
    "恢复": r"recover|restor",
    "继承": r"inherit",
    "监督": r"supervis|overs[ae]|monitor|watch",
    "指导": r"guid|direct|instruct|advis|coach",
    "引导": r"guid|steer|lead|led",
    "评估": r"evaluat|assess|judg|grad|scor|rat(?=es|ed|ing)",
    "评判": r"evaluat|assess|judg|grad|scor|rat(?=es|ed|ing)",
    "审查": r"review|check|inspect|examin|audit|vet",
    "审核": r"review|check|inspect|examin|audit|vet",
    "检查": r"review|check|inspect|examin|audit",
    "核对": r"review|check|verif|cross-check",
    "验证": r"verif|validat|check|test",
    "纠正": r"correct|fix",
    "修正": r"correct|fix|revis|amend",
    "调用": r"call|invok|use|using",
    "控制": r"control|steer|driv",
    "攻击": r"attack|target",
    "欺骗": r"deceiv|fool|trick",
    "影响": r"affect|influenc|impact|shap",
    "决定": r"determin|decid|dictat|govern",
    "模仿": r"imitat|mimic|copy|copi|emulat",
    "复制": r"copy|copi|replicat|reproduc",
    "帮助": r"help|assist|aid",
    "协助": r"help|assist|aid|support",
    "依赖": r"rel(?:y|ies|ied|ying)|depend",
    "依靠": r"rel(?:y|ies|ied|ying)|depend",
    "收购": r"acquir|buy|bought|purchas|tak(?:es|en|ing) over|took over",
    "起诉": r"su(?:e|es|ed|ing)\b",
    "包含": r"contain|includ",
    "打分": r"scor|grad|rat(?=es|ed|ing)|judg|mark",
    "评分": r"scor|grad|rat(?=es|ed|ing)|judg|mark",
    "窃取": r"steal|stole|exfiltrat",
    "取代": r"replac|supplant|supersed|displac",
    "替代": r"replac|supplant|supersed|displac|substitut",
    "教": r"teach|taught|instruct|train",
    "监控": r"monitor|watch|observ|track",
    "保护": r"protect|shield|guard|defend",
    "说服": r"persuad|convinc",
    "授权": r"licens|authori[sz]",
    "批评": r"critici[sz]|rebuk",
    "指控": r"accus|alleg|charg",
    "提醒": r"remind|alert|warn",
    "通知": r"notif|inform|alert",
    "警告": r"warn|caution",
    "投资": r"invest",
    "支持": r"support|back",
    "信任": r"trust",
    "依附": r"attach|depend",
    "补充": r"supplement|complement",
    "触发": r"trigger|prompt",
    "限制": r"limit|restrict|constrain|cap",
    "约束": r"constrain|bound|restrict",
}
"""Verbs that say another thing when turned around, and how English begins that has them."""
VERBS: Final = "|".join(_VERBS)
"""One of these in a source that tells who does what to whom."""
_VERB: Final = re.compile(VERBS)
_VERB_HERE: Final = {verb: re.compile(rf"\b(?:{told})[a-z]*") for verb, told in _VERBS.items()}
_PARTED_THERE: Final = re.compile(r"[，。；：、！？,;\n（）()]")
_TURNED: Final = re.compile(r"[被由让令把将使对向用以从给受为]|比|较|经过")
_BY_THERE: Final = re.compile(
    r"(?:被(?!试|动)|(?<![自理缘])由(?!于|此))(?P<doer>[^，。；被由从到至]{2,16})\Z"
)
_PARTED_HERE: Final = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|[()\n–—]|\b(?:and|but|while|whereas|though|although|than|which|that|who|whose|when|if|because|as)\b"
)
_BY: Final = re.compile(
    r"(?: [a-z]+)? by (?!\W?\d[\d.,]*\s?(?:%|percent|points?\b|x\b|times\b|[.,;]))"
)
_TO_BE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: [a-z]+){0,2} \Z")
REACH: Final = 120
"""A subject or an object stands so many characters from its verb."""
FEW: Final = 4
"""A statement with more of these verbs is not read further."""


def exchanged_doers(case: Case) -> Iterator[Finding]:
    """The first two of which English has the one do what the other one does."""
    if len(case.text) < len(case.source):
        return  # so little tells nothing of the places
    verbs = list(_VERB.finditer(case.source))
    if not 0 < len(verbs) <= FEW:
        return
    things = [*names_of(case.source, case.text), *words_of(case.source, case.text)]
    things = [t for t in things if t.weight >= WORD and len(t.source) == 1]
    for verb in verbs:
        pair = _pair(verb, things, case.source)
        told = list(_VERB_HERE[verb[0]].finditer(case.lowered)) if pair else []
        if pair and len(told) == 1 and _is_turned(told[0], *pair, case.lowered):
            a, b = pair
            message = f"{a.name} and {b.name} are exchanged"
            yield finding(case, "swap", "major", message, target=told[0].span(), span=verb.span())
            return


def _pair(verb: re.Match[str], things: Sequence[Thing], source: str) -> tuple[Thing, Thing] | None:
    """Who does it and to whom: two that could be told in each other's place, next to the verb."""
    low, high = clause_around(_PARTED_THERE, source, verb.span(), reach=REACH)
    if by := _BY_THERE.search(source, low, verb.start()):
        return _passive(by, low, things, source)
    if _TURNED.search(source, low, verb.start()):
        return None
    before = [t for t in things if low <= t.source[0][0] and t.source[0][1] <= verb.start()]
    behind = [t for t in things if verb.end() <= t.source[0][0] and t.source[0][1] <= high]
    pairs = [
        (a, b)
        for b in sorted(behind, key=lambda t: t.source)
        for a in sorted(before, key=lambda t: t.source)
        if set(a.target).isdisjoint(b.target)
    ]
    alike = next((pair for pair in pairs if are_alike(*pair, source)), None)
    return alike or next((pair for pair in pairs if _are_next_to(verb, *pair, source)), None)


def _are_next_to(verb: re.Match[str], a: Thing, b: Thing, source: str) -> bool:
    """Whether the one stands right in front of the verb, and the other one right behind it.

    代码审查工具 is a tool: only what is no part of a noun says who does it.
    """
    front = _IN_FRONT.fullmatch(source, a.source[0][1], verb.start())
    behind = _BEHIND.fullmatch(source, verb.end(), b.source[0][0])
    return bool(front and behind and (front["will"] or behind["done"] or verb[0] in _NEVER_NOUNS))


_NEVER_NOUNS: Final = ("批评", "指控", "起诉", "收购", "说服", "警告", "提醒", "窃取", "取代")
_IN_FRONT: Final = re.compile(r"[\s*]*(?P<will>正在|已经?|会|可以?|能|曾|开始|要)?[\s*]*")
_BEHIND: Final = re.compile(r"(?P<done>[了过])?[\s*]*(?:传统的?|全部|所有|部分|整个|其他)?[\s*]*")
_ASKS_FOR: Final = re.compile("rel|depend|lead|led|invest")
_NOUN_HERE: Final = re.compile(r"(?:['’]s)? (?:from|of|for|on|to|at|with|in)\b")
"""B has the support of A."""


def _passive(
    by: re.Match[str], low: int, things: Sequence[Thing], source: str
) -> tuple[Thing, Thing] | None:
    """Of B 由 A 打分 the two: who does it stands behind, right in front of the verb."""
    doers = [t for t in things if by.start("doer") <= t.source[0][0] and t.source[0][1] == by.end()]
    done = [t for t in things if low <= t.source[0][0] and t.source[0][1] <= by.start()]
    if _TURNED.search(source, low, by.start()):
        return None
    for b in sorted(done, key=lambda t: t.source):
        for a in doers:
            next_to = _IN_FRONT.fullmatch(source, b.source[0][1], by.start())
            if set(a.target).isdisjoint(b.target) and (next_to or are_alike(a, b, source)):
                return a, b
    return None


def _is_turned(verb: re.Match[str], a: Thing, b: Thing, low: str) -> bool:
    """Whether English has the second one do it, to the first one, and says so once only."""
    before, behind = _regions(verb, low)
    if _NOUN_HERE.match(low, verb.end()) and not _ASKS_FOR.match(verb[0]):
        return False
    by = _BY.match(low, verb.end())
    is_done = _TO_BE.search(low, max(0, verb.start() - REACH), verb.start())
    if by or (is_done and not verb[0].endswith("ing")):
        if not by:
            return False
        a, b = b, a
    return _is_only(b, a, before) and _is_only(a, b, behind)


def _is_only(one: Thing, other: Thing, region: Span) -> bool:
    """Whether of two the one stands in a stretch, and the other one does not."""
    return any(is_in(p, region) for p in one.target) and not any(
        is_in(p, region) for p in other.target
    )


def _regions(verb: re.Match[str], low: str) -> tuple[Span, Span]:
    start, stop = clause_around(_PARTED_HERE, low, verb.span(), reach=REACH)
    return (start, verb.start()), (verb.end(), stop)
