"""A line as its reader sees it: without quote marks, tags, escapes and invisible characters.

Structure is told from this view, the text of a part is taken from the line itself; `View.origin`
leads from the one to the other. Only the first characters are looked at, so that the cost of a
line is bounded whatever it holds.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .fields import fold

VIEW_CHARS = 500
_RULE_CHARS = 120


class View(NamedTuple):
    """The visible beginning of a line, and where each of its characters stands in the line."""

    text: str
    indent: int
    """Columns before the text; a tab is four."""
    start: int = 0
    """Where the text begins in the line, if `places` does not say."""
    table: bool = False
    quoted: bool = False
    places: tuple[int, ...] | None = None
    """None where the view is the line itself from its first visible character on."""

    def origin(self, at: int) -> int:
        """The place in the line of a place in the view; behind the view, that of its end."""
        return self.start + at if self.places is None else self.places[at]


def see(line: str) -> View:
    """The view of a line; its text is empty for a line that shows nothing."""
    head = line[:VIEW_CHARS]
    if not (_MAY_BE_NOISE.search(head) and _NOISE_CHARS.search(head)):
        bare = head.lstrip()
        start = len(head) - len(bare)
        indent = columns(head[:start]) if start else 0
        return View(bare.rstrip(), indent, start)
    return _clear(head)


def columns(margin: str) -> int:
    """The width of a line's margin."""
    return len(margin) + 3 * margin.count("\t")


def rule_mark(text: str) -> str:
    """The character that a line of the view is drawn with, `====`, `* * *` or `-=-=`; or empty."""
    if len(text) < 3 or text[0] not in _DRAWN or text[-1] not in _DRAWN:
        return ""
    bare = text.replace(" ", "") if len(text) <= _RULE_CHARS else text
    if len(bare) < _LEAST.get(bare[0], 3) or bare.strip(_DRAWN):
        return ""
    alike = not bare.strip(bare[0]) or (len(bare) >= 6 and not bare.strip(bare[:2]))
    return fold(bare[0]) if alike else ""


# ---------------------------------------------------------------- what is not seen

_DRAWN = "=＝-－*＊_＿─━═╌╍┄┅—–~～+＋#＃•·●○◆◇■□★☆※▬⸻⎯"
_LEAST = {"#": 7, "＃": 7, "~": 6}  # fewer are a heading or the mark of a code block
_INVISIBLE = (
    r"\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0c\x0e-\x1f"
)
_NOISE_CHARS = re.compile(rf"[<>\\|{_INVISIBLE}]|\]\(#|\{{#|&[a-z]{{2,4}}sp;")
_MAY_BE_NOISE = re.compile(rf"[<>\\|{_INVISIBLE}\]{{&]")
"""What noise begins with: one class is looked for six times as fast as several alternatives."""
_TAGS = (
    r"p|br|div|span|font|center|a|u|i|em|mark|big|small|details|summary|section|article|header|footer"
    r"|ul|ol|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|li|hr|b|strong|h[1-6]"
)
_NOISE = re.compile(
    rf"""(?P<cell>\A\s*(?:>[ \t]?){{0,5}}\|(?=[^|]*\|))
    |(?P<quote>\A\s*(?:>[ \t]?){{1,5}})
    |(?P<hidden>[\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069\x00-\x08\x0c\x0e-\x1f]+
        |<!--[^一-龥]{{0,200}}?-->
        |\\(?:newpage|pagebreak|clearpage)(?=\s*$)
        |\\(?=[!-/:-@\[-`{{-~])
        |(?<=\])\(\#[^)\s]{{0,100}}\)
        |\{{\#[\w\-]{{1,60}}\}}(?=\s*$))
    |(?P<space>&[a-z]{{2,4}}sp;)
    |<(?P<close>/)?(?P<tag>{_TAGS})(?:\s[^<>]{{0,200}})?/?>""",
    re.VERBOSE | re.IGNORECASE,
)
_SHOWN = {"b": "**", "strong": "**", "hr": "---", "li": "- "}


def _clear(head: str) -> View:
    shown: list[str] = []
    places: list[int] = []
    after, table, quoted = 0, False, False
    for match in _NOISE.finditer(head):
        instead = "- " if match["cell"] else _instead(match)
        shown.append(head[after : match.start()] + instead)
        places += [*range(after, match.start()), *[match.start()] * len(instead)]
        after, table = match.end(), table or bool(match["cell"])
        quoted = quoted or ">" in (match["quote"] or match["cell"] or "")
    text = "".join(shown) + head[after:]
    places += range(after, len(head) + 1)
    if table:  # the first cell is a key
        text = re.sub(r"\s*\|", lambda m: " " * (len(m[0]) - 1) + ":", text, count=1)
    bare = text.lstrip()
    cut = len(text) - len(bare)
    return View(bare.rstrip(), columns(text[:cut]), 0, table, quoted, tuple(places[cut:]))


def _instead(match: re.Match[str]) -> str:
    tag = (match["tag"] or "").lower()
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return "" if match["close"] else "#" * int(tag[1]) + " "
    if match["close"] and tag in ("li", "hr"):
        return ""
    return " " if match["space"] else _SHOWN.get(tag, "")
