"""The commands that draft: `week`, `day` and `papers`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from .program import model_options, output_folder, paths_argument
from .reporting import deliver_text, exit_by_outcome, report_run, warn_of_clipping
from .shared import read, require_parent, session_for, summarised


@click.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="ISO week [default: the latest in PATHS].")
@output_folder
@model_options
def week(paths: tuple[str, ...], week: str | None, output: Path, **options: Any) -> None:
    """Draft the weekly newsletter: newsletter.md, .html and .txt, web.html, week.json.

    PATHS are report files, folders or globs (default: the current folder).
    """
    _draft_period(paths, output, options, week=week)


@click.command()
@paths_argument
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Day [default: the latest in PATHS].")
@output_folder
@model_options
def day(paths: tuple[str, ...], day: str | None, output: Path, **options: Any) -> None:
    """Draft the English digest of one day, in the same files as `week`."""
    _draft_period(paths, output, options, day=day or "latest")


@click.command()
@paths_argument
@click.option("--id", "ids", multiple=True, metavar="ID", help="Only this paper; may be repeated.")
@click.option("--format", "form", type=click.Choice(["md", "json"]), default="md", show_default=True, help="Form of the summaries.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write here instead of stdout.")  # fmt: skip
@model_options
def papers(
    paths: tuple[str, ...],
    ids: tuple[str, ...],
    form: Literal["md", "json"],
    output: Path | None,
    **options: Any,
) -> None:
    """Summarise all papers, or the named ones."""
    from ..drafts import render_papers
    from ..selection import only

    digests = read(paths)
    digests = only(digests, ids, options["limit"])
    with session_for(options) as session:
        if output:
            require_parent(output)
        summaries = summarised(digests, session, options)
        deliver_text(render_papers(summaries, form), output, summaries, session, options)
    exit_by_outcome(summaries, digests)


def _draft_period(
    paths: tuple[str, ...],
    output: Path,
    options: dict[str, Any],
    *,
    week: str | None = None,
    day: str | None = None,
) -> None:
    """Read, summarise, round up and write one period; nothing is written before all is there."""
    from ..drafts import render, render_mail
    from ..output import keep_edited, require_writable, write_files
    from ..periods import weeks_of
    from ..prompts import Prompts
    from ..roundups import roundup
    from ..selection import of_period, only
    from ..summaries import term_conflicts

    digests = read(paths)
    chosen = only(of_period(digests, week=week, day=day), (), options["limit"])
    undated = [digest for digest in digests if digest.date is None]
    require_writable(output)
    with session_for(options) as session:
        summaries = summarised(chosen, session, options)
        dates = sorted({digest.date for digest in chosen if digest.date})
        issue = roundup(
            summaries,
            session,
            week=None if day else weeks_of(dates)[-1],
            day=dates[-1] if day else None,
            prompts=Prompts(options["prompt_folder"]),
            digests=[*chosen, *undated],
            conflicts=term_conflicts(summaries, chosen),
        )
        texts = {
            "newsletter.md": render(issue, "md"),
            "newsletter.html": render(issue, "html"),
            "newsletter.txt": render(issue, "txt"),
            "web.html": render(issue, "web"),
            "week.json": render(issue, "json"),
        }
        texts["newsletter.eml"] = render_mail(
            issue, text=texts["newsletter.txt"], html=texts["newsletter.html"]
        )
        kept = keep_edited(output / "newsletter.md", texts["newsletter.md"])
        outputs = write_files(output, texts)
        report_run(issue.summaries, session, outputs, options)
    if kept:
        click.echo(f"Note: the earlier newsletter.md says something else; kept as {kept}", err=True)
    warn_of_clipping(len(texts["newsletter.html"].encode()))
    exit_by_outcome(
        issue.summaries,
        [*chosen, *undated],
        incomplete=issue.failure and f"the opening of the issue: {issue.failure}",
    )
