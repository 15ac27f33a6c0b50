"""A run that the endpoint or the budget ends: what was answered is drafted, the rest is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .command import Done, live
from .reference_answers import REPORTS, answer_to, example_figures
from .reference_server import Fault, ReferenceServer

DAY = str(REPORTS / "2026-01-07.md")
PAPERS = 17
ANSWERED = 6
QUOTA = Fault(429, error={"code": "insufficient_quota", "message": "You exceeded your quota"})
PRICES = '[models."reference-answers"]\ninput = 10\noutput = 10\n'
Run = Callable[..., Done]


@pytest.fixture(scope="module", autouse=True)
def _figures() -> None:
    example_figures()


def ended(run: Run, fault: Fault, *command: str, after: int = ANSWERED) -> tuple[Done, int]:
    """A command against a server that answers so many and then none, and how many it got."""
    faults = [None] * after + [fault] * 500
    with ReferenceServer(answer_to, faults=faults, latency_s=0.02) as server:
        return run(*live(server, *command, "--jobs", "2")), len(server.bodies)


def last_line(done: Done) -> str:
    return done.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("command", "fault"), [("day", QUOTA), ("week", Fault(401))], ids=["no quota", "key refused"]
)
def test_what_was_answered_is_drafted_when_the_endpoint_answers_no_more(
    run: Run, tmp_path: Path, command: str, fault: Fault
) -> None:
    done, asked = ended(run, fault, command, DAY, "-o", "out", "--json")
    document = json.loads(done.out)
    assert done.code == 4
    assert asked <= ANSWERED + 2
    assert (document["papers"], document["requests"]) == (PAPERS, ANSWERED)
    assert document["verified"] + document["flagged"] == ANSWERED
    assert {failure["why"] for failure in document["failed"]} == {"the endpoint gave no answer"}
    assert len(document["failed"]) == PAPERS - ANSWERED
    draft = (tmp_path / "out/newsletter.md").read_text(encoding="utf-8")
    assert all(failure["id"] in draft for failure in document["failed"])
    assert draft.count("· not summarised") == PAPERS - ANSWERED
    assert "Not summarised: the endpoint gave no answer" in draft
    assert f"17 papers: {document['verified']} verified, " in done.err
    assert f"and {PAPERS - ANSWERED - 3} more: the endpoint gave no answer" in done.err
    assert len([line for line in done.err.splitlines() if line.startswith("Error: ")]) == 1
    assert "the same command goes on where this one stopped" in last_line(done)
    assert "6 of 17 papers have a summary" in last_line(done)


def test_the_next_run_pays_for_the_rest_only_and_its_draft_is_that_of_an_undisturbed_one(
    run: Run, tmp_path: Path
) -> None:
    day = ("day", DAY, "--store", "s.db", "--json")
    ended(run, QUOTA, *day, "-o", "out")
    with ReferenceServer(answer_to) as server:
        document = json.loads(run(*live(server, *day, "-o", "out")).out)
        assert (document["requests"], document["cached"]) == (PAPERS + 1 - ANSWERED, ANSWERED)
        assert run(*live(server, "day", DAY, "--store", "b.db", "-o", "whole")).code == 0
    for name in ("newsletter.md", "newsletter.html", "week.json", "newsletter.eml"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_papers_prints_what_is_there_names_the_rest_and_the_log_says_what_ended_it(
    run: Run,
) -> None:
    done, _ = ended(run, QUOTA, "papers", DAY)
    assert done.code == 4
    head, _, rest = done.out.partition("## Not summarised\n")
    assert head.count("\n## ") + head.count("\n### ") >= ANSWERED
    assert rest.partition("\n---")[0].count("\n- ") == PAPERS - ANSWERED
    assert "Error: " in done.err
    (logged,) = json.loads(run("runs", "--json").out)
    assert "You exceeded your quota" in logged["error"]
    assert (logged["papers"], logged["failed"]) == (PAPERS, PAPERS - ANSWERED)


@pytest.mark.parametrize("command", ["day", "week", "papers"])
def test_the_budget_leaves_a_draft_of_what_it_paid_for(
    run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "prices.toml").write_text(PRICES, encoding="utf-8")
    output = "papers.md" if command == "papers" else "out"
    with ReferenceServer(answer_to) as server:
        priced = ("--prices", "prices.toml", "--max-cost", "0.2", "--json", "-o", output)
        done = run(*live(server, command, DAY, *priced))
    document = json.loads(done.out)
    assert done.code == 6
    assert 0 < document["verified"] + document["flagged"] == len(server.bodies) < PAPERS
    assert document["cost_usd"] <= 0.2
    assert {failure["why"] for failure in document["failed"]} == {
        "--max-cost was reached before this was asked"
    }
    assert len(document["failed"]) == PAPERS - len(server.bodies)
    assert all(Path(tmp_path / path).stat().st_size for path in document["outputs"])
    assert len(document["outputs"]) == (1 if command == "papers" else 7)
    assert "is used; every answer so far is in the store" in done.err
    assert "what is stored is not paid for again" in last_line(done)


def test_an_end_before_the_opening_leaves_a_draft_without_one(run: Run, tmp_path: Path) -> None:
    done, _ = ended(run, QUOTA, "day", DAY, "-o", "out", "--json", after=PAPERS)
    assert done.code == 4
    assert json.loads(done.out)["failed"] == []
    assert "Failed: the opening of the issue: the endpoint gave no answer" in done.err
    assert "17 of 17 papers have a summary" in last_line(done)
    assert "Write the opening" in (tmp_path / "out/newsletter.md").read_text(encoding="utf-8")


def test_of_several_issues_those_with_an_answer_are_drafted_and_the_papers_of_all_are_counted(
    run: Run, tmp_path: Path
) -> None:
    days = ("--from", "2025-12-30", "--to", "2026-01-07")
    done, _ = ended(run, QUOTA, "day", str(REPORTS), *days, "-o", "out", "--json")
    document = json.loads(done.out)
    assert done.code == 4
    assert {Path(path).parent.name for path in document["outputs"]} == {"2025-12-30"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2025-12-30"]
    assert document["papers"] == 55 == ANSWERED + len(document["failed"])
    assert "6 of 55 papers have a summary" in last_line(done)


@pytest.mark.parametrize(
    ("command", "limit"), [("day", "0"), ("papers", "0.01"), ("trends", "0"), ("compare", "0")]
)
def test_where_nothing_was_answered_there_is_one_message_and_no_draft(
    run: Run, tmp_path: Path, command: str, limit: str
) -> None:
    (tmp_path / "prices.toml").write_text(PRICES, encoding="utf-8")
    with ReferenceServer(answer_to) as server:
        priced = ("--prices", "prices.toml", "--max-cost", limit)
        done = run(*live(server, command, DAY, *priced))
    assert (done.code, done.out, server.bodies) == (6, "", [])
    assert [line[:7] for line in done.err.splitlines()] == ["Error: "]
    assert not list(tmp_path.glob("out/*"))


@pytest.mark.parametrize("command", ["compare", "trends", "charts"])
def test_other_commands_deliver_what_is_there_too(run: Run, command: str) -> None:
    done, _ = ended(run, QUOTA, command, DAY)
    assert done.code == 4, done.err
    assert done.out or command == "charts"
    assert "6 of 17 papers have a summary" in last_line(done)


def test_a_new_report_among_recorded_ones_costs_only_itself(run: Run, tmp_path: Path) -> None:
    text = Path(DAY).read_text(encoding="utf-8").replace("26.2%", "26.3%")
    (tmp_path / "new.md").write_text(text, encoding="utf-8")
    done = run("papers", "new.md", "--json", "-o", "papers.md")
    document: dict[str, Any] = json.loads(done.out)
    assert (done.code, document["verified"]) == (4, PAPERS - 1)
    assert document["failed"] == [{"id": "2601.02439", "why": "no answer to this is recorded"}]
    assert "set OPENAI_API_KEY" in done.err


def test_a_decision_on_a_paper_that_has_no_summary_yet_waits_for_it(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    about = {"where": "headline.text", "was": "What it said", "action": "drop"}
    decisions = [{"paper_id": paper, **about} for paper in ("2601.02439", "2601.03233", "")]
    told = {"schema_version": "1", "issue": "2026-01-07", "decisions": decisions}
    (tmp_path / "out/decisions-2026-01-07.json").write_text(json.dumps(told), encoding="utf-8")
    done, _ = ended(run, QUOTA, "day", DAY, "-o", "out")
    assert done.code == 4
    (stale,) = (line for line in done.err.splitlines() if line.startswith("Stale: "))
    assert "2601.02439: headline.text: drop: its text has changed" in stale
    assert "2601.03233: headline.text: drop: waits for an answer" in done.err
    assert "the opening: headline.text: drop: waits for an answer" in done.err
