"""Over or under, at least or at most: the qualifier of a figure turned around, moved or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.limits import (
    OVER,
    UNDER,
    is_a_span,
    is_limit,
    is_new_top,
    is_no_limit,
    told_bound,
)
from digestlib.models import Bound, Finding, Quantity, Severity

_BOUND_BEFORE: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"(?:不低于|不少于|至少|起码|不小于)[^，。；、,\d]{0,6}$"), "at_least"),
    (re.compile(r"(?:最低|最少|起步)(?:配置)?[仅只]?(?:需要?|要求)[\s*]*$"), "at_least"),
    (
        re.compile(r"(?:不超过|不高于|不多于|至多|最多|顶多|不大于)[^，。；、,\d]{0,6}$"),
        "at_most",
    ),
    (
        re.compile(r"(?:突破|超过|超越|超出|逾|大于|高于|多于|不止|超|(?<![跌降打])破)了?[\s*]*$"),
        "over",
    ),
    (
        re.compile(
            r"(?:低于|少于|小于|未满|短于|跌破|降破|降到不足)[\s*]*$|(?:不足|不到)[^，。；、,\d]{0,10}$"
        ),
        "under",
    ),
)
_UNIT_THERE: Final = r"(?:\S{1,2}|[A-Za-zÅµμΩ°][A-Za-zÅµμΩ°\d·/^²³⁻¹-]{0,11}\s?)?"
"""What stands between a figure and its limit: 3 个以上, 0.8 meV/Å 以内."""
_BOUND_BEHIND: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (
        re.compile(
            rf"[\s*]*{_UNIT_THERE}(?:以上|之上|出头|开外|有余|挂零|还[要]?多|还不止)|[\s*]*(?:多|余|\+)"
        ),
        "over",
    ),
    (
        re.compile(
            rf"[\s*]*{_UNIT_THERE}(?:以内|之内|以下|之下|内(?![存部容置核网嵌层联生积外地测购向在]))|"
            r"[\s*]*(?:不到|不足)(?=[，。；、,;\s]|$)"
        ),
        "under",
    ),
    (re.compile(rf"[\s*]*{_UNIT_THERE}(?:封顶|为上限)"), "at_most"),
)


def changed_bounds(case: Case) -> Iterator[Finding]:
    """Over for under is critical; `about` turned into a limit is major; a lost qualifier is minor."""
    source, low = case.source, case.lowered
    for s, t, _ in case.figures:
        bound, ours = bound_of(s, source), told_bound(t, low)
        theirs = _denied_there(bound, s, source)
        if (t.value is None and t.text[:3].lower() == "sub") or is_no_limit(t, bound, low):
            continue
        if theirs in OVER and s.value == t.value and _is_the_rest(s, t, case):
            continue
        if is_a_span(s, t, source, low):
            continue
        if _THAN_A_MODEL.match(case.text, t.start) and (
            case.text[t.end : t.end + 2] == " (" or _A_MODEL.match(source, s.end)
        ):
            continue
        if "或" in s.text:
            yield from _turned_either(s, t, case)
            continue
        if theirs == ours or (theirs in OVER and ours in OVER):
            continue
        if theirs is None:
            theirs = _far_bound(s, source) if ours in (*OVER, *UNDER) else None
            theirs = _denied_there(theirs, s, source)
        lowest = _LOWEST.search(source[max(0, s.start - 8) : s.start])
        if lowest and ours == "at_least":
            continue
        if lowest and _MOST.match(low, t.start):
            yield about(case, "bound", "critical", "the source says the least", s, t)
            continue
        flipped = _is_flipped(theirs, ours or _far_bound_here(t, low))
        if flipped and (
            _is_told_besides(s, theirs, case) or (ours is None and _REST.search(source, s.end))
        ):
            continue
        if flipped and (
            (ours == t.bound and _is_denied(t, low))
            or _HARDLY.search(source[max(0, s.start - 8) : s.start])
        ):
            continue
        severity = "critical" if flipped else _severity(s, t, theirs, case)
        lost = theirs is not None and ours is None
        message = "the qualifier is lost" if lost else "the qualifier is not the source's"
        if severity != "minor" or lost or theirs is None:
            yield about(case, "bound", severity, message, s, t, _with_bound(s, theirs))


_MOST: Final = re.compile(r"up to|at most|a maximum of|no (?:more|higher|longer|greater) than")
_LOWEST: Final = re.compile(r"(?:最低|最少|最短)(?:可|仅|只|需|为|是|至|约|[\s*])*\Z")


def _is_told_besides(s: Quantity, bound: Bound | None, case: Case) -> bool:
    """30 minutes or less is handled, anything longer than half an hour cut: the rest of it."""
    if _REST.search(case.source, s.end) is None:
        return False
    again = any(m.source is s and told_bound(m.target, case.lowered) == bound for m in case.figures)
    return again or _THOSE.search(case.lowered) is not None


_THOSE: Final = re.compile(
    r"\b(?:those|the ones) (?:with |having )?(?:fewer|less|more|below|under|above|over|beyond|smaller|larger)\b(?! \W?\d)|"
    r"\b(?:fewer|less|more) than that\b"
)
"""Above 100M it takes a permission, those with fewer need none."""


_REST: Final = re.compile("更|其余|其他|否则|超|以外|以上|以下|不足|不到")


def _is_denied(t: Quantity, low: str) -> bool:
    """No model exceeds 60%: all are at most there."""
    before = low[max(0, t.start - 60) : t.start]
    none = _NONE.search(before) and not _WHERE.search(before)
    return bool(none or _NOT_ONE.search(low[max(0, t.start - 160) : t.start]))


_NOT_ONE: Final = re.compile(
    r"\b(?:not one|none|no (?:single )?(?:model|system|method|one)) [^.;]{0,120}\Z"
)
"""Not one of the 23 models, whatever they are, gets more than 60%."""


_WHERE: Final = re.compile(
    r"\b(?:after|past|gains?|benefits?|changes?|effects?|improvements?|returns?|differences?) \Z"
)
"""No gain beyond 16, not finished after more than 30: where it is not so."""


def _is_the_rest(s: Quantity, t: Quantity, case: Case) -> bool:
    """Less than half of it is left, where more than half is gone."""
    cut = _CUT.search(case.source[max(0, s.start - 6) : s.start])
    left = _IS_LEFT.match(case.lowered, t.end) and not case.lowered.endswith("by ", 0, t.start)
    return t.bound == "under" and s.value == Decimal("0.5") and bool(cut and left)


_IS_LEFT: Final = re.compile(
    r"[*]* (?:of\b|as\b|the\b|that\b|what\b|its\b|[\w-]+['’]s?\b|is left\b|remain)"
)
"""Half of what it was, half as much, half the cost."""
_CUT: Final = re.compile(r"(?:降低|减少|缩小|缩短|下降|压缩|便宜|[降减缩省低少短小])了?[\s*]*$")


_THAN_A_MODEL: Final = re.compile(r"(?:\w+ than|short of)(?: the)? \d+(?:\.\d+)?B\b")
"""4B (4.23%) is higher than 30B (2.82%), and short of the 32B model's score."""
_A_MODEL: Final = re.compile(r"\s?(?:模型|版本?(?!权))?的")


