"""A draft as CSV: one row a paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from ..drafts.escape import cell
from ..passages import ITEM_LEVEL
from .body import words_of
from .entries import Entry, Section, entries_of, source_line

COLUMNS = (
    *("paper_id", "title", "headline", "topic", "summary", "results", "availability"),
    *("top_story", "hugging_face", "arxiv"),
)
_AVAILABILITY = "Availability:"


def rows(sections: Iterable[Section]) -> str:
    """Every paper that the draft names; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(text) for text in _row(entry)] for entry in entries_of(sections))
    return out.getvalue()


def _row(entry: Entry) -> Sequence[str]:
    own = entry.sections[-1].tokens if entry.sections else ()
    source = source_line(own)
    inline = [token for token in own if token.type == "inline" and token is not source]
    paragraphs = [words_of(token) for token in inline if token.level < ITEM_LEVEL]
    available = [text for text in paragraphs if text.startswith(_AVAILABILITY)]
    return (
        *(entry.paper_id, entry.title, entry.headline if own else "", entry.topic),
        " ".join(text for text in paragraphs if text not in available),
        "; ".join(_items(inline)),
        " ".join(available).removeprefix(_AVAILABILITY),
        "yes" if len(entry.sections) > 1 else "no",
        *(entry.link_to("huggingface.co"), entry.link_to("arxiv.org")),
    )


def _items(inline: Iterable[Token]) -> list[str]:
    return [words_of(token) for token in inline if token.level >= ITEM_LEVEL]
