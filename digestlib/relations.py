"""What stands between the figures: over or under, up or down, by or to, from and to, whose.

Each rule reads the figures that were matched and the words next to them, and speaks only when
both languages are explicit: false alarms kill such a feature faster than misses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from digestlib.matching import Match
from digestlib.models import Bound, Finding, Quantity, Severity
from digestlib.verbatim import about, finding, occurs

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
        flipped = (theirs in _OVER and ours in (*_UNDER, "up_to")) or (
            theirs in _UNDER and ours in _OVER
        )
        doubtful = (theirs == "about" and ours in ("over", "under", "at_least", "at_most")) or (
            theirs == "up_to" and ours in _OVER
        )
        lost = theirs is not None and ours is None
        message = "the qualifier is lost" if lost else "the qualifier is not the source's"
        if flipped or doubtful or lost or theirs is None:
            severity: Severity = "critical" if flipped else "major" if doubtful else "minor"
            yield about("bound", severity, message, s, t, source, text)


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
    for limit in (_OVER, ("under", "at_most")):
        gone = [m for m, b in pairs if b in limit and m.target.bound is None]
        come = [m for m, b in pairs if b is None and m.target.bound in limit]
        if len(gone) == len(come) == 1 and gone[0].source.unit == come[0].source.unit:
            s, t, _ = come[0]
            yield about("bound", "major", "the qualifier stands elsewhere", s, t, source, text)


# ---------------------------------------------------------------- from, to, by

Role = Literal["from", "to", "by"]
_ENGLISH_ROLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    (re.compile(r"\b(?:from|initial|initially|originally|formerly)(?: an? initial| the| a)?[ (*]*$", re.I), "from"),
    (re.compile(r"\bby(?: an?| the)?(?: additional| absolute| relative| further)?[ *]*$", re.I), "by"),
    (
        re.compile(
            r"(?<!compared )(?<!relative )(?<!close )(?<!equal )(?<!due )(?<!equivalent )(?<!next )"
            r"(?<!similar )(?<!up )(?<!according )(?<!addition )(?<!applied )(?<!corresponding )"
            r"\bto(?: just| only| an?| a mere| the)?[ *]*$",
            re.I,
        ),
        "to",
    ),
)  # fmt: skip
_RISE: Final = (
    r"提升|提高|增加|增长|上升|降低|下降|减少|缩短|改善|改进|高出|压缩|缩小|缩减|节省|削减|降|升|减"
)
_CHINESE_ROLES: Final[tuple[tuple[re.Pattern[str], Role], ...]] = (
    (re.compile(r"(?:至|到|为|达|成|达到了)(?:原来的|原始的|原先的|仅|约|近|\s|\*)*$"), "to"),
    (re.compile(r"(?:(?:从|由|自|将|把)(?!而|此)[^，。；、,;0-9一二三四五六七八九十]{0,10}|(?:初始|原本|原来|最初)[的为]?)[\s*]*$"), "from"),
    (re.compile(rf"(?:{_RISE})(?:了|幅度?|约|近|超过|高达|\s|\*)*$"), "by"),
)  # fmt: skip


def changed_roles(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """From and to exchanged is critical; `by` for `to` (提升至) or `to` for `by` (提升了) is major."""
    roles = [(m, _chinese_role(m.source, source), _english_role(m.target, text)) for m in matches]
    for (s, t, _), theirs, ours in roles:
        if isinstance(s.value, tuple) != isinstance(t.value, tuple):
            continue
        if {theirs, ours} == {"from", "to"}:
            message = "from and to are exchanged"
            yield about("from_to", "critical", message, s, t, source, text)
        elif {theirs, ours} == {"by", "to"} and "×" not in (s.unit, t.unit):
            message = "the source says to" if theirs == "to" else "the source says by"
            yield about("by_to", "major", message, s, t, source, text)
    yield from _turned_around(roles, source, text)


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


def _english_role(quantity: Quantity, text: str) -> Role | None:
    before = text[max(0, quantity.start - 36) : quantity.start]
    return next((role for pattern, role in _ENGLISH_ROLES if pattern.search(before)), None)


def _chinese_role(quantity: Quantity, source: str) -> Role | None:
    before = source[max(0, quantity.start - 16) : quantity.start]
    return next((role for pattern, role in _CHINESE_ROLES if pattern.search(before)), None)


# ---------------------------------------------------------------- direction

_AXES: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    (
        "up/down",
        r"提升|提高|增加|增长|上升|升至|升高|增至|增强|扩大|高出|高于|攀升|高(?=\s*\*{0,2}[\d.]+)",
        r"降低|下降|减少|缩短|缩减|缩小|压缩|恶化|降至|减至|减小|低于|节省|削减|降到|降为|低(?=\s*\*{0,2}[\d.]+)",
        r"increas\w+|rise[sn]?|rising|rose|grow\w*|grew|climb\w*|higher|gain\w*|boost\w*|"
        r"rais(?:es?|ed|ing)|lift\w*|up from|(?:points?|%|well|far) above|widen\w*|more(?! than)|expand\w*",
        r"decreas\w+|reduc\w+|drop\w*|falls?(?! short)|falling(?! short)|fallen|fell|lower\w*|"
        r"cuts?|cutting|declin\w+|shr[iau]nk\w*|fewer(?! than)|less(?! than)|compress\w*|"
        r"shorten\w*|down from|(?:points?|%|well|far) below|narrow(?:s|ed|ing)|sav(?:es?|ing)|worsen\w*|degrad\w+|deteriorat\w+",
    ),
    (
        "faster/slower",
        r"加速|提速|加快|快",
        r"减速|变慢|更慢|慢",
        r"faster|speed-?ups?|accelerat\w+|quicker|speeds? up|sped up",
        r"slower|slow(?:s|ed|ing)? down|slowdowns?|slows|slowed",
    ),
    (
        "most/least",
        r"最长|最大(?!化|程度)|最高|峰值",
        r"最短|最小(?!化)|最低|最少",
        r"longest|largest|maximum|highest|peak",
        r"shortest|smallest|minimum(?! of)|lowest",
    ),
    ("top/bottom", r"前\s*\d", r"[后末]\s*\d+\s*%", r"top", r"bottom"),
    (
        "keep/lose",
        r"保留|保持|维持",
        r"损失|丧失|丢失|下降",
        r"keep\w*|retain\w*|preserv\w+|maintain\w*|kept",
        r"lose|loses|losing|lost|forfeit\w*",
    ),
)
_COMPILED: Final = tuple(
    (
        name,
        (re.compile(zh_up), re.compile(zh_down)),
        (
            re.compile(rf"(?<![A-Za-z])(?:{up})\b", re.I),
            re.compile(rf"(?<![A-Za-z])(?:{down})\b", re.I),
        ),
    )
    for name, zh_up, zh_down, up, down in _AXES
)
_CHINESE_CLAUSE: Final = re.compile(r"[，。；！？,;\n]")
_ENGLISH_CLAUSE: Final = re.compile(r"[;:!?\n–—]|[.,](?=\s|$)|\b(?:and|while|whereas|but|with)\b")
_DENIED: Final = re.compile(
    r"\b(?:no|without|any|zero|little|not) (?:\w+ ){0,2}?"
    r"(?:drop|degradation|decline|decrease|reduction|loss|increase|gain|rise|slowdown|fall|improvement)s?\b|"
    r"(?:无|没有|不|未)\S{0,4}?(?:下降|降低|减少|增加|提升|损失|衰减)|梯度下降|下降沿|\bgradient descent\b",
    re.IGNORECASE,
)


def changed_direction(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """Up for down, faster for slower, most for least: in the figure's clause, or in the whole line."""
    source_words, text_words = _blank(source), _blank(text)
    for name, chinese, english in _COMPILED:
        theirs, ours = _sign(source_words, chinese), _sign(text_words, english)
        if theirs == ours:
            continue
        signs = [
            (
                _sign(_clause(source_words, s, _CHINESE_CLAUSE), chinese),
                _sign(_clause(text_words, t, _ENGLISH_CLAUSE), english),
            )
            for s, t, _ in matches
        ]
        turned = theirs * ours == -1 and any(a for a, _ in signs) and any(b for _, b in signs)
        for (s, t, _), (left, right) in zip(matches, signs, strict=True):
            if left * right == -1 or (turned and (left or right)):
                yield about("direction", "major", f"{name} is turned around", s, t, source, text)
                break


