"""Comparison tables in every format: nothing in a title or a name becomes markup or a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from digestlib.drafts.tables import TableFormat, render_comparisons
from digestlib.editions import Cell, Comparison, Row

from . import samples

PAYLOADS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "a | b\n| c |",
    "</td></table><script>alert(1)</script>",
    "\\end{document} \\input{/etc/passwd} \\\\ & % $ # _ { } ~ ^",
    "\u202egpj.exe\u202c",
    '"quoted", and; commas',
    "[link](javascript:alert(1))",
    "--- [x] *b* _i_ `c`",
    "`````",
]
FORMATS: tuple[TableFormat, ...] = ("md", "html", "csv", "json", "tex")


def hostile_table(text: str) -> tuple[list[Comparison], list]:
    first = samples.LIVETALK.model_copy(update={"title": text, "path": text})
    second = samples.ACT2GOAL.model_copy(update={"hf_url": "javascript:alert(1)"})
    cell = Cell(text=text, note=text, paper_id=first.id, lines=(7,), source=text)
    rows = [
        Row(paper_id=p.id, cells=(cell, Cell(text="—", withheld=text))) for p in (first, second)
    ]
    table = Comparison(title=text, caption=text, columns=(text, "Other"), rows=tuple(rows))
    return [table], [first, second]


class Page(HTMLParser):
    """The tags, the links and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markdown_stays_one_table_with_the_text_as_it_was(payload: str) -> None:
    rendered = render_comparisons(*hostile_table(payload), "md")
    tokens = MarkdownIt("commonmark").enable("table").parse(rendered)
    assert [t.type for t in tokens].count("table_open") == 1
    assert [t.type for t in tokens].count("tr_open") == 3
    assert "html_block" not in {t.type for t in tokens}
    inline = {child.type for t in tokens for child in t.children or []}
    assert inline <= {"text", "text_special", "link_open", "link_close", "softbreak", "code_inline"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_has_no_tag_or_address_of_a_stranger(payload: str) -> None:
    page = Page(render_comparisons(*hostile_table(payload), "html"))
    assert "script" not in page.tags
    assert page.tags.count("table") == 1
    assert page.tags.count("tr") == 3
    assert all(re.match(r"#table-\d|https://(huggingface\.co|arxiv\.org)/", x) for x in page.links)
    assert "\u202e" not in page.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_the_csv_is_a_formula(payload: str) -> None:
    rendered = render_comparisons(*hostile_table(payload), "csv")
    rows = list(csv.reader(io.StringIO(rendered, newline=""), strict=True))
    assert len(rows) == 5
    assert {len(row) for row in rows} == {8}
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell)]
    assert rendered.count("\r\n") == rendered.count("\n") == 5


@pytest.mark.parametrize("payload", PAYLOADS)
def test_json_carries_the_text_unchanged_with_its_source(payload: str) -> None:
    document = json.loads(render_comparisons(*hostile_table(payload), "json"))
    row = document["tables"][0]["rows"][0]
    assert document["schema_version"] == "1"
    assert row["cells"][0] == {
        "text": payload,
        "note": payload,
        "source": {"paper_id": "2512.23576", "path": payload, "lines": [7], "text": payload},
        "withheld": "",
    }
    assert row["cells"][1]["source"] is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_latex_knows_no_command_but_its_own(payload: str) -> None:
    rendered = render_comparisons(*hostile_table(payload), "tex")
    body = rendered.split(r"\begin{document}")[1]
    assert body.count(r"\end{document}") == 1
    assert not re.search(r"\\(?:input|write|include)", body)
    rows = re.findall(r"^(?!\\section|%).*(?<!\\)&.*\\\\$", body, re.MULTILINE)
    assert [len(re.findall(r"(?<!\\)&", row)) for row in rows] == [3, 3, 3]
    braces = re.sub(r"\\[{}]", "", body)
    assert braces.count("{") == braces.count("}")


@pytest.mark.parametrize("form", ["md", "html"])
def test_what_is_kept_back_is_listed_for_the_editor(form: TableFormat) -> None:
    tables, papers = hostile_table("42.9%")
    rendered = render_comparisons(tables, papers, form)
    assert rendered.count("could not be traced to the report") == 2


def test_a_column_that_is_blank_in_every_row_is_not_printed_and_one_that_is_kept_back_is() -> None:
    (table,), papers = hostile_table("Value")
    assert "| Paper | Value | Other | Source |" in render_comparisons([table], papers, "md")
    rows = [row.model_copy(update={"cells": (row.cells[0], Cell())}) for row in table.rows]
    blank = table.model_copy(update={"rows": tuple(rows)})
    assert "| Paper | Value | Source |" in render_comparisons([blank], papers, "md")
    assert "Other" in render_comparisons([blank], papers, "csv")


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_tables_are_the_same_bytes(form: TableFormat) -> None:
    first, again = (render_comparisons(*hostile_table("a"), form) for _ in range(2))
    assert first == again
