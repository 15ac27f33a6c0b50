"""What a text that must be complete leaves out: a version, a numbered name, one of a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.editions import unprotected
from digestlib.fidelity.findings import finding
from digestlib.fidelity.occurrences import occurs
from digestlib.models import Finding
from digestlib.quantities.english_names import FAMILIES, names


def dropped_versions(case: Case) -> Iterator[Finding]:
    """A name that lost its number or its `++`: Sora for Sora 2, ScanNet for ScanNet++."""
    source, text = case.source, case.text
    for name in names(unprotected(source)):
        head = _head(name.text)
        if head is None or occurs(name.text, text) or occurs(name.text.replace("-", " "), text):
            continue
        if not _is_there_once(head, source) or _is_apart(head, name.text, text):
            continue
        if not _COUNTED.match(source, name.end):
            yield from _dropped(case, name.text, head, (name.start, name.end))
    for release in _RELEASE.finditer(unprotected(source)):
        if release[2] not in text and not _COUNTED.match(source, release.end()):
            yield from _dropped(case, release[0], release[1], release.span())
    for edition in _EDITION.finditer(unprotected(source)):
        shortened = source.count(edition[1]) == source.count(edition[0])
        if shortened and edition[2].lower() not in text.lower():
            yield from _dropped(case, edition[0], edition[1], edition.span())
    for plus in _PLUS.finditer(unprotected(source)):
        if plus[0] not in text and source.count(plus[1]) == 1:
            yield from _dropped(case, plus[0], plus[1], plus.span())


@lru_cache(maxsize=256)
def _is_there_once(head: str, source: str) -> bool:
    return source.count(head) == 1


def _is_apart(head: str, name: str, text: str) -> bool:
    """Whether the number stands a little behind the name: PyTorch from 2.4 on."""
    number = name.removeprefix(head).strip(" -v")
    return "." in number and bool(
        re.search(
            rf"(?<![A-Za-z0-9]){re.escape(head)} [^.;,\n\d]{{1,16}}{re.escape(number)}(?![.\d])",
            text,
        )
    )


_DATED: Final = re.compile(
    r"([A-Z][A-Za-z]+(?:-[A-Z]?\d[\w.]*)?)-(?:(?:0[1-9]|1[0-2])[0-3]\d|20\d\d-?\d\d-?\d\d)"
)
"""DeepSeek-R1-0528: a release of a model."""
_RELEASE: Final = re.compile(
    r"(?<![A-Za-z0-9-])(CUDA|PyTorch|TensorFlow|JAX|Python|vLLM|ROCm|Triton|Ubuntu|Node|Java|Transformers|SGLang) "
    r"v?(\d{1,3}(?:\.\d{1,3}){1,3})(?![\d.]*[%B])"
)
"""PyTorch 2.9: of software the number counts."""
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
    if rank := re.fullmatch(r"[Pp](\d\d)", name):
        return f"{rank[1]}th percentile" in text.replace("-", " ")
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


_ITEM: Final = r"[A-Z][A-Za-z0-9.+-]{1,30}(?: (?:& )?[A-Z][A-Za-z0-9.+-]{0,30}){0,3}"
_ASIDE: Final = r"(?:[（(][^（）()\n]{1,40}[)）])?"
_COMMA: Final = r"[*`]*(?:[、，,/]|\s?(?:以及|和|与|及)\s?|\s(?=和|与))[\s*`]*"
_LIST: Final = re.compile(
    rf"(?<![A-Za-z0-9.+-])(?:{_ITEM}{_ASIDE}{_COMMA}){{2,20}}{_ITEM}(?![A-Za-z0-9])"
)
_NAME: Final = re.compile(rf"(?<![A-Za-z0-9.+-])({_ITEM}){_ASIDE}")


def dropped_items(case: Case) -> Iterator[Finding]:
    """The one name of a list of three or more that is nowhere in English, which has the others."""
    low = _joined(case.lowered)
    for listed in _LIST.finditer(unprotected(case.source)):
        items = list(_NAME.finditer(listed[0]))
        lost = [item for item in items if _joined(item[1].lower())[:STEM] not in low]
        if len(lost) == 1 and len(items) > 2:
            start = listed.start() + lost[0].start(1)
            message = f"{lost[0][1]} is left out"
            yield finding(case, "dropped", "major", message, span=(start, start + len(lost[0][1])))


STEM: Final = 6
"""So many letters of a name tell that it is there: Planning may be told as planned."""


def _joined(text: str) -> str:
    return re.sub("[ -]", "", text)
