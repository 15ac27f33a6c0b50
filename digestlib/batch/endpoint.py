"""The seam to an endpoint's Files and Batches: files go up, jobs run, results come down.

Reading is retried by the openai client. A job is created in one try only: whether one that got no
reply is there all the same is found out by its metadata, so that none is ever paid for twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..addresses import public_url, usable_key, usable_url
from ..errors import EndpointUnavailable
from ..models import Frozen
from ..replies import Place, one_line, status_failure

if TYPE_CHECKING:
    from openai import OpenAI

WINDOW: Literal["24h"] = "24h"
READ_RETRIES = 5
UPLOAD_RETRIES = 1
_TIMEOUT_S = 300.0
_LATEST_JOBS = 1000
"""How far back a job is looked for."""
_ENDED = frozenset(["completed", "failed", "expired", "cancelled"])
_FULL = "limit_exceeded"
"""How the code ends with which OpenAI and Azure fail a job at once while too much is enqueued."""


class Job(Frozen):
    """A batch job as the endpoint tells of it."""

    id: str
    status: str
    output_file: str | None = None
    error_file: str | None = None
    done: int = 0
    total: int = 0
    errors: tuple[str, ...] = ()
    crowded_out: bool = False
    """Never ran, since too much was enqueued; later it may."""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in _ENDED


class BatchEndpoint:
    """The Files and Batches of one OpenAI-compatible endpoint."""

    def __init__(self, *, base_url: str | None = None, api_key: str | None = None) -> None:
        """`base_url` and `api_key` default as in the openai client."""
        self.base_url = usable_url(base_url)
        self._key = usable_key(api_key, self.base_url)
        self._place = Place("the batch's model", public_url(self.base_url))

    def upload(self, path: Path) -> str:
        """The id of the file at the endpoint."""
        with self._telling(), path.open("rb") as file:
            given = (path.name, file, "application/jsonl")
            return self._client(UPLOAD_RETRIES).files.create(file=given, purpose="batch").id

    def create(self, file_id: str, *, name: str, sha256: str) -> Job:
        """Start a job on an uploaded file, in one try."""
        with self._telling():
            return _job(
                self._client(0).batches.create(
                    input_file_id=file_id,
                    endpoint="/v1/chat/completions",
                    completion_window=WINDOW,
                    metadata=_mark(name, sha256),
                )
            )

    def find(self, *, name: str, sha256: str) -> Job | None:
        """The job on a shard, if one was ever started that could run."""
        with self._telling():
            latest = islice(self._client(READ_RETRIES).batches.list(limit=100), _LATEST_JOBS)
            jobs = (_job(batch) for batch in latest if batch.metadata == _mark(name, sha256))
            return next((job for job in jobs if not job.crowded_out), None)

    def look(self, job_id: str) -> Job:
        """The job as it stands."""
        with self._telling():
            return _job(self._client(READ_RETRIES).batches.retrieve(job_id))

    def download(self, file_id: str, target: Path) -> Path:
        """Fetch a result file, in pieces; it is there whole or not at all."""
        draft = target.with_name(f".{target.name}.part")
        try:
            with (
                self._telling(),
                self._client(READ_RETRIES).files.with_streaming_response.content(file_id) as reply,
            ):
                reply.stream_to_file(draft)
            return draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    def _client(self, retries: int) -> OpenAI:
        import openai

        return openai.OpenAI(
            api_key=self._key, base_url=self.base_url, max_retries=retries, timeout=_TIMEOUT_S
        )

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """What goes wrong on the way, in our own errors; those of openai hold the key."""
        import httpx2
        import openai

        try:
            yield
        except openai.APIStatusError as exc:
            now = dt.datetime.now(dt.UTC)
            body = exc.body if isinstance(exc.body, dict | str) else ""
            said = status_failure(exc.status_code, exc.response.headers, body, self._place, now)
            error: Exception = said.error
        except (openai.APIError, httpx2.HTTPError) as exc:
            why = one_line(str(exc.__cause__ or exc).replace(self._key, "***"))
            error = EndpointUnavailable(
                f"no answer from {self._place.url}: {why}; run the command again to go on"
            )
        else:
            return
        raise error


def _mark(name: str, sha256: str) -> dict[str, str]:
    return {"digest_shard": name, "digest_shard_sha256": sha256}


def _job(batch: Any) -> Job:
    counts = batch.request_counts
    told = batch.errors.data if batch.errors and batch.errors.data else []
    return Job(
        id=batch.id,
        status=batch.status,
        output_file=batch.output_file_id,
        error_file=batch.error_file_id,
        done=(counts.completed + counts.failed) if counts else 0,
        total=counts.total if counts else 0,
        errors=tuple(one_line(str(error.message)) for error in told),
        crowded_out=batch.status == "failed" and any(str(e.code).endswith(_FULL) for e in told),
    )
