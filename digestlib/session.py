"""One run of a command: which model is asked, what it cost, when to stop; the seam with a tally."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from .deadline import TIMEOUT_S
from .endpoints import Offline, connect
from .errors import BudgetError, Interrupted, KeyRejected, StoreError
from .llm import ChatClient, Request, Response, canonical_json
from .models import Frozen, Summary
from .patience import Failure, Used
from .prices import price
from .resources import resource_dir
from .store import Store
from .tokens import TokenCount, count_tokens

if TYPE_CHECKING:
    from .editions import Outcome

REPLAY_NOTE = (
    "no endpoint configured: replaying the recorded reference answers for the example reports "
    "(written during development, not a vendor's model); set OPENAI_API_KEY or --base-url, and "
    "--model, to ask a model"
)
DEFAULT_STORE = "digest.db"
ANSWER_TOKENS = 3000
"""What an answer is taken to need before it is there: a long summary, or the longest so far."""


class Settings(Frozen):
    """What flags, environment and files came to."""

    base_url: str | None = None
    api_key_set: bool = False
    model: str | None = None
    jobs: int = 8
    store: Path | None = None
    max_cost: Decimal | None = None
    timeout_s: float = TIMEOUT_S
    mode: Literal["replay", "live", "offline"] | None = None
    """`replay`, `live`, `offline` (the store alone), or None: replay when nothing is configured."""
    structured: Literal["auto", "json_schema", "json_object", "text"] = "auto"
    cassettes: Path | None = None
    prices: Path | None = None

    @property
    def replays(self) -> bool:
        """Whether answers come from cassettes."""
        if self.mode is not None:
            return self.mode == "replay"
        return not (self.base_url or self.api_key_set)

    @property
    def store_path(self) -> Path | None:
        """Where answers are kept; nowhere by default while replaying."""
        return self.store or (None if self.replays else Path(DEFAULT_STORE))


class Bill(Frozen):
    """What a run asked for and used."""

    requests: int = 0
    """Those that were answered."""
    unanswered: int = 0
    """Those that were sent besides and brought no answer: refused, broken off, not understood."""
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: int = 0
    """Replies whose tokens the endpoint did not tell, so that they were counted here."""
    cost_usd: float | None = 0.0
    """None when the price of the model is not known."""


class Session:
    """A `Complete` that counts what it passes on, and stops before the budget is crossed."""

    def __init__(self, settings: Settings, command: str) -> None:
        self._settings = settings
        self._endpoint = _endpoint(settings)
        if settings.max_cost is not None and self._price(Used()) is None:
            raise BudgetError(
                f"--max-cost needs a price for the model {self.model!r}, and none is known; "
                "give a price file with --prices"
            )
        self._store = None if settings.store_path is None else Store(settings.store_path)
        self._complete = self._store.wrap(self._ask, model=self.model) if self._store else self._ask
        self._run = self._store.begin_run(command, model=self.model) if self._store else None
        self._changed = threading.Condition()
        self._reserved, self._out = Decimal(0), 0
        self._stopped = self._is_spent = False
        self._states: dict[str, int] = {}
        self.keys: list[str] = []
        """The requests that were answered, in that order."""
        self._counts = {"requests": 0, "cached": 0, "estimated": 0}
        self._used, self._longest = Used(), 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Write what the run came to into the store's log, however it ended."""
        self._endpoint.close()
        try:
            self._log(error)
        except StoreError:
            if error is None:  # else it is what ended the run, or less than that
                raise

    def _log(self, error: BaseException | None) -> None:
        if self._store is None or self._run is None:
            return
        cost = self._spent()
        bill = self.bill.model_dump(exclude={"cost_usd", "estimated"})
        ended = "interrupted" if self._stopped else str(error) if error else None
        counts: dict[str, Any] = {**self._states, **bill, "cost_usd": cost}
        try:
            self._store.end_run(self._run, error=ended, **counts)
        finally:
            self._store.close()

    def __call__(self, request: Request) -> Response:
        """The answer from the store, else from the endpoint unless it could cross the budget."""
        response = self._complete(request)
        with self._changed:
            self.keys.append(response.request_key)
            self._counts["cached"] += response.cached
        return response

    def reuse(self, answers: int) -> None:
        """Count stored answers that need not even be looked at."""
        self._counts["cached"] += answers

    def _ask(self, request: Request) -> Response:
        """One answer that is paid for; while it is out, its price is reserved."""
        if self._stopped:
            raise Interrupted("the run was interrupted before this was asked")
        held = _Held()
        self._reserve(request, held)
        with self._changed:
            self._out += 1
        response = None
        try:
            response = self._endpoint(request, on_failed=partial(self._charge, request, held))
            return response
        finally:
            with self._changed:
                self._out -= 1
                if response:
                    self._count(request, response)
                self._release(held)

    def stop(self) -> int:
        """Ask nothing more, and say how many answers may still come; what is stored still passes."""
        self._stopped = True
        self._endpoint.stop()
        if self._store:
            self._store.stop()
        with self._changed:
            self._changed.notify_all()
        return self._out

    def note(self, summaries: Sequence[Summary | Outcome]) -> None:
        """Keep for the log what became of the papers."""
        states = [summary.state for summary in summaries]
        counts = {state: states.count(state) for state in ("verified", "flagged", "failed")}
        self._states = {"papers": len(states), **counts}

    @property
    def replays(self) -> bool:
        """Whether answers come from cassettes."""
        return self._settings.replays

    @property
    def store(self) -> Store | None:
        """Where answers are kept."""
        return self._store

    @property
    def model(self) -> str:
        """The model that is asked."""
        return self._endpoint.model

    @property
    def bill(self) -> Bill:
        """What was asked and used so far."""
        cost = self._spent()
        with self._changed:
            unanswered = self._endpoint.sent - self._counts["requests"] - self._out
            return Bill(
                **self._counts,
                unanswered=max(0, unanswered),
                prompt_tokens=self._used.prompt,
                completion_tokens=self._used.completion,
                cost_usd=None if cost is None else float(round(cost, 6)),
            )

    def _count(self, request: Request, response: Response) -> None:
        counted = response.prompt_tokens is None or response.completion_tokens is None
        used = Used(
            _or_counted(response.prompt_tokens, *(m.content for m in request.messages)),
            _or_counted(response.completion_tokens, response.text),
            response.cached_tokens or 0,
        )
        self._counts["requests"] += 1
        self._add(used, counted=counted)

    def _charge(self, request: Request, held: _Held, failure: Failure) -> None:
        """Count what a try without an answer took, and see that another one can be paid for."""
        with self._changed:
            self._add(failure.used or self._most(request), counted=failure.used is None)
            if failure.retry:
                self._reserve(request, held)

    def _add(self, used: Used, *, counted: bool) -> None:
        self._longest = max(self._longest, used.completion)
        self._counts["estimated"] += counted
        self._used = self._used.and_also(used)

    def _spent(self) -> Decimal | None:
        """What is used so far, in dollars; None where nobody knows the price."""
        return self._price(self._used) if any(self._used) else Decimal(0)

    def _price(self, used: Used) -> Decimal | None:
        if self._settings.replays:
            return Decimal(0)
        return price(
            self.model,
            used.prompt,
            used.completion,
            used.cached,
            base_url=self._settings.base_url,
            prices=self._settings.prices,
        )

    def _reserve(self, request: Request, held: _Held) -> None:
        """Set aside what the next try may cost, when there is enough besides those that are out.

        Raises `BudgetError` where that is too much, and for all that come after it.
        """
        limit = self._settings.max_cost
        if limit is None:
            return
        most = self._most(request)
        with self._changed:
            self._release(held)
            while self._reserved + (ahead := self._ahead(most, limit)) > limit - self._used_usd():
                self._changed.wait()
            self._reserved += ahead
            held.usd = ahead

    def _ahead(self, most: Used, limit: Decimal) -> Decimal:
        """What that costs, if it can be paid once those that are out have taken less than they may."""
        if self._stopped:
            raise Interrupted("the run was interrupted before this was asked")
        most = most._replace(completion=max(most.completion, self._longest))
        ahead, used = self._price(most) or Decimal(0), self._used_usd()
        self._is_spent = self._is_spent or used + ahead > limit
        if self._is_spent:
            self._changed.notify_all()
            raise BudgetError(
                f"the next request could cost ${ahead:.4f} and cross --max-cost ${limit}; "
                f"${used:.4f} is used; every answer so far is in the store"
            )
        return ahead

    def _used_usd(self) -> Decimal:
        return self._spent() or Decimal(0)

    def _release(self, held: _Held) -> None:
        self._reserved -= held.usd
        held.usd = Decimal(0)
        self._changed.notify_all()

    def _most(self, request: Request) -> Used:
        """What an answer is taken to need while nobody has said."""
        tokens = sum(count.n for count in counts_of(request))
        return Used(tokens, max(ANSWER_TOKENS, self._longest, request.room or 0))


