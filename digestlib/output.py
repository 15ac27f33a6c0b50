"""Files are written whole or not at all: beside, flushed, renamed."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .errors import OutputError

_BESIDE = ".digest-"


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


def write_files(folder: Path, contents: Mapping[str, str | bytes]) -> list[Path]:
    """Write the files, texts as UTF-8 with Unix line ends: all of them, or none is touched."""
    require_writable(folder)
    return _put({folder / name: text for name, text in contents.items()})


def write_file(path: Path, text: str) -> Path:
    """Write one text so that no reader ever sees half of it; links are followed."""
    return _put({path: text})[0]


def keep_edited(path: Path, text: str) -> Path | None:
    """If a file is there that says something else, copy it beside and return where it is kept."""
    if not path.is_file() or path.read_text(encoding="utf-8", errors="replace") == text:
        return None
    numbers = itertools.count(1)
    kept = next(k for n in numbers if not (k := path.with_name(f"{path.name}.~{n}~")).exists())
    _put({kept: path.read_bytes()})
    shutil.copystat(path, kept)
    return kept


def _put(contents: Mapping[Path, str | bytes]) -> list[Path]:
    """Write every text beside its place first, then rename; devices are written to directly."""
    beside: list[tuple[Path, Path]] = []
    current = Path()
    try:
        for folder in {path.resolve().parent for path in contents}:
            _sweep(folder)
        for path, text in contents.items():
            current = path
            target = path.resolve()
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if target.exists() and not target.is_file():
                target.write_bytes(_bytes(text))
            elif not _says(target, _bytes(text)):
                beside.append((_written_beside(target, text), target))
        for draft, target in beside:
            draft.replace(target)
    except OSError as exc:
        for draft, _ in beside:
            draft.unlink(missing_ok=True)
        mend = "free some space" if exc.errno == errno.ENOSPC else "choose another place"
        raise OutputError(
            f"{current}: cannot be written ({exc.strerror}); {mend} and run again"
        ) from exc
    return list(contents)


def _says(target: Path, content: bytes) -> bool:
    """Whether the file is there and says just that: what did not change is not touched."""
    return target.is_file() and target.read_bytes() == content


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed left beside."""
    for draft in folder.glob(f"{_BESIDE}*-*"):
        pid = draft.name.removeprefix(_BESIDE).split("-")[0]
        if pid.isdigit() and not _is_another_running(int(pid)):
            draft.unlink(missing_ok=True)


def _is_another_running(pid: int) -> bool:
    if pid == os.getpid():
        return False
    if sys.platform == "win32":  # there os.kill would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def _written_beside(target: Path, text: str | bytes) -> Path:
    prefix = f"{_BESIDE}{os.getpid()}-"
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=prefix, delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(_bytes(text))
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            draft.unlink(missing_ok=True)
            raise
    draft.chmod(0o666 & ~_umask())
    return draft


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
