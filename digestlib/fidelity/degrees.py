"""More told as less: less natural for 更自然, unevenly for 更均匀, harder to understand for 更易懂.

The words are data, in `degrees.txt`. Chinese may say a thing of one side and English the opposite of
the other, B is less natural than A: only what keeps its side, or has no other, is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from typing import Final, NamedTuple

from digestlib.fidelity.along import are_both_turned
from digestlib.fidelity.antonyms import any_of_list, beginnings_of_list, patterns_of_list
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.witnesses import things_once
from digestlib.models import Finding
from digestlib.once import once
from digestlib.patterns import Guarded, Index, guarded, numbers

DEGREES: Final = "更|最|较|越|愈|尤|很|非常|十分|极|相当|日益|颇"
"""What Chinese has of a word that is told with less."""
LESSENED: Final = "less|least|un|in|im|dis|non|er to "
"""One of these English has where it says the opposite."""
_VERY: Final = (
    r"(?<![不未没无])(?:更加?|更为|最为?|较为?|比较|越来越|[越愈]发?|日益|尤[为其]|极其?|十分|非常|相当|很|颇)"
    r"(?:地|[能会][够]?|加|具|有|受|容易|倾向于?){0,2}"
)
_DENIED_THERE: Final = "[不未没无非欠缺少难]"
_LOWERED: Final = re.compile(
    r"[更较最越愈][不少低小弱差短慢轻浅窄]|[不没未无非](?:[够太甚那]|怎么|有那么|如|及|再)|[低弱少慢差逊]于|降低|下降|减[少弱轻]|削弱|缺|欠|[省免]"
)
"""What less may be told for."""
_SIDES: Final = re.compile(
    r"(?<![相对占可])比(?![例如较特率值重对分])|[与和跟同].{1,30}相[比较]|相[比较]|较之|而不是|而非|不如|不及|[高低好强优多快]于|胜过|超过(?!了?[\s*]*[\d一二两三四五六七八九十几半])"
)
_RATHER: Final = re.compile(r"而不是|而非")
_FIGURED: Final = re.compile(
    r"\b(?:more|less|fewer) than (?:a |an )?(?:half|\w{0,3}\W?\d|\w+ (?:\w+ )?(?:tim|per)|(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|third|quarter|fifth|tenth)s?\b)"
)
_OTHERS_HERE: Final = re.compile(
    r"\b(?:than|old\w*|previous\w*|earlier|other\w*|rest|baselines?|before|without|original\w*|former\w*|predecessors?|"
    r"competit\w+|rivals?|remaining|used to|elsewhere|otherwise|unlike|non-\w+)\b"
)
"""Of what is not meant, less may be said."""
_TURNING_HERE: Final = re.compile(
    r"\b(?:not|no|never|any|none the|nothing|nobody|neither|nor|far from|hardly|rather|anything|avoid\w*|prevent\w*|reduc(?:es?|ed|ing)|"
    r"lower(?:s|ed|ing)?|fewer|small(?:er|est)|short(?:er|est)|weak(?:er|est)|cut(?:s|ting)?|without|fix\w*|overc\w*|instead|if|whether|lack\w*)\b|n['’]t\b"
)
"""What turns it again, in the same clause."""
_NOT_HERE: Final = re.compile(r"\b(?:no|not|never|without|lack\w*|nor|un\w+ed)\b|n['’]t\b")
"""Less where it has not been checked is more where it has."""
_CLAUSE: Final = re.compile(r"[.,;:!?](?=\s|$)|\b(?:and|but|while|whereas|though|although)\b")


class _Degree(NamedTuple):
    """How Chinese says that it is much so, and that it is not; English, all of it and the opposite."""

    said: Guarded
    plain: Guarded
    denied: Guarded
    told: Guarded
    lessened: Guarded
    prefixed: Guarded


def told_as_less(case: Case) -> Iterator[Finding]:
    """The first word that English says only with less, least or un- where the source says it with more."""
    every, index = _degrees()
    for number in numbers(index.within_lines(case.source)):
        degree = every[number]
        ours, mine = _turned(degree, case)
        if not ours or not mine or degree.denied.search(case.source):
            continue
        if _is_said_too(degree, case.lowered) or _may_be_meant(ours, case):
            continue
        if mine.re is not degree.plain.pattern and _is_of_another_side(case):
            continue
        message = f"the source says {mine[0]}, not {ours[0]}"
        yield finding(case, "direction", "major", message, target=ours.span(), span=mine.span())
        return


def _turned(degree: _Degree, case: Case) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The opposite in English, and what Chinese says: at all, if nothing in it may be the opposite."""
    if ours := degree.lessened.search(case.lowered):
        return ours, degree.said.search(case.source)
    ours = degree.prefixed.search(case.lowered)
    if not ours:
        return None, None
    if said := degree.said.search(case.source):
        return ours, said
    return ours, None if _ANY_DENIAL.search(case.source) else degree.plain.search(case.source)


_ANY_DENIAL: Final = re.compile("[不非无没未缺失难差欠弱低少降反异错误防否别糊坏疑问题]")


def _is_said_too(degree: _Degree, low: str) -> bool:
    """Whether English has the word with no less before it."""
    rest = degree.prefixed.pattern.sub(" ", degree.lessened.pattern.sub(" ", low))
    return bool(degree.told.search(rest))


