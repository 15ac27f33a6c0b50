"""English wordings compared word by word, whatever their endings and hyphens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

Span = tuple[int, int]

WORD = re.compile(r"[^\W_]+")
GAP_IN_ENGLISH = re.compile(r"[\s\-\u2010-\u2013]*")
ABBREVIATION = re.compile(r"\w*[A-Z]\w*[A-Z]\w*")
PLURAL = re.compile(r"(?<=[^suix])s$|(?<=ss)es$|(?<=x)es$|(?<=[cs]h)es$")
ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|e)$")
DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")
SMALL_WORDS = {"by", "for", "free", "from", "in", "of", "on", "the", "to", "with", "without"}
ROOT = 4  # letters


def spans_of(
    text: str, keys: Iterable[str], form: Callable[[str], str]
) -> Iterator[tuple[str, Span]]:
    """(key, span) wherever a run of words, put into that form and joined, is one of the keys."""
    keys = list(keys)
    run = "".join(map(form, WORD.findall(text))) if keys else ""
    wanted = tuple({key for key in keys if key in run})
    if not wanted:
        return
    words = [(form(word.group()), word.span()) for word in WORD.finditer(text)]
    longest = max(map(len, wanted))
    for index, (first, (start, end)) in enumerate(words):
        if not any(key.startswith(first) for key in wanted):
            continue
        key = ""
        for word, (begin, stop) in words[index : index + longest]:
            if not GAP_IN_ENGLISH.fullmatch(text, min(end, begin), begin):
                break
            key, end = key + word, stop
            if len(key) > longest:
                break
            if key in wanted:
                yield key, (start, end)


@lru_cache(maxsize=16_384)
def joined(wording: str, form: Callable[[str], str]) -> str:
    """The words of a wording in that form, without what stands between them."""
    return "".join(form(word) for word in WORD.findall(wording))


def keys_of(wordings: Iterable[str], form: Callable[[str], str]) -> set[str]:
    """Wordings as `spans_of` looks for them."""
    return {joined(wording, form) for wording in wordings}


@lru_cache(maxsize=16_384)
def singular(word: str) -> str:
    """Lower case, in the singular, and -ise for -ize."""
    word = word.lower().replace("z", "s")
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else PLURAL.sub("", word)


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """The same for model, models, modelled and modelling."""
    return DOUBLED.sub(r"\1", ENDING.sub("", singular(word)))


def not_within(
    found: Iterable[tuple[str, Span]], others: Iterable[Span]
) -> Iterator[tuple[str, Span]]:
    """What lies in no larger one of the other spans."""
    ordered = sorted(others)
    reach = list(accumulate((end for _, end in ordered), max))
    for key, span in found:
        before, upto = bisect_left(ordered, span), bisect_right(ordered, span)
        starts_earlier = before > 0 and reach[before - 1] >= span[1]
        ends_later = upto < len(ordered) and ordered[upto][0] == span[0]
        if not (starts_earlier or ends_later):
            yield key, span