def _blank(text: str) -> str:
    """Without words of direction that are denied: no drop, without loss, 无性能衰减."""
    return _DENIED.sub(lambda match: " " * len(match[0]), text)


def _sign(text: str, words: tuple[re.Pattern[str], re.Pattern[str]]) -> int:
    """1 for up only, -1 for down only, 0 for neither or both."""
    return bool(words[0].search(text)) - bool(words[1].search(text))


def _clause(text: str, quantity: Quantity, mark: re.Pattern[str]) -> str:
    start, end = 0, len(text)
    for bracket in re.finditer(r"[(（][^()（）]*[)）]", text):
        if bracket.start() < quantity.start < bracket.end():
            return bracket[0]
    for match in mark.finditer(text):
        if match.end() <= quantity.start:
            start = match.end()
        elif match.start() >= quantity.end:
            end = match.start()
            break
    return text[start:end]


_AHEAD: Final = (
    re.compile(r"超越|超过|优于|胜过|领先于?|击败|赶超|好于|超出"),
    re.compile(r"落后于?|不及|劣于|逊于|次于|不如|逊色于"),
)
_AHEAD_ENGLISH: Final = (
    re.compile(r"\b(?:surpass\w*|outperform(?:s|ing)?|beats?|beating|ahead of|exceed\w*|better than|overtak\w+)\b", re.I),
    re.compile(r"\b(?:behind|trail\w*|short of|underperform\w*|worse than|inferior to|second only|lag\w*|los(?:es|t|ing) (?:out )?to)\b", re.I),
)  # fmt: skip


