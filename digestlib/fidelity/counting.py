"""What a figure counts told as something else: 400B tokens as 400B samples, 200 steps as 200 epochs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.lexicon import in_chinese, in_english
from digestlib.models import Finding, Quantity


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
    _sort("步|steps?", "steps?", "(?<!第[一二三四五])阶段|环节"),
    _sort("epochs?", "epochs?", "轮|遍|周期|回合|代"),
    _sort("道题|个问题|题目", "questions?", "问|题|QA|query"),
    _sort("轮次|(?<![多首每])轮(?![廓胎车椅船换流询])", "epochs?|rounds?", "epoch|回合|遍|局|期"),
    _sort("行(?![业动为程人李星政情列家驶走])", "lines?|rows?", "line|row"),
    _sort("页", "pages?"),
    _sort("帧", "frames?"),
    _sort("层", "layers?", "级"),
    _sort(r"GPU(?!\s?[小时天])|显卡", "GPUs?", r"卡|[AHBV]\d{2,3}|RTX"),
    _sort("种?语言|语种", "languages?", "语"),
    _sort("篇?论文", "papers?", "篇|文"),
    _sort("参数", "param(?:eter)?s?", "模型|规模"),
    _sort("汉字|字符", "characters?", "字|char|角色|人物"),
    _sort("个词|单词", "words?", "词|字|word"),
    _sort("句子|个句|条句", "sentences?", "句|话|语音|utterance"),
    _sort("张图|幅图|图像|图片", "images?|pictures?|photos?", "图|照|像|帧|张|幅|影|image|视觉|画"),
    _sort("段视频|个视频|视频", "videos?", "片|段|影|video|clip"),
    _sort("轨迹", "trajector(?:y|ies)", "路径|演示|示范|demo|条"),
    _sort("自由度|DoFs?", "DoFs?|degrees? of freedom"),
    _sort("手指|根指", "fingers?", "指"),
    _sort("维", "dim(?:ension)?s?", "D|特征|方面|角度"),
    _sort("比特", "bits?", "位(?!置)|bit|量化|INT|FP"),
    _sort("字节", "bytes?", "B"),
    _sort("个国家", "countr(?:y|ies)|nations?", "国|地区"),
    _sort("[个座]城市", "cit(?:y|ies)|towns?", "市|城|地"),
    _sort("[家个所]医院", "hospitals?", "院|医|机构|中心"),
    _sort("[名位个例]?患者|[名位个]病人", "patients?", "病|例|人|受试者"),
    _sort("[名位个]?学生", "students?", "生|人|学员"),
    _sort("[家个所]学校|[家个所]大学", "schools?|universit(?:y|ies)", "校|学"),
    _sort("[款个种]游戏", "games?", "款|部|play"),
    _sort("[台个]机器人", "robots?", "台|臂|机|人"),
    _sort("[家个]公司|[家个]企业", "compan(?:y|ies)|firms?", "司|企|机构|厂|团队"),
)
"""Things that are never each other."""
_ANY_COUNTED: Final = re.compile("|".join(s.counted.pattern for s in _SORTS), re.IGNORECASE)
_COUNTS: Final = frozenset({"count", "number", "magnitude", "measure"})
_BEHIND_THERE: Final = re.compile(r"[\s*]*[^，。；：、,;:（）()\n\d和与及或而]{0,6}")
_BEHIND_HERE: Final = re.compile(r"(?:[* -]+[A-Za-z][\w'’]*){1,3}")


def changed_counted(case: Case) -> Iterator[Finding]:
    """A figure that counts one sort of things here and another there, of which the source has none.

    16/手 told as 16 per finger is another sort, too.
    """
    source, text = case.source, case.text
    for s, t, _ in case.figures:
        if s.kind not in _COUNTS:
            continue
        here = _BEHIND_HERE.match(text, t.end)
        there = _BEHIND_THERE.match(source, s.end)
        phrase = f"-{t.unit}{here[0] if here else ''}" if t.unit else here and here[0]
        counted = source[s.start : there.end() if there else s.end]
        near = source[max(0, s.start - NEAR) : s.end + NEAR]
        if phrase and (noun := _told_otherwise(counted, phrase, source, near)):
            yield about(case, "unit", "critical", f"the source counts {noun}", s, t)
        elif _TOKENS.search(counted) and _counts_no_tokens(t, case):
            yield about(case, "unit", "critical", "the source counts tokens", s, t)
        elif _is_misclassified(s, t, case):
            yield about(case, "unit", "critical", f"the source counts with {s.text[-1]}", s, t)
        elif each := _other_each(source[s.end : s.end + 14], text[t.end : t.end + 40]):
            yield about(case, "unit", "critical", f"the source says per {each}", s, t)


def _told_otherwise(counted: str, phrase: str, source: str, near: str) -> str | None:
    """What Chinese counts, where the English phrase names another sort that the source has not."""
    if not _ANY_COUNTED.search(counted):
        return None
    nouns = [(sort, noun[0]) for sort in _SORTS if (noun := sort.counted.search(counted))]
    told = _OF.split(phrase)[0]
    if not nouns or any(sort.english.search(told) for sort, _ in nouns):
        return None
    strange = any(
        other.english.search(told)
        and not other.counted.search(source)
        and not other.anywhere.search(near)
        for other in _SORTS
    )
    return nouns[0][1] if strange else None


def _counts_no_tokens(t: Quantity, case: Case) -> bool:
    """Whether English counts what the tokens are of: 200 billion trajectories."""
    return "token" not in case.lowered and bool(_MADE_OF_TOKENS.match(case.lowered, t.end))


_TOKENS: Final = re.compile("tokens?|词元", re.IGNORECASE)
_MADE_OF_TOKENS: Final = re.compile(
    r"(?:[* -]+[a-z][\w'’]*){0,6}?[* -]+(?:trajectories|samples|examples|images|videos|words|sentences|"
    r"documents|papers|pages|characters|steps|parameters|entries|pairs)\b"
)


def _is_misclassified(s: Quantity, t: Quantity, case: Case) -> bool:
    """104 名 told as 104 videos, 16 张 as 16 nodes."""
    behind = _COUNTER.match(case.source, s.end)
    nouns = _CLASSIFIED.get(behind[1] if behind else s.text[-1])
    if nouns is None or not nouns.match(case.text, t.end):
        return False
    ranked = _RANKED.search(case.source, max(0, s.start - 2), s.end)
    return not ranked and not _NAMED_BEHIND.match(case.source, s.end)


_CLASSIFIED: Final = {
    sign: re.compile(rf"(?:[* ]+[A-Z][\w-]*){{0,2}}[* ]+(?:{nouns})\b(?! of\b)")
    for sign, nouns in {
        "名": "videos|images|clips|samples|tasks|datasets|models|frames|papers|questions|tokens|steps|rounds|hours",
        "张": "nodes|servers|machines|rounds|steps|turns|epochs|layers|videos|people|participants|tokens|hours|sentences",
        "篇": "images|videos|people|participants|models|tokens|steps|rounds|hours|frames",
        "次": "tokens|parameters|layers|GPUs?|bytes|bits|languages|pages|words|characters|frames|papers|hours|days|weeks|months",
        "条": "parameters|layers|GPUs?|people|participants|hours|days|steps|epochs|rounds|pages|countries|models",
        "种": "tokens|samples|steps|rounds|hours|days|pages|people|participants|layers|GPUs?",
        "道": "tokens|images|videos|people|participants|papers|layers|steps|rounds|hours|models|languages",
        "轮": "tokens|parameters|layers|GPUs?|images|videos|people|participants|pages|papers|languages|words|characters|hours|days|weeks",
        "行": "tokens|characters|words|pages|images|videos|people|papers|hours|days|samples|files|layers",
        "位": "videos|images|clips|samples|datasets|models|frames|papers|tokens|steps|rounds|hours",
        "家": "people|images|videos|papers|tokens|steps|models|hours|days|languages|countries",
        "段": "people|papers|tokens|parameters|steps|hours|days|pages|languages|models",
        "份": "hours|steps|tokens|layers|models|languages",
        "台": "people|images|videos|papers|tokens|steps|rounds|questions|samples",
    }.items()
}
"""What is counted with 名 are people, with 张 cards and pictures: none of these."""
_COUNTER: Final = re.compile(
    r"[\s*]*([次轮行](?![方元级要序日年月周数廓胎车椅次业动为程人李星政情列家]))"
)
"""What is no part of a figure as it is read."""
_NAMED_BEHIND: Final = re.compile(r"[^，。；、,;]{0,16}(?:节点|服务器|轮|步|层|视频|人)")
_RANKED: Final = re.compile("[前第]")
_OF: Final = re.compile(r" of\b")
NEAR: Final = 24
"""What may be rendered in another way stands within so many characters of the figure."""
_EACH_THERE: Final = re.compile(
    r"[^/，。；、,;）)\n\d]{0,10}[/／]\s?(?P<each>[\u4e00-\u9fff]{1,3})"
)
_EACH_HERE: Final = re.compile(r"[^.,;:\d)]{0,24}? (?:per|a|each) (?P<each>[a-z]+(?: [a-z]+)?)\b")


def _other_each(behind: str, after: str) -> str | None:
    """What the source counts over, where English says per something that it is not."""
    there, here = _EACH_THERE.match(behind), _EACH_HERE.match(after)
    if not there or not here:
        return None
    theirs = in_chinese(there["each"])
    strange = theirs and not in_english(here["each"], theirs) and in_english(here["each"])
    return there["each"] if strange else None
