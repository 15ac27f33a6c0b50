"""Exported pages as readers see them: in a real browser, narrow and wide, light and dark."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from digestlib.drafts import render
from digestlib.exports import export, read_draft
from digestlib.mails import CLIPPED_BYTES
from tests.browser import low_contrast, photograph, view, wider_than_the_window
from tests.issues import ISSUES, PAPER

TABLE = "\n## Side by side\n\n| Paper | AIME 2025 |\n|---|---|\n| A | 73.45% |\n"


@cache
def page_of(name: str) -> str:
    content = export(read_draft(render(ISSUES[name](), "md") + TABLE), "html")
    assert isinstance(content, str)
    return content


@pytest.mark.parametrize("name", ISSUES)
@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (800, False), (800, True)])
def test_an_exported_mail_fits_its_window_and_can_be_read(
    browser: Browser, tmp_path: Path, name: str, width: int, dark: bool
) -> None:
    with view(browser, page_of(name), tmp_path, width=width, dark=dark) as page:
        assert wider_than_the_window(page) == []
        assert low_contrast(page) == []
        photograph(page, f"export-{name}-{width}-{'dark' if dark else 'light'}", full=False)


@pytest.mark.parametrize("form", ["html", "substack"])
def test_every_link_leads_to_a_paper_and_nothing_runs(
    browser: Browser, tmp_path: Path, form: str
) -> None:
    content = export(read_draft(render(ISSUES["hostile"](), "md")), form)  # type: ignore[arg-type]
    with view(browser, str(content), tmp_path) as page:
        addresses = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
    assert addresses
    assert [address for address in addresses if not PAPER.fullmatch(address)] == []


def test_the_whole_week_of_38_papers_is_not_clipped() -> None:
    assert len(page_of("W01").encode()) < CLIPPED_BYTES
