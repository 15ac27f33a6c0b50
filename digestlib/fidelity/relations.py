"""What stands between the figures: over or under, up or down, by or to, from and to, whose.

Each rule reads the figures that were matched and the words next to them, and speaks only when
both languages are explicit: false alarms kill such a feature faster than misses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.matching import Match
from digestlib.models import Bound, Finding, Quantity, Severity
from digestlib.patterns import guarded

# ---------------------------------------------------------------- bounds

_OVER: Final[tuple[Bound | None, ...]] = ("over", "at_least")
_UNDER: Final[tuple[Bound | None, ...]] = ("under", "at_most", "nearly")
_BOUND_BEFORE: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"(?:不低于|不少于|至少|起码|不小于)[^，。；、,\d]{0,6}$"), "at_least"),
    (re.compile(r"(?:不超过|不高于|不多于|至多|最多|不大于)[^，。；、,\d]{0,6}$"), "at_most"),
    (re.compile(r"(?:突破|超过|超越|超出|逾|大于|高于|多于|不止|超)了?[\s*]*$"), "over"),
    (
        re.compile(r"(?:低于|少于|小于|未满|短于)[\s*]*$|(?:不足|不到)[^，。；、,\d]{0,10}$"),
        "under",
    ),
)
_BOUND_BEHIND: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"[\s*]*(?:\S{1,2})?(?:以上|之上)|[\s*]*(?:多|余|\+)"), "over"),
    (re.compile(r"[\s*]*(?:\S{1,2})?(?:以内|之内|以下|之下|内)"), "under"),
)


def changed_bounds(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """Over for under is critical; `about` turned into a limit is major; a lost qualifier is minor."""
    for s, t, _ in matches:
        theirs, ours = bound_of(s, source), t.bound
        if theirs == ours or (theirs in _OVER and ours in _OVER) or "或" in s.text:
            continue
        if theirs is None:
            theirs = _far_bound(s, source) if ours in (*_OVER, *_UNDER) else None
        flipped = (theirs in _OVER and ours in (*_UNDER, "up_to")) or (
            theirs in _UNDER and ours in _OVER
        )
        if flipped and _NONE.search(text[max(0, t.start - 50) : t.start]):
            continue
        doubtful = (theirs == "about" and ours in ("over", "under", "at_least", "at_most")) or (
            theirs == "up_to" and ours in _OVER
        )
        lost = theirs is not None and ours is None
        message = "the qualifier is lost" if lost else "the qualifier is not the source's"
        if flipped or doubtful or lost or theirs is None:
            severity: Severity = "critical" if flipped else "major" if doubtful else "minor"
            yield about("bound", severity, message, s, t, source, text, _with_bound(s, theirs))


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


_NONE: Final = re.compile(r"\b(?:no|none|never|not|nothing|nor|cannot|neither)\b[^.;,]*$", re.I)
_FAR_BOUNDS: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"(?:突破|超过|超越|超出|高于)了?[\u4e00-\u9fff]{1,7}\s*$"), "over"),
    (re.compile(r"(?:低于|少于|不到|不足)[\u4e00-\u9fff]{1,7}\s*$"), "under"),
    (re.compile(r"(?:最长|最高|最大|最多|多达|高达|长达)(?:可达|为|可)?\s*$"), "up_to"),
)


def _far_bound(quantity: Quantity, source: str) -> Bound | None:
    """A limit that a noun names, 超过及格线 60%, or a 最长: enough to see that it is flipped."""
    before = source[max(0, quantity.start - 14) : quantity.start]
    return next((bound for pattern, bound in _FAR_BOUNDS if pattern.search(before)), None)


def bound_of(quantity: Quantity, source: str) -> Bound | None:
    """The qualifier of a Chinese figure, also where it stands a word away from it."""
    if quantity.bound is not None:
        return quantity.bound
    before = source[max(0, quantity.start - 14) : quantity.start]
    behind = source[quantity.end : quantity.end + 6]
    for pattern, bound in _BOUND_BEFORE:
        if pattern.search(before):
            return bound
    return next((bound for pattern, bound in _BOUND_BEHIND if pattern.match(behind)), None)


def moved_bounds(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """`At least` beside another figure than in the source."""
    pairs = [(m, bound_of(m.source, source)) for m in matches]
    for limit in (_OVER, ("under", "at_most"), ("up_to",)):
        gone = [m for m, b in pairs if b in limit and m.target.bound is None]
        come = [m for m, b in pairs if b is None and m.target.bound in limit]
        if len(gone) == len(come) == 1 and gone[0].source.unit == come[0].source.unit:
            s, t, _ = come[0]
            yield about("bound", "major", "the qualifier stands elsewhere", s, t, source, text)


# ---------------------------------------------------------------- from, to, by

Role = Literal["from", "to", "by"]
_ENGLISH_ROLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    (re.compile(r"\b(?:from|initial|initially|originally|formerly|previously|instead of|rather than|down from|up from)"
                r"(?: an? initial| the| a| some| about)?[ (*$]*$", re.I), "from"),
    (re.compile(r"(?<!off )\bby(?: an?| the)?(?: additional| absolute| relative| further)?[ *]*$", re.I), "by"),
    (
        re.compile(
            r"(?<!compared )(?<!relative )(?<!close )(?<!equal )(?<!due )(?<!equivalent )(?<!next )(?<!corresponds )(?<!amounts )(?<!equates )(?<!leads )(?<!thanks )"
            r"(?<!similar )(?<!up )(?<!according )(?<!addition )(?<!applied )(?<!corresponding )"
            r"\bto(?: just| only| an?| a mere| the)?[ *]*$",
            re.I,
        ),
        "to",
    ),
)  # fmt: skip
_RISE: Final = r"提升|提高|增加|增长|上升|上涨|下跌|下滑|攀升|降低|下降|减少|缩短|改善|改进|高出|压缩|缩小|缩减|节省|削减|降|升|减"
_CHINESE_ROLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    (re.compile(r"(?:此前|之前|原先|原来|过去|先前|曾经|曾)仅?(?:为|是|只有)[约\s*]*$"), "from"),
    (re.compile(r"(?:[仅只]为|[仅只]是|占|缩到|降到|减到)[^，。；、,;0-9]{1,10}的[\s*]*$"), "to"),
    (re.compile(r"(?:幅度?|[增降涨跌]幅)(?:最大|最高|最多|明显|显著)?[，,]?(?:高达|达到?|为|近|约|超过|接近)*[约\s*]*$"), "by"),
    (re.compile(r"(?:至|到|为|达|成|达到了)(?:原来的|原始的|原先的|仅需?|只需|只有|约|近|\s|\*)*$"), "to"),
    (re.compile(r"(?:(?:从|由|自)(?!而|此)[^，。；、,;0-9一二三四五六七八九十]{0,10}|(?:将|把)[^，。；、,;0-9在]{0,3}|(?:初始|原本|原来|最初)[的为]?)(?<!在)[\s*]*$"), "from"),
    (re.compile(rf"(?:{_RISE})(?:了|幅度?|约|近|超过|高达|\s|\*)*$"), "by"),
)  # fmt: skip


def changed_roles(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """From and to exchanged is critical; `by` for `to` (提升至) or `to` for `by` (提升了) is major."""
    roles = _roles(matches, source, text)
    for (s, t, _), theirs, ours in roles:
        if isinstance(s.value, tuple) != isinstance(t.value, tuple):
            continue
        if {theirs, ours} == {"from", "to"} and not _is_a_state(s, source):
            message = "from and to are exchanged"
            yield about("from_to", "critical", message, s, t, source, text, f"{theirs} {s.english}")
        elif {theirs, ours} == {"from", "by"} and _changes(s, source) == (theirs == "from"):
            message = "from and by are exchanged"
            yield about("from_to", "critical", message, s, t, source, text, f"{theirs} {s.english}")
        elif {theirs, ours} == {"by", "to"} and "×" not in (s.unit, t.unit):
            if re.search(r"\boff by\b", text[max(0, t.start - 60) : t.start]):
                continue
            message = "the source says to" if theirs == "to" else "the source says by"
            yield about("by_to", "major", message, s, t, source, text, f"{theirs} {s.english}")
        elif _is_share_told_as_change(s, t, source, text):
            yield about(
                "by_to", "major", "the source says to", s, t, source, text, f"to {s.english}"
            )
        elif theirs == "by" and _is_new_limit(s, t, source):
            message = "the source says by, not up to"
            yield about("by_to", "major", message, s, t, source, text, f"by {s.english}")
    yield from _turned_around(roles, source, text)


def _roles(
    matches: Sequence[Match], source: str, text: str
) -> list[tuple[Match, Role | None, Role | None]]:
    """What both languages say of each figure; in 增加了 5% 的 A 和 6% 的 B both are by how much."""
    there: dict[int, Role | None] = {}
    before: Quantity | None = None
    for m in sorted(matches, key=lambda m: m.source.start):
        role = _chinese_role(m.source, source)
        joint = source[before.end : m.source.start] if before else ""
        if role is None and before and there[id(before)] == "by" and _AND_THEN.fullmatch(joint):
            role = "by"
        there[id(m.source)], before = role, m.source
    return [(m, there[id(m.source)], _english_role(m.target, text)) for m in matches]


_AND_THEN: Final = re.compile(r"[\s*]*的\s?[A-Za-z\u4e00-\u9fff ]{1,10}(?:和|以及|与)[\s*]*")


def _changes(quantity: Quantity, source: str) -> bool:
    """Whether a change starts from the figure, 由 6.2 秒缩短: 由 3 人评审 says by whom."""
    before = source[max(0, quantity.start - 5) : quantity.start]
    verb = re.match(
        rf"[^，。；、,;\d]{{0,6}}?(?:{_RISE}|[到至→])", source[quantity.end : quantity.end + 10]
    )
    return bool(verb and re.search(r"[从由自]\S{0,3}\s?$", before))


_SHARE_THERE: Final = re.compile(
    r"(?:[仅只]?[为是占有]|相当于|[降减缩压]\S?[至到为])[^，。；、,;0-9]{1,16}的[\s*]*$"
)
_CHANGE_HERE: Final = re.compile(
    r"(?: of)? (?:fewer|less|lower|smaller|shorter|more|higher|larger)\b"
)


def _is_share_told_as_change(s: Quantity, t: Quantity, source: str, text: str) -> bool:
    """参数量仅为 ViT-L 的 60% told as 60% fewer parameters."""
    there = _SHARE_THERE.search(source[max(0, s.start - 24) : s.start])
    behind = source[s.end : s.end + 2].strip()
    clear = s.kind in ("percent", "fraction") and not behind[:1] >= "\u4e00"
    return bool(there and clear and _CHANGE_HERE.match(text, t.end))


def _is_new_limit(s: Quantity, t: Quantity, source: str) -> bool:
    """Up to 0.11, where the source says by 0.11 and nothing of a limit."""
    before = source[max(0, s.start - 24) : s.start]
    return t.bound == "up_to" and s.bound is None and not re.search("[最可达能多高长]", before)


def _is_a_state(quantity: Quantity, source: str) -> bool:
    """准确率为 37% only says what is, not what it came to: English may start from there."""
    return bool(_STATE.search(source[max(0, quantity.start - 10) : quantity.start]))


_STATE: Final = re.compile(
    r"(?<![提上下改减增升降变缩压成调设])(?<![升低高少加短成])为[约近仅\s*]*$"
)


def _turned_around(
    roles: Sequence[tuple[Match, Role | None, Role | None]], source: str, text: str
) -> Iterator[Finding]:
    """350 rules expanded to 12,000, where the source goes to 350."""
    ends = [m for m, theirs, ours in roles if theirs == "to" and ours is None]
    starts = [m for m, theirs, ours in roles if theirs is None and ours == "to"]
    if len(ends) == len(starts) == 1 and len(roles) == 2:
        (s, t, _), end = starts[0], ends[0]
        if s.kind == end.source.kind and s.unit == end.source.unit and s.start < end.source.start:
            yield about("from_to", "critical", "from and to are exchanged", s, t, source, text)


_MOVES: Final = re.compile(
    r"\b(?:ris\w+|rose|climb\w*|grow\w*|grew|increas\w+|improv\w+|drop\w*|f[ae]ll\w*|reduc\w+|"
    r"decreas\w+|declin\w+|cuts?|cutting|go\w*|went|rais\w+|lift\w*|lower\w*|shr[aiu]nk\w*|"
    r"compress\w*|boost\w*|push\w*|mov\w+|bring\w*|brought|shorten\w*|lengthen\w*|expand\w*|"
    r"extend\w*|scal\w+|tak\w+|up|down|jump\w*|speed\w*|accelerat\w+|sav\w+|narrow\w*|widen\w*|"
    r"gain\w*|advanc\w+|slash\w*|trim\w*|plung\w*|collaps\w*|from|degrad\w+|worsen\w*|surg\w*|soar\w*|outscor\w*|outperform\w*)\b"
    r"(?:[^.;]|\.(?=\d)){0,90}$",
    re.IGNORECASE,
)


_GOES: Final = re.compile(
    r"\b(?:go(?:es|ing)?|went|ris\w+|rose|climb\w*|jump\w*|shoots?|moves?|is|are|was)\s$", re.I
)


def _english_role(quantity: Quantity, text: str) -> Role | None:
    before = text[max(0, quantity.start - 100) : quantity.start]
    if quantity.bound == "up_to" and _GOES.search(before):
        return "to"
    role = next((role for pattern, role in _ENGLISH_ROLES if pattern.search(before[-36:])), None)
    return None if role == "to" and not _MOVES.search(before) else role


def _chinese_role(quantity: Quantity, source: str) -> Role | None:
    before = source[max(0, quantity.start - 16) : quantity.start]
    if _GAIN.match(source, quantity.end) and not _REACHES.search(before):
        return "by"
    return next((role for pattern, role in _CHINESE_ROLES if pattern.search(before)), None)


_GAIN: Final = re.compile(
    rf"[\s*]*的(?:显著|绝对|相对|性能|平均|准确率|精度|速度|大幅|一致|额外|解码|推理|训练){{0,3}}"
    rf"(?:{_RISE}|加速|增益|提速|增幅|降幅|优势|收益)"
)
"""带来 40% 的相对性能提升 is by 40%."""
_REACHES: Final = re.compile(
    r"(?<!达)[至到](?:原来的|仅|约|近|\s|\*)*$|(?:从|由|自)[^，。；、,;0-9]{0,10}$"
)


# ---------------------------------------------------------------- per day, per frame

_PERIODS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "hundred",
        r"每\s?(?:百(?!万)|100(?![\d万]))",
        r"(?:(?:per|a|each|every|in) )(?:hundred|100)\b",
    ),
    (
        "thousand",
        r"每\s?(?:千(?!万)|1,?000(?![\d万,]))",
        r"(?:(?:per|a|each|every|in) )(?:thousand|1,?000|1K)\b(?!,)",
    ),
    ("million", r"每\s?(?:百万|100\s?万)", r"(?:(?:per|a|each|every|in) )(?:million|1M)\b"),
    ("second", r"每秒|/\s?[s秒]|每一秒", r"(?:(?:per|a|each|every) |/ ?)(?:second|sec|s)\b"),
    ("minute", r"每分钟|/分钟", r"(?:(?:per|a|each|every) |/ ?)(?:minute|min)\b"),
    ("hour", r"每小时|每个小时|/小时", r"(?:(?:per|an|each|every) |/ ?)(?:hour|h)\b|hourly"),
    ("day", r"日均|每天|每日|/天", r"(?:(?:per|a|each|every) |/ ?)day\b|daily"),
    (
        "week",
        r"周均|每周|每星期|首周|第一周",
        r"(?:(?:per|a|each|every) |/ ?)week\b|weekly|first week\b",
    ),
    (
        "month",
        r"月均|每月|每个月|首月|首个月|第一个月",
        r"(?:(?:per|a|each|every) |/ ?)month\b|monthly|first month\b",
    ),
    ("year", r"年均|每年", r"(?:(?:per|a|each|every) |/ ?)year\b|yearly|annual\w*"),
)


_THERE: Final = guarded(
    "|".join(f"(?P<{name}>{chinese})" for name, chinese, _ in _PERIODS),
    *("每", "均", "/", "首", "第一"),
)
_HERE: Final = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{english}))" for name, _, english in _PERIODS), re.IGNORECASE
)


def changed_periods(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """Per week for per day: beside a figure, or one period of the source gone and another come."""
    theirs = {str(found.lastgroup) for found in _THERE.finditer(source)}
    if not theirs:
        return
    for s, t, _ in matches:
        there = _THERE.search(_CLAUSE_END.split(source[s.end : s.end + 8])[0]) or _THERE.search(
            _CLAUSE_END.split(source[max(0, s.start - 5) : s.start])[-1]
        )
        here = _BESIDE.match(text, t.end)
        period = here and _HERE.search(here[0])
        if there and period and there.lastgroup != period.lastgroup:
            message = f"the source says per {there.lastgroup}"
            yield about(
                "unit",
                "critical",
                message,
                s,
                t,
                source,
                text,
                f"{s.english} per {there.lastgroup}",
            )
            return
    ours = {str(found.lastgroup): found for found in _HERE.finditer(text)}
    for name in sorted(set(ours) - theirs) if theirs - set(ours) else ():
        if not ours[name][0].lower().startswith(("a ", "an ")) or len(theirs) == 1:
            message = f"the source says per {' and '.join(sorted(theirs))}"
            yield finding("unit", "critical", message, target=ours[name].span(), text=text)


_UNITS_APART: Final = (
    ("hours", r"个?小时", r"hours?"),
    ("days", r"天", r"days?"),
    ("weeks", r"周", r"weeks?"),
    ("minutes", r"分钟", r"min(?:ute)?s?"),
    ("seconds", r"秒", r"sec(?:ond)?s?"),
)
_APART_THERE: Final = re.compile(
    r"\s?(?:张|块|卡)?\s?[A-Z][A-Za-z0-9 .·-]{0,18}(?:"
    + "|".join(f"(?P<{name}>{chinese})" for name, chinese, _ in _UNITS_APART)
    + ")"
)
_APART_HERE: Final = re.compile(
    r"[ -][A-Z][A-Za-z0-9 .·-]{0,18}?[ -](?:"
    + "|".join(f"(?P<{name}>{english})" for name, _, english in _UNITS_APART)
    + r")\b"
)


def changed_units_apart(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """2.79 万 H800 GPU 小时 told in GPU days: the unit stands behind a name."""
    for s, t, _ in matches:
        there, here = _APART_THERE.match(source, s.end), _APART_HERE.match(text, t.end)
        if there and here and there.lastgroup != here.lastgroup:
            message = f"the source says {there.lastgroup}"
            yield about("unit", "critical", message, s, t, source, text)


_CLAUSE_END: Final = re.compile(r"[，。；、,;\n]")
_BESIDE: Final = re.compile(r"[^.,;:\d]{0,24}? (?:per|a|an|each|every) [a-z]+")
