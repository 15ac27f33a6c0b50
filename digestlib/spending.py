"""What a run has used, and what it sets aside for the requests that are out; threads share one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from .errors import BudgetError, Interrupted
from .llm import Request, Response, canonical_json
from .patience import Failure, Used
from .tokens import TokenCount, count_tokens

ANSWER_TOKENS = 3000
"""What an answer is taken to need before it is there: a long summary, or the longest so far."""


@dataclass
class Turn:
    """A request on its way, what is set aside for it, and in the end its answer."""

    request: Request
    aside_usd: Decimal = Decimal(0)
    response: Response | None = None


class Spending:
    """Counts what answers take, and lets no request go that could cross the limit."""

    def __init__(
        self, price: Callable[[Used], Decimal | None], limit_usd: Decimal | None = None
    ) -> None:
        """`price` tells what a use costs in dollars, None where nobody knows."""
        self._price, self._limit_usd = price, limit_usd
        self._changed = threading.Condition()
        self._aside_usd, self._longest = Decimal(0), 0
        self._stopped = self._is_over = False
        self.used, self.answers, self.out = Used(), 0, 0
        self.estimated = 0
        """Replies whose tokens the endpoint did not tell."""

    @property
    def usd(self) -> Decimal | None:
        """What is used so far, in dollars; None where nobody knows the price."""
        return self._price(self.used) if any(self.used) else Decimal(0)

    @property
    def asked(self) -> int:
        """The requests that were answered or are out."""
        with self._changed:
            return self.answers + self.out

    @contextmanager
    def turn(self, request: Request) -> Iterator[Turn]:
        """While it lasts, what the request may cost is set aside; then its answer is counted.

        Where only the requests that are out could take the rest, it waits for them. Raises
        `BudgetError` where the rest is too little, and for all that come after.
        """
        turn = Turn(request)
        self._set_aside(turn)
        with self._changed:
            self.out += 1
        try:
            yield turn
        finally:
            with self._changed:
                self.out -= 1
                if turn.response:
                    self._count(request, turn.response)
                self._give_back(turn)

    def charge(self, turn: Turn, failure: Failure, make_way: Callable[[], None]) -> None:
        """Count what a try without an answer took, and see that another one can be paid for.

        `make_way` is called before it waits for others, which may be waiting for its next try.
        """
        with self._changed:
            used = failure.used or self._most(turn.request)
            self._add(used, estimated=failure.used is None)
            if failure.retry:
                self._set_aside(turn, make_way)

    def stop(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _set_aside(self, turn: Turn, make_way: Callable[[], None] = lambda: None) -> None:
        if self._limit_usd is None:
            return
        most = self._most(turn.request)
        with self._changed:
            self._give_back(turn)  # else two that failed would wait for each other
            while not self._leaves_room(ahead := self._ahead_usd(most), self._limit_usd):
                make_way()
                self._changed.wait()
            self._aside_usd += ahead
            turn.aside_usd = ahead

    def _leaves_room(self, ahead: Decimal, limit: Decimal) -> bool:
        """Whether it fits besides what is out; raises where it will not even when all is back."""
        if self._stopped:
            raise Interrupted("the run was interrupted before this was asked")
        used = self.usd or Decimal(0)
        self._is_over = self._is_over or used + ahead > limit
        if self._is_over:
            self._changed.notify_all()
            raise BudgetError(
                f"the next request could cost ${ahead:.4f} and cross --max-cost ${limit}; "
                f"${used:.4f} is used; every answer so far is in the store"
            )
        return used + self._aside_usd + ahead <= limit

    def _give_back(self, turn: Turn) -> None:
        self._aside_usd -= turn.aside_usd
        turn.aside_usd = Decimal(0)
        self._changed.notify_all()

    def _most(self, request: Request) -> Used:
        """What an answer is taken to need while nobody has said."""
        tokens = sum(count.n for count in counts_of(request))
        return Used(tokens, max(ANSWER_TOKENS, self._longest, request.room or 0))

    def _ahead_usd(self, most: Used) -> Decimal:
        """What that costs, or if a longer answer has come meanwhile, what one like it would."""
        longest = max(most.completion, self._longest)
        return self._price(most._replace(completion=longest)) or Decimal(0)

    def _count(self, request: Request, response: Response) -> None:
        used = Used(
            _or_counted(response.prompt_tokens, *(m.content for m in request.messages)),
            _or_counted(response.completion_tokens, response.text),
            response.cached_tokens or 0,
        )
        self.answers += 1
        self._add(used, estimated=None in (response.prompt_tokens, response.completion_tokens))

    def _add(self, used: Used, *, estimated: bool) -> None:
        self._longest = max(self._longest, used.completion)
        self.estimated += estimated
        self.used = self.used.and_also(used)


def counts_of(request: Request) -> tuple[TokenCount, TokenCount]:
    """The tokens of its messages, and of its schema, which some endpoints charge for and some not."""
    texts = "".join(message.content for message in request.messages)
    return count_tokens(texts), _schema_tokens(canonical_json(request.json_schema))


@cache
def _schema_tokens(schema: str) -> TokenCount:
    return count_tokens(schema)


def _or_counted(said: int | None, *texts: str) -> int:
    """The tokens that the endpoint tells of, else our own count."""
    return sum(count_tokens(text).n for text in texts) if said is None else said
