"""Text of reports and models as text: nothing in it may become markup.

Ordinary prose stays as it is, for an editor reads the Markdown in source form; a backslash
goes only where CommonMark or GitHub's dialect would read a character as markup.
"""

from __future__ import annotations

import re

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\s]+")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_MARKUP = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)           # an escape of what follows
    | [`\[\]|$]                         # code, links, table cells, maths
    | \*(?!\s) | (?<!\s)\*              # emphasis; a star between blanks is one
    | _(?![^\W_]) | (?<![^\W_])_        # emphasis; snake_case is none
    | (?<=[^\s(])~ | ~(?!\w)            # strike-through; “~5” is none
    | <(?=[A-Za-z/!?]|$)                # tags and autolinks; “<32k” is none
    | &(?=\#?\w+(?:;|$))                # entities
    | :(?=//) | (?<=www)\. | @(?=[\w.-]*\.[A-Za-z])   # bare addresses
    | ^[\#>:] | ^[-+](?=[\s-]|$) | ^=(?=[=\s]*$)      # headings, quotes, lists, rules
    | (?<=\s)\#(?=\#*$)                 # the closing run of a heading
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FORMULA_START = tuple("=+-@＝＋－＠")
_NUMBERED = re.compile(r"^([0-9]{1,9})(?=[.)](?:\s|$))")


def visible(text: str) -> str:
    """The text, its lines kept, without control, invisible and direction-changing characters."""
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def plain(text: str) -> str:
    """One line without control, invisible and direction-changing characters."""
    return _BLANK.sub(" ", _INVISIBLE.sub("", text)).strip()


def markdown(text: str) -> str:
    """The Markdown that CommonMark and GitHub render as exactly `plain(text)`."""
    return _NUMBERED.sub(r"\1\\", _MARKUP.sub(r"\\\g<0>", plain(text)))


def cell(text: str) -> str:
    """A cell that a spreadsheet takes as text, not as a formula."""
    line = plain(text)
    return f"'{line}" if line.startswith(_FORMULA_START) else line


def code(text: str) -> str:
    """A code span, or escaped text where a span cannot hold it."""
    line = plain(text)
    return markdown(line) if not line or "`" in line or "|" in line else f"`{line}`"
