"""An edited draft in the forms that it is sent or published in; files only, nothing is uploaded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from markdown_it.token import Token
from pydantic import ValidationError

from ..drafts import render
from ..drafts.escape import plain, visible
from ..drafts.mail import eml
from ..drafts.markdown import FLAG
from ..editions import Roundup
from ..errors import DraftError, UnsettledDraft
from ..manuscripts import Manuscript, Slot, read_manuscript
from . import feeds, services, sheets
from .body import html_of, parse, text_of
from .decided import Decided, decide
from .entries import sections_of
from .pages import bare_page, mail_page
from .word import docx

__all__ = ["SUFFIXES", "Decided", "Form", "decide", "export", "read_draft", "unsettled"]

Form = Literal[
    "html",
    "eml",
    "txt",
    "buttondown",
    "ghost",
    "listmonk",
    "substack",
    "jsonfeed",
    "atom",
    "csv",
    "docx",
]
SUFFIXES: dict[Form, str] = {
    "html": ".html",
    "eml": ".eml",
    "txt": ".txt",
    "buttondown": ".buttondown.json",
    "ghost": ".ghost.json",
    "listmonk": ".listmonk.json",
    "substack": ".substack.html",
    "jsonfeed": ".feed.json",
    "atom": ".atom.xml",
    "csv": ".csv",
    "docx": ".docx",
}
"""How the file of each form is named: they stand beside each other."""


def read_draft(text: str) -> Manuscript:
    """A `newsletter.md`, edited or not, or a `week.json`; the title is that of the body by default."""
    draft = read_manuscript(_markdown(text))
    headings = [section.heading for section in sections_of(parse(draft)) if section.heading]
    said = draft.front.model_dump(include={"title", "subject", "preheader", "period", "author"})
    said["title"] = said["title"] or next(iter(headings), "Newsletter")
    front = draft.front.model_copy(update={name: plain(text) for name, text in said.items()})
    return draft.model_copy(update={"front": front, "body": visible(draft.body)})


def unsettled(draft: Manuscript) -> list[Slot]:
    """What still waits for a person: slots and marks, by line."""
    lines = enumerate(draft.body.split("\n"), draft.first_line)
    marks = [Slot(line=n, wish=f"settle the {FLAG} mark") for n, line in lines if FLAG in line]
    return sorted([*draft.slots, *marks], key=lambda slot: slot.line)


def export(draft: Manuscript, form: Form) -> str | bytes:
    """The draft in that form; the same draft gives the same bytes.

    Raises `UnsettledDraft` for one that says `draft: false` and still waits for a person.
    """
    left = unsettled(draft)
    if left and not draft.front.draft:
        more = f" (and {len(left) - 1} more)" if len(left) > 1 else ""
        raise UnsettledDraft(
            f"is said to be finished, but this is left: {left[0].wish or '[EDITOR]'}{more}; "
            "settle it, or say 'draft: true'",
            line=left[0].line,
        )
    return _FORMS[form](draft, parse(draft))


def _markdown(text: str) -> str:
    if not text.lstrip().startswith("{"):
        return text
    try:
        return render(Roundup.model_validate_json(text), "md")
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise DraftError(f"not the JSON of a week: {where}: {first['msg']}") from None


def _mail(draft: Manuscript, tokens: list[Token]) -> str:
    return mail_page(draft.front, tokens)


def _text(draft: Manuscript, tokens: list[Token]) -> str:
    return ("DRAFT\n\n" if draft.front.draft else "") + text_of(tokens)


def _eml(draft: Manuscript, tokens: list[Token]) -> str:
    front = draft.front
    return eml(
        subject=front.subject or front.title,
        text=_text(draft, tokens),
        html=_mail(draft, tokens),
        day=front.last_day,
        name=front.period,
    )


def _titleless(tokens: list[Token]) -> list[Token]:
    """Without a title at the top, for services that have a field for it."""
    return tokens[3:] if tokens and tokens[0].tag == "h1" else tokens


_FORMS: dict[Form, Callable[[Manuscript, list[Token]], str | bytes]] = {
    "html": _mail,
    "eml": _eml,
    "txt": _text,
    "buttondown": lambda draft, _: services.buttondown(draft.front, draft.body.lstrip("\n")),
    "ghost": lambda draft, tokens: services.ghost(draft.front, html_of(_titleless(tokens))),
    "listmonk": lambda d, tokens: services.listmonk(d.front, html_of(tokens), _text(d, tokens)),
    "substack": lambda draft, tokens: bare_page(draft.front, tokens),
    "jsonfeed": lambda draft, tokens: feeds.json_feed(draft.front, sections_of(tokens)),
    "atom": lambda draft, tokens: feeds.atom(draft.front, sections_of(tokens)),
    "csv": lambda _, tokens: sheets.rows(sections_of(tokens)),
    "docx": lambda draft, tokens: docx(draft.front, tokens),
}
