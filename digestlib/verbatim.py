"""What English must take over unchanged: names with digits, links, code, LaTeX, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digestlib.english_names import FAMILIES, mask, names, protected
from digestlib.english_numbers import words_of
from digestlib.lexicon import languages
from digestlib.models import Finding, Quantity, Severity

_CJK: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_QUOTED: Final = re.compile(
    r"“[^”\n]*”|\"[^\"\n]*\"|「[^」\n]*」|《[^》\n]*》|[(（][^()（）\n]*[)）]"
)


def changed_names(source: str, text: str) -> Iterator[Finding]:
    """A name with digits that the source does not have: GPT-5.2 for GPT-5."""
    masked = _without_protected(text)
    for name in names(masked):
        core = re.sub(r"(?:[’']s|(?<=\d)s)$", "", name.text)
        if not any(occurs(form, source) for form in _forms(core)) and not _in_chinese(core, source):
            yield finding(
                "name",
                "critical",
                f"“{name.text}” is not in the source",
                target=(name.start, name.end),
                text=text,
                suggestion=_nearest(core, source),
            )


def occurs(name: str, text: str) -> bool:
    """Whether a name stands in the text, however it is spaced or hyphenated, and no longer."""
    if name.endswith("维"):
        return name in text
    pieces = re.findall(r"[A-Za-z]+|\d+(?:\.\d+)*", name)
    pattern = r"[-_ .@&/()（）]{0,2}".join(map(re.escape, pieces))
    return bool(
        pieces
        and re.search(rf"(?<![A-Za-z0-9]){pattern}s?(?![A-Za-z0-9]|\.\d)", text, re.IGNORECASE)
    )


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
    if match := re.fullmatch(r"([1-6])-?D", name):
        yield f"{match[1]}维"
        yield f"{'一二三四五六'[int(match[1]) - 1]}维"
    segments = name.split("-")
    while len(segments) > 1 and segments[-1].islower() and segments[-1].isalpha():
        segments.pop()
        yield "-".join(segments)
    while len(segments) > 1 and segments[0].islower() and segments[0].isalpha():
        segments.pop(0)
        yield "-".join(segments)


def _nearest(name: str, source: str) -> str | None:
    """The one name of the source that begins with the same letters."""
    letters = re.match(r"[A-Za-z]*", name)
    prefix = letters[0].lower() if letters else ""
    masked = _without_protected(source)
    near = {n.text for n in names(masked) if prefix and n.text.lower().startswith(prefix)}
    return near.pop() if len(near) == 1 else None


def changed_entities(source: str, text: str, *, complete: bool) -> Iterator[Finding]:
    """A Latin name without digits that took the place of one in the source: Bagel-RL for BAGEL."""
    masked = _without_protected(text)
    lost = [w for w in _latin_names(_without_protected(source)) if not occurs(w.text, text)]
    for word in _latin_names(masked):
        if occurs(word.text, source) or _known_parts(word.text, source):
            continue
        if _is_extended(word.text, source):
            yield finding(
                "name",
                "critical",
                f"“{word.text}” is not in the source",
                target=(word.start, word.end),
                text=text,
                suggestion=word.text.split("-")[0],
            )
            continue
        stand_in = [w for w in lost if complete and _alike(w.text, word.text)]
        if word.family or stand_in:
            yield finding(
                "name",
                "critical",
                f"“{word.text}” is not in the source",
                target=(word.start, word.end),
                text=text,
                suggestion=stand_in[0].text if len(stand_in) == 1 else None,
            )


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    family: bool


_LATIN: Final = re.compile(r"(?<![A-Za-z0-9\-])[A-Za-z]{2,}(?:-[A-Za-z]+)*(?![A-Za-z0-9])(?!-?\d)")
_MODEL_FAMILIES: Final = frozenset(
    words_of(
        "chatgpt claude gemini llama qwen deepseek kimi mistral mixtral gemma grok nvidia "
        "openai anthropic deepmind hunyuan internvl baichuan ernie doubao llava dalle-e "
        "midjourney"
    )
)
_ACRONYMS: Final = frozenset(
    words_of(
        "ai gpu gpus cpu tpu vram ram api apis llm llms mllm mllms vlm vlms vla rl sft rlhf "
        "dpo grpo ppo gui ui qa vqa ocr ood id cot moe kv nlp cv sota rag ar vr dit vit gan "
        "vae cnn rnn lstm mlp wer cer der psnr ssim fid fvd lpips iou map auc asr tts elo it "
        "us uk eu un pdf json html url usd hz khz fps gb mb tb kb db ms id ids ok nerf slam "
        "rgb depth lora peft ode sde pde bev"
    )
)


def _latin_names(text: str) -> list[_Word]:
    """Words that look like names: CamelCase, capitals with a hyphen, or a known model family."""
    found = []
    for match in _LATIN.finditer(text):
        word = match[0]
        if word.lower() in _ACRONYMS:
            continue
        family = word.lower() in _MODEL_FAMILIES
        camel = bool(re.search(r"[a-z][A-Z]|[A-Z]{2,}[a-z]{2,}", word))
        capitals = word.isupper() and len(word) > 2
        hyphened = "-" in word and bool(re.search(r"-[A-Z]", word))
        if family or camel or capitals or hyphened:
            found.append(_Word(*match.span(), word, family))
    return found


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


def changed_languages(source: str, text: str) -> Iterator[Finding]:
    """A language that the source does not name, where one that it names is gone."""
    theirs = [e for zh, e in languages().items() if any(name in source for name in zh.split("|"))]
    gone = [e for e in theirs if not any(name in text for name in e)]
    for english in languages().values() if gone else ():
        if english not in theirs and (found := re.search(rf"\b(?:{'|'.join(english)})\b", text)):
            yield finding(
                "name",
                "critical",
                f"the source does not name {found[0]}",
                target=found.span(),
                text=text,
                suggestion=gone[0][0] if len(gone) == 1 else None,
            )


# ---------------------------------------------------------------- protected spans and leftovers


def changed_protected(source: str, text: str, *, complete: bool) -> Iterator[Finding]:
    """A URL, code span or LaTeX that is not the source's; in a translation, one that is missing."""
    plain = _plain(source)
    for kind, start, end in protected(text):
        if _plain(text[start:end]) not in plain:
            yield finding(
                "protected",
                "critical",
                f"this {kind} is not in the source",
                target=(start, end),
                text=text,
            )
    for kind, start, end in protected(source) if complete else ():
        if _plain(source[start:end]) not in _plain(text):
            yield finding(
                "protected",
                "major",
                f"this {kind} of the source is missing",
                span=(start, end),
                source=source,
            )


