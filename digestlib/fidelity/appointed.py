"""Two things that come on a date each, told the other way round: the code on 15 September, the data by October.

Either text tells the two in a part of their own, and what each part of the source begins with decides.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.dates import Date, dates
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import SIGN
from digestlib.fidelity.witnesses import in_both, things_once
from digestlib.models import Finding

_MARK_THERE: Final = re.compile(r"[，；。\n]")
_MARK_HERE: Final = re.compile(
    r"[;\n]|\.(?=\s|$)|,? (?:while|whereas|but|though|although)\b|, (?:and|with)\b|(?<=\d),? and (?=the )"
)
_PAIR: Final = 2


def exchanged_dates(case: Case) -> Iterator[Finding]:
    """What the source has on the one date stands with the other one, and the other way round."""
    there, here = _once(dates(case.source)), _once(dates(case.text))
    if len(there) != _PAIR or there.keys() != here.keys():
        return
    one, other = sorted(there, key=lambda date: there[date])
    theirs = _parts(case.source, [there[one], there[other]], _MARK_THERE)
    ours = _parts(case.lowered, [here[one], here[other]], _MARK_HERE)
    if not theirs or not ours:
        return
    things = [t for t in things_once(case) if t.weight >= SIGN]
    firsts = []
    for part, date in zip(theirs, (there[one], there[other]), strict=True):
        inside = [t for t in things if part[0] <= t.source[0][0] and t.source[0][1] <= date[0]]
        firsts.append(min(inside, key=lambda t: t.source[0], default=None))
    first, second = firsts
    if not first or not second or not in_both([first], theirs[0], ours[1]):
        return
    if in_both([second], theirs[1], ours[0]):
        message = f"{first.name} and {second.name} have each other's date"
        yield finding(case, "swap", "major", message, target=here[one], span=there[one])


def exchanged_versions(case: Case) -> Iterator[Finding]:
    """The 7B of March and the 14B of September, told as the 14B of March or the 7B of September."""
    there, here = _once(dates(case.source)), _once(dates(case.text))
    if len(there) != _PAIR or there.keys() != here.keys():
        return
    behind = {date: _VERSION.match(case.source, there[date][1]) for date in there}
    named = {date: told["name"].lower() for date, told in behind.items() if told}
    if len(set(named.values())) != _PAIR:
        return
    for date, other in itertools.permutations(named):
        place = here[other]
        if _is_told_of(named[date], place, case.lowered):
            message = f"{named[date]} has the other's date"
            yield finding(case, "swap", "major", message, target=place, span=there[other])
            return


VERSIONS: Final = "发布的|推出的|开源的|上线的|公布的|问世的|发表的|亮相的"
_VERSION: Final = re.compile(
    rf"份?[初底末]?(?:率先|正式|新|首次|刚刚?)?(?:{VERSIONS})[\s*]*(?P<name>\d[\d.]*[BM](?![A-Za-z])|[A-Za-z][\w.-]*\d[\w.]*)"
)
_CAME: Final = r"(?:released|launched|published|unveiled|introduced|open-sourced|announced|came out|out|debuted|went live|arrived|appeared)"
_CAME_FIRST: Final = re.compile(
    rf"(?:\A|[.;:] |, (?:while|whereas|but|and) )(?:{_CAME} )?(?:back |early |late )?(?:in|on) \Z"
)
_ITS: Final = re.compile(r",? the [*]*")
_CAME_BEHIND: Final = re.compile(
    rf"(?: [a-z]+){{0,2}},? (?:that |which )?(?:was |were |had )?{_CAME}(?: [a-z]+)? (?:in|on) |(?: [a-z]+)? (?:of|from) | \("
)


def _is_told_of(name: str, place: Span, low: str) -> bool:
    """Whether English has the name right beside the date: released in March, the 14B version."""
    at = low.find(name)
    while at >= 0:
        before, behind = low[at - 1 : at], low[at + len(name) : at + len(name) + 1]
        if not (before.isalnum() or before in "-.") or not before:
            leads = place[1] <= at and _ITS.fullmatch(low, place[1], at)
            if leads and _CAME_FIRST.search(low, max(0, place[0] - NEAR), place[0]):
                return True
            if not behind.isalnum() and _CAME_BEHIND.fullmatch(low, at + len(name), place[0]):
                return True
        at = low.find(name, at + 1)
    return False


NEAR: Final = 40


def _once(told: Sequence[tuple[Date, Span]]) -> dict[Date, Span]:
    """The dates, and where they stand; none where one is told again."""
    counts = Counter(date for date, _ in told)
    return dict(told) if max(counts.values(), default=0) == 1 else {}


def _parts(text: str, places: Sequence[Span], mark: re.Pattern[str]) -> list[Span]:
    """The parts of the sentence that have either date; none where nothing, or too much, parts them."""
    low, high = sorted(places)
    between = list(itertools.islice(mark.finditer(text, low[1], high[0]), _PAIR + 1))
    if not between or len(between) > _PAIR:
        return []
    before = [m.end() for m in mark.finditer(text, max(0, low[0] - REACH), low[0])]
    behind = mark.search(text, high[1], high[1] + REACH)
    end = behind.start() if behind else min(len(text), high[1] + REACH)
    first = max(before, default=max(0, low[0] - REACH)), between[0].start()
    second = between[-1].end(), end
    return [first, second] if places[0] == low else [second, first]


REACH: Final = 160
"""A part is not longer than so many characters on either side of its date."""
