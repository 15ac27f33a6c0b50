"""What comes first, what is given up for what: two ends that change places.

Pre-training and then fine-tuning, from 2D to 3D, fixed-point instead of floating-point: either text
says which end is which, and the things that stand at both ends decide.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import Thing
from digestlib.fidelity.witnesses import CLEARLY, in_both, things_once, weighed
from digestlib.models import Finding
from digestlib.patterns import Guarded, guarded

_AFTER_A_STOP: Final = r"(?<![^.;,\n])"
STEPS: Final = "先"
"""What a source has that tells steps."""
_STEPS_THERE: Final = (
    guarded(
        r"(?:首先|先)(?!前|进|验|天|行)(?P<first>[^。；！？\n]{2,80}?)[，,、；;]?(?:再(?!次)|然后|随后|接着|之后|其次|最后)(?P<second>[^，。；！？\n]{2,80})",
        "先",
    ),
)
_STEPS_HERE: Final = (
    guarded(
        r"\bfirst(?! (?:place|token|time|frame)|-)(?P<first>[^.;\n]{2,140}?)\b(?:then|next|followed by|after that|later|afterwards|subsequently|"
        r"finally|before)\b(?P<second>[^.;\n]{2,140})",
        "first",
    ),
    guarded(r"\bafter (?P<first>[^.;,\n]{4,100}), (?P<second>[^.;\n]{2,140})", "after "),
    guarded(
        rf"{_AFTER_A_STOP}(?P<first>[^.;\n]{{4,240}}?)\b(?:and only then|and then|followed by|before)\b(?P<second>[^.;\n]{{2,140}})",
        *("then", "followed by", "before"),
    ),
)
CHANGES: Final = "与其|从|由|将|把|替代|代替|取代|替换|弃|停用|不再|而非|不是|并非|不在|而是|无关"
"""What a source has that tells what is left or given up."""
_CHANGES_THERE: Final = (
    guarded(
        r"(?:从|由|将|把)(?P<first>[^，。；\n]{1,50}?)(?:(?<![达得])到|(?<!甚)至|(?<!作)为|(?<![组完生合形])成|(?<![前后反方双单定横纵走倾])向|(?<![输引加投收])入|→)(?P<second>(?:(?!而(?:不是|并非|非))[^，。；\n]){1,40})",
        *"从由将把",
    ),
    guarded(
        r"(?:用|以)(?P<second>[^，。；\n]{1,80}?)来?(?:替代|代替|取代|替换)了?(?P<first>[^，。；\n]{1,40})",
        *("替代", "代替", "取代", "替换"),
    ),
    guarded(
        r"(?:[摒抛舍放]弃|弃用|停用|不再(?:使用|依赖|采用)?)了?(?P<first>[^。；\n]{1,60}?)，?(?:转而|而是|改为|改用|采用|使用|转向)(?P<second>[^，。；\n]{1,60})",
        *("弃", "停用", "不再"),
    ),
    guarded(
        r"(?<![^，。；\n])(?P<second>[^，。；\n]{1,80})，?(?:而(?:并非|不是|非)|并非|而不在于?|，不是)(?P<first>[^，。；\n]{1,40})",
        *("而非", "不是", "并非", "不在"),
    ),
    guarded(
        r"[与和跟](?P<second>[^，。；\n]{1,40}?)[有相]关，?[而且并]?[与和跟](?P<first>[^，。；\n]{1,40}?)无关",
        "无关",
    ),
    guarded(
        r"(?:不|并非)在于?(?P<first>[^，。；\n]{1,40}?)，?而?[是在]于?(?P<second>[^，。；\n]{1,40})",
        "不在",
        "并非在",
    ),
    guarded(
        r"(?:由|源于|源自|来自|取决于|因为)(?P<second>[^，。；\n]{1,40}?)(?:引起|导致|造成|决定|所致)?，[而且并]?[与和跟](?P<first>[^，。；\n]{1,40}?)无关",
        "无关",
    ),
    guarded(
        r"与其说?(?P<first>[^，。；\n]{1,60})，?倒?不如说?(?P<second>[^，。；\n]{1,60})", "与其"
    ),
    guarded(
        r"(?:不是|并非|(?:没有|并未|未|不再?)(?:使用|采用|依赖|依靠|借助|[用靠]))(?P<first>[^。；\n]{1,40}?)，?而是(?P<second>[^，。；\n]{1,40})",
        "而是",
    ),
)
_CHANGES_HERE: Final = (
    guarded(
        r"\b(?:depend|tied|relat|hing|rel[iy]|determin|correlat)\w*(?: only| solely| alone)? (?:on|upon|to|by|with) "
        r"(?P<second>[^.;\n]{1,80}?),? (?:and )?(?:is |are )?"
        r"(?:not (?:on|to|by|with)|independent of|regardless of|irrespective of|rather than(?: on)?|unrelated to) "
        r"(?P<first>[^.;,\n]{1,80})",
        *("depend", "tied", "relat", "hing", "rel", "determin"),
    ),
    guarded(
        r"\bfrom (?P<first>[^.;\n]{1,80}?) (?:in)?to (?P<second>[^.;,\n]{1,80})",
        "from ",
    ),
    guarded(
        r"\b(?:transfer|convert|turn|translat|distil|map|inject|transform|migrat|mov|port|compress|expand)\w* "
        r"(?P<first>[^.;\n]{1,80}?) (?:in)?to (?P<second>[^.;,\n]{1,80})",
        *("transfer", "convert", "turn", "translat", "distil", "map", "inject", "transform"),
        *("migrat", "mov", "port", "compress", "expand"),
    ),
    guarded(
        r"(?P<first>[^.;,\n]{1,80}) (?:(?:must|should|can|has to|have to|needs? to) be|is|are|was|were|being|been) "
        r"(?:changed|switched|converted|renamed|upgraded|migrated) (?:in)?to (?P<second>[^.;,\n]{1,80})",
        *("changed", "switched", "converted", "renamed", "upgraded", "migrated"),
    ),
    guarded(
        r"(?<![^.;\n])\W{0,2}(?:instead of|rather than) (?P<first>[^.;,\n]{4,160}), (?P<second>[^.;\n]{4,160})",
        "instead of",
        "rather than",
    ),
    guarded(
        r"\breplac(?:e|es|ing) (?P<first>[^.;\n]{1,80}?) (?:with|by) (?P<second>(?:(?! rather than | instead of )[^.;,\n]){1,80})",
        "replac",
    ),
    guarded(
        r"(?P<first>[^.;,\n]{1,80}) replaced (?:with|by) (?P<second>[^.;,\n]{1,80})", "replaced"
    ),
    guarded(
        rf"{_AFTER_A_STOP}(?P<second>[^.;\n]{{1,240}}?),? (?:instead of|rather than|in place of|in lieu of|and not|replaces?) "
        r"(?P<first>[^.;,\n]{1,80})",
        *("instead", "rather than", "in place", "in lieu", "and not", "replace"),
    ),
    guarded(
        r"\b(?:drop|abandon|discard|ditch|forgo|reject|scrap)\w* (?!to |from |by |below )(?P<first>[^.;\n]{1,120}?),? "
        r"(?:in favou?r of|for|and (?:uses|adopts)|using|adopting) (?P<second>[^.;,\n]{1,80})",
        *("drop", "abandon", "discard", "ditch", "forgo", "reject", "scrap"),
    ),
    guarded(
        rf"{_AFTER_A_STOP}(?P<second>[^.;\n]{{4,240}}?)(?:,| and| –| —| \() not (?!only|just|merely|all|every|yet)(?P<first>[^.;,\n)]{{3,80}})",
        ", not",
        "and not",
        "– not",
        "— not",
        "(not",
    ),
    guarded(
        rf"{_AFTER_A_STOP}(?P<second>[^.;\n]{{4,240}}?),? (?:and|but) (?:has|have|is|are)? ?(?:nothing to do with|unrelated to|independent of) (?P<first>[^.;,\n)]{{3,80}})",
        "nothing to do",
        "unrelated",
        "independent of",
    ),
    guarded(
        r"\bnot (?P<first>[^.;\n]{1,80}?),? but (?P<second>[^.;,\n]{1,80})",
        " but ",
    ),
)
PREFERRED: Final = "而非|不是|并非|比起|胜过"
"""What a source has that tells what is taken before what."""
_PREFERRED_THERE: Final = (
    guarded(
        r"(?<![^，。；\n])(?P<second>[^，。；\n]{1,80})，?(?:而(?:并非|不是|非)|并非|不是|胜过)(?P<first>[^，。；\n]{1,40})",
        *("而非", "不是", "并非", "胜过"),
    ),
    guarded(r"比起(?P<first>[^，。；\n]{1,40})，(?P<second>[^，。；\n]{1,60})", "比起"),
)
_PREFERRED_HERE: Final = (
    guarded(
        r"\b(?:prefer|favou?r)\w* (?P<second>[^.;,\n]{1,80}?) (?:to|over) (?P<first>[^.;,\n]{1,80})",
        *("prefer", "favo"),
    ),
    guarded(
        rf"{_AFTER_A_STOP}(?=[^.;\n]{{0,240}}\b(?:more|rather|sooner|better|stronger|easier)\b)(?P<second>(?:(?! than )[^.;\n]){{1,300}}) than (?P<first>[^.;,\n]{{1,80}})",
        " than ",
    ),
)
_DOT: Final = re.compile(r"\.(?<=\w.)(?=\w)")
"""In Q16.16, which ends no sentence."""
FEW: Final = 4
"""A statement with more of them is not read."""


def turned_steps(case: Case) -> Iterator[Finding]:
    """What Chinese tells first stands second in English, and the other way round."""
    yield from _turned(case, _STEPS_THERE, _STEPS_HERE, "the steps are told in another order")


def turned_stages(case: Case) -> Iterator[Finding]:
    """Of stages that are told one after the other, two next to each other in another order."""
    stages = [told for listed in _STAGES for told in listed.finditer(case.source)]
    if not stages or _AFTER.search(case.lowered):
        return
    things = things_once(case)
    for told in stages:
        arrow = _ARROW.search(told["list"])
        if not arrow and not _ONE_BY_ONE.search(case.lowered):
            continue
        places = list(_places(told, _ARROW if arrow else _COMMA, things))
        for one, other in itertools.pairwise([place for place in places if place]):
            if max(other)[1] <= min(one)[0]:
                message = "the stages are told in another order"
                yield finding(case, "swap", "major", message, target=(min(other)[0], max(one)[1]))
                return


STAGES: Final = "→|->|=>|➔|阶段|步"
"""What a source has that tells stages."""
_ARROW: Final = re.compile(r"\s*(?:→|-{1,2}>|=>|➔)\s*")
_COMMA: Final = re.compile("[、，,]|以及|[和与及]")
_STAGE: Final = r"(?:(?!-+>|=>)[^→➔>。；，\n（()）]){1,40}"
_NUMBERED: Final = r"[两二三四五六2-6]\s?个?(?:阶段|步骤?)"
_STAGES: Final = (
    guarded(
        rf"(?<![^→➔>。；，\n（()）])(?P<list>{_STAGE}(?:(?:→|-{{1,2}}>|=>|➔){_STAGE}){{1,7}})",
        *"→➔>",
    ),
    guarded(
        rf"(?<![^，。；：\n（(、])(?P<list>[^，。；：\n（(、]{{2,80}}+(?:、[^，。；：\n、]{{2,40}}){{1,6}})的?{_NUMBERED}",
        *("阶段", "步"),
    ),
    guarded(
        rf"{_NUMBERED}[^，。；、\n（(：:]{{0,12}}[（(：:]"
        r"(?P<list>[^。；：\n、（(）)]{2,40}(?:、[^。；：\n、）)]{2,40}){1,6})",
        *("阶段", "步"),
    ),
)
_ONE_BY_ONE: Final = re.compile(r"\b(?:then|followed by|finally|lastly|next|last comes)\b|→|->")
_AFTER: Final = re.compile(r"\b(?:after|preced\w*|follow(?:s|ing)|prior|builds? on|back)\b")


def _places(
    told: re.Match[str], mark: re.Pattern[str], things: Sequence[Thing]
) -> Iterator[list[Span]]:
    """Where in English the things of each stage stand."""
    start, stop = told.span("list")
    ends = [(m.start(), m.end()) for m in mark.finditer(told.string, start, stop)]
    for (_, low), (high, _) in itertools.pairwise([(start, start), *ends, (stop, stop)]):
        yield [t.target[0] for t in things if low <= t.source[0][0] and t.source[0][1] <= high]


def turned_changes(case: Case) -> Iterator[Finding]:
    """What is left or given up in Chinese is what English goes to, and the other way round."""
    yield from _turned(case, _CHANGES_THERE, _CHANGES_HERE, "what changes to what is exchanged")


def turned_preferences(case: Case) -> Iterator[Finding]:
    """What Chinese takes before the other, 更信任 A 而不是 B, told as more trust in B than in A."""
    if not _LESS.search(case.lowered):
        message = "what is taken before what is exchanged"
        yield from _turned(case, _PREFERRED_THERE, _PREFERRED_HERE, message)


_LESS: Final = re.compile(
    r"\b(?:less|fewer|worse|weaker|harder|not?|never|rarely|seldom|nor)\b|n['’]t\b"
)


def _turned(
    case: Case, theirs: Sequence[Guarded], ours: Sequence[Guarded], message: str
) -> Iterator[Finding]:
    there = _ends(theirs, case.source)
    here = _ends(ours, case.lowered) if there else []
    things = things_once(case) if here else []
    for (first, second), (one, other) in itertools.product(there, here):
        left, right = in_both(things, first, other), in_both(things, second, one)
        if not left or not right:
            continue
        straight = [*in_both(things, first, one), *in_both(things, second, other)]
        crossed = [*left, *right]
        against = [t for t in straight if not _is_ahead(t, crossed)]
        if weighed(crossed) > weighed(against) + CLEARLY:
            yield finding(
                case,
                "swap",
                "major",
                message,
                target=(min(one[0], other[0]), max(one[1], other[1])),
            )
            return


def _is_ahead(thing: Thing, crossed: Sequence[Thing]) -> bool:
    """Whether it heads the statement in both texts: the failures that stem from either."""
    return all(thing.source[0] < t.source[0] and thing.target[0] < t.target[0] for t in crossed)


def _ends(patterns: Sequence[Guarded], text: str) -> list[tuple[Span, Span]]:
    """Where what is first and what is second stand; none where there are too many."""
    text = _DOT.sub("·", text)
    found = [
        (told.span("first"), told.span("second"))
        for pattern in patterns
        for told in pattern.finditer(text)
    ]
    return found if len(found) <= FEW else []
