"""Reference answers outlive a change of prompt or grammar."""

from __future__ import annotations

import json

import pytest

from digestlib.quantities import find_quantities

from .reference_answers import (
    ANSWERS,
    LostAnchor,
    answer_to,
    example_figures,
    example_papers,
    to_anchors,
    to_references,
)

PAPER = "2601.02439"


def test_there_is_one_answer_for_each_example_paper() -> None:
    assert {path.stem for path in ANSWERS.glob("summaries/*.json")} == set(example_papers())


@pytest.mark.parametrize("path", sorted(ANSWERS.rglob("*.json")), ids=lambda path: path.stem)
def test_an_answer_survives_the_way_to_references_and_back(path) -> None:
    stored = json.loads(path.read_text(encoding="utf-8"))
    paper = path.stem if path.parent.name == "summaries" else None
    figures = example_figures()
    served = to_references(stored, figures, paper)
    assert to_references(to_anchors(served, figures, paper), figures, paper) == served
    assert "{L" not in json.dumps(served)


def test_the_second_figure_of_the_same_text_keeps_its_place() -> None:
    figures = {"p": tuple(find_quantities("从 4步 到 4步"))}
    assert to_anchors("{q1} and {q2}", figures, "p") == "{L1:4} and {L1:4#2}"
    assert to_references("{L1:4#2}", figures, "p") == "{q2}"


def test_a_figure_that_the_grammar_reads_wider_is_still_found() -> None:
    figures = {"p": tuple(find_quantities("超过近30万个任务"))}
    assert to_references("{L1:30万}", figures, "p") == "{q1}"


def test_a_lost_figure_is_an_error_not_a_guess() -> None:
    with pytest.raises(LostAnchor, match=r"no figure '7\.5%' in line 1"):
        to_references("{L1:7.5%}", {"p": tuple(find_quantities("提升 8%"))}, "p")


def test_the_answer_is_that_of_the_paper_in_the_request() -> None:
    messages = [
        {"role": "system", "content": "S"},
        {"role": "user", "content": f"Paper id: {PAPER}"},
    ]
    assert json.loads(answer_to({"messages": messages}))["paper_id"] == PAPER
