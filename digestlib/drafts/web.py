"""The full edition as one page for the web: every paper in full, to be filtered and searched.

It fetches nothing, and its policy lets only its own script and styles in, by their hashes;
without scripts it is a plain page.
"""

from __future__ import annotations

from ..editions import Roundup
from .newsletter import lay_out
from .pages import environment, inline_file


def edition(week: Roundup) -> str:
    """The page, with a place of its own for each paper: `#p-2512-23576`."""
    page = (
        environment()
        .get_template("web.html.j2")
        .render(letter=lay_out(week), styles=inline_file("web.css"), script=inline_file("web.js"))
    )
    return page.rstrip() + "\n"
