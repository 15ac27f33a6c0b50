"""Names that became others by a small part: a number or `++` lost, one abbreviation for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.editions import editions, unprotected
from digestlib.fidelity.findings import finding
from digestlib.fidelity.known_names import in_chinese
from digestlib.fidelity.occurrences import occurs
from digestlib.models import Finding
from digestlib.quantities.number_words import words_of


def has_version(number: str, source: str) -> bool:
    """Whether the source speaks of that version: v1.2, 1.2 版本."""
    plain = re.escape(number)
    if number.count(".") > 1 and re.search(rf"(?<![\d.]){plain}(?!\.?\d)", source):
        return True
    counted = "一二三四五六七八九"[int(number) - 1] if number in _ONES else plain
    if re.search(rf"第\s?(?:{plain}|{counted})\s?(?:个版本|版)", source):
        return True
    return bool(
        re.search(
            rf"(?<![A-Za-z0-9.])(?:[vV]\s?{plain}(?![\d.]|\.\d)|{plain}\s?(?:正式|测试|预览|稳定|公测|内测|社区|开源)?版|[新旧]版本?\s?{plain}(?![\d.]|\.\d))",
            source,
        )
    )


_ONES: Final = frozenset("123456789")


def changed_editions(case: Case) -> Iterator[Finding]:
    """AIME 2025 for AIME24, or left out of a text that must carry it."""
    theirs, ours = editions(case.source), editions(case.text)
    known, told = {e[:2] for e in theirs}, {e[:2] for e in ours}
    for edition in ours:
        if edition[:2] not in known:
            name = f"{edition.event} 20{edition.year}"
            message = f"“{name}” is not in the source"
            yield finding(case, "name", "critical", message, target=edition.span)
    for edition in theirs if case.complete else ():
        if edition[:2] not in told:
            name = f"{edition.event} 20{edition.year}"
            yield finding(case, "dropped", "major", f"{name} is left out", span=edition.span)


MODES: Final = "Pro|Flash|Lite|Ultra|Mini|Nano|Max|Plus|Turbo"
"""Of these each model in another size has one."""
_MODES: Final = f"{MODES}|Preview|Instruct|Thinking|Base|Chat"
EDITIONS: Final = (
    f"{_MODES}|Verified|Hard|Easy|Diamond|Multilingual|Multimodal|Extended|Full|Medium|Large|Small"
)
"""Of these each name of an edition has one."""
_EXTENDED: Final = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<name>[A-Z]+(?:-[A-Z][A-Za-z]*)?)[ -](?P<edition>{EDITIONS})(?![\w-])"
)


def extended_names(case: Case) -> Iterator[Finding]:
    """MMLU-Pro, where the source only says MMLU."""
    source = case.source
    for found in _EXTENDED.finditer(case.text):
        told = occurs(found["name"], source) and found["edition"].lower() not in source.lower()
        if told:
            message = f"“{found[0]}” is not in the source"
            yield finding(
                case, "name", "critical", message, target=found.span(), suggestion=found["name"]
            )


_MODEL: Final = re.compile(
    r"(?<![\w.-])(?P<name>[A-Z][A-Za-z]*[ -]?\d+(?:\.\d+)?)[ -]"
    rf"(?:{MODES})(?![\w/])"
)


def shortened_names(case: Case) -> Iterator[Finding]:
    """Sora 2 for Sora 2 Pro, which the source never calls by less."""
    for model in _MODEL.finditer(case.source):
        alone = re.compile(rf"(?<![\w.-]){re.escape(model['name'])}(?![\w-]|\.\d| (?:{MODES})\b)")
        told = alone.search(case.text)
        if told and not occurs(model[0], case.text) and not alone.search(case.source):
            yield finding(
                case,
                "name",
                "major",
                f"the source says {model[0]}",
                target=told.span(),
                span=model.span(),
                suggestion=model[0],
            )


SIZES: Final = "|".join([_MODES, *(f"{digit}B" for digit in range(10))])
"""Of these each size has one."""
_SIZED: Final = re.compile(
    r"(?<![\w.-])(?P<name>[A-Z][\w.+-]*(?: \d+(?:\.\d+)?)?)(?: |-)"
    rf"(?P<size>\d+(?:\.\d+)?B|{_MODES})(?![\w-])"
)


def changed_sizes(case: Case) -> Iterator[Finding]:
    """Gemma 2 8B for Gemma 2 2B: the source has that model in other sizes only."""
    source, text = case.source, case.text
    ours = list(_SIZED.finditer(text))
    sizes: dict[str, list[str]] = {}
    for found in _SIZED.finditer(source) if ours else ():
        sizes.setdefault(found["name"].lower(), []).append(found["size"])
    for found in ours if sizes else ():
        known = sizes.get(found["name"].lower())
        always = known and source.lower().count(found["name"].lower()) == len(known)
        if known and always and found["size"] not in known and found[0] not in source:
            message = f"the source says {found['name']} {' and '.join(known)}"
            yield finding(
                case,
                "name",
                "critical",
                message,
                target=found.span(),
                suggestion=f"{found['name']} {known[0]}" if len(known) == 1 else None,
            )


_SORTS: Final = tuple(
    frozenset(words_of(table))
    for table in (
        "RL SFT RLHF DPO PPO GRPO RLVR RLAIF KTO ORPO DAPO",
        "PSNR SSIM LPIPS FID FVD KID CLIP",
        "WER CER DER EER ASR TTS",
        "GAN VAE CNN RNN LSTM MLP ViT DiT GNN SVM",
        "LLM VLM MLLM VLA LMM LVLM SLM",
        "GPU CPU TPU NPU",
        "RAG CoT MoE LoRA NeRF SLAM",
        "AUC MAE MSE RMSE MRR NDCG BLEU ROUGE METEOR CIDEr",
        "Google Bing Yahoo Baidu DuckDuckGo Microsoft Amazon Apple NVIDIA Intel Tencent Alibaba",
        "PyTorch TensorFlow JAX Keras",
        "Windows Linux Android iOS macOS",
        "GitHub GitLab Gitee",
        "Wikipedia Reddit YouTube TikTok Bilibili Twitter",
    )
)
"""Abbreviations, and names of one sort, that could be taken for each other."""
_KNOWN: Final = frozenset(word for sort in _SORTS for word in sort)
ABBREVIATIONS: Final = "|".join(sorted(_KNOWN))
_WORD: Final = re.compile(r"[A-Z][A-Za-z]+(?![0-9])(?!-\d)")
_PART_OF_A_WORD: Final = re.compile(r"[A-Za-z0-9-]")


def _abbreviations(text: str) -> dict[str, tuple[int, int]]:
    """The known abbreviations of a text that are no part of another name, and where they stand."""
    found = {}
    for word in _WORD.finditer(unprotected(text)):
        name = word[0] if word[0] in _KNOWN else word[0].removesuffix("s")
        start = word.start()
        if name in _KNOWN and (start == 0 or not _PART_OF_A_WORD.match(text, start - 1)):
            found[name] = (start, start + len(name))
    return found


_METHODS: Final = frozenset(
    words_of("RLHF RLVR DPO PPO GRPO KTO ORPO DAPO MoE CoT LoRA GAN VAE DiT LSTM GNN SVM NeRF SLAM")
)
"""What nobody would say unless the source does."""


def changed_abbreviations(case: Case) -> Iterator[Finding]:
    """DPO for PPO: of one sort of things, one is gone and another has come; or a method has come."""
    source, text = case.source, case.text
    ours = _abbreviations(text)
    gone = [name for name in _abbreviations(source) if name not in text] if ours else []
    for name, span in ours.items():
        same = [other for other in gone for sort in _SORTS if {name, other} <= sort]
        if not same and name not in _METHODS:
            continue
        if name.lower() not in source.lower() and not in_chinese(name, source):
            message, patch = f"“{name}” is not in the source", same[0] if same else None
            yield finding(case, "name", "critical", message, target=span, suggestion=patch)


JOINED: Final = "|".join(f"-{letter}" for letter in ["to-", *ascii_uppercase])
"""Of these each compound has one."""
_COMPOUND: Final = re.compile(
    r"(?<![A-Za-z0-9-])(?:([A-Z][A-Za-z]+)-to-([A-Z][A-Za-z]+)|([A-Z]{2,})-([A-Z]{1,2}))(?![A-Za-z0-9-])"
)


def changed_compounds(case: Case) -> Iterator[Finding]:
    """Camera-to-Radar for Camera-to-LiDAR, RGB-D for RGB: one part is the source's, one is not."""
    source, text = case.source, case.text
    for found in _COMPOUND.finditer(text):
        parts = [part for part in found.groups() if part]
        known = [part for part in parts if occurs(part, source)]
        if len(known) == 1 and not occurs(found[0], source):
            message = f"“{found[0]}” is not in the source"
            yield finding(case, "name", "critical", message, target=found.span())
    ours = list(_VARIANT.finditer(text))
    theirs = _VARIANT.finditer(source) if ours else ()
    gone = {m[1]: m[0] for m in theirs if not occurs(m[0], text)}
    for found in ours:
        if found[1] in gone and not occurs(found[0], source) and not occurs(found[2], source):
            message, patch = f"the source says {gone[found[1]]}", gone[found[1]]
            span = found.span()
            yield finding(case, "name", "critical", message, target=span, suggestion=patch)


