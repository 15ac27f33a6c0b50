"""Each way to spoil an answer on each of the 55 papers, for as long as it is asked, counted.

    python -m tests.spoiled

The last rows are subtle: a figure of the report in the place of another, or two exchanged within a
claim, at four places of each paper by chance. Papers whose answer a trouble leaves as it is are not
counted; two figures of a list that change places, 8B and 1.5B, are, though nothing is wrong then.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from digestlib.glossary import load_glossary
from digestlib.llm import Request, Response, chat_body
from digestlib.models import PaperReport
from digestlib.prompts import Prompts
from digestlib.replies import Place, answer_in
from digestlib.reports import load
from digestlib.summaries import summarise_paper

from .faults import ANSWER_TROUBLES, Body, Trouble, changed
from .reference_answers import REPORTS, answer_to, example_figures
from .reference_server import completion

_REFERENCE = re.compile(r"\{(q\d+)[^{}]*\}")
PLACES = 4
"""At so many places of each paper, chosen by chance, figures are pointed at wrongly."""


def _another_figure(answer: Body, chance: random.Random) -> None:
    """A reference becomes one to another figure that the answer uses."""
    claims = [claim for claim in _claims(answer) if _REFERENCE.search(claim["text"])]
    if not claims:
        return
    claim = chance.choice(claims)
    place = chance.choice(list(_REFERENCE.finditer(claim["text"])))
    others = sorted(set(_REFERENCE.findall(json.dumps(answer))) - {place[1]})
    if others:
        claim["text"] = _put(claim["text"], place.span(), f"{{{chance.choice(others)}}}")


def _two_exchanged(answer: Body, chance: random.Random) -> None:
    """Two references of one claim change places."""
    claims = [c for c in _claims(answer) if len(set(_REFERENCE.findall(c["text"]))) > 1]
    if not claims:
        return
    claim = chance.choice(claims)
    text = claim["text"]
    places = chance.sample(list(_REFERENCE.finditer(text)), 2)
    first, second = sorted(places, key=lambda place: place.start())
    text = _put(text, second.span(), first[0])
    claim["text"] = _put(text, first.span(), second[0])


def _put(text: str, span: tuple[int, int], other: str) -> str:
    return text[: span[0]] + other + text[span[1] :]


def _claims(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and "sources" in node:
        yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from _claims(child)


def _by_chance(spoil: Callable[[Body, random.Random], None], seed: int) -> Trouble:
    """The same place of a paper whenever it is asked."""
    return changed(lambda answer: spoil(answer, random.Random(f"{seed} {answer['paper_id']}")))


SUBTLE: Mapping[str, tuple[Trouble, ...]] = {
    "another figure": tuple(_by_chance(_another_figure, seed) for seed in range(PLACES)),
    "two exchanged": tuple(_by_chance(_two_exchanged, seed) for seed in range(PLACES)),
}


def states(trouble: Trouble, papers: list[PaperReport]) -> Counter[str]:
    """What becomes of the papers whose answers the trouble changes."""
    prompts, glossary = Prompts(), load_glossary()
    found: Counter[str] = Counter()
    for paper in papers:
        spoiled = False

        def complete(request: Request) -> Response:
            nonlocal spoiled
            body = chat_body(request, "json_schema", model="m", options={})
            reply = trouble(body).reply
            assert reply
            spoiled = spoiled or not _same(reply.text, answer_to(body))
            payload: dict[str, Any] = completion(body, reply)
            answer = answer_in(payload, Place("m", "here"))
            return Response(mode="json_schema", request_key="k", **answer._asdict())

        summary = summarise_paper(paper, complete, prompts=prompts, glossary=glossary)
        found[summary.state] += spoiled
    return found


def _same(text: str | None, other: str) -> bool:
    try:
        return bool(json.loads(text or "") == json.loads(other))
    except ValueError:
        return False


def main() -> None:
    example_figures()
    papers = [paper for digest in load(REPORTS) for paper in digest.papers]
    print(f"{'what is wrong':18} taken for good  flagged  failed")
    troubles = {name: (trouble,) for name, trouble in ANSWER_TROUBLES.items()} | dict(SUBTLE)
    for name, ways in troubles.items():
        done = sum((states(trouble, papers) for trouble in ways), Counter[str]())
        taken = f"{done['verified']} of {done.total()}"
        print(f"{name:18} {taken:>14} {done['flagged']:>8} {done['failed']:>7}", flush=True)


if __name__ == "__main__":
    main()
