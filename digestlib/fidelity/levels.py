"""A level told as a change, or a change told as a level: 71.4% reached, and 71.4% gained.

What one language says outright is weighed against what the other has around the figure: no word of a
change at all, or the very words that say by how much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.groups import is_rank
from digestlib.fidelity.roles import AT_A_RATE, GAINS, roles_of
from digestlib.models import Finding, Quantity
from digestlib.patterns import guarded
from digestlib.quantities.numerals import chinese_number


def confused_levels(case: Case) -> Iterator[Finding]:
    """准确率为 71.4% told as rising by 71.4%, 减少了 44% as coming to 44% of it."""
    low = case.lowered
    for (s, t, _), theirs, ours in roles_of(case):
        if (said := _times(s, t, theirs, ours, case)) is not None:
            yield about(case, "by_to", "major", said, s, t)
            continue
        if _IN_A_SPAN.search(low, 0, t.start) or _is_who_did_it(t, case):
            continue
        ranged = isinstance(s.value, tuple) != isinstance(t.value, tuple)
        often = s.kind == "count" and (theirs, ours) == ("to", "by")  # 到每天 4 次: by four times
        if (
            ("×" in (s.unit, t.unit) and not often)
            or theirs == "from"
            or ranged
            or s.kind in _SCORES
        ):
            continue
        by = (theirs and ours == "by") or (
            (ours != "to" or t.bound == "up_to") and told_as_change(t, low)
        )
        half = s.value in _HALVES and _LESS_BEHIND.match(low, t.end)
        by = (
            by
            and not half
            and not _is_off(s, t, case)
            and not (ours is None and _is_a_gap(s, t, case))
        )
        by = by and not (ours == "by" and _is_by_then(s, case.source))
        if theirs != "by" and by and not may_change(s, case.source):
            message = "the source tells no change by this"
            yield about(case, "by_to", "major", message, s, t, theirs and f"to {s.english}")
        elif theirs == "by" and (_is_of_a_change(t, low) or _is_halved(s, t)):
            continue
        elif theirs == "by" and (ours == "to" or (ours is None and _is_told_as_level(s, t, case))):
            yield about(case, "by_to", "major", "the source says by", s, t, f"by {s.english}")
        elif theirs == "by" and ours is None and _is_new_limit(s, t, case.source):
            message = "the source says by, not up to"
            yield about(case, "by_to", "major", message, s, t, f"by {s.english}")


def _is_who_did_it(t: Quantity, case: Case) -> bool:
    """Beaten by the 13B model, whoever it is; by a 5% margin is by how much."""
    before = case.lowered[max(0, t.start - 60) : t.start]
    beaten = _BEATEN_BY.search(before)
    return bool(
        beaten and (beaten["the"] or t.bare[-1:] == "B") and not _MARGIN.match(case.lowered, t.end)
    )


_BEATEN_BY: Final = re.compile(
    r"\b(?:beaten|outperformed|outdone|outscored|surpassed|defeated|overtaken|matched|exceeded|eclipsed|topped) by (?:(?P<the>the|its|their) |an? )?(?:(?!margin|factor)[a-z-]+ ){0,2}[*]*\Z"
)
_MARGIN: Final = re.compile(r"[*]*[- ](?:percentage|points?|margin|lead|gap|difference)\b")


def _is_halved(s: Quantity, t: Quantity) -> bool:
    return s.value in _HALVES and not {s.bound, t.bound} <= _OVER


def _is_of_a_change(quantity: Quantity, low: str) -> bool:
    """The loss of accuracy is 0.8 points, gains range from 0.4 to 5.5."""
    start = max(0, quantity.start - REACH)
    if _CHANGES_RANGE.search(low[start : quantity.start]):
        return True
    return bool(_A_CHANGE_IS.search(low, start, quantity.start))


REACH: Final = 80
_CHANGES_RANGE: Final = guarded(
    rf"\b(?:{GAINS}|saving|speed-?up)s?\b(?:[^.;]|\.(?=\d)){{0,60}}? (?:rang|var[iy]|run|ran\b|span|spread|stretch|extend)[a-z]*"
    r"(?: all the way)? from (?:an? |(?:just|only|mere|about|around|roughly) )*[*]*[\d.]+(?: ?%| [a-z]+){0,6}?[*]* to "
    r"(?:an? |just |only |about |around |roughly |as much as )*[*]*\Z",
    " from ",
)
_A_CHANGE_IS: Final = re.compile(
    r"\b(?:loss|drop|decline|gain|fall|rise|increase|decrease|reduction|improvement|degradation)s? (?:of|in) [^.,;\d]{1,40} (?:is|was|are|were|stays?|stayed|remains?|remained) [^.,;\d]*\Z"
)


def _is_by_then(quantity: Quantity, source: str) -> bool:
    """到 34B 时 is by 34B."""
    before = source[max(0, quantity.start - 4) : quantity.start]
    return bool(_COMES_TO.search(before) and _THEN.match(source, quantity.end))


_COMES_TO: Final = re.compile(r"(?:\A|[，。；,;])[\s*]*到[\s*]*\Z")
_THEN: Final = re.compile(
    r"[\s*]*[^\W\d]{0,3}?(?:的?时候?|为止|之?后|以后)(?:[已就才便，,]|仍|几|不)"
)


def moved_by_a_rank(case: Case) -> Iterator[Finding]:
    """Up three places, where the source goes from ninth to third."""
    moves = {_rank(moved["to"]): moved for moved in _RANKS.finditer(case.source)}
    for told in _PLACES.finditer(case.lowered) if moves else ():
        by = _rank(str(_NUMBERS.get(told["by"], told["by"])))
        moved = moves.get(by)
        start = _rank(moved["from"]) if moved else None
        if moved and by is not None and start is not None and abs(start - by) != by:
            message = f"the source says to {moved['to']}"
            here, there = told.span(), moved.span()
            yield finding(case, "by_to", "major", message, target=here, span=there)


def _rank(written: str) -> Decimal | None:
    return Decimal(written) if written.isdecimal() else chinese_number(written)


RANKS: Final = "第"
_RANKS: Final = re.compile(
    r"第\s*(?P<from>\d+|[一二三四五六七八九十]+)\s*[位名]?[^，。；]{0,6}?[升降跌跃攀爬滑落退掉][至到]第?\s*(?P<to>\d+|[一二三四五六七八九十]+)"
)
_PLACES: Final = re.compile(
    r"\b(?P<by>\d+|two|three|four|five|six|seven|eight|nine|ten) (?:places|positions|spots|ranks|rungs|slots)\b"
)
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
    )
}


_OVER: Final = frozenset({"over", "at_least"})
"""Cut by more than half is not cut to more than half; by half is to half."""
_LESS_BEHIND: Final = re.compile(r"[* ]*(?:less|fewer|lower|shorter|smaller|cheaper|off)\b")
"""Half as often is 50% less often."""
_IN_A_SPAN: Final = re.compile(
    r"\b(?:space|course|span|period|matter) of (?:(?:about|just|only|nearly|over) )?\Z"
)
"""Cut in the space of one year."""
_SCORES: Final = ("ratio", "out_of", "dimension")
"""Favoured by 3:1 and 30 by 20 cm are by no change."""


def _times(
    s: Quantity, t: Quantity, theirs: str | None, ours: str | None, case: Case
) -> str | None:
    """Up 300% for 增加到 3 倍, which is up by 200%; 1.1 times last year's for 同比增长 1.1 倍."""
    if s.unit != "×" or not isinstance(s.value, Decimal):
        return None
    before = case.source[max(0, s.start - 12) : s.start]
    if t.unit == "%" and theirs == "to" and s.value * 100 == t.value:
        told = ours != "to" and (ours == "by" or told_as_change(t, case.lowered))
        return "the source says to so many times" if told else None
    level = t.unit == "×" and s.value == t.value and _TIMES_AS_MUCH.match(case.lowered, t.end)
    return "the source says by so many times" if level and _GROWN.search(before) else None


