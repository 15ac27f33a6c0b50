"""A draft as a person leaves it: front matter, what is to be sent, slots."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestlib.drafts import render
from digestlib.errors import DraftError
from digestlib.manuscripts import FrontMatter, dump_front_matter, read_front_matter, read_manuscript

from . import samples

EDITED = """---
title: Papers of the week
subject: "Avatars: in real time"
author: Ada
lists: [3]
draft: false
mood: sunny
---

# Papers of the week

Text. <!-- ask
about this --> More. [EDITOR: name the authors]

[EDITOR: an opening]

---

# For the editor: take out before sending

- [ ] nothing of this is sent [EDITOR: nor is this]
"""


def test_what_code_wrote_reads_back_the_same() -> None:
    front = read_front_matter(render(samples.WEEK, "md"))
    assert front.title == "Hugging Face papers of the week, 30 December 2025 to 1 January 2026"
    assert front.subject == front.subject_lines[0]
    assert (front.period, front.papers, front.draft) == ("2026-W01", 7, True)
    assert (front.first_day, front.last_day) == (dt.date(2025, 12, 30), dt.date(2026, 1, 1))
    assert read_front_matter(dump_front_matter(front)) == front


LINES = st.text(max_size=40).map(lambda text: " ".join(text.split()))


@given(title=LINES, subject=LINES, lines=st.lists(LINES, max_size=3), draft=st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_front_matter_makes_the_round_trip(
    title: str, subject: str, lines: list[str], draft: bool
) -> None:
    front = FrontMatter(title=title, subject=subject, subject_lines=tuple(lines), draft=draft)
    assert read_front_matter(dump_front_matter(front) + "\n# Title\n") == front


def test_a_persons_own_keys_are_kept() -> None:
    front = read_front_matter(EDITED)
    assert front.model_extra == {"mood": "sunny"}
    assert read_front_matter(dump_front_matter(front)) == front


def test_the_editors_part_and_comments_are_left_out() -> None:
    body = read_manuscript(EDITED).body
    assert body.rstrip().endswith("[EDITOR: an opening]")
    assert "ask" not in body
    assert "For the editor" not in body


def test_slots_know_their_lines_in_the_file() -> None:
    slots = [(slot.line, slot.wish) for slot in read_manuscript(EDITED).slots]
    assert slots == [(13, "name the authors"), (15, "an opening")]


def test_a_text_without_front_matter_is_a_draft_too() -> None:
    manuscript = read_manuscript("# Title\n\n---\n\ntext\n")
    assert manuscript.front == FrontMatter()
    assert manuscript.front.draft
    assert (manuscript.first_line, manuscript.body) == (1, "# Title\n\n---\n\ntext\n")


@pytest.mark.parametrize(
    ("yaml", "line", "problem"),
    [
        ("title: a: b", 2, "quotes"),
        ("title: x\ndraft: perhaps", 3, "draft"),
        ("- a\n- b", 2, "name: value"),
        ("title: !!python/object:os.system x", 2, "constructor"),
    ],
    ids=["colon", "no boolean", "a list", "a Python object"],
)
def test_front_matter_that_does_not_fit_is_told_with_its_line(
    yaml: str, line: int, problem: str
) -> None:
    with pytest.raises(DraftError, match=problem) as caught:
        read_manuscript(f"---\n{yaml}\n---\n\ntext\n")
    assert caught.value.line == line
    assert str(caught.value.at("draft.md")).startswith(f"draft.md:{line}: front matter")


def test_line_ends_of_windows_make_no_difference() -> None:
    assert read_manuscript(EDITED.replace("\n", "\r\n")) == read_manuscript(EDITED)
