"""No input hangs: a few hostile inputs of the fuzzer, which runs longer by itself."""

from __future__ import annotations

import pytest

from digestlib import check
from tests.fuzz import LENGTHS, Measured, Pieces, measure, measured


@pytest.mark.parametrize("seed", range(7))
def test_time_grows_no_faster_than_a_hostile_text(seed: int) -> None:
    """Figures, checks and reports are read in time linear in the length."""
    assert [found for found in measured(seed) if not found.is_linear] == []


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        pytest.param(Pieces("1,", "\r\n", ""), Pieces("R@1(千4", ">", ""), id="empty lines"),
        pytest.param(Pieces("", "9", "·"), Pieces("[8", "](7in ten 千", ""), id="one long item"),
        pytest.param(Pieces("", " ", "四 * 1,000"), Pieces("", "of the ", ""), id="spaces"),
        pytest.param(Pieces("1,\\", "_", ""), Pieces("", "a_", ""), id="underscores"),
        pytest.param(Pieces("任务", "`。8", "not ="), Pieces("***", "，", "·数"), id="commas"),
        pytest.param(
            Pieces("", "２“", ""), Pieces("", "more than 1.Qwen2.5-VL-7B%", ""), id="many"
        ),
        pytest.param(Pieces("；半", "：", "R@1("), Pieces("https://首", "任务``", ""), id="code"),
        pytest.param(
            Pieces("<!--$1:", "\\times", ""), Pieces("百分之", "\t1,```", ""), id="dollar"
        ),
    ],
)
def test_what_the_fuzzer_found_once_is_linear(theirs: Pieces, ours: Pieces) -> None:
    """Each of these took quadratic time, up to 5 s for 12,000 characters."""
    found = measure("check", "", lambda n: check(theirs.text(n), ours.text(n), complete=True))
    assert found.is_linear


def test_the_fuzzer_sees_what_grows_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks at each pair of characters is not linear; the clock here is a counter."""
    looked_at = 0

    def linear(length: int) -> None:
        nonlocal looked_at
        looked_at += length

    def quadratic(length: int) -> None:
        nonlocal looked_at
        looked_at += length * length // 1_000

    monkeypatch.setattr("time.process_time", lambda: looked_at / 10_000)
    assert measure("linear", "a", linear).is_linear
    assert not measure("quadratic", "a", quadratic).is_linear


def test_what_takes_no_time_is_not_compared() -> None:
    """The clock is too coarse for it."""
    assert Measured("parse_digest", "a", short=0.0001, long=0.01).is_linear
    assert LENGTHS[0] < LENGTHS[1]
