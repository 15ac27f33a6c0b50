"""An answer is read as its model, or comes back as a compact list of what is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from digestlib.answers import BrokenAnswer, chinese_texts, empty_texts, parse_answer, strict_schema
from digestlib.editions import ComparisonPlan, Editorial
from digestlib.models import Claim, PaperSummary
from digestlib.printing import walk

GOOD = {"text": "It works.", "sources": [12]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(GOOD),
        f"```json\n{json.dumps(GOOD)}\n```",
        f"```\n{json.dumps(GOOD)}```",
        f"Here is the JSON:\n{json.dumps(GOOD)}\nI hope it helps.",
        json.dumps({"claim": GOOD}),
        json.dumps({"type": "object", "properties": GOOD}),
    ],
    ids=["bare", "fenced", "fence-without-name", "chatty", "enveloped", "schema-echo"],
)
def test_an_answer_in_any_wrapping_is_read(text: str) -> None:
    assert parse_answer(text, Claim) == Claim(text="It works.", sources=(12,))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"text": "cut off', "not JSON"),
        ("", "not JSON"),
        ("<html>Bad gateway</html>", "not JSON"),
        ('{"text": "a", "text": "b", "sources": []}', "'text' is there twice"),
        ('{"text": "a"}', "sources: Field required"),
        ('{"text": 3, "sources": []}', "text: Input should be a valid string"),
        ('{"text": "a", "sources": ["12"]}', "sources[0]: Input should be a valid integer"),
        ('{"text": "a", "sources": [], "extra": 1}', "extra: Extra inputs are not permitted"),
        ('{"text": "a", "sources": [NaN]}', "sources[0]"),
        ("[1, 2]", "the answer"),
        ("null", "the answer"),
        ("[" * 100_000, "nested too deeply"),
    ],
    ids=[
        "cut-off",
        "nothing",
        "web-page",
        "doubled-key",
        "missing-field",
        "wrong-type",
        "number-as-text",
        "extra-field",
        "nan",
        "list",
        "null",
        "deep",
    ],
)
def test_what_does_not_fit_is_named_with_its_place(text: str, error: str) -> None:
    with pytest.raises(BrokenAnswer) as caught:
        parse_answer(text, Claim)
    assert any(error in line for line in caught.value.errors), caught.value.errors


def test_empty_and_chinese_texts_are_told_apart_by_path() -> None:
    claim = Claim(text="它 works", sources=(1,))
    assert chinese_texts(walk(claim)) == ["text: has Chinese characters: 它"]
    assert empty_texts(walk(Claim(text="  ", sources=(1,)))) == ["text: is empty"]


def nodes(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in nodes(item)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for value in node.values() for found in nodes(value))]


@pytest.mark.parametrize("model", [PaperSummary, Editorial, ComparisonPlan])
def test_schemas_keep_to_the_strict_dialect(model: type) -> None:
    allowed = {"type", "properties", "required", "additionalProperties", "items", "enum", "anyOf", "$ref", "$defs"}  # fmt: skip
    schema = strict_schema(model)
    objects = [node for node in nodes(schema) if node.get("type") == "object"]
    assert len(objects) >= 3
    for node in objects:
        assert set(node) <= allowed
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])
