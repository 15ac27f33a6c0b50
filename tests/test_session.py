"""The bill of a run: what was really used, and where it stops."""

from __future__ import annotations

import json
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from digestlib.errors import BudgetError, Interrupted
from digestlib.reports import load
from digestlib.session import Session, Settings
from digestlib.store import Store
from digestlib.summaries import summarise
from digestlib.tokens import count_tokens

from .faults import PASSING, Storm
from .reference_answers import REPORTS, answer_to
from .reference_server import Fault, ReferenceServer, Reply
from .test_llm import request

PRICES = '[models."m"]\ninput = 10\ncached_input = 1\noutput = 100\n'
ANSWER = "An answer."


def session(server: ReferenceServer, folder: Path, **more: Any) -> Session:
    """A run against a server, with prices of its own and a store in the folder."""
    (folder / "prices.toml").write_text(PRICES, encoding="utf-8")
    settings = {"store": folder / "s.db", "prices": folder / "prices.toml"} | more
    return Session(Settings(base_url=server.url, model="m", **settings), "papers")


def usage(prompt: int, completion: int, cached: int = 0) -> dict[str, Any]:
    """The usage that a server tells."""
    told = {"prompt_tokens": prompt, "completion_tokens": completion}
    return told | {"prompt_tokens_details": {"cached_tokens": cached}}


def completion(told: dict[str, Any] | None, content: str | None = ANSWER) -> Fault:
    """A chat completion with that usage."""
    message = {"role": "assistant", "content": content}
    body = {"choices": [{"message": message, "finish_reason": "stop"}], "usage": told}
    return Fault(raw=json.dumps(body).encode())


def test_cached_tokens_are_billed_at_their_own_rate(tmp_path: Path) -> None:
    with ReferenceServer(faults=[completion(usage(1000, 10, cached=800))]) as server:
        with session(server, tmp_path) as asked:
            asked(request())
        assert asked.bill.cost_usd == pytest.approx((200 * 10 + 800 * 1 + 10 * 100) / 1e6)


def test_tokens_that_the_endpoint_does_not_tell_are_counted_and_said_to_be(tmp_path: Path) -> None:
    silent = ReferenceServer(lambda body: Reply(ANSWER, usage=False))
    with silent as server, session(server, tmp_path) as asked:
        asked(request())
    expected = sum(count_tokens(message.content).n for message in request().messages)
    assert (asked.bill.prompt_tokens, asked.bill.estimated) == (expected, 1)
    assert asked.bill.completion_tokens == count_tokens(ANSWER).n
    assert (asked.bill.cost_usd or 0) > 0


def test_a_reply_that_is_no_answer_is_paid_for_all_the_same(tmp_path: Path) -> None:
    faults = [completion(usage(500, 7), content=None), completion(usage(500, 9))]
    with ReferenceServer(faults=faults) as server, session(server, tmp_path) as asked:
        asked(request())
    bill = asked.bill
    assert (bill.requests, bill.unanswered) == (1, 1)
    assert (bill.prompt_tokens, bill.completion_tokens) == (1000, 16)
    with Store(tmp_path / "s.db") as store:
        (run,) = store.bill()
    assert (run["requests"], run["unanswered"], run["ended"]) == (1, 1, "done")
    assert run["cost_usd"] == pytest.approx(bill.cost_usd)


def test_the_budget_counts_what_was_used_and_stops_before_it_is_crossed(tmp_path: Path) -> None:
    """Each answer uses $0.0501; the next one is taken to cost at least $0.30."""
    faults = [completion(usage(10, 500))] * 20
    with (
        ReferenceServer(faults=faults) as server,
        session(server, tmp_path, max_cost=Decimal("0.5")) as asked,
    ):
        for number in range(4):
            asked(request(str(number)))
        with pytest.raises(Interrupted, match="--max-cost"):
            asked(request("4"))
    assert isinstance(asked.ended_by, BudgetError)
    assert len(server.bodies) == 4
    assert (asked.bill.cost_usd or 1) <= 0.5


def test_many_at_a_time_use_as_much_of_the_budget_as_one_by_one(tmp_path: Path) -> None:
    """What those that are out may cost is waited for, and mostly they take less."""
    faults = [completion(usage(10, 500))] * 20
    with (
        ReferenceServer(faults=faults, latency_s=0.02) as server,
        session(server, tmp_path, max_cost=Decimal("0.5")) as asked,
        ThreadPoolExecutor(8) as pool,
    ):
        asking = [pool.submit(asked, request(str(number))) for number in range(12)]
        ends = [type(each.exception()) for each in asking]
    assert (len(server.bodies), ends.count(Interrupted)) == (4, 8)
    assert isinstance(asked.ended_by, BudgetError)
    assert (asked.bill.cost_usd or 1) <= 0.5


def test_tries_without_answers_do_not_wait_for_each_other(tmp_path: Path) -> None:
    empty, good = completion(usage(10, 10), content=""), completion(usage(10, 10))
    with (
        ReferenceServer(faults=[empty] * 2 + [good] * 2) as server,
        session(server, tmp_path, max_cost=Decimal("0.61")) as asked,
        ThreadPoolExecutor(2) as pool,
    ):
        asking = [pool.submit(asked, request(str(number))) for number in range(2)]
        assert [each.result(timeout=20).text for each in asking] == [ANSWER] * 2


