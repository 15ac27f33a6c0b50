"""Two drafts compared paper by paper, part by part of the opening, and in the front matter."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from ..exports.body import parse, words_of
from ..exports.entries import Entry, Section, entries_of, opening_of, sections_of, source_line
from ..manuscripts import FrontMatter, Manuscript
from ..models import SCHEMA_VERSION, Frozen
from .passages import Change, figure_changes, pair_passages, term_changes

FRONT_FIELDS = ("title", "subject", "preheader", "period", "author", "draft")


class Move(Frozen):
    """A paper that stands elsewhere, and between which places."""

    paper_id: str
    title: str
    how: str
    """`from Agents and tool use to Code and software engineering`."""


class Edited(Frozen):
    """A paper, or a part of the opening, whose text differs."""

    paper_id: str
    """Empty for a part of the opening, and for a paper without a link."""
    title: str
    line: int
    """Of its heading in the new draft."""
    figures: tuple[Change, ...] = ()
    terms: tuple[Change, ...] = ()
    """Names of systems, benchmarks and models, and words of the glossary."""
    texts: tuple[Change, ...] = ()


class Differences(Frozen):
    """Everything that differs; a paper is named by its id and title."""

    schema_version: str = SCHEMA_VERSION
    front_matter: tuple[tuple[str, Change], ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    moved: tuple[Move, ...] = ()
    papers: tuple[Edited, ...] = ()
    opening: tuple[Edited, ...] = ()

    def __bool__(self) -> bool:
        fields = (self.front_matter, self.added, self.removed, self.moved, self.papers)
        return any(fields) or bool(self.opening)


def compare_drafts(old: Manuscript, new: Manuscript) -> Differences:
    """What a reader of the old draft would find otherwise in the new one."""
    before, after = sections_of(parse(old)), sections_of(parse(new))
    were = {entry.key: entry for entry in entries_of(before)}
    are = {entry.key: entry for entry in entries_of(after)}
    both = [key for key in are if key in were]
    papers = [
        _edited(are[k].paper_id, are[k].title, were[k].sections, are[k].sections) for k in both
    ]
    return Differences(
        front_matter=_fields(old.front, new.front),
        added=tuple(_named(entry) for key, entry in are.items() if key not in were),
        removed=tuple(_named(entry) for key, entry in were.items() if key not in are),
        moved=tuple(_moves(were, are)),
        papers=tuple(paper for paper in papers if paper.texts),
        opening=tuple(_parts(opening_of(before), opening_of(after))),
    )


def _named(entry: Entry) -> tuple[str, str]:
    return entry.paper_id, entry.title


def _fields(old: FrontMatter, new: FrontMatter) -> tuple[tuple[str, Change], ...]:
    pairs = [(name, str(getattr(old, name)), str(getattr(new, name))) for name in FRONT_FIELDS]
    return tuple((name, Change(old=a, new=b)) for name, a, b in pairs if a != b)


def _moves(were: dict[str, Entry], are: dict[str, Entry]) -> list[Move]:
    """Papers under another topic, in or out of the top stories, or in another order."""
    order = [key for key in are if key in were]
    earlier = [key for key in were if key in are]
    blocks = SequenceMatcher(None, earlier, order, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in order[block.b : block.b + block.size]}
    found = []
    for key in order:
        ways = _ways(were[key], are[key])
        if key not in kept and not ways:
            ways = [f"from place {earlier.index(key) + 1} to place {order.index(key) + 1}"]
        if ways:
            found.append(
                Move(paper_id=are[key].paper_id, title=are[key].title, how=", ".join(ways))
            )
    return found


def _ways(old: Entry, new: Entry) -> list[str]:
    stories = len(new.sections) - len(old.sections)
    ways = [("into" if stories > 0 else "out of") + " the top stories"] if stories else []
    if old.topic != new.topic:
        ways.append(f"from {old.topic or 'no topic'} to {new.topic or 'no topic'}")
    return ways


def _parts(old: Sequence[Section], new: Sequence[Section]) -> list[Edited]:
    """The parts of the opening by their headings; one under a new heading is new."""
    were = {section.heading: section for section in old}
    are = {section.heading: section for section in new}
    found = []
    for heading in dict.fromkeys([*are, *were]):
        before, after = were.get(heading), are.get(heading)
        title = heading or "Above the first heading"
        edited = _edited("", title, [before] if before else [], [after] if after else [])
        if edited.texts or (before is None) != (after is None):
            found.append(edited)
    return found


def _edited(paper_id: str, title: str, old: Sequence[Section], new: Sequence[Section]) -> Edited:
    pairs = pair_passages(_passages(old), _passages(new))
    return Edited(
        paper_id=paper_id,
        title=title,
        line=new[-1].line if new else 0,
        figures=figure_changes(pairs),
        terms=term_changes(pairs),
        texts=tuple(pairs),
    )


def _passages(sections: Sequence[Section]) -> list[str]:
    """Headlines and statements; the source line tells the paper, not about it."""
    found = []
    for section in sections:
        source = source_line(section.tokens) if section.heading else None
        inline = [t for t in section.tokens if t.type == "inline" and t is not source]
        found += [section.heading, *(words_of(token) for token in inline)]
    return [text for text in found if text]
