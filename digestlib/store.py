"""The store: every answer once, in SQLite; also the log and the bill.

An answer is committed before the caller sees it, so a process may be killed at any moment and
the next run asks nothing twice; nor do two runs at once. Keys are never stored.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from .claims import Claims
from .errors import StoreError
from .llm import Complete, Request, Response, canonical, messages_json, request_key
from .schema import migrate

BUSY_TIMEOUT_S = 30.0

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
        "unanswered",
        "prompt_tokens",
        "completion_tokens",
        "cost_usd",
    ]
)

Values = Sequence[object] | Mapping[str, object]
"""What goes into the marks of a statement."""


@dataclass(eq=False)
class _Row:
    """One that is to be written."""

    statement: str
    values: Values
    is_kept: bool = False


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
        self._lock, self._telling = threading.RLock(), _Telling(self.path)
        self._waiting: deque[_Row] = deque()
        with self._telling:
            self._db = _opened(self.path)
        try:
            with self._telling:
                migrate(self._db, self.path)
        except StoreError:
            self._db.close()
            raise
        self._claims = Claims(self.path)

    def wrap(
        self,
        complete: Complete,
        *,
        model: str | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Complete:
        """A `Complete` that looks an answer up, else asks and commits it before returning.

        What another process with this store is asking is waited for instead of asked as well.
        The key of a request needs the model and options of `complete`, which a `ChatClient`
        has; for a plain function they may be given.
        """
        asked = model if model is not None else getattr(complete, "model", "")
        given = options if options is not None else getattr(complete, "options", {})
        extras = MappingProxyType(dict(given))

        def stored(request: Request) -> Response:
            key = request_key(canonical(request, model=asked, options=extras), request.prompt)
            found = known(key, request)
            if found is not None:
                return found
            with self._claims.on(key):
                found = known(key, request)
                if found is not None:
                    return found
                response = complete(request).model_copy(update={"request_key": key})
                self.put(request, response, asked_model=asked)
                return response

        def known(key: str, request: Request) -> Response | None:
            return None if request.fresh else self.get(key)

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
            "messages": messages_json(message.model_dump() for message in request.messages),
            "answer": response.text,
        } | response.model_dump(exclude={"text", "request_key", "cached"})
        marks = ", ".join(f":{name}" for name in values)
        otherwise = "REPLACE" if request.fresh else "IGNORE"
        columns = ", ".join(values)
        self._keep(_Row(f"INSERT OR {otherwise} INTO answers ({columns}) VALUES ({marks})", values))

    def __contains__(self, key: object) -> bool:
        return self._one("SELECT 1 FROM answers WHERE request_key = ?", (key,)) is not None

    def count(self) -> int:
        """How many answers there are."""
        row = self._one("SELECT count(*) FROM answers", ())
        return int(row[0]) if row else 0

    def has_asked(self, model: str) -> bool:
        """Whether there is an answer that this model was asked for."""
        return (
            self._one("SELECT 1 FROM answers WHERE asked_model = ? LIMIT 1", (model,)) is not None
        )

    def forget(self, key: str) -> bool:
        """Remove an answer, so that the next run asks again; False when there was none."""
        return self._write("DELETE FROM answers WHERE request_key = ?", (key,)).rowcount > 0

    @contextmanager
    def together(self, *, writing: bool = True) -> Iterator[None]:
        """What is written meanwhile is committed as one, or not at all; what is read is of one moment."""
        with self._lock:
            self._write("BEGIN IMMEDIATE" if writing else "BEGIN", ())
            try:
                yield
                self._write("COMMIT", ())
            except BaseException:
                if self._db.in_transaction:  # a full disk ends it at once
                    self._write("ROLLBACK", ())
                raise

    def alone(self, what: str) -> AbstractContextManager[None]:
        """Wait while another process with this store does what is named, then be who does it."""
        return self._claims.on(hashlib.sha256(what.encode()).hexdigest())

    def rows(self, query: str, values: Values = ()) -> list[sqlite3.Row]:
        """The rows of a query, for tables that others keep in the same file."""
        with self._lock, self._telling:
            return self._db.execute(query, values).fetchall()

    def write(self, statement: str, values: Values = ()) -> int:
        """Run a statement on such a table; returns how many rows it touched."""
        return self._write(statement, values).rowcount

    def write_all(self, statement: str, values: Iterable[Values]) -> None:
        """Run a statement on such a table for each of the values."""
        with self._lock, self._telling:
            self._db.executemany(statement, values)

    def begin_run(self, command: str, *, model: str = "") -> int:
        """Note that a command starts; returns the id of the run."""
        query = "INSERT INTO runs (started, command, model) VALUES (?, ?, ?)"
        return int(self._write(query, (self._now(), command, model)).lastrowid or 0)

    def end_run(
        self, run: int, *, error: str | None = None, **counts: float | Decimal | None
    ) -> None:
        """Note what a run came to: papers, verified, …, cost_usd (None: price unknown), and what ended it."""
        unknown = set(counts) - _COUNTS
        if unknown:
            raise ValueError(f"no such count: {', '.join(sorted(unknown))}")
        values = {name: str(n) if isinstance(n, Decimal) else n for name, n in counts.items()}
        values |= {"finished": self._now(), "error": error}
        sets = ", ".join(f"{name} = :{name}" for name in values)
        self._write(f"UPDATE runs SET {sets} WHERE id = :id", values | {"id": run})

    def runs(self) -> list[dict[str, Any]]:
        """All runs, the latest first; one without `finished` was cut short."""
        return [dict(row) for row in self.rows("SELECT * FROM runs ORDER BY id DESC")]

    def bill(self) -> list[dict[str, Any]]:
        """The same for people: `seconds`, `from_store` and how each ended."""
        return [dict(row) for row in self.rows("SELECT * FROM bill ORDER BY run DESC")]

    def stop(self) -> None:
        """Wait no more for what other processes ask."""
        self._claims.stop()

    def close(self) -> None:
        """Close the file; closing twice is fine."""
        with self._lock:
            self._db.close()
        self._claims.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep(self, row: _Row) -> None:
        """Commit a row with those that other threads want to keep: they wait for the disk once."""
        self._waiting.append(row)
        with self._lock, self._telling:
            if row.is_kept:
                return
            if self._db.in_transaction:  # of this thread, which commits it in its time
                self._waiting.remove(row)
                self._write(row.statement, row.values)
                return
            waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
            rows = dict.fromkeys([row, *waiting])  # it is not waiting if another failed to keep it
            try:
                self._commit(rows)
            except Exception:  # of another row, which its own thread will tell
                if len(rows) == 1:
                    raise
                self._commit([row])

    def _commit(self, rows: Iterable[_Row]) -> None:
        with self.together():
            for row in rows:
                self._write(row.statement, row.values)
        for row in rows:
            row.is_kept = True

    def _one(self, query: str, values: Values) -> Any:
        with self._lock, self._telling:
            return self._db.execute(query, values).fetchone()

    def _write(self, query: str, values: Any) -> sqlite3.Cursor:
        with self._lock, self._telling:
            return self._db.execute(query, values)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


class _Telling:
    """SQLite's errors, said with the file and what to do."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: object, exc: BaseException | None, __: object) -> None:
        if isinstance(exc, sqlite3.Error | OSError):
            code = getattr(exc, "sqlite_errorcode", 0) & 0xFF
            is_shut = isinstance(exc, sqlite3.ProgrammingError) and "closed" in str(exc)
            advice = _SHUT if is_shut else _ADVICE.get(code, _ELSE)
            what = exc.strerror if isinstance(exc, OSError) else exc
            raise StoreError(f"{self._path}: {what}; {advice.format(path=self._path)}") from exc


def _opened(path: Path) -> sqlite3.Connection:
    # Made here rather than by SQLite, which would let others read it; -wal and -shm follow suit. One
    # that is there is not touched: closing it would drop the locks that other connections of this
    # process hold on it, and another process would clear away the log that they still write.
    with suppress(FileExistsError):
        os.close(os.open(path.resolve(), os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    db = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
    )
    db.row_factory = sqlite3.Row
    return db


_SPOILED = "recover it (sqlite3 {path} .recover) or name another --store; it was left as it is"
_SHUT = "open it again, or close it later"
_ELSE = "make it readable and writable, or name another --store"
_NO_SPACE = "free some space and run again: the answers before this are kept"
_ADVICE = {
    sqlite3.SQLITE_CORRUPT: _SPOILED,
    sqlite3.SQLITE_NOTADB: _SPOILED,
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_IOERR: "see to the disk and run again: the answers before this are kept",
    sqlite3.SQLITE_BUSY: "another process holds it; try again when that is done",
}
