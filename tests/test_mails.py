"""`check` on HTML: what it says against the reports, and whether it can be sent."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import pytest

import digestlib as dl
from digestlib.drafts.mail import newsletter as render_mail
from digestlib.drafts.review import render_review
from digestlib.drafts.tables import render_comparisons
from digestlib.exports import export, read_draft
from digestlib.mails import CLIPPED_BYTES, check_html, check_mail
from digestlib.models import Digest, Finding
from digestlib.proofreading import check_file, check_newsletter
from tests.issues import real_week, tables_of
from tests.reference_answers import REPORTS
from tests.test_week import issue

SMALL = '<!DOCTYPE html><html><body><table><tr><td class="draft">{}</td></tr></table></body></html>'


@cache
def mail() -> str:
    return dl.render(issue("2026-W01"), "html")


@cache
def reports() -> list[Digest]:
    return dl.load(REPORTS)


def serious(html: str) -> list[Finding]:
    remarks = check_html(html, reports())
    return [r.finding for r in remarks if r.finding.severity != "minor"]


def test_the_mail_of_a_week_can_be_sent_as_it_is() -> None:
    assert serious(mail()) == []


def test_a_mail_that_gmail_would_clip_fails_and_one_byte_less_does_not() -> None:
    clipped = SMALL.format("a" * (CLIPPED_BYTES - len(SMALL.format(""))))
    assert [finding.rule for finding in serious(clipped)] == ["mail-size"]
    assert serious(clipped.replace("a", "", 1)) == []


def test_a_page_for_the_web_may_be_larger() -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src'
    assert policy in dl.render(issue("2026-W01"), "web")
    page = SMALL.format(f"{policy} 'none'\">" + "a" * CLIPPED_BYTES)
    assert "mail-size" not in {finding.rule for finding in serious(page)}


def test_a_figure_that_was_changed_is_found_with_its_line() -> None:
    line = next(line for line in mail().splitlines() if "24.82 FPS" in line and "<li" in line)
    edited = SMALL.replace("draft", "section").format("\n" + line.replace("24.82", "28.42"))
    (remark,) = [r for r in check_html(edited, reports()) if r.finding.severity == "critical"]
    assert "28.42" in remark.finding.target_text
    assert "28.42 FPS" in edited.splitlines()[remark.line - 1]


@cache
def tables(form: Literal["md", "html"]) -> str:
    week = real_week()
    return render_comparisons(tables_of(week), week.summaries, form)


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_tables_of_a_week_need_no_look(form: Literal["md", "html"]) -> None:
    check = check_html if form == "html" else check_newsletter
    assert [r for r in check(tables(form), reports()) if r.finding.severity != "minor"] == []


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_cell_speaks_of_the_paper_of_its_row(form: Literal["md", "html"]) -> None:
    check = check_html if form == "html" else check_newsletter
    swapped = tables(form).replace("12 FPS", "24.82 FPS").encode()
    assert swapped != tables(form).encode()
    found = [r.finding for r in check(swapped.decode(), reports())]
    assert {
        f.target_text[slice(*f.target_span)]
        for f in found
        if f.target_span and f.severity == "critical"
    } == {"24.82 FPS"}


def test_the_page_for_proofreading_is_no_draft(run, tmp_path: Path) -> None:
    (tmp_path / "review.html").write_text(render_review(real_week(), reports()), encoding="utf-8")
    done = run("check", "review.html", str(REPORTS))
    assert (done.code, done.out) == (1, "")
    assert "review.html: is the page for proofreading, which is not sent" in done.err


@pytest.mark.parametrize(
    ("smuggled", "rule"),
    [
        ("<script>alert(1)</script>", "mail-element"),
        ('<img src="https://a.example/pixel.gif">', "mail-element"),
        ('<p><a href="https://a.example/">more</a></p>', "link"),
        ('<p><a href="javascript:alert(1)">more</a></p>', "link"),
        ('<p><a href="//a.example">more</a></p>', "link"),
        ('<p>See <a href="https://arxiv.org/abs/1706.03762">this</a></p>', "paper"),
    ],
)
def test_what_a_mail_must_not_have_is_found(smuggled: str, rule: str) -> None:
    found = serious(SMALL.format(smuggled))
    assert rule in {finding.rule for finding in found}


def test_a_mail_in_a_file_is_checked_on_its_lines() -> None:
    week = issue("2026-W01")
    eml = render_mail(week, text="", html=mail())
    assert [r for r in check_mail(eml, reports()) if r.finding.severity != "minor"] == []
    wrong = eml.replace("at 24.82 FPS on", "at 28.42 FPS on")
    found = [r for r in check_mail(wrong, reports()) if r.finding.severity == "critical"]
    lines = wrong.split("\n")
    assert len(found) == 2
    assert all("28.42 FPS" in "".join(lines[r.line - 1 : r.line + 3]) for r in found)


@pytest.mark.parametrize("period", ["2026-W01", "2026-W02"])
def test_the_text_part_and_an_export_of_the_draft_need_no_look(period: str) -> None:
    week = issue(period)
    text = check_file(dl.render(week, "txt"), reports())
    exported = check_html(str(export(read_draft(dl.render(week, "md")), "html")), reports())
    assert [r for r in (*text, *exported) if r.finding.severity != "minor"] == []


def test_a_figure_that_was_changed_in_the_text_part_is_found_on_its_line() -> None:
    text = dl.render(issue("2026-W01"), "txt").replace("reaches 24.82 FPS", "reaches 28.42 FPS")
    (remark,) = [r for r in check_file(text, reports()) if r.finding.severity == "critical"]
    assert "28.42" in text.split("\n")[remark.line - 1]


def test_check_exits_5_and_says_how_large_a_mail_is(run, tmp_path: Path) -> None:
    (tmp_path / "newsletter.html").write_text(SMALL.format("a" * CLIPPED_BYTES), encoding="utf-8")
    done = run("check", "newsletter.html", str(REPORTS / "2026-01-07.md"))
    assert done.code == 5
    assert "Gmail clips a mail from 102,400" in done.out
