"""What English says of a figure as a limit: with the words beside it, or with a verb or a denial."""

from __future__ import annotations

import re
from typing import Final, cast

from digestlib.models import Bound, Quantity

OVER: Final[tuple[Bound | None, ...]] = ("over", "at_least")
UNDER: Final[tuple[Bound | None, ...]] = ("under", "at_most", "nearly")
_NEAR: Final = 64
_TURNED: Final[dict[Bound | None, Bound]] = {
    "over": "at_most",
    "at_least": "under",
    "under": "at_least",
    "at_most": "over",
}
_DENIED: Final = re.compile(
    r"(?:\b(?:never|not|cannot)|n['’]t) (?!only\b|just\b|merely\b|simply\b)(?:(?!after\b|beyond\b|past\b|despite\b)[a-z]+ ){0,2}$|\b(?:no|anything|nothing) $|"
    r"\b(?:no|none|neither|nobody)(?: (?!more|less|fewer|longer)[a-z-]+){0,3} "
    r"(?:gets?|got|reach\w*|goes|go|gains?|scores?|achieves?|attains?|manages?|has|have|takes?|needs?|rises?|"
    r"falls?|drops?|climbs?|costs?|process(?:es|ed)?|handle[sd]?|sees?|saw|use[sd]?|receive[sd]?|runs?|ran|label(?:s|ed|led)|"
    r"spends?|spent|works?|worked|lasts?|lasted|makes?|made|covers?|covered|holds?|held|contains?|contained) (?<!no gain )$"
)
_NOBODY: Final = re.compile(r"\b(?:no|none|neither|nobody)(?: [a-z-]+){0,3} $")
_VERB: Final = re.compile(r"(?:exceed|surpass|pass|break)")
_BEFORE: Final = re.compile(
    r"(?:"
    r"(?P<under>(?:\b(?:not|never|cannot|fails? to|failing to|failed to)|n['’]t) (?:even |ever )?(?:reach|hit|attain|get to)"
    r"|\b(?:never|not) (?:even )?(?:reaches|hits|attains|reached|attained)|\b(?:south|shy) of)"
    r"|(?P<over>\bupward of|\b(?:tops|topped|clears|cleared|crosses|crossed)(?: the)?|\b(?:break\w*|broke|pass\w*|cross\w*) the)"
    r"|(?P<at_least>\b(?:bottom(?:s|ed|ing)? out at|floor of|start(?:s|ed|ing)? (?:at|from)))"
    r"|(?P<at_most>\b(?:limited to|ceiling of|cap of|the max(?:imum)? of))"
    r"|(?P<up_to>\b(?:(?:top|max)(?:s|p?ed|es)? out at|peak(?:s|ed|ing)? at))"
    r") $"
)
_BEHIND: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"[* ]*at (?:the )?most(?=[.,;)]|$)"), "at_most"),
    (re.compile(r"[* ]*at (?:the least|a minimum)\b| and (?:up|above|upwards?|over|older)\b(?! (?:to|of|an?|half|one|two|three|five|ten|\d))"), "at_least"),
    (re.compile(r"[* ]* and (?:under|below|younger)\b(?! (?:\d|the\b))"), "at_most"),
    (re.compile(r"[* ]*at (?:(?:the |its )?best|a maximum)\b(?! of)"), "up_to"),
)  # fmt: skip
_OF_A_THING: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"(?: of [a-z]+| [a-z]+)? (?:is|are) the (?:maximum|limit|ceiling|most)\b"), "at_most"),
    (re.compile(r"(?: of [a-z]+| [a-z]+)? (?:is|are) the (?:minimum|least)\b| [a-z]+ or more\b"), "at_least"),
    (re.compile(r" [a-z]+ or (?:fewer|less)\b"), "at_most"),
)  # fmt: skip
"""What may also say which of all is the least, or stand for another limit in the source."""


def told_bound(t: Quantity, low: str) -> Bound | None:
    """Over, under, … as the whole clause says it: not above 80% is at most that."""
    before = low[max(0, t.start - _NEAR) : t.start]
    if t.bound is None:
        return _said_otherwise(t, low, before)
    nobody = _VERB.match(low, t.start) and _NOBODY.search(before)
    if low.startswith("within", t.start):
        return t.bound  # not accessed within 30 days
    denied = nobody or (not low.startswith("no", t.start) and _DENIED.search(before))
    return _TURNED.get(t.bound, t.bound) if denied else t.bound


def _said_otherwise(t: Quantity, low: str, before: str) -> Bound | None:
    if told := _BEFORE.search(before):
        bound = cast(Bound, told.lastgroup)
        return _TURNED.get(bound, bound) if _NEITHER.search(before) else bound
    behind = (*_BEHIND, *_OF_A_THING)
    return next((bound for pattern, bound in behind if pattern.match(low, t.end)), None)


