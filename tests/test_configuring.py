"""Settings in `digest.toml`: what they can do, which wins, and what is said of a wrong one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from digestlib.cli import main
from digestlib.cli.configuring import commands_under, read_config, settings_of

from .reference_answers import REPORTS

DAY = REPORTS / "2026-01-07.md"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run in, with a home of its own beside it."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "DIGEST_LIMIT", "DIGEST_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def limit_of(*arguments: str) -> int:
    """How many papers are planned, which `limit` decides."""
    done = invoke("plan", str(DAY), "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    return int(json.loads(done.stdout)["papers"])


def test_every_option_of_every_command_is_a_setting(tmp_path: Path) -> None:
    """No name clashes within a table, and none is refused there."""
    once = {"config", "debug", "help"}
    for words, command in commands_under(main):
        flags = {
            flag.removeprefix("--")
            for option in command.params
            if isinstance(option, click.Option)
            for flag in option.opts
            if flag.startswith("--")
        }
        assert flags - once == set(settings_of(command)) - {"paths"}
        file = tmp_path / "digest.toml"
        lines = [f"[{'.'.join(words)}]", *(f"{name} = 1" for name in settings_of(command))]
        file.write_text("\n".join(lines), encoding="utf-8")
        read_config(file, main)


def test_a_flag_beats_the_environment_the_project_and_the_user(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = home / "digestlib/digest.toml"
    user.parent.mkdir()
    user.write_text("limit = 1\n[plan]\nlimit = 2", encoding="utf-8")
    assert limit_of() == 2
    Path("digest.toml").write_text("limit = 3", encoding="utf-8")
    assert limit_of() == 3
    Path("mine.toml").write_text("limit = 3\n[plan]\nlimit = 4", encoding="utf-8")
    assert limit_of("--config", "mine.toml") == 4
    monkeypatch.setenv("DIGEST_LIMIT", "5")
    assert limit_of("--config", "mine.toml") == 5
    assert limit_of("--config", "mine.toml", "--limit", "6") == 6


def test_config_may_stand_before_the_command_or_come_from_the_environment(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("mine.toml").write_text(f"paths = ['{DAY}']\n[plan]\njson = true", encoding="utf-8")
    for done in (invoke("--config", "mine.toml", "plan"), invoke("plan", "--config", "mine.toml")):
        assert json.loads(done.stdout)["papers"] == 17
    monkeypatch.setenv("DIGEST_CONFIG", "mine.toml")
    assert json.loads(invoke("plan").stdout)["papers"] == 17


def test_paths_are_meant_from_the_folder_of_the_file(home: Path) -> None:
    (home / "reports").symlink_to(REPORTS)
    (home / "mine.toml").write_text('paths = ["reports/2026-01-07.md"]', encoding="utf-8")
    assert invoke("parse", "--config", "../mine.toml").stdout.startswith(
        "../reports/2026-01-07.md:"
    )


def test_a_config_below_the_folder_makes_no_path_absolute(home: Path) -> None:
    Path("news").mkdir()
    shutil.copy(DAY, "news")
    file = Path("news/digest.toml").absolute()
    file.write_text("paths = ['2026-01-07.md']", encoding="utf-8")
    assert invoke("parse", "--config", str(file)).stdout.startswith("news/2026-01-07.md:")


def test_tables_of_a_group_hold_for_its_commands(home: Path) -> None:
    Path("digest.toml").write_text(
        f"paths = '{DAY}'\n[batch]\nmodel = 'm'\nstore = 's.db'\n[batch.export]\nshard_lines = 5\n",
        encoding="utf-8",
    )
    assert invoke("batch", "export").exit_code == 0
    assert len(list(Path("batch").glob("*.jsonl"))) == 4
    assert Path("s.db").exists()


def test_the_folder_of_the_drafts_is_not_the_file_of_the_papers(home: Path) -> None:
    Path("digest.toml").write_text("output = 'drafts'\nquiet = true", encoding="utf-8")
    assert invoke("papers", str(DAY), "--id", "2601.02439").stdout.startswith("#")
    assert invoke("day", str(DAY)).exit_code == 0
    assert [path.name for path in Path().iterdir() if path.is_dir()] == ["drafts"]


def test_help_is_shown_whatever_the_file_says(home: Path) -> None:
    Path("digest.toml").write_text("= x", encoding="utf-8")
    assert invoke("week", "--help").exit_code == 0
    assert invoke("--help").exit_code == 0


WRONG = {
    "not TOML": ("jobs = 3\n= x", "digest.toml:2: not TOML: "),
    "unknown, with a suggestion": ("job = 3", "digest.toml:1: unknown setting 'job'; did you mean 'jobs'?"),
    "unknown": ("xyz = 3", "digest.toml:1: unknown setting 'xyz'; there are again, base-url"),
    "an unknown command": ("jobs = 3\n\n[weak]\njobs = 1", "digest.toml:3: unknown command [weak]; did you mean 'week'?"),
    "an unknown command of a group": ("[batch.exprt]\nx = 1", "digest.toml:1: unknown command [batch.exprt]; did you mean 'export'?"),
    "of another command": ("[diff]\njobs = 3", "digest.toml:2: unknown setting 'jobs' of diff; there are exit-code, json"),
    "a key": ("[week]\napi_key = 'x'", "digest.toml:2: a key is never a setting; set OPENAI_API_KEY"),
    "no number": ("[week]\n\njobs = 'eight'", 'digest.toml:3: jobs wants a whole number, not "eight"'),
    "a number that is true": ("jobs = true", "digest.toml:1: jobs wants a whole number, not true"),
    "no flag": ("quiet = 'yes'", 'digest.toml:1: quiet wants true or false, not "yes"'),
    "no text": ("model = ['a']", "digest.toml:1: model wants text, not ['a']"),
    "no list of texts": ("glossary = ['a', true]", "digest.toml:1: glossary wants text, or a list of such, not"),
    "a number for a text": ("[papers]\nid = 2601.02430", "digest.toml:2: id wants text in quotes, or a list of such, not 2601.0243"),
    "out of range": ("[week]\njobs = 0", "digest.toml:2: jobs: 0 is not in the range"),
    "no choice": ("structured = 'xml'", "digest.toml:1: structured: 'xml' is not one of 'auto', 'json_schema'"),
    "no day": ("from = 'today'", "digest.toml:1: from: 'today' is no day; write it as YYYY-MM-DD"),
    "no amount": ("max-cost = 'lots'", "digest.toml:1: max-cost: 'lots' is not an amount of dollars"),
    "no file": ("prices = 'nope.toml'", "digest.toml:1: prices: File 'nope.toml' does not exist"),
    "written inline": ("week = {jobs = 'x'}", 'digest.toml: jobs wants a whole number, not "x"'),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_setting_is_named_with_its_place(home: Path, case: str) -> None:
    text, says = WRONG[case]
    Path("digest.toml").write_text(text, encoding="utf-8")
    done = invoke("papers" if "[papers]" in text else "week", str(DAY))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"Error: {says}")


def test_a_setting_may_have_the_name_of_a_command(home: Path) -> None:
    Path("digest.toml").write_text("week = '2026-W02'\nprompts = '.'", encoding="utf-8")
    done = invoke("week", str(DAY))
    assert done.exit_code == 0, done.stderr
    assert "2026-W02" in Path("out/newsletter.md").read_text(encoding="utf-8")
    assert invoke("prompts", "list").exit_code == 0


def test_a_config_that_is_not_there_is_wrong_use(home: Path) -> None:
    done = invoke("week", "--config", "nope.toml")
    assert done.exit_code == 2
    assert "'nope.toml' does not exist" in done.stderr
