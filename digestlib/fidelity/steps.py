"""What comes first: pre-training and then fine-tuning, told as fine-tuning and then pre-training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.sides import CLEARLY, things_once, weight_in_both
from digestlib.models import Finding
from digestlib.patterns import guarded

_THERE: Final = guarded(
    r"(?:首先|先)(?!前|进|验|天|行)(?P<first>[^。；！？\n]{2,80}?)[，,、；;]?(?:再(?!次)|然后|随后|接着|之后|其次|最后)(?P<second>[^。；！？\n]{2,80})",
    "先",
)
_HERE: Final = guarded(
    r"\bfirst(?! (?:place|token|time|frame)|-)(?P<a>[^.;\n]{2,140}?)\b(?:then|next|followed by|after that|later|afterwards|subsequently|"
    r"finally|before)\b(?P<b>[^.;\n]{2,140})"
    r"|\bafter (?P<c>[^.;,\n]{4,100}), (?P<d>[^.;\n]{2,140})"
    r"|(?P<e>[^.;\n]{4,140}?)\b(?:and only then|and then|followed by|before)\b(?P<f>[^.;\n]{2,140})",
    *("first", "after ", "then", "followed by", "before"),
)


def turned_steps(case: Case) -> Iterator[Finding]:
    """What Chinese tells first stands second in English, and the other way round."""
    there = _THERE.search(case.source)
    here = there and _HERE.search(case.lowered)
    if not there or not here:
        return
    groups = [here.span(name) for name in "abcdef" if here[name] is not None]
    things = things_once(case)
    first, second = there.span("first"), there.span("second")
    crossed = [
        weight_in_both(things, mine, yours)
        for mine, yours in zip((first, second), reversed(groups), strict=True)
    ]
    straight = [
        weight_in_both(things, mine, yours)
        for mine, yours in zip((first, second), groups, strict=True)
    ]
    if all(crossed) and sum(crossed) > sum(straight) + CLEARLY:
        message = "the steps are told in another order"
        yield finding(case, "swap", "major", message, target=here.span())
