"""Batch files: requests leave, answers come back in any state, and nothing is lost."""

from __future__ import annotations

import json
import re
import shutil
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from benchmarks.archive import write_archive
from benchmarks.batch_speed import answered as archive_answers
from digestlib.batch import Engine, Limits, Standing, export_requests, import_replies, stand
from digestlib.batch.ledger import Asked, Ledger, Shard
from digestlib.batch.shards import copies_for
from digestlib.llm import canonical, request_key
from digestlib.prompts import Prompts
from digestlib.reports import load
from digestlib.reports.archive import find_reports
from digestlib.session import Session, Settings
from digestlib.store import Store
from digestlib.summaries import summarise, summary_request

from .batch_engine import FAILURES, SPOILED, answered, run_shards
from .command import start_in
from .reference_answers import REPORTS, example_papers

MODEL = "reference-answers"
DAY = REPORTS / "2026-01-07.md"


def engine(folder: Path, **fields: Any) -> Engine:
    return Engine(store=folder / "runs.db", model=MODEL, **fields)


def export(folder: Path, *reports: Path, limits: Limits = Limits(), **fields: Any) -> Standing:  # noqa: B008 - a value
    release = fields.pop("release", False)
    found = find_reports(reports or [REPORTS])
    chosen = engine(folder, **fields)
    return export_requests(found, chosen, folder / "batch", limits=limits, release=release)


def lines_of(folder: Path, standing: Standing) -> list[dict[str, Any]]:
    texts = [(folder / "batch" / s.name).read_text(encoding="utf-8") for s in standing.shards]
    return [json.loads(line) for text in texts for line in text.splitlines()]


def reply_with(folder: Path, lines: list[dict[str, Any]], name: str = "output.jsonl") -> Path:
    path = folder / name
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def round_trip(
    folder: Path, seed: int, *reports: Path, faulty: bool = True, rounds: int = 12, **fields: Any
) -> int:
    """Export, run and import until nothing is left; returns the number of rounds.

    With faults, one job of the first round expires half-way.
    """
    for number in range(1, rounds + 2):
        standing = export(folder, *reports, limits=Limits(lines=20), **fields)
        if not standing.shards:
            return number - 1
        results = folder / f"results-{number}"
        shards = [folder / "batch" / shard.name for shard in standing.shards]
        expire = faulty and number == 1
        run_shards(shards, results, 100 * seed + number, faulty=faulty, expire=expire)
        import_replies(sorted(results.iterdir()), folder / "runs.db")
    return rounds + 1


# ---------------------------------------------------------------- the whole way


def test_without_faults_two_rounds_are_enough(tmp_path: Path) -> None:
    """The papers, then the openings of two weeks and three days."""
    assert round_trip(tmp_path, 0, faulty=False) == 2
    standing = stand(find_reports(REPORTS), engine(tmp_path))
    assert (standing.papers, standing.openings) == ({"verified": 55}, {"verified": 5})
    assert standing.done


def test_a_batch_engine_at_its_worst_ends_in_the_draft_of_a_direct_run(
    run, direct: Path, tmp_path: Path
) -> None:
    """`python -m tests.batch_rounds` shows the rounds for other seeds."""
    assert round_trip(tmp_path, seed=1) <= 4
    standing = stand(find_reports(REPORTS), engine(tmp_path))
    assert (standing.papers, standing.openings) == ({"verified": 55}, {"verified": 5})
    done = run(
        "week", str(REPORTS), "--week", "2026-W01", "--offline", "--model", MODEL, "--store",
        str(tmp_path / "runs.db"), "-o", "out", "--json",
    )  # fmt: skip
    assert done.code == 0, done.err
    document = json.loads(done.out)
    assert (document["requests"], document["verified"]) == (0, 38)
    for name in ("newsletter.md", "newsletter.html"):
        assert without_bill(tmp_path / "out" / name) == without_bill(direct / name)