def _may_be_meant(ours: re.Match[str], case: Case) -> bool:
    """Whether the source has less of something, or English turns it again."""
    low = case.lowered
    if _LOWERED.search(case.source) or ("harder" in ours[0] and "难" in case.source):
        return True
    start = max((m.end() for m in _CLAUSE.finditer(low, 0, ours.start())), default=0)
    start = 0 if "越" in case.source else start
    return bool(_TURNING_HERE.search(low, start, ours.start()) or _NOT_HERE.search(low, ours.end()))


def _is_of_another_side(case: Case) -> bool:
    """Whether less may be told of what is compared with it."""
    if are_both_turned(case):
        return True
    rest = _FIGURED.sub(" ", case.lowered)
    if "前者" in case.source and "后者" not in case.source:
        if "the latter" in rest:
            return True
        rest = rest.replace("the former", " ")
    if _RATHER.search(case.source):
        return not _keeps_its_side(case)
    if _SIDES.search(case.source):
        return is_turned_twice(case) or not _keeps_its_side(case)
    return bool(_OTHERS_HERE.search(rest))


def _keeps_its_side(case: Case) -> bool:
    """Whether what stands behind 比 or 而不是 stands behind than, and nothing of it before."""
    low = _FIGURED.sub(lambda told: " " * len(told[0]), case.lowered)
    theirs, ours = _SIDES.search(case.source), _THAN.search(low)
    if not theirs or not ours:
        return False
    around = _AROUND.match(theirs[0])
    behind = _END_THERE.search(case.source, theirs.end())
    end = behind.start() if behind else len(case.source)
    others = theirs.span() if around else (theirs.end(), end)
    reached = _PHRASE_ENDS.search(low, ours.end()) if around else None
    stop = reached.start() if reached else len(low)
    straight = crossed = 0.0
    for thing in things_once(case):
        there, here = thing.source[0][0], thing.target[0][0]
        if there < end or around:
            is_other, told_other = others[0] <= there < others[1], ours.end() <= here < stop
            straight += thing.weight * (is_other == told_other)
            crossed += thing.weight * (is_other != told_other)
    return straight > 0 and crossed == 0


_THAN: Final = re.compile(
    r"\b(?:than (?!half|\w{0,3}\W?\d)|compared (?:to|with)\b|relative to\b|in comparison (?:to|with)\b)"
)
_AROUND: Final = re.compile("[与和跟同]")
"""与 A 相比 has A within it, and what is compared behind."""
_PHRASE_ENDS: Final = re.compile(
    r"[,;:]|\.(?=\s|$)|\b(?:and|but|while|whereas|though|although|yet)\b"
)
_END_THERE: Final = re.compile(r"[更。；，！？\n]")


@once
def _degrees() -> tuple[list[_Degree], Index]:
    """The words of the file, and which of them a source may have."""
    file = resources.files(__package__).joinpath("degrees.txt")
    found: list[_Degree] = []
    needs: list[list[str]] = []
    for line in file.read_text(encoding="utf-8").splitlines():
        chinese, told, english = line.partition(" = ")
        if told and not line.startswith("#"):
            needs.append([word.rstrip("?") for word in chinese.split("|")])
            found.append(_degree(chinese, *english.partition(" > ")[::2]))
    return found, Index(needs)


def _degree(chinese: str, listed: str, opposites: str) -> _Degree:
    plain = f"(?:{'|'.join(patterns_of_list(listed))})"
    turned = "".join(rf"|\b{word}(?![a-z-])" for word in patterns_of_list(opposites))
    return _Degree(
        guarded(f"{_VERY}(?:{chinese})", *DEGREES.split("|")),
        guarded("|".join(w for w in chinese.split("|") if len(w) > 1) or "(?!)"),
        guarded(f"{_DENIED_THERE}.{{0,3}}?(?:{chinese})|(?:{chinese})[性度]"),
        any_of_list(listed),
        guarded(
            rf"\b(?:(?<!no )(?<!not )(?<!any )(?<!the )less(?: \w+ly)?|(?:at )?least(?: \w+ly)?) {plain}(?![a-z-])"
            rf"|\b{plain}(?: [\w'-]+){{0,5}} (?:less|(?<!at )(?<!the )least)\b(?: \w+ly\b)?(?! (?:than \W?\d|[\w-]+(?:ed|al|nt|ent|ble|ive|ous|ful|ate|ete|ust)\b))"
            rf"|\b{plain}(?: [\w'-]+){{6,10}} less(?=[.,;:!?](?:\s|\Z)|\Z)" + turned,
            *("less", "least", *beginnings_of_list(opposites)),
        ),
        guarded(
            rf"\b{_NO_PREFIX}(?:{'|'.join(_PREFIXES)}){plain}(?![a-z-])",
            *(before + word for word in beginnings_of_list(listed) for before in _PREFIXES),
        ),
    )


_PREFIXES: Final = ("un", "in", "im", "ir", "dis", "non-")
_NO_PREFIX: Final = "(?!disclos|unlike\\b|invalu|inclos)"
"""Disclosed is not the opposite of closed."""
