"""Output and error files into the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from ..models import Frozen
from ..store import Store
from .ledger import Ledger, Receipt
from .replies import Reply, Unreadable, read_replies

_TOGETHER = 500
"""Lines that are committed as one."""


class Imported(Frozen):
    """What the lines of some files were."""

    lines: int = 0
    answered: int = 0
    failed: int = 0
    known: int = 0
    unknown: int = 0
    unreadable: int = 0


def import_replies(
    files: Sequence[Path],
    store_path: Path,
    *,
    warn: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Put the answers of output files into the store, and note the failures; order is no matter."""
    counts: Counter[str] = Counter()
    with Store(store_path) as store:
        ledger = Ledger(store)
        for file in files:
            lines = read_replies(file)
            while some := list(islice(lines, _TOGETHER)):
                with ledger.together():
                    for line in some:
                        counts[_imported(line, ledger, file, warn)] += 1
    return Imported(lines=counts.total(), **counts)


def _imported(
    line: Reply | Unreadable, ledger: Ledger, file: Path, warn: Callable[[str], None]
) -> Receipt | str:
    if isinstance(line, Unreadable):
        warn(f"{file}:{line.line}: {line.why}; passed over")
        return "unreadable"
    return ledger.note_reply(line)
