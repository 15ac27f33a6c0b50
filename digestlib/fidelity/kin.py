"""Two names or words of one sort exchanged: the local compressor and the cloud predictor told the other way.

What stands around them votes whether they changed places, as it does for figures. Words of one sort
are listed in `kin.txt`, or end in the same character, 压缩器 and 预测器.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.swaps import single
from digestlib.fidelity.things import NAME, Thing, figures_of, names_of, words_of
from digestlib.fidelity.votes import Votes, owners, votes
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Index
from digestlib.quantities.english_names import FAMILIES

FEW: Final = 12
"""So many pairs of a statement are looked at."""


class Limits(NamedTuple):
    """Votes of the things of either word and of all that make an exchange, without or against doubt."""

    either: float
    every: float
    either_in_doubt: float


LIMITS: Final = {False: Limits(0.1, 0.3, 0.5), True: Limits(0.25, 0.75, 0.75)}
"""For words, and for names, which must be clearer: they are of all sorts."""
DOUBT: Final = 0.06
"""So many votes that they are in place are no doubt."""
ALL_IN_DOUBT: Final = 1.2
"""So many votes of all make an exchange …"""
OUTVOTED: Final = 0.25
"""… where no more than this share of them is against it."""


def exchanged_kin(case: Case) -> Iterator[Finding]:
    """The first two things of one sort that changed places."""
    source, text = case.source, case.text
    if len(text) < len(source):
        return  # so little tells nothing of the places
    names = names_of(source, text)
    if sum("name" in _sorts_of(name) for name in names) < 2 and not _may_have_two(source):
        return
    around = [*names, *words_of(source, text), *figures_of(single(case.matches))]
    around.sort(key=_place)
    for a, b in itertools.islice(_pairs(around, source), FEW):
        sides = [a.source[0], b.source[0]], [a.target[0], b.target[0]]
        others = [t for t in around if t.source[0] not in sides[0]]
        owned = owners(others, *sides, source, text)
        if _is_exchanged(votes(0, 1, owned, sides), LIMITS[a.weight == NAME]):
            message = f"{a.name} and {b.name} are exchanged"
            yield finding(case, "swap", "major", message, target=a.target[0], span=a.source[0])
            return


def _place(thing: Thing) -> Span:
    return thing.source[0]


def _is_exchanged(voted: Votes, limits: Limits) -> bool:
    """Whether all say so, or far more than say that the two are in place."""
    (mine, yours), against = voted.exchanged, sum(voted.in_place)
    if against < DOUBT and min(mine, yours) > limits.either and mine + yours > limits.every:
        return True
    clear = min(mine, yours) > limits.either_in_doubt and mine + yours > ALL_IN_DOUBT
    return clear and against < OUTVOTED * (mine + yours)


def _pairs(things: Sequence[Thing], source: str) -> Iterator[tuple[Thing, Thing]]:
    """Names that stand apart, and words of one sort, that have lost their neighbours to each other."""
    single = [t for t in things if t.once]
    own = [_sorts_of(t) for t in single]
    for i, j in itertools.combinations([i for i, sort in enumerate(own) if sort], 2):
        a, b = single[i], single[j]
        if own[i].isdisjoint(own[j]) or _overlap(a, b):
            continue
        between = a.source[0][1], b.source[0][0]
        if _BOUND.fullmatch(source, *between):
            continue
        if a.weight == NAME and not _APART.search(source, *between):
            continue
        enough = all if own[i] & own[j] == _NAMES else any
        if enough(_lost(*pair, single) for pair in ((i, j), (j, i))):
            yield a, b


_BOUND: Final = re.compile(r"[\s*的]*")
_APART: Final = re.compile(r"[，。；、,;：:（）()和与比较而优超胜于]|vs")
_ENDING: Final = re.compile("[率器语集类机员]")


def _lost(i: int, j: int, things: Sequence[Thing]) -> bool:
    """Whether what stands next to this one in the source stands nearer to the other in English."""
    this, other = things[i], things[j]
    beside = [things[n] for n in (i - 1, i + 1) if n not in (j, -1, len(things))]
    nearest = min(beside, key=lambda t: abs(t.source[0][0] - this.source[0][0]), default=None)
    if nearest is None:
        return False
    at = nearest.target[0][0]
    return abs(at - other.target[0][0]) < abs(at - this.target[0][0])


def _overlap(a: Thing, b: Thing) -> bool:
    """Whether one English word stands for both, or one Chinese word is part of the other."""
    mine, yours = (a.source[0], a.target[0]), (b.source[0], b.target[0])
    return any(p[0] < q[1] and q[0] < p[1] for p, q in zip(mine, yours, strict=True))


def _may_have_two(source: str) -> bool:
    """Whether the source has two words of one sort."""
    endings = _ENDING.findall(source)
    if len(set(endings)) < len(endings):
        return True
    words, index = _words()
    seen: set[int | str] = set()
    for number in index.within(source):
        if seen & words[number]:
            return True
        seen |= words[number]
    return False


def _sorts_of(thing: Thing) -> frozenset[int | str]:
    if thing.weight == NAME:
        if not _A_NAME.match(thing.name):
            return _NOTHING
        return _NAMES if FAMILIES.isdisjoint(_PART.findall(thing.name.lower())) else _MODELS
    found: frozenset[int | str] = sorts().get(thing.name, _NOTHING)
    ending = thing.name[-1] if len(thing.name) > 1 else ""
    return found | {ending} if _ENDING.match(ending) else found


_NAMES: Final = frozenset(("name",))
_MODELS: Final = frozenset(("name", "model"))
_PART: Final = re.compile("[a-z]+")
_A_NAME: Final = re.compile(r"[A-Za-z$][ -~]+\Z")
_NOTHING: Final[frozenset[int | str]] = frozenset()


@once
def sorts() -> dict[str, frozenset[int | str]]:
    """By each word of the file the numbers of its sorts."""
    file = resources.files(__package__).joinpath("kin.txt")
    found: dict[str, set[int | str]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        for word in line.split() if not line.startswith("#") else ():
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@once
def _words() -> tuple[list[frozenset[int | str]], Index]:
    """The sorts of each word, and which of the words a source may have."""
    return list(sorts().values()), Index([word] for word in sorts())
