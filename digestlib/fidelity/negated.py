"""What Chinese denies and English says: disclosed for 未披露, stable for 不稳定.

The words are data, in `negated.txt`. English may deny in many ways, with a word far in front or in
no clause of its own: only what has none of them is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.along import are_both_turned
from digestlib.fidelity.antonyms import any_of_list
from digestlib.fidelity.cases import Case
from digestlib.fidelity.denials import DENIED_HERE
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Beginnings, Guarded, Index, guarded, needed, numbers

_NOT: Final = (
    r"(?<![无莫是])(?<!不得)(?<!不能)(?:无(?=[需须])|不再|不会|不能|不可|不得|不予|不应|不宜|不够|不太|不甚|并不|从不|绝不|不|未能|未曾|未经|未|没有|没能|没|无法|并非|难以)"
    r"(?:能|会|再|曾|有|被|得到|得|经过?|进行|任何|直接|完全|对外|主动|进一步|人工|专家|官方|正式|明确|公开|全部|很|够|太)*"
)
DENIALS: Final = "不|未|没|无法|无需|无须|并非|难以"
_PREFIX: Final = re.compile(r"([^\s,][^,]*)")
_SOLVED: Final = re.compile("解决|难题|问题|痛点|克服|缓解|避免|防止|困境|瓶颈|挑战|局限")
"""What the source says is not so may be what was solved."""
_STRONG: Final = re.compile(
    r"\b(?:no|not|never|neither|nor|none|nobody|nothing|nowhere|without|cannot|un(?!til|der|it|iq|iv|ion|cover)\w+|in\w{3,}(?:able|ible)|hardly|barely|scarcely|"
    r"could (?:be|have been)|rarely|seldom|least|fail\w*|lack\w*|refus\w*|declin\w*|unless|until|till|before|yet|ban\w*|bars?|barred|prohibit\w*|forb\w*|"
    r"stop\w*|ceas\w*|defeat\w*|elud\w*|escap\w*|stump\w*|baffl\w*|resist\w*|(?<!\bin the )(?<!\bby the )(?<!\bat the )end(?:s|ed)?|few\w*|little|less|only|rather|instead|withh\w*|far from|anything but|all but|short of|"
    r"but|except|apart from|other than|too|exclud\w*|drop\w*|remov\w*|abandon\w*|gone|ended|imposs\w*|if|whether|away from|avoid\w*|remain\w*|await\w*|pending|non-\w+|dis(?:abl|agre|allow|miss|contin|appear|card|regard|pens)\w*)\b|n['’]t\b"
)
"""What may deny from the beginning of the clause."""
_CLAUSE: Final = re.compile(r"[.;!?](?=\s|$)|\b(?:but|while|whereas|though|although|however)\b")
_COMMA: Final = re.compile(r"[,.;:!?)](?=\s|$)|\b(?:and|but|while|whereas|though|although)\b")


class _Deed(NamedTuple):
    """What may be denied, as Chinese says it with and without a denial, and English."""

    denied: Guarded
    said: Guarded
    english: Guarded
    prefixed: Guarded
    """Unseen, inconsistent."""


def told_what_is_denied(case: Case) -> Iterator[Finding]:
    """The first word that English says more often than the source does not deny it."""
    every, said, told = _deeds()
    for number in numbers(said.within_lines(case.source) & told.within(case.lowered)):
        deed = every[number]
        ours = list(deed.english.finditer(case.lowered))
        theirs = list(deed.denied.finditer(case.source)) if ours else []
        if not theirs or any(_is_denied(word, case.lowered) for word in ours):
            continue
        if deed.prefixed.search(case.lowered) or _SOLVED.search(case.source):
            continue
        if are_both_turned(case) or _needs_nothing(theirs[0], case.lowered):
            continue
        if len(ours) > deed.said.count(case.source) - len(theirs):
            message = f"the source says {theirs[0][0]}"
            here, there = ours[-1].span(), theirs[0].span()
            yield finding(case, "direction", "major", message, target=here, span=there)
            return


def _needs_nothing(denied: re.Match[str], low: str) -> bool:
    """Whether what 无需 denies may be denied of something else: others require what this leaves untouched."""
    return denied[0].startswith(("无需", "无须")) and bool(_ANYWHERE.search(low))


_ANYWHERE: Final = re.compile(
    r"\b(?:no|not|never|none|neither|nor|nobody|nothing|without|instead|rather|un\w+ed|\w+less|free|skip\w*|spar\w+|eliminat\w*|remov\w*|"
    r"avoid\w*|dispens\w*|cannot|away|forget|forgo\w*|sav(?:es|ed|ing)|bypass\w*|replac\w*|drop\w*|omit\w*)\b|n['’]t\b"
)


def _is_denied(told: re.Match[str], low: str) -> bool:
    """Whether something in its clause may deny it."""
    start = max((m.end() for m in _CLAUSE.finditer(low, 0, told.start())), default=0)
    if _STRONG.search(low, start, told.start()):
        return True
    near = max((m.end() for m in _COMMA.finditer(low, start, told.start())), default=start)
    stop = _COMMA.search(low, told.end())
    end = stop.start() if stop else len(low)
    if DENIED_HERE.search(low, near, end) or _STRONG.search(low, near, end):
        return True
    more = _AND_EARLIER.match(low, end)
    last = _COMMA.search(low, more.end()) if more else None
    return bool(more and _STRONG.search(low, more.end(), last.start() if last else len(low)))


_AND_EARLIER: Final = re.compile(r"and (?:earlier|later|older|newer|lower|below|before)\b")
"""Support for 3.8 and earlier ended: the clause goes on."""


@once
def _deeds() -> tuple[list[_Deed], Index, Beginnings]:
    """The words of the file, and which of them a source may have, and English."""
    file = resources.files(__package__).joinpath("negated.txt")
    found: list[_Deed] = []
    needs: list[list[str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        chinese, told, english = line.partition(" = ")
        if told:
            words = [word.split("?")[0] for word in chinese.split("|")]
            needs.append(
                [
                    word[:-1] if "?" in full else word
                    for word, full in zip(words, chinese.split("|"), strict=True)
                ]
            )
            said = guarded(chinese)
            denied = guarded(f"{_NOT}(?:{chinese})", *DENIALS.split("|"))
            prefixed = any_of_list(
                _PREFIX.sub(r"un\1, in\1, im\1, ir\1, dis\1, non-\1, non\1", english)
            )
            found.append(_Deed(denied, said, any_of_list(english), prefixed))
    return found, Index(needs), Beginnings(needed(deed.english) for deed in found)
