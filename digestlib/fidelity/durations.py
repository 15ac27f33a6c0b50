"""Over that says how long something took, and sets no limit: over 72 hours of running."""

from __future__ import annotations

import re
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.models import Quantity


def is_during(s: Quantity, t: Quantity, case: Case) -> bool:
    """Whether `over` may say during: warmed up over 2,000 steps, not in over four minutes."""
    before = case.lowered[max(0, t.start - 16) : t.start]
    if not t.text.lower().startswith("over ") or _LASTS.search(before):
        return False
    went_on = _WENT_ON.search(case.source, 0, s.start)
    return bool(_DURING.match(case.source, s.end) or went_on)


_LASTS: Final = re.compile(
    r"\b(?:in|for|after|of|is|are|was|were|at|to|by|than|within|takes?|taking|took|lasts?|lasted|lasting|"
    r"needs?|(?<!were )(?<!was )(?<!are )(?<!is )(?<!been )needed|requir(?:es?|ing)|"
    r"(?<!were )(?<!was )(?<!are )(?<!is )(?<!been )required|runs?|ran|running|spen[dt]\w*) \Z"
)
_DURING: Final = re.compile(r"\s*[^\W\d以之]{0,2}(?:内|里|期间|中)")
"""在 2,000 步内 is over 2,000 steps."""
_WENT_ON: Final = re.compile(r"(?:连续|持续|不间断|一连)[^，。；、,;\d]{0,8}\Z")
"""连续运行 72 小时 is over 72 hours of running."""
