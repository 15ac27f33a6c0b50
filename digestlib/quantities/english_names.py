"""Names with digits (`GPT-5.2`, `Gemini 3 Pro`, `H100`) and protected spans in Latin text.

Both languages write such names in Latin letters, so the same rules read the Chinese source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from digestlib.patterns import guarded
from digestlib.quantities.number_words import words_of
from digestlib.quantities.units import ENGLISH


class Name(NamedTuple):
    """A name with a digit in it, and where it stands."""

    start: int
    end: int
    text: str


_PROTECTED: Final = guarded(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<latex>\$\$[^$\n]+\$\$|\$(?=[^\s\d])[^$\n]*[^\s$]\$|\$\d(?=[^$\n]*\$)[^$\n]*[\\^_{}=][^$\n]*\$"
    r"|(?-i:(?<![A-Za-z\d])O\((?:[^()\n]|\([^()\n]{0,40}\)){1,40}\)))"
    r"|(?P<url>\b(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'*+,;=%]+)"
    r"|(?P<arxiv>\barXiv:\s?\d{4}\.\d{4,5}(?:v\d+)?)",
    *("`", "$", "://", "www.", "arxiv:", "o("),
    flags=re.IGNORECASE,
)
_LETTER: Final = "A-Za-zα-λν-ω"
"""With Greek, as in π0; but μ is a unit."""
_TOKEN: Final = re.compile(
    rf"(?<![{_LETTER}0-9])(?=[{_LETTER}\-._@&'’+]{{0,80}} ?\d)"
    rf"[{_LETTER}0-9]+(?:[-._@&'’][{_LETTER}0-9]+)*\+{{0,2}}"
)
"""A word that may have a digit, or a number behind it."""
_SPACED_NUMBER: Final = re.compile(
    r" ((?:\d{1,4}|\d\.\d)(?:-\d+(?:\.\d+)?[BM](?![A-Za-z]))?)(?![\d%％×‰])(?![.,:/]\d)(?:(?<=\d{4})(?=s\b)|(?![A-Za-z]))"
    r"(?! ?(?:%|×|per ?cent|points?\b|times\b|hundred|thousand|million|billion|trillion|to \d|dB|(?:m?s|h|[KMGT]B|k?Hz|km|fps|FPS)(?![A-Za-z])|[-–]\d))"
)
_NUMBERED_FAMILY: Final = re.compile(r" (\d\.\d)(?= to \d)")
"""From 22.94% for one and Claude Haiku 4.5 to 13.44%."""
_RELEASE: Final = re.compile(r" 0[1-9][0-3]\d(?![\w%％]|[.,:/-]\d)")
"""Kimi K2 0905: the month and day of a release."""
_FIGURE_HEAD: Final = re.compile(r"\d+(?:\.\d+)?(?P<tail>[A-Za-z]*)\+?$")
_FIGURE_PREFIXES: Final = frozenset(
    words_of(
        "a about almost around over under near nearly roughly some only up to from top sub pre post mid non stage "
        "step level version table figure section phase part layer by of in and or than n k p "
        "x N K P"
    )
)
_SUFFIXES: Final = frozenset(
    words_of("K k M B b T x X st nd rd th bn mn tn bln mln D MP am pm AM PM")
)
_NOT_NAMES: Final = frozenset(
    # what stands before a figure at the head of a sentence, or counts something
    words_of(
        "a about above achieving across after all almost also among an and another any "
        "approximately around as at averaging base based before below best between beyond "
        "both but by comparing consider consists contains containing covering covers during "
        "each even every exactly exceeding experiments first five for four from further given "
        "gives going has here in includes including into is it its just last least less may "
        "means mean more most near nearly of on one only or our out over overall per reaching "
        "requires roughly runs scores scoring second since six some still submitted such "
        "takes than that the their then there these they this those three through throughout "
        "to top total training trains two under until up uses using we when where which while "
        "with within without yet ten averages needs only version stage table figure fig "
        "section step phase level part chapter appendix layer round tier type task group "
        "clip clips segment chunk scene shot frame frames turn trial window block "
        "equation eq day week epoch epochs rank algorithm theorem page row column line stages "
        "steps no number january february march april june july august september october "
        "november december jan feb mar apr jun jul aug sep sept oct nov dec psnr ssim ms-ssim "
        "fid kid lpips fvd bleu bleu-4 rouge rouge-l cider meteor elo iou miou giou auc auroc "
        "auprc ap map ndcg wer cer der asr eer rmse mae mse ate nfe clip-score clipscore "
        "pickscore vlm accuracy acc score f1-score precision recall loss perplexity ppl "
        "throughput latency snr si-sdr pesq stoi mos mrr hit sr spl nds cfg gpu gpus tpu tpus "
        "cpu cpus lr ram vram sota batch seed sft rl llm llms rmb cny usd eur gbp sgd aud cad chf hkd jpy krw inr std se ci cv mse "
        "dice mape smape cka kl mi nll bpb bpc bpd rtf ttft tpot tps qps rps tco roi arr mau dau cpi "
        "ph ic icc kappa dsc hd95 fpr tpr fnr tnr eer far frr ap50 map50 acc@1 ndcg@10 arr pue"
    )
)
_MONTH: Final = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS_JOINED: Final = re.compile(f"{_MONTH}-{_MONTH}")
_OF_A_MONTH: Final = re.compile(f"(?:end|mid|early|late)-{_MONTH}")
FAMILIES: Final = frozenset(
    words_of(
        "gpt claude gemini llama qwen deepseek kimi mistral mixtral gemma phi grok glm "
        "minimax wan sora veo kling flux hunyuan internvl internlm yi baichuan ernie doubao "
        "seed seedance opus sonnet haiku nova command olmo falcon stable-diffusion sd sdxl "
        "imagen midjourney whisper aime imagenet sam dino dinov2 vicuna llava step mimo "
        "cosmos groot blender unity"
    )
)


@lru_cache(maxsize=1024)
def protected(line: str) -> tuple[tuple[str, int, int], ...]:
    """(kind, start, end) of code spans, LaTeX, URLs and arXiv ids; figures in them don't count."""
    if not _PROTECTED.may_match(line.lower()):
        return ()
    return tuple((m.lastgroup or "", *m.span()) for m in _PROTECTED.pattern.finditer(line))


