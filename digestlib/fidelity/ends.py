"""The first so many told as the last: the first 20,000 steps for 训练的后两万步."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.models import Finding

ENDS: Final = "前|后|末|首"
"""What a source has that tells of which end so many are."""
TOLD: Final = "first|last|final|initial"
_LAST_THERE: Final = re.compile(r"(?:的后|最后的?|末尾的?|末)[\s*约近]*\Z")
_FIRST_THERE: Final = re.compile(
    r"(?<![之以此目日年月周天])(?:(?<!\d)前|最初的?|最开始的?|首)[\s*约近]*\Z"
)
BACKWARDS: Final = "倒数"


def counted_from_the_end(case: Case) -> Iterator[Finding]:
    """Second for 倒数第二, which is the last but one."""
    for s, t, _ in case.figures:
        backwards = case.source.endswith(BACKWARDS, 0, s.start)
        if backwards and s.kind == "ordinal" and not _FROM_LAST.search(case.lowered):
            yield about(case, "direction", "major", "the source counts from the end", s, t)


_FROM_LAST: Final = re.compile(
    r"\b(?:last|bottom|penultimate|worst|lowest|poorest|weakest|end|least|fewest|slowest|final|back|behind|from)\b"
)
"""Second from last, next to last, the second worst."""
_STEPS: Final = re.compile(r"[\s*]*(?:个\s?)?(?:训练|迭代)?(?:步|轮|层|帧|页|epoch|词元|[tT]oken)")
"""What has a beginning: 前三年 may be the last three years."""
_FIRST_HERE: Final = re.compile(r"\b(?:first|initial)[ *]*(?:about |roughly |some |nearly )?\Z")
_LAST_HERE: Final = re.compile(r"\b(?:last|final)[ *]*(?:about |roughly |some |nearly )?\Z")
REACH: Final = 6
NEAR: Final = 24
"""The word stands within so many characters of its figure, in either language."""


def turned_ends_of(case: Case) -> Iterator[Finding]:
    """So many at the other end than in the source, which tells of one end only."""
    for s, t, _ in case.figures:
        there = case.source[max(0, s.start - REACH) : s.start]
        here = case.lowered[max(0, t.start - NEAR) : t.start]
        stepped = _STEPS.match(case.source, s.end) or _STEPS.search(s.text)
        last = _LAST_THERE.search(there)
        first = _FIRST_THERE.search(there) if stepped and not last else None
        turned = (last and _FIRST_HERE.search(here)) or (first and _LAST_HERE.search(here))
        if turned:
            message = f"the source says the {'last' if last else 'first'}"
            yield about(case, "direction", "major", message, s, t)
            return
