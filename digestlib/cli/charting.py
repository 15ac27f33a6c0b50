"""The command `charts`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from .program import model_options, output_folder, paths_argument, span_options
from .reporting import exit_by_outcome, report_run, require_some
from .shared import read, session_for, summarised


@click.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="Only the reports of this ISO week.")
@span_options
@output_folder
@model_options
def charts(
    paths: tuple[str, ...],
    week: str | None,
    first: dt.date | None,
    last: dt.date | None,
    output: Path,
    **options: Any,
) -> None:
    """Draw papers per topic and day, and each benchmark's figures over the days.

    charts.html has them as bars of table cells, for a mail; with the extra
    (pip install 'digestlib[charts]') they are PNGs as well. Only figures that are traced to a report
    are drawn; charts.csv has the source line of each.
    """
    from ..drafts.charts import MISSING, draw_charts, has_matplotlib
    from ..output import require_writable, write_files
    from ..periods import each_paper_once
    from ..selection import of_period, only

    digests = read(paths or (".",), first, last)
    if week:
        digests = of_period(digests, week=week)
    digests = only(digests, (), options["limit"])
    require_writable(output)
    with session_for(options) as session:
        summaries = summarised(digests, session, options)
        require_some(summaries, session)
        told, _ = each_paper_once(summaries)
        report_run(summaries, session, write_files(output, draw_charts(told)), options)
    if not has_matplotlib():
        click.echo(f"Note: {MISSING}", err=True)
    exit_by_outcome(summaries, digests, session)
