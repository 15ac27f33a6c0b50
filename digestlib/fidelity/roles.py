"""From, to and by: whether a figure is where a change starts, where it ends, or how large it is.

The rules read the words next to the figures that were matched, and speak only when both languages
are explicit: false alarms kill such a feature faster than misses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, Literal

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import is_rank, sort_of
from digestlib.fidelity.matching import Match
from digestlib.models import Finding, Quantity
from digestlib.patterns import Guarded, guarded

Role = Literal["from", "to", "by"]
_ENGLISH_ROLES: Final[tuple[tuple[Guarded, Role], ...]] = (
    (guarded(r"\b(?:from|initial|initially|originally|formerly|previously|instead of|rather than|down from|up from)"
             r"(?: an? initial| the| a| some| about)?[ (*$]*$",
             "from", "initial", "originally", "formerly", "previously", "instead", "rather"), "from"),
    (guarded(r", (?:and )?not[ *]*$", "not"), "from"),
    (guarded(r"\bcorrect(?:s|ed|ing) the[ *]*$", "correct"), "from"),
    (guarded(r"\b(?:formerly|previously|once)(?: a matter of| at)?(?: about| around| some)?[ *]*$|\bit (?:once )?took(?: about| around| some)?[ *]*$", "former", "previous", "once", "took"), "from"),
    (guarded(r"\bnow (?:takes?|needs?|lasts?|stands? at|runs? at|uses?|costs?)(?: only| just| about| around| some)?[ *]*$", "now "), "to"),
    (guarded(r"\b(?:should (?:be|read|have been)|corrected to|correct(?: \w+)? is)[ *]*$", "should", "correct"), "to"),
    (guarded(r"\badd(?:s|ed|ing)?(?: another| a further| an? (?:extra|additional))?[ *]*$", "add"), "by"),
    (guarded(r"(?<!off )\bby(?: just| only)?(?: an?| the)?(?: additional| absolute| relative| further| mere| another| extra)?[ *]*$", "by"), "by"),
    (guarded(r"(?<!compared )(?<!relative )(?<!close )(?<!equal )(?<!due )(?<!equivalent )(?<!next )(?<!corresponds )(?<!amounts )(?<!equates )(?<!leads )(?<!thanks )"
             r"(?<!similar )(?<!up )(?<!according )(?<!addition )(?<!applied )(?<!corresponding )"
             r"\bto(?: just| only| between| an?(?: (?!further|total)[a-z]+)?| the)?(?: level of)?[ *]*$", "to"), "to"),
)  # fmt: skip
_RISE: Final = r"恶化|变差|[降涨提加减]价|加收|[上下]浮|[多少][用花占耗付]|[上下]调|调[高低]|砍掉?|回[升落]|提升|提高|增加|增长|上升|上涨|下跌|下滑|攀升|降低|下降|减少|缩短|改善|改进|[高低多少快慢长短]出|压缩|缩小|缩减|节省|削减|损失|降|升|减|涨|跌|(?<![砍滤除删去剪扔丢忘改换卸省])掉"
AT_A_RATE: Final = (
    r"(?:[升降增减涨缩加高低少调长短大跌]|压缩|砍)[至到]了?每(?:\s?\d+\s?)?"
    r"(?:(?![提增升降减涨缩多高低快慢约超近]|便宜|[少短长])[^，。；、,;\d]){1,10}(?:仅|约|近|\s|\*)*$"
)
"""降到每 24 小时 0.3 次: per what stands between the change and its end."""
_CHINESE_ROLES: Final[tuple[tuple[Guarded, Role], ...]] = (
    (guarded(r"(?:此前|之前|原先|原来|过去|先前|以往|曾经|曾)[则却还也]?仅?(?:为|是|只有|需?要|需|得)[约\s*]*$", "前", "先", "原来", "过去", "以往", "曾"), "from"),
    (guarded(r"(?:而非|而不是|并非|不是|误[写标印记]为|错[写标印记]为|[误错](?:写|标|印|记|填|报|录)(?:作|成|的)?)[约\s*]*$", "非", "不是", "误", "错"), "from"),
    (guarded(r"(?:应为|应是|改为|更正为|修正为|订正为|实为)[约\s*]*$", "为", "应是"), "to"),
    (guarded(r"(?:[仅只]为|[仅只]是|占|缩到|降到|减到)[^，。；、,;0-9]{1,10}的[\s*]*$", "的"), "to"),
    (guarded(r"(?:幅度?|[增降涨跌]幅)(?:最大|最高|最多|明显|显著)?[，,]?(?:高达|达到?|为|近|约|超过|接近)*[约\s*]*$", "幅"), "by"),
    (guarded(rf"(?:{_RISE})(?:最[高多])?[可高]达[约\s*]*$", "可达", "高达"), "by"),
    (guarded(r"(?<!达)[至到](?!少|多|今)[^，。；、,;\d]{1,6}的(?:约|近|\s|\*)*$", "的"), "to"),
    (guarded(AT_A_RATE, "每"), "to"),
    (guarded(r"(?:至|(?<![收得感遇看受想用做学听找拿接采测查见碰])到|(?<!叠加)(?<![合总共]计)(?<!起来)为|达|(?<![建组构形合完制造养])成|达到了)(?:了|原来的|原始的|原先的|每(?:\s?[\d.]+\s?)?(?:秒|分钟?|个?小时|天|年)|仅需?|只需|只有|约|近|\s|\*)*$", *"至到为达成"), "to"),
    (guarded(r"(?:(?:(?<![服听遵顺盲])从|由|自(?![回动身监研建注适有带己然我由定反旋治问]))(?!而|此)[^，。；、,;0-9一二三四五六七八九十]{0,10}|(?:将|把)[^，。；、,;0-9在]{0,3}|(?:初始|原本|原来|最初)[的为]?)(?<!在)[\s*]*$",
             *"从由自将把初原"), "from"),
    (guarded(r"(?:[比较][^，。；、,;\d]{1,14}[高低多少快慢大小长短]|(?<![最至不很极更较变提升降减增缩扩拉调大])[低少快慢小轻]|便宜)(?:出|了|[用花占耗])?[约近\s*]*$",
             *"高低多少快慢大小长短轻便"), "by"),
    (guarded(rf"(?:{_RISE})(?:幅度)?(?:极低|极小|很小|很少|甚微|有限|不大|轻微|明显|显著)?[（(][<＜>＞≤≥约近仅\s*]*$", "（", "("), "by"),
    (guarded(rf"(?:{_RISE})(?:了|幅度?|约|近|超过|高达|\s|\*)*$",
             *"升高增长涨跌滑降低减缩改出省削失调砍落掉用花占耗付价收浮恶差"), "by"),
)  # fmt: skip


def changed_roles(case: Case) -> Iterator[Finding]:
    """From and to, or from and by, exchanged: 从 6 秒缩短 told as shorter by 6 seconds."""
    source, text = case.source, case.text
    roles = roles_of(case)
    both = _told_as_both(roles)
    for (s, t, _), theirs, ours in roles:
        if isinstance(s.value, tuple) != isinstance(t.value, tuple):
            continue
        before = source[max(0, s.start - 8) : s.start]
        times = s.unit == t.unit == "×"
        if times and _AS_MUCH.search(before) and _LESS.match(text, t.end):
            message = "so many times as much as before, not less"
            yield about(case, "direction", "major", message, s, t)
        if s.kind == "ordinal" and before.endswith("由"):
            continue
        if _ONCE_THERE.match(source, s.end) and before.rstrip(" *").endswith("达到"):
            continue
        if {theirs, ours} == {"from", "to"} and not _is_a_state(s, source):
            if (s.kind, s.unit, s.value, ours) in both:
                continue
            message = "from and to are exchanged"
            yield about(case, "from_to", "critical", message, s, t, f"{theirs} {s.english}")
        elif {theirs, ours} == {"from", "by"} and _changes(s, source) == (theirs == "from"):
            if ours == "from" and _is_an_origin(t, text):
                continue
            message = "from and by are exchanged"
            yield about(case, "from_to", "critical", message, s, t, f"{theirs} {s.english}")
    yield from _turned_around(case, roles)


_Told = tuple[str, str, object, Role | None]


def _told_as_both(roles: Sequence[tuple[Match, Role | None, Role | None]]) -> set[_Told]:
    """Values that have a role as often in either text: 从 20 层增至 32 层, 从 32 层增至 48 层."""
    there = Counter((m.source.kind, m.source.unit, m.source.value, role) for m, role, _ in roles)
    here = Counter((m.source.kind, m.source.unit, m.source.value, role) for m, _, role in roles)
    return {told for told, count in here.items() if there[told] == count}


@lru_cache(maxsize=1)
def roles_of(case: Case) -> list[tuple[Match, Role | None, Role | None]]:
    """What both languages say of each figure; in 增加了 5% 的 A 和 6% 的 B both are by how much."""
    source = case.source
    there: dict[int, Role | None] = {}
    before: Quantity | None = None
    for m in sorted(case.figures, key=lambda m: m.source.start):
        role = chinese_role(m.source, source)
        joint = source[before.end : m.source.start] if before else ""
        if role is None and before and there[id(before)] == "by" and _AND_THEN.fullmatch(joint):
            role = "by"
        there[id(m.source)], before = role, m.source
    return [(m, there[id(m.source)], _english_role(m.target, case.text)) for m in case.figures]


_ONCE_THERE: Final = re.compile(r"[\s*]*[^\W\d]{0,2}[后时]")
"""达到 64 后: from 64 on."""
_AS_MUCH: Final = re.compile(r"(?:原[来先有]|之前|此前|上一代)的[约近\s*]*\Z")
_LESS: Final = re.compile(r"[* ]*(?:lower|less|fewer|smaller|slower|shorter)\b")
_AND_THEN: Final = re.compile(
    r"[\s*]*(?:的\s?[A-Za-z\u4e00-\u9fff ]{1,10}(?:和|以及|与)|和|与|及|以及|、)[\s*]*"
)


def _changes(quantity: Quantity, source: str) -> bool:
    """Whether a change starts from the figure, 由 6.2 秒缩短: 由 3 人评审 says by whom."""
    before = source[max(0, quantity.start - 5) : quantity.start]
    verb = re.match(
        rf"[^，。；、,;\d]{{0,6}}?(?:{_RISE}|[到至→])", source[quantity.end : quantity.end + 10]
    )
    return bool(verb and re.search(r"[从由自]\S{0,3}\s?$", before))


def _is_a_state(quantity: Quantity, source: str) -> bool:
    """准确率为 37% only says what is, not what it came to: English may start from there."""
    return bool(_STATE.search(source[max(0, quantity.start - 10) : quantity.start]))


_STATE: Final = re.compile(
    r"(?<![提上下改减增升降变缩压成调设])(?<![升低高少加短成应改正订实])为[约近仅\s*]*(?:每(?:秒|分钟?|小时|天|年)[\s*]*)?$"
)


def _turned_around(
    case: Case, roles: Sequence[tuple[Match, Role | None, Role | None]]
) -> Iterator[Finding]:
    """350 rules expanded to 12,000, where the source goes to 350."""
    ends = [m for m, theirs, ours in roles if theirs == "to" and ours is None]
    starts = [m for m, theirs, ours in roles if theirs is None and ours == "to"]
    others = [m for m, _, _ in roles if sort_of(m) != "ranked"]
    if len(ends) == len(starts) == 1 and len(others) == 2:
        (s, t, _), end = starts[0], ends[0]
        if s.kind == end.source.kind and s.unit == end.source.unit and s.start < end.source.start:
            yield about(case, "from_to", "critical", "from and to are exchanged", s, t)


def _is_an_origin(quantity: Quantity, text: str) -> bool:
    """Data from three centres: nothing in front of it says that anything changes."""
    before = text[max(0, quantity.start - 100) : quantity.start]
    return bool(_FROM.search(before) and not _CHANGED.search(before))


_FROM: Final = re.compile(r"\bfrom(?: the| some| about)?[ *]*$")
_MOVED: Final = (
    r"ris\w+|rose|climb\w*|grow\w*|grew|increas\w+|improv\w+|drop\w*|f[ae]ll\w*|reduc\w+|"
    r"decreas\w+|leap\w*|declin\w+|cuts?|cutting|go\w*|went|rais\w+|lift\w*|lower\w*|shr[aiu]nk\w*|"
    r"compress\w*|boost\w*|push\w*|mov\w+|bring\w*|brought|shorten\w*|lengthen\w*|expand\w*|"
    r"extend\w*|scal\w+|tak\w+|up|down|jump\w*|speed\w*|accelerat\w+|sav\w+|narrow\w*|widen\w*|"
    r"gain\w*|advanc\w+|slash\w*|trim\w*|plung\w*|collaps\w*|degrad\w+|worsen\w*|surg\w*|soar\w*|correct(?:s|ed|ing)|revis(?:es|ed|ing)|outscor\w*|outperform\w*"
)
_MOVES: Final = re.compile(rf"\b(?:{_MOVED}|from)\b(?:[^.;]|\.(?=\d)){{0,90}}$", re.IGNORECASE)
_CHANGED: Final = re.compile(
    rf"\b(?:{_MOVED}|\w+er|now|less|more|chang\w*)\b(?:[^.;]|\.(?=\d)){{0,90}}$", re.IGNORECASE
)


_GOES: Final = re.compile(
    r"\b(?:go(?:es|ing)?|went|ris\w+|rose|climb\w*|jump\w*|shoots?|moves?)\s$", re.I
)
_GOES_OR_IS: Final = re.compile(rf"{_GOES.pattern}|\b(?:is|are|was)\s$", re.I)
"""It is up to 81% is a change; it is as high as 81% is none."""


GAINS: Final = (
    "gain|improvement|increase|rise|boost|growth|jump|leap|surge|uplift|drop|fall|reduction|decrease|decline|"
    "saving|cut|lead|margin|advantage|edge"
)
"""Nouns that say how much something changed, or is more or less than something else."""
_A_CHANGE: Final = re.compile(
    rf"\b(?:{GAINS}|speed-?up|difference|gap|higher|lower|more|less|fewer|better|faster|over|above|below|relative|"
    r"up|down)s?\b",
    re.IGNORECASE,
)
_A_GAIN_COMES: Final = re.compile(
    rf"\b(?:{GAINS}|speed-?up|difference|gap)s?\b[^.;,]{{0,60}}?"
    r"\b(?:(?:is|are|was|were|stands?|stood|runs?|ran)(?: at)?|(?:com(?:e|es|ing)|came|gets?|got|runs?|ran|adds? up|"
    r"amount(?:s|ed)?|equates?|sums?|works? out)(?: up)?(?: to| at))(?: just| only| an?| a mere| some)?[ *]*$",
    re.IGNORECASE,
)
"""The gain comes to 5 points: to, but of the change itself."""
_A_GAIN_KEPT: Final = guarded(
    rf"\b(?:keep|hold|kept|held|limit|cap|confin|restrict|contain)(?:s|e|es|ed|ped|ping|ing)? (?:(?:the|its|their|this|that|any|all) )?(?:[a-z-]+ )?"
    rf"(?:{GAINS}|loss|degradation|slowdown|overhead)(?:s|es)? (?:(?!\bfrom\b)[^.;,\d]){{0,80}}?\bto(?: just| only| merely| an?| a mere)?[ *]*$",
    *("keep", "hold", "kept", "held", "limit", "cap", "confin", "restrict", "contain"),
)
"""The rise is kept to 5.8%: to, but no more than that is how much it rose."""


def _english_role(quantity: Quantity, text: str) -> Role | None:
    before = text[max(0, quantity.start - 100) : quantity.start]
    role = _told_role(quantity, text, before)
    if role and (_A_GAIN_COMES.search(before) or _A_GAIN_KEPT.search(before.lower())):
        return None
    return role


def _told_role(quantity: Quantity, text: str, before: str) -> Role | None:
    goes = _GOES if quantity.text.startswith("as ") else _GOES_OR_IS
    by_so_much = quantity.text.startswith(("as much", "as many"))
    if (
        quantity.bound == "up_to"
        and not by_so_much
        and goes.search(before)
        and not _A_CHANGE.search(before[-40:-6])
    ):
        return "to"
    if _ONWARDS.match(text, quantity.end) and before.rstrip(" *").lower().endswith("from"):
        return None
    if _BEFORE_THAT.match(text, quantity.end) or _USED_TO_BE.search(before):
        return "from"
    if arrow := _arrow_role(quantity, text):
        return arrow
    if _BY_THEN.search(before) and (
        quantity.kind in ("ordinal", "date") or before.endswith("By ") or is_rank(quantity)
    ):
        return None
    near = before[-36:].lower()
    if _WITH_IT_ADDED.search(before):
        return None
    if _ONCE_SO.search(near) and _OF_THESE.match(text, quantity.end):
        return None
    role = next((role for pattern, role in _ENGLISH_ROLES if pattern.search(near)), None)
    if role == "to" and _NOW.search(near):
        return None if _LESS.match(text, quantity.end) else role  # now costs a third less
    return None if role == "to" and not _MOVES.search(before) else role


_WITH_IT_ADDED: Final = guarded(r"\b[Ww]ith(?:out)? (?:[\w-]+ ){1,5}added[ *]*$", "added")
"""With touch signals added 83%: what is added is not the figure."""
_ONWARDS: Final = re.compile(
    r"[*)]*(?: [a-z]+)? (?:on|onwards?|upwards?|and (?:up|above|beyond))\b(?! \W?\d)"
)
"""From 64 on, from 64 upwards: a condition, and no change from it."""
_BY_THEN: Final = re.compile(r"\b[Bb]y(?: the| about| around)? \Z")
"""By the 40th round it had come to something."""
_NOW: Final = re.compile(
    r"\b(?:now \w+(?: at)?|should (?:be|read|have been)|corrected to)(?: only| just| about| around| some)?[ *]*$"
)
"""What is so now, or should be, is where a change ends, whatever verb tells it."""
_ONCE_SO: Final = re.compile(r"\bonce(?: about| around| some)?[ *]*$")
_OF_THESE: Final = re.compile(
    r"[* ]*of (?:the|its|all|their)\b|[* -]+(?:[a-z]+ ){0,3}?(?:has|have|had|is|are|was|were) [a-z]+ed\b|"
    r"[* -]+(?:[a-z]+ ){0,3}?(?:has|have|had) \w+"
)
"""Once 30% of the heads had gone, once 4-bit quantization has come: says when, not what was before."""
_BEFORE_THAT: Final = re.compile(
    r"[*)]*(?: (?!of\b|than\b|the\b|its\b|their\b)[a-z]+)? (?:before(?=[.,;)]|$)|previously|beforehand|originally)\b"
)
_USED_TO_BE: Final = guarded(
    r"\b(?:used to be|had been|having been)(?: about| only| just)? \**$", "used to be", " been"
)
_ARROW: Final = re.compile(r"[*]* ?(?:→|->)[ *~约]*[$¥€]?[\d一二三四五六七八九十]")
_ARROW_BEFORE: Final = guarded(r"\d[^，。；,;→]{0,8}(?:→|->)[ *]*$", "→", "->")


def _arrow_role(quantity: Quantity, text: str) -> Role | None:
    """78.2% → 77.8% goes from the one to the other; what stands between two arrows does both."""
    starts = _ARROW.match(text, quantity.end)
    ends = _ARROW_BEFORE.search(text[max(0, quantity.start - 16) : quantity.start])
    return None if bool(starts) == bool(ends) else "from" if starts else "to"


def chinese_role(quantity: Quantity, source: str) -> Role | None:
    """What the Chinese around a figure says of it."""
    before = source[max(0, quantity.start - 16) : quantity.start]
    if _GAIN.match(source, quantity.end) and not _REACHES.search(before):
        return "by"
    role = next((role for pattern, role in _CHINESE_ROLES if pattern.search(before)), None)
    if role == "from" and quantity.kind in _PARTS and _OF_THE_OLD.search(before):
        return "to"
    return role or _arrow_role(quantity, source)


_PARTS: Final = ("fraction", "multiplier")
_OF_THE_OLD: Final = re.compile(r"(?<![从由自])(?:初始|原本|原来|最初)的[约近\s*]*$")
"""原来的 1/8 is what is left of it."""


_GAIN: Final = re.compile(
    rf"[\s*]*的(?:显著|绝对|相对|性能|平均|准确率|精度|速度|大幅|一致|额外|解码|推理|训练){{0,3}}"
    rf"(?:{_RISE}|加速|增益|提速|增幅|降幅|优势|收益)"
)
"""带来 40% 的相对性能提升 is by 40%."""
_REACHES: Final = re.compile(
    r"(?<!达)[至到](?:原来的|仅|约|近|\s|\*)*$|(?:从|由|自)[^，。；、,;0-9]{0,10}$"
)
