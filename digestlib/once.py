"""What is made once and kept, also when several threads want it at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
Value = TypeVar("Value")


def once(make: Callable[P, Value]) -> Callable[P, Value]:
    """`functools.cache`, but that a thread waits for what another is making."""
    kept = cast(Callable[P, Value], cache(make))
    lock = threading.RLock()

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Value:
        with lock:
            return kept(*args, **kwargs)

    return made
