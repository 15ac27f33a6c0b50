"""Have the shards of `digest-summarise batch export` answered through Ray Data's HTTP processor.

    pip install "ray[data]" aiohttp pydantic
    digest-summarise batch export reports --model NAME -o batch
    python examples/engines/ray_batch.py http://localhost:8000/v1 batch/round-1-001.jsonl answers.jsonl
    digest-summarise batch import answers.jsonl

Ray spreads the requests over the machines of a cluster; the key is read from OPENAI_API_KEY. What
came back as an error is written as such, and the next export has it again.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

BATCH_SIZE, WORKERS, TRIES = 32, 2, 5


class Verbatim:
    """An HTTP session that sends a body that is JSON already as it is.

    Ray keeps rows in Arrow tables, which would put nulls where one part of a schema has a key and
    another has not; so the body travels as a string, and Ray encodes that a second time.
    """

    async def __aenter__(self) -> Verbatim:
        import aiohttp

        self._session = await aiohttp.ClientSession().__aenter__()
        return self

    async def __aexit__(self, *failure: Any) -> None:
        await self._session.__aexit__(*failure)

    def post(self, url: str, *, data: str, **options: Any) -> Any:
        return self._session.post(url, data=json.loads(data), **options)


def main(base_url: str, shard: str, answers: str) -> None:
    """Send each line of a shard and write an output file in the form of OpenAI's batches."""
    import ray
    from ray.data.llm import HttpRequestProcessorConfig, build_processor

    key = os.environ.get("OPENAI_API_KEY")
    config = HttpRequestProcessorConfig(
        url=base_url.rstrip("/") + "/chat/completions",
        headers={"Authorization": f"Bearer {key}"} if key else {},
        max_retries=TRIES,
        batch_size=BATCH_SIZE,
        concurrency=WORKERS,
        session_factory=Verbatim,
    )
    ask = build_processor(
        config,
        preprocess=lambda row: {"custom_id": row["custom_id"], "payload": row["body"]},
        postprocess=lambda row: {"line": output_line(row["custom_id"], row["http_response"])},
    )
    lines = Path(shard).read_text(encoding="utf-8").split("\n")
    rows = [as_row(line) for line in lines if line]
    with Path(answers).open("w", encoding="utf-8") as file:
        for row in ask(ray.data.from_items(rows)).iter_rows():
            file.write(row["line"] + "\n")


def as_row(line: str) -> dict[str, str]:
    """The id and the body, as a string, of a line of a shard."""
    request = json.loads(line)
    return {"custom_id": request["custom_id"], "body": json.dumps(request["body"])}


def output_line(custom_id: str, reply: dict[str, Any]) -> str:
    """A line of an output file; Ray tells the body of a reply and not its status."""
    status = 200 if "choices" in reply else 500
    response = {"status_code": status, "body": reply}
    return json.dumps({"custom_id": custom_id, "response": response, "error": None})


if __name__ == "__main__":
    main(*sys.argv[1:])
