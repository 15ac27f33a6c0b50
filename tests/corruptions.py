"""The reference answers, printed and then corrupted: does the check see it?

Run `python -m tests.corruptions` for the table, `-v` for what was missed. Every claim of the 55
example papers is corrupted once in each way that it allows, by a seeded choice of the place.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from pydantic import BaseModel

from digestlib import summarise
from digestlib.fidelity import check
from digestlib.fidelity.cases import english_figures
from digestlib.llm import Request, Response
from digestlib.models import Claim, Quantity
from digestlib.reports import load
from tests.reference_answers import REPORTS, answer_to

SEED: Final = 20260107
VALUE_TYPES: Final = ("digit", "decimal point", "scale", "tenfold")


class Statement(NamedTuple):
    """A claim as printed, and the Chinese it rests on, with the title of the paper."""

    paper: str
    where: str
    source: str
    text: str


class Corruption(NamedTuple):
    """A statement that says something else now."""

    kind: str
    statement: Statement
    text: str


class Table(NamedTuple):
    """How many corruptions of each kind there are, how many are seen, and which are not."""

    seen: Counter[str]
    made: Counter[str]
    missed: list[Corruption]

    def rate(self, *kinds: str) -> float:
        """The share of the corruptions of these kinds that a person is shown."""
        return sum(self.seen[kind] for kind in kinds) / sum(self.made[kind] for kind in kinds)


@cache
def statements() -> tuple[Statement, ...]:
    """Every claim of the reference answers, printed by the code from the example reports."""
    digests = load(REPORTS)
    papers = {paper.id: paper for digest in digests for paper in digest.papers}
    found = []
    for summary in summarise(digests, _reference):
        assert summary.summary is not None, summary.failure
        paper = papers[summary.id]
        for where, claim in _claims(summary.summary):
            lines = "\n".join([paper.title, *(paper.line(n) for n in claim.sources)])
            found.append(Statement(paper.id, where, lines, claim.text))
    return tuple(found)


def _claims(node: object, where: str = "") -> Iterator[tuple[str, Claim]]:
    if isinstance(node, Claim):
        yield where, node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _claims(getattr(node, name), f"{where}.{name}".lstrip("."))
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from _claims(item, f"{where}[{index}]")


def _reference(request: Request) -> Response:
    body = {"messages": [message.model_dump() for message in request.messages]}
    return Response(
        text=answer_to(body),
        model="reference-answers",
        finish_reason="stop",
        mode="json_schema",
        request_key="",
    )


def alarms() -> list[str]:
    """The critical and major findings on the statements as they are, as `week` would tell them.

    What fails on the cited lines but holds on the paper is only cited wrongly.
    """
    papers = {
        p.id: "\n".join(line.text for line in p.lines) for d in load(REPORTS) for p in d.papers
    }
    found = []
    for s in statements():
        if any(f.severity != "minor" for f in check(s.source, s.text)):
            whole = f"{s.source}\n{papers[s.paper]}"
            found += [
                f"{s.paper} {s.where}: {f.message}"
                for f in check(whole, s.text)
                if f.severity != "minor"
            ]
    return found


def measure() -> Table:
    """All corruptions, checked."""
    made, seen, missed = Counter[str](), Counter[str](), []
    for corruption in corruptions():
        made[corruption.kind] += 1
        found = check(corruption.statement.source, corruption.text)
        if any(f.severity != "minor" for f in found):
            seen[corruption.kind] += 1
        else:
            missed.append(corruption)
    return Table(seen, made, missed)


def corruptions() -> Iterator[Corruption]:
    """Each statement corrupted once in each way that it allows; the same every time."""
    for statement in statements():
        chance = random.Random(f"{SEED} {statement.paper} {statement.where}")
        for kind, corrupt in _WAYS.items():
            text = corrupt(statement.text, chance)
            if text is not None and text != statement.text:
                yield Corruption(kind, statement, text)


# ---------------------------------------------------------------- the ways

Way = Callable[[str, random.Random], str | None]


def _figures(text: str, pattern: str = r"\d") -> list[Quantity]:
    return [q for q in english_figures(text) if q.kind != "date" and re.search(pattern, q.bare)]


def _with(text: str, quantity: Quantity, bare: str) -> str:
    at = text.index(quantity.bare, quantity.start)
    return text[:at] + bare + text[at + len(quantity.bare) :]


def _each(pattern: str, change: Callable[[str, random.Random], str]) -> Way:
    """Change a figure that matches the pattern."""

    def way(text: str, chance: random.Random) -> str | None:
        fitting = _figures(text, pattern)
        if not fitting:
            return None
        quantity = chance.choice(fitting)
        return _with(text, quantity, change(quantity.bare, chance))

    return way


def _word(pairs: dict[str, str], before: str = "", behind: str = "") -> Way:
    """Put the opposite for a word that stands before and behind what the patterns say."""
    both = pairs | {new: old for old, new in pairs.items()}
    pattern = re.compile(rf"{behind}\b({'|'.join(both)})\b{before}")

    def way(text: str, chance: random.Random) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        word = chance.choice(found)
        return text[: word.start(1)] + both[word[1]] + text[word.end(1) :]

    return way


def _other_digit(bare: str, chance: random.Random) -> str:
    places = [m.start() for m in re.finditer(r"\d", bare)]
    at = chance.choice(places)
    digits = [d for d in "123456789" if d != bare[at]]
    return bare[:at] + chance.choice(digits) + bare[at + 1 :]


def _moved_point(bare: str, chance: random.Random) -> str:
    return re.sub(r"(\d)\.(\d)", r"\1\2", bare, count=1)


def _other_scale(bare: str, chance: random.Random) -> str:
    for old, new in (("million", "billion"), ("billion", "million"), ("thousand", "million")):
        if old in bare:
            return bare.replace(old, new)
    swap = {"K": "M", "M": "B", "B": "M"}
    return re.sub(r"(?<=\d)([KMB])\b", lambda m: swap[m[1]], bare)


def _tenfold(bare: str, chance: random.Random) -> str:
    if bare.startswith("0."):
        return re.sub(r"^0\.(\d)", r"\1.", bare) if bare[3:4].isdigit() else f"{bare[2]}{bare[3:]}"
    whole = re.match(r"[\d,]+", bare)
    assert whole is not None
    return f"{int(whole[0].replace(',', '')) * 10:,}{bare[whole.end() :]}"


def _points_or_percent(bare: str, chance: random.Random) -> str:
    if "point" in bare:
        return re.sub(r" (?:percentage )?points?", "%", bare)
    return bare.replace("%", " percentage points").replace(" percent", " percentage points")


_UNITS: Final = {
    "seconds": "minutes", "minutes": "hours", "hours": "days", "days": "weeks", "second": "minute",
    "minute": "hour", "hour": "day", "ms": "s", "s": "ms", "GB": "MB", "MB": "GB", "TB": "GB",
    "km": "m", "mm": "cm", "cm": "mm", "FPS": "Hz", "×": "%", "kHz": "Hz",
}  # fmt: skip


def _other_unit(bare: str, chance: random.Random) -> str:
    pattern = rf"(?<=[\d ])({'|'.join(sorted(_UNITS, key=len, reverse=True))})$"
    return re.sub(pattern, lambda m: _UNITS[m[1]], bare)


def _swapped(text: str, chance: random.Random) -> str | None:
    """Two figures of one kind and unit exchanged."""
    figures = _figures(text)
    pairs = [
        (a, b)
        for i, a in enumerate(figures)
        for b in figures[i + 1 :]
        if (a.kind, a.unit) == (b.kind, b.unit)
        and a.value != b.value
        and not _is_one_list(text, a, b)
    ]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    return _with(_with(text, second, first.bare), first, second.bare)


_OF_A_LIST: Final = re.compile(r"(?:such as|with|of|at|on|models?|[Ww]ith) $")


def _is_one_list(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether the order says nothing: 3, 6 or 9 images; models of 4B and 30B."""
    between = text[first.end : second.start]
    listed = re.fullmatch(r"(?:[\s\d.,KMB]|\b(?:and|or)\b)*", between)
    told = "respectively" in text[first.start :]
    start = re.search(r"(?:\d[\d.]*[KMB]?, )*$", text[: first.start])
    before = text[: start.start()] if start else ""
    return bool(listed and not told and _OF_A_LIST.search(before))


