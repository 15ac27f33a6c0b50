"""What a run would ask and cost, worked out without a request."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from .errors import SelectionError
from .llm import canonical, request_key
from .models import Frozen, PaperReport
from .prices import price, source_of_prices
from .session import Settings
from .store import Store
from .summaries import summary_request
from .tokens import count_tokens

ANSWER_TOKENS = (600, 3000)
"""A short and a long summary."""
OPENING_TOKENS = 250
"""What each paper adds to the prompt for the opening of the issue."""
OPENING_ANSWER_TOKENS = 2500


class Plan(Frozen):
    """A run before it happens."""

    papers: int
    requests: int
    """One a paper without a stored answer, and one for the opening of the issue."""
    cached: int
    cached_share: float
    prompt_tokens: int
    tokens_counted_with: str
    completion_tokens: tuple[int, int]
    cost_usd: tuple[float, float] | None
    """None when the price of the model is not known."""
    prices_from: str | None
    """Whose price list says so, with its version; None while replaying."""
    model: str


def plan_run(papers: Iterable[PaperReport], settings: Settings, texts: dict[str, Any]) -> Plan:
    """Count the requests that the papers need, their tokens and price; one is in memory at a time.

    Raises `SelectionError` when there is no paper.
    """
    model = settings.model or ("reference answers" if settings.replays else "not named")
    number = missing = prompt = 0
    method = "estimate"
    with _answered(settings) as answered:
        for paper in papers:
            number += 1
            prompt += OPENING_TOKENS
            request = summary_request(paper, **texts)
            if request_key(canonical(request, model=model), request.prompt) not in answered:
                counts = [count_tokens(message.content) for message in request.messages]
                missing, prompt = missing + 1, prompt + sum(count.n for count in counts)
                method = counts[0].method
    if not number:
        raise SelectionError("the reports hold no paper")
    low, high = (missing * n + OPENING_ANSWER_TOKENS for n in ANSWER_TOKENS)
    return Plan(
        papers=number,
        requests=missing + 1,
        cached=number - missing,
        cached_share=round(1 - missing / number, 4),
        prompt_tokens=prompt,
        tokens_counted_with=method,
        completion_tokens=(low, high),
        cost_usd=_cost(settings, model, prompt, (low, high)),
        prices_from=None if settings.replays else source_of_prices(settings.prices),
        model=model,
    )


def render_plan(plan: Plan) -> str:
    """The plan for people, one fact a line."""
    if plan.cost_usd is None:
        cost = f"unknown (no price for {plan.model!r}; give one with --prices)"
    else:
        cost = "${:.4f} to ${:.4f}".format(*plan.cost_usd)
        cost += f" ({plan.prices_from})" if plan.prices_from else " (replayed)"
    low, high = plan.completion_tokens
    return (
        f"model              {plan.model}\n"
        f"papers             {plan.papers}\n"
        f"requests           {plan.requests} (with one for the opening; tables and re-asks come on top)\n"
        f"in the store       {plan.cached} ({plan.cached_share:.0%})\n"
        f"prompt tokens      {plan.prompt_tokens:,} ({plan.tokens_counted_with})\n"
        f"completion tokens  {low:,} to {high:,} (estimate)\n"
        f"cost               {cost}\n"
    )


@contextmanager
def _answered(settings: Settings) -> Iterator[Container[str]]:
    """The keys of the requests that the store has an answer to."""
    path = settings.store_path
    if path is None or not path.exists():
        yield ()
        return
    with Store(path) as store:
        yield store


def _cost(
    settings: Settings, model: str, prompt: int, completion: tuple[int, int]
) -> tuple[float, float] | None:
    if settings.replays:
        return (0.0, 0.0)
    found = [
        price(model, prompt, tokens, base_url=settings.base_url, prices=settings.prices)
        for tokens in completion
    ]
    return None if None in found else (float(found[0] or 0), float(found[1] or 0))
