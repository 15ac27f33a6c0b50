"""What the HTML drafts share: everything printed is escaped, and sentences link the papers they name."""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from importlib.resources import files
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup, escape

from .. import templating
from .escape import plain
from .papers import Source, Statement


class InlineFile(NamedTuple):
    """A script or style sheet to stand within a page, and what admits it to the page's policy."""

    text: Markup
    policy: str


@functools.cache
def inline_file(name: str) -> InlineFile:
    """One of the files beside the templates; it must not hold the tag that ends it."""
    text = files("digestlib.drafts").joinpath("templates", name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return InlineFile(Markup(text), f"'sha256-{digest}'")


@functools.cache
def environment() -> jinja2.Environment:
    """The templates of the HTML drafts."""
    loader = jinja2.PackageLoader("digestlib.drafts")
    templates = templating.environment(loader, autoescape=True, finalize=_one_line)
    templates.globals.update(linked=linked, link=link)
    return templates


def link(text: str, url: str | None) -> Markup:
    """The text, linked where there is an address; addresses come from `links`, never from texts."""
    if url is None:
        return _one_line(text)
    return Markup('<a href="{}">{}</a>').format(url, plain(text))


def linked(statement: Statement, *, within: bool = False) -> Markup:
    """The sentence, with each paper's name as its link; papers it does not name follow in brackets.

    `within` a page that has all papers, the links go to their places on it.
    """
    text = plain(statement.text)
    places = _places(text, statement.papers)
    pieces, position = Markup(""), 0
    for (start, end), paper in sorted(places.items(), key=lambda place: place[0]):
        pieces += escape(text[position:start]) + link(text[start:end], _address(paper, within))
        position = end
    unnamed = [paper for paper in statement.papers if paper not in places.values()]
    cited = Markup(", ").join(link(paper.name, _address(paper, within)) for paper in unnamed)
    return pieces + escape(text[position:]) + _behind(cited)


def _behind(cited: Markup) -> Markup:
    return Markup(' <span class="cite">({})</span>').format(cited) if cited else cited


def _places(text: str, papers: tuple[Source, ...]) -> dict[tuple[int, int], Source]:
    """Where the text names each paper first; names that overlap another are left out."""
    places: dict[tuple[int, int], Source] = {}
    for paper in papers:
        name = re.escape(plain(paper.name))
        match = re.search(rf"(?<![\w-]){name}(?![\w-])", text) if name else None
        if match and not any(s < match.end() and match.start() < e for s, e in places):
            places[match.span()] = paper
    return places


def _address(paper: Source, within: bool) -> str | None:
    return f"#{paper.anchor}" if within else paper.page


def _one_line(value: Any) -> Markup:
    """Escaped text on one line; line breaks and direction marks of reports don't reach a page."""
    return value if isinstance(value, Markup) else escape(plain(str(value)))
