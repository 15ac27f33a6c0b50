"""The page of comparison tables in a real browser, on a phone and on a desk, by day and by night."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import low_contrast, photograph, view, wider_than_the_window
from tests.issues import ISSUES, PAPER, table_page


@pytest.mark.parametrize("name", ISSUES)
@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (800, True), (1280, False)])
def test_the_tables_fit_the_window_and_can_be_read(
    browser: Browser, tmp_path: Path, name: str, width: int, dark: bool
) -> None:
    with view(browser, table_page(ISSUES[name]()), tmp_path, width=width, dark=dark) as page:
        photograph(page, f"tables-{name}-{width}-{'dark' if dark else 'light'}", full=False)
        assert wider_than_the_window(page) == []
        assert low_contrast(page) == []


@pytest.mark.parametrize("name", ISSUES)
def test_links_lead_to_tables_of_the_page_or_to_papers(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    with view(browser, table_page(ISSUES[name]()), tmp_path) as page:
        within = page.eval_on_selector_all("a[href^='#']", "links => links.map(l => l.hash)")
        away = page.eval_on_selector_all("a:not([href^='#'])", "links => links.map(l => l.href)")
        assert [place for place in within if page.locator(f"[id='{place[1:]}']").count() != 1] == []
        assert away
        assert [address for address in away if not PAPER.fullmatch(address)] == []
