"""The GitHub workflow in examples/: what it may do, and that its steps work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

import digestlib

from .command import clean_environment
from .documented import ROOT, commands_in, parse_command
from .reference_answers import REPORTS, answer_to
from .reference_server import Fault, ReferenceServer

TEXT = (ROOT / "examples/digest.yml").read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOB: dict[str, Any] = WORKFLOW["jobs"]["draft"]
STEPS = {step.get("name", step.get("uses")): step for step in JOB["steps"]}
GH = '#!/bin/sh\necho "$@" >> "$HOME/gh.log"\n'


def git(*arguments: str, cwd: Path) -> str:
    author = ("-c", "user.name=n", "-c", "user.email=n@example.org")
    command = ["git", *author, "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clone with reports, beside what it was cloned from, and a `gh` that notes its calls."""
    git("init", "--quiet", "--bare", "origin.git", cwd=tmp_path)
    git("clone", "--quiet", "origin.git", "clone", cwd=tmp_path)
    folder = tmp_path / "clone"
    (folder / "reports").mkdir()
    shutil.copy(REPORTS / "2026-01-07.md", folder / "reports")
    (folder / ".gitignore").write_text("digest.db*\n", encoding="utf-8")
    git("add", ".", cwd=folder)
    git("commit", "--quiet", "--message", "Reports", cwd=folder)
    git("push", "--quiet", "origin", "HEAD", cwd=folder)
    program = tmp_path / "bin/gh"
    program.parent.mkdir()
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)
    return folder


def run_step(name: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as a runner does."""
    home = folder.parent
    path = f"{Path(sys.executable).parent}:{home / 'bin'}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", STEPS[name]["run"]],
        cwd=folder,
        env=clean_environment(home) | {"PATH": path} | env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def draft(folder: Path, server: ReferenceServer) -> subprocess.CompletedProcess[str]:
    env = {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": server.url, "DIGEST_MODEL": "gpt-5-mini"}
    return run_step("Draft", folder, **env)


def test_the_workflow_is_one_to_github() -> None:
    command = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    subprocess.run([sys.executable, *command, ROOT / "examples/digest.yml"], check=True, timeout=60)


def test_the_workflow_may_only_push_a_branch_and_open_a_pull_request() -> None:
    assert WORKFLOW["permissions"] == {}
    assert JOB["permissions"] == {"contents": "write", "pull-requests": "write"}
    for name, step in STEPS.items():
        assert "${{" not in step.get("run", ""), name
        assert ("secrets." in str(step)) == (name == "Draft")


def test_actions_are_pinned_to_commits_and_name_their_version() -> None:
    used = re.findall(r"uses: (.*)", TEXT)
    assert len(used) == 4
    assert all(re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in used)


def test_what_is_installed_is_this_version() -> None:
    assert JOB["env"]["DIGESTLIB"] == f"vendor/digestlib-{digestlib.__version__}-py3-none-any.whl"


def test_the_commands_of_the_workflow_exist() -> None:
    for words in commands_in(STEPS["Draft"]["run"]):
        parse_command(words)


def test_a_draft_becomes_a_pull_request_once(checkout: Path) -> None:
    with ReferenceServer(answer_to) as server:
        done = draft(checkout, server)
    assert done.returncode == 0, done.stderr
    opened = run_step("Open a pull request", checkout)
    assert opened.returncode == 0, opened.stderr
    tree = git(
        "ls-tree", "-r", "--name-only", "digest/2026-W02", cwd=checkout.parent / "origin.git"
    )
    assert "drafts/2026-W02/newsletter.md" in tree.split()
    assert "digest.db" not in tree
    (call,) = (checkout.parent / "gh.log").read_text(encoding="utf-8").splitlines()[:1]
    assert call.startswith("pr create --draft --title Newsletter of 2026-W02")

    git("switch", "--quiet", "main", cwd=checkout)
    with ReferenceServer(answer_to) as server:
        assert draft(checkout, server).returncode == 0
        assert server.bodies == []
    again = run_step("Open a pull request", checkout)
    assert again.returncode == 0
    assert "2026-W02 is drafted already" in again.stdout


def test_a_failed_paper_still_makes_a_draft_and_a_dead_key_makes_none(checkout: Path) -> None:
    denied = Fault(status=401, error={"message": "no"})
    with ReferenceServer(answer_to, faults=lambda n, body: denied) as server:
        assert draft(checkout, server).returncode == 4
    refused = Fault(status=400, error={"message": "no"})

    def one_paper(_: int, body: dict[str, Any]) -> Fault | None:
        return refused if "Paper id: 2601.02439" in str(body) else None

    def without_tables(body: dict[str, Any]) -> str:
        try:
            return answer_to(body)
        except FileNotFoundError:  # there is no reference answer on the tables of the other papers
            return '{"comparisons": []}'

    with ReferenceServer(without_tables, faults=one_paper) as server:
        done = draft(checkout, server)
    assert done.returncode == 0, done.stderr
    assert (checkout / "draft/newsletter.md").exists()
