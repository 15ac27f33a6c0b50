"""What newsletter services take over their interfaces, as files; nothing is sent from here.

Each says draft. A service fills in templates before it sends (`{{ … }}` in Buttondown and listmonk),
so that what looks like one in a draft is broken up.
"""

from __future__ import annotations

import json
import re

from ..manuscripts import FrontMatter

GHOST_TITLE_CHARACTERS = 255
GHOST_EXCERPT_CHARACTERS = 300
LISTMONK_DEFAULT_LIST = 1
"""The list that a new installation has; `lists: [3]` in the front matter names others."""

_TEMPLATE = re.compile(r"\{(?=[{%#])")
_CODE = re.compile(r"((?<!\\)(`+)(?!`).*?(?<!`)\2(?!`))", re.DOTALL)
_TAG = re.compile(r"\\?<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>)")


def buttondown(front: FrontMatter, markdown: str) -> str:
    """`POST /v1/emails`: Markdown, with raw HTML shown as text; without `status` it would be sent."""
    body = "".join(
        part if index % 3 == 1 else "" if index % 3 == 2 else _TAG.sub("&lt;", part)
        for index, part in enumerate(_CODE.split(markdown))
    )
    return _json(
        {
            "subject": _untemplated(_subject(front)),
            "body": f"<!-- buttondown-editor-mode: plaintext -->\n{_untemplated(body)}",
            "description": _untemplated(front.preheader),
            "email_type": "public",
            "status": "draft",
        }
    )


def ghost(front: FrontMatter, html: str) -> str:
    """`POST /ghost/api/admin/posts/?source=html`."""
    post = {
        "title": front.title[:GHOST_TITLE_CHARACTERS],
        "html": html,
        "custom_excerpt": front.preheader[:GHOST_EXCERPT_CHARACTERS],
        "email_subject": _subject(front)[:GHOST_EXCERPT_CHARACTERS],
        "status": "draft",
    }
    return _json({"posts": [post]})


def listmonk(front: FrontMatter, html: str, text: str) -> str:
    """`POST /api/campaigns`; listmonk's own template goes around the content."""
    return _json(
        {
            "name": _untemplated(" ".join(filter(None, (front.period, front.title)))),
            "subject": _untemplated(_subject(front)),
            "lists": list(front.lists or (LISTMONK_DEFAULT_LIST,)),
            "type": "regular",
            "content_type": "html",
            "body": _untemplated(html),
            "altbody": _untemplated(text),
            "status": "draft",
        }
    )


def _subject(front: FrontMatter) -> str:
    return front.subject or front.title


def _untemplated(text: str) -> str:
    return _TEMPLATE.sub("{ ", text)


def _json(payload: object) -> str:
    return json.dumps(payload, ensure_ascii=False, indent=2) + "\n"
