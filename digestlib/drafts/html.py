"""The newsletter as the HTML of a mail: tables, inlined styles, nothing remote.

Mail readers drop scripts, flex and grid, and Gmail clips at 102,400 bytes: so each paper
shows at most `RESULTS_PER_PAPER` results, and the editor's checklist stays in the Markdown.
"""

from __future__ import annotations

import functools
from typing import Any

import css_inline
import jinja2
from markupsafe import Markup, escape

from ..editions import Roundup
from .escape import plain
from .newsletter import lay_out

RESULTS_PER_PAPER = 2


def newsletter(week: Roundup) -> str:
    """The mail, with a banner that counts what is left to settle."""
    template = _environment().get_template("newsletter.html.j2")
    page = template.render(letter=lay_out(week), results_per_paper=RESULTS_PER_PAPER)
    inliner = css_inline.CSSInliner(load_remote_stylesheets=False)
    return inliner.inline(page).rstrip() + "\n"


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("digestlib.drafts"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_one_line,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _one_line(value: Any) -> Markup:
    """Escaped text on one line; line breaks and direction marks of reports don't reach a mail."""
    return value if isinstance(value, Markup) else escape(plain(str(value)))
