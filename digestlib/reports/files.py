"""From paths to the text of files: finding them, reading them, telling their encoding."""

from __future__ import annotations

import codecs
import glob
import os
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..errors import ReportError
from ..models import Problem
from .fields import fold
from .grammar import PART_TITLES

MAX_BYTES = 20_000_000
MAX_LINES = 500_000
STDIN = "-"
"""Can be read by the process that it was given to, and by no other."""
SUFFIXES = (".md", ".markdown", ".txt")

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


class FileText(NamedTuple):
    """A file's text and encoding; the text is None when a problem says why there is none."""

    path: str
    text: str | None
    encoding: str
    problems: tuple[Problem, ...] = ()


def find_files(paths: Paths) -> list[str]:
    """The files that the paths stand for, each once; `-` is standard input.

    A file counts whatever its name; a folder gives its `.md`, `.markdown` and `.txt` files, also
    in folders inside; anything else is a glob pattern. Raises `ReportError` for a path that
    gives no file.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if not given:
        raise ReportError("no reports given; name at least one file, folder or pattern")
    files = [file for path in given for file in _expand(os.fspath(path))]
    return list(
        {file if file == STDIN else os.path.realpath(file): file for file in files[::-1]}.values()
    )[::-1]


def read_file(path: str) -> FileText:
    """A file's text, or one problem that says why it cannot be read."""
    try:
        if path == STDIN:
            data = _read_stdin(sys.stdin.buffer)
        else:
            with Path(path).open("rb") as file:
                data = _read_limited(file)
    except OSError as error:
        return _refused(path, "unreadable", f"cannot be read: {error.strerror or error}")
    if len(data) > MAX_BYTES:
        size = f"larger than {MAX_BYTES // 1_000_000} MB"
        return _refused(path, "too-large", f"{size}, which no daily report is; split it")
    return decode(data, path)


def decode(data: bytes, path: str = "-") -> FileText:
    """Tell the encoding and decode; damage at the end is cut off, elsewhere marked with U+FFFD."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        return _refused(path, "empty-file", "the file is empty", "utf-8")
    found = _decode_utf_16(data, path) or _refuse_binary(data, path)
    found = found or _decode_utf_8(data, path) or _decode_legacy(data, path)
    if found.text is not None and found.text.count("\n") + found.text.count("\r") > MAX_LINES:
        message = f"more than {MAX_LINES} lines, which no daily report has; split it"
        return _refused(path, "too-large", message, found.encoding)
    return found


# ---------------------------------------------------------------- finding


def _expand(path: str) -> list[str]:
    if path == STDIN:
        return [path]
    if Path(path).is_dir():
        return _in_folder(path)
    if Path(path).exists():
        return [path]
    if not glob.has_magic(path):
        raise ReportError(f"{path}: no such file or folder; check the path")
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (keeps the user's spelling)
    files = [file for match in matches for file in _members(match)]
    if not files:
        raise ReportError(f"{path}: the pattern matches no report; check it, or name a folder")
    return files


def _members(match: str) -> list[str]:
    return [match] if not Path(match).is_dir() else list(_walk(match))


def _in_folder(folder: str) -> list[str]:
    files = list(_walk(folder))
    if not files:
        endings = ", ".join(SUFFIXES)
        raise ReportError(f"{folder}: the folder holds no report ({endings}); name another one")
    return files


def _walk(folder: str) -> Iterator[str]:
    for file in sorted(Path(folder).rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not hidden and file.suffix.lower() in SUFFIXES and file.is_file():
            yield str(file)


# ---------------------------------------------------------------- decoding


_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")
_SAMPLE_BYTES = 100_000


@lru_cache(maxsize=1)
def _read_stdin(stream: BinaryIO) -> bytes:
    """What standard input gives only once may be wanted twice: for its date and for its papers."""
    return _read_limited(stream)


def _read_limited(file: BinaryIO) -> bytes:
    return file.read(MAX_BYTES + 1)


def _refused(path: str, code: str, message: str, encoding: str = "unknown") -> FileText:
    return FileText(path, None, encoding, (Problem(code=code, message=message, path=path),))


def _refuse_binary(data: bytes, path: str) -> FileText | None:
    sample = data[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, bytes(range(9)) + bytes(range(14, 27))))
    if b"\0" in data or data.startswith(_MAGIC) or 50 * controls > len(sample):
        message = "not a text file; give the report as Markdown or plain text"
        return _refused(path, "binary-file", message, "binary")
    return None


def _decode_utf_16(data: bytes, path: str) -> FileText | None:
    for bom, name in _BOMS_16:
        if data.startswith(bom):
            return _decode_wide(data[len(bom) :], name, path)
    sample = data[: _SAMPLE_BYTES // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if 20 * max(even, odd) < len(sample) // 2 or 10 * min(even, odd) > max(even, odd):
        return None
    found = _decode_wide(data, "utf-16-le" if odd > even else "utf-16-be", path)
    text = (found.text or "")[:_SAMPLE_BYTES]
    looks_like_text = "\0" not in text and ("\n" in text or "\r" in text) and "\ufffd" not in text
    return found if looks_like_text else None


_BOMS_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def _decode_wide(data: bytes, encoding: str, path: str) -> FileText:
    try:
        return FileText(path, data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4:
            return _truncated(data[: error.start].decode(encoding), encoding, path)
    return _damaged(data.decode(encoding, "replace"), encoding, path)


def _decode_utf_8(data: bytes, path: str) -> FileText | None:
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return FileText(path, data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        cut = data.removeprefix(codecs.BOM_UTF8)
        if error.reason == "unexpected end of data" and len(error.object) - error.start < 4:
            at = len(cut) - (len(error.object) - error.start)
            return _truncated(cut[:at].decode("utf-8"), encoding, path)
    text = data.decode(encoding, "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    few = 20 * text.count("\ufffd") <= beyond_ascii
    return _damaged(text, encoding, path) if few or encoding == "utf-8-sig" else None


def _decode_legacy(data: bytes, path: str) -> FileText:
    """GB18030, or Big5 when only that gives the name of a part."""
    tried = [
        found for name in ("gb18030", "big5hkscs") if (found := _decode_strictly(data, name, path))
    ]
    for found in tried:
        if any(title in fold(found.text or "") for title in PART_TITLES.values()):
            return found
    if tried and tried[0].encoding == "gb18030":
        return tried[0]
    text = data.decode("gb18030", "replace")
    if any(title in fold(text) for title in PART_TITLES.values()):
        return _damaged(text, "gb18030", path)
    message = "neither UTF-8, UTF-16 nor GB18030; save the report as UTF-8"
    return _refused(path, "bad-encoding", message)


def _decode_strictly(data: bytes, encoding: str, path: str) -> FileText | None:
    try:
        return FileText(path, data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if len(data) - error.start >= 4:
            return None
        return _truncated(data[: error.start].decode(encoding), encoding, path)


def _truncated(text: str, encoding: str, path: str) -> FileText:
    line = text.count("\n") + 1
    message = "the file ends in the middle of a character; get the whole file"
    return FileText(path, text, encoding, (_problem("truncated", message, path, line),))


def _damaged(text: str, encoding: str, path: str) -> FileText:
    count = text.count("\ufffd")
    line = text[: text.find("\ufffd")].count("\n") + 1
    message = f"{count} characters cannot be read as {encoding}, the first here; save it as UTF-8"
    return FileText(path, text, encoding, (_problem("bad-encoding", message, path, line),))


def _problem(code: str, message: str, path: str, line: int) -> Problem:
    return Problem(code=code, message=message, path=path, line=line)
