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

from .reference_answers import answer_to
from .reference_server import ReferenceServer
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


def test_a_run_that_asks_loads_no_more_than_it_prints_with(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from digestlib.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'openai', 'vcr', 'yaml', 'tiktoken', 'css_inline', 'markdown_it', 'matplotlib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    output = tmp_path / "papers.md"
    with ReferenceServer(answer_to) as server:
        asked = ("examples/reports", "--base-url", server.url, "--model", "m", "--limit", "1")
        kept = ("--store", str(tmp_path / "runs.db"), "--quiet", "-o", str(output))
        assert python("-c", code, "papers", *asked, *kept) == "[]\n"
    assert "# " in output.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_runs_as_it_stands(name: str) -> None:
    assert len(python(f"examples/{name}")) > 200


def test_examples_are_described() -> None:
    text = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert len(EXAMPLES) >= 4
    assert all(f"`{name}`" in text for name in EXAMPLES)


PAGES = (ROOT / "README.md", ROOT / "docs/how-to.md", ROOT / "docs/checks.md")
PYTHON_BLOCKS = [
    block
    for page in PAGES
    for block in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
]


@pytest.mark.parametrize("number", range(len(PYTHON_BLOCKS)))
def test_the_python_of_the_pages_runs(number: int) -> None:
    assert python("-c", PYTHON_BLOCKS[number])


def test_the_readme_says_what_the_comments_say() -> None:
    assert "近30万个 300000 nearly nearly 300,000\n[]\n" in python("-c", PYTHON_BLOCKS[1])


def test_the_trace_that_is_shown_is_one_of_the_issue() -> None:
    text = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    figures = [f for summary in issue("2026-W02").summaries for f in summary.figures]
    assert json.loads(block) in [figure.model_dump(mode="json") for figure in figures]


def test_the_excerpts_of_the_readme_are_from_the_draft() -> None:
    draft = " ".join(dl_render().split())
    paragraphs = re.split(r"\n(?:>\n|(?!>))", README)
    quoted = [re.sub(r"\n?> *", " ", text) for text in paragraphs if text.strip().startswith(">")]
    assert len(quoted) == 7
    for text in quoted:
        for phrase in re.split("[…`]", text):
            assert " ".join(phrase.split()) in draft


def dl_render() -> str:
    return digestlib.render(issue("2026-W01"), "md")


def test_every_command_is_in_the_readme_and_none_else() -> None:
    table = README.split("## The commands")[1].split("##")[0]
    named = re.findall(r"^\| `(\w+)", table, re.MULTILINE)
    assert {name for name in named if name != "command"} == set(main.commands)
