"""Who beats, matches or loses to whom, told of the same names in both texts.

Chinese says of each name whether it is beaten or matched; English must not say that it wins. The
names decide, not the word: B is outperformed by A is right for A 优于 B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.comparisons import IT
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.models import Finding
from digestlib.patterns import Guarded, guarded

Rank = Literal["beaten", "matched"]


class _Told(NamedTuple):
    """A word of rank, and the stretches in front of and behind it that belong to it."""

    said: str
    span: tuple[int, int]
    before: tuple[int, int]
    after: tuple[int, int]


RANKED: Final = "超|优于|胜过|领先|击败|好于|持平|相当|不相上下|媲美|比肩|匹敌"
"""What each Chinese word of rank has."""
EQUAL: Final = "持平|相当|不相上下|媲美|比肩|匹敌"
_BEATS_THERE: Final = guarded(
    r"超越|超过(?!了?[\s*]*[\d一二两三四五六七八九十几半])|优于|胜过|领先于?|击败|赶超|好于|反超|[远大]超",
    *("超", "优于", "胜过", "领先", "击败", "好于"),
)
_MATCHES_THERE: Final = guarded(
    r"(?P<with>[与和同跟](?P<named>[^，。；;\n]{2,90}?)(?:(?:性能|表现|水平|结果|效果|大致|基本){0,2})"
    r"(?:持平|相当(?!于)|不相上下|比肩|媲美))|(?:媲美|比肩|匹敌)",
    *("持平", "相当", "不相上下", "媲美", "比肩", "匹敌"),
)
_BEHIND_THERE: Final = re.compile(r"落后|不及|劣于|逊|次于|不如|差于|弱于|差距|低于|少于|小于|短于")
AMOUNT: Final = (
    r" [*]*(?:(?:about|some|around|roughly|nearly|almost|over|up to|as much as|more than|at least|a full|just|only) )?"
    r"[*]*(?:\W?\d|an? (?:\w+ )?(?:margin|lot|mile|hair|factor)\b)"
)
"""Surpassed by 29% is surpassed by nobody in particular."""
_LOSES: Final = guarded(
    r"\b(?:lag(?:s|ged|ging)?(?: (?:far|well|clearly))? behind|trail(?:s|ed|ing)?|"
    r"(?:is|are|falls?|falling|fell)(?: \w+){0,2} short of|los(?:es?|t|ing) (?:out )?to|"
    r"underperform(?:s|ed|ing)?|inferior to|worse than|weaker than|no match for|"
    r"(?:is|are|was|were|remains?|falls?|fell|still)(?: \w+){0,2} (?:below|behind)(?!"
    + AMOUNT
    + r")|"
    r"(?:surpassed|outperformed|beaten|overtaken|exceeded) by\b(?!" + AMOUNT + r"))\b",
    *("lag", "trail", "short of", "los", "underperform", "inferior", "worse", "weaker"),
    *("no match", "below", "behind", "by"),
)
_WINS: Final = guarded(
    r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beat(?:s|en|ing)?|overtak(?:es?|ing)|"
    r"(?:clearly |significantly )?(?:better than|superior to)|ahead of|defeats?)\b(?! by)",
    *("outperform", "surpass", "beat", "overtak", "better than", "superior to", "ahead", "defeat"),
)
_MATCHES: Final = re.compile(
    r"\bon (?:a )?par|\bmatch|\brival|\bcompar|\bequal|\blevel|\bequivalent|\bcompet|\bsimilar|\bclose(?!d)"
)
_END_THERE: Final = re.compile(r"[，。；：;\n]")
_END_HERE: Final = re.compile(
    r"[:;\n]|\.(?=\s|$)|\b(?:while|whereas|but|though|although|yet|however)\b|"
    r", (?:and|even|still|which|who)\b|,? (?:as|and so) (?:is|are|was|were|do|does|did)\b"
)
REACH: Final = 160
"""A name belongs to a word of rank within so many characters."""


def changed_rivals(case: Case) -> Iterator[Finding]:
    """A loses to B, or only matches it, or beats it, where the source says otherwise of B."""
    source, text = case.source, case.text
    low = case.lowered
    lost, won = list(_told(_LOSES, low, _END_HERE)), list(_told(_WINS, low, _END_HERE))
    if not lost and not won:
        return
    beats, matches = list(_told(_BEATS_THERE, source, _END_THERE)), list(_matched(source))
    if not beats and not matches:
        return
    things = list(names_of(source, text))
    if "\n" not in source.strip():
        things += [t for t in words_of(source, text) if t.once and t.weight == WORD]
    beaten = {t.name for told in beats for t in _within(things, told.after, there=True)}
    matched = {t.name for span in matches for t in _within(things, span, there=True)}
    for told in lost if not _BEHIND_THERE.search(source) else ():
        rivals = {t.name for t in _within(things, told.after, there=False)}
        if IT.match(text, told.span[1]):
            continue
        if wrong := sorted(rivals & (beaten | matched)):
            yield _finding(case, f"the source does not put {wrong[0]} ahead", told)
    level = matches and not beats and not _MORE_THERE.search(source) and not _MATCHES.search(low)
    for told in won:
        rivals = {t.name for t in _within(things, told.after, there=False)}
        wrong = sorted(rivals & matched - beaten)
        if level and not _DENIES.search(low, *told.before):
            yield _finding(case, "the source says that it is matched", told)
        elif wrong and not _MATCHES.search(low):
            yield _finding(case, f"the source says that {wrong[0]} is matched", told)


_MORE_THERE: Final = re.compile(
    r"[超胜赢败更]|优于|领先|不[及如]|[高低优好强快慢多少弱差]于|其余|其他|另|落后|部分|[\d一二两三四五六七八九十]\s*[项个]"
)
_DENIES: Final = re.compile(
    r"\b(?:no|not|never|neither|nor|without|none|cannot|fail\w*)\b|n['’]t\b"
)


def changed_equals(case: Case) -> Iterator[Finding]:
    """2.3 times that of SGLang and level with vLLM, where the source has vLLM beaten and SGLang level."""
    equals = list(_LEVEL_WITH.finditer(case.lowered))
    matched = list(_matched(case.source)) if len(equals) == 1 else []
    if len(matched) != 1:
        return
    told = equals[0]
    stop = _PHRASE_ENDS.search(case.text, told.end())
    behind = told.end(), stop.start() if stop else len(case.text)
    names = names_of(case.source, case.text)
    here = {t.name for t in _within(names, behind, there=False)}
    there = {t.name for t in _within(names, matched[0], there=True)}
    if here and there and here.isdisjoint(there):
        message = f"the source says that {min(there)} is matched, not {min(here)}"
        yield finding(case, "swap", "major", message, target=told.span(), span=matched[0])


_LEVEL_WITH: Final = re.compile(
    r"\b(?:level with|on (?:a )?par with|in line with|comparable (?:to|with)|(?:neck and neck|tied|drawn level) with|"
    r"match(?:es|ed|ing)?|equal(?:s|led|ling)?)\b"
)
_PHRASE_ENDS: Final = re.compile(r"[,;:]|\.(?=\s|$)|\b(?:and|but|while|whereas|at|on|in)\b")


def _finding(case: Case, message: str, told: _Told) -> Finding:
    return finding(case, "direction", "major", message, target=told.span)


def _told(words: Guarded, text: str, end: re.Pattern[str]) -> Iterator[_Told]:
    for word in words.finditer(text):
        low, high = max(0, word.start() - REACH), word.end() + REACH
        starts = [mark.end() for mark in end.finditer(text, low, word.start())]
        stop = end.search(text, word.end(), high)
        before = (starts[-1] if starts else low), word.start()
        yield _Told(word[0], word.span(), before, (word.end(), stop.start() if stop else high))


def _matched(source: str) -> Iterator[tuple[int, int]]:
    """Where what is matched stands: 与 B 相当, 媲美 B."""
    for told in _MATCHES_THERE.finditer(source):
        if told["with"]:
            yield told.span("named")
        else:
            stop = _END_THERE.search(source, told.end())
            yield told.end(), stop.start() if stop else len(source)


def _within(things: Sequence[Thing], span: tuple[int, int], *, there: bool) -> list[Thing]:
    start, end = span
    places = [(t, (t.source if there else t.target)[0]) for t in things]
    return [t for t, place in places if start <= place[0] and place[1] <= end]
