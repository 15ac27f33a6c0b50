"""A draft that a person has edited is checked line by line against the reports it links to."""

from __future__ import annotations

import json
from functools import cache

import pytest

import digestlib as dl
from digestlib.models import Digest, Remark
from digestlib.passages import find_passages
from digestlib.proofreading import check_file, check_newsletter

from .reference_answers import REPORTS
from .test_week import issue


@cache
def digests() -> tuple[Digest, ...]:
    return tuple(dl.load(REPORTS))


@cache
def draft() -> str:
    return dl.render(issue("2026-W02"), "md")


def serious(remarks: list[Remark]) -> list[Remark]:
    return [remark for remark in remarks if remark.finding.severity != "minor"]


def test_a_fresh_draft_has_nothing_for_a_person() -> None:
    assert serious(check_newsletter(draft(), digests())) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "chinese"),
    [
        ("from 26.2% to 42.9%", "from 26.2% to 49.2%", "value", "42.9%"),
        ("nearly 300,000", "nearly 30,000", "scale", "近30万个"),
        ("GPT-4o at", "GPT-4.1 at", "name", None),
        ("(https://huggingface.co/papers/2601.02439)", "(https://evil.example/)", "link", None),
        ("papers/2601.02439)", "papers/2601.99999)", "paper", None),
    ],
    ids=["value", "scale", "name", "link", "paper"],
)
def test_an_edit_that_the_report_does_not_bear_is_found_on_its_line(
    old: str, new: str, rule: str, chinese: str | None
) -> None:
    lines = draft().split("\n")
    number = next(n for n, line in enumerate(lines, 1) if n > 14 and old in line)
    lines[number - 1] = lines[number - 1].replace(old, new, 1)
    found = serious(check_newsletter("\n".join(lines), digests()))
    hits = [remark for remark in found if remark.finding.rule == rule]
    assert [remark.line for remark in hits][:1] == [number]
    if chinese:
        assert hits[0].path.endswith("2026-01-07.md")
        assert chinese in hits[0].finding.source_text or chinese in (hits[0].finding.message)


def test_subject_lines_are_checked_too() -> None:
    edited = draft().replace("GPT-5.2", "GPT-5.9", 1)
    (first, *_) = serious(check_newsletter(edited, digests()))
    assert (first.finding.rule, first.line < 12) == ("name", True)


def test_the_part_for_the_editor_is_not_checked() -> None:
    assert serious(check_newsletter(draft() + "\n- 99.9% of GPT-9\n", digests())) == []


def test_a_mark_that_is_left_must_be_settled() -> None:
    edited = draft().replace("## Top stories", "## Top stories\n\nSettled? ⚑\n", 1)
    assert [remark.finding.rule for remark in serious(check_newsletter(edited, digests()))] == [
        "mark"
    ]


def test_figures_without_a_paper_are_said_to_be_unchecked() -> None:
    (remark,) = check_newsletter("## About us\n\nWe have 4,000 readers.\n", digests())
    assert (remark.finding.rule, remark.finding.severity, remark.line) == ("unchecked", "minor", 3)


def test_a_passage_speaks_of_the_papers_of_its_section_unless_it_links_itself() -> None:
    text = (
        "---\ntitle: x\n---\n\n# T\n\n## A\n\n[one](https://arxiv.org/abs/2601.00001v2)\n\nplain *text*\n\n"
        "- [two](https://huggingface.co/papers/2601.00002) · 3 min ⚑\n\n## B\n\nnothing\n"
    )
    found = {passage.text: (passage.line, passage.papers) for passage in find_passages(text)}
    assert found == {
        "A": (7, ("2601.00001", "2601.00002")),
        "one": (9, ("2601.00001",)),
        "plain text": (11, ("2601.00001", "2601.00002")),
        "two · 3 min ⚑": (13, ("2601.00002",)),
        "B": (15, ()),
        "nothing": (17, ()),
    }


def test_a_slot_that_is_left_is_one_finding_and_no_statement() -> None:
    text = draft().replace(
        "## TL;DR", "[EDITOR: greet the 4,000 readers of NeurIPS]\n\n## TL;DR", 1
    )
    assert [r.finding.rule for r in serious(check_newsletter(text, digests()))] == ["slot"]


