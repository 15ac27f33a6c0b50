"""A small server with OpenAI's Files and Batches on 127.0.0.1; an engine of the tests does the work.

`work` turns the lines of a job into the texts of its output and error files and its status. `lose`
names calls, in turn, whose work is done but whose reply never arrives: `"POST /v1/batches"`. A job
takes `starting_s` to be started.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple, Self

Line = dict[str, Any]


class Worked(NamedTuple):
    """What a job came to."""

    output: Sequence[Line] = ()
    errors: Sequence[Line] = ()
    status: str = "completed"
    refused: str = ""
    """The code of the error with which the job was refused after it was made."""


class BatchServer:
    """Serves files and batches while its `with` block lasts; a job ends when it is looked at twice."""

    def __init__(
        self,
        work: Callable[[list[Line]], Worked],
        *,
        lose: Sequence[str] = (),
        starting_s: float = 0.0,
    ) -> None:
        self.files: dict[str, bytes] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.calls: list[str] = []
        self._work, self._lose, self._starting_s = work, list(lose), starting_s
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def lost(self, call: str) -> bool:
        """Note a call; whether its reply is to be lost."""
        self.calls.append(call)
        if call in self._lose:
            self._lose.remove(call)
            return True
        return False

    def keep(self, content: bytes) -> dict[str, Any]:
        """Store a file."""
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return {"id": name, "object": "file", "bytes": len(content), "created_at": 1,
                "filename": name, "purpose": "batch", "status": "processed"}  # fmt: skip

    def start(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Make a job."""
        time.sleep(self._starting_s)
        job = {**asked, "id": f"batch-{len(self.jobs) + 1}", "object": "batch", "created_at": 1,
               "status": "validating", "output_file_id": None, "error_file_id": None}  # fmt: skip
        self.jobs[job["id"]] = job
        return job

    def look(self, name: str) -> dict[str, Any]:
        """A job, a step further at each look."""
        job = self.jobs[name]
        if job["status"] == "in_progress":
            lines = [json.loads(raw) for raw in self.files[job["input_file_id"]].splitlines()]
            done = self._work(lines)
            error = {"code": done.refused, "message": "Please try again later."}
            job |= {"status": done.status, "errors": {"data": [error]} if done.refused else None}
            for field, some in (("output_file_id", done.output), ("error_file_id", done.errors)):
                if some:
                    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in some)
                    job[field] = self.keep(text.encode())["id"]
        elif job["status"] == "validating":
            job["status"] = "in_progress"
        return job


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    owner: BatchServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        owner = self.server.owner
        if self.path == "/v1/files":
            boundary = self.headers["Content-Type"].split("boundary=")[1].strip('"')
            part = next(p for p in raw.split(f"--{boundary}".encode()) if b"filename=" in p)
            reply = owner.keep(part.split(b"\r\n\r\n", 1)[1][:-2])
        else:
            reply = owner.start(json.loads(raw))
        self._reply("POST", json.dumps(reply).encode())

    def do_GET(self) -> None:
        owner = self.server.owner
        if match := re.fullmatch(r"/v1/files/(.+)/content", self.path):
            return self._reply("GET", owner.files[match[1]])
        if match := re.fullmatch(r"/v1/batches/([\w-]+)", self.path):
            return self._reply("GET", json.dumps(owner.look(match[1])).encode())
        listed = {"object": "list", "data": list(owner.jobs.values())[::-1], "has_more": False}
        return self._reply("GET", json.dumps(listed).encode())

    def _reply(self, method: str, raw: bytes) -> None:
        if self.server.owner.lost(f"{method} {self.path.split('?')[0]}"):
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
