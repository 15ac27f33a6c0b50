"""No input hangs: a few hostile inputs of the fuzzer, which runs longer by itself."""

from __future__ import annotations

import pytest

from tests.fuzz import LENGTHS, Measured, measure, measured


@pytest.mark.parametrize("seed", range(7))
def test_time_grows_no_faster_than_a_hostile_text(seed: int) -> None:
    """Figures, checks and reports are read in time linear in the length."""
    assert [found for found in measured(seed) if not found.is_linear] == []


def test_the_fuzzer_sees_what_grows_faster() -> None:
    """What looks at each pair of characters is not linear."""

    def quadratic(length: int) -> int:
        return sum(1 for _ in range(length * length // 50))

    assert not measure("quadratic", "a", quadratic).is_linear


def test_what_takes_no_time_is_not_compared() -> None:
    """The clock is too coarse for it."""
    assert Measured("parse_digest", "a", short=0.0001, long=0.01).is_linear
    assert LENGTHS[0] < LENGTHS[1]
