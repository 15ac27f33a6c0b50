"""The full edition as readers use it: in a real browser, with and without scripts."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from digestlib.drafts import render
from tests import samples
from tests.browser import low_contrast, photograph, view, wider_than_the_window
from tests.issues import ISSUES, PAPER

WINDOWS = [(360, False), (360, True), (800, False), (800, True), (1280, False)]


@cache
def edition(name: str) -> str:
    return render(ISSUES[name](), "web")


@pytest.mark.parametrize("name", ISSUES)
@pytest.mark.parametrize(("width", "dark"), WINDOWS)
def test_the_page_fits_its_window_and_can_be_read(
    browser: Browser, tmp_path: Path, name: str, width: int, dark: bool
) -> None:
    with view(browser, edition(name), tmp_path, width=width, dark=dark) as page:
        photograph(page, f"web-{name}-{width}-{'dark' if dark else 'light'}", full=False)
        page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
        assert wider_than_the_window(page) == []
        assert low_contrast(page) == []


def test_every_paper_has_a_place_that_its_permalink_and_the_contents_lead_to(
    browser: Browser, tmp_path: Path
) -> None:
    with view(browser, edition("W01"), tmp_path) as page:
        assert page.locator("article.paper").count() == 38
        within = page.eval_on_selector_all("a[href^='#']", "links => links.map(l => l.hash)")
        missing = [place for place in within if page.locator(f"[id='{place[1:]}']").count() != 1]
    assert missing == []


@pytest.mark.parametrize("name", ISSUES)
def test_links_that_leave_the_page_lead_to_papers(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    with view(browser, edition(name), tmp_path) as page:
        away = page.eval_on_selector_all("a:not([href^='#'])", "links => links.map(l => l.href)")
    assert away
    assert [address for address in away if not PAPER.fullmatch(address)] == []


def test_headings_are_in_order(browser: Browser, tmp_path: Path) -> None:
    with view(browser, edition("W01"), tmp_path) as page:
        levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_topics_filter_and_can_be_combined(browser: Browser, tmp_path: Path) -> None:
    with view(browser, edition("W01"), tmp_path) as page:
        page.click("button[data-topic=robotics]")
        page.click("button[data-topic=audio]")
        assert page.inner_text("#shown") == "5 of 38 papers"
        assert page.locator(".topic:visible").count() == 2
        page.click("#clear")
        assert page.inner_text("#shown") == "All 38 papers"


def test_a_search_finds_what_holds_all_its_words_from_the_keyboard_alone(
    browser: Browser, tmp_path: Path
) -> None:
    with view(browser, edition("W01"), tmp_path) as page:
        page.keyboard.press("/")
        page.keyboard.type("first-frame LATENCY")
        found = page.locator("article.paper:visible").evaluate_all("all => all.map(a => a.id)")
        assert "p-2512-23576" in found
        assert len(found) < 5
        page.keyboard.press("Escape")
        assert page.locator("article.paper:visible").count() == 38


def test_a_link_to_a_paper_that_is_filtered_away_shows_it(browser: Browser, tmp_path: Path) -> None:
    with view(browser, edition("W01"), tmp_path) as page:
        page.fill("#search", "zzzz")
        assert page.locator("article.paper:visible").count() == 0
        page.click(".masthead a[href='#p-2512-23576']")
        assert page.locator("#p-2512-23576").is_visible()


def test_without_scripts_it_is_a_plain_page_with_all_papers(
    browser: Browser, tmp_path: Path
) -> None:
    with view(browser, edition("W01"), tmp_path, scripts=False) as page:
        assert page.locator("article.paper:visible").count() == 38
        assert page.locator("#tools:visible").count() == 0


def test_in_print_the_papers_are_whole_and_the_tools_are_gone(
    browser: Browser, tmp_path: Path
) -> None:
    with view(browser, edition("W01"), tmp_path) as page:
        page.emulate_media(media="print")
        assert page.locator("#tools:visible, nav:visible").count() == 0
        assert page.locator("#p-2512-23576 .parts").bounding_box()
        assert low_contrast(page) == []


def test_the_policy_lets_nothing_in_but_the_page_s_own_script(
    browser: Browser, tmp_path: Path
) -> None:
    smuggled = edition("W01").replace("</main>", "<script>document.title = 'in'</script></main>")
    with (
        pytest.raises(AssertionError, match="Content Security Policy"),
        view(browser, smuggled, tmp_path) as page,
    ):
        assert page.title() != "in"


def test_failed_papers_are_named() -> None:
    assert re.search(r'<li id="p-2512-25073">GaMO: .*2512\.25073', render(samples.WEEK, "web"))
