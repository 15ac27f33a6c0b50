"""Decisions of an editor as the drafting commands read and report them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..decisions import Decision, Decisions

decisions_option = click.option(
    "--decisions",
    "decisions_file",
    envvar="DIGEST_DECISIONS",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Decisions exported from review.html [default: decisions-ISSUE.json in DIR, if there].",
)


def read_decisions(options: dict[str, Any], output: Path, issue: str) -> Decisions:
    """The decisions on the issue: from the named file, else from beside the draft, else none."""
    from ..decisions import Decisions
    from ..errors import DecisionError

    path = decisions_path(options, output, issue)
    if path is None:
        return Decisions(issue=issue)
    decisions = decisions_in(path)
    if decisions.issue != issue:
        raise DecisionError(f"{path}: is on {decisions.issue}; this issue is {issue}")
    if not options["quiet"]:
        count = len(decisions.decisions)
        noun = "decision" if count == 1 else "decisions"
        click.echo(f"Note: applying {count} {noun} from {path}", err=True)
    return decisions


def decisions_path(options: dict[str, Any], output: Path, issue: str) -> Path | None:
    """The file of the decisions on the issue, if there is one."""
    beside = output / f"decisions-{issue}.json"
    return options["decisions_file"] or (beside if beside.exists() else None)


def decisions_in(path: Path) -> Decisions:
    """The decisions of an exported file."""
    from ..decisions import parse_decisions
    from ..errors import DecisionError

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise DecisionError(f"{path}: cannot be read ({exc})") from exc
    return parse_decisions(text, str(path))


def say_stale(stale: Sequence[Decision], why: str) -> str | None:
    """Name each decision that was not applied; what is to be said at the end, if any."""
    for decision in stale:
        click.echo(f"Stale: {decision}: {why}, so it is not applied", err=True)
    many = "1 decision was" if len(stale) == 1 else f"{len(stale)} decisions were"
    return f"{many} not applied: see above, and decide again in review.html" if stale else None
