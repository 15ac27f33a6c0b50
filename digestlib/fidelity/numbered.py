"""Stages, steps and rounds by their number: stage 3 for 第二阶段, the three stages for 两阶段.

A number of the source may excuse any figure: of what is numbered here, each number and each count
must be told of the same noun there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding


class _Noun(NamedTuple):
    """What is numbered: which one, how many, and the first so many of them, in either language."""

    which_there: re.Pattern[str]
    many_there: re.Pattern[str]
    first_there: re.Pattern[str]
    which_here: re.Pattern[str]
    many_here: re.Pattern[str]


_CHINESE: Final = {sign: n for n, sign in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_ENGLISH: Final = {
    word: n
    for words in (
        "one two three four five six seven eight nine",
        "first second third fourth fifth sixth seventh eighth ninth",
        "i ii iii iv v vi vii viii ix",
    )
    for n, word in enumerate(words.split(), 1)
}
_WHICH: Final = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_MANY: Final = "two|three|four|five|six|seven|eight|nine|[2-9]"
_THERE: Final = "[一二两三四五六七八九1-9]"


def _noun(theirs: str, ours: str) -> _Noun:
    return _Noun(
        re.compile(rf"第\s?({_THERE})\s?(?:个|大)?(?:{theirs})|(?:{theirs})\s?({_THERE})(?![\d.])"),
        re.compile(
            rf"(?<![第前后\d.十百千万亿几数])(?<![第前后]\s)({_THERE})\s?(?:个|大)?(?:[\u4e00-\u9fff]{{1,2}})?(?:{theirs})"
        ),
        re.compile(rf"前\s?({_THERE})\s?(?:个|大)?(?:{theirs})"),
        re.compile(
            rf"\b({_WHICH}) (?:[a-z-]+ )?(?:{ours})\b|\b(?:{ours}) ([1-9](?![\d.,]\d|\d)|one|two|three|four|five|iii|ii|iv|i)\b"
        ),
        re.compile(rf"(?<![\d.,])\b({_MANY})(?: (?:[a-z-]+ )?(?:{ours})s|-(?:{ours})s?)\b"),
    )


_NOUNS: Final = (
    _noun("阶段", "stage|phase"),
    _noun("步骤|步", "step"),
    _noun("版", "version|edition"),
    _noun("轮", "round|turn"),
)
NUMBERED: Final = "阶段|步|版|轮"
_LISTED: Final = re.compile(
    r"第[一二三四五六七八九\d][、和与及至到~—-]|[后末]\s?[二两三四五\d]|最[后终初]|随后|然后|接着|之后|继而|接下来|后续|其[次后]|末|再|首先|最先|下一|上一|前一|后一|另一|余下|其余|剩"
)
"""Where one of these says which it is, any number may be told."""


def changed_numbered(case: Case) -> Iterator[Finding]:
    """The first stage or step of another number than any of the source, or of another count."""
    for noun in _NOUNS:
        which = _values(noun.which_there, case.source)
        many = _values(noun.many_there, case.source)
        first = _values(noun.first_there, case.source)
        told = list(noun.which_here.finditer(case.lowered))
        if (which or first) and not _LISTED.search(case.source):
            for word in told:
                if _value(word) == 1 and _FIRST.search(case.source):
                    continue
                if _value(word) not in which and (which or _value(word) in first):
                    if first and _FIRST_FEW.search(case.lowered):
                        continue
                    message = "the source has none of this number"
                    yield finding(case, "value", "critical", message, target=word.span())
                    return
        if many and which:
            allowed = many | first | {max(which), max(which) - 1, len(which)}
            for word in noun.many_here.finditer(case.lowered):
                if _value(word) not in allowed and not _LISTED.search(case.source):
                    message = f"the source counts {min(many)}"
                    yield finding(case, "value", "critical", message, target=word.span())
                    return


def changed_one_of_them(case: Case) -> Iterator[Finding]:
    """In three steps, of which the first does this, for 第二步: the only one that either text tells."""
    there = {_value(m) for noun in _NOUNS for m in noun.which_there.finditer(case.source)}
    if len(there) != 1 or _LISTED.search(case.source) or _ANY_FIRST.search(case.source):
        return
    told, number = list(_ONE_HERE.finditer(case.lowered)), there.pop()
    if len(told) != 1 or _ENGLISH[told[0][1]] == number or _SAYS[number].search(case.lowered):
        return
    message = f"the source tells number {number}"
    yield finding(case, "value", "critical", message, target=told[0].span())


ONE: Final = "he first|he second|he third|he fourth|he fifth"
"""In such English."""
_ANY_FIRST: Final = re.compile("[首初先始]|第一(?!阶段|步|版|轮|个)|[另其]一")
_ONE_HERE: Final = re.compile(
    rf"\bthe ({_WHICH})(?=,? (?:of (?:these|them|which)|one|is|was|being|to|[a-z]+(?:[^su\W]s|ing|ed))\b)"
)
_LATER: Final = "|latter|last|final|then|next|latest"
_SAYS: Final = {
    n: re.compile(
        rf"\b(?:{n}(?:nd|rd|th|st)?|{'|'.join(w for w, value in _ENGLISH.items() if value == n)}{_LATER * (n > 1)})\b"
    )
    for n in range(1, 10)
}
"""What may say so."""


def changed_rounds(case: Case) -> Iterator[Finding]:
    """Series C for B 轮."""
    there = {m[1] for m in _ROUND_THERE.finditer(case.source)}
    for told in _ROUND_HERE.finditer(case.text) if there else ():
        if (told[1] or told[2]) not in there:
            message = "the source has no such round"
            yield finding(case, "value", "critical", message, target=told.span())
            return


ROUNDS: Final = "轮"
"""What a source has that tells rounds of money."""
_ROUND_THERE: Final = re.compile(r"(?<![A-Za-z])(?:Pre-)?([A-G])\s?\d?\+{0,2}\s?轮")
_ROUND_HERE: Final = re.compile(r"\b[Ss]eries[ -]([A-G])\d?\b|\b([B-G])[ -]round\b")


_FIRST: Final = re.compile("[首初]")
"""首个版本, beside 第二版."""
_FIRST_FEW: Final = re.compile(rf"\bfirst (?:{_MANY})\b")


def _values(pattern: re.Pattern[str], source: str) -> set[int]:
    return {_value(found) for found in pattern.finditer(source)}


def _value(found: re.Match[str]) -> int:
    said = next(group for group in found.groups() if group)
    return _CHINESE.get(said) or _ENGLISH.get(said) or int(said)
