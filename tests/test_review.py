"""The proofreading page in a real browser: figures lead to their lines, decisions are made and kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import digestlib as dl
from digestlib.decisions import Decision, Decisions, apply_decisions, parse_decisions
from digestlib.drafts.grids import grid
from digestlib.drafts.review import render_review
from digestlib.editions import Roundup
from digestlib.models import Block, Finding

from . import samples
from .browser import low_contrast, photograph, view, wider_than_the_window
from .issues import ATTACK, LONG_WORD, hostile_week, real_week, tables_of
from .reference_answers import REPORTS
from .test_week import issue

DIGESTS = dl.load(REPORTS)
LIVETALK = "2512.23576"
WRONG = "the report says 200倍"


def with_findings() -> Roundup:
    """The first week with a critical finding on one paper and a minor one on another."""
    week = issue("2026-W01")
    found = {
        0: Finding(rule="value", severity="critical", message=WRONG, where="tldr.text", source_line=40, source_text="提升 **200倍**", suggestion="200×"),
        1: Finding(rule="term", severity="minor", message="rather: agent", where="headline.text"),
    }  # fmt: skip
    summaries = tuple(
        s.model_copy(
            update={"findings": (found[i],) if i in found else ()}
            | {"state": "verified" if i else "flagged"}
        )
        for i, s in enumerate(week.summaries)
    )
    return week.model_copy(update={"summaries": summaries})


@cache
def page_of(period: str) -> str:
    week = real_week(period)
    return render_review(week, DIGESTS, tables_of(week))


@cache
def flagged_page() -> str:
    return render_review(with_findings(), DIGESTS)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page with findings, as an editor opens it."""
    with view(browser, flagged_page(), tmp_path, width=1280) as page:
        yield page


def counter(page: Page) -> str:
    return page.locator("#counter").inner_text()


def current(page: Page) -> str:
    return page.locator(".stmt.current").get_attribute("id") or ""


def exported(page: Page) -> Decisions:
    with page.expect_download() as started:
        page.keyboard.press("s")
    assert started.value.suggested_filename == "decisions-2026-W01.json"
    return parse_decisions(Path(started.value.path()).read_text(encoding="utf-8"), "exported")


LANDS = """() => {
  const wrong = [];
  const figures = document.querySelectorAll(".target .fig, .opening .fig, .table td a");
  for (const figure of figures) {
    figure.click();
    const target = document.getElementById(figure.hash.slice(1));
    const line = target?.closest(".line");
    if (!line) { wrong.push(`${figure.textContent}: no line`); continue; }
    const box = target.getBoundingClientRect();
    const report = line.parentElement.getBoundingClientRect();
    const seen = box.top >= Math.max(0, report.top) - 1 && box.bottom <= Math.min(innerHeight, report.bottom) + 1;
    if (!seen) wrong.push(`${figure.textContent}: out of sight`);
    if (!target.classList.contains("flash")) wrong.push(`${figure.textContent}: not shown`);
  }
  return [figures.length, wrong];
}"""


