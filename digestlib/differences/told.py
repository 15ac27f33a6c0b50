"""Differences as Markdown for people, or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from ..drafts.escape import markdown
from .drafts import Differences, Edited
from .passages import Change

CONTEXT_WORDS = 5


def render_differences(
    found: Differences, *, old: str, new: str, format: Literal["md", "json"]
) -> str:
    """What changed from the file `old` to the file `new`; without differences, one line."""
    if format == "json":
        return found.model_dump_json(indent=2) + "\n"
    if not found:
        return f"{markdown(old)} and {markdown(new)} say the same.\n"
    return "\n".join([f"# From {markdown(old)} to {markdown(new)}", "", *_lines(found)]) + "\n"


def _lines(found: Differences) -> Iterator[str]:
    yield _counts(found)
    fields = [f"- {name}: {_change(change)}" for name, change in found.front_matter]
    yield from _part("Front matter", fields)
    yield from _part("Papers added", [_paper(*paper) for paper in found.added])
    yield from _part("Papers removed", [_paper(*paper) for paper in found.removed])
    moves = [f"{_paper(move.paper_id, move.title)}: {markdown(move.how)}" for move in found.moved]
    yield from _part("Papers moved", moves)
    yield from _part("Papers edited", [line for one in found.papers for line in _edited(one)])
    yield from _part("Opening", [line for one in found.opening for line in _edited(one)])


def _counts(found: Differences) -> str:
    edited = (*found.papers, *found.opening)
    figures = sum(len(one.figures) for one in edited)
    terms = sum(len(one.terms) for one in edited)
    return (
        f"Papers: {len(found.added)} added, {len(found.removed)} removed, {len(found.moved)} moved, "
        f"{len(found.papers)} edited; parts of the opening: {len(found.opening)} edited; "
        f"{figures} figures and {terms} terms changed."
    )


def _part(title: str, lines: Sequence[str]) -> Sequence[str]:
    return ["", f"## {title}", "", *lines] if lines else []


def _paper(paper_id: str, title: str) -> str:
    return f"- {markdown(title)}" + (f" ({paper_id})" if paper_id else "")


def _edited(one: Edited) -> Iterator[str]:
    yield _paper(one.paper_id, one.title) + (f", line {one.line}" if one.line else "")
    for name, changes in (("figure", one.figures), ("term", one.terms)):
        for change, times in Counter(changes).items():
            yield f"  - {name}: {_change(change)}" + (f" ({times} times)" if times > 1 else "")
    yield from (f"  - text: {_change(_around(change))}" for change in one.texts)


def _around(change: Change) -> Change:
    """Of two versions only what differs, with some words before and behind."""
    if change.old is None or change.new is None:
        return change
    old, new = change.old.split(), change.new.split()
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    differing = [code for code in codes if code[0] != "equal"]
    if not differing:
        return change
    (_, a, _, c, _), (_, _, b, _, d) = differing[0], differing[-1]
    return Change(old=_excerpt(old, a, b), new=_excerpt(new, c, d))


def _excerpt(words: Sequence[str], start: int, end: int) -> str:
    start, end = max(0, start - CONTEXT_WORDS), end + CONTEXT_WORDS
    said = " ".join(words[start:end])
    return ("… " if start else "") + said + (" …" if end < len(words) else "")


def _change(change: Change) -> str:
    if change.old is None:
        return f"new: {markdown(change.new or '')}"
    if change.new is None:
        return f"gone: {markdown(change.old)}"
    return f"{markdown(change.old) or '–'} → {markdown(change.new) or '–'}"
