"""Two that go with two: September 2024 to March 2025 told as March 2024 to September 2025, positive to
negative samples at 1:5 told as negative to positive, and who won, drew and lost how many.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.dates import MONTH, MONTHS
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.groups import told_once
from digestlib.fidelity.nearness import Span
from digestlib.models import Finding

YEARS: Final = "年"
"""What a source has that tells a month of a year."""
_THERE: Final = re.compile(r"(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月")
_HERE: Final = re.compile(
    rf"{MONTH}\.?(?: (?:\d{{1,2}}(?:st|nd|rd|th)?(?!\d),?|of))?,? (?P<year>20\d\d)(?!\d)"
)
FEW: Final = 12
"""A statement with more months of years than this is not read."""


def crossed_months(case: Case) -> Iterator[Finding]:
    """A month with the year of another one: both months and both years are told."""
    there = {
        (m["year"], int(m["month"])) for m in itertools.islice(_THERE.finditer(case.source), FEW)
    }
    if len(there) < 2:
        return
    for told in _HERE.finditer(case.text):
        date = told["year"], MONTHS.index(told["month"][:3].lower()) + 1
        years = {year for year, month in there if month == date[1]}
        if years and date not in there and any(year == date[0] for year, _ in there):
            message = f"the source has this month of {min(years)}"
            yield finding(case, "swap", "major", message, target=told.span())
            return


RATIOS: Final = "正负|负正|男女|女男|师生|生师|中英|英中|医患|图文|文图|软硬|新旧|攻防"
"""One of these in a source that tells a ratio of two in one word."""
_PAIR: Final = re.compile(
    rf"(?<!其)(?P<pair>{RATIOS})[^，。；、\d与和]{{0,8}}?(?:比例?|之比|配比)[^，。；、\d]{{0,6}}\Z"
)
_WORDS: Final = {
    "正": re.compile(r"\bpositives?\b"),
    "负": re.compile(r"\bnegatives?\b"),
    "男": re.compile(r"\b(?:men|man|males?|boys?)\b"),
    "女": re.compile(r"\b(?:women|woman|females?|girls?)\b"),
    "师": re.compile(r"\b(?:teachers?|faculty|staff)\b"),
    "生": re.compile(r"\b(?:students?|pupils?)\b"),
    "中": re.compile(r"\bchinese\b"),
    "英": re.compile(r"\benglish\b"),
    "医": re.compile(r"\b(?:doctors?|physicians?)\b"),
    "患": re.compile(r"\bpatients?\b"),
    "图": re.compile(r"\b(?:images?|pictures?)\b"),
    "文": re.compile(r"\btexts?\b"),
    "软": re.compile(r"\bsoftware\b"),
    "硬": re.compile(r"\bhardware\b"),
    "新": re.compile(r"\bnew\b"),
    "旧": re.compile(r"\bold\b"),
    "攻": re.compile(r"\b(?:attack\w*|offen[cs]\w*)\b"),
    "防": re.compile(r"\b(?:defen[cs]\w*|defend\w*)\b"),
}


def crossed_pairs(case: Case) -> Iterator[Finding]:
    """The two of a ratio in the other order, with the ratio in the same."""
    for s, t, _ in case.figures:
        if s.kind != "ratio" or s.value != t.value:
            continue
        told = _PAIR.search(case.source, max(0, s.start - NEAR), s.start)
        if not told:
            continue
        first, *_, second = (
            _only(_WORDS[word], case.lowered, t.start, t.end) for word in told["pair"]
        )
        if first and second and first > second:
            yield about(case, "swap", "major", "what is to what is exchanged", s, t)
            return


NEAR: Final = 24
"""What a ratio is of stands so many characters in front of it."""
REACH: Final = 90
"""In English so many on either side."""
_SENTENCE: Final = re.compile(r"[.;](?=\s|$)|\n")


def _only(word: re.Pattern[str], low: str, start: int, end: int) -> Span | None:
    """Where the only such word of the sentence stands."""
    begins = max(
        (m.end() for m in _SENTENCE.finditer(low, max(0, start - REACH), start)),
        default=max(0, start - REACH),
    )
    stop = _SENTENCE.search(low, end, end + REACH)
    found = list(word.finditer(low, begins, stop.start() if stop else end + REACH))
    return found[0].span() if len(found) == 1 else None


TALLIES: Final = "平|和"
"""One of these in a source that tells how many were won, drawn and lost."""
_FREE: Final = r"(?<![\d一二三四五六七八九十])(?<![\d一二三四五六七八九十] )"
"""Of 6 胜 3 平 what stands in front of 3 is said of 6."""
_TALLY_THERE: Final = {
    "won": re.compile(_FREE + r"(?:[赢胜]|获胜|取胜|赢下|拿下|击败)了?[\s*]*\Z"),
    "drawn": re.compile(_FREE + r"(?:打?平|持平|战平|平局|[，、 ]和|和棋)了?[\s*]*\Z"),
    "lost": re.compile(_FREE + r"(?:[输负败]|落败|失利|不敌|落后)了?[\s*]*\Z"),
}
_TALLY_BEHIND: Final = {
    "won": re.compile(r"[\s*]*[胜赢](?!率|出)"),
    "drawn": re.compile(r"[\s*]*(?:平(?!均|台|局率)|和(?=[，。、\d\s]))"),
    "lost": re.compile(r"[\s*]*[负败输](?!率|责|担|样|载|出|入)"),
}
_VERBS: Final = {
    "won": r"w[io]ns?|winning|beat(?:s|ing)?|victor(?:y|ies)",
    "drawn": r"t(?:ie[sd]?|ying)|dr(?:aws?|ew|awn|awing)|matche[sd]|matching|level(?:led)?(?: (?:on|in))?|equal(?:s|led)?",
    "lost": r"los(?:e|es|t|s|ses|ing)|defeats?|trail(?:s|ed|ing)?(?: (?:on|in))?",
}
_TALLY_HERE: Final = {
    verdict: re.compile(rf"\b(?:{verbs})(?: (?:just|only|another|the (?:other|remaining)))? [*]*\Z")
    for verdict, verbs in _VERBS.items()
}
_TOLD_BEHIND: Final = {
    verdict: re.compile(
        rf"[*]*(?: (?:games?|matches|rounds?|tasks|more|were|ended in))*[ -](?:a )?(?:{verbs})\b(?! \W?\d)"
    )
    for verdict, verbs in _VERBS.items()
}


def crossed_tallies(case: Case) -> Iterator[Finding]:
    """The first figure that was drawn in one text, and won or lost in the other one."""
    figures = told_once(case.matches)
    told = [
        (
            _told(m.source.start, m.source.end, case.source, _TALLY_THERE, _TALLY_BEHIND),
            _told(m.target.start, m.target.end, case.lowered, _TALLY_HERE, _TOLD_BEHIND),
        )
        for m in figures[:FEW]
    ]
    there = {a for a, _ in told if a}
    for m, (theirs, ours) in zip(figures, told, strict=False):
        if theirs and ours and theirs != ours and "drawn" in (theirs, ours) and ours in there:
            yield about(
                case, "swap", "major", f"the source has this as {theirs}", m.source, m.target
            )
            return


def _told(
    start: int,
    end: int,
    text: str,
    front: dict[str, re.Pattern[str]],
    behind: dict[str, re.Pattern[str]],
) -> str | None:
    """What is said right in front of a figure, and else right behind it."""
    for verdict, pattern in front.items():
        if pattern.search(text, max(0, start - 24), start):
            return verdict
    return next((verdict for verdict, pattern in behind.items() if pattern.match(text, end)), None)
