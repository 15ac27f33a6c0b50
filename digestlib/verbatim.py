"""What English must take over unchanged, links, code and LaTeX; and Chinese that is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.english_names import mask, protected
from digestlib.findings import finding
from digestlib.models import Finding

_CJK: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_QUOTED: Final = re.compile(
    r"“[^”\n]*”|\"[^\"\n]*\"|「[^」\n]*」|《[^》\n]*》|[(（][^()（）\n]*[)）]"
)


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
