"""The model seam against a real local server, with scripted faults."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from digestlib.addresses import chat_url
from digestlib.client import ChatClient
from digestlib.endpoints import connect
from digestlib.errors import (
    DigestError,
    EndpointError,
    EndpointUnavailable,
    KeyRejected,
    QuotaExhausted,
    RequestRejected,
)
from digestlib.gate import Gate
from digestlib.llm import (
    Message,
    Request,
    Response,
    canonical,
    canonical_json,
    chat_body,
    request_key,
)
from digestlib.patience import Failure, back_off_s, retry_after_s
from digestlib.posting import Connections
from digestlib.replies import one_line
from tests.reference_server import CANARY, Fault, ReferenceServer, Reply
from tests.slept import Slept

SCHEMA = {
    "type": "object",
    "properties": {"headline": {"type": "string"}},
    "required": ["headline"],
    "additionalProperties": False,
}
ANSWER = '{"headline": "WebGym offers nearly 300,000 tasks"}'
NOW = dt.datetime(2026, 1, 7, 12, 0, tzinfo=dt.UTC)


def request(subject: str = "2601.02439") -> Request:
    text = f"{subject}：提出了目前最大的开源视觉Web代理训练环境 WebGym（包含近30万个真实网页任务）"
    messages = (
        Message(role="system", content="You summarise."),
        Message(role="user", content=text),
    )
    return Request(
        prompt="summary/v1",
        subject=subject,
        messages=messages,
        schema_name="summary",
        json_schema=SCHEMA,
    )


def answer(body: dict[str, Any]) -> str:
    return ANSWER


@pytest.fixture
def slept() -> Slept:
    return Slept()


def client(server: ReferenceServer, slept: Slept, **more: Any) -> ChatClient:
    return ChatClient(
        "reference", base_url=server.url, api_key=CANARY, sleep=slept, clock=slept.clock, **more
    )


def error_of(complete: ChatClient) -> DigestError:
    with pytest.raises(DigestError) as caught:
        complete(request())
    assert CANARY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value


# ---------------------------------------------------------------- requests


def test_the_body_holds_the_schema_and_nothing_that_a_model_might_refuse() -> None:
    body = canonical(request(), model="m")
    assert set(body) == {"model", "messages", "response_format"}
    assert body["response_format"]["json_schema"]["strict"] is True
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA


@pytest.mark.parametrize("mode", ["json_object", "text"])
def test_without_a_schema_parameter_the_last_message_tells_it(mode: Any) -> None:
    body = chat_body(request(), mode, model="m", options={})
    assert json.dumps(SCHEMA, separators=(",", ":")) in body["messages"][-1]["content"]
    assert body.get("response_format") == ({"type": mode} if mode == "json_object" else None)
    assert "JSON" not in request().messages[-1].content


def test_a_key_changes_with_text_schema_model_options_and_prompt_version() -> None:
    def key(asked: Request, model: str = "m", **options: Any) -> str:
        return request_key(canonical(asked, model=model, options=options), asked.prompt)

    base = request()
    changed = [
        key(request("2512.23576")),
        key(base, model="n"),
        key(base, temperature=0),
        key(base.model_copy(update={"json_schema": {"type": "object"}})),
        key(base.model_copy(update={"prompt": "summary/v2"})),
    ]
    assert len({key(base), *changed}) == 6
    assert key(base) == key(base.model_copy(update={"subject": "renamed"}))


def test_a_key_is_the_hash_of_the_canonical_json_whatever_the_text_holds() -> None:
    asked = request('"\\\0\x1b\x7f\x85\u2028\t📄近30万')
    body = canonical(asked, model="m", options={"temperature": 1e-7, "stop": ["é"]})
    text = canonical_json({"prompt": asked.prompt, "body": body})
    assert request_key(body, asked.prompt) == hashlib.sha256(text.encode()).hexdigest()


def test_options_cannot_change_what_the_client_relies_on() -> None:
    with pytest.raises(ValueError, match="stream"):
        ChatClient("m", api_key=CANARY, options={"stream": True})


# ---------------------------------------------------------------- answers


def test_an_answer_carries_text_usage_and_key(slept: Slept) -> None:
    with ReferenceServer(answer) as server:
        response = client(server, slept, options={"seed": 7, "enable_thinking": False})(request())
    assert response.text == ANSWER
    assert (response.mode, response.finish_reason) == ("json_schema", "stop")
    assert response.prompt_tokens
    assert response.completion_tokens
    assert response.cached_tokens == 0
    assert not response.cached
    assert server.bodies[0]["seed"] == 7
    assert server.bodies[0]["enable_thinking"] is False
    assert "近30万个" in server.bodies[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply('{"headli', finish_reason="length"), {"finish_reason": "length"}),
        (
            Reply(None, finish_reason="content_filter"),
            {"text": "", "finish_reason": "content_filter"},
        ),
        (Reply(None, refusal="I cannot."), {"text": "", "refusal": "I cannot."}),
        (
            Reply(message={"role": "assistant", "content": [{"type": "text", "text": "{}"}]}),
            {"text": "{}"},
        ),
    ],
    ids=["cut off", "filtered", "refused", "in parts"],
)
def test_an_answer_that_is_not_whole_is_for_the_caller_to_judge(
    reply: Reply, expected: dict[str, str], slept: Slept
) -> None:
    with ReferenceServer(lambda body: reply) as server:
        response = client(server, slept)(request())
    assert expected.items() <= response.model_dump().items()
    assert len(server.bodies) == 1


def test_half_an_emoji_does_not_break_what_stores_the_answer(slept: Slept) -> None:
    raw = rb'{"choices": [{"message": {"content": "half \ud83d"}}]}'
    with ReferenceServer(answer, faults=[Fault(raw=raw)]) as server:
        assert client(server, slept)(request()).text == "half ?"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"<!doctype html><html><style>p{}</style>Welcome to the portal</html>", EndpointError),
        (b"null", EndpointError),
        (b"[]", EndpointError),
        (b'{"choices": [{"mess', EndpointError),
        (b"", EndpointError),
        (b'{"choices": null}', RequestRejected),
        (b'{"choices": []}', RequestRejected),
        (b'{"choices": [{"message": null}]}', RequestRejected),
        (b'{"choices": [{"message": {"content": null}}]}', RequestRejected),
        (b'{"choices": [{"message": {"content": "", "tool_calls": [{}]}}]}', RequestRejected),
        (b'{"error": {"code": 502, "message": "upstream"}}', EndpointUnavailable),
        (b'{"error": {"code": 401, "message": "who?"}}', KeyRejected),
        (b'{"error": "gone wrong"}', EndpointUnavailable),
    ],
    ids=range(13),
)
def test_an_odd_success_is_an_error_of_ours(
    raw: bytes, kind: type[DigestError], slept: Slept
) -> None:
    with ReferenceServer(answer, faults=lambda n, body: Fault(raw=raw)) as server:
        error = error_of(client(server, slept, max_tries=2))
    assert type(error) is kind
    assert "<" not in str(error)


@pytest.mark.parametrize("raw", [b"<html>", b'{"choi', b'{"choices": []}', b"null"])
def test_an_odd_success_is_tried_again(raw: bytes, slept: Slept) -> None:
    with ReferenceServer(answer, faults=[Fault(raw=raw)]) as server:
        assert client(server, slept)(request()).text == ANSWER


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("status", "error", "kind", "says"),
    [
        (401, {"message": f"Incorrect API key provided: {CANARY}"}, KeyRejected, "OPENAI_API_KEY"),
        (403, {"message": "Country not supported"}, KeyRejected, "Country"),
        (402, {"message": "Insufficient Balance"}, QuotaExhausted, "top up"),
        (429, {"code": "insufficient_quota", "message": "quota"}, QuotaExhausted, "top up"),
        (429, {"type": "credit_balance_exhausted"}, QuotaExhausted, "top up"),
        (429, {"code": "project_spend_limit_exceeded"}, QuotaExhausted, "top up"),
        (404, {"code": "model_not_found", "message": "no"}, EndpointError, "'reference'"),
        (400, {"code": "context_length_exceeded", "message": "long"}, RequestRejected, "long"),
        (413, {"message": "too large"}, RequestRejected, "too large"),
        (418, {"message": "teapot"}, EndpointError, "418"),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else None,
)
def test_what_another_try_cannot_cure_is_said_at_once(
    status: int, error: dict[str, str], kind: type[DigestError], says: str, slept: Slept
) -> None:
    with ReferenceServer(answer, faults=lambda n, body: Fault(status, error=error)) as server:
        raised = error_of(client(server, slept))
    assert type(raised) is kind
    assert says in str(raised)
    assert f"{server.url} answered {status}" in str(raised)
    assert len(server.bodies) == 1
    assert slept.naps == []


def test_a_request_that_no_mode_cures_is_rejected(slept: Slept) -> None:
    with ReferenceServer(answer, faults=lambda n, body: Fault(400)) as server:
        assert type(error_of(client(server, slept))) is RequestRejected
    assert len(server.bodies) == 3


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_a_passing_failure_is_tried_again(status: int, slept: Slept) -> None:
    with ReferenceServer(answer, faults=[Fault(status), Fault(status)]) as server:
        response = client(server, slept, structured="json_schema")(request())
    assert response.text == ANSWER
    assert len(server.bodies) == 3
    assert len(slept.naps) == 2
    assert min(slept.naps) > 0.3


def test_hanging_up_is_tried_again(slept: Slept) -> None:
    with ReferenceServer(answer, faults=[Fault(hang_up=True)]) as server:
        assert client(server, slept)(request()).text == ANSWER


def test_patience_has_an_end(slept: Slept) -> None:
    with ReferenceServer(answer, faults=lambda n, body: Fault(429)) as server:
        assert type(error_of(client(server, slept, max_tries=3))) is EndpointUnavailable
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after": "Wed, 07 Jan 2026 12:00:09 GMT"}, 9),
        (
            {
                "retry-after": "Wed, 07 Jan 2026 15:00:04 GMT",
                "date": "Wed, 07 Jan 2026 15:00:00 GMT",
            },
            4,
        ),
        ({"retry-after": "0"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Wed, 07 Jan 2026 11:00:00 GMT"}, None),
        ({"retry-after": "Wed, 99 Jan 2026 11:00:00 GMT"}, None),
        ({}, None),
    ],
    ids=lambda value: str(value),
)
def test_retry_after_is_read_or_ignored(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after_s(headers, NOW) == seconds


def test_retry_after_is_honoured(slept: Slept) -> None:
    with ReferenceServer(answer, faults=[Fault(429, {"Retry-After": "7"})]) as server:
        client(server, slept)(request())
    assert len(slept.naps) == 1
    assert 7 <= slept.naps[0] < 8


def test_a_very_long_retry_after_is_left_to_the_user(slept: Slept) -> None:
    with ReferenceServer(answer, faults=[Fault(429, {"Retry-After": "3600"})]) as server:
        assert "3600 s" in str(error_of(client(server, slept)))
    assert slept.naps == []


@pytest.mark.parametrize("attempt", [1, 2, 7])
@pytest.mark.parametrize("outage", [True, False])
def test_back_off_is_never_zero_nor_endless(attempt: int, outage: bool) -> None:
    failure = Failure(EndpointUnavailable("x"), retry=True, outage=outage)
    naps = [back_off_s(failure, attempt) for _ in range(50)]
    assert min(naps) > 0.3
    assert max(naps) <= (1.5 if outage else 20)
    assert len(set(naps)) > 1


def test_a_dribbled_body_does_not_outlive_the_timeout(slept: Slept) -> None:
    started = time.monotonic()
    with ReferenceServer(answer, faults=lambda n, body: Fault(drip_s=0.05)) as server:
        error = error_of(client(server, slept, timeout_s=0.5, max_tries=1))
    assert "within 0.5 s; give a slow server more with --timeout" in str(error)
    assert time.monotonic() - started < 8


def test_a_silent_server_is_given_up(slept: Slept) -> None:
    with ReferenceServer(answer, faults=lambda n, body: Fault(delay_s=1)) as server:
        error = error_of(client(server, slept, timeout_s=0.2, max_tries=2))
    assert type(error) is EndpointUnavailable


# ---------------------------------------------------------------- the ladder


def knows_only(*modes: str, status: int = 400) -> Any:
    def faults(number: int, body: dict[str, Any]) -> Fault | None:
        asked = body.get("response_format", {"type": "text"})["type"]
        error = {"message": f"response_format {asked} is not supported"}
        return None if asked in modes else Fault(status, error=error)

    return faults


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("known", ["json_object", "text"])
def test_an_endpoint_that_knows_less_is_asked_for_less_and_remembered(
    known: str, status: int, slept: Slept
) -> None:
    with ReferenceServer(answer, faults=knows_only(known, status=status)) as server:
        complete = client(server, slept)
        modes = [complete(request(str(n))).mode for n in range(5)]
    assert modes == [known] * 5
    assert len(server.bodies) <= 5 + (2 if status < 500 else 4)


def test_one_500_does_not_cost_the_schema(slept: Slept) -> None:
    with ReferenceServer(answer, faults=[Fault(500)]) as server:
        assert client(server, slept)(request()).mode == "json_schema"


def test_a_400_after_a_success_is_about_that_request(slept: Slept) -> None:
    with ReferenceServer(answer, faults=[None, Fault(400), None]) as server:
        complete = client(server, slept)
        complete(request())
        assert type(error_of(complete)) is RequestRejected
        assert complete(request()).mode == "json_schema"


def test_a_forced_mode_is_kept(slept: Slept) -> None:
    with ReferenceServer(answer, faults=knows_only("json_object")) as server:
        assert type(error_of(client(server, slept, structured="json_schema"))) is RequestRejected
    assert len(server.bodies) == 1


# ---------------------------------------------------------------- outages


@pytest.fixture
def closed_port() -> str:
    with ReferenceServer() as server:
        return server.url


@pytest.mark.parametrize("jobs", [1, 16])
def test_a_dead_endpoint_fails_fifty_papers_together(jobs: int, closed_port: str) -> None:
    slept = Slept()
    complete = ChatClient("m", base_url=closed_port, api_key=CANARY, sleep=slept, clock=slept.clock)

    def kind(n: int) -> type[BaseException]:
        with pytest.raises(EndpointUnavailable) as caught:
            complete(request(str(n)))
        return type(caught.value)

    with ThreadPoolExecutor(jobs) as pool:
        kinds = list(pool.map(kind, range(50)))
    assert kinds == [EndpointUnavailable] * 50
    assert complete.sent < 14 + 2 * jobs
    assert sum(slept.naps) < 15 + 2 * jobs


def test_an_outage_of_seven_seconds_loses_no_paper() -> None:
    slept = Slept()
    over = slept.clock() + 7

    def faults(number: int, body: dict[str, Any]) -> Fault | None:
        return Fault(503) if slept.clock() < over else None

    with ReferenceServer(answer, faults=faults) as server:
        complete = client(server, slept)
        with ThreadPoolExecutor(8) as pool:
            texts = list(pool.map(lambda n: complete(request(str(n))).text, range(60)))
    assert texts == [ANSWER] * 60


def test_tries_that_find_nobody_use_up_none(slept: Slept) -> None:
    good = {"choices": [{"message": {"content": ANSWER}}]}
    replies = [*[None] * 5, *[httpx2.Response(502)] * 3, httpx2.Response(200, json=good)]

    class Gone(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            reply = replies.pop(0)
            if reply is None:
                raise httpx2.ConnectError("refused")
            return reply

    complete = ChatClient(
        "m", api_key=CANARY, max_tries=4, sleep=slept, clock=slept.clock, transport=Gone()
    )
    assert complete(request()).text == ANSWER


def test_one_poisonous_request_does_not_condemn_the_others(slept: Slept) -> None:
    def faults(number: int, body: dict[str, Any]) -> Fault | None:
        return Fault(502) if "poison" in body["messages"][1]["content"] else None

    with ReferenceServer(answer, faults=faults) as server:
        complete = client(server, slept)
        with pytest.raises(EndpointUnavailable):
            complete(request("poison"))
        assert complete(request("2601.02439")).text == ANSWER


def test_a_request_that_fails_while_others_are_answered_is_one_that_failed() -> None:
    slept, together = Slept(), threading.Barrier(2)

    def faults(number: int, body: dict[str, Any]) -> Fault | None:
        return Fault(500) if "poison" in body["messages"][1]["content"] else None

    with ReferenceServer(answer, faults=faults) as server:
        complete = client(server, slept)

        def healthy() -> None:
            together.wait()
            while not failed.done():
                complete(request("2601.02439"))

        def poison() -> None:
            together.wait()
            complete(request("poison"))

        with ThreadPoolExecutor(2) as pool:
            failed = pool.submit(poison)
            pool.submit(healthy).result()
        with pytest.raises(
            RequestRejected, match=r"summary/v1 poison.* 500 .*others were answered"
        ):
            failed.result()


def test_a_500_after_minutes_of_work_is_no_outage() -> None:
    """llama.cpp's server says so when it cannot read what its model wrote."""
    slept = Slept()
    gate = Gate(slept.clock, slept)
    for call in range(1, 20):
        failure = Failure(EndpointUnavailable("500"), retry=True, outage=True, broke_off=True)
        started = gate.enter(call)
        slept(40.0)
        gate.failed(call, failure, started=started)
        assert failure.retry


