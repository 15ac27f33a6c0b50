"""Pages in a real browser: opened from text, measured, photographed; nothing may be fetched.

A view fails when it is left with an error in the console, a dialog, or a request to anywhere.
Screenshots go to the folder `DIGEST_ARTEFACTS` (default: `artefacts/`) to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARTEFACTS = Path(os.environ.get("DIGEST_ARTEFACTS", "artefacts"))
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LEAST_CONTRAST = 4.5

_MEASURES = (Path(__file__).parent / "browser.js").read_text(encoding="utf-8")


def launched() -> Iterator[Browser]:
    """The machine's Chromium, without a window; a missing one fails in CI and skips elsewhere."""
    program = os.environ.get("DIGEST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        missing = "no Chromium: run scripts/browser, or set DIGEST_BROWSER to one"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--font-render-hinting=none"]
        )
        yield browser
        browser.close()


@contextmanager
def view(
    browser: Browser,
    html: str,
    folder: Path,
    *,
    width: int = 800,
    dark: bool = False,
    scripts: bool = True,
) -> Iterator[Page]:
    """The page opened as a file, as a reader would; fails afterwards on anything untoward."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    untoward: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: untoward.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: untoward.append(str(error)))
    page.on("dialog", lambda dialog: (untoward.append(dialog.message), dialog.dismiss()))
    page.on(
        "request",
        lambda sent: (
            None
            if sent.url.startswith((file.as_uri(), "blob:"))
            else untoward.append(f"asked for {sent.url}")
        ),
    )
    try:
        page.goto(file.as_uri())
        yield page
    finally:
        context.close()
    assert not untoward, "\n".join(untoward)


def wider_than_the_window(page: Page) -> list[str]:
    """Elements that stick out of the window or hold more than they show, unless made to scroll."""
    return list(page.evaluate(f"() => {{ {_MEASURES}; return sticking_out(); }}"))


def low_contrast(page: Page) -> list[str]:
    """Visible texts with less than 4.5:1 to what is painted behind them."""
    return list(page.evaluate(f"() => {{ {_MEASURES}; return low_contrast({LEAST_CONTRAST}); }}"))


def photograph(page: Page, name: str, *, full: bool = True) -> Path:
    """A screenshot among the artefacts, of the whole page or of what the window shows."""
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    path = ARTEFACTS / f"{name}.png"
    page.screenshot(path=path, full_page=full)
    return path
