"""Who has the lower figure and is told as ahead: with 47.9 it trails the baseline, which gets only 41.2.

The figures themselves say who leads, whatever the source calls it; of a measure that is better when
it is lower, nothing is known.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from digestlib.fidelity.axes import LOWER_IS_BETTER
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.margins import LOWER
from digestlib.fidelity.matching import Match
from digestlib.models import Finding

TOLD: Final = "trail|lag|short of|lose|lost|behind|beat|lead|led|outperform|surpass|ahead|outscore"
"""One of these in a text that says who leads."""
_VERB: Final = (
    r"(?P<down>trail(?:s|ed|ing)?|lag(?:s|ged|ging)? behind|f(?:a|e)lls? (?:\w+ )?(?:behind|short of)|los(?:es|t|ing) to)|"
    r"(?P<up>beats?|beating|leads|led|leading|outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|outscor(?:es?|ed|ing)|is ahead of|(?:pulls|comes out) ahead of)"
)
_BETWEEN: Final = re.compile(
    rf"(?:%|[*)]| points?| percent)*(?:[^.;:\d]|\.(?=\S)){{0,60}}?\b(?:{_VERB}) (?P<rival>[^,;:.()\d]{{2,40}}?)"
    r"(?:['’]s?|,? which (?:gets|got|scores|scored|has|had|manages|managed|reaches|reached|is|was|stands|stood|achieves|achieved|only|just)(?: at)?| (?:and|at) its|,? with its| \(|,? on) ?(?:only |just |a mere |a |an? accuracy of )*\W?"
)
"""What stands between the figure of the one and that of the other: the verb, and whose the other is."""
_AGAIN: Final = re.compile(
    r"\b(?:but|while|whereas|though|although|yet|and|not|never|no|nor|than|by|if|until|from|to)\b|n['’]t\b"
)
_OTHERWISE: Final = re.compile(
    rf"{LOWER.pattern}|第|名次|价|元|美元|[时延]|耗|占用|内存|显存|参数|降|减|第|秒|缩短|越[小少低短]|[更最较][低少小短]"
)
"""Where less may be better."""


def outscored(case: Case) -> Iterator[Finding]:
    """The first two figures of which the higher trails the lower, or the lower leads the higher."""
    if len(case.figures) != PAIR or _is_better_lower(case.source):
        return
    told = sorted(case.figures, key=lambda match: match.target.start)
    for one, other in itertools.pairwise(told):
        if one.source.unit != other.source.unit or one.target.end > other.target.start:
            continue
        between = case.lowered[one.target.end : other.target.start]
        if any(_is_put_in(match, case) for match in (one, other)):
            continue
        verb = _BETWEEN.fullmatch(between)
        if not verb or _AGAIN.search(between[: verb.start("rival")]):
            continue
        higher, lower = one.source.value, other.source.value
        if not isinstance(higher, Decimal) or not isinstance(lower, Decimal) or higher == lower:
            continue
        if (higher > lower) == bool(verb["down"]):
            message = "the figures say who is ahead"
            yield about(case, "direction", "major", message, one.source, one.target)
            return


def _is_put_in(match: Match, case: Case) -> bool:
    """Whether so much was used, 用 1.2 万条数据微调: who has less of it may well be ahead."""
    there, here = match.source.start, match.target.start
    used = _USED_THERE.search(case.source, max(0, there - NEAR), there)
    return bool(used or _USED_HERE.search(case.lowered, max(0, here - NEAR), here))


NEAR: Final = 24
_USED_THERE: Final = re.compile(
    r"(?:[用以靠凭]|基于|依靠|花费?|投入|拥有|只?需要?)了?(?:约|近|不到|[\s*])*\Z"
)
_USED_HERE: Final = re.compile(r"\b(?:on|using|uses|used)(?: only| just| about| some)? ?[*]*\Z")
PAIR: Final = 2
"""With more figures, nobody knows whose they are."""


def _is_better_lower(source: str) -> bool:
    return bool(LOWER_IS_BETTER.search(source) or _OTHERWISE.search(source))
