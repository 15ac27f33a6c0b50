"""What the place of a figure in an English sentence can hold: 88.81% datasets is none.

A share stands where things are counted, or a count where a score should stand.
"""

from __future__ import annotations

import re
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.matching import Match
from digestlib.models import Quantity
from digestlib.quantities.units import UNITS

_SHARES: Final = frozenset({"percent", "percentage_points", "points", "multiplier"})
_THINGS_HERE: Final = re.compile(
    r"[*]*(?: (?!(?:of|in|on|for|at|to|by|and|or|with|than|from|per|over|as|across|the|fewer|more|less|"
    r"higher|lower|better|faster|worse|larger|smaller|labelled|labeled|annotated)\b)[a-z][\w'-]*){0,4}?"
    r" (?:datasets|benchmarks|models|tasks|scenarios|scenes|disciplines|parameters|languages|layers|"
    r"experts|papers|domains|categories|types|methods|participants|annotators|games|views|GPUs|"
    r"questions|turns|rounds|agents|tools|stages|modules|heads|authors|conferences|tokens|instances)\b"
)
"""Things that are counted, and of which no share, nor hours, go without `of`."""
_A_MODEL_HERE: Final = re.compile(
    r"[*]*(?:(?: (?!smaller|larger|faster|cheaper|better|worse|higher|lower|of|in|on|for|than|to)[a-z][\w'-]*){0,2}?"
    r" model\b(?! (?:gain|improvement|compression|size|accuracy|reduction|speed)\w*)|[ -]parameters?\b)"
)
"""An 8B model, a 1.3B-parameter model: nothing but a size."""
_ONE: Final = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Ii]ts) [*]*$")
_THINGS_THERE: Final = re.compile(
    r"[\s*]*的?[\s*]*[^，。；：、,;:（）()\n\d]{0,10}(?:数据集|基准|模型|任务|场景|学科|参数|语言|层|专家|论文|领域|"
    r"类|方法|参与者|标注|游戏|视角|GPU|问题|题|轮|智能体|工具|阶段|模块|头|作者|会议)"
)
_LEVEL: Final = re.compile(
    r"\b(?:accurac(?:y|ies)|rates?|scores?|F1|recall|precision|mIoU|ASR|gains?|improvements?|"
    r"reductions?|increases?|drops?|declines?|falls?)\b(?: [a-z]+){0,3}?"
    r" (?:of|at|is|are|was|reaches|reach|reaching|as high as|as low as)(?: about| only| just| nearly)? $"
)
_CHANGED_BY: Final = re.compile(
    r"\b(?:improv|rais|increas|boost|lift|reduc|cut|lower|decreas|ris|fall|drop|outperform|outscor)\w*\b"
    r"(?:[^.;]|\.(?! )){0,60} by (?:as much as |only |just )?$"
)
_SCORES: Final = re.compile(r"\b(?:averag|scor|reach)(?:es|e|ing)? $")
_ON: Final = re.compile(r"[*]* on (?!average)[A-Za-z]")
_NO_COUNT: Final = re.compile(
    r"[*]*(?: (?:extra|additional|computational|more))* (?:overhead|compute|computation|accuracy|precision|recall)\b"
    r"(?! [a-z]+s\b)"
)
"""What is not counted: 15B overhead."""
_DURING: Final = re.compile(r"\b(?:[Ii]n|within|[Aa]fter|over|[Ff]or|[Ee]very|than) [*]*$")
_STAGE: Final = re.compile(r"[*]*(?: [a-z]+)? (?:stage|phase|round)\b(?! of)")
_THE: Final = re.compile(r"\b[Tt]he [*]*$")
_ALONE: Final = re.compile(
    r"[*]*(?:[.,;:)]|$| (?:at|on|in|under|for|and(?! \d)|over|across|with|when|while|after|against)\b)"
)
_CLASSIFIED: Final = re.compile(r"[个種种类類张張名款篇组組项項条條位家幅段台层頁页场块]$")
_COUNTED: Final = re.compile(
    r"[\s*]*(?:参数|模型|数据|样本|词元|tokens?\b|帧|专家|上下文|语言|GPU|轮)", re.IGNORECASE
)
_SCORED: Final = re.compile(
    r"(?:rates?|accurac(?:y|ies)|scores?|F1|throughput) (?:of|reach\w*|at) $"
)
_ORDINAL_ALONE: Final = re.compile(r"\b(?:of|at|by|with) $")
_STOP: Final = re.compile(r"[*]*(?:[.,;)]|$)")
_PART: Final = re.compile(
    r" of (?:cases|samples|participants|users|responses|questions|pairs|comparisons|parameters|data)\b"
)
_GAIN: Final = re.compile(r"\bspeed-?ups? of (?:about |nearly |up to )?$", re.IGNORECASE)
_THAN: Final = re.compile(r"[*]* (?:faster|slower|better|worse|higher|lower|cheaper) than\b")
_QUALITY: Final = re.compile(r"[*]* (?:accuracy|precision|recall|success|F1)\b")
_FROM: Final = re.compile(r"\bfrom [*]*$")
_TO: Final = re.compile(r"[*]* to [*]*")


