"""The commands in the pages for users: `sh` blocks are run, `console` and `cron` ones only parsed.

A `text` block right below an `sh` block shows lines of what that prints; `…` stands for anything.
"""

from __future__ import annotations

import itertools
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from digestlib.cli import main

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```(sh|console|cron|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_END = {"|", "||", "&&", "&", ";", ">", ">>", "<", "2>"}


class Block(NamedTuple):
    """A block of a page, and the lines that are shown of its output."""

    line: int
    text: str
    shown: str = ""


def blocks(page: Path, kind: str) -> list[Block]:
    """The blocks of a page of a kind, in order."""
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    matches = list(_BLOCK.finditer(text))
    for match, after in itertools.zip_longest(matches, matches[1:]):
        below = after and after[1] == "text" and not text[match.end() : after.start()].strip()
        if match[1] == kind:
            line = text.count("\n", 0, match.start()) + 2
            found.append(Block(line, match[2], after[2] if after and below else ""))
    return found


def run_block(block: Block, folder: Path, env: dict[str, str]) -> str:
    """Run a block as its reader would; its output and messages, which must hold what is shown."""
    path = f"{Path(sys.executable).parent}:{env['PATH']}"
    done = subprocess.run(
        ["bash", "-euc", block.text],
        cwd=folder,
        env=env | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"line {block.line}: {block.text}\n{done.stdout}"
    for line in filter(str.strip, block.shown.splitlines()):
        pattern = ".*".join(re.escape(part) for part in line.strip().split("…"))
        assert re.search(pattern, done.stdout), f"line {block.line}: {line!r} not in\n{done.stdout}"
    return done.stdout


def commands_in(text: str) -> Iterator[list[str]]:
    """The words of each `digest-summarise` command, whatever stands around it."""
    for line in text.replace("\\\n", " ").splitlines():
        if "digest-summarise" not in line:
            continue
        words = shlex.split(line, comments=True)
        while "digest-summarise" in words:
            words = words[words.index("digest-summarise") + 1 :]
            end = next((n for n, word in enumerate(words) if word in _END), len(words))
            yield words[:end]


def parse_command(words: list[str]) -> None:
    """Raise `click.UsageError` for a command or an option that does not exist."""
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        name = words[0]
        if name not in command.commands:
            raise click.UsageError(f"no command {name}")
        command, words = command.commands[name], words[1:]
        context = click.Context(command, parent=context, info_name=name)
    command.make_parser(context).parse_args(list(words))
