"""References to figures become print: `{q3}` → `nearly 300,000`, with its trace to the source.

Pure. A text is walked once; every reference is replaced by the English of its quantity, joined to
the words around it (no doubled unit or qualifier, a hyphenated unit in the singular, a capital at
the start of a sentence), and leaves a `PrintedFigure`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import is_
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from .models import Frozen, PrintedFigure, Quantity

REFERENCE = re.compile(r"\{(?:(?P<paper>[^{}/\s]+)/)?(?P<quantity>q\d+)(?P<bare>\.bare)?\}")
_ANY_BRACES = re.compile(r"\{[^{}]*\}")
_SENTENCE_START = re.compile(r"(?:\A|[.!?]\s+)\Z")
_IS_SENTENCE = re.compile(r"(?:\btext|^doubts\[\d+\]\.note)\Z")
_NOTHING = re.compile(r"(?!)")
_SAME_BOUND = {
    bound: re.compile(rf"\b(?:{words}) *\Z", re.IGNORECASE)
    for bound, words in {
        "about": "about|around|roughly|approximately|some",
        "nearly": "nearly|almost|close to|approaching|just under",
        "over": "over|more than|above|exceeding|exceeds|exceed",
        "at_least": "at least|no less than|no fewer than|a minimum of",
        "under": "under|less than|fewer than|below",
        "at_most": "at most|within|no more than|not more than|up to",
        "up_to": "up to|as much as|as many as|as high as|as long as|at most|a maximum of",
    }.items()
}
"""What a sentence may say itself in place of a figure's own qualifier."""
_NEXT_WORD = re.compile(r"(?P<join>[ -]?)(?P<word>[A-Za-z%×]+)")

_MARKS = re.compile("[⟦⟧<{]")
_FENCE_END = re.compile(r"<(?=\s*/\s*(?:report|papers)\b)", re.IGNORECASE)
_FORGED = re.compile(r"\{(?=[^{}]{0,40}q\d)", re.IGNORECASE)

Model = TypeVar("Model", bound=BaseModel)
Texts = list[tuple[str, str]]
"""Strings with their paths: `("results[0].finding.text", "…")`."""
Parts = list[tuple[str, Any]]
"""What a model holds, with the paths."""


class Source(Frozen):
    """A quantity and the paper it belongs to."""

    paper_id: str
    quantity: Quantity


Resolve = Callable[[str | None, str], Source | None]
"""(paper id as written, if any; quantity id) → the quantity, or None when there is no such."""


def inert(text: str) -> str:
    """A stranger's text for a prompt: it cannot forge a mark or a reference, or end its fence."""
    if not _MARKS.search(text):
        return text
    text = text.replace("⟦", "[").replace("⟧", "]")
    return _FORGED.sub("(", _FENCE_END.sub("(", text))


def walk(node: Any) -> Texts:
    """Every string of a model, in its order."""
    return texts_of(parts_of(node))


def texts_of(parts: Parts) -> Texts:
    """The strings among the parts of a model."""
    return [(where, part) for where, part in parts if isinstance(part, str)]


def parts_of(node: Any) -> Parts:
    """A model, then all models, tuples and values within it, in its order, with their paths."""
    found: Parts = []
    _gather(node, "", found)
    return found


def _gather(node: Any, where: str, found: Parts) -> None:
    found.append((where, node))
    if isinstance(node, BaseModel):
        for name in type(node).__pydantic_fields__:
            _gather(getattr(node, name), f"{where}.{name}" if where else name, found)
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            _gather(item, f"{where}[{index}]", found)


def rewrite(node: Model, change: Callable[[str, str], str]) -> Model:
    """The same model with every string replaced by `change(path, text)`."""

    def changed(where: str, value: Any) -> Any:
        return change(where, value) if isinstance(value, str) else value

    return replaced(node, changed)


def replaced(node: Model, change: Callable[[str, Any], Any]) -> Model:
    """The same model with every value replaced by `change(path, value)`, from the inside out."""
    return cast(Model, _replaced(node, change, ""))


