"""What lies outside of two limits, 低于 10% 或高于 90%, told as what lies between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import about
from digestlib.fidelity.limits import OVER, UNDER
from digestlib.models import Finding


def told_as_between(case: Case) -> Iterator[Finding]:
    """低于 10% 或高于 90% told as between 10% and 90%."""
    figures = sorted(case.figures, key=lambda m: m.source.start)
    for (one, t, _), (other, same, _) in itertools.pairwise(figures):
        outside = one.bound in UNDER and other.bound in OVER and t is same
        either = "或" in case.source[one.end : other.start] or case.source[other.start] == "或"
        told = case.lowered[max(0, t.start - 60) : t.end + 60]
        if outside and either and not _OTHERWISE.search(told):
            yield about(case, "bound", "major", "the source says outside of these", one, t)


_OTHERWISE: Final = re.compile(
    r"\b(?:not|outside|except\w*|exclu\w+|only|unless|kept|keep\w*|retain\w*|remain\w*|without|other|beyond|neither)\b|n['’]t\b"
)
