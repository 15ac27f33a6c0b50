"""The store: every answer once, in SQLite; also the log and the bill.

An answer is committed before the caller sees it, so a process may be killed at any moment and
the next run asks nothing twice. Keys are never stored. The two tables, `answers` and `runs`,
are meant to be read: `sqlite3 runs.db 'select * from runs'`.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from .errors import StoreError
from .llm import Complete, Request, Response, canonical, canonical_json, request_key

APPLICATION_ID = 0x44494745  # "DIGE": tells our files from other SQLite files
SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 30.0

_SCHEMA = """
CREATE TABLE answers (
    request_key TEXT PRIMARY KEY,
    created TEXT NOT NULL,
    prompt TEXT NOT NULL,
    subject TEXT NOT NULL,
    asked_model TEXT NOT NULL,
    model TEXT NOT NULL,
    messages TEXT NOT NULL,
    answer TEXT NOT NULL,
    finish_reason TEXT NOT NULL,
    refusal TEXT,
    mode TEXT NOT NULL,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    cached_tokens INTEGER
) WITHOUT ROWID;
CREATE INDEX answers_by_subject ON answers (subject, prompt);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    command TEXT NOT NULL,
    model TEXT NOT NULL,
    papers INTEGER,
    verified INTEGER,
    flagged INTEGER,
    failed INTEGER,
    requests INTEGER,
    cached INTEGER,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    cost_usd TEXT
);
"""
_ANSWER_COLUMNS = (
    "answer AS text, model, finish_reason, refusal, mode,"
    " prompt_tokens, completion_tokens, cached_tokens, request_key"
)


_COUNTS = frozenset(
    [
        "papers",
        "verified",
        "flagged",
        "failed",
        "requests",
        "cached",
        "prompt_tokens",
        "completion_tokens",
        "cost_usd",
    ]
)

Values = Sequence[object] | Mapping[str, object]
"""What goes into the marks of a statement."""


class Store:
    """One SQLite file of answers and runs; threads and processes may share it."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Opens the file, or makes one that only its owner can read; raises `StoreError`."""
        self.path = Path(path)
        self._clock = clock
        self._lock = threading.RLock()
        with self._telling():
            self._db = _opened(self.path)
        try:
            with self._telling():
                _migrate(self._db, self.path)
        except StoreError:
            self._db.close()
            raise

    def wrap(
        self,
        complete: Complete,
        *,
        model: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Complete:
        """A `Complete` that looks an answer up, else asks and commits it before returning.

        The key of a request needs the model and options of `complete`, which a `ChatClient`
        has; for a plain function they may be given.
        """
        asked = model if model is not None else getattr(complete, "model", "")
        given = options if options is not None else getattr(complete, "options", {})
        extras = MappingProxyType(dict(given))

        def stored(request: Request) -> Response:
            key = request_key(canonical(request, model=asked, options=extras), request.prompt)
            found = None if request.fresh else self.get(key)
            if found is not None:
                return found
            response = complete(request).model_copy(update={"request_key": key})
            self.put(request, response, asked_model=asked)
            return response

        return stored

    def get(self, key: str) -> Response | None:
        """The stored answer to the request with that key."""
        query = f"SELECT {_ANSWER_COLUMNS} FROM answers WHERE request_key = ?"
        row = self._one(query, (key,))
        return None if row is None else Response(**dict(row), cached=True)

    def put(self, request: Request, response: Response, *, asked_model: str = "") -> None:
        """Commit an answer; the first answer to a request stays, unless a fresh one was wanted."""
        values = {
            "request_key": response.request_key,
            "created": self._now(),
            "prompt": request.prompt,
            "subject": request.subject,
            "asked_model": asked_model or response.model,
            "messages": canonical_json([message.model_dump() for message in request.messages]),
            "answer": response.text,
        } | response.model_dump(exclude={"text", "request_key", "cached"})
        marks = ", ".join(f":{name}" for name in values)
        otherwise = "REPLACE" if request.fresh else "IGNORE"
        self._write(
            f"INSERT OR {otherwise} INTO answers ({', '.join(values)}) VALUES ({marks})", values
        )

    def __contains__(self, key: str) -> bool:
        return self._one("SELECT 1 FROM answers WHERE request_key = ?", (key,)) is not None

    def count(self) -> int:
        """How many answers there are."""
        row = self._one("SELECT count(*) FROM answers", ())
        return int(row[0]) if row else 0

    def forget(self, key: str) -> bool:
        """Remove an answer, so that the next run asks again; False when there was none."""
        return self._write("DELETE FROM answers WHERE request_key = ?", (key,)).rowcount > 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written meanwhile is committed as one, or not at all."""
        with self._lock:
            self._write("BEGIN IMMEDIATE", ())
            try:
                yield
            except BaseException:
                self._write("ROLLBACK", ())
                raise
            self._write("COMMIT", ())

    def rows(self, query: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows of a query, for tables that others keep in the same file."""
        with self._lock, self._telling():
            return self._db.execute(query, values).fetchall()

    def write(self, statement: str, values: Values = ()) -> int:
        """Run a statement on such a table; returns how many rows it touched."""
        return self._write(statement, values).rowcount

    def begin_run(self, command: str, *, model: str = "") -> int:
        """Note that a command starts; returns the id of the run."""
        query = "INSERT INTO runs (started, command, model) VALUES (?, ?, ?)"
        return int(self._write(query, (self._now(), command, model)).lastrowid or 0)

    def end_run(self, run: int, **counts: float | Decimal | None) -> None:
        """Note what a run came to: papers, verified, …, cost_usd (None: price unknown)."""
        unknown = set(counts) - _COUNTS
        if unknown:
            raise ValueError(f"no such count: {', '.join(sorted(unknown))}")
        values = {name: str(n) if isinstance(n, Decimal) else n for name, n in counts.items()}
        sets = ", ".join(f"{name} = :{name}" for name in ("finished", *values))
        self._write(
            f"UPDATE runs SET {sets} WHERE id = :id",
            {**values, "finished": self._now(), "id": run},
        )

    def runs(self) -> list[dict[str, Any]]:
        """All runs, the latest first; one without `finished` was cut short."""
        with self._lock, self._telling():
            rows = self._db.execute("SELECT * FROM runs ORDER BY id DESC").fetchall()
        return [dict(row) for row in rows]

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        with self._lock:
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _one(self, query: str, values: tuple[str, ...]) -> Any:
        with self._lock, self._telling():
            return self._db.execute(query, values).fetchone()

    def _write(self, query: str, values: Any) -> sqlite3.Cursor:
        with self._lock, self._telling():
            return self._db.execute(query, values)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """SQLite's errors, said with the file and what to do."""
        try:
            yield
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(f"{self.path}: {exc}; repair it or name another --store") from exc


def _opened(path: Path) -> sqlite3.Connection:
    # Made here rather than by SQLite, which would let others read it; -wal and -shm follow suit.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    db = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    db.row_factory = sqlite3.Row
    return db


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new file; refuse a newer one and one that is not ours."""
    known = _is_ours(db, path)
    # "Locked" here means that another opener switches at this moment; the mode is the file's.
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    if known:
        return
    db.execute("BEGIN IMMEDIATE")
    if not _is_ours(db, path):
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.execute("COMMIT")


def _is_ours(db: sqlite3.Connection, path: Path) -> bool:
    """False for an empty file; raises `StoreError` for what we must not touch."""
    # One statement, so that a store which is just being made is seen whole or not at all.
    owner, version, tables = db.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if owner != APPLICATION_ID and (version or tables):
        raise StoreError(f"{path}: not a store of ours but another database; name another --store")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: made by a newer digestlib (store version {version}, this one knows "
            f"{SCHEMA_VERSION}); upgrade digestlib or name another --store"
        )
    return bool(version == SCHEMA_VERSION)
