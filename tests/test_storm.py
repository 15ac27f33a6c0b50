"""Whole runs through faults of every sort: no paper is lost, nothing spoiled is taken for good."""

from __future__ import annotations

import pytest

from .faults import Storm
from .storm import Outcome, run, undisturbed


@pytest.fixture(scope="module")
def calm() -> Outcome:
    return undisturbed()


def test_without_faults_each_paper_costs_one_call_and_the_opening_another(calm: Outcome) -> None:
    assert (calm.calls, calm.states) == (56, {"verified": 55})


@pytest.mark.parametrize(
    ("share", "outage", "pace", "most_calls"),
    [(0.03, False, 5, 1.05), (0.3, False, 5, 1.4), (0.3, True, 2, 2.5)],
    ids=["3%", "30%", "30% and an outage"],
)
def test_every_paper_is_answered_and_nothing_spoiled_is_taken(
    share: float, outage: bool, pace: int, most_calls: float, calm: Outcome
) -> None:
    done = run(Storm(share, seed=5), pace=pace, outage=outage)
    assert done.states == {"verified": 55}
    assert done.good == calm.good
    assert done.opening == "there"
    assert done.calls_per_paper <= most_calls
    assert (done.undercut, done.leaked) == (0, False)
    assert done.troubles
