"""Time that passes without anybody waiting for it."""

from __future__ import annotations

import time


class Slept:
    """A sleep that only adds up, and a clock that it moves."""

    def __init__(self) -> None:
        self.naps: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.naps.append(seconds)

    def clock(self) -> float:
        return time.monotonic() + sum(self.naps)
