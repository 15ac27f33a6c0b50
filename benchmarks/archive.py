"""An archive of any size, made from the example reports: fresh ids and figures, the same each time.

Each report has a date of its own, `per_report` papers that are drawn from the examples, an arXiv id
that occurs nowhere else, and figures with other digits, so that nothing can be answered twice from
one cache. The reference answers still fit: they point at figures, of which there are as many. `python -m benchmarks.archive DIR --reports 40` writes one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from digestlib.reports import load

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
FIRST_DAY = dt.date(2015, 1, 1)
PER_REPORT = 25
_FIGURE = re.compile(
    r"(?<![\w.\-/])\d+(?:\.\d+)?(?=\s?(?:%|万|亿|倍|个|步|FPS|GB|ms|秒)(?!\s?[-–~至到]\s?\d))"
)
"""The lower end of a range stays: above the upper one it would be a figure of its own."""


def write_archive(folder: Path, reports: int, *, per_report: int = PER_REPORT) -> None:
    """Write that many reports, `2015-01-01.md` and on."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(reports):
        day = FIRST_DAY + dt.timedelta(days=number)
        text = report(day, per_report=per_report)
        (folder / f"{day}.md").write_text(text, encoding="utf-8")


def report(day: dt.date, *, per_report: int = PER_REPORT) -> str:
    """The report of a day."""
    chance = random.Random(day.toordinal())
    head = f"# Hugging Face Daily Papers Report\n**Date**: {day}\n**Source URL**: https://huggingface.co/papers/date/{day}\n\n"
    return head + "".join(_papers(day, chance, per_report))


def _papers(day: dt.date, chance: random.Random, count: int) -> Iterator[str]:
    for index, (old_id, text) in enumerate(chance.choices(_examples(), k=count)):
        fresh = f"{day:%y%m}.{100 * day.day + index:05d}"
        yield _FIGURE.sub(lambda match: _other(match[0], chance), text.replace(old_id, fresh))


def _other(figure: str, chance: random.Random) -> str:
    """A figure of the same shape."""
    return re.sub(r"[1-9]", lambda _: str(chance.randint(1, 9)), figure)


@cache
def _examples() -> tuple[tuple[str, str], ...]:
    """The papers of the examples: id and text."""
    papers = [paper for digest in load(EXAMPLES) for paper in digest.papers]
    return tuple(
        (paper.id, "\n".join(line.text for line in paper.lines) + "\n") for paper in papers
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=40)
    asked = parser.parse_args()
    write_archive(asked.folder, asked.reports)


if __name__ == "__main__":
    main()