def test_the_json_of_a_week_is_checked_where_the_edit_stands() -> None:
    text = dl.render(issue("2026-W02"), "json")
    assert serious(check_file(text, digests())) == []
    edited = text.replace("is above", "x").replace("to 42.9% after", "to 52.9% after")
    assert edited != text
    (remark,) = serious(check_file(edited, digests()))
    assert "52.9%" in edited.split("\n")[remark.line - 1]


def test_the_json_of_papers_is_checked() -> None:
    text = dl.render_papers(issue("2026-W02").summaries, "json")
    assert serious(check_file(text, digests())) == []


def test_other_json_is_an_error_that_says_what_is_missing() -> None:
    with pytest.raises(dl.DigestError, match="not the JSON of a week or of summaries"):
        check_file(json.dumps({"period": "2026-W01"}), digests())


@pytest.mark.parametrize(
    "start", ["[WebGym](https://huggingface.co/papers/2601.02439)", "{WebGym}"]
)
def test_a_text_that_begins_with_a_bracket_is_no_json(start: str) -> None:
    (remark,) = serious(check_file(f"{start} has 1,234 tasks.\n", digests()))
    assert remark.finding.target_text == "1,234"


def test_a_slot_that_is_left_must_be_filled() -> None:
    draft = "---\ntitle: T\n---\n\n# T\n\n[EDITOR: write the opening]\n\nSee [A](https://arxiv.org/abs/2601.02439).\n"
    found = [
        (r.line, r.finding.rule, r.finding.severity) for r in check_newsletter(draft, digests())
    ]
    assert (7, "slot", "critical") in found


def test_front_matter_that_is_no_yaml_is_a_finding_with_its_line() -> None:
    (remark,) = check_newsletter("---\ntitle: a: b\n---\n\n# T\n", digests())
    assert (remark.line, remark.finding.rule) == (2, "front-matter")


def test_a_draft_that_links_to_no_paper_is_a_draft_all_the_same() -> None:
    draft = "---\ntitle: T\n---\n\n# T\n\n[EDITOR: write the opening]\n"
    assert [remark.finding.rule for remark in check_file(draft, digests())] == ["slot"]


@pytest.mark.parametrize(
    ("paper", "said", "rule"),
    [
        ("2512.24297", "It improves by 11.00% on AIME 2025 and by 13.12% on BeyondAIME.", "swap"),
        (
            "2512.24297",
            "The method outperforms text-only baselines on 7 benchmarks. Its average accuracy of "
            "73.45% falls short of that of text-only models of the same scale.",
            "direction",
        ),
        ("2512.22234", "The DiRL framework raises training latency by about 2.5×.", "direction"),
    ],
    ids=["figures of two lines", "second sentence", "a figure that other lines have"],
)
def test_how_figures_go_together_is_as_the_lines_of_each_sentence_have_it(
    paper: str, said: str, rule: str
) -> None:
    found = serious(check_file(f"[It](https://arxiv.org/abs/{paper}). {said}\n", digests()))
    assert {remark.finding.rule for remark in found} == {rule}


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ("2512.24297", "It improves by 13.12% on AIME 2025 and by 11.00% on BeyondAIME."),
        ("2512.22322", "**Availability:** Not stated"),
        (
            "2512.23576",
            "It gives real-time video interaction driven by audio, images and text, with "
            "sub-second latency.",
        ),
    ],
    ids=["two lines", "a label of the draft", "a list that another line has in that order"],
)
def test_a_faithful_sentence_is_borne_out_by_other_lines_too(paper: str, said: str) -> None:
    assert serious(check_file(f"[It](https://arxiv.org/abs/{paper}). {said}\n", digests())) == []


LINK = "https://huggingface.co/papers/2512.23576"


@pytest.mark.parametrize(
    "href",
    [
        "https://arxiv.org/pdf/2512.23576",
        "https://arxiv.org/html/2512.23576v2",
        "http://www.arxiv.org/abs/2512.23576?context=cs",
        f"{LINK}?utm_source=letter#top",
        "https://hf.co/papers/2512.23576",
    ],
)
def test_a_paper_is_known_by_any_of_its_addresses(href: str) -> None:
    found = serious(check_file(f"[It]({href}) reaches 28.42 FPS.\n", digests()))
    assert [remark.finding.rule for remark in found] == ["value"]


