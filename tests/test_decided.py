"""Decisions from the proofreading page, applied to a draft that was edited since."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner

from digestlib.cli import main
from digestlib.decisions import OPENING, Decision, Decisions
from digestlib.drafts import render
from digestlib.drafts.escape import markdown
from digestlib.errors import DecisionError
from digestlib.exports import Decided, decide, read_draft

from . import samples
from .test_week import issue

W01 = render(issue("2026-W01"), "md")
PAPER = "2512.23576"
(LIVETALK,) = (s for s in issue("2026-W01").summaries if s.id == PAPER)
assert LIVETALK.summary
TLDR, FINDING = LIVETALK.summary.tldr.text, LIVETALK.summary.results[0].finding.text


def decision(
    action: Literal["accept", "edit", "drop"] = "edit",
    *,
    paper_id: str = PAPER,
    where: str = "tldr.text",
    was: str = TLDR,
    text: str | None = None,
) -> Decision:
    accepted = ("looked at",) if action == "accept" else ()
    return Decision(
        paper_id=paper_id, where=where, was=was, action=action, text=text, accepted=accepted
    )


def decided(*decisions: Decision, draft: str = W01) -> Decided:
    return decide(read_draft(draft), Decisions(issue="2026-W01", decisions=decisions))


def test_an_edit_replaces_the_statement_of_its_paper() -> None:
    found = decided(decision(text="LiveTalk talks <b>now</b>."))
    assert "\nLiveTalk talks \\<b>now\\</b>.\n" in found.draft.body
    assert markdown(TLDR) not in found.draft.body
    assert found.stale == ()


def test_an_edit_that_repeats_the_statement_is_applied_once() -> None:
    found = decided(decision(text=f"{TLDR} And more."))
    assert found.draft.body.count("And more.") == 1
    assert decided(decision(text=f"{TLDR} And more.")) == found


def test_a_dropped_result_goes_with_its_figures() -> None:
    body = decided(decision("drop", where="results[0].finding.text", was=FINDING)).draft.body
    assert markdown(FINDING) not in body
    assert "first-frame latency: about 83 s" not in body
    assert markdown(TLDR) in body


def test_the_subject_and_preheader_can_be_edited() -> None:
    subject = read_draft(W01).front.subject
    edit = decision(paper_id=OPENING, where="subject_lines[0].text", was=subject, text="Hello")
    found = decided(edit)
    assert (found.draft.front.subject, found.stale) == ("Hello", ())


def test_what_was_edited_since_is_stale_and_untouched() -> None:
    edited = W01.replace(markdown(TLDR), "My own words.")
    found = decided(decision(text="Other words."), draft=edited)
    assert [d.where for d in found.stale] == ["tldr.text"]
    assert found.draft == read_draft(edited)


def test_a_draft_that_already_has_the_edit_is_left_as_it_is() -> None:
    once = W01.replace(markdown(TLDR), "Other words.")
    assert decided(decision(text="Other words."), draft=once).stale == ()


def test_an_accepted_statement_loses_its_mark_and_then_the_headline_too() -> None:
    week = render(samples.WEEK, "md")
    line = next(n for n in week.split("\n") if n.startswith("#### ") and n.endswith(" ⚑"))
    section = week[week.index(line) :].split("\n#### ")[0].split("\n### ")[0]
    flagged = [n.removesuffix(" ⚑").removeprefix("- ") for n in section.split("\n")[1:] if "⚑" in n]
    flagged = [n for n in [line.removesuffix(" ⚑").removeprefix("#### ")] if not flagged] or flagged
    paper = next(s for s in samples.SUMMARIES if s.state == "flagged")
    accepts = [decision("accept", paper_id=paper.id, where="results[0]", was=n) for n in flagged]
    body = decided(*accepts, draft=week).draft.body
    assert line not in body
    assert line.removesuffix(" ⚑") in body


def test_decisions_on_another_issue_are_refused() -> None:
    with pytest.raises(DecisionError, match="2026-W02"):
        decide(read_draft(W01), Decisions(issue="2026-W02"))


def test_what_is_not_printed_is_no_matter_here() -> None:
    assert decided(decision("accept", where="innovations[0].name", was="?")).stale == ()


def test_the_command_applies_them_and_names_the_stale(tmp_path: Path) -> None:
    (tmp_path / "newsletter.md").write_text(W01, encoding="utf-8")
    decisions = (decision(text="Said anew."), decision(where="headline.text", was="?", text="!"))
    made = Decisions(issue="2026-W01", decisions=decisions).model_dump_json()
    (tmp_path / "d.json").write_text(made, encoding="utf-8")
    arguments = [str(tmp_path / "newsletter.md"), "--to", "txt", "--decisions"]
    result = CliRunner().invoke(main, ["export", *arguments, str(tmp_path / "d.json")])
    assert result.exit_code == 3
    assert "Said anew." in result.stdout
    assert f"Stale: {PAPER}: headline.text: edit" in result.stderr
