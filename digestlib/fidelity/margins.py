"""Ahead of the rival by so much, told as behind it: trails GPT-4o by 2.8 points for 比 GPT-4o 高 2.8 分.

Of the margin is known what it is over in either language; only where both say the same rival, or
English has the same subject and calls the rival by a pronoun, does the verb tell which is ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.axes import LOWER_IS_BETTER
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.witnesses import is_in, things_once
from digestlib.models import Finding, Quantity

SIDES: Final = "比|相较"
"""What a source has that sets one against another."""
TOLD: Final = "trail|lag|behind|short of|lead|led|beat|ahead|outperform|surpass|top"
_THERE: Final = re.compile(
    r"(?:(?<![相对占可])比(?![例如较特率值重对分])(?P<than>[^，。；\d]{0,3}[^，。；]{1,24}?)|"
    r"[与和跟同](?P<with>[^，。；]{1,30}?)相[比较]，[^。；]{0,24}?)"
    r"(?:仅|只|还|又|也|要|略|稍|足足|整整|平均|绝对|\s)*(?:(?P<up>[高多](?:出|了)?|提[升高]了?|领先了?|上升了?)|(?P<down>低了?|少了?|落后了?|下降了?|降低了?))[\s*约近]*\Z"
)
_HERE: Final = re.compile(
    r"\b(?:(?P<down>(?:trail(?:s|ed|ing)?|lag(?:s|ged|ging)? behind|falls? short of|falling short of)) |"
    r"(?P<up>(?:leads|led|leading|beats|beating|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|tops)) )"
    r"(?P<rival>[^,;:]{1,40}?) by (?:just |only |about |roughly |around |some |nearly |a mere |a full )*\W?\Z"
)
_BEHIND: Final = re.compile(
    r"[*]* (?:percentage )?(?:points? )?(?:(?P<down>behind|short of)|(?P<up>ahead of)) (?P<rival>[^,.;:]{1,40})"
)
_PRONOUN: Final = re.compile(r"(?:it|them|the (?:latter|former|other))\Z")
REACH: Final = 60
"""Who is ahead is told so many characters before the margin."""
NEAR: Final = 40
"""The subject of a verb stands so many characters before it."""


def turned_margins(case: Case) -> Iterator[Finding]:
    """The first margin by which something is behind where the source has it ahead, or ahead for behind."""
    for s, t, _ in case.figures:
        theirs = _THERE.search(case.source[max(0, s.start - REACH) : s.start])
        if not theirs or _is_better_lower(s, case.source):
            continue
        offset = max(0, s.start - REACH)
        low = case.lowered
        before = max(0, t.start - REACH)
        ours = _HERE.search(low[before : t.start])
        at = before
        if not ours:
            ours, at = _BEHIND.match(low, t.end), 0
        if not ours or bool(ours["up"]) == bool(theirs["up"]):
            continue
        group = "than" if theirs["than"] else "with"
        start, end = theirs.span(group)
        rival = (start + offset, end + offset)
        start, end = ours.span("rival")
        if _is_rival(rival, (start + at, end + at), ours.start() + at, case):
            yield about(case, "direction", "major", "who is ahead is turned around", s, t)
            return


def _is_better_lower(s: Quantity, source: str) -> bool:
    """Whether less may be better, so that what is higher is behind."""
    sentence = re.split("[。；]", source[: s.start])[-1]
    scored = _POINTS.match(source, s.end) or _POINTS.search(s.text)
    return not scored or bool(LOWER_IS_BETTER.search(sentence) or LOWER.search(sentence))


_POINTS: Final = re.compile(r"\s?(?:分(?!钟)|个?百分点|[%％]|个?点)")
"""What most scores are counted in; a distance or a time is counted otherwise."""
LOWER: Final = re.compile(
    r"[误错漏损耗差]|距离|失败|失真|幻觉|拒答|困惑|成本|价|风险|毒性|偏见|攻击|越狱|泄露|作弊|违规|重复率|[WCED]ER|F[IV]D|KID|LPIPS|RMS|MAE|MSE|PPL"
)


def _is_rival(there: Span, here: Span, verb: int, case: Case) -> bool:
    """Whether the rival of the one is that of the other, and not its subject."""
    things = things_once(case)
    inside = [t for t in things if is_in(t.target[0], here)]
    if inside:
        return all(is_in(t.source[0], there) for t in inside)
    subject = [t for t in things if verb - NEAR <= t.target[0][0] < verb]
    return (
        bool(_PRONOUN.match(case.lowered[slice(*here)]))
        and bool(subject)
        and not is_in(subject[-1].source[0], there)
    )
