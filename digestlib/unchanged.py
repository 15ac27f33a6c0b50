"""Drafts that need not be made again: all they were made from is as it was, and so are they.

Of a draft that left nothing to say or to ask again the store keeps one hash of what went into it
(the program, the settings, every file that was read), the answers, and a hash of each file written.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from .editions import Outcome
from .resources import resource_dir
from .store import Store

_TABLE = """
CREATE TABLE IF NOT EXISTS drafts (
    made_from TEXT PRIMARY KEY,
    answers TEXT NOT NULL,
    files TEXT NOT NULL,
    summaries TEXT NOT NULL
) WITHOUT ROWID
"""
_SUMMARIES = TypeAdapter(tuple[Outcome, ...])
_NO_PROGRAM = {"__pycache__", "cassettes", "examples"}


class Draft(NamedTuple):
    """What was written, how many answers it took, and what the count at the end needs."""

    files: list[Path]
    answers: int
    summaries: tuple[Outcome, ...]


def made_from(settings: Mapping[str, object], paths: Iterable[Path]) -> str:
    """One hash of the program with all that is installed, of settings, and of files and folders."""
    package = Path(__file__).parent
    texts = [sys.version, *_installed(), repr(sorted(settings.items()))]
    for place in (package, resource_dir("prompts"), *paths):
        texts += [f"{file.relative_to(place)} {_hash(file)}" for file in _files(place)]
        texts.append(str(place))
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def find_draft(store: Store, made_from: str) -> Draft | None:
    """The draft made from just that, if its answers and its files are still what they were."""
    store.write(_TABLE)
    rows = store.rows("SELECT * FROM drafts WHERE made_from = ?", (made_from,))
    if not rows:
        return None
    files, answers = json.loads(rows[0]["files"]), json.loads(rows[0]["answers"])
    if _created(store, answers) != answers:
        return None
    if any(not Path(name).is_file() or _hash(Path(name)) != kept for name, kept in files.items()):
        return None
    return Draft(
        [Path(name) for name in files],
        len(answers),
        _SUMMARIES.validate_json(rows[0]["summaries"]),
    )


def keep_draft(
    store: Store,
    made_from: str,
    *,
    keys: Iterable[str],
    files: Sequence[Path],
    summaries: tuple[Outcome, ...],
) -> None:
    """Note a draft with the answers to these requests."""
    values = (
        made_from,
        json.dumps(_created(store, keys)),
        json.dumps({str(file): _hash(file) for file in files}),
        _SUMMARIES.dump_json(summaries).decode(),
    )
    store.write("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", values)


def _created(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """When each answer was given that is still there."""
    query = "SELECT request_key, created FROM answers WHERE request_key = ?"
    return {key: when for wanted in sorted(keys) for key, when in store.rows(query, (wanted,))}


def _installed() -> list[str]:
    """The names and versions of all packages that can be imported."""
    folders = [Path(place) for place in sys.path if Path(place).is_dir()]
    return sorted(entry.name for place in folders for entry in place.glob("*.dist-info"))


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        return iter([place] if place.is_file() else [])
    found = (file for file in place.rglob("*") if file.is_file())
    return iter(sorted(f for f in found if _NO_PROGRAM.isdisjoint(f.relative_to(place).parts)))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
