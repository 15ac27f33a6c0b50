"""One run of a command: which model is asked, what it cost, when to stop; the seam with a tally."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

from .deadline import TIMEOUT_S
from .endpoints import Endpoint, Offline, connect
from .errors import BudgetError, KeyRejected
from .llm import Request, Response
from .models import Frozen, Summary
from .prices import price
from .resources import resource_dir
from .store import Store
from .tokens import count_tokens

REPLAY_NOTE = (
    "no endpoint configured: replaying the recorded reference answers for the example reports "
    "(written during development, not a vendor's model); set OPENAI_API_KEY or --base-url, and "
    "--model, to ask a model"
)
DEFAULT_STORE = "digest.db"
ANSWER_TOKENS = 3000
"""What an answer is taken to cost before it is there: a long summary."""


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
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0
    """None when the price of the model is not known."""


class Session:
    """A `Complete` that counts what it passes on, and stops before the budget is crossed."""

    def __init__(self, settings: Settings, command: str) -> None:
        self._settings = settings
        self._endpoint = _endpoint(settings)
        self._store = None if settings.store_path is None else Store(settings.store_path)
        self._complete = self._store.wrap(self._ask, model=self.model) if self._store else self._ask
        self._reserved, self._out = Decimal(0), 0
        self._run = self._store.begin_run(command, model=self.model) if self._store else None
        self._states: dict[str, int] = {}
        self.keys: list[str] = []
        """The requests that were answered, in that order."""
        self._lock = threading.Lock()
        self._counts = {"requests": 0, "cached": 0, "prompt_tokens": 0, "completion_tokens": 0}
        self._cost: Decimal | None = Decimal(0)
        if settings.max_cost is not None and self._price(0, 0, 0) is None:
            raise BudgetError(
                f"--max-cost needs a price for the model {self.model!r}, and none is known; "
                "give a price file with --prices"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Write what the run came to into the store's log, however it ended."""
        if self._store and self._run is not None:
            self._store.end_run(
                self._run,
                **self._states,
                **self.bill.model_dump(exclude={"cost_usd"}),
                cost_usd=self._cost,
            )
            self._store.close()
        self._endpoint.close()

    def __call__(self, request: Request) -> Response:
        """The answer from the store, else from the endpoint unless it could cross the budget."""
        response = self._complete(request)
        with self._lock:
            self.keys.append(response.request_key)
            self._counts["cached"] += response.cached
        return response

    def reuse(self, answers: int) -> None:
        """Count stored answers that need not even be looked at."""
        self._counts["cached"] += answers

    def _ask(self, request: Request) -> Response:
        """One answer that is paid for; while it is out, its price is reserved."""
        ahead = self._reserve(request)
        with self._lock:
            self._out += 1
        try:
            response = self._endpoint(request)
        finally:
            with self._lock:
                self._reserved -= ahead
                self._out -= 1
        with self._lock:
            self._count(response)
        return response

    def stop(self) -> int:
        """Ask nothing more, and say how many answers may still come; what is stored still passes."""
        self._endpoint.stop()
        return self._out

    def note(self, summaries: Sequence[Summary]) -> None:
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
        with self._lock:
            cost = None if self._cost is None else float(round(self._cost, 6))
            return Bill(cost_usd=cost, **self._counts)

    def _count(self, response: Response) -> None:
        used = response.prompt_tokens or 0, response.completion_tokens or 0
        self._counts["requests"] += 1
        self._counts["prompt_tokens"] += used[0]
        self._counts["completion_tokens"] += used[1]
        cost = self._price(*used, response.cached_tokens or 0)
        self._cost = None if cost is None or self._cost is None else self._cost + cost

    def _price(self, prompt: int, completion: int, cached: int) -> Decimal | None:
        if self._settings.replays:
            return Decimal(0)
        return price(
            self.model,
            prompt,
            completion,
            cached,
            base_url=self._settings.base_url,
            prices=self._settings.prices,
        )

    def _reserve(self, request: Request) -> Decimal:
        """What the answer may cost, set aside; raises `BudgetError` where that is too much."""
        limit = self._settings.max_cost
        if limit is None:
            return Decimal(0)
        tokens = sum(count_tokens(message.content).n for message in request.messages)
        ahead = self._price(tokens, max(ANSWER_TOKENS, request.room or 0), 0) or Decimal(0)
        with self._lock:
            spent = self._cost or Decimal(0)
            if spent + self._reserved + ahead > limit:
                raise BudgetError(
                    f"the next request could cost ${ahead:.4f} and cross --max-cost ${limit}; "
                    f"${spent:.4f} is used; every answer so far is in the store"
                )
            self._reserved += ahead
        return ahead


def _endpoint(settings: Settings) -> Endpoint | Offline:
    if settings.replays:
        return connect(
            replay=settings.cassettes or resource_dir("cassettes"),
        )
    if not settings.model:
        raise KeyRejected("no model named; say which with --model or DIGEST_MODEL")
    if settings.mode == "offline":
        return Offline(settings.model)
    return connect(
        settings.model,
        base_url=settings.base_url,
        structured=settings.structured,
        timeout_s=settings.timeout_s,
    )


def results_coverage(summaries: Sequence[Summary]) -> float | None:
    """The share of the figures in the reports' results that the summaries print."""
    there = sum(summary.results_figures for summary in summaries)
    told = sum(summary.results_told for summary in summaries)
    return round(told / there, 4) if there else None


def result_document(
    summaries: Sequence[Summary], bill: Bill, outputs: list[Path], failures: list[dict[str, str]]
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