@pytest.mark.parametrize("period", ["2026-W01", "2026-W02"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_figure_in_print_leads_to_its_place_in_the_chinese(
    browser: Browser, tmp_path: Path, period: str, width: int
) -> None:
    week = issue(period)
    with view(browser, page_of(period), tmp_path, width=width) as page:
        count, wrong = page.evaluate(LANDS)
    assert wrong == []
    assert count >= len(week.figures) + sum(len(s.figures) for s in week.summaries)


@pytest.mark.parametrize("period", ["2026-W01", "2026-W02"])
def test_the_place_a_figure_leads_to_says_what_its_trace_says(
    browser: Browser, tmp_path: Path, period: str
) -> None:
    week = issue(period)
    with view(browser, page_of(period), tmp_path) as page:
        seen = page.evaluate(
            """() => [...document.querySelectorAll(".stmt .fig")].map((figure) => {
              const target = document.getElementById(figure.hash.slice(1));
              return [figure.textContent, target.closest(".line").querySelector(".no").textContent, target.textContent];
            })"""
        )
    traces = [*week.figures, *(f for s in week.summaries for f in s.figures)]
    assert sorted(map(tuple, seen)) == sorted((f.text, str(f.line), f.source) for f in traces)


CELLS = """() => [...document.querySelectorAll("#tables td")].map((cell) => [
  cell.textContent,
  [...cell.querySelectorAll("a")].map((link) => {
    const before = document.createRange();
    before.setStart(cell, 0);
    before.setEndBefore(link);
    const line = document.getElementById(link.hash.slice(1)).closest(".line");
    return [before.toString().length, link.textContent.length, Number(line.querySelector(".no").textContent)];
  }),
])"""


@pytest.mark.parametrize("period", ["2026-W01", "2026-W02"])
def test_every_figure_in_every_table_leads_to_a_line_that_its_cell_rests_on(
    browser: Browser, tmp_path: Path, period: str
) -> None:
    week = real_week(period)
    known = {summary.id: summary for summary in week.summaries}
    told = [
        cell for table in tables_of(week) for row in grid(table, known).rows for cell in row.cells
    ]
    with view(browser, page_of(period), tmp_path) as page:
        seen = page.evaluate(CELLS)
    assert len(seen) == len(told)
    for (text, links), cell in zip(seen, told, strict=True):
        assert {line for _, _, line in links} <= set(cell.lines)
        assert bool(links) == bool(cell.lines)
        for figure in dl.find_quantities(text):
            assert any(at < figure.end and figure.start < at + n for at, n, _ in links), text
    assert sum(len(links) for _, links in seen) > 30


def test_an_editor_settles_what_is_flagged_with_the_keyboard_alone(page: Page) -> None:
    assert counter(page).startswith("1 needs you · 30 doubts · 1 minor")
    page.keyboard.press("n")
    assert current(page) == "p1-tldr-text"
    assert page.locator(".line.cited").count() > 0
    assert page.locator(".current .finding").inner_text().startswith("critical")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("Makes avatars in 0.33 s; never jump, undo or accept.")
    page.keyboard.press("Enter")
    assert counter(page) == "30 doubts · 1 minor · 1 decided"
    page.keyboard.press("n")
    assert "doubts" in current(page)
    page.keyboard.press("a")
    assert counter(page) == "29 doubts · 1 minor · 2 decided"
    made = exported(page)
    assert [(d.paper_id, d.where, d.action) for d in made.decisions] == [
        (LIVETALK, "doubts[0].note", "accept"),
        (LIVETALK, "tldr.text", "edit"),
    ]
    revision = apply_decisions(with_findings(), made, DIGESTS)
    assert revision.stale == ()
    assert revision.week.summaries[0].summary
    assert revision.week.summaries[0].summary.tldr.text.startswith("Makes avatars in 0.33 s")


def test_undo_takes_back_one_decision_after_the_other(page: Page) -> None:
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.keyboard.press("a")
    assert counter(page) == "29 doubts · 1 minor · 2 decided"
    page.keyboard.press("u")
    page.keyboard.press("u")
    assert counter(page) == "1 needs you · 30 doubts · 1 minor"
    assert current(page) == "p1-tldr-text"
    assert exported(page).decisions == ()


def test_the_buttons_do_what_the_keys_do(page: Page) -> None:
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Accept").click()
    assert counter(page) == "30 doubts · 1 minor · 1 decided"
    page.locator("#p2-headline-text .text").click()
    page.get_by_role("button", name="Edit").click()
    page.get_by_role("textbox", name="Edit: Headline").fill("A headline of my own")
    page.get_by_role("button", name="Save").click()
    assert page.locator("#p2-headline-text > .text").inner_text() == "A headline of my own"
    assert counter(page) == "30 doubts · 2 decided"
    page.get_by_role("button", name="Undo").click()
    assert counter(page) == "30 doubts · 1 minor · 1 decided"
    page.get_by_role("button", name="Keys").click()
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


def test_escape_leaves_an_edit_and_keeps_the_text(page: Page) -> None:
    page.keyboard.press("n")
    before = page.locator("#p1-tldr-text > .text").inner_text()
    page.keyboard.press("e")
    page.keyboard.type(" and more")
    page.keyboard.press("Escape")
    assert page.locator("#p1-tldr-text > .text").inner_text() == before
    assert page.evaluate("document.activeElement.id") == "p1-tldr-text"


def test_an_item_is_dropped_and_what_the_issue_needs_is_not(page: Page) -> None:
    page.locator("#p1-results-0-finding-text .text").click()
    page.keyboard.press("x")
    page.locator("#p1-headline-text .text").click()
    page.keyboard.press("x")
    assert [(d.where, d.action) for d in exported(page).decisions] == [
        ("results[0].finding.text", "drop")
    ]


def test_an_edited_text_keeps_its_links_and_marks_figures_that_are_not_traced(page: Page) -> None:
    statement = page.locator(".stmt", has=page.locator('.fig:text-is("0.33 s")')).first
    statement.locator("> .text").click(position={"x": 2, "y": 4})
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type(" Also 512 of them.")
    page.keyboard.press("Enter")
    assert page.locator(".current > .text mark").all_inner_texts() == ["512"]
    assert "0.33 s" in page.locator(".current > .text a.fig").all_inner_texts()


def test_hover_and_focus_show_the_partner_of_a_figure(page: Page) -> None:
    figure = page.locator("#p1 .target .fig").first
    partner = page.locator(f"[id='{(figure.get_attribute('href') or '')[1:]}']")
    figure.hover()
    assert "lit" in (partner.get_attribute("class") or "")
    assert partner.inner_text() in page.locator("#partner").inner_text()
    page.mouse.move(0, 0)
    assert "lit" not in (partner.get_attribute("class") or "")
    partner.focus()
    assert "lit" in (figure.get_attribute("class") or "")


def test_decisions_outlive_a_reload(page: Page) -> None:
    page.keyboard.press("n")
    page.keyboard.press("a")
    page.reload()
    assert counter(page) == "30 doubts · 1 minor · 1 decided"


def test_a_browser_that_keeps_nothing_says_so_and_still_exports(
    browser: Browser, tmp_path: Path
) -> None:
    denied = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    with view(browser, flagged_page(), tmp_path) as page:
        page.add_init_script(denied)
        page.reload()
        assert "keeps nothing" in page.locator("#notice").inner_text()
        page.keyboard.press("n")
        page.keyboard.press("a")
        assert len(exported(page).decisions) == 1


def test_the_next_run_shows_what_was_decided_and_what_the_checks_say_of_it(
    browser: Browser, tmp_path: Path
) -> None:
    week = with_findings()
    assert week.summaries[0].summary
    was = week.summaries[0].summary.tldr.text
    edit = Decision(paper_id=LIVETALK, where="tldr.text", was=was, action="edit", text="It takes 0.99 s.")  # fmt: skip
    stale = Decision(paper_id=LIVETALK, where="scope.text", was="Older.", action="edit", text="New.")  # fmt: skip
    made = Decisions(issue=week.period, decisions=(edit, stale))
    html = render_review(week, DIGESTS, revision=apply_decisions(week, made, DIGESTS))
    with view(browser, html, tmp_path, width=1280) as page:
        assert "New." in page.locator("#stale").inner_text()
        page.keyboard.press("n")
        assert page.locator(".current > .text").inner_text() == "It takes 0.99 s."
        findings = page.locator(".current .finding:visible").all_inner_texts()
        assert any("0.99" in finding for finding in findings)
        assert not any(WRONG in finding for finding in findings)
        page.keyboard.press("a")
        (kept,) = exported(page).decisions
        assert (kept.action, kept.text) == ("edit", "It takes 0.99 s.")
        assert kept.accepted
        page.locator("#p1-tldr-text .text").click()
        page.keyboard.press("u")
        page.keyboard.press("u")
        assert page.locator("#p1-tldr-text > .text").inner_text() == was
        page.reload()
        assert page.locator("#p1-tldr-text > .text").inner_text() == was


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_fits_and_can_be_read(
    browser: Browser, tmp_path: Path, width: int, dark: bool
) -> None:
    with view(browser, flagged_page(), tmp_path, width=width, dark=dark) as page:
        page.keyboard.press("n")
        page.wait_for_timeout(50)
        shade = "dark" if dark else "light"
        photograph(page, f"review-flag-{width}-{shade}", full=False)
        assert wider_than_the_window(page) == []
        assert low_contrast(page) == []
        page.keyboard.press("e")
        photograph(page, f"review-edit-{width}-{shade}", full=False)
        assert wider_than_the_window(page) == []
        page.evaluate("scrollTo(0, 0)")
        photograph(page, f"review-top-{width}-{shade}", full=False)


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("navigation", name="What needs a person").count() == 1
    assert page.locator("#counter").get_attribute("aria-live") == "polite"
    unnamed = page.evaluate(
        "[...document.querySelectorAll('button, [role=group], section[aria-label]')]"
        ".filter((node) => !(node.getAttribute('aria-label') || node.textContent.trim())).length"
    )
    assert unnamed == 0
    doubled = page.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((n) => n.id);"
        " return ids.length - new Set(ids).size; })()"
    )
    assert doubled == 0


def test_without_scripts_the_page_can_be_read_and_its_figures_still_lead_to_their_lines(
    browser: Browser, tmp_path: Path
) -> None:
    with view(browser, flagged_page(), tmp_path, scripts=False) as page:
        figure = page.locator("#p1 .target .fig").first
        figure.click()
        assert page.url.endswith(figure.get_attribute("href") or "none")
        assert "nothing can be decided" in page.locator("noscript").inner_text()


def test_without_scripts_the_page_shows_what_was_decided(browser: Browser, tmp_path: Path) -> None:
    week = with_findings()
    told = week.summaries[0].summary
    assert told
    made = (
        Decision(paper_id=LIVETALK, where="tldr.text", was=told.tldr.text, action="edit", text="In 0.33 s."),
        Decision(paper_id=LIVETALK, where="results[0].finding.text", was=told.results[0].finding.text, action="drop"),
    )  # fmt: skip
    revision = apply_decisions(week, Decisions(issue=week.period, decisions=made), DIGESTS)
    html = render_review(week, DIGESTS, revision=revision)
    with view(browser, html, tmp_path, scripts=False) as page:
        assert page.locator(".decided").all_inner_texts() == [
            "Decided: In 0.33 s.",
            "Decided: drop",
        ]
        assert page.locator("#p1-tldr-text .decided").count() == 1
    with view(browser, html, tmp_path) as page:
        assert page.locator(".decided").count() == 0


def test_texts_that_try_to_become_markup_stay_texts(browser: Browser, tmp_path: Path) -> None:
    week, digests = hostile_week(), hostile_reports()
    nasty = week.summaries[0]
    note = f"{ATTACK} {LONG_WORD}"
    finding = Finding(rule=note, severity="critical", message=note, where="tldr.text", source_line=701, source_text=note, suggestion=note)  # fmt: skip
    week = week.model_copy(
        update={
            "summaries": (
                nasty.model_copy(update={"findings": (finding,)}),
                *week.summaries[1:],
            )
        }
    )
    assert nasty.summary
    accept = Decision(paper_id=nasty.id, where="tldr.text", was=nasty.summary.tldr.text, action="accept", accepted=(note,))  # fmt: skip
    stale = accept.model_copy(update={"where": note, "text": note, "action": "edit"})
    made = Decisions(issue=week.period, decisions=(accept, stale))
    revision = apply_decisions(week, made, digests)
    assert (revision.applied, revision.stale) == ((accept,), (stale,))
    html = render_review(week, digests, revision=revision)
    with view(browser, html, tmp_path, width=360) as page:
        assert page.locator("img, a[href^='javascript']").count() == 0
        assert "<img src=x" in page.locator("#p1 .line").first.inner_text()
        assert page.locator("#p1-tldr-text").get_attribute("data-state") == "accept"
        page.locator("#p1-tldr-text > .text").click()
        page.keyboard.press("e")
        page.keyboard.press("End")
        page.keyboard.type("!")
        page.keyboard.press("Enter")
        assert page.locator("#p1-tldr-text img").count() == 0
        assert (exported(page).decisions[0].text or "").endswith("!")
        assert wider_than_the_window(page) == []


def hostile_reports() -> list[dl.Digest]:
    """The report of the first hostile paper: every line attacks the page."""
    nasty = samples.NASTY
    (digest,) = [d for d in DIGESTS if str(d.date) == "2025-12-30"]
    text = f"{ATTACK}{LONG_WORD}\n# {ATTACK}\n[x](javascript:alert(5))\n"
    report = dl.PaperReport.model_validate(
        digest.papers[0].model_dump()
        | {"id": nasty.id, "path": nasty.path, "title": ATTACK, "first_line": 701, "last_line": 703}
        | {"blocks": (Block(kind="results", text=text, first_line=701, last_line=703),)}
    )
    return [digest.model_copy(update={"papers": (report,)})]


def test_the_page_of_a_big_week_is_less_than_a_megabyte_and_the_same_each_time() -> None:
    week = real_week("2026-W01")
    page = page_of("2026-W01")
    assert len(page.encode()) < 1_000_000
    assert render_review(week, DIGESTS, tables_of(week)) == page
    assert json.loads(page.split('id="data">')[1].split("</script>")[0])["issue"] == "2026-W01"


def test_failed_papers_and_a_missing_opening_need_a_person() -> None:
    week = samples.WEEK_WITHOUT_EDITORIAL
    page = render_review(week, [])
    for summary in week.summaries:
        assert summary.failure is None or "Not summarised" in page
