"""A small OpenAI-compatible server on 127.0.0.1, for tests, recordings and demonstrations.

    with ReferenceServer(lambda body: '{"headline": "…"}') as server:
        ChatClient("reference", base_url=server.url)

Same requests, same bytes: ids, times and token counts are made from the content. From a shell:
`python -m tests.reference_server --port 8000`.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from digestlib.tokens import estimate_tokens

CREATED = 1_767_225_600  # 2026-01-01, always

CANARY = "no-key-but-must-never-be-seen-4f1d0c"
"""The key of the tests: nothing that is written or printed may hold it."""


@dataclass(frozen=True)
class Reply:
    """An answer with more to it than its text; `message` replaces the whole message."""

    text: str | None = ""
    finish_reason: str = "stop"
    refusal: str | None = None
    message: Mapping[str, Any] | None = None
    usage: bool = True


@dataclass(frozen=True)
class Fault:
    """What a request gets instead of its answer, or how the answer reaches it.

    `drip_s` is a pause after each byte, `head_drip_s` one after each byte of the headers, `stall_s`
    one in the middle of the body; `reset` breaks the connection there, `hang_up` before the first
    byte.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    reply: Reply | None = None
    delay_s: float = 0.0
    drip_s: float = 0.0
    head_drip_s: float = 0.0
    stall_s: float = 0.0
    error: Mapping[str, Any] | None = None
    hang_up: bool = False
    reset: bool = False


SOUND = Fault()
Answer = Callable[[dict[str, Any]], str | Reply]
Faults = Sequence[Fault | None] | Callable[[int, dict[str, Any]], Fault | None]


class ReferenceServer:
    """Serves `/v1/chat/completions` and `/v1/models` while its `with` block lasts.

    `faults` are scripted for the first requests in turn (None: answer), or chosen by a function
    of the request's number, from 0, and its body. Every answer takes `latency_s`.
    """

    def __init__(
        self,
        answer: Answer = lambda body: "{}",
        *,
        faults: Faults = (),
        port: int = 0,
        latency_s: float = 0.0,
    ) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.latency_s = latency_s
        self.connected = 0
        self._answer, self._faults = answer, faults
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.owner = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def refuse(self, seconds: float) -> None:
        """Be gone for a while: nobody listens, and open connections are broken off."""
        host, port = self._server.server_address[:2]
        self.__exit__()
        self._server.gone = True
        time.sleep(seconds)
        self._server = _Server((str(host), int(port)), _Handler)
        self._server.owner = self
        self.__enter__()

    def serve_forever(self) -> None:
        """Serve in this thread until Ctrl-C."""
        self._server.serve_forever()

    def note(self, body: dict[str, Any], headers: Mapping[str, str]) -> Fault | None:
        """Remember a request and look up what is scripted for it."""
        with self._lock:
            number = len(self.bodies)
            self.bodies.append(body)
            self.headers.append({name.lower(): value for name, value in headers.items()})
        if callable(self._faults):
            return self._faults(number, body)
        return self._faults[number] if number < len(self._faults) else None

    def completion(self, body: dict[str, Any], given: Reply | None = None) -> dict[str, Any]:
        """The chat completion for a body."""
        answer = given or self._answer(body)
        return completion(body, answer if isinstance(answer, Reply) else Reply(answer))


def completion(body: dict[str, Any], reply: Reply) -> dict[str, Any]:
    """A chat completion as the API documents it."""
    content = json.dumps(body, sort_keys=True, ensure_ascii=False).encode()
    message = reply.message or {
        "role": "assistant",
        "content": reply.text,
        "refusal": reply.refusal,
    }
    return {
        "id": f"chatcmpl-{hashlib.sha256(content).hexdigest()[:24]}",
        "object": "chat.completion",
        "created": CREATED,
        "model": body.get("model", "reference"),
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish_reason}],
    } | ({"usage": _usage(body, reply.text or "")} if reply.usage else {})


def _usage(body: dict[str, Any], text: str) -> dict[str, Any]:
    prompt = sum(estimate_tokens(str(message["content"])) for message in body["messages"])
    answer = estimate_tokens(text)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": answer,
        "total_tokens": prompt + answer,
        "prompt_tokens_details": {"cached_tokens": 0},
    }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    owner: ReferenceServer
    gone = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that the client broke off is part of the play."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        if self.path != "/v1/models":
            return self._send(404, _json({"error": {"message": f"no {self.path}"}}))
        models = [{"id": "reference", "object": "model", "created": CREATED, "owned_by": "tests"}]
        return self._send(200, _json({"object": "list", "data": models}))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path != "/v1/chat/completions":
            return self._send(404, _json({"error": {"message": f"no {self.path}"}}))
        if self.server.gone:
            return self._reset()
        body = json.loads(raw)
        self.server.owner.connected += 1
        time.sleep(self.server.owner.latency_s)
        fault = self.server.owner.note(body, dict(self.headers))
        if fault is None:
            return self._send(200, _json(self.server.owner.completion(body)))
        return self._send_fault(fault, body)

    def _send_fault(self, fault: Fault, body: dict[str, Any]) -> None:
        time.sleep(fault.delay_s)
        if fault.hang_up:
            return self._reset()
        raw = fault.raw
        if raw is None and fault.status == 200:
            raw = _json(self.server.owner.completion(body, fault.reply))
        elif raw is None:
            raw = _json({"error": dict(fault.error or {"message": "scripted"})})
        return self._send(fault.status, raw, fault)

    def _send(self, status: int, raw: bytes, fault: Fault = SOUND) -> None:
        sent = {"Content-Type": "application/json", "Content-Length": str(len(raw))}
        # Not send_response: that would add a Date of its own beside a scripted one.
        self.send_response_only(status)
        for name, value in (sent | dict(fault.headers)).items():
            self.send_header(name, value)
        try:
            self._send_head(fault.head_drip_s)
            half = len(raw) // 2
            self._write(raw[:half], fault.drip_s)
            time.sleep(fault.stall_s)
            if fault.reset:
                return self._reset()
            self._write(raw[half:], fault.drip_s)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        return None

    def _send_head(self, drip_s: float) -> None:
        if drip_s:
            head = b"".join(self._headers_buffer)
            self._headers_buffer: list[bytes] = []
            self._write(head, drip_s)
        self.end_headers()

    def _write(self, raw: bytes, drip_s: float) -> None:
        for part in [raw[i : i + 1] for i in range(len(raw))] if drip_s else [raw]:
            self.wfile.write(part)
            self.wfile.flush()
            time.sleep(drip_s)

    def _reset(self) -> None:
        """Close so that the peer gets an RST rather than an end of file."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        # The handler's own flush and half-close would send a proper end first.
        self.connection.close()
        self.close_connection = True
        self.wfile = io.BytesIO()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def main(argv: Sequence[str] | None = None, *, answer: Answer = lambda body: "{}") -> None:
    """Serve answers until Ctrl-C; the base URL goes to stdout."""
    parser = argparse.ArgumentParser(description="An OpenAI-compatible server on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8000)
    server = ReferenceServer(answer, port=parser.parse_args(argv).port)
    print(server.url, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("stopped")


if __name__ == "__main__":
    main()
