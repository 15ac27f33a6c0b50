"""Every benchmark that two or more papers report, as CSV with the source line of each cell."""

import sys

import digestlib as dl
from digestlib.drafts.tables import render_comparisons

digests = dl.load(sys.argv[1] if len(sys.argv) > 1 else "examples/reports")
with dl.connect(replay="cassettes") as complete:
    summaries = dl.summarise(digests, complete)

tables = [table for table in dl.compare(summaries, digests=digests) if table.kind == "benchmark"]
sys.stdout.write(render_comparisons(tables, summaries, "csv"))
