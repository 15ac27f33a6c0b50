"""The command `compare`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from ..errors import AnswerError
from .program import model_options, paths_argument
from .reporting import deliver_text, exit_by_outcome
from .shared import read, require_parent, session_for, summarised

if TYPE_CHECKING:
    from ..editions import Comparison
    from ..models import Summary
    from ..prompts import Prompts
    from ..session import Session


@click.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="Only the reports of this ISO week.")
@click.option("--format", "form", type=click.Choice(["md", "csv", "json"]), default="md", show_default=True, help="Form of the tables.")  # fmt: skip
@click.option("--index-only", is_flag=True, help="Only the benchmark index, without tables proposed by the model.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write here instead of stdout.")  # fmt: skip
@model_options
def compare(
    paths: tuple[str, ...],
    week: str | None,
    form: Literal["md", "csv", "json"],
    index_only: bool,
    output: Path | None,
    **options: Any,
) -> None:
    """Put results of several papers side by side; code fills every cell."""
    from ..drafts import render_comparisons
    from ..periods import each_paper_once
    from ..prompts import Prompts
    from ..selection import of_period, only

    digests = read(paths)
    if week:
        digests = of_period(digests, week=week)
    with session_for(options) as session:
        if output:
            require_parent(output)
        summaries = summarised(only(digests, (), options["limit"]), session, options)
        told, _ = each_paper_once(summaries)
        model = None if index_only else session
        tables, failure = _compared(told, model, Prompts(options["prompt_folder"]))
        text = render_comparisons(tables, told, form)
        deliver_text(text, output, summaries, session, options)
    exit_by_outcome(summaries, digests, incomplete=failure)


def _compared(
    summaries: Sequence[Summary], model: Session | None, prompts: Prompts
) -> tuple[list[Comparison], str | None]:
    """The tables, without those the model should propose if its answers cannot be used."""
    from ..comparison import compare

    try:
        return compare(summaries, model, prompts=prompts), None
    except AnswerError as exc:
        return compare(summaries), f"no tables were proposed: {exc}"
