"""Names that became others by a small part: a number or `++` lost, one abbreviation for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.occurrences import occurs
from digestlib.models import Finding
from digestlib.quantities.english_names import FAMILIES, names, unprotected
from digestlib.quantities.english_numbers import words_of


def has_version(number: str, source: str) -> bool:
    """Whether the source speaks of that version: v1.2, 1.2 版本."""
    plain = re.escape(number)
    counted = "一二三四五六七八九"[int(number) - 1] if number in _ONES else plain
    if re.search(rf"第\s?(?:{plain}|{counted})\s?(?:个版本|版)", source):
        return True
    return bool(
        re.search(rf"(?<![A-Za-z0-9.])(?:[vV]\s?{plain}(?![\d.]|\.\d)|{plain}\s?版)", source)
    )


_ONES: Final = frozenset("123456789")


def dropped_versions(case: Case) -> Iterator[Finding]:
    """A name that lost its number or its `++`: Sora for Sora 2, ScanNet for ScanNet++."""
    source, text = case.source, case.text
    for name in names(unprotected(source)):
        head = _head(name.text)
        if head is None or occurs(name.text, text) or occurs(name.text.replace("-", " "), text):
            continue
        if source.count(head) == 1 and not _COUNTED.match(source, name.end):
            yield from _dropped(case, name.text, head, (name.start, name.end))
    for edition in _EDITION.finditer(unprotected(source)):
        shortened = source.count(edition[1]) == source.count(edition[0])
        if shortened and edition[2].lower() not in text.lower():
            yield from _dropped(case, edition[0], edition[1], edition.span())
    for plus in _PLUS.finditer(unprotected(source)):
        if plus[0] not in text and source.count(plus[1]) == 1:
            yield from _dropped(case, plus[0], plus[1], plus.span())


_DATED: Final = re.compile(
    r"([A-Z][A-Za-z]+(?:-[A-Z]?\d[\w.]*)?)-(?:(?:0[1-9]|1[0-2])[0-3]\d|20\d\d-?\d\d-?\d\d)"
)
"""DeepSeek-R1-0528: a release of a model."""
_EDITION: Final = re.compile(
    r"(?<![A-Za-z0-9-])([A-Z][A-Za-z]{0,30}[A-Z][A-Za-z]{0,30}(?:-bench)?|[A-Z][a-z]{1,30}[Bb]ench)[- ]"
    r"(Pro|Plus|Hard|Verified|Lite|Redux|Multilingual|Diamond|Challenge|Extended)(?![A-Za-z0-9])"
)
"""MMLU-Pro, SWE-bench Verified: another set than the one without the word."""


def dropped_names(case: Case) -> Iterator[Finding]:
    """A name of which a number is nowhere in English: L2, the 32B of Qwen3-32B-Instruct."""
    named, low = names(unprotected(case.source)), case.lowered
    lost = {name for name in {name.text for name in named} if _is_left_out(name, low)}
    for name in named:
        if name.text in lost:
            message, span = f"{name.text} is left out", (name.start, name.end)
            yield finding(case, "dropped", "major", message, span=span)


def _is_left_out(name: str, text: str) -> bool:
    """Whether a number of the name is nowhere in the text, which is in lower case."""
    lost = any(number.lower() not in text for number in _NUMBERED.findall(name))
    return lost and not _may_be_spelled_out(name, text)


_NUMBERED: Final = re.compile(r"[A-UW-Za-uw-z]{0,3}\d+(?:\.\d+)*[BMKDbmk]?")


def _may_be_spelled_out(name: str, text: str) -> bool:
    """Whether 2D may be told as two-dimensional, I2V as image-to-video, Q1 as the first quarter."""
    if re.fullmatch(r"[A-Za-z]{1,3}2[A-Za-z]{1,3}|Q[1-4]", name):
        return True
    return bool(re.fullmatch(r"[1-6]-?D", name)) and bool(re.search(r"dimension|planar", text))


_COUNTED: Final = re.compile(r"\s?[个种层张名条项次倍步帧轮分%]")
_PLUS: Final = re.compile(
    r"(?<![A-Za-z0-9-])([A-Z][A-Za-z]{0,30}[A-Z][A-Za-z]{0,30}(?:-[A-Z][a-z]+)?)\+{1,2}"
)
_CAMEL: Final = re.compile(r"[A-Z][a-z]+[A-Z]|[A-Z]{2,}-?[A-Z]?[a-z]")


def _head(name: str) -> str | None:
    """The letters of a name with a number, where nobody would say the letters alone."""
    if dated := _DATED.fullmatch(name):
        return dated[1]
    found = re.match(r"[A-Za-z]{3,}", name)
    if found and found[0].lower() in FAMILIES:
        return found[0]
    versioned = re.fullmatch(r"([A-Za-z-]{4,}) \d{1,2}(?:\.\d)?", name)
    return versioned[1] if versioned and _CAMEL.match(versioned[1]) else None


def _dropped(case: Case, name: str, head: str, span: tuple[int, int]) -> Iterator[Finding]:
    if bare := _bare(head, case.text):
        yield finding(
            case,
            "name",
            "major",
            f"the source says {name}",
            target=bare.span(),
            span=span,
            suggestion=name,
        )


@lru_cache(maxsize=1024)
def _bare(head: str, text: str) -> re.Match[str] | None:
    """Where a name stands without a number."""
    return re.search(
        rf"(?<![A-Za-z0-9]){re.escape(head)}(?![A-Za-z0-9+]|[ .-]?[\d(]|-[A-Za-z])", text
    )


_MODES: Final = "Pro|Flash|Lite|Ultra|Mini|Nano|Max|Plus|Turbo|Preview|Instruct|Thinking|Base|Chat"
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
    )
)
"""Abbreviations that could be taken for each other."""
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


_IN_CHINESE: Final = {
    "LLM": "大(?:型)?(?:语言)?模型",
    "VLM": "视觉[-—–·]?语言(?:大)?模型",
    "MLLM": "多模态(?:大)?(?:语言)?(?:大)?模型",
    "VLA": "视觉[-—–·]?语言[-—–·]?动作",
    "RL": "强化学习",
    "SFT": "监督(?:式)?微调",
    "MoE": "混合专家|专家混合",
    "CoT": "思维链",
    "RAG": "检索增强",
    "RLHF": "人类反馈",
    "RLVR": "可验证奖励",
    "DPO": "直接偏好",
    "PPO": "近端策略",
    "GRPO": "[组群]体?相对",
    "LoRA": "低秩",
    "GAN": "生成(?:式)?对抗",
    "VAE": "变分",
    "DiT": "扩散[ -]?(?:Transformer|变换)",
    "LSTM": "长短期记忆",
    "GNN": "图神经",
    "SVM": "支持向量",
    "NeRF": "神经辐射",
    "SLAM": "定位[与和]",
}
"""What Chinese says for an abbreviation of English."""


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
        if name.lower() not in source.lower() and not _in_chinese(name, source):
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
    gone = {m[1]: m[0] for m in _VARIANT.finditer(source) if not occurs(m[0], text)}
    for found in _VARIANT.finditer(text) if gone else ():
        if found[1] in gone and not occurs(found[0], source) and not occurs(found[2], source):
            message, patch = f"the source says {gone[found[1]]}", gone[found[1]]
            span = found.span()
            yield finding(case, "name", "critical", message, target=span, suggestion=patch)


_VARIANT: Final = re.compile(
    r"(?<![A-Za-z0-9-])([A-Z][A-Za-z]*[A-Z]|[A-Z][a-z]+)-(?!Based|Level|Style|Like|Guided|Aware|Driven|Only)"
    r"([A-Z][a-z]{2,})(?![A-Za-z0-9-])"
)
"""DKT-Depth, of which the source only has DKT-Normal."""


def _in_chinese(abbreviation: str, source: str) -> bool:
    chinese = _IN_CHINESE.get(abbreviation)
    return bool(chinese and re.search(chinese, source))