_TIMES_AS_MUCH: Final = re.compile(
    r"[* ]*(?:the|that|those|what|its|as (?:many|much|large|big)|last|of)\b"
)
_GROWN: Final = re.compile(
    r"(?:同比|环比|同期|上年|去年|上季度?|上月)(?:大?增长?|增加|上升|上涨|提[升高]|多出|激增|暴涨|飙升)了?[约近\s*]*$"
)
# ---------------------------------------------------------------- English that tells a change

_MUCH: Final = r"(?: (?:an?|the|just|only|mere|merely|some|about|around|roughly|nearly|almost|close to|up to|as much as|between))*[ *]*$"
_VERBS: Final = (
    r"r[io]s(?:es?|en|ing)|increas\w+|improv\w+|boost\w*|gain\w*|gr[oe]w\w*|climb\w*|jump\w*|lift\w*|rais\w+|"
    r"surg\w+|soar\w*|drop\w*|f[ae]ll\w*|decreas\w+|declin\w+|reduc\w+|cut(?:s|ting)?|lower(?:s|ed|ing)|slip\w*|"
    r"shr[aiu]nk\w*|decay\w*|anneal\w*|shorten\w*|trim\w*|slash\w*|plung\w+|collaps\w+|shav\w+|sav(?:es?|ed|ing)|"
    r"exceed\w*|surpass\w*|outperform\w*|beat\w*"
)
_CHANGE_BEFORE: Final = re.compile(
    rf"\b(?:(?:{_VERBS})\b[^.;,\d]{{0,60}}(?<!off )\bby(?:, e\.g\.,)?|"
    rf"(?:{GAINS})s? (?:in (?:(?! an? )[^.;,\d]){{1,40}} )?of|(?:is|are|was|were|goes|went) (?:up|down)){_MUCH}"
)
_SCORE: Final = re.compile(r"[*]*(?: to |[-–—:]|(?: (?:vs\.?|versus|against) ))[*]*\d")
"""To win by 7.94 to 7.61, or 57% to 43%, is to win by neither."""
_CHANGED: Final = re.compile(
    r"\b(?:gain(?:s|ed|ing)?|sav(?:es?|ed|ing)|fre(?:es|ed|eing)(?: up)?|ris(?:es|ing)|rose|f[ae]ll(?:s|ing)?|"
    rf"drop(?:s|ped|ping)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|improv(?:es|ed|ing)){_MUCH}"
)
_CHANGE_BEHIND: Final = re.compile(
    r"[*]*(?: percentage points?| points?)? (?:fewer|less|lower|higher|longer|shorter|smaller|larger|faster|"
    rf"slower|cheaper|off (?:of|the(?! ground| floor)|its|their)|more(?! often| than not)|(?:(?:relative|absolute|average|overall) )?(?:{GAINS}|savings|improvements|reductions)|(?:cost|price|speed|accuracy|latency|memory|error|score|performance|energy|power|size) (?:reduction|cut|drop|decrease|saving|increase|gain|boost|rise))\b(?![-/])"
)
_OBTAINED: Final = re.compile("gain")
"""To gain 12,000 stars is to get them."""
_SO_OFTEN: Final = re.compile(
    r" times?(?: (?:a|an|per|every|each|for|in|out|during|on|over)\b|[.,;:)]|$)"
)
"""It falls 0.6 times for every 100 m."""
_OF_A_NOUN: Final = re.compile(
    r"(?:(?<=-degree)|(?<=-metre)|(?<=-meter)|(?<=-inch)|(?<=-step)|(?<=-hour)|(?<=-minute)|(?<=-day)) [a-z]|"
    r" (?!(?:less|plus|across|towards|versus|this|its|was|has|times)\b)[a-z]{3,}s\b"
)
"""Climbs 35-degree slopes: how steep they are."""
_APART: Final = re.compile(r"[*]* (?:above|below|ahead|behind)\b")
_NO_LIMITS: Final = (None, "about", "nearly")
"""What falls short of 80% does not fall by so much."""
_COUNTED: Final = ("count", "ordinal", "date")
"""Three longer videos, by five experts: what is counted is seldom what something changes by."""