def test_who_waits_for_the_budget_lets_another_try_the_endpoint(tmp_path: Path) -> None:
    """The second waits for the first to find the endpoint alive, with its own price set aside."""
    late = Fault(delay_s=1.5)
    with (
        ReferenceServer(lambda body: ANSWER, faults=[Fault(503), late]) as server,
        session(server, tmp_path, max_cost=Decimal("0.7"), timeout_s=0.5) as asked,
        ThreadPoolExecutor(2) as pool,
    ):
        first = pool.submit(asked, request("0"))
        while not server.bodies:
            time.sleep(0.01)
        second = pool.submit(asked, request("1"))
        try:
            assert [first.result(20).text, second.result(20).text] == [ANSWER] * 2
        finally:
            asked.stop()


def test_who_waits_for_the_budget_can_be_stopped(tmp_path: Path) -> None:
    slow = ReferenceServer(lambda body: ANSWER, latency_s=0.5)
    with (
        slow as server,
        session(server, tmp_path, max_cost=Decimal("0.5")) as asked,
        ThreadPoolExecutor(2) as pool,
    ):
        first = pool.submit(asked, request("0"))
        while not server.connected:
            time.sleep(0.01)
        second = pool.submit(asked, request("1"))
        time.sleep(0.1)
        asked.stop()
        assert isinstance(second.exception(timeout=0.3), Interrupted)
        assert first.result().text == ANSWER


@pytest.mark.parametrize(
    ("told", "tries"), [(usage(10, 500), 2), (usage(10, 3500), 1), (None, 1)],
    ids=["little", "more than was thought", "nobody says how much"],
)  # fmt: skip
def test_tries_without_an_answer_count_before_the_next_is_paid_for(
    told: dict[str, Any] | None, tries: int, tmp_path: Path
) -> None:
    """A try is taken to cost $0.30, or what the longest answer took."""
    empty = completion(told, content="")
    with (
        ReferenceServer(faults=[empty] * 20) as server,
        session(server, tmp_path, max_cost=Decimal("0.36")) as asked,
        pytest.raises(Interrupted, match="--max-cost"),
    ):
        asked(request())
    assert len(server.bodies) == tries
    assert 0 < (asked.bill.cost_usd or 1) <= 0.36
    assert asked.bill.estimated == (told is None)


def test_an_answer_that_gets_more_room_is_reserved_all_of_it(tmp_path: Path) -> None:
    roomy = request().model_copy(update={"room": 8000})
    with (
        ReferenceServer(lambda body: ANSWER) as server,
        session(server, tmp_path, max_cost=Decimal("0.79")) as asked,
        pytest.raises(Interrupted),
    ):
        asked(roomy)
    assert "could cost $0.8" in str(asked.ended_by)
    assert server.bodies == []


def test_an_unknown_price_is_unknown_and_no_budget_can_be_kept(tmp_path: Path) -> None:
    with ReferenceServer(lambda body: ANSWER) as server:
        with session(server, tmp_path, prices=None) as asked:
            asked(request())
        assert asked.bill.cost_usd is None
        with pytest.raises(BudgetError, match="none is known"):
            session(server, tmp_path, prices=None, max_cost=Decimal(1))
        assert len(server.bodies) == 1


def test_what_ended_a_run_is_in_the_log(tmp_path: Path) -> None:
    with ReferenceServer(lambda body: ANSWER) as server:
        with pytest.raises(Interrupted), session(server, tmp_path, max_cost=Decimal(0)) as asked:
            asked(request())
        with session(server, tmp_path) as asked:
            asked.stop()
            with pytest.raises(Interrupted):
                asked(request())
    with Store(tmp_path / "s.db") as store:
        latest, first = store.bill()
    assert latest["ended"] == "interrupted"
    assert "--max-cost" in first["ended"]
    assert server.bodies == []


def test_requests_on_their_way_are_not_unanswered(tmp_path: Path) -> None:
    slow = ReferenceServer(lambda body: ANSWER, latency_s=0.5)
    with slow as server, session(server, tmp_path) as asked:
        asking = threading.Thread(target=asked, args=(request(),))
        asking.start()
        while not server.connected:
            time.sleep(0.01)
        assert asked.bill.unanswered == 0
        asking.join()
    assert (asked.bill.requests, asked.bill.unanswered) == (1, 0)


UNPAID = re.compile(r"\d{3}|HTML|stalled")
"""Troubles in which the model wrote nothing, or that take long."""


@pytest.mark.parametrize("limit", [1, 3])
def test_in_a_storm_the_budget_is_not_crossed_and_most_of_it_is_used(
    limit: int, tmp_path: Path
) -> None:
    """Half of all replies are spoiled, 16 jobs; billed is what the model wrote, come what may."""
    storm = Storm(0.5, troubles={n: t for n, t in PASSING.items() if not UNPAID.match(n)})
    billed: list[int] = []

    def fault(number: int, body: dict[str, Any]) -> Fault | None:
        trouble = storm(number, body)
        wrote = trouble.reply.text if trouble and trouble.reply else answer_to(body)
        asked = "".join(message["content"] for message in body["messages"])
        billed.append(10 * count_tokens(asked).n + 100 * count_tokens(wrote or "").n)
        return trouble

    with (
        ReferenceServer(answer_to, faults=fault) as server,
        session(server, tmp_path, max_cost=Decimal(limit)) as asked,
    ):
        summaries = summarise(load([REPORTS / "2026-01-07.md"]), asked, jobs=16)
    assert isinstance(asked.ended_by, BudgetError)
    assert {"failed"} < {summary.state for summary in summaries}
    assert sum(billed) / 1e6 <= limit
    assert (asked.bill.cost_usd or 0) > limit / 2
