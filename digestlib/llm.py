"""The seam to a model: a `Request` goes in, a `Response` comes out.

Anything that is a `Complete` will do: a plain function in a test, a `ChatClient`, or a store
around one. HTTP retries live here and nowhere else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic_core import to_json

from .addresses import chat_url, public_url, usable_key, usable_url
from .deadline import TIMEOUT_S
from .errors import (
    EndpointError,
    EndpointUnavailable,
    NotRecorded,
    RequestRejected,
)
from .gate import Gate
from .models import Frozen
from .patience import NOTHING, Failure, back_off_s
from .posting import Connections
from .replies import Answer, Place, one_line, read_answer, said_in, status_failure

if TYPE_CHECKING:
    import httpx2
    from tenacity import RetryCallState

Mode = Literal["json_schema", "json_object", "text"]
MODES: tuple[Mode, ...] = ("json_schema", "json_object", "text")
"""The ladder: from what binds the model most to what every server knows."""

MAX_TRIES = 8
"""Of a request that somebody is there to take; when nobody is, the gate says how long to try."""
_LEAST_SECRET = 8
_LIMIT = "max_completion_tokens"

_log = logging.getLogger(__name__)


class Message(Frozen):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class Request(Frozen):
    """A question to a model, and the strict JSON schema that its answer must follow."""

    prompt: str
    """`summary/v1`."""
    subject: str
    """What it is about, for messages and the log: a paper's id or a period."""
    messages: tuple[Message, ...]
    schema_name: str
    json_schema: dict[str, Any]
    room: int | None = None
    """How many tokens the answer may take, where an earlier one was cut off."""
    again: bool = False
    """It tells what was wrong with an earlier answer."""
    fresh: bool = False
    """Ask even where a store has an answer, since that one could not be used."""


class Response(Frozen):
    """An answer; whether it is complete and follows the schema is for the caller to judge."""

    text: str
    model: str
    finish_reason: str
    refusal: str | None = None
    mode: Mode
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    request_key: str
    cached: bool = False
    """True when a store served it."""


Complete = Callable[[Request], Response]
OnFailed = Callable[[Failure, Callable[[], None]], None]
"""Told a try that brought no answer, and what to call before it waits for other requests."""


