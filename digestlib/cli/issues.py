"""One issue after another: summarise, round up, write, and leave alone what is as it was."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from .deciding import decisions_path, read_decisions, say_stale
from .interrupts import was_interrupted
from .reporting import exit_by_outcome, few, report_run, require_some, warn_of_clipping
from .shared import read, session_for, summarised, texts_of

if TYPE_CHECKING:
    from ..decisions import Decision, Revision
    from ..editions import Outcome, Roundup
    from ..models import Digest, Summary
    from ..reports.archive import DatedFile
    from ..session import Session

Period = tuple[str, set[dt.date]]
"""Its name and the dates of its reports."""


class _Drafted(NamedTuple):
    """What is told of a period when all are done."""

    drafted: tuple[Outcome, ...]
    """As the editor decided."""
    asked: tuple[Outcome, ...]
    outputs: list[Path]
    lost: list[Digest]
    failure: str
    settled: bool
    """Whether nothing was said that the same run would say again, and nothing is missing."""
    anew: bool = True
    """Whether the outputs were written, not found as they were left."""


def draft_periods(
    kind: Literal["week", "day"],
    periods: Sequence[Period],
    reports: Sequence[DatedFile],
    output: Path,
    options: dict[str, Any],
    *,
    apart: bool,
) -> None:
    """Draft one period after another, each from its own reports; one is in memory at a time."""
    from ..output import require_writable

    undated = read([report.path for report in reports if report.date is None])
    require_writable(output)
    done: list[_Drafted] = []
    left = deque(periods)
    with session_for(options) as session:
        while left and not was_interrupted():
            name, dates = left.popleft()
            paths = [report.path for report in reports if report.date in dates]
            folder = output / name if apart else output
            done.append(_drafted({kind: name}, paths, undated, folder, session, options))
        drafted = [summary for each in done for summary in each.drafted]
        require_some(drafted, session)
        outputs = [path for each in done for path in each.outputs]
        kept = {path for each in done if not each.anew for path in each.outputs}
        report_run(drafted, session, outputs, options, kept=kept)
    failures = [each.failure for each in done if each.failure]
    if left:
        failures.append(f"not begun: {few(name for name, _ in left)}")
    lost = [digest for each in done for digest in each.lost]
    asked = [summary for each in done for summary in each.asked]
    exit_by_outcome(asked, [*lost, *undated], session, incomplete="; ".join(failures))


def _drafted(
    period: dict[str, str],
    paths: list[str],
    undated: Sequence[Digest],
    output: Path,
    session: Session,
    options: dict[str, Any],
) -> _Drafted:
    """Draft one period, unless all is as it was when it was drafted."""
    from ..unchanged import find_draft, keep_draft, made_from

    if session.store is None or undated or decisions_path(options, output, *period.values()):
        return _draft_period(period, read(paths), undated, output, session, options)
    asked = {name: value for name, value in options.items() if name not in _HOW_ONLY}
    inputs = [*paths, *filter(None, (asked["prompt_folder"], asked["prices"], asked["cassettes"]))]
    files = map(Path, [*inputs, *asked["glossary_files"]])
    key = made_from(asked | period | {"output": output}, files)
    if draft := find_draft(session.store, key):
        session.reuse(draft.answers)
        return _Drafted(draft.summaries, draft.summaries, draft.files, [], "", True, anew=False)
    before = len(session.keys)
    outcome = _draft_period(period, read(paths), undated, output, session, options)
    if outcome.settled:
        keep_draft(
            session.store,
            key,
            keys=session.keys[before:],
            files=outcome.outputs,
            summaries=outcome.drafted,
        )
    return outcome


_HOW_ONLY = frozenset(
    {"jobs", "timeout", "max_cost", "offline", "as_json", "quiet", "decisions_file"}
)
"""Options that no draft depends on."""


def _draft_period(
    period: dict[str, str],
    digests: Sequence[Digest],
    undated: Sequence[Digest],
    output: Path,
    session: Session,
    options: dict[str, Any],
) -> _Drafted:
    """Summarise, round up and write one period; nothing is written before all is there."""
    from ..decisions import apply_decisions
    from ..editions import outcome_of
    from ..periods import each_paper_once
    from ..selection import only

    decided = read_decisions(options, output, *period.values())
    chosen = only(digests, (), options["limit"])
    summaries = summarised(chosen, session, options)
    lost = [digest for digest in digests if not digest.papers]
    if session.is_over and not any(summary.summary for summary in summaries):
        told = tuple(map(outcome_of, each_paper_once(summaries)[0]))
        return _Drafted(told, told, [], lost, "", settled=False)
    issue = _issue(period, summaries, chosen, undated, session, options)
    revision = apply_decisions(issue, decided, chosen, glossary=texts_of(options)["glossary"])
    texts = _drafts(issue, revision, chosen)
    outputs = _written(output, texts)
    warned = warn_of_clipping(len(texts["newsletter.html"].encode()))
    failures = [
        issue.failure and f"the opening of the issue: {issue.failure}",
        say_stale(_without_waiting(revision.stale, issue), "its text has changed"),
    ]
    drafted, asked = (
        tuple(map(outcome_of, each)) for each in (revision.week.summaries, issue.summaries)
    )
    failure = "; ".join(filter(None, failures))
    untold = not (failure or lost or issue.comparisons_failure or warned or issue.problems)
    settled = untold and all(summary.state != "failed" for summary in asked)
    return _Drafted(drafted, asked, outputs, lost, failure, settled)


def _issue(
    period: dict[str, str],
    summaries: Sequence[Summary],
    digests: Sequence[Digest],
    undated: Sequence[Digest],
    session: Session,
    options: dict[str, Any],
) -> Roundup:
    """The issue as the model gave it."""
    from ..comparison import with_tables
    from ..prompts import Prompts
    from ..roundups import roundup
    from ..summaries import term_conflicts

    prompts = Prompts(options["prompt_folder"])
    issue = roundup(
        summaries,
        session,
        prompts=prompts,
        digests=[*digests, *undated],
        conflicts=term_conflicts(summaries, digests),
        **period,
    )
    proposing = session if options.get("tables") else None
    web_url = options["web_url"].replace("{issue}", issue.period)
    issue = issue.model_copy(update={"web_url": web_url})
    return with_tables(issue, proposing, digests=digests, prompts=prompts)


def _written(output: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the files of a draft; a newsletter.md that says something else is kept beside."""
    from ..output import keep_edited, write_files

    kept = keep_edited(output / "newsletter.md", texts["newsletter.md"])
    outputs = write_files(output, texts)
    if kept:
        click.echo(f"Note: the earlier newsletter.md says something else; kept as {kept}", err=True)
    return outputs


