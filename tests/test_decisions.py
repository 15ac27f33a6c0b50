"""What an editor decided is applied to the texts it was made on, checked again, or named as stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import digestlib as dl
from digestlib.cli import main
from digestlib.decisions import Decision, Decisions, Revision, apply_decisions, parse_decisions
from digestlib.errors import DecisionError
from digestlib.models import Finding, Summary
from digestlib.printing import walk

from .reference_answers import REPORTS
from .test_week import issue

WEEK = issue("2026-W01")
DIGESTS = dl.load(REPORTS)
LIVETALK = "2512.23576"


def said(paper_id: str) -> Summary:
    return next(s for s in WEEK.summaries if s.id == paper_id)


def revised(*decisions: Decision) -> Revision:
    return apply_decisions(WEEK, Decisions(issue=WEEK.period, decisions=decisions), DIGESTS)


def after(revision: Revision, paper_id: str) -> Summary:
    return next(s for s in revision.week.summaries if s.id == paper_id)


def edit(paper_id: str, where: str, was: str, text: str, *accepted: str) -> Decision:
    return Decision(
        paper_id=paper_id, where=where, was=was, action="edit", text=text, accepted=accepted
    )


def latency() -> tuple[str, str]:
    """The statement of LiveTalk's first-frame latency, which prints two figures."""
    summary = said(LIVETALK).summary
    assert summary
    index, result = next(
        (i, r) for i, r in enumerate(summary.results) if "0.33 s" in r.finding.text
    )
    return f"results[{index}].finding.text", result.finding.text


def test_no_decisions_change_nothing() -> None:
    assert revised().week == WEEK


def test_an_edit_replaces_the_text_and_keeps_the_trace_of_untouched_figures() -> None:
    where, was = latency()
    revision = revised(edit(LIVETALK, where, was, f"In short: {was}"))
    before = [f for f in said(LIVETALK).figures if f.where == where]
    now = [f for f in after(revision, LIVETALK).figures if f.where == where]
    assert [f.start for f in now] == [f.start + len("In short: ") for f in before]
    assert not any(f.typed for f in now)
    assert after(revision, LIVETALK).state == "verified"


def test_a_figure_typed_by_a_person_is_traced_when_the_report_has_it() -> None:
    where, was = latency()
    text = "The first frame is there in 0.33 s instead of about 83 s."
    figures = [
        f
        for f in after(revised(edit(LIVETALK, where, was, text)), LIVETALK).figures
        if f.where == where
    ]
    assert [(f.text, f.typed) for f in figures] == [("0.33 s", True), ("about 83 s", True)]


@pytest.mark.parametrize("wrong", ["0.34 s", "0.33 million s", "33 s"])
def test_a_wrong_figure_typed_by_a_person_is_flagged_and_the_count_says_so(wrong: str) -> None:
    where, was = latency()
    revision = revised(edit(LIVETALK, where, was, was.replace("0.33 s", wrong)))
    ((_, findings),) = revision.edited
    assert {f.severity for f in findings} & {"critical", "major"}
    assert after(revision, LIVETALK).state == "flagged"
    assert (revision.week.coverage.verified, revision.week.coverage.flagged) == (37, 1)


def test_an_accepted_finding_no_longer_flags_and_another_still_does() -> None:
    where, was = latency()
    wrong = was.replace("0.33 s", "0.34 s")
    messages = [f.message for f in revised(edit(LIVETALK, where, was, wrong)).edited[0][1]]
    settled = revised(edit(LIVETALK, where, was, wrong, *messages))
    assert after(settled, LIVETALK).state == "verified"
    assert settled.edited[0][1]  # the page still shows what was accepted
    other = revised(edit(LIVETALK, where, was, wrong, "something else"))
    assert after(other, LIVETALK).state == "flagged"


def test_a_decision_whose_text_has_changed_is_stale_and_not_applied() -> None:
    where, _ = latency()
    stale = edit(LIVETALK, where, "What it said last week.", "What it should say.")
    gone = edit("2512.00000", "tldr.text", "A paper that is not there.", "Another.")
    revision = revised(stale, gone)
    assert revision.stale == (stale, gone)
    assert revision.week == WEEK
    assert str(stale) == f"{LIVETALK}: {where}: edit"


def test_dropping_an_item_renumbers_what_points_at_those_behind_it() -> None:
    summary = said(LIVETALK).summary
    assert summary
    drop = Decision(
        paper_id=LIVETALK,
        where="results[0].finding.text",
        was=summary.results[0].finding.text,
        action="drop",
    )
    now = after(revised(drop), LIVETALK)
    assert now.summary
    assert now.summary.results == summary.results[1:]
    texts = dict(walk(now.summary))
    assert all(texts[f.where][f.start : f.end] == f.text for f in now.figures)


def test_what_an_issue_must_have_cannot_be_dropped() -> None:
    summary = said(LIVETALK).summary
    assert summary
    drop = Decision(
        paper_id=LIVETALK, where="headline.text", was=summary.headline.text, action="drop"
    )
    assert revised(drop).stale == (drop,)


