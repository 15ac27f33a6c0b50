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
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import (
    NAME,
    WORD,
    Thing,
    names_anywhere,
    words_of,
)
from digestlib.fidelity.witnesses import (
    CLEARLY,
    ONLY,
    in_both,
    is_in,
    things_once,
    weighed,
    weight_in_both,
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
    if mine.sign == yours.sign or (mine.sign * yours.sign == 0 and _is_unlike(mine, yours, case)):
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
            if is_in(t.source[0], mine.subject) and is_in(t.target[0], yours.subject)
            if not is_in(t.source[0], mine.other) and not is_in(t.target[0], yours.other)
        ]
    return max(ways, default=0) > 0 and min(ways) >= 0


def _is_unlike(mine: Compared, yours: Compared, case: Case) -> bool:
    """Whether both only set the two apart, and both or neither denies something: 与 B 不同, unlike B."""
    there, low = case.source, case.lowered
    apart = there.startswith("不同", mine.other[1]) or there.endswith(_APART, 0, mine.other[0])
    if not apart or not low.endswith("unlike", 0, yours.other[0]):
        return False
    said = there[: mine.other[0]] + there[mine.other[1] :].removeprefix("不同")
    return bool(_DENIED_THERE.search(said)) == bool(_DENIED_HERE.search(low))


_APART: Final = ("不同于", "有别于")
_DENIED_THERE: Final = re.compile("[不无没未非]")
_DENIED_HERE: Final = re.compile(r"\b(?:no|not|never|without|neither|nor|cannot|only)\b|n['’]t\b")


def _is_told_by(yours: Compared, figure: Span, low: str) -> bool:
    """Whether a comparison says that it is more by this figure."""
    if yours.near == NOWHERE:
        return is_in(figure, yours.subject)
    by = is_in(figure, yours.other) and low.endswith(" by ", 0, figure[0])
    return by or is_in(figure, yours.near)


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
    r"(?<![于比])(?:(?P<up>反超|领先|[高多快]出?)|落后|[低少慢轻]出?|(?<![缩减])短)(?:了|约|近|[\s*])*"
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
        bool(in_both([a], mine.subject, (yours.subject[0], yours.other[0])))
        and bool(in_both([b], mine.other, yours.other))
        for mine, yours, _ in _compared(case)
        if NOWHERE not in (mine.near, yours.near)
    )


def _leans(case: Case, mine: Compared, yours: Compared) -> bool:
    """Whether what is compared is with what in English, and nothing says otherwise."""
    things = things_once(case)
    ours = [t for t in things if not is_in(t.source[0], mine.other)]
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
    for mine, told in itertools.product(there, here):
        yours = _other_way(mine, told, case)
        known = [*things, *_things_within(case, mine, yours)]
        crossed = _crossed(known, mine, yours, case.lowered)
        if crossed >= NAME and _IT.match(case.lowered, yours.other[0]):
            known = [t for t in known if t.weight >= NAME]  # the throughput is of both
        yield mine, yours, crossed - _straight(known, mine, yours, case.source)


def _other_way(mine: Compared, yours: Compared, case: Case) -> Compared:
    """Three times as long is less where the source speaks of speed, as is as fast where it speaks of time."""
    if mine.near != NOWHERE and case.source.startswith("的", mine.other[1]):
        measure = case.source[slice(*mine.near)]
        said = case.lowered[max(0, yours.other[0] - NEAR) : yours.other[0]]
        for theirs, ours in _OTHER_WAY:
            if theirs.search(measure) and ours.search(said):
                return yours._replace(sign=-yours.sign)
    said = case.lowered[yours.near[1] : yours.other[0]] if yours.near != NOWHERE else ""
    if _SLOW.match(case.source, mine.other[1]) and _LONG.match(said):
        return yours._replace(sign=-yours.sign)
    if yours.sign < 0 < mine.sign and _SAVES.search(case.source, mine.other[0], mine.other[1] + 4):
        return yours._replace(sign=mine.sign)
    return yours


_SLOW: Final = re.compile("[快慢](?!充)")
_LONG: Final = re.compile(r"(?:long|short)er\b")
"""比人工慢 1.5 秒 is to take longer."""
_SAVES: Final = re.compile("[更最]省|节省|省[时电钱力]")
"""更省时 is to take less time."""
_OTHER_WAY: Final = (
    (
        re.compile("速度|吞吐|效率|能效|帧率"),
        re.compile(
            r"\bas (?:long|slow(?:ly)?|much (?:time|energy|power)|expensive|costly)(?: as)?(?: (?:with|for))?\Z"
        ),
    ),
    (
        re.compile("耗时|用时|时间|延迟|时延|成本|能耗|功耗|价格"),
        re.compile(
            r"\bas (?:fast|quick(?:ly)?|efficient(?:ly)?|cheap(?:ly)?|energy-efficient)(?: as)?\Z"
        ),
    ),
)
NEAR: Final = 32
"""How it is told stands so many characters in front of what it is compared with."""


