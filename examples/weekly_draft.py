"""The draft of one week's newsletter, as Markdown on stdout."""

import sys

import digestlib as dl

digests = dl.load(sys.argv[1] if len(sys.argv) > 1 else "examples/reports")
week = [digest for digest in digests if digest.date.isocalendar()[:2] == (2026, 1)]
with dl.connect(replay="cassettes") as complete:
    summaries = dl.summarise(week, complete, jobs=8)
    issue = dl.roundup(summaries, complete, week="2026-W01")
print(dl.render(issue, "md"))
