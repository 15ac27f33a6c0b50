"""An edited draft as HTML: the mail in the look of the newsletter, or a bare page to paste from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token
from markupsafe import Markup

from ..drafts.html import inlined
from ..drafts.pages import environment
from ..manuscripts import FrontMatter
from .body import html_of
from .entries import sections_of, source_line


def mail_page(front: FrontMatter, tokens: Sequence[Token]) -> str:
    """The whole mail with its styles inlined; a draft says so at the top."""
    _dress(tokens)
    parts = [Markup(html_of(part)) for part in _parts(tokens)]
    return inlined(environment().get_template("edited.html.j2").render(front=front, parts=parts))


def bare_page(front: FrontMatter, tokens: Sequence[Token]) -> str:
    """Headings, paragraphs, lists and links without a style: an editor takes them when pasted."""
    template = environment().get_template("bare.html.j2")
    return template.render(front=front, content=Markup(html_of(tokens))).rstrip() + "\n"


def _parts(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """What stands above the first heading of the second level, then what each of them heads."""
    starts = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h2"]
    for start, end in zip([0, *starts], [*starts, len(tokens)], strict=True):
        yield tokens[start:end]


def _dress(tokens: Sequence[Token]) -> None:
    """Give lead, topics, source lines and tables the classes that the newsletter has for them."""
    inside = {id(inline): opening for opening, inline in pairwise(tokens)}
    for section in sections_of(tokens):
        source = source_line(section.tokens)
        if source:
            first = source is section.tokens[1]
            inside[id(source)].attrSet("class", "small first" if first else "small")
        if section.heading_tokens and section.heading_tokens[0].tag == "h3" and not section.tokens:
            section.heading_tokens[0].attrSet("class", "topic")
        if section.heading_tokens and section.heading_tokens[0].tag == "h1" and section.tokens:
            section.tokens[0].attrSet("class", "lead")
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "grid")
        if token.type == "th_open":
            token.attrSet("scope", "col")
