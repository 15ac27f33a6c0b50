"""What engines write, in any shape and order, comes back as answers or failures; nothing is lost."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from digestlib.batch import import_replies
from digestlib.batch.replies import Reply, Unreadable, read_line, read_replies

from .batch_engine import FAILURES, HARMLESS, SPOILED, answered
from .reference_answers import REPORTS, answer_to, example_papers
from .test_batch import DAY, export, lines_of, reply_with


@pytest.mark.parametrize("shape", FAILURES)
def test_every_shape_of_failure_leaves_again_as_it_was(shape: str, tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    replies = [FAILURES[shape](lines[0]), *map(answered, lines[1:])]
    found = import_replies([reply_with(tmp_path, replies)], tmp_path / "runs.db")
    assert (found.answered, found.failed, found.unreadable) == (16, 1, 0)
    second = export(tmp_path, DAY, copies=1)
    assert second.papers == {"to_retry": 1, "verified": 16}
    assert lines_of(tmp_path, second) == lines[:1]


@pytest.mark.parametrize("shape", SPOILED)
def test_an_answer_that_cannot_be_used_is_asked_again_with_what_is_wrong(
    shape: str, tmp_path: Path
) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    import_replies(
        [reply_with(tmp_path, [SPOILED[shape](lines[0]), *map(answered, lines[1:])])],
        tmp_path / "runs.db",
    )
    second = export(tmp_path, DAY)
    (again,) = lines_of(tmp_path, second)
    assert second.papers == {"to_reask": 1, "verified": 16}
    assert "cannot be used as it is" in again["body"]["messages"][-1]["content"]
    first = lines[0]["body"]["messages"][-1]["content"]
    assert again["body"]["messages"][1]["content"].startswith(first)


@pytest.mark.parametrize("shape", HARMLESS)
def test_an_oddly_wrapped_answer_is_an_answer(shape: str, tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    replies = [HARMLESS[shape](lines[0]), *map(answered, lines[1:])]
    assert import_replies([reply_with(tmp_path, replies)], tmp_path / "runs.db").answered == 17
    assert export(tmp_path, DAY).papers == {"verified": 17}


def test_importing_twice_in_any_order_changes_nothing(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    good = reply_with(tmp_path, [answered(line) for line in lines[:9]], "good.jsonl")
    bad = reply_with(tmp_path, [FAILURES["error"](line) for line in lines[8:]], "bad.jsonl")
    first = import_replies([good, bad], tmp_path / "runs.db")
    again = import_replies([bad, good, bad], tmp_path / "runs.db")
    assert (first.answered, first.failed, first.known) == (9, 8, 1)
    assert (again.answered, again.failed, again.known) == (0, 0, 27)
    export(tmp_path, DAY)
    import_replies([bad], tmp_path / "runs.db")
    assert export(tmp_path, DAY).papers == {"out": 8, "verified": 9}


def test_a_request_that_never_succeeds_is_given_up_by_name(tmp_path: Path) -> None:
    for number in range(3):
        lines = lines_of(tmp_path, export(tmp_path, DAY, retries=2, openings=(), copies=1))
        bad = {**FAILURES["body.error"](lines[0]), "id": f"try-{number}"}
        replies = [bad, *map(answered, lines[1:])]
        import_replies([reply_with(tmp_path, replies)], tmp_path / "runs.db")
    standing = export(tmp_path, DAY, retries=2)
    assert standing.papers == {"failed": 1, "verified": 16}
    ((subject, why),) = standing.failures
    assert subject in example_papers()
    assert "given up" in why
    assert "429 (Rate limit)" in why
    assert standing.openings == {"to_ask": 2}, "an issue goes on without the paper"


def test_a_request_that_the_engine_refuses_does_not_leave_again(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    too_long = {
        "code": "context_length_exceeded",
        "message": "too long",
        "type": "invalid_request_error",
    }
    refused = {"custom_id": lines[0]["custom_id"], "response": None, "error": too_long}
    replies = [refused, *map(answered, lines[1:])]
    import_replies([reply_with(tmp_path, replies)], tmp_path / "runs.db")
    assert export(tmp_path, DAY).papers == {"failed": 1, "verified": 16}
    assert export(tmp_path, DAY, mode="text").papers == {"to_retry": 1, "verified": 16}


def test_lines_that_are_no_replies_are_passed_over_by_number(run, tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    path = reply_with(
        tmp_path, [answered(lines[0]), {"custom_id": "ff" * 32, "error": "x"}, lines[1]]
    )
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes() + b'\r\n\n[1]\n{"custom_id": "ab", "resp')
    done = run("batch", "import", str(path), "--store", str(tmp_path / "runs.db"), "--json")
    assert done.code == 3
    counts = {"lines": 5, "answered": 1, "failed": 0, "known": 0, "unknown": 1, "unreadable": 3}
    assert json.loads(done.out) == {**counts, "files": [str(path)]}
    assert f"{path}:7: cut off, not JSON" in done.err
    assert f"{path}:3: is a request" in done.err


def test_a_folder_gives_what_engines_wrote_and_not_what_left(run, tmp_path: Path) -> None:
    """As after `vllm run-batch` beside the shards, and with the results that `fetch` kept."""
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    (tmp_path / "batch" / "results").mkdir()
    (tmp_path / "batch" / ".unfinished.jsonl").write_text("{", encoding="utf-8")
    for name, some in (
        ("b.jsonl", lines[:9]),
        ("a.jsonl", lines[9:12]),
        ("results/c.jsonl", lines[12:]),
    ):
        reply_with(tmp_path / "batch", list(map(answered, some)), name)
    done = run("batch", "import", "batch", "--store", "runs.db")
    assert done.code == 0, done.err
    assert "read batch/a.jsonl, batch/b.jsonl, batch/results/c.jsonl\n17 lines: 17 ans" in done.err
    assert export(tmp_path, DAY).papers == {"verified": 17}


def test_a_folder_without_answers_says_so(run, tmp_path: Path) -> None:
    export(tmp_path, DAY)
    done = run("batch", "import", "batch", "--store", "runs.db")
    assert (done.code, "batch: holds no .jsonl file that an engine wrote" in done.err) == (1, True)


def test_answers_come_from_standard_input_too(run, tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    replies = reply_with(tmp_path, list(map(answered, lines)))
    done = run("batch", "import", "-", "--store", "runs.db", stdin=replies)
    assert (done.code, "17 lines: 17 answers" in done.err) == (0, True), done.err


def test_a_file_of_another_kind_is_told_in_a_few_lines(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "asked.db").touch()
    found = import_replies(
        sorted(REPORTS.glob("*.md"))[:1], tmp_path / "asked.db", warn=told.append
    )
    assert found.unreadable == found.lines > 500
    assert len(told) == 6
    assert told[-1].endswith(f"{found.lines:,} lines in all could not be read")


def test_the_recipe_for_ray_sends_the_bodies_and_writes_what_import_reads(tmp_path: Path) -> None:
    recipe = runpy.run_path("examples/engines/ray_batch.py")
    line = lines_of(tmp_path, export(tmp_path, DAY))[0]
    row = recipe["as_row"](json.dumps(line))
    assert json.loads(row["body"]) == line["body"]
    good = answered(line)["response"]["body"]
    read = read_line(recipe["output_line"](row["custom_id"], good).encode())
    assert isinstance(read, Reply)
    assert (read.request_key, read.answer is not None) == (line["custom_id"], True)
    bad = read_line(recipe["output_line"](row["custom_id"], {"error": {"message": "x"}}).encode())
    assert isinstance(bad, Reply)
    assert bad.answer is None


def test_a_line_separator_in_a_string_ends_no_line(tmp_path: Path) -> None:
    body = {"choices": [{"message": {"content": "one\u2028two\x85three"}}]}
    line = {"custom_id": "a", "response": {"status_code": 200, "body": body}}
    (reply,) = read_replies(reply_with(tmp_path, [line]))
    assert isinstance(reply, Reply)
    assert reply.answer
    assert reply.answer.text == "one\u2028two\x85three"


def test_what_vllm_run_batch_writes_is_read(tmp_path: Path) -> None:
    """Its lines as vLLM's `BatchRequestOutput` dumps them: every field, ids of its own."""
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    refused = {"message": "Grammar error", "type": "BadRequestError", "param": None, "code": 400}
    replies = [
        vllm_line(lines[0], error="EngineCore encountered an issue. See stack trace."),
        vllm_line(lines[1], error="This model's maximum context length is 4096 tokens."),
        vllm_line(lines[2], error={"error": refused}),
        *map(vllm_line, lines[3:]),
    ]
    found = import_replies([reply_with(tmp_path, replies)], tmp_path / "runs.db")
    assert (found.answered, found.failed) == (14, 3)
    standing = export(tmp_path, DAY, openings=(), copies=1)
    assert standing.papers == {"failed": 2, "to_retry": 1, "verified": 14}
    assert lines_of(tmp_path, standing) == lines[:1]


