"""A newsletter draft as a person leaves it: front matter, what is to be sent, slots to fill; pure."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, ConfigDict, ValidationError

from .editions import WebAddress
from .errors import DraftError
from .models import EDITOR_HEADING, Frozen

PAPER_LINK = re.compile(
    r"https?://(?:(?:www\.)?(?:huggingface\.co|hf\.co)/papers|(?:www\.)?arxiv\.org/(?:abs|pdf|html))"
    r"/(?P<id>\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?/?(?:[?#]\S*)?\Z"
)
"""How a draft tells which paper a passage speaks of."""
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\n(?P<yaml>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.M
)
_EDITORS_PART = re.compile(
    rf"(?:^---[ \t]*\n\s*)?^\#+[ \t]+{re.escape(EDITOR_HEADING.split(':')[0])}\b.*",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_SLOT = re.compile(r"(?<!\\)\[EDITOR\b:?\s*(?P<wish>[^\]]*)\]")
_COMMENT = re.compile(r"(?<!\\)<!--.*?-->", re.DOTALL)


def _line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


Line = Annotated[str, BeforeValidator(_line)]
"""A text that is one line, however it was folded in the YAML."""


class FrontMatter(Frozen):
    """What stands above a draft; a person's own keys are kept beside."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)

    title: Line = ""
    subject: Line = ""
    preheader: Line = ""
    period: Line = ""
    """`2026-W01` or `2026-01-01`."""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    draft: bool = True
    """False once a person says that it is finished: then nothing may be left to settle."""
    papers: int | None = None
    subject_lines: tuple[Line, ...] = ()
    """What was proposed to choose from."""
    author: Line = ""
    web_url: WebAddress = ""
    """Where the full edition stands."""
    lists: tuple[int, ...] = ()
    """The mailing lists to send to, by their numbers in listmonk."""


class Slot(Frozen):
    """A place that waits for a person, `[EDITOR: what is wanted]`."""

    line: int
    wish: str


class Manuscript(Frozen):
    """A draft without the editor's part."""

    front: FrontMatter
    body: str
    """Markdown, to be sent."""
    first_line: int
    """Of the body, in the file."""
    slots: tuple[Slot, ...]


def read_manuscript(text: str) -> Manuscript:
    """The draft as edited; HTML comments and the editor's checklist are left out.

    Raises `DraftError` for front matter that is not YAML or does not fit.
    """
    sent = sent_part(text)
    _, body, first_line = split_front_matter(sent)
    return Manuscript(
        front=read_front_matter(sent),
        body=_COMMENT.sub(_line_breaks, body).rstrip() + "\n",
        first_line=first_line,
        slots=tuple(find_slots(sent)),
    )


def read_front_matter(text: str) -> FrontMatter:
    """What stands above the draft; without any, the defaults."""
    yaml_text = split_front_matter(text)[0]
    fields = _yaml(yaml_text)
    try:
        return FrontMatter.model_validate({k: v for k, v in fields.items() if v is not None})
    except ValidationError as exc:
        first = exc.errors()[0]
        name = ".".join(map(str, first["loc"]))
        message = f"front matter: {name}: {first['msg']}"
        raise DraftError(message, line=_line_of(yaml_text, str(first["loc"][0]))) from None


def sent_part(text: str) -> str:
    """The text without the part that is for the editor, with Unix line ends."""
    return _EDITORS_PART.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Front matter with the line that opens it, body, and the line at which the body begins."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return "", text, 1
    return text[: match.end("yaml")], text[match.end() :], match[0].count("\n") + 1


def without_slots(text: str) -> str:
    """The text less the places that wait for a person."""
    return _SLOT.sub("", text)


def find_slots(text: str) -> list[Slot]:
    """Every slot that is left outside of comments, with its line."""
    text = _COMMENT.sub(_line_breaks, text)
    return [
        Slot(line=text.count("\n", 0, match.start()) + 1, wish=" ".join(match["wish"].split()))
        for match in _SLOT.finditer(text)
    ]


def slot(wish: str) -> str:
    """The mark of a place that waits for a person."""
    return f"[EDITOR: {wish}]"


def dump_front_matter(front: FrontMatter) -> str:
    """The YAML between its two rules; `read_manuscript` reads the same again."""
    fields = front.model_dump(exclude_defaults=True) | {"draft": front.draft}
    fields = {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items()}
    dumped = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=2**31)
    return f"---\n{dumped}---\n"


def _line_breaks(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")


def _yaml(text: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(text.removeprefix("\ufeff"))
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None) or "not YAML"
        message = f"front matter: {problem}; put a text that holds a colon into quotes"
        raise DraftError(message, line=mark.line + 1 if mark else 1) from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise DraftError("front matter: is not a list of `name: value` lines", line=2)
    return {str(name): value for name, value in fields.items()}


def _line_of(text: str, name: str) -> int:
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.startswith(f"{name}:")), 1)
