"""The seam to a model: a `Request` goes in, a `Response` comes out.

Anything that is a `Complete` will do: a plain function in a test, a `ChatClient`, or a store
around one. The body that a request is sent as also says which request it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from pydantic_core import to_json

from .models import Frozen

Mode = Literal["json_schema", "json_object", "text"]
MODES: tuple[Mode, ...] = ("json_schema", "json_object", "text")
"""The ladder: from what binds the model most to what every server knows."""

_LIMIT = "max_completion_tokens"


class Message(Frozen):
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class Request(Frozen):
    """A question to a model, and the strict JSON schema that its answer must follow."""

    prompt: str
    """`summary/v1`."""
    subject: str
    """What it is about, for messages and the log: a paper's id or a period."""
    messages: tuple[Message, ...]
    schema_name: str
    json_schema: dict[str, Any]
    room: int | None = None
    """How many tokens the answer may take, where an earlier one was cut off."""
    again: bool = False
    """It tells what was wrong with an earlier answer."""
    fresh: bool = False
    """Ask even where a store has an answer, since that one could not be used."""


class Response(Frozen):
    """An answer; whether it is complete and follows the schema is for the caller to judge."""

    text: str
    model: str
    finish_reason: str
    refusal: str | None = None
    mode: Mode
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    cached_tokens: int | None = None
    request_key: str
    cached: bool = False
    """True when a store served it."""


Complete = Callable[[Request], Response]


def canonical(
    request: Request, *, model: str, options: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """The chat body of a request at the top of the ladder; it identifies the request."""
    return chat_body(request, "json_schema", model=model, options=options)


def request_key(body: Mapping[str, Any], prompt: str) -> str:
    """SHA-256, in hex, of a body and the prompt version that it was rendered from."""
    return hashlib.sha256(key_text(body, prompt)).hexdigest()


def key_text(body: Mapping[str, Any], prompt: str) -> bytes:
    """What the key is the hash of: canonical JSON."""
    fields = [b"%b:%b" % (_canonical(name), _field(name, body[name])) for name in sorted(body)]
    return b'{"body":{%b},"prompt":%b}' % (b",".join(fields), _canonical(prompt))


def messages_json(messages: Iterable[Mapping[str, str]]) -> str:
    """As `canonical_json`, in a tenth of the time: nearly all of a request is text."""
    return _messages(messages).decode()


def _messages(messages: Iterable[Mapping[str, str]]) -> bytes:
    return to_json([dict(sorted(message.items())) for message in messages])


def _field(name: str, value: Any) -> bytes:
    if name == "messages":
        return _messages(value)
    return _in_order(to_json(value)) if name == "response_format" else _canonical(value)


@lru_cache(maxsize=64)
def _in_order(text: bytes) -> bytes:
    """A schema, the same for thousands of requests, is sorted once."""
    return _canonical(json.loads(text))


def _canonical(value: object) -> bytes:
    return canonical_json(value).encode()


def canonical_json(value: object) -> str:
    """The one way to write a value as JSON: sorted keys, no spaces, characters as they are."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chat_body(
    request: Request, mode: Mode, *, model: str, options: Mapping[str, Any]
) -> dict[str, Any]:
    """What is sent in a mode; where the endpoint takes no schema, the last message has it."""
    messages = [message.model_dump() for message in request.messages]
    body: dict[str, Any] = {**options, "model": model, "messages": messages}
    if request.room is not None:
        body[_LIMIT if _LIMIT in options else "max_tokens"] = request.room
    if mode == "json_schema":
        schema = {"name": request.schema_name, "strict": True, "schema": request.json_schema}
        return body | {"response_format": {"type": mode, "json_schema": schema}}
    messages[-1]["content"] += (
        "\n\nAnswer with one JSON object that follows this JSON Schema, and with nothing else:\n"
        + json.dumps(request.json_schema, ensure_ascii=False, separators=(",", ":"))
    )
    return body | {"response_format": {"type": mode}} if mode == "json_object" else body


def sent_json(body: Mapping[str, Any]) -> bytes:
    """A body as it is sent: what is asked first, then how."""
    return to_json({"messages": body["messages"], **body})
