"""The issues that tests of pages open: a real week, and one whose texts attack the page.

`python -m tests.issues FOLDER` writes the pages of the second, for the validator.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Literal

import digestlib as dl
from digestlib.comparison import with_tables
from digestlib.drafts import render
from digestlib.drafts.review import render_review
from digestlib.drafts.tables import render_comparisons
from digestlib.editions import Cell, Comparison, Roundup, Row
from digestlib.exports import export, read_draft
from digestlib.profiles import profile_tables
from tests import samples
from tests.reference_answers import REPORTS
from tests.test_week import issue

PAPER = re.compile(r"https://(?:huggingface\.co/papers|arxiv\.org/abs)/\d{4}\.\d{5}")
"""The only addresses that a page may link to."""

ATTACK = (
    "\u202e</script></style></td></table></textarea><script>alert(1)</script>"
    "<img src=x onerror=alert(2)><a href=javascript:alert(3)>x</a>"
)
LONG_WORD = "ab" * 2500


def hostile_week() -> Roundup:
    """Markup and turned text in every text of a paper; a word of 5,000 letters; a script for a link."""
    nasty = samples.NASTY.model_dump_json().replace("<script>alert(1)</script>", ATTACK)
    papers = (
        samples.NASTY.model_validate_json(nasty),
        samples.LIVETALK.model_copy(
            update={"title": LONG_WORD, "hf_url": "javascript:alert(4)", "arxiv_url": "//a.example"}
        ),
        samples.ROME.model_copy(update={"title": ATTACK}),
    )
    story = samples.EDITORIAL.top_stories[0].model_copy(
        update={"headline": samples.about(ATTACK, "2512.00001", "2512.24873")}
    )
    said = samples.about(f"{ATTACK} {LONG_WORD}", "2512.00001")
    editorial = samples.EDITORIAL.model_copy(
        update={"verdict": said, "preheader": said, "tldr": (said,), "top_stories": (story,)}
    )
    cell = Cell(text=ATTACK, note=LONG_WORD, lines=(701,), source=ATTACK)
    rows = tuple(Row(paper_id=paper.id, cells=(cell, cell)) for paper in papers)
    table = Comparison(title=ATTACK, caption=LONG_WORD, columns=(ATTACK, LONG_WORD), rows=rows)
    return samples.WEEK.model_copy(
        update={"summaries": papers, "editorial": editorial, "comparisons": (table,)}
    )


@cache
def real_week(period: str = "2026-W01") -> Roundup:
    """An example week with its comparison tables."""
    with dl.connect(replay="cassettes") as complete:
        return with_tables(issue(period), complete, digests=dl.load(REPORTS))


def tables_of(week: Roundup) -> tuple[Comparison, ...]:
    """Every table on the week: benchmarks, proposed ones, profiles of its topics."""
    return (*week.comparisons, *profile_tables(week.summaries, dl.load(REPORTS)))


def table_page(week: Roundup) -> str:
    """The page of `compare --format html`."""
    return render_comparisons(tables_of(week), week.summaries, "html")


WRITTEN: tuple[tuple[str, Literal["html", "web"]], ...] = (
    ("newsletter.html", "html"),
    ("web.html", "web"),
)
ISSUES = {"W01": real_week, "hostile": hostile_week}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "sent").mkdir(parents=True, exist_ok=True)
    for name, form in WRITTEN:
        (folder / name).write_text(render(hostile_week(), form), encoding="utf-8")
    pages = {
        "review.html": render_review(hostile_week(), []),
        "tables.html": render_comparisons(
            hostile_week().comparisons, hostile_week().summaries, "html"
        ),
        "sent/newsletter.html": str(export(read_draft(render(hostile_week(), "md")), "html")),
    }
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
