"""Words that go with one figure of several: 1 trillion in total, 32 billion active, every 100 ms.

Where the word stands right beside the one figure in Chinese, and in English right beside the other
one and not beside its own, the two are exchanged. Nothing is said where either text leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import names_of
from digestlib.models import Finding
from digestlib.patterns import Guarded, guarded


class _Label(NamedTuple):
    """What stands before or behind its figure in Chinese, and in English."""

    told: Guarded
    before: Guarded
    behind: Guarded
    ahead: Guarded
    after: Guarded


_NEVER: Final = "(?!)"
_GAP: Final = r"[^，。；、,;:：（）()\d和与而及]{0,8}"
_WITH: Final = r"[^.,;:()\d]{0,28}"


def _label(before: str, behind: str, ahead: str, after: str, gap: str = _GAP) -> _Label:
    joined = r"(?:(?! and | but | with | while | of which | than ).){0,26}?"
    return _Label(
        guarded("|".join(filter(None, (before, behind)))),
        guarded(rf"(?:{before or _NEVER}){gap}\Z"),
        guarded(rf"[\s*]*的?(?:{behind or _NEVER})"),
        guarded(
            rf"\b(?:{ahead or _NEVER})\b(?:(?! and | but | with | while | or )[^.,;:()\d]){{0,28}}[$~ *]*\Z"
        ),
        guarded(rf"(?=[^.,;:()\d]){joined}\b(?:{after or _NEVER})\b"),
    )


_ONLY: Final = r"[\s*约近仅]*"
_LABELS: Final = (
    _label("每隔?", "", "every|each|per", "intervals?", _ONLY),
    _label("未来|接下来|今后", "", "next|coming|future", "ahead|into the future", _ONLY),
    _label("过去|最近|此前", "", "past|last|previous", "", _ONLY),
    _label("总(?:参数|量|数|计|共|规模)?|合计|一共|共计?", "总参数", "total|altogether|overall", "in all|in total|total|altogether|overall"),
    _label("激活(?:参数)?|活跃参数", "激活|被激活", "activ\\w+", "activ\\w+"),
    _label("峰值|最高|最大", "峰值", "peak\\w*|maximum|highest|max", "at peak|peak|at most|max"),
    _label("平均|均值|人均", "", "average\\w*|mean|averaging", "on average|average"),
    _label("中位数?", "", "median", "median"),
    _label("前", "", "first|initial|top|opening|leading", "", _ONLY),
    _label("后|最后|末", "", "last|final|remaining|bottom|subsequent", "", _ONLY),
    _label("学习率", "", "learning rate|lr", "learning rate"),
    _label("温度", "", "temperature", "temperature"),
    _label("KL(?: ?散度)?(?:惩罚)?(?:系数|权重)?", "", "kl", "kl"),
    _label("权重衰减", "", "weight decay", "weight decay"),
    _label("批(?:量)?大小|批量|batch ?size", "", "batch size|batch(?:es)? of", "batch size"),
    _label("", "[个]?参数", "parameters", "parameters"),
    _label("", "[个]?(?:词元|[tT]okens?)", "tokens", "tokens"),
    _label("训练集|训练", "", "training|train", "training|train"),
    _label("测试集|测试", "", "test|testing", "test|testing"),
    _label("验证集|验证", "", "validation", "validation"),
    _label("输入", "", "input\\w*", "input"),
    _label("输出", "", "output\\w*", "output"),
    _label("编码器", "", "encoder", "encoder"),
    _label("解码器", "", "decoder", "decoder"),
)  # fmt: skip
LABELS: Final = (
    "每|未来|接下来|今后|过去|最近|此前|总|合计|共|激活|活跃|峰值|最高|最大|平均|均值|人均|中位|前|后|末|"
    "学习率|温度|KL|衰减|批|参数|词元|oken|训练|测试|验证|输入|输出|编码器|解码器|batch"
)
"""What a source has that labels figures."""
REACH: Final = 40
FEW: Final = 12
"""A statement with more figures is not read."""


def moved_labels(case: Case) -> Iterator[Finding]:
    """A word that stands beside the one of two figures in Chinese, and beside the other in English."""
    pairs = _figures(case)
    if not 1 < len(pairs) <= FEW:
        return
    moved: set[tuple[int, int]] = set()
    for label in _LABELS:
        if not label.told.search(case.source):
            continue
        theirs = [_is_there(label, there, case.source) for there, _ in pairs]
        if sum(theirs) != 1:
            continue
        ours = [_is_here(label, here, case.lowered) for _, here in pairs]
        own = theirs.index(True)
        if sum(ours) == 1 and not ours[own]:
            moved.add((own, ours.index(True)))
    for own, other in sorted(moved):
        if (other, own) in moved:
            there, here = pairs[own][0], pairs[other][1]
            said = f"{case.source[slice(*there)]} and {case.source[slice(*pairs[other][0])]}"
            message = f"what the source says of {said} is exchanged"
            yield finding(case, "swap", "major", message, target=here, span=there)
            return


def _figures(case: Case) -> Sequence[tuple[Span, Span]]:
    """Where the figures and formulas stand in both texts that are matched once."""
    found = [
        ((s.start, s.end), (t.start, t.end)) for s, t, _ in single(case.matches) if s.kind != "date"
    ]
    formulas = [t for t in names_of(case.source, case.text) if t.name.startswith("$")]
    return [*found, *((t.source[0], t.target[0]) for t in formulas)]


def _is_there(label: _Label, place: Span, source: str) -> bool:
    start, end = place
    inside = label.before.pattern.match(source[start:end]) if source[start] in "前后末" else None
    before = label.before.search(source[max(0, start - REACH) : start])
    return bool(before or inside or label.behind.pattern.match(source[end : end + REACH]))


def _is_here(label: _Label, place: Span, low: str) -> bool:
    start, end = place
    before = low[max(0, start - REACH) : start]
    return bool(label.ahead.search(before) or label.after.pattern.match(low[end : end + REACH]))
