"""The command `trends`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from ..errors import SelectionError
from .program import model_options, paths_argument, span_options
from .reporting import exit_by_outcome, report_run, require_some
from .shared import find, read, require_parent, session_for, summarised

if TYPE_CHECKING:
    from ..editions import Outcome
    from ..models import Digest
    from ..reports.archive import DatedFile
    from ..session import Session
    from ..trends import Week


@click.command()
@paths_argument
@span_options
@click.option("--benchmark", metavar="NAME", help="Only this benchmark, in any spelling, whoever reports it.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["md", "csv", "json"]), default="md", show_default=True, help="Form of the tables.")  # fmt: skip
@click.option("--charts", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Draw them as PNG as well, into this folder; needs pip install 'digestlib[charts]'.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write here instead of stdout.")  # fmt: skip
@model_options
def trends(
    paths: tuple[str, ...],
    first: dt.date | None,
    last: dt.date | None,
    benchmark: str | None,
    form: Literal["md", "csv", "json"],
    charts: Path | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Show topics and benchmark records over the weeks, each figure with its source line.

    A week is in memory at a time. Only figures of the same benchmark, metric, unit and stated
    conditions are put in order.
    """
    from ..drafts.trending import render_trends
    from ..output import require_writable, write_file, write_files
    from ..trends import find_trends

    reports = find(paths, first, last)
    require_parent(output)
    if charts:
        require_writable(charts)
    with session_for(options) as session:
        weeks = _Weeks(reports, session, options)
        found = find_trends(weeks, benchmark=benchmark)
        require_some(weeks.told, session)
        if benchmark and not found.benchmarks:
            raise SelectionError(f"no paper reports on {benchmark!r}; see trends without it")
        text = render_trends(found, form)
        outputs = [write_file(output, text)] if output else []
        if charts:
            from ..drafts.trend_charts import draw_trends

            outputs += write_files(charts, draw_trends(found))
        if not output and not options["as_json"]:
            click.echo(text, nl=False)
        report_run(weeks.told, session, outputs, options)
    exit_by_outcome(weeks.told, weeks.lost, session)


class _Weeks:
    """The summaries of each week in turn, and of all that went by what the count needs."""

    def __init__(
        self, reports: Sequence[DatedFile], session: Session, options: dict[str, Any]
    ) -> None:
        self.told: list[Outcome] = []
        self.lost: list[Digest] = []
        self._reports, self._session, self._options = reports, session, options

    def __iter__(self) -> Iterator[Week]:
        from ..editions import outcome_of
        from ..reports.archive import by_week
        from ..trends import Week

        for week, paths in by_week(self._reports):
            digests = read(paths)
            self.lost += [digest for digest in digests if not digest.papers]
            summaries = summarised(digests, self._session, self._options)
            self.told += map(outcome_of, summaries)
            yield Week(week, summaries, digests)