@lru_cache(maxsize=1024)
def unprotected(line: str) -> str:
    """The line with its protected spans blanked."""
    return mask(line, [(start, end) for _, start, end in protected(line)])


def mask(line: str, spans: Sequence[tuple[int, int]], char: str = "\x00") -> str:
    """The line with the spans blanked, by a character that no rule reads; offsets stay."""
    if not spans:
        return line
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            parts += [line[at:start], char * (end - max(start, at))]
            at = end
    return "".join([*parts, line[at:]]) if parts else line


@lru_cache(maxsize=1024)
def names(line: str) -> tuple[Name, ...]:
    """The names with digits in a line whose protected spans are masked."""
    if not _DIGIT.search(line):
        return ()
    found: list[Name] = []
    for token in _tokens(line):
        if _ONLY_DIGITS.fullmatch(token[0]) or (found and token.start() < found[-1].end):
            continue
        joined = _has_digit(token[0])
        start, end = _one_word(token) if joined else _with_number(line, token)
        if start < end:
            found.append(Name(start, end, line[start:end]))
    return tuple(found)


def _tokens(line: str) -> Iterator[re.Match[str]]:
    """The words that have a digit or a number behind them, looked for where the digits are."""
    at = 0
    while digit := _DIGIT.search(line, at):
        token = _TOKEN.search(line, _word_of(line, at, digit.start()))
        if token is None:
            return
        yield token
        at = token.end()


def _word_of(line: str, floor: int, digit: int) -> int:
    """Where the word of a digit begins, or the one before it, if the two can be a name."""
    spaced = line[digit - 1 : digit] == " "
    start = max(floor, line.rfind(" ", floor, digit - spaced) + 1)
    before = line[start : digit - 1]
    plain = spaced and before.isascii() and before.isalpha() and before.islower()
    return digit if plain and before not in FAMILIES else start


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


