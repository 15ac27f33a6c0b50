"""Work for batch engines: requests leave as JSON lines, answers come back into the same store.

    export_requests → shards → OpenAI's Batch API, `vllm run-batch`, … → import_replies → export again

until nothing is missing; then `week`, `day` and `papers` find every answer in the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from ..models import Frozen
from ..processes import spread
from ..reports.archive import DatedFile, by_week
from ..reports.files import STDIN
from ..store import Store
from .endpoint import BatchEndpoint
from .jobs import Submission, fetch_results, still_running, submit_shards
from .ledger import COPIES, RETRIES, Ledger, Shard
from .receiving import Imported, import_replies
from .shards import OPENAI_LIMITS, Limits, copies_for, write_manifest, write_shards
from .survey import Engine, Exported, Opening, Survey, survey

__all__ = [
    "COPIES",
    "RETRIES",
    "BatchEndpoint",
    "Engine",
    "Imported",
    "Limits",
    "Opening",
    "Standing",
    "Submission",
    "export_requests",
    "fetch_results",
    "import_replies",
    "stand",
    "submit_shards",
]

_WEEKS_FOR_A_POOL = 4


class Standing(Frozen):
    """Where everything stands: papers and openings by what has become of them."""

    papers: dict[str, int]
    openings: dict[str, int]
    failures: tuple[tuple[str, str], ...] = ()
    to_export: int = 0
    """Requests that the next export writes."""
    shards: tuple[Shard, ...] = ()
    """Written by this export; for a status, all."""

    @property
    def done(self) -> bool:
        """Whether no request is missing any more."""
        pending = {"to_ask", "to_retry", "to_reask", "out", "not_yet"}
        return not pending & {*self.papers, *self.openings}


def export_requests(
    reports: Iterable[DatedFile],
    engine: Engine,
    folder: Path,
    *,
    limits: Limits = OPENAI_LIMITS,
    release: bool = False,
    jobs: int = 1,
    warn: Callable[[str], None] = lambda _: None,
) -> Standing:
    """Write every request without an answer into shards; those that are out stay out.

    With `release` what is out is as if it had not left, with a warning for each job that still
    runs at an endpoint, as its answers cost too. A week at a time is in memory; of two
    exports on one store one waits for the other.
    """
    with Store(engine.store) as store, store.alone("batch export"):
        ledger = Ledger(store)
        if release:
            for each in still_running(store):
                warn(f"{each}, and what it answers is paid for too: fetch it first, or cancel it")
            ledger.take_back()
        copies = copies_for(ledger.loss(), engine.copies)
        tally = _Tally()
        missing = tally.missing(_surveys(reports, engine, jobs))
        shards = write_shards(missing, folder, ledger, limits, copies=copies)
        write_manifest(folder, ledger, model=engine.model)
        return tally.standing(shards)


def stand(reports: Iterable[DatedFile], engine: Engine, *, jobs: int = 1) -> Standing:
    """Where everything stands; nothing is exported."""
    with Store(engine.store) as store:
        shards = Ledger(store).shards()
    tally = _Tally()
    for _ in tally.missing(_surveys(reports, engine, jobs)):
        pass
    return tally.standing(shards)


class _Tally:
    """Adds up the surveys of the weeks while their requests go by."""

    def __init__(self) -> None:
        self._papers: Counter[str] = Counter()
        self._openings: Counter[str] = Counter()
        self._failures: list[tuple[str, str]] = []
        self._missing = 0

    def missing(self, surveys: Iterable[Survey]) -> Iterator[Exported]:
        for found in surveys:
            self._papers += found.papers
            self._openings += found.openings
            self._failures += found.failures
            self._missing += len(found.missing)
            yield from found.missing

    def standing(self, shards: Sequence[Shard]) -> Standing:
        return Standing(
            papers=dict(sorted(self._papers.items())),
            openings=dict(sorted(self._openings.items())),
            failures=tuple(self._failures),
            to_export=self._missing,
            shards=tuple(shards),
        )


def _surveys(reports: Iterable[DatedFile], engine: Engine, jobs: int) -> Iterator[Survey]:
    """The survey of each week, in order; with several processes where there is enough to do."""
    weeks = [files for _, files in by_week(reports)]
    shared = len(weeks) >= _WEEKS_FOR_A_POOL and not any(STDIN in files for files in weeks)
    return spread(partial(survey, engine=engine), weeks, jobs=jobs if shared else 1)
