"""The commands that draft: `week`, `day` and `papers`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import click

from .deciding import decisions_option, read_decisions, say_stale
from .program import model_options, output_folder, paths_argument, span_options
from .reporting import deliver_text, exit_by_outcome, report_run, warn_of_clipping
from .shared import find, read, require_parent, session_for, summarised, texts_of

if TYPE_CHECKING:
    from ..decisions import Revision
    from ..editions import Roundup
    from ..models import Digest, Summary
    from ..reports.archive import DatedFile
    from ..session import Session


@click.command()
@paths_argument
@click.option("--week", "weeks", multiple=True, metavar="YYYY-Www", help="ISO week; may be repeated [default: the latest in PATHS].")  # fmt: skip
@span_options
@click.option("--tables/--no-tables", default=True, show_default=True, help="Ask for comparison tables as well: one more request.")  # fmt: skip
@output_folder
@decisions_option
@model_options
def week(
    paths: tuple[str, ...],
    weeks: tuple[str, ...],
    first: dt.date | None,
    last: dt.date | None,
    output: Path,
    **options: Any,
) -> None:
    """Draft the weekly newsletter: newsletter.md, .html and .txt, web.html, review.html, week.json.

    PATHS are report files, folders or globs (default: the current folder). Several weeks, or those
    of a span of days, go into a folder each: DIR/2026-W01.
    """
    from ..periods import select_period, weeks_of

    reports, dates = _dated(paths, first, last)
    spanned = weeks_of(dates) if first or last else [None]
    periods = [select_period(dates, week=name) for name in weeks or spanned]
    apart = bool(first or last or weeks[1:])
    _draft_periods("week", periods, reports, output, options, apart=apart)


@click.command()
@paths_argument
@click.option("--date", "days", multiple=True, metavar="YYYY-MM-DD", help="Day; may be repeated [default: the latest in PATHS].")  # fmt: skip
@span_options
@output_folder
@decisions_option
@model_options
def day(
    paths: tuple[str, ...],
    days: tuple[str, ...],
    first: dt.date | None,
    last: dt.date | None,
    output: Path,
    **options: Any,
) -> None:
    """Draft the English digest of one day, in the same files as `week`, or of several days."""
    from ..periods import select_period

    reports, dates = _dated(paths, first, last)
    spanned = sorted(dates) if first or last else sorted(dates)[-1:] or [dt.date.max]
    periods = [select_period(dates, day=name) for name in days or spanned]
    apart = bool(first or last or days[1:])
    _draft_periods("day", periods, reports, output, options, apart=apart)


@click.command()
@paths_argument
@click.option("--id", "ids", multiple=True, metavar="ID", help="Only this paper; may be repeated.")
@span_options
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True, help="Form of the summaries.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write here instead of stdout.")  # fmt: skip
@model_options
def papers(
    paths: tuple[str, ...],
    ids: tuple[str, ...],
    first: dt.date | None,
    last: dt.date | None,
    form: Literal["md", "json"],
    output: Path | None,
    **options: Any,
) -> None:
    """Summarise all papers, or the named ones."""
    from ..drafts import render_papers
    from ..selection import only

    digests = read(paths or (".",), first, last)
    digests = only(digests, ids, options["limit"])
    with session_for(options) as session:
        if output:
            require_parent(output)
        summaries = summarised(digests, session, options)
        deliver_text(render_papers(summaries, form), output, summaries, session, options)
    exit_by_outcome(summaries, digests)


Period = tuple[str, set[dt.date]]
"""Its name and the dates of its reports."""


class _Outcome(NamedTuple):
    """What is told of a period when all are done."""

    drafted: tuple[Summary, ...]
    """As the editor decided."""
    asked: tuple[Summary, ...]
    outputs: list[Path]
    lost: list[Digest]
    failure: str


def _dated(
    paths: tuple[str, ...], first: dt.date | None, last: dt.date | None
) -> tuple[list[DatedFile], set[dt.date]]:
    reports = find(paths, first, last)
    return reports, {report.date for report in reports if report.date}


def _draft_periods(
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
    done: list[_Outcome] = []
    with session_for(options) as session:
        for name, dates in periods:
            digests = read([report.path for report in reports if report.date in dates])
            folder = output / name if apart else output
            done.append(_draft_period({kind: name}, digests, undated, folder, session, options))
        drafted = [summary for each in done for summary in each.drafted]
        report_run(drafted, session, [path for each in done for path in each.outputs], options)
    failures = [each.failure for each in done if each.failure]
    lost = [digest for each in done for digest in each.lost]
    asked = [summary for each in done for summary in each.asked]
    exit_by_outcome(asked, [*lost, *undated], incomplete="; ".join(failures))


def _draft_period(
    period: dict[str, str],
    digests: Sequence[Digest],
    undated: Sequence[Digest],
    output: Path,
    session: Session,
    options: dict[str, Any],
) -> _Outcome:
    """Summarise, round up and write one period; nothing is written before all is there."""
    from ..comparison import with_tables
    from ..decisions import apply_decisions
    from ..output import keep_edited, write_files
    from ..prompts import Prompts
    from ..roundups import roundup
    from ..selection import only
    from ..summaries import term_conflicts

    decided = read_decisions(options, output, *period.values())
    chosen = only(digests, (), options["limit"])
    summaries = summarised(chosen, session, options)
    prompts = Prompts(options["prompt_folder"])
    issue = roundup(
        summaries,
        session,
        prompts=prompts,
        digests=[*chosen, *undated],
        conflicts=term_conflicts(summaries, chosen),
        **period,
    )
    proposing = session if options.get("tables") else None
    issue = with_tables(issue, proposing, digests=chosen, prompts=prompts)
    revision = apply_decisions(issue, decided, chosen, glossary=texts_of(options)["glossary"])
    texts = _drafts(issue, revision, chosen)
    kept = keep_edited(output / "newsletter.md", texts["newsletter.md"])
    outputs = write_files(output, texts)
    if kept:
        click.echo(f"Note: the earlier newsletter.md says something else; kept as {kept}", err=True)
    warn_of_clipping(len(texts["newsletter.html"].encode()))
    failures = [
        issue.failure and f"the opening of the issue: {issue.failure}",
        say_stale(revision.stale, "its text has changed"),
    ]
    lost = [digest for digest in digests if not digest.papers]
    drafted, asked = (
        tuple(map(_counted, each)) for each in (revision.week.summaries, issue.summaries)
    )
    return _Outcome(drafted, asked, outputs, lost, "; ".join(filter(None, failures)))


def _drafts(issue: Roundup, revision: Revision, digests: Sequence[Digest]) -> dict[str, str]:
    """Every file of the draft: the issue as decided, and the page to decide on it."""
    from ..drafts import render, render_mail, render_review
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


def _counted(summary: Summary) -> Summary:
    """What the count at the end needs of a summary: a year of whole ones would fill the memory."""
    return summary.model_copy(
        update={"summary": None, "quantities": (), "figures": (), "findings": ()}
    )
