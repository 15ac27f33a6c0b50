"""The more, the less: larger models are less stable, for 模型越小，越不稳定.

Both halves may be told the other way round, which says the same; one of them alone says the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import words_of
from digestlib.models import Finding

ALONG: Final = "越"
_AXES: Final = tuple(
    (theirs, re.compile(rf"\b(?:{ours})\b"), re.compile(rf"\b(?:{opposite})\b"))
    for one, less, other, more in (
        ("大", "larger|bigger|greater|higher|wider|large|big|grow\\w*|increas\\w*|scale\\w*", "小", "smaller|lower|lesser|small|shrink\\w*|decreas\\w*|fewer|tinier"),
        ("长", "longer|lengthier|lengthen\\w*|grow\\w*|increas\\w*", "短", "shorter|briefer|shorten\\w*"),
        ("高", "higher|greater|increas\\w*|ris\\w+|raised|larger|taller", "低", "lower|less|lesser|decreas\\w*|falling|smaller"),
        ("强", "stronger|more powerful|more capable|better", "弱", "weaker|less capable|less powerful"),
        ("难|困难|复杂", "harder|tougher|more difficult|more complex|trickier|more challenging|more complicated", "容易|简单", "easier|simpler|less complex|less difficult"),
        ("多", "more", "少", "fewer"),
        ("深", "deeper", "浅", "shallower"),
        ("早", "earlier|sooner|early", "晚|迟", "later|late"),
        ("快", "faster|quicker|more quickly|more rapidly|sooner", "慢", "slower|more slowly"),
        ("近", "closer|nearer", "远", "farther|further|more distant"),
        ("干净", "cleaner", "脏|嘈杂", "dirtier|noisier|messier"),
        ("详细|具体", "more detailed|more specific|fuller", "简略|笼统", "vaguer|less detailed|sketchier"),
    )
    for theirs, ours, opposite in ((one, less, more), (other, more, less))
)  # fmt: skip
_TWICE: Final = re.compile(
    r"越(?!来越|发)(?P<first>[^越，。；]{1,6})[^越。；]{0,24}[，,、]?[^越。；]{0,12}越(?!来越|发)(?P<second>[^越，。；]{1,12})"
)
_LESS_THERE: Final = re.compile("[不难低少弱差慢没无]")
_LESS_HERE: Final = re.compile(
    r"\b(?:less|least|fewer|not|no|lower|weaker|harder|worse|hardly|barely|rarely|seldom|difficult\w*|reduc\w*|declin\w*|fall\w*|drop\w*|slower|un(?!til|der|it|iq|iv|ion)\w+|in(?:sensitive|ability|accura|consist|stab|effect|effic|suffic)\w*)\b|n['’]t\b"
)
_TURNING_HERE: Final = re.compile(
    r"\b(?:robust\w*|resist\w*|immune|than|avoid\w*|prevent\w*|free|without)\b"
)


def turned_along(case: Case) -> Iterator[Finding]:
    """What goes along with what, of which only one half is turned around."""
    told = _twice(case.source)
    if told and not _TURNING_HERE.search(case.lowered):
        first, second = _ways(told, case)
        if first * second < 0:
            message = f"the source says {told[0]}"
            yield finding(case, "direction", "major", message, span=told.span())


def are_both_turned(case: Case) -> bool:
    """Whether both halves are told the other way round."""
    told = _twice(case.source)
    first, second = _ways(told, case) if told else (0, 0)
    return first < 0 and second <= 0


def _twice(source: str) -> re.Match[str] | None:
    """The one place that says what goes along with what."""
    if "越" not in source or source.count("越") - 2 * source.count("越来越") != 2:
        return None
    return _TWICE.search(source)


def _ways(told: re.Match[str], case: Case) -> tuple[int, int]:
    return _way(told["first"], case.lowered), _end(told, case)


def _way(said: str, low: str) -> int:
    """1 where English says the same, -1 where the opposite, 0 where both or neither."""
    for theirs, same, opposite in _AXES:
        if re.match(theirs, said):
            return bool(same.search(low)) - bool(opposite.search(low))
    return 0


def _without_first(said: str, low: str) -> str:
    """The text without the word that tells the first half: smaller of `smaller batches cost more`."""
    for theirs, *words in _AXES:
        if re.match(theirs, said):
            found = [m for word in words if (m := word.search(low))]
            if found:
                start, end = min(found, key=lambda m: m.start()).span()
                return low[:start] + low[end:]
    return low


def _end(told: re.Match[str], case: Case) -> int:
    """The same of the second half: of a word that both texts have, else of less and more."""
    low, less = case.lowered, bool(_LESS_THERE.match(told["second"]))
    if any(re.fullmatch(theirs, told["second"]) for theirs, _, _ in _AXES):
        return _way(told["second"], _without_first(told["first"], low))
    if _NO_MEANS.search(told[0]) and _NO_MEANS_HERE.search(low):
        low = _DENIED_HERE.sub("   ", low)
    start, end = told.span("second")
    for thing in words_of(case.source, case.text):
        if thing.once and start <= thing.source[0][0] <= start + 3 and thing.source[0][1] <= end:
            before = low[max(0, thing.target[0][0] - 16) : thing.target[0][0]]
            if _LESSENED.search(before):
                return 1 if less else -1
            if _MORE.search(before):
                return -1 if less else 1
    if less:
        return 1 if _LESS_HERE.search(low) else 0
    return 0 if _LESS_HERE.search(low) else 1


_NO_MEANS: Final = re.compile("不(?:意味|等于|代表|说明|表示|一定|见得|必然|总是)|未必")
_NO_MEANS_HERE: Final = re.compile(
    r"(?:\bnot|n['’]t)\b[^.;]{0,60}?\b(?:mean|imply|guarantee|equal|equate|translate|necessarily|simply|just|become|make|always)\b"
)
_DENIED_HERE: Final = re.compile(r"\bnot\b|n['’]t\b")
"""A longer one does not mean a better one: what is denied is that the one goes along with the other."""
_LESSENED: Final = re.compile(r"\bless (?:\w+ly )?\Z")
_MORE: Final = re.compile(r"\bmore (?:\w+ly )?\Z")
