"""Shares in words: a third, nine tenths, eight in ten, one clip in five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Final

from digestlib.quantities.cues import cued
from digestlib.quantities.number_words import (
    ALONE,
    BEFORE,
    NUMBER_WORD,
    SCALES,
    TENS,
    WORDS,
    Atom,
    decimal,
    words_of,
)

_PARTS = {
    word: number
    for number, word in enumerate(
        words_of(
            "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
            "nineteenth twentieth"
        ),
        11,
    )
} | {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "hundredth": 100,
    "thousandth": 1000,
    "hundred-thousandth": 100_000,
    "millionth": 1_000_000,
    "ten-millionth": 10_000_000,
    "billionth": 1_000_000_000,
}
_PARTS |= {
    f"{tens}-{part}": int(WORDS[tens]) + {"second": 2}.get(part, _PARTS.get(part, 0))
    for tens in TENS
    for part in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
}
_PARTS |= {
    f"{word}-{part}": int(number) * _PARTS[part]
    for part in ("hundredth", "thousandth")
    for word, number in WORDS.items()
    if number > 0
}

_TEN: Final = r"(?:(?:(?:a|one|1|10|100|ten|a hundred) )?million|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|ten(?! thousand)|nine|eight|seven|six|five|four|three|(?<=one in )two|(?:a )?hundred(?! thousand)|(?:a |ten |a hundred )?thousand|10|5|4|3|100|1,?000|10,?000|100,?000|1,000,000|(?:a|one|1) billion)\b"
_OF_TEN: Final = re.compile(rf" (?:in|out of|of every|per) (?:every |the )?{_TEN}")
_IN_TEN: Final = re.compile(
    rf"(?:\b(?P<word>{NUMBER_WORD}|once(?= (?:in|per) (?:a |every )?(?:hundred|thousand|million)))|(?<![$€£¥]){ALONE}{BEFORE}(?P<part>\d{{1,3}}(?:\.\d{{1,3}})?))(?: times)? "
    rf"(?:in (?:every )?|out of (?:every |the )?|of every |per (?=(?:ten thousand|thousand|hundred|million|1,?000|10,?000|100,?000)(?:[.,;)]| (?:of|go|goes|went|are|is|was|were|fails?|failed|gets?|have|has|had|and|in|on|at|for|with|among|while|but|compared|from|to|down|up)\b|$)))(?P<whole>{_TEN})(?! \d)(?=[ ,.;)]|$)(?![.,]\d)"
)
_ONE_IN: Final = re.compile(
    rf"(?P<word>\bone|(?<![$€£¥]){BEFORE}1) in (?P<whole>\d{{1,3}}(?:,\d{{3}})?|(?:{'|'.join(TENS)})(?:-[a-z]+)?)(?=[,.;:)](?!\d)| (?:of|is|are|was|were|has|have|fails?|failed)\b|$)"
)
"""About 1 in 30, which is no model in 30 languages."""
_ONE_IN_FIVE: Final = re.compile(
    rf"\b(?P<word>one|two|three|four|five|six|seven|eight|nine)(?P<part>)(?: [a-z-]+){{1,3}} (?:in|out of) (?:every )?(?P<whole>(?=[a-z]){_TEN})"
    r"(?=[,.;:)]| \(| (?:is|are|was|were|has|have|had|now|still|then|today|needs?|needed|ends?|comes?|fails?|failed|gets?|got|goes|went|that|at)\b|$)"
)
"""Almost one clip in five, which is no clip in five languages."""
_IN_SO_MANY: Final = re.compile(
    rf"{BEFORE}(\d+(?:\.\d+)?)-in-(?:a-)?(\d{{1,3}}(?:,\d{{3}})+|\d{{2,}})k?(?![\w.])"
)
"""A 3-in-100K rate."""
_BOTH_PER: Final = re.compile(
    rf"{BEFORE}(?P<part>\d+(?:\.\d+)?) (?:to|and|or|versus|vs\.?) \d+(?:\.\d+)? per (?P<whole>ten thousand|thousand|hundred|million|1,?000|10,?000|100,?000)(?![\w.,]*\d)"
)
"""From 6 to 2 per 10,000: either is of so many."""
_FRACTION: Final = cued(
    rf"\b(?:(a|an|half a|remaining|every(?= (?:quarter|third|half) of an? )|(?:further|another|additional)(?= (?:third|quarter|fifth|sixth|eighth|tenth|twentieth)\b)|(?<!at )most (?!an? )[a-z-]+(?= (?:quarter|third|fifth|tenth)(?: of|[.,;)]|$))|other(?= (?:quarter|third|half|fifth|tenth))|[a-z]+['’]s(?= (?:quarter|third|fifth|tenth)(?:[.,;)]|$))|(?:top|bottom|first|opening|initial|last|final|closing|[a-z]+est(?:-[a-z]+)?)(?= (?:quarter|third|fifth|sixth|eighth|tenth)(?: (?:of|by|in)\b|[.,;)]|$))|{NUMBER_WORD}|\d+)(?: mere| single| full| whole| good)?[- ])({'|'.join(_PARTS)})s?\b",
    (word for part in _PARTS for word in (part.split("-")[-1], f"{part.split('-')[-1]}s")),
)
CUES: Final = _FRACTION.words
"""The words of which a fraction has one."""


def shares(text: str) -> Iterator[Atom]:
    """Eight in ten, one clip in five, of a text in lower case."""
    patterns = (_IN_TEN, _ONE_IN_FIVE) if _OF_TEN.search(text) else ()
    for match in chain.from_iterable(pattern.finditer(text) for pattern in patterns):
        yield from _in_ten(match)
    for match in _ONE_IN.finditer(text) if " in " in text else ():
        yield from _one_in(match)
    for match in _IN_SO_MANY.finditer(text) if "-in-" in text else ():
        part, whole = (decimal(number) for number in match.groups())
        whole *= SCALES["thousand"] if match[0].endswith("k") else 1
        yield Atom(*match.span(), part, "slash", (part, whole), spelled=True)
    for match in _BOTH_PER.finditer(text) if " per " in text else ():
        parts = decimal(match["part"]), number_in(match["whole"])
        yield Atom(*match.span("part"), parts[0], "slash", parts, spelled=True)


def fractions(text: str, cues: frozenset[str]) -> list[Atom]:
    """The fractions in words of a text in lower case: two-thirds, a tenth of."""
    return [atom for match in _FRACTION.finditer(text, cues) for atom in _fraction(match, text)]


def _in_ten(match: re.Match[str]) -> Iterator[Atom]:
    """Eight in ten; `in 10 domains` counts them."""
    part, whole = number_in(match["word"] or match["part"]), number_in(match["whole"])
    if part < whole and (part >= 1 or " in " not in match[0]):
        yield Atom(*match.span(), part, "slash", (part, whole), spelled=True)


def _one_in(match: re.Match[str]) -> Iterator[Atom]:
    parts = [WORDS.get(part) for part in match["whole"].split("-")]
    whole = sum(filter(None, parts)) if None not in parts else None
    bottom = decimal(match["whole"]) if match["whole"][0].isdigit() else whole
    if bottom and bottom > 1:
        yield Atom(*match.span(), Decimal(1), "slash", (Decimal(1), Decimal(bottom)), spelled=True)


def number_in(word: str) -> Decimal:
    """The number that digits or one or two words say: 12, twelve, ten thousand."""
    plain = word.removeprefix("a ").replace("once", "one")
    if " " in plain:
        first, _, rest = plain.partition(" ")
        return number_in(first) * number_in(rest)
    return WORDS.get(plain) or SCALES.get(plain) or decimal(plain)


_OF_SOMETHING: Final = re.compile(
    r"[*]*(?: (?:of|the|its|their|that|those|what|as|to|for|in|on|at|by|with|under|when|while|after|across|overall|compared|relative|apiece|each|instead|extra|simply|failed|and|or|but|is|are|was|were|"
    r"from|since|until|this|last|overall|versus|vs|against|once|because|thanks|due|where|if|so|per|each|every|within|among|through|throughout|into|though|although|yet|then|now|has|have|had|runs?|ran|works?|worked|pass(?:es|ed)?|remains?|remained|still|ever|actually|goes?|went|comes?|came|stems?|arises?|results?|fails?|failed|uses?|used|needs?|occurs?|belongs?|more|less|fewer|smaller|lower|shorter|higher|larger|longer|faster|than|cheaper|slower|worse|better|heavier|lighter|quicker|bigger|later|earlier|wider|narrower|deeper|weaker|stronger|thinner|taller)\b|"
    r"[.,;:)*]|$)"
)
_PER_QUARTER: Final = re.compile(
    r"(?:%|percent|points?|illion|yuan|dollars|times|users|\bonce|\btwice)[*]* $"
)
"""12% a quarter; a quarter of 12% has its `of` in between."""
_OF_A_YEAR: Final = re.compile(
    r" of (?:the |last |this |next |fiscal )*(?:year|month|20\d\d|january|february|march|april|may|june|"
    r"july|august|september|october|november|december)\b"
)
_OF_PEOPLE: Final = re.compile(r" (?:part(?:y|ies)|persons?|places?|graders?)\b")


_LOOSE: Final = ("a", "an", "further", "another", "additional")


def _fraction(match: re.Match[str], text: str) -> Iterator[Atom]:
    """Nine tenths, one-fifth the cost, a tenth of it; a third model is an ordinal."""
    count = match[1]
    before = text[max(0, match.start() - 16) : match.start()]
    of_it = text.startswith(" of ", match.end())
    if match[2] == "quarter" and not of_it and _PER_QUARTER.search(before):
        return
    if count in ("first", "last", "final") and _OF_A_YEAR.match(text, match.end()):
        return
    if count == "half a" or (match[2] == "half" and count not in ("a", "one")):
        return
    behind = text[match.end() : match.end() + 12]
    bare_article = count in _LOOSE and match[2] not in ("half", "quarter")
    if bare_article and not _OF_SOMETHING.match(behind):
        return
    if count == "one" and _OF_PEOPLE.match(behind):
        return
    number = WORDS.get(count) if count in WORDS or count[0].isdigit() else Decimal(1)
    number = Decimal(count) if number is None else number
    if number < _PARTS[match[2]]:
        yield Atom(*match.span(), number / _PARTS[match[2]], "fraction", spelled=True)
