"""Each way to spoil an answer on each of the 55 papers, for as long as it is asked, counted.

    python -m tests.spoiled

The last rows are subtle: a figure of the report in the place of another, or two exchanged. Papers
whose answer a trouble leaves as it is are not counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
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

_REFERENCE = re.compile(r"\{q\d+")


def _another_figure(answer: Body) -> None:
    """The first reference of the results becomes the next one that the answer uses."""
    names = sorted(set(_REFERENCE.findall(json.dumps(answer))))
    for result in answer["results"]:
        if match := _REFERENCE.search(result["finding"]["text"]):
            other = names[(names.index(match.group()) + 1) % len(names)]
            text = result["finding"]["text"]
            result["finding"]["text"] = text[: match.start()] + other + text[match.end() :]
            return


def _two_exchanged(answer: Body) -> None:
    for result in answer["results"]:
        text = result["finding"]["text"]
        names = list(dict.fromkeys(re.findall(r"\{q\d+[^{}]*\}", text)))
        if len(names) > 1:
            first, second = names[:2]
            swapped = text.replace(first, "\0").replace(second, first).replace("\0", second)
            result["finding"]["text"] = swapped
            return


SUBTLE: Mapping[str, Trouble] = {
    "another figure": changed(_another_figure),
    "two exchanged": changed(_two_exchanged),
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
    for name, trouble in (ANSWER_TROUBLES | SUBTLE).items():
        done = states(trouble, papers)
        taken = f"{done['verified']} of {done.total()}"
        print(f"{name:18} {taken:>14} {done['flagged']:>8} {done['failed']:>7}", flush=True)


if __name__ == "__main__":
    main()