def test_a_settled_doubt_leaves_the_checklist() -> None:
    summary = said(LIVETALK).summary
    assert summary
    note = summary.doubts[0].note
    settled = Decision(
        paper_id=LIVETALK, where="doubts[0].note", was=note, action="accept", accepted=(note,)
    )
    assert note in dl.render(WEEK, "md")
    assert note not in dl.render(revised(settled).week, "md")


def test_the_opening_is_edited_and_checked_against_the_papers_it_names() -> None:
    assert WEEK.editorial
    was = WEEK.editorial.tldr[0].text
    assert "24.82 FPS" in was
    good = revised(
        edit("", "tldr[0].text", was, was.replace("LiveTalk generates", "LiveTalk makes"))
    )
    assert good.week.findings == WEEK.findings
    bad = revised(edit("", "tldr[0].text", was, was.replace("24.82", "42.82")))
    assert [f.where for f in bad.week.findings] == ["tldr[0].text"]


def test_accepting_a_finding_of_a_whole_summary_needs_its_title_to_be_the_same() -> None:
    finding = Finding(rule="term", severity="major", message="say it otherwise")
    flagged = WEEK.model_copy(
        update={
            "summaries": tuple(
                s.model_copy(update={"findings": (finding,), "state": "flagged"})
                if s.id == LIVETALK
                else s
                for s in WEEK.summaries
            )
        }
    )
    accept = Decision(
        paper_id=LIVETALK,
        where="",
        was=said(LIVETALK).title,
        action="accept",
        accepted=(finding.message,),
    )
    decisions = Decisions(issue=WEEK.period, decisions=(accept,))
    assert after(apply_decisions(flagged, decisions, DIGESTS), LIVETALK).state == "verified"


def test_decisions_on_another_issue_are_refused() -> None:
    with pytest.raises(DecisionError, match="2026-W02"):
        apply_decisions(WEEK, Decisions(issue="2026-W02"), DIGESTS)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"issue": 5}', '{"issue": "x", "decisions": [{"action": "burn"}]}']
)
def test_a_file_that_is_no_export_is_refused_by_name(text: str) -> None:
    with pytest.raises(DecisionError, match=r"mine\.json: not decisions as review\.html exports"):
        parse_decisions(text, "mine.json")


def test_week_applies_the_decisions_beside_the_draft_and_names_the_stale(tmp_path: Path) -> None:
    where, was = latency()
    decisions = Decisions(
        issue="2026-W01",
        decisions=(
            edit(LIVETALK, where, was, f"In short: {was}"),
            edit(LIVETALK, "tldr.text", "Something older.", "Something newer."),
        ),
    )
    file = tmp_path / "decisions-2026-W01.json"
    file.write_text(decisions.model_dump_json(), encoding="utf-8")
    run = CliRunner().invoke(
        main, ["week", str(REPORTS), "--week", "2026-W01", "--replay", "-o", str(tmp_path)]
    )
    assert run.exit_code == 3, run.output
    assert f"Stale: {LIVETALK}: tldr.text: edit" in run.stderr
    assert "Failed: 1 decision was not applied" in run.stderr
    week = json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))
    assert f"In short: {was}" in json.dumps(week, ensure_ascii=False)
    assert file.exists()
    assert "Something newer." in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_a_named_file_on_another_issue_stops_before_anything_is_asked(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text('{"issue": "2026-W02"}', encoding="utf-8")
    named = ["--decisions", str(file), "-o", str(tmp_path)]
    run = CliRunner().invoke(main, ["week", str(REPORTS), "--week", "2026-W01", "--replay", *named])
    assert run.exit_code == 2
    assert "is on 2026-W02; this issue is 2026-W01" in run.stderr
    assert not (tmp_path / "week.json").exists()


def test_export_applies_decisions_to_the_sentences_of_a_draft(tmp_path: Path) -> None:
    where, was = latency()
    other = said(LIVETALK).summary
    assert other
    made = Decisions(
        issue=WEEK.period,
        decisions=(
            edit(LIVETALK, "tldr.text", other.tldr.text, "A tldr of my own."),
            Decision(paper_id=LIVETALK, where=where, was=was, action="drop"),
            edit(LIVETALK, "headline.text", "A sentence that is nowhere.", "Another."),
        ),
    )
    draft, file = tmp_path / "newsletter.md", tmp_path / "mine.json"
    draft.write_text(dl.render(WEEK, "md"), encoding="utf-8")
    file.write_text(made.model_dump_json(), encoding="utf-8")
    run = CliRunner().invoke(
        main, ["export", str(draft), "--to", "csv", "--to", "txt", "-o", f"{tmp_path}/", "--decisions", str(file)]
    )  # fmt: skip
    assert run.exit_code == 3, run.output
    text = (tmp_path / "newsletter.txt").read_text(encoding="utf-8")
    assert "A tldr of my own." in text
    assert was[:40] not in text
    assert f"Stale: {LIVETALK}: headline.text: edit: no such sentence in the draft" in run.stderr
