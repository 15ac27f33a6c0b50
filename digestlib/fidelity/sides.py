"""The two sides of a comparison: A is better than B, told as B is better than A.

Either text says what is compared (what stands before 比, before `better than`) and with what (what
stands behind). The things on both sides decide; where one text says better and the other worse, or
where they have no thing in common, nothing is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.along import are_both_turned
from digestlib.fidelity.axes import LOWER_IS_BETTER
from digestlib.fidelity.cases import Case
from digestlib.fidelity.compared import (
    DOWN_HERE,
    DOWN_THERE,
    GREATER,
    LESSER,
    NOWHERE,
    UP_HERE,
    UP_THERE,
    Compared,
    compared_here,
    compared_there,
)
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import (
    NAME,
    WORD,
    Thing,
    figures_of,
    names_anywhere,
    names_of,
    words_of,
)
from digestlib.models import Finding

FEW: Final = 4
"""A sentence with more comparisons is not read."""


def exchanged_compared(case: Case) -> Iterator[Finding]:
    """What is compared and with what, exchanged; or which of the two is more turned around."""
    compared = list(_compared(case))
    for mine, yours, clearly in compared:
        if clearly > CLEARLY and _is_same_way(mine, yours, case):
            message = "what is compared with what is exchanged"
            yield finding(case, "swap", "major", message, target=yours.subject)
            return
        if clearly < -CLEARLY and _is_opposed(mine, yours, case):
            if any(m.sign == y.sign and c < 0 for m, y, c in compared if y is yours):
                continue  # above in one thing and below in another
            if _is_turned_besides(mine, case.source) or _leans(case, mine, yours):
                continue
            message = "which of the two is more is turned around"
            yield finding(case, "direction", "major", message, target=yours.other)
            return


def _is_same_way(mine: Compared, yours: Compared, case: Case) -> bool:
    """Whether both say more, or both less: where one of them says both, by the figures."""
    if mine.sign == yours.sign:
        return True
    if mine.sign * yours.sign < 0:
        return False
    ways = [
        (mine.sign or _way(UP_THERE, DOWN_THERE, case.source[max(0, s.start - 4) : s.start]))
        * (yours.sign or _way(UP_HERE, DOWN_HERE, _clause(case.lowered, t.start, t.end)))
        for s, t, _ in case.figures
        if _is_told_by(yours, (t.start, t.end), case.lowered)
    ]
    if not ways and NOWHERE in (mine.near, yours.near):
        ways = [
            _way(UP_THERE, DOWN_THERE, _clause_there(case.source, *t.source[0]))
            * _way(UP_HERE, DOWN_HERE, _clause(case.lowered, *t.target[0]))
            for t in things_once(case)
            if _is_in(t.source[0], mine.subject) and _is_in(t.target[0], yours.subject)
            if not _is_in(t.source[0], mine.other) and not _is_in(t.target[0], yours.other)
        ]
    return max(ways, default=0) > 0 and min(ways) >= 0


def _is_told_by(yours: Compared, figure: Span, low: str) -> bool:
    """Whether a comparison says that it is more by this figure."""
    if yours.near == NOWHERE:
        return _is_in(figure, yours.subject)
    by = _is_in(figure, yours.other) and low.endswith(" by ", 0, figure[0])
    return by or _is_in(figure, yours.near)


def _way(up: re.Pattern[str], down: re.Pattern[str], said: str) -> int:
    return bool(up.search(said)) - bool(down.search(said))


def _clause(low: str, start: int, end: int) -> str:
    begins = max((m.end() for m in _CLAUSE.finditer(low, 0, start)), default=0)
    stop = _CLAUSE.search(low, end)
    return low[begins : stop.start() if stop else len(low)]


def _clause_there(source: str, start: int, end: int) -> str:
    begins = max((m.end() for m in _CLAUSE_THERE.finditer(source, 0, start)), default=0)
    stop = _CLAUSE_THERE.search(source, end)
    return source[begins : stop.start() if stop else len(source)]


_CLAUSE_THERE: Final = re.compile(r"[，。；！？\n]")
_CLAUSE: Final = re.compile(
    r"[;:,](?=\s)|\.(?=\s|$)|\b(?:while|whereas|but|though|although|yet|and)\b"
)


def _is_turned_besides(mine: Compared, source: str) -> bool:
    """Whether the source says the opposite of something else, with no other side of its own.

    四倍于 GPU，价格不到后者的一半; 快于 B，但仍落后 6 分: whose price, and behind whom, nobody knows.
    """
    low, high = (mine.other if mine.near == NOWHERE else mine.near)[0], mine.other[1]
    others = (told for told in _IMPLIED.finditer(source) if not low <= told.start() < high)
    pointed = any(source[slice(*c.other)].strip(" *") in _POINTERS for c in compared_there(source))
    return pointed or any((told["up"] is not None) != (mine.sign > 0) for told in others)


_POINTERS: Final = ("前者", "后者", "其", "它", "对方")
_IMPLIED: Final = re.compile(
    r"(?<![于比])(?:(?P<up>反超|领先|[高多快]出?)|落后|[低少慢]出?)(?:了|约|近|[\s*])*"
    r"[\d一二两三四五六七八九十]"
)


def is_turned_twice(case: Case) -> bool:
    """Whether English says the opposite of the other side, and so the same: B trails A."""
    return are_both_turned(case) or any(
        (mine.sign * yours.sign < 0 and (clearly > CLEARLY or _leans(case, mine, yours)))
        or (
            mine.sign == 0 != yours.sign
            and clearly > CLEARLY
            and not _is_same_way(mine, yours, case)
        )
        for mine, yours, clearly in _compared(case)
    )


def are_sides(a: Thing, b: Thing, case: Case) -> bool:
    """Whether both texts compare the first with the second: neither has changed its place."""
    return any(
        bool(in_both([a], mine.subject, yours.subject) and in_both([b], mine.other, yours.other))
        for mine, yours, _ in _compared(case)
        if NOWHERE not in (mine.near, yours.near)
    )


def _leans(case: Case, mine: Compared, yours: Compared) -> bool:
    """Whether what is compared is with what in English, and nothing says otherwise."""
    things = things_once(case)
    ours = [t for t in things if not _is_in(t.source[0], mine.other)]
    low, high = yours.other
    behind = _AMOUNT.search(case.lowered, low, high)
    crossed = weight_in_both(ours, mine.subject, (low, behind.start() if behind else high))
    return crossed >= WORD and weight_in_both(things, mine.other, yours.other) == 0


def _compared(case: Case) -> Iterator[tuple[Compared, Compared, float]]:
    """The comparisons of both texts, and how much more speaks for an exchange than against it."""
    if len(case.text) < len(case.source):
        return  # so little tells nothing of the sides
    there = list(itertools.islice(compared_there(case.source), FEW + 1))
    if not 0 < len(there) <= FEW:
        return
    here = list(itertools.islice(compared_here(case.lowered), FEW + 1))
    if not 0 < len(here) <= FEW:
        return
    things = things_once(case)
    for mine, yours in itertools.product(there, here):
        known = [*things, *_things_within(case, mine, yours)]
        crossed = _crossed(known, mine, yours, case.lowered)
        if crossed >= NAME and _IT.match(case.lowered, yours.other[0]):
            known = [t for t in known if t.weight >= NAME]  # the throughput is of both
        yield mine, yours, crossed - _straight(known, mine, yours)


def _things_within(case: Case, mine: Compared, yours: Compared) -> Iterator[Thing]:
    """What stands once on the sides of 是 A 的 2.5 倍, though more often in either text."""
    if not case.source.startswith("的", mine.other[1]):
        return
    there, here = _reach(mine), _reach(yours)
    words = [t for t in words_of(case.source, case.text) if t.weight >= WORD]
    for thing in (*words, *names_anywhere(case.source, case.text)):
        theirs = tuple([place for place in thing.source if _is_in(place, there)])
        ours = tuple([place for place in thing.target if _is_in(place, here)])
        if not thing.once and len(theirs) == len(ours) == 1:
            yield thing._replace(source=theirs, target=ours)


def _reach(compared: Compared) -> Span:
    """From where either side begins to where both end."""
    subject, other = compared.near, compared.other
    if subject == NOWHERE:
        subject = compared.subject
    return min(subject[0], other[0]), max(subject[1], other[1])


_AMOUNT: Final = re.compile(r" by |\d|,")
"""Where the name of what is compared with ends."""


def _is_opposed(mine: Compared, yours: Compared, case: Case) -> bool:
    """Whether the one says more and the other less, and of the same: fewer errors are better."""
    if mine.sign * yours.sign >= 0 or NOWHERE in (mine.near, yours.near):
        return False
    if None in (mine.amount, yours.amount):
        said = (GREATER if mine.sign > 0 else LESSER).search(case.lowered)
        return not said and not LOWER_IS_BETTER.search(case.source)
    return mine.amount == yours.amount


def _crossed(things: Sequence[Thing], mine: Compared, yours: Compared, low: str) -> float:
    """What speaks for an exchange: things of either side that stand on the other one in English.

    Of `it` nobody knows what it is: with it, that the other side is the subject is enough.
    """
    theirs = [t for t in things if _is_in(t.source[0], mine.other)]
    turned = [t for t in theirs if not _is_in(t.target[0], yours.other)]
    of_it = weight_in_both(turned, mine.other, _subject_of_it(yours, low))
    ours = [t for t in things if not _is_in(t.source[0], mine.other)]
    crossed = (
        weight_in_both(turned, mine.other, yours.subject),
        weight_in_both(ours, mine.subject, yours.other),
    )
    only = any(t.name in _ONLY and _is_in(t.target[0], yours.near) for t in turned)
    if all(crossed) or only:
        return max(of_it, sum(crossed))
    bare = low[slice(*yours.other)].strip(" *.,;)")  # two faster than one: one faster than two
    alone = any(_is_in(t.source[0], mine.near) and low[slice(*t.target[0])] == bare for t in ours)
    return max(of_it, NAME if alone else 0.0)


def _subject_of_it(yours: Compared, low: str) -> Span:
    """What is compared with `it`: the clause before where its own has nothing but by how much."""
    pointed = _IT.match(low, yours.other[0])
    if not pointed:
        return NOWHERE
    if yours.near == NOWHERE:  # compared with this one, B is faster
        return yours.subject if _THIS_ONE.match(low, yours.other[0]) else NOWHERE
    bare = not _SAYS.search(low, *yours.near)
    return yours.subject if bare and _THIS.match(pointed[0]) else yours.near


_THIS: Final = re.compile(" (?:this|our|the) ")
_THIS_ONE: Final = re.compile(" (?:this|our) ")


def _straight(things: Sequence[Thing], mine: Compared, yours: Compared) -> float:
    """What speaks against it: things that both texts have on the same side.

    What heads the sentence, before either of two that changed sides, says nothing.
    """
    ours = [t for t in things if not _is_in(t.source[0], mine.other)]
    theirs = [t for t in things if _is_in(t.source[0], mine.other)]
    free = [t for t in ours if not _is_in(t.target[0], yours.other)]
    same = weight_in_both(theirs, mine.other, yours.other)
    near = in_both(free, mine.near, yours.near)
    left = in_both(ours, mine.subject, yours.other)
    right = in_both(theirs, mine.other, yours.subject)
    if left and right:
        first = min(t.source[0] for t in left), min(t.target[0] for t in right)
        near = [t for t in near if t.source[0] > first[0] or t.target[0] > first[1]]
    return same + weighed(near)


_IT: Final = re.compile(
    r" (?:(?:that|those|what)(?: of| in| for| from)? )?(?:half |a third |a quarter )?(?:(?:that|those|what)(?: of| in| for| from)? )?"
    r"(?:(?:it|them|ours|(?:its|their) (?:own|length|size|speed|scores?|performance|throughput|costs?|price|latency|number|level|rate|accuracy|width|height|volume|weight|value))\b(?!s)|(?:this|our|the (?:new|proposed|present|authors['’]|paper['’]s|latest|improved)) [a-z]|"
    r"the (?:model|method|policy|system|approach|algorithm|framework|agent|network|detector|engine|chip|card|robot|drone|paper|authors|team|former)\b)"
)
"""It, this model, the new kernel: what the sentence is about."""


_SAYS: Final = re.compile(
    r"\b(?!about|around|roughly|some|nearly|almost|approximately|just|only|over|percent|times|or|so|by|about)[a-z]{2}"
)
"""Something besides by how much."""


def things_once(case: Case) -> list[Thing]:
    """The names, words and figures that stand once in both texts; not by how much it is more."""
    figures = figures_of([m for m in single(case.matches) if m.source.kind in _OF_THINGS])
    words = (*names_of(case.source, case.text), *words_of(case.source, case.text), *figures)
    only = [t._replace(weight=WORD) for t in words if t.once and t.name in _ONLY]
    return [t for t in words if t.once and t.name not in _ONLY | _CLEARLY] + only


_CLEARLY: Final = frozenset({"显著", "明显", "大幅", "大大", "远"})
"""What goes with the comparison, whichever side is told first."""
_ONLY: Final = frozenset({"仅", "只", "仅仅"})
"""On real data only: what tells the one side from the other."""


_OF_THINGS: Final = ("count", "number", "measure")
"""Figures that say which thing is meant, a 3B model; the others say by how much."""
CLEARLY: Final = 0.5
"""So much more must speak for an exchange than against it."""


def weight_in_both(things: Sequence[Thing], there: Span, here: Span) -> float:
    """How much the things weigh that stand in the one stretch and in the other."""
    return weighed(in_both(things, there, here))


def weighed(things: Sequence[Thing]) -> float:
    """How much the things weigh together."""
    return sum(thing.weight for thing in things)


def in_both(things: Sequence[Thing], there: Span, here: Span) -> list[Thing]:
    """The things that stand in the one stretch and in the other."""
    return [t for t in things if _is_in(t.source[0], there) and _is_in(t.target[0], here)]


def _is_in(place: Span, stretch: Span) -> bool:
    return stretch[0] <= place[0] and place[1] <= stretch[1]
