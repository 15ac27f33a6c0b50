"""The commands that draft: `week`, `day` and `papers`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .deciding import decisions_option, read_decisions, say_stale
from .program import model_options, output_folder, paths_argument
from .reporting import deliver_text, exit_by_outcome, report_run, warn_of_clipping
from .shared import read, require_parent, session_for, summarised, texts_of

if TYPE_CHECKING:
    from ..decisions import Revision
    from ..editions import Roundup
    from ..models import Digest


@click.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="ISO week [default: the latest in PATHS].")
@output_folder
@decisions_option
@model_options
def week(paths: tuple[str, ...], week: str | None, output: Path, **options: Any) -> None:
    """Draft the weekly newsletter: newsletter.md, .html and .txt, web.html, review.html, week.json.

    PATHS are report files, folders or globs (default: the current folder).
    """
    _draft_period(paths, output, options, week=week)


@click.command()
@paths_argument
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Day [default: the latest in PATHS].")
@output_folder
@decisions_option
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
    from ..decisions import apply_decisions
    from ..output import keep_edited, require_writable, write_files
    from ..periods import weeks_of
    from ..prompts import Prompts
    from ..roundups import roundup
    from ..selection import of_period, only
    from ..summaries import term_conflicts

    digests = read(paths)
    chosen = only(of_period(digests, week=week, day=day), (), options["limit"])
    undated = [digest for digest in digests if digest.date is None]
    dates = sorted({digest.date for digest in chosen if digest.date})
    require_writable(output)
    decided = read_decisions(options, output, str(dates[-1]) if day else weeks_of(dates)[-1])
    with session_for(options) as session:
        summaries = summarised(chosen, session, options)
        issue = roundup(
            summaries,
            session,
            week=None if day else weeks_of(dates)[-1],
            day=dates[-1] if day else None,
            prompts=Prompts(options["prompt_folder"]),
            digests=[*chosen, *undated],
            conflicts=term_conflicts(summaries, chosen),
        )
        revision = apply_decisions(issue, decided, chosen, glossary=texts_of(options)["glossary"])
        texts = _drafts(issue, revision, chosen)
        kept = keep_edited(output / "newsletter.md", texts["newsletter.md"])
        outputs = write_files(output, texts)
        report_run(revision.week.summaries, session, outputs, options)
    if kept:
        click.echo(f"Note: the earlier newsletter.md says something else; kept as {kept}", err=True)
    warn_of_clipping(len(texts["newsletter.html"].encode()))
    say_stale(revision)
    exit_by_outcome(
        issue.summaries,
        [*chosen, *undated],
        incomplete=issue.failure and f"the opening of the issue: {issue.failure}",
    )


def _drafts(issue: Roundup, revision: Revision, digests: Sequence[Digest]) -> dict[str, str]:
    """Every file of the draft: the issue as decided, and the page to decide on it."""
    from ..comparison import compare
    from ..drafts import render, render_mail, render_review

    tables = compare(issue.summaries, digests=digests)
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
