"""A run over the 55 example papers through faults of every sort, counted: `python -m tests.storm`.

    python -m tests.storm                   five seeds at each share of faults, and an outage
    python -m tests.storm --seeds 20 --pace 10

Time runs `--pace` times faster than on the wall, for client and server alike.
"""

from __future__ import annotations

import argparse
import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from digestlib.client import ChatClient
from digestlib.errors import DigestError
from digestlib.reports import load
from digestlib.roundups import roundup
from digestlib.summaries import summarise

from .faults import STALL_S, Storm
from .reference_answers import REPORTS, answer_to, example_figures
from .reference_server import CANARY, Fault, ReferenceServer

JOBS = 16
OUTAGE_S = (4.0, 3.0)
"""503 for so long, then nobody there for so long."""


class Wall(NamedTuple):
    """A clock that runs faster than the one on the wall, and the sleep that goes with it."""

    pace: float = 1.0

    def clock(self) -> float:
        return time.monotonic() * self.pace

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds / self.pace)


class Outcome(NamedTuple):
    """What a run came to."""

    states: Counter[str]
    calls: int
    troubles: Counter[str]
    good: dict[str, Any]
    """The summaries, by paper, of those that were verified."""
    undercut: int
    """How often a request came again before the server wanted it."""
    opening: str
    leaked: bool

    @property
    def calls_per_paper(self) -> float:
        """The opening's own call left out."""
        return (self.calls - 1) / sum(self.states.values())


class Watch:
    """Faults as they are served, and whether their Retry-After was heeded."""

    def __init__(self, faults: Callable[[int, dict[str, Any]], Fault | None], wall: Wall) -> None:
        self._faults, self._wall = faults, wall
        self._not_before: dict[str, float] = {}
        self.undercut = 0

    def __call__(self, number: int, body: dict[str, Any]) -> Fault | None:
        now, name = self._wall.clock(), str(body)
        self.undercut += now < self._not_before.get(name, 0.0)
        fault = self._faults(number, body)
        if fault and (asked := fault.headers.get("Retry-After", "")).isdigit():
            self._not_before[name] = now + float(asked)
        return fault


def run(storm: Storm, *, pace: float = 1.0, outage: bool = False) -> Outcome:
    """All papers and the opening of their first week, through the storm."""
    wall = Wall(pace)
    weather = _with_outage(storm, wall) if outage else storm
    watch = Watch(weather, wall)
    digests = load(REPORTS)
    example_figures()  # not in the first sixteen answers at once
    with ReferenceServer(answer_to, faults=watch, latency_s=0.02) as server:
        if outage:
            weather.server = server  # type: ignore[attr-defined]  # it takes it down in time
        with ChatClient(
            "reference", base_url=server.url, api_key=CANARY, timeout_s=STALL_S - 2,
            sleep=wall.sleep, clock=wall.clock,
        ) as complete:  # fmt: skip
            summaries = summarise(digests, complete, jobs=JOBS)
            issue = roundup(summaries, complete, week="2026-W01", digests=digests)
        return Outcome(
            states=Counter(summary.state for summary in summaries),
            calls=complete.sent,
            troubles=storm.told,
            good={s.id: s.summary for s in summaries if s.state == "verified"},
            undercut=watch.undercut,
            opening=issue.failure or "there",
            leaked=any(CANARY in str(body) for body in server.bodies),
        )


def undisturbed() -> Outcome:
    """The run without any fault, to compare with."""
    return run(Storm(0.0))


class _Outage:
    """In the middle of the run the server says 503, then it is gone, then all is as before."""

    AFTER = 25

    def __init__(self, storm: Storm, wall: Wall) -> None:
        self._storm, self._wall = storm, wall
        self.server: ReferenceServer | None = None
        self._until: float | None = None
        self._lock = threading.Lock()

    def __call__(self, number: int, body: dict[str, Any]) -> Fault | None:
        with self._lock:
            if number >= self.AFTER and self._until is None:
                self._until = self._wall.clock() + OUTAGE_S[0]
                threading.Thread(target=self._go, daemon=True).start()
            if self._until and self._wall.clock() < self._until:
                return Fault(503)
        return self._storm(number, body)

    def _go(self) -> None:
        self._wall.sleep(OUTAGE_S[0])
        if self.server:
            self.server.refuse(OUTAGE_S[1] / self._wall.pace)


def _with_outage(storm: Storm, wall: Wall) -> _Outage:
    return _Outage(storm, wall)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Runs through faults of every sort.")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--pace", type=float, default=5.0, help="how much faster time runs")
    chosen = parser.parse_args(arguments)
    good = undisturbed().good
    print(
        "share  outage  seed  faults  calls/paper  states                    opening  wrong  undercut"
    )
    for share, outage in ((0.0, False), (0.03, False), (0.3, False), (0.0, True), (0.3, True)):
        calls = [
            _told(share, seed, outage, chosen.pace, good) for seed in range(1, chosen.seeds + 1)
        ]
        print(f"{share:<6.0%} {outage!s:<7} mean  {sum(calls) / len(calls):>11.3f}", flush=True)


def _told(share: float, seed: int, outage: bool, pace: float, good: dict[str, Any]) -> float:
    """Run and print a row; returns the calls per paper."""
    try:
        done = run(Storm(share, seed=seed), pace=pace, outage=outage)
    except DigestError as exc:
        print(f"{share:<6.0%} {outage!s:<7} {seed:<5} {exc}")
        return math.inf
    wrong = sum(good[paper] != told for paper, told in done.good.items())
    states = ", ".join(f"{n} {state}" for state, n in sorted(done.states.items()))
    print(
        f"{share:<6.0%} {outage!s:<7} {seed:<5} {sum(done.troubles.values()):<7} "
        f"{done.calls_per_paper:<12.2f} {states:<25} {done.opening:<8} {wrong:<6} {done.undercut}",
        flush=True,
    )
    return done.calls_per_paper


if __name__ == "__main__":
    main()
