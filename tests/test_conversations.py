"""Who asks and who computes while many conversations are held."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest

from digestlib.conversations import Conversation, hold_all
from digestlib.errors import EndpointError, Interrupted
from digestlib.llm import Message, Request, Response


def request(subject: str) -> Request:
    return Request(
        prompt="summary/v1",
        subject=subject,
        messages=(Message(role="user", content=subject),),
        schema_name="number",
        json_schema={},
    )


def answer(asked: Request) -> Response:
    return Response(
        text=asked.subject, model="m", mode="text", request_key="k", finish_reason="stop"
    )


def test_a_request_leaves_while_an_answer_is_looked_at() -> None:
    second_asked = threading.Event()
    seen: list[bool] = []

    def complete(asked: Request) -> Response:
        if asked.subject == "second":
            second_asked.set()
        return answer(asked)

    def talk(subject: str) -> Conversation[str]:
        response = yield request(subject)
        seen.append(second_asked.wait(5))
        return response.text

    told = hold_all([talk("first"), talk("second")], complete, jobs=1, on_end=lambda _: None)
    assert (told, seen) == (["first", "second"], [True, True])


def test_requests_are_made_and_answers_looked_at_in_the_thread_that_waits() -> None:
    computing, asking = set[int](), set[int]()

    def complete(asked: Request) -> Response:
        asking.add(threading.get_ident())
        return answer(asked)

    def talk(subject: str) -> Conversation[str]:
        computing.add(threading.get_ident())
        yield request(subject)
        yield request(f"{subject} again")
        computing.add(threading.get_ident())
        return subject

    hold_all(map(talk, "abcdefgh"), complete, jobs=3, on_end=lambda _: None)
    assert computing == {threading.get_ident()}
    assert computing.isdisjoint(asking)


def test_only_a_few_requests_are_made_before_they_can_leave() -> None:
    made: list[str] = []
    ahead: list[int] = []

    def complete(asked: Request) -> Response:
        ahead.append(len(made) - len(ahead))
        return answer(asked)

    def talk(subject: str) -> Conversation[str]:
        made.append(subject)
        return (yield request(subject)).text

    hold_all(map(talk, map(str, range(200))), complete, jobs=2, on_end=lambda _: None)
    assert max(ahead) <= 6


def test_no_more_conversations_are_open_than_can_soon_be_asked() -> None:
    open_now: list[int] = []
    ended: list[str] = []

    def talk(subject: str) -> Conversation[str]:
        open_now.append(int(subject) - len(ended))
        return (yield request(subject)).text

    hold_all(map(talk, map(str, range(200))), answer, jobs=2, on_end=ended.append)
    assert max(open_now) <= 8


def test_a_conversation_that_copes_without_the_endpoint_ends_no_other() -> None:
    def complete(asked: Request) -> Response:
        if asked.fresh:
            raise EndpointError("nobody there")
        return answer(asked)

    def talk(subject: str) -> Conversation[str]:
        response = yield request(subject)
        try:
            response = yield request(subject).model_copy(update={"fresh": True})
        except EndpointError:
            return f"{response.text} as before"
        return response.text

    told = hold_all(map(talk, "abcdef"), complete, jobs=2, on_end=lambda _: None)
    assert told == [f"{subject} as before" for subject in "abcdef"]


def test_what_is_not_asked_since_the_run_has_ended_does_not_end_as_if_it_had_been(
    switching: None,
) -> None:
    told: list[str] = []

    def complete(asked: Request) -> Response:
        if asked.subject == "d":
            raise EndpointError("no such model")
        return answer(asked)

    def talk(subject: str) -> Conversation[str]:
        try:
            return (yield request(subject)).text
        except Interrupted as exc:
            return f"{subject}: {exc}"

    for _ in range(200):
        with pytest.raises(EndpointError, match="no such model"):
            hold_all(map(talk, "abcdefghijkl"), complete, jobs=4, on_end=told.append)
    assert set(told) <= {"a", "b", "c", *"efghijkl"}


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)
