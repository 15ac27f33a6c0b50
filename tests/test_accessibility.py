"""The pages as axe-core audits them: names, landmarks, roles, contrast, order of headings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

import digestlib as dl
from digestlib.drafts import render
from digestlib.drafts.review import render_review

from .browser import view
from .issues import real_week, table_page, tables_of
from .reference_answers import REPORTS

PAGES: dict[str, Callable[[], str]] = {
    "web": lambda: render(real_week(), "web"),
    "review": lambda: render_review(real_week(), dl.load(REPORTS), tables_of(real_week())),
    "tables": lambda: table_page(real_week()),
}


@pytest.mark.parametrize("name", PAGES)
def test_an_audit_finds_nothing(browser: Browser, tmp_path: Path, name: str) -> None:
    with view(browser, PAGES[name](), tmp_path, width=360) as page:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found] == []
