"""The commands that call no model: `parse`, `plan`, `check` and `runs`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import DigestError, DraftError, ReportError
from .program import model_options, paths_argument, processes_option, span_options
from .reporting import echo_json
from .shared import find, read, settings_of, texts_of

if TYPE_CHECKING:
    from ..drafts.parsed import Parsed, ParsedFormat

EXIT_FINDINGS = 5
_FILES_FOR_A_POOL = 200
"""Fewer are read sooner than processes start."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@span_options
@click.option("--json", "as_json", is_flag=True, help="Print the reports as one JSON document.")
@processes_option
def parse(
    paths: tuple[str, ...],
    first: dt.date | None,
    last: dt.date | None,
    as_json: bool,
    processes: int,
) -> None:
    """Read the reports and show what was found; needs no model."""
    from ..drafts.parsed import render_report, render_reports
    from ..processes import spread
    from ..reports.archive import find_reports
    from ..reports.files import STDIN

    files = [report.path for report in find_reports(paths, first=first, last=last)]
    format: ParsedFormat = "json" if as_json else "text"
    jobs = processes if len(files) >= _FILES_FOR_A_POOL and STDIN not in files else 1
    lost: list[Parsed] = []

    def warned() -> Iterator[Parsed]:
        for report in spread(partial(render_report, format=format), files, jobs=jobs):
            for warning in report.warnings:
                click.echo(f"Warning: {warning}", err=True)
            if not report.papers:
                lost.append(report)
            yield report

    for piece in render_reports(warned(), format):
        click.echo(piece, nl=False)
    if lost:
        sys.exit(1)


@click.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="Only the reports of this ISO week.")
@span_options
@model_options
def plan(
    paths: tuple[str, ...],
    week: str | None,
    first: dt.date | None,
    last: dt.date | None,
    **options: Any,
) -> None:
    """Say what a run would ask and cost; calls nothing."""
    from ..planning import plan_run, render_plan

    reports = find(paths, first, last, week=week)
    papers = (
        paper for report in reports for digest in read([report.path]) for paper in digest.papers
    )
    settings = settings_of(options)
    if settings.model and settings.mode is None:  # the price is wanted before there is a key
        settings = settings.model_copy(update={"mode": "live"})
    found = plan_run(islice(papers, options["limit"]), settings, texts_of(options))
    if options["as_json"]:
        echo_json(found.model_dump(mode="json"))
    else:
        click.echo(render_plan(found), nl=False)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@paths_argument
@click.option("--complete", is_flag=True, help="FILE is a full translation: it must carry every figure.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out minor findings.")
def check(file: Path, paths: tuple[str, ...], complete: bool, as_json: bool, quiet: bool) -> None:
    """Check an edited draft, a summaries JSON or any English text against the reports.

    FILE is newsletter.md, .html (which must be small enough to send), .eml or .txt, web.html, week.json,
    the JSON of `papers`, or plain text; PATHS are the reports, or for plain text the one Chinese
    text it renders. Exits 5 when a person must look at something.
    """
    from ..checking import needs_a_person
    from ..drafts.remarks import render_remarks
    from ..mails import check_html, check_mail
    from ..proofreading import check_file
    from ..reports import load
    from ..reports.files import read_file

    found = read_file(str(file))
    if found.text is None:
        raise ReportError(str(found.problems[0]))
    digests = load(paths or (".",))
    if not digests:
        raise ReportError(
            f"no report in {', '.join(paths) or 'this folder'}; name the reports after {file}"
        )
    try:
        if file.suffix in (".html", ".htm"):
            remarks = check_html(found.text, digests)
        elif file.suffix == ".eml":
            remarks = check_mail(found.text, digests)
        else:
            remarks = check_file(found.text, digests, complete=complete)
    except DraftError as exc:
        raise exc.at(str(file)) from exc
    shown = [r for r in remarks if not quiet or r.finding.severity != "minor"]
    click.echo(render_remarks(str(file), shown, "json" if as_json else "text"), nl=False)
    if needs_a_person([remark.finding for remark in remarks]):
        sys.exit(EXIT_FINDINGS)


@click.command()
@click.option("--store", envvar="DIGEST_STORE", type=click.Path(dir_okay=False, path_type=Path), default=Path("digest.db"), show_default=True, metavar="FILE", help="The store to read.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def runs(store: Path, as_json: bool) -> None:
    """List the runs of a store with their requests, tokens and cost, the latest first."""
    from ..store import Store

    if not store.exists():
        raise DigestError(f"{store}: no such store; name one with --store")
    with Store(store) as opened:
        found, shown = opened.runs(), opened.bill()
    if as_json:
        echo_json(found)
    elif shown:
        click.echo(_table(shown), nl=False)
    else:
        click.echo(f"{store}: no runs yet", err=True)


def _table(rows: list[dict[str, Any]]) -> str:
    """Rows under their names, in columns as wide as they need; what is not known is `-`."""
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
    return "".join(f"{line}\n" for line in padded)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    return "-" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
