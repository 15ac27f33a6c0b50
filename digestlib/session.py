"""One run of a command: which model is asked, what it cost, when to stop; the seam with a tally."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from .client import ChatClient
from .deadline import TIMEOUT_S
from .endpoints import Offline, Unconfigured, connect
from .errors import (
    BudgetError,
    DigestError,
    EndpointError,
    Interrupted,
    KeyRejected,
    NotRecorded,
    RequestRejected,
    StoreError,
)
from .llm import Request, Response
from .models import Frozen, Summary
from .patience import Used
from .prices import price
from .resources import resource_dir
from .spending import Spending
from .store import Store

if TYPE_CHECKING:
    from .editions import Outcome

REPLAY_NOTE = (
    "no endpoint configured: replaying the recorded reference answers for the example reports "
    "(written during development, not a vendor's model); set OPENAI_API_KEY or --base-url, and "
    "--model, to ask a model"
)
STORED_NOTE = "no endpoint configured: answers come from the store alone"
DEFAULT_STORE = "digest.db"


class Settings(Frozen):
    """What flags, environment and files came to."""

    base_url: str | None = None
    api_key_set: bool = False
    model: str | None = None
    jobs: int = 8
    store: Path | None = None
    max_cost: Decimal | None = None
    timeout_s: float = TIMEOUT_S
    mode: Literal["replay", "live", "offline", "stored"] | None = None
    """`replay`, `live`, `offline` (the store alone), `stored` (the same, and what is missing ends the
    run), or None: replay when nothing is configured."""
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


def without_endpoint(settings: Settings) -> Settings:
    """Where nothing is configured, a store with answers of the model that is named is what is meant."""
    path = settings.store or Path(DEFAULT_STORE)
    if settings.mode or not (settings.replays and settings.model and path.is_file()):
        return settings
    with Store(path) as store:
        known = store.has_asked(settings.model)
    return settings.model_copy(update={"mode": "stored"}) if known else settings


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
    """A `Complete` that counts what it passes on, and stops before the budget is crossed.

    What ends a run costs it no answer: from then on only stored answers pass, every other request
    raises `Interrupted`, and `ended_by` says what it was.
    """

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
        self._spending = Spending(self._price, settings.max_cost)
        self._lock, self._cached, self._stopped = threading.Lock(), 0, False
        self._states: dict[str, int] = {}
        self.ended_by: DigestError | None = None
        """The endpoint given up, or the budget reached; None while all is well, and after `stop`."""
        self.keys: list[str] = []
        """The requests that were answered, in that order."""

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
        cost = self._spending.usd
        bill = self.bill.model_dump(exclude={"cost_usd", "estimated"})
        ended = "interrupted" if self._stopped else str(error or self.ended_by or "") or None
        counts: dict[str, Any] = {**self._states, **bill, "cost_usd": cost}
        try:
            self._store.end_run(self._run, error=ended, **counts)
        finally:
            self._store.close()

    def __call__(self, request: Request) -> Response:
        """The answer from the store, else from the endpoint unless it could cross the budget."""
        response = self._complete(request)
        with self._lock:
            self.keys.append(response.request_key)
            self._cached += response.cached
        return response

    def reuse(self, answers: int) -> None:
        """Count stored answers that need not even be looked at."""
        self._cached += answers

    def _ask(self, request: Request) -> Response:
        if self._stopped:
            raise Interrupted("the run was interrupted before this was asked")
        if self.ended_by and not self.replays:
            raise _unasked(self.ended_by)
        try:
            with self._spending.turn(request) as turn:
                charge = partial(self._spending.charge, turn)
                turn.response = self._endpoint(request, on_failed=charge)
        except (BudgetError, EndpointError) as error:
            if not _ends_all(error, request):
                raise
            self.ended_by = self.ended_by or error
            raise _unasked(error) from error
        return turn.response

    def stop(self) -> int:
        """Ask nothing more, and say how many answers may still come; what is stored still passes."""
        self._stopped = True
        self._endpoint.stop()
        if self._store:
            self._store.stop()
        self._spending.stop()
        return self._spending.out

    def note(self, summaries: Sequence[Summary | Outcome]) -> None:
        """Keep for the log what became of the papers."""
        states = [summary.state for summary in summaries]
        counts = {state: states.count(state) for state in ("verified", "flagged", "failed")}
        self._states = {"papers": len(states), **counts}

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self._stopped or self.ended_by is not None

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
        spent = self._spending
        cost = spent.usd
        return Bill(
            requests=spent.answers,
            unanswered=0 if self.replays else max(0, self._endpoint.sent - spent.asked),
            cached=self._cached,
            prompt_tokens=spent.used.prompt,
            completion_tokens=spent.used.completion,
            estimated=spent.estimated,
            cost_usd=None if cost is None else float(round(cost, 6)),
        )

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


def _endpoint(settings: Settings) -> ChatClient | Offline:
    if settings.replays:
        return connect(replay=settings.cassettes or resource_dir("cassettes")).client
    if not settings.model:
        raise KeyRejected("no model named; say which with --model or DIGEST_MODEL")
    if settings.mode == "offline":
        return Offline(settings.model)
    if settings.mode == "stored":
        return Unconfigured(settings.model)
    return connect(
        settings.model,
        base_url=settings.base_url,
        structured=settings.structured,
        timeout_s=settings.timeout_s,
    ).client


def _ends_all(error: DigestError, request: Request) -> bool:
    """Whether it is not about this request alone; a fresh one has an answer to make do with."""
    if isinstance(error, EndpointError):
        return not (request.fresh or isinstance(error, RequestRejected))
    return True


def _unasked(error: DigestError) -> Interrupted:
    """What that means for one request; the same for all, as it stands in the draft."""
    if isinstance(error, BudgetError):
        return Interrupted("--max-cost was reached before this was asked")
    if isinstance(error, NotRecorded):
        return Interrupted("no answer to this is recorded")
    return Interrupted("the endpoint gave no answer")


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
