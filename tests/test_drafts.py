from __future__ import annotations

import re
from typing import Literal

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import TypeAdapter

from digestlib.drafts import escape, render, render_papers
from digestlib.drafts.links import paper_links
from digestlib.drafts.markdown import EDITOR_HEADING
from digestlib.drafts.papers import reading_minutes
from digestlib.drafts.review import render_review
from digestlib.editions import Cell, Comparison, Roundup, Row
from digestlib.models import TOPIC_TITLES, Claim, Summary
from tests import samples

HAN = re.compile("[\u3400-\u9fff]")
GMAIL_CLIPS_AT_BYTES = 102_400

PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

PIECES = st.sampled_from(
    [
        *"\\`*_{}[]()<>#+-.!|~$&;:=@\"'%^/?,",
        *"aZ09 \t\n\r\u00a0\u200b\u202e字“é×",
        *("1. ", "- ", "+ ", "# ", "---", "===", "~~~", "```", "> ", "    ", "  \n"),
        *("[x](y)", "![x](y)", "[x]: y", "<evi>", "</p>", "<!--", "&amp;", "&#42;", "&lt"),
        *("http://a.b", "https://", "www.a.b", "a@b.cd", "$x_1$", "**", "__", "|--|", "[ ] "),
    ]
)
NASTY = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=30)).filter(
    escape.plain
)

CONTEXTS = {
    "paragraph": ("{}\n", "p"),
    "second paragraph": ("before\n\n{}\n\nafter\n", "p"),
    "heading": ("## {}\n", "h2"),
    "item": ("- {}\n- next\n", "li"),
    "numbered item": ("1. {}\n", "li"),
    "bold": ("**{}** and\n", "strong"),
    "italic": ("*{}* · and\n", "em"),
    "link": ("[{}](https://arxiv.org/abs/2512.23576) · and\n", "a"),
    "cell": ("| a | b |\n| --- | --- |\n| {} | c |\n", "td"),
}


def text_of(tokens: list[Token], tag: str) -> list[str]:
    """The plain text inside each element of that tag; any markup in it is told by its tag."""
    found: list[str] = []
    depth = 0
    for token in flat(tokens):
        if token.tag == tag and token.nesting == 1:
            depth += 1
            found.append("")
        elif token.tag == tag and token.nesting == -1:
            depth -= 1
        elif depth and token.type == "text":
            found[-1] += token.content
        elif depth and token.type != "inline" and token.tag not in ("p", ""):
            found[-1] += f"⟨{token.tag}⟩"
    return found


def flat(tokens: list[Token]) -> list[Token]:
    return [t for token in tokens for t in (token, *flat(token.children or []))]


def shape(page: str) -> list[tuple[str, str]]:
    """The elements of a page without its text."""
    tokens = flat(PARSER.parse(page))
    return [(t.type, t.tag) for t in tokens if t.type not in ("text", "inline")]


def week_saying(text: str) -> Roundup:
    """The hostile paper's week with another text in every place."""
    nasty = samples.NASTY.model_dump_json()
    quoted = Claim(text=samples.HOSTILE, sources=()).model_dump_json()
    old = re.search(r'"text":(".*?[^\\]"),"sources"', quoted)
    new = re.search(r'"text":(".*"),"sources"', Claim(text=text, sources=()).model_dump_json())
    assert old
    assert new
    summary = Summary.model_validate_json(nasty.replace(old[1], new[1]))
    return samples.WEEK.model_copy(update={"summaries": (summary,)})


def lines_that_differ(one: str, other: str) -> int:
    pairs = zip(one.splitlines(), other.splitlines(), strict=True)
    return sum(a != b for a, b in pairs)


def sent_and_kept(markdown: str) -> tuple[str, str]:
    sent, kept = markdown.split(f"# {EDITOR_HEADING}")
    return sent, kept


