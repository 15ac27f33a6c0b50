"""From the text of an answer to a validated model, or to a compact list of what is wrong; pure."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .once import once
from .printing import Texts

MAX_ERRORS = 12
"""How many errors a re-ask lists; an answer of another shape altogether has hundreds."""

_FENCE = re.compile(r"\A\s*```[A-Za-z]*\s*\n(?P<body>.*?)\n?\s*```\s*\Z", re.DOTALL)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")

Model = TypeVar("Model", bound=BaseModel)


class BrokenAnswer(ValueError):
    """An answer that does not fit its schema; `errors` says how, one line each."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors[:3]))
        self.errors = errors


def parse_answer(text: str, model: type[Model]) -> Model:
    """Read an answer as `model`; fences and envelopes are taken off. Raises `BrokenAnswer`."""
    data = _unwrapped(_json(text), model)
    try:
        return model.model_validate_json(json.dumps(data, allow_nan=True), strict=True)
    except ValidationError as exc:
        raise BrokenAnswer([_error_line(error) for error in exc.errors()]) from None


@once
def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a model in the dialect of strict structured outputs.

    Every field required, no other fields, nothing but types, enums, `anyOf` and `$ref`; titles and
    descriptions are left out, as the prompt explains the form.
    """
    return _strict(model.model_json_schema())  # type: ignore[no-any-return]  # JSON edge


def empty_texts(texts: Texts) -> list[str]:
    """One line for each text of an answer that says nothing."""
    return [f"{where}: is empty" for where, text in texts if not text.strip()]


def chinese_texts(texts: Texts) -> list[str]:
    """One line for each text of an answer that has Chinese characters left in it."""
    return [
        f"{where}: has Chinese characters: {match.group()}"
        for where, text in texts
        if not text.isascii() and (match := _HAN.search(text))
    ]


def _json(text: str) -> Any:
    fenced = _FENCE.match(text)
    body = fenced["body"] if fenced else text
    try:
        return json.loads(body, object_pairs_hook=_no_duplicates)
    except json.JSONDecodeError as exc:
        start, end = body.find("{"), body.rfind("}")
        if start > 0 or -1 < end < len(body.rstrip()) - 1:
            return _json(body[start : end + 1]) if 0 <= start < end else _not_json(exc)
        return _not_json(exc)
    except RecursionError:
        raise BrokenAnswer(["the answer is nested too deeply to be read"]) from None


def _not_json(exc: json.JSONDecodeError) -> Any:
    raise BrokenAnswer([f"not JSON: {exc.msg} at line {exc.lineno} column {exc.colno}"]) from None


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    counts = Counter(key for key, _ in pairs)
    doubled = sorted(key for key, count in counts.items() if count > 1)
    raise BrokenAnswer([f"the key {key!r} is there twice" for key in doubled])


def _unwrapped(data: Any, model: type[BaseModel]) -> Any:
    """Take off an envelope such as `{"PaperSummary": {…}}` or `{"properties": {…}}`."""
    fields = set(model.model_fields)
    while isinstance(data, dict) and len(data) <= 2 and not fields & set(data):
        inner = [value for value in data.values() if isinstance(value, dict)]
        if len(inner) != 1:
            break
        data = inner[0]
    return data


def _error_line(error: Any) -> str:
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    return f"{where.lstrip('.') or 'the answer'}: {error['msg']}"


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {
        key: {name: _strict(value) for name, value in entry.items()}
        if key in ("properties", "$defs")
        else _strict(entry)
        for key, entry in node.items()
        if key not in ("title", "description", "default")
    }
    if "properties" in kept:
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept
