"""Shards as jobs at an endpoint: each is submitted once, whatever happens in between.

A shard's hash goes with its job as metadata, and is looked for at the endpoint before a job is
started: one whose start was not heard of, because the process or the line went down, is found.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import OutputError
from ..output import require_writable
from ..store import Store
from .endpoint import BatchEndpoint, Job
from .ledger import Ledger, Shard
from .receiving import Imported, import_replies

RESULTS = "results"

_TABLE = """
CREATE TABLE IF NOT EXISTS batch_jobs (
    shard TEXT PRIMARY KEY,
    job_id TEXT NOT NULL,
    status TEXT NOT NULL,
    fetched INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID
"""


class Submission(NamedTuple):
    """A shard, the job that runs it and where that stands."""

    shard: str
    job: Job
    fresh: bool = False
    """Started, or fetched, just now."""
    imported: Imported = Imported()


def submit_shards(folder: Path, store_path: Path, endpoint: BatchEndpoint) -> Iterator[Submission]:
    """Start a job for each shard of the folder that is out and has none yet.

    Raises `OutputError` for shards that another store exported.
    """
    with Store(store_path) as store:
        shards, jobs = Ledger(store).shards(), _Jobs(store)
        _require_own(folder, shards, store_path)
        for shard in shards:
            path = folder / shard.name
            if not shard.returned and path.is_file():
                with store.alone(f"submit {shard.name}"):
                    found = _submit(path, shard, jobs, endpoint)
                yield found


def fetch_results(
    folder: Path,
    store_path: Path,
    endpoint: BatchEndpoint,
    *,
    warn: Callable[[str], None] = lambda _: None,
) -> Iterator[Submission]:
    """Look at each job; the results of one that has ended are downloaded and imported, once.

    A job that could not run while others were enqueued is forgotten: its shard is still out.
    """
    results = folder / RESULTS
    require_writable(results)
    with Store(store_path) as store:
        ledger, jobs = Ledger(store), _Jobs(store)
        for shard, job_id in jobs.running():
            job = endpoint.look(job_id)
            jobs.note(shard, job)
            if not job.ended:
                yield Submission(shard, job)
                continue
            if job.crowded_out:
                jobs.forget(shard)
                yield Submission(shard, job, True)
                continue
            with store.alone(f"fetch {shard}"):
                if (shard, job_id) not in jobs.running():  # fetched by another one meanwhile
                    continue
                files = _download(job, results / Path(shard).stem, endpoint)
                imported = import_replies(files, store_path, warn=warn)
                ledger.release(shard)
                jobs.finish(shard)
            yield Submission(shard, job, True, imported)


def still_running(store: Store) -> list[str]:
    """What is paid for twice if its requests leave once more: a line for each job not fetched."""
    return [f"{shard} runs as {job_id}" for shard, job_id in _Jobs(store).running()]


def _require_own(folder: Path, shards: Sequence[Shard], store_path: Path) -> None:
    there = {path.name for path in folder.glob("round-*.jsonl")}
    if there and not there & {shard.name for shard in shards}:
        raise OutputError(
            f"{folder}: {store_path} did not export these shards; name the --store that did"
        )


def _submit(path: Path, shard: Shard, jobs: _Jobs, endpoint: BatchEndpoint) -> Submission:
    """The job that is known, or that an earlier try left at the endpoint, or else a new one."""
    if known := jobs.job_of(shard.name):
        return Submission(shard.name, known)
    if _sha256(path) != shard.sha256:
        raise OutputError(
            f"{path}: is not as this store exported it; name the --store that did, "
            "or export again with --again"
        )
    found = endpoint.find(name=shard.name, sha256=shard.sha256)
    job = found or endpoint.create(endpoint.upload(path), name=shard.name, sha256=shard.sha256)
    jobs.note(shard.name, job)
    return Submission(shard.name, job, fresh=found is None)


def _download(job: Job, stem: Path, endpoint: BatchEndpoint) -> list[Path]:
    files = {"output": job.output_file, "errors": job.error_file}
    return [
        endpoint.download(file_id, stem.with_name(f"{stem.name}-{kind}.jsonl"))
        for kind, file_id in files.items()
        if file_id
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Jobs:
    """The table of jobs: which shard runs as which."""

    def __init__(self, store: Store) -> None:
        self._store = store
        store.write(_TABLE)

    def job_of(self, shard: str) -> Job | None:
        query = "SELECT job_id, status FROM batch_jobs WHERE shard = ?"
        rows = self._store.rows(query, (shard,))
        return Job(id=rows[0]["job_id"], status=rows[0]["status"]) if rows else None

    def running(self) -> list[tuple[str, str]]:
        query = "SELECT shard, job_id FROM batch_jobs WHERE NOT fetched"
        return [
            (row["shard"], row["job_id"]) for row in self._store.rows(f"{query} ORDER BY shard")
        ]

    def note(self, shard: str, job: Job) -> None:
        statement = """INSERT INTO batch_jobs (shard, job_id, status) VALUES (?, ?, ?)
            ON CONFLICT (shard) DO UPDATE SET job_id = excluded.job_id, status = excluded.status"""
        self._store.write(statement, (shard, job.id, job.status))

    def forget(self, shard: str) -> None:
        self._store.write("DELETE FROM batch_jobs WHERE shard = ?", (shard,))

    def finish(self, shard: str) -> None:
        self._store.write("UPDATE batch_jobs SET fetched = 1 WHERE shard = ?", (shard,))