class TestEscape:
    @pytest.mark.parametrize("context", CONTEXTS)
    @given(text=NASTY)
    @example(text=samples.HOSTILE)
    @example(text="# #")
    @example(text="1)")
    @example(text="a\\")
    @example(text="&amp")
    @settings(max_examples=150, deadline=None)
    def test_any_text_comes_out_as_itself(self, context: str, text: str) -> None:
        page, tag = CONTEXTS[context]
        tokens = PARSER.parse(page.format(escape.markdown(text)))
        assert escape.plain(text) in (t.strip() for t in text_of(tokens, tag))

    @pytest.mark.parametrize(
        "text",
        [
            "from 26.2% to 42.9%",
            "GPT-4o (8B) and Qwen3-VL-32B-Instruct",
            "4–5× faster, ~5 minutes, (~3 h)",
            "R@1 (IoU=0.5), pass@1, Recall@10",
            "-5% and +3.2 points",
            "snake_case, C#, R&D work, <32k tokens, a -> b, 3 * 4",
            "3.5 points; “quoted”; what's new!",
            "https is a scheme: so is ftp",
        ],
    )
    def test_ordinary_prose_stays_clean(self, text: str) -> None:
        assert escape.markdown(text) == text

    @pytest.mark.parametrize(
        ("text", "markdown"),
        [
            ("<evi>", r"\<evi>"),
            ("a | b", r"a \| b"),
            ("# x", r"\# x"),
            ("1. x", r"1\. x"),
            ("- x", r"\- x"),
            ("+ x", r"\+ x"),
            ("---", r"\---"),
            ("2*3*4", r"2\*3\*4"),
            ("&amp;", r"\&amp;"),
            ("$x_1$", r"\$x_1\$"),
            ("http://a.b", r"http\://a.b"),
            ("www.a.b", r"www\.a.b"),
            ("me@a.org", r"me\@a.org"),
            ("![x](y)", r"!\[x\](y)"),
        ],
    )
    def test_markup_gets_one_backslash_where_it_starts(self, text: str, markdown: str) -> None:
        assert escape.markdown(text) == markdown

    @pytest.mark.parametrize(
        ("text", "plain"),
        [("a\n\n---\r\nb", "a --- b"), ("a\u202eb\u200bc", "abc"), (" a\x00\tb ", "a b")],
        ids=["lines", "direction", "control"],
    )
    def test_text_becomes_one_line_without_invisible_characters(
        self, text: str, plain: str
    ) -> None:
        assert escape.plain(text) == plain


class TestLinks:
    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "http://huggingface.co/papers/2512.23576",
            "https://huggingface.co/papers/2512.23576?x=1",
            "https://huggingface.co/papers/2512.23576\n",
            "https://huggingface.co.example/papers/2512.23576",
            "https://huggingface.co/papers/2512.99999",
            None,
        ],
    )
    def test_an_address_that_does_not_fit_is_not_linked(self, url: str | None) -> None:
        paper = samples.LIVETALK.model_copy(update={"hf_url": url, "arxiv_url": url})
        assert paper_links(paper) == ()

    def test_a_version_of_the_paper_may_be_linked(self) -> None:
        url = "https://arxiv.org/abs/2512.23576v2"
        paper = samples.LIVETALK.model_copy(update={"arxiv_url": url})
        assert paper_links(paper)[1].url == url


