"""Many conversations with a model at once: one thread computes, the others only ask.

A conversation is a generator: it yields a request, is sent the answer or thrown the error, and
returns what it came to.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from .errors import AnswerError, EndpointError, Interrupted, RequestRejected
from .llm import Complete, Request, Response

AHEAD = 2
"""Requests made for each that may be out, so that one leaves as soon as another is answered."""
OF_ONE = (AnswerError, RequestRejected, Interrupted)
"""What costs one conversation; anything else ends them all."""

Value = TypeVar("Value")
Conversation = Generator[Request, Response, Value]


def hold(conversation: Conversation[Value], complete: Complete) -> Value:
    """What a conversation comes to, asked and computed in this thread."""
    try:
        request = next(conversation)
        while True:
            try:
                response = complete(request)
            except Exception as exc:  # noqa: BLE001 - the conversation raises it again, or copes
                request = conversation.throw(exc)
            else:
                request = conversation.send(response)
    except StopIteration as end:
        value: Value = end.value
        return value


def hold_all(
    conversations: Iterable[Conversation[Value]],
    complete: Complete,
    *,
    jobs: int,
    on_end: Callable[[Value], None],
) -> list[Value]:
    """What they come to, in their order, with at most `jobs` requests out at a time.

    Requests are made before answers are looked at, so that none waits for that, and no more than
    twice as many conversations are open. What ends all is raised when every answer that was on its
    way is there, and what was not asked by then does not end.
    """
    coming, ended = enumerate(conversations), dict[int, Value]()
    answers: SimpleQueue[tuple[int, Conversation[Value], Future[Response]]] = SimpleQueue()
    unread, more, ahead = 0, True, AHEAD * max(1, jobs)
    over: list[BaseException] = []

    def go_on(number: int, conversation: Conversation[Value], step: Callable[[], Request]) -> int:
        try:
            request = step()
        except StopIteration as end:
            ended[number] = end.value
            on_end(end.value)
            return 0
        asked = pool.submit(_unless_over, request, complete, over)
        asked.add_done_callback(lambda answer: answers.put((number, conversation, answer)))
        return 1

    pool = ThreadPoolExecutor(max_workers=max(1, jobs))
    try:
        while unread or (more and not over):
            made = unread - answers.qsize()
            if more and not over and made < ahead and unread < 2 * ahead:
                if started := next(coming, None):
                    unread += go_on(*started, partial(next, started[1]))
                more = started is not None
            else:
                number, conversation, answer = answers.get()
                if over:
                    raise over[0]
                unread += go_on(number, conversation, _told(conversation, answer)) - 1
        return [ended[number] for number in sorted(ended)]
    finally:
        # What is on its way is paid for: it goes into the store, whatever ended the run.
        over.append(Interrupted("the run has ended"))
        pool.shutdown(wait=True, cancel_futures=True)


def _unless_over(request: Request, complete: Complete, over: list[BaseException]) -> Response:
    if over:
        raise Interrupted("the run has ended")
    try:
        return complete(request)
    except OF_ONE:
        raise
    except BaseException as error:
        if not (
            request.fresh and isinstance(error, EndpointError)
        ):  # that, a conversation survives
            over.append(error)  # before the next has its turn
        raise


def _told(conversation: Conversation[Value], answer: Future[Response]) -> Callable[[], Request]:
    error = answer.exception()
    if error is not None:
        return partial(conversation.throw, error)
    return partial(conversation.send, answer.result())