def vllm_line(line: dict[str, Any], *, error: object = None) -> dict[str, Any]:
    message = {"role": "assistant", "content": answer_to(line["body"]), "refusal": None,
               "annotations": None, "audio": None, "function_call": None, "tool_calls": [],
               "reasoning": None, "reasoning_content": None}  # fmt: skip
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop",
              "stop_reason": None, "token_ids": None}  # fmt: skip
    usage = {"prompt_tokens": 5210, "total_tokens": 6840, "completion_tokens": 1630,
             "prompt_tokens_details": None}  # fmt: skip
    body = {"id": "chatcmpl-9f", "object": "chat.completion", "created": 1767744000,
            "model": line["body"]["model"], "choices": [choice], "service_tier": None,
            "system_fingerprint": None, "usage": usage, "prompt_logprobs": None,
            "prompt_token_ids": None, "kv_transfer_params": None}  # fmt: skip
    response = {"status_code": 400 if error else 200, "request_id": "vllm-batch-01",
                "body": None if error else body}  # fmt: skip
    return {"id": "vllm-02", "custom_id": line["custom_id"], "response": response, "error": error}


@pytest.mark.parametrize(
    "raw", [b"null", b"[]", b'"x"', b"{}", b'{"custom_id": 1}', b"\xff\xfe", b"[" * 100_000]
)
def test_no_line_is_a_crash(raw: bytes) -> None:
    assert isinstance(read_line(raw), Unreadable)


@pytest.mark.parametrize("value", [None, 0, "", "x", [], [1], {}, {"error": None}, True])
@pytest.mark.parametrize("place", ["error", "response", "body", "status_code", "choices"])
def test_no_value_in_any_place_is_a_crash(place: str, value: object) -> None:
    body: dict[str, object] = {"choices": [{"message": {"content": "{}"}}]}
    response: dict[str, object] = {"status_code": 200, "body": body}
    line: dict[str, object] = {"custom_id": "a", "response": response, "error": None}
    {"error": line, "response": line, "body": response, "status_code": response, "choices": body}[
        place
    ][place] = value
    assert isinstance(read_line(json.dumps(line).encode()), Reply)