def _turned_either(s: Quantity, t: Quantity, case: Case) -> Iterator[Finding]:
    """接近或超过 4 told as close to or below 4: of two bounds one is turned around."""
    around = case.text[max(0, t.start - 24) : t.end + 12]
    for theirs, (there, opposite, here) in _EITHER.items():
        ours = told_bound(t, case.lowered)
        kept = ours == t.bound and here.search(around)
        if ours in opposite and there.search(s.text) and not kept:
            message = "the qualifier is not the source's"
            yield about(case, "bound", "critical", message, s, t, _with_bound(s, theirs))


_EITHER: Final[dict[Bound, tuple[re.Pattern[str], tuple[Bound | None, ...], re.Pattern[str]]]] = {
    "over": (
        re.compile("超过|高于|大于|多于|以上"),
        ("under", "at_most"),
        re.compile(r"\b(?:above|over|exceed|surpass|more|higher|greater|better|beyond)", re.I),
    ),
    "under": (
        re.compile("低于|少于|小于|不足|以下"),
        OVER,
        re.compile(r"\b(?:below|under|less|fewer|lower|smaller|short of)", re.I),
    ),
}
"""Of 或: how the source says it, which bounds say the opposite, and how English keeps it."""
_ONLY: Final = re.compile(r"(?<!不)[仅只](?!有[^，。；]{0,4}以)[^，。；、,\d]{0,8}$")
"""仅提高 1.2 分 is not at least 1.2 points."""


def _is_flipped(theirs: Bound | None, ours: Bound | None) -> bool:
    return (theirs in OVER and ours in (*UNDER, "up_to")) or (theirs in UNDER and ours in OVER)


