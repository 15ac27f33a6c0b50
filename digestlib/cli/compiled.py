"""Regular expressions as compiled, kept from run to run.

There are more than a thousand, and to compile them takes a quarter of a second of every run. `re`
has no way to keep them, so this stands where `re` calls its compiler, and does the same. That is
for the program to do, which has its process to itself. Where Python is made otherwise, the file is
spoiled or nothing can be written, they are compiled as ever.
"""

from __future__ import annotations

import atexit
import importlib
import marshal
import os
import sys
import zlib
from array import array
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

MOST = 5000
"""Patterns in the file; those that are made of names in a report would fill it in the end."""

Key = tuple[str, int]
"""A pattern as written, and its flags."""
Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What is made of it: all flags, code, how many groups, and their names both ways."""


def keep_compiled() -> None:
    """Take patterns from those that were kept, from now on; keep what is compiled when done."""
    with suppress(ImportError, AttributeError, RuntimeError):
        compiler: Any = importlib.import_module("re._compiler")
        if not isinstance(compiler.compile, Remembering):
            compiler.compile = Remembering(compiler, Patterns(_place()))
            atexit.register(compiler.compile.patterns.save)


class Patterns:
    """The patterns that a file holds, read when first asked for one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._new = False

    @cached_property
    def _made(self) -> dict[Key, Made]:
        try:
            checksum, kept = marshal.loads(self._path.read_bytes())
            made: dict[Key, Made] = marshal.loads(kept) if zlib.crc32(kept) == checksum else {}
        except (OSError, EOFError, ValueError, TypeError):
            return {}
        return made

    def get(self, key: Key) -> Made | None:
        """What was made of a pattern, if it was."""
        return self._made.get(key)

    def add(self, key: Key, made: Made) -> None:
        """Keep what was made of a pattern."""
        if len(self._made) >= MOST:
            self._made.clear()
        self._made[key] = made
        self._new = True

    def save(self) -> None:
        """Write the file anew where there is more to keep; another run never sees half of it."""
        if not self._new:
            return
        kept = marshal.dumps(self._made)
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                beside.write_bytes(marshal.dumps((zlib.crc32(kept), kept)))
                beside.replace(self._path)
            finally:
                beside.unlink(missing_ok=True)


class Remembering:
    """Compiles as `re._compiler.compile` does, but what is among the patterns already."""

    def __init__(self, compiler: Any, patterns: Patterns) -> None:
        self.patterns = patterns
        self._compile, self._make = compiler.compile, compiler._sre.compile
        self._parse, self._code = compiler._parser.parse, compiler._code

    def __call__(self, written: Any, flags: int = 0) -> Any:
        """The pattern; what is not text is left to `re`."""
        if not isinstance(written, str):
            return self._compile(written, flags)
        key = (written, int(flags))
        made = self.patterns.get(key)
        if made is None:
            made = self._made(written, flags)
            self.patterns.add(key, made)
        all_flags, code, *names = made
        return self._make(written, all_flags, array("I", code).tolist(), *names)

    def _made(self, written: str, flags: int) -> Made:
        parsed = self._parse(written, flags)
        code = array("I", map(int, self._code(parsed, flags))).tobytes()
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        return int(flags | state.flags), code, state.groups - 1, state.groupdict, tuple(names)


def _place() -> Path:
    """Of this Python alone: another one reads other code."""
    folder = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    name = f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}"
    return Path(folder).expanduser() / "digestlib" / name
