"""Counts that say how they were made."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from digestlib import tokens
from digestlib.tokens import count_tokens, estimate_tokens

REPORTS = sorted((Path(__file__).parent.parent / "examples" / "reports").glob("*.md"))
PROSE = (
    "The authors present a training environment for visual web agents with nearly 300,000 tasks "
    "drawn from real websites. An asynchronous rollout system makes it four to five times faster, "
    "and reinforcement learning on it raises the success rate from 26.2% to 42.9%."
)


@pytest.fixture(autouse=True)
def _no_vocabulary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_estimate_is_near_the_ratio_measured_on_the_reports(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text) / estimate_tokens(text) == pytest.approx(1.84, rel=0.03)


def test_the_estimate_is_near_the_ratio_measured_on_english() -> None:
    assert len(PROSE) / estimate_tokens(PROSE) == pytest.approx(4.4, rel=0.08)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("", 0, 0),
        ("a", 1, 1),
        ("近30万个真实网页任务", 7, 10),
        ("1234567", 3, 3),
        ("=" * 60, 5, 30),
    ],
    ids=["nothing", "letter", "Chinese", "digits by three", "rule"],
)
def test_an_estimate_is_of_the_right_size(text: str, low: int, high: int) -> None:
    assert low <= estimate_tokens(text) <= high


def test_a_count_says_that_it_is_an_estimate() -> None:
    assert count_tokens(PROSE) == (estimate_tokens(PROSE), "estimate")
    assert "tiktoken" not in sys.modules or not hasattr(sys.modules["tiktoken"], "_fetched")


def test_a_damaged_vocabulary_is_neither_used_nor_deleted(tmp_path: Path) -> None:
    file = tmp_path / tokens.O200K_FILE
    file.write_bytes(b"damaged")
    assert count_tokens("WebGym").method == "estimate"
    assert file.read_bytes() == b"damaged"


def test_a_cache_that_is_switched_off_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    assert count_tokens("WebGym").method == "estimate"


def test_a_vocabulary_at_hand_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(text: str, *, disallowed_special: tuple[str, ...]) -> list[str]:
        assert disallowed_special == ()
        return text.split()

    fake = SimpleNamespace(get_encoding=lambda name: SimpleNamespace(encode=encode))
    monkeypatch.setitem(sys.modules, "tiktoken", fake)
    monkeypatch.setattr(tokens, "_is_whole", lambda path: path.name == tokens.O200K_FILE)
    tokens._encoding.cache_clear()
    assert count_tokens("one two <|endoftext|>") == (3, "o200k_base")
    tokens._encoding.cache_clear()