def without_bill(path: Path) -> str:
    """Re-asks cost tokens, and the draft says how many."""
    return re.sub(r"[\d,]+ tokens sent, [\d,]+ received", "", path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The draft of the week made from the cassettes."""
    from click.testing import CliRunner

    from digestlib.cli import main

    folder = tmp_path_factory.mktemp("direct")
    arguments = ["week", str(REPORTS), "--week", "2026-W01", "--replay", "-q", "-o", str(folder)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return folder


# ---------------------------------------------------------------- export


def test_the_id_is_the_stores_key_and_the_body_what_the_client_sends(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    assert len(lines) == 17
    for line in lines:
        paper = example_papers()[line["body"]["messages"][1]["content"].split()[2]]
        body = canonical(summary_request(paper), model=MODEL)
        assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
        assert line["body"] == body
        assert line["custom_id"] == request_key(body, "summary/v1")
        assert list(line["body"]) == list(body)


def test_shards_are_bounded_by_lines_and_by_bytes(tmp_path: Path) -> None:
    by_lines = export(tmp_path, DAY, limits=Limits(lines=5))
    assert [shard.lines for shard in by_lines.shards] == [5, 5, 5, 2]
    by_bytes = export(tmp_path, DAY, limits=Limits(bytes=60_000), release=True)
    assert all(shard.bytes <= 60_000 for shard in by_bytes.shards)
    assert sum(shard.lines for shard in by_bytes.shards) == 17
    manifest = json.loads((tmp_path / "batch" / "manifest.json").read_text(encoding="utf-8"))
    assert [shard["round"] for shard in manifest["shards"]] == [1] * 4 + [2] * len(by_bytes.shards)


def test_no_line_has_a_character_that_python_would_split_at(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    text = DAY.read_text(encoding="utf-8")
    report.write_text(text.replace("提出", "提\u2028\x85出"), encoding="utf-8")
    (shard,) = export(tmp_path, report).shards
    written = (tmp_path / "batch" / shard.name).read_text(encoding="utf-8")
    assert len(written.splitlines()) == 17
    assert any(
        "\u2028" in line["body"]["messages"][1]["content"]
        for line in map(json.loads, written.splitlines())
    )


def test_what_is_out_or_answered_does_not_leave_again(tmp_path: Path) -> None:
    first = export(tmp_path, DAY)
    assert export(tmp_path, DAY).shards == ()
    assert len(lines_of(tmp_path, export(tmp_path, DAY, release=True))) == 17
    answers = [answered(line) for line in lines_of(tmp_path, first)[:10]]
    import_replies([reply_with(tmp_path, answers)], tmp_path / "runs.db")
    assert len(lines_of(tmp_path, export(tmp_path, DAY, copies=1))) == 7


def test_what_is_taken_back_by_hand_was_neither_tried_nor_lost(tmp_path: Path) -> None:
    """A lossy engine had the first shard only: the others leave as for the first time, however often."""
    first = export(tmp_path, DAY, limits=Limits(lines=5), openings=())
    replies = [answered(line) for line in lines_of(tmp_path, first)[:4]]
    import_replies([reply_with(tmp_path, replies)], tmp_path / "runs.db")
    assert len(lines_of(tmp_path, export(tmp_path, DAY, openings=()))) == 3, (
        "the lost one in copies"
    )
    for _ in range(5):
        standing = export(tmp_path, DAY, openings=(), release=True)
        assert standing.papers == {"to_ask": 12, "to_retry": 1, "verified": 4}
        assert len(lines_of(tmp_path, standing)) == 12 + 3


def test_of_two_exports_at_once_one_waits_for_the_other(tmp_path: Path) -> None:
    call = ("batch", "export", str(DAY), "--model", MODEL, "--json", "-o")
    both = [start_in(tmp_path, *call, folder) for folder in ("one", "other")]
    written = [json.loads(process.communicate()[0])["outputs"] for process in both]
    assert sorted(map(len, written)) == [0, 1]


def test_an_answer_of_a_direct_run_is_not_exported(tmp_path: Path) -> None:
    with Session(Settings(mode="replay", store=tmp_path / "runs.db"), "papers") as session:
        summarise(load(DAY), session, prompts=Prompts())
    standing = export(tmp_path, DAY, openings=())
    assert (standing.papers, standing.shards) == ({"verified": 17}, ())


def test_an_export_that_was_cut_short_leaves_nothing_out(tmp_path: Path) -> None:
    """Rows that were written before their shard got its name do not count."""
    with Store(tmp_path / "runs.db") as store:
        asked = Asked("ab" * 32, "summary/v1", "2601.02439", MODEL, "json_schema", ())
        Ledger(store).note_requests([asked], "round-1-001.jsonl")
        assert Ledger(store).verdict("ab" * 32, mode="json_schema")[0] == "new"


def test_an_export_that_is_killed_is_gone_on_with_and_leaves_nothing_behind(tmp_path: Path) -> None:
    write_archive(tmp_path / "reports", 20)
    call = ("batch", "export", "reports", "--model", MODEL, "--shard-lines", "50", "-o", "batch")
    process = start_in(tmp_path, *call, "--processes", "1", "--opening", "none")
    while process.poll() is None and not list((tmp_path / "batch").glob("round-1-00[3-9].jsonl")):
        time.sleep(0.01)
    process.kill()
    process.communicate()
    chosen = Engine(store=tmp_path / "digest.db", model=MODEL, openings=())
    export_requests(find_reports(tmp_path / "reports"), chosen, tmp_path / "batch")
    files = sorted((tmp_path / "batch").iterdir())
    assert files[0].name == "manifest.json", "and no draft before it"
    lines = [line for file in files[1:] for line in file.read_text("utf-8").splitlines()]
    assert len(lines) == len({json.loads(line)["custom_id"] for line in lines}) == 500


def test_a_shard_that_has_its_name_and_is_not_yet_noted_is_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plug is pulled between the two."""
    write_archive(tmp_path / "reports", 4)
    chosen = Engine(store=tmp_path / "digest.db", model=MODEL, openings=())
    exported = partial(
        export_requests, find_reports(tmp_path / "reports"), chosen, tmp_path / "batch",
        limits=Limits(lines=40),
    )  # fmt: skip
    with monkeypatch.context() as patch:
        noted = Ledger.note_shard

        def pull_the_plug(self: Ledger, shard: Shard) -> None:
            if shard.name.endswith("002.jsonl"):
                raise KeyboardInterrupt
            noted(self, shard)

        patch.setattr(Ledger, "note_shard", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            exported()
    assert (tmp_path / "batch" / "round-1-002.jsonl").exists()
    exported()
    files = (tmp_path / "batch").glob("round-*.jsonl")
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    assert len(lines) == len({json.loads(line)["custom_id"] for line in lines}) == 100


def test_a_week_that_is_done_is_looked_at_again_only_when_something_changes(tmp_path: Path) -> None:
    report = shutil.copy(DAY, tmp_path / "day.md")
    lines = lines_of(tmp_path, export(tmp_path, report, openings=()))
    import_replies([reply_with(tmp_path, list(map(answered, lines)))], tmp_path / "runs.db")
    settled = "SELECT count(*) FROM batch_done"
    for _ in range(2):
        assert export(tmp_path, report, openings=()).papers == {"verified": 17}
        with Store(tmp_path / "runs.db") as store:
            assert store.rows(settled)[0][0] == 17 + 1
    with Store(tmp_path / "runs.db") as store:
        store.forget(lines[0]["custom_id"])
    assert "verified" in export(tmp_path, report, openings=()).papers
    report.write_text(report.read_text(encoding="utf-8").replace("显著", "明显"), encoding="utf-8")
    assert export(tmp_path, report, openings=()).papers.get("to_ask", 0) > 0


def test_a_paper_that_is_done_is_not_looked_at_again_while_its_week_is_not(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY))
    import_replies([reply_with(tmp_path, list(map(answered, lines[1:])))], tmp_path / "runs.db")
    assert export(tmp_path, DAY).papers == {"to_retry": 1, "verified": 16}
    with Store(tmp_path / "runs.db") as store:
        store.write("UPDATE answers SET answer = 'never read again'")
    assert export(tmp_path, DAY).papers == {"out": 1, "verified": 16}
    with Store(tmp_path / "runs.db") as store:
        store.forget(lines[1]["custom_id"])
    assert "verified" not in export(tmp_path, DAY).papers


@pytest.mark.parametrize("how", SPOILED)
def test_late_requests_leave_an_engine_that_loses_lines_in_copies(tmp_path: Path, how: str) -> None:
    """The first good copy is the answer; a spoiled one gives way to it, whatever comes first."""
    first = lines_of(tmp_path, export(tmp_path, DAY, openings=()))
    import_replies([reply_with(tmp_path, list(map(answered, first[3:])))], tmp_path / "runs.db")
    copies = lines_of(tmp_path, export(tmp_path, DAY, openings=()))
    assert [line["custom_id"][64:] for line in copies] == ["", "-2", "-3"] * 3
    assert copies[::3] == first[:3]
    replies = [SPOILED[how](copies[2]), FAILURES["error"](copies[0]), answered(copies[1])]
    for order in (replies, replies[::-1]):
        import_replies([reply_with(tmp_path, order)], tmp_path / "runs.db")
        standing = stand(find_reports(DAY), engine(tmp_path, openings=()))
        assert standing.papers == {"to_retry": 2, "verified": 15}


def test_an_export_with_copies_says_how_many_requests_they_are(run, tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY, openings=()))
    import_replies([reply_with(tmp_path, list(map(answered, lines[3:])))], tmp_path / "runs.db")
    said = run("batch", "export", str(DAY), "--model", MODEL, "--store", "runs.db").err
    assert "9 lines for 3 requests" in said


