r"""The lines that a batch engine writes: answers and failures, in every shape that engines use.

A line is joined to its request by `custom_id`. Lines end with `\n` and nothing else: a string
may hold U+2028, which `str.splitlines` would take for an end. Pure, but for finding and opening the
files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from pydantic import BaseModel

from ..answers import BrokenAnswer, parse_answer
from ..editions import ComparisonPlan, Editorial
from ..errors import ReportError, RequestRejected
from ..llm import Response
from ..models import PaperSummary
from ..patience import Failure
from ..replies import Answer, Place, answer_in, one_line, status_failure
from ..reports.files import STDIN

PLACE = Place("the batch's model", "the batch engine")
COPY = "-"
"""Stands between a request's key and the number of a copy: `0f3a…-2` answers `0f3a…`."""
_LONGEST_LINE_BYTES = 20_000_000
_HOPELESS = re.compile(r"invalid_request|context_length|content_filter|content_policy")
_TOO_LONG = re.compile(r"maximum context|context length|max_model_len|max_tokens|too long")


class Reply(NamedTuple):
    """What came back for one request: an answer, or why there is none."""

    request_key: str
    answer: Answer | None = None
    failure: str = ""
    hopeless: bool = False
    """The same request will never be answered: too long, filtered, malformed."""
    line_sha256: str = ""
    """Tells a failure that comes again from the same one read twice."""


class Unreadable(NamedTuple):
    """A line that is no reply, such as one that was cut off."""

    line: int
    why: str


def find_replies(path: Path, *, requests: Collection[str] = ()) -> list[Path]:
    """The files that a path stands for: of a folder its `.jsonl` files, also in folders inside.

    There, files with the names of `requests` and hidden ones are passed over. Raises `ReportError`
    for a folder that has no other.
    """
    if not path.is_dir():
        return [path]
    inside = {file: file.relative_to(path).parts for file in sorted(path.rglob("*.jsonl"))}
    hidden = {file for file, parts in inside.items() if any(p.startswith(".") for p in parts)}
    found = [file for file in inside if file not in hidden and file.name not in requests]
    if not found:
        raise ReportError(f"{path}: holds no .jsonl file that an engine wrote; name another one")
    return found


def read_replies(path: Path) -> Iterator[Reply | Unreadable]:
    """Each line of an output or error file, one at a time; raises `ReportError` for no file."""
    try:
        with _opened(path) as file:
            number = 0
            while raw := file.readline(_LONGEST_LINE_BYTES):
                number += 1
                if raw.strip():
                    yield read_line(raw.removeprefix(b"\xef\xbb\xbf"), number)
    except OSError as exc:
        raise ReportError(f"{path}: cannot be read ({exc.strerror}); check the path") from exc


def _opened(path: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if str(path) == STDIN else path.open("rb")


def read_line(raw: bytes, number: int = 1) -> Reply | Unreadable:
    """The reply that a line holds."""
    try:
        line = json.loads(raw)
    except (ValueError, RecursionError) as exc:
        cut = "" if raw.endswith(b"\n") else "cut off, "
        return Unreadable(number, f"{cut}not JSON: {one_line(str(exc), 80)}")
    if not isinstance(line, dict) or not isinstance(line.get("custom_id"), str):
        return Unreadable(number, "has no custom_id")
    if "body" in line and "response" not in line and "error" not in line:
        return Unreadable(number, "is a request; import what the engine wrote")
    key = line["custom_id"].partition(COPY)[0]
    try:
        return Reply(key, answer_in(_completion(line), PLACE))
    except Failure as failure:
        hopeless = isinstance(failure.error, RequestRejected) and not failure.retry
        why = one_line(str(failure.error).removeprefix(f"{PLACE.url} "))
        return Reply(key, None, why, hopeless, hashlib.sha256(raw.strip()).hexdigest())


def is_whole(answer: Answer | Response, prompt: str) -> bool:
    """Whether an answer came to its end and has the form that the prompt asks for."""
    try:
        parse_answer(answer.text, _FORMS.get(prompt.partition("/")[0], _Anything))
    except BrokenAnswer:
        return False
    return answer.finish_reason == "stop" and not answer.refusal


class _Anything(BaseModel, extra="allow"):
    """Any JSON object."""


_FORMS: dict[str, type[BaseModel]] = {
    "summary": PaperSummary,
    "roundup": Editorial,
    "comparison": ComparisonPlan,
}


def _completion(line: Mapping[str, Any]) -> dict[str, Any]:
    """The chat completion of a line; raises `Failure` for any sort of error."""
    response = line.get("response")
    response = response if isinstance(response, dict) else {}
    body = _decoded(response.get("body"))
    status = response.get("status_code", 200)
    error = _error_of(line.get("error")) or _error_of(response.get("error"))
    if not error and isinstance(body, dict):
        error = _error_of(body.get("error"))
    if status == 200 and not error and isinstance(body, dict):
        return body
    raise status_failure(
        _status(status, error), {}, error or body or "", PLACE, dt.datetime.now(dt.UTC)
    )


def _error_of(error: object) -> dict[str, Any] | None:
    """An error object however deep: `{"error": {"error": {"message": …}}}` and plain text too."""
    while isinstance(error, dict) and isinstance(error.get("error"), dict):
        error = error["error"]
    if isinstance(error, str) and error:
        return {"message": error}
    return error if isinstance(error, dict) and error else None


def _status(status: object, error: Mapping[str, Any] | None) -> int:
    """The status of a failed line; where only a code is told, one that is worth another try."""
    if status == 400 and error and _is_mishap(error):
        return 502
    code = error.get("code") if error else None
    for told in (status, code):
        if isinstance(told, int) and 400 <= told < 600:
            return told
        if isinstance(told, str) and told.isdigit() and 400 <= int(told) < 600:
            return int(told)
    return 400 if error and _HOPELESS.search(f"{error.get('type')} {code}") else 502


def _is_mishap(error: Mapping[str, Any]) -> bool:
    """Whether a 400 is none: vLLM gives one to whatever goes wrong inside it, with plain text."""
    return set(error) == {"message"} and not _TOO_LONG.search(str(error["message"]))


def _decoded(body: object) -> object:
    """Some engines write the body as text."""
    if not isinstance(body, str):
        return body
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body
