"""What the commands share: reading, the options as settings, the run itself."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from .interrupts import stop_on_interrupt
from .progress import progress

if TYPE_CHECKING:
    from ..models import Digest, Summary
    from ..reports.archive import DatedFile
    from ..session import Session, Settings


def find(
    paths: tuple[str, ...],
    first: dt.date | None = None,
    last: dt.date | None = None,
    *,
    week: str | None = None,
) -> list[DatedFile]:
    """The reports with their dates, of a span of days or a week; only their heads are read."""
    from ..errors import SelectionError
    from ..periods import select_period
    from ..reports.archive import find_reports

    if first and last and first > last:
        raise SelectionError(f"--from {first} is after --to {last}; exchange them")
    reports = find_reports(paths or (".",), first=first, last=last)
    if not reports:
        span = f" from {first or 'the first'} to {last or 'the last'}" if first or last else ""
        raise SelectionError(f"no report{span} in {', '.join(paths) or 'this folder'}")
    if week:
        _, days = select_period((report.date for report in reports if report.date), week=week)
        reports = [report for report in reports if report.date in days]
    return reports


def read(
    paths: Sequence[str], first: dt.date | None = None, last: dt.date | None = None
) -> list[Digest]:
    """Read the reports; problems go to stderr at once, and reading goes on."""
    from ..reports import load

    if first or last:
        paths = [report.path for report in find(tuple(paths), first, last)]
    digests = load(paths) if paths else []
    for digest in digests:
        for problem in digest.problems:
            click.echo(f"Warning: {problem}", err=True)
    return digests


def settings_of(options: dict[str, Any]) -> Settings:
    """What the flags, the environment and the files came to."""
    from ..session import Settings, without_endpoint

    settings = Settings(
        base_url=options["base_url"],
        api_key_set=bool(os.environ.get("OPENAI_API_KEY")),
        model=options["model"],
        jobs=options["jobs"],
        timeout_s=options["timeout"],
        store=options["store"],
        max_cost=options["max_cost"],
        mode="offline" if options["offline"] else _REPLAY_MODES[options["replay"]],
        structured=options["structured"],
        cassettes=options["cassettes"],
        prices=options["prices"],
    )
    return without_endpoint(settings)


_REPLAY_MODES: dict[bool | None, Literal["replay", "live"] | None]
_REPLAY_MODES = {None: None, True: "replay", False: "live"}


def session_for(options: dict[str, Any]) -> Session:
    """A run with these options, named after the command; says so when it replays."""
    from ..addresses import is_exposed
    from ..session import REPLAY_NOTE, STORED_NOTE, Session

    settings = settings_of(options)
    if not options["quiet"] and (settings.replays or settings.mode == "stored"):
        click.echo(f"Note: {REPLAY_NOTE if settings.replays else STORED_NOTE}", err=True)
    if settings.base_url and not settings.replays and is_exposed(settings.base_url):
        click.echo(
            f"Warning: {settings.base_url.split('?')[0]} is not https: your key and the reports "
            "can be read on the way",
            err=True,
        )
    session = Session(settings, click.get_current_context().info_name or "")
    stop_on_interrupt(session)
    return session


def texts_of(options: dict[str, Any]) -> dict[str, Any]:
    """The prompts and the glossary that the options name."""
    from ..glossary import load_glossary
    from ..prompts import Prompts

    return {
        "prompts": Prompts(options["prompt_folder"]),
        "glossary": load_glossary(*options["glossary_files"]),
    }


def summarised(
    digests: Sequence[Digest], session: Session, options: dict[str, Any]
) -> list[Summary]:
    """A summary of each paper, showing how far it is."""
    from ..summaries import summarise

    total = sum(len(digest.papers) for digest in digests)
    with progress(total, session, quiet=options["quiet"]) as show:

        def on_done(summary: Summary) -> None:
            if show and (summary.summary or not session.is_over):
                show(summary)

        return summarise(
            digests, session, jobs=options["jobs"], on_done=on_done, **texts_of(options)
        )


def require_parent(path: Path | None) -> None:
    """Raise unless a file can be made at the path, if one is named."""
    from ..output import require_writable

    if path:
        require_writable(path.parent)
