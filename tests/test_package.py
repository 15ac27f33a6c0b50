"""What users import, copy and read works as it stands."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import digestlib
from digestlib.cli import main

from .test_week import issue

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = sorted(path.name for path in (ROOT / "examples").glob("*.py"))


def python(*arguments: str) -> str:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    ).stdout


def test_the_public_names_are_exactly_these() -> None:
    assert sorted(digestlib.__all__) == sorted({*digestlib._HOMES, "__version__"})
    for name in digestlib.__all__:
        assert getattr(digestlib, name) is not None
    assert dir(digestlib) == sorted(digestlib.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'summarize'"):
        _ = digestlib.summarize


@pytest.mark.parametrize("code", ["import digestlib", "import digestlib.cli"])
def test_importing_loads_neither_openai_nor_tiktoken_nor_pydantic(code: str) -> None:
    heavy = "{'openai', 'tiktoken', 'pydantic', 'jinja2', 'vcr', 'httpx2'}"
    assert python("-c", f"import sys; {code}; print({heavy} & set(sys.modules))") == "set()\n"


def test_help_loads_neither_openai_nor_tiktoken() -> None:
    code = (
        "import sys; sys.argv = ['digest-summarise', '--help']\n"
        "from digestlib.cli import main\n"
        "try: main()\n"
        "except SystemExit: print({'openai', 'tiktoken'} & set(sys.modules))"
    )
    assert python("-c", code).endswith("set()\n")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_runs_as_it_stands(name: str) -> None:
    assert len(python(f"examples/{name}")) > 200


def test_examples_are_described() -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert len(EXAMPLES) >= 4
    assert all(f"`{name}`" in text for name in EXAMPLES)


PYTHON_BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("number", range(len(PYTHON_BLOCKS)))
def test_the_python_of_the_readme_runs(number: int) -> None:
    assert python("-c", PYTHON_BLOCKS[number])


def test_the_readme_says_what_the_comments_say() -> None:
    assert "近30万个 300000 nearly nearly 300,000\n[]\n" in python("-c", PYTHON_BLOCKS[1])


def test_the_trace_in_the_readme_has_the_fields_of_a_trace() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    from digestlib.models import PrintedFigure

    assert set(json.loads(block)) == set(PrintedFigure.model_fields)


def test_the_excerpts_of_the_readme_are_from_the_draft() -> None:
    draft = dl_render()
    quoted = re.sub(
        r"\s*\n> *", " ", README.split("(`out/newsletter.md`):")[1].split("## Use it")[0]
    )
    for phrase in ("a 20× improvement over the baseline", "free of distortion over several minutes", "does not quite agree with the stated improvement of 200×", "38 verified, 0 flagged, 0 failed"):  # fmt: skip
        assert phrase in quoted
        assert phrase in draft


def dl_render() -> str:
    return digestlib.render(issue("2026-W01"), "md")


def test_every_command_is_in_the_readme_and_none_else() -> None:
    table = README.split("## The commands")[1].split("##")[0]
    named = re.findall(r"^\| `(\w+)", table, re.MULTILINE)
    assert {name for name in named if name != "command"} == set(main.commands)


def test_commands_of_the_readme_know_their_options() -> None:
    lines = [line.split("#")[0] for line in README.splitlines() if "digest-summarise" in line]
    used = {(words[words.index("digest-summarise") + 1], option) for line in lines if (words := line.split())[:1] and "digest-summarise" in words[:3] for option in words if option.startswith("--")}  # fmt: skip
    assert used
    for command, option in used:
        entry = main.commands[command]
        members = [entry, *getattr(entry, "commands", {}).values()]
        known = {
            o for member in members for p in member.params for o in (*p.opts, *p.secondary_opts)
        }
        assert option in known, (command, option)
