"""The command as a person runs it: a process of its own in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from .reference_server import ReferenceServer


class Done(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def run_in(folder: Path, *arguments: str, stdin: Path | None = None, **env: str) -> Done:
    """Run `digest-summarise` in a folder, without a key, an endpoint or a config of this machine."""
    process = start_in(folder, *arguments, stdin=stdin, **env)
    try:
        out, err = process.communicate(timeout=300)
    finally:
        process.kill()
    return Done(process.returncode, out, err)


def start_in(
    folder: Path, *arguments: str, stdin: Path | None = None, **env: str
) -> subprocess.Popen[str]:
    """The same, to be struck or waited for."""
    with (stdin or Path(os.devnull)).open("rb") as given:
        return subprocess.Popen(
            [sys.executable, "-m", "digestlib", *arguments],
            cwd=folder,
            env=clean_environment(folder) | env,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )


def clean_environment(home: Path) -> dict[str, str]:
    """This environment less what configures the command, at home in that folder."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("OPENAI_", "DIGEST_"))
    }
    return kept | {"HOME": str(home), "XDG_CONFIG_HOME": str(home)}


def live(server: ReferenceServer, *arguments: str) -> tuple[str, ...]:
    """The arguments that send a command to a server."""
    return (*arguments, "--base-url", server.url, "--model", "reference-answers")
