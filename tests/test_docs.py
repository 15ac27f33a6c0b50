"""The pages for users say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from . import reference_page

ROOT = Path(__file__).parent.parent


def test_the_reference_is_up_to_date() -> None:
    written = reference_page.PAGE.read_text(encoding="utf-8")
    assert written == reference_page.page(), "run python -m tests.reference_page"


def test_every_variable_that_is_read_is_in_the_reference() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("digestlib/**/*.py"))
    read = re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"|\"(DIGEST_\w+)\"", sources)
    written = reference_page.PAGE.read_text(encoding="utf-8")
    assert {name for names in read for name in names if name} <= set(re.findall(r"\w+", written))
