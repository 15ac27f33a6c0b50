"""The commands of `batch`: the work leaves as files for a batch engine and comes back."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .program import Command, paths_argument, processes_option, span_options
from .reporting import EXIT_PARTIAL, echo_json
from .shared import find

if TYPE_CHECKING:
    from ..batch import Engine, Standing, Submission

_LABELS = {
    "verified": "verified",
    "flagged": "flagged",
    "failed": "failed",
    "out": "out, waiting for their answers",
    "to_ask": "to export",
    "to_retry": "to export again, as no answer came back",
    "to_reask": "to ask again, as the answer did not pass the checks",
    "not_yet": "waiting for their papers",
}


@click.group()
def batch() -> None:
    """Leave the work to a batch engine: export, run, import, until nothing is missing.

    The files are those of OpenAI's Batch API; `vllm run-batch` and others take them too.
    """


store_option, known_store_option = (click.option("--store", envvar="DIGEST_STORE", type=click.Path(exists=there, dir_okay=False, path_type=Path), default=Path("digest.db"), show_default=True, metavar="FILE", help="Where answers are kept.") for there in (False, True))  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")  # fmt: skip


def engine_options(command: Command) -> Command:
    """What the requests are made from; it must be the same for every round, and for the draft."""
    options = [
        click.option("--model", envvar="DIGEST_MODEL", required=True, metavar="NAME", help="Model to ask [env: DIGEST_MODEL]."),
        store_option,
        click.option("--structured", envvar="DIGEST_STRUCTURED", type=click.Choice(["auto", "json_schema", "json_object", "text"]), default="auto", show_default=True, help="How the answer's form is asked for (auto: json_schema)."),
        click.option("--prompts", "prompt_folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates."),
        click.option("--glossary", "glossary_files", envvar="DIGEST_GLOSSARY", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="Your own term pairs (TOML); may be repeated."),
        click.option("--opening", "openings", multiple=True, type=click.Choice(["week", "day", "none"]), default=("week", "day"), show_default=True, help="Issues whose opening is asked for once their papers are done; may be repeated."),
        click.option("--retries", type=click.IntRange(0), default=3, show_default=True, metavar="N", help="How often a request that brought no answer is exported again."),
        click.option("--copies", type=click.IntRange(1, 9), default=3, show_default=True, metavar="N", help="In how many copies, at most, openings, re-asks and what was lost leave an engine that loses more than 1% of its lines."),
        processes_option,
        json_option,
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return span_options(command)


@batch.command("export")
@paths_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("batch"), show_default=True, metavar="DIR", help="Folder for the shards.")  # fmt: skip
@click.option("--shard-lines", type=click.IntRange(1), default=50_000, show_default=True, metavar="N", help="Requests in a shard; fewer for engines that write only at the end.")  # fmt: skip
@click.option("--shard-bytes", type=click.IntRange(1), default=200_000_000, show_default=True, metavar="N", help="Bytes in a shard.")  # fmt: skip
@click.option("--again", is_flag=True, help="Export also what is still out, as if nothing more came back.")  # fmt: skip
@engine_options
def export_(
    paths: tuple[str, ...],
    output: Path,
    shard_lines: int,
    shard_bytes: int,
    again: bool,
    **options: Any,
) -> None:
    """Write the requests that the store has no answer to as JSON lines.

    What failed, was lost or did not pass the checks since the last export is written again.
    """
    from ..batch import Limits, export_requests

    standing = export_requests(
        find(paths, options["first"], options["last"]),
        _engine(options),
        output,
        limits=Limits(shard_lines, shard_bytes),
        release=again,
        jobs=options["processes"],
        warn=_warn,
    )
    outputs = [str(output / shard.name) for shard in standing.shards]
    if options["as_json"]:
        echo_json(_document(standing) | {"outputs": outputs})
        return
    _say(standing, err=True)
    for shard, path in zip(standing.shards, outputs, strict=True):
        click.echo(f"wrote {path}: {shard.lines:,} lines, {shard.bytes:,} bytes", err=True)
    if not outputs:
        click.echo(_nothing_to_export(standing), err=True)
    elif (lines := sum(shard.lines for shard in standing.shards)) > standing.to_export:
        why = "since lines were lost, those that others wait for leave in copies"
        click.echo(f"{lines:,} lines for {standing.to_export:,} requests: {why}", err=True)


@batch.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATHS...")  # fmt: skip
@known_store_option
@json_option
def import_(paths: tuple[Path, ...], store: Path, as_json: bool) -> None:
    """Put the answers of an engine's output and error files into the store.

    A folder gives its .jsonl files, `-` is standard input. Files and lines may come in any order,
    more than once, and cut short.
    """
    from ..batch import import_replies

    found = import_replies(paths, store, warn=_warn)
    if as_json:
        echo_json(found.model_dump())
    else:
        if found.files != tuple(map(str, paths)):
            click.echo(f"read {', '.join(found.files)}", err=True)
        click.echo(
            f"{found.lines:,} {'line' if found.lines == 1 else 'lines'}: {found.answered:,} answers, {found.failed:,} failures for the "
            f"next export, {found.known:,} known before, {found.unknown:,} not of this store, "
            f"{found.unreadable:,} unreadable",
            err=True,
        )
        if found.unknown:
            _warn(f"{store} did not export all of this; name the --store that did")
    if found.unknown or found.unreadable:
        sys.exit(EXIT_PARTIAL)


@batch.command()
@paths_argument
@engine_options
def status(paths: tuple[str, ...], **options: Any) -> None:
    """Say where every paper and opening stands; asks and exports nothing."""
    from ..batch import stand

    standing = stand(
        find(paths, options["first"], options["last"]), _engine(options), jobs=options["processes"]
    )
    if options["as_json"]:
        echo_json(_document(standing))
    else:
        _say(standing, err=False)
        for shard in standing.shards:
            if not shard.returned:
                click.echo(f"{shard.name} is out: {shard.lines:,} lines")


folder_argument = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("batch"), metavar="[DIR]")  # fmt: skip
url_option = click.option("--base-url", envvar=["DIGEST_BASE_URL", "OPENAI_BASE_URL"], metavar="URL", help="Endpoint with Files and Batches [env: OPENAI_BASE_URL].")  # fmt: skip


@batch.command()
@folder_argument
@known_store_option
@url_option
@json_option
def submit(folder: Path, store: Path, base_url: str | None, as_json: bool) -> None:
    """Start a job at the endpoint for each shard in DIR, once however often this is run."""
    from ..batch import BatchEndpoint, submit_shards

    found = []
    for each in submit_shards(folder, store, BatchEndpoint(base_url=base_url)):
        found.append(each)
        said = "submitted" if each.fresh else f"submitted before, {each.job.status}"
        click.echo(f"{each.shard}: {said}, job {each.job.id}", err=True)
    if as_json:
        echo_json({"schema_version": "1", "jobs": [_job_document(each) for each in found]})
    elif not found:
        click.echo(f"no shard in {folder} is out; export first", err=True)


@batch.command()
@folder_argument
@known_store_option
@url_option
@click.option("--wait", is_flag=True, help="Look again until all jobs have ended.")
@click.option("--every", type=click.FloatRange(min=0.01), default=60.0, show_default=True, metavar="SECONDS", help="How often to look while waiting.")  # fmt: skip
@json_option
def fetch(
    folder: Path, store: Path, base_url: str | None, wait: bool, every: float, as_json: bool
) -> None:
    """Bring the results of the jobs that have ended into the store; the files stay in DIR/results.

    With --wait an endpoint that was heard of is waited for, too.
    """
    from ..batch import BatchEndpoint, fetch_results
    from ..errors import EndpointUnavailable

    endpoint = BatchEndpoint(base_url=base_url)
    ended: list[Submission] = []
    heard = False
    while True:
        running: list[Submission] = []
        try:
            for each in fetch_results(folder, store, endpoint, warn=_warn):
                click.echo(_told(each), err=True)
                (ended if each.fresh else running).append(each)
                heard = True
        except EndpointUnavailable as exc:
            if not (wait and heard):
                raise
            _warn(f"{exc}, or wait: this looks again in {every:g} s")
        else:
            if not (wait and running):
                break
        time.sleep(every)
    if as_json:
        jobs = [_job_document(each) for each in [*ended, *running]]
        echo_json({"schema_version": "1", "jobs": jobs})
    elif not (ended or running):
        click.echo("no job to look at: all are fetched, or none was submitted", err=True)


def _warn(text: str) -> None:
    click.echo(f"Warning: {text}", err=True)


def _told(each: Submission) -> str:
    job, lines = each.job, each.imported
    if not each.fresh:
        return f"{each.shard}: {job.status}, {job.done:,} of {job.total:,}"
    why = f" ({'; '.join(job.errors)})" if job.errors else ""
    if job.crowded_out:
        return f"{each.shard}: {job.status}{why}, submit it again when other jobs have ended"
    return f"{each.shard}: {job.status}{why}, {lines.answered:,} answers, {lines.failed:,} failures"


def _job_document(each: Submission) -> dict[str, Any]:
    job = each.job.model_dump(include={"id", "status", "done", "total", "errors"})
    return {"shard": each.shard, **job, "fresh": each.fresh, **each.imported.model_dump()}


def _engine(options: dict[str, Any]) -> Engine:
    from ..batch import Engine

    structured = options["structured"]
    return Engine(
        store=options["store"],
        model=options["model"],
        mode="json_schema" if structured == "auto" else structured,
        prompts=options["prompt_folder"],
        glossary=options["glossary_files"],
        openings=tuple(kind for kind in options["openings"] if kind != "none"),
        retries=options["retries"],
        copies=options["copies"],
    )


def _say(standing: Standing, *, err: bool) -> None:
    for name, counts in (("papers", standing.papers), ("openings", standing.openings)):
        total = sum(counts.values())
        click.echo(f"{total:,} {name}", err=err)
        for state in _LABELS:
            if state in counts:
                click.echo(f"  {counts[state]:>9,} {_LABELS[state]}", err=err)
    for subject, why in standing.failures:
        click.echo(f"Failed: {subject}: {why}", err=err)


def _nothing_to_export(standing: Standing) -> str:
    if standing.done:
        return "nothing to export: draft with --offline"
    return "nothing to export: import or fetch what the engine wrote, or say --again"


def _document(standing: Standing) -> dict[str, Any]:
    failures = [{"id": subject, "why": why} for subject, why in standing.failures]
    shards = [shard._asdict() for shard in standing.shards]
    return {
        "schema_version": "1",
        "papers": standing.papers,
        "openings": standing.openings,
        "to_export": standing.to_export,
        "done": standing.done,
        "failed": failures,
        "shards": shards,
    }
