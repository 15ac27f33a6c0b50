"""How far a run is, on stderr: a bar where a terminal has room for it, else at most ten lines."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..models import Summary
    from ..session import Session

MOST_LINES = 10
_LEAST_PAPERS_A_LINE = 5
_BAR = range(4, 37)
"""Columns of the bar itself; a line that the terminal folds would stay at every step."""
_BESIDE = 68
"""Columns of the label, the time left and what it cost, without the digits of the position."""


@contextmanager
def progress(
    total: int, session: Session, *, quiet: bool
) -> Iterator[Callable[[Summary], None] | None]:
    """What to call for each paper that is done; None where nothing is to be shown."""
    width = min(_BAR[-1], shutil.get_terminal_size().columns - _BESIDE - 2 * len(str(total)))
    if quiet or not total:
        yield None
    elif width not in _BAR or not sys.stderr.isatty():
        lines = _Lines(total, session)
        yield lambda _: lines.show()
    else:
        bar: Any
        with click.progressbar(
            length=total,
            label="Papers",
            show_pos=True,
            width=width,
            item_show_func=lambda _: _spent(session),
            file=sys.stderr,
        ) as bar:
            yield lambda _: bar.update(1)


class _Lines:
    def __init__(self, total: int, session: Session) -> None:
        self._total, self._session = total, session
        self._steps = max(1, min(MOST_LINES, total // _LEAST_PAPERS_A_LINE))
        self._done, self._started = 0, time.monotonic()

    def show(self) -> None:
        before, self._done = self._done, self._done + 1
        if self._done * self._steps // self._total == before * self._steps // self._total:
            return
        left_s = (time.monotonic() - self._started) / self._done * (self._total - self._done)
        left = f", about {left_s:.0f} s left" if left_s >= 1 else ""
        click.echo(f"{self._done} of {self._total} papers, {_spent(self._session)}{left}", err=True)


def _spent(session: Session) -> str:
    bill = session.bill
    tokens = bill.prompt_tokens + bill.completion_tokens
    cost = "cost unknown" if bill.cost_usd is None else f"${bill.cost_usd:.4f}"
    asked = f"{bill.requests} {'replayed' if session.replays else 'requests'}"
    return f"{asked}, {tokens:,} tokens, {cost}"