def _plain(text: str) -> str:
    """Without the marks and spaces that don't change what code, LaTeX or a link says."""
    text = text.replace("²", "2").replace("³", "3")
    return re.sub(r"[\s`$^{}*\\]|[)）。，,.;；]+$", "", text)


def leftover_chinese(text: str) -> Iterator[Finding]:
    """Chinese characters in English, outside quotation marks and brackets."""
    masked = mask(text, [match.span() for match in _QUOTED.finditer(text)])
    masked = mask(masked, [(start, end) for _, start, end in protected(text)])
    for match in _CJK.finditer(masked):
        yield finding("leftover", "critical", "left in Chinese", target=match.span(), text=text)


# ---------------------------------------------------------------- dates

_MONTHS: Final = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
_MONTH: Final = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_ENGLISH_DATE: Final = re.compile(
    rf"(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? )?{_MONTH}\.?"
    rf"(?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d%]))?"
)
_ISO: Final = re.compile(
    r"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)"
)
_CHINESE_DATE: Final = re.compile(
    r"(?<!\d)(?P<month>\d{1,2})\s*月(?:份)?(?:\s*(?P<day>\d{1,2})\s*[日号])?"
)
_YEAR: Final = re.compile(r"(?<![\d.,A-Za-z-])20[0-3]\d(?![\d.,%万亿]|\s*[个条张种])")
_MAY: Final = re.compile(
    r"(?:\b(?:in|from|of|until|till|since|by|between|and|to|[Ll]ate|[Ee]arly|mid) |[-–—] ?)$"
)
Date = tuple[int, int | None]


