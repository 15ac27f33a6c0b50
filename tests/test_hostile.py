"""A report full of payloads, repeated by the model wherever it can, through every file of every command."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree
from playwright.sync_api import Browser

from digestlib.cli import main
from digestlib.cli.exporting import FORMS
from digestlib.editions import (
    ComparisonPlan,
    Editorial,
    PlannedComparison,
    PlannedRow,
    Story,
    Theme,
)
from digestlib.models import Availability, Doubt, Innovation, Usage

from . import samples
from .browser import view, wider_than_the_window
from .issues import ATTACK, LONG_WORD, PAPER
from .reference_server import ReferenceServer

POISON = (
    f"=cmd|' /C calc'!A0 {ATTACK} [x](javascript:alert(4)) ../../pwned $(touch pwned) "
    "=?UTF-8?Q?=0ABcc:_a@b.example?= \\input{/etc/passwd} {{ 7*7 }} ]]> \u2067\x0b"
)
"""What stands wherever a report or a model can put a text."""
HEADERS = f"{POISON}\r\nBcc: a@b.example\r\n\r\n<script>alert(5)</script>"
IDS = ("2601.00001", "2601.00002", "2601.00003")
LINKS = (
    "https://huggingface.co/papers/2601.00001",
    'https://huggingface.co/papers/2601.00002"onclick="alert(6)',
    "javascript:alert(7)//huggingface.co/papers/2601.00003",
)


def report() -> str:
    """A day with three papers; only the first is linked as it should be."""
    head = (
        f"# Hugging Face Daily Papers Report\n**Date**: 2026-01-07\n**Source URL**: {LINKS[2]}\n\n"
    )
    return head + "".join(
        f"{'=' * 60}\n\n## 📄 {POISON} {paper}\n\n- **链接**: {link}\n- **阅读来源**: HTML\n\n"
        f"### 1. 应用领域\n{POISON}\n\n### 2. 一句话核心贡献\n{POISON}提升 42.9%\n\n"
        f"### 3. 使用指南\n{LONG_WORD}\n### 4. 主要创新点\n{POISON}\n"
        f"### 5. 实验效果\n在 VBench 上达到 42.9%。{POISON}\n"
        for paper, link in zip(IDS, LINKS, strict=True)
    )


def answer(body: dict[str, Any]) -> str:
    """The worst of models: every text of its answer is an attack."""
    user = next(m["content"] for m in body["messages"] if m["role"] == "user")
    if match := re.match(r"Paper id: (\S+)", user):
        (line,) = {int(n) for n in re.findall(r"^\D{0,4}(\d+)\D.*VBench", user, re.MULTILINE)}
        return _summary(match[1], line)
    return _opening() if user.startswith("Period: ") else _plan()


def _summary(paper: str, line: int) -> str:
    told = samples.claim(f"{HEADERS} {{q1}}", line)
    return samples.paper_summary(
        paper,
        headline=told,
        tldr=samples.claim(LONG_WORD, line),
        problem=told,
        why_it_matters=told,
        topic="safety",
        tags=(POISON,),
        usage=Usage(inputs=(told,), outputs=(told,), workflow=(told,), requirements=(told,)),
        availability=Availability(status="open", note=told),
        innovations=(Innovation(name=HEADERS, explanation=told),),
        results=(
            samples.result(told, samples.figure(POISON, "{q2}", POISON), benchmark="VBench", metric=POISON),
        ),
        scope=told,
        caveats=(told,),
        doubts=(Doubt(line=line, note=HEADERS),),
    ).model_dump_json()  # fmt: skip


def _opening() -> str:
    said = [samples.about(f"{n} {HEADERS}", *IDS) for n in range(6)]
    stories = [
        Story(headline=s, whats_new=s, how_it_works=s, results=s, why_it_matters=s)
        for s in said[:3]
    ]
    return Editorial(
        subject_lines=tuple(said[:3]),
        preheader=said[3],
        verdict=said[4],
        tldr=tuple(said[3:]),
        top_stories=tuple(stories),
        themes=(Theme(name=HEADERS, text=said[5]),),
        by_the_numbers=(),
    ).model_dump_json()


def _plan() -> str:
    rows = tuple(PlannedRow(paper_id=paper, cells=("r0.f0",)) for paper in IDS)
    attack = re.sub(r"\d", "", ATTACK)
    table = PlannedComparison(title=attack, caption=attack, columns=(attack,), rows=rows)
    return ComparisonPlan(comparisons=(table,)).model_dump_json()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder after every command that writes has run in it."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / "day.md").write_text(report(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, ReferenceServer(answer) as server:
        patch.chdir(folder)
        patch.setenv("OPENAI_API_KEY", "none")
        asked = ("in", "--base-url", server.url, "--model", "m", "--store", "s.db", "-q")
        _run("week", *asked, "-o", "week")
        _run("charts", *asked, "-o", "charts")
        for form in ("md", "json"):
            _run("papers", *asked, "--format", form, "-o", f"papers.{form}")
        for form in ("md", "html", "csv", "json", "tex"):
            _run("compare", *asked, "--format", form, "-o", f"tables.{form}")
        _run(
            "export", "week/newsletter.md", *(x for f in FORMS for x in ("--to", f)), "-o", "sent/"
        )
    return folder


def _run(*arguments: str) -> None:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output


def test_every_file_is_in_the_folder_that_was_named(folder: Path) -> None:
    written = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    tables = {f"tables.{form}" for form in ("md", "html", "csv", "json", "tex")}
    drafts = {"newsletter.md", "newsletter.html", "newsletter.txt", "newsletter.eml", "web.html"}
    known = {"in/day.md", "s.db", "papers.md", "papers.json", *tables}
    assert {name for name in written if "/" not in name or name.startswith("in/")} == known
    assert {n for n in written if n.startswith("week/")} == {
        f"week/{name}" for name in (*drafts, "review.html", "week.json")
    }
    assert sum(name.startswith("sent/newsletter.") for name in written) == len(FORMS)
    assert all(re.fullmatch(r"[\w-]+(?:/[\w.-]+)?\.?\w*", name) for name in written), written
    assert not (folder.parent / "pwned").exists()


@pytest.mark.parametrize(
    "name",
    ["week/newsletter.html", "week/web.html", "week/review.html", "tables.html", "charts/charts.html", "sent/newsletter.html", "sent/newsletter.substack.html"],
)  # fmt: skip
def test_nothing_runs_is_fetched_or_leads_away(
    browser: Browser, tmp_path: Path, folder: Path, name: str
) -> None:
    html = (folder / name).read_text(encoding="utf-8")
    with view(browser, html, tmp_path, width=360) as page:
        away = page.eval_on_selector_all("a", "links => links.map((link) => link.href)")
        assert [x for x in away if not x.startswith("file:") and not PAPER.fullmatch(x)] == []
        assert page.locator("img, iframe, object, form[action], [onclick], [onerror]").count() == 0
        assert "\u202e" not in page.content()
        if name != "sent/newsletter.substack.html":
            assert wider_than_the_window(page) == []


@pytest.mark.parametrize("name", ["tables.csv", "sent/newsletter.csv", "charts/charts.csv"])
def test_no_cell_is_a_formula(folder: Path, name: str) -> None:
    rows = list(csv.reader(io.StringIO((folder / name).read_text(encoding="utf-8")), strict=True))
    assert len(rows) > 3
    assert len({len(row) for row in rows}) == 1
    assert [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r\n]", cell)] == []


@pytest.mark.parametrize("name", ["week/newsletter.eml", "sent/newsletter.eml"])
def test_a_mail_has_one_block_of_headers_each_once(folder: Path, name: str) -> None:
    mail = email.message_from_bytes((folder / name).read_bytes(), policy=email.policy.default)
    assert sorted(mail.keys()) == sorted(
        ["X-Unsent", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    )
    assert not mail.defects
    assert [p.get_content_type() for p in mail.iter_parts()] == ["text/plain", "text/html"]


def test_feeds_and_json_can_be_parsed_and_hold_texts_only(folder: Path) -> None:
    etree.parse(folder / "sent/newsletter.atom.xml", etree.XMLParser(resolve_entities=False))
    for path in folder.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    page = json.loads((folder / "sent/newsletter.ghost.json").read_text(encoding="utf-8"))
    assert not re.search(r"<(?:script|img)|href=.javascript", page["posts"][0]["html"])


def test_latex_reads_no_file(folder: Path) -> None:
    assert not re.search(r"\\(?:input|include|write)", (folder / "tables.tex").read_text("utf-8"))
