"""How long it takes to check the 55 example papers: `python -m benchmarks.check_speed`.

The claims of the reference answers are printed, then each claim is checked against its cited lines
and the title. A paper is all its claims, 17 on average. `cold` empties the caches before every
paper; `lines read` has the figures of the Chinese lines in the cache, as after the summary was
made; `again` is a second check of the same texts, as after a re-ask. Below, what the reading is of
it: the figures of all lines of a paper, of its English claims, and which stand for which. CPU time
of one core, no warm-up besides the tables of words, which are read once.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import groupby

from digestlib import fidelity
from digestlib.fidelity import cases
from digestlib.fidelity.matching import Match
from digestlib.models import PaperReport, Quantity
from digestlib.quantities import english, quantities_of
from tests.corruptions import Statement, statements
from tests.fuzz import forget
from tests.reference_answers import example_papers


def main() -> None:
    papers = [list(group) for _, group in groupby(statements(), key=lambda s: s.paper)]
    reports = example_papers()
    seconds(papers[0])
    times: dict[str, list[float]] = {}
    for paper in papers:
        for row, spent in _rows(reports[paper[0].paper], paper).items():
            times.setdefault(row, []).append(spent)
    claims = statistics.mean(map(len, papers))
    print(f"{len(papers)} papers, {claims:.1f} claims each; median (and slowest) ms a paper")
    for row, all_spent in times.items():
        print(f"{row:28} {1000 * statistics.median(all_spent):6.2f} ({1000 * max(all_spent):.2f})")
    print(f"{'one claim':28} {1000 * sum(times['cold']) / len(statements()):6.2f} cold")


def _rows(report: PaperReport, paper: list[Statement]) -> dict[str, float]:
    forget()
    rows = {"cold": seconds(paper), "again": seconds(paper)}
    forget()
    _read_sources(paper)
    rows["lines read"] = seconds(paper)
    forget()
    rows["figures of the Chinese lines"] = _spent(lambda: quantities_of(report))
    rows["figures of the English"] = _spent(lambda: [english.find(s.text) for s in paper])
    _align(paper)
    rows["matching"] = _spent(lambda: _align(paper))
    return rows


def seconds(paper: list[Statement]) -> float:
    return _spent(lambda: [fidelity.check(s.source, s.text) for s in paper])


def _read_sources(paper: list[Statement]) -> list[list[Quantity]]:
    return [cases.align(s.source, "", complete=False).source_quantities for s in paper]


def _align(paper: list[Statement]) -> list[list[Match]]:
    return [cases.align(s.source, s.text, complete=False).matches for s in paper]


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