def _other_name(text: str, chance: random.Random) -> str | None:
    """Another system, data set or method in the place of one."""
    found = list(re.finditer(r"(?<![\w-])(?:[A-Z][a-z]+){2,}(?![\w-])", text))
    if not found:
        return None
    name, other = chance.choice(found), chance.choice(("ShapeNet", "TextVQA", "AlpacaEval"))
    return text[: name.start()] + other + text[name.end() :]


def _invented(text: str, chance: random.Random) -> str | None:
    """A figure of which the source says nothing."""
    if not text.endswith("."):
        return None
    value = f"{chance.randint(11, 98)}.{chance.randint(1, 9)}"
    return f"{text[:-1]}, " + chance.choice(
        (f"a gain of {value}%.", f"in {value} ms.", f"{value} times as much as before.")
    )


def _other_version(text: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"\b[A-Z][A-Za-z]+[- ]?v?(\d+(?:\.\d)?)(?=[ ,.)-])", text))
    found = [m for m in found if not m[0].startswith(("Top", "Table", "Stage", "Figure"))]
    if not found:
        return None
    name = chance.choice(found)
    number = str(int(float(name[1])) + chance.choice((1, 2)))
    return text[: name.start(1)] + number + text[name.end(1) :]


_DIGITS: Final = r"(?= (?:about |around |nearly |more than |over |only |just )?[\d~](?![\d.]*D\b))"
_WAYS: Final[dict[str, Way]] = {
    "digit": _each(r"\d", _other_digit),
    "decimal point": _each(r"\d\.\d", _moved_point),
    "scale": _each(r"illion|thousand|\d[KMB]\b", _other_scale),
    "tenfold": _each(r"^\d", _tenfold),
    "percent or points": _each(r"%|percent|\d points?$", _points_or_percent),
    "unit": _each(rf"[\d ](?:{'|'.join(_UNITS)})$", _other_unit),
    "version": _other_version,
    "bound": _word(
        {"more than": "less than", "over": "under", "above": "below", "at least": "at most"},
        r"(?= \$?\d)",
    ),
    "direction": _word(
        {
            "rises": "falls",
            "improves": "worsens",
            "increases": "decreases",
            "higher": "lower",
            "faster": "slower",
            "raises": "lowers",
            "grows": "shrinks",
            "reduces": "increases",
            "cuts": "raises",
            "drops": "rises",
        },
        r"(?=[^.;]{0,40}\d)",
    ),
    "by or to": _word({"by": "to"}, _DIGITS, behind=r"(?<!up )(?<!from )(?<!transferred )"),
    "swap": _swapped,
    "name": _other_name,
    "invented": _invented,
}


def show(table: Table) -> None:
    """Print how many of each kind are seen."""
    for kind in _WAYS:
        made, seen = table.made[kind], table.seen[kind]
        print(f"{kind:18} {seen:5} of {made:5}  {seen / made if made else 0:7.1%}")
    print(f"{'all':18} {table.seen.total():5} of {table.made.total():5}")


def main() -> None:
    """Print the table; with -v what was missed."""
    found, table = alarms(), measure()
    print(f"{len(statements())} statements as they are: {len(found)} false alarms")
    show(table)
    if "-v" in sys.argv:
        print(*found, sep="\n")
        for c in table.missed:
            print(f"{c.kind}: {c.text}\n    was: {c.statement.text}\n    {c.statement.source}\n")


if __name__ == "__main__":
    main()
