"""Which requests left as batch files, and what became of each: tables beside the answers.

A request is *out* from the moment its shard is written until something of the shard is back; what
is then still missing, or failed, is asked again, `retries` times at most. A row is written before
its shard has its name, and counts only once the shard is there, so an export may be killed at any
moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from sqlite3 import Row
from typing import Literal, NamedTuple

from pydantic_core import to_json

from ..llm import Message, Mode, Request, Response
from ..replies import Answer
from ..store import Store
from .replies import Reply, is_whole

RETRIES = 3
"""How often a request without an answer is exported again."""
COPIES = 3
"""In how many copies a late request leaves an engine that loses lines, at most."""

_TABLES = """
CREATE TABLE IF NOT EXISTS batch_requests (
    request_key TEXT PRIMARY KEY,
    prompt TEXT NOT NULL,
    subject TEXT NOT NULL,
    asked_model TEXT NOT NULL,
    mode TEXT NOT NULL,
    messages TEXT NOT NULL,
    shard TEXT NOT NULL,
    exports INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS batch_systems (
    sha256 TEXT PRIMARY KEY,
    text TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS batch_shards (
    name TEXT PRIMARY KEY,
    round INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    returned INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS batch_failures (
    request_key TEXT NOT NULL,
    line_sha256 TEXT NOT NULL,
    mode TEXT NOT NULL,
    shard TEXT NOT NULL,
    why TEXT NOT NULL,
    hopeless INTEGER NOT NULL,
    PRIMARY KEY (request_key, line_sha256)
);
CREATE TABLE IF NOT EXISTS batch_done (
    fingerprint TEXT PRIMARY KEY,
    counts TEXT NOT NULL
) WITHOUT ROWID;
"""
_UNDO = """
CREATE TRIGGER IF NOT EXISTS batch_undo AFTER DELETE ON answers BEGIN DELETE FROM batch_done; END
"""
"""What is done rests on the answers: when one is taken out, all is looked at again."""

_REQUEST = """
INSERT INTO batch_requests
VALUES (?, ?, ?, ?, ?, ?, ?, 1)
ON CONFLICT (request_key) DO UPDATE SET
    exports = exports + (shard IN (SELECT name FROM batch_shards)),
    mode = excluded.mode, messages = excluded.messages, shard = excluded.shard
"""
_FAILURE = "INSERT OR IGNORE INTO batch_failures VALUES (?, ?, ?, ?, ?, ?)"
_STANDING = """
SELECT exports, returned,
    (SELECT max(why) FROM batch_failures f
     WHERE f.request_key = r.request_key AND f.hopeless AND f.mode = :mode) AS hopeless,
    (SELECT why FROM batch_failures f
     WHERE f.request_key = r.request_key ORDER BY shard DESC, why LIMIT 1) AS failed
FROM batch_requests r LEFT JOIN batch_shards s ON s.name = r.shard
WHERE r.request_key = :key
"""
_SYSTEM = "INSERT OR IGNORE INTO batch_systems VALUES (?, ?)"
_DONE = """
SELECT fingerprint, counts FROM batch_done WHERE fingerprint IN (SELECT value FROM json_each(?))
"""
_BETTER = """
UPDATE answers SET answer = :text, model = :model, finish_reason = :finish_reason,
    refusal = :refusal, prompt_tokens = :prompt_tokens, completion_tokens = :completion_tokens,
    cached_tokens = :cached_tokens
WHERE request_key = :key
"""
_NOT_TRIED = """
UPDATE batch_requests SET exports = exports - 1
WHERE shard IN (SELECT name FROM batch_shards WHERE NOT returned)
"""
_LOSS = """
SELECT total(exports - (returned = 0)), total(request_key IN (SELECT request_key FROM answers))
FROM batch_requests r JOIN batch_shards s ON s.name = r.shard
"""

Receipt = Literal["answered", "failed", "known", "unknown"]
"""What a reply was: new and good, new and bad, one that was here before, to no request of ours."""

Counts = Mapping[str, Mapping[str, int]]
"""How many papers and openings are in which state."""


class Verdict(NamedTuple):
    """What is to be done about a request without an answer."""

    state: Literal["new", "out", "again", "given up"]
    why: str = ""
    """What went wrong with it."""
    exports: int = 0
    """How often it left."""


class Asked(NamedTuple):
    """A request as it leaves, with what its answer's row in the store will need."""

    key: str
    prompt: str
    subject: str
    model: str
    mode: Mode
    messages: tuple[Message, ...]


class Shard(NamedTuple):
    """A file of requests; it has returned once any reply to it was imported."""

    name: str
    round: int
    lines: int
    bytes: int
    sha256: str
    returned: bool = False


class Ledger:
    """The account of the requests that left, in the file of a store."""

    def __init__(self, store: Store) -> None:
        """Makes the tables where they are missing."""
        self._store = store
        self._system = ("", "")  # hash and text, as last looked up
        for statement in filter(str.strip, _TABLES.split(";")):
            store.write(statement)
        store.write(_UNDO)

    def verdict(self, key: str, *, mode: Mode, retries: int = RETRIES) -> Verdict:
        """What is to be done about a request without an answer."""
        found = self._store.rows(_STANDING, {"key": key, "mode": mode})
        if not found or found[0]["returned"] is None or not found[0]["exports"]:
            return Verdict("new")
        row = found[0]
        why = row["hopeless"] or row["failed"] or "nothing came back for it"
        if row["hopeless"]:
            return Verdict("given up", why)
        if not row["returned"]:
            return Verdict("out")
        return Verdict("given up" if row["exports"] > retries else "again", why, row["exports"])

    def note_requests(self, asked: Iterable[Asked], shard: str) -> None:
        """Write down requests that go into a shard; they count once the shard is noted."""
        requests = list(asked)
        texts = {text for request in requests for text in _systems(request.messages)}
        marks = {text: hashlib.sha256(text.encode()).hexdigest() for text in texts}
        rows = [
            (r.key, r.prompt, r.subject, r.model, r.mode, _noted(r.messages, marks), shard)
            for r in requests
        ]
        with self.together():
            self._store.write_all(_SYSTEM, [(mark, text) for text, mark in marks.items()])
            self._store.write_all(_REQUEST, rows)

    def note_shard(self, shard: Shard) -> None:
        """A shard is there under its name: its requests are out."""
        marks = ", ".join("?" * len(shard))
        self._store.write(f"INSERT INTO batch_shards VALUES ({marks})", shard)

    def shards(self) -> list[Shard]:
        """All shards, in the order in which they were written."""
        rows = self._store.rows("SELECT * FROM batch_shards ORDER BY round, name")
        return [Shard(**{**dict(row), "returned": bool(row["returned"])}) for row in rows]

    def unfinished(self) -> set[str]:
        """Names of shards that an export was killed at: requests noted, the shard not."""
        query = "SELECT DISTINCT shard FROM batch_requests WHERE shard NOT IN (SELECT name FROM batch_shards)"
        return {str(row["shard"]) for row in self._store.rows(query)}

    def release(self, shard: str) -> None:
        """Take a shard for returned: what is missing of it was lost and will be exported again."""
        self._store.write("UPDATE batch_shards SET returned = 1 WHERE name = ?", (shard,))

    def take_back(self) -> None:
        """Let all that is out be as if it had not left; nothing says that an engine lost it."""
        with self.together():
            self._store.write(_NOT_TRIED)
            self._store.write("UPDATE batch_shards SET returned = 1")

    def loss(self) -> float:
        """The share of the requests that left and are back which brought no answer."""
        tried, answered = self._store.rows(_LOSS)[0]
        return 1 - answered / tried if tried else 0.0

    def done(self, fingerprints: Sequence[str]) -> list[Counts | None]:
        """The counts of each paper, or of the reports of a week, for which nothing is left to do."""
        rows = self._store.rows(_DONE, (json.dumps(fingerprints),))
        found: dict[str, Counts] = {mark: json.loads(counts) for mark, counts in rows}
        return [found.get(fingerprint) for fingerprint in fingerprints]

    def has_done(self) -> bool:
        """Whether anything is done."""
        return bool(self._store.rows("SELECT 1 FROM batch_done LIMIT 1"))

    def note_done(self, fingerprint: str, counts: Counts) -> None:
        """Remember that nothing is left to do."""
        values = (fingerprint, json.dumps(counts))
        self._store.write("INSERT OR REPLACE INTO batch_done VALUES (?, ?)", values)

    def together(self, *, writing: bool = True) -> AbstractContextManager[None]:
        """What is noted meanwhile is committed as one; without noting, looking up is quicker."""
        return self._store.together(writing=writing)

    def note_reply(self, reply: Reply) -> Receipt:
        """Keep an answer in the store as any other, or a failure for the next export.

        The first answer stays, unless it was cut off or has another form and this one is whole.
        """
        query = "SELECT * FROM batch_requests WHERE request_key = ?"
        found = self._store.rows(query, (reply.request_key,))
        if not found:
            return "unknown"
        row, kept = found[0], self._store.get(reply.request_key)
        if kept and not _is_better(reply.answer, kept, row["prompt"]):
            return "known"
        if kept and reply.answer:
            self._store.write(_BETTER, {**reply.answer._asdict(), "key": reply.request_key})
            self._store.write("DELETE FROM batch_done")
        elif reply.answer is None:
            values = (reply.request_key, reply.line_sha256, row["mode"], row["shard"])
            if not self._store.write(_FAILURE, (*values, reply.failure, reply.hopeless)):
                return "known"
        else:
            self._keep(row, reply.answer)
        self._store.write("UPDATE batch_shards SET returned = 1 WHERE name = ?", (row["shard"],))
        return "failed" if reply.answer is None else "answered"

    def _keep(self, row: Row, answer: Answer) -> None:
        key = row["request_key"]
        request = Request(
            prompt=row["prompt"],
            subject=row["subject"],
            messages=tuple(self._message(noted) for noted in json.loads(row["messages"])),
            schema_name="",
            json_schema={},
        )
        response = Response(mode=row["mode"], request_key=key, **answer._asdict())
        self._store.put(request, response, asked_model=row["asked_model"])
        # The answer's row has the messages now.
        self._store.write("UPDATE batch_requests SET messages = '' WHERE request_key = ?", (key,))

    def _message(self, noted: Mapping[str, str]) -> Message:
        """A message as it was noted; earlier versions noted what the system says in full."""
        if "content" in noted:
            return Message.model_validate(noted)
        if self._system[0] != noted["sha256"]:
            query = "SELECT sha256, text FROM batch_systems WHERE sha256 = ?"
            self._system = tuple(self._store.rows(query, (noted["sha256"],))[0])
        return Message(role="system", content=self._system[1])


def _systems(messages: Iterable[Message]) -> Iterator[str]:
    return (message.content for message in messages if message.role == "system")


def _noted(messages: Iterable[Message], marks: Mapping[str, str]) -> str:
    """The messages as JSON; what the system says, the same in thousands of requests, by its hash."""
    noted = [
        {"role": m.role, "sha256": marks[m.content]}
        if m.role == "system"
        else {"role": m.role, "content": m.content}
        for m in messages
    ]
    return to_json(noted).decode()


def _is_better(answer: Answer | None, kept: Response, prompt: str) -> bool:
    """Whether an answer that came later is to replace the first."""
    return answer is not None and not is_whole(kept, prompt) and is_whole(answer, prompt)
