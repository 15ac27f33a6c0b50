"""A request as a line of a batch file, and the key that it is known by.

Nearly all of a line is the same in thousands: what the system says, and the schema. That frame is
written and hashed once.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from ..llm import Message, Mode, Request, canonical, chat_body, key_text

if TYPE_CHECKING:
    from hashlib import _Hash

_LINE = b'{"custom_id":"%b","method":"POST","url":"/v1/chat/completions","body":%b%b%b}\n'
_WORDS = "\ue000"
"""Stands for the last message while a frame is made."""
_LINE_ENDS = {c.encode(): f"\\u{ord(c):04x}".encode() for c in "\x85\u2028\u2029"}
"""Legal in a JSON string, but engines that split lines as Python does would end a line there."""


class Frame(NamedTuple):
    """All of a request but the words of its last message."""

    around: tuple[Any, ...]
    before: tuple[Message, ...]
    hashed: _Hash
    """Of the key's text before the words."""
    hashed_end: bytes
    start: bytes
    """Of the line's body before the words."""
    end: bytes

    def fits(self, request: Request) -> bool:
        """Whether nothing but the words is different."""
        return self.around == _around(request)

    def messages(self, request: Request) -> tuple[Message, ...]:
        """The request's messages; what is the same in thousands is one and the same object."""
        return (*self.before, request.messages[-1])

    def key(self, words: bytes) -> str:
        """The key in the store of the request with these words."""
        hashed = self.hashed.copy()
        hashed.update(words)
        hashed.update(self.hashed_end)
        return hashed.hexdigest()

    def line(self, words: bytes, key: str) -> bytes:
        """The line of a batch file, with its end."""
        return _LINE % (key.encode(), self.start, _one_line(words), self.end)


def frame_of(request: Request, *, model: str, mode: Mode) -> Frame:
    """The frame of a request and of those that differ in their last words only."""
    *before, last = request.messages
    shell = request.model_copy(
        update={"messages": (*before, last.model_copy(update={"content": _WORDS}))}
    )
    # The last mark is ours: earlier messages may hold anything, what stands behind is the schema.
    mark = _WORDS.encode()
    text = key_text(canonical(shell, model=model), request.prompt)
    hashed, _, hashed_end = text.rpartition(mark)
    body = to_json(chat_body(shell, mode, model=model, options={}))
    start, _, end = _one_line(body).rpartition(mark)
    return Frame(_around(request), tuple(before), hashlib.sha256(hashed), hashed_end, start, end)


def words_of(request: Request) -> bytes:
    """The words of a request's last message, as they stand in JSON."""
    return to_json(request.messages[-1].content)[1:-1]


def _around(request: Request) -> tuple[Any, ...]:
    *before, last = request.messages
    return (
        request.prompt,
        request.schema_name,
        request.room,
        last.role,
        before,
        request.json_schema,
    )


def _one_line(data: bytes) -> bytes:
    for end, escaped in _LINE_ENDS.items():
        data = data.replace(end, escaped)
    return data
