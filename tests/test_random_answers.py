"""What a model of random weights writes when it is held to the schema, with the right id and lines.

`docs/servers.md` says what such a model answered on real servers; there the id was always wrong.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import cache
from typing import Any

import pytest

from digestlib.glossary import load_glossary
from digestlib.llm import Request, Response
from digestlib.models import PaperReport
from digestlib.prompts import Prompts
from digestlib.quantities import quantities_of
from digestlib.summaries import Summary, summarise_paper
from tests.reference_answers import example_papers

ANSWERS = 50
WORDS = (
    "the model improves by 12.5% over GPT-5 to 300,000 on SWE-Bench, reaches 1.7B in 3 days with "
    "https://example.org/x and is open source, sets a new record, halves the cost, v2.1"
)


@pytest.mark.no_cover
def test_random_content_ends_as_flagged_or_failed_and_never_as_verified() -> None:
    rng, papers = random.Random(20), list(example_papers().values())
    ends = [answer_at_random(rng, rng.choice(papers)) for _ in range(ANSWERS)]
    states = Counter(summary.state for summary in ends)
    assert states["verified"] == 0
    assert states["flagged"] > ANSWERS // 10


def answer_at_random(rng: random.Random, paper: PaperReport) -> Summary:
    """The summary of a paper from one answer of random content, sent at every asking."""

    def complete(request: Request) -> Response:
        schema = request.json_schema
        answer = json.dumps(at_random(rng, schema, schema["$defs"], "", paper))
        return Response(
            text=answer, model="random", finish_reason="stop", mode="json_schema", request_key="-"
        )

    return summarise_paper(paper, complete, prompts=Prompts(), glossary=load_glossary())


def at_random(
    rng: random.Random, schema: dict[str, Any], defs: dict[str, Any], name: str, paper: PaperReport
) -> Any:
    """A value that the schema allows; ids and lines are the paper's."""
    if "$ref" in schema:
        return at_random(rng, defs[schema["$ref"].rpartition("/")[2]], defs, name, paper)
    if "anyOf" in schema:
        return at_random(rng, rng.choice(schema["anyOf"]), defs, name, paper)
    if "enum" in schema:
        return rng.choice(schema["enum"])
    match schema["type"]:
        case "object":
            fields = schema["properties"].items()
            return {key: at_random(rng, kind, defs, key, paper) for key, kind in fields}
        case "array":
            many = range(rng.randint(1, 3))
            return [at_random(rng, schema["items"], defs, name, paper) for _ in many]
        case "integer":
            return rng.choice(lines_of(paper))
        case "string":
            return paper.id if name == "paper_id" else words_at_random(rng, name)
    return None


@cache
def lines_of(paper: PaperReport) -> list[int]:
    """The lines that have figures, or else the first."""
    return [quantity.line for quantity in quantities_of(paper)] or [paper.first_line]


def words_at_random(rng: random.Random, name: str) -> str:
    """Some words, or a reference to a figure where one is asked for."""
    figure = f"{{q{rng.randint(1, 3)}}}"
    if name == "value":
        return figure
    return " ".join(
        rng.choices([*WORDS.split(), *[figure] * (name == "text")], k=rng.randint(1, 9))
    )
