"""The passages of a draft, read off its Markdown: what each says, and of which papers it speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .manuscripts import PAPER_LINK, split_front_matter

_PLACE = re.compile(r"[^:\s]+:\d+(?:, \d+)*")
"""Lines of a report, in a code span: `2026-01-01.md:37, 40`."""
_TEXT_PART = re.compile(r"^  https://(?:huggingface\.co/papers|arxiv\.org/abs)/\S+$", re.MULTILINE)
"""The address of a paper on a line of its own."""
_TEXT_MARKS = (
    (re.compile(r"^DRAFT\b.*", re.MULTILINE), ""),
    (re.compile(r"^\* ((?:.+\n)+)$", re.MULTILINE), r"\1---"),
    (re.compile(r"(?<=\n\n)(?=.*[A-Z])[A-Z0-9][^a-z\n]*$", re.MULTILINE), r"## \g<0>"),
    (re.compile(r"^  (https?://\S+)$", re.MULTILINE), r"  <\1>"),
)
"""How `newsletter.txt` writes headlines, headings and addresses, and Markdown for it."""
ITEM_LEVEL = 3
"""The level of the text of an item in markdown-it: list, item, paragraph."""


class Passage(NamedTuple):
    """A paragraph, heading or list item: where it begins, what it says, what it links to."""

    line: int
    text: str
    links: tuple[str, ...]
    papers: tuple[str, ...]
    """Ids of its own links, else of all links of its section."""
    nested: bool = False
    """Whether it is an item within an item: a row of figures, not a sentence."""


def find_passages(markdown: str) -> list[Passage]:
    """The passages of a Markdown text; a section reaches from one heading to the next.

    The cells of a table's row speak of the papers that the row links to.
    """
    _, body, first_line = split_front_matter(markdown)
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(body)
    found: list[Passage] = []
    section: list[Passage] = []
    row = 0
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "heading_open":
            found += by_section(section)
            section = []
        if token.type == "tr_open":
            row = len(section)
        if token.type == "tr_close":
            section[row:] = by_section(section[row:])
        if token.type == "inline" and token.map and not (before and before.tag == "h1"):
            section.append(_passage(token, first_line + token.map[0]))
    return [*found, *by_section(section)]


def by_section(section: Sequence[Passage]) -> list[Passage]:
    """The passages of one section, or row; those that link to no paper speak of all of its papers."""
    everything = tuple(dict.fromkeys(paper for passage in section for paper in passage.papers))
    return [p if p.papers else p._replace(papers=everything) for p in section]


def papers_of(hrefs: Sequence[str]) -> tuple[str, ...]:
    """The ids of the papers that addresses lead to."""
    matches = [match for href in hrefs if (match := PAPER_LINK.match(href))]
    return tuple(dict.fromkeys(match["id"] for match in matches))


def is_text_part(text: str) -> bool:
    """Whether it is the text part of a mail: the address of a paper has a line of its own."""
    return bool(_TEXT_PART.search(text))


def marked_up(text: str) -> str:
    """The text part of a mail as Markdown, line by line, so that its papers and sections are seen."""
    for pattern, mark in _TEXT_MARKS:
        text = pattern.sub(mark, text)
    return text


def _passage(token: Token, line: int) -> Passage:
    text = "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if not (child.type == "code_inline" and _PLACE.fullmatch(child.content))
    )
    hrefs = [str(c.attrs["href"]) for c in token.children or () if c.type == "link_open"]
    return Passage(
        line,
        text.strip(),
        tuple(hrefs),
        papers_of(hrefs),
        token.level > ITEM_LEVEL,
    )