_NEITHER: Final = re.compile(
    r"\b(?:neither|none|nobody|no one|not (?:one|a single))\b[^.;,]*$|"
    r"(?:\A|[.,;:] |\b(?:and|but|while|whereas) )no (?!longer|trouble|difficult|problem|doubt|wonder|matter|surprise|sooner)(?:(?! and | but )[^.;,])*$"
)
"""Neither tops the 0.86 of experts; not one, and no model, topped 60."""
_LIMIT_HERE: Final = re.compile(
    r"(?:no )?(?:more|less|fewer|greater|higher|lower) than\b(?! just\b| only\b| merely\b)|at (?:least|most)\b|upwards of\b|in excess of\b|"
    r"a m(?:ax|in)imum of\b|not exceeding\b|short of\b"
)
_LIMIT_ENDS: Final = re.compile(r"\bor (?:more|less|fewer|higher|lower|above|below|over)$")
_SHORT_LIMIT: Final = re.compile(r"over|above|under|below")
_OF: Final = re.compile(
    r"(?:\b(?:of|to|at|by|for|is|are|was|were|as|or|in|with|using|into|than|(?:reach|stay|remain|keep|hold|scor|need|requir|"
    r"cost|hit|attain|achiev|fall|drop|ris|get|stand)(?:s|es|ed|ing)?|kept|held|fell|rose|got|stood|has|have|had)[ *]+|"
    r"[(（][*]*|[)）]\**\s)(?:just |well |far |still |barely )?$"
)
"""A score of under 80.8 is a limit; averaged over five runs is none."""
_BY: Final = re.compile(r"\b(?:by|of|with|using|from|on|involving|includ\w+) [*]*$")
"""By up to 29% is a limit; goes up to 29% is none."""


def is_limit(t: Quantity, low: str) -> bool:
    """Whether English says outright that the figure is a limit, which a translator does not add."""
    before, told = low[max(0, t.start - 20) : t.start], low[t.start : t.end]
    if (whole := told_bound(t, low)) != t.bound:
        soft = any(pattern.match(low, t.end) for pattern, _ in _OF_A_THING)
        beside = any(pattern.match(low, t.end) for pattern, _ in _BEHIND)
        return t.bound is not None or (
            not soft and whole != "up_to" and (beside or whole in ("at_most", "under"))
        )
    short = _SHORT_LIMIT.match(told) and _OF.search(before)
    nearly = told.startswith("short of") and before.endswith("just ")
    return bool(short or nearly or _LIMIT_HERE.match(told) or _LIMIT_ENDS.search(told))


def is_new_top(t: Quantity, low: str) -> bool:
    """Up to, of a gain, behind by, or in front of all: as a limit."""
    before = low[max(0, t.start - 12) : t.start]
    return low.startswith("up to", t.start) and (not before or _BY.search(before) is not None)


def is_a_span(s: Quantity, t: Quantity, source: str, low: str) -> bool:
    """Whether `over` may say during: warmed up over 2,000 steps, not in over four minutes."""
    before = low[max(0, t.start - 16) : t.start]
    if s.bound is not None or not t.text.lower().startswith("over ") or _LASTS.search(before):
        return False
    return bool(_DURING.match(source, s.end) or _WENT_ON.search(source[: s.start]))


_LASTS: Final = re.compile(
    r"\b(?:in|for|after|of|is|are|was|were|at|to|by|than|within|takes?|taking|took|lasts?|lasted|lasting|"
    r"needs?|(?<!were )(?<!was )(?<!are )(?<!is )(?<!been )needed|requir(?:es?|ing)|"
    r"(?<!were )(?<!was )(?<!are )(?<!is )(?<!been )required|runs?|ran|running|spen[dt]\w*) \Z"
)
_DURING: Final = re.compile(r"\s*[^\W\d以之]{0,2}(?:内|里|期间|中)")
"""在 2,000 步内 is over 2,000 steps."""
_WENT_ON: Final = re.compile(r"(?:连续|持续|不间断|一连)[^，。；、,;\d]{0,8}\Z")
"""连续运行 72 小时 is over 72 hours of running too."""


def is_no_limit(t: Quantity, bound: Bound | None, low: str) -> bool:
    """Anything below 2.5 is under 2.5, not denied; more than 18- to 24-year-olds do."""
    if (least := _MINIMUM.match(low, t.end)) and bound in (OVER if least[1] else UNDER):
        return True
    whatever = low.endswith("anything ", 0, t.start) and t.bound is not None
    whatever = whatever and not _UNWANTED.search(low, t.end)
    if t.text.lower().startswith("under ") and _UNDER_THESE.match(low, t.end):
        return True
    return bool(_WHO.match(low, t.end)) or (whatever and t.bound == bound)


_UNDER_THESE: Final = re.compile(
    r"(?:-fold)? (?:[a-z-]+ ){0,2}(?:cross|validation|conditions?|settings?|scenarios?|regimes?|schemes?|"
    r"constraints?|protocols?|perturbations?|attacks?|rules?|modes?)\b"
)
"""Under five-fold cross-validation is no less than that."""
_UNWANTED: Final = re.compile(
    r"\b(?:out of the question|unacceptable|(?:won['’]t|will not|does not|doesn['’]t) (?:do|work|suffice)|not enough)\b"
)
_MINIMUM: Final = re.compile(r"[* -]+(?:(minimum|floor)|maximum|ceiling|cap)\b")
"""Paid for where it falls below the 99.95% minimum."""
_WHO: Final = re.compile(r"(?:-old|-year-old)s?\b")
"""What is compared with people of some age is no limit of their years."""
