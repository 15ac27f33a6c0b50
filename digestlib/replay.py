"""Cassettes: record a model's answers over HTTP with vcrpy, and replay them without a network.

A cassette is vcrpy's YAML with the JSON bodies indented, readable and free of keys, account
headers, ids and dates, so that recording the same answers again writes the same bytes. Requests
are matched on method, path and the hash of the canonical JSON body: a changed request never
gets an old answer.

Replaying happens in a transport of the client that replays, and patches nothing: other HTTP
traffic of the process is not touched, and threads need no lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx2
import yaml

from .errors import EndpointError, NotRecorded
from .llm import canonical_json
from .output import write_file

REPLAY_URL = "http://replay.invalid/v1"
"""What every recorded URL is rewritten to; `.invalid` can never be reached (RFC 2606)."""
_CHAT_PATH = "/chat/completions"
_VOLATILE = ("id", "created", "system_fingerprint", "service_tier", "provider")
_JSON_HEADERS = {"Content-Type": ["application/json"]}


class Fingerprint(NamedTuple):
    """What makes two requests the same."""

    method: str
    path: str
    body_sha256: str


class ReplayTransport(httpx2.BaseTransport):
    """Answers chat requests from the cassettes of a directory; raises `NotRecorded` for others."""

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        """Loads all `*.yaml` of the directory as one."""
        self._directory = Path(directory)
        self._answers: dict[Fingerprint, bytes] = {}
        models: dict[str, None] = {}
        for path in sorted(self._directory.glob("*.yaml")):
            for request, response in _load(path):
                models[str(json.loads(request["body"])["model"])] = None
                self._answers[_fingerprint_of(request)] = response["body"]["string"].encode()
        if not self._answers:
            raise NotRecorded(f"no cassettes in {self._directory}; {_WHAT_TO_SET}")
        self.models = tuple(models)
        """The models that were recorded, in the order of the files."""

    def __len__(self) -> int:
        return len(self._answers)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The recorded answer to a request."""
        wanted = fingerprint(request.method, request.url.path, request.read())
        answer = self._answers.get(wanted)
        if answer is None:
            raise NotRecorded(f"no recorded answer in {self._directory}; {_WHAT_TO_SET}")
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=answer)


_WHAT_TO_SET = "set OPENAI_API_KEY (or --base-url) and --model to ask a model"


@contextmanager
def recording(path: str | os.PathLike[str]) -> Iterator[None]:
    """Record the answers that chat clients get over HTTP, meanwhile, into one cassette.

    The file is replaced as a whole at the end; when the block raises, it stays as it was. Only
    answers are recorded: no errors, no other traffic.
    """
    import vcr  # type: ignore[import-untyped]  # has no types

    recorder = vcr.VCR(
        record_mode="all",
        serializer="readable",
        before_record_request=_cleaned_request,
        before_record_response=_cleaned_response,
        decode_compressed_response=True,
        record_on_exception=False,
        skip_patchers=tuple(name for name in vcr.patch.PATCHER_NAMES if name != "httpx2"),
    )
    recorder.register_serializer("readable", _Readable)
    recorder.register_persister(_Atomic)
    with recorder.use_cassette(os.fspath(path)):
        yield


def fingerprint(method: str, path: str, body: bytes | str) -> Fingerprint:
    """The fingerprint of a request; JSON bodies that mean the same have the same."""
    canonical = canonical_json(json.loads(body))
    return Fingerprint(method, path, hashlib.sha256(canonical.encode()).hexdigest())


def _load(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    try:
        cassette = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
        for exchange in cassette["interactions"]:
            yield exchange["request"], exchange["response"]
    except (yaml.YAMLError, ValueError, KeyError, TypeError, OSError) as exc:
        why = " ".join(str(exc).split())
        raise EndpointError(f"{path}: not a cassette ({why}); record it again") from exc


def _fingerprint_of(request: dict[str, Any]) -> Fingerprint:
    return fingerprint(request["method"], urlsplit(request["uri"]).path, request["body"])


# ---------------------------------------------------------------- recording


def _cleaned_request(request: Any) -> Any:
    """A chat request without host, port and headers; None for anything else."""
    if request.method != "POST" or not request.path.endswith(_CHAT_PATH):
        return None
    request.uri = REPLAY_URL + _CHAT_PATH
    request.headers = _JSON_HEADERS
    request.body = _readable_json(json.loads(request.body))
    return request


def _cleaned_response(response: dict[str, Any]) -> dict[str, Any] | None:
    """An answer without what changes between recordings; None for what is no answer."""
    try:
        payload = json.loads(response["body"]["string"])
    except ValueError:
        return None
    answered = isinstance(payload, dict) and bool(payload.get("choices"))
    if response["status"]["code"] != 200 or not answered:
        return None
    kept = {name: value for name, value in payload.items() if name not in _VOLATILE}
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": _JSON_HEADERS,
        "body": {"string": _readable_json(kept).encode()},
    }


def _readable_json(value: object) -> str:
    """Indented JSON; characters that YAML would not print as they are become escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return re.sub("[^\t\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]", _escape, text)


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


class _Readable:
    """A serializer for vcrpy: UTF-8 as it is, bodies as blocks, in an order of their own."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        latest = {_fingerprint_of(e["request"]): e for e in cassette["interactions"]}
        # Threads finish in any order; the order of the bodies is always the same.
        ordered = sorted(latest.values(), key=lambda e: str(e["request"]["body"]))
        return yaml.dump(
            {**cassette, "interactions": ordered},
            Dumper=_Dumper,
            allow_unicode=True,
            width=10**9,
            sort_keys=False,
        )

    @staticmethod
    def deserialize(text: str) -> Any:
        return yaml.load(text, Loader=_Loader)


class _Atomic:
    """A persister for vcrpy: begins with an empty cassette and writes it whole or not at all."""

    @staticmethod
    def load_cassette(path: str, serializer: Any) -> Any:  # noqa: ARG004 - the hook of vcrpy
        from vcr.persisters.filesystem import CassetteNotFoundError  # type: ignore[import-untyped]  # has no types

        raise CassetteNotFoundError(path)

    @staticmethod
    def save_cassette(path: str, cassette: dict[str, Any], serializer: Any) -> None:
        from vcr.serialize import serialize  # type: ignore[import-untyped]  # has no types

        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_file(target, serialize(cassette, serializer))


_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # C or Python
    """Writes text of several lines as a block."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name of PyYAML's hook
        """Repeat a value rather than point at it."""
        return True


def _block(dumper: Any, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _block)
