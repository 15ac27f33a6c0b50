"""How far a run is: a bar on a terminal, a few lines elsewhere, nothing when quiet."""

from __future__ import annotations

import os
import pty
import re
import threading
from typing import Any, NamedTuple

import pytest

from digestlib.cli.progress import MOST_LINES, progress
from digestlib.session import Bill


class Run(NamedTuple):
    """What progress asks of a session."""

    bill: Bill
    replays: bool = False


PAID = Run(Bill(requests=3, prompt_tokens=9000, completion_tokens=1000, cost_usd=0.0421))
UNKNOWN = Run(Bill(requests=3, prompt_tokens=9000, completion_tokens=1000, cost_usd=None))


def shown(total: int, run: Any, *, quiet: bool = False) -> None:
    """All papers done, one after the other."""
    with progress(total, run, quiet=quiet) as on_done:
        for _ in range(total):
            if on_done:
                on_done(None)  # type: ignore[arg-type]  # which paper is not shown


@pytest.mark.parametrize("total", [1, 3, 17, 55, 1000])
def test_elsewhere_it_is_at_most_ten_lines_and_the_last_has_all(
    total: int, capsys: pytest.CaptureFixture[str]
) -> None:
    shown(total, PAID)
    lines = capsys.readouterr().err.splitlines()
    assert 1 <= len(lines) <= MOST_LINES
    assert lines[-1] == f"{total} of {total} papers, 3 requests, 10,000 tokens, $0.0421"
    done = [int(line.split()[0]) for line in lines]
    assert done == sorted(set(done))


def test_an_unknown_cost_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    shown(3, UNKNOWN)
    assert capsys.readouterr().err.endswith("tokens, cost unknown\n")


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    shown(17, PAID, quiet=True)
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_a_bar_has_papers_requests_tokens_and_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = on_a_terminal(120, monkeypatch)
    done = [int(number) for number in re.findall(r"(\d+)/17", text)]
    assert done == sorted(done)
    assert done[-1] == 17
    assert "3 requests, 10,000 tokens, $0.0421" in text


def test_a_bar_fits_into_eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = re.findall(r"Papers  \[[^\r\x1b]*", on_a_terminal(80, monkeypatch))
    assert steps
    assert max(map(len, steps)) < 80


def test_where_no_bar_fits_there_are_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_a_terminal(40, monkeypatch).startswith("6 of 17 papers, 3 requests")


def on_a_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal of that width gets."""
    master, slave = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        try:
            while piece := os.read(master, 4096):
                seen.append(piece)
        except OSError:  # how Linux says that the other side is closed
            pass

    reading = threading.Thread(target=read)
    reading.start()
    with os.fdopen(slave, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        monkeypatch.setenv("COLUMNS", str(columns))
        shown(17, PAID)
    reading.join(timeout=10)
    os.close(master)
    return b"".join(seen).decode()