def _things_within(case: Case, mine: Compared, yours: Compared) -> Iterator[Thing]:
    """What stands once on the sides of 是 A 的 2.5 倍, though more often in either text."""
    if not case.source.startswith("的", mine.other[1]):
        return
    there, here = _reach(mine), _reach(yours)
    words = [t for t in words_of(case.source, case.text) if t.weight >= WORD]
    for thing in (*words, *names_anywhere(case.source, case.text)):
        theirs = tuple([place for place in thing.source if is_in(place, there)])
        ours = tuple([place for place in thing.target if is_in(place, here)])
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
    part = _PART_HERE.search(case.lowered, max(0, yours.other[0] - NEAR), yours.other[0])
    if part and mine.sign > 0 and _PART_THERE.search(case.source, mine.other[1]):
        return False  # 3 times as fast with half the memory
    if None in (mine.amount, yours.amount):
        said = (GREATER if mine.sign > 0 else LESSER).search(case.lowered)
        return not said and not LOWER_IS_BETTER.search(case.source)
    return mine.amount == yours.amount


_PART_HERE: Final = re.compile(r"\b(?:half|thirds?|quarters?|fifths?|tenths?|\d+%)\b")
_PART_THERE: Final = re.compile("一半|分之|[%％]|成(?!为)")


def _crossed(things: Sequence[Thing], mine: Compared, yours: Compared, low: str) -> float:
    """What speaks for an exchange: things of either side that stand on the other one in English.

    Of `it` nobody knows what it is: with it, that the other side is the subject is enough.
    """
    theirs = [t for t in things if is_in(t.source[0], mine.other)]
    turned = [t for t in theirs if not is_in(t.target[0], yours.other)]
    of_it = weight_in_both(turned, mine.other, _subject_of_it(yours, low))
    if _PRONOUN.match(low, yours.other[0]):
        return of_it
    ours = [t for t in things if not is_in(t.source[0], mine.other)]
    crossed = (
        weight_in_both(turned, mine.other, yours.subject),
        weight_in_both(ours, mine.subject, yours.other),
    )
    only = any(t.name in ONLY and is_in(t.target[0], yours.near) for t in turned)
    if all(crossed) or only:
        return max(of_it, sum(crossed))
    bare = low[slice(*yours.other)].strip(" *.,;)")  # two faster than one: one faster than two
    alone = any(is_in(t.source[0], mine.near) and low[slice(*t.target[0])] == bare for t in ours)
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


_PRONOUN: Final = re.compile(r" ?(?:it|them)\b")
_THIS: Final = re.compile(" (?:this|our|the|what) ")
_THIS_ONE: Final = re.compile(" (?:this|our) ")


def _straight(things: Sequence[Thing], mine: Compared, yours: Compared, source: str) -> float:
    """What speaks against it: things that both texts have on the same side.

    What heads the sentence, before either of two that changed sides, says nothing; nor does what
    is measured of both.
    """
    ours = [t for t in things if not is_in(t.source[0], mine.other)]
    theirs = [t for t in things if is_in(t.source[0], mine.other)]
    free = [t for t in ours if not is_in(t.target[0], yours.other)]
    same = weight_in_both(theirs, mine.other, yours.other)
    shared = list(_shared(source, mine))
    near = [
        t
        for t in in_both(free, mine.near, yours.near)
        if not any(is_in(t.source[0], stretch) for stretch in shared)
    ]
    left = in_both(ours, mine.subject, yours.other)
    right = in_both(theirs, mine.other, yours.subject)
    if left and right:
        first = min(t.source[0] for t in left), min(t.target[0] for t in right)
        near = [t for t in near if t.source[0] > first[0] or t.target[0] > first[1]]
    return same + weighed(near)


def _shared(source: str, mine: Compared) -> Iterator[Span]:
    """On this card the throughput of A is 1.7 times that of B: where, and what either side has."""
    if mine.near != NOWHERE and source.startswith("的", mine.other[1]):
        for told in (_MEASURED.search(source, *mine.near), _WHERE.search(source, *mine.near)):
            if told:
                yield told.span()


_WHERE: Final = re.compile(r"在[^，。；]{1,30}?[上中下里时]")
_MEASURED: Final = re.compile(
    r"(?:(?<=的)[^的，。；]{1,12}|(?:训练|推理|解码|编码|生成|处理|采样|计算|运行|检索|搜索|响应|平均|单次|峰值|[总日年月])*"
    r"(?:速度|吞吐量?|能效|效率|成本|体积|规模|大小|价格|售价|显存占用|显存|内存|延迟|耗时|用时|时长|[产数容参]量|参数量|准确率|得分))"
    r"[却则也仅就约都]*\Z"
)
_IT: Final = re.compile(
    r" ?(?:(?:that|those|what)(?: of| in| for| from)? )?(?:half |a third |a quarter )?(?:(?:that|those|what)(?: of| in| for| from)? )?"
    r"(?:(?:it|them|ours|(?:its|their) (?:own|length|size|speed|scores?|performance|throughput|costs?|price|latency|number|level|rate|accuracy|width|height|volume|weight|value))\b(?!s)|(?:this|our|the (?:new|proposed|present|authors['’]|paper['’]s|latest|improved)) [a-z]|"
    r"the (?:model|method|policy|system|approach|algorithm|framework|agent|network|detector|engine|chip|card|robot|drone|paper|authors|team|former)\b|"
    r"what (?:is|was) \w+ here\b|that(?=[.,;]|\Z))"
)
"""It, this model, the new kernel: what the sentence is about."""


_SAYS: Final = re.compile(
    r"\b(?!about|around|roughly|some|nearly|almost|approximately|just|only|over|percent|times|or|so|by|about)[a-z]{2}"
)
"""Something besides by how much."""
