"""Each fault of an endpoint alone, over real HTTP: what is sent, and what becomes of the paper."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from digestlib.client import ChatClient
from digestlib.errors import (
    DigestError,
    EndpointError,
    EndpointUnavailable,
    KeyRejected,
    QuotaExhausted,
)
from digestlib.models import Summary
from digestlib.reports import load
from digestlib.summaries import summarise
from tests.slept import Slept

from .faults import ANSWER_TROUBLES, HARMLESS, PASSING, SERVER_TROUBLES
from .reference_answers import REPORTS, answer_to, example_figures
from .reference_server import CANARY, Fault, ReferenceServer

PAPER = "2601.02439"


@pytest.fixture(scope="module", autouse=True)
def _figures() -> None:
    """Not in the time that the first answer may take."""
    example_figures()


def summarised(server: ReferenceServer, slept: Slept, **more: Any) -> Summary:
    """The one paper, asked of the server by a client that does not really sleep."""
    (digest,) = load(REPORTS / "2026-01-07.md")
    paper = next(paper for paper in digest.papers if paper.id == PAPER)
    more = {"timeout_s": 2.0} | more
    with ChatClient(
        "reference", base_url=server.url, api_key=CANARY, sleep=slept, clock=slept.clock, **more
    ) as complete:
        return summarise([digest.model_copy(update={"papers": (paper,)})], complete, jobs=1)[0]


def at_first(trouble: Callable[[dict[str, Any]], Fault]) -> Callable[..., Fault | None]:
    return lambda number, body: trouble(body) if number == 0 else None


@pytest.mark.parametrize("name", PASSING)
def test_a_trouble_that_passes_costs_at_most_one_request_and_no_paper(name: str) -> None:
    slept = Slept()
    with ReferenceServer(answer_to, faults=at_first(PASSING[name])) as server:
        summary = summarised(server, slept)
    assert (summary.state, summary.failure) == ("verified", None)
    assert len(server.bodies) == (1 if name in HARMLESS else 2)
    if name in SERVER_TROUBLES:
        assert server.bodies[0] == server.bodies[1]
        assert min(slept.naps) > 0.3
    if name in ANSWER_TROUBLES:
        assert server.bodies[0] != server.bodies[1]
        assert slept.naps == []
    assert all(CANARY not in str(body) for body in server.bodies)


@pytest.mark.parametrize("name", ANSWER_TROUBLES)
def test_an_answer_that_stays_spoiled_is_never_taken_for_good(name: str) -> None:
    with ReferenceServer(
        answer_to, faults=lambda number, body: ANSWER_TROUBLES[name](body)
    ) as server:
        summary = summarised(server, Slept())
    assert summary.state != "verified"
    assert summary.failure or [f for f in summary.findings if f.severity != "minor"]
    assert len(server.bodies) <= 3


@pytest.mark.parametrize(
    ("headers", "least_s"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After-Ms": "6500"}, 6.5),
        (
            {
                "Date": "Wed, 07 Jan 2026 12:00:00 GMT",
                "Retry-After": "Wed, 07 Jan 2026 12:00:09 GMT",
            },
            9,
        ),
    ],
    ids=["seconds", "ms", "date"],
)
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_never_undercut(
    status: int, headers: dict[str, str], least_s: float
) -> None:
    slept = Slept()
    with ReferenceServer(answer_to, faults=[Fault(status, headers)]) as server:
        assert summarised(server, slept).state == "verified"
    assert sum(slept.naps) >= least_s


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(429, error={"code": "insufficient_quota"}), QuotaExhausted),
        (Fault(429, {"Retry-After": "121"}), EndpointUnavailable),
        (Fault(401), KeyRejected),
        (Fault(403), KeyRejected),
        (Fault(404), EndpointError),
    ],
    ids=["insufficient quota", "429 for longer than two minutes", "401", "403", "404"],
)
def test_what_time_cannot_cure_stops_the_run_after_one_request(
    fault: Fault, kind: type[DigestError]
) -> None:
    slept = Slept()
    with (
        ReferenceServer(answer_to, faults=lambda number, body: fault) as server,
        pytest.raises(kind) as caught,
    ):
        summarised(server, slept)
    assert caught.value.exit_code == 4
    assert (len(server.bodies), slept.naps) == (1, [])


def test_a_paper_that_is_too_long_fails_by_name_after_one_request() -> None:
    fault = Fault(400, error={"code": "context_length_exceeded", "message": "too many tokens"})
    with ReferenceServer(answer_to, faults=lambda number, body: fault) as server:
        summary = summarised(server, Slept())
    assert summary.state == "failed"
    assert "too many tokens" in str(summary.failure)
    assert len(server.bodies) == 1


@pytest.mark.parametrize("status", [400, 500])
@pytest.mark.parametrize("known", ["json_object", "text"])
def test_an_endpoint_that_knows_no_schema_is_asked_for_less(known: str, status: int) -> None:
    def faults(number: int, body: dict[str, Any]) -> Fault | None:
        asked = body.get("response_format", {"type": "text"})["type"]
        order = ["json_schema", "json_object", "text"]
        return Fault(status) if order.index(asked) < order.index(known) else None

    with ReferenceServer(answer_to, faults=faults) as server:
        assert summarised(server, Slept()).state == "verified"
    bodies = [str(body) for body in server.bodies]
    assert status == 500 or len(bodies) == len(set(bodies))


@pytest.mark.parametrize(
    "fault",
    [Fault(stall_s=12), Fault(drip_s=0.04), Fault(head_drip_s=0.1), Fault(delay_s=12)],
    ids=["stalled body", "trickling body", "trickling headers", "silence"],
)
def test_no_request_outlives_its_deadline(fault: Fault) -> None:
    started = time.monotonic()
    with (
        ReferenceServer(answer_to, faults=lambda number, body: fault) as server,
        pytest.raises(EndpointUnavailable, match=r"within 0\.4 s"),
    ):
        summarised(server, Slept(), timeout_s=0.4, max_tries=1)
    assert time.monotonic() - started < 8
