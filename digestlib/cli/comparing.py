"""The command `compare`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from ..errors import AnswerError, Interrupted
from .program import model_options, paths_argument, span_options
from .reporting import deliver_text, exit_by_outcome, require_some
from .shared import read, require_parent, session_for, summarised

if TYPE_CHECKING:
    from ..editions import Comparison
    from ..models import Summary
    from ..session import Session


@click.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="Only the reports of this ISO week.")
@span_options
@click.option("--topic", metavar="TOPIC", help="Only papers of this topic, such as agents.")
@click.option("--benchmark", metavar="NAME", help="Only the table of this benchmark, in any spelling.")  # fmt: skip
@click.option("--ids", "--id", "ids", multiple=True, metavar="ID,…", help="Only these papers, side by side; separated by commas or repeated.")  # fmt: skip
@click.option("--columns", metavar="NAME,…", help="Only these columns, in this order.")
@click.option("--format", "form", type=click.Choice(["md", "html", "csv", "json", "tex"]), default="md", show_default=True, help="Form of the tables.")  # fmt: skip
@click.option("--index-only", is_flag=True, help="Only the benchmark index, without profiles and proposed tables.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write here instead of stdout.")  # fmt: skip
@model_options
def compare(
    paths: tuple[str, ...],
    week: str | None,
    first: dt.date | None,
    last: dt.date | None,
    topic: str | None,
    benchmark: str | None,
    ids: tuple[str, ...],
    columns: str | None,
    form: Literal["md", "html", "csv", "json", "tex"],
    index_only: bool,
    output: Path | None,
    **options: Any,
) -> None:
    """Put results of several papers side by side; code fills every cell.

    The benchmark index, a profile of each topic, and tables that the model proposes.
    """
    from ..comparison import choose_columns, require_topic
    from ..drafts.tables import render_comparisons
    from ..periods import each_paper_once
    from ..profiles import profile
    from ..selection import of_period, only

    require_topic(topic)
    digests = read(paths or (".",), first, last)
    digests = of_period(digests, week=week) if week else digests
    named = tuple(name.strip() for part in ids for name in part.split(",") if name.strip())
    with session_for(options) as session:
        require_parent(output)
        chosen = only(digests, named, options["limit"])
        summaries = summarised(chosen, session, options)
        require_some(summaries, session)
        told, _ = each_paper_once(summaries)
        model = None if index_only or named else session
        about = {"digests": chosen, "topic": topic, "benchmark": benchmark}
        tables, failure = _compared(told, model, options["prompt_folder"], about)
        if named and not benchmark:
            tables = [*_index(tables), profile(told, chosen, title="Side by side")]
        tables = _index(tables) if index_only else tables
        tables = choose_columns(tables, columns.split(",")) if columns else tables
        deliver_text(render_comparisons(tables, told, form), output, summaries, session, options)
    exit_by_outcome(summaries, digests, session, incomplete=failure)


def _compared(
    summaries: Sequence[Summary],
    model: Session | None,
    prompt_folder: Path | None,
    about: dict[str, Any],
) -> tuple[list[Comparison], str | None]:
    """The tables, without those the model should propose if its answers cannot be used."""
    from ..comparison import compare
    from ..prompts import Prompts

    try:
        return compare(summaries, model, prompts=Prompts(prompt_folder), **about), None
    except (AnswerError, Interrupted) as exc:
        return compare(summaries, **about), f"no tables were proposed: {exc}"


def _index(tables: Sequence[Comparison]) -> list[Comparison]:
    return [table for table in tables if table.kind == "benchmark"]
