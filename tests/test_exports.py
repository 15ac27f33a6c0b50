"""An edited draft in every form: complete, a draft, the same bytes again, and inert."""

from __future__ import annotations

import csv
import email
import functools
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import get_args

import docx
import jsonschema
import pytest
import rnc2rng
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digestlib.drafts import render
from digestlib.drafts.links import paper_links
from digestlib.editions import Roundup
from digestlib.errors import UnsettledDraft
from digestlib.exports import SUFFIXES, Form, export, read_draft, unsettled

from . import samples

DATA = Path(__file__).parent / "data"
FORMS: tuple[Form, ...] = get_args(Form)
MARKDOWN = render(samples.WEEK, "md")
ATOM = "{http://www.w3.org/2005/Atom}"

HEADINGS = ("title", "subject", "preheader", "author", "period")
PAYLOADS = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "link": "[x](javascript:alert(1)) <javascript:alert(1)> ![p](https://evil.example/p.png)",
    "formula": "=cmd|' /C calc'!A0",
    "path": "../../../../tmp/owned",
    "header": "Papers\r\nBcc: victim@example.com\r\n\r\n<b>body</b>",
    "encoded header": "=?UTF-8?Q?=0D=0ABcc:_victim@example.com?=",
    "template": "{{ .Subscriber.Email }} {% include 'secrets' %} {{ subscriber.email }}",
    "direction": "\u202egpj.exe\u2066 \u200f\u061c title",
    "long": "word " * 1000,
    "unbroken": "x" * 5000,
    "control": "a\x00b\x0b\x1b[31mc\ufffe",
}


@functools.cache
def hostile() -> str:
    """The draft of a week in which each payload is all that one report says of its paper."""
    dumped = json.loads(samples.WEEK.model_dump_json())
    nasty = json.loads(samples.NASTY.model_dump_json())
    dumped["summaries"] += [
        _replaced(nasty, {samples.HOSTILE: text, samples.NASTY.id: f"2512.9{number:04}"})
        for number, text in enumerate(PAYLOADS.values())
    ]
    return render(Roundup.model_validate(dumped), "md")


def _replaced(node: object, new: dict[str, str]) -> object:
    if isinstance(node, dict):
        return {name: _replaced(value, new) for name, value in node.items()}
    if isinstance(node, list):
        return [_replaced(value, new) for value in node]
    return new.get(node, node) if isinstance(node, str) else node


@functools.cache
def pasted() -> str:
    """A draft into which a person pasted the payloads as they are, unescaped."""
    texts = PAYLOADS.values()
    return "# Pasted\n\n" + "\n\n".join(
        [*texts, *(f"## {text}" for text in texts), samples.HOSTILE]
    )


def headed(text: str) -> str:
    """A draft whose front matter says the text wherever it can."""
    fields = "\n".join(f"{name}: {json.dumps(text)}" for name in HEADINGS)
    return f"---\n{fields}\n---\n\n# Title\n\nText.\n"


def exported(form: Form, markdown: str = MARKDOWN) -> str:
    content = export(read_draft(markdown), form)
    return content if isinstance(content, str) else content.decode("utf-8", "replace")


def message(markdown: str = MARKDOWN) -> EmailMessage:
    content = export(read_draft(markdown), "eml")
    assert isinstance(content, str)
    return email.message_from_bytes(content.encode("ascii"), policy=policy.default)


def words(text: str) -> str:
    return " ".join(text.split())


# ---------------------------------------------------------------- every form


@pytest.mark.parametrize("form", FORMS)
def test_the_same_draft_gives_the_same_bytes(form: Form) -> None:
    assert export(read_draft(MARKDOWN), form) == export(read_draft(MARKDOWN), form)


@pytest.mark.parametrize("form", FORMS)
def test_an_edited_sentence_is_in_it_and_the_checklist_is_not(form: Form) -> None:
    said = "LiveTalk talks to you in real time."
    markdown = MARKDOWN.replace(samples.LIVETALK.summary.tldr.text, said)  # type: ignore[union-attr]
    assert said in markdown
    content = text_in(form, markdown)
    assert said in content
    assert "For the editor" not in content
    assert "Translator" not in content