def test_a_better_answer_has_all_looked_at_again(tmp_path: Path) -> None:
    lines = lines_of(tmp_path, export(tmp_path, DAY, openings=()))
    spoiled = SPOILED[sorted(SPOILED)[0]](lines[0])
    first = [spoiled, *map(answered, lines[1:])]
    import_replies([reply_with(tmp_path, first)], tmp_path / "runs.db")
    export(tmp_path, DAY, openings=())
    with Store(tmp_path / "runs.db") as store:
        assert len(store.rows("SELECT * FROM batch_done")) == 16
    import_replies([reply_with(tmp_path, [answered(lines[0])])], tmp_path / "runs.db")
    with Store(tmp_path / "runs.db") as store:
        assert store.rows("SELECT * FROM batch_done") == []
    standing = stand(find_reports(DAY), engine(tmp_path, openings=()))
    assert standing.papers == {"verified": 17}


def test_a_dependable_engine_gets_no_copies() -> None:
    assert [copies_for(loss, 3) for loss in (0, 0.01, 0.02, 0.15, 0.5, 1)] == [1, 1, 2, 3, 3, 3]
    assert copies_for(0.5, 1) == 1


# ---------------------------------------------------------------- the commands


def test_the_round_trip_by_hand(run, tmp_path: Path) -> None:
    """Export, run, import, twice; status says what is left; the draft asks nothing."""
    shutil.copy(DAY, tmp_path / "day.md")
    common = ("day.md", "--model", MODEL, "--json")
    first = json.loads(run("batch", "export", *common, "--shard-lines", "10").out)
    assert first["outputs"] == ["batch/round-1-001.jsonl", "batch/round-1-002.jsonl"]
    assert json.loads(run("batch", "status", *common).out)["papers"] == {"out": 17}
    said = run("batch", "status", "day.md", "--model", MODEL).out
    assert "round-1-001.jsonl is out: 10 lines\nround-1-002.jsonl is out: 7 lines\n" in said
    assert [path.name for path in tmp_path.glob("digest.db*")] == ["digest.db"], "can be copied"
    for outputs in (first["outputs"], None):
        shards = outputs or json.loads(run("batch", "export", *common).out)["outputs"]
        run_shards([tmp_path / shard for shard in shards], tmp_path / "results", 1, faulty=False)
        assert run("batch", "import", *map(str, (tmp_path / "results").iterdir())).code == 0
    status = run("batch", "status", "day.md", "--model", MODEL)
    assert status.out.split() == [
        "17",
        "papers",
        "17",
        "verified",
        "2",
        "openings",
        "2",
        "verified",
    ]
    for command, output in (("day", "out"), ("papers", "p.md")):
        done = run(command, *common, "--offline", "-o", output)
        assert (done.code, json.loads(done.out)["requests"]) == (0, 0)