class TestMarkdown:
    def test_front_matter_is_yaml_and_says_draft(self) -> None:
        _, front_matter, _ = render(samples.WEEK, "md").split("---\n", 2)
        fields = yaml.safe_load(front_matter)
        assert fields["draft"] is True
        assert fields["period"] == "2026-W01"
        assert fields["subject_lines"][0] == "Talking video in real time: 24.82 FPS on one GPU"

    def test_every_paper_is_named_in_what_is_sent(self) -> None:
        sent, _ = sent_and_kept(render(samples.WEEK, "md"))
        quick_links = sent.split("## Quick links")[1]
        for summary in samples.SUMMARIES:
            assert escape.markdown(summary.title) in quick_links

    def test_topics_stand_in_their_fixed_order(self) -> None:
        headings = text_of(PARSER.parse(render(samples.WEEK, "md")), "h3")
        titles = [heading for heading in headings if heading in TOPIC_TITLES.values()]
        assert titles == [t for t in TOPIC_TITLES.values() if t in titles]
        assert len(titles) == 6

    def test_a_story_links_to_its_first_paper(self) -> None:
        expected = "### [Video that answers back](https://huggingface.co/papers/2512.23576)\n"
        assert expected in render(samples.WEEK, "md")

    def test_papers_read_from_the_abstract_say_so_wherever_they_are_listed(self) -> None:
        sent, _ = sent_and_kept(render(samples.WEEK, "md"))
        # its story, its topic, and the quick links
        assert sent.count("(abstract only)") == 3

    def test_an_update_says_so_and_of_which_day(self) -> None:
        page = render(samples.WEEK, "md")
        assert "#### Update: Video models answer better when they find the evidence first" in page
        assert "An earlier report, of 30 December 2025, had this paper too." in page

    def test_only_the_flagged_statement_carries_the_mark(self) -> None:
        sent, _ = sent_and_kept(render(samples.WEEK, "md"))
        assert "a 250× cut. ⚑\n" in sent
        assert "20× the baseline.\n" in sent

    def test_figures_stand_under_their_finding_by_system(self) -> None:
        expected = (
            "  - *AgiBot Genie-01, task success rate* – Before: 30%; After a few minutes: 90%\n"
        )
        assert expected in render(samples.WEEK, "md")

    def test_the_checklist_tells_what_failed_and_where(self) -> None:
        _, kept = sent_and_kept(render(samples.WEEK, "md"))
        assert "the answer broke the schema three times" in kept
        assert "`reports/2026-01-01.md:477`" in kept
        assert "https://arxiv.org/abs/2512.25073" in kept

    def test_the_checklist_quotes_the_chinese_of_each_finding(self) -> None:
        _, kept = sent_and_kept(render(samples.WEEK, "md"))
        assert r"Report, line 40: “首帧延迟从约 83秒降低至 \*\*0.33秒\*\*" in kept
        assert "English: “a 250× cut”" in kept
        assert "Suggestion: 200×" in kept

    def test_the_checklist_holds_doubts_and_problems_with_their_lines(self) -> None:
        _, kept = sent_and_kept(render(samples.WEEK, "md"))
        assert "the report says 200 倍. `reports/2025-12-30.md:40`" in kept
        assert "no heading “实验效果” was found `reports/2026-01-01.md:590`" in kept

    def test_what_is_sent_holds_no_chinese(self) -> None:
        for page in (render(samples.WEEK, "md"), render_papers(samples.SUMMARIES, "md")):
            assert not HAN.search(sent_and_kept(page)[0])

    def test_without_an_editorial_the_draft_opens_with_the_papers_and_says_why(self) -> None:
        sent, kept = sent_and_kept(render(samples.WEEK_WITHOUT_EDITORIAL, "md"))
        assert text_of(PARSER.parse(sent.split("---\n", 2)[2]), "h2")[0] == "Papers by topic"
        assert "the endpoint refused the request" in kept

    def test_a_finding_on_the_opening_marks_its_statement(self) -> None:
        finding = samples.LIVETALK.findings[0].model_copy(update={"where": "tldr[1].text"})
        week = samples.WEEK.model_copy(update={"findings": (finding,)})
        sent, kept = sent_and_kept(render(week, "md"))
        assert "from 30% to 90%. ⚑ ([Act2Goal]" in sent
        assert "`tldr[1].text`" in kept

    @given(text=NASTY)
    @settings(max_examples=40, deadline=None)
    def test_no_text_changes_the_shape_of_a_draft(self, text: str) -> None:
        week = week_saying(text)
        assert shape(render(week, "md")) == shape(render(week_saying("x"), "md"))
        assert shape(render_papers(week.summaries, "md")) == shape(
            render_papers(week_saying("x").summaries, "md")
        )

    def test_drafts_of_two_endpoints_differ_in_one_line(self) -> None:
        other = samples.provenance(model="another-model")
        summaries = tuple(s.model_copy(update={"provenance": other}) for s in samples.SUMMARIES)
        week = samples.WEEK.model_copy(update={"summaries": summaries})
        assert lines_that_differ(render(samples.WEEK, "md"), render(week, "md")) == 1
        assert lines_that_differ(render(samples.WEEK, "html"), render(week, "html")) == 1

    @pytest.mark.parametrize("form", ["md", "html", "json"])
    def test_the_same_week_gives_the_same_bytes(self, form: Literal["md", "html", "json"]) -> None:
        again = Roundup.model_validate_json(samples.WEEK.model_dump_json())
        assert render(again, form) == render(samples.WEEK, form)


class TestHtml:
    def test_nothing_in_it_is_active_or_remote(self) -> None:
        page = render(samples.WEEK, "html")
        assert not re.search(r"<(script|img|iframe|object|svg|link|evi|form)\b", page)
        assert not re.search(r"\bon\w+=|javascript:[^)]*\"|url\(", page)
        for url in re.findall(r'(?:href|src)="([^"]*)"', page):
            assert url.startswith(("https://huggingface.co/papers/", "https://arxiv.org/abs/"))

    def test_hostile_text_is_shown_as_text(self) -> None:
        assert "&lt;script&gt;alert(1)&lt;/script&gt; | **bold**" in render(samples.WEEK, "html")

    def test_a_model_name_cannot_end_the_last_comment(self) -> None:
        hostile = samples.provenance(model="--><b>x</b>")
        week = samples.WEEK.model_copy(update={"provenance": hostile})
        assert "<b>x</b>" not in render(week, "html")

    def test_styles_are_inlined_and_only_media_rules_stay(self) -> None:
        page = render(samples.WEEK, "html")
        (style,) = re.findall(r"<style[^>]*>(.*?)</style>", page, re.DOTALL)
        assert style.strip().startswith("@media (prefers-color-scheme: dark)")
        assert '<h1 style="' in page

    def test_the_banner_counts_what_is_left_to_settle(self) -> None:
        _, kept = sent_and_kept(render(samples.WEEK, "md"))
        assert f"DRAFT – {kept.count('- [ ]')} items to settle" in render(samples.WEEK, "html")

    def test_the_checklist_is_not_in_the_mail(self) -> None:
        page = render(samples.WEEK, "html")
        assert not HAN.search(page)
        assert "broke the schema" not in page

    def test_38_papers_stay_below_the_size_that_gmail_clips(self) -> None:
        week = samples.WEEK.model_copy(update={"summaries": tuple(map(_long_paper, range(38)))})
        assert len(render(week, "html").encode()) < GMAIL_CLIPS_AT_BYTES


