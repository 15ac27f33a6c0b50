"""Ctrl-C: once finishes with what is there, twice stops now."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING

import click

from .program import EXIT_INTERRUPTED

if TYPE_CHECKING:
    from ..session import Session

_NOTED = "digestlib.interrupted"


def stop_on_interrupt(session: Session) -> None:
    """Until the command ends, let Ctrl-C stop the session instead of breaking in anywhere."""
    if threading.current_thread() is not threading.main_thread():
        return
    context = click.get_current_context()

    def stop(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - what signal calls
        if context.meta.get(_NOTED):
            os.write(2, _SHOW_CURSOR if os.isatty(2) else b"")
            os._exit(EXIT_INTERRUPTED)
        context.meta[_NOTED] = True
        out = session.stop()
        # Not through sys.stderr: this may have broken in while it was writing.
        os.write(2, _NOTE.format(out=out, s="" if out == 1 else "s").encode())

    before = signal.signal(signal.SIGINT, stop)
    context.call_on_close(lambda: signal.signal(signal.SIGINT, before))


def was_interrupted() -> bool:
    """Whether Ctrl-C was pressed during this command."""
    return bool(click.get_current_context().meta.get(_NOTED))


_SHOW_CURSOR = b"\x1b[?25h\n"
"""A bar on its way has hidden it."""
_NOTE = (
    "\nInterrupted: waiting for {out} answer{s} on the way, then writing what is there; "
    "Ctrl-C again stops now.\n"
)
