"""The store: every answer once, whatever happens."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from digestlib.endpoints import connect
from digestlib.errors import EndpointUnavailable, Interrupted, StoreError
from digestlib.llm import Request, Response, canonical, request_key
from digestlib.schema import APPLICATION_ID, STEPS
from digestlib.store import Store
from tests.reference_server import CANARY, ReferenceServer
from tests.test_llm import answer, request


class Model:
    """A `Complete` that counts what it is asked."""

    def __init__(
        self, text: str = '{"headline": "近30万个任务"}', finish_reason: str = "stop"
    ) -> None:
        self.asked: list[str] = []
        self._text, self._finish_reason = text, finish_reason

    def __call__(self, asked: Request) -> Response:
        self.asked.append(asked.subject)
        return Response(
            text=self._text,
            model="fake-2026",
            finish_reason=self._finish_reason,
            mode="json_object",
            prompt_tokens=900,
            request_key="",
        )


def test_an_answered_request_is_not_asked_again(tmp_path: Path) -> None:
    model = Model()
    with Store(tmp_path / "runs.db") as store:
        complete = store.wrap(model, model="fake")
        first, second = complete(request()), complete(request())
    assert len(model.asked) == 1
    assert (first.cached, second.cached) == (False, True)
    assert first == second.model_copy(update={"cached": False})
    assert first.request_key == request_key(canonical(request(), model="fake"), "summary/v1")


def test_a_second_process_finds_the_answers(tmp_path: Path) -> None:
    model = Model()
    for _ in range(2):
        with Store(tmp_path / "runs.db") as store:
            store.wrap(model, model="fake")(request())
    assert len(model.asked) == 1


@pytest.mark.parametrize(
    ("asked", "model", "options"),
    [
        (request("2512.23576"), "fake", {}),
        (request(), "other", {}),
        (request(), "fake", {"temperature": 0.5}),
        (request().model_copy(update={"prompt": "summary/v2"}), "fake", {}),
    ],
    ids=["text", "model", "options", "prompt version"],
)
def test_a_changed_request_is_asked(
    asked: Request, model: str, options: dict[str, float], tmp_path: Path
) -> None:
    fake = Model()
    with Store(tmp_path / "runs.db") as store:
        store.wrap(fake, model="fake")(request())
        store.wrap(fake, model=model, options=options)(asked)
    assert len(fake.asked) == 2


@pytest.mark.parametrize("finish_reason", ["length", "content_filter"])
def test_an_answer_that_is_not_whole_is_kept_too(finish_reason: str, tmp_path: Path) -> None:
    model = Model("", finish_reason)
    with Store(tmp_path / "runs.db") as store:
        complete = store.wrap(model, model="fake")
        assert complete(request()).finish_reason == complete(request()).finish_reason
    assert len(model.asked) == 1


def test_a_failure_is_not_an_answer(tmp_path: Path) -> None:
    def broken(asked: Request) -> Response:
        raise EndpointUnavailable("down")

    with Store(tmp_path / "runs.db") as store:
        with pytest.raises(EndpointUnavailable):
            store.wrap(broken, model="fake")(request())
        assert store.count() == 0


def test_a_forgotten_answer_is_asked_again(tmp_path: Path) -> None:
    model = Model()
    with Store(tmp_path / "runs.db") as store:
        complete = store.wrap(model, model="fake")
        key = complete(request()).request_key
        assert key in store
        assert store.forget(key)
        assert not store.forget(key)
        assert key not in store
        complete(request())
    assert len(model.asked) == 2


def test_threads_and_processes_share_a_store(tmp_path: Path) -> None:
    model = Model()
    with Store(tmp_path / "runs.db") as one, Store(tmp_path / "runs.db") as other:
        stores = [one.wrap(model, model="fake"), other.wrap(model, model="fake")]
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda n: stores[n % 2](request(str(n))), range(200)))
        assert one.count() == other.count() == 200


def test_many_openers_make_one_store(tmp_path: Path) -> None:
    def opened(_: int) -> int:
        with Store(tmp_path / "runs.db") as store:
            return store.count()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(opened, range(16))) == [0] * 16


def test_a_killed_process_loses_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    code = f"""
        import os, signal
        from digestlib.store import Store
        from tests.test_store import Model, request
        complete = Store({str(path)!r}).wrap(Model(), model="fake")
        for n in range(5):
            complete(request(str(n)))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False)
    assert done.returncode == -signal.SIGKILL
    model = Model()
    with Store(path) as store:
        for n in range(6):
            store.wrap(model, model="fake")(request(str(n)))
    assert model.asked == ["5"]


