"""Drafts: roundups and summaries as text that a person finishes and sends.

Each form is imported when it is wanted: most runs want one or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from ..models import Summary

if TYPE_CHECKING:
    from ..editions import Roundup

__all__ = ["render", "render_papers"]


def render(week: Roundup, format: Literal["md", "html", "txt", "web", "json"]) -> str:
    """The newsletter draft: Markdown ends with the editor's checklist; JSON loads back.

    `html` is for mail, `web` for a site. Raises `ValueError` for another format.
    """
    match format:
        case "md":
            from . import markdown

            return markdown.newsletter(week)
        case "html":
            from . import html

            return html.newsletter(week)
        case "web":
            from . import web

            return web.edition(week)
        case "txt":
            from . import text

            return text.newsletter(week)
        case "json":
            return week.model_dump_json(indent=2) + "\n"
    raise ValueError(f"no format {format!r}; there are md, html, txt, web and json")


def render_papers(summaries: Sequence[Summary], format: Literal["md", "json"]) -> str:
    """The summaries in full: Markdown by topic, or a JSON array that loads back.

    Raises `ValueError` for another format.
    """
    match format:
        case "md":
            from . import markdown

            return markdown.papers(summaries)
        case "json":
            from pydantic import TypeAdapter

            form = TypeAdapter(tuple[Summary, ...])
            return form.dump_json(tuple(summaries), indent=2).decode() + "\n"
    raise ValueError(f"no format {format!r}; there are md and json")
