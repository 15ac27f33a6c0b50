"""Before told as after: after fine-tuning for 微调前, before planning for 规划后.

Both texts must have the word right beside the same thing, and neither anything else that says what
comes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.things import Thing, words_of
from digestlib.models import Finding

BESIDE: Final = "前|后"
_BEFORE_THERE: Final = re.compile(
    r"(?:之|以)?前(?![期者景端台缀沿面后置列线提排方辈人额途往馈向缘])"
)
_AFTER_THERE: Final = re.compile(
    r"(?:之|以)?后(?![期续来面排置台端缀者门果方卫院劲遗援景移悔天向缘])"
)
_BEFORE_HERE: Final = re.compile(
    r"\b(?:before|prior to|ahead of|pre-?)[ -]?(?:(?:the|its|their|his|her|a|an|each|any|this|that|being) )?\Z"
)
_AFTER_HERE: Final = re.compile(
    r"\b(?:after|following|post-?)[ -]?(?:(?:the|its|their|his|her|a|an|each|any|this|that|being) )?\Z"
)
_FIRST_THERE: Final = re.compile(
    r"先|才|方[可能]|之前|以前|此前|前(?!\s*[\d一二两三四五六七八九十几者沿提景端])"
)
_THEN_THERE: Final = re.compile("之后|以后|随后|然后|此后|再|后(?=[，,])|才|方[可能]")
_BEFORE: Final = re.compile(
    r"\b(?:before\w*|prior|ahead|until|till|earlier|previous\w*|not|no|never|only|without|first|pre\w*)\b|n['’]t\b"
)
_AFTER: Final = re.compile(
    r"\b(?:after\w*|once|when|then|following|subsequent\w*|later|upon|since|post\w*|not|no|never|only|until|without|next|follow\w*)\b|n['’]t\b"
)
_DENIED: Final = re.compile("[未没无]|不(?!久|[少多]于|止)")
"""What is not done before is done only after."""
_CLAUSES: Final = re.compile("[，。；！？,;]")
NEAR: Final = 24
"""The word stands within so many characters of its thing."""


def turned_afterwards(case: Case) -> Iterator[Finding]:
    """The first thing that something comes before here, and after in the source, or the other way."""
    for thing in words_of(case.source, case.text):
        for said, mark, besides, told, other in (
            (_AFTER_THERE, _FIRST_THERE, _AFTER, _BEFORE_HERE, "before"),
            (_BEFORE_THERE, _THEN_THERE, _BEFORE, _AFTER_HERE, "after"),
        ):
            word = _is_beside(thing, said, case.source)
            here = _is_told(thing, told, case.lowered) if word else None
            if not word or not here:
                continue
            start, end = word.span()
            rest = case.source[:start] + " " * (end - start) + case.source[end:]
            denied = _DENIED.search(_CLAUSES.split(case.source[end:].lstrip("，, "))[0])
            if not denied and not mark.search(rest) and not besides.search(case.lowered):
                message = f"the source says {thing.name}{word[0]}, not {other}"
                yield finding(case, "direction", "major", message, target=here, span=word.span())
                return


def _is_beside(thing: Thing, word: re.Pattern[str], source: str) -> re.Match[str] | None:
    """The word behind the thing."""
    return next((m for _, end in thing.source if (m := word.match(source, end))), None)


def _is_told(thing: Thing, word: re.Pattern[str], low: str) -> tuple[int, int] | None:
    """Where English has the word in front of the thing."""
    return next(
        (place for place in thing.target if word.search(low[max(0, place[0] - NEAR) : place[0]])),
        None,
    )