def _severity(s: Quantity, t: Quantity, theirs: Bound | None, case: Case) -> Severity:
    """Made up is critical; about or up to made a limit is major, and a full 100% for nearly that."""
    ours = told_bound(t, case.lowered)
    only = theirs is None and _ONLY.search(case.source[max(0, s.start - 14) : s.start])
    if only and ours in OVER:
        return "minor" if " the " in t.text else "major"  # above the 47.1 of others
    if theirs is None and _is_invented(s, t, case.source, case.lowered):
        return "critical"
    full = theirs in (*UNDER, "about") and ours is None
    if full and _FULL.search(case.lowered[max(0, t.start - 12) : t.start]):
        return "major"
    if theirs is None and ours == "nearly" and _is_exact(s, t, case.source):
        return "major"
    if theirs == "about" and ours in ("over", "under", "at_least", "at_most", "up_to"):
        return "major"
    return "major" if theirs == "up_to" and ours in OVER else "minor"


def _is_exact(s: Quantity, t: Quantity, source: str) -> bool:
    """Whether nobody would round the figure: close to 91.2%, of exactly 91.2%."""
    return s.value is not None and s.value == t.value and not _ALMOST.search(source)


_ALMOST: Final = re.compile(r"近|几|将|逼|约|媲美|持平|相当|差|直追")
_FULL: Final = re.compile(r"\b(?:full|perfect|exactly|precisely|exact)\s\**$")
"""A full 100%, where the source comes near it."""
_BEARS_A_LIMIT: Final = re.compile(
    r"超(?![高大强长低分参声级网图市人])|[逾余近满限<>≤≥＜＞+几破]|[上下以之]内|[高低多少大小长短优快慢好强]于|"
    r"不[足到低高少多超大小止]|或更|至[少多]|[高长胜]过|多(?![模源视任维语轮步智种阶层跳]|\s?[A-Za-z])"
)
_TOPS: Final = re.compile(r"最|[高多长久远大]达|可|能|支持|限|至多|以内|适|处理")
_CONSTRAINED: Final = re.compile("约束|限制|预算|上限|封顶|额度")
_JUST: Final = re.compile(r"[仅只才]|[高多长]达|最")
"""Only 3 hours may be no more than 3, yet is not less."""
_LIMITED_BEHIND: Final = re.compile(
    r"[\s*]*(?:\S{0,2}[以之][上下内]|[上下](?![文游采限行一])|内(?![存部容置核网嵌])|[以之]?后)"
)


def _is_invented(s: Quantity, t: Quantity, source: str, low: str) -> bool:
    """More than 37 strategies for 37 of them: nothing around the figure could be the limit."""
    top = is_new_top(t, low) and not _TOPS.search(source)
    if not top and not is_limit(t, low):
        return False
    clause = re.split(r"[，。；,;()（）\n]", source[max(0, s.start - 24) : s.start])[-1]
    if _LIMITED_BEHIND.match(source, s.end):
        return False
    behind = re.split(r"[，。；,;()（）\n]", source[s.end : s.end + 10])[0]
    near = f"{clause}{s.text}{behind}"
    if (top or told_bound(t, low) == "at_most") and _JUST.search(near):
        return False
    if told_bound(t, low) in ("at_most", "under") and _CONSTRAINED.search(near):
        return False
    return not _BEARS_A_LIMIT.search(near)


_QUALIFIERS: Final[dict[Bound, str]] = {
    "over": "more than",
    "at_least": "at least",
    "under": "less than",
    "at_most": "at most",
    "up_to": "up to",
    "nearly": "nearly",
    "about": "about",
}


def _with_bound(quantity: Quantity, bound: Bound | None) -> str:
    """The English of a figure with the qualifier that stands a word away from it."""
    if quantity.bound or bound is None:
        return quantity.english
    return f"{_QUALIFIERS[bound]} {quantity.bare}"


_NOBODY: Final = re.compile(
    r"(?:没有(?!超过)|无一|均未|从未|都未|都没|无任何|未有|未能?(?=[超突高低]|\Z))[^，。；、,;\d]{0,16}$"
)
"""没有一个模型超过 60%: all are at most there."""
_DENIED_BOUNDS: Final[dict[Bound | None, Bound]] = {
    "over": "at_most",
    "at_least": "at_most",
    "under": "at_least",
}


def _denied_there(theirs: Bound | None, s: Quantity, source: str) -> Bound | None:
    """均未超过 30 秒: no more than that, where what is denied is no limit of its own."""
    denied = theirs in _DENIED_BOUNDS and _NOBODY.search(source[max(0, s.start - 24) : s.start])
    return _DENIED_BOUNDS[theirs] if denied else theirs


