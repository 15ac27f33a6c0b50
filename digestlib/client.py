"""The chat client: a `Complete` over HTTP. Retries live here and nowhere else.

What a failure calls for is said by `patience`, whose turn it is by `gate`, what a reply holds by
`replies`; `posting` sends.
"""

from __future__ import annotations

import datetime as dt
import itertools
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self

from .addresses import chat_url, public_url, usable_key, usable_url
from .deadline import TIMEOUT_S
from .errors import EndpointError, EndpointUnavailable, NotRecorded, RequestRejected
from .gate import Gate
from .llm import MODES, Mode, Request, Response, canonical, chat_body, request_key, sent_json
from .patience import NOTHING, Failure, back_off_s
from .posting import Connections
from .replies import Answer, Place, one_line, read_answer, said_in, status_failure

if TYPE_CHECKING:
    import httpx2
    from tenacity import RetryCallState

MAX_TRIES = 8
"""Of a request that somebody is there to take; when nobody is, the gate says how long to try."""
_LEAST_SECRET = 8

OnFailed = Callable[[Failure, Callable[[], None]], None]
"""Told a try that brought no answer, and what to call before it waits for other requests."""

_log = logging.getLogger(__name__)


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
