"""One rule after another in many words: what says the same passes, what says something else does not.

Each line of `families.jsonl` is a sentence of no report, with faithful and wrong English; they show
that a rule holds for its whole family, not for the sentence that it was found with.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fidelity_table import DATA, alarming

LINES: list[dict[str, Any]] = [
    json.loads(line) for line in (DATA / "families.jsonl").read_text(encoding="utf-8").splitlines()
]
FAMILIES = sorted({line["family"] for line in LINES})


@pytest.mark.parametrize("family", FAMILIES)
def test_what_says_the_same_needs_no_look(family: str) -> None:
    alarms = [
        (line["zh"], text, alarming(line["zh"], text))
        for line in LINES
        for text in line["en_ok"]
        if line["family"] == family and alarming(line["zh"], text)
    ]
    assert not alarms


@pytest.mark.parametrize("family", FAMILIES)
def test_what_says_something_else_does(family: str) -> None:
    wrong = [
        (line["zh"], text) for line in LINES if line["family"] == family for text in line["en_bad"]
    ]
    assert wrong
    assert [text for source, text in wrong if not alarming(source, text)] == []
