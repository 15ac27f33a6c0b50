"""Archives: many periods in one call, only their own reports read, nothing rewritten in vain."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import throughput
from benchmarks.archive import report, write_archive
from benchmarks.batch_speed import measured
from digestlib.drafts.parsed import Parsed, render_report, render_reports
from digestlib.errors import DigestError
from digestlib.models import PaperReport
from digestlib.planning import plan_run
from digestlib.processes import spread
from digestlib.reports import load
from digestlib.reports.archive import by_week, find_reports
from digestlib.session import Settings

from .reference_answers import REPORTS, example_papers


def test_files_are_dated_as_their_digests_are() -> None:
    dated = {file.path: file.date for file in find_reports(REPORTS)}
    assert dated == {digest.path: digest.date for digest in load(REPORTS)}
    assert [(week, len(paths)) for week, paths in by_week(find_reports(REPORTS))] == [
        ("2026-W01", 2),
        ("2026-W02", 1),
    ]


def test_what_cannot_be_dated_comes_last_and_is_in_no_span(tmp_path: Path) -> None:
    shutil.copytree(REPORTS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "0.md").write_bytes(b"\x00\x01\x02")
    (tmp_path / "notes.txt").write_text("no Chinese here, so no report", encoding="utf-8")
    assert [file.date for file in find_reports(tmp_path)][-1] is None
    assert len(find_reports(tmp_path)) == 4
    span = find_reports(tmp_path, first=dt.date(2026, 1, 1), last=dt.date(2026, 1, 6))
    assert [file.date for file in span] == [dt.date(2026, 1, 1)]


def test_the_weeks_of_a_span_go_into_folders_and_a_second_run_writes_nothing(
    run, tmp_path: Path
) -> None:
    call = ("week", str(REPORTS), "--from", "2025-12-01", "-o", "out", "--json", "-q")
    done = run(*call)
    assert done.code == 0, done.err
    assert json.loads(done.out)["papers"] == 55
    files = sorted((tmp_path / "out").rglob("*.*"))
    assert {file.parent.name for file in files} == {"2026-W01", "2026-W02"}
    before = [file.stat().st_mtime_ns for file in files]
    run(*call)
    assert [file.stat().st_mtime_ns for file in files] == before


def test_a_week_reads_only_its_own_reports(run, tmp_path: Path) -> None:
    shutil.copytree(REPORTS, tmp_path / "reports")
    other = tmp_path / "reports" / "2026-01-07.md"
    other.write_text(
        other.read_text(encoding="utf-8").replace("huggingface.co/papers/", "x/"), encoding="utf-8"
    )
    done = run("week", "reports", "--week", "2026-W01", "-o", "out")
    assert (done.code, "Warning" in done.err) == (0, False), done.err


def test_days_may_be_repeated_and_an_unknown_one_is_named(run, tmp_path: Path) -> None:
    call = ("day", str(REPORTS), "--date", "2025-12-30", "-o", "out", "-q", "--date")
    assert run(*call, "2026-01-07").code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "2025-12-30",
        "2026-01-07",
    ]
    done = run(*call, "2026-01-08")
    assert (done.code, "no report of 2026-01-08" in done.err) == (2, True)


@pytest.mark.parametrize("command", ["papers", "plan", "compare", "week"])
def test_a_span_without_reports_is_wrong_use(command: str, run) -> None:
    done = run(command, str(REPORTS), "--from", "2026-02-01", "--to", "2026-02-02")
    assert (done.code, "no report from 2026-02-01 to 2026-02-02" in done.err) == (2, True)


def test_a_span_that_ends_before_it_begins_is_told_as_such(run) -> None:
    done = run("plan", str(REPORTS), "--from", "2026-01-02", "--to", "2026-01-01")
    assert (done.code, "--from 2026-01-02 is after --to 2026-01-01" in done.err) == (2, True)


def test_a_made_archive_is_new_throughout_and_always_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_archive(tmp_path / name, 3, per_report=20)
    digests = load(tmp_path / "one")
    ids = [paper.id for digest in digests for paper in digest.papers]
    assert len(ids) == len(set(ids)) == 60
    assert not set(ids) & set(example_papers())
    assert len({digest.date for digest in digests}) == 3
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_an_archive_goes_out_and_comes_back_whole() -> None:
    """A small run of `benchmarks.batch_speed`; three of its papers have ranges with a fresh end."""
    found = measured(2)
    assert (found["papers"], found["states"]) == (50, {"verified": 50})


def test_a_report_on_standard_input_is_read_however_many_processes_share_the_rest(
    run, tmp_path: Path
) -> None:
    for week in range(5):
        day = dt.date(2015, 1, 1) + dt.timedelta(weeks=week)
        (tmp_path / f"{day}.md").write_text(report(day, per_report=1), encoding="utf-8")
    call = ("batch", "export", ".", "-", "--model", "any", "--processes", "2", "--json")
    done = run(*call, stdin=REPORTS / "2026-01-07.md")
    assert json.loads(done.out)["papers"] == {"to_ask": 5 + 17}, done.err


def test_parsing_and_checking_are_measured_in_turn() -> None:
    found = throughput.measured(2)
    assert found.bytes > 100_000
    assert min(found.parsing, found.checking) > 0


def test_processes_give_results_in_the_order_of_the_items() -> None:
    words = ["近", "近30万个", "", "任务"]
    for jobs in (1, 2):
        assert list(spread(len, words, jobs=jobs)) == [1, 5, 0, 2]


def test_parse_tells_a_report_before_the_next_is_read() -> None:
    read = []

    def reports() -> Iterator[Parsed]:
        for path in sorted(REPORTS.iterdir()):
            read.append(path)
            yield render_report(str(path), "json")

    pieces = render_reports(reports(), "json")
    assert [next(pieces)[:1], next(pieces)[:1], len(read)] == ["{", "\n", 1]
    whole = json.loads("".join(render_reports(reports(), "json")))
    assert [len(digest["papers"]) for digest in whole["digests"]] == [21, 17, 17]
    assert json.loads("".join(render_reports([], "json")))["digests"] == []


def test_a_plan_forgets_each_paper_before_it_takes_the_next() -> None:
    alive: list[weakref.ref[PaperReport]] = []

    def papers() -> Iterator[PaperReport]:
        for path in sorted(REPORTS.iterdir()):
            paper = load(path)[0].papers[0]
            assert [ref() for ref in alive[:-1]] == [None] * len(alive[:-1])
            alive.append(weakref.ref(paper))
            yield paper

    assert plan_run(papers(), Settings(mode="replay"), {}).papers == 3


def test_parse_takes_a_span_of_days(run) -> None:
    done = run("parse", str(REPORTS), "--from", "2026-01-01", "--json")
    dates = [digest["date"] for digest in json.loads(done.out)["digests"]]
    assert dates == ["2026-01-01", "2026-01-07"]


def test_an_export_by_two_processes_is_that_by_one(run, tmp_path: Path) -> None:
    write_archive(tmp_path / "reports", 24, per_report=1)
    common = ("batch", "export", "reports", "--model", "any", "--opening", "none")
    for jobs in "12":
        done = run(*common, "--processes", jobs, "--store", f"{jobs}.db", "-o", jobs)
        assert done.code == 0, done.err
    one, two = (tmp_path / name / "round-1-001.jsonl" for name in "12")
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().count(b"\n") == 24


def test_a_process_that_is_ended_from_outside_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(DigestError, match="--processes 1"):
        list(spread(os._exit, [1, 1, 1], jobs=2))


def test_no_process_is_left_behind_when_the_command_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import os\nfrom digestlib.processes import spread\n"
        "def work(item): return os.getpid()\n"
        "if __name__ == '__main__':\n"
        "    for pid in spread(work, range(10**9), jobs=2): print(pid, flush=True)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as command:
        assert command.stdout
        worker = int(command.stdout.readline())
        command.kill()
    until = time.monotonic() + 30
    while _is_there(worker) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _is_there(worker)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