def date_spans(text: str) -> list[tuple[int, int]]:
    """Where months and days stand, so that their numbers are not read as figures."""
    return [m.span() for p in (_CHINESE_DATE, _ISO) for m in p.finditer(text)]


def changed_dates(source: str, text: str, *, complete: bool) -> Iterator[Finding]:
    """A month, day or year that is not the source's; with the spans of what differs."""
    ours, theirs = _dates(text), _dates(source)
    known = {date for date, _ in theirs}
    months = {month for month, _ in known}
    for date, span in ours:
        if date not in known and not (date[1] is None and date[0] in months):
            yield finding(
                "date", "critical", "this date is not the source's", target=span, text=text
            )
    for date, span in theirs if complete else ():
        if not any(date == d or (date[1] is None and date[0] == d[0]) for d, _ in ours):
            yield finding("date", "major", "this date is missing", span=span, source=source)
    yield from _changed_years(source, text, bool(theirs) and len(theirs) > 1)


def _dates(text: str) -> list[tuple[Date, tuple[int, int]]]:
    found: list[tuple[Date, tuple[int, int]]] = []
    for pattern in (_CHINESE_DATE, _ISO):
        found += [
            ((int(m["month"]), int(m["day"]) if m["day"] else None), m.span())
            for m in pattern.finditer(text)
            if 1 <= int(m["month"]) <= 12
        ]
    for m in _ENGLISH_DATE.finditer(text):
        day = m["day"] or m["before"]
        if m["month"] in ("May", "March") and not day and not _is_month(m, text):
            continue
        month = _MONTHS.index(m["month"][:3].lower()) + 1
        found.append(((month, int(day) if day else None), m.span()))
    return found


def _is_month(found: re.Match[str], text: str) -> bool:
    behind = re.match(r",? (?:20\d\d|to [A-Z])|[-–—]", text[found.end() :])
    return bool(behind or _MAY.search(text[max(0, found.start() - 9) : found.start()]))


def _changed_years(source: str, text: str, several: bool) -> Iterator[Finding]:
    """A year belongs to its month: November 3, 2025 is not December 18, 2025."""
    if not several:
        return
    chinese = re.compile(
        r"(?P<year>20\d\d)\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*[日号])?"
    )
    told = {(m["year"], int(m["month"]), m["day"]) for m in chinese.finditer(source)}
    days = {(month, day) for _, month, day in told}
    english = re.compile(rf"{_MONTH}\.? (?P<day>\d{{1,2}}),? (?P<year>20\d\d)")
    for m in english.finditer(text):
        date = (_MONTHS.index(m["month"][:3].lower()) + 1, m["day"])
        if told and all(day for _, day in days) and date not in days:
            yield finding(
                "date",
                "major",
                "the source gives another date this year",
                target=m.span(),
                text=text,
            )


# ---------------------------------------------------------------- findings


def finding(
    rule: str,
    severity: Severity,
    message: str,
    *,
    target: tuple[int, int] | None = None,
    text: str = "",
    span: tuple[int, int] | None = None,
    source: str = "",
    suggestion: str | None = None,
) -> Finding:
    """A finding whose source span is turned into a line of the source and offsets within it."""
    line, start = None, 0
    if span is not None:
        start = source.rfind("\n", 0, span[0]) + 1
        line = source.count("\n", 0, span[0]) + 1
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        source_line=line,
        source_text=source[slice(*span)] if span else "",
        source_span=(span[0] - start, span[1] - start) if span else None,
        target_text=text[slice(*target)] if target else "",
        target_span=target,
        suggestion=suggestion,
    )


def about(
    rule: str,
    severity: Severity,
    message: str,
    source_quantity: Quantity,
    target_quantity: Quantity,
    source: str,
    text: str,
) -> Finding:
    """A finding about an English figure and the Chinese one it stands for."""
    return finding(
        rule,
        severity,
        f"{message}: {source_quantity.text} / {target_quantity.text}",
        target=(target_quantity.start, target_quantity.end),
        text=text,
        span=(source_quantity.start, source_quantity.end),
        source=source,
    )


def _without_protected(text: str) -> str:
    return mask(text, [(start, end) for _, start, end in protected(text)])
