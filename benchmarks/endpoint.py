"""`papers` over the 55 example papers against a local endpoint that takes 0.2 s for an answer.

    python -m benchmarks.endpoint                # at 1, 8 and 32 jobs
    python -m benchmarks.endpoint --instructor   # and the same papers through `instructor`

Beside it runs what somebody would write instead: a loop over the bare `openai` client that sends
the same bodies and reads each answer as JSON, without a check, a store or a draft. Whole processes
are timed in turn, five times each, at 1 job once, and the least of what they took is told; the wall
times still say little where other work keeps the machine busy. `start` is what a run of one paper
takes less the latency; `ideal` is ⌈papers / jobs⌉ × latency; `one more` is what the run takes beyond
that of one paper, divided by the papers beyond it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from digestlib.llm import chat_body
from digestlib.reports import load
from digestlib.summaries import summary_request
from tests.reference_answers import REPORTS

LATENCY_S = 0.2
TURNS = 5
START = 0
"""In place of a number of jobs: a single paper."""
MODEL = "reference-answers"
JOBS = (1, 8, 32)
LOOP = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from openai import OpenAI
url, jobs, bodies = sys.argv[1], int(sys.argv[2]), json.load(open(sys.argv[3], encoding="utf-8"))
client = OpenAI(base_url=url, api_key="none")
def ask(body):
    return json.loads(client.chat.completions.create(**body).choices[0].message.content)
with ThreadPoolExecutor(jobs) as pool:
    answers = list(pool.map(ask, bodies))
json.dump(answers, open(sys.argv[4], "w", encoding="utf-8"))
"""
INSTRUCTOR = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
import instructor
from openai import OpenAI
from pydantic import BaseModel
class Summary(BaseModel, extra="allow"):
    headline: dict
    results: list[dict]
url, jobs, bodies = sys.argv[1], int(sys.argv[2]), json.load(open(sys.argv[3], encoding="utf-8"))
client = instructor.from_openai(OpenAI(base_url=url, api_key="none"), mode=instructor.Mode.JSON)
def ask(body):
    messages = body["messages"]
    made = client.chat.completions.create(model=body["model"], messages=messages, response_model=Summary)
    return made.model_dump()
with ThreadPoolExecutor(jobs) as pool:
    answers = list(pool.map(ask, bodies))
