"""Who is compared with whom: A ahead of B told as A behind B, or as B ahead of A."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.compared import GREATER, LESSER
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.occurrences import occurs
from digestlib.fidelity.things import WORD, words_of
from digestlib.models import Finding
from digestlib.patterns import guarded

_AHEAD: Final = guarded(
    r"(?<![未不没])(?<!没有)(?<!未能)(?:超越|超过|优于|胜过|领先于?|击败|赶超|好于|超出|反超|远超|大超)",
    *("超", "优于", "胜过", "领先", "击败", "好于"),
)
_BEHIND: Final = guarded(
    r"落后于?|不及|劣于|逊于|次于|不如|逊色于", "落后", "不及", "劣于", "逊", "次于", "不如"
)
_MORE: Final = guarded(r"(?<![未不没])(?<!没有)(?:高于|多于|大于|长于|高过)", "于", "高过")
_LESS: Final = guarded(r"低于|少于|小于|短于", "于")
_PASSIVE: Final = r"(?: (?:only|just|overall|\w+ly)){0,3} by\b(?! [*]*\W?\d)"
_IS_AHEAD: Final = guarded(
    r"\b(?:surpass\w*|outperform(?:s|ed|ing)?|beats?|beating|ahead of|exceed\w*|better than|"
    rf"overtak\w+|above|higher than|superior to)\b(?!{_PASSIVE})",
    *("surpass", "outperform", "beat", "ahead", "exceed", "better", "overtak", "above", "higher"),
    "superior",
)
_IS_BEHIND: Final = guarded(
    r"\b(?:behind|trail\w*|short of|underperform\w*|worse than|inferior to|second only|lag\w*|below|"
    rf"los(?:es|t|ing) (?:out )?to|(?:surpass|outperform|exceed|best|outdo|top|eclips|overtak|beat)(?:e?d|e?n|ne){_PASSIVE}|"
    r"runner-up to)\b",
    *("behind", "trail", "short of", "underperform", "worse", "inferior", "second only", "lag"),
    *("below", " to", " by"),
)
_IS_MORE: Final = guarded(
    r"\b(?:(?:higher|more|larger|greater|longer) (?:[\w-]+ ){0,3}than|above|ahead of|exceed\w*)\b",
    *(" than", "above", "ahead", "exceed"),
)
_IS_LESS: Final = guarded(
    r"\b(?:(?:lower|fewer|less|smaller|shorter) (?:[\w-]+ ){0,3}than|below|short of|behind)\b",
    *(" than", "below", "short of", "behind"),
)
_LONGER: Final = guarded(r"超越|超过|超出|长于", "超", "长于")
_SHORTER: Final = guarded(r"短于|不及", "短于", "不及")
_IS_LONGER: Final = guarded(
    r"\b(?:longer|beyond|exceed\w*|surpass\w*|outlast\w*|more|greater|larger|above|over|ahead)\b",
    *("long", "beyond", "exceed", "surpass", "outlast", "more", "great", "large", "above", "over"),
    "ahead",
)
_IS_SHORTER: Final = guarded(r"\b(?:shorter|smaller) than\b", "shorter", "smaller")
_FASTER: Final = guarded("快于", "快于")
_SLOWER: Final = guarded("慢于", "慢于")
_IS_FASTER: Final = guarded(r"\b(?:fast|quick)er than\b", "er than")
_IS_SLOWER: Final = guarded(r"\bslower than\b", "slower than")
_AMOUNTS: Final = (_IS_MORE, _IS_LESS)
_RANKS: Final = (
    ((_AHEAD, _BEHIND), (_IS_AHEAD, _IS_BEHIND)),
    ((_MORE, _LESS), _AMOUNTS),
    ((_LONGER, _SHORTER), (_IS_LONGER, _IS_SHORTER)),
    ((_FASTER, _SLOWER), (_IS_FASTER, _IS_SLOWER)),
)
"""Words that put something ahead or behind, in Chinese and in English of lower case."""
FEW: Final = 40
"""A statement has no more comparisons than this; what follows is not read."""
_NAMED: Final = re.compile(
    r"(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]*\d[A-Za-z0-9_.-]*(?!\.?\d|[ *]*[%％分个倍万亿点]))?)"
)


def changed_rank(case: Case) -> Iterator[Finding]:
    """Ahead told as behind: of a name, of a common noun, of what the sentence is about."""
    yield from _turned_names(case)
    yield from _turned_nouns(case)
    yield from _lowered_subject(case)


RANKED: Final = "超|优于|胜过|领先|击败|好于|落后|不及|劣于|逊|次于|不如|高于|多于|大于|长于|高过|快于|慢于|低于|少于|小于|短于"
"""What each Chinese word of rank has."""


def _turned_names(case: Case) -> Iterator[Finding]:
    """Ahead of X for behind X: the same name stands behind a word of the other meaning."""
    source, low = case.source, case.lowered
    for theirs, ours in _RANKS:
        for sign in (0, 1):
            words = list(itertools.islice(theirs[sign].finditer(source), FEW))
            if (
                words
                and not theirs[1 - sign].search(source)
                and not ours[sign].search(low)
                and not (ours is _AMOUNTS and (LESSER if sign else GREATER).search(low))
            ):
                turned = list(itertools.islice(ours[1 - sign].finditer(low), FEW))
                for word, other in itertools.product(words, turned):
                    yield from _turned_rank(case, word, other)


def _turned_nouns(case: Case) -> Iterator[Finding]:
    """Far above the baselines told as far below the baselines: a common noun that both put behind."""
    source, low = case.source, case.lowered
    for theirs, ours in _RANKS[:2]:
        word, turned = theirs[0].search(source), ours[1].search(low)
        if not word or not turned or theirs[1].search(source) or _BETTER.search(low):
            continue
        for thing in words_of(source, case.text):
            after = word.end() <= thing.source[0][0] <= word.end() + BETWEEN
            told = turned.end() <= thing.target[0][0] <= turned.end() + BETWEEN
            apart = _APART.match(low[turned.end() : thing.target[0][0]])
            between = _SPAN_OF_TIME.sub("", source[word.end() : thing.source[0][1]])
            if after and told and not apart and _is_beside(between):
                yield _turned(case, f"ahead of {thing.name} in the source", word, turned)
                return


_SPAN_OF_TIME: Final = re.compile(r"[\d一二两三四五六七八九十]+\s?(?:年|个?月|天|周|个?季度)")
"""超过过去十年的总和 names no figure that it is above."""
_APART: Final = re.compile(r" \W{0,3}\d|.*?[.;:]\s", re.DOTALL)
"""Below 32,000 tokens is below nothing else."""


def _turned(case: Case, message: str, word: re.Match[str], other: re.Match[str]) -> Finding:
    return finding(
        case,
        "direction",
        "major",
        message,
        target=other.span(),
        span=word.span(),
    )


def _is_beside(between: str) -> bool:
    """Whether nothing but words stands between a word of rank and what is behind."""
    return not re.search(r"[，。；：在\n\d一二两三四五六七八九十半]", between)


def _lowered_subject(case: Case) -> Iterator[Finding]:
    """A ahead of others, told as A below others: nobody else is named that it could be ahead of."""
    source, text, low = case.source, case.text, case.lowered
    word, told = _AHEAD.search(source), _IS_BEHIND.search(low)
    if word and _LIMIT.match(source, word.end()):
        return
    if not word or not told or _BEHIND.search(source) or _BETTER.search(low):
        return
    subject = _subject(source, word)
    if _LEAVES.search(low[: told.start()]):
        return
    if (
        subject
        and occurs(subject, _END.split(text[: told.start()])[-1])
        and not occurs(subject, text[told.end() :])
    ):
        message = f"the source puts {subject} ahead"
        yield finding(case, "direction", "major", message, target=told.span())


_LIMIT: Final = re.compile(r"了?[\s*]*[\d一二两三四五六七八九十百几半](?![\d.]*\s?[BM])")
"""提前超过 10 天: who is ahead of whom it does not say."""
_LEAVES: Final = re.compile(r"\b(?:leav(?:es?|ing)|left)\b(?:[^.;]|\.(?=\d)){0,100}$")
"""A leaves B far behind."""
_BETTER: Final = re.compile(
    r"\b(?:surpass|outperform|beat|ahead|exceed|better|best|overtak|above|higher|superior|lead|top|gain|"
    r"improv|advantage|strong|win|won|advance|more|faster|rise|rais|boost|lift)"
)


def _turned_rank(case: Case, word: re.Match[str], other: re.Match[str]) -> Iterator[Finding]:
    source, text = case.source, case.text
    named = _SIZED.match(source, word.end()) or _NAMED.search(
        source, word.end(), word.end() + BETWEEN
    )
    if named is None or named.start(1) > word.end() + 24:
        return
    if _ELSEWHERE.search(source, word.end(), named.start(1)):
        return
    if occurs(named[1], source[max(0, word.start() - 200) : word.start()]):
        return
    if IT.match(text, other.end()):
        return
    if occurs(named[1].split()[0], _END.split(text[other.end() : other.end() + BETWEEN])[0]):
        yield _turned(case, f"ahead of or behind {named[1]}", word, other)


_SIZED: Final = re.compile(r"了?\s*(\d+(?:\.\d+)?[BM])(?![A-Za-z0-9])(?!\s?(?:参数|tokens?|个))")
"""超过了 7B 模型: a model may be named by its size."""
_ELSEWHERE: Final = re.compile(r"[：。；在]|\d\s?[万亿千百]?\s?\Z")
"""What is named behind these is not what the word of rank is about, nor what a figure counts."""
IT: Final = re.compile(r" (?:by )?(?:it|this|them|both(?! [A-Z*]))\b(?!['’-])")
"""A name that follows is not what is beaten: B trails it, with 12% for B."""
_END: Final = re.compile(
    r"[.:;](?=\s)|\n|, (?:which|who)\b|,? \b(?:though|although|but|while|whereas|yet|however|(?:and|as) (?:is|are|was|were|so|do|does|did))\b"
)
_COMPARED: Final = re.compile(
    r"(?:比|较|相比于?|相较于?|优于|超过|超越|领先|反超|赶超|高于|低于|落后于?|不如)(?:了|之下)?(?:[^，。；、A-Za-z]{1,12}的)?\s*\*{0,2}"
    r"(?P<name>[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]*\d[A-Za-z0-9_.-]*(?!\.?\d|[ *]*[%％分个倍万亿点]))?)"
)
_COMPARING: Final = re.compile(
    r"\b(?:than|over|against|compared (?:with|to)|relative to|versus|vs\.?|outperforms?|beats?|"
    r"surpass(?:es)?|exceeds?|leads|leading|trails|trailing|overtakes?|behind|ahead of|above|below)(?: that of| the(?: [\w-]+)?|[^;,]{0,16} (?:for|of|with))?\s*\*{0,2}$",
    re.IGNORECASE,
)


def is_reversed(case: Case, at: int) -> bool:
    """A leads B, B trails A: what Chinese compares with is the subject of English."""
    source, text = case.source, case.text
    for compared in itertools.islice(_COMPARED.finditer(source), FEW):
        name = compared["name"]
        first = _find_name(name, text)
        if 0 <= first < at and not _COMPARING.search(text[max(0, first - 30) : first]):
            return _find_name(name, text[at:]) < 0
    return any(turned < at for turned, _ in turned_sides(case))


_SIDE_THERE: Final = re.compile(
    r"(?:[与和同跟比较]|相比于?|相较于?|优于|超[过越]|领先于?|[高低]于|落后于?|不如)(?P<side>[^，。；：、,;\d]{1,18}?)"
    r"(?=相比|相较|比较|而言|[，,。\d高低多少快慢更]|提升|降低|提高|减少|节省|$)"
)
_COMPARES_THERE: Final = re.compile(
    r"相比|相较|较(?!为|好|多|大|长|高)|比(?<![相对占可]比)(?![例如较特率])|优于|超[过越]|领先|高于|低于|落后|不如|[高低多少]出(?=[^\d\s约近了*])"
)
SIDES: Final = "比|较|优于|超过|超越|领先|高于|低于|落后|不如"
"""What each Chinese comparison has."""
_SIDE_HERE: Final = re.compile(
    r"\b(?:compared (?:with|to)|relative to|than|over(?! \W?\d| (?:a|one|two|three|four|five|six|seven|eight|nine|ten|several|many|time|the (?:past|last|next|course|years|whole|entire))\b)|versus|vs\.?|unlike|"
    r"behind|below|above|ahead of|outperform\w*|beats?|surpass\w*|trail\w*)\b[^.,;:]{0,40}",
    re.IGNORECASE,
)


def compares_once(case: Case) -> bool:
    """Whether either text compares something with something else, and does so once."""
    return all(
        len(list(itertools.islice(words.finditer(text), 2))) == 1
        for words, text in (
            (_COMPARES_THERE, case.source),
            (_SIDE_THERE, case.source),
            (_SIDE_HERE, case.text),
        )
    )


def turned_sides(case: Case) -> Iterator[tuple[int, int]]:
    """Where English has as its subject what Chinese compares with, and compares with the other.

    Only where both texts compare once.
    """
    source, text = case.source, case.text
    if not compares_once(case):
        return
    sides = list(_SIDE_THERE.finditer(source))
    compared = list(_SIDE_HERE.finditer(text))
    things = [t for t in words_of(source, text) if t.once and t.weight == WORD]
    low, high = sides[0].span("side")
    theirs = {t.target[0] for t in things if low <= t.source[0][0] < high}
    ours = {
        t.target[0] for t in things if compared[0].start() <= t.target[0][0] < compared[0].end()
    }
    if ours and not theirs & ours:
        yield from sorted(theirs)


def _subject(source: str, compared: re.Match[str]) -> str | None:
    """The name in front of the comparison, in its sentence."""
    low = max(0, compared.start() - 200)
    start = max(low, *(source.rfind(mark, low, compared.start()) + 1 for mark in "。；\n"))
    names = list(_NAMED.finditer(source, start, compared.start()))
    return names[0][1] if len(names) == 1 else None


def _find_name(name: str, text: str) -> int:
    found = re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text, re.I)
    return found.start() if found else -1


# ---------------------------------------------------------------- two figures compared

_MORE_THERE: Final = re.compile(r"高于|多于|大于|长于|优于|高过")
_LESS_THERE: Final = re.compile(r"低于|少于|小于|短于|不及")
_MORE_HERE: Final = re.compile(
    r"\b(?:higher|more|larger|greater|better|longer|faster) than\b|\bup from\b|\babove\b|\bexceed\w*",
    re.IGNORECASE,
)
_LESS_HERE: Final = re.compile(
    r"\b(?:lower|fewer|less|smaller|shorter|slower) than\b|\bdown from\b|\bbelow\b|\bshort of\b",
    re.IGNORECASE,
)
BETWEEN: Final = 60
"""Two figures are compared with each other within so many characters."""


COMPARED: Final = "高于|多于|大于|长于|优于|高过|低于|少于|小于|短于|不及"
"""Chinese words between two figures that are compared."""


def turned_comparisons(case: Case) -> Iterator[Finding]:
    """8.7, higher than the 8.1 of B, told as 8.1, higher than the 8.7 of B."""
    matches, source, text = case.figures, case.source, case.text
    theirs = {
        (id(a.source), id(b.source)): sign
        for a, b in itertools.pairwise(sorted(matches, key=lambda m: m.source.start))
        if (sign := _told(source, a.source.end, b.source.start, _MORE_THERE, _LESS_THERE))
    }
    for a, b in itertools.pairwise(sorted(matches, key=lambda m: m.target.start)) if theirs else ():
        sign = _told(text, a.target.end, b.target.start, _MORE_HERE, _LESS_HERE)
        same = theirs.get((id(a.source), id(b.source)), 0)
        other = theirs.get((id(b.source), id(a.source)), 0)
        if sign and (sign == -same or sign == other):
            message = "the comparison is turned around"
            yield about(case, "swap", "major", message, a.source, a.target)


def _told(text: str, start: int, end: int, more: re.Pattern[str], less: re.Pattern[str]) -> int:
    """1 for more, -1 for less, 0 for neither or both between two figures."""
    if not start <= end <= start + BETWEEN or re.search(r"[.;。；\n](?!\d)", text[start:end]):
        return 0
    if aside := _ASIDE.search(text, start, end):
        start = aside.end()
    return bool(more.search(text, start, end)) - bool(less.search(text, start, end))


_ASIDE: Final = re.compile(r",(?= and\b)|,?(?= (?:but|yet|though|still|while)\b)")
"""4 points above its predecessor, still under 35%: each is compared with something else."""
