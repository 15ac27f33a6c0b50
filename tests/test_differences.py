"""Two drafts compared: papers, figures and terms; and the command `diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digestlib.cli import main
from digestlib.differences import Change, Differences, compare_drafts, render_differences
from digestlib.drafts import render
from digestlib.exports import read_draft

from . import samples
from .test_week import issue

W01 = render(issue("2026-W01"), "md")
ACT2GOAL = "#### Robot policy Act2Goal learns hard new tasks online"


def differences(new: str, old: str = W01) -> Differences:
    return compare_drafts(read_draft(old), read_draft(new))


def told(found: Differences) -> str:
    return render_differences(found, old="a.md", new="b.md", format="md")


def section(markdown: str, heading: str) -> str:
    """The text from a heading to the next of its level or above."""
    start = markdown.index(heading)
    ends = [markdown.find(f"\n{'#' * level} ", start + 1) for level in (1, 2, 3, 4)]
    return markdown[start : min(end for end in ends if end > 0) + 1]


def test_a_draft_and_its_json_say_the_same() -> None:
    found = differences(W01, render(issue("2026-W01"), "json"))
    assert not found
    assert told(found) == "a.md and b.md say the same.\n"


def test_lines_folded_anew_and_a_checklist_ticked_are_no_change() -> None:
    edited = W01.replace("Its Anchor-Heavy", "Its\nAnchor-Heavy", 1).replace("- [ ]", "- [x]")
    assert edited != W01
    assert not differences(edited)


def test_a_figure_is_told_from_old_to_new_under_its_paper() -> None:
    found = differences(
        W01.replace("reaches a throughput of 24.82 FPS", "reaches a throughput of 28.42 FPS")
    )
    (paper,) = found.papers
    assert paper.paper_id == "2512.23576"
    assert paper.figures == (Change(old="24.82 FPS", new="28.42 FPS"),)
    assert paper.terms == ()
    assert not found.opening
    assert "  - figure: 24.82 FPS → 28.42 FPS\n" in told(found)


def test_a_scale_that_changed_is_a_figure_that_changed() -> None:
    (paper,) = differences(
        W01.replace("more than 1 million trajectories", "more than 1 billion trajectories", 1)
    ).papers
    old = [change.old or "" for change in paper.figures]
    assert old[0].startswith("more than 1 million")


def test_a_name_and_a_glossary_term_are_told() -> None:
    edited = (
        section(W01, ACT2GOAL).replace("Act2Goal", "Act3Goal").replace("world model", "video model")
    )
    found = differences(W01.replace(section(W01, ACT2GOAL), edited))
    terms = {(c.old, c.new) for paper in found.papers for c in paper.terms}
    assert ("Act2Goal", "Act3Goal") in terms
    assert not [c for paper in found.papers for c in paper.figures]


def test_a_paper_that_is_gone_or_new_is_named() -> None:
    lines = [line for line in W01.splitlines() if "2512.24210" not in line]
    gone = "\n".join(lines).replace(section("\n".join(lines), "#### Dexterous bimanual"), "")
    assert differences(gone).removed == (("2512.24210", "GR-Dexter Technical Report"),)
    assert differences(W01, gone).added == (("2512.24210", "GR-Dexter Technical Report"),)


def test_a_paper_under_another_topic_is_moved_not_edited() -> None:
    moving = section(W01, ACT2GOAL)
    moved = W01.replace(moving, "").replace(
        "### Agents and tool use\n\n", f"### Agents and tool use\n\n{moving}"
    )
    found = differences(moved)
    assert [(m.paper_id, m.how) for m in found.moved] == [
        ("2512.23541", "from Robotics and embodied AI to Agents and tool use")
    ]
    assert not found.papers


def test_a_story_taken_out_of_the_top_is_moved() -> None:
    story = section(W01, "### [LiveTalk makes")
    (move,) = differences(W01.replace(story, "")).moved
    assert (move.paper_id, move.how) == ("2512.23576", "out of the top stories")


def test_a_figure_that_goes_to_another_sentence_is_no_change_of_figures() -> None:
    old = "# T\n\n## A\n\nIt takes 5 ms on one GPU.\n\nIt scores 71% on the whole test.\n"
    new = "# T\n\n## A\n\nIt takes little on one GPU.\n\nIt scores 71% on the whole test in 5 ms.\n"
    (part,) = differences(new, old).opening
    assert part.figures == ()
    assert len(part.texts) == 2


def test_subject_and_preheader_are_compared() -> None:
    found = differences(W01.replace("subject: LiveTalk generates", "subject: LiveTalk makes"))
    assert [name for name, _ in found.front_matter] == ["subject"]


def test_texts_of_strangers_stay_text() -> None:
    hostile = render(samples.WEEK, "md")
    report = told(differences("# T\n", hostile))
    assert "\\<script>" in report
    assert "<script>" not in report.replace("\\<script>", "")


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "old.md").write_text(W01, encoding="utf-8")
    (tmp_path / "new.md").write_text(W01.replace("24.82", "28.42"), encoding="utf-8")
    return str(tmp_path / "old.md"), str(tmp_path / "new.md")


def test_the_exit_code_tells_of_differences_only_when_asked(two: tuple[str, str]) -> None:
    old, new = two
    runner = CliRunner()
    assert runner.invoke(main, ["diff", old, new]).exit_code == 0
    assert runner.invoke(main, ["diff", old, new, "--exit-code"]).exit_code == 1
    assert runner.invoke(main, ["diff", old, old, "--exit-code"]).exit_code == 0


def test_the_json_has_the_same_differences(two: tuple[str, str]) -> None:
    document = json.loads(CliRunner().invoke(main, ["diff", *two, "--json"]).stdout)
    assert document["schema_version"] == "1"
    (paper,) = document["papers"]
    assert paper["figures"][0] == {"old": "24.82 FPS", "new": "28.42 FPS"}
