"""Put a model, a store and the cassettes together into one `Complete`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Self

from .client import MAX_TRIES, ChatClient, OnFailed
from .deadline import TIMEOUT_S
from .errors import EndpointError, KeyRejected, NotStored
from .llm import Complete, Mode, Request, Response
from .resources import resource_dir
from .store import Store

SHIPPED = "cassettes"


class Endpoint:
    """A `Complete` that is closed when done: a client, with a store around it if one was given."""

    def __init__(self, client: ChatClient, store: Store | None, *, owns_store: bool) -> None:
        self.model = client.model
        self.client = client
        self.store = store
        self._owns_store = owns_store
        self._complete: Complete = store.wrap(client) if store is not None else client

    def __call__(self, request: Request) -> Response:
        """Answer from the store where it has one, else from the model."""
        return self._complete(request)

    @property
    def sent(self) -> int:
        """HTTP requests sent so far, those that brought no answer included."""
        return self.client.sent

    def stop(self) -> None:
        """Send nothing more; answers that are on their way may still come."""
        self.client.stop()
        if self.store is not None:
            self.store.stop()

    def close(self) -> None:
        """Close the connections, and the store if it was opened here."""
        self.client.close()
        if self.store is not None and self._owns_store:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Offline:
    """Answers nothing, so that only what a store has already is used."""

    sent = 0
    _error: type[EndpointError] = NotStored
    _way_out = "leave out --offline to ask for it, or see 'batch status'"

    def __init__(self, model: str) -> None:
        self.model = model

    def __call__(self, request: Request, *, on_failed: OnFailed = lambda *_: None) -> Response:  # noqa: ARG002 - nothing is tried
        """Raises `NotStored`."""
        raise self._error(
            f"{request.prompt} {request.subject}: the store holds no answer of {self.model!r}; "
            + self._way_out
        )

    def stop(self) -> None:
        """Nothing to stop."""

    def close(self) -> None:
        """Nothing to close."""


class Unconfigured(Offline):
    """The same where no endpoint was named: what the store has not ends the run (`KeyRejected`)."""

    _error = KeyRejected
    _way_out = "set OPENAI_API_KEY or --base-url to ask for it, or go on without it, with --offline"


def connect(
    model: str | None = None,
    *,
    store: Store | str | os.PathLike[str] | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    replay: str | os.PathLike[str] | None = None,
    structured: Literal["auto"] | Mode = "auto",
    timeout_s: float = TIMEOUT_S,
    max_tries: int = MAX_TRIES,
    options: Mapping[str, Any] = MappingProxyType({}),
) -> Endpoint:
    """Something to ask: a model at an endpoint, or with `replay` the recorded answers.

    `base_url` and `api_key` default as in the openai client. `replay="cassettes"` takes the
    cassettes that ship with the package, another value is a directory; without a `model` the
    one that was recorded is meant. Answers are kept in `store`, a file or an open one, and no
    request is sent twice. A call may take `timeout_s` seconds and is tried `max_tries` times;
    `options` go into each request body as they are. Raises `EndpointError` when neither a model
    nor a replay is named.
    """
    if replay is not None:
        client = _replaying(model, replay, structured=structured, options=options)
    elif model is None:
        raise EndpointError('no model named; pass a model, or replay="cassettes" to go offline')
    else:
        client = ChatClient(
            model,
            base_url=base_url,
            api_key=api_key,
            structured=structured,
            timeout_s=timeout_s,
            max_tries=max_tries,
            options=options,
        )
    opened = Store(store) if isinstance(store, str | os.PathLike) else store
    return Endpoint(client, opened, owns_store=opened is not store)


def _replaying(
    model: str | None,
    replay: str | os.PathLike[str],
    *,
    structured: Literal["auto"] | Mode,
    options: Mapping[str, Any],
) -> ChatClient:
    from .replay import REPLAY_URL, ReplayTransport

    transport = ReplayTransport(_directory(replay))
    return ChatClient(
        model or transport.models[0],
        base_url=REPLAY_URL,
        api_key="replayed",
        structured=structured,
        max_tries=1,
        options=options,
        transport=transport,
    )


def _directory(replay: str | os.PathLike[str]) -> Path:
    return resource_dir("cassettes") if replay == SHIPPED else Path(replay)
