"""Recorded over real HTTP, replayed with the server gone."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
import vcr  # type: ignore[import-untyped]  # has no types
import yaml

from digestlib.client import ChatClient
from digestlib.endpoints import connect
from digestlib.errors import EndpointError, NotRecorded
from digestlib.replay import REPLAY_URL, fingerprint, recording
from tests.reference_server import CANARY, Fault, ReferenceServer
from tests.test_llm import knows_only, request

PAPERS = [f"2601.{number:05}" for number in range(24)]


def answer(body: dict[str, Any]) -> str:
    paper = body["messages"][1]["content"][:10]
    return json.dumps({"headline": f"{paper}：近30万个任务 📄"}, ensure_ascii=False)


def record(path: Path, *, papers: list[str] = PAPERS, jobs: int = 8, **more: Any) -> None:
    with ReferenceServer(answer, **more) as server, recording(path):
        complete = ChatClient(
            "reference", base_url=server.url, api_key=CANARY, sleep=lambda seconds: None
        )
        with ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda paper: complete(request(paper)), papers))


def test_threads_replay_what_was_recorded_each_its_own(tmp_path: Path) -> None:
    record(tmp_path / "day.yaml")
    with connect(replay=tmp_path) as complete, ThreadPoolExecutor(16) as pool:
        texts = list(pool.map(lambda paper: complete(request(paper)).text, PAPERS * 3))
    assert complete.model == "reference"
    assert [json.loads(text)["headline"][:10] for text in texts] == PAPERS * 3
    assert "近30万个任务 📄" in texts[0]


def test_a_replay_equals_the_live_answer(tmp_path: Path) -> None:
    with ReferenceServer(answer) as server, recording(tmp_path / "one.yaml"):
        live = ChatClient("reference", base_url=server.url, api_key=CANARY)(request())
    assert connect(replay=tmp_path)(request()) == live


def test_several_cassettes_are_one(tmp_path: Path) -> None:
    record(tmp_path / "a.yaml", papers=["2512.23576"])
    record(tmp_path / "b.yaml", papers=["2601.02439"], faults=knows_only("json_object"))
    complete = connect(replay=tmp_path)
    modes = [complete(request(paper)).mode for paper in ("2601.02439", "2512.23576", "2601.02439")]
    assert modes == ["json_object", "json_schema", "json_object"]


def test_an_unrecorded_request_fails_at_once_and_says_what_to_set(tmp_path: Path) -> None:
    record(tmp_path / "day.yaml", papers=["2512.23576"])
    started = time.monotonic()
    with pytest.raises(NotRecorded, match=r"summary/v1 2601\.02439: .*set OPENAI_API_KEY"):
        connect(replay=tmp_path)(request())
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "changed",
    [
        {"schema_name": "other"},
        {"json_schema": {"type": "object"}},
        {"messages": request("2601.02439 ").messages},
    ],
    ids=["schema name", "schema", "text"],
)
def test_a_changed_request_gets_no_old_answer(changed: dict[str, Any], tmp_path: Path) -> None:
    record(tmp_path / "day.yaml", papers=["2601.02439"])
    with pytest.raises(NotRecorded):
        connect(replay=tmp_path)(request().model_copy(update=changed))


def test_no_cassettes_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotRecorded, match="no cassettes in"):
        connect(replay=tmp_path)


@pytest.mark.parametrize(
    "text",
    ["interactions: [", "42", "interactions: [{}]", "!!python/object/apply:os.getcwd []"],
    ids=["broken", "a number", "empty exchange", "code"],
)
def test_what_is_no_cassette_is_said_and_not_run(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EndpointError, match=r"bad\.yaml: not a cassette"):
        connect(replay=tmp_path)


def test_replaying_leaves_other_http_alone(tmp_path: Path) -> None:
    record(tmp_path / "day.yaml")
    with connect(replay=tmp_path) as complete, ReferenceServer() as server:
        complete(request(PAPERS[0]))
        assert httpx2.get(f"{server.url}/models").json()["object"] == "list"


# ---------------------------------------------------------------- recording


def test_recording_again_writes_the_same_bytes(tmp_path: Path) -> None:
    record(tmp_path / "first.yaml", jobs=8)
    record(tmp_path / "second.yaml", jobs=1, papers=PAPERS[::-1])
    assert (tmp_path / "first.yaml").read_bytes() == (tmp_path / "second.yaml").read_bytes()


def test_a_cassette_is_readable_and_holds_nothing_private(tmp_path: Path) -> None:
    record(tmp_path / "day.yaml", papers=PAPERS[:1])
    text = (tmp_path / "day.yaml").read_text(encoding="utf-8")
    assert "近30万个真实网页任务" in text
    for private in (CANARY, "127.0.0.1", "Bearer", "chatcmpl", "created", "stainless", "Date"):
        assert private.lower() not in text.lower()
    exchange = yaml.safe_load(text)["interactions"][0]
    assert set(exchange["request"]["headers"]) == {"Content-Type"}
    assert exchange["request"]["uri"] == f"{REPLAY_URL}/chat/completions"
    assert json.loads(exchange["request"]["body"])["model"] == "reference"


def test_a_cassette_of_ours_is_one_of_vcrpy(tmp_path: Path) -> None:
    record(tmp_path / "day.yaml", papers=PAPERS[:1])
    recorded = yaml.safe_load((tmp_path / "day.yaml").read_text(encoding="utf-8"))
    body = recorded["interactions"][0]["request"]["body"].encode()
    player = vcr.VCR(record_mode="none", match_on=("method", "path", "body"))
    with player.use_cassette(str(tmp_path / "day.yaml")):
        headers = {"content-type": "application/json"}
        reply = httpx2.post(f"{REPLAY_URL}/chat/completions", content=body, headers=headers)
    assert "近30万个" in reply.json()["choices"][0]["message"]["content"]


def test_only_answers_are_recorded(tmp_path: Path) -> None:
    faults = [Fault(429), Fault(raw=b"<html>"), Fault(raw=b"{}"), Fault(raw=b"[]"), Fault(503)]
    record(tmp_path / "day.yaml", papers=PAPERS[:1], faults=faults)
    text = (tmp_path / "day.yaml").read_text(encoding="utf-8")
    assert len(yaml.safe_load(text)["interactions"]) == 1


def test_other_traffic_is_not_recorded(tmp_path: Path) -> None:
    with ReferenceServer(answer) as server, recording(tmp_path / "day.yaml"):
        httpx2.get(f"{server.url}/models")
        ChatClient("reference", base_url=server.url, api_key=CANARY)(request())
    text = (tmp_path / "day.yaml").read_text(encoding="utf-8")
    assert len(yaml.safe_load(text)["interactions"]) == 1


def break_off(path: Path) -> None:
    with ReferenceServer(answer) as server, recording(path):
        ChatClient("reference", base_url=server.url, api_key=CANARY)(request())
        raise KeyboardInterrupt


def test_an_interrupted_recording_leaves_the_cassette_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    record(path, papers=PAPERS[:1])
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        break_off(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_bodies_that_mean_the_same_have_the_same_fingerprint() -> None:
    one = fingerprint("POST", "/v1/chat/completions", '{"a": 1, "b": "\\u4e07"}')
    assert one == fingerprint("POST", "/v1/chat/completions", '{"b":"万",\n"a":1}'.encode())
    assert one != fingerprint("POST", "/v1/chat/completions", '{"a": 2, "b": "万"}')
    assert one != fingerprint("POST", "/v2/chat/completions", '{"a": 1, "b": "万"}')
