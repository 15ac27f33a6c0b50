"""The measures themselves: what the other browser tests rely on must be able to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import low_contrast, view, wider_than_the_window

PAGE = "<!DOCTYPE html><html lang='en'><title>t</title><style>{}</style><body>{}</body></html>"


def test_a_wide_word_sticks_out(browser: Browser, tmp_path: Path) -> None:
    with view(browser, PAGE.format("", f"<p>{'a' * 500}</p>"), tmp_path, width=360) as page:
        assert wider_than_the_window(page) != []


def test_what_may_scroll_does_not_stick_out(browser: Browser, tmp_path: Path) -> None:
    html = PAGE.format("div { overflow-x: auto }", f"<div><p>{'a' * 500}</p></div>")
    with view(browser, html, tmp_path, width=360) as page:
        assert wider_than_the_window(page) == []


@pytest.mark.parametrize(("grey", "low"), [("#777", 1), ("#767676", 0)])
def test_contrast_is_measured(browser: Browser, tmp_path: Path, grey: str, low: int) -> None:
    html = PAGE.format(f"body {{ background: #fff; color: {grey} }}", "<p>text</p>")
    with view(browser, html, tmp_path) as page:
        assert len(low_contrast(page)) == low


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<script>console.error('x')</script>",
        "<script>throw new Error('x')</script>",
        "<img src='https://a.example/pixel.gif' alt=''>",
    ],
)
def test_whatever_a_page_does_behind_the_reader_is_told(
    browser: Browser, tmp_path: Path, body: str
) -> None:
    with pytest.raises(AssertionError), view(browser, PAGE.format("", body), tmp_path) as page:
        page.wait_for_timeout(50)
