"""Names without digits that English must take over: models, data sets, methods, firms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.editions import unprotected
from digestlib.fidelity.findings import finding
from digestlib.fidelity.known_names import in_chinese, is_pinyin, is_transcribed
from digestlib.fidelity.languages import english_words
from digestlib.fidelity.latin import ACRONYMS, Word, capitalised_words, latin_names, sized_names
from digestlib.fidelity.naming import forms
from digestlib.fidelity.occurrences import occurs
from digestlib.models import Finding
from digestlib.quantities.english_names import names
from digestlib.quantities.number_words import words_of
from digestlib.quantities.units import ENGLISH


def changed_entities(case: Case) -> Iterator[Finding]:
    """A Latin name without digits that took the place of one in the source: Bagel-RL for BAGEL."""
    source = case.source
    named = latin_names(unprotected(case.text))
    strange = [w for w in named if not _is_known(w.text, source)]
    lost = _lost(case) if strange else []
    for word in strange:
        replaced = [w for w in lost if case.complete or _alike(w.text, word.text)]
        if word.family or replaced or _is_extended(word.text, source) or _is_coined(word.text):
            yield _strange(case, word.text, (word.start, word.end), replaced)


def replaced_names(case: Case) -> Iterator[Finding]:
    """A capitalised word within a sentence that the source does not have, where a name is gone."""
    lost = _lost(case)
    for match in _PROPER.finditer(case.text) if lost else ():
        word = match[0]
        if word.lower() in _COMMON_CAPITALS or word in english_words() or latin_names(word):
            continue
        if not occurs(word, case.source) and not in_chinese(word, case.source):
            yield _strange(case, word, match.span(), lost)


def renamed_halves(case: Case) -> Iterator[Finding]:
    """Jetson Orin for Jetson Thor, Yelp Review for Amazon Review: one of two words is another now."""
    source, text = case.source, case.text
    ours = list(_FULL_NAME.finditer(text))
    heads = {m[1]: m for m in ours if not occurs(m[2], source)}
    tails = {m[2]: m for m in ours if _is_within(text, m.start()) and not occurs(m[1], source)}
    for theirs in _FULL_NAME.finditer(source) if ours else ():
        other = heads.get(theirs[1]) or (not occurs(theirs[1], text) and tails.get(theirs[2]))
        if other and not occurs(theirs[0], text):
            yield finding(
                case,
                "name",
                "critical",
                f"the source says {theirs[0]}",
                target=other.span(),
                span=theirs.span(),
                suggestion=theirs[0],
            )


def _is_within(text: str, at: int) -> bool:
    """Whether a capital here begins no sentence."""
    return _WITHIN.search(text[max(0, at - 5) : at]) is not None


def _strange(case: Case, name: str, span: tuple[int, int], lost: Sequence[Word]) -> Finding:
    """A name that is not in the source, and the one that it must have replaced."""
    return finding(
        case,
        "name",
        "critical",
        f"“{name}” is not in the source",
        target=span,
        suggestion=lost[0].text if len(lost) == 1 else None,
    )


def _lost(case: Case) -> list[Word]:
    """The names of the source that English does not have, nor says with other endings."""
    source = unprotected(case.source)
    numbered = [Word(name.start, name.end, name.text) for name in names(source)]
    named = [*latin_names(source), *numbered, *sized_names(source)]
    if case.complete:
        named += capitalised_words(source)
    return [w for w in named if not any(occurs(form, case.text) for form in forms(w.text))]


def _is_known(word: str, source: str) -> bool:
    """Whether the source has the name, in Chinese or Latin, or all that it is put together from."""
    return (
        occurs(word, source)
        or word in ENGLISH
        or in_chinese(word, source)
        or _known_parts(word, source)
        or is_transcribed(word, source)
    )


def _known_parts(word: str, source: str) -> bool:
    """Whether every part with a capital is an acronym or stands in the source: SFT-trained."""
    parts = [part for part in word.split("-") if part != part.lower()]
    return (
        "-" in word
        and all(occurs(part, source) or part[1:].islower() for part in parts)
        and any(occurs(part, source) for part in parts)
        and not word.split("-")[-1].isupper()
    )


def _is_extended(word: str, source: str) -> bool:
    """A name of the source with a new part in capitals behind it is another name: BAGEL-RL."""
    head, *rest = word.split("-")
    return (
        occurs(head, source)
        and head.lower() not in ACRONYMS
        and any(part.isupper() and not occurs(part, source) for part in rest)
    )


def _alike(lost: str, new: str) -> bool:
    """Whether one name may have been put for another: the same head, or the same make."""
    first, second = lost.lower(), new.lower()
    if first[:3] == second[:3] or first.rsplit("-")[-1] == second.rsplit("-")[-1]:
        return True
    return lost.isupper() and new.isupper() and len(lost) == len(new)


def _is_coined(word: str) -> bool:
    """ShapeNet, AlpacaEval: a name that only a source can give, and no Chinese name in pinyin."""
    return bool(_COINED.fullmatch(word)) and not (word.lower() in _WELL_KNOWN or is_pinyin(word))


_COINED: Final = re.compile(r"[A-Z][a-z]{2,}(?:[A-Z][a-z]*)+|[A-Z]{2,}-[Bb]ench")
_WELL_KNOWN: Final = frozenset(
    words_of(
        "github gitlab pytorch tensorflow youtube tiktok wechat linkedin powerpoint latex "
        "javascript typescript huggingface jupyter iphone macos bytedance xiaohongshu"
    )
)


_PROPER: Final = re.compile(
    r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![A-Za-z0-9-]|\.[A-Za-z0-9]|[’']s? [A-Z]| [A-Z0-9])"
)
_COMMON_CAPITALS: Final = frozenset(
    words_of(
        "january february march april june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday table figure section chapter "
        "transformer transformers gaussian gaussians bayesian markov fourier euler lagrange "
        "python java github youtube google meta apple microsoft amazon adobe tencent alibaba "
        "baidu bytedance huawei internet android windows linux apache creative commons mandarin "
        "cantonese western eastern asian european african american china india europe asia "
        "africa america japan korea britain france germany latin roman hamming gauss cohen "
        "pearson spearman kendall likert turing atari arxiv wikipedia reddit hugging face "
        "mixture experts byte score stage phase step appendix equation algorithm"
    )
)
_WITHIN: Final = re.compile(r"[a-z,] [*(]{0,3}$")
_FULL_NAME: Final = re.compile(
    r"(?<![A-Za-z-])([A-Z][a-z]{2,}|[A-Z]{1,20}[a-z]{0,30}-?[A-Z][A-Za-z]{1,30}) ([A-Z][a-z]{2,})(?![A-Za-z-])"
)