def test_a_store_is_private(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with Store(path) as store:
        store.wrap(Model(), model="fake")(request())
        modes = {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {0o600}


def test_a_key_is_never_stored(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with ReferenceServer(answer) as server:
        with connect("reference", base_url=server.url, api_key=CANARY, store=path) as complete:
            assert complete(request()).cached is False
            assert complete(request()).cached is True
        assert CANARY in server.headers[0]["authorization"]
    assert complete.sent == 1
    assert all(CANARY.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_the_tables_can_be_read_with_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with Store(path, clock=lambda: dt.datetime(2026, 1, 7, 9, 30, tzinfo=dt.UTC)) as store:
        store.wrap(Model(), model="fake")(request())
    db = sqlite3.connect(path)
    columns = "created, prompt, subject, asked_model, model, mode, prompt_tokens, answer"
    row = db.execute(f"SELECT {columns} FROM answers").fetchone()
    assert row[:5] == ("2026-01-07T09:30:00+00:00", "summary/v1", "2601.02439", "fake", "fake-2026")
    assert row[5:] == ("json_object", 900, '{"headline": "近30万个任务"}')
    assert "近30万个真实网页任务" in db.execute("SELECT messages FROM answers").fetchone()[0]
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_runs_are_the_log_and_the_bill(tmp_path: Path) -> None:
    with Store(tmp_path / "runs.db") as store:
        first = store.begin_run("week reports/", model="fake")
        store.end_run(first, papers=15, requests=17, cost_usd=Decimal("0.0123"))
        store.begin_run("day")
        latest, oldest = store.runs()
        with pytest.raises(ValueError, match="no such count"):
            store.end_run(first, answer=42)
    assert (latest["command"], latest["finished"]) == ("day", None)
    assert (oldest["papers"], oldest["requests"], oldest["cost_usd"]) == (15, 17, "0.0123")
    assert oldest["finished"]


# ---------------------------------------------------------------- several runs at once


def test_two_runs_at_once_ask_nothing_twice(tmp_path: Path) -> None:
    code = f"""
        from concurrent.futures import ThreadPoolExecutor
        from digestlib.endpoints import connect
        from tests.test_llm import request
        with connect("m", base_url={{url!r}}, api_key="k", store={str(tmp_path / "runs.db")!r}) as ask:
            with ThreadPoolExecutor(4) as pool:
                answers = list(pool.map(lambda n: ask(request(str(n))), range(12)))
        assert [a.text for a in answers] == [answers[0].text] * 12
    """
    with ReferenceServer(answer, latency_s=0.2) as server:
        script = textwrap.dedent(code.format(url=server.url))
        runs = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(3)]
        assert [run.wait(timeout=120) for run in runs] == [0, 0, 0]
    assert len(server.bodies) == 12
    assert {path.name for path in tmp_path.iterdir()} == {"runs.db"}


def test_a_killed_run_holds_up_no_other(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    code = f"""
        import os, signal
        from digestlib.store import Store
        from tests.test_llm import request
        def dies(asked):
            os.kill(os.getpid(), signal.SIGKILL)
        Store({str(path)!r}).wrap(dies, model="fake")(request())
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False)
    assert done.returncode == -signal.SIGKILL
    model = Model()
    with Store(path) as store:
        store.wrap(model, model="fake")(request())
    assert len(model.asked) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"runs.db"}


def test_who_waits_for_another_run_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    code = f"""
        import sys
        from digestlib.store import Store
        from tests.test_llm import request
        def asks(asked):
            print("asking", flush=True)
            sys.stdin.read()
        Store({str(path)!r}).wrap(asks, model="fake")(request())
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code)], stdin=pipe, stdout=pipe
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"asking\n"
        with Store(path) as store, ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(store.wrap(Model(), model="fake"), request())
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            store.stop()
            with pytest.raises(Interrupted):
                waiting.result(timeout=5)
        other.kill()


# ---------------------------------------------------------------- files of other versions, or none


def test_an_older_store_is_brought_up_with_all_that_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    db = sqlite3.connect(path)
    db.executescript(STEPS[0])
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")
    db.execute("INSERT INTO runs (started, command, model) VALUES ('2026-01-07', 'week', 'm')")
    db.commit()
    db.close()
    with Store(path) as store:
        (run,) = store.bill()
    assert (run["command"], run["ended"]) == ("week", "cut short")


def test_an_empty_file_becomes_a_private_store(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    path.touch(0o644)
    with Store(path) as store:
        assert (store.runs(), store.count()) == ([], 0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_store_that_is_spoiled_inside_is_said_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with Store(path) as store:
        for n in range(50):
            store.wrap(Model("x" * 3000), model="fake")(request(str(n)))
    raw = bytearray(path.read_bytes())
    for page in range(2 * 4096, len(raw), 4096):
        raw[page : page + 200] = b"\xff" * 200
    path.write_bytes(raw)
    with Store(path) as store, pytest.raises(StoreError, match=r"malformed.*\.recover"):
        store.wrap(Model(), model="fake")(request("1"))
    assert path.read_bytes() == raw


def test_a_full_disk_is_said_and_what_was_stored_stays(tmp_path: Path) -> None:
    with Store(tmp_path / "runs.db") as store:
        store.wrap(Model(), model="fake")(request("1"))
        store.rows(f"PRAGMA max_page_count = {store.rows('PRAGMA page_count')[0][0]}")
        with pytest.raises(StoreError, match=r"full; free some space and run again"):
            store.wrap(Model("x" * 50_000), model="fake")(request("2"))
        assert store.count() == 1


def at_once(store: Store, answers: int, text: str) -> list[Exception | None]:
    """Answers that come while the store is busy, and so are committed together; what each raised."""
    asking = threading.Barrier(answers + 1)

    def complete(asked: Request) -> Response:
        asking.wait(10)
        return Model(text)(asked)

    with ThreadPoolExecutor(answers) as pool:
        stored = store.wrap(complete, model="fake")
        waiting = [pool.submit(stored, request(f"{n} of {text}")) for n in range(answers)]
        asking.wait(10)
        with store.together():
            time.sleep(0.1)
    return [each.exception() for each in waiting]


def test_answers_that_come_at_once_are_all_kept(tmp_path: Path) -> None:
    with Store(tmp_path / "runs.db") as store:
        assert at_once(store, 8, "{}") == [None] * 8
    with Store(tmp_path / "runs.db") as again:
        assert again.count() == 8


def test_where_answers_that_come_at_once_cannot_be_kept_each_is_told(tmp_path: Path) -> None:
    with Store(tmp_path / "runs.db") as store:
        at_once(store, 1, "{}")
        pages = store.rows("PRAGMA page_count")[0][0]
        store.rows(f"PRAGMA max_page_count = {pages}")
        told = at_once(store, 4, "x" * 50_000)
        assert [type(each) for each in told] == [StoreError] * 4
        store.rows(f"PRAGMA max_page_count = {pages + 1000}")
        assert at_once(store, 4, "y" * 50_000) == [None] * 4
        assert store.count() == 5


def _newer(path: Path) -> None:
    Store(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


def _foreign(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()


def _damaged(path: Path) -> None:
    path.write_bytes(b"this is not a database, " * 100)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(_newer, "newer digestlib"), (_foreign, "another database"), (_damaged, "not a database")],
    ids=["newer", "foreign", "damaged"],
)
def test_what_is_no_store_of_ours_is_refused_untouched(
    spoil: object, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "runs.db"
    assert callable(spoil)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=says) as caught:
        Store(path)
    assert str(path) in str(caught.value)
    assert "--store" in str(caught.value)
    assert path.read_bytes() == before


def test_a_place_that_holds_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=str(tmp_path)):
        Store(tmp_path)
    with pytest.raises(StoreError, match="missing"):
        Store(tmp_path / "missing" / "runs.db")


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store(os.fspath(tmp_path / "runs.db"))
    store.close()
    store.close()
    with pytest.raises(StoreError, match=r"closed.*open it again"):
        store.count()
    with pytest.raises(StoreError, match=r"closed.*open it again"):
        store.put(request(), Model()(request()))


def test_a_second_opening_does_not_give_up_the_locks_of_the_first(tmp_path: Path) -> None:
    """POSIX drops a process's locks on a file when it closes any descriptor of that file.

    Another process would then take itself for the last one, and clear away the log that is in use.
    """
    path = tmp_path / "s.db"
    script = "import sys; from digestlib.store import Store; s = Store(sys.argv[1]); s.begin_run('b'); s.close()"
    with Store(path) as first:
        first.begin_run("a")
        Store(path).close()
        for _ in range(2):
            subprocess.run([sys.executable, "-c", script, str(path)], check=True)
        with Store(path) as third:
            third.begin_run("c")
            assert [run["command"] for run in first.runs()] == ["c", "b", "b", "a"]


def test_a_row_that_cannot_be_kept_costs_no_other(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db") as store:
        good, bad = request("good"), request("bad")
        said = Model()(good)
        answers = [
            said.model_copy(update={"request_key": "good"}),
            said.model_copy(update={"request_key": "bad", "prompt_tokens": 2**63}),
        ]
        with ThreadPoolExecutor(2) as pool:
            with store._lock:  # both wait for the disk
                kept = pool.submit(store.put, good, answers[0])
                refused = pool.submit(store.put, bad, answers[1])
                while len(store._waiting) < 2:
                    time.sleep(0.01)
            assert kept.exception() is None
            assert isinstance(refused.exception(), OverflowError)
        assert "good" in store
        assert "bad" not in store
