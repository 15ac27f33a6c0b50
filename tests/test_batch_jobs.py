"""Shards as jobs at an endpoint: each is submitted once, and each result comes back once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from llmock.scenarios import Fail, Match
from llmock.testing import LLMockServer
from llmock.verdict import judge

from digestlib.batch import BatchEndpoint, Limits, fetch_results, submit_shards
from digestlib.cli import main
from digestlib.errors import EndpointUnavailable, KeyRejected, OutputError
from digestlib.store import Store

from .batch_engine import FAILURES, Line, all_answered, answered
from .batch_server import BatchServer, Worked
from .command import start_in
from .test_batch import DAY, MODEL, export

STATES = {"failed": "failed", "verified": "verified"}


def endpoint(server: BatchServer) -> BatchEndpoint:
    return BatchEndpoint(base_url=server.url)


def submit(folder: Path, server: BatchServer) -> list[tuple[str, str, bool]]:
    found = submit_shards(folder / "batch", folder / "runs.db", endpoint(server))
    return [(each.shard, each.job.id, each.fresh) for each in found]


def fetch(folder: Path, server: BatchServer) -> list[tuple[str, int, int]]:
    """Until all jobs have ended: the status, answers and failures of each."""
    for _ in range(5):
        found = list(fetch_results(folder / "batch", folder / "runs.db", endpoint(server)))
        if all(each.fresh for each in found):
            return [(e.job.status, e.imported.answered, e.imported.failed) for e in found]
    raise AssertionError("a job does not end")


def test_each_shard_runs_as_one_job_and_its_answers_come_back(tmp_path: Path) -> None:
    export(tmp_path, DAY, limits=Limits(lines=10))
    with BatchServer(all_answered) as server:
        first, again = submit(tmp_path, server), submit(tmp_path, server)
        assert [fresh for *_, fresh in first + again] == [True, True, False, False]
        assert len(server.jobs) == 2
        assert fetch(tmp_path, server) == [("completed", 10, 0), ("completed", 7, 0)]
        assert fetch(tmp_path, server) == []
    assert export(tmp_path, DAY).papers == {"verified": 17}


@pytest.mark.parametrize("lost", ["POST /v1/files", "POST /v1/batches"])
def test_a_job_whose_start_was_not_heard_of_is_not_started_again(lost: str, tmp_path: Path) -> None:
    export(tmp_path, DAY)
    server = BatchServer(all_answered, lose=[lost] * 9)
    with server, pytest.raises(EndpointUnavailable, match="run the command again"):
        submit(tmp_path, server)
    server.calls.clear()
    with BatchServer(all_answered) as back:
        back.files, back.jobs = server.files, server.jobs
        submit(tmp_path, back)
        assert len(back.jobs) == 1
        assert fetch(tmp_path, back) == [("completed", 17, 0)]


def test_of_two_who_submit_at_once_one_waits_for_the_other(tmp_path: Path) -> None:
    export(tmp_path, DAY, limits=Limits(lines=10))
    with BatchServer(all_answered, starting_s=1.5) as server:
        call = ("batch", "submit", "--store", "runs.db", "--base-url", server.url)
        ended = [process.communicate()[1] for process in [start_in(tmp_path, *call) for _ in "ab"]]
        assert len(server.jobs) == 2, ended
        assert all(f"round-1-00{n}.jsonl: submitted" in said for said in ended for n in (1, 2))


def test_shards_of_another_store_are_not_submitted(run, tmp_path: Path) -> None:
    export(tmp_path, DAY)
    Store(tmp_path / "other.db").close()
    with BatchServer(all_answered) as server:
        done = run("batch", "submit", "--store", "other.db", "--base-url", server.url)
        assert (done.code, "name the --store that did" in done.err) == (1, True)
        done = run("batch", "submit", "--base-url", server.url)
        assert (done.code, "File 'digest.db' does not exist" in done.err) == (2, True)
        assert server.jobs == {}
    assert not (tmp_path / "digest.db").exists()


def test_an_expired_job_gives_what_it_has_and_the_rest_leaves_again(tmp_path: Path) -> None:
    def expired(lines: list[Line]) -> Worked:
        late = [FAILURES["error"](line) for line in lines[5:8]]
        return Worked([answered(line) for line in lines[:5]], late, "expired")

    export(tmp_path, DAY)
    with BatchServer(expired) as server:
        submit(tmp_path, server)
        assert fetch(tmp_path, server) == [("expired", 5, 3)]
    assert export(tmp_path, DAY).papers == {"to_retry": 12, "verified": 5}


def test_a_job_that_came_to_nothing_is_a_new_job_in_the_next_round(tmp_path: Path) -> None:
    """The second shard has the very content of the first."""
    export(tmp_path, DAY)
    with BatchServer(lambda lines: Worked(status="failed")) as server:
        submit(tmp_path, server)
        assert fetch(tmp_path, server) == [("failed", 0, 0)]
        assert export(tmp_path, DAY).papers == {"to_retry": 17}
        assert [fresh for *_, fresh in submit(tmp_path, server)] == [True]
        assert len(server.jobs) == 2


def test_a_job_that_others_crowded_out_was_not_tried_and_is_submitted_again(tmp_path: Path) -> None:
    """As OpenAI and Azure fail one where more tokens are enqueued than an account may have."""
    export(tmp_path, DAY)
    full = Worked(status="failed", refused="token_limit_exceeded")
    replies = iter([full, full])
    with BatchServer(lambda lines: next(replies, None) or all_answered(lines)) as server:
        for _ in range(2):
            assert [fresh for *_, fresh in submit(tmp_path, server)] == [True]
            assert fetch(tmp_path, server) == [("failed", 0, 0)]
            assert export(tmp_path, DAY).papers == {"out": 17}
        submit(tmp_path, server)
        assert fetch(tmp_path, server) == [("completed", 17, 0)]
        assert len(server.jobs) == 3


def test_a_shard_that_was_changed_is_not_submitted(tmp_path: Path) -> None:
    (shard,) = export(tmp_path, DAY).shards
    with (tmp_path / "batch" / shard.name).open("a") as file:
        file.write("{}\n")
    with BatchServer(all_answered) as server:
        with pytest.raises(OutputError, match="is not as this store exported it"):
            submit(tmp_path, server)
        assert server.jobs == {}


def test_submitting_to_openai_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(KeyRejected, match="OPENAI_API_KEY"):
        BatchEndpoint()


def test_submit_and_fetch_by_hand(run, tmp_path: Path) -> None:
    export(tmp_path, DAY)
    with BatchServer(all_answered) as server:
        common = ("batch", "--store", "runs.db", "--base-url", server.url)
        assert "submitted, job batch-1" in run("batch", "submit", *common).err
        assert "submitted before" in run("batch", "submit", *common).err
        done = run("batch", "fetch", *common, "--wait", "--every", "0.05")
        assert "all are fetched" in run("batch", "fetch", *common).err
    assert (done.code, "completed, 17 answers, 0 failures" in done.err) == (0, True), done.err
    assert (tmp_path / "batch" / "results" / "round-1-001-output.jsonl").is_file()


def test_what_runs_is_named_before_it_leaves_once_more(run, tmp_path: Path) -> None:
    export(tmp_path, DAY)
    again = [
        "batch",
        "export",
        str(DAY),
        "--model",
        MODEL,
        "--store",
        "runs.db",
        "-o",
        "batch",
        "--again",
    ]
    with BatchServer(all_answered) as server:
        submit(tmp_path, server)
        told = run(*again).err
        assert "round-1-001.jsonl runs as batch-1, and what it answers is paid for too" in told
        fetch(tmp_path, server)
    assert "runs as" not in run(*again).err


def test_an_outage_does_not_end_the_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("digestlib.batch.endpoint.READ_RETRIES", 0)
    export(tmp_path, DAY, limits=Limits(lines=10))
    lose = ["GET /v1/batches/batch-2", "GET /v1/files/file-4/content"]
    with BatchServer(all_answered, lose=lose) as server:
        submit(tmp_path, server)
        folder, store = str(tmp_path / "batch"), str(tmp_path / "runs.db")
        call = ["batch", "fetch", folder, "--store", store, "--base-url", server.url]
        once = CliRunner().invoke(main, call)
        assert (once.exit_code, "run the command again" in once.stderr) == (4, True)
        done = CliRunner().invoke(main, [*call, "--wait", "--every", "0.05"])
    assert (done.exit_code, "this looks again in 0.05 s" in done.stderr) == (0, True), done.stderr
    assert "round-1-002.jsonl: completed, 7 answers" in done.stderr


def test_llmock_answers_a_batch_and_finds_no_fault_with_the_commands(run, tmp_path: Path) -> None:
    """A mock that others wrote: faults at every step, then text that is taken for no summary."""
    export(tmp_path, DAY, openings=())
    faults = [
        Fail(503, match=Match(path="/v1/files")),
        Fail(429, retry_after=0.3, match=Match(path="/v1/batches")),
        Fail(500, times=2, match=Match(path="/v1/batches/*")),
        Fail(429, retry_after=0.3, match=Match(path="/v1/files/*/content")),
    ]
    with LLMockServer() as server:
        for fault in faults:
            server.state.scenarios.add(fault)
        common = ("--store", "runs.db", "--base-url", server.base_url("openai"))
        assert run("batch", "submit", *common).code == 0
        done = run("batch", "fetch", *common, "--wait", "--every", "0.5")
        verdict = judge(server.state.journal.records())
    assert (done.code, "completed, 17 answers, 0 failures" in done.err) == (0, True), done.err
    assert verdict.faults == 5
    # The upload is tried again with another multipart boundary, which llmock takes for another call.
    assert {finding.path for finding in verdict.findings} <= {"POST /v1/files"}, verdict.render()
    assert export(tmp_path, DAY, openings=()).papers == {"to_reask": 17}
