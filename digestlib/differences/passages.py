"""Passages of two versions of a text: which belong together, and which figures and terms differ."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ..glossary import load_glossary
from ..models import Frozen
from ..quantities import find_quantities

LIKENESS = 0.5
"""From which share of common words on two passages count as versions of one."""
_NAME = r"\b(?:[A-Z][a-z]*[A-Z0-9][\w.+-]*\w|[A-Z]{2,}[\w.+-]*|[A-Z][a-z]+(?:-[A-Z0-9][\w.]*)+)"


Moved = dict[str, Counter[str | None]]


class Change(Frozen):
    """What stood there and what stands there now; None where it is new or gone."""

    old: str | None
    new: str | None


def pair_passages(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """The passages that differ, each with its other version where there is one."""
    gone = Counter(old) - Counter(new)
    come = Counter(new) - Counter(old)
    left = [text for text in dict.fromkeys(old) if gone[text]]
    pairs = []
    for text in (text for text in dict.fromkeys(new) if come[text]):
        other = max(left, key=lambda one: _likeness(one, text), default=None)
        if other is not None and _likeness(other, text) >= LIKENESS:
            left.remove(other)
            pairs.append(Change(old=other, new=text))
        else:
            pairs.append(Change(old=None, new=text))
    return [*pairs, *(Change(old=text, new=None) for text in left)]


def figure_changes(pairs: Iterable[Change]) -> tuple[Change, ...]:
    """Figures that were replaced, taken out or put in."""
    return _changes(pairs, lambda text: [quantity.text for quantity in find_quantities(text)])


def term_changes(pairs: Iterable[Change]) -> tuple[Change, ...]:
    """Names and terms that were replaced, taken out or put in, in passages that have both versions."""
    versions = [pair for pair in pairs if pair.old is not None and pair.new is not None]
    return _changes(versions, lambda text: [match[0] for match in _terms().finditer(text)])


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _changes(pairs: Iterable[Change], items_of: Callable[[str], list[str]]) -> tuple[Change, ...]:
    found = []
    for pair in pairs:
        found += _replaced(items_of(pair.old or ""), items_of(pair.new or ""))
    return tuple(_without_moved(found))


def _replaced(old: list[str], new: list[str]) -> list[Change]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    spans = [(old[a:b], new[c:d]) for tag, a, b, c, d in codes if tag != "equal"]
    return [Change(old=a, new=b) for were, are in spans for a, b in zip_longest(were, are)]


def _without_moved(changes: Sequence[Change]) -> list[Change]:
    """Without what only went from one passage to another."""
    gone = Counter(change.old for change in changes if change.new is None)
    come = Counter(change.new for change in changes if change.old is None)
    moved = gone & come
    left: Moved = {"old": Counter(moved), "new": Counter(moved)}
    return [change for change in changes if not _is_moved(change, left)]


def _is_moved(change: Change, left: Moved) -> bool:
    side, item = ("old", change.old) if change.new is None else ("new", change.new)
    if (change.old is not None and change.new is not None) or not left[side][item]:
        return False
    left[side][item] -= 1
    return True


@functools.cache
def _terms() -> re.Pattern[str]:
    """Names, which have a capital or a digit within, and the English of the glossary."""
    wordings = {wording for term in load_glossary().terms for wording in term.right}
    longest_first = sorted(wordings, key=lambda wording: (-len(wording), wording))
    words = "|".join(re.escape(wording) for wording in longest_first)
    return re.compile(rf"{_NAME}|\b(?i:{words})s?\b")
