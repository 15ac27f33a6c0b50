"""One told as many, and two as another number: four GPUs for 单卡, a single arm for 双臂.

How many there are stands within the Chinese word: no figure is read there. Where the source counts
the same noun besides, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding
from digestlib.patterns import Guarded, guarded, needs_of

SINGLES: Final = "单|双"


class _Noun(NamedTuple):
    """What is counted: one of it, two of it and more there; one of it, and another number here."""

    one_there: Guarded
    two_there: Guarded
    more_there: Guarded
    one_here: Guarded
    not_one_here: Guarded
    not_two_here: Guarded


_FEW: Final = "three|four|five|six|seven|eight|nine|ten|twelve|sixteen|[3-9]|[1-9]\\d+"
_MANY: Final = "multiple|several|many|dozens of|hundreds of|a cluster of|clusters of"


_ONE: Final = "one|single|a|an|lone|sole|1|any|each|per|the|individual|only|every"


def _noun(theirs: str, ours: str) -> _Noun:
    said, needs = rf"(?:{theirs})", needs_of(theirs)
    return _Noun(
        guarded(
            rf"(?<![简菜名订清表账传保孤])单(?:个|张|块|台|片|一的?)?\s?(?:[A-Z]\w*\s?)?{said}(?!价|独)",
            *needs,
        ),
        guarded(rf"双(?:路)?\s?{said}", *needs),
        guarded(
            rf"(?:[\d两二三四五六七八九十百千几多群各每全]|[张块台个片]的?|集群|多个)\s?(?:[A-Z]\w*\s?)?(?:\w{{1,4}})?{said}|"
            rf"{said}\s?(?:数量|数|间|集群|并行)"
        ),
        guarded(rf"\b(?:{_ONE})[ -](?:[\w-]+ ){{0,3}}(?:{ours})\b"),
        guarded(
            rf"\b(?:(?:{_FEW}|two|{_MANY}) (?:[a-z]+ )?(?:{ours})s|(?:{_FEW}|two|dual|multi)-(?:{ours})s?)\b"
        ),
        guarded(
            rf"\b(?:(?:{_FEW}|{_MANY}) (?:[a-z]+ )?(?:{ours})s|(?:{_FEW}|multi)-(?:{ours})s?)\b"
        ),
    )


_NOUNS: Final = (
    _noun("卡|GPU|显卡", "gpu|card|graphics card|accelerator"),
    _noun("机|节点|服务器|台机器", "machine|node|server|host|computer"),
    _noun("臂", "arm"),
    _noun("摄像头|摄|相机|目(?![标的录])", "camera|lens|eye"),
    _noun("核", "core"),
    _noun("线程", "thread"),
    _noun("进程", "process"),
    _noun("屏|屏幕", "screen|display|monitor"),
    _noun("模态", "modality|modalitie"),
    _noun("语", "language"),
    _noun("轮", "turn|round"),
    _noun("通道", "channel"),
    _noun("步", "step"),
)


def multiplied(case: Case) -> Iterator[Finding]:
    """The first noun of which English has another number than the source."""
    for noun in _NOUNS:
        one, two = noun.one_there.search(case.source), noun.two_there.search(case.source)
        said = one or two
        if not said or (one and two):
            continue
        start, end = said.span()
        if noun.more_there.search(case.source[:start] + "，" + case.source[end:]):
            continue
        same, others = (noun.one_here, noun.not_one_here) if one else (_TWO_HERE, noun.not_two_here)
        told = None if same.search(case.lowered) else others.search(case.lowered)
        if told and not _OF_A_NAME.search(case.text, 0, told.start() + 1):
            message = f"the source says {said[0]}"
            yield finding(case, "value", "critical", message, target=told.span(), span=said.span())
            return


_TWO_HERE: Final = guarded(r"\b(?:two|dual|double|2|both|pair|twin|couple|stereo|bi[a-z]+)\b")
_OF_A_NAME: Final = re.compile(r"[A-Z][\w-]* \d\Z")
"""Franka Research 3 arms are not three."""
