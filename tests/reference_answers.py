"""The reference answers: what a very good translator answered to each request of the examples.

They are stored so that neither a change of prompt nor one of the number grammar voids them: a
figure is kept by line and Chinese text, `{L29:1.3B}`, the second of the same text in a line as
`{L29:1.3B#2}`, and in a roundup with its paper, `{2601.02439/L29:1.3B}`. Serving an answer turns
these anchors into the references of the request at hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from digestlib.models import PaperReport, Quantity
from digestlib.quantities import quantities_of
from digestlib.reports import load

HERE = Path(__file__).parent
REPORTS = HERE.parent / "examples" / "reports"
ANSWERS = HERE / "reference"
ANCHOR = re.compile(
    r"\{(?:(?P<paper>[^{}/\s]+)/)?L(?P<line>\d+):(?P<text>[^{}]+?)(?:#(?P<nth>\d+))?(?P<bare>\.bare)?\}"
)
REFERENCE = re.compile(r"\{(?:(?P<paper>[^{}/\s]+)/)?(?P<id>q\d+)(?P<bare>\.bare)?\}")

Figures = dict[str, Sequence[Quantity]]
"""The figures of each paper, by its id."""


class LostAnchor(LookupError):
    """An anchor whose figure the grammar does not find any more."""


@cache
def example_papers() -> dict[str, PaperReport]:
    """The example papers by id."""
    return {paper.id: paper for digest in load(REPORTS) for paper in digest.papers}


@cache
def example_figures() -> Figures:
    """The figures of the example papers."""
    return {name: quantities_of(paper) for name, paper in example_papers().items()}


def to_anchors(answer: Any, figures: Figures, paper: str | None = None) -> Any:
    """An answer with its references (`{q3}`) turned into anchors, to be stored."""

    def anchor(match: re.Match[str]) -> str:
        quantities = figures[match["paper"] or paper or ""]
        quantity = next(q for q in quantities if q.id == match["id"])
        same = [q for q in quantities if (q.line, q.text) == (quantity.line, quantity.text)]
        nth = same.index(quantity) + 1
        prefix = f"{match['paper']}/" if match["paper"] else ""
        suffix = (f"#{nth}" if nth > 1 else "") + (match["bare"] or "")
        return f"{{{prefix}L{quantity.line}:{quantity.text}{suffix}}}"

    return _mapped(answer, lambda text: REFERENCE.sub(anchor, text))


def to_references(answer: Any, figures: Figures, paper: str | None = None) -> Any:
    """A stored answer with its anchors turned into the references of today's grammar."""

    def reference(match: re.Match[str]) -> str:
        owner = match["paper"] or paper or ""
        quantity = _find(
            figures[owner], int(match["line"]), match["text"], int(match["nth"] or 1), owner
        )
        prefix = f"{match['paper']}/" if match["paper"] else ""
        return f"{{{prefix}{quantity.id}{match['bare'] or ''}}}"

    return _mapped(answer, lambda text: ANCHOR.sub(reference, text))


def answer_to(body: dict[str, Any]) -> str:
    """The reference answer to a chat request, as the text a model would send."""
    user = next(m["content"] for m in body["messages"] if m["role"] == "user")
    if match := re.match(r"Paper id: (\S+)", user):
        return _served(f"summaries/{match[1]}.json", match[1])
    if match := re.match(r"Period: (\S+)", user):
        return _served(f"roundups/{match[1]}.json", None)
    papers = re.findall(r"^(\d{4}\.\d{5}) · ", user, re.MULTILINE)
    return _served(f"comparisons/{comparison_name(papers)}.json", None)


def comparison_name(papers: Sequence[str]) -> str:
    """The file of a comparison over these papers: first, last and how many."""
    return f"{papers[0]}-{papers[-1]}-{len(papers)}"


def _served(name: str, paper: str | None) -> str:
    file = ANSWERS / name
    if not file.is_file():
        raise FileNotFoundError(f"no reference answer {name}")
    stored = json.loads(file.read_text(encoding="utf-8"))
    answer = to_references(stored, example_figures(), paper)
    return json.dumps(answer, ensure_ascii=False)


def _find(quantities: Sequence[Quantity], line: int, text: str, nth: int, paper: str) -> Quantity:
    """The nth figure of that text in the line; else one that holds it or lies within it."""
    there = [q for q in quantities if q.line == line]
    exact = [q for q in there if q.text == text]
    near = [q for q in there if text in q.text or q.text in text]
    for found in (exact, near):
        if len(found) >= nth:
            return found[nth - 1]
    raise LostAnchor(f"{paper}: no figure {text!r} in line {line}")


def _mapped(node: Any, change: Any) -> Any:
    if isinstance(node, str):
        return change(node)
    if isinstance(node, dict):
        return {name: _mapped(value, change) for name, value in node.items()}
    if isinstance(node, list):
        return [_mapped(value, change) for value in node]
    return node
