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
