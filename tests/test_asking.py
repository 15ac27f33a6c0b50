"""A bad answer is sent back with what is wrong, at most twice."""

from __future__ import annotations

import pytest

from digestlib.answers import BrokenAnswer
from digestlib.asking import Reading, ask
from digestlib.errors import AnswerError
from digestlib.llm import Message, Request, Response
from digestlib.prompts import Prompts

REQUEST = Request(
    prompt="summary/v1",
    subject="2601.02439",
    messages=(Message(role="system", content="S"), Message(role="user", content="U")),
    schema_name="number",
    json_schema={},
)


class Model:
    """Answers from a list and keeps what it was asked."""

    def __init__(self, *answers: str, **fields: str) -> None:
        self.answers = list(answers)
        self.fields = fields
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request)
        fields = {"finish_reason": "stop"} | self.fields
        return Response(text=self.answers.pop(0), model="m", mode="text", request_key="k", **fields)


def read(text: str) -> Reading[int]:
    if not text.isdigit():
        raise BrokenAnswer([f"{text!r} is not a number"])
    return Reading(int(text), ["odd", "big"][: int(text) % 2 + (int(text) > 99)])


def test_a_good_answer_costs_one_request() -> None:
    model = Model("8")
    assert ask(model, REQUEST, read, Prompts())[0] == 8
    assert model.asked == [REQUEST]


def test_a_bad_answer_is_asked_again_with_the_answer_and_what_was_wrong() -> None:
    model = Model("seven", "8")
    assert ask(model, REQUEST, read, Prompts())[0] == 8
    again = model.asked[1]
    assert again.messages[:2] == REQUEST.messages
    assert again.messages[2] == Message(role="assistant", content="seven")
    assert "'seven' is not a number" in again.messages[3].content
    assert again.json_schema == REQUEST.json_schema


def test_after_two_re_asks_the_reasons_are_the_error() -> None:
    model = Model("a", "b", "c", "4")
    with pytest.raises(AnswerError, match="3 tries: 'c' is not a number"):
        ask(model, REQUEST, read, Prompts())
    assert len(model.asked) == 3


def test_a_re_ask_carries_only_the_last_answer() -> None:
    model = Model("a", "b", "4")
    ask(model, REQUEST, read, Prompts())
    assert [m.content for m in model.asked[2].messages if m.role == "assistant"] == ["b"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"refusal": "I cannot"}, "refused: I cannot"),
        ({"finish_reason": "content_filter"}, "filter"),
    ],
    ids=["refusal", "content-filter"],
)
def test_a_refusal_is_not_asked_again(fields: dict[str, str], why: str) -> None:
    model = Model("7", "7", **fields)
    with pytest.raises(AnswerError, match=why):
        ask(model, REQUEST, read, Prompts())
    assert len(model.asked) == 1


def test_a_cut_off_answer_is_asked_again() -> None:
    model = Model("7", "7", "7", finish_reason="length")
    with pytest.raises(AnswerError, match="cut off"):
        ask(model, REQUEST, read, Prompts())


def test_an_answer_with_complaints_is_asked_again_and_the_better_one_taken() -> None:
    model = Model("101", "7", "4")
    assert ask(model, REQUEST, read, Prompts())[0] == 4
    assert "- odd\n- big\n" in model.asked[1].messages[3].content
    assert ask(Model("7", "101", "x"), REQUEST, read, Prompts())[0] == 7


def test_the_same_complaints_again_end_the_asking() -> None:
    model = Model("7", "9", "4")
    assert ask(model, REQUEST, read, Prompts())[0] == 7
    assert len(model.asked) == 2