def test_without_an_endpoint_the_store_answers_for_a_model_that_it_knows(
    run, tmp_path: Path
) -> None:
    """After a batch nothing needs a key, on any reports; what is missing is not replayed either."""
    write_archive(tmp_path / "reports", 1, per_report=4)
    with (tmp_path / "answers.jsonl").open("w", encoding="utf-8") as file:
        (shard,) = export(tmp_path, tmp_path / "reports").shards
        lines = (tmp_path / "batch" / shard.name).read_text(encoding="utf-8").splitlines()
        file.writelines(archive_answers(iter(lines[:3])))
    import_replies([tmp_path / "answers.jsonl"], tmp_path / "runs.db")
    call = ("papers", "reports", "--store", "runs.db", "-o", "p.md", "--limit", "4", "--model")
    done = run(*call, MODEL)
    assert "Note: no endpoint configured: answers come from the store alone" in done.err
    assert (done.code, f"the store holds no answer of '{MODEL}'; set OPENAI" in done.err) == (
        4,
        True,
    )
    done = run(*call, MODEL, "--limit", "3")
    assert (done.code, "3 verified" in done.err) == (0, True), done.err
    assert "replaying" in run(*call, "another").err


def test_offline_many_papers_without_an_answer_are_one_line(run, tmp_path: Path) -> None:
    done = run("papers", str(DAY), "--model", MODEL, "--offline", "--json", "-o", "p.md")
    failed = [line for line in done.err.splitlines() if line.startswith("Failed: ")]
    named = json.loads(done.out)["failed"]
    assert len(named) > 10
    assert len(failed) == 1
    assert f"and {len(named) - 3} more" in failed[0]


def test_offline_a_paper_without_an_answer_fails_by_name(run, tmp_path: Path) -> None:
    done = run("papers", str(DAY), "--model", MODEL, "--offline", "--limit", "1", "-o", "p.md")
    assert done.code == 3
    assert "the store holds no answer" in done.err
