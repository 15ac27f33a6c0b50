"""The command: what it writes, what it says where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from digestlib.errors import OutputError
from digestlib.output import write_file

from .command import Done, live
from .reference_answers import REPORTS, answer_to
from .reference_server import Fault, ReferenceServer

W01 = [str(REPORTS / "2025-12-30.md"), str(REPORTS / "2026-01-01.md")]
NOWHERE = "http://127.0.0.1:9/v1"
DAY = str(REPORTS / "2026-01-07.md")


def one_line(done: Done) -> str:
    """The error: one line, no traceback, nothing on stdout."""
    assert done.out == ""
    assert "Traceback" not in done.err
    (line,) = [line for line in done.err.splitlines() if line.startswith("Error: ")]
    return line


def test_a_week_is_drafted_from_the_recorded_answers_and_says_so(run, tmp_path: Path) -> None:
    done = run("week", *W01, "--week", "2026-W01", "-o", "out", "--json")
    assert done.code == 0, done.err
    assert "replaying the recorded reference answers" in done.err
    document = json.loads(done.out)
    assert document["papers"] == 38 == document["verified"] + document["flagged"]
    assert document["failed"] == []
    assert [Path(path).name for path in document["outputs"]] == [
        "newsletter.md",
        "newsletter.html",
        "newsletter.txt",
        "web.html",
        "review.html",
        "week.json",
        "newsletter.eml",
    ]
    for path in document["outputs"]:
        assert (tmp_path / path).stat().st_size > 10_000
    assert not (tmp_path / "digest.db").exists()


def test_a_day_is_drafted_by_default_the_latest(run, tmp_path: Path) -> None:
    done = run("day", *W01, DAY, "-o", "out", "--quiet")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert json.loads((tmp_path / "out/week.json").read_text())["period"] == "2026-01-07"


def test_papers_go_to_stdout_and_everything_else_to_stderr(run) -> None:
    done = run("papers", DAY, "--id", "2601.02439")
    assert done.code == 0
    assert "WebGym" in done.out
    assert "Note:" not in done.out
    assert "1 paper: 1 verified" in done.err


def test_named_papers_as_json_hold_their_trace(run) -> None:
    done = run("papers", DAY, "--id", "2601.02439", "--format", "json", "--quiet")
    (paper,) = json.loads(done.out)
    assert paper["id"] == "2601.02439"
    assert {"近30万个", "26.2%"} <= {figure["source"] for figure in paper["figures"]}


def test_the_same_draft_comes_from_a_live_endpoint_and_a_second_run_asks_nothing(
    run, server: ReferenceServer, tmp_path: Path
) -> None:
    day = ("day", DAY, "--json", "--store", "s.db")
    assert run("day", DAY, "-o", "replayed", "--quiet").code == 0
    first = json.loads(run(*live(server, *day), "-o", "live", OPENAI_API_KEY="k").out)
    asked = len(server.bodies)
    second = json.loads(run(*live(server, *day), "-o", "again", OPENAI_API_KEY="k").out)
    assert (first["requests"], first["cached"]) == (18, 0)
    assert (second["requests"], second["cached"]) == (0, 18)
    assert len(server.bodies) == asked == 18
    for name in ("newsletter.md", "newsletter.html"):
        texts = {(tmp_path / d / name).read_text() for d in ("replayed", "live", "again")}
        assert len(texts) == 1, name


def test_a_bad_key_is_one_line_that_says_what_to_set(run) -> None:
    with ReferenceServer(answer_to, faults=lambda n, body: Fault(status=401)) as refusing:
        done = run(*live(refusing, "day", DAY, "-o", "out"), OPENAI_API_KEY="wrong-canary")
    assert done.code == 4
    assert "OPENAI_API_KEY" in one_line(done)
    assert "canary" not in done.err


def test_a_dead_endpoint_is_one_line_and_nothing_is_written(run, tmp_path: Path) -> None:
    done = run("day", DAY, "-o", "out", "--base-url", NOWHERE, "--model", "m")
    assert done.code == 4
    assert NOWHERE in one_line(done)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("week", DAY, "--week", "2026-W40"), 2, "there are 2026-W02"),
        (("week", DAY, "--week", "soon"), 2, "write it as YYYY-Www"),
        (("week", DAY, "--from", "soon"), 2, "write it as YYYY-MM-DD"),
        (("week", DAY, "--jobs", "1000"), 2, "1<=x<=256"),
        (("week", DAY, "--store", "none/s.db"), 1, "none/s.db: No such file or directory; make it"),
        (("day", DAY, "--date", "2026-02-01"), 2, "there are 2026-01-07"),
        (("papers", DAY, "--id", "2601.99999"), 2, "no paper '2601.99999'"),
        (("week", "empty"), 1, "empty"),
        (("week", "nowhere"), 1, "nowhere"),
        (("week", "not-there/*.md"), 1, "not-there"),
        (("week", DAY, "-o", "file/out"), 1, "cannot be written"),
        (("papers", DAY, "--live"), 4, "--model"),
        (("papers", DAY, "--live", "--model", "m"), 4, "OPENAI_API_KEY"),
        (("papers", DAY, "--prompts", "none"), 2, "no such folder"),
        (
            ("papers", DAY, "--base-url", NOWHERE, "--model", "unheard-of", "--max-cost", "1"),
            6,
            "--prices",
        ),
        (("runs",), 1, "no such store"),
        (("check", "file", "notes"), 1, "no report in notes"),
        (("plan", "notes"), 2, "no report in notes"),
        (("compare", DAY, "--topic", "sports"), 2, "no topic 'sports'"),
    ],
    ids=lambda value: "-".join(value)[:40] if isinstance(value, tuple) else None,
)
def test_an_error_is_one_line_that_says_what_to_do(
    run, tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("Words.", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "todo.md").write_text("Milk.", encoding="utf-8")
    done = run(*arguments)
    assert done.code == code, done.err
    assert says in one_line(done)
    assert not list(tmp_path.glob("**/newsletter*"))


def test_a_report_without_recorded_answers_names_what_to_set(run, tmp_path: Path) -> None:
    text = Path(DAY).read_text(encoding="utf-8").replace("26.2%", "26.3%")
    (tmp_path / "new.md").write_text(text, encoding="utf-8")
    done = run("papers", "new.md", "--id", "2601.02439")
    assert done.code == 4
    assert "OPENAI_API_KEY" in one_line(done)


def test_a_failed_paper_is_named_and_the_draft_is_written(
    run, server: ReferenceServer, tmp_path: Path
) -> None:
    def spoiled(body: dict) -> str:
        text = answer_to(body)
        return "no JSON" if "2601.02439" in text[:60] else text

    with ReferenceServer(spoiled) as bad:
        done = run(*live(bad, "papers", DAY, "--json", "-o", "papers.md"), OPENAI_API_KEY="k")
    assert done.code == 3
    document = json.loads(done.out)
    assert [failure["id"] for failure in document["failed"]] == ["2601.02439"]
    assert document["papers"] == document["verified"] + document["flagged"] + 1 == 17
    assert "Failed: 2601.02439" in done.err
    assert "WebGym" in (tmp_path / "papers.md").read_text()


def test_reports_that_cannot_be_read_are_named_again_when_all_is_done(run, tmp_path: Path) -> None:
    (tmp_path / "mixed").mkdir()
    (tmp_path / "mixed/GOOD.MD").write_bytes(Path(DAY).read_text(encoding="utf-8").encode("utf-16"))
    (tmp_path / "mixed/empty.md").write_bytes(b"")
    (tmp_path / "mixed/picture.md").write_bytes(bytes(range(256)) * 9)
    done = run("day", "mixed", "-o", "out")
    assert done.code == 3
    assert (tmp_path / "out/newsletter.md").is_file()
    assert done.err.splitlines()[-2:] == [
        "Failed: mixed/empty.md: the file is empty",
        "Failed: mixed/picture.md: not a text file; give the report as Markdown or plain text",
    ]


def test_an_unreadable_file_does_not_stop_the_others(run, tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"")
    done = run("papers", DAY, "broken.md", "--id", "2601.02439")
    assert done.code == 0, done.err
    assert "broken.md: the file is empty" in done.err
    assert "WebGym" in done.out


def test_the_budget_stops_before_the_request_that_would_cross_it(
    run, server: ReferenceServer, tmp_path: Path
) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text('[models."reference-answers"]\ninput = 10\noutput = 10\n', encoding="utf-8")
    done = run(
        *live(server, "papers", DAY, "--max-cost", "0.1", "--jobs", "1", "--prices", "prices.toml"),
        OPENAI_API_KEY="k",
    )
    assert done.code == 6
    assert "Error: the next request could cost $" in done.err
    assert 0 < len(server.bodies) < 17


def test_parse_prints_the_contract(run) -> None:
    done = run("parse", str(REPORTS), "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    papers = [paper for digest in document["digests"] for paper in digest["papers"]]
    assert [digest["date"] for digest in document["digests"]] == [
        "2025-12-30",
        "2026-01-01",
        "2026-01-07",
    ]
    assert len(papers) == 55
    texts = [part["text"] for paper in papers for part in paper["sections"].values()]
    assert len(texts) == 275
    assert all(texts)
    assert not any(digest["problems"] for digest in document["digests"])


def test_parse_of_an_unreadable_file_exits_1_and_shows_the_rest(run, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes(b"\x00\x01\x02" * 100)
    done = run("parse", "bad.md", DAY)
    assert done.code == 1
    assert "17 papers" in done.out
    assert "bad.md" in done.err


def test_a_plan_asks_nothing_and_knows_the_price(run, server: ReferenceServer) -> None:
    done = run("plan", DAY, "--live", "--model", "gpt-4o-mini", "--json")
    assert done.code == 0, done.err
    plan = json.loads(done.out)
    assert (plan["papers"], plan["requests"], plan["cached"]) == (17, 18, 0)
    assert 0 < plan["cost_usd"][0] < plan["cost_usd"][1]
    unknown = json.loads(run("plan", DAY, "--live", "--model", "unheard-of", "--json").out)
    assert unknown["cost_usd"] is None


def test_the_price_is_known_before_there_is_a_key(run) -> None:
    least, most = json.loads(run("plan", DAY, "--model", "gpt-4o-mini", "--json").out)["cost_usd"]
    assert 0 < least < most


def test_a_plan_after_a_run_finds_everything_in_the_store(run, server: ReferenceServer) -> None:
    def planned() -> tuple[int, int, float]:
        arguments = ("--live", "--model", "reference-answers", "--store", "s.db", "--json")
        plan = json.loads(run("plan", DAY, *arguments).out)
        return plan["requests"], plan["cached"], plan["cached_share"]

    assert run(*live(server, "papers", DAY, "--store", "s.db"), OPENAI_API_KEY="k").code == 0
    assert planned() == (1, 17, 0.9444)
    assert run(*live(server, "day", DAY, "--store", "s.db"), OPENAI_API_KEY="k").code == 0
    asked = len(server.bodies)
    assert planned() == (0, 18, 1.0)
    assert len(server.bodies) == asked


def test_a_run_costs_what_its_plan_said(run, server: ReferenceServer, tmp_path: Path) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text('[models."reference-answers"]\ninput = 1\noutput = 10\n', encoding="utf-8")
    priced = (*live(server), "--prices", "prices.toml", "--json")
    low, high = json.loads(run("plan", DAY, *priced).out)["cost_usd"]
    assert low <= json.loads(run("day", DAY, *priced).out)["cost_usd"] <= high
    assert high < 5 * low


def test_runs_are_listed_with_what_they_used(run, server: ReferenceServer) -> None:
    run(*live(server, "papers", DAY, "--id", "2601.02439"), OPENAI_API_KEY="k")
    (logged,) = json.loads(run("runs", "--json").out)
    assert (logged["command"], logged["papers"], logged["requests"]) == ("papers", 1, 1)
    names, row = run("runs").out.splitlines()
    assert names.split()[:4] == ["run", "started", "seconds", "command"]
    assert row.split()[-1] == "done"


def test_settings_come_from_digest_toml_and_flags_win(run, tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text('format = "json"\nquiet = true\n', encoding="utf-8")
    done = run("papers", DAY, "--id", "2601.02439")
    assert done.err == ""
    assert done.out.startswith("[")
    assert run("papers", DAY, "--id", "2601.02439", "--format", "md").out.startswith("#")


def test_a_try_that_takes_longer_than_the_timeout_is_made_again(run) -> None:
    slow_once = ReferenceServer(answer_to, faults=[Fault(delay_s=1.5)])
    with slow_once as server:
        papers = live(server, "papers", DAY, "--id", "2601.02439", "--quiet")
        done = run(*papers, OPENAI_API_KEY="k", DIGEST_TIMEOUT="1")
        assert (done.code, len(server.bodies)) == (0, 2)


def test_prompts_are_listed_shown_and_rendered(run) -> None:
    assert "summary/v1" in run("prompts", "list").out.split()
    assert "{% block system %}" in run("prompts", "show", "summary").out
    assert "⟦q1:" in run("prompts", "render", DAY, "--id", "2601.02439").out


def test_no_arguments_show_the_help_and_are_no_failure(run) -> None:
    done = run()
    assert done.code == 0
    assert done.out.startswith("Usage: digest-summarise")


def test_an_unknown_option_is_wrong_use(run) -> None:
    done = run("week", "--wek", "2026-W01")
    assert done.code == 2
    assert "--wek" in done.err


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    command = f"{sys.executable} -m digestlib parse {REPORTS} --json | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert done.stderr == ""


@pytest.mark.parametrize("command", [("parse", DAY, "--json"), ("papers", DAY, "--quiet")])
def test_no_space_behind_stdout_is_one_line(command: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "digestlib", *command],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "Error: stdout: No space left on device\n")


def test_check_prints_both_sides_and_exits_5(run, tmp_path: Path) -> None:
    assert run("day", DAY, "-o", "out", "--quiet").code == 0
    assert run("check", "out/newsletter.md", DAY, "--quiet").code == 0
    draft = tmp_path / "out/newsletter.md"
    text = draft.read_text(encoding="utf-8").replace("nearly 300,000", "nearly 30,000")
    draft.write_text(text, encoding="utf-8")
    done = run("check", "out/newsletter.md", DAY)
    assert done.code == 5
    assert "out/newsletter.md:" in done.out
    assert "近30万个" in done.out
    assert "2026-01-07.md:" in done.out
    findings = json.loads(run("check", "out/newsletter.md", DAY, "--json").out)
    assert {"file", "line", "report", "rule", "severity", "message"} <= set(findings[0])


def test_check_compares_a_plain_pair(run, tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("近30万个任务", encoding="utf-8")
    (tmp_path / "en.txt").write_text("\nNearly 30,000 tasks.\n", encoding="utf-8")
    done = run("check", "en.txt", "zh.txt")
    assert (done.code, done.err) == (5, "")
    assert done.out.startswith("en.txt:2: critical: scale: ")
    (tmp_path / "en.txt").write_text("Tasks.", encoding="utf-8")
    assert run("check", "en.txt", "zh.txt").code == 0
    assert run("check", "en.txt", "zh.txt", "--complete").code == 5


def test_a_draft_in_the_folder_is_not_read_back_as_a_report(run, tmp_path: Path) -> None:
    (tmp_path / "day.md").write_text(Path(DAY).read_text(encoding="utf-8"), encoding="utf-8")
    assert run("day", "-o", "out").code == 0
    assert json.loads(run("plan", "--json").out)["papers"] == 17
    parsed = run("parse", ".", "--json")
    assert [len(digest["papers"]) for digest in json.loads(parsed.out)["digests"]] == [17]
    named = run("parse", "out/newsletter.md")
    assert (named.code, "a draft that digestlib wrote" in named.err) == (1, True)


def test_an_edited_draft_is_kept_before_it_is_written_over(run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/newsletter.md").write_text("my edits", encoding="utf-8")
    done = run("day", DAY, "-o", "out")
    assert done.code == 0
    assert "kept as out/newsletter.md.~1~" in done.err
    assert (tmp_path / "out/newsletter.md.~1~").read_text(encoding="utf-8") == "my edits"
    assert "kept as" not in run("day", DAY, "-o", "out").err


def test_undated_reports_are_named_not_lost(run, tmp_path: Path) -> None:
    text = Path(W01[1]).read_text(encoding="utf-8").replace("2026-01-01", "some day")
    (tmp_path / "undated.md").write_text(text, encoding="utf-8")
    done = run("day", DAY, "undated.md", "-o", "out")
    assert done.code == 3
    assert "Failed: undated.md: has no date, so its 17 papers are in no draft" in done.err
    assert "undated.md" in (tmp_path / "out/newsletter.md").read_text(encoding="utf-8")


def test_the_budget_holds_at_any_number_of_jobs_and_lets_stored_answers_pass(
    run, server: ReferenceServer, tmp_path: Path
) -> None:
    prices = tmp_path / "prices.toml"
    prices.write_text('[models."reference-answers"]\ninput = 10\noutput = 10\n', encoding="utf-8")
    eight = ("papers", DAY, "--limit", "8", "--store", "s.db", "--prices", "prices.toml", "--json")
    asked = live(server, *eight)
    done = run(*asked, "--max-cost", "0.2", "--jobs", "16")
    assert done.code == 6
    assert 0 < len(server.bodies) < 8
    assert run(*asked).code == 0
    assert run(*asked, "--max-cost", "0").code == 0


@pytest.mark.parametrize("amount", ["nan", "-1", "inf", "much"])
def test_a_budget_must_be_an_amount(run, amount: str) -> None:
    done = run("papers", DAY, "--max-cost", amount)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_the_index_is_delivered_when_no_tables_can_be_proposed(run) -> None:
    def spoiled(body: dict) -> str:
        user = body["messages"][1]["content"]
        return answer_to(body) if user.startswith("Paper id") else "no JSON"

    with ReferenceServer(spoiled) as bad:
        done = run(*live(bad, "compare", *W01, DAY, "--store", "s.db"))
    assert done.code == 3
    assert done.out.startswith("### ")
    assert "no tables were proposed" in done.err


def test_outputs_are_written_together_or_not_at_all(run, tmp_path: Path) -> None:
    (tmp_path / "out/newsletter.html").mkdir(parents=True)
    done = run("day", DAY, "-o", "out")
    assert done.code == 1
    assert "newsletter.html: cannot be written" in one_line(done)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["newsletter.html"]


def test_a_full_disk_asks_for_space() -> None:
    with pytest.raises(OutputError, match=r"cannot be written \(No space.*\); free some space"):
        write_file(Path("/dev/full"), "# Draft\n")


def test_what_the_environment_sets_a_flag_overrides(run) -> None:
    done = run("papers", DAY, "--format", "json", "--quiet", DIGEST_LIMIT="2")
    assert len(json.loads(done.out)) == 2
    done = run("papers", DAY, "--format", "json", "--quiet", "--limit", "1", DIGEST_LIMIT="2")
    assert len(json.loads(done.out)) == 1
