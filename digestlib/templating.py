"""Jinja environments, strict about names; what a template compiles to is kept between runs."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable
from typing import Any

import jinja2


def environment(
    loader: jinja2.BaseLoader,
    *,
    autoescape: bool,
    finalize: Callable[[Any], Any] | None = None,
    keep_trailing_newline: bool = False,
) -> jinja2.Environment:
    """An environment for the templates of a loader; a name that is not given is an error."""
    made = jinja2.Environment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        autoescape=autoescape,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
        auto_reload=False,
        bytecode_cache=_compiled("sync", autoescape, keep_trailing_newline),
    )
    # Nothing here is asynchronous, and asking that at each call takes longer than most filters.
    made.filters = {name: inspect.unwrap(found) for name, found in made.filters.items()}
    return made


class _Compiled(jinja2.FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Any) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(*options: object) -> jinja2.BytecodeCache | None:
    """The user's own folder of compiled templates, told apart by what they were compiled with."""
    made_with = "-".join(map(str, (jinja2.__version__, *options)))
    try:
        return _Compiled(pattern=f"digestlib-{made_with}-%s")
    except (OSError, RuntimeError):
        return None
