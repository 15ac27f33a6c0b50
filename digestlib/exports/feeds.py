"""A draft as a feed: the opening of the issue, then one item a paper; JSON Feed 1.1 and Atom."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from ..drafts.escape import plain
from ..manuscripts import FrontMatter
from .body import html_of
from .entries import Entry, Section, entries_of, opening_of

ATOM = "http://www.w3.org/2005/Atom"
PUBLISHING = "http://www.w3.org/2007/app"
"""RFC 5023: its `draft` keeps an entry from being published."""
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://huggingface.co/papers")
_NO_DAY = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class _Item:
    id: str
    title: str
    url: str
    html: str
    topic: str = ""


def json_feed(front: FrontMatter, sections: Sequence[Section]) -> str:
    """JSON Feed 1.1; it knows no drafts, so that titles and an extension say it."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _titled(front, front.title),
        "description": plain(front.preheader),
        "language": "en",
        "authors": [{"name": _author(front)}],
        "_digest": {"draft": front.draft, "period": front.period},
        "items": [_json_item(item, front) for item in _items(front, sections)],
    }
    return json.dumps(feed, ensure_ascii=False, indent=2) + "\n"


def atom(front: FrontMatter, sections: Sequence[Section]) -> str:
    """Atom (RFC 4287); an entry of a draft says so in the words of RFC 5023."""
    ElementTree.register_namespace("", ATOM)
    ElementTree.register_namespace("app", PUBLISHING)
    feed = ElementTree.Element(
        f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    )
    _add(feed, "id", _urn(front.period, "feed"))
    _add(feed, "title", _titled(front, front.title))
    _add(feed, "subtitle", plain(front.preheader))
    _add(feed, "updated", _moment(front))
    _add(_add(feed, "author"), "name", _author(front))
    for item in _items(front, sections):
        _add_entry(feed, item, front)
    ElementTree.indent(feed)
    return f"{_DECLARATION}\n{ElementTree.tostring(feed, encoding='unicode')}\n"


def _items(front: FrontMatter, sections: Sequence[Section]) -> list[_Item]:
    opening = "".join(html_of((*s.heading_tokens, *s.tokens)) for s in opening_of(sections))
    title = plain(front.subject or front.title)
    issue = _Item(_urn(front.period, "issue"), title, "", opening)
    return [issue, *(_item(entry, front) for entry in entries_of(sections))]


def _item(entry: Entry, front: FrontMatter) -> _Item:
    url = next(iter(entry.links), "")
    html = "".join(html_of(section.tokens) for section in entry.sections)
    title = plain(entry.headline) or "Untitled"
    return _Item(_urn(front.period, entry.key), title, url, html or html_of([]), plain(entry.topic))


def _json_item(item: _Item, front: FrontMatter) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "title": _titled(front, item.title),
        "content_html": item.html,
        "date_published": _moment(front),
        "tags": [item.topic] if item.topic else [],
    }
    return {name: value for name, value in fields.items() if value or name == "content_html"}


def _add_entry(feed: ElementTree.Element, item: _Item, front: FrontMatter) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", item.id)
    _add(entry, "title", _titled(front, item.title))
    _add(entry, "updated", _moment(front))
    if item.url:
        _add(entry, "link").attrib.update(rel="alternate", href=item.url)
    if item.topic:
        _add(entry, "category").attrib.update(term=item.topic)
    _add(entry, "content", item.html).attrib.update(type="html")
    if front.draft:
        control = ElementTree.SubElement(entry, f"{{{PUBLISHING}}}control")
        ElementTree.SubElement(control, f"{{{PUBLISHING}}}draft").text = "yes"


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = text
    return element


def _titled(front: FrontMatter, title: str) -> str:
    return plain(f"[Draft] {title}" if front.draft else title)


def _author(front: FrontMatter) -> str:
    return plain(front.author) or "digestlib"


def _moment(front: FrontMatter) -> str:
    return f"{front.last_day or front.first_day or _NO_DAY}T00:00:00Z"


def _urn(period: str, name: str) -> str:
    return uuid.uuid5(_NAMESPACE, f"{period}/{name}").urn
