"""The names of a unit in other spellings: square-metre, kilogramme, milligrams per kilogram."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final


def respelled(names: Sequence[str]) -> list[str]:
    """The names with those of one, with gramme for gram, and with hyphens for spaces and back."""
    spelled = [*names, *(name[:-1] for name in names if _PLURAL.fullmatch(name))]
    spelled += [re.sub(r"gram(s?)$", r"gramme\1", name) for name in spelled]
    spelled += [name.replace("-", " ") for name in spelled if "-" in name.strip("-")]
    spaced = [name for name in spelled if " " in name]
    spaced += [name.removesuffix("s") for name in spaced]
    return [*spelled, *(name.replace(" ", "-") for name in spaced)]


_PLURAL: Final = re.compile("(?!times|inches)[a-z]{4,}s")


def per_in_english(tops: Sequence[str], bottoms: Sequence[str]) -> tuple[str, ...]:
    """What is written mg/kg: milligrams per kilogram, mg a kilogram."""
    singular = [name for name in bottoms if not name.endswith("s") or len(name) < _SHORT]
    return tuple(f"{a} {per} {b}" for a in tops for b in singular for per in ("per", "a"))


_SHORT: Final = 3
"""Names of fewer letters, such as s, are no plurals."""


def per_in_chinese(tops: Sequence[str], bottoms: Sequence[str]) -> tuple[str, ...]:
    """毫克/千克, 毫克每千克."""
    return tuple(f"{a}{per}{b}" for a in tops for b in bottoms for per in ("/", "每"))
