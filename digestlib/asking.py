"""Ask, read, and ask again: the one place where a bad answer is sent back to the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from .answers import MAX_ERRORS, BrokenAnswer
from .errors import AnswerError, RequestRejected
from .llm import Complete, Message, Request, Response
from .models import Provenance
from .prompts import Prompts

MAX_REASKS = 2

Value = TypeVar("Value")


class Reading(NamedTuple, Generic[Value]):
    """What an answer was read as, and what the checks have against it."""

    value: Value
    complaints: Sequence[str] = ()


def ask(
    complete: Complete, request: Request, read: Callable[[str], Reading[Value]], prompts: Prompts
) -> tuple[Value, Response]:
    """The value of the best answer, asked again at most twice with what is wrong.

    `read` raises `BrokenAnswer` for an answer that cannot be used. One with complaints can: it is
    asked again until there are none, or the same come back, and the answer with fewest is taken.
    Raises `AnswerError` with the last reasons when no answer could be used.
    """
    asked = request
    usable: list[tuple[Reading[Value], Response]] = []
    errors: list[str] = []
    for attempt in range(1, MAX_REASKS + 2):
        try:
            response = complete(asked)
        except RequestRejected:
            if usable:  # better an answer with complaints than none
                break
            raise
        before = errors
        try:
            reading = read(_text_of(response))
            usable.append((reading, response))
            errors = list(reading.complaints)
        except BrokenAnswer as broken:
            errors = broken.errors
        if usable and (not errors or errors == before):
            break
        asked = _again(request, response, errors, attempt, prompts)
    if not usable:
        raise AnswerError(f"no usable answer in {MAX_REASKS + 1} tries: {'; '.join(errors[:3])}")
    best, response = min(usable, key=lambda pair: len(pair[0].complaints))
    return best.value, response


def provenance_of(request: Request, response: Response) -> Provenance:
    """Which answer a text was made from."""
    return Provenance(
        model=response.model,
        prompt=request.prompt,
        request_key=response.request_key,
        prompt_tokens=response.prompt_tokens,
        completion_tokens=response.completion_tokens,
        cached=response.cached,
    )


def _text_of(response: Response) -> str:
    if response.refusal:
        raise AnswerError(f"the model refused: {response.refusal}")
    if response.finish_reason == "content_filter":
        raise AnswerError("the endpoint's content filter withheld the answer")
    if response.finish_reason == "length":
        raise BrokenAnswer(["the answer was cut off at the token limit; be briefer"])
    return response.text


def _again(
    request: Request, response: Response, errors: list[str], attempt: int, prompts: Prompts
) -> Request:
    rendered = prompts.render(
        "reask", attempt=attempt, errors=errors[:MAX_ERRORS], more=max(0, len(errors) - MAX_ERRORS)
    )
    added = (
        Message(role="assistant", content=response.text),
        Message(role="user", content=rendered.user),
    )
    return request.model_copy(update={"messages": request.messages + added})
