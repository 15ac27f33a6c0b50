"""What is made once and kept, also when several threads want it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

Given = TypeVarTuple("Given")
Value = TypeVar("Value")


def once(make: Callable[[*Given], Value]) -> Callable[[*Given], Value]:
    """`functools.cache`, but that a thread waits for what another is making."""
    kept: dict[object, Value] = {}
    lock = threading.RLock()

    @wraps(make)
    def made(*given: *Given) -> Value:
        if given not in kept:
            with lock:
                if given not in kept:
                    kept[given] = make(*given)
        return kept[given]

    return made