def unknown_references(texts: Texts, resolve: Resolve) -> list[str]:
    """One line for each reference that points at nothing, with the path where it stands."""
    return [
        f"{where}: {match.group()} is not a reference to a figure of the list"
        for where, text in texts
        for match in _ANY_BRACES.finditer(text)
        if _looks_like_reference(match.group()) and _source_of(match.group(), resolve) is None
    ]


def print_model(node: Model, resolve: Resolve) -> tuple[Model, tuple[PrintedFigure, ...]]:
    """Print every string of a model; references must have been checked before."""
    figures: list[PrintedFigure] = []

    def change(where: str, text: str) -> str:
        printed, found = print_text(text, resolve, where)
        figures.extend(found)
        return printed

    return rewrite(node, change), tuple(figures)


def print_text(text: str, resolve: Resolve, where: str = "") -> tuple[str, list[PrintedFigure]]:
    """Print one text; a reference that resolves to nothing stays as it is."""
    if "{" not in text:
        return text, []
    out = ""
    figures: list[PrintedFigure] = []
    position = 0
    for match in REFERENCE.finditer(text):
        source = resolve(match["paper"], match["quantity"])
        if source is None:
            continue
        out += text[position : match.start()]
        wanted = source.quantity.bare if match["bare"] else source.quantity.english
        shown = _joined(wanted, source.quantity, out, text[match.end() :])
        if _SENTENCE_START.search(out) and _IS_SENTENCE.search(where):
            shown = shown[:1].upper() + shown[1:]
        figures.append(_trace(source, where, len(out), shown))
        out += shown
        position = match.end()
    return out + text[position:], figures


def _joined(english: str, quantity: Quantity, before: str, after: str) -> str:
    """Fit a printed figure between the words around it; a bound is said once, in their words."""
    bare = quantity.bare
    if english != bare and _SAME_BOUND.get(quantity.bound or "", _NOTHING).search(before):
        english = bare
    return _without_doubled_unit(english, after)


def _without_doubled_unit(english: str, after: str) -> str:
    """`10 minutes` before `-minute` or ` minutes` prints as `10`; `5%` before `%` as `5`."""
    following = _NEXT_WORD.match(after)
    unit = re.search(r" ?([A-Za-z%×][A-Za-z%× ]*)\Z", english)
    if not following or not unit or unit.start() == 0:
        return english
    first = unit[1].split()[0]
    if following["word"].rstrip("s") == first.rstrip("s"):
        return english[: unit.start()]
    return english


def _trace(source: Source, where: str, start: int, shown: str) -> PrintedFigure:
    quantity = source.quantity
    return PrintedFigure(
        where=where,
        start=start,
        end=start + len(shown),
        text=shown,
        paper_id=source.paper_id,
        quantity=quantity.id,
        line=quantity.line,
        span=(quantity.start, quantity.end),
        source=quantity.text,
    )


def _looks_like_reference(braces: str) -> bool:
    return re.search(r"q\d", braces, re.IGNORECASE) is not None


def _source_of(braces: str, resolve: Resolve) -> Source | None:
    match = REFERENCE.fullmatch(braces)
    return resolve(match["paper"], match["quantity"]) if match else None


def _replaced(node: Any, change: Callable[[str, Any], Any], where: str) -> Any:
    """What nothing changes within is kept as it is."""
    if isinstance(node, BaseModel):
        inside = f"{where}." if where else ""
        news = {}
        for name in type(node).__pydantic_fields__:
            old = getattr(node, name)
            new = _replaced(old, change, inside + name)
            if new is not old:
                news[name] = new
        return change(where, node.model_copy(update=news) if news else node)
    if isinstance(node, tuple):
        items = [_replaced(item, change, f"{where}[{index}]") for index, item in enumerate(node)]
        return node if all(map(is_, items, node)) else tuple(items)
    return change(where, node)
