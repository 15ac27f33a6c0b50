"""One wall-clock limit for a call that blocks, whatever it waits for: names, headers, a trickle."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
TIMEOUT_S = 180
"""How long one try may take unless somebody says otherwise."""


def within(seconds: float, call: Callable[[threading.Event], T]) -> T:
    """What `call` returns or raises; `TimeoutError` when it takes longer.

    Sockets only limit single reads, and looking up a name not even that, so the call runs in a
    thread of its own. One that is late is left alone; the event tells it that nobody waits.
    """
    results: list[T] = []
    errors: list[BaseException] = []
    done, late = threading.Event(), threading.Event()

    def run() -> None:
        try:
            results.append(call(late))
        except BaseException as exc:  # noqa: BLE001 - raised again where it is waited for
            errors.append(exc)
        done.set()

    threading.Thread(target=run, daemon=True).start()
    if not done.wait(seconds):
        late.set()
        raise TimeoutError(f"no complete answer within {seconds:g} s")
    if errors:
        raise errors.pop()
    return results.pop()
