"""Ask, read, and ask again: the one place where a bad answer is sent back to the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from .answers import MAX_ERRORS, BrokenAnswer
from .conversations import Conversation, hold
from .errors import AnswerError, EndpointError, Interrupted, NotStored, RequestRejected
from .llm import Complete, Message, Request, Response
from .models import Provenance
from .prompts import Prompts

MAX_REASKS = 2
"""For an answer that can be used and has faults."""
MAX_ANSWERS = 5
"""For a paper that would have no summary else."""
LEAST_ROOM = 4000

Value = TypeVar("Value")


class Reading(NamedTuple, Generic[Value]):
    """What an answer was read as, and what the checks have against it."""

    value: Value
    complaints: Sequence[str] = ()


class Withheld(BrokenAnswer):
    """An answer that the endpoint kept back; a third one in a row ends the asking."""


class CutOff(Withheld):
    """An answer that had not room enough; with twice the room a second one ends the asking."""


class Unusable(AnswerError):
    """No answer could be used; `stored` when all of them came from the store."""

    def __init__(self, message: str, *, stored: bool) -> None:
        super().__init__(message)
        self.stored = stored


def ask(
    complete: Complete, request: Request, read: Callable[[str], Reading[Value]], prompts: Prompts
) -> tuple[Value, Response]:
    """The value of the best answer, asked again with what is wrong."""
    return hold(converse(request, read, prompts), complete)


def converse(
    request: Request, read: Callable[[str], Reading[Value]], prompts: Prompts
) -> Conversation[tuple[Value, Response]]:
    """The value of the best answer, asked again with what is wrong.

    `read` raises `BrokenAnswer` for an answer that cannot be used; it is asked again until one can
    or the last ones say that none will (see `_enough`). One with complaints can be used: it is
    asked again at most twice, until there are none or the same come back, and the answer with
    fewest is taken. There are at most `MAX_ANSWERS`. Raises `AnswerError` with the last reasons
    when no answer could be used; an answer of an earlier run that could not be used is no reason
    not to ask.
    """
    try:
        return (yield from _asked(request, read, prompts))
    except Unusable as earlier:
        if not earlier.stored:
            raise
        try:
            fresh = request.model_copy(update={"fresh": True})
            return (yield from _asked(fresh, read, prompts))
        except EndpointError:
            raise earlier from None


def _asked(
    request: Request, read: Callable[[str], Reading[Value]], prompts: Prompts
) -> Conversation[tuple[Value, Response]]:
    response: Response | None = None
    usable: list[tuple[Reading[Value], Response]] = []
    history: list[BrokenAnswer] = []
    since_usable = 0
    stored = True
    while not _enough(history, since_usable):
        asked = _again(request, response, history, prompts) if response else request
        try:
            response = yield from _answer(asked)
        except (RequestRejected, Interrupted):
            if usable:  # better an answer with complaints than none
                break
            raise
        stored = stored and response.cached
        try:
            reading = read(_text_of(response))
            usable.append((reading, response))
            history.append(BrokenAnswer(list(reading.complaints)))
        except BrokenAnswer as broken:
            history.append(broken)
        since_usable += bool(usable)
    if not usable:
        why = "; ".join(history[-1].errors[:3])
        raise Unusable(f"no usable answer in {len(history)} tries: {why}", stored=stored)
    best, response = min(usable, key=lambda pair: len(pair[0].complaints))
    return best.value, response


def _enough(history: Sequence[BrokenAnswer], since_usable: int) -> bool:
    """Whether another answer would be in vain or too much; the last ones alike say so.

    `since_usable` counts the answers from the first on that can be used, itself included.
    """
    last = [broken.errors for broken in history[-3:]]
    if len(history) == MAX_ANSWERS:
        return True
    if since_usable:
        return not last[-1] or since_usable > MAX_REASKS or last[-1:] == last[-2:-1]
    return (
        _all_are(CutOff, history[-2:], 2)
        or _all_are(Withheld, history[-3:], 3)
        or (len(last) == 3 and last[0] == last[1] == last[2])
    )


def _all_are(kind: type[BrokenAnswer], last: Sequence[BrokenAnswer], number: int) -> bool:
    return len(last) == number and all(isinstance(broken, kind) for broken in last)


def _answer(request: Request) -> Conversation[Response]:
    try:
        return (yield request)
    except RequestRejected as exc:
        if request.room is None or isinstance(exc, NotStored):
            raise
    # The endpoint knows no such limit, or not so much: then it must do without.
    return (yield request.model_copy(update={"room": None}))


def provenance_of(request: Request, response: Response) -> Provenance:
    """Which answer a text was made from."""
    return Provenance(
        model=response.model,
        prompt=request.prompt,
        request_key=response.request_key,
        prompt_tokens=response.prompt_tokens,
        completion_tokens=response.completion_tokens,
    )


def _text_of(response: Response) -> str:
    if response.refusal:
        raise Withheld([f"it was a refusal: {response.refusal}"])
    if response.finish_reason == "content_filter":
        raise Withheld(["the endpoint's content filter withheld it"])
    if response.finish_reason == "length":
        raise CutOff(["it was cut off at the token limit, a briefer one is wanted"])
    return response.text


def _again(
    request: Request, response: Response, history: Sequence[BrokenAnswer], prompts: Prompts
) -> Request:
    """The request with what was wrong; an answer that was withheld is not quoted."""
    errors = history[-1].errors
    more = max(0, len(errors) - MAX_ERRORS)
    rendered = prompts.render("reask", attempt=len(history), errors=errors[:MAX_ERRORS], more=more)
    if isinstance(history[-1], Withheld):
        *others, last = request.messages
        longer = last.model_copy(update={"content": f"{last.content}\n\n{rendered.user}"})
        messages = (*others, longer)
    else:
        messages = (
            *request.messages,
            Message(role="assistant", content=response.text),
            Message(role="user", content=rendered.user),
        )
    told = {"messages": messages, "room": _room_after(response), "again": True}
    return request.model_copy(update=told)


def _room_after(response: Response) -> int | None:
    """Twice the room that was too little."""
    if response.finish_reason != "length":
        return None
    return 2 * max(response.completion_tokens or 0, LEAST_ROOM)
