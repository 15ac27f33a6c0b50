"""What a use of a model costs in US dollars, or None where nobody knows: never 0 for unknown.

The user's own price file comes first, then the `genai-prices` package: the price that the
endpoint's provider asks, and for an endpoint that is no known provider, OpenAI's price for a
model of that name, since a gateway passes it on. A model of another name there has no price.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .errors import DigestError

_MILLION = Decimal(1_000_000)


def price(
    model: str,
    prompt_tokens: int,
    completion_tokens: int,
    cached_tokens: int = 0,
    *,
    base_url: str | None = None,
    prices: Path | None = None,
) -> Decimal | None:
    """US dollars for that use of a model; `cached_tokens` are those of the prompt read from cache.

    `prices` is a TOML file with `[models."name"]` tables of `input`, `output` and, where it
    differs, `cached_input`, each in dollars per million tokens.
    """
    cached = min(cached_tokens, prompt_tokens)
    rate = _rate(model, _models(prices)) if prices else None
    if rate is None:
        return _listed(model, prompt_tokens, completion_tokens, cached, base_url)
    cost = (
        (prompt_tokens - cached) * rate["input"]
        + cached * rate.get("cached_input", rate["input"])
        + completion_tokens * rate["output"]
    )
    return cost / _MILLION


def source_of_prices(prices: Path | None = None) -> str:
    """Where prices come from, for people to judge their age by."""
    listed = f"genai-prices {version('genai-prices')}"
    return f"{prices}, then {listed}" if prices else listed


def _listed(
    model: str, prompt: int, completion: int, cached: int, base_url: str | None
) -> Decimal | None:
    """By the published price lists; imported here, since their table takes 0.2 s to load."""
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=prompt, cache_read_tokens=cached, output_tokens=completion)
    try:
        return calc_price(usage, model, provider_id=_provider(base_url)).total_price
    except LookupError:
        return None


def _provider(base_url: str | None) -> str:
    from genai_prices.data_snapshot import get_snapshot

    try:
        return get_snapshot().find_provider(None, None, base_url).id
    except LookupError:
        return "openai"


def _rate(model: str, models: Mapping[str, dict[str, Decimal]]) -> dict[str, Decimal] | None:
    """A dated snapshot (`gpt-5-mini-2025-08-07`) costs what its model does, unless listed."""
    return models.get(model) or models.get(re.sub(r"-\d{4}-\d\d-\d\d$", "", model))


@cache
def _models(path: Path) -> Mapping[str, dict[str, Decimal]]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: _usd(rate) for name, rate in table["models"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as exc:
        wanted = '[models."name"] with input and output in USD per million tokens'
        raise DigestError(f"{path}: not a price file ({exc}); it needs {wanted}") from exc


def _usd(rate: Mapping[str, Any]) -> dict[str, Decimal]:
    found = {name: Decimal(str(value)) for name, value in rate.items()}
    missing = {"input", "output"} - set(found)
    if missing or any(not value.is_finite() or value < 0 for value in found.values()):
        raise ValueError(f"bad or missing {', '.join(sorted(missing)) or 'price'}")
    return found
