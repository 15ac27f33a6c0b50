"""Languages that English must take over: 泰卢固语 is Telugu, not Tamil."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.lexicon import languages
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Strings


def changed_languages(case: Case) -> Iterator[Finding]:
    """A language that the source does not name, where it names others."""
    source, text = case.source, case.text
    if not _any_language().within(text):
        return
    theirs = {english for english, pattern in _languages() if pattern[0].search(source)}
    gone = [english for english in sorted(theirs) if not any(name in text for name in english)]
    for english, (_, pattern) in _languages() if theirs else ():
        if english in theirs or (not gone and english[0] in ("English", "Chinese")):
            continue
        if found := pattern.search(text):
            yield finding(
                case,
                "name",
                "critical",
                f"the source does not name {found[0]}",
                target=found.span(),
                suggestion=gone[0][0] if len(gone) == 1 else None,
            )


SPEECH: Final = "语|文|话"
"""What each Chinese name of a language has."""


@once
def _any_language() -> Strings:
    """The English names of all languages, perhaps within a word."""
    return Strings(english_words())


@once
def _languages() -> tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], re.Pattern[str]]], ...]:
    """The English names of each language, and the patterns of its Chinese and English names."""
    return tuple(
        (english, (re.compile(chinese), re.compile(rf"\b(?:{'|'.join(english)})\b")))
        for chinese, english in languages().items()
    )


@cache
def english_words() -> frozenset[str]:
    """The English names of all languages."""
    return frozenset(word for words in languages().values() for word in words)


TRANSLATED: Final = "译"
"""What a source has that tells from which language to which."""
_ABBREVIATED: Final = {
    "中": "chinese", "汉": "chinese", "英": "english", "德": "german", "法": "french", "日": "japanese",
    "韩": "korean", "俄": "russian", "西": "spanish", "葡": "portuguese", "意": "italian",
    "泰": "thai", "越": "vietnamese", "阿": "arabic", "印": "hindi",
}  # fmt: skip
_TRANSLATED: Final = re.compile(
    rf"(?P<first>[{''.join(_ABBREVIATED)}])译(?P<second>[{''.join(_ABBREVIATED)}])(?!国)"
)


def turned_translations(case: Case) -> Iterator[Finding]:
    """英译德 told as German-to-English."""
    pairs = [(m["first"], m["second"]) for m in _TRANSLATED.finditer(case.source)]
    for first, second in pairs:
        one, other = _ABBREVIATED[first], _ABBREVIATED[second]
        turned = _to(other, one).search(case.lowered)
        if turned and (second, first) not in pairs and not _to(one, other).search(case.lowered):
            message = f"{one.title()} and {other.title()} are exchanged"
            yield finding(case, "swap", "major", message, target=turned.span())


@cache
def _to(one: str, other: str) -> re.Pattern[str]:
    """From the one language to the other."""
    return re.compile(rf"\b{one}[ -]?(?:(?:in)?to[ -]|→|->|–){other}\b|\binto {other} from {one}\b")
