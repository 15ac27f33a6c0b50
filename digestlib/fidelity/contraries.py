"""Words told as their contrary: the average as the maximum, success as failure, saved as extra."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding


class _Word(NamedTuple):
    """A Chinese word, what else in the source makes it doubtful, and English of it and against it."""

    rule: str
    chinese: re.Pattern[str]
    doubtful: re.Pattern[str]
    contrary: re.Pattern[str]
    right: re.Pattern[str]


def changed_meanings(case: Case) -> Iterator[Finding]:
    """English has a contrary of the word and no rendering of it, and nothing in the source allows it."""
    source, text = case.source, case.text
    if not _ANY.search(source):
        return
    for word in _WORDS:
        there = word.chinese.search(source)
        here = there and word.contrary.search(text)
        if there and here and not word.doubtful.search(source) and not word.right.search(text):
            yield finding(
                case,
                word.rule,
                "major",
                f"the source says {there[0]}",
                target=here.span(),
                span=there.span(),
            )


def _word(rule: str, chinese: str, doubtful: str, contrary: str, right: str) -> _Word:
    english = [re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (contrary, right)]
    return _Word(rule, re.compile(chinese), re.compile(doubtful), english[0], english[1])


_WORDS: Final = (
    _word(
        "bound",
        "最高(?!人民|法)|最大(?!化|程度|限度|池化)|最长|峰值",
        "均|中位|期望|普通|一般|常|mAP|MAE|MRR|MSE|AP|最低|最小|最短|最少|最慢",
        r"on average|average[ds]?|averaging|(?:the|an?|with|its) mean|minimum|lowest|shortest|smallest|slowest",
        r"maxim\w+|max|high\w*|larg\w+|long\w*|fast\w*|peak\w*|top\w*|most|best|up to|great\w*|bigg\w+|cap\w*",
    ),
    _word(
        "bound",
        "平均|均值|人均|日均",
        "最|峰|极|上限|下限|至少|至多|不|以[上内下]|超|逾|多|低于|高于|领先|优于|首|第一|冠|所有|SOTA",
        "maximum|minimum|highest|lowest|peak|at most|at least",
        r"average\w*|averaging|means?|avg|typical\w*|usual\w*|per|each|every|an?(?= (?:day|head|person|piece))",
    ),
    _word(
        "direction",
        "答对|做对|答正确",
        "错|误|败|未|没|不",
        r"wrong\w*|incorrect\w*|fail\w*|miss(?:es|ed)?",
        r"right|correct\w*|answer\w*|solv\w*|accura\w*|scor\w*|handl\w*|only|just|barely|no more",
    ),
    _word(
        "direction",
        "成功",
        "失败|错|误|败|未|没|不|无|攻击|越狱|故障|异常|崩溃|缺陷|漏洞|跌|摔|破",
        r"fail\w*|unsuccessful\w*",
        r"success\w*|succe\w*|complet\w*|pass\w*|work\w*|achiev\w*|able|manag\w*|solv\w*|right|correct\w*|all but",
    ),
    _word(
        "direction",
        "节省|节约|省下|省去",
        "额外|增|多|提|加|扩|升",
        r"extra|additional|wast\w*",
        r"sav\w+|cut\w*|reduc\w*|less|fewer|lower\w*|faster|spar\w+|short\w*|down|cheap\w*|econom\w+|"
        r"half|halv\w+|shav\w+|fre(?:es|ed)|smaller|efficien\w*|eliminat\w*|without|no|avoid\w*|trim\w*|slash\w*|drop\w*|decreas\w*|f[ae]ll\w*",
    ),
    _word(
        "direction",
        "退化|恶化|变差|衰退|劣化",
        "升|提高|增|优|改|更好|强|避免|防止|抑制|缓解|减轻|克服|不|无|未|没|消除|解决|抗",
        r"improv\w*|better|gains?|boost\w*|rises?",
        r"de(?:grad|gener|teriorat|clin|creas|cay)\w*|worse\w*|drop\w*|f[ae]ll\w*|los\w+|hurt\w*|suffer\w*|"
        r"weak\w*|collaps\w*|regress\w*|reduc\w*|lower\w*|poor\w*|erod\w*|down\w*|diminish\w*",
    ),
)
_ANY: Final = re.compile("|".join(word.chinese.pattern for word in _WORDS))