def told_as_change(t: Quantity, low: str) -> bool:
    """Whether English says that something changed, or differs, by the figure."""
    if is_rank(t) or _SCORE.match(low, t.end):
        return False
    before = low[max(0, t.start - 100) : t.start]
    told = _CHANGE_BEFORE.search(before)
    changed = t.bound in _NO_LIMITS and _CHANGED.search(before)
    if changed and changed[0].startswith("f") and changed[0].rstrip(" *").endswith("between"):
        changed = None  # falls between 180 and 240 ms
    if changed and _OBTAINED.match(changed[0]) and t.kind == "count":
        changed = None
    if changed and (_SO_OFTEN.match(low, t.end) or _OF_A_NOUN.match(low, t.end)):
        changed = None
    if told or (changed and not (changed[0].startswith("drop") and low.startswith(" of", t.end))):
        return t.kind not in _COUNTED or _is_large(t)
    behind = _CHANGE_BEHIND.match(low, t.end)
    if behind is None:
        return t.text.endswith("points") and bool(_APART.match(low, t.end))
    return t.kind not in _COUNTED or behind[0].endswith(("fewer", "less")) or _is_large(t)


def _is_off(s: Quantity, t: Quantity, case: Case) -> bool:
    """Off by 572 km is an error of so much; so is by 572 km where the source tells an error."""
    if re.search(r"\boff by\b", case.lowered[max(0, t.start - 60) : t.start]):
        return True
    before = case.source[max(0, s.start - 16) : s.start]
    error = re.search("误差|偏差|偏移|相差", before) and not _ENDS.search(before)
    return bool(error) and not told_as_change(t, case.lowered)


