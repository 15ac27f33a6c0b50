"""The commands about prompts: `list`, `show` and `render`."""

from __future__ import annotations

from pathlib import Path

import click

from .program import paths_argument
from .reporting import echo_json
from .shared import read


@click.group()
def prompts() -> None:
    """List, show or render the prompt templates."""


@prompts.command("list")
@click.option("--prompts", "folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates.")  # fmt: skip
def list_prompts(folder: Path | None) -> None:
    """List every prompt with its versions."""
    from ..prompts import Prompts

    for name in Prompts(folder).names():
        click.echo(name)


@prompts.command("show")
@click.argument("name")
@click.option("--prompts", "folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates.")  # fmt: skip
def show_prompt(name: str, folder: Path | None) -> None:
    """Print a template, e.g. `summary` (its latest version) or `summary/v1`."""
    from ..prompts import Prompts

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
    from ..prompts import Prompts
    from ..selection import only
    from ..summaries import summary_request

    digests = read(paths)
    report = only(digests, (paper_id,) if paper_id else (), 1)[0].papers[0]
    request = summary_request(report, prompts=Prompts(folder))
    if as_json:
        echo_json(request.model_dump(mode="json"))
        return
    for message in request.messages:
        click.echo(f"--- {message.role}\n{message.content}\n")
