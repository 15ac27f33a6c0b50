"""Post JSON to one URL: the reply as it came, whatever it is, within a wall-clock limit.

This is httpx2 and no openai client: of that we would use the address and the key only, and to
import it takes half a second.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from .deadline import within
from .errors import EndpointError

if TYPE_CHECKING:
    import httpx2

CONNECT_S = 5.0
_LARGEST_REPLY_BYTES = 20_000_000
_MOST_IDLE = 256
_ACCOUNT = {"OpenAI-Organization": "OPENAI_ORG_ID", "OpenAI-Project": "OPENAI_PROJECT_ID"}


class Reply(NamedTuple):
    """What a server answered, good or bad."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Connections:
    """The connections to one URL, opened when first needed; threads share them."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout_s: float,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._url, self._key, self._timeout_s = url, key, timeout_s
        self._transport = transport
        self._lock = threading.Lock()
        self._client: httpx2.Client | None = None
        self._users: dict[httpx2.Client, int] = {}

    def post(self, body: bytes, *, on_sent: Callable[[], None]) -> Reply:
        """The reply; raises `httpx2.HTTPError`, or `OSError` such as a `TimeoutError`.

        Such an error holds the request with its key: it must go no further than the caller.
        """
        import httpx2

        client = self._taken()  # with its imports, before the time runs
        on_sent()
        try:
            return within(self._timeout_s, lambda late: _read(client, self._url, body, late))
        except TimeoutError:
            raise
        except (httpx2.HTTPError, OSError):
            self._retire(client)
            raise
        finally:
            self._leave(client)

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        with self._lock:
            clients = {*self._users, *([self._client] if self._client else [])}
            self._client, self._users = None, {}
        for client in clients:
            client.close()

    def _taken(self) -> httpx2.Client:
        with self._lock:
            if self._client is None:
                self._client = self._connect()
            self._users[self._client] = self._users.get(self._client, 0) + 1
            return self._client

    def _retire(self, client: httpx2.Client) -> None:
        """After a break its idle connections are most likely dead too, each good for one failure."""
        with self._lock:
            if self._client is client and self._transport is None:
                self._client = None

    def _leave(self, client: httpx2.Client) -> None:
        """The last one to leave a retired client closes it."""
        with self._lock:
            left = self._users.get(client, 1) - 1
            self._users[client] = left
            is_done = left == 0 and client is not self._client
            if left == 0:
                del self._users[client]
        if is_done:
            client.close()

    def _connect(self) -> httpx2.Client:
        import httpx2

        return httpx2.Client(
            headers=_headers(self._key),
            timeout=httpx2.Timeout(self._timeout_s * 2, connect=CONNECT_S),
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=_MOST_IDLE),
            follow_redirects=True,
            event_hooks={"request": [_without_account]},
            transport=self._transport,
        )


def _headers(key: str) -> dict[str, str]:
    """As the openai client sends them, with what its environment variables say."""
    account = {name: os.environ.get(variable, "") for name, variable in _ACCOUNT.items()}
    for name, value in account.items():
        if not (value.isascii() and value.isprintable()):
            raise EndpointError(f"{_ACCOUNT[name]} holds what no header can: set it anew")
    return {
        "Accept": "application/json",
        "Content-Type": "application/json",
        "User-Agent": "digestlib",
        "Authorization": f"Bearer {key}",
        **{name: value for name, value in account.items() if value},
    }


def _without_account(request: httpx2.Request) -> None:
    """Where a redirect takes the key from a request, whose key it was is nobody's business either."""
    if "Authorization" not in request.headers:
        for name in _ACCOUNT:
            request.headers.pop(name, None)


def _read(client: httpx2.Client, url: str, body: bytes, late: threading.Event) -> Reply:
    with client.stream("POST", url, content=body) as reply:
        chunks, size = [], 0
        for chunk in reply.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if late.is_set():
                raise TimeoutError("nobody waits for it any more")
            if size > _LARGEST_REPLY_BYTES:
                raise OSError(f"it sent more than {_LARGEST_REPLY_BYTES:,} bytes")
        return Reply(reply.status_code, reply.headers, b"".join(chunks))
