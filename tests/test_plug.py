"""A run that is killed, or has no space left, at any moment: the next goes on as if nothing had been."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from .plug import Bench, Plug, Whole, stored


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("plug"))


@pytest.fixture(scope="module")
def whole(bench: Bench) -> Whole:
    return bench.undisturbed()


@pytest.mark.parametrize("seed", [1])
def test_a_run_struck_again_and_again_ends_as_the_undisturbed_one(
    seed: int, bench: Bench, whole: Whole
) -> None:
    """While asking, while storing, while writing the draft; python -m tests.plug has a hundred."""
    dice = random.Random(seed)
    plugs = [
        Plug(after_s=whole.seconds * dice.uniform(0.5, 0.9)),
        Plug(at_call=dice.randrange(10, 120)),
        Plug(at_call=dice.randrange(10, 120), full=True),
        Plug(at_call=dice.randrange(20, 45)),
        Plug(at_call=dice.randrange(20, 45), full=True),
    ]
    assert bench.troubles(plugs, whole) == []
    assert len(stored(bench.folder / "struck")) == 18


def test_what_a_killed_run_left_beside_is_removed(tmp_path: Path) -> None:
    from digestlib.output import write_files

    (tmp_path / ".digest-4194305-abcdef").write_bytes(b"half")  # beyond the largest process id
    (tmp_path / ".digest-1-abcdef").write_bytes(b"another is at work")
    write_files(tmp_path, {"a.txt": "a"})
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", ".digest-1-abcdef"}