_VARIANT: Final = re.compile(
    r"(?<![A-Za-z0-9-])((?:[A-Z][A-Za-z]*-)?(?:[A-Z][A-Za-z]*[A-Z]|[A-Z][a-z]+))-(?!Based|Level|Style|Like|Guided|Aware|Driven|Only)"
    r"([A-Z](?:[a-z]+|[A-Z]))(?![A-Za-z0-9-])"
)
"""DKT-Depth, of which the source only has DKT-Normal."""


RELEASES: Final = "|".join(f".{digit}." for digit in range(10))
"""Of these each release in three parts has one, if its middle is a single digit."""
_RELEASE: Final = re.compile(r"(?<![\w.])v?(\d{1,2}\.\d\.\d{1,3})(?![\w.]*\d|%)")


def changed_releases(case: Case) -> Iterator[Finding]:
    """LTX-Video 0.9.5 for 0.9.8: a release in three parts that the source has not, and one is gone."""
    ours = list(_RELEASE.finditer(unprotected(case.text)))
    known = _RELEASE.findall(unprotected(case.source)) if ours else []
    gone = [release for release in known if release not in case.text]
    for found in ours if gone else ():
        if found[1] not in case.source:
            message = f"the source says {gone[0]}"
            span = found.span(1)
            yield finding(case, "name", "critical", message, target=span, suggestion=gone[0])
            return
