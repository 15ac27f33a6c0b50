"""Not the one but the other, exchanged: 不更新权重，而是修改激活 told as `does not modify activations but …`.

And what is valued and what ignored: 看重答案，忽视过程.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing
from digestlib.fidelity.witnesses import in_both, things_once
from digestlib.models import Finding

BUT: Final = "而是"
TOLD: Final = " but | rather|instead|, not "
_NOT_BUT_THERE: Final = re.compile(
    rf"(?:不(?![仅只但单光止同少过断])|并非|没有?|非)(?P<one>[^。；！？\n不]{{1,40}}?)，?{BUT}(?P<other>[^。；！？\n]{{1,60}})"
)
_NOT_BUT_HERE: Final = (
    re.compile(
        r"(?:\b(?:not|never|no longer)\b|n['’]t\b)(?P<one>[^.;:!?\n]{1,100}?),? but(?P<other>[^.;:!?\n]{1,120})"
    ),
    re.compile(
        r"(?P<other>[^.;:!?\n]{1,120}?),? (?:rather than|instead of|and not|not)(?P<one> [^.;:!?\n]{1,100})"
    ),
)


def exchanged_not_but(case: Case) -> Iterator[Finding]:
    """What is so in the source is told as not so, and what is not as so."""
    told = list(_NOT_BUT_THERE.finditer(case.source))
    here = next((m for words in _NOT_BUT_HERE if (m := words.search(case.lowered))), None)
    if len(told) != 1 or not here:
        return
    there = told[0]
    one, other = there.span("one"), there.span("other")
    if crossed := _crossed(case, (one, other), (here.span("one"), here.span("other"))):
        message = f"{crossed[0].name} and {crossed[1].name} are exchanged"
        yield finding(case, "swap", "major", message, target=here.span(), span=there.span())


def _crossed(
    case: Case, there: tuple[Span, Span], here: tuple[Span, Span]
) -> tuple[Thing, Thing] | None:
    """A thing of either stretch that stands in the other one, where none stands in its own."""
    things = [t for t in things_once(case) if t.weight >= WORD]
    one = in_both(things, there[0], here[1])
    other = in_both(things, there[1], here[0])
    kept = in_both(things, there[0], here[0]) + in_both(things, there[1], here[1])
    return (one[0], other[0]) if one and other and not kept else None


IGNORED: Final = "忽视|忽略|轻视|无视|漠视"
TOLD_IGNORED: Final = "ignor|neglect|overlook|disregard"
_IGNORED_THERE: Final = re.compile(
    rf"(?:看重|重视|关注|强调|侧重|聚焦|注重|追求|偏重|优化)(?:于|了)?(?P<one>[^，。；\n]{{2,30}}?)，?(?:却|而|但|同时|并|往往|常常|普遍|从而)*(?:{IGNORED})了?(?P<other>[^，。；\n]{{2,40}})"
)
_IGNORED_HERE: Final = re.compile(
    r"\b(?:ignor(?:es?|ing)|neglect(?:s|ing)?|overlook(?:s|ing)?|disregard(?:s|ing)?|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!been )(?<!ly )(?<!often )(?<!and )(?:ignored|neglected|overlooked|disregarded)(?! (?:by|in favou?r)\b))"
    r"(?P<other> (?:(?!while |whereas |but |and |because |by |when |instead |in favou?r )[^.;:,!?\n ]+ ?){1,14})"
)


def exchanged_ignored(case: Case) -> Iterator[Finding]:
    """What the source says is valued is told as ignored."""
    told = list(_IGNORED_THERE.finditer(case.source))
    here = list(_IGNORED_HERE.finditer(case.lowered))
    if len(told) != 1 or len(here) != 1:
        return
    (there,), (ours,) = told, here
    rest = (0, ours.start()), (ours.end(), len(case.text))
    for valued in rest:
        both = (there.span("one"), there.span("other")), (valued, ours.span("other"))
        if crossed := _crossed(case, *both):
            message = f"{crossed[0].name} and {crossed[1].name} are exchanged"
            yield finding(case, "swap", "major", message, target=ours.span(), span=there.span())
            return
