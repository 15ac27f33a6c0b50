"""Who asks what: of several runs on one store only one asks for an answer, the others wait for it.

A claim locks one byte of a file beside the store, at a place that the key says. The system lets go
of it when its process ends, however that ends, so a run that was killed holds nobody up.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import Interrupted

if sys.platform != "win32":
    import fcntl

POLL_S = 0.1


class Claims:
    """What this process is asking, for other processes to see; its threads know no two alike."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(f"{store.name}-asking")
        self._file: int | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    @contextmanager
    def on(self, key: str) -> Iterator[None]:
        """Wait while another process asks for the answer with that key, then be who does."""
        place = 1 + int(key[:15], 16)
        file = self._opened()
        while not _locked(file, place):
            if self._stopping.wait(POLL_S):
                raise Interrupted("the run was interrupted while another one asked this")
        try:
            yield
        finally:
            _unlock(file, place)

    def stop(self) -> None:
        """Wait for nobody any more."""
        self._stopping.set()

    def close(self) -> None:
        """Let go of all; the last one removes the file."""
        with self._lock:
            if self._file is None:
                return
            file, self._file = self._file, None
        with suppress(OSError):
            if _locked(file, 0):
                self._path.unlink(missing_ok=True)
        os.close(file)

    def _opened(self) -> int | None:
        """None where there can be no such file; then two runs may ask the same."""
        with self._lock:
            if self._file is None and sys.platform != "win32":  # which has locks of another kind
                with suppress(OSError):
                    self._file = _shared(self._path)
            return self._file


def _shared(path: Path) -> int:
    """The file with a shared lock on its first byte, which says that somebody uses it."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.lockf(file, fcntl.LOCK_SH, 1, 0)
        with suppress(FileNotFoundError):  # removed by the last one in the meantime
            if os.path.samestat(os.fstat(file), path.stat()):
                return file
        os.close(file)


def _locked(file: int | None, place: int) -> bool:
    """Whether the byte is ours now; where nothing can be locked it is, too."""
    try:
        if file is not None:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        pass
    return True


def _unlock(file: int | None, place: int) -> None:
    with suppress(OSError):  # closed in the meantime: that let go of it, too
        if file is not None:
            fcntl.lockf(file, fcntl.LOCK_UN, 1, place)