_HARDLY: Final = re.compile(r"(?:难以|很难|难于)(?:达到|再)?$")
"""难以超过 50%: struggle to exceed it, or do not."""
_NONE: Final = re.compile(
    r"\b(?:no|none|never|not|nothing|nor|cannot|neither|without(?= (?:[^.;,]* )?[a-z]+ing\b))\b[^.;,]*$",
    re.I,
)
_OF_A_NAME: Final = (
    r"\s?[A-Za-z\u4e00-\u9fff][^，。；、,;（）()]{0,20}(?:[（(][^（）()]{1,16}[)）])?的[\s*]*"
)
"""不到 H100（700 W）的四成: the name of what it is a part of stands between."""
_FAR_BOUNDS: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (
        re.compile(
            r"[未不没有](?:[能得应可宜会])?(?:突破|超过|超越|超出|高于)了?[\u4e00-\u9fff]{1,7}\s*$"
        ),
        "at_most",
    ),
    (re.compile(r"[未不没有](?:[能得应可宜会])?(?:低于|少于)[\u4e00-\u9fff]{1,7}\s*$"), "at_least"),
    (re.compile(r"(?:突破|超过|超越|超出|高于)了?[\u4e00-\u9fff]{1,7}\s*$"), "over"),
    (re.compile(r"(?:低于|少于|不到|不足|不及)[\u4e00-\u9fff]{1,7}\s*$"), "under"),
    (re.compile(r"几乎是[\u4e00-\u9fff]{1,10}的[\s*]*$"), "nearly"),
    (re.compile(r"(?:最长|最高|最大|最多|多达|高达|长达)(?:可达|为|可)?\s*$"), "up_to"),
    (re.compile(rf"(?:不[到足及如满]|未[及达]|[达够]不到|低于){_OF_A_NAME}$"), "under"),
    (re.compile(rf"(?:超过|超出|高于|[远已]超){_OF_A_NAME}$"), "over"),
    (
        re.compile(
            r"(?:上限|限额|名额限?|封顶)(?:设?[为是在])?[约\s*]*$|(?<![上下有无极权局期])限[\s*]*$"
        ),
        "at_most",
    ),
    (re.compile(r"下限(?:设?[为是在])?[约\s*]*$"), "at_least"),
    (re.compile(r"(?:历时|耗时|用时|费时|持续|花[了费]?|[为达有用需])近[\s*]*$"), "nearly"),
)


def _far_bound(quantity: Quantity, source: str) -> Bound | None:
    """A limit that a noun names, 超过及格线 60%, or a 最长: enough to see that it is flipped."""
    before = source[max(0, quantity.start - 44) : quantity.start]
    return next((bound for pattern, bound in _FAR_BOUNDS if pattern.search(before)), None)


_NOUN_NAMED: Final = r" (?:the|its|a|an|their) (?:[a-z-]+ ){1,3}of [*]*$"
_FAR_HERE: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(rf"\b(?:below|short of|(?:lower|less|fewer|smaller) than){_NOUN_NAMED}"), "under"),
    (
        re.compile(rf"\b(?:above|beyond|exceed\w*|(?:higher|more|greater) than){_NOUN_NAMED}"),
        "over",
    ),
)


def _far_bound_here(t: Quantity, low: str) -> Bound | None:
    """Below the pass mark of 60%: a noun names the limit."""
    before = low[max(0, t.start - _NEAR_HERE) : t.start]
    if _NONE.search(before) or _WITHOUT.search(before):
        return None
    return next((bound for pattern, bound in _FAR_HERE if pattern.search(before)), None)


_NEAR_HERE: Final = 64
_WITHOUT: Final = re.compile(r"(?:\bwithout|n['’]t)\b[^.;,]*$")


def bound_of(quantity: Quantity, source: str) -> Bound | None:
    """The qualifier of a Chinese figure, also where it stands a word away from it."""
    if quantity.bound is not None:
        return quantity.bound
    before = source[max(0, quantity.start - 14) : quantity.start]
    behind = source[quantity.end : quantity.end + 18]
    for pattern, bound in _BOUND_BEFORE:
        if pattern.search(before):
            return bound
    return next((bound for pattern, bound in _BOUND_BEHIND if pattern.match(behind)), None)


def _are_alike(one: Quantity, other: Quantity) -> bool:
    return (one.kind, one.unit) == (other.kind, other.unit)


_OF_THEM: Final = re.compile(r"中的?[\s*]*\Z")
"""超过 6 名医生中的 4 名: to surpass four of the six."""


def moved_bounds(case: Case) -> Iterator[Finding]:
    """`At least` beside another figure than in the source."""
    pairs = [(m, bound_of(m.source, case.source)) for m in case.figures]
    for limit in (OVER, ("under", "at_most"), ("up_to",)):
        gone = [m for m, b in pairs if b in limit and m.target.bound is None]
        come = [m for m, b in pairs if b is None and m.target.bound in limit]
        if len(gone) == len(come) == 1 and _are_alike(gone[0].source, come[0].source):
            s, t, _ = come[0]
            if _OF_THEM.search(case.source, gone[0].source.end, s.start):
                continue
            yield about(case, "bound", "major", "the qualifier stands elsewhere", s, t)
