"""A bad answer is sent back with what is wrong, at most twice."""

from __future__ import annotations

import pytest

from digestlib.answers import BrokenAnswer
from digestlib.asking import LEAST_ROOM, Reading, ask
from digestlib.errors import AnswerError, EndpointUnavailable, Interrupted, RequestRejected
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


@pytest.mark.parametrize(
    ("answers", "tries"), [("abcdef4", 5), ("aaa4", 3)], ids=["all different", "all the same"]
)
def test_after_answers_enough_the_reasons_are_the_error(answers: str, tries: int) -> None:
    model = Model(*answers)
    with pytest.raises(AnswerError, match=f"{tries} tries: '{answers[tries - 1]}' is not a number"):
        ask(model, REQUEST, read, Prompts())
    assert len(model.asked) == tries


def test_a_re_ask_carries_only_the_last_answer() -> None:
    model = Model("a", "b", "4")
    ask(model, REQUEST, read, Prompts())
    assert [m.content for m in model.asked[2].messages if m.role == "assistant"] == ["b"]


@pytest.mark.parametrize(
    ("fields", "tries", "why"),
    [
        ({"refusal": "I cannot"}, 3, "a refusal: I cannot"),
        ({"finish_reason": "content_filter"}, 3, "filter"),
        ({"finish_reason": "length"}, 2, "cut off"),
    ],
    ids=["refusal", "content filter", "length"],
)
def test_what_was_withheld_is_asked_again_in_other_words(
    fields: dict[str, str], tries: int, why: str
) -> None:
    model = Model("7", "7", "7", "7", **fields)
    with pytest.raises(AnswerError, match=f"{tries} tries: .*{why}"):
        ask(model, REQUEST, read, Prompts())
    assert len(model.asked) == tries
    first, second = model.asked[:2]
    assert why in second.messages[-1].content
    assert [message.role for message in second.messages] == [m.role for m in first.messages]


def test_a_cut_off_answer_gets_more_room() -> None:
    model = Model("7", "7", finish_reason="length")
    with pytest.raises(AnswerError):
        ask(model, REQUEST, read, Prompts())
    assert [asked.room for asked in model.asked] == [None, 2 * LEAST_ROOM]


def test_an_endpoint_that_rejects_the_room_is_asked_without() -> None:
    rooms: list[int | None] = []

    def complete(request: Request) -> Response:
        rooms.append(request.room)
        if request.room:
            raise RequestRejected("400: no such parameter")
        reason = "stop" if len(rooms) > 1 else "length"
        return Response(text="8", model="m", mode="text", request_key="k", finish_reason=reason)

    assert ask(complete, REQUEST, read, Prompts())[0] == 8
    assert rooms == [None, 2 * LEAST_ROOM, None]


@pytest.mark.parametrize("cached", [True, False], ids=["of an earlier run", "of this run"])
def test_a_failure_is_asked_afresh_in_a_later_run_only(cached: bool) -> None:
    asked: list[bool] = []

    def complete(request: Request) -> Response:
        asked.append(request.fresh)
        text = "8" if request.fresh else "a"
        return Response(
            text=text, model="m", mode="text", request_key="k", finish_reason="stop",
            cached=cached and not request.fresh,
        )  # fmt: skip

    if cached:
        assert ask(complete, REQUEST, read, Prompts())[0] == 8
        assert asked == [False] * 3 + [True]
    else:
        with pytest.raises(AnswerError):
            ask(complete, REQUEST, read, Prompts())
        assert asked == [False] * 3


def test_a_stored_failure_stays_when_nobody_can_be_asked() -> None:
    def complete(request: Request) -> Response:
        if request.fresh:
            raise EndpointUnavailable("nobody there")
        return Response(
            text="a", model="m", mode="text", request_key="k", finish_reason="stop", cached=True
        )

    with pytest.raises(AnswerError, match="'a' is not a number"):
        ask(complete, REQUEST, read, Prompts())


def test_an_answer_with_complaints_is_asked_again_and_the_better_one_taken() -> None:
    model = Model("101", "7", "4")
    assert ask(model, REQUEST, read, Prompts())[0] == 4
    assert "- odd\n- big\n" in model.asked[1].messages[3].content
    assert ask(Model("7", "101", "x"), REQUEST, read, Prompts())[0] == 7


def test_broken_answers_before_one_with_complaints_leave_it_its_two_re_asks() -> None:
    model = Model("a", "b", "101", "c", "4")
    assert ask(model, REQUEST, read, Prompts())[0] == 4
    model = Model("a", "b", "c", "101", "7", "4")
    assert ask(model, REQUEST, read, Prompts())[0] == 7
    assert len(model.asked) == 5


def test_the_same_complaints_again_end_the_asking() -> None:
    model = Model("7", "9", "4")
    assert ask(model, REQUEST, read, Prompts())[0] == 7
    assert len(model.asked) == 2


def test_an_answer_with_complaints_is_kept_when_its_re_ask_is_interrupted() -> None:
    def complete(request: Request) -> Response:
        if request.again:
            raise Interrupted("the run was interrupted before this was asked")
        return Response(text="7", model="m", mode="text", request_key="k", finish_reason="stop")

    assert ask(complete, REQUEST, read, Prompts())[0] == 7
