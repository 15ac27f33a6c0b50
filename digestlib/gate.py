"""The one door to an endpoint: who may ask now, who waits, and when the endpoint is given up.

Three things close it. An outage: one call goes on trying and the others wait for it, so that a
short one costs no paper, and one of `PATIENCE_S` ends everything behind it at once. A rate limit:
everybody waits as long as the server asks, then fewer go at a time, and more again as it answers.
A verdict that time cannot change (a refused key, no money left, no such model): nothing is sent
any more.
"""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable

from .errors import EndpointError, Interrupted
from .patience import Failure, longest_back_off_s

PATIENCE_S = 8.0
"""How long an outage may last: a dead endpoint is told of within 15 s, back-off and start-up included."""
LIMITED_PATIENCE_S = 300.0
"""How long nothing but "too many requests" is taken for an answer."""
COOL_DOWN_S = 30.0
RETRY_BUDGET = 30
"""How many more failures than answers a run puts up with, besides those of one full round."""


class Pace:
    """How many requests may be out at a time: halved when the server says too many, then regained."""

    REGAINED = 0.25
    """Per answer: a limit of one is tried against every fourth answer only."""

    def __init__(self) -> None:
        self.out = self.most_out = 0
        self.limit = math.inf
        self._slowed_at = -math.inf

    def started(self) -> None:
        """One more is out."""
        self.out += 1
        self.most_out = max(self.most_out, self.out)

    def ended(self) -> None:
        """One is back, with whatever it brought."""
        self.out -= 1

    def slow_down(self, *, started: float, now: float) -> None:
        """Halve the limit, once for all requests that were out together."""
        if started >= self._slowed_at:
            self.limit = max(1.0, min(self.limit, self.out + 1) / 2)
            self._slowed_at = now

    def speed_up(self) -> None:
        """An answer came: a little more may be tried."""
        self.limit += self.REGAINED

    @property
    def is_full(self) -> bool:
        """Whether the next one has to wait for another to come back."""
        return self.out >= max(1, math.floor(self.limit)) if self.limit < math.inf else False


class Gate:
    """Holds calls back while an endpoint is down, limited or given up; threads share one."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._clock, self._sleep = clock, sleep
        self._changed = threading.Condition()
        self._pace = Pace()
        self._down_since: float | None = None
        self._limited_since: float | None = None
        self._last_answer = -math.inf
        self._losers: set[int] = set()
        self._prober: int | None = None
        self._open_again = -math.inf
        self._limits_in_a_row = 0
        self._debt = 0
        self._verdict: EndpointError | None = None
        self._verdict_until = -math.inf
        self._verdict_is_final = False
        self._stopped = False

    def enter(self, call: int) -> float:
        """Wait for this call's turn and return when it came; raises what ends the waiting."""
        while (pause_s := self._await_turn(call)) > 0:
            self._sleep(pause_s)
        return self._clock()

    def answered(self) -> None:
        """The endpoint is alive: let everybody through."""
        with self._changed:
            self._pace.ended()
            self._pace.speed_up()
            self._last_answer = self._clock()
            self._limited_since, self._limits_in_a_row = None, 0
            self._debt -= 1
            self._reset()
            self._changed.notify_all()

    def failed(self, call: int, failure: Failure, *, started: float) -> None:
        """Note a failure; when that was the last straw for the endpoint, it is not tried again."""
        with self._changed:
            self._pace.ended()
            if failure.final:
                self._verdict_is_final = True
                self._give_up(failure.error, self._clock() + (failure.after_s or math.inf))
            elif failure.outage and not self._worked_on(failure, started):
                self._note_outage(call, failure, started)
            else:
                self._reset()
            if failure.limited:
                self._note_limit(failure, started)
            elif failure.retry:
                self._debt += 1
                failure.retry = self._debt <= RETRY_BUDGET + 2 * self._pace.most_out
            if self._verdict is not None:
                failure.retry, failure.error = False, _fresh(self._verdict)
            self._changed.notify_all()

    def abandoned(self) -> None:
        """A request ended in an error that is not the endpoint's."""
        with self._changed:
            self._pace.ended()
            self._changed.notify_all()

    def leave(self, call: int) -> None:
        """A call is over, for better or worse: another one may try the endpoint."""
        with self._changed:
            if self._prober == call:
                self._prober = None
            self._changed.notify_all()

    def is_alive(self, since: float) -> bool:
        """Whether somebody got an answer after `since`, and the endpoint is not given up."""
        with self._changed:
            return self._last_answer > since and not self._given_up()

    def stop(self) -> None:
        """Let nobody in any more; who waits gets `Interrupted`."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _await_turn(self, call: int) -> float:
        """0 when the call has its turn, else how long the endpoint asked to be left alone."""
        with self._changed:
            while self._held_back(call):
                self._changed.wait()
            if self._stopped:
                raise Interrupted("the run was interrupted before this was asked")
            if self._given_up():
                raise _fresh(self._verdict)
            pause_s = self._open_again - self._clock()
            if pause_s > 0:
                # Not all in the same instant when the door opens.
                return pause_s + random.uniform(0, min(0.25, pause_s))
            if self._down_since is not None:
                self._prober = call
            self._pace.started()
            return 0.0

    def _held_back(self, call: int) -> bool:
        if self._stopped or self._given_up():
            return False
        probed_by_another = self._prober is not None and self._prober != call
        return self._pace.is_full or (self._down_since is not None and probed_by_another)

    def _given_up(self) -> bool:
        if self._verdict is not None and self._clock() >= self._verdict_until:
            self._verdict_is_final = False
            self._reset()
        return self._verdict is not None

    def _worked_on(self, failure: Failure, started: float) -> bool:
        """llama.cpp's server says 500 when it cannot read what its model wrote, minutes later."""
        return failure.broke_off and self._clock() - started >= PATIENCE_S

    def _note_outage(self, call: int, failure: Failure, started: float) -> None:
        if self._down_since is None:
            # A server that takes requests and is slow is only now known to be in trouble.
            taken = self._clock() if not failure.unreached else started
            self._down_since = max(taken, self._last_answer)
            self._prober = call
        self._losers.add(call)
        # A request that was taken speaks of the moment it was sent, however long it stays silent:
        # one that stalls just after an outage must not make it one of a minute.
        down_s = (self._clock() if failure.unreached else started) - self._down_since
        # One request that a living server always answers with 500 must not condemn the others.
        if down_s >= PATIENCE_S and (failure.unreached or len(self._losers) > 1):
            self._give_up(failure.error, self._clock() + COOL_DOWN_S)

    def _note_limit(self, failure: Failure, started: float) -> None:
        now = self._clock()
        self._limits_in_a_row += 1
        self._pace.slow_down(started=started, now=now)
        pause_s = failure.after_s or longest_back_off_s(failure, self._limits_in_a_row) / 2
        self._open_again = max(self._open_again, now + pause_s)
        self._limited_since = self._limited_since or now
        if now - self._limited_since > LIMITED_PATIENCE_S:
            self._give_up(failure.error, now + COOL_DOWN_S)

    def _give_up(self, error: EndpointError, until: float) -> None:
        self._verdict, self._verdict_until = error, until

    def _reset(self) -> None:
        """No outage any more; what is final stays."""
        if not self._verdict_is_final:
            self._verdict = None
        self._down_since = self._prober = None
        self._losers.clear()


def _fresh(error: EndpointError | None) -> EndpointError:
    """A copy, since threads must not share a traceback."""
    return type(error)(*error.args) if error else EndpointError("the endpoint was given up")
