"""The pages for users say what the program does."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from digestlib.cli import main
from digestlib.cli.configuring import commands_under

from . import reference_page
from .batch_engine import all_answered
from .batch_server import BatchServer
from .command import clean_environment
from .documented import ROOT, Block, blocks, commands_in, parse_command, run_block
from .reference_answers import REPORTS, answer_to
from .reference_server import ReferenceServer

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]


def test_the_reference_is_up_to_date() -> None:
    written = reference_page.PAGE.read_text(encoding="utf-8")
    assert written == reference_page.page(), "run python -m tests.reference_page"


def test_every_variable_that_is_read_is_in_the_reference() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("digestlib/**/*.py"))
    read = re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"|\"(DIGEST_\w+)\"", sources)
    written = reference_page.PAGE.read_text(encoding="utf-8")
    assert {name for names in read for name in names if name} <= set(re.findall(r"\w+", written))


@pytest.mark.parametrize("page", ["tutorial.md", "checks.md"])
def test_a_page_happens_as_it_says(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for block in blocks(DOCS / page, "sh"):
        run_block(block, tmp_path, clean_environment(tmp_path))


def test_every_recipe_happens_as_it_says(tmp_path: Path) -> None:
    """In one folder with one store; batches have an endpoint of their own."""
    shutil.copytree(REPORTS, tmp_path / "reports")
    with ReferenceServer(answer_to) as server, BatchServer(all_answered) as engine:
        for block in [*blocks(ROOT / "README.md", "sh"), *blocks(DOCS / "how-to.md", "sh")]:
            url = engine.url if "batch submit" in block.text else server.url
            env = {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "k"}
            run_block(block, tmp_path, clean_environment(tmp_path) | env)


def test_commands_that_are_only_shown_exist_with_their_options() -> None:
    """Those after a `$`, and those of the page of servers, which nobody has at hand."""
    kinds = ("console", "cron")
    shown = [text for page in PAGES for kind in kinds for _, text, _ in blocks(page, kind)]
    pages = (page.read_text(encoding="utf-8") for page in PAGES)
    indented = [line for page in pages for line in page.splitlines() if line.startswith("    ")]
    commands = [words for text in (*shown, *indented) for words in commands_in(text)]
    assert len(commands) > 5
    for words in commands:
        parse_command(words)


def test_a_shown_command_that_does_not_exist_is_found() -> None:
    for wrong in ("weak", "week --jops 3", "batch expert"):
        (words,) = commands_in(f"$ K=1 digest-summarise {wrong} > x  # note")
        with pytest.raises(click.UsageError):
            parse_command(words)


def test_a_line_that_is_shown_and_not_printed_is_found(tmp_path: Path) -> None:
    env = clean_environment(tmp_path)
    assert run_block(Block(1, "echo one two three", "one … three"), tmp_path, env)
    with pytest.raises(AssertionError, match="two … one"):
        run_block(Block(1, "echo one two three", "two … one"), tmp_path, env)
    with pytest.raises(AssertionError, match="line 7"):
        run_block(Block(7, "false"), tmp_path, env)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_option_that_help_shows_is_in_the_reference() -> None:
    written = set(re.findall(r"--[a-z][\w-]*", reference_page.PAGE.read_text(encoding="utf-8")))
    for words, _ in commands_under(main):
        done = CliRunner().invoke(main, [*words, "--help"])
        assert set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", done.stdout, re.MULTILINE)) <= written
