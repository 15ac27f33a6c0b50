"""Two figures of any sorts, each in a clause of its own: what stands beside the one in Chinese stands
beside the other in English, and the other way round.

`swaps` weighs all that is near; this rule only looks at what shares a clause with either figure, and
speaks where nothing has stayed.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single, sort_of
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.things import NAME, WORD, Thing, names_of, words_of
from digestlib.fidelity.witnesses import clause_around, is_ahead, is_in
from digestlib.models import Finding
from digestlib.quantities import chinese_ratios, english_shares

_PARTED_THERE: Final = re.compile(r"[，。；：、！？,;\n（）()]")
_PARTED_HERE: Final = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|[()\n–—]|\b(?:and|but|while|whereas|though|although|than|versus|vs|against|"
    r"compared (?:with|to)|which|(?<!to do )(?<!ssociated )(?<!linked )(?<!connected )(?<!along )with)\b"
)
_AGAINST_THERE: Final = re.compile(r"[。；！？\n]|，(?=[而但却]|[^，。；\n]{1,12}则)")
_AGAINST_HERE: Final = re.compile(
    r"[;\n]|[.!?](?=\s|$)|\b(?:but|while|whereas|though|although|versus|vs|against)\b"
)
"""What sets one thing with all that is said of it against another."""
_EACH: Final = re.compile("分别|依次|各|前者|后者|每(?!秒)")
_BUT_FOR: Final = re.compile("[只仅除唯]")
"""All but the third used it, where only the third did not."""
FEW: Final = 8
"""A statement with more figures is not read."""


def paired_otherwise(case: Case) -> Iterator[Finding]:
    """The first two figures that exchanged all that stands beside them."""
    if _EACH.search(case.source):
        return
    apart = _BUT_FOR.search(case.source)
    figures = [
        m
        for m in single(case.matches)
        if m.source.kind != "date" and not (apart and m.source.kind == "ordinal")
    ]
    amounts = [((m.source.start, m.source.end), (m.target.start, m.target.end)) for m in figures]
    amounts += _in_words(case)
    if not 1 < len(amounts) <= FEW:
        return
    kinds = [m.source.kind for m in figures]
    told = Counter(str(m.source.value) for m in figures)
    once = [sort_of(m) if told[str(m.source.value)] == 1 else "" for m in figures]
    for theirs, ours in (_PARTED_THERE, _PARTED_HERE), (_AGAINST_THERE, _AGAINST_HERE):
        there = [clause_around(theirs, case.source, place) for place, _ in amounts]
        here = [
            clause_around(ours, case.lowered, _joined(case.lowered, place)) for _, place in amounts
        ]
        pairs = [
            (i, j)
            for i, j in itertools.combinations(range(len(amounts)), 2)
            if there[i] != there[j] and here[i] != here[j]
            if not _is_one_value(figures[i : i + 1], figures[j : j + 1])
            if {*kinds[i : i + 1], *kinds[j : j + 1]} != _OF_ONE_THING
            if not _are_listed(amounts[i][0], amounts[j][0], case.source)
            if theirs is _PARTED_THERE or (max(i, j) < len(once) and once[i] == once[j] != "")
        ]
        things = _things(case, [place for place, _ in amounts]) if pairs else []
        for i, j in pairs:
            if _is_exchanged(things, (there[i], there[j]), (here[i], here[j])):
                if not is_turned_twice(case):
                    said = [case.source[slice(*amounts[k][0])] for k in (i, j)]
                    message = f"what the source says of {said[0]} and {said[1]} is exchanged"
                    span, target = amounts[i]
                    yield finding(case, "swap", "major", message, target=target, span=span)
                return


def _joined(low: str, place: Span) -> Span:
    """The figure with what follows right behind it: 2,400 with four cards in parallel."""
    told = _WITH.match(low, place[1])
    return (place[0], told.end()) if told else place


_WITH: Final = re.compile(r"[*]* with (?!a (?:score|rate|mean|median)\b)")


def _is_one_value(one: Sequence[Match], other: Sequence[Match]) -> bool:
    """Whether two figures are equal, so that nobody can exchange them: 30 天, 30 天."""
    both = [(m.source.value, m.source.unit) for m in (*one, *other)]
    return len(both) == 2 and both[0] == both[1]


def _are_listed(one: Span, other: Span, source: str) -> bool:
    """Whether one thing has both of a list of its figures: 10 秒、1080p、24 帧每秒的片段."""
    first, last = sorted((one, other))
    listed = _LISTED_THERE.fullmatch(source, first[1], max(first[1], last[0]))
    return bool(listed and _ITS_NOUN.match(source, last[1]))


_LISTED_THERE: Final = re.compile(
    r"[\s*]*、[\s*]*(?:[\dA-Za-z][\w.×-]{0,11}[\s*]*、[\s*]*){0,3}", re.ASCII
)
_ITS_NOUN: Final = re.compile(r"[\s*]*的")


def _things(case: Case, amounts: Sequence[Span]) -> list[Thing]:
    """The names and words that stand once in the source, and are no amounts, nor told of both."""
    amounts = [*amounts, *_of_both(case.source)]
    return [
        t
        for t in (*names_of(case.source, case.text), *words_of(case.source, case.text))
        if t.weight >= WORD and len(t.source) == 1
        if not any(start < t.source[0][1] and t.source[0][0] < end for start, end in amounts)
    ]


def _of_both(source: str) -> list[Span]:
    """What is no more said of the one than of the other: X in 是 X 的 3 倍，…只有其一半, half of the X."""
    return [m.span(m.lastgroup or 0) for m in _OF_BOTH.finditer(source)]


_OF_BOTH: Final = re.compile(
    r"[是为达][\s*]*(?P<base>[^，。；是为达]{1,24})的[\s*约近]*[\d.一二两三四五六七八九十百]+[\s*]*(?:倍|分之)(?=[^。；\n]{1,40}其)|"
    r"(?:半数|一半|[一二三四五六七八九]成|分之[一二三四五六七八九]|[%％])(?:以上|左右|多)?[\s*]*的(?P<whole>[^，。；]{1,12}?)"
    r"(?=(?:来自|源于|源自|出自|由于|由|与|是|因|属于|涉及|归因|发生)[^。；\n]{0,40}，另)"
)


_OF_ONE_THING: Final = {"percent", "percentage_points"}
"""What something comes to, and by how much it changed."""


def _in_words(case: Case) -> list[tuple[Span, Span]]:
    """What is an amount as well: all the rest, level with it."""
    found = []
    for there, here in _WORDS:
        theirs = list(there.finditer(case.source))
        ours = list(here.finditer(case.lowered)) if len(theirs) == 1 else []
        if len(ours) == 1 and not _is_another_rest(theirs[0], ours[0], case):
            found.append((theirs[0].span(), ours[0].span()))
    return found


def _is_another_rest(theirs: re.Match[str], ours: re.Match[str], case: Case) -> bool:
    """剩下一个, told first, is none of `the other three`; nor are they the rest."""
    there = _MANY_THERE.match(case.source, theirs.end())
    here = _MANY_HERE.match(case.lowered, ours.end())
    if there is None:
        return False
    if here is None:
        return there[1] in "一1" and ours[0].endswith(("rest", "others"))
    return chinese_ratios.number_in(there[1]) != english_shares.number_in(here[1])


_MANY_THERE: Final = re.compile(
    r"的?[\s*]*([一二两三四五六七八九1-9])[\s*]*(?![成十百千万亿分点.\d%])"
)
_MANY_HERE: Final = re.compile(
    r"[ *]+(one|two|three|four|five|six|seven|eight|nine|[1-9])\b(?![.,%]?\d|[%-]| (?:tenth|hundred|thousand|per))"
)


_WORDS: Final = (
    (
        re.compile("其余|余下|剩下|剩余|其他(?!模型|方法)"),
        re.compile(
            r"\b(?:the (?:rest|remainder|others?|remaining)|everything else|(?:all|every) (?:the )?others?|"
            r"remaining|whatever remains)\b"
        ),
    ),
    (
        re.compile("持平|追平|打平|不相上下|相当(?!于)|旗鼓相当"),
        re.compile(
            r"\b(?:level|on (?:a )?par|ties?|tied|match(?:es|ed)?|equal(?:s|led)?|neck and neck|comparable|draws?)\b"
        ),
    ),
    (
        re.compile("居首|榜首|登顶|夺冠"),
        re.compile(r"\b(?:first|tops?|leads?|leading|number one)\b(?!-)"),
    ),
)


def _is_exchanged(things: Sequence[Thing], theirs: Sequence[Span], ours: Sequence[Span]) -> bool:
    """Whether something of either stands beside the other, and nothing beside its own.

    What heads the statement in both texts stays where it is: quantisation cuts this, raises that.
    """
    gone: tuple[list[Thing], list[Thing]] = [], []
    kept: list[Thing] = []
    for thing in things:
        own = [k for k in (0, 1) if is_in(thing.source[0], theirs[k])]
        told = [k for k in (0, 1) if any(is_in(place, ours[k]) for place in thing.target)]
        if len(own) == 1 and told:
            (kept if own[0] in told else gone[own[0]]).append(thing)
    if not all(gone):
        return False
    if all(any(t.weight == NAME for t in some) for some in gone):
        return all(t.weight < NAME for t in kept)
    return all(is_ahead(t, itertools.chain(*gone)) for t in kept)


def clause_of(low: str, place: Span) -> Span:
    """The clause of English in which a figure stands."""
    return clause_around(_PARTED_HERE, low, place)
