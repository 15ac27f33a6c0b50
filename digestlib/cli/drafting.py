"""The commands that draft: `week`, `day` and `papers`."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .deciding import decisions_option
from .issues import draft_periods
from .program import model_options, output_folder, paths_argument, span_options
from .reporting import deliver_text, exit_by_outcome, require_some
from .shared import find, read, require_parent, session_for, summarised

if TYPE_CHECKING:
    from ..reports.archive import DatedFile


def _web_address(_: click.Context, __: click.Parameter, url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s\"'<>]+", url):
        raise click.BadParameter(
            f"{url!r} is no address such as https://example.org/{{issue}}.html"
        )
    return url


web_option = click.option(
    "--web-url", envvar="DIGEST_WEB_URL", default="", callback=_web_address, metavar="URL",
    help="Where web.html will stand, for the mail to link to; {issue} becomes 2026-W01.",
)  # fmt: skip


@click.command()
@paths_argument
@click.option("--week", "weeks", multiple=True, metavar="YYYY-Www", help="ISO week; may be repeated [default: the latest in PATHS].")  # fmt: skip
@span_options
@click.option("--tables/--no-tables", default=True, show_default=True, help="Ask for comparison tables as well: one more request.")  # fmt: skip
@output_folder
@web_option
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
    draft_periods("week", periods, reports, output, options, apart=apart)


@click.command()
@paths_argument
@click.option("--date", "days", multiple=True, metavar="YYYY-MM-DD", help="Day; may be repeated [default: the latest in PATHS].")  # fmt: skip
@span_options
@output_folder
@web_option
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
    draft_periods("day", periods, reports, output, options, apart=apart)


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
        require_parent(output)
        summaries = summarised(digests, session, options)
        require_some(summaries, session)
        deliver_text(render_papers(summaries, form), output, summaries, session, options)
    exit_by_outcome(summaries, digests, session)


def _dated(
    paths: tuple[str, ...], first: dt.date | None, last: dt.date | None
) -> tuple[list[DatedFile], set[dt.date]]:
    reports = find(paths, first, last)
    return reports, {report.date for report in reports if report.date}
