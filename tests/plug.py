"""The plug pulled from a run, or its disk full, at any moment; then the next run goes on.

    python -m tests.plug                        40 random moments, 60 of its writes and renames
    python -m tests.plug --moments 3 --calls 6 --seed 7

Each is a process of its own against the reference server. Afterwards nothing may be lost, no
stored answer asked again, and the draft must be that of the undisturbed run, byte for byte. Needs
a C compiler (`cc`, or what `CC` names) for the library that counts the calls.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shlex
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from .command import Done, live, run_in
from .reference_answers import REPORTS, answer_to, example_figures
from .reference_server import ReferenceServer

DAY = str(REPORTS / "2026-01-07.md")
REQUESTS = 18
LATENCY_S = 0.1
LAST_CALLS = 40
"""Where the files of the draft are written; a third of the calls is chosen among them."""


class Plug(NamedTuple):
    """When a run is struck: after so many seconds of CPU time, or at a call; `full`: no space left."""

    after_s: float | None = None
    at_call: int | None = None
    full: bool = False

    def __str__(self) -> str:
        if self.at_call is None:
            return f"killed after {self.after_s:.2f} s of CPU time"
        return f"{'no space left from' if self.full else 'killed at'} call {self.at_call}"


class Whole(NamedTuple):
    """The undisturbed run."""

    files: Mapping[str, bytes]
    seconds: float
    calls: int


class Bench:
    """A folder for runs, with the library that counts their calls."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._library = folder / "plug.so"
        compiler = shlex.split(os.environ.get("CC", "cc"))
        if not shutil.which(compiler[0]):
            raise FileNotFoundError("no C compiler: run scripts/compiler, or set CC to one")
        source = str(Path(__file__).with_suffix(".c"))
        made = ["-shared", "-fPIC", "-O1", "-o", str(self._library), source, "-ldl"]
        subprocess.run([*compiler, *made], check=True)
        example_figures()

    def undisturbed(self) -> Whole:
        """The run to compare with."""
        folder = self.empty("whole")
        done, _ = self.run(folder)
        assert done.code == 0, done.err
        calls, seconds = (self.folder / "count").read_text().split()
        return Whole(files=drafted(folder), seconds=float(seconds), calls=int(calls))

    def empty(self, name: str) -> Path:
        """An empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def run(self, folder: Path, plug: Plug | None = None) -> tuple[Done, list[dict[str, Any]]]:
        """One run, struck or not, and what it asked a server of its own."""
        struck = plug or Plug()
        with ReferenceServer(answer_to, latency_s=LATENCY_S) as server:
            done = run_in(
                folder,
                *live(server, "day", DAY, "-o", "out", "--store", "s.db", "--json", "--jobs", "4"),
                LD_PRELOAD=str(self._library),
                PLUG_FOLDER=f"{folder.resolve()}/",
                PLUG_COUNT=str(self.folder / "count"),
                **({"PLUG_AT": str(struck.at_call)} if struck.at_call else {}),
                **({"PLUG_FULL": "1"} if struck.full else {}),
                **({"PLUG_AFTER": f"{struck.after_s * 1e6:.0f}"} if struck.after_s else {}),
            )
        return done, server.bodies

    def troubles(self, plugs: Sequence[Plug], whole: Whole) -> list[str]:
        """What is wrong after runs in one folder were struck in turn and one more went through."""
        folder = self.empty("struck")
        found: list[str] = []
        for plug in plugs:
            kept = stored(folder)
            struck, bodies = self.run(folder, plug)
            found += list(_ended_badly(struck, plug)) + list(_half_written(folder, whole))
            found += _asked_again(bodies, kept)
        kept = stored(folder)
        done, bodies = self.run(folder)
        found += _asked_again(bodies, kept)
        draft = drafted(folder)
        if done.code or draft != whole.files:
            names = sorted(n for n in {*draft, *whole.files} if draft.get(n) != whole.files.get(n))
            found.append(f"exit {done.code}, other than undisturbed: {', '.join(names)}")
        elif len(bodies) != REQUESTS - len(kept):
            found.append(f"{len(kept)} kept, {len(bodies)} requests more")
        return found


def drafted(folder: Path) -> dict[str, bytes]:
    """All that is in the folder of the draft, by name."""
    return {path.name: path.read_bytes() for path in (folder / "out").glob("*")}


def stored(folder: Path) -> set[str]:
    """The messages of each answer in the store; read from a copy, since reading mends a store."""
    if not (folder / "s.db").exists():
        return set()
    with tempfile.TemporaryDirectory() as copies:
        for file in folder.glob("s.db*"):
            shutil.copy(file, copies)
        with closing(sqlite3.connect(Path(copies) / "s.db")) as db:
            if not db.execute("SELECT * FROM sqlite_master WHERE name = 'answers'").fetchall():
                return set()
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return {messages for (messages,) in db.execute("SELECT messages FROM answers")}


def _asked_again(bodies: Sequence[Mapping[str, Any]], kept: set[str]) -> list[str]:
    again = [body for body in bodies if _messages(body) in kept]
    return [f"{len(again)} stored answers asked again"] if again else []


def _messages(body: Mapping[str, Any]) -> str:
    """As the store writes them."""
    return json.dumps(body["messages"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _ended_badly(struck: Done, plug: Plug) -> Iterator[str]:
    """Who is killed says nothing; a full disk is said in one line."""
    if struck.code in (0, -signal.SIGKILL) and "Traceback" not in struck.err:
        return
    errors = [line for line in struck.err.splitlines() if line.startswith("Error: ")]
    if not plug.full or struck.code != 1 or len(errors) != 1 or "Traceback" in struck.err:
        yield f"exit {struck.code}: {struck.err}"


def _half_written(folder: Path, whole: Whole) -> Iterator[str]:
    """A file that has its name is whole."""
    for name, content in drafted(folder).items():
        if not name.startswith(".") and content != whole.files[name]:
            yield f"{name} is not whole"


def chosen(whole: Whole, *, moments: int, calls: int, seed: int) -> list[Plug]:
    """Moments anywhere in the run, and calls: half killed, half without space."""
    dice = random.Random(seed)
    plugs = [Plug(after_s=dice.uniform(0.0, whole.seconds)) for _ in range(moments)]
    late = range(max(1, whole.calls - LAST_CALLS), whole.calls + 1)
    numbers = dice.sample(range(1, late[0]), calls - calls // 3) + dice.sample(late, calls // 3)
    return plugs + [Plug(at_call=n, full=bool(i % 2)) for i, n in enumerate(sorted(numbers))]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Runs that are killed or have no space left.")
    parser.add_argument("--moments", type=int, default=40)
    parser.add_argument("--calls", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        whole = bench.undisturbed()
        print(
            f"undisturbed: {whole.seconds:.1f} s of CPU time, {whole.calls} calls, {len(whole.files)} files"
        )
        plugs = chosen(whole, moments=asked.moments, calls=asked.calls, seed=asked.seed)
        bad = 0
        for plug in plugs:
            troubles = bench.troubles([plug], whole)
            bad += bool(troubles)
            print(f"{plug}: {'; '.join(troubles) or 'as if nothing had been'}", flush=True)
    print(f"{len(plugs) - bad} of {len(plugs)} runs went on as if nothing had been")
    raise SystemExit(bool(bad))


if __name__ == "__main__":
    main()
