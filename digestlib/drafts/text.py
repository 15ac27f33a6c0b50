"""The newsletter as plain text: what a mail program shows that shows no HTML."""

from __future__ import annotations

import functools
import re
import textwrap
from typing import Any

import jinja2
from markupsafe import Markup

from ..editions import Roundup
from ..templating import environment
from .escape import plain
from .newsletter import lay_out
from .papers import Statement

WIDTH = 72


def newsletter(week: Roundup) -> str:
    """The whole issue in lines of at most 72 characters; only addresses may be longer."""
    return wrapped(_environment().get_template("newsletter.txt.j2").render(letter=lay_out(week)))


def wrapped(page: str) -> str:
    """Each line folded; what follows a list's dash or an indent is indented as far."""
    tidied = re.sub(r"\n{4,}", "\n\n\n", page).strip()
    return "\n".join(map(_folded, tidied.split("\n"))) + "\n"


@functools.cache
def _environment() -> jinja2.Environment:
    # autoescape is on only because it tells what macros return from what is still to be cleaned.
    loader = jinja2.PackageLoader("digestlib.drafts")
    templates = environment(loader, autoescape=True, finalize=_one_line)
    templates.globals.update(say=_say)
    return templates


def _folded(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip(" -*")))
    return textwrap.fill(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _one_line(value: Any) -> Markup:
    return value if isinstance(value, Markup) else Markup(plain(str(value)))


def _say(statement: Statement) -> str:
    return statement.text + (" [check]" if statement.flagged else "")
