"""Where the papers of a report begin.

No single mark is trusted. A paper begins where enough of these meet: a heading, the 📄, a
`====` above it, a link with an arXiv id or a reading source below it, and the first part, or
a part that the paper before already has, after that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..models import SectionName
from .rows import Row, is_caption

_LOOK_AHEAD_ROWS = 12


class Start(NamedTuple):
    """The first line of a paper, and whether that line is its title."""

    at: int
    titled: bool


def find_starts(rows: Sequence[Row]) -> list[Start]:
    """The papers' first lines, in order; each row is looked at with a bounded look-ahead."""
    level = _title_level(rows)
    starts: list[Start] = []
    state = _State()
    for k, row in enumerate(rows):
        start = _start_at(rows, k, state, level) if _is_candidate(rows, k) else None
        if start is None and row.heading and state.position < 0 and _is_solid(row):
            start = _first_heading_above(rows, k)
        if start is not None:
            starts.append(start)
            state = _State(position=k)
            if row.kind == "text":
                continue
        state = state.after(row)
    return starts


def separator_marks(rows: Sequence[Row], starts: Sequence[Start]) -> frozenset[str]:
    """The characters of the rules that stand between papers here; `=` always is one."""
    begins = {start.at for start in starts}
    marks = Counter(
        above.mark for above, row in pairwise(rows) if row.at in begins and above.kind == "rule"
    )
    return frozenset({"="} | {mark for mark, count in marks.items() if 2 * count > len(starts)})


class _State(NamedTuple):
    """What the paper that is open at a row has shown so far."""

    position: int = -1
    in_head: bool = True
    has_meta: bool = False
    seen: frozenset[SectionName] = frozenset()
    part_level: int = 0

    def after(self, row: Row) -> _State:
        if row.kind == "text":
            if row.mark or not self.in_head:
                return self
            return _State(self.position, False, self.has_meta, self.seen, self.part_level)
        if row.kind == "part" and row.heading and _is_solid(row):
            seen = self.seen | {row.heading.part}
            level = self.part_level or row.level
            return _State(self.position, False, self.has_meta, seen, level)
        if row.kind == "meta" and _is_strong(row) and not self.has_meta:
            return self._replace(has_meta=True)
        return self


class _Ahead(NamedTuple):
    """What follows a possible title before its paper's first text."""

    next: Row | None = None
    """The very next row."""
    link: bool = False
    source: bool = False
    strong: bool = False
    """A link with an arXiv id or a known reading source."""
    part: SectionName | None = None
    end: bool = False


def _start_at(rows: Sequence[Row], k: int, state: _State, level: int) -> Start | None:
    row, separated = rows[k], _is_separated(rows, k)
    if state.position >= 0 and state.in_head and not separated:
        if not state.has_meta:
            return Start(row.at, True) if row.mark and level in (0, row.level) else None
        if row.kind == "meta":
            return None
    ahead = _look_ahead(rows, k)
    restarts = ahead.part is not None and (ahead.part in state.seen or state.position < 0)
    if row.kind == "heading":
        starts = _heading_starts(row, ahead, separated, restarts, state, level, rows[0].at)
    elif row.kind == "text":
        starts = _text_starts(row, ahead, separated, restarts, state)
    else:
        starts = _untitled_starts(row, ahead, separated, restarts, state)
    return Start(row.at, row.kind in ("heading", "text")) if starts else None


def _is_separated(rows: Sequence[Row], k: int) -> bool:
    """Whether a `====` stands above the row that does not underline the line above it."""
    if not k or rows[k - 1].kind != "rule" or rows[k - 1].mark != "=":
        return False
    return k < 2 or not _is_underlined(rows, k - 2)


def _is_underlined(rows: Sequence[Row], k: int) -> bool:
    """Whether the rule right below a line makes it a heading, as in Markdown's setext form."""
    row, rule = rows[k], rows[k + 1]
    if rule.at != row.at + 1 or row.level or row.listed or row.kind not in ("text", "part", "meta"):
        return False
    if row.heading:
        return not row.heading.inline
    apart = k == 0 or rows[k - 1].kind == "rule" or rows[k - 1].at < row.at - 1
    return apart and k + 2 < len(rows) and rows[k + 2].kind == "meta"


def _is_candidate(rows: Sequence[Row], k: int) -> bool:
    """Whether a row could begin a paper at all, so that most need no look-ahead."""
    row = rows[k]
    if row.kind == "heading" or row.mark:
        return row.kind != "rule"
    if row.kind == "meta":
        return _is_strong(row)
    if row.kind == "part":
        return _is_separated(rows, k)
    if row.kind != "text" or row.indent:
        return False
    apart = k == 0 or rows[k - 1].kind == "rule" or rows[k - 1].at < row.at - 1
    above_meta = k + 1 < len(rows) and rows[k + 1].kind in ("meta", "rule")
    return apart and (above_meta or _is_separated(rows, k))