class TestPapers:
    def test_a_summary_is_printed_in_full(self) -> None:
        page = render_papers([samples.LIVETALK], "md")
        for text in ("Self Forcing leaves flicker", "A reference portrait", "**Tested on.**"):
            assert text in page

    def test_failed_papers_are_named(self) -> None:
        page = render_papers([samples.GAMO], "md")
        assert "## Not summarised\n\n- [GaMO: Geometry-aware" in page
        assert "## Failed papers" in page


class TestJson:
    def test_the_week_loads_back(self) -> None:
        assert Roundup.model_validate_json(render(samples.WEEK, "json")) == samples.WEEK

    def test_summaries_load_back(self) -> None:
        loaded = TypeAdapter(tuple[Summary, ...]).validate_json(
            render_papers(samples.SUMMARIES, "json")
        )
        assert loaded == samples.SUMMARIES

    def test_chinese_stays_readable(self) -> None:
        assert "首帧延迟" in render(samples.WEEK, "json")


@pytest.mark.parametrize(
    ("words", "minutes"), [(1, 1), (230, 1), (460, 2), (700, 3)], ids=lambda value: str(value)
)
def test_reading_time_is_counted_from_the_words_and_at_least_a_minute(
    words: int, minutes: int
) -> None:
    one_word = Claim(text="word", sources=())
    summary = samples.paper_summary(
        "2512.23576",
        headline=Claim(text=" ".join(["word"] * words), sources=()),
        tldr=one_word,
        problem=one_word,
        why_it_matters=one_word,
        topic="agents",
    )
    assert reading_minutes(summary) == minutes


def _long_paper(index: int) -> Summary:
    """LiveTalk with the longest texts that a summary is likely to have."""
    text = samples.LIVETALK.summary
    assert text
    finding = text.results[0].model_copy(
        update={
            "finding": Claim(
                text="First-frame latency falls from about 83 s to 0.33 s " * 3, sources=()
            ),
            "figures": tuple(
                figure.model_copy(update={"benchmark": "HDTF and AVSpeech"})
                for figure in text.results[0].figures * 2
            ),
        }
    )
    long = text.model_copy(
        update={
            "headline": Claim(text=text.headline.text + " and keeps its face", sources=()),
            "tldr": Claim(text=text.tldr.text * 2, sources=()),
            "topic": list(TOPIC_TITLES)[index % len(TOPIC_TITLES)],
            "results": (finding,) * 4,
        }
    )
    paper_id = f"2512.{23000 + index}"
    return samples.summary(paper_id, samples.LIVETALK.title, first_line=7, summary=long)


def test_a_cell_that_is_kept_back_is_a_dash_in_print_and_listed_for_the_editor() -> None:
    kept_back = Cell(paper_id=samples.ROME.id, withheld="99.9%")
    told = Cell(text="0.33 s", paper_id=samples.LIVETALK.id, lines=(40,), source="0.33秒")
    rows = (
        Row(paper_id=samples.LIVETALK.id, cells=(told,)),
        Row(paper_id=samples.ROME.id, cells=(kept_back,)),
    )
    table = Comparison(title="Speed", caption="How fast.", columns=("Delay",), rows=rows)
    week = samples.WEEK.model_copy(update={"comparisons": (table,)})
    for form in ("html", "web", "txt"):
        assert "99.9%" not in render(week, form)
        assert "—" in render(week, form)
    printed, for_the_editor = render(week, "md").split(EDITOR_HEADING)
    assert "| — |" in printed
    assert "99.9%" not in printed
    assert "'99.9%' could not be traced to the report" in for_the_editor
    assert "— (kept back: 99.9%)" in render_review(week, [], week.comparisons)
