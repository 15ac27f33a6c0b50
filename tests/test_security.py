"""The key is nowhere but in the request, and what is kept is for its user alone."""

from __future__ import annotations

import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from digestlib.addresses import is_exposed

from .command import clean_environment, live
from .reference_answers import REPORTS, answer_to
from .reference_server import CANARY, Fault, ReferenceServer

DAY = str(REPORTS / "2026-01-07.md")
QUOTED = Fault(status=401, error={"message": f"Incorrect API key provided: {CANARY}"})
BROKEN = Fault(status=500, error={"message": f"upstream said no to Bearer {CANARY}"})


def written(folder: Path) -> bytes:
    """Everything in every file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return b"".join(path.read_bytes() for path in files)


def test_the_key_is_in_the_request_and_nowhere_else(
    run, server: ReferenceServer, tmp_path: Path
) -> None:
    done = run(*live(server, "day", DAY, "--store", "s.db", "--json"), OPENAI_API_KEY=CANARY)
    assert done.code == 0, done.err
    assert {headers["authorization"] for headers in server.headers} == {f"Bearer {CANARY}"}
    assert all(CANARY not in str(body) for body in server.bodies)
    assert CANARY.encode() not in written(tmp_path)
    assert CANARY not in done.out + done.err


@pytest.mark.parametrize("fault", [QUOTED, BROKEN], ids=["refused", "broken"])
@pytest.mark.parametrize("flags", [(), ("--debug",)], ids=["a line", "a traceback"])
def test_a_server_that_quotes_the_key_does_not_make_us_show_it(
    fault: Fault, flags: tuple[str, ...], run, tmp_path: Path
) -> None:
    first = [fault] * 3
    with ReferenceServer(answer_to, faults=first) as quoting:
        done = run(
            *flags,
            *live(quoting, "papers", DAY, "--limit", "1", "--store", "s.db"),
            OPENAI_API_KEY=CANARY,
        )
    assert len(quoting.bodies) > 0
    assert CANARY not in done.out + done.err
    assert CANARY.encode() not in written(tmp_path)


def test_no_log_of_any_library_has_the_key(tmp_path: Path) -> None:
    script = f"""
        import logging, sys
        logging.basicConfig(level=1)
        import digestlib as dl
        with dl.connect("m", base_url=sys.argv[1], store="s.db") as complete:
            dl.summarise(dl.load({DAY!r}), complete)
    """
    faults = [BROKEN, Fault(429, error={"message": CANARY}), Fault(hang_up=True), QUOTED]
    with ReferenceServer(answer_to, faults=faults) as quoting:
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(script), quoting.url],
            cwd=tmp_path,
            env=clean_environment(tmp_path) | {"OPENAI_API_KEY": CANARY, "OPENAI_LOG": "debug"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert "KeyRejected" in done.stderr
    assert len(done.stderr) > 5000
    assert CANARY not in done.stdout + done.stderr
    assert CANARY.encode() not in written(tmp_path)


def test_the_store_is_for_its_user_alone(run, server: ReferenceServer, tmp_path: Path) -> None:
    done = run(*live(server, "papers", DAY, "--limit", "1", "--store", "s.db"), OPENAI_API_KEY="k")
    assert done.code == 0, done.err
    assert stat.S_IMODE((tmp_path / "s.db").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("base_url", "exposed"),
    [
        ("http://models.example.org/v1", True),
        ("http://192.168.1.7:8000/v1", True),
        ("https://models.example.org/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://127.0.0.1:8000/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://localhost.example.org/v1", True),
        ("http://127.0.0.1.example.org/v1", True),
    ],
)
def test_plain_http_is_for_this_machine(base_url: str, exposed: bool) -> None:
    assert is_exposed(base_url) == exposed


def test_a_key_on_its_way_in_the_open_is_warned_of(run) -> None:
    done = run(
        "papers", DAY, "--limit", "1", "--base-url", "http://digest.invalid/v1", "--model", "m",
        OPENAI_API_KEY=CANARY,
    )  # fmt: skip
    assert done.code == 4
    assert "http://digest.invalid/v1 is not https" in done.err
    assert CANARY not in done.err


def test_a_report_reaches_neither_shell_nor_files(run, tmp_path: Path) -> None:
    report = Path(DAY).read_text(encoding="utf-8")
    (tmp_path / "in").mkdir()
    hostile = report.replace("WebGym", "../../pwned/$(touch pwned)`touch pwned`")
    (tmp_path / "in" / "day.md").write_text(hostile, encoding="utf-8")
    with ReferenceServer(lambda body: "{}") as useless:
        done = run(*live(useless, "day", "in", "--limit", "2", "-o", "out", "--store", "s.db"))
    assert done.code == 3
    assert "touch pwned" in (tmp_path / "out" / "newsletter.md").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} <= {
        "in",
        "out",
        "s.db",
        "s.db-wal",
        "s.db-shm",
    }
    assert {path.suffix for path in (tmp_path / "out").iterdir()} <= {
        ".md",
        ".html",
        ".json",
        ".txt",
        ".eml",
    }
