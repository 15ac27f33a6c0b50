"""Record the cassettes again: from the reference answers, or from a live endpoint.

    scripts/record                        the reference server of these tests, over real HTTP
    scripts/record --live --model NAME    the endpoint of OPENAI_BASE_URL with OPENAI_API_KEY

One cassette holds the summaries of one report, one the openings of days and weeks, one the
comparison tables. A cassette is only replaced when everything in it was answered.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import digestlib as dl
from digestlib.errors import DigestError
from digestlib.models import Summary
from digestlib.periods import each_paper_once, weeks_of
from digestlib.replay import recording
from digestlib.resources import resource_dir

from .reference_answers import REPORTS, answer_to
from .reference_server import ReferenceServer

REFERENCE_MODEL = "reference-answers"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Record the cassettes again.")
    parser.add_argument(
        "--live", action="store_true", help="ask OPENAI_BASE_URL, not the reference server"
    )
    parser.add_argument("--model", default=REFERENCE_MODEL)
    parser.add_argument("--into", type=Path, default=resource_dir("cassettes"))
    parser.add_argument("--jobs", type=int, default=4)
    chosen = parser.parse_args(arguments)
    with _endpoint(live=chosen.live, model=chosen.model) as complete:
        record(complete, chosen.into, jobs=chosen.jobs)


def record(complete: dl.Complete, into: Path, *, jobs: int = 4) -> None:
    """Ask for everything that the examples need, and keep it in cassettes."""
    digests = dl.load(REPORTS)
    summaries: list[Summary] = []
    for digest in digests:
        with recording(into / f"summaries-{digest.date}.yaml"):
            found = dl.summarise([digest], complete, jobs=jobs)
            _require_all(found)
        summaries += found
    dates = sorted({digest.date for digest in digests if digest.date})
    weeks = weeks_of(dates)
    with recording(into / "roundups.yaml"):
        issues = [dl.roundup(summaries, complete, week=week) for week in weeks]
        issues += [dl.roundup(summaries, complete, day=day) for day in dates]
        for issue in issues:
            if issue.failure:
                raise DigestError(f"{issue.period}: {issue.failure}")
    with recording(into / "comparisons.yaml"):
        dl.compare(each_paper_once(summaries)[0], complete)
        for issue in issues[: len(weeks)]:
            dl.compare(issue.summaries, complete)


def _require_all(summaries: Sequence[Summary]) -> None:
    for summary in summaries:
        if summary.failure:
            raise DigestError(f"{summary.id}: {summary.failure}")


@contextmanager
def _endpoint(*, live: bool, model: str) -> Iterator[dl.Complete]:
    if live:
        with dl.connect(model) as complete:
            yield complete
        return
    with (
        ReferenceServer(answer_to) as server,
        dl.connect(model, base_url=server.url, api_key="reference") as complete,
    ):
        yield complete


if __name__ == "__main__":
    main()
