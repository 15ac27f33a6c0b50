"""Output and error files into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from ..models import Frozen
from ..store import Store
from .ledger import Ledger, Receipt
from .replies import Reply, Unreadable, find_replies, read_replies

_TOGETHER = 500
"""Lines that are committed as one."""
MOST_TOLD = 5
"""Unreadable lines of a file that are named one by one; it may be another kind of file."""


class Imported(Frozen):
    """What the lines of some files were."""

    lines: int = 0
    answered: int = 0
    failed: int = 0
    known: int = 0
    unknown: int = 0
    unreadable: int = 0
    files: tuple[str, ...] = ()
    """Those that were read."""


def import_replies(
    paths: Sequence[Path],
    store_path: Path,
    *,
    warn: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Put the answers of output files into the store, and note the failures; order is no matter.

    A folder stands for its `.jsonl` files, less the shards that left; `-` is standard input.
    """
    counts: Counter[str] = Counter()
    with Store(store_path) as store:
        ledger = Ledger(store)
        shards = {shard.name for shard in ledger.shards()}
        files = [file for path in paths for file in find_replies(path, requests=shards)]
        for file in files:
            counts.update(_import_file(file, ledger, warn))
    return Imported(lines=counts.total(), files=tuple(map(str, files)), **counts)


def _import_file(file: Path, ledger: Ledger, warn: Callable[[str], None]) -> Counter[str]:
    counts: Counter[str] = Counter()
    lines = read_replies(file)
    while some := list(islice(lines, _TOGETHER)):
        with ledger.together():
            for line in some:
                counts[_imported(line, ledger)] += 1
                if isinstance(line, Unreadable) and counts["unreadable"] <= MOST_TOLD:
                    warn(f"{file}:{line.line}: {line.why}; passed over")
    if counts["unreadable"] > MOST_TOLD:
        warn(f"{file}: {counts['unreadable']:,} lines in all could not be read")
    return counts


def _imported(line: Reply | Unreadable, ledger: Ledger) -> Receipt | str:
    return "unreadable" if isinstance(line, Unreadable) else ledger.note_reply(line)