def _is_a_gap(s: Quantity, t: Quantity, case: Case) -> bool:
    """差距缩小到 3 分: now 3 points behind, yet not narrowed by 3."""
    gap = _GAP.search(case.source, max(0, s.start - 16), s.start)
    return bool(gap) and not _CHANGE_BEFORE.search(case.lowered[max(0, t.start - 100) : t.start])


_GAP: Final = re.compile("差距|差值|相差|之差|优势|领先|落后")


def _is_large(t: Quantity) -> bool:
    return t.kind == "count" and isinstance(t.value, Decimal) and t.value >= 1000


# ---------------------------------------------------------------- Chinese that tells one, perhaps

_CHANGE_THERE: Final = re.compile(
    "[增升涨跌降减缩省翻倍损衰退掉优赢输拉拔丢还再更又]|提高|加[速快]|提速|改[善进]|高出|多出|领先|落后|扩(?!散)|"
    "(?<![误方残])差|[超胜](?![参分长率])|收窄|放大|波动|变化|[+＋↑↓Δ比]|益|幅|节(?=[约能电水流])|[削裁剪删移]|回落|"
    "[快慢]|便宜|贡献|[上下]调|[少多][用花占耗付需跑走等费]|调[高低升降]|压[到至低缩]|[砍折滑攀浮抬冲]|不及|逊|屈居|[多少高低大小长短]了|另外|额外|其[他它余]|[另加][收付]|加价|优惠|[上下]浮"
)
_LEVEL: Final = re.compile(
    r"(?:达到?了?|[高多长]达|[仅只]?[为是]|取得了?|实现了?|获得了?|以|[保维]持了?|控制在|稳定在|仅?需|需要|接近|低于|高于|超过|仅|近乎?|约|不到|至少|[\s*])*$"
)
_ENDS: Final = re.compile(
    r"(?:(?<!达)[到至]了?|(?:[升降减增缩涨跌变改半]|降低|减少|增加|提[高升]|改善|压缩|缩[小短减]|下降|上升)为)(?:仅需?|只需|只有|约|近|原来的|每(?:秒|分钟?|小时|天|年)|[\s*])*$"
)
_AT_A_RATE: Final = guarded(AT_A_RATE, "每")
_BY: Final = re.compile(
    r"(?:[高低多少快慢早晚先后大小长短强弱轻重贵薄厚窄宽深浅胜超][出了约近\s*]*|"
    r"(?<![最至更较])[多少早晚快慢先](?![达为至到于])[\u4e00-\u9fff]{1,2}[了约近\s*]*)$"
)
"""多得 6.4 分, 早出 2 天: what is done more, or earlier, by so much."""
_NOUN_BEHIND: Final = re.compile(
    "[^，。；、,;（()）]{0,20}?(?:提升|提高|增|涨|跌|降|减|缩|加速|提速|改[善进]|优势|差距|之差|益|幅|损|节|领先|超|额外|附加)"
)
_ASIDE: Final = re.compile(r"[（(][^（()）]{0,60}[)）]")


def may_change(s: Quantity, source: str) -> bool:
    """Whether a word near the figure may say that it is a change: in its clause, or before it."""
    near = source[max(0, s.start - 16) : s.start]
    if (
        _ENDS.search(near)
        or _AT_A_RATE.search(near)
        or (s.value not in _HALVES and of_what(s, source))
    ):
        return False
    if s.text[0] in "+-−" or _NOUN_BEHIND.match(source, s.end, s.end + 24) or _BY.search(near):
        return True
    told = re.split("[。；;\n]", source[max(0, s.start - 120) : s.start])[-1]
    told = _ASIDE.sub("", told)
    subject = re.split("[，,：:（(]", told)[-1]
    reached = _LEVEL.search(subject)
    clause = subject[: reached.start()] if reached else subject
    verb = reached[0].strip(" *") if reached else ""
    own = verb and (len(clause.strip(" *")) > _OWN or "以" in verb)
    own = own and not _ASIDE_OF_ALL.match(clause)
    return bool(_CHANGE_THERE.search(clause if own else told))


