"""Read what a chat endpoint sent: an answer, or a failure in our own words. Pure.

Every odd success (an HTML page, a list, no choices, no text) is a failure with a name, and no
message carries a header or a key.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from .errors import (
    EndpointError,
    EndpointUnavailable,
    KeyRejected,
    QuotaExhausted,
    RequestRejected,
)
from .patience import LONGEST_RETRY_AFTER_S, NOTHING, Failure, Used, retry_after_s

_OUT_OF_QUOTA = re.compile(
    r"insufficient_quota|credit_balance_exhausted|\w+_spend_limit_exceeded|insufficient.balance"
    r"|organization_usage_limit_exceeded|billing_hard_limit_reached",
    re.IGNORECASE,
)
_ABOUT_CONTENT = re.compile(
    r"context_length|maximum context|content_filter|content_policy|too long|string_above_max"
    r"|moderation|flagged",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(r"model_not_found|model .*(does not exist|not found)", re.IGNORECASE)


class Place(NamedTuple):
    """Which model is asked where, for messages; the URL without credentials."""

    model: str
    url: str


class Answer(NamedTuple):
    """The parts of a chat completion that we use; `text` is "" where the model gave none."""

    text: str
    model: str
    finish_reason: str
    refusal: str | None
    prompt_tokens: int | None
    completion_tokens: int | None
    cached_tokens: int | None


def read_answer(raw: bytes, place: Place) -> Answer:
    """The answer in the body of a 200; raises `Failure` for whatever else a 200 can hold."""
    return answer_in(_payload(raw, place), place)


def answer_in(payload: Mapping[str, Any], place: Place) -> Answer:
    """The answer in a chat completion that is decoded already; raises `Failure` as `read_answer`."""
    if payload.get("error"):
        raise _error_in_a_success(payload["error"], place)
    usage = _usage(payload.get("usage"))
    choice = _first(payload.get("choices"))
    message = choice.get("message") if choice else None
    if not choice or not isinstance(message, dict):
        raise _worth_another_try(place, "a reply without choices", usage)
    finish = str(choice.get("finish_reason") or "stop")
    refusal = message.get("refusal")
    text = _text(message.get("content"))
    if not text.strip() and not refusal and finish not in ("length", "content_filter"):
        what = "tool calls instead of text" if message.get("tool_calls") else "an empty message"
        raise _worth_another_try(place, what, usage)
    return Answer(
        text=text,
        model=_text(str(payload.get("model") or place.model)),
        finish_reason=finish,
        refusal=_text(str(refusal)) if refusal else None,
        **usage,
    )


def said_in(raw: bytes) -> object:
    """What the body of a refusal says: its `error`, else its JSON, else its text."""
    text = raw.decode("utf-8", "replace").strip()
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return body.get("error", body) if isinstance(body, dict) else body


def status_failure(
    status: int, headers: Mapping[str, str], body: object, place: Place, now: dt.datetime
) -> Failure:
    """The failure that a 4xx or 5xx stands for; `body` is the decoded JSON or the text."""
    said, codes = _said(body), f"{_codes(body)} {_said(body)}"
    where = f"{place.url} answered {status}{said and f' ({said})'}"
    if status == 402 or _OUT_OF_QUOTA.search(codes):
        return _final(QuotaExhausted(f"{where}; top up the account or set another key"))
    if status == 403 and _ABOUT_CONTENT.search(codes):
        return Failure(RequestRejected(f"{where}; this request will not be answered"))
    if status in (401, 403):
        return _final(KeyRejected(f"{where}; check OPENAI_API_KEY and the base URL"))
    if status == 404 or _NO_MODEL.search(codes):
        hint = f"is there a model {place.model!r}, and does the base URL end in /v1?"
        return _final(EndpointError(f"{where}; {hint}"))
    if status in (400, 413, 422):
        return Failure(
            RequestRejected(f"{where}; this request will not be answered as it is"),
            blames_format=status != 413 and not _ABOUT_CONTENT.search(codes),
        )
    if status in (408, 409, 429) or status >= 500:
        return _passing_failure(status, retry_after_s(headers, now), where)
    return _final(EndpointError(f"{where}; check the base URL"))


def one_line(text: str, limit: int = 200) -> str:
    """Server text fit for a message: one line, no markup, nothing that looks like a key."""
    text = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", text[:4000], flags=re.S)
    text = re.sub(r"\b(sk|pk|key|gsk)-[\w*.-]{6,}|\bBearer\s+\S+", "***", text)
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _passing_failure(status: int, after_s: float | None, where: str) -> Failure:
    if after_s is not None and after_s > LONGEST_RETRY_AFTER_S:
        later = f"{where} and asks to wait {after_s:.0f} s; try again later"
        return Failure(EndpointUnavailable(later), final=True, after_s=after_s)
    return Failure(
        EndpointUnavailable(f"{where}; try again later or with fewer --jobs"),
        retry=True,
        after_s=after_s,
        outage=status >= 500 and after_s is None,
        limited=status == 429 or after_s is not None,
        blames_format=status in (500, 501),
        broke_off=status == 500,
    )


def _final(error: EndpointError) -> Failure:
    return Failure(error, final=True)


def _payload(raw: bytes, place: Place) -> dict[str, Any]:
    try:
        payload = json.loads(raw)
    except (ValueError, RecursionError):
        payload = raw.decode("utf-8", "replace")
    if isinstance(payload, dict):
        return payload
    said = f"{type(payload).__name__}: {one_line(str(payload), 80)!r}"
    error = EndpointError(
        f"{place.url} answered 200 but no chat completion ({said}); does the base URL end in /v1?"
    )
    was_one = raw.lstrip().startswith(b"{")  # and broke off
    raise Failure(error, retry=True, outage=True, used=None if was_one else NOTHING)


def _error_in_a_success(error: object, place: Place) -> Failure:
    """Some routers send their errors with status 200 and the status inside."""
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 502
    return status_failure(status, {}, error, place, dt.datetime.now(dt.UTC))


def _worth_another_try(place: Place, what: str, usage: Mapping[str, int | None]) -> Failure:
    error = RequestRejected(f"{place.url} sent {what} again and again; try another model")
    counts = list(usage.values())
    used = Used(*(count or 0 for count in counts)) if any(counts) else None
    return Failure(error, retry=True, used=used)


def _first(choices: object) -> dict[str, Any] | None:
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    return None


def _text(content: object) -> str:
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        content = "".join(part for part in parts if isinstance(part, str))
    text = content if isinstance(content, str) else ""
    # Half an emoji is legal in JSON but cannot be stored or sent back.
    return text.encode("utf-8", "replace").decode("utf-8")


def _usage(usage: object) -> dict[str, int | None]:
    counts = usage if isinstance(usage, dict) else {}
    details = counts.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return {
        "prompt_tokens": _count(counts.get("prompt_tokens")),
        "completion_tokens": _count(counts.get("completion_tokens")),
        "cached_tokens": _count(counts.get("prompt_cache_hit_tokens", cached)),
    }


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 2**63 else None


def _said(body: object) -> str:
    if isinstance(body, dict):
        inner = body.get("error") or body.get("message") or body.get("detail") or ""
        body = inner.get("message", "") if isinstance(inner, dict) else inner
    return one_line(body if isinstance(body, str) else "")


def _codes(body: object) -> str:
    return f"{body.get('code')} {body.get('type')}" if isinstance(body, dict) else ""