@dataclass
class _Held:
    """What is set aside for a request that is out."""

    usd: Decimal = Decimal(0)


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


def _endpoint(settings: Settings) -> ChatClient | Offline:
    if settings.replays:
        return connect(replay=settings.cassettes or resource_dir("cassettes")).client
    if not settings.model:
        raise KeyRejected("no model named; say which with --model or DIGEST_MODEL")
    if settings.mode == "offline":
        return Offline(settings.model)
    return connect(
        settings.model,
        base_url=settings.base_url,
        structured=settings.structured,
        timeout_s=settings.timeout_s,
    ).client


def results_coverage(summaries: Sequence[Summary | Outcome]) -> float | None:
    """The share of the figures in the reports' results that the summaries print."""
    there = sum(summary.results_figures for summary in summaries)
    told = sum(summary.results_told for summary in summaries)
    return round(told / there, 4) if there else None


def result_document(
    summaries: Sequence[Summary | Outcome],
    bill: Bill,
    outputs: list[Path],
    failures: list[dict[str, str]],
) -> dict[str, Any]:
    """The one JSON document that `--json` prints when a command is done."""
    states = [summary.state for summary in summaries]
    return {
        "schema_version": "1",
        "papers": len(states),
        "verified": states.count("verified"),
        "flagged": states.count("flagged"),
        "failed": failures,
        "results_coverage": results_coverage(summaries),
        **bill.model_dump(),
        "outputs": [str(path) for path in outputs],
    }
