"""What a translator worked out: at 71.4%, more than double the 33.3% of another.

Nothing is computed for the reader. A ratio, a difference, a rest or a rough fraction that the source
does not give is told to the editor, but it is no error where figures of the source bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.compounds import share
from digestlib.fidelity.findings import finding
from digestlib.fidelity.levels import may_change, told_as_change
from digestlib.fidelity.roles import chinese_role
from digestlib.fidelity.things import names_of, words_of
from digestlib.models import Bound, Finding, Quantity

_KINDS: Final = frozenset({"multiplier", "fraction"})
_BEFORE: Final = 140
"""What is compared stands within so many characters before the ratio …"""
_BEHIND: Final = 30
"""… and what it is compared with within so many behind it."""
_RANGES: Final[dict[Bound | None, tuple[Decimal, Decimal]]] = {
    None: (Decimal("0.97"), Decimal("1.03")),
    "about": (Decimal("0.9"), Decimal("1.1")),
    "nearly": (Decimal("0.9"), Decimal(1)),
    "over": (Decimal(1), Decimal("1.3")),
    "under": (Decimal("0.75"), Decimal(1)),
}
"""By its qualifier, between which parts of the stated ratio the true one must be."""


def derived_figures(case: Case) -> Iterator[Finding]:
    """Figures that were worked out from those of the source, as minor."""
    for figure in case.unmatched_text:
        if basis := derived_from(figure, case):
            message = f"{figure.text} was worked out from {' and '.join(q.text for q in basis)}"
            yield finding(case, "derived", "minor", message, target=(figure.start, figure.end))


def derived_from(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """The one or two figures of the source, as printed in either text, that bear this one out."""
    ways = (_compared, _rest_of, _between, _part_of, _share_of, _turned, _near)
    return next((basis for way in ways if (basis := way(figure, case))), ())


def _rest_of(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """What a cut by 44% leaves, 56% of it, or what 3% of the cost saves."""
    value = _percentage(figure)
    all_but = case.lowered.endswith("all but ", 0, figure.start)
    loses = _LOSES.search(case.lowered, max(0, figure.start - 24), figure.start)
    off = case.lowered.startswith(_LESS, figure.end)
    change = value is not None and bool(
        all_but or loses or off or told_as_change(figure, case.lowered)
    )
    if value is None or not (change or _is_share(figure, case.text)):
        return ()
    for s in case.source_quantities[:_MANY]:
        if (whole := _percentage(s)) is None or not _is_rest(100 - whole, value, figure):
            continue
        if loses and _KEPT.search(case.source, max(0, s.start - 12), s.start):
            return (s,)
        if _tells_a_level(s, case.source) if change else _tells_a_cut(s, case.source):
            return (s,)
    return ()


def _tells_a_level(s: Quantity, source: str) -> bool:
    """Whether the source says what is left, 仅为原来的 2/3, and not what is gone."""
    if s.text.endswith("折"):
        return True
    return chinese_role(s, source) == "to" or not may_change(s, source)


def _tells_a_cut(s: Quantity, source: str) -> bool:
    """Whether the source says what is gone: 降低 60%, 少用 60%."""
    before = source[max(0, s.start - 12) : s.start]
    return chinese_role(s, source) == "by" or bool(_FEWER.search(before))


_FEWER: Final = re.compile(
    r"(?:[少省减]|便宜|[剔去移删]除|过滤|淘汰|丢弃|[降压调]低|降价|下[降调跌滑]|削减|砍掉?|缩短|压缩|缩小)[用占耗花去下了出]{0,3}[约近了]*\s?\Z"
)


_LESS: Final = (" off", "-off", " discount", " price cut", " cheaper", " less", " lower")
_LOSES: Final = re.compile(
    r"\b(?:los\w+|giv\w+ up|forfeit\w*|sacrific\w*) (?:only |just |about )?\Z"
)


_KEPT: Final = re.compile(r"(?:保[留持]|维持|达)[^，。；\d]{0,4}\Z")


def _is_rest(rest: Decimal, value: Decimal, figure: Quantity) -> bool:
    """Whether a share is the rest of another, or in words roughly so: over a third, of 62% less."""
    limits = _RANGES.get(figure.bound) if _in_words(figure) else None
    return abs(rest - value) <= _ROUGHLY or bool(
        figure.bound and limits and limits[0] <= rest / value <= limits[1]
    )


_ROUGHLY: Final = Decimal("1e-6")
"""Two thirds and one third are all but exactly the whole."""


def _percentage(figure: Quantity) -> Decimal | None:
    part = share(figure) if figure.kind != "out_of" else None
    return part * 100 if part is not None else None


def _is_share(figure: Quantity, text: str) -> bool:
    before = text[max(0, figure.start - 4) : figure.start]
    return bool(_SHARE.match(text, figure.end)) or before.endswith(" to ")


_SHARE: Final = re.compile(r"[*]* (?:of|as (?:much|many))\b")


def _between(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """How far two figures of the source are apart: 5 points lower, at 29% and 34%."""
    if not isinstance(figure.value, Decimal):
        return ()
    if figure.kind != "multiplier" and any(
        _may_be_meant(s, figure) for s in case.unmatched_source[:_MANY]
    ):
        return ()
    verb = figure.kind == "multiplier" or figure.text.lower().startswith("halv")
    if not verb and not told_as_change(figure, case.lowered):
        return ()
    printed = [m.source if verb else m.target for m in case.figures]
    near = [
        q
        for q, m in zip(printed, case.figures, strict=True)
        if isinstance(q.value, Decimal) and abs(m.target.start - figure.start) <= _BEFORE
    ][:_MANY]
    limits = _RANGES.get(figure.bound) if figure.kind == "multiplier" else None
    low, high = limits or (Decimal(1), Decimal(1))
    for one, other in combinations(near, 2):
        if (one.kind, one.unit) != (other.kind, other.unit):
            continue
        if any(
            low * figure.value <= way <= high * figure.value
            for way in _distances(one, other, figure)
        ):
            return one, other
    return ()


def _may_be_meant(s: Quantity, figure: Quantity) -> bool:
    """Whether a figure of the source of the same kind has no other partner."""
    points = {"points", "percentage_points"}
    return s.kind == figure.kind or {s.kind, figure.kind} == points


def _part_of(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """Which part of one figure another is: falls to a third, from 1.8 to 0.6; 20 hours, half of 40."""
    value = _in_words(figure)
    halved = "halv" in figure.text.lower()
    limits = _RANGES.get(_TURNED.get(figure.bound) if halved else figure.bound)
    if value is None or not limits or value >= 1 or not (figure.kind == "fraction" or halved):
        return ()
    if not halved and _BY.search(case.lowered, max(0, figure.start - 16), figure.start):
        return ()
    near = [m for m in case.figures if abs(m.target.start - figure.start) <= _BEFORE][:_MANY]
    for one, other in combinations(near, 2):
        if (one.source.kind, one.source.unit) == (other.source.kind, other.source.unit):
            parts = _quotient(one.source, other.source), _quotient(other.source, one.source)
            if limits[0] <= min(parts) / value <= limits[1]:
                return one.target, other.target
    return ()


def _turned(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """A 是 B 的 4 倍 as a quarter, or the other way: where B is what English says it of, and not A."""
    if figure.kind not in _KINDS or not isinstance(figure.value, Decimal):
        return ()
    for s in case.unmatched_source[:_MANY]:
        other = _TIMES_OF.search(case.source, max(0, s.start - _OF_WHAT), s.start)
        if s.kind not in _KINDS or not other or not isinstance(s.value, Decimal):
            continue
        things = (*names_of(case.source, case.text), *words_of(case.source, case.text))
        told = [
            t.target[0][0] < figure.start
            for t in things
            if t.once and other.start("what") <= t.source[0][0] < other.end("what")
        ]
        if told and all(told) and abs(s.value * figure.value - 1) < Decimal("0.02"):
            return (s,)
    return ()


def _share_of(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """60% of listeners, or three in five, for 每五位听众就有三位: one count as a share of another."""
    part = share(figure)
    counts = [
        s for s in case.source_quantities[:_MANY] if s.kind == "count" and s.bound in _SMALLER
    ]
    for one, other in pairwise(counts) if part else ():
        between = case.source[one.end : other.start]
        if len(between) > _OF_WHAT or _ENDS.search(between):
            continue
        parts = _quotient(one, other), _quotient(other, one)
        if part and 0 < min(parts) < 1 and abs(min(parts) - part) < _ROUGHLY:
            return one, other
    return ()


_SMALLER: Final[tuple[Bound | None, ...]] = (None, "under", "nearly", "up_to", "at_most", "about")
_ENDS: Final = re.compile("[。；;]")
_OF_WHAT: Final = 30
_TIMES_OF: Final = re.compile(
    r"(?:[是为]|相当于|等于|不[到足及])(?P<what>[^，。；是为]{1,24})的[\s*约近]*\Z"
)
_BY: Final = re.compile(r"\bby (?:about |nearly |over |more than |less than )?\Z")


def _distances(one: Quantity, other: Quantity, figure: Quantity) -> Iterator[Decimal]:
    """What may be said of how two figures differ, in the terms of a third."""
    low, high = sorted(q.value for q in (one, other) if isinstance(q.value, Decimal))
    if figure.kind in ("points", "percentage_points") or figure.unit == one.unit != "%":
        yield high - low
    elif low <= 0:
        return
    elif figure.kind == "multiplier":
        yield high / low
    elif figure.unit == "%" or figure.kind == "fraction":
        scale = 100 if figure.unit == "%" else 1
        yield from (scale * (high - low) / low, scale * (high - low) / high)


def _near(figure: Quantity, case: Case) -> tuple[Quantity, ...]:
    """What words say roughly: just over a quarter for 28.1%, doubles for a rise by 100%."""
    limits = _RANGES.get(figure.bound)
    value = _in_words(figure)
    if not limits or not value or _OF_ITSELF.match(case.lowered, figure.end):
        return ()
    for s in case.source_quantities[:_MANY]:
        if isinstance(s.value, Decimal) and s.value > 0:
            told = (_as_told(s, figure, case.source) or Decimal(0)) / value
            if limits[0] <= told <= limits[1]:
                return (s,)
    return ()


_OF_ITSELF: Final = re.compile(
    r"[* ]*(?:of )?(?:what it (?:was|had been|used to be)|(?:its|the) (?:original|former|previous|earlier))\b"
)
"""A third of what it was is not three times as much, seen from the other side."""


def _in_words(figure: Quantity) -> Decimal | None:
    """The value of a fraction or multiple without digits: a quarter, one in four, fourfold."""
    if any(char.isdigit() for char in figure.text):
        return None
    if figure.kind == "out_of" and isinstance(figure.value, tuple):
        return figure.value[0] / figure.value[1] if figure.value[1] else None
    alike = figure.kind in _KINDS and isinstance(figure.value, Decimal)
    return figure.value if alike and isinstance(figure.value, Decimal) else None


def _as_told(s: Quantity, figure: Quantity, source: str) -> Decimal | None:
    """A figure of the source in the terms of the words."""
    assert isinstance(s.value, Decimal)
    if figure.kind == "multiplier":
        if s.unit == "%":
            return (
                1 + s.value / 100 if _RISES.search(source[max(0, s.start - 8) : s.start]) else None
            )
        return s.value if s.unit == "×" and figure.bound else None
    if s.unit == "×" and figure.bound and _TURNED.get(s.bound) == figure.bound:
        return 1 / s.value
    return s.value / 100 if s.unit == "%" else None


_RISES: Final = re.compile(r"(?:提升|提高|增加|增长|上升|上涨|高出)[了约近\s*]*$")
_TURNED: Final[dict[Bound | None, Bound | None]] = {
    "nearly": "over",
    "under": "over",
    "over": "under",
    None: None,
    "about": "about",
}
"""What is nearly twice another thing has another thing that is over half of it; what more than
halves comes to less than half."""
_MANY: Final = 20
"""Nobody works out more from a text with so many figures."""


def _compared(ratio: Quantity, case: Case) -> tuple[Quantity, ...]:
    """The two figures that have this ratio, the one it is said of first."""
    limits = _RANGES.get(ratio.bound)
    if ratio.kind not in _KINDS or not limits or not isinstance(ratio.value, Decimal):
        return ()
    figures = [m.target for m in case.figures]
    before = [q for q in figures if 0 <= ratio.start - q.end <= _BEFORE]
    behind = [q for q in figures if 0 <= q.start - ratio.end <= _BEHIND]
    for other in behind[:1]:
        for one in reversed(before):
            if (one.kind, one.unit) == (other.kind, other.unit) and _quotient(one, other):
                part = _quotient(one, other) / ratio.value
                return (one, other) if limits[0] <= part <= limits[1] else ()
    return ()


def _quotient(one: Quantity, other: Quantity) -> Decimal:
    """How many times the other the one is; 0 where that cannot be said."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return Decimal(0)
    return one.value / other.value if other.value else Decimal(0)
