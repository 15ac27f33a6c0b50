"""Many conversations with a model at once: one thread computes, the others only ask.

A conversation is a generator: it yields a request, is sent the answer or thrown the error, and
returns what it came to.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from typing import Generic, Self, TypeVar

from .errors import AnswerError, EndpointError, Interrupted, RequestRejected
from .llm import Complete, Request, Response

AHEAD = 2
"""Requests made for each that may be out, so that one leaves as soon as another is answered."""
OF_ONE = (AnswerError, RequestRejected, Interrupted)
"""What costs one conversation; anything else ends them all."""

Value = TypeVar("Value")
Conversation = Generator[Request, Response, Value]
Turn = tuple[int, Conversation[Value], Callable[[], Request]]
"""A conversation with its number, and what takes it to its next request."""


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
    ended = dict[int, Value]()
    with _Asking[Value](complete, jobs=max(1, jobs)) as asking:
        for number, conversation, step in asking.turns(conversations):
            try:
                request = step()
            except StopIteration as end:
                ended[number] = end.value
                on_end(end.value)
            else:
                asking.ask(request, number, conversation)
    return [ended[number] for number in sorted(ended)]


class _Asking(Generic[Value]):
    """The requests that are out or wait for it, and the answers that nobody has looked at."""

    def __init__(self, complete: Complete, *, jobs: int) -> None:
        self._complete, self._ahead = complete, AHEAD * jobs
        self._pool = ThreadPoolExecutor(max_workers=jobs)
        self._answers: SimpleQueue[tuple[int, Conversation[Value], Future[Response]]]
        self._answers = SimpleQueue()
        self._unread = 0
        """Requests whose answer nobody has looked at, come or not."""
        self._over: list[BaseException] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """What is on its way is paid for: it goes into the store, whatever ended the run."""
        self._over.append(Interrupted("the run has ended"))
        self._pool.shutdown(wait=True, cancel_futures=True)

    def turns(self, conversations: Iterable[Conversation[Value]]) -> Iterator[Turn[Value]]:
        """What to compute next, until all have ended: one to begin, else one that has an answer."""
        coming = enumerate(conversations)
        more = True
        while self._unread or (more and not self._over):
            if more and self._can_make_more():
                if started := next(coming, None):
                    yield *started, partial(next, started[1])
                more = started is not None
            else:
                number, conversation, answer = self._answers.get()
                if self._over:
                    raise self._over[0]
                self._unread -= 1
                yield number, conversation, _told(conversation, answer)

    def ask(self, request: Request, number: int, conversation: Conversation[Value]) -> None:
        """Ask when it is its turn; the answer comes up among the `turns`."""
        self._unread += 1
        asked = self._pool.submit(self._unless_over, request)
        asked.add_done_callback(lambda answer: self._answers.put((number, conversation, answer)))

    def _can_make_more(self) -> bool:
        made = self._unread - self._answers.qsize()
        return not self._over and made < self._ahead and self._unread < 2 * self._ahead

    def _unless_over(self, request: Request) -> Response:
        if self._over:
            raise Interrupted("the run has ended")
        try:
            return self._complete(request)
        except OF_ONE:
            raise
        except BaseException as error:
            survived = request.fresh and isinstance(error, EndpointError)  # by its conversation
            if not survived:
                self._over.append(error)  # before the next has its turn
            raise


def _told(conversation: Conversation[Value], answer: Future[Response]) -> Callable[[], Request]:
    error = answer.exception()
    if error is not None:
        return partial(conversation.throw, error)
    return partial(conversation.send, answer.result())