json.dump(answers, open(sys.argv[4], "w", encoding="utf-8"))
"""


class Taken(NamedTuple):
    """What a process took: seconds on the wall, and of the CPU."""

    wall: float
    cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instructor", action="store_true", help="install and time instructor too")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, endpoint() as url:
        place = Path(folder)
        (place / "bodies.json").write_text(json.dumps(bodies()), encoding="utf-8")
        (place / "one.json").write_text(json.dumps(bodies()[:1]), encoding="utf-8")
        loops = {"openai loop": [sys.executable, "-c", LOOP]}
        if wanted.instructor:
            loops["instructor"] = [instructor_in(place / "venv"), "-c", INSTRUCTOR]
        compare(url, place, loops)


def compare(url: str, place: Path, loops: dict[str, list[str]]) -> None:
    papers = len(bodies())
    papers_run(url, place, jobs=1, limit=1)  # compiles and warms what stays warm
    print(f"{papers} papers, {LATENCY_S} s an answer; load {os.getloadavg()[0]:.1f} beforehand")
    runs: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    for turn in range(TURNS):
        for name, take in takers(url, place, loops).items():
            for jobs in (START, *(JOBS if not turn else JOBS[1:])):
                runs[name, jobs].append(take(jobs))
    starts = {name: start_of(runs[name, START]) for name in ("papers", *loops)}
    for name, taken in starts.items():
        print(f"start of {name}: {taken.wall:.2f} s, {taken.cpu:.2f} s of CPU")
    print(
        f"{'':16}{'jobs':>5}{'wall s':>8}{'ideal':>8}{'(wall − start) / ideal':>24}"
        f"{'CPU ms a paper':>16}{'one more':>10}"
    )
    for jobs in JOBS:
        for name, start in starts.items():
            row(name, jobs, least(runs[name, jobs]), math.ceil(papers / jobs) * LATENCY_S, start)
    again(url, place)


def again(url: str, place: Path) -> None:
    """What was asked, and what it takes when all answers are there."""
    _, said = papers_run(url, place, jobs=JOBS[-1], store="asked.db")
    taken, second = papers_run(url, place, jobs=JOBS[-1], store="asked.db")
    print(
        f"requests a paper {said['requests'] / said['papers']:.2f}; "
        f"prompt tokens a paper {said['prompt_tokens'] / said['papers']:,.0f}"
    )
    print(f"second run of papers: {second['requests']} requests, {taken.wall:.2f} s")
    first, _ = week_run(url, place)
    taken, second = week_run(url, place)
    print(
        f"second run of a week: {second['requests']} requests, {taken.wall:.2f} s, "
        f"{taken.cpu:.2f} s of CPU; the first took {first.wall:.2f} s"
    )


def takers(url: str, place: Path, loops: dict[str, list[str]]) -> dict[str, Callable[[int], Taken]]:
    """What runs at a number of jobs, all papers or, as `START`, one."""

    def papers(jobs: int) -> Taken:
        if jobs == START:
            return papers_run(url, place, jobs=1, limit=1)[0]
        for old in place.glob(f"store-{jobs}.db*"):
            old.unlink()
        return papers_run(url, place, jobs=jobs)[0]

    def loop(command: list[str], jobs: int) -> Taken:
        return loop_run(command, url, place, jobs or 1, "bodies.json" if jobs else "one.json")

    return {"papers": papers} | {name: partial(loop, line) for name, line in loops.items()}


def row(name: str, jobs: int, taken: Taken, ideal: float, start: Taken) -> None:
    ratio = (taken.wall - start.wall) / ideal
    each = 1000 * taken.cpu / len(bodies())
    more = 1000 * (taken.cpu - start.cpu) / (len(bodies()) - 1)
    print(f"{name:16}{jobs:5}{taken.wall:8.2f}{ideal:8.2f}{ratio:24.2f}{each:16.1f}{more:10.1f}")


def start_of(runs: list[Taken]) -> Taken:
    """What a run of one answer takes besides waiting for it."""
    taken = least(runs)
    return taken._replace(wall=taken.wall - LATENCY_S)


def least(runs: list[Taken]) -> Taken:
    """What it takes where nothing else is in the way."""
    return Taken(min(run.wall for run in runs), min(run.cpu for run in runs))


def loop_run(command: list[str], url: str, place: Path, jobs: int, file: str) -> Taken:
    return timed([*command, url, str(jobs), str(place / file), str(place / "answers.json")])[0]


def papers_run(
    url: str, place: Path, *, jobs: int, limit: int | None = None, store: str | None = None
) -> tuple[Taken, dict[str, Any]]:
    kept = place / (store or f"store-{jobs}.db")
    options = ["--jobs", str(jobs), "-o", str(place / "papers.md")]
    if limit:
        kept = place / "one.db"
        kept.unlink(missing_ok=True)
        options += ["--limit", str(limit)]
    return command_run("papers", url, kept, *options)


def week_run(url: str, place: Path) -> tuple[Taken, dict[str, Any]]:
    options = ["--week", "2026-W01", "-o", str(place / "week")]
    return command_run("week", url, place / "week.db", *options)


def command_run(name: str, url: str, store: Path, *options: str) -> tuple[Taken, dict[str, Any]]:
    command = [sys.executable, "-m", "digestlib", name, str(REPORTS), "--base-url", url]
    command += ["--model", MODEL, "--store", str(store), "--json", "--quiet", *options]
    taken, out = timed(command)
    return taken, json.loads(out)


def timed(command: list[str]) -> tuple[Taken, bytes]:
    # Compiled modules are kept, as they are where a package was installed.
    kept = {name: v for name, v in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=kept)
    wall, after = time.perf_counter() - started, os.times()
    cpu = (after.children_user + after.children_system) - (
        before.children_user + before.children_system
    )
    return Taken(wall, cpu), done.stdout


@cache
def bodies() -> list[dict[str, Any]]:
    """The bodies of the 55 requests as the client sends them."""
    papers = [paper for digest in load(REPORTS) for paper in digest.papers]
    requests = [summary_request(paper) for paper in papers]
    return [chat_body(request, "json_schema", model=MODEL, options={}) for request in requests]


@contextmanager
def endpoint() -> Iterator[str]:
    """The reference answers, made beforehand, each sent after the latency, in a process apart."""
    command = [sys.executable, "-m", "benchmarks.endpoint_server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.terminate()


def instructor_in(venv: Path) -> str:
    """An environment of its own: it may want other versions than we do."""
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    python = str(venv / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "instructor"], check=True)
    return python


if __name__ == "__main__":
    main()
