"""How long to keep asking an endpoint that fails: back-off, Retry-After and one shared gate.

The gate is a circuit breaker. While an endpoint is down one call goes on trying and the others
wait for it, so that a short outage costs no paper; an endpoint that nobody reached for
`PATIENCE_S` is given up, and everything behind it fails at once.
"""

from __future__ import annotations

import datetime as dt
import math
import random
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

from .errors import EndpointError

PATIENCE_S = 10.0
COOL_DOWN_S = 30.0
LONGEST_RETRY_AFTER_S = 120.0
"""What the openai client takes, too: beyond it, waiting is for a person to decide."""


class Failure(Exception):
    """An exchange that brought no answer; `error` is what to raise when nothing more helps."""

    def __init__(
        self,
        error: EndpointError,
        *,
        retry: bool = False,
        after_s: float | None = None,
        outage: bool = False,
        unreached: bool = False,
        blames_format: bool = False,
    ) -> None:
        """`outage`: nobody else will fare better; `unreached`: no server was there at all."""
        super().__init__(str(error))
        self.error = error
        self.retry = retry
        self.after_s = after_s
        self.outage = outage
        self.unreached = unreached
        self.blames_format = blames_format


class Gate:
    """Holds back all calls but one while an endpoint is down, until it is back or given up."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._changed = threading.Condition()
        self._down_since: float | None = None
        self._last_answer = -math.inf
        self._losers: set[int] = set()
        self._prober: int | None = None
        self._verdict: EndpointError | None = None
        self._verdict_until = -math.inf

    def enter(self, call: int) -> None:
        """Wait for this call's turn; raises what the endpoint was given up for."""
        with self._changed:
            while self._held_back(call):
                self._changed.wait()
            if self._given_up():
                raise _fresh(self._verdict)
            if self._down_since is not None:
                self._prober = call

    def answered(self) -> None:
        """The endpoint is alive: let everybody through."""
        with self._changed:
            self._last_answer = self._clock()
            self._reset()

    def failed(self, call: int, failure: Failure, *, started: float) -> None:
        """Note a failure; raises its error when that was the last straw for the endpoint."""
        if not failure.outage:
            return self.answered()
        with self._changed:
            if self._down_since is None:
                self._down_since = max(started, self._last_answer)
                self._prober = call
            self._losers.add(call)
            if self._last_straw(failure):
                self._give_up(failure.error)
                raise _fresh(failure.error)
        return None

    def leave(self, call: int) -> None:
        """A call is over, for better or worse: another one may try the endpoint."""
        with self._changed:
            if self._prober == call:
                self._prober = None
                self._changed.notify_all()

    def _held_back(self, call: int) -> bool:
        probed_by_another = self._prober is not None and self._prober != call
        return self._down_since is not None and probed_by_another and not self._given_up()

    def _given_up(self) -> bool:
        if self._verdict is not None and self._clock() >= self._verdict_until:
            self._reset()
        return self._verdict is not None

    def _last_straw(self, failure: Failure) -> bool:
        down_s = self._clock() - (self._down_since or 0.0)
        # One request that a living server always answers with 500 must not condemn the others.
        return down_s >= PATIENCE_S and (failure.unreached or len(self._losers) > 1)

    def _give_up(self, error: EndpointError) -> None:
        self._verdict = error
        self._verdict_until = self._clock() + COOL_DOWN_S
        self._changed.notify_all()

    def _reset(self) -> None:
        self._down_since = self._prober = self._verdict = None
        self._losers.clear()
        self._changed.notify_all()


def back_off_s(failure: Failure, attempt: int) -> float:
    """Seconds until the next try: what the server asks for, else our own; jittered, never 0.

    An outage is probed every one or two seconds; a rate limit is given up to 20 s.
    """
    if failure.after_s is not None:
        return failure.after_s + random.uniform(0, 0.25)
    nominal = min(0.5 * attempt, 2.0) if failure.outage else min(2.0 ** (attempt - 1), 20.0)
    return nominal * random.uniform(0.75, 1.0)


def retry_after_s(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Seconds that a `Retry-After` (ms, seconds or date) asks for; None for 0, past or garbage.

    A date is taken against the server's own `Date`, so a skewed clock does no harm.
    """
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _number(headers.get(name, "")) * scale
        if 0 < seconds < math.inf:
            return seconds
    asked = _date(headers.get("retry-after", ""))
    if asked is None:
        return None
    seconds = (asked - (_date(headers.get("date", "")) or now)).total_seconds()
    return seconds if seconds > 0 else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _date(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _fresh(error: EndpointError | None) -> EndpointError:
    """A copy, since threads must not share a traceback."""
    return type(error)(*error.args) if error else EndpointError("the endpoint was given up")
