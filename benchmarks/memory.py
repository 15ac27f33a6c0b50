"""Memory of whole commands over archives: `python -m benchmarks.memory --reports 10 100 1000`.

Each command runs over made archives of these sizes, in a process of its own; the largest memory that
it had is printed, and how much longer than the smallest archive the largest took, for each report.
The store has an answer to every paper (the reference answers, moved to the new lines); `batch export`
has one without any.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.archive import FIRST_DAY, write_archive
from benchmarks.batch_speed import answer
from digestlib.batch import Engine, export_requests, import_replies
from digestlib.reports.archive import find_reports

OFFLINE = ("--model", "any", "--offline", "-q")
LAST = f"{FIRST_DAY.isocalendar()[0]}-W{FIRST_DAY.isocalendar()[1]:02d}"
COMMANDS = {
    "parse --json": ("parse", "reports", "--json"),
    "plan": ("plan", "reports", "--model", "any"),
    "batch export": (
        "batch",
        "export",
        "reports",
        "--model",
        "any",
        "--processes",
        "1",
        "--store",
        "new.db",
        "-o",
        "new",
    ),
    "batch status": ("batch", "status", "reports", "--model", "any", "--processes", "1"),
    "week, of one week": ("week", "reports", "--week", LAST, *OFFLINE),
    "week, of all": ("week", "reports", "--from", str(FIRST_DAY), *OFFLINE),
    "trends": ("trends", "reports", *OFFLINE),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / str(reports) for reports in asked.reports]
        for folder, reports in zip(folders, asked.reports, strict=True):
            prepare(folder, reports)
        print("peak memory in MB over reports:", *(f"{reports:6,}" for reports in asked.reports))
        for command in asked.only:
            found = [peak(folder, COMMANDS[command]) for folder in folders]
            memory = " ".join(f"{mb:6.0f}" for mb, _ in found)
            each = [s / reports for (_, s), reports in zip(found, asked.reports, strict=True)]
            print(
                f"{command:30} {memory}   {each[-1] / each[0]:.2f} × the CPU time a report",
                flush=True,
            )


def prepare(folder: Path, reports: int) -> None:
    """An archive and a store with its answers, under their default names."""
    write_archive(folder / "reports", reports)
    engine = Engine(store=folder / "digest.db", model="any", openings=())
    standing = export_requests(find_reports(folder / "reports"), engine, folder / "batch")
    answer(folder / "batch", standing, folder / "answers.jsonl")
    import_replies([folder / "answers.jsonl"], engine.store)


def peak(folder: Path, arguments: tuple[str, ...]) -> tuple[float, float]:
    """The largest memory of a command, in MB, and its CPU seconds."""
    command = [sys.executable, "-m", "digestlib", *arguments]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    null = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=null, stderr=null) as child:
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
