"""Text of strangers as plain text: nothing invisible, nothing that turns its direction; pure."""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\s]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def visible(text: str) -> str:
    """The text, its lines kept, without control, invisible and direction-changing characters."""
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def plain(text: str) -> str:
    """One line without control, invisible and direction-changing characters."""
    return inline(text).strip()


def inline(text: str) -> str:
    """A part of such a line: blanks at its ends are kept as one."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return _BLANK.sub(" ", _INVISIBLE.sub("", text))
