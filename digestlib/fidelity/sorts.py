"""Of which sorts a thing is: what can be told in the place of each other, and so be exchanged.

Words of one sort are data, in `kin.txt`; the names of models are a sort.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from digestlib.fidelity.things import NAME, Thing
from digestlib.once import once
from digestlib.quantities.english_names import FAMILIES


def sorts_of(thing: Thing) -> frozenset[int | str]:
    """The sorts of a name or word; of none of them nothing can be told in its place."""
    return _of_a_name(thing.name) if thing.weight == NAME else _of_a_word(thing.name)


@lru_cache(maxsize=1024)
def _of_a_name(name: str) -> frozenset[int | str]:
    if not _LATIN.match(name):
        return _NOTHING
    return NAMED if FAMILIES.isdisjoint(_PART.findall(name.lower())) else _MODELS


@cache
def _of_a_word(word: str) -> frozenset[int | str]:
    own = sorts().get(word) or sorts().get(_HEAD.sub("", word), _NOTHING)
    return own | _BASELINES if word.startswith("基线") else own


_HEAD: Final = re.compile("(?:数据集|数据|模型|图像|视频|场景|阶段|任务)$")
"""A synthetic dataset is of the sort of what is synthetic."""
_LATIN: Final = re.compile("[A-Za-z]")
_BASELINES: Final = frozenset(("method",))
NAMED: Final = frozenset(("name", "method"))
_MODELS: Final = frozenset(("name", "method", "model"))
_PART: Final = re.compile("[a-z]+")
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
