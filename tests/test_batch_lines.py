"""Lines of a batch file: what is shared is written once, and nothing of it can be seen."""

from __future__ import annotations

import json

import pytest

from digestlib.batch.lines import frame_of, words_of
from digestlib.llm import Message, Mode, Request, canonical, chat_body, request_key
from digestlib.summaries import summary_request

from .reference_answers import example_papers

REQUESTS = [summary_request(paper) for paper in list(example_papers().values())[:4]]
AGAIN = REQUESTS[0].model_copy(
    update={
        "messages": (
            *REQUESTS[0].messages,
            Message(role="assistant", content='{"a": "\ue000 \\" \u2028"}'),
            Message(role="user", content="Wrong: \ue000\x85\x00\n“⟦q1⟧”"),
        ),
        "room": 9000,
        "again": True,
    }
)


@pytest.mark.parametrize("mode", ["json_schema", "json_object", "text"])
@pytest.mark.parametrize("request_", [*REQUESTS, AGAIN], ids=lambda request: request.subject)
def test_a_line_and_its_key_are_those_of_the_whole_request(request_: Request, mode: Mode) -> None:
    """Also where texts hold the mark of the frame, or what some engines take for an end of line."""
    first = request_ if request_.again else REQUESTS[0]
    frame = frame_of(first, model="m", mode=mode)
    assert frame.fits(request_)
    words = words_of(request_)
    key = frame.key(words)
    assert key == request_key(canonical(request_, model="m"), request_.prompt)
    line = frame.line(words, key)
    body = chat_body(request_, mode, model="m", options={})
    asked = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
    assert json.loads(line) == asked
    assert list(json.loads(line)["body"]) == list(body)
    assert len(line.decode().splitlines()) == 1


def test_a_request_that_differs_in_more_than_its_words_needs_a_frame_of_its_own() -> None:
    frame = frame_of(REQUESTS[0], model="m", mode="json_schema")
    other = {"prompt": "summary/v2", "room": 100, "json_schema": {}, "schema_name": "other"}
    for name, value in other.items():
        assert not frame.fits(REQUESTS[1].model_copy(update={name: value}))
    assert not frame.fits(AGAIN)
