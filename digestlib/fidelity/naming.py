"""Names that English must take over: models, versions, benchmarks, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.editions import unprotected
from digestlib.fidelity.findings import finding
from digestlib.fidelity.lexicon import languages
from digestlib.fidelity.occurrences import occurs
from digestlib.fidelity.versions import has_version
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Strings
from digestlib.quantities.english_names import FAMILIES, names
from digestlib.quantities.english_numbers import words_of


def changed_names(case: Case) -> Iterator[Finding]:
    """A name with digits that the source does not have: GPT-5.2 for GPT-5."""
    source, text = case.source, case.text
    masked = unprotected(text)
    for name in names(masked):
        core = re.sub(r"(?:[’']s|(?<=\d)s)$", "", name.text)
        known = any(occurs(form, source) for form in _forms(core)) or _is_version(core, source)
        if not known and not _in_chinese(core, source):
            yield finding(
                case,
                "name",
                "critical",
                f"“{name.text}” is not in the source",
                target=(name.start, name.end),
                suggestion=_nearest(core, source),
            )


def _is_version(name: str, source: str) -> bool:
    """Whether a name says nothing but a version that the source has: v1.2, Release 1.2."""
    version = _VERSION.fullmatch(name)
    return bool(version and has_version(version[1], source))


_VERSION: Final = re.compile(r"(?:v|version|release|ver\.?)[ -]?(\d+(?:\.\d+)*)", re.IGNORECASE)


def _in_chinese(name: str, source: str) -> bool:
    """Whether a name may be the English of a Chinese one with the same number: DanQing-2, 丹青-2."""
    match = re.fullmatch(r"([A-Z][a-z]+(?:[A-Z][a-z]+)*)[- ]?(\d+(?:\.\d+)?)", name)
    return bool(
        match
        and match[1].lower() not in FAMILIES
        and re.search(rf"[\u4e00-\u9fff][-－ ]?{re.escape(match[2])}(?![\d.])", source)
        and _nearest(name, source) is None
    )


def _forms(name: str) -> Iterator[str]:
    """The name, and the name without English word endings: GPT-4-level, 3D-aware, non-3D."""
    yield name
    if match := re.fullmatch(r"Q([1-4])", name):
        yield f"{'一二三四'[int(match[1]) - 1]}季度"
    if match := re.fullmatch(r"([1-6])-?D", name):
        yield f"{match[1]}维"
        yield f"{'一二三四五六'[int(match[1]) - 1]}维"
    segments = name.split("-")
    while len(segments) > 1 and segments[-1].islower() and segments[-1].isalpha():
        if segments.pop() in _EDITIONS:
            break
        yield "-".join(segments)
    while len(segments) > 1 and segments[0].islower() and segments[0].isalpha():
        segments.pop(0)
        yield "-".join(segments)


_EDITIONS: Final = frozenset(
    words_of(
        "nano micro mini tiny small medium large xl pro flash lite turbo ultra max instruct chat thinking preview"
    )
)
"""GPT-4.1-nano is not GPT-4.1-mini."""


def _nearest(name: str, source: str) -> str | None:
    """The one name of the source that begins with the same letters."""
    near = _by_letters(source).get(_letters(name), set()) if _letters(name) else set()
    return next(iter(near)) if len(near) == 1 else None


def _letters(name: str) -> str:
    letters = re.match(r"[A-Za-z]*", name)
    return letters[0].lower() if letters else ""


@lru_cache(maxsize=64)
def _by_letters(source: str) -> dict[str, set[str]]:
    """The names of a text by the letters they begin with."""
    found: dict[str, set[str]] = {}
    for name in names(unprotected(source)):
        found.setdefault(_letters(name.text), set()).add(name.text)
    return found


def changed_entities(case: Case) -> Iterator[Finding]:
    """A Latin name without digits that took the place of one in the source: Bagel-RL for BAGEL."""
    source, text, complete = case.source, case.text, case.complete
    new = [
        word
        for word in _latin_names(unprotected(text))
        if not occurs(word.text, source) and not _known_parts(word.text, source)
    ]
    if not new and not complete:
        return
    lost = [*_lost(source, text), *(_gone_words(source, text) if complete else ())]
    for word in new:
        stand_in = [w for w in lost if complete or _alike(w.text, word.text)]
        if word.family or stand_in or _is_extended(word.text, source) or _is_coined(word.text):
            yield finding(
                case,
                "name",
                "critical",
                f"“{word.text}” is not in the source",
                target=(word.start, word.end),
                suggestion=stand_in[0].text if len(stand_in) == 1 else None,
            )
    if complete and lost:
        yield from _replaced(case, lost)
    if complete:
        yield from _renamed(case)


def _is_coined(word: str) -> bool:
    """ShapeNet, AlpacaEval: a name that only a source can give, and no Chinese name in pinyin."""
    return bool(_COINED.fullmatch(word)) and not (
        word.lower() in _WELL_KNOWN or _PINYIN.fullmatch(word)
    )


_COINED: Final = re.compile(r"[A-Z][a-z]{2,}(?:[A-Z][a-z]*)+|[A-Z]{2,}-[Bb]ench")
_WELL_KNOWN: Final = frozenset(
    words_of(
        "github gitlab pytorch tensorflow youtube tiktok wechat linkedin powerpoint latex "
        "javascript typescript huggingface jupyter iphone macos bytedance xiaohongshu"
    )
)
_PINYIN: Final = re.compile(
    r"(?:(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?(?:[aeiou]{1,3}(?:ng|n)?|er)){1,5}", re.IGNORECASE
)


_FULL_NAME: Final = re.compile(
    r"(?<![A-Za-z-])([A-Z][a-z]{2,}|[A-Z]{1,20}[a-z]{0,30}-?[A-Z][A-Za-z]{1,30}) ([A-Z][a-z]{2,})(?![A-Za-z-])"
)


def _renamed(case: Case) -> Iterator[Finding]:
    """Jetson Orin for Jetson Thor: a name in two words of which one is another now."""
    source, text = case.source, case.text
    ours = {m[1]: m for m in _FULL_NAME.finditer(text) if not occurs(m[2], source)}
    for theirs in _FULL_NAME.finditer(source) if ours else ():
        other = ours.get(theirs[1])
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


def _lost(source: str, text: str) -> list[_Word]:
    """The names of the source that English does not have, nor says with other endings."""
    numbered = [_Word(n.start, n.end, n.text, False) for n in names(unprotected(source))]
    return [
        word
        for word in (*_latin_names(unprotected(source)), *numbered, *_sized(unprotected(source)))
        if not occurs(word.text, text) and not any(occurs(f, text) for f in _forms(word.text))
    ]


def _sized(text: str) -> list[_Word]:
    """BERT-large, CLIP-base: a name in capitals with its size."""
    return [_Word(*found.span(), found[0], False) for found in _SIZED.finditer(text)]


_SIZED: Final = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{3,}-(?:tiny|small|base|medium|large|huge)\b")


def _replaced(case: Case, lost: Sequence[_Word]) -> Iterator[Finding]:
    """A capitalised word within a sentence that the source does not have, where a name is gone."""
    source = case.source
    for match in _PROPER.finditer(case.text):
        word = match[0]
        if word.lower() in _COMMON_CAPITALS or occurs(word, source) or word in _english_words():
            continue
        if not _latin_names(word):
            yield finding(
                case,
                "name",
                "critical",
                f"“{word}” is not in the source",
                target=match.span(),
                suggestion=lost[0].text if len(lost) == 1 else None,
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


@cache
def _english_words() -> frozenset[str]:
    """The names of languages, which have a check of their own."""
    return frozenset(word for words in languages().values() for word in words)


def _gone_words(source: str, text: str) -> list[_Word]:
    """Capitalised Latin words of the source that English does not have."""
    return [
        _Word(*match.span(), match[0], False)
        for match in _CAPITALISED.finditer(unprotected(source))
        if not occurs(match[0], text)
    ]


_CAPITALISED: Final = re.compile(
    r"(?<![A-Za-z0-9(（/-] )(?<![A-Za-z0-9(（/-])[A-Z][a-z]{3,}(?![A-Za-z0-9]|[ -][A-Za-z])"
)


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    family: bool


_MODEL_FAMILIES: Final = frozenset(
    words_of(
        "chatgpt claude gemini llama qwen deepseek kimi mistral mixtral gemma grok nvidia "
        "openai anthropic deepmind hunyuan internvl baichuan ernie doubao llava dalle-e "
        "midjourney"
    )
)
_ANY_FAMILY: Final = Strings(_MODEL_FAMILIES)
_A_FAMILY: Final = "|".join(f"[{n[0].upper()}{n[0]}]{n[1:]}" for n in sorted(_MODEL_FAMILIES))
_A_NAME: Final = r"(?:[A-Za-z]{2,}|[A-Z](?=-[A-Z][a-z]))(?:-[A-Za-z]+)*(?![A-Za-z0-9])(?![-.]?\d)"
_CAPITALS: Final = re.compile(rf"(?<![A-Za-z0-9\-])(?=[A-Za-z][a-z-]*+[A-Z]){_A_NAME}")
_LATIN: Final = re.compile(
    rf"(?<![A-Za-z0-9\-])(?=[A-Za-z][a-z-]*+[A-Z]|(?:{_A_FAMILY})(?![A-Za-z])){_A_NAME}"
)
"""A word that may be a name: with a capital in it, or of a family."""
_ACRONYMS: Final = frozenset(
    words_of(
        "ai gpu gpus cpu tpu vram ram api apis llm llms mllm mllms vlm vlms vla rl sft rlhf "
        "dpo grpo ppo gui ui qa vqa ocr ood id cot moe kv nlp cv sota rag ar vr dit vit gan "
        "vae cnn rnn lstm mlp wer cer der psnr ssim fid fvd lpips iou map auc asr tts elo it "
        "us uk eu un pdf json html url usd hz khz fps gb mb tb kb db ms id ids ok nerf slam "
        "dof dofs rgb depth lora peft ode sde pde bev"
    )
)


_INNER_CAPITAL: Final = re.compile(r"[A-Za-z-][A-Z]")
_CONNECTED: Final = re.compile(r"-(?:of|to|and|in|on|the|by)-")


_CAMEL: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}(?:[a-z]{2,}|[a-rt-z])")


@lru_cache(maxsize=1024)
def _latin_names(text: str) -> tuple[_Word, ...]:
    """Words that look like names: CamelCase, capitals with a hyphen, or a known model family."""
    found = []
    of_a_family = bool(_ANY_FAMILY.within(text.lower()))
    if not of_a_family and not _INNER_CAPITAL.search(text):
        return ()
    for match in (_LATIN if of_a_family else _CAPITALS).finditer(text):
        word = match[0]
        if (word[1:].islower() and word.lower() not in _MODEL_FAMILIES) or len(word) < 2:
            continue
        if word.lower() in _ACRONYMS or _CONNECTED.search(word):
            continue
        if word.split("-")[-1].lower() in _ACRONYMS and word.split("-")[0].islower():
            continue  # multi-GPU
        family = word.lower() in _MODEL_FAMILIES
        camel = bool(_CAMEL.search(word))
        capitals = word.isupper() and len(word) > 2
        hyphened = "-" in word and bool(_HYPHENED.search(word))
        if family or camel or capitals or hyphened:
            found.append(_Word(*match.span(), word, family))
    return tuple(found)


_HYPHENED: Final = re.compile(r"-[A-Z]|[A-Z]{2,}-bench$")


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
        and head.lower() not in _ACRONYMS
        and any(part.isupper() and not occurs(part, source) for part in rest)
    )


def _alike(lost: str, new: str) -> bool:
    """Whether one name may have been put for another: the same head, or the same make."""
    first, second = lost.lower(), new.lower()
    if first[:3] == second[:3] or first.rsplit("-")[-1] == second.rsplit("-")[-1]:
        return True
    return lost.isupper() and new.isupper() and len(lost) == len(new)


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
    return Strings(_english_words())


@once
def _languages() -> tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], re.Pattern[str]]], ...]:
    """The English names of each language, and the patterns of its Chinese and English names."""
    return tuple(
        (english, (re.compile(chinese), re.compile(rf"\b(?:{'|'.join(english)})\b")))
        for chinese, english in languages().items()
    )