def test_many_faults_cost_few_requests() -> None:
    slept, dice = Slept(), random.Random(7)
    lock = threading.Lock()

    def faults(number: int, body: dict[str, Any]) -> Fault | None:
        with lock:
            luck = dice.random()
        return Fault(random.Random(luck).choice([429, 500, 503])) if luck < 0.3 else None

    with ReferenceServer(answer, faults=faults) as server:
        complete = client(server, slept, structured="json_schema")
        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(lambda n: complete(request(str(n))).text, range(50)))
    assert done == [ANSWER] * 50
    assert complete.sent < 50 * 1.75


# ---------------------------------------------------------------- keys and places


def test_a_missing_key_is_named_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(KeyRejected, match="set OPENAI_API_KEY"):
        ChatClient("m")


def test_a_server_on_this_machine_needs_no_key(
    monkeypatch: pytest.MonkeyPatch, slept: Slept
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with ReferenceServer(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with connect("reference") as complete:
            assert complete(request()).text == ANSWER
            assert (complete.model, complete.sent) == ("reference", 1)


@pytest.mark.parametrize("key", ["sk-键", "sk-a\nb"], ids=["Chinese", "two lines"])
def test_a_key_that_cannot_be_sent_is_not_quoted(key: str) -> None:
    with pytest.raises(KeyRejected, match="characters") as caught:
        ChatClient("m", api_key=key)
    assert key not in str(caught.value)


def test_white_space_around_a_key_is_forgiven(slept: Slept) -> None:
    with ReferenceServer(answer) as server:
        ChatClient("m", base_url=server.url, api_key=f"{CANARY}\n", sleep=slept)(request())
    assert server.headers[0]["authorization"] == f"Bearer {CANARY}"


def test_headers_that_the_environment_sets_for_an_account_are_sent(
    monkeypatch: pytest.MonkeyPatch, slept: Slept
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-2")
    with ReferenceServer(answer) as server:
        client(server, slept)(request())
    wanted = {"openai-organization": "org-1", "openai-project": "proj-2"}
    assert wanted.items() <= server.headers[0].items()


@pytest.mark.parametrize(
    ("base_url", "asked"),
    [
        ("https://host/v1", "https://host/v1/chat/completions"),
        ("https://host/v1/", "https://host/v1/chat/completions"),
        ("http://[::1]:80/v1?version=2", "http://[::1]:80/v1/chat/completions?version=2"),
        ("http://user:secret@host", "http://user:secret@host/chat/completions"),
    ],
)
def test_chats_are_posted_below_the_base_url(base_url: str, asked: str) -> None:
    assert chat_url(base_url) == asked


@pytest.mark.parametrize("url", ["localhost:8000/v1", "ftp://host", "/v1"])
def test_a_base_url_that_is_none_is_said_at_once(url: str) -> None:
    with pytest.raises(EndpointError, match="http://"):
        ChatClient("m", base_url=url, api_key=CANARY)


def test_credentials_in_a_url_are_not_shown(closed_port: str, slept: Slept) -> None:
    url = closed_port.replace("http://", "http://user:secret@") + "?token=hidden"
    complete = ChatClient("m", base_url=url, api_key=CANARY, sleep=slept, clock=slept.clock)
    said = str(error_of(complete))
    assert "secret" not in said
    assert "hidden" not in said
    assert closed_port in said


def test_a_connection_needs_a_model_or_cassettes() -> None:
    with pytest.raises(EndpointError, match="replay"):
        connect()


def test_a_stand_in_for_a_key_mangles_no_message(closed_port: str, slept: Slept) -> None:
    complete = ChatClient("m", base_url=closed_port, api_key="no", sleep=slept, clock=slept.clock)
    with pytest.raises(EndpointUnavailable, match="no answer from"):
        complete(request())
    refused = ReferenceServer(faults=[Fault(401, error={"message": "no such user"})])
    with refused as server, pytest.raises(DigestError, match="no such user"):
        ChatClient("m", base_url=server.url, api_key="no")(request())


def test_server_text_is_made_fit_for_a_message() -> None:
    text = "<html><style>b{}</style><b>Bad\ngateway</b> Bearer abc.def sk-proj-12345678\x1b[31m"
    assert one_line(text) == "Bad gateway *** *** [31m"
    assert len(one_line("长" * 500)) == 200


def test_a_plain_function_is_a_complete() -> None:
    def complete(asked: Request) -> Response:
        return Response(
            text="{}", model="fake", finish_reason="stop", mode="text", request_key=asked.subject
        )

    assert complete(request()).request_key == "2601.02439"


def test_importing_the_seam_imports_no_client() -> None:
    code = (
        "import sys, digestlib.llm, digestlib.endpoints, digestlib.tokens\n"
        "print([m for m in ('openai', 'httpx2', 'tiktoken', 'tenacity', 'vcr') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_account_that_no_header_can_hold_is_said(
    monkeypatch: pytest.MonkeyPatch, slept: Slept
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "größe")
    with ReferenceServer(answer) as server, pytest.raises(EndpointError, match="OPENAI_ORG_ID"):
        client(server, slept)(request())


def test_connections_of_a_broken_client_are_closed_when_the_last_has_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Broken] = []

    class Broken:
        is_closed = False

        def stream(self, *_: object, **__: object) -> None:
            raise httpx2.ReadError("reset")

        def close(self) -> None:
            self.is_closed = True

    def connect_to_nobody(_: Connections) -> Broken:
        made.append(Broken())
        return made[-1]

    monkeypatch.setattr(Connections, "_connect", connect_to_nobody)
    connections = Connections("http://host", CANARY, timeout_s=5)
    for _ in range(2):
        with pytest.raises(httpx2.ReadError):
            connections.post(b"{}", on_sent=lambda: None)
    assert [client.is_closed for client in made] == [True, True]


def test_a_redirect_to_another_host_carries_neither_key_nor_account(
    slept: Slept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    with ReferenceServer(answer) as other:
        moved = {"Location": f"{other.url}/chat/completions"}
        with ReferenceServer(faults=[Fault(status=307, headers=moved)]) as server:
            client(server, slept)(request())
    secret = {"authorization", "openai-organization", "openai-project"}
    assert secret <= server.headers[0].keys()
    assert secret.isdisjoint(other.headers[0])