_DIGIT: Final = re.compile(r"\d")
_NO_NAME: Final = (0, 0)


def _one_word(token: re.Match[str]) -> tuple[int, int]:
    """Where a name with digits stands in its word: H100 in 8xH100, nothing in 24.8."""
    count = _count_prefix(token[0])
    if not _is_name(token[0][count:]):
        return _NO_NAME
    release = _RELEASE.match(token.string, token.end())
    return token.start() + count, release.end() if release else token.end()


_ONLY_DIGITS: Final = re.compile(r"[\d.]+")


def _with_number(line: str, token: re.Match[str]) -> tuple[int, int]:
    """Where a word that has a number behind it is a name: Gemini 3, nothing in `about 25`."""
    if not _names_a_version(token[0]):
        return _NO_NAME
    number = _SPACED_NUMBER.match(line, token.end()) or (
        _NUMBERED_FAMILY.match(line, token.end()) if token[0].lower() in FAMILIES else None
    )
    if number is None or not _is_version(line, token, number):
        return _NO_NAME
    return token.start(), number.end(1)


def _count_prefix(text: str) -> int:
    """The length of the count in front of a name: `8x` in 8xH100."""
    match = _COUNT_PREFIX.match(text)
    return match.end() if match else 0


_COUNT_PREFIX: Final = re.compile(r"\d+[xX](?=[A-Za-z])")


def _is_name(token: str) -> bool:
    """Whether a token with a digit is a name and not a figure such as 14B-parameter or top-5."""
    head, *rest = _INNER_MARK.split(token)
    if not _has_digit(head) and rest:
        if head.lower() in _FIGURE_PREFIXES or head.lower() in ENGLISH:
            return False
        if head.islower() and head.isalpha() and len(head) > 3 and head not in FAMILIES:
            return not _is_figure(rest[0])
        return True
    if head[0].isalpha():
        return True
    return not _is_figure(head)


_INNER_MARK: Final = re.compile(r"[-_@&'’]")


def _is_figure(head: str) -> bool:
    if _SCIENTIFIC_OR_SIZE.fullmatch(head):
        return True
    if _NETWORK.fullmatch(head):
        return False
    match = _FIGURE_HEAD.match(head)
    if match is None:
        return not _LATIN.search(head)
    tail = match["tail"]
    return not tail or (tail in _SUFFIXES and tail != "D") or tail in ENGLISH


_SCIENTIFIC_OR_SIZE: Final = re.compile(
    r"\d+h\d{1,2}(?:m|min)?|\d+(?:\.\d+)?[eE]\d*|\d+(?:[xX]\d+)+"
)
_NETWORK: Final = re.compile("[2-6]G")
"""5G is a sort of network, 80G so many gigabytes."""
_LATIN: Final = re.compile("[A-Za-z]")


def _names_a_version(word: str) -> bool:
    """Whether the word can be a name with a number behind it."""
    plain = word.lower()
    if plain.endswith(("'s", "’s")) or plain in _NOT_NAMES or plain in ENGLISH:
        return False
    if plain in FAMILIES or not FAMILIES.isdisjoint(plain.split("-")):
        return True
    if plain == word or _MONTHS_JOINED.fullmatch(plain) or _OF_A_MONTH.fullmatch(plain):
        return False
    return not (word.endswith(("ing", "ed", "ly", "-made", "-built")) and word[1:].islower())


def _is_version(line: str, token: re.Match[str], number: re.Match[str]) -> bool:
    """At the head of a sentence a plain capitalised word is not a name: `Trains 8 models`."""
    word = token[0]
    plain = word[1:].islower() or len(word) == 1
    if word.lower() in FAMILIES:
        return True
    if re.match(r" [a-z]+s\b", line[number.end() : number.end() + 20]):
        return False
    if not plain:
        return True
    before = line[: token.start()].rstrip(" *_\"'“‘(-")
    if before and before[-1] not in ".!?:;\x00":
        return True
    return "." in number[1] or bool(re.match(r" [A-Z]", line[number.end() : number.end() + 2]))
