"""The newsletter as the HTML of a mail: tables, inlined styles, nothing remote.

Mail readers drop scripts, flex and grid, and Gmail clips at 102,400 bytes: so each paper shows
at most `RESULTS_PER_PAPER` results, a big week tells the papers that the opening speaks of
and moves the others into quick links, and the editor's checklist stays in the Markdown.
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from collections.abc import Collection

import css_inline

from ..editions import Roundup
from .newsletter import Newsletter, Opening, lay_out
from .pages import environment
from .papers import Source, Statement

BUDGET_BYTES = 90_000
"""What a mail may have: services that send it rewrite its links and add their own lines."""
RESULTS_PER_PAPER = 2


def newsletter(week: Roundup) -> str:
    """The mail, with a banner that counts what is left to settle."""
    letter = lay_out(week)
    whole = _page(letter, len(letter.papers), len(letter.papers))
    return whole if _size(whole) <= BUDGET_BYTES else _fitting(letter)


def inlined(page: str) -> str:
    """The page with its styles in its elements, where every mail program reads them."""
    return _inliner().inline(page).rstrip() + "\n"


def _fitting(letter: Newsletter) -> str:
    """The longest mail within the budget: first fewer papers are told, then fewer are listed."""
    papers = len(letter.papers)
    depths = [(0, listed) for listed in range(papers)] + [(n, papers) for n in range(papers + 1)]
    fitting = bisect_right(depths, BUDGET_BYTES, key=lambda depth: _size(_page(letter, *depth)))
    return _page(letter, *depths[max(0, fitting - 1)])


def _page(letter: Newsletter, told: int, listed: int) -> str:
    """The mail with so many papers told, and so many told or listed, those in the opening first."""
    ranked = _ranked(letter)
    page = (
        environment()
        .get_template("newsletter.html.j2")
        .render(
            letter=letter,
            told=frozenset(ranked[:told]),
            listed=frozenset(ranked[told:listed]),
            left_out=len(ranked) - max(told, listed),
            stories=_storied(letter.opening),
            results_per_paper=RESULTS_PER_PAPER,
        )
    )
    return inlined(page)


def _ranked(letter: Newsletter) -> list[Source]:
    """The papers in the order in which the opening speaks of them, then in that of the reports."""
    spoken = [paper for claim in _claims(letter.opening) for paper in claim.papers]
    known = {paper.source for paper in letter.papers}
    ranked = dict.fromkeys([*spoken, *(paper.source for paper in letter.papers)])
    return [paper for paper in ranked if paper in known]


def _claims(opening: Opening | None) -> list[Statement]:
    if opening is None:
        return []
    stories = [story.headline for story in opening.stories]
    themes = [theme.text for theme in opening.themes]
    numbers = [number.text for number in opening.numbers]
    return [*stories, opening.verdict, *opening.tldr, *numbers, *themes]


def _storied(opening: Opening | None) -> Collection[Source]:
    """The papers that a top story tells already."""
    return frozenset(p for s in opening.stories for p in s.papers) if opening else frozenset()


def _size(page: str) -> int:
    return len(page.encode())


@functools.cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False)
