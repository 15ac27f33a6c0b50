"""Text of reports and models as text: nothing in it may become markup.

Ordinary prose stays as it is, for an editor reads the Markdown in source form; a backslash
goes only where CommonMark or GitHub's dialect would read a character as markup.
"""

from __future__ import annotations

import re

from ..plaintext import inline, plain, visible

__all__ = ["cell", "code", "inline", "markdown", "plain", "visible"]

_MARKUP = re.compile(
    r"""
    (?=[\\`\[\]|$*_~<&:.@\#>+=-]) (?:   # looked at first: most characters are none of these
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
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FORMULA_START = tuple("=+-@＝＋－＠")
_NUMBERED = re.compile(r"^([0-9]{1,9})(?=[.)](?:\s|$))")


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
