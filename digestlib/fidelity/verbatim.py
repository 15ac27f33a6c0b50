"""What English must take over unchanged, links, code and LaTeX; and Chinese that is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.quantities.english_names import mask, protected

_CJK: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_GLOSS: Final = re.compile(r"(?<=[A-Za-z0-9] )[(（][\u4e00-\u9fff·]{1,12}[)）]")
"""DanQing (丹青): the Chinese of an English name beside it."""


def changed_protected(case: Case) -> Iterator[Finding]:
    """A URL, code span or LaTeX that is not the source's; in a translation, one that is missing."""
    source, text, complete = case.source, case.text, case.complete
    ours = protected(text)
    theirs = protected(source) if ours or complete else ()
    if not ours and not theirs:
        return
    missing = _only_missing(source, text)
    strange = _strange(text, source)
    for kind, start, end in ours:
        if plain(text[start:end]) in strange:
            message = f"this {kind} is not in the source"
            yield finding(
                case,
                "protected",
                "critical",
                message,
                target=(start, end),
                suggestion=missing.get(kind),
            )
    lost = _strange(source, text) if complete else ()
    for kind, start, end in theirs if complete else ():
        told = kind == "latex" and any(
            m.source.start < end and start < m.source.end for m in case.matches
        )
        told = told or (source.startswith("O(", start) and bool(_ORDER.search(text)))
        if plain(source[start:end]) in lost and not told:
            message = f"this {kind} of the source is missing"
            yield finding(case, "protected", "major", message, span=(start, end))


def _only_missing(source: str, text: str) -> dict[str, str]:
    """By its kind, the one span that the source has and English has not."""
    here = _spans(text)
    missing: dict[str, list[str]] = {}
    for kind, start, end in protected(source):
        if plain(source[start:end]) not in here:
            missing.setdefault(kind, []).append(source[start:end])
    return {kind: spans[0] for kind, spans in missing.items() if len(spans) == 1}


def _strange(text: str, other: str) -> frozenset[str]:
    """The spans of a text that the other does not have, each looked for once."""
    elsewhere = plain(other)
    return frozenset(span for span in _spans(text) - _spans(other) if span not in elsewhere)


def _spans(text: str) -> frozenset[str]:
    return frozenset(plain(text[start:end]) for _, start, end in protected(text))


def plain(text: str) -> str:
    """Without the marks and spaces that don't change what code, LaTeX or a link says."""
    text = text.replace(r"\times", "×").translate(SUPERSCRIPTS)
    if "sqrt" in text:
        text = _ROOT.sub(lambda root: f"√{root[1] or root[2] or root[3]}", text)
    return _MARKS.sub("", _ARGUMENT.sub(r"\1⟨\2⟩", text)).rstrip(")）。，,.;；")


SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_ORDER: Final = re.compile(
    r"\b(?:sub)?-?(?:quadratic|linear|cubic|logarithmic|constant|exponential|square[- ]root)", re.I
)
"""O(n²) may be told as quadratic."""
_ROOT: Final = re.compile(r"\\?sqrt(?:\((\w+)\)|\{(\w+)\}| ?([A-Za-z\d]))(?![A-Za-z])")
_ARGUMENT: Final = re.compile(r"(\\[A-Za-z]{2,20})\{([^{}\s][^{}]{1,200})\}")
r"""What \sqrt{n \log n} is a root of: braces that say how far a command reaches."""
_MARKS: Final = re.compile(r"[\s`$^{}*\\]")


def leftover_chinese(case: Case) -> Iterator[Finding]:
    """Chinese characters in English, except where they only explain an English name."""
    text = case.text
    if text.isascii() or not _CJK.search(text):
        return
    masked = mask(text, [match.span() for match in _GLOSS.finditer(text)])
    masked = mask(masked, [(start, end) for _, start, end in protected(text)])
    for match in _CJK.finditer(masked):
        yield finding(case, "leftover", "critical", "left in Chinese", target=match.span())