def canonical(
    request: Request, *, model: str, options: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """The chat body of a request at the top of the ladder; it identifies the request."""
    return chat_body(request, "json_schema", model=model, options=options)


def request_key(body: Mapping[str, Any], prompt: str) -> str:
    """SHA-256, in hex, of a body and the prompt version that it was rendered from."""
    return hashlib.sha256(key_text(body, prompt)).hexdigest()


def key_text(body: Mapping[str, Any], prompt: str) -> bytes:
    """What the key is the hash of: canonical JSON."""
    fields = [b"%b:%b" % (_canonical(name), _field(name, body[name])) for name in sorted(body)]
    return b'{"body":{%b},"prompt":%b}' % (b",".join(fields), _canonical(prompt))


def messages_json(messages: Iterable[Mapping[str, str]]) -> str:
    """As `canonical_json`, in a tenth of the time: nearly all of a request is text."""
    return _messages(messages).decode()


def _messages(messages: Iterable[Mapping[str, str]]) -> bytes:
    return to_json([dict(sorted(message.items())) for message in messages])


def _field(name: str, value: Any) -> bytes:
    if name == "messages":
        return _messages(value)
    return _in_order(to_json(value)) if name == "response_format" else _canonical(value)


@lru_cache(maxsize=64)
def _in_order(text: bytes) -> bytes:
    """A schema, the same for thousands of requests, is sorted once."""
    return _canonical(json.loads(text))


def _canonical(value: object) -> bytes:
    return canonical_json(value).encode()


def canonical_json(value: object) -> str:
    """The one way to write a value as JSON: sorted keys, no spaces, characters as they are."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chat_body(
    request: Request, mode: Mode, *, model: str, options: Mapping[str, Any]
) -> dict[str, Any]:
    """What is sent in a mode; where the endpoint takes no schema, the last message has it."""
    messages = [message.model_dump() for message in request.messages]
    body: dict[str, Any] = {**options, "model": model, "messages": messages}
    if request.room is not None:
        body[_LIMIT if _LIMIT in options else "max_tokens"] = request.room
    if mode == "json_schema":
        schema = {"name": request.schema_name, "strict": True, "schema": request.json_schema}
        return body | {"response_format": {"type": mode, "json_schema": schema}}
    messages[-1]["content"] += (
        "\n\nAnswer with one JSON object that follows this JSON Schema, and with nothing else:\n"
        + json.dumps(request.json_schema, ensure_ascii=False, separators=(",", ":"))
    )
    return body | {"response_format": {"type": mode}} if mode == "json_object" else body


def sent_json(body: Mapping[str, Any]) -> bytes:
    """A body as it is sent: what is asked first, then how."""
    return to_json({"messages": body["messages"], **body})


class ChatClient:
    """Asks one model at one OpenAI-compatible endpoint; threads may share it.

    `options` go into every body as they are (`{"temperature": 0}`); nothing else is sent that a
    model might not know. `timeout_s` is the wall-clock limit of one try. An endpoint that cannot
    be reached is given up after about nine seconds, for all threads at once, whatever `max_tries`.
    `stop` ends all waiting: what is not on its way by then raises `Interrupted`.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        structured: Literal["auto"] | Mode = "auto",
        timeout_s: float = TIMEOUT_S,
        max_tries: int = MAX_TRIES,
        options: Mapping[str, Any] = MappingProxyType({}),
        sleep: Callable[[float], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Checks the arguments; the connection waits for the first call."""
        self.model = model
        self.options = MappingProxyType(_checked(options))
        self.base_url = usable_url(base_url)
        self._key = usable_key(api_key, self.base_url)
        self._place = Place(model, public_url(self.base_url))
        self._modes = MODES if structured == "auto" else (structured,)
        self._mode_is_settled = False
        self._max_tries = max_tries
        self._stopping = threading.Event()
        self._sleep, self._transport = sleep or sleep_until_stopped(self._stopping), transport
        self._connections = Connections(
            chat_url(self.base_url), self._key, timeout_s=timeout_s, transport=transport
        )
        self._gate, self._clock = Gate(clock, self._sleep), clock
        self._lock = threading.Lock()
        self._calls = itertools.count(1)
        self.sent = 0
        """HTTP requests sent so far, those that brought no answer included."""

    def __call__(self, request: Request, *, on_failed: OnFailed = lambda *_: None) -> Response:
        """The model's answer; raises a kind of `EndpointError` when there is none to be had.

        `on_failed` is told each try that brought none, before the next; what it raises ends them.
        """
        from tenacity import Retrying, retry_if_exception

        call, began = next(self._calls), self._clock()
        failures: list[Failure] = []
        retrying = Retrying(
            sleep=self._sleep,
            stop=lambda _: self._tried_enough(failures),
            wait=_wait,
            retry=retry_if_exception(lambda exc: isinstance(exc, Failure) and exc.retry),
            reraise=True,
        )
        try:
            return retrying(self._try, request, call, failures, on_failed)
        except Failure as failure:
            error = failure.error
        finally:
            self._gate.leave(call)
        if isinstance(error, EndpointUnavailable) and self._gate.is_alive(began):
            error = RequestRejected(f"{error} (others were answered meanwhile)")
        raise _about(error, request)

    def stop(self) -> None:
        """Send nothing more; answers that are on their way may still come."""
        self._stopping.set()
        self._gate.stop()

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _try(
        self, request: Request, call: int, failures: list[Failure], on_failed: OnFailed
    ) -> Response:
        """One try: down the ladder until the endpoint takes a mode."""
        modes = self._modes
        for mode in modes:
            body = chat_body(request, mode, model=self.model, options=self.options)
            try:
                answer = self._exchange(body, call)
            except Failure as failure:
                on_failed(failure, partial(self._gate.leave, call))
                if mode == modes[-1] or not self._steps_down(failure, len(failures) + 1):
                    failures.append(failure)
                    raise
                _log.info("%s: stepping down from %s: %s", request.subject, mode, failure)
            else:
                self._settle(mode)
                return self._response(request, mode, answer)
        raise AssertionError("the last mode returns or raises")

    def _tried_enough(self, failures: Sequence[Failure]) -> bool:
        """Where nobody is there, an outage would use up the tries of the one call that goes on."""
        return sum(not failure.unreached for failure in failures) >= self._max_tries

    def _steps_down(self, failure: Failure, attempt: int) -> bool:
        """A first 500 may pass; a second one, like a 400, may be about the response format."""
        lasting = not failure.retry or attempt > 1
        return failure.blames_format and lasting and not self._mode_is_settled

    def _settle(self, mode: Mode) -> None:
        # Cassettes may hold answers of several endpoints, each with its own mode.
        if self._transport is None and not self._mode_is_settled:
            self._modes, self._mode_is_settled = self._modes[self._modes.index(mode) :], True

    def _response(self, request: Request, mode: Mode, answer: Answer) -> Response:
        body = canonical(request, model=self.model, options=self.options)
        key = request_key(body, request.prompt)
        return Response(mode=mode, request_key=key, **answer._asdict())

    def _exchange(self, body: dict[str, Any], call: int) -> Answer:
        """One HTTP request, in its turn; raises `Failure`."""
        started = self._gate.enter(call)
        try:
            answer = read_answer(self._send(body), self._place)
        except Failure as failure:
            self._gate.failed(call, failure, started=started)
            raise
        except BaseException:
            self._gate.abandoned()
            raise
        self._gate.answered()
        return answer

    def _send(self, body: dict[str, Any]) -> bytes:
        """The body of a 200. What is raised has no error of httpx2 hanging on: those hold the key."""
        import httpx2

        try:
            reply = self._connections.post(sent_json(body), on_sent=self._count_sent)
        except (httpx2.HTTPError, OSError) as exc:
            failure = self._unanswered(exc)
        except NotRecorded as exc:
            failure = Failure(exc, blames_format=True)
        else:
            if reply.status < 300:
                return reply.body
            now, said = dt.datetime.now(dt.UTC), self._scrubbed(said_in(reply.body))
            failure = status_failure(reply.status, reply.headers, said, self._place, now)
        raise failure

    def _count_sent(self) -> None:
        with self._lock:
            self.sent += 1

    def _unanswered(self, exc: Exception) -> Failure:
        import httpx2

        unreached = isinstance(exc, httpx2.ConnectError | httpx2.ConnectTimeout)
        why = one_line(str(exc)) or type(exc).__name__
        slow = " give a slow server more with --timeout," if isinstance(exc, TimeoutError) else ""
        message = (
            f"no answer from {self._place.url}: {self._scrubbed(why)};{slow}"
            " check --base-url (OPENAI_BASE_URL), or try again later"
        )
        used = NOTHING if unreached else None  # a lost answer may have been written, and is billed
        return Failure(
            EndpointUnavailable(message), retry=True, outage=True, unreached=unreached, used=used
        )

    def _scrubbed(self, said: object) -> object:
        """Servers like to quote the key that they refuse."""
        if isinstance(said, dict):
            return {name: self._scrubbed(value) for name, value in said.items()}
        secret = len(self._key) >= _LEAST_SECRET  # not the "none" that a server without keys gets
        return said.replace(self._key, "***") if secret and isinstance(said, str) else said


def sleep_until_stopped(stopping: threading.Event) -> Callable[[float], None]:
    """A sleep that ends when the event is set."""

    def sleep(seconds: float) -> None:
        stopping.wait(seconds)

    return sleep


def _wait(state: RetryCallState) -> float:
    failure = state.outcome.exception() if state.outcome else None
    assert isinstance(failure, Failure)
    return back_off_s(failure, state.attempt_number)


def _about(error: EndpointError, request: Request) -> EndpointError:
    """An error of one request names it; the others are about the endpoint."""
    if not isinstance(error, RequestRejected | NotRecorded):
        return error
    return type(error)(f"{request.prompt} {request.subject}: {error}")


def _checked(options: Mapping[str, Any]) -> dict[str, Any]:
    ours = {"model", "messages", "response_format", "stream", "n"} & set(options)
    if ours:
        raise ValueError(f"options cannot set {', '.join(sorted(ours))}: the client does")
    return dict(options)
