"""Ctrl-C, the plug pulled, a dead endpoint: what a run leaves behind, and how the next goes on."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digestlib.store import Store

from .command import clean_environment, live, start_in
from .reference_answers import REPORTS, answer_to, example_figures
from .reference_server import Fault, ReferenceServer

DAY = str(REPORTS / "2026-01-07.md")


def started(server: ReferenceServer, folder: Path, *more: str) -> subprocess.Popen[str]:
    """`day` against the server, in a process of its own."""
    return start_in(folder, *live(server, "day", DAY, "-o", "out", "--json", "--jobs", "4", *more))


def wait_for(server: ReferenceServer, requests: int) -> None:
    end = time.monotonic() + 60
    while len(server.bodies) < requests and time.monotonic() < end:
        time.sleep(0.02)


@pytest.fixture(scope="module", autouse=True)
def _figures() -> None:
    example_figures()


def test_one_interrupt_waits_writes_what_is_there_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with ReferenceServer(answer_to, latency_s=0.4) as server:
        run = started(server, tmp_path)
        wait_for(server, 6)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
        assert run.returncode == 130, err
        assert "waiting for " in err
        assert "Ctrl-C again stops now" in err
        document = json.loads(out)
        asked = document["requests"]
        assert 0 < asked < 17
        assert document["verified"] == asked == 17 - len(document["failed"])
        assert all("interrupted" in failure["why"] for failure in document["failed"])
        assert "goes on where this one stopped" in err
        assert (tmp_path / "out/newsletter.md").is_file()
        server.latency_s = 0.0
        rest = started(server, tmp_path)
        document = json.loads(rest.communicate(timeout=60)[0])
        assert (rest.returncode, document["cached"], document["requests"]) == (0, asked, 18 - asked)
    assert len({json.dumps(body) for body in server.bodies}) == len(server.bodies) == 18


def test_after_an_interrupt_no_further_issue_is_begun_and_those_that_were_are_told(
    tmp_path: Path,
) -> None:
    days = ("--from", "2025-12-30", "--to", "2026-01-07", "-o", "out", "--jobs", "2")
    with ReferenceServer(answer_to, latency_s=0.2) as server:
        run = start_in(tmp_path, *live(server, "day", str(REPORTS), *days))
        wait_for(server, 6)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2025-12-30"]
    assert "wrote out/2025-12-30/newsletter.md" in err
    assert "not begun: 2026-01-01, 2026-01-07" in err
    assert "goes on where this one stopped" in err.splitlines()[-1]


def test_a_second_interrupt_stops_at_once(tmp_path: Path) -> None:
    with ReferenceServer(answer_to, latency_s=30) as server:
        run = started(server, tmp_path)
        time.sleep(0.1)
        while run.poll() is None and not server.connected:
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert run.poll() is None
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=5) == 130
    assert list((tmp_path / "out").iterdir()) == []


def test_a_second_interrupt_gives_the_terminal_its_cursor_back(tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    with ReferenceServer(answer_to, latency_s=30) as server:
        command = live(server, "papers", DAY, "--jobs", "2")
        run = subprocess.Popen(
            [sys.executable, "-m", "digestlib", *command],
            cwd=tmp_path, env=clean_environment(tmp_path) | {"COLUMNS": "120"},
            stdout=subprocess.DEVNULL, stderr=end,
        )  # fmt: skip
        os.close(end)
        while run.poll() is None and not server.connected:
            time.sleep(0.02)
        run.send_signal(signal.SIGINT)
        time.sleep(0.3)
        run.send_signal(signal.SIGINT)
        assert run.wait(timeout=10) == 130
    said = os.read(terminal, 65536).decode()
    os.close(terminal)
    assert said.rindex("\x1b[?25l") < said.rindex("\x1b[?25h")


def test_an_interrupt_while_the_program_loads_is_one_line() -> None:
    code = """
import runpy, sys
class Pressed:
    def find_spec(self, name, *_):
        if name == "digestlib.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
runpy.run_module("digestlib", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "Interrupted before anything was asked.\n")


def test_an_empty_account_stops_the_run_and_keeps_what_is_done(tmp_path: Path) -> None:
    empty = Fault(429, error={"code": "insufficient_quota", "message": "You exceeded your quota"})
    faults = [None] * 6 + [empty] * 100
    with ReferenceServer(answer_to, faults=faults, latency_s=0.05) as server:
        done = started(server, tmp_path)
        out, err = done.communicate(timeout=120)
    assert (done.returncode, json.loads(out)["requests"]) == (4, 6)
    (error,) = (line for line in err.splitlines() if line.startswith("Error: "))
    assert "You exceeded your quota" in error
    assert "top up the account" in error
    assert len(server.bodies) < 6 + 4 + 1  # those that were out already
    with Store(tmp_path / "digest.db") as store:
        assert store.count() == 6
        assert "exceeded your quota" in store.bill()[0]["ended"]
    with ReferenceServer(answer_to) as server:
        rest = started(server, tmp_path)
        document = json.loads(rest.communicate(timeout=120)[0])
    assert (document["cached"], document["requests"]) == (6, 12)


@pytest.fixture(scope="module")
def startup_s(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What a run takes here and now until its first request is refused for good."""
    with ReferenceServer(faults=[Fault(401)] * 9) as server:
        begun = time.monotonic()
        started(server, tmp_path_factory.mktemp("refused")).communicate(timeout=120)
        return time.monotonic() - begun


@pytest.mark.parametrize("jobs", ["1", "64"])
def test_a_dead_endpoint_is_one_error_within_15_seconds(
    jobs: str, startup_s: float, tmp_path: Path
) -> None:
    """Of these 15 s, 4 are for starting up; a busy machine may take more for that."""
    with ReferenceServer() as server:
        pass
    begun = time.monotonic()
    run = started(server, tmp_path, "--jobs", jobs)
    out, err = run.communicate(timeout=120)
    assert time.monotonic() - begun < 11 + max(4, 2 * startup_s)
    assert (run.returncode, out) == (4, "")
    assert len([line for line in err.splitlines() if line.startswith("Error: ")]) == 1
