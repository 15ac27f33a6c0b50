"""Names with digits that English must take over: models, versions, benchmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.editions import unprotected
from digestlib.fidelity.findings import finding
from digestlib.fidelity.known_names import in_chinese, is_transcribed
from digestlib.fidelity.occurrences import occurs
from digestlib.fidelity.things import words_of as told_in_both
from digestlib.fidelity.versions import has_version
from digestlib.models import Finding
from digestlib.quantities.english_names import FAMILIES, names
from digestlib.quantities.number_words import words_of


def changed_names(case: Case) -> Iterator[Finding]:
    """A name with digits that the source does not have: GPT-5.2 for GPT-5."""
    source, text = case.source, case.text
    masked = unprotected(text)
    for name in names(masked):
        core = re.sub(r"(?:[’']s|(?<=[\dA-Z])s)$", "", name.text)
        parts = core.split("-to-")
        known = all(_is_known(part, source, alone=len(parts) == 1) for part in parts)
        known = known or _is_version(core, source)
        if not known and not _in_chinese(core, source) and not _is_a_figure(core, case):
            yield finding(
                case,
                "name",
                "critical",
                f"“{name.text}” is not in the source",
                target=(name.start, name.end),
                suggestion=_nearest(core, source),
            )


def _is_known(name: str, source: str, *, alone: bool) -> bool:
    """Whether the source has a name; of Text-to-3D it may tell the text in Chinese."""
    named = any(occurs(form, source) for form in forms(name))
    if named or alone or any(map(str.isdigit, name)):
        return named
    return bool(told_in_both(source, name))


def _is_a_figure(name: str, case: Case) -> bool:
    """Claude Code 9 min, Codex 12: a name of the source with a figure of the source behind it."""
    parts = _NUMBERED.fullmatch(name)
    if parts is None or not (
        occurs(parts[1], case.source) or (parts[1] == "SD" and "标准差" in case.source)
    ):
        return False
    return parts[2] in case.source_numbers


_NUMBERED: Final = re.compile(r"([A-Za-z][A-Za-z-]{2,}|SD) (\d+(?:\.\d+)?)")


def _is_version(name: str, source: str) -> bool:
    """Whether a name says nothing but a number that the source has: v1.2, Release 1.2, RTX 4090."""
    version = _VERSION.fullmatch(name)
    if version:
        upgraded = _UPGRADED.search(source) and occurs(version[1], source)
        return bool(upgraded) or has_version(version[1], source)
    card = _CARD.fullmatch(name)
    return bool(card and occurs(card[1], source))


_VERSION: Final = re.compile(r"(?:v|version|release|ver\.?)[ -]?(\d+(?:\.\d+)*)", re.IGNORECASE)

_UPGRADED: Final = re.compile("升级|更新[到至]|版本")
_CARD: Final = re.compile(r"(?:NVIDIA |GeForce )*RTX[ -]?(\d{4})")


def _in_chinese(name: str, source: str) -> bool:
    """Whether a name may be the English of a Chinese one with the same number: DanQing-2, 丹青-2."""
    if ((known := _KNOWN.get(name)) and re.search(known, source)) or in_chinese(name, source):
        return True
    if is_transcribed(name, source):
        return True
    match = re.fullmatch(r"([A-Z][a-z]+(?:[A-Z][a-z]+)*)[- ]?(\d+(?:\.\d+)?)", name)
    return bool(
        match
        and match[1].lower() not in FAMILIES
        and re.search(rf"[\u4e00-\u9fff][-－ ]?{re.escape(match[2])}(?![\d.])", source)
        and _nearest(name, source) is None
    )


_KNOWN: Final = {
    "3A": "三甲",
    "H1": "上半年",
    "1H": "上半年",
    "H2": "下半年",
    "2H": "下半年",
    "H2O": "水",
    "O2": "氧",
    "CH4": "甲烷",
    "N2O": "氧化亚氮",
    "FP64": "双精度",
    "FP32": "单精度|全精度",
    "FP16": "半精度",
    "HbA1c": "糖化血红蛋白",
    "SpO2": "血氧",
}


def forms(name: str) -> Iterator[str]:
    """The name, and the name without English word endings: GPT-4-level, 3D-aware, non-3D."""
    yield name
    if match := re.fullmatch(r"(?:end-|mid-|early-|late-)?Q([1-4])", name):
        yield from (f"{'一二三四'[int(match[1]) - 1]}季度", f"{match[1]} 季度", f"{match[1]}季度")
    if name[-1] in "23" and name[:-1].isalpha():
        yield name[:-1] + {"2": "²", "3": "³"}[name[-1]]
    if re.match(r"\d+[xX]\d", name):
        yield re.sub("[xX]", "×", name, count=1)
    if match := re.fullmatch(r"(\d)-?DoFs?", name):
        freedoms = f"{match[1]} ", match[1], "零一二三四五六七八九"[int(match[1])]
        yield from (f"{n}{counted}自由度" for n in freedoms for counted in ("", "个"))
    if match := re.fullmatch(r"[Gg]en[ -]?([1-9])", name):
        yield from (f"第{n}代" for n in ("一二三四五六七八九"[int(match[1]) - 1], f" {match[1]} "))
    if match := re.fullmatch(r"(20\d\d) ?Q([1-4])", name):
        quarter = "一二三四"[int(match[2]) - 1]
        yield from (f"{match[1]}{year}第{quarter}季度" for year in (" 年", "年", " 年 ", "年 "))
    if match := re.fullmatch(r"FY ?(20\d\d)", name):
        yield from (f"{match[1]} 财年", f"{match[1]}财年")
    if match := re.fullmatch(r"[Pp](\d\d)", name):
        yield from (f"{match[1]} 分位", f"{match[1]}分位", f"{match[1]}百分位")
    if match := re.fullmatch(r"([1-6])-?D", name):
        yield f"{match[1]}维"
        yield f"{'一二三四五六'[int(match[1]) - 1]}维"
    segments = name.split("-")
    while len(segments) > 1 and segments[-1].islower() and segments[-1].isalpha():
        if segments.pop() in _EDITIONS:
            break
        yield "-".join(segments)
    while len(segments) > 1 and (
        (segments[0].islower() and segments[0].isalpha()) or segments[0] in _HEADS
    ):
        segments.pop(0)
        yield "-".join(segments)


_HEADS: Final = frozenset({"Single", "Dual", "Multi", "Per", "Non", "All", "Pre", "Post"})
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
