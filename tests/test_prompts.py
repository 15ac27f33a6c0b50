"""Prompts are files with versions; what is missing in one is said, not left blank."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from jinja2 import DictLoader

from digestlib.errors import PromptError
from digestlib.prompts import Prompts
from digestlib.templating import environment


@pytest.fixture
def own(tmp_path: Path) -> Prompts:
    texts = {
        "summary/v1.j2": "{% block system %}S {{ a }}{% endblock %}{% block user %} U {% endblock %}",
        "summary/v10.j2": "{% block system %}ten{% endblock %}{% block user %}U{% endblock %}",
        "broken/v1.j2": "{% block system %}{{ x }",
        "half/v1.j2": "{% block system %}S{% endblock %}",
    }
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Prompts(tmp_path)


def test_the_shipped_prompts_are_there() -> None:
    assert {"summary/v1", "roundup/v1", "comparison/v1", "reask/v1"} <= set(Prompts().names())


def test_a_name_alone_means_the_latest_version(own: Prompts) -> None:
    assert own.resolve("summary") == "summary/v10"
    assert own.render("summary").system == "ten"


def test_blocks_are_rendered_apart_and_trimmed(own: Prompts) -> None:
    rendered = own.render("summary/v1", a="A")
    assert (rendered.name, rendered.system, rendered.user) == ("summary/v1", "S A", "U")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("summary/v9", "no prompt 'summary/v9'; there are summary/v1, summary/v10"),
        ("summery", "no prompt 'summery'; there are broken/v1"),
        ("summary/v1", "'a' is undefined"),
        ("broken", "prompt broken/v1: line 1"),
        ("half", "has no block 'user'"),
    ],
)
def test_an_error_says_which_prompt_and_what_is_wrong(
    own: Prompts, name: str, message: str
) -> None:
    with pytest.raises(PromptError, match=message):
        own.render(name)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PromptError, match="no such folder"):
        Prompts(tmp_path / "none")


def test_a_user_prompt_comes_before_the_shipped_one(own: Prompts) -> None:
    assert own.source("summary/v1").startswith("{% block system %}S ")
    assert "reask/v1" in own.names()


def test_a_template_is_filled_where_compiled_ones_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    assert (
        environment(DictLoader({"a": "{{ b }}"}), autoescape=True).get_template("a").render(b="<")
        == "&lt;"
    )
