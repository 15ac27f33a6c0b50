"""What a figure is told right beside: 6 国 23 家医院 told as 6 hospitals in 23 countries, 10 秒的视频 as a
2.4-second video, and of each prompt 16 answers as one for every 16 prompts.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.groups import sort_of, told_once
from digestlib.fidelity.matching import Match
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.models import Finding

COUNTS: Final = "国|省|州|县|市|校|院|队|人|城|村"
"""One of these in a source that counts two things without another word."""
FEW: Final = 24
"""A statement has no more figures than this; what follows is not read."""
_COUNTED_THERE: Final = {
    noun: re.compile(rf"[\s*]*(?:{there})")
    for noun, there in {
        "country": r"个?国家?(?![产内际])",
        "province": "个?省(?!级)",
        "state": "个州",
        "county": "个?县",
        "city": "[个座]?城?市(?!场|值|民|面)",
        "village": "个?村",
        "school": "[所家]?(?:学校|高校|大学|校(?!准|验))",
        "hospital": "[家所]?(?:医院|院)",
        "team": "[支个]?(?:团队|队伍|队)",
        "person": "[名位]?人(?!工|类|机|均|次)|[名位]",
    }.items()
}
_COUNTED_HERE: Final = {
    noun: re.compile(rf"[*]*(?: [a-z]+)?? (?:{here})\b")
    for noun, here in {
        "country": "countr(?:y|ies)|nations?",
        "province": "provinces?",
        "state": "states?",
        "county": "count(?:y|ies)",
        "city": "cit(?:y|ies)",
        "village": "villages?",
        "school": "schools?|universit(?:y|ies)|colleges?",
        "hospital": "hospitals?",
        "team": "teams?",
        "person": "people|persons?|participants?|members?|students?|teachers?|researchers?|volunteers?",
    }.items()
}


def exchanged_counts(case: Case) -> Iterator[Finding]:
    """The first two figures of which each counts in English what the other one counts."""
    figures = told_once(case.matches)[:FEW]
    there = [_counted(_COUNTED_THERE, case.source, m.source.end) for m in figures]
    here = [_counted(_COUNTED_HERE, case.lowered, m.target.end) for m in figures]
    for i, j in itertools.combinations(range(len(figures)), 2):
        told = [there[i], there[j]]
        ours = [here[j], here[i]]
        one = _is_one_of_both(told, ours, (figures[i], figures[j]), case.source)
        if (all(told) and told[0] != told[1] and told == ours) or one:
            message = f"the source counts another thing than the {here[i] or here[j]}"
            yield about(case, "swap", "major", message, figures[i].source, figures[i].target)
            return


def _is_one_of_both(
    told: Sequence[str | None], ours: Sequence[str | None], figures: Sequence[Match], source: str
) -> bool:
    """Whether one of two is counted in English by the other figure, which counts another thing: 14 家医院的 86 种术式."""
    for k in (0, 1):
        own, other = figures[k].source, figures[1 - k].source
        alone = told[k] and told[k] == ours[k] and not told[1 - k] and not ours[1 - k]
        if alone and own.kind == other.kind == "count" and _OF_OTHERS.match(source, other.end):
            return _COUNTER.search(other.text) is not None
    return False


_COUNTER: Final = re.compile("[种类项门款篇例张段道幅套首]\\Z")
_OF_OTHERS: Final = re.compile(r"[\s*]*(?![医学院校市城国省州县村团队人名位])[\u4e00-\u9fff]{2}")


def _counted(nouns: dict[str, re.Pattern[str]], text: str, at: int) -> str | None:
    return next((noun for noun, told in nouns.items() if told.match(text, at)), None)


def exchanged_nouns(case: Case) -> Iterator[Finding]:
    """The first two counts of which each stands in English right before what the other one counts."""
    figures = [m for m in told_once(case.matches)[:FEW] if m.source.kind == "count"]
    if len(figures) < TWO:
        return
    there = [_NOUN_THERE.match(case.source, m.source.end) for m in figures]
    here = [_NOUN_HERE.match(case.text, m.target.end) for m in figures]
    begins = {m.end(): k for k, m in enumerate(there) if m}
    found: dict[int, int] = {}
    for thing in _things(case) if len(begins) >= TWO else ():
        place = begins.get(thing.source[0][0])
        start = thing.target[0][0]
        told = [k for k, m in enumerate(here) if m and m.end() == start]
        if place is not None and len(told) == 1:
            found[place] = told[0]
    for own, told_by in found.items():
        if own != told_by and found.get(told_by) == own:
            message = "the source counts another thing"
            yield about(case, "swap", "major", message, figures[own].source, figures[own].target)
            return


TWO: Final = 2
_NOUN_THERE: Final = re.compile(r"[\s*]*(?:个|[种类项门款篇张段道幅套首名位台])?[\s*]*")
_NOUN_HERE: Final = re.compile(r"[*]* [*]*")


def exchanged_modifiers(case: Case) -> Iterator[Finding]:
    """The first thing that English has with a hyphen behind the figure of another one."""
    figures = told_once(case.matches)[:FEW]
    if not any(_COMPOUND.search(m.target.text) or _is_of_it(m, case.text) for m in figures):
        return
    things = _things(case)
    for one, other in itertools.permutations(figures, 2):
        joined = _BEHIND_HERE if _COMPOUND.search(one.target.text) else _OF_HERE
        if sort_of(one) != sort_of(other) or (joined is _OF_HERE and not _is_of_it(one, case.text)):
            continue
        for thing in things:
            behind = joined.fullmatch(case.text, one.target.end, thing.target[0][0])
            if joined is _OF_HERE and not case.source.startswith("的", other.source.end):
                continue
            if behind and _is_of(other, thing, case.source) and not _is_of(one, thing, case.source):
                if _ALONE.match(case.source, one.source.end):
                    continue
                if _SIZE.search(one.target.text) and not _is_of_another(
                    one, thing, things, case.source
                ):
                    continue
                message = f"the source has {other.source.text} of {thing.name}"
                yield about(case, "swap", "major", message, one.source, one.target)
                return


def _is_of_it(match: Match, text: str) -> bool:
    """Whether English has so long of something: 90 seconds of audio."""
    return match.source.kind == "measure" and text.startswith(" of ", match.target.end)


_OF_HERE: Final = re.compile(r" of (?:the |an? )?[*]*")
_ALONE: Final = re.compile(r"[\s*]*(?:则|却|[时后]|就)")
"""用 4 比特量化时…，换成 3 比特则…: what is quantised stands in front."""
_SIZE: Final = re.compile(r"\d[BM]\Z")
_COMPOUND: Final = re.compile(r"\d(?:-[a-z]+|[BM])\Z")
_BEHIND_HERE: Final = re.compile(r"(?:-long)?[ *]+(?:\d+[pk] )?")
_BEHIND_THERE: Final = re.compile(r"[\s*]*的?[\s*]*(?:\d+[pKk] ?)?")


def _is_of_another(match: Match, thing: Thing, things: Sequence[Thing], source: str) -> bool:
    """Whether the source has the figure right in front of another thing than this one."""
    return any(_is_of(match, t, source) for t in things if t.name != thing.name)


def _is_of(match: Match, thing: Thing, source: str) -> bool:
    """Whether the source has the figure right in front of the thing."""
    start = thing.source[0][0]
    return bool(
        match.source.end <= start and _BEHIND_THERE.fullmatch(source, match.source.end, start)
    )


def exchanged_each(case: Case) -> Iterator[Finding]:
    """The first figure of which English has so many for one, where the source has one for so many."""
    things: Sequence[Thing] = ()
    for m in told_once(case.matches):
        if not _EVERY_HERE.search(case.lowered, *_before(m.target.start)):
            continue
        if _EVERY_THERE.search(case.source, *_before(m.source.start)):
            continue
        things = things or _things(case)
        for thing in things:
            told = _BEHIND_HERE.fullmatch(case.text, m.target.end, thing.target[0][0])
            if told and _EACH_THERE.search(case.source, *_before(thing.source[0][0])):
                message = f"the source has it of each {thing.name}"
                yield about(case, "swap", "major", message, m.source, m.target)
                return


EACH: Final = "每"
TOLD_EACH: Final = "very |ach |er "
_EVERY_HERE: Final = re.compile(r"\b(?:every|each|per) [*]*\Z")
_EVERY_THERE: Final = re.compile(r"每隔?[\s*]*\Z")
_EACH_THERE: Final = re.compile(r"每[个条道份张段轮篇位名次帧台组项][\s*]*\Z")


def _before(at: int) -> Span:
    return max(0, at - NEAR), at


NEAR: Final = 8
"""Each stands within so many characters in front of what it is said of."""


def _things(case: Case) -> Sequence[Thing]:
    found = (*names_of(case.source, case.text), *words_of(case.source, case.text))
    return [t for t in found if t.once and t.weight >= WORD]
