"""What every command shares: how errors end, the options of a model.

Only click and the standard library load with this module, so that `--help` is quick.
"""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import os
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

import click

from ..deadline import TIMEOUT_S
from ..errors import DigestError

EXIT_INTERRUPTED = 130
SWITCH_S = 0.0002
"""How long one thread may compute while another has a request to send or an answer to read."""
COLLECT_AFTER = (50_000, 20, 50)
"""A run keeps most of what it makes, so it is looked through for garbage less often."""

Command = TypeVar("Command", bound=Callable[..., Any])


class Program(click.Group):
    """The group of commands: our errors in one line with their exit code, Ctrl-C as 130."""

    def main(self, args: Sequence[str] | None = None, **kwargs: Any) -> Any:  # type: ignore[override]
        """Run and exit; a traceback only with `--debug`."""
        set_up_process()
        arguments = list(sys.argv[1:] if args is None else args)
        kwargs["standalone_mode"] = False
        kwargs.setdefault("prog_name", "digest-summarise")
        if "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
            kwargs["color"] = False
        try:
            code = super().main(arguments, **kwargs)
        except click.exceptions.NoArgsIsHelpError as exc:
            click.echo(exc.format_message())
            code = 0
        except click.ClickException as exc:
            exc.show()
            code = exc.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo(
                "Interrupted; what was answered is in the store: the same command goes on.",
                err=True,
            )
            code = EXIT_INTERRUPTED
        except DigestError as exc:
            if "--debug" in arguments:
                raise
            click.echo(f"Error: {exc}", err=True)
            code = exc.exit_code
        except BrokenPipeError:
            _close_quietly()
            code = 1
        except OSError as exc:  # a full disk behind stdout, a file that went away
            if "--debug" in arguments:
                raise
            click.echo(f"Error: {exc.filename or 'stdout'}: {exc.strerror or exc}", err=True)
            _close_quietly()
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


class Dollars(click.ParamType):  # type: ignore[type-arg] # click 8.1 takes none
    """An amount of dollars, 0 or more."""

    name = "dollars"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The amount as a `Decimal`."""
        try:
            amount = Decimal(value)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not (amount.is_finite() and amount >= 0):
            self.fail(f"{value!r} is not an amount of dollars", param, ctx)
        return amount


class Day(click.ParamType):  # type: ignore[type-arg] # click 8.1 takes none
    """A day, as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day as a `date`."""
        try:
            return dt.datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD", param, ctx)


def model_options(command: Command) -> Command:
    """The options of every command that calls a model."""
    options = [
        click.option("--base-url", envvar=["DIGEST_BASE_URL", "OPENAI_BASE_URL"], metavar="URL", help="OpenAI-compatible endpoint [env: OPENAI_BASE_URL]."),
        click.option("--model", envvar="DIGEST_MODEL", metavar="NAME", help="Model to ask [env: DIGEST_MODEL]."),
        click.option("--jobs", envvar="DIGEST_JOBS", type=click.IntRange(1, 256), default=8, show_default=True, metavar="N", help="Requests at a time."),
        click.option("--timeout", envvar="DIGEST_TIMEOUT", type=click.IntRange(1, 86_400), default=TIMEOUT_S, show_default=True, metavar="SECONDS", help="How long one try may take, for slow local servers."),
        click.option("--store", envvar="DIGEST_STORE", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Where answers are kept [default: digest.db; none while replaying]."),
        click.option("--max-cost", envvar="DIGEST_MAX_COST", type=Dollars(), metavar="USD", help="Stop before the request that would cross this."),
        click.option("--prices", envvar="DIGEST_PRICES", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="Your own price table (TOML)."),
        click.option("--replay/--live", "replay", envvar="DIGEST_REPLAY", default=None, help="Replay recorded answers, or ask the endpoint [default: replay when nothing is configured]."),
        click.option("--offline", envvar="DIGEST_OFFLINE", is_flag=True, help="Ask nothing: only answers that the store has."),
        click.option("--cassettes", envvar="DIGEST_CASSETTES", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR", help="Recorded answers to replay."),
        click.option("--structured", envvar="DIGEST_STRUCTURED", type=click.Choice(["auto", "json_schema", "json_object", "text"]), default="auto", show_default=True, help="How the answer's form is asked for."),
        click.option("--prompts", "prompt_folder", envvar="DIGEST_PROMPTS", type=click.Path(path_type=Path), metavar="DIR", help="Your own prompt templates."),
        click.option("--glossary", "glossary_files", envvar="DIGEST_GLOSSARY", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE", help="Your own term pairs (TOML); may be repeated."),
        click.option("--limit", envvar="DIGEST_LIMIT", type=click.IntRange(1), metavar="N", help="Only the first N papers."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout when done."),
        click.option("--quiet", "-q", is_flag=True, help="No progress on stderr."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def span_options(command: Command) -> Command:
    """`--from` and `--to`: the reports of a span of days."""
    for flag, name, text in (("--to", "last", "up to"), ("--from", "first", "from")):
        command = click.option(
            flag,
            name,
            type=Day(),
            metavar="YYYY-MM-DD",
            help=f"Only reports {text} this day.",
        )(command)
    return command


processes_option = click.option("--processes", type=click.IntRange(1, 256), default=lambda: os.cpu_count() or 1, metavar="N", help="Processes that read and check [default: one for each core].")  # fmt: skip
paths_argument = click.argument("paths", nargs=-1, metavar="[PATHS]...")
output_folder = click.option(
    "-o",
    "--output",
    envvar="DIGEST_OUTPUT",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    metavar="DIR",
    help="Folder for the draft.",
)


def set_up_process() -> None:
    """Settings that are the program's to make, as it is alone in its process."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(*COLLECT_AFTER)
    atexit.register(gc.freeze)  # what goes with the process need not be looked through


def _close_quietly() -> None:
    """After a reader went away, keep the interpreter from complaining at exit."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - lives to the end
