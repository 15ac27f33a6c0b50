"""Drafts as Markdown: what is to be sent, then, under its own heading, what the editor must do."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from ..models import EDITOR_HEADING, Summary
from ..templating import environment
from . import checklist, escape
from .grids import Grid, markdown_table
from .newsletter import Newsletter, by_topic, lay_out, provenance
from .papers import Source, Statement, is_summarised, paper, source

if TYPE_CHECKING:
    from ..editions import Roundup

FLAG = "⚑"
"""Stands behind a statement that a person must look at."""


def newsletter(week: Roundup) -> str:
    """The week or day, with YAML front matter that says `draft: true`."""
    letter = lay_out(week)
    template = _environment().get_template("newsletter.md.j2")
    front_matter = Markup(_front_matter(letter))
    return _tidied(template.render(letter=letter, front_matter=front_matter))


def papers(summaries: Sequence[Summary]) -> str:
    """Each summary in full, by topic."""
    summarised = tuple(paper(s) for s in summaries if is_summarised(s))
    template = _environment().get_template("papers.md.j2")
    page = template.render(
        topics=by_topic(summarised),
        failed=tuple(source(s) for s in summaries if not is_summarised(s)),
        checklist=checklist.for_papers(summaries),
        provenance=provenance([s.provenance for s in summaries]),
    )
    return _tidied(page)


@functools.cache
def _environment() -> jinja2.Environment:
    # `finalize` escapes whatever a template prints, so that no filter can be forgotten;
    # autoescape is on only because it keeps what macros return from being escaped twice.
    templates = environment(
        jinja2.PackageLoader("digestlib.drafts"),
        autoescape=True,
        finalize=_escaped,
        keep_trailing_newline=True,
    )
    templates.globals.update(
        say=_say,
        mark=_mark,
        cite=_cite,
        link=_link,
        links=_links,
        code=_code,
        joined=_joined,
        EDITOR_HEADING=EDITOR_HEADING,
        slot=_slot,
        table=_table,
    )
    return templates


def _table(table: Grid) -> Markup:
    return Markup(markdown_table(table, with_lines=False))


def _tidied(page: str) -> str:
    """Single blank lines between blocks; every text is one line, so none is touched."""
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"


def _escaped(value: Any) -> Markup:
    return value if isinstance(value, Markup) else Markup(escape.markdown(str(value)))


def _say(statement: Statement) -> Markup:
    """The statement, with the mark when a person must look."""
    return _escaped(statement.text) + _mark(statement.flagged)


def _mark(flagged: bool) -> Markup:
    return Markup(f" {FLAG}") if flagged else Markup("")


def _cite(statement: Statement) -> Markup:
    """The papers that a statement speaks of, in brackets."""
    if not statement.papers:
        return Markup("")
    return Markup(" (") + Markup(", ").join(_link(p.name, p.page) for p in statement.papers) + ")"


def _link(text: str, url: str | None) -> Markup:
    return Markup("[{}]({})").format(_escaped(text), Markup(url)) if url else _escaped(text)


def _links(paper: Source) -> Markup:
    """The paper's addresses, each behind a dot."""
    return Markup("").join(Markup(" · ") + _link(link.name, link.url) for link in paper.links)


def _code(text: str) -> Markup:
    return Markup(escape.code(text))


def _joined(texts: Sequence[str]) -> Markup:
    return Markup("; ").join(_escaped(text) for text in texts)


def _slot(wish: str) -> Markup:
    from ..manuscripts import slot

    return Markup(slot(wish))


def _front_matter(letter: Newsletter) -> str:
    from ..manuscripts import FrontMatter, dump_front_matter, slot

    lines = letter.opening.subject_lines if letter.opening else ()
    front = FrontMatter(
        title=escape.plain(letter.title),
        subject=escape.plain(lines[0]) if lines else slot("write a subject line"),
        preheader=escape.plain(letter.preheader),
        period=letter.period,
        first_day=letter.first_day,
        last_day=letter.last_day,
        papers=len(letter.papers) + len(letter.failed),
        subject_lines=tuple(escape.plain(line) for line in lines),
        web_url=letter.web_url,
    )
    return dump_front_matter(front)
