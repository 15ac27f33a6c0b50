"""A draft as HTML, checked: what it says against the reports, and whether it can be sent as it is."""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator, Sequence
from email import message_from_string
from html.parser import HTMLParser

from .errors import DraftError
from .models import Digest, Finding, Remark
from .passages import Passage, by_section, papers_of
from .proofreading import check_passages

CLIPPED_BYTES = 102_400
"""From this size on Gmail clips a mail."""

_HEADINGS = ("h1", "h2", "h3", "h4")
_BLOCKS = (
    *_HEADINGS,
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "div",
    "ul",
    "table",
    "article",
    "section",
)
_SILENT = frozenset(
    {
        "draft",
        "pre",
        "count",
        "dates",
        "permalink",
        "foot",
        "kicker",
        "minutes",
        "source",
        "contents",
        "tools",
        "tags",
    }
)
"""Classes of what a draft says of itself, not of papers."""
_OWN_PAPER = re.compile(r"^#p-(\d{4})-(\d{4,5})$")
"""A paper's place on the page itself."""
_PLACE = re.compile(r"#(?!p-\d).*")
_REVIEW = "digestlib review"
"""What `review.html` calls itself."""
_WEB_EDITION = "web"
"""The class of the link to the full edition, which is no paper's."""
_NOT_SENT = ("script", "iframe", "object", "form", "img", "link", "svg")


def check_html(html: str, digests: Sequence[Digest]) -> list[Remark]:
    """Findings on a mail or a page; a page for the web, which has a policy, may be of any size.

    Raises `DraftError` for `review.html`, which is no draft: it shows both languages.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.is_review:
        raise DraftError(
            "is the page for proofreading, which is not sent: check newsletter.md, or export "
            "the decisions and draft again with --decisions, which checks them"
        )
    found = check_passages(reader.passages(), digests)
    return found if reader.has_policy else [*_unsendable(html, reader), *found]


def check_mail(mail: str, digests: Sequence[Digest]) -> list[Remark]:
    """Findings on the HTML of a mail as it stands in an `.eml` file, on the lines of that file.

    Raises `DraftError` for a mail that has no HTML part.
    """
    part = message_from_string(mail, policy=email.policy.default).get_body(("html",))
    if part is None:
        raise DraftError("has no HTML part to check: check its text, or newsletter.md")
    lines = _lines_in_file(mail, str(part.get_payload()))
    return [
        remark.model_copy(update={"line": lines[min(remark.line, len(lines)) - 1]})
        for remark in check_html(part.get_content(), digests)
    ]


def _lines_in_file(mail: str, encoded: str) -> list[int]:
    """Where each line of a part begins in the file; quoted-printable folds long ones."""
    first = mail.count("\n", 0, mail.index(encoded)) + 1
    ends = [
        n
        for n, line in enumerate(encoded.split("\n"), first)
        if not line.rstrip("\r").endswith("=")
    ]
    return [first, *(n + 1 for n in ends)]


def _unsendable(html: str, reader: _Reader) -> Iterator[Remark]:
    """What mail programs clip or take out."""
    size = len(html.encode())
    if size >= CLIPPED_BYTES:
        message = (
            f"has {size:,} bytes, and Gmail clips a mail from {CLIPPED_BYTES:,}: "
            "draft it again, or take papers out"
        )
        yield Remark(line=1, path="", finding=_critical("mail-size", message))
    for tag, line in reader.not_sent:
        message = f"mail programs drop <{tag}>, or it fetches something: take it out"
        yield Remark(line=line, path="", finding=_critical("mail-element", message))


def _critical(rule: str, message: str) -> Finding:
    return Finding(rule=rule, severity="critical", message=message)


class _Reader(HTMLParser):
    """Collects the text and links of each block, section by section."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.has_policy = self.is_review = False
        self.not_sent: list[tuple[str, int]] = []
        self._done: list[Passage] = []
        self._section: list[Passage] = []
        self._row: int | None = None
        """Where the innermost open row of a table begins in the section."""
        self._texts: list[str] = []
        self._links: list[str] = []
        self._line = 1
        self._hidden: list[str] = []
        self._lists = 0

    def passages(self) -> list[Passage]:
        """Every block that says something."""
        self._end_block()
        return [*self._done, *by_section(self._section)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.has_policy |= given.get("http-equiv") == "Content-Security-Policy"
        self.is_review |= given.get("content") == _REVIEW and tag == "meta"
        if tag in _NOT_SENT:
            self.not_sent.append((tag, self.getpos()[0]))
        if tag in _BLOCKS:
            self._end_block()
        if tag == "br":
            self.handle_data(" ")
        self._lists += tag == "ul"
        if tag in _HEADINGS:
            self._done += by_section(self._section)
            self._section, self._row = [], None
        if tag == "tr":
            self._row = len(self._section)
        hidden = tag in ("style", "script", "title", "h1") or _SILENT & set(
            (given.get("class") or "").split()
        )
        if self._hidden or hidden:
            self._hidden += [tag] if tag == (self._hidden or [tag])[0] else []
        own = given.get("class") == _WEB_EDITION
        if tag == "a" and (address := given.get("href")) and not (own or _PLACE.fullmatch(address)):
            self._links.append(_OWN_PAPER.sub(r"https://huggingface.co/papers/\1.\2", address))

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        elif tag in _BLOCKS:
            self._end_block()
            self._lists -= tag == "ul"
        if tag == "tr" and self._row is not None:
            self._section[self._row :] = by_section(self._section[self._row :])
            self._row = None

    def handle_data(self, data: str) -> None:
        if not self._hidden and (self._texts or data.strip()):
            self._line = self.getpos()[0] if not self._texts else self._line
            self._texts.append(data)

    def _end_block(self) -> None:
        text = " ".join("".join(self._texts).split())
        if text or self._links:
            links = tuple(self._links)
            self._section.append(
                Passage(self._line, text, links, papers_of(links), self._lists > 1)
            )
        self._texts, self._links = [], []
