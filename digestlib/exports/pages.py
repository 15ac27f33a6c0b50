"""An edited draft as HTML: the mail, or a bare page to paste from."""

from __future__ import annotations

import functools

import css_inline
import jinja2
from markupsafe import Markup

from ..manuscripts import FrontMatter


def mail_page(front: FrontMatter, content: str) -> str:
    """The whole mail around the content, with its styles inlined; a draft says so at the top."""
    page = _environment().get_template("mail.html.j2").render(front=front, content=Markup(content))
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    return inliner.inline(page).rstrip() + "\n"


def bare_page(front: FrontMatter, content: str) -> str:
    """Headings, paragraphs, lists and links without a style: an editor takes them when pasted."""
    template = _environment().get_template("bare.html.j2")
    return template.render(front=front, content=Markup(content)).rstrip() + "\n"


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("digestlib.exports"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
