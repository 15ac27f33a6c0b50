"""How long it takes to check the 55 example papers: `python -m benchmarks.check_speed`.

The claims of the reference answers are printed, then each claim is checked against its cited lines
and the title. A paper is all its claims, 17 on average. `cold` empties the caches before every
paper; `lines read` has the figures of the Chinese lines in the cache, as after the summary was
made; `again` is a second check of the same texts, as after a re-ask. CPU time of one core, no
warm-up besides the tables of words, which are read once.
"""

from __future__ import annotations

import statistics
import time
from itertools import groupby

from digestlib import fidelity
from digestlib.fidelity import cases
from tests.corruptions import Statement, statements
from tests.fuzz import forget


def main() -> None:
    papers = [list(group) for _, group in groupby(statements(), key=lambda s: s.paper)]
    seconds(papers[0])
    cold, read, again = [], [], []
    for paper in papers:
        forget()
        cold.append(seconds(paper))
        again.append(seconds(paper))
        forget()
        for statement in paper:
            cases.align(statement.source, "", complete=False)
        read.append(seconds(paper))
    claims = statistics.mean(map(len, papers))
    print(f"{len(papers)} papers, {claims:.1f} claims each; median (and slowest) ms a paper")
    for name, times in (("cold", cold), ("lines read", read), ("again", again)):
        print(f"{name:11} {1000 * statistics.median(times):6.1f} ({1000 * max(times):.1f})")
    print(f"{'one claim':11} {1000 * sum(cold) / len(statements()):6.2f} cold")


def seconds(paper: list[Statement]) -> float:
    start = time.process_time()
    for statement in paper:
        fidelity.check(statement.source, statement.text)
    return time.process_time() - start


if __name__ == "__main__":
    main()
