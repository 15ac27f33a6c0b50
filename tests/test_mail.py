"""The mail as readers see it: in a real browser, narrow and wide, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from digestlib.drafts import html, render
from digestlib.editions import Roundup
from digestlib.errors import DraftError
from digestlib.exports import export, read_draft
from digestlib.mails import check_html
from digestlib.reports import load
from tests import samples
from tests.browser import low_contrast, photograph, view, wider_than_the_window
from tests.issues import ISSUES, PAPER
from tests.reference_answers import REPORTS
from tests.test_week import issue

WINDOWS = [(360, False), (360, True), (800, False), (800, True)]


def big_week(papers: int) -> Roundup:
    """The papers of W01 over and over under ids of their own."""
    week = issue("2026-W01")
    copies = [
        summary.model_copy(
            update={
                "id": f"{2601 + n // 38}{summary.id[4:]}",
                "hf_url": f"https://huggingface.co/papers/{2601 + n // 38}{summary.id[4:]}",
                "arxiv_url": None,
            }
        )
        for n, summary in ((n, week.summaries[n % 38]) for n in range(papers))
    ]
    return week.model_copy(update={"summaries": tuple(copies), "editorial": None})


@pytest.mark.parametrize("name", ISSUES)
@pytest.mark.parametrize(("width", "dark"), WINDOWS)
def test_the_mail_fits_its_window_and_can_be_read(
    browser: Browser, tmp_path: Path, name: str, width: int, dark: bool
) -> None:
    with view(browser, render(ISSUES[name](), "html"), tmp_path, width=width, dark=dark) as page:
        assert wider_than_the_window(page) == []
        assert low_contrast(page) == []
        shade = "dark" if dark else "light"
        photograph(page, f"mail-{name}-{width}-{shade}", full=name != "hostile")


@pytest.mark.parametrize("name", ISSUES)
def test_every_link_of_the_mail_leads_to_a_paper(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    with view(browser, render(ISSUES[name](), "html"), tmp_path) as page:
        addresses = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
    assert addresses
    assert [address for address in addresses if not PAPER.fullmatch(address)] == []


def test_no_sheet_is_wider_than_600_pixels(browser: Browser, tmp_path: Path) -> None:
    with view(browser, render(issue("2026-W01"), "html"), tmp_path, width=800) as page:
        assert page.eval_on_selector(".sheet", "sheet => sheet.offsetWidth") == 600


@pytest.mark.parametrize("papers", [38, 120, 350, 600])
def test_a_week_of_any_size_keeps_within_the_budget(papers: int) -> None:
    mail = render(big_week(papers), "html")
    assert len(mail.encode()) <= html.BUDGET_BYTES


def test_papers_that_do_not_fit_move_into_the_quick_links_and_the_mail_says_so() -> None:
    week = big_week(120)
    mail = render(week, "html")
    assert "The full edition on the web tells every paper" in mail
    for summary in week.summaries:
        assert summary.hf_url
        assert summary.hf_url in mail


def test_papers_that_cannot_even_be_listed_are_counted() -> None:
    week = big_week(600)
    mail = render(week, "html")
    (left_out,) = re.findall(r"no room for these and (\d+) more\.", mail)
    linked = {summary.id for summary in week.summaries if f"/papers/{summary.id}" in mail}
    assert len(linked) + int(left_out) == 600


def test_the_papers_of_the_opening_stay_when_others_move() -> None:
    week = big_week(120)
    spoken = week.summaries[-1].id
    editorial = samples.EDITORIAL.model_copy(update={"tldr": (samples.about("Text.", spoken),)})
    mail = render(week.model_copy(update={"editorial": editorial}), "html")
    assert re.search(rf"<h4[^>]*><a href=\"[^\"]*{spoken}\"", mail)


def test_a_sentence_links_the_papers_it_names_and_cites_the_others() -> None:
    mail = render(samples.WEEK, "html")
    assert re.search(r'<a href="[^"]*2512.23576"[^>]*>LiveTalk</a> brings first-frame', mail)
    assert re.search(r"ALE opens a full stack for training agents\. <span[^>]*>\(<a ", mail)


def test_the_text_part_names_every_paper_and_keeps_its_lines_short() -> None:
    text = render(samples.WEEK, "txt")
    assert text.startswith("DRAFT - ")
    assert {line for line in text.splitlines() if len(line) > 72} == set()
    for summary in samples.SUMMARIES[:-1]:
        assert summary.hf_url
        assert summary.hf_url in text


def test_the_mail_links_to_the_full_edition_and_so_does_its_export_and_its_text() -> None:
    there = "https://news.example.org/2026-W01.html"
    week = issue("2026-W01").model_copy(update={"web_url": there})
    mail = render(week, "html")
    assert mail.count(f'href="{there}"') == 1
    assert [r for r in check_html(mail, load(REPORTS)) if r.finding.severity == "critical"] == []
    assert f"\n{there}\n" in render(week, "txt")
    assert f'href="{there}"' in str(export(read_draft(render(week, "md")), "html"))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", 'https://a.example/"><b>', "//a.example"]
)
def test_an_edition_that_stands_nowhere_is_refused(run, address: str) -> None:
    done = run("week", str(REPORTS), "--web-url", address, "-o", "out")
    assert done.code == 2
    assert "is no address such as https://example.org/{issue}.html" in done.err
    draft = f"---\nweb_url: '{address}'\n---\n# A\n"
    with pytest.raises(DraftError, match="web_url"):
        read_draft(draft)