def changed_rank(source: str, text: str) -> Iterator[Finding]:
    """Ahead of X for behind X: the same name stands behind a word of the other meaning."""
    for sign in (0, 1):
        for word in _AHEAD[sign].finditer(source):
            named = re.search(
                r"(?<![A-Za-z0-9])[A-Za-z][\w.-]*(?: [\w.-]*\d[\w.-]*)?",
                source[word.end() : word.end() + 16],
            )
            if named is None or occurs(named[0], source[: word.start()]):
                continue
            same = list(_AHEAD_ENGLISH[sign].finditer(text))
            for other in _AHEAD_ENGLISH[1 - sign].finditer(text):
                if not same and occurs(named[0].split()[0], text[other.end() : other.end() + 40]):
                    yield finding(
                        "direction",
                        "major",
                        f"ahead of or behind {named[0]}",
                        target=other.span(),
                        text=text,
                        span=word.span(),
                        source=source,
                    )


# ---------------------------------------------------------------- per day, per frame

_PERIODS: Final[tuple[tuple[str, str, str], ...]] = (
    ("second", r"每秒|/\s?[s秒]|每一秒", r"(?:per|a|each|every|/) ?(?:second|sec|s)\b"),
    ("minute", r"每分钟|/分钟", r"(?:per|a|each|every|/) ?(?:minute|min)\b"),
    ("hour", r"每小时|每个小时|/小时", r"(?:per|an|each|every|/) ?(?:hour|h)\b|hourly"),
    ("day", r"日均|每天|每日|/天", r"(?:per|a|each|every|/) ?day\b|daily"),
    ("week", r"周均|每周|每星期", r"(?:per|a|each|every|/) ?week\b|weekly"),
    ("month", r"月均|每月|每个月", r"(?:per|a|each|every|/) ?month\b|monthly"),
    ("year", r"年均|每年", r"(?:per|a|each|every|/) ?year\b|yearly|annual\w*"),
)


def changed_periods(source: str, text: str) -> Iterator[Finding]:
    """Per week for per day: one period of the source is gone and another has come."""
    theirs = {name for name, chinese, _ in _PERIODS if re.search(chinese, source)}
    ours = {name: m for name, _, e in _PERIODS if (m := re.search(rf"\b(?:{e})", text, re.I))}
    if theirs and theirs - set(ours):
        for name in set(ours) - theirs:
            if not ours[name][0].lower().startswith(("a ", "an ")) or len(theirs) == 1:
                message = f"the source says per {' and '.join(sorted(theirs))}"
                yield finding("unit", "critical", message, target=ours[name].span(), text=text)