def _heading_starts(
    row: Row, ahead: _Ahead, separated: bool, restarts: bool, state: _State, level: int, first: int
) -> bool:
    if row.mark:
        dated = ahead.next is not None and ahead.next.kind == "meta" and ahead.next.key == "other"
        if row.at == first and dated and not ahead.strong:
            return False  # the report's own title, with the mark of a paper's
        return separated or ahead.strong or level in (0, row.level)
    if state.position < 0 and not separated and not ahead.strong:
        return False  # the report's own title; a first paper without marks is found from its parts
    known = ahead.strong or row.paper_id is not None
    above_parts = not state.part_level or row.level < state.part_level
    if separated:
        return known or ahead.link or ahead.source or ahead.part is not None
    if known and (restarts or ahead.end or (ahead.link and ahead.source)):
        return True
    return state.position >= 0 and not state.in_head and restarts and above_parts


def _text_starts(row: Row, ahead: _Ahead, separated: bool, restarts: bool, state: _State) -> bool:
    """A title without `#` needs metadata right below it, or a separator above it."""
    if row.mark:
        return separated or restarts or ahead.strong
    near = ahead.next is not None and ahead.next.kind in ("meta", "rule") and ahead.strong
    if near and (separated or restarts or ahead.end):
        return True
    return separated and restarts and state.position >= 0


def _untitled_starts(
    row: Row, ahead: _Ahead, separated: bool, restarts: bool, state: _State
) -> bool:
    """A paper whose title is lost begins with its link, its source or its first part."""
    if row.kind == "part":
        return row.heading is not None and row.heading.part in state.seen and _is_solid(row)
    if state.position < 0:
        return ahead.part is not None
    return (separated or not state.in_head) and (separated or restarts)


def _look_ahead(rows: Sequence[Row], k: int) -> _Ahead:
    first = rows[k + 1] if k + 1 < len(rows) else None
    link = source = strong = False
    in_meta = True
    window = rows[k + 1 : k + 1 + _LOOK_AHEAD_ROWS]
    for row, below in zip(window, [*window[1:], None], strict=False):
        if row.kind == "part" and row.heading and _is_solid(row):
            return _Ahead(first, link, source, strong, row.heading.part)
        if row.kind == "heading" and not row.mark:
            in_meta = False
        elif row.kind == "meta" and (in_meta or row.key == "other"):
            link = link or row.key == "link"
            source = source or row.key == "source" or row.source != "unknown"
            strong = strong or _is_strong(row)
        elif not _is_within_head(row, below, rows[k]):
            return _Ahead(first, link, source, strong)
    end = k + 1 + _LOOK_AHEAD_ROWS >= len(rows)
    return _Ahead(first, link, source, strong, None, end)


def _is_within_head(row: Row, below: Row | None, title: Row) -> bool:
    """Whether a line is the second one of a setext title, a code fence or a caption."""
    if row.kind == "rule":
        return not title.level and row.at == title.at + 1
    return row.kind == "fence" or (below is not None and is_caption(row, below))


def _is_strong(row: Row) -> bool:
    return row.paper_id is not None or row.source != "unknown"


def _is_solid(row: Row) -> bool:
    """Whether a part heading stands where headings stand, not deep in a list."""
    heading = row.heading
    return heading is not None and (
        heading.style[0] == "hash"
        or (
            heading.exact
            and heading.style[0] not in ("bullet", "quote", "sentence")
            and row.indent <= 3
        )
    )


def _title_level(rows: Sequence[Row]) -> int:
    """The `#` level of the titles that are certain; 0 when none is."""
    certain = Counter(
        row.level
        for k, row in enumerate(rows)
        if row.kind == "heading" and row.mark and _look_ahead(rows, k).strong
    )
    return certain.most_common(1)[0][0] if certain else 0


def _first_heading_above(rows: Sequence[Row], k: int) -> Start:
    """The title of a first paper that only its parts give away: the headings right above them."""
    title: int | None = None
    for row in reversed(rows[max(0, k - _LOOK_AHEAD_ROWS) : k]):
        if row.kind == "heading" and (title is None or row.at > rows[0].at):
            title = row.at
        elif row.kind != "meta" or title is not None:
            break
    return Start(rows[k].at, False) if title is None else Start(title, True)