def test_a_link_in_a_section_on_no_paper_may_be_the_editors_own() -> None:
    text = f"[It]({LINK})\n\n## Our sponsor\n\n[Rent a GPU](https://cloud.example/?utm_source=us)\n"
    (remark,) = check_file(text, digests())
    assert (remark.line, remark.finding.rule, remark.finding.severity) == (5, "unchecked", "minor")


def test_words_after_the_minutes_of_a_link_are_no_part_of_them() -> None:
    assert check_file(f"- [LiveTalk]({LINK}) · 3 min – our paper of the week\n", digests()) == []


def test_a_name_of_another_paper_is_told_with_that_paper() -> None:
    (remark,) = serious(check_file(f"[It]({LINK}) is an heir of SpotEdit.\n", digests()))
    assert "2512.22323 (SpotEdit" in remark.finding.message
    assert remark.finding.suggestion == "link that paper too, if it is meant"


def test_two_figures_in_each_others_place_are_one_finding() -> None:
    text = (
        "[It](https://arxiv.org/abs/2512.23646): on Daily-Omni OmniAgent reaches 75.1%, ahead of "
        "Gemini-2.5-Flash-Thinking at 72.08% and Qwen3-Omni at 72.7%.\n"
    )
    (remark,) = serious(check_file(text, digests()))
    assert remark.finding.rule == "swap"
    assert "72.7%" in remark.finding.message
    assert "72.08%" in remark.finding.message


TABLE = """\
| Paper | {0} |
| --- | --- | --- |
| [LiveTalk](https://arxiv.org/abs/2512.23576) | {1} |
| [Stream-DiffVSR](https://arxiv.org/abs/2512.23709) | {2} |
| [Yume-1.5](https://arxiv.org/abs/2512.22096) | {3} |
"""


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        (("Speed | Delay", "24.82 FPS | 0.33 s", "— | 0.3 s", "12 FPS | —"), []),
        (("Delay | Speed", "0.33 s | 24.82 FPS", "0.3 s | —", "— | 12 FPS"), []),
        (("Speed | Delay", "0.33 s | 24.82 FPS", "— | 0.3 s", "12 FPS | —"), [3]),
    ],
    ids=["as drafted", "columns exchanged", "cells exchanged"],
)
def test_cells_under_each_others_headings_are_found(
    cells: tuple[str, ...], lines: list[int]
) -> None:
    found = serious(check_file(TABLE.format(*cells), digests()))
    assert [(r.line, r.finding.rule) for r in found] == [(line, "column") for line in lines]


@pytest.mark.parametrize(
    ("title", "rules"),
    [
        ("Papers of 30 December 2025 to 1 January 2026", []),
        ("The first letter of the year, January 5, 2026", []),
        ("Papers of 30 December 2025 to 1 January 2027", ["date"]),
        ("Papers of December 30, 2024", ["date"]),
    ],
)
def test_the_title_tells_the_days_of_the_issue(title: str, rules: list[str]) -> None:
    text = f"---\nfirst_day: 2025-12-30\nlast_day: 2026-01-01\n---\n\n# {title}\n"
    assert [remark.finding.rule for remark in check_newsletter(text, digests())] == rules


def test_what_the_cited_lines_say_needs_no_other_line() -> None:
    found = {
        (summary.id, finding.where)
        for summary in issue("2026-W01").summaries
        for finding in summary.findings
        if finding.rule == "wrong-line"
    }
    assert ("2512.23647", "caveats[0].text") in found
    assert ("2512.23576", "tldr.text") not in found


def test_the_opening_in_the_json_of_a_week_is_checked_too() -> None:
    text = dl.render(issue("2026-W01"), "json")
    assert serious(check_file(text, digests())) == []
    edited = text.replace("arbitrage violations fall by", "arbitrage violations rise by", 1)
    (remark,) = serious(check_file(edited, digests()))
    assert remark.finding.rule == "direction"
    assert "arbitrage violations rise by" in edited.split("\n")[remark.line - 1]