def _without_waiting(decisions: Sequence[Decision], issue: Roundup) -> list[Decision]:
    """Those on what is there; the others wait for a run that gets an answer, and are named."""
    from ..decisions import OPENING

    absent = {summary.id for summary in issue.summaries if not summary.summary}
    absent |= set() if issue.editorial else {OPENING}
    waiting = [decision for decision in decisions if decision.paper_id in absent]
    for decision in waiting:
        click.echo(f"Note: {decision}: waits for an answer, keep it for the next run", err=True)
    return [decision for decision in decisions if decision not in waiting]


def _drafts(issue: Roundup, revision: Revision, digests: Sequence[Digest]) -> dict[str, str]:
    """Every file of the draft: the issue as decided, and the page to decide on it."""
    from ..drafts import render
    from ..drafts.mail import newsletter as render_mail
    from ..drafts.review import render_review
    from ..profiles import profile_tables

    tables = [*issue.comparisons, *profile_tables(issue.summaries, digests)]
    texts = {
        "newsletter.md": render(revision.week, "md"),
        "newsletter.html": render(revision.week, "html"),
        "newsletter.txt": render(revision.week, "txt"),
        "web.html": render(revision.week, "web"),
        "review.html": render_review(issue, digests, tables, revision),
        "week.json": render(revision.week, "json"),
    }
    mail = render_mail(revision.week, text=texts["newsletter.txt"], html=texts["newsletter.html"])
    return texts | {"newsletter.eml": mail}
