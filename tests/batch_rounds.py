"""How many rounds the stand-in engine at its worst takes: `python -m tests.batch_rounds --seeds 30`.

Each round loses about 15% of the lines and the first also half a shard. Fails where that takes more
than four rounds, or where not all 55 papers and 5 openings are verified in the end.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from digestlib.batch import COPIES, stand
from digestlib.reports.archive import find_reports

from .reference_answers import REPORTS
from .test_batch import engine, round_trip

MOST_ROUNDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--copies", type=int, default=COPIES)
    asked = parser.parse_args()
    failed = []
    for seed in range(asked.seeds):
        with tempfile.TemporaryDirectory() as name:
            rounds = round_trip(Path(name), seed, copies=asked.copies, retries=9)
            found = stand(find_reports(REPORTS), engine(Path(name), retries=9))
        print(f"seed {seed}: {rounds} rounds, papers {found.papers}, openings {found.openings}")
        whole = (found.papers, found.openings) == ({"verified": 55}, {"verified": 5})
        if rounds > MOST_ROUNDS or not whole:
            failed.append(seed)
    if failed:
        sys.exit(f"not done in {MOST_ROUNDS} rounds: seeds {failed}")


if __name__ == "__main__":
    main()
