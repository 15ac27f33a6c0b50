"""What a run would ask and cost, worked out without a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from .endpoints import Offline
from .errors import SelectionError
from .llm import Complete, canonical, request_key
from .models import Frozen, PaperReport
from .patience import Used
from .periods import weeks_of
from .prices import price, source_of_prices
from .roundups import roundup
from .session import Settings
from .spending import counts_of
from .store import Store
from .summaries import summarise_paper, summary_request
from .tokens import TokenCount

ANSWER_TOKENS = (600, 3000)
"""A short and a long summary."""
OPENING_TOKENS = 350
"""What each paper adds to the prompt for the opening of the issue, and to that for the tables."""
OPENING_ANSWER_TOKENS = 2500
REASKED = 0.1
"""The share of papers that is asked again at the dear end."""


class Plan(Frozen):
    """A run before it happens."""

    papers: int
    requests: int
    """One a paper without a stored answer, and one for an opening that is not stored."""
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
    """Count the requests that the papers need, their tokens and price; a week is in memory at most.

    Raises `SelectionError` when there is no paper.
    """
    model = settings.model or ("reference answers" if settings.replays else "not named")
    number = 0
    missing: list[tuple[TokenCount, TokenCount]] = []
    issue = _Issue()
    with _store(settings) as store:
        for paper in papers:
            number += 1
            request = summary_request(paper, **texts)
            key = request_key(canonical(request, model=model), request.prompt)
            is_stored = store is not None and key in store
            issue.add(paper, is_stored=is_stored)
            if not is_stored:
                missing.append(counts_of(request))
        opened = store is not None and issue.is_stored(store.wrap(Offline(model)), texts)
    if not number:
        raise SelectionError("the reports hold no paper")
    cached = number - len(missing) + opened
    least, most = _need(missing, papers=0 if opened else number)
    return Plan(
        papers=number,
        requests=number + 1 - cached,
        cached=cached,
        cached_share=round(cached / (number + 1), 4),
        prompt_tokens=least.prompt,
        tokens_counted_with=missing[-1][0].method if missing else "estimate",
        completion_tokens=(least.completion, most.completion),
        cost_usd=_cost(settings, model, least, most),
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
        f"requests           {plan.requests} (the opening is one; tables and re-asks come on top)\n"
        f"in the store       {plan.cached} ({plan.cached_share:.0%})\n"
        f"prompt tokens      {plan.prompt_tokens:,} ({plan.tokens_counted_with})\n"
        f"completion tokens  {low:,} to {high:,} (estimate; what a model thinks comes on top)\n"
        f"cost               {cost}\n"
    )


class _Issue:
    """The papers of one week, as long as all of them have an answer: then its opening may, too."""

    def __init__(self) -> None:
        self._papers: list[PaperReport] = []
        self._is_open = True

    def add(self, paper: PaperReport, *, is_stored: bool) -> None:
        """One more of the reports that are planned."""
        first = self._papers[0] if self._papers else paper
        dates = [day for day in (first.date, paper.date) if day]
        self._is_open = self._is_open and is_stored and len(weeks_of(dates)) == 1
        if self._is_open:
            self._papers.append(paper)
        else:
            self._papers.clear()

    def is_stored(self, complete: Complete, texts: dict[str, Any]) -> bool:
        """Whether there is an answer to the request for the opening, be it of the week or a day."""
        dates = {paper.date for paper in self._papers if paper.date}
        summaries = [summarise_paper(paper, complete, **texts) for paper in self._papers]
        issues = (
            roundup(summaries, complete, day=day, prompts=texts["prompts"])
            for day in (None, *(dates if len(dates) == 1 else ()))
            if dates
        )
        return any(issue.editorial for issue in issues)


@contextmanager
def _store(settings: Settings) -> Iterator[Store | None]:
    path = settings.store_path
    if path is None or not path.exists():
        yield None
        return
    with Store(path) as store:
        yield store


def _need(missing: Sequence[tuple[TokenCount, TokenCount]], *, papers: int) -> tuple[Used, Used]:
    """From short answers to all that may come on top: the schema, long answers, re-asks, tables.

    `missing` are the tokens of each request that is to be sent, and of its schema; `papers` are
    those that the opening is still to be made of.
    """
    said, schemas = (sum(counts[n].n for counts in missing) for n in (0, 1))
    short, long = (len(missing) * n + bool(papers) * OPENING_ANSWER_TOKENS for n in ANSWER_TOKENS)
    opening = OPENING_TOKENS * papers
    most = round((said + schemas) * (1 + REASKED)) + 2 * opening
    return Used(said + opening, short), Used(most, round(long * (1 + REASKED)))


def _cost(settings: Settings, model: str, least: Used, most: Used) -> tuple[float, float] | None:
    if settings.replays:
        return (0.0, 0.0)
    found = [
        price(
            model, used.prompt, used.completion, base_url=settings.base_url, prices=settings.prices
        )
        for used in (least, most)
    ]
    return None if None in found else (float(found[0] or 0), float(found[1] or 0))
