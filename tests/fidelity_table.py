"""Catch rates per type of error and false alarms on the development cases.

Run `python -m tests.fidelity_table` for the table, `-v` for what went wrong. `dev_cases` were given,
`own_cases` hold translations of lines of the example reports and made-up lines, with errors of
mixed types.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from digestlib.fidelity import check

DATA = Path(__file__).parent / "data"
CASES = DATA / "dev_cases.jsonl"
OWN_CASES = DATA / "own_cases.jsonl"


class Rates(NamedTuple):
    seen: Counter[str]
    caught: Counter[str]
    faithful: int
    alarms: list[str]
    misses: list[str]

    def rate(self, *types: str) -> float:
        """The share of errors of these types that a person is shown."""
        return sum(self.caught[t] for t in types) / sum(self.seen[t] for t in types)


def alarming(source: str, text: str) -> list[str]:
    found = check(source, text, complete=True)
    return [f"{f.rule}: {f.message}" for f in found if f.severity != "minor"]


def measure(path: Path = CASES) -> Rates:
    seen: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    faithful, alarms, misses = 0, [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        for text in case["en_ok"]:
            faithful += 1
            if found := alarming(case["zh"], text):
                alarms.append(f"{case['id']} {case['zh']}\n    {text}\n    {found}")
        for text, kind in zip(case["en_bad"], case["bad_types"], strict=True):
            seen[kind] += 1
            if alarming(case["zh"], text):
                caught[kind] += 1
            else:
                misses.append(f"{case['id']} {kind}: {case['zh']}\n    {text}")
    return Rates(seen, caught, faithful, alarms, misses)


def main() -> None:
    rates = measure(Path(sys.argv[-1]) if sys.argv[-1].endswith(".jsonl") else CASES)
    for kind, count in rates.seen.most_common():
        print(f"{kind:10} {rates.caught[kind]:4} of {count:4}")
    print(f"{'all':10} {sum(rates.caught.values()):4} of {sum(rates.seen.values()):4}")
    print(f"false alarms {len(rates.alarms)} of {rates.faithful}")
    if "-v" in sys.argv:
        print(*rates.alarms, "", *rates.misses, sep="\n")


if __name__ == "__main__":
    main()