def cannot_stand(match: Match, case: Case) -> bool:
    """Whether English can have no figure of this kind where this one stands."""
    s, t = match.source, match.target
    return (
        _counts_with_a_share(s, t, case)
        or _is_no_size(s, t, case)
        or _is_no_stage(s, t, case)
        or _is_no_level(s, t, case)
        or _is_a_part(s, t, case)
        or _is_no_comparison(s, t, case)
        or _ends_no_change(s, t, case)
    )


def _counts_with_a_share(s: Quantity, t: Quantity, case: Case) -> bool:
    """26.08% parameters, 40,000 hours games; 2% of the parameters are well said."""
    lasts = _lasts(s) and not _DURING.search(case.text, max(0, t.start - 8), t.start)
    if not (s.kind in _SHARES or lasts) or not _THINGS_HERE.match(case.text, t.end):
        return False
    return not _THINGS_THERE.match(case.source, s.end)


def _lasts(quantity: Quantity) -> bool:
    unit = UNITS.get(quantity.unit)
    return quantity.kind == "measure" and unit is not None and unit.kind == "time"


def _is_no_size(s: Quantity, t: Quantity, case: Case) -> bool:
    """A 2.82% model, a 25 FPS-parameter model."""
    if s.kind not in ("percent", "measure") or not _A_MODEL_HERE.match(case.text, t.end):
        return False
    single = _ONE.search(case.text, max(0, t.start - 8), t.start)
    return bool(single) and not _THINGS_THERE.match(case.source, s.end)


def _is_no_stage(s: Quantity, t: Quantity, case: Case) -> bool:
    """The 0.3189 stage, where the second is meant."""
    if s.kind == "ordinal" or not _STAGE.match(case.text, t.end):
        return False
    return bool(_THE.search(case.text, max(0, t.start - 8), t.start))


def _is_no_level(s: Quantity, t: Quantity, case: Case) -> bool:
    """An accuracy of 16 where the source counts 16 models, a success rate of 2×."""
    before = case.text[max(0, t.start - 80) : t.start]
    if s.kind == "ordinal":
        return bool(_ORDINAL_ALONE.search(before) and _STOP.match(case.text, t.end))
    if s.kind == "multiplier":
        return bool(_SCORED.search(before) and _ALONE.match(case.text, t.end))
    if not _counts(s, case.source) or not _ALONE.match(case.text, t.end):
        return False
    if _SCORES.search(before) and _ON.match(case.text, t.end):
        return True
    return bool(_LEVEL.search(before) or _CHANGED_BY.search(before))


def _is_a_part(s: Quantity, t: Quantity, case: Case) -> bool:
    """8 of cases, where 70% of cases is meant."""
    bare = t.text[-1:].isdigit()
    return bare and _counts(s, case.source) and bool(_PART.match(case.text, t.end))


def _is_no_comparison(s: Quantity, t: Quantity, case: Case) -> bool:
    """19B faster than another, with 572 km accuracy, 15B overhead, a speed-up of 4 steps."""
    if s.kind == "measure":
        return bool(_QUALITY.match(case.text, t.end))
    if not _counts(s, case.source):
        return False
    before = case.text[max(0, t.start - 24) : t.start]
    return bool(
        _THAN.match(case.text, t.end) or _NO_COUNT.match(case.text, t.end) or _GAIN.search(before)
    )


def _ends_no_change(s: Quantity, t: Quantity, case: Case) -> bool:
    """From 30% to a few minutes: one of both is of another kind."""
    if s.kind not in ("measure", "count"):
        return False
    shares = [m.target for m in case.figures if m.source.kind == "percent"]
    return any(
        (
            _FROM.search(case.text, max(0, share.start - 8), share.start)
            and _TO.fullmatch(case.text, share.end, t.start)
        )
        or (
            _FROM.search(case.text, max(0, t.start - 8), t.start)
            and _TO.fullmatch(case.text, t.end, share.start)
        )
        for share in shares
    )


def _counts(quantity: Quantity, source: str) -> bool:
    if quantity.kind not in ("count", "number", "magnitude"):
        return False
    said = quantity.text.rstrip("*` ")
    return bool(quantity.noun or _CLASSIFIED.search(said) or _COUNTED.match(source, quantity.end))
