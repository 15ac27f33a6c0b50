"""What a command says when it is done, and its exit code: data on stdout, the rest on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .interrupts import was_interrupted
from .program import EXIT_INTERRUPTED

if TYPE_CHECKING:
    from ..editions import Outcome
    from ..models import Digest, Summary
    from ..session import Bill, Session

EXIT_PARTIAL = 3
CLIP_WARNING_BYTES = 90_000
_FEW = 3
_MANY = 10
"""More failed papers than this are told in one line, where the reason is the same; --json has them all."""


def require_some(summaries: Sequence[Summary | Outcome], session: Session) -> None:
    """Raise what ended the run if it left nothing to show."""
    if all(summary.state == "failed" for summary in summaries):
        if was_interrupted():
            raise click.Abort
        if session.ended_by:
            raise session.ended_by


def deliver_text(
    text: str,
    output: Path | None,
    summaries: Sequence[Summary],
    session: Session,
    options: dict[str, Any],
) -> None:
    """Write the text to its file, or print it unless the JSON document is asked for."""
    from ..output import write_file

    if output:
        write_file(output, text)
    elif not options["as_json"]:
        click.echo(text, nl=False)
    report_run(summaries, session, [output] if output else [], options)


def report_run(
    summaries: Sequence[Summary | Outcome],
    session: Session,
    outputs: list[Path],
    options: dict[str, Any],
    *,
    kept: Container[Path] = (),
) -> None:
    """What was done, on stderr for people; with `--json` on stdout for programs."""
    from ..session import result_document

    session.note(summaries)
    document = result_document(summaries, session.bill, outputs, _failures(summaries))
    if options["as_json"]:
        echo_json(document)
    if options["quiet"]:
        return
    share = document["results_coverage"]
    click.echo(
        f"{document['papers']} paper{'' if document['papers'] == 1 else 's'}: {document['verified']} verified, "
        f"{document['flagged']} flagged, {len(document['failed'])} failed; "
        + ("" if share is None else f"{share:.0%} of the figures in the results told; ")
        + _used(session.bill, replays=session.replays),
        err=True,
    )
    for path in outputs:
        click.echo(f"{'unchanged' if path in kept else 'wrote'} {path}", err=True)


def _used(bill: Bill, *, replays: bool) -> str:
    """Requests, tokens and cost in a line; what is not exact says so."""
    lost = f" and {bill.unanswered} without an answer" if bill.unanswered else ""
    guessed = f" (estimated for {bill.estimated})" if bill.estimated else ""
    cost = "cost unknown" if bill.cost_usd is None else f"${bill.cost_usd:.4f}"
    return (
        f"{bill.requests} {'replayed' if replays else 'requests'}{lost}, {bill.cached} from the store, "
        f"{bill.prompt_tokens:,} + {bill.completion_tokens:,} tokens{guessed}, {cost}"
    )


def _failures(summaries: Sequence[Summary | Outcome]) -> list[dict[str, str]]:
    return [{"id": s.id, "why": s.failure or ""} for s in summaries if s.state == "failed"]


def exit_by_outcome(
    summaries: Sequence[Summary | Outcome],
    digests: Sequence[Digest],
    session: Session,
    *,
    incomplete: str | None = None,
) -> None:
    """Exit 3 when something is missing from what was written, else as the run ended; say what."""
    for line in _failed_papers(summaries, is_over=session.is_over):
        click.echo(f"Failed: {line}", err=True)
    if incomplete:
        click.echo(f"Failed: {incomplete}", err=True)
    lost = list(_lost_reports(digests, {summary.path for summary in summaries}))
    for line in lost:
        click.echo(f"Failed: {line}", err=True)
    if session.is_over:
        _exit_over(summaries, session)
    if incomplete or lost or _failures(summaries):
        sys.exit(EXIT_PARTIAL)


def _lost_reports(digests: Sequence[Digest], told: Container[str]) -> Iterator[str]:
    """The reports of which nothing was read, and those without a date that no draft tells of."""
    for digest in digests:
        if not digest.papers:
            yield from map(str, digest.problems[:1] or [f"{digest.path}: holds no paper"])
        elif digest.date is None and digest.path not in told:
            yield (
                f"{digest.path}: has no date, so its {len(digest.papers)} papers are in no draft; "
                "add a line '**Date**: YYYY-MM-DD'"
            )


def _failed_papers(summaries: Sequence[Summary | Outcome], *, is_over: bool) -> Iterator[str]:
    """Each paper without a summary and why; of many for the same reason a few, as of what an end leaves."""
    papers: dict[str, dict[str, str]] = {}
    for failure in _failures(summaries):
        paper, why = failure["id"], failure["why"]
        papers.setdefault(why.rpartition(f" {paper}: ")[2], {})[paper] = why
    for reason, told in papers.items():
        if is_over or len(told) > _MANY:
            yield f"{few(told)}: {reason}"
        else:
            yield from (f"{paper}: {why}" for paper, why in told.items())


def _exit_over(summaries: Sequence[Summary | Outcome], session: Session) -> NoReturn:
    """What ended the run, how far it came, and what to do next."""
    done = sum(summary.state != "failed" for summary in summaries)
    count = f"{done} of {len(summaries)} papers have a summary"
    error = None if was_interrupted() else session.ended_by
    what = f"Error: {error}" if error else "Interrupted"
    click.echo(f"{count}\n{what}" if session.store is None else f"{what}\n{count}{_ON}", err=True)
    sys.exit(error.exit_code if error else EXIT_INTERRUPTED)


_ON = "; the same command goes on where this one stopped, and what is stored is not paid for again"


def few(names: Iterable[str]) -> str:
    """The first few by name, and how many more."""
    known = list(names)
    more = len(known) - _FEW
    return ", ".join(known[:_FEW]) + (f" and {more} more" if more > 0 else "")


def warn_of_clipping(size: int) -> bool:
    """Say so if a mail nears the size at which Gmail clips it."""
    if size >= CLIP_WARNING_BYTES:
        click.echo(
            f"Warning: newsletter.html has {size:,} bytes; Gmail clips a mail at 102,400", err=True
        )
    return size >= CLIP_WARNING_BYTES


def echo_json(document: Any) -> None:
    """Print a document as readable JSON."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
