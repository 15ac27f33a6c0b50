"""The command `digest-summarise`: files, flags, progress and exit codes; the work is elsewhere.

Only click and the standard library load with these modules, so that `--help` is quick.
"""

from __future__ import annotations

import click

from .. import __version__
from .batching import batch
from .charting import charts
from .comparing import compare
from .configuring import common_options
from .drafting import day, papers, week
from .exporting import diff, export
from .inspecting import check, parse, plan, runs
from .program import Program
from .prompting import prompts
from .trending import trends


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest-summarise")
def main() -> None:
    """Turn Chinese Hugging Face Daily Papers reports into an English newsletter draft.

    The model never types a figure: it points at one in the report, and code prints it. With no
    endpoint configured, the recorded answers for the example reports are replayed.
    """


for command in (
    *(week, day, papers, compare, trends, charts),
    *(check, export, diff, plan, parse, prompts, runs, batch),
):
    main.add_command(command)
common_options(main)
