"""The body of an edited draft: parsed once, then HTML or plain text; a stranger's text stays text.

Raw HTML is shown, not run; only web and mail addresses become links; a picture becomes a link to it,
since a mail loads nothing from elsewhere.
"""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from ..drafts.escape import visible
from ..manuscripts import Manuscript

COLUMNS = 76
"""Of plain text: RFC 3676 asks for lines of at most 78 characters."""
_ADDRESS = re.compile(r"(?:https?://[^/]|mailto:\S+@)", re.IGNORECASE)
_RULES = {"h1": "=", "h2": "-"}


def parse(manuscript: Manuscript) -> list[Token]:
    """The block tokens of the body; lines count from the file's first."""
    tokens = _parser().parse(visible(manuscript.body))
    for token in tokens:
        if token.map:
            token.map = [number + manuscript.first_line for number in token.map]
        token.children = token.children and _settled(token.children)
    return tokens


def html_of(tokens: Sequence[Token]) -> str:
    """The tokens as HTML without classes, styles or scripts."""
    parser = _parser()
    return str(parser.renderer.render(tokens, parser.options, {}))


def text_of(tokens: Sequence[Token]) -> str:
    """The tokens as plain text: underlined headings, addresses in angle brackets."""
    blocks = [_block(node, 0) for node in SyntaxTreeNode(tokens).children]
    return "\n\n".join(block for block in blocks if block) + "\n"


def words_of(token: Token, *, addresses: bool = False) -> str:
    """The text of an inline token on one line."""
    return " ".join(_words(token.children or (), addresses).split())


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = _is_address  # type: ignore[method-assign]
    return parser


def _is_address(url: str) -> bool:
    return _ADDRESS.match(url) is not None


def _settled(tokens: Sequence[Token]) -> list[Token]:
    """Pictures become links, and links to nowhere become text."""
    found: list[Token] = []
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
        if token.type == "image":
            found += _picture(token, linked=address != "")
        elif token.tag != "a" or address:
            found.append(token)
        if token.type == "link_close":
            address = ""
    return found


def _picture(image: Token, *, linked: bool) -> list[Token]:
    """A link to the picture under its description; within a link, the description alone."""
    words = Token("text", "", 0, content=image.content or "picture")
    if linked or not image.attrs["src"]:
        return [words]
    opening = Token("link_open", "a", 1, attrs={"href": str(image.attrs["src"])})
    return [opening, words, Token("link_close", "a", -1)]


def _words(tokens: Sequence[Token], addresses: bool) -> str:
    said, hrefs = "", [""]
    for token in tokens:
        if token.type == "link_open":
            hrefs.append(str(token.attrs["href"]))
        elif token.type == "link_close":
            href = hrefs.pop()
            said += f" <{href}>" if addresses and not said.endswith(href) else ""
        else:
            said += " " if token.type.endswith("break") else token.content
    return said


def _block(node: SyntaxTreeNode, depth: int) -> str:
    match node.type:
        case "heading":
            title = _wrapped(words_of(_inline(node), addresses=True), depth)
            rule = _RULES.get(node.tag, "") * min(len(title), COLUMNS)
            return f"{title}\n{rule}".rstrip()
        case "paragraph":
            return _wrapped(words_of(_inline(node), addresses=True), depth)
        case "bullet_list" | "ordered_list":
            return "\n".join(_item(item, n, depth) for n, item in enumerate(node.children, 1))
        case "table":
            return "\n".join(_row(row) for part in node.children for row in part.children)
        case "hr":
            return "-" * COLUMNS
        case "fence" | "code_block":
            return textwrap.indent(node.content.rstrip("\n"), "    ")
    return textwrap.indent("\n\n".join(_block(child, depth) for child in node.children), "> ")


def _item(item: SyntaxTreeNode, number: int, depth: int) -> str:
    mark = f"{number}. " if item.parent and item.parent.type == "ordered_list" else "- "
    indent = " " * len(mark)
    text = "\n".join(_block(child, depth + len(mark)) for child in item.children)
    return mark + textwrap.indent(text, indent).removeprefix(indent)


def _row(row: SyntaxTreeNode) -> str:
    return " | ".join(words_of(_inline(cell)) for cell in row.children)


def _inline(node: SyntaxTreeNode) -> Token:
    token = node.children[0].token if node.children else None
    return token or Token("inline", "", 0, children=[])


def _wrapped(text: str, depth: int) -> str:
    width = max(COLUMNS - depth, 20)
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
