"""What heads a comparison: compared with A, B is faster (与 A 相比，B 更快), told as compared with B, A is faster.

Both sides stand right behind each other in either language, and have changed places. English may
say so of the other one when it says the opposite; so what is told of either must go the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.compared import DOWN_HERE, DOWN_THERE, UP_HERE, UP_THERE
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.fidelity.witnesses import clause_around, is_in
from digestlib.models import Finding

HEADED: Final = "相比|相较|较之|对比"
"""One of these in a source of which a sentence begins with what something is compared with, …"""
TOLD: Final = "ompared |omparison |elative to|ext to|ontrast"
"""… and in English one of these."""
_THERE: Final = re.compile(
    r"(?<![^。；\n])(?:[与和同跟](?P<base>[^，。；\n]{1,30}?)(?:相比|相较|对比)(?:之下)?|"
    r"(?:相比于?|相较于?|较之)(?P<to>[^，。；\n]{1,30}))，(?P<head>[^，。；\n]{1,14})"
)
_HERE: Final = re.compile(
    r"(?:\A|[.;\n]\s*)(?:compared (?:with|to)|in (?:comparison|contrast) (?:with|to)|relative to|next to) "
    r"(?P<base>(?:[^,.;:\n]|\.(?=\w)){1,60}), (?P<head>(?:[^,.;:\n]|\.(?=\w)){1,30})"
)
_SENTENCE_THERE: Final = re.compile(r"[。；\n]")
_SENTENCE_HERE: Final = re.compile(r"[;\n]|\.(?=\s|\Z)")
_CLAUSE_THERE: Final = re.compile(r"[，。；\n]|但")
_CLAUSE_HERE: Final = re.compile(
    r"[;:,](?=\s)|\.(?=\s|\Z)|\b(?:while|whereas|but|though|although|yet|and)\b"
)
_LESS_HERE: Final = re.compile(
    r"\b(?:lower\w*|slow\w*|cheap\w*|declin\w*|degrad\w*|below|behind|worsen\w*|weaken\w*|shorten\w*|narrow\w*)\b"
)
_OTHER_WAY: Final = re.compile(
    r"\b(?:as (?:long|slow|slowly|little|few|low|cheap|cheaply|expensive|costly)|not|no|never|without|former|latter)\b|n['’]t\b"
)
"""What may say the same of the other side."""


def exchanged_headed(case: Case) -> Iterator[Finding]:
    """Compared with B, A is so much more, where the source says so of B."""
    there, here = _THERE.search(case.source), _HERE.search(case.lowered)
    if not there or not here or _OTHER_WAY.search(case.lowered, here.start()):
        return
    things = [*names_of(case.source, case.text), *words_of(case.source, case.text)]
    once = [t for t in things if t.once and t.weight >= WORD]
    base = there.span("base" if there["base"] else "to")
    bases = [t for t in once if is_in(t.source[0], base)]
    heads = [t for t in once if is_in(t.source[0], there.span("head"))]
    if any(is_in(t.target[0], here.span("base")) for t in bases):
        return
    turned = [t for t in bases if is_in(t.target[0], here.span("head"))]
    told = [t for t in heads if is_in(t.target[0], here.span("base"))]
    if turned and told and _is_same_way(case, (there.start("head"), here.start("head")), once):
        message = f"{turned[0].name} is what it is compared with"
        target = here.span("head")
        yield finding(case, "swap", "major", message, target=target, span=there.span("head"))


def _is_same_way(case: Case, heads: Span, things: Sequence[Thing]) -> bool:
    """Whether something goes the same way in both texts, of all that is told behind, and nothing the other."""
    theirs = heads[0], _end(_SENTENCE_THERE, case.source, heads[0])
    ours = heads[1], _end(_SENTENCE_HERE, case.lowered, heads[1])
    figures = [((s.start, s.end), (t.start, t.end)) for s, t, _ in case.figures]
    worded = [(t.source[0], t.target[0]) for t in things]
    ways = []
    for place, told in (*figures, *worded):
        if not (theirs[0] <= place[0] < theirs[1] and ours[0] <= told[0] < ours[1]):
            continue
        there = clause_around(_CLAUSE_THERE, case.source, place)
        here = clause_around(_CLAUSE_HERE, case.lowered, told)
        mine, yours = _way_there(case.source[slice(*there)]), _way_here(case.lowered[slice(*here)])
        level = mine == yours == 0 and (place, told) in figures
        measured = level and any(is_in(a, there) and is_in(b, here) for a, b in worded)
        ways.append(1 if measured else mine * yours)
    return max(ways, default=0) > 0 and min(ways) >= 0


def _way_there(said: str) -> int:
    return bool(UP_THERE.search(said)) - bool(DOWN_THERE.search(said))


def _way_here(said: str) -> int:
    less = DOWN_HERE.search(said) or _LESS_HERE.search(said)
    return bool(UP_HERE.search(said)) - bool(less)


def _end(mark: re.Pattern[str], text: str, at: int) -> int:
    stop = mark.search(text, at, at + REACH)
    return stop.start() if stop else min(len(text), at + REACH)


REACH: Final = 160
"""What is told of a side stands within so many characters."""
