from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .command import Done, run_in
from .reference_answers import answer_to
from .reference_server import ReferenceServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests that need one."""
    from tests.browser import launched

    yield from launched()


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Done]:
    """Run the command in the test's empty folder."""
    return partial(run_in, tmp_path)


@pytest.fixture
def server() -> Iterator[ReferenceServer]:
    """An endpoint that gives the reference answers."""
    with ReferenceServer(answer_to) as running:
        yield running
