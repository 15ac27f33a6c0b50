"""The command `digest-summarise`: files, flags, progress and exit codes; the work is elsewhere.

Only click and the standard library load with this module, so that `--help` is quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from . import __version__
from .errors import AnswerError, DigestError, ReportError
from .program import Program, configured_defaults, model_options, output_folder, paths_argument
from .reporting import deliver_text, echo_json, exit_by_outcome, report_run, warn_of_clipping

if TYPE_CHECKING:
    from .editions import Comparison
    from .models import Digest, Summary
    from .prompts import Prompts
    from .session import Session, Settings

EXIT_FINDINGS = 5


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest-summarise")
@click.option("--debug", is_flag=True, help="Show a traceback for errors.")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:  # noqa: ARG001 - read from the arguments
    """Turn Chinese Hugging Face Daily Papers reports into an English newsletter draft.

    The model never types a figure: it points at one in the report, and code prints it. With no
    endpoint configured, the recorded answers for the example reports are replayed.
    """
    context.default_map = configured_defaults(main)


@main.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="ISO week [default: the latest in PATHS].")
@output_folder
@model_options
def week(paths: tuple[str, ...], week: str | None, output: Path, **options: Any) -> None:
    """Draft the weekly newsletter: newsletter.md, newsletter.html, week.json.

    PATHS are report files, folders or globs (default: the current folder).
    """
    _draft_period(paths, output, options, week=week)


@main.command()
@paths_argument
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Day [default: the latest in PATHS].")
@output_folder
@model_options
def day(paths: tuple[str, ...], day: str | None, output: Path, **options: Any) -> None:
    """Draft the English digest of one day, in the same files as `week`."""
    _draft_period(paths, output, options, day=day or "latest")


@main.command()
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
    from .drafts import render_papers
    from .selection import only

    digests = _read(paths)
    digests = only(digests, ids, options["limit"])
    with _session(options) as session:
        if output:
            _require_parent(output)
        summaries = _summarise(digests, session, options)
        deliver_text(render_papers(summaries, form), output, summaries, session, options)
    exit_by_outcome(summaries, digests)


@main.command()
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
    from .drafts import render_comparisons
    from .periods import each_paper_once
    from .prompts import Prompts
    from .selection import of_period, only

    digests = _read(paths)
    if week:
        digests = of_period(digests, week=week)
    with _session(options) as session:
        if output:
            _require_parent(output)
        summaries = _summarise(only(digests, (), options["limit"]), session, options)
        told, _ = each_paper_once(summaries)
        model = None if index_only else session
        tables, failure = _compared(told, model, Prompts(options["prompt_folder"]))
        text = render_comparisons(tables, told, form)
        deliver_text(text, output, summaries, session, options)
    exit_by_outcome(summaries, digests, incomplete=failure)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--json", "as_json", is_flag=True, help="Print the reports as one JSON document.")
def parse(paths: tuple[str, ...], as_json: bool) -> None:
    """Read the reports and show what was found; needs no model."""
    from .drafts import render_digests

    digests = _read(paths)
    click.echo(render_digests(digests, "json" if as_json else "text"), nl=False)
    if any(not digest.papers for digest in digests):
        sys.exit(1)


@main.command()
@paths_argument
@click.option("--week", metavar="YYYY-Www", help="Only the reports of this ISO week.")
@model_options
def plan(paths: tuple[str, ...], week: str | None, **options: Any) -> None:
    """Say what a run would ask and cost; calls nothing."""
    from .planning import plan_run, render_plan
    from .selection import of_period, only

    digests = _read(paths)
    if week:
        digests = of_period(digests, week=week)
    found = plan_run(only(digests, (), options["limit"]), _settings(options), _texts(options))
    if options["as_json"]:
        echo_json(found.model_dump(mode="json"))
    else:
        click.echo(render_plan(found), nl=False)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@paths_argument
@click.option("--complete", is_flag=True, help="FILE is a full translation: it must carry every figure.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Leave out minor findings.")
def check(file: Path, paths: tuple[str, ...], complete: bool, as_json: bool, quiet: bool) -> None:
    """Check an edited draft, a summaries JSON or any English text against the reports.

    FILE is newsletter.md, week.json, the JSON of `papers`, or plain text; PATHS are the reports, or
    for plain text the one Chinese text it renders. Exits 5 when a person must look at something.
    """
    from .checking import needs_a_person
    from .drafts import render_remarks
    from .proofreading import check_file
    from .reports import load
    from .reports.files import read_file

    found = read_file(str(file))
    if found.text is None:
        raise ReportError(str(found.problems[0]))
    remarks = check_file(found.text, load(paths or (".",)), complete=complete)
    shown = [r for r in remarks if not quiet or r.finding.severity != "minor"]
    click.echo(render_remarks(str(file), shown, "json" if as_json else "text"), nl=False)
    if needs_a_person([remark.finding for remark in remarks]):
        sys.exit(EXIT_FINDINGS)


@main.group()
def prompts() -> None:
    """List, show or render the prompt templates."""


@prompts.command("list")
@click.option("--prompts", "folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates.")  # fmt: skip
def list_prompts(folder: Path | None) -> None:
    """List every prompt with its versions."""
    from .prompts import Prompts

    for name in Prompts(folder).names():
        click.echo(name)


@prompts.command("show")
@click.argument("name")
@click.option("--prompts", "folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates.")  # fmt: skip
def show_prompt(name: str, folder: Path | None) -> None:
    """Print a template, e.g. `summary` (its latest version) or `summary/v1`."""
    from .prompts import Prompts

    click.echo(Prompts(folder).source(name), nl=False)


@prompts.command("render")
@paths_argument
@click.option("--id", "paper_id", metavar="ID", help="Which paper [default: the first].")
@click.option("--prompts", "folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The whole request with its schema.")
def render_prompt(
    paths: tuple[str, ...], paper_id: str | None, folder: Path | None, as_json: bool
) -> None:
    """Print the summary request of one paper as a model would get it."""
    from .prompts import Prompts
    from .selection import only
    from .summaries import summary_request

    digests = _read(paths)
    report = only(digests, (paper_id,) if paper_id else (), 1)[0].papers[0]
    request = summary_request(report, prompts=Prompts(folder))
    if as_json:
        echo_json(request.model_dump(mode="json"))
        return
    for message in request.messages:
        click.echo(f"--- {message.role}\n{message.content}\n")


@main.command()
@click.option("--store", envvar="DIGEST_STORE", type=click.Path(dir_okay=False, path_type=Path), default=Path("digest.db"), show_default=True, metavar="FILE", help="The store to read.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def runs(store: Path, as_json: bool) -> None:
    """List the runs of a store with their requests, tokens and cost."""
    from .store import Store

    if not store.exists():
        raise DigestError(f"{store}: no such store; name one with --store")
    found = Store(store).runs()
    if as_json:
        echo_json(found)
        return
    for run in found:
        click.echo("  ".join(f"{name} {value}" for name, value in run.items()))


def _compared(
    summaries: Sequence[Summary], model: Session | None, prompts: Prompts
) -> tuple[list[Comparison], str | None]:
    """The tables, without those the model should propose if its answers cannot be used."""
    from .comparison import compare

    try:
        return compare(summaries, model, prompts=prompts), None
    except AnswerError as exc:
        return compare(summaries), f"no tables were proposed: {exc}"


def _draft_period(
    paths: tuple[str, ...],
    output: Path,
    options: dict[str, Any],
    *,
    week: str | None = None,
    day: str | None = None,
) -> None:
    """Read, summarise, round up and write one period; nothing is written before all is there."""
    from .drafts import render
    from .output import keep_edited, require_writable, write_files
    from .periods import weeks_of
    from .prompts import Prompts
    from .roundups import roundup
    from .selection import of_period, only
    from .summaries import term_conflicts

    digests = _read(paths)
    chosen = only(of_period(digests, week=week, day=day), (), options["limit"])
    undated = [digest for digest in digests if digest.date is None]
    require_writable(output)
    with _session(options) as session:
        summaries = _summarise(chosen, session, options)
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
            "week.json": render(issue, "json"),
        }
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


def _read(paths: tuple[str, ...]) -> list[Digest]:
    """Read the reports; problems go to stderr at once, and reading goes on."""
    from .reports import load

    digests = load(paths or (".",))
    for digest in digests:
        for problem in digest.problems:
            click.echo(f"Warning: {problem}", err=True)
    return digests


def _settings(options: dict[str, Any]) -> Settings:
    from decimal import Decimal, InvalidOperation

    from .session import Settings

    try:
        max_cost = None if options["max_cost"] is None else Decimal(options["max_cost"])
    except InvalidOperation:
        max_cost = Decimal("NaN")
    if max_cost is not None and not (max_cost.is_finite() and max_cost >= 0):
        raise click.BadParameter("is not an amount of dollars", param_hint="--max-cost")
    return Settings(
        base_url=options["base_url"],
        api_key_set=bool(os.environ.get("OPENAI_API_KEY")),
        model=options["model"],
        jobs=options["jobs"],
        store=options["store"],
        max_cost=max_cost,
        mode={None: None, True: "replay", False: "live"}[options["replay"]],
        structured=options["structured"],
        cassettes=options["cassettes"],
        prices=options["prices"],
    )


def _session(options: dict[str, Any]) -> Session:
    from .session import REPLAY_NOTE, Session

    settings = _settings(options)
    if settings.replays and not options["quiet"]:
        click.echo(f"Note: {REPLAY_NOTE}", err=True)
    return Session(settings, click.get_current_context().info_name or "")


def _texts(options: dict[str, Any]) -> dict[str, Any]:
    """The prompts and the glossary that the options name."""
    from .glossary import load_glossary
    from .prompts import Prompts

    return {
        "prompts": Prompts(options["prompt_folder"]),
        "glossary": load_glossary(*options["glossary_files"]),
    }


def _summarise(
    digests: Sequence[Digest], session: Session, options: dict[str, Any]
) -> list[Summary]:
    from .summaries import summarise

    total = sum(len(digest.papers) for digest in digests)
    texts = _texts(options)
    if options["quiet"] or not sys.stderr.isatty():
        return summarise(digests, session, jobs=options["jobs"], **texts)
    with click.progressbar(length=total, label="Papers", file=sys.stderr) as bar:
        return summarise(
            digests, session, jobs=options["jobs"], on_done=lambda _: bar.update(1), **texts
        )


def _require_parent(path: Path) -> None:
    from .output import require_writable

    require_writable(path.parent)
