"""Work for several processes: results come in order, and only a few are made ahead of their reader."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TypeVar

from .errors import DigestError

Item = TypeVar("Item")
Result = TypeVar("Result")


def spread(work: Callable[[Item], Result], items: Iterable[Item], *, jobs: int) -> Iterator[Result]:
    """What `work` makes of each item, in their order; in this process where `jobs` is 1.

    Raises `DigestError` when a process is ended from outside.
    """
    if jobs < 2:
        yield from map(work, items)
        return
    try:
        yield from _spread(work, items, jobs)
    except BrokenProcessPool as exc:
        why = "a process could not start or was ended from outside, perhaps for want of memory"
        raise DigestError(f"{why}; try again with --processes 1") from exc


def _spread(work: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    # A forked child must not inherit an open SQLite file.
    context = get_context("spawn")
    with ProcessPoolExecutor(jobs, context, initializer=_leave_with_parent) as pool:
        ahead: deque[Future[Result]] = deque()
        for item in items:
            ahead.append(pool.submit(work, item))
            if len(ahead) > 2 * jobs:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _leave_with_parent() -> None:
    """End this process when the one that made it is gone: its workers would wait for ever."""
    parent = parent_process()

    def leave() -> None:
        if parent:
            parent.join()
        os._exit(1)

    threading.Thread(target=leave, daemon=True).start()
