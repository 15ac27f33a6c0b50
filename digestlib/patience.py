"""What a failed exchange calls for: another try or none, and how long to wait before it. Pure."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from .errors import EndpointError

LONGEST_RETRY_AFTER_S = 120.0
"""What the openai client takes, too: beyond it, waiting is for a person to decide."""


class Used(NamedTuple):
    """What an endpoint says that a reply took, in tokens; `cached` ones are among the prompt's."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0

    def and_also(self, other: Used) -> Used:
        """Both together."""
        return Used(*(mine + its for mine, its in zip(self, other, strict=True)))


NOTHING = Used()


class Failure(Exception):
    """An exchange that brought no answer; `error` is what to raise when nothing more helps."""

    def __init__(
        self,
        error: EndpointError,
        *,
        retry: bool = False,
        after_s: float | None = None,
        outage: bool = False,
        unreached: bool = False,
        limited: bool = False,
        final: bool = False,
        blames_format: bool = False,
        broke_off: bool = False,
        used: Used | None = NOTHING,
    ) -> None:
        """`outage`: nobody else will fare better now; `unreached`: no server was there at all;
        `limited`: the server asks everybody to slow down; `final`: no request will ever do;
        `broke_off`: if the server had worked for long, it is this one answer that went wrong;
        `used`: what it costs all the same, None where nobody says how much.
        """
        super().__init__(str(error))
        self.error = error
        self.retry = retry
        self.after_s = after_s
        self.outage = outage
        self.unreached = unreached
        self.limited = limited
        self.final = final
        self.blames_format = blames_format
        self.used = used
        self.broke_off = broke_off


def back_off_s(failure: Failure, attempt: int) -> float:
    """Seconds until the next try: what the server asks for, else our own; jittered, never 0."""
    if failure.after_s is not None:
        return failure.after_s + random.uniform(0, 0.25)
    return longest_back_off_s(failure, attempt) * random.uniform(
        0.75 if failure.outage else 0.5, 1.0
    )


def longest_back_off_s(failure: Failure, attempt: int) -> float:
    """An outage is probed every second or so; a rate limit is given up to 20 s."""
    if failure.outage:
        return min(0.75 * attempt, 1.0 if failure.unreached else 1.5)
    return min(2.0 ** (attempt - 1), 20.0)


def retry_after_s(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Seconds that a `Retry-After` (ms, seconds or date) asks for; None for 0, past or garbage.

    A date is taken against the server's own `Date`, so a skewed clock does no harm.
    """
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        seconds = _number(headers.get(name, "")) * scale
        if 0 < seconds < math.inf:
            return seconds
    asked = _date(headers.get("retry-after", ""))
    if asked is None:
        return None
    seconds = (asked - (_date(headers.get("date", "")) or now)).total_seconds()
    return seconds if seconds > 0 else None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _date(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
