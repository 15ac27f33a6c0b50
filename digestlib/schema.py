"""The tables of a store, and how a store of an earlier version gets them.

They are meant to be read: `sqlite3 digest.db 'select * from bill'`, or with Datasette. `answers`
and `runs` hold what is known; `bill` and `asked` show it, a run or an answer a row.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from .errors import StoreError

APPLICATION_ID = 0x44494745  # "DIGE": tells our files from other SQLite files

_FIRST = """
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
);
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
_READABLE = """
ALTER TABLE runs ADD COLUMN unanswered INTEGER;
ALTER TABLE runs ADD COLUMN error TEXT;
CREATE VIEW bill AS SELECT
    id AS run,
    replace(substr(started, 1, 19), 'T', ' ') AS started,
    CAST(round((julianday(finished) - julianday(started)) * 86400) AS INTEGER) AS seconds,
    command, model, papers, verified, flagged, failed,
    cached AS from_store, requests, unanswered, prompt_tokens, completion_tokens,
    CAST(cost_usd AS REAL) AS cost_usd,
    CASE WHEN finished IS NULL THEN 'cut short' ELSE coalesce(error, 'done') END AS ended
FROM runs;
CREATE VIEW asked AS SELECT
    replace(substr(created, 1, 19), 'T', ' ') AS answered,
    subject AS about,
    CASE WHEN json_valid(answer) THEN json_extract(answer, '$.headline.text') END AS headline,
    prompt, model, mode, finish_reason, prompt_tokens, completion_tokens, cached_tokens,
    length(answer) AS characters,
    request_key
FROM answers;
"""
STEPS = (_FIRST, _READABLE)
"""From each version to the next; the first makes an empty file a store. None is ever edited."""


CACHE_KB = 16_000
"""Holds the index of an archive's requests, which come in no order: 100,000 take 8 MB."""


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring a file to the present version, all or nothing; refuse a newer one and others' files."""
    known = _version(db, path)
    # "Locked" here means that another opener switches at this moment; the mode is the file's.
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    if known == len(STEPS):
        return
    if not known:
        path.chmod(0o600)  # an empty file may have been made by somebody less careful
    db.execute("BEGIN IMMEDIATE")
    for step in STEPS[_version(db, path) :]:
        for statement in filter(str.strip, step.split(";")):
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {len(STEPS)}")
    db.execute("COMMIT")


def _version(db: sqlite3.Connection, path: Path) -> int:
    """0 for an empty file; raises `StoreError` for what we must not touch."""
    # One statement, so that a store which is just being made is seen whole or not at all.
    owner, version, tables = db.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if owner != APPLICATION_ID and (version or tables):
        raise StoreError(f"{path}: not a store of ours but another database; name another --store")
    if version > len(STEPS):
        raise StoreError(
            f"{path}: made by a newer digestlib (store version {version}, this one knows "
            f"{len(STEPS)}); upgrade digestlib or name another --store"
        )
    return int(version)
