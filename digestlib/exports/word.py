"""A draft as a Word document, through the optional extra `docx`."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from ..drafts.escape import plain
from ..errors import OutputError
from ..manuscripts import FrontMatter

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

MISSING = "a Word document needs python-docx; install it with: pip install 'digestlib[docx]'"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_LIST_STYLES = {"bullet_list": "List Bullet", "ordered_list": "List Number"}
_DEEPEST_LIST_STYLE = 3


def docx(front: FrontMatter, tokens: Sequence[Token]) -> bytes:
    """The document; a draft says so in its header; the same draft gives the same bytes."""
    try:
        import docx as library
    except ImportError as exc:
        raise OutputError(MISSING) from exc
    document = library.Document()
    _describe(document, front)
    for node in SyntaxTreeNode(tokens).children:
        _add_block(document, node, 0)
    file = io.BytesIO()
    document.save(file)
    return _without_times(file.getvalue())


def _describe(document: Document, front: FrontMatter) -> None:
    day = front.last_day or dt.date(1980, 1, 1)
    about = document.core_properties
    about.title, about.subject = plain(front.title)[:255], plain(front.preheader)[:255]
    about.author, about.content_status = (
        plain(front.author)[:255],
        "Draft" if front.draft else "Final",
    )
    about.created = about.modified = dt.datetime.combine(day, dt.time())
    if front.draft:
        document.sections[0].header.paragraphs[0].text = "DRAFT"


def _add_block(document: Document, node: SyntaxTreeNode, depth: int) -> None:
    match node.type:
        case "heading":
            _add_words(document.add_heading(level=min(int(node.tag[1]), 9)), node)
        case "paragraph":
            _add_words(document.add_paragraph(), node)
        case "bullet_list" | "ordered_list":
            for item in node.children:
                _add_item(document, item, _LIST_STYLES[node.type], depth)
        case "table":
            _add_table(document, [row for part in node.children for row in part.children])
        case "fence" | "code_block":
            document.add_paragraph(node.content.rstrip("\n"))
        case _:
            for child in node.children:
                _add_block(document, child, depth)


def _add_item(document: Document, item: SyntaxTreeNode, style: str, depth: int) -> None:
    level = min(depth + 1, _DEEPEST_LIST_STYLE)
    for child in item.children:
        if child.type == "paragraph":
            name = style if level == 1 else f"{style} {level}"
            _add_words(document.add_paragraph(style=name), child)
        else:
            _add_block(document, child, depth + 1)


def _add_table(document: Document, rows: Sequence[SyntaxTreeNode]) -> None:
    table = document.add_table(len(rows), len(rows[0].children), style="Table Grid")
    for row, cells in zip(rows, table.rows, strict=True):
        for node, cell in zip(row.children, cells.cells, strict=True):
            _add_words(cell.paragraphs[0], node)


def _add_words(paragraph: Paragraph, node: SyntaxTreeNode) -> None:
    """The text with bold, italics and links; a link is a real one, to an address that was checked."""
    inline = node.children[0] if node.children else None
    bold = italic = 0
    address = ""
    for token in (inline.token.children if inline and inline.token else None) or ():
        bold += token.nesting if token.tag == "strong" else 0
        italic += token.nesting if token.tag == "em" else 0
        if token.tag == "a":
            address = str(token.attrs["href"]) if token.nesting == 1 else ""
        text = " " if token.type.endswith("break") else token.content
        if text:
            _add_run(paragraph, text, address, bold=bold > 0, italic=italic > 0)


def _add_run(paragraph: Paragraph, text: str, address: str, *, bold: bool, italic: bool) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if address:
        run.font.underline = True
        run.font.color.rgb = RGBColor(0x34, 0x51, 0xB2)
        link = OxmlElement("w:hyperlink")
        relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), relation)
        run._r.addprevious(link)
        link.append(run._r)


def _without_times(data: bytes) -> bytes:
    """The same archive with one fixed time on every file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
