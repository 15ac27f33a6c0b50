"""What is as it was is not made again; whatever it depends on makes it anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from digestlib.editions import outcome_of
from digestlib.llm import Message, Request, Response
from digestlib.models import Summary
from digestlib.store import Store
from digestlib.unchanged import find_draft, keep_draft, made_from

from .reference_answers import REPORTS

REQUEST = Request(
    prompt="summary/v1",
    subject="2512.23576",
    messages=(Message(role="user", content="近30万个任务"),),
    schema_name="paper_summary",
    json_schema={},
)
ANSWER = Response(text="{}", model="m", finish_reason="stop", mode="json_schema", request_key="k1")
PAPER = outcome_of(
    Summary(
        id="2512.23576",
        title="LiveTalk",
        hf_url=None,
        arxiv_url=None,
        date=None,
        path="2025-12-30.md",
        first_line=1,
        source_kind="html",
        content_hash="0",
        state="verified",
    )
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "s.db") as store:
        store.put(REQUEST, ANSWER)
        yield store


@pytest.fixture
def file(tmp_path: Path, store: Store) -> Path:
    file = tmp_path / "newsletter.md"
    file.write_text("# Draft\n", encoding="utf-8")
    assert find_draft(store, "all that") is None
    keep_draft(store, "all that", keys=["k1"], files=[file], summaries=(PAPER,))
    return file


def test_a_draft_that_is_as_it_was_is_found(store: Store, file: Path) -> None:
    assert find_draft(store, "all that") == ([file], 1, (PAPER,))
    assert find_draft(store, "something else") is None


def test_an_edited_file_and_a_lost_one_are_made_again(store: Store, file: Path) -> None:
    file.write_text("# Edited\n", encoding="utf-8")
    assert find_draft(store, "all that") is None
    file.unlink()
    assert find_draft(store, "all that") is None


def test_an_answer_that_was_forgotten_is_asked_again(store: Store, file: Path) -> None:
    store.forget("k1")
    assert find_draft(store, "all that") is None


def test_every_setting_and_every_file_counts(tmp_path: Path) -> None:
    folder = tmp_path / "examples" / "own"
    folder.mkdir(parents=True)
    report = folder / "report.md"
    report.write_text("近30万个任务", encoding="utf-8")
    plain = made_from({"model": "m"}, [report])
    assert made_from({"model": "m"}, [report]) == plain
    assert made_from({"model": "n"}, [report]) != plain
    assert made_from({"model": "m"}, [report, tmp_path]) != plain
    whole = made_from({"model": "m"}, [folder])
    report.write_text("近30万个网页", encoding="utf-8")
    assert made_from({"model": "m"}, [report]) != plain
    assert made_from({"model": "m"}, [folder]) != whole


def test_a_second_run_says_the_same_and_an_edit_is_kept_beside(run, tmp_path: Path) -> None:
    call = ("day", str(REPORTS), "--store", "s.db", "-o", "out", "--json", "-q")
    first, second = run(*call), run(*call, "--jobs", "2")
    assert (first.code, second.code) == (0, 0), first.err + second.err
    told = json.loads(first.out)
    answers = told["requests"] + told["cached"]
    assert json.loads(second.out) == told | {
        "requests": 0,
        "cached": answers,
        "prompt_tokens": 0,
        "completion_tokens": 0,
    }
    draft = tmp_path / "out" / "newsletter.md"
    assert "unchanged out/newsletter.md" in run(*call[:-2]).err
    whole = draft.read_bytes()
    draft.write_text("# Edited\n", encoding="utf-8")
    assert run(*call).code == 0
    assert draft.read_bytes() == whole
    assert (tmp_path / "out" / "newsletter.md.~1~").read_text(encoding="utf-8") == "# Edited\n"