def text_in(form: Form, markdown: str) -> str:
    match form:
        case "eml":
            body = message(markdown).get_body(("plain",))
            assert body
            return words(body.get_content())
        case "docx":
            return "\n".join(p.text for p in document(markdown).paragraphs)
    return words(exported(form, markdown))


@pytest.mark.parametrize("form", [form for form in FORMS if form != "csv"])
def test_what_can_be_published_says_draft(form: Form) -> None:
    if form == "docx":
        assert document().sections[0].header.paragraphs[0].text == "DRAFT"
    else:
        assert re.search("draft", exported(form), re.IGNORECASE)


def test_a_week_json_is_exported_as_its_newsletter() -> None:
    assert exported("html", render(samples.WEEK, "json")) == exported("html")


def test_every_form_has_a_file_name_of_its_own() -> None:
    assert set(SUFFIXES) == set(FORMS)
    assert len(set(SUFFIXES.values())) == len(FORMS)


# ---------------------------------------------------------------- settled or not

FINISHED = "---\ntitle: Papers\ndraft: false\n---\n\n# Papers\n\nAll is said.\n"


def test_what_is_left_is_told_with_its_line() -> None:
    markdown = FINISHED.replace("All", "[EDITOR: who?]\n\n⚑ All")
    assert [(s.line, s.wish) for s in unsettled(read_draft(markdown))] == [
        (8, "who?"),
        (10, "settle the ⚑ mark"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_finished_draft_must_be_settled(form: Form) -> None:
    draft = read_draft(FINISHED.replace("All", "[EDITOR: who?] All"))
    with pytest.raises(UnsettledDraft, match=r"who\?") as caught:
        export(draft, form)
    assert caught.value.exit_code == 5
    assert caught.value.line == 8


def test_a_finished_draft_says_no_more_that_it_is_one() -> None:
    for form in ("html", "txt", "eml", "substack", "jsonfeed", "atom"):
        assert not re.search(r"\bDRAFT\b|\[Draft\]|>yes<", exported(form, FINISHED))


@pytest.mark.parametrize("form", ["buttondown", "ghost", "listmonk"])
def test_a_service_gets_a_draft_even_of_a_finished_one(form: Form) -> None:
    assert '"status": "draft"' in exported(form, FINISHED)


# ---------------------------------------------------------------- hostile reports


def drafts() -> list[str]:
    return [hostile(), pasted(), *map(headed, PAYLOADS.values())]


@pytest.mark.parametrize(
    "form", ["html", "eml", "ghost", "listmonk", "substack", "jsonfeed", "atom"]
)
def test_no_markup_of_a_report_is_live(form: Form) -> None:
    for page in (page for markdown in drafts() for page in pages_in(form, markdown)):
        for element in etree.HTML(page).iter(etree.Element):
            assert element.tag not in {"script", "img", "iframe", "object", "svg", "form", "evi"}
            assert not [name for name in element.attrib if name.startswith("on")]
            assert re.match("https?://|mailto:", element.get("href", "https://"))


def pages_in(form: Form, markdown: str) -> list[str]:
    content = exported(form, markdown)
    match form:
        case "eml":
            body = message(markdown).get_body(("html",))
            assert body
            return [body.get_content()]
        case "ghost":
            return [json.loads(content)["posts"][0]["html"]]
        case "listmonk":
            return [json.loads(content)["body"]]
        case "jsonfeed":
            return [item["content_html"] or "<p>" for item in json.loads(content)["items"]]
        case "atom":
            found = ET.fromstring(content).iter(f"{ATOM}content")
            return [element.text or "<p>" for element in found]
    return [content]


def test_a_mail_has_one_block_of_our_headers() -> None:
    for markdown in drafts():
        mail = message(markdown)
        assert set(mail.keys()) <= {
            *("X-Unsent", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"),
        }
        assert len(mail.keys()) == len(set(mail.keys()))
        assert not mail.defects
        assert [part.get_content_type() for part in mail.iter_parts()] == [
            "text/plain",
            "text/html",
        ]
        assert max(map(len, exported("eml", markdown).split("\r\n"))) <= 998


def test_no_cell_is_a_formula_and_no_row_is_broken() -> None:
    rows = list(csv.reader(io.StringIO(exported("csv", hostile()))))
    assert len(rows) == 1 + len(samples.SUMMARIES) + len(PAYLOADS)
    assert {len(row) for row in rows} == {10}
    assert "'=cmd|' /C calc'!A0" in [cell for row in rows for cell in row]
    assert not [cell for row in rows for cell in row if re.match(r"[=+\-@\t\r\n]", cell)]


@pytest.mark.parametrize("form", FORMS)
def test_no_direction_mark_or_control_character_is_left(form: Form) -> None:
    for markdown in drafts():
        content = exported(form, markdown) if form != "docx" else text_in(form, markdown)
        if form in ("buttondown", "ghost", "listmonk", "jsonfeed"):
            content = str(json.loads(content))
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\x00\x0b\x1b]", content)


@pytest.mark.parametrize("form", ["buttondown", "listmonk"])
def test_a_services_own_templates_cannot_be_called(form: Form) -> None:
    for markdown in drafts():
        assert not re.search(r"\{[{%#]", "".join(_strings(json.loads(exported(form, markdown)))))


def _strings(node: object) -> list[str]:
    if isinstance(node, dict | list):
        return [
            text
            for n in (node.values() if isinstance(node, dict) else node)
            for text in _strings(n)
        ]
    return [str(node)]


def test_buttondown_gets_no_raw_html() -> None:
    markdown = pasted() + "\n`<b>` stays, 3 <4 too\n"
    body = json.loads(exported("buttondown", markdown))["body"]
    assert "&lt;script>" in body
    assert "`<b>` stays, 3 <4 too" in body
    assert not re.search(r"<(?!!-- buttondown|b>`)[a-z/!]", body)


# ---------------------------------------------------------------- the mail


def test_a_mail_opens_unsent_with_text_before_html() -> None:
    mail = message()
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == "Talking video in real time: 24.82 FPS on one GPU"
    assert mail["Date"] == "Thu, 01 Jan 2026 00:00:00 +0000"
    assert mail.get_content_type() == "multipart/alternative"
    assert not {"To", "From", "Bcc"} & set(mail.keys())


def test_plain_text_keeps_to_the_width_but_for_addresses() -> None:
    for line in exported("txt").splitlines():
        assert len(line) <= 78 or "https://" in line


# ---------------------------------------------------------------- services


def test_a_picture_is_linked_not_loaded() -> None:
    page = exported("html", FINISHED + "\n![A plot](https://a.example/plot.png)\n")
    assert 'href="https://a.example/plot.png"' in page
    assert ">A plot</a>" in page


def test_ghost_has_the_title_once() -> None:
    (post,) = json.loads(exported("ghost"))["posts"]
    assert post["title"].startswith("Hugging Face papers of the week")
    assert "<h1>" not in post["html"]
    assert post["status"] == "draft"


def test_listmonk_lists_come_from_the_front_matter() -> None:
    campaign = json.loads(exported("listmonk", FINISHED.replace("draft:", "lists: [3, 5]\ndraft:")))
    assert campaign["lists"] == [3, 5]
    assert campaign["altbody"].startswith("Papers\n======\n")
    assert json.loads(exported("listmonk"))["lists"] == [1]


# ---------------------------------------------------------------- feeds


def test_the_json_feed_is_valid() -> None:
    schema = json.loads((DATA / "json_feed.schema.json").read_text(encoding="utf-8"))
    feed = json.loads(exported("jsonfeed", hostile()))
    jsonschema.validate(feed, schema, cls=jsonschema.Draft202012Validator)
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids) == 1 + len(samples.SUMMARIES) + len(PAYLOADS)


@pytest.fixture(scope="module")
def atom_grammar() -> etree.RelaxNG:
    grammar = rnc2rng.dumps(rnc2rng.load(str(DATA / "atom.rnc"))).replace('xmlns:local=""', "")
    return etree.RelaxNG(etree.fromstring(grammar.encode()))


def test_the_atom_feed_is_valid(atom_grammar: etree.RelaxNG) -> None:
    feed = etree.fromstring(exported("atom", hostile()).encode())
    assert atom_grammar.validate(feed), atom_grammar.error_log
    assert feed.findall(f"{ATOM}author"), "a feed needs an author unless every entry has one"
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 2 + len(samples.SUMMARIES) + len(PAYLOADS)
    for entry in feed.iter(f"{ATOM}entry"):
        linked = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
        assert "alternate" in linked or entry.find(f"{ATOM}content") is not None


@pytest.mark.parametrize("name", ["id", "title", "updated"])
def test_the_grammar_refuses_what_is_no_atom(name: str, atom_grammar: etree.RelaxNG) -> None:
    feed = etree.fromstring(exported("atom").encode())
    feed.remove(feed.find(f"{ATOM}{name}"))
    assert not atom_grammar.validate(feed)


# ---------------------------------------------------------------- papers


def test_every_paper_has_one_row() -> None:
    rows = {row["paper_id"]: row for row in csv.DictReader(io.StringIO(exported("csv")))}
    assert {s.id for s in samples.SUMMARIES if paper_links(s)} <= set(rows)
    livetalk = rows["2512.23576"]
    assert livetalk["title"] == samples.LIVETALK.title
    assert livetalk["topic"] == "Video generation and world models"
    assert livetalk["top_story"] == "yes"
    assert livetalk["hugging_face"] == "https://huggingface.co/papers/2512.23576"


def test_a_paper_that_an_editor_took_out_is_in_no_row() -> None:
    markdown = "\n".join(line for line in MARKDOWN.splitlines() if "2512.23576" not in line)
    assert "2512.23576" not in exported("csv", markdown)


# ---------------------------------------------------------------- Word


def document(markdown: str = MARKDOWN) -> docx.document.Document:
    content = export(read_draft(markdown), "docx")
    assert isinstance(content, bytes)
    return docx.Document(io.BytesIO(content))


def test_a_word_document_has_headings_links_and_no_clock() -> None:
    content = export(read_draft(MARKDOWN), "docx")
    assert isinstance(content, bytes)
    opened = docx.Document(io.BytesIO(content))
    assert {p.style.name for p in opened.paragraphs if p.style} >= {"Heading 1", "List Bullet"}
    links = [link.address for p in opened.paragraphs for link in p.hyperlinks]
    assert "https://huggingface.co/papers/2512.23576" in links
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "settings" not in [Path(name).suffix for name in archive.namelist()]


def test_a_word_document_links_to_the_web_only() -> None:
    for markdown in (hostile(), pasted()):
        links = [link.address for p in document(markdown).paragraphs for link in p.hyperlinks]
        assert links
        assert all(re.match("https?://|mailto:", link) for link in links)


MARKUP = st.lists(
    st.sampled_from(
        [
            *"<>[]()!`*_~|:&#\"'/= \n\\",
            *("a", "javascript:", "https://a.example", "onerror=", "script", "img src=x", "---"),
            *(
                "[x](",
                "![x](",
                "<!--",
                "-->",
                "&#106;",
                "&lt;",
                "\n\n",
                "# ",
                "- ",
                "| a |\n|---|\n",
            ),
        ]
    ),
    max_size=30,
).map("".join)


@given(text=MARKUP)
@settings(max_examples=300, deadline=None)
def test_whatever_a_person_pastes_no_markup_is_live(text: str) -> None:
    page = exported("substack", f"# Title\n\n{text}\n")
    for element in etree.HTML(page).iter(etree.Element):
        assert element.tag not in {"script", "img", "iframe", "object", "svg", "form"}
        assert not [name for name in element.attrib if name.startswith("on")]
        assert re.match("https?://|mailto:", element.get("href", "https://"))
