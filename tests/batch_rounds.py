"""How many rounds the stand-in engine at its worst takes: `python -m tests.batch_rounds --seeds 10`.

Each round loses about 15% of the lines and the first also half a shard, so the number is luck; the
55 papers and 5 openings must all be there in the end.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from digestlib.batch import COPIES, stand
from digestlib.reports.archive import find_reports

from .reference_answers import REPORTS
from .test_batch import engine, round_trip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--copies", type=int, default=COPIES)
    asked = parser.parse_args()
    for seed in range(asked.seeds):
        with tempfile.TemporaryDirectory() as name:
            rounds = round_trip(Path(name), seed, copies=asked.copies, retries=9)
            found = stand(find_reports(REPORTS), engine(Path(name), retries=9))
        print(f"seed {seed}: {rounds} rounds, papers {found.papers}, openings {found.openings}")


if __name__ == "__main__":
    main()
