"""The summaries of all papers of some reports, as JSON on stdout."""

import sys

import digestlib as dl

digests = dl.load(sys.argv[1] if len(sys.argv) > 1 else "examples/reports")
with dl.connect(replay="cassettes") as complete:
    summaries = dl.summarise(digests, complete)
print(dl.render_papers(summaries, "json"))
