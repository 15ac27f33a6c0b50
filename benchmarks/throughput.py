"""How fast reports are parsed and papers checked, and in how much memory: `python -m benchmarks.throughput`.

Each size runs in a process of its own. Made reports of 25 papers are parsed one after another, and
after each all claims of one example paper are checked, the 55 papers in turn. Rates are of CPU time
on one core; the memory is the largest that the process had, of which the first row is the start.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import time
from itertools import cycle, groupby, islice
from typing import NamedTuple

from benchmarks.archive import FIRST_DAY, report
from digestlib import check, parse_digest
from tests.corruptions import statements


class Measured(NamedTuple):
    """What so many reports took: seconds of CPU time, and the largest memory in MB."""

    reports: int
    bytes: int
    parsing: float
    checking: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, nargs="+", default=[1, 10, 100, 1000])
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.reports[0])))
        return
    print("reports   parsed MB/s   reports/s   checked papers/s   memory MB")
    for reports in asked.reports:
        row = in_a_process(reports)
        print(
            f"{row.reports:7,}{row.bytes / 1e6 / row.parsing:14.1f}{row.reports / row.parsing:12.0f}"
            f"{row.reports / row.checking:19.0f}{row.memory:12.0f}",
            flush=True,
        )


def measured(reports: int) -> Measured:
    """Parse that many reports, and check a paper after each."""
    papers = [list(claims) for _, claims in groupby(statements(), key=lambda claim: claim.paper)]
    size, parsing, checking = 0, 0.0, 0.0
    for number, paper in enumerate(islice(cycle(papers), reports)):
        text = report(FIRST_DAY + dt.timedelta(days=number))
        size += len(text.encode())
        start = time.process_time()
        parse_digest(text)
        parsed = time.process_time()
        for claim in paper:
            check(claim.source, claim.text)
        checking += time.process_time() - parsed
        parsing += parsed - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(reports, size, parsing, checking, memory)


def in_a_process(reports: int) -> Measured:
    """The same, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.throughput", "--one", "--reports", str(reports)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(*json.loads(done.stdout))


if __name__ == "__main__":
    main()
