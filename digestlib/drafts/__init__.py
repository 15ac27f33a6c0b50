"""Drafts: roundups and summaries as text that a person finishes and sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import TypeAdapter

from ..editions import Roundup
from ..models import Summary
from . import html, markdown, text, web
from .mail import newsletter as render_mail
from .parsed import render_report, render_reports
from .remarks import render_remarks
from .review import render_review
from .tables import render_comparisons

__all__ = [
    "render",
    "render_comparisons",
    "render_mail",
    "render_papers",
    "render_remarks",
    "render_report",
    "render_reports",
    "render_review",
]

_SUMMARIES = TypeAdapter(tuple[Summary, ...])


def render(week: Roundup, format: Literal["md", "html", "txt", "web", "json"]) -> str:
    """The newsletter draft: Markdown ends with the editor's checklist; JSON loads back."""
    match format:
        case "md":
            return markdown.newsletter(week)
        case "html":
            return html.newsletter(week)
        case "web":
            return web.edition(week)
        case "txt":
            return text.newsletter(week)
        case "json":
            return week.model_dump_json(indent=2) + "\n"
    raise ValueError(f"no format {format!r}; there are md, html, txt, web and json")


def render_papers(summaries: Sequence[Summary], format: Literal["md", "json"]) -> str:
    """The summaries in full: Markdown by topic, or a JSON array that loads back."""
    match format:
        case "md":
            return markdown.papers(summaries)
        case "json":
            return _SUMMARIES.dump_json(tuple(summaries), indent=2).decode() + "\n"
    raise ValueError(f"no format {format!r}; there are md and json")
