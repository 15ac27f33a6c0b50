"""The papers of an edited draft, read off its Markdown: what is told of each, and what of none.

A section tells of a paper when a paragraph of it begins with the title in italics, followed by the
paper's links or its reading time: the source line that every draft prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from ..manuscripts import PAPER_LINK
from .body import words_of

_MINUTES = re.compile(r"· \d+ min\Z")
QUICK_LINKS = "Quick links"


@dataclass(frozen=True)
class Section:
    """What stands between two headings; `above` are the headings that it stands under."""

    heading: str
    above: tuple[str, ...]
    tokens: tuple[Token, ...]
    """Without the heading."""
    heading_tokens: tuple[Token, ...]

    @property
    def line(self) -> int:
        """Of its heading, else of its first block."""
        maps = (token.map for token in (*self.heading_tokens, *self.tokens))
        return next((lines[0] for lines in maps if lines), 1)


@dataclass(frozen=True)
class Entry:
    """A paper and the sections that tell of it, top story first; none where it is only listed."""

    title: str
    links: tuple[str, ...]
    sections: tuple[Section, ...] = ()

    @property
    def paper_id(self) -> str:
        """Of arXiv; empty where the draft links to no page of the paper."""
        return next((m["id"] for link in self.links if (m := PAPER_LINK.match(link))), "")

    @property
    def key(self) -> str:
        """What tells it from other papers."""
        return self.paper_id or self.title

    @property
    def headline(self) -> str:
        """Of its own section; the title where it has none."""
        return self.sections[-1].heading if self.sections else self.title

    @property
    def topic(self) -> str:
        """The heading above its own section."""
        return self.sections[-1].above[-1] if self.sections and self.sections[-1].above else ""

    def link_to(self, host: str) -> str:
        """Its page there, or nothing."""
        return next((link for link in self.links if link.startswith(f"https://{host}/")), "")


def sections_of(tokens: Sequence[Token]) -> list[Section]:
    """The sections in their order; what stands above the first heading is one without a heading."""
    starts = [
        i for i, token in enumerate(tokens) if token.type == "heading_open" and not token.level
    ]
    found = [Section("", (), tuple(tokens[: starts[0] if starts else None]), ())]
    above: dict[int, str] = {}
    for start, end in pairwise([*starts, len(tokens)]):
        level = int(tokens[start].tag[1])
        above = {number: title for number, title in above.items() if number < level}
        heading = words_of(tokens[start + 1])
        body, head = tuple(tokens[start + 3 : end]), tuple(tokens[start : start + 3])
        found.append(Section(heading, tuple(above.values()), body, head))
        above[level] = heading
    return [section for section in found if section.heading or section.tokens]


def entries_of(sections: Iterable[Section]) -> list[Entry]:
    """Each paper once, in the order of their own sections, then those that are only listed."""
    told: dict[str, Entry] = {}
    listed: dict[str, Entry] = {}
    for section in sections:
        entry = _told(section)
        if entry:
            earlier = told.pop(entry.key, None)
            before = earlier.sections if earlier else ()
            told[entry.key] = Entry(entry.title, entry.links, (*before, section))
        elif section.heading == QUICK_LINKS:
            listed |= {item.key: item for item in _listed(section)}
    return [*told.values(), *(entry for key, entry in listed.items() if key not in told)]


def opening_of(sections: Sequence[Section]) -> list[Section]:
    """What is told of no single paper: verdict, points, themes, tables, numbers."""
    own = [s for s in sections if not _told(s) and s.heading != QUICK_LINKS]
    needed = {heading for section in own if section.tokens for heading in section.above}
    return [section for section in own if section.tokens or section.heading in needed]


def links_of(tokens: Iterable[Token]) -> tuple[str, ...]:
    """Where inline tokens link to, in their order."""
    children = [child for token in tokens for child in token.children or ()]
    return tuple(str(c.attrs["href"]) for c in children if c.type == "link_open")


def source_line(tokens: Sequence[Token]) -> Token | None:
    """The inline token that names the paper, if the section has one."""
    return next((token for token in tokens if token.type == "inline" and _names_paper(token)), None)


def _told(section: Section) -> Entry | None:
    source = source_line(section.tokens) if section.heading else None
    if source is None:
        return None
    children = source.children or []
    end = next(i for i, child in enumerate(children) if child.type == "em_close")
    title = words_of(Token("inline", "", 0, children=children[:end]))
    return Entry(title, links_of([source]))


def _names_paper(token: Token) -> bool:
    if token.level != 1 or not token.children or not token.content.startswith(("*", "_")):
        return False
    first = next((child for child in token.children if child.type != "text" or child.content), None)
    if first is None or first.type != "em_open":
        return False
    linked = any(PAPER_LINK.match(link) for link in links_of([token]))
    return linked or _MINUTES.search(words_of(token)) is not None


def _listed(section: Section) -> Iterator[Entry]:
    for token in section.tokens:
        if token.type == "inline":
            title = words_of(token).split(" · ")[0].removesuffix(" (abstract only)")
            yield Entry(title, links_of([token]))
