"""Files are written whole or not at all: beside, flushed, renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import OutputError


def require_writable(folder: Path) -> None:
    """Make the folder and see that files can be made in it, before anything is paid for."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        raise OutputError(
            f"{folder}: cannot be written ({exc.strerror}); choose another folder with -o"
        ) from exc


def write_files(folder: Path, contents: Mapping[str, str]) -> list[Path]:
    """Write the texts, UTF-8 with Unix line ends, each whole or not at all; returns their paths."""
    require_writable(folder)
    return [write_file(folder / name, text) for name, text in contents.items()]


def write_file(path: Path, text: str) -> Path:
    """Write one text so that no reader ever sees half of it."""
    beside = None
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".digest-", delete=False
        ) as file:
            beside = Path(file.name)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
    except OSError as exc:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({exc.strerror})") from exc
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
