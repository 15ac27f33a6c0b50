"""The English number grammar: values, kinds, qualifiers, and what is not a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from digestlib.models import Bound, QuantityKind
from digestlib.quantities.english import find
from digestlib.quantities.english_names import names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300,000 tasks", "300000"),
        ("300K tasks", "300000"),
        ("0.3 million tasks", "300000"),
        ("three hundred thousand tasks", "300000"),
        ("1.47 billion", "1470000000"),
        ("309B parameters", "309000000000"),
        ("a 14B-parameter stream", "14000000000"),
        ("a 52K-sample set", "52000"),
        ("twelve thousand rules", "12000"),
        ("three hundred and fifty rules", "350"),
        ("twenty-one tasks", "21"),
        ("half a million users", "500000"),
        ("a dozen tasks", "12"),
        ("a 4-step sampler", "4"),
        ("81 frames", "81"),
        ("6-view input", "6"),
        ("16x A800", "16"),
        ("repeated 5 times in all", "5"),
    ],
)
def test_a_count_is_read_in_every_spelling(text: str, value: str) -> None:
    (quantity,) = find(text)
    assert quantity.value == Decimal(value)
    assert quantity.kind == "count"


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind"),
    [
        ("83 s", "83", "s", "measure"),
        ("a 10-minute clip", "10", "min", "measure"),
        ("200 ms", "200", "ms", "measure"),
        ("11.19GB", "11.19", "GB", "measure"),
        ("25.84 dB", "25.84", "dB", "measure"),
        ("24.82 FPS", "24.82", "FPS", "measure"),
        ("0.17 frames per second", "0.17", "FPS", "measure"),
        ("0.17 seconds per frame", "0.17", "s", "measure"),
        ("half a year", "0.5", "year", "measure"),
        ("$5 million", "5000000", "$", "measure"),
        ("26.2 percent", "26.2", "%", "percent"),
        ("**25.1** percentage points", "25.1", "pp", "percentage_points"),
        ("10 points", "10", "pt", "points"),
        ("40 times the size", "40", "×", "multiplier"),
        ("five times larger", "5", "×", "multiplier"),
        ("25-fold", "25", "×", "multiplier"),
        ("a tenfold gain", "10", "×", "multiplier"),
        ("twice that", "2", "×", "multiplier"),
        ("it tripled", "3", "×", "multiplier"),
        ("a factor of 6", "6", "×", "multiplier"),
        ("3 orders of magnitude", "3", "order", "magnitude"),
        ("a score of 0.84", "0.84", "", "number"),
        ("3e-5", "0.00003", "", "number"),
        ("nine tenths of it", "0.9", "", "fraction"),
        ("a tenth of it", "0.1", "", "fraction"),
        ("the second place", "2", "", "ordinal"),
        ("in 2025", "2025", "", "date"),
    ],
)
def test_unit_and_kind(text: str, value: str, unit: str, kind: QuantityKind) -> None:
    (quantity,) = find(text)
    assert (quantity.value, quantity.unit, quantity.kind) == (Decimal(value), unit, kind)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a 4–5× speedup", "4", "5"),
        ("12-22% gains", "12", "22"),
        ("94% to 98% success", "94", "98"),
        ("between 30K and 50K", "30000", "50000"),
        ("3 to 5 million", "3000000", "5000000"),
        ("improves by a factor of two to four", "2", "4"),
        ("a 5:1 ratio", "5", "1"),
        ("five to one", "5", "1"),
        ("1024×1024 pixels", "1024", "1024"),
        ("rated 4 out of 5", "4", "5"),
    ],
)
def test_two_numbers_are_one_figure(text: str, low: str, high: str) -> None:
    (quantity,) = find(text)
    assert quantity.value == (Decimal(low), Decimal(high))


def test_from_and_to_are_two_figures() -> None:
    assert [q.value for q in find("falls from 97% to 3%")] == [Decimal(97), Decimal(3)]


def test_a_list_writes_its_unit_once() -> None:
    assert [q.unit for q in find("reach 22.94 and 13.44%")] == ["%", "%"]
    assert [q.unit for q in find("from 83 to 0.33 s")] == ["s", "s"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("about 7 hours", "about"),
        ("roughly 640K", "about"),
        ("~11.19GB", "about"),
        ("nearly 10 points", "nearly"),
        ("close to 3K", "nearly"),
        ("more than 36 hours", "over"),
        ("120K+ samples", "over"),
        ("breaks the 90% mark", "over"),
        ("at least 2 GPUs", "at_least"),
        ("a minimum of two cards", "at_least"),
        ("three or more shots", "at_least"),
        ("up to 20 seconds", "up_to"),
        ("as high as 49.14%", "up_to"),
        ("within 10 km", "at_most"),
        ("no more than 20.8 GB", "at_most"),
        ("fewer than 2 billion", "under"),
        ("<32k tokens", "under"),
    ],
)
def test_the_qualifier_is_part_of_the_text_but_not_of_bare(text: str, bound: Bound) -> None:
    (quantity,) = find(text)
    assert quantity.bound == bound
    assert len(quantity.bare) < len(quantity.text)
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "text",
    ["thousands of seconds", "a few minutes", "within minutes", "sub-second", "several million"],
)
def test_a_vague_figure_has_no_value(text: str) -> None:
    (quantity,) = find(text)
    assert quantity.value is None


@pytest.mark.parametrize(
    "text",
    [
        "GPT-5.2 and Qwen2.5-VL-7B",
        "AIME 2025 and MATH500",
        "an RTX 4090 or H100",
        "F1 and R@1 in 3D",
        "Wan 2.2 and Veo 3",
        "Even Claude Haiku 4.5 and Gemini 3 Pro",
        "one of the best, no one, one another",
        "zero-shot and one-shot",
        "second only to it, in a double-blind study",
        "Second, it is fast.",
        "at https://example.org/2025/12 and `--lr 3e-5`",
        "complexity $O(n^2)$",
        "in the first half",
    ],
)
def test_names_idioms_and_protected_spans_are_not_figures(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Even Claude Haiku 4.5 reaches", ["Haiku 4.5"]),
        ("Llama 3.1 8B", ["Llama 3.1"]),
        ("8xH100", ["H100"]),
        ("With 230M pairs, DanQing-2 is", ["DanQing-2"]),
        ("Over 5 times on 3 hours", []),
        ("The Table 4 results, PSNR 25.8", []),
    ],
)
def test_a_name_takes_its_version_and_nothing_else(text: str, expected: list[str]) -> None:
    assert [name.text for name in names(text)] == expected


def test_ids_and_lines_are_the_callers() -> None:
    found = find("from 3 hours to 10 minutes", number=7, first_id=4)
    assert [(q.id, q.line) for q in found] == [("q4", 7), ("q5", 7)]


def test_a_long_line_is_read_in_time() -> None:
    assert len(find("12 " * 3000)) == 3000
