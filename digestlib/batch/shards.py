"""Batch files: requests as JSON lines, cut into shards that engines take, and their manifest."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ..errors import OutputError
from ..output import require_writable, write_file
from .ledger import Asked, Ledger, Shard
from .replies import COPY
from .survey import Exported

MANIFEST = "manifest.json"
_DRAFT = ".{}.jsonl.part"
_NOTE_EVERY = 500
"""Requests that are noted in one commit."""
_BUFFER_BYTES = 1_000_000
_BEARABLE_LOSS = 0.01
"""Copies are made until no more than this share of the late requests is expected to get lost."""


class Limits(NamedTuple):
    """How large a shard may become; by default what OpenAI's Batch API takes in one file."""

    lines: int = 50_000
    bytes: int = 200_000_000


OPENAI_LIMITS = Limits()


def copies_for(loss: float, most: int) -> int:
    """In how many copies a late request leaves an engine that loses this share of its lines."""
    if loss <= _BEARABLE_LOSS:
        return 1
    enough = math.ceil(math.log(_BEARABLE_LOSS) / math.log(loss)) if loss < 1 else most
    return min(most, enough)


def write_shards(
    exported: Iterable[Exported],
    folder: Path,
    ledger: Ledger,
    limits: Limits = OPENAI_LIMITS,
    *,
    copies: int = 1,
) -> list[Shard]:
    """Write one round of requests, late ones in copies; a shard appears whole or not at all."""
    require_writable(folder)
    killed = (folder / name for name in ledger.unfinished())  # named, and not yet noted
    for left in (*folder.glob(_DRAFT.format("round-*")), *killed):
        left.unlink(missing_ok=True)
    number = max((shard.round for shard in ledger.shards()), default=0) + 1
    queue = _Queue(_lines(_once(exported), copies))
    shards: list[Shard] = []
    while queue.head:
        path = folder / f"round-{number}-{len(shards) + 1:03d}.jsonl"
        shards.append(_write_shard(path, number, queue, ledger, limits))
    return shards


def write_manifest(folder: Path, ledger: Ledger, *, model: str) -> Path:
    """List all shards that left so far, with what identifies them."""
    listed = [shard._asdict() for shard in ledger.shards()]
    document = {"schema_version": "1", "model": model, "shards": listed}
    return write_file(folder / MANIFEST, json.dumps(document, indent=2) + "\n")


class _Line(NamedTuple):
    """A line of a shard, and the request to note for it; a copy is noted with its original."""

    data: bytes
    asked: Asked | None


class _Queue:
    """What is still to be written; the head can be looked at before it is taken."""

    def __init__(self, items: Iterator[_Line]) -> None:
        self._items = items
        self.head = next(items, None)

    def take(self) -> _Line:
        """The head, which the next one replaces."""
        assert self.head
        taken, self.head = self.head, next(self._items, None)
        return taken


def _once(exported: Iterable[Exported]) -> Iterator[Exported]:
    seen: set[bytes] = set()
    for item in exported:
        key = bytes.fromhex(item.asked.key)
        if key not in seen:
            seen.add(key)
            yield item


def _lines(exported: Iterable[Exported], copies: int) -> Iterator[_Line]:
    for item in exported:
        yield _Line(item.line, item.asked)
        key = item.asked.key.encode()
        for number in range(2, copies + 1 if item.late else 2):
            copy = f"{item.asked.key}{COPY}{number}".encode()
            yield _Line(item.line.replace(key, copy, 1), None)


def _write_shard(path: Path, number: int, queue: _Queue, ledger: Ledger, limits: Limits) -> Shard:
    if path.exists():
        raise OutputError(
            f"{path}: is there already, from another store or an export that was cut short; "
            "choose another folder with -o, or remove it"
        )
    draft = path.with_name(_DRAFT.format(path.stem))
    try:
        shard = _fill(draft, path.name, number, queue, ledger, limits)
        draft.replace(path)
    except OSError as exc:
        raise OutputError(f"{path}: cannot be written ({exc.strerror})") from exc
    finally:
        draft.unlink(missing_ok=True)
    ledger.note_shard(shard)
    return shard


def _fill(
    draft: Path, name: str, number: int, queue: _Queue, ledger: Ledger, limits: Limits
) -> Shard:
    digest, lines, size = hashlib.sha256(), 0, 0
    noted: list[Asked] = []
    with draft.open("wb", buffering=_BUFFER_BYTES) as file:
        while queue.head:
            data = queue.head.data
            if lines and (lines >= limits.lines or size + len(data) > limits.bytes):
                break
            if asked := queue.take().asked:
                noted.append(asked)
            file.write(data)
            digest.update(data)
            lines, size = lines + 1, size + len(data)
            if len(noted) >= _NOTE_EVERY:
                ledger.note_requests(noted, name)
                noted.clear()
        ledger.note_requests(noted, name)
        file.flush()
        os.fsync(file.fileno())
    return Shard(name, number, lines, size, digest.hexdigest())
