"""Every benchmark that two or more papers report, as CSV with the source line of each value."""

import csv
import sys

import digestlib as dl

digests = dl.load(sys.argv[1] if len(sys.argv) > 1 else "examples/reports")
with dl.connect(replay="cassettes") as complete:
    summaries = dl.summarise(digests, complete)

writer = csv.writer(sys.stdout)
writer.writerow(
    ["benchmark", "paper", "system", "metric", "value", "against", "note", "source line"]
)
for table in dl.compare(summaries):
    for row in table.rows:
        system, metric, value, against, note = row.cells
        lines = " ".join(map(str, value.lines))
        cells = (system.text, metric.text, value.text, against.text, note.text)
        writer.writerow([table.title, row.paper_id, *cells, lines])
