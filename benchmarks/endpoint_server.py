"""The endpoint of `benchmarks.endpoint`: reference answers made beforehand, sent after 0.2 s."""

from __future__ import annotations

import json
from typing import Any

from tests.reference_answers import answer_to
from tests.reference_server import Fault, ReferenceServer, Reply, completion

from .endpoint import LATENCY_S, bodies


def main() -> None:
    ready = {asked(body): answered(body) for body in bodies()}

    def late(_: int, body: dict[str, Any]) -> Fault:
        raw = ready.get(asked(body)) or answered(body)
        return Fault(delay_s=LATENCY_S, raw=raw)

    server = ReferenceServer(faults=late)
    print(server.url, flush=True)
    server.serve_forever()


def asked(body: dict[str, Any]) -> str:
    return json.dumps(body["messages"])


def answered(body: dict[str, Any]) -> bytes:
    return json.dumps(completion(body, Reply(answer_to(body)))).encode()


if __name__ == "__main__":
    main()
