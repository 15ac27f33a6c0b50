"""Prices that are known or None."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from digestlib.errors import DigestError
from digestlib.prices import price


def test_a_price_counts_cached_tokens_at_their_own_rate() -> None:
    assert price("gpt-5-mini", 1_000_000, 0) == Decimal("0.25")
    assert price("gpt-5-mini", 1_000_000, 100_000, 400_000) == Decimal("0.36")
    assert price("gpt-5-mini", 10, 0, 999) == Decimal("0.025") * 10 / 1_000_000


def test_a_snapshot_costs_what_its_model_does_unless_listed() -> None:
    assert price("gpt-5-mini-2025-08-07", 1000, 10) == price("gpt-5-mini", 1000, 10)
    assert price("gpt-4o-2024-05-13", 1000, 10) != price("gpt-4o", 1000, 10)


@pytest.mark.parametrize("model", ["", "reference", "gpt-99", "as_of"])
def test_an_unknown_price_is_none_not_nothing(model: str) -> None:
    assert price(model, 1000, 10) is None


def test_a_price_file_of_the_user_wins(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(
        '[models]\n"qwen3" = {input = 0.1, output = 0.4}\n"gpt-5" = {input = 1, output = 2}\n',
        encoding="utf-8",
    )
    assert price("qwen3", 1_000_000, 1_000_000, 500_000, prices=file) == Decimal("0.5")
    assert price("gpt-5", 1_000_000, 0, prices=file) == 1
    assert price("gpt-5-mini", 1_000_000, 0, prices=file) == Decimal("0.25")


@pytest.mark.parametrize(
    "text",
    ["[models", "x = 1", "[models]\na = 1", "[models.a]\ninput = 1", '[models.a]\ninput="x"\noutput=1',
     "[models.a]\ninput = -1\noutput = 1", "[models.a]\ninput = nan\noutput = 1"],
    ids=["broken", "no models", "no table", "no output", "a word", "negative", "nan"],
)  # fmt: skip
def test_a_bad_price_file_is_said(text: str, tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DigestError, match=re.escape(str(file))):
        price("gpt-5", 1, 1, prices=file)
    with pytest.raises(DigestError, match="not a price file"):
        price("gpt-5", 1, 1, prices=tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("base_url", "model", "known"),
    [
        ("https://api.deepseek.com/v1", "deepseek-chat", True),
        ("https://openrouter.ai/api/v1", "openai/gpt-5-mini", True),
        ("https://api.deepseek.com/v1", "gpt-5-mini", False),
        ("http://localhost:4000/v1", "gpt-5-mini", True),
        ("http://localhost:11434/v1", "qwen3:8b", False),
    ],
    ids=["provider", "gateway", "not sold there", "own proxy", "own model"],
)
def test_the_endpoint_decides_whose_price_it_is(base_url: str, model: str, known: bool) -> None:
    assert (price(model, 1000, 10, base_url=base_url) is not None) == known
