"""How long the checks of a paper take: median over the example papers, and growth with length.

    python benchmarks/check_speed.py

Times the checks of all claims, labels and terms of a printed summary against its report, after one
warm-up round, with `time.perf_counter`; and `check` on one text repeated 1, 2 and 4 times.
"""

from __future__ import annotations

import statistics
import time

import digestlib as dl
from digestlib.checking import check_summary, cited_pairs
from digestlib.glossary import load_glossary
from digestlib.resources import resource_dir


def main() -> None:
    digests = dl.load(resource_dir("examples") / "reports")
    with dl.connect(replay="cassettes") as complete:
        summaries = dl.summarise(digests, complete)
    reports = {paper.id: paper for digest in digests for paper in digest.papers}
    glossary = load_glossary()
    whole: list[float] = []
    claims: list[float] = []
    for _ in range(2):
        whole, claims = [], []
        for summary in summaries:
            assert summary.summary
            report = reports[summary.id]
            start = time.perf_counter()
            for _, source, text in list(cited_pairs(summary.summary, report)):
                dl.check(source, text)
            middle = time.perf_counter()
            check_summary(summary.summary, summary.figures, report, glossary)
            claims.append((middle - start) * 1000)
            whole.append((time.perf_counter() - middle) * 1000)
    print(f"papers                            {len(summaries)}")
    print(
        f"claims against cited lines        {statistics.median(claims):.1f} ms median, {max(claims):.1f} ms most"
    )
    print(
        f"all checks of a printed summary   {statistics.median(whole):.1f} ms median, {max(whole):.1f} ms most"
    )
    source = "\n".join(line.text for line in digests[0].papers[0].lines)
    text = dl.render_papers(summaries[:1], "md")
    first = 0.0
    for times in (1, 2, 4):
        start = time.perf_counter()
        dl.check(source * times, text * times)
        took = time.perf_counter() - start
        first = first or took
        print(
            f"{times}× the text                       {took * 1000:.0f} ms, {took / first:.1f}× the time"
        )


if __name__ == "__main__":
    main()
