"""What looks like a name in Latin letters: CamelCase, capitals with a hyphen, a known family of models."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.patterns import Strings
from digestlib.quantities.number_words import words_of


class Word(NamedTuple):
    """A word that may be a name, where it stands, and whether it is that of a family of models."""

    start: int
    end: int
    text: str
    family: bool = False


@lru_cache(maxsize=1024)
def latin_names(text: str) -> tuple[Word, ...]:
    """Words that look like names: CamelCase, capitals with a hyphen, or a known model family."""
    found = []
    of_a_family = bool(_ANY_FAMILY.within(text.lower()))
    if not of_a_family and not _INNER_CAPITAL.search(text):
        return ()
    for match in (_LATIN if of_a_family else _CAPITALS).finditer(text):
        word, low = match[0], match[0].lower()
        family = low in _MODEL_FAMILIES
        if (word[1:].islower() and not family) or low in ACRONYMS or _CONNECTED.search(word):
            continue
        if low.split("-")[-1] in ACRONYMS and word.split("-")[0].islower():
            continue  # multi-GPU
        capitals = word.isupper() and len(word) > 2
        if family or capitals or _CAMEL.search(word) or _HYPHENED.search(word):
            found.append(Word(*match.span(), word, family))
    return tuple(found)


_INNER_CAPITAL: Final = re.compile(r"[A-Za-z-][A-Z]")
_CONNECTED: Final = re.compile(r"-(?:of|to|and|in|on|the|by)-")
_CAMEL: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}(?:[a-z]{2,}|[a-rt-z])")
_HYPHENED: Final = re.compile(r"-[A-Z]|[A-Z]{2,}-bench$")
_MODEL_FAMILIES: Final = frozenset(
    words_of(
        "chatgpt claude gemini llama qwen deepseek kimi mistral mixtral gemma grok nvidia "
        "openai anthropic deepmind hunyuan internvl baichuan ernie doubao llava dalle-e "
        "midjourney veo kling hailuo vidu seedance vicuna yelp"
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
ACRONYMS: Final = frozenset(
    words_of(
        "mmwave mac macs petaflops teraflops gigaflops exaflops ai gpu gpus cpu tpu vram ram api apis llm llms mllm mllms vlm vlms vla rl sft rlhf "
        "dpo grpo ppo gui ui qa vqa ocr ood id cot moe kv nlp cv sota rag ar vr dit vit gan "
        "vae cnn rnn lstm mlp wer cer der psnr ssim fid fvd lpips iou map auc asr tts elo it "
        "us uk eu un pdf json html url usd hz khz fps gb mb tb kb db ms id ids ok nerf slam "
        "dof dofs rgb depth lora peft ode sde pde bev"
    )
)


def sized_names(text: str) -> list[Word]:
    """BERT-large, CLIP-base: names in capitals with a size."""
    return [Word(*found.span(), found[0]) for found in _SIZED.finditer(text)]


_SIZED: Final = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{3,}-(?:tiny|small|base|medium|large|huge)\b")


def capitalised_words(text: str) -> list[Word]:
    """Single words with a capital in front, among Chinese."""
    return [Word(*found.span(), found[0]) for found in _CAPITALISED.finditer(text)]


_CAPITALISED: Final = re.compile(
    r"(?<![A-Za-z0-9(（/-] )(?<![A-Za-z0-9(（/-])[A-Z][a-z]{3,}(?![A-Za-z0-9]|[ -][A-Za-z])"
)
