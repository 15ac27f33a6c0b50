"""A stand-in for a batch engine: reads shards, writes output and error files, and misbehaves.

Seeded, so that the same seed does the same harm. Lines are shuffled and some are there twice, some
are missing, some fail in one of the shapes that engines are known to write, and the last line may
be cut off.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .batch_server import Worked
from .reference_answers import answer_to
from .reference_server import Reply, completion

Line = dict[str, Any]


def answered(line: Line, text: str | Reply | None = None) -> Line:
    """The output line for a request, with its reference answer unless another text is given."""
    given = answer_to(line["body"]) if text is None else text
    reply = given if isinstance(given, Reply) else Reply(given)
    return _responded(line, 200, completion(line["body"], reply))


def all_answered(lines: list[Line]) -> Worked:
    """What a job comes to at an engine where nothing goes wrong."""
    return Worked([answered(line) for line in lines])


def _responded(line: Line, status: int, body: Any, error: Any = None) -> Line:
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "b", "custom_id": line["custom_id"], "response": response, "error": error}


def _bare(line: Line, error: Any) -> Line:
    return {"id": "b", "custom_id": line["custom_id"], "response": None, "error": error}


SAYS = {"message": "Internal error", "type": "server_error", "code": 500}
FAILURES: dict[str, Callable[[Line], Line]] = {
    "error": lambda line: _bare(line, {"code": "batch_expired", "message": "ran out of time"}),
    "error.error": lambda line: _responded(line, 500, None, {"error": SAYS}),
    "response.error": lambda line: {
        "custom_id": line["custom_id"],
        "response": {"status_code": 500, "error": SAYS},
    },
    "body.error": lambda line: _responded(line, 429, {"error": {"message": "Rate limit"}}),
    "text error": lambda line: _bare(line, "engine died"),
    "html": lambda line: _responded(line, 502, "<html><h1>Bad gateway</h1></html>"),
    "no choices": lambda line: _responded(line, 200, {"choices": []}),
    "null body": lambda line: _responded(line, 200, None),
    "empty": lambda line: answered(line, ""),
    "error in a success": lambda line: _responded(line, 200, {"error": SAYS}),
}
"""No answer: the same request goes out again."""

SPOILED: dict[str, Callable[[Line], Line]] = {
    "cut off": lambda line: answered(
        line, Reply(answer_to(line["body"])[:200], finish_reason="length")
    ),
    "not JSON": lambda line: answered(line, "I am sorry, I can only answer in prose."),
    "another form": lambda line: answered(line, '{"summary": "all is well"}'),
}
"""An answer that cannot be used: the model is asked again with what is wrong."""

HARMLESS: dict[str, Callable[[Line], Line]] = {
    "fenced": lambda line: answered(line, f"```json\n{answer_to(line['body'])}\n```"),
    "chatty": lambda line: answered(line, f"Here it is:\n{answer_to(line['body'])}\nDone."),
    "body as text": lambda line: _responded(
        line, 200, json.dumps(completion(line["body"], Reply(answer_to(line["body"]))))
    ),
}
"""An answer all the same."""


def run_shards(
    shards: Sequence[Path], folder: Path, seed: int, *, faulty: bool = True, expire: bool = False
) -> None:
    """Answer the shards into `folder`, one output and one error file each; one job may expire."""
    chance = random.Random(seed)
    late = chance.randrange(len(shards)) if expire else None
    folder.mkdir(exist_ok=True)
    for number, shard in enumerate(shards):
        lines = [json.loads(raw) for raw in shard.read_text(encoding="utf-8").split("\n") if raw]
        if expired := number == late:
            lines = lines[: len(lines) // 2]
        good, bad = _worked(lines, chance) if faulty else ([answered(line) for line in lines], [])
        _write(folder / f"{shard.stem}-{seed}-output.jsonl", good, cut=expired)
        _write(folder / f"{shard.stem}-{seed}-errors.jsonl", bad, cut=False)


def _worked(lines: Sequence[Line], chance: random.Random) -> tuple[list[Line], list[Line]]:
    """5% dropped, 10% failed in any shape, 5% oddly formed, 5% there twice; shuffled."""
    good, bad = [], []
    harm = [*FAILURES.values(), *SPOILED.values()]
    for line in lines:
        luck = chance.random()
        if luck < 0.05:
            continue
        if luck < 0.15:
            bad.append(chance.choice(harm)(line))
            continue
        odd = chance.choice([*HARMLESS.values()]) if luck < 0.2 else answered
        good += [odd(line)] * (2 if chance.random() < 0.05 else 1)
    for some in (good, bad):
        chance.shuffle(some)
    return good, bad


def _write(path: Path, lines: Sequence[Line], *, cut: bool) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    if cut:
        text += '{"custom_id": "0f3a", "response": {"status_code": 2'
    path.write_text(text, encoding="utf-8", newline="")
