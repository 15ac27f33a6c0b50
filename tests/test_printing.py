"""References become print, joined to the words around them, and leave a trace."""

from __future__ import annotations

import pytest

from digestlib.models import Claim, Quantity
from digestlib.printing import Source, print_model, print_text, unknown_references, walk


def quantity(name: str, text: str, english: str, bare: str = "") -> Quantity:
    return Quantity(
        id=name,
        text=text,
        start=4,
        end=4 + len(text),
        line=29,
        value=None,
        kind="number",
        english=english,
        bare=bare or english,
        bound="about" if text.startswith("约") else "nearly" if "近" in text else None,
    )


QUANTITIES = [
    quantity("q1", "约10 分钟", "about 10 minutes", "10 minutes"),
    quantity("q2", "26.2%", "26.2%"),
    quantity("q3", "4-5 倍", "4–5×"),
    quantity("q4", "81", "81"),
    quantity("q5", "提升近 10 分", "nearly 10 points", "10 points"),
    quantity("q6", "数千秒", "thousands of seconds"),
    quantity("q7", "0.33秒", "0.33 s"),
]


def resolve(paper: str | None, name: str) -> Source | None:
    found = next((q for q in QUANTITIES if q.id == name), None)
    return Source(paper_id="2601.02439", quantity=found) if found and paper in (None, "p") else None


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("falls to {q2}", "falls to 26.2%"),
        ("{p/q3} faster", "4–5× faster"),
        ("within {q1.bare}", "within 10 minutes"),
        ("an {q4}-frame video", "an 81-frame video"),
        ("takes about {q1}", "takes about 10 minutes"),
        ("takes roughly {q1}", "takes roughly 10 minutes"),
        ("a gain of almost {q5}", "a gain of almost 10 points"),
        ("a gain of more than {q5}", "a gain of more than nearly 10 points"),
        ("takes {q1} minutes", "takes about 10 minutes"),
        ("a {q1}-minute clip", "a about 10-minute clip"),
        ("a {q1.bare}-minute clip", "a 10-minute clip"),
        ("{q2}% of it", "26.2% of it"),
        ("{q3}× faster", "4–5× faster"),
        ("a gain of {q5} points", "a gain of nearly 10 points"),
        ("from {q6} to {q7}", "from thousands of seconds to 0.33 s"),
        ("Good. {q5} more.", "Good. Nearly 10 points more."),
        ("{q6} are saved", "Thousands of seconds are saved"),
        ("the set {x_1} stays", "the set {x_1} stays"),
    ],
)
def test_a_reference_prints_as_english_that_fits_its_sentence(text: str, printed: str) -> None:
    assert print_text(text, resolve, "tldr.text")[0] == printed


def test_a_value_is_no_sentence() -> None:
    where = "results[0].figures[0].value"
    assert print_text("{q6} of work", resolve, where)[0] == "thousands of seconds of work"


def test_each_printed_figure_has_its_span_in_the_text_and_in_the_source() -> None:
    text, figures = print_text("Up {q2}, in {q1}.", resolve, "tldr.text")
    assert [text[f.start : f.end] for f in figures] == ["26.2%", "about 10 minutes"]
    assert [(f.where, f.quantity, f.line, f.span, f.source) for f in figures] == [
        ("tldr.text", "q2", 29, (4, 9), "26.2%"),
        ("tldr.text", "q1", 29, (4, 10), "约10 分钟"),
    ]


@pytest.mark.parametrize("text", ["{q99}", "{other/q1}", "{q1 .bare}", "{Q1}", "{q1, q2}"])
def test_a_reference_to_nothing_is_an_error_that_names_it(text: str) -> None:
    claim = Claim(text=f"It is {text}.", sources=(29,))
    errors = unknown_references(walk(claim), resolve)
    assert len(errors) == 1
    assert text in errors[0]
    assert errors[0].startswith("text: ")


def test_braces_that_are_no_reference_are_text() -> None:
    claim = Claim(text=r"The loss $\mathcal{L}_{ERC}$ is {small}.", sources=(1,))
    assert unknown_references(walk(claim), resolve) == []


def test_a_model_is_printed_whole_with_paths() -> None:
    claim, figures = print_model(Claim(text="It takes {q1}.", sources=(29,)), resolve)
    assert claim == Claim(text="It takes about 10 minutes.", sources=(29,))
    assert [figure.where for figure in figures] == ["text"]
    assert list(walk(claim)) == [("text", "It takes about 10 minutes.")]
