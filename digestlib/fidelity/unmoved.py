"""What stays as it is, told as if it moved, and the other way round: 漏诊率不变 as a rate that went up.

Counted is how often either text says that something moves: English that has no word for what stays,
and moves more than the source, has moved it. Where both have a word for it, it must be of the same
thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import SIGN
from digestlib.fidelity.witnesses import things_once
from digestlib.models import Finding

STAYS: Final = "不变|变化|未变|没变|持平|稳定|平稳|保持|维持|固定|恒定"
UNMOVED: Final = (
    "unchanged|same|stay|stays|remain|flat|steady|stable|constant|no change|not change|n't change"
)
_STAYS_THERE: Final = re.compile(
    r"不变(?![性量式])|(?:没有?|无|未发生|未见)(?:任何|明显|显著|太大|大的?|实质性?)?变化|[未没]变|持平|"
    r"(?:保持|维持)(?:了)?(?:基本|相对)?(?:稳定|平稳|在?(?:原有|原来|原先|现有|同等|同一|相同)[^，。；]{0,4}水平)|"
    r"(?:保持|维持|均|都|始终|全程|一直)(?:了)?(?:固定|恒定)"
)
_MOVES_THERE: Final = re.compile(
    r"提[升高速]|上[升涨调浮]|增[加长大多强至到]|[攀飙回跃升]升|升[至到高]|[下骤锐大]降|降[至到低了]|下[滑跌调]|减[少小半弱]|"
    r"缩[短小减]|扩[大充展]|翻[倍番]|加[快速]|改善|恶化|[暴大]涨|涨[至到了]|跌[至到]|[回滑]落|[升降涨跌增减]|变[大小长短快慢好差多少]|提前|压[到至缩低]|省|"
    r"更[高低大小快慢多少强弱好差长短]|优于|超过|[高低快慢]于|[达到]到|突破|领先"
)
_MOVES_HERE: Final = re.compile(
    r"\b(?:rises?|rose|risen|rising|increas(?:es?|ed|ing)|(?:goes|went|going) (?:up|down)|climb(?:s|ed|ing)?|grew|grown|grows?|growing|(?:is|are|was|were) (?:up|down)|"
    r"jump(?:s|ed)|surg(?:es|ed)|soar(?:s|ed)|fell|falls?|fallen|falling|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|"
    r"decreas(?:es?|ed|ing)|dip(?:s|ped)|slip(?:s|ped)|shr[aiu]nks?|worsen(?:s|ed|ing)|deteriorat(?:es|ed|ing)|improv(?:es|ed)|"
    r"degrad(?:es|ed)|raised|raises|lower(?:s|ed)|doubl(?:es|ed)|halv(?:es|ed)|shorten(?:s|ed)|cuts?|reduc(?:es|ed)|chang(?:es|ed)|"
    r"shift(?:s|ed)|var(?:y|ies|ied|ying)|adjust(?:s|ed|ing)|alter(?:s|ed|ing)|tuned|fluctuat(?:es?|ed|ing)|modif(?:y|ies|ied))\b"
)
_STAYS_HERE: Final = re.compile(
    r"\b(?:unchang\w*|same|stay\w*|remain\w*|keep\w*(?! \w+ing\b)|kept(?! \w+ing\b)|hold\w*|held|maintain\w*|preserv\w*|stabl\w+|stabil\w+|stead\w+|constant\w*|"
    r"flat\w*|level(?:s|led|ling)? (?:off|with|out)|level|match\w*|par|equal\w*|still|no|not|without|never|neither|nothing|fix\w*|identical\w*|"
    r"intact|hardly|barely|scarcely|little|retain\w*|sustain\w*|stood|stands?|invarian\w*|unaffected|static|consistent\w*|equivalent\w*|"
    r"compar\w+|similar\w*|plateau\w*|sacrific\w*|conserv\w*|even|tie[sd]?|un\w+ed|at a given|for a given|as (?:before|it was)|within|"
    r"sits?|sat|rest\w*|put|smooth\w*|uniform\w*|freez\w*|frozen|negligib\w*|virtually|insignifican\w*|minimal\w*|only|just|where \w+ (?:was|were))\b|n['’]t\b"
)
_SURELY_HERE: Final = re.compile(
    r"\bunchanged\b|\b(?:stay(?:s|ed|ing)?|remain(?:s|ed|ing)?|kept|keeps|h[eo]lds?) (?:exactly |roughly |about |much |largely |almost |essentially )?"
    r"(?:the same|flat|constant|steady|stable|put|level|at the same)\b|\b(?:kept|keeps|left|leaves) (?:\w+ ){1,4}(?:the same|constant|steady)\b|\b(?:no|little) (?:\w+ )?change in\b|\b(?:did not|does not|do not|didn['’]t|doesn['’]t|don['’]t|has not|have not|hardly) change[sd]?\b"
)
_LIKE_THERE: Final = re.compile(
    "[不未没无保维持同仍稳平固恒原均衡等当似近定始依冻守留如常照样静趋惯]|一[样致直贯成]|饱和|收敛"
)
_CLAUSE_THERE: Final = re.compile(r"[，。；：！？,;\n]")
_CLAUSE_HERE: Final = re.compile(
    r"[,;:](?=\s)|\.(?=\s|$)|\b(?:and|while|whereas|but|though|although|yet|with)\b"
)


def moved(case: Case) -> Iterator[Finding]:
    """What stays in the source moves in English, or stays of another thing."""
    stays = _STAYS_THERE.search(case.source)
    if not stays:
        return
    told = list(_MOVES_HERE.finditer(case.lowered))
    if _STAYS_HERE.search(case.lowered):
        if told and _is_exchanged(stays.span(), case):
            message = f"the source says {stays[0]} of something else"
            yield finding(case, "swap", "major", message, span=stays.span())
    elif len(told) > len(_MOVES_THERE.findall(case.source)):
        message = f"the source says {stays[0]}"
        here = told[-1].span()
        yield finding(case, "direction", "major", message, target=here, span=stays.span())


def unmoved(case: Case) -> Iterator[Finding]:
    """English says that something stays where the source lets it move."""
    told = _SURELY_HERE.search(case.lowered)
    moves = _MOVES_THERE.search(case.source) if told else None
    if told and moves and not _LIKE_THERE.search(case.source):
        message = f"the source says {moves[0]}, not that it stays"
        yield finding(case, "direction", "major", message, target=told.span(), span=moves.span())


def _is_exchanged(stays: Span, case: Case) -> bool:
    """Whether the clause that says in English what stays is of what moves in the source, and the other way round."""
    surely = list(_SURELY_HERE.finditer(case.lowered))
    if len(surely) != 1:
        return False
    clauses = _parts(case.source, _CLAUSE_THERE)
    mine = next((low, high) for low, high in clauses if low <= stays[0] < high)
    if _MOVES_THERE.search(case.source, *mine):
        return False
    ours = next(
        (low, high)
        for low, high in _parts(case.lowered, _CLAUSE_HERE)
        if low <= surely[0].start() < high
    )
    right = lost = gained = 0.0
    for thing in things_once(case):
        there, here = thing.source[0][0], thing.target[0][0]
        if thing.weight > SIGN and there != stays[0]:
            is_mine, is_ours = mine[0] <= there < mine[1], ours[0] <= here < ours[1]
            right += thing.weight * (is_mine and is_ours)
            lost += thing.weight * (is_mine and not is_ours)
            gained += thing.weight * (is_ours and not is_mine)
    return right == 0 and lost > 0 and gained > 0


def _parts(text: str, mark: re.Pattern[str]) -> list[Span]:
    """The clauses of a text, the last one to its end."""
    ends = [found.start() for found in mark.finditer(text)] + [len(text) + 1]
    return list(zip([0, *ends], ends, strict=False))
