"""The command `export`: where its files go, what it says, how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digestlib.cli import main
from digestlib.drafts import render

from . import samples

EVERY = ("html", "eml", "txt", "buttondown", "ghost", "listmonk", "substack", "jsonfeed", "atom", "csv", "docx")  # fmt: skip


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "out" / "newsletter.md"
    path.parent.mkdir()
    path.write_text(render(samples.WEEK, "md"), encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_every_form_goes_into_the_folder_and_nothing_beside_it(draft: Path, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    to = [argument for form in EVERY for argument in ("--to", form)]
    result = run("export", draft, *to, "-o", tmp_path / "sent")
    assert result.exit_code == 0, result.stderr
    assert {path.parent for path in set(tmp_path.rglob("*")) - before} == {
        tmp_path,
        tmp_path / "sent",
    }
    assert len(list((tmp_path / "sent").iterdir())) == len(EVERY)


def test_one_form_goes_to_stdout_and_warnings_do_not(draft: Path) -> None:
    result = run("export", draft, "--to", "txt")
    assert result.stdout.startswith("DRAFT\n\nHugging Face papers")
    assert f"Warning: {draft}:" in result.stderr
    assert "⚑" in result.stderr


def test_one_form_goes_to_the_file_that_is_named(draft: Path, tmp_path: Path) -> None:
    assert run("export", draft, "--to", "eml", "-o", tmp_path / "a.eml").exit_code == 0
    assert (tmp_path / "a.eml").read_bytes().startswith(b"X-Unsent: 1\r\n")


@pytest.mark.parametrize("form", EVERY)
def test_a_text_without_headings_is_exported_all_the_same(form: str, draft: Path) -> None:
    draft.write_text("Only words.\n", encoding="utf-8")
    result = run("export", draft, "--to", form)
    assert result.exit_code == 0, result.stderr
    assert form in ("csv", "docx") or "Only words." in result.stdout


def test_several_forms_need_a_folder(draft: Path) -> None:
    result = run("export", draft, "--to", "txt", "--to", "csv")
    assert result.exit_code == 2
    assert "-o DIR" in result.stderr


def test_a_finished_draft_with_something_left_exits_5(draft: Path) -> None:
    text = draft.read_text(encoding="utf-8").replace("draft: true", "draft: false")
    draft.write_text(text, encoding="utf-8")
    result = run("export", draft, "--to", "html")
    assert result.exit_code == 5
    assert f"Error: {draft}:" in result.stderr
    assert not result.stdout


def test_front_matter_that_is_no_yaml_is_told_with_file_and_line(draft: Path) -> None:
    draft.write_text("---\ntitle: a: b\n---\n\n# A\n", encoding="utf-8")
    result = run("export", draft, "--to", "html")
    assert result.exit_code == 1
    assert f"Error: {draft}:2: front matter" in result.stderr
