"""Not and without: what the source denies, told as so; what it says, told as not so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import Thing, words_of
from digestlib.fidelity.witnesses import things_once
from digestlib.models import Finding
from digestlib.patterns import guarded

_DENIED_THERE: Final = guarded(
    r"无需|无须|不需要|无法|不能(?!仅)|不改变|尚未|仍未|还未|至今未|迟迟未|并未|不包含|不支持|不使用|不依赖|不意味|不代表",
    *(
        "无需",
        "无须",
        "不需要",
        "无法",
        "不能",
        "不改变",
        "尚未",
        "仍未",
        "还未",
        "至今未",
        "迟迟未",
        "并未",
        "不包含",
        "不支持",
    ),
    *("不使用", "不依赖", "不意味", "不代表"),
)
_NEVER_THERE: Final = guarded(
    r"(?<!会)不会|从未|从来不|绝不(?!仅)|不得(?![不已])|不允许|未受|不受(?!欢迎|理)|不(?:提供|收集|保存|存储|上传|公开|共享|涉及|参与)"
    r"|不(?:写|用|改|学|看|读|训练|微调|编写|修改|调整|增加|添加|联网|依赖|借助|访问|出门|安装|更换|重启|停机|标注)[^，。；、\d]{0,8}(?:也|就|便|即|仍|照样|依然)(?:能|可)",
    *(
        "不会",
        "从未",
        "从来不",
        "绝不",
        "不得",
        "不允许",
        "未受",
        "不受",
        "不提供",
        "不收集",
        "不保存",
        "不存储",
    ),
    *("不上传", "不公开", "不共享", "不涉及", "不参与"),
    *("能", "可"),
)
_NEVER_HERE: Final = re.compile(
    r"\b(?:at most|up to|max\w*|constant\w*|same|stead\w+|stabl\w+|stay\w*|remain\w*|local|locally|on-device|private\w*|un\w+ed|"
    r"in\w+(?:ble|tive|ant)|immun\w*|robust\w*|safe\w*|secur\w*|first\b.{0,30}\bever|ban\w*|prohibit\w*|forbid\w*|bar(?:s|red)|off limits|"
    r"must|proof|withst\w+|spar\w*|toler\w+|surviv\w*|confidential|exempt\w*|declin\w*|"
    r"new|un\w+able|hit|first|insulat\w*|shield\w*|protect\w*|guard\w*|either|intact|maintain\w*|even (?:if|when)|while|whatever|however)\b"
)
"""What may be said for what never happens."""
_ANY_DENIAL_THERE: Final = re.compile(
    r"[不无未非没否免零别勿莫弗外忘]|难以|各有|互有|平分|难分|缺|少|低|除|仅|只|而是|替代|代替|摒弃|停|断|拒|脱|限|失|弃|避|绝|难|禁|防|稳定|恒定|相同|同样|固定|争议|过[长大高多慢于度分]|(?<![\d.])0(?:\.0+)?[%％]"
)
DENIED_HERE: Final = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|nothing|nobody|nowhere|zero|instead|rather|"
    r"fail\w*|lack\w*|avoid\w*|free\w*|absen\w+|miss\w*|skip\w*|dispens\w+|remov\w+|eliminat\w+|"
    r"spar\w+|exclud\w+|ignor\w+|bypass\w*|prevent\w*|stop\w*|refus\w*|forgo\w*|omit\w*|leav\w*|yet to|still to|await\w*|pending|secret|un(?:decided|determined|settled|disclosed|announced|revealed|specified|confirmed|published|released|tested|explored|addressed|proven|verified|resolved|clear|known)|"
    r"left|far from|under ?way|ongoing|in progress|un(?:finished|done|completed|fulfilled|paid|signed|filled|met|built|written|answered|checked|reviewed|audited|delivered|shipped|scheduled|approved|ratified|validated)|limit\w*|few\w*|less|only(?! (?:with|if|when|after|once)\b)|beyond|out of|below|under|within|impossib\w+|hard\w*|difficult\w*|struggl\w*|too|"
    r"un(?:able|chang\w+|touch\w*|modif\w+|alter\w*|need\w*|necess\w+|aware|avail\w*|likely|seen|"
    r"known|solv\w*|support\w*|label\w*|supervis\w+|\w+able)|in(?:capab\w+|abilit\w+|suffic\w+|tact|tractab\w+|feasib\w+|accessib\w+|distinguish\w+|visib\w+|compatib\w+|sensitiv\w+)|imperceptib\w+|"
    r"imprac\w+|prohibitiv\w+|elusive|elud\w+|escap\w+|resist\w*|defeat\w*|stump\w*|baffl\w*|outstanding|incomplete|defi(?:es|ed)|def(?:y|ying)|get(?:s|ting)? (?:a?round|past)|without|"
    r"keep\w*|kept|retain\w*|preserv\w+|regardless|independent\w*|anything|else|otherwise|"
    r"do(?:es)? away|irrespective|barely|hardly|\w+less|non\w*)\b|n't\b|n’t\b|-free\b",
    re.IGNORECASE,
)
_NOT_HERE: Final = guarded(
    r"(?<!\bif )(?<!often than )(?<!\bif they do)(?<!\bif it does)(?<!\bif they do )(?<!\bif it does )(?:\b(?:not|never|cannot|neither)\b|n['’]t\b)"
    r"(?! (?:only|just|merely|solely|limited|to mention|least|far (?:off|short)|quite|a single)\b)(?! (?:\w+ )?(?:as|so) \w+)"
    r"(?![^.;]{0,40}\b(?:below|under|above|over|beyond|until|unless|before|yet|simply|even|any|all|"
    r"less|lower|fewer|more|higher|worse|better|else|other than|fall\w*|drop\w*|dip\w*|exceed\w*|surpass\w*|upwards|in excess|top\w*|chang\w+|stop\w*|fail\w*|"
    r"sacrific\w+|compromis\w+|suffer\w*|hurt\w*|harm\w*|los[et]\w*|degrad\w+|declin\w+|worsen\w*|withh[oe]ld|"
    r"differ\w*|var(?:y|ies|ied)|deviat\w*|diverg\w*|crash\w*|forget\w*|neglect\w*|miss\w*|limit\w*|restrict\w*)\b)",
    *("not", "never", "neither", "n't", "n’t"),
)
"""Never falls below says what 始终在…以上 says without a denial, does not suffer what 保持 says."""


def _is_offline(denied: re.Match[str], case: Case) -> bool:
    """Offline is without a network."""
    return "offline" in case.lowered and bool(_NETWORK.match(case.source, denied.end()))


_NETWORK: Final = re.compile("[^，。；]{0,4}(?:联网|网络|连网)")
_NEW_INSTEAD: Final = re.compile(
    "突破|打破|告别|跳出|颠覆|超越了|有别于|区别于|转变|转向|转为|变为|变成|从.{1,30}[到向]"
)
"""What leaves the old behind: not the old, but the new."""
_RANKED: Final = re.compile("超|优于|领先|高于|胜过|击败")
_REACHES: Final = re.compile(
    r"[^;]{0,120}\b(?:close|match\w*|rival\w*|equal\w*|reach\w*|compet\w*|keep up|near|beat\w*|touch\w*|get there|as (?:much|many|well|good|high|far|fast|often|strong\w*|accurate\w*))\b"
)
"""B does not come close is what A 优于 B says."""
_BUT: Final = re.compile(r"\b(?:but|it is|it's|they are|they're)\b")


_DENIES: Final = guarded(
    r"(?:并未|尚未|从未|未能|未曾|几乎没有|几乎无|没有|未|不需要|无需|无须|不依赖于?|不使用|不借助|不含|不支持)"
    r"(?:能|会|再|观察到|出现|带来|产生|引入|造成|导致|任何|外部|明显|显著|额外|更[强大高多好]?|的)*",
    *("未", "没", "无", "不需要", "不依赖", "不使用", "不借助", "不含", "不支持"),
)
_CLAUSE_HERE: Final = re.compile(
    r"[.;!?](?=\s|$)|\b(?:but|while|whereas|though|although|(?<!not )(?<!has )yet)\b"
)


def told_without_denial(case: Case) -> Iterator[Finding]:
    """No degradation told as degradation: the clause with the word has nothing that denies it."""
    denied = [
        found.end() for found in _DENIES.finditer(case.source) if not _is_less_than(found, case)
    ]
    for thing in words_of(case.source, case.text) if denied else ():
        if thing.once and thing.source[0][0] in denied:
            at, end = thing.target[0]
            before = [mark.end() for mark in _CLAUSE_HERE.finditer(case.text, 0, at)]
            behind = _CLAUSE_HERE.search(case.text, end)
            start, stop = (before or [0])[-1], behind.start() if behind else len(case.text)
            if not DENIED_HERE.search(case.text, start, stop) and not _is_without_it(thing, case):
                message = f"the source denies {thing.name}"
                yield finding(case, "direction", "major", message, target=(at, end))


def _is_without_it(thing: Thing, case: Case) -> bool:
    """71% 没有它, told as 88% with the module and 71% without it: the same figure goes without."""
    here = _WITHOUT_IT.search(case.lowered, thing.target[0][1])
    if not here:
        return False
    start, low = thing.source[0][1], case.lowered
    stop = _SENTENCE.search(case.source, start)
    end = stop.start() if stop else len(case.source)
    begins = max((mark.end() for mark in _CLAUSE_HERE.finditer(low, 0, here.start())), default=0)
    with_it = [m for m in case.figures if m.source.start >= end]
    without = [m for m in case.figures if start <= m.source.start < end]
    behind = _CLAUSE_HERE.search(low, here.end())
    near = range(begins, behind.start() if behind else len(low))
    told = any(m.target.start in near for m in without)
    return told and not any(m.target.start in near for m in with_it)


_WITHOUT_IT: Final = re.compile(r"\bwithout (?:it|them|one|this|that)\b")
_SENTENCE: Final = re.compile(
    r"[。；！？\n]|，[而若但则]?(?:加[上入了]|有了?|使用|启用|用上?|引入|配[上备])"
)
"""…，加上它则为 9%: what is so with it."""


def _is_less_than(denied: re.Match[str], case: Case) -> bool:
    """B is better than A is what A 没有 B 好 says."""
    than = _THAN.search(case.lowered) if denied[0] == "没有" else None
    if not than:
        return False
    told = {
        (thing.source[0][0] < denied.start(), thing.target[0][0] > than.start())
        for thing in things_once(case)
    }
    return bool(told) and all(before == behind for before, behind in told)


_THAN: Final = re.compile(r" than (?!half|\W?\d)")


def turned_denials(case: Case) -> Iterator[Finding]:
    """Without modifying code told as by modifying it; open-sourced told as not so."""
    source, text, complete = case.source, case.text, case.complete
    denied = _DENIED_THERE.search(source) if complete else None
    if denied and not DENIED_HERE.search(text) and not _is_offline(denied, case):
        message = f"the source says {denied[0]}"
        yield finding(case, "direction", "major", message, span=denied.span())
    never = None if denied or not complete else _NEVER_THERE.search(source)
    if never and not DENIED_HERE.search(text) and not _NEVER_HERE.search(case.lowered):
        message = f"the source says {never[0]}"
        yield finding(case, "direction", "major", message, span=never.span())
    told = _NOT_HERE.search(case.lowered)
    if told and _NEW_INSTEAD.search(source) and _BUT.search(case.lowered, told.end()):
        return
    if told and _RANKED.search(source) and _REACHES.match(case.lowered, told.end()):
        return
    if told and not _ANY_DENIAL_THERE.search(source):
        message = "the source does not deny it"
        yield finding(case, "direction", "major", message, target=told.span())
