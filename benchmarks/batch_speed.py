"""Export, import and check of whole archives: `python -m benchmarks.batch_speed --reports 40 80`.

Each size runs in a process of its own: the reports are written, exported, answered (the reference
answers, moved to the new lines; not timed), imported, and all papers checked. Rates are papers a
second of CPU time, on one core. With `--clock`, which wants a machine that is otherwise idle, those
in brackets are papers a second by the clock, with a process for each core. The memory is the
largest that a process had. The last line says how much longer the larger archives took.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.archive import write_archive
from digestlib.batch import Engine, Standing, export_requests, import_replies, stand
from digestlib.cli.program import set_up_process
from digestlib.reports.archive import DatedFile, find_reports
from digestlib.summaries import summary_request
from tests.reference_answers import answer_to, example_papers

STAGES = ("export", "import", "check")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[40, 80])
    parser.add_argument("--no-check", action="store_true", help="leave out what takes longest")
    parser.add_argument("--clock", action="store_true", help="measure by the clock as well")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        row = measured(asked.reports[0], check=not asked.no_check, clock=asked.clock)
        print(json.dumps(row))
        return
    found: list[dict[str, Any]] = []
    print("reports  papers      export/s  import/s  import and check/s   memory   states")
    for reports in asked.reports:
        row = in_a_process(reports, check=not asked.no_check, clock=asked.clock)
        found.append(row)
        print(told(row), flush=True)
    first, last = found[0], found[-1]
    grown = last["papers"] / first["papers"]
    times = ", ".join(f"{s} {last[s] / first[s]:.2f}" for s in STAGES if first[s])
    print(f"{grown:.2f} times the papers: {times} times the CPU time")


def told(row: dict[str, Any]) -> str:
    """The line of one size."""
    papers = row["papers"]
    export, checked = f"{papers / row['export']:,.0f}", "-"
    if row["check"]:
        checked = f"{papers / (row['import'] + row['check']):,.0f}"
    if both := row["export by the clock"]:
        export += f" ({papers / both:,.0f})"
    if both := row["check by the clock"]:
        checked += f" ({papers / (row['import'] + both):,.0f})"
    return (
        f"{row['reports']:7,} {papers:7,} {export:>13} {papers / row['import']:9,.0f} {checked:>19} "
        f"{row['mb']:6,.0f} MB   {row['states']}"
    )


def in_a_process(reports: int, *, check: bool, clock: bool) -> dict[str, Any]:
    """The figures of one size."""
    command = [sys.executable, "-m", "benchmarks.batch_speed", "--one", "--reports", str(reports)]
    command += ([] if check else ["--no-check"]) + (["--clock"] if clock else [])
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def measured(reports: int, *, check: bool = True, clock: bool = False) -> dict[str, Any]:
    """Seconds of each stage, and the memory, in a process set up as the program's own is."""
    set_up_process()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_archive(folder / "reports", reports)
        found = find_reports(folder / "reports")
        alone = Stages(folder / "alone", found, 1)
        spread = Stages(folder / "spread", found, os.cpu_count() or 1)
        standing, export = timed(alone.export)
        clock_export = timed(spread.export, time.perf_counter)[1] if clock else 0.0
        answers = folder / "answers.jsonl"
        answer(alone.folder, standing, answers)
        _, imported = timed(lambda: import_replies([answers], alone.engine.store))
        if clock:
            shutil.copy(alone.engine.store, spread.engine.store)
        end, checked = timed(alone.check) if check else (standing, 0.0)
        clock_check = timed(spread.check, time.perf_counter)[1] if check and clock else 0.0
    peaks = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    mb = max(peak.ru_maxrss for peak in peaks) / 1024
    papers = sum(standing.papers.values())
    return {"reports": reports, "papers": papers, "export": export, "import": imported,
            "check": checked, "export by the clock": clock_export,
            "check by the clock": clock_check, "mb": mb, "states": end.papers}  # fmt: skip


class Stages(NamedTuple):
    """What is timed: over the reports, in some processes, with a store of its own."""

    folder: Path
    reports: list[DatedFile]
    jobs: int

    @property
    def engine(self) -> Engine:
        return Engine(store=self.folder / "runs.db", model="any", openings=())

    def export(self) -> Standing:
        self.folder.mkdir()
        return export_requests(self.reports, self.engine, self.folder, jobs=self.jobs)

    def check(self) -> Standing:
        return stand(self.reports, self.engine, jobs=self.jobs)


def timed(
    work: Callable[[], Any], clock: Callable[[], float] = time.process_time
) -> tuple[Any, float]:
    """What it gives, and the seconds it took: of CPU, or by another clock."""
    start = clock()
    return work(), clock() - start


def answer(folder: Path, standing: Standing, target: Path) -> None:
    """Write the answers to all requests of an export."""
    with target.open("w", encoding="utf-8") as file:
        for shard in standing.shards:
            with (folder / shard.name).open(encoding="utf-8", newline="\n") as lines:
                file.writelines(answered(lines))


def answered(lines: Iterator[str]) -> Iterator[str]:
    """The output line for each request."""
    for raw in lines:
        line = json.loads(raw)
        choice = {"message": {"content": moved(line["body"]["messages"][1]["content"])}}
        body = {"model": "any", "choices": [choice], "usage": {"prompt_tokens": 1}}
        reply = {"custom_id": line["custom_id"], "response": {"status_code": 200, "body": body}}
        yield json.dumps(reply, ensure_ascii=False) + "\n"


def moved(user: str) -> str:
    """The reference answer of the paper that the request was made from, at its new lines."""
    head = user.split("\n", 2)
    title, paper_id = head[1], head[0].split()[-1]
    old_line, text = originals()[title]
    shift = first_line(user) - old_line
    return json.dumps(shifted(json.loads(text), shift) | {"paper_id": paper_id}, ensure_ascii=False)


def shifted(node: Any, shift: int) -> Any:
    """An answer with every line that it cites moved."""
    if isinstance(node, list):
        return [shifted(item, shift) for item in node]
    if not isinstance(node, dict):
        return node
    moved_ = {name: shifted(value, shift) for name, value in node.items()}
    if "sources" in moved_:
        moved_["sources"] = [number + shift for number in moved_["sources"]]
    if "line" in moved_:
        moved_["line"] += shift
    return moved_


@cache
def originals() -> dict[str, tuple[int, str]]:
    """For the title line of each example: its first numbered line and its answer."""
    found = {}
    for paper in example_papers().values():
        request = summary_request(paper)
        user = request.messages[1].content
        body = {"messages": [message.model_dump() for message in request.messages]}
        found[user.split("\n", 2)[1]] = (first_line(user), answer_to(body))
    return found


def first_line(user: str) -> int:
    """The number of the first line that a request shows."""
    return int(re.search(r"^(\d+)\| ", user, re.MULTILINE)[1])  # type: ignore[index]  # each has lines


if __name__ == "__main__":
    main()
