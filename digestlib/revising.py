"""Statements of an issue reworded or taken out; the figures and findings on the others keep their place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from .models import Finding, PrintedFigure
from .printing import rewrite, walk

_STEP = re.compile(r"\[\d+\]|\.?\w+")
_WORD = re.compile(r"\s+|\S+")

Model = TypeVar("Model", bound=BaseModel)
Placed = TypeVar("Placed", PrintedFigure, Finding)


class Part(NamedTuple):
    """A summary or an opening with what points into its text."""

    model: BaseModel
    figures: tuple[PrintedFigure, ...]
    findings: tuple[Finding, ...]


def reword(model: Model, texts: Mapping[str, str]) -> Model:
    """The model with the statements at these paths replaced."""
    edited = rewrite(model, lambda where, text: texts.get(where, text))
    return type(model).model_validate(edited.model_dump())


def carry_figures(part: Part, texts: Mapping[str, str]) -> list[PrintedFigure]:
    """What code printed and nobody touched; any other figure counts as typed by a person."""
    said = dict(walk(part.model))
    printed = [figure for figure in part.figures if not figure.typed]
    kept = [figure for figure in printed if figure.where not in texts]
    for where, text in texts.items():
        kept += _moved([f for f in printed if f.where == where], said[where], text)
    return kept


def drop(part: Part, units: Sequence[str]) -> Part:
    """The part without these items; what points at others is renumbered."""
    if not units:
        return part
    gone = frozenset(units)
    model = type(part.model).model_validate(_pruned(part.model.model_dump(), gone, ""))
    return Part(model, _renumbered(part.figures, gone), _renumbered(part.findings, gone))


def _moved(figures: Sequence[PrintedFigure], was: str, text: str) -> Iterator[PrintedFigure]:
    """The figures that stand in the new text between the same words as in the old one."""
    old, new = list(_WORD.finditer(was)), list(_WORD.finditer(text))
    matcher = difflib.SequenceMatcher(
        None, [w.group() for w in old], [w.group() for w in new], autojunk=False
    )
    for block in (b for b in matcher.get_matching_blocks() if b.size):
        ends = (block.a + block.size, block.b + block.size)
        low = 0 if block.a == block.b == 0 else old[min(block.a + 1, ends[0] - 1)].end()
        high = len(was) if ends == (len(old), len(new)) else old[max(block.a, ends[0] - 2)].start()
        shift = new[block.b].start() - old[block.a].start()
        for figure in figures:
            if low <= figure.start and figure.end <= high:
                place = {"start": figure.start + shift, "end": figure.end + shift}
                yield figure.model_copy(update=place)


def _pruned(node: Any, gone: frozenset[str], where: str) -> Any:
    if isinstance(node, dict):
        places = {name: f"{where}.{name}" if where else name for name in node}
        return {
            name: None if places[name] in gone else _pruned(value, gone, places[name])
            for name, value in node.items()
        }
    if isinstance(node, tuple):
        return tuple(
            _pruned(item, gone, f"{where}[{i}]")
            for i, item in enumerate(node)
            if f"{where}[{i}]" not in gone
        )
    return node


def _renumbered(items: Sequence[Placed], gone: frozenset[str]) -> tuple[Placed, ...]:
    places = [(item, _new_path(item.where, gone)) for item in items]
    return tuple(
        item.model_copy(update={"where": where}) for item, where in places if where is not None
    )


def _new_path(where: str, gone: frozenset[str]) -> str | None:
    """The path after the drops, or None when what it points at is gone."""
    old = new = ""
    for step in _STEP.findall(where):
        if step.startswith("["):
            index = int(step[1:-1])
            new += f"[{index - sum(f'{old}[{i}]' in gone for i in range(index))}]"
        else:
            new += step
        old += step
        if old in gone:
            return None
    return new