def of_what(s: Quantity, source: str) -> bool:
    """仅为常规的 40%: outright how much of something else it is."""
    whole = s.kind in ("percent", "fraction") and _OF_WHAT.search(
        source[max(0, s.start - 40) : s.start]
    )
    return bool(whole and not _OF_A_CHANGE.search(whole[0]))


_OF_WHAT: Final = re.compile(
    r"(?:[仅只][为是有需用占要]|相当于|[降减缩压][至到为]|[缩减]小[至到为]|(?:缩短|减少|降低|压缩|下降)[至到为])(?:了|到)?"
    r"(?:[^，。；、,;%％]{0,24}的|其|原先|原来|此前|以往|先前|原有)[\s*约近]*$"
)
_OF_A_CHANGE: Final = re.compile("[幅差距]|提升|提高|增长|下降(?![至到为])|领先|优势|收益")
_ASIDE_OF_ALL: Final = re.compile(r"\s*(?:而|且|并|其中)?[在对于]")
_OWN: Final = 2
"""A clause of more characters before its verb has a subject of its own; 最高达 goes on with the last."""


# ---------------------------------------------------------------- English that tells a level


def _is_new_limit(s: Quantity, t: Quantity, source: str) -> bool:
    """Up to 0.11, where the source says by 0.11 and nothing of a limit."""
    before = source[max(0, s.start - 24) : s.start]
    limit = t.bound == "up_to" and not t.text.startswith("as ")  # as high as is only emphasis
    return limit and s.bound is None and not re.search("[最可达能多高长]", before)


_LEVELS: Final = r"\b(?:rate|score|level|accurac(?:y|ie)|performance|latency|memory|throughput)s?"
_REACHED: Final = re.compile(
    r"\b(?:reach|hit|attain|achiev|stand|scor|com|need|requir|occup|consum|tak|took)\w*(?: in)?(?: at| to)?"
    rf"(?: [^.;,\d]{{0,40}}{_LEVELS} of)?{_MUCH}|{_LEVELS} of{_MUCH}|{_LEVELS}(?: (?:is|are|was|were|stays? at)){_MUCH}"
)
_SHARE: Final = re.compile(
    r"[*)]* (?:of (?:what|the|its|their|that|[a-z][\w.-]*['’]s)|as (?:many|much))\b"
)
_HALVES: Final = (Decimal(50), Decimal("0.5"))
_RISEN: Final = re.compile(
    r"(?:提升|提高|增加|增长|上升|上涨|下跌|下滑|降低|下降|减少|缩短|高出|节省|削减|和|与|及|、|"
    r"(?<![最至不很极更较变])[小低少短轻][用花占耗出]?|便宜)了?[约近\s*]*$"
)


def _is_told_as_level(s: Quantity, t: Quantity, case: Case) -> bool:
    low = case.lowered
    floor = max(0, t.start - 100)
    start = max(floor, *(low.rfind(mark, floor, t.start) for mark in (". ", "; ", ", ", ": ")))
    before = low[start : t.start]
    around = before + re.split(r" and | but | while |[.;,]", low[t.end : t.end + 60])[0]
    if _A_CHANGE.search(around):
        return False
    risen = _RISEN.search(case.source[max(0, s.start - 10) : s.start])
    share = risen and _SHARE.match(low, t.end)
    return bool(share or _REACHED.search(before))


_A_CHANGE: Final = re.compile(
    rf"\b(?:{_VERBS}|(?:{GAINS})s?|speed-?up|difference|gap|better|worse|faster|slower|higher|lower|longer|shorter|larger|smaller|later|sooner|earlier|cheaper|more|less|"
    r"fewer|over|above|below|under|beneath|ahead|behind|relative|up|down|add(?:s|ed|ing)?|extra|additional|remov\w+|avoid\w*|"
    r"eliminat\w+|spar\w+|sav\w+|los(?:es?|ing|t)|than|off|costs (?:it|them|the|a|only|just)|costing|price)\b"
)
