"""Who may ask now: an outage, a limit, a verdict; with a clock that only the tests move."""

from __future__ import annotations

import pytest

from digestlib.errors import EndpointUnavailable, Interrupted, KeyRejected
from digestlib.gate import PATIENCE_S, RETRY_BUDGET, Gate, Pace
from digestlib.patience import Failure


class Clock:
    """A time that stands still."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> Gate:
    return Gate(clock, clock.sleep)


def outage(*, unreached: bool = False) -> Failure:
    return Failure(EndpointUnavailable("down"), retry=True, outage=True, unreached=unreached)


def limited(after_s: float | None = None) -> Failure:
    error = EndpointUnavailable("too many")
    return Failure(error, retry=True, limited=True, after_s=after_s)


def test_who_is_limited_asks_half_as_much_at_a_time_and_regains_it_with_answers() -> None:
    pace = Pace()
    for _ in range(16):
        pace.started()
    for _ in range(16):  # all were out together: one rebuke, not sixteen
        pace.ended()
        pace.slow_down(started=0.0, now=1.0)
    assert pace.limit == 8
    for _ in range(32):
        pace.started()
        pace.ended()
        pace.speed_up()
    assert pace.limit == 16


def test_a_limit_never_falls_below_one_at_a_time() -> None:
    pace = Pace()
    for number in range(20):
        pace.started()
        pace.ended()
        pace.slow_down(started=number, now=number)
    assert pace.limit == 1
    assert not pace.is_full


def test_a_wait_that_one_was_told_holds_for_all(gate: Gate, clock: Clock) -> None:
    started = gate.enter(1)
    gate.failed(1, limited(after_s=7), started=started)
    assert gate.enter(2) >= started + 7


def test_nobody_there_is_given_up_for_all_at_once(gate: Gate, clock: Clock) -> None:
    started = gate.enter(1)
    failure = outage(unreached=True)
    clock.now += PATIENCE_S
    gate.failed(1, failure, started=started)
    assert not failure.retry
    with pytest.raises(EndpointUnavailable):
        gate.enter(2)


def test_a_request_that_stalls_after_an_outage_does_not_lengthen_it(
    gate: Gate, clock: Clock
) -> None:
    gate.failed(1, outage(unreached=True), started=gate.enter(1))
    gate.leave(1)
    clock.now += PATIENCE_S - 1
    stalled = outage()
    started = gate.enter(2)
    clock.now += 120
    gate.failed(2, stalled, started=started)
    gate.leave(2)
    assert stalled.retry
    gate.enter(3)
    gate.answered()
    gate.enter(4)


def test_two_stalled_requests_after_the_patience_end_a_run(gate: Gate, clock: Clock) -> None:
    for call in (1, 2):
        started = gate.enter(call)
        clock.now += PATIENCE_S
        gate.failed(call, outage(), started=started)
        gate.leave(call)
        clock.now += PATIENCE_S
    with pytest.raises(EndpointUnavailable):
        gate.enter(3)


def test_two_late_answers_at_the_end_of_a_run_do_not_end_it(gate: Gate, clock: Clock) -> None:
    first, second = gate.enter(1), gate.enter(2)
    clock.now += 180
    late = outage(), outage()
    gate.failed(1, late[0], started=first)
    gate.failed(2, late[1], started=second)
    assert late[0].retry
    assert late[1].retry
    clock.now += 1
    gate.enter(1)
    gate.answered()
    gate.enter(2)


def test_a_verdict_that_time_cannot_change_lets_nobody_in(gate: Gate, clock: Clock) -> None:
    gate.failed(1, Failure(KeyRejected("no"), final=True), started=gate.enter(1))
    clock.now += 10_000
    with pytest.raises(KeyRejected):
        gate.enter(2)


def test_a_run_puts_up_with_so_many_failures_beyond_its_answers(gate: Gate) -> None:
    def fails() -> bool:
        failure = Failure(EndpointUnavailable("odd"), retry=True)
        gate.failed(1, failure, started=gate.enter(1))
        return failure.retry

    assert [fails() for _ in range(RETRY_BUDGET + 3)] == [True] * (RETRY_BUDGET + 2) + [False]
    gate.enter(1)
    gate.answered()
    gate.enter(1)
    gate.answered()
    assert fails()


def test_who_waits_when_the_run_is_stopped_is_told_so(gate: Gate) -> None:
    gate.stop()
    with pytest.raises(Interrupted):
        gate.enter(1)
