"""Numbers as English writes them, digits or words, without unit or qualifier: `1,356`, `0.3
million`, `120K`, `three hundred and fifty`, `one third`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Final, Literal, NamedTuple

from digestlib.quantities.cues import cued
from digestlib.quantities.units import ENGLISH

Form = Literal["plain", "fraction", "dimension", "ratio", "slash"]


class Atom(NamedTuple):
    """One number in the text; `parts` holds both numbers of 5:1, 4/5 or 1024×1024."""

    start: int
    end: int
    value: Decimal
    form: Form = "plain"
    parts: tuple[Decimal, ...] = ()
    scale: Decimal = Decimal(1)
    spelled: bool = False


def words_of(table: str) -> list[str]:
    """The words of a table that is written as running text."""
    return table.split()


SCALES: Final = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
_SUFFIXES: Final = {"k": SCALES["thousand"], "m": SCALES["million"], "b": SCALES["billion"]} | {
    "t": SCALES["trillion"],
    "mn": SCALES["million"],
    "bn": SCALES["billion"],
    "tn": SCALES["trillion"],
    "mln": SCALES["million"],
    "bln": SCALES["billion"],
    "trln": SCALES["trillion"],
}
_ONES: Final = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS: Final = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
WORDS: Final = {word: Decimal(n) for n, word in enumerate(_ONES)} | {
    word: Decimal(10 * n) for n, word in enumerate(_TENS, 2)
}
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
}
_PARTS |= {
    f"{tens}-{part}": int(WORDS[tens]) + {"second": 2}.get(part, _PARTS.get(part, 0))
    for tens in _TENS
    for part in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
}
_PARTS |= {
    f"{word}-{part}": int(number) * _PARTS[part]
    for part in ("hundredth", "thousandth")
    for word, number in WORDS.items()
    if number > 0
}

_DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?:,\d{3})*,\d{4,}|\d+)(?:\.\d+)?"
_BEFORE: Final = r"(?<![A-Za-z0-9_.,])(?<!\d[/:])"
_SCALE_WORD: Final = "|".join(SCALES)
_NUMBER_WORD: Final = "|".join(sorted(WORDS, key=len, reverse=True))

_SIDE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_DIMENSION: Final = re.compile(
    rf"{_BEFORE}{_SIDE}(?:(?:[×x]|\s[×x]\s|-by-){_SIDE})+(?![a-z0-9^⁻⁺⁰¹²³⁴-⁹%])(?!\.\d)"
)
_RATIO: Final = re.compile(rf"{_BEFORE}\d+(?:\.\d+)?(?:(?::|\s:\s)\d+(?:\.\d+)?)+(?![a-z0-9])")
_SLASH: Final = re.compile(rf"{_BEFORE}\d+(?:\.\d+)?\s?/\s?\d+(?![a-z0-9/])(?!\.\d)")
_SPLIT: Final = re.compile(rf"{_BEFORE}\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?){{2,}}(?![a-z0-9/])")
_SHARES: Final = re.compile(
    rf"{_BEFORE}\d{{1,2}}(?:(?:/\d{{1,2}})+|-\d{{1,2}}(?:(?:-\d{{1,2}})+|(?= (?:[a-z]+[-/– ])*(?:split|mix|ratio))))"
    r"(?![a-z0-9/%-]|\.\d)"
)
_WHOLE: Final = 100
"""An 80/20 split and 80-10-10 are shares of it."""
_COMPOUND: Final = re.compile(r"[:/×xy-](?:(?<=\d.)|(?<=\d\s.)|(?<=\d-by))[\s-]?\d")
"""In each of these; the y is of `by`."""
_OUT_OF: Final = cued(rf"{_BEFORE}(\d+(?:\.\d+)?) out of (?:the )?(\d+)\b", ["out"])
_RATIO_OF: Final = re.compile(r"\b(?:ratio|proportion|odds)\b")
_TO_ONE: Final = re.compile(rf"{_BEFORE}\d+(?:\.\d+)? to 1(?![\d.,:]\d|\d)")
"""The ratio is one to three, or 1.2 to 1."""
_AND_A_HALF: Final = cued(rf"\b({_NUMBER_WORD}|\d+) and a half\b", ["half"])
_TEN: Final = r"(?:twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|ten(?! thousand)|nine|eight|seven|six|five|four|three|(?<=one in )two|(?:a )?hundred(?! thousand)|(?:a |ten |a hundred )?thousand|10|5|4|3|100|1,?000|10,?000|100,?000|1,000,000|(?:(?:a|one|1) )?million)\b"
_OF_TEN: Final = re.compile(rf" (?:in|out of|of every|per) (?:every |the )?{_TEN}")
_IN_TEN: Final = re.compile(
    rf"(?:\b(?P<word>{_NUMBER_WORD}|once(?= (?:in|per) (?:a |every )?(?:hundred|thousand|million)))|(?<![$€£¥]){_BEFORE}(?P<part>\d{{1,3}}))(?: times)? "
    rf"(?:in (?:every )?|out of (?:every |the )?|of every |per (?=(?:thousand|hundred|million|1,?000)(?:[.,;)]| (?:go|goes|went|are|is|was|were|fails?|failed|gets?|have|has|had)\b|$)))(?P<whole>{_TEN})(?! \d)(?=[ ,.;)]|$)(?![.,]\d)"
)
_ONE_IN_FIVE: Final = re.compile(
    rf"\b(?P<word>one|two|three|four|five|six|seven|eight|nine)(?P<part>)(?: [a-z-]+){{1,3}} (?:in|out of) (?:every )?(?P<whole>(?=[a-z]){_TEN})"
    r"(?=[,.;:)]| \(| (?:is|are|was|were|has|have|had|now|still|then|today|needs?|needed|ends?|comes?|fails?|failed|gets?|got|goes|went|that|at)\b|$)"
)
"""Almost one clip in five, which is no clip in five languages."""
_WORD_RATIO: Final = cued(
    rf"\b({_NUMBER_WORD})[- ]to[- ](one|two|three)\b", ["one", "two", "three"]
)
_FRACTION: Final = cued(
    rf"\b(?:(a|an|half a|remaining|other(?= (?:quarter|third|half|fifth))|(?:top|bottom|first|last|final|[a-z]+est)(?= (?:quarter|third|fifth|tenth)(?: of|[.,;)]|$))|{_NUMBER_WORD}|\d+)(?: mere| single)?[- ])({'|'.join(_PARTS)})s?\b",
    (word for part in _PARTS for word in (part.split("-")[-1], f"{part.split('-')[-1]}s")),
)
_HALF: Final = cued(
    r"(?<!first )(?<!second )(?<!latter )(?<!other )(?<![-\w])half(?![-\w])", ["half"]
)
_LONG_UNITS: Final = "|".join(name for name in ENGLISH if name.isalpha() and len(name) > 2)
_MIXED: Final = cued(
    r"\bhalf an? (?:(hundred|thousand|million|billion|trillion)|"
    rf"(?=(?:{_LONG_UNITS}|percentage|million|billion)\b))",
    ["half"],
)
_PLAIN: Final = re.compile(
    rf"{_BEFORE}(?P<sign>(?<![\w)\]%])[+\-−±]|(?:minus|negative) (?=\d))?(?P<digits>{_DIGITS})(?P<part>[½¼¾])?"
    rf"(?P<exp>[eE][+\-−]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+|\^\{{?[\-−]?\d+\}}?)?"
    rf"(?:\s?[×x]\s?10(?P<power>\^\{{?[\-−]?\d+\}}?|[⁻⁺]?[⁰¹²³⁴-⁹]+))?"
    rf"(?:(?P<suffix>(?:[KkMBTb]|[mbt]n|[mb]ln)(?![A-Za-z0-9])|(?<=\d) (?:[MB]|[mb]l?n|tr?l?n)(?![A-Za-z0-9&/-]))|[ -](?P<word>{_SCALE_WORD})s?\b)?",
)
_WORD_ENDS: Final = r"(?=fold\b|\b)"
"""Fourfold is four with its unit."""
_SCALE_NAMED: Final = rf"(?:{_SCALE_WORD})-(?:scale|level|class)"
"""Two billion-scale models are two."""
_SPELLED: Final = cued(
    rf"\b(?:an? (?=(?:{_SCALE_WORD}|dozen){_WORD_ENDS})|(?<=\bthe )dozen\b|(?:{_NUMBER_WORD}){_WORD_ENDS})"
    rf"(?:(?:-| (?!{_SCALE_NAMED})|,? and |, )?\b(?:{_NUMBER_WORD}|{_SCALE_WORD}|dozen){_WORD_ENDS})*",
    (f"{word}{end}" for word in (*WORDS, *SCALES, "dozen") for end in ("", "fold")),
)
CUES: Final = frozenset().union(
    *(p.words for p in (_OUT_OF, _WORD_RATIO, _FRACTION, _HALF, _SPELLED))
)
"""The words that a number may begin with or hang on."""


def atoms(text: str, low: str, cues: frozenset[str]) -> list[Atom]:
    """Every number of a text from left to right; longer readings win over shorter ones.

    `low` is the text in lower case, `cues` are those of its words that are among `CUES`.
    """
    digits = _DIGIT.search(text)
    special = list(_special_forms(low, cues, digits is not None))
    plain = list(_plain_numbers(text)) if digits else []
    if not special and not cues:
        return plain
    found: list[Atom] = []
    taken = bytearray(len(text))
    for atom in (*special, *plain, *_spelled_numbers(low, cues)):
        if not any(taken[atom.start : atom.end]):
            taken[atom.start : atom.end] = b"\x01" * (atom.end - atom.start)
            found.append(atom)
    return sorted(found)


def _power(text: str) -> int:
    return max(-99, min(99, int(text[:_LONGEST_POWER].translate(_SUPERSCRIPTS))))


_LONGEST_POWER: Final = 9
"""More digits make no number that anybody writes, and `int` refuses thousands of them."""


_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-", "^{}")


def decimal(digits: str) -> Decimal:
    """The number that a run of digits with separators stands for."""
    return Decimal(digits.replace(",", ""))


def _special_forms(low: str, cues: frozenset[str], has_digits: bool) -> Iterator[Atom]:
    """Special forms in digits, then in words."""
    if has_digits and _COMPOUND.search(low):
        yield from _special_digits(low)
    shares = (_IN_TEN, _ONE_IN_FIVE) if _OF_TEN.search(low) else ()
    for match in chain.from_iterable(words.finditer(low) for words in shares):
        yield from _in_ten(match)
    if cues:
        yield from _special_words(low, cues)


_DIGIT: Final = re.compile(r"\d")


def _special_digits(text: str) -> Iterator[Atom]:
    """8:1:1, 80/10/10, 4/5, 1024×1024."""
    for match in _DIMENSION.finditer(text):
        yield _compound(match, "dimension")
    for match in _SHARES.finditer(text):
        if sum(map(int, re.findall(r"\d+", match[0]))) == _WHOLE:
            yield _compound(match, "ratio")
    for pattern in (_RATIO, _SPLIT):
        for match in pattern.finditer(text):
            yield _compound(match, "ratio")
    for match in _SLASH.finditer(text):
        yield _compound(match, "slash")


def fractions(text: str, cues: frozenset[str]) -> list[Atom]:
    """The fractions in words of a text in lower case: two-thirds, a tenth of."""
    return [atom for match in _FRACTION.finditer(text, cues) for atom in _fraction(match, text)]


def _special_words(text: str, cues: frozenset[str]) -> Iterator[Atom]:
    """3 out of 20, five to one, half a million, three and a half, a third, half."""
    for match in _OUT_OF.finditer(text, cues):
        yield _compound(match, "slash")
    for match in _AND_A_HALF.finditer(text, cues):
        yield Atom(*match.span(), _number(match[1]) + Decimal("0.5"), spelled=True)
    for match in _WORD_RATIO.finditer(text, cues):
        parts = (WORDS[match[1]], WORDS[match[2]])
        if parts[0] > parts[1] or _RATIO_OF.search(
            text[max(0, match.start() - 60) : match.start()]
        ):
            yield Atom(*match.span(), parts[0], "ratio", parts, spelled=True)
    for match in _TO_ONE.finditer(text) if _RATIO_OF.search(text) else ():
        yield _compound(match, "ratio")
    for match in _MIXED.finditer(text, cues):
        scale = SCALES.get(match[1] or "", Decimal(1))
        end = match.end() if match[1] else match.end() - 1
        yield Atom(match.start(), end, scale / 2, scale=scale, spelled=True)
    yield from fractions(text, cues)
    for match in _HALF.finditer(text, cues):
        yield Atom(*match.span(), Decimal("0.5"), "fraction", spelled=True)


def _plain_numbers(text: str) -> Iterator[Atom]:
    """The numbers in digits: each is looked for at its first digit, with the sign before it."""
    at = 0
    while digit := _DIGIT.search(text, at):
        first = digit.start()
        match = _PLAIN.match(text, first - _sign_before(text, at, first)) or _PLAIN.match(
            text, first
        )
        if match:
            yield _plain(match)
        at = match.end() if match else first + 1


def _sign_before(text: str, floor: int, at: int) -> int:
    """The length of the sign right before an offset: 1 for −, 6 for `minus `."""
    if not text.endswith(_SIGNS, floor, at):
        return 0
    return next(len(sign) for sign in _SIGNS if text.endswith(sign, floor, at))


_SIGNS: Final = ("+", "-", "−", "±", "minus ", "negative ")


def _compound(match: re.Match[str], form: Form) -> Atom:
    parts = tuple(decimal(part) for part in re.findall(r"\d[\d,]*(?:\.\d+)?", match[0]))
    return Atom(*match.span(), parts[0], form, parts)


def _in_ten(match: re.Match[str]) -> Iterator[Atom]:
    """Eight in ten; `in 10 domains` counts them."""
    part, whole = _number(match["word"] or match["part"]), _number(match["whole"])
    if part < whole:
        yield Atom(*match.span(), part, "slash", (part, whole), spelled=True)


def _number(word: str) -> Decimal:
    plain = word.removeprefix("a ").replace("once", "one")
    if " " in plain:
        first, _, rest = plain.partition(" ")
        return _number(first) * _number(rest)
    return WORDS.get(plain) or SCALES.get(plain) or decimal(plain)


_OF_SOMETHING: Final = re.compile(
    r"[*]*(?: (?:of|the|its|their|that|those|what|as|to|for|in|on|at|by|with|under|when|while|after|across|overall|compared|relative|and|or|but|is|are|was|were|"
    r"from|since|until|this|last|overall|versus|vs|against|once|because|thanks|due|where|if|so|per|each|every|within|among|through|throughout|into|though|although|yet|then|now|has|have|had|goes?|went|comes?|came|stems?|arises?|results?|fails?|failed|uses?|used|needs?|occurs?|belongs?|more|less|fewer|smaller|lower|shorter|higher|larger|longer|faster|cheaper)\b|"
    r"[.,;:)*]|$)"
)
_PER_QUARTER: Final = re.compile(
    r"(?:%|percent|points?|illion|yuan|dollars|times|users|\bonce|\btwice)[*]* $"
)
"""12% a quarter; a quarter of 12% has its `of` in between."""
_OF_A_YEAR: Final = re.compile(r" of (?:the |last |this |next |fiscal )*(?:year|month|20\d\d)\b")
_OF_PEOPLE: Final = re.compile(r" (?:part(?:y|ies)|persons?|places?|graders?)\b")


def _fraction(match: re.Match[str], text: str) -> Iterator[Atom]:
    """Nine tenths, one-fifth the cost, a tenth of it; a third model is an ordinal."""
    count = match[1]
    if match[2] == "quarter" and _PER_QUARTER.search(
        text[max(0, match.start() - 16) : match.start()]
    ):
        return
    if count in ("first", "last", "final") and _OF_A_YEAR.match(text, match.end()):
        return
    if count == "half a" or (match[2] == "half" and count not in ("a", "one")):
        return
    behind = text[match.end() : match.end() + 12]
    bare_article = count in ("a", "an") and match[2] not in ("half", "quarter")
    if bare_article and not _OF_SOMETHING.match(behind):
        return
    if count == "one" and _OF_PEOPLE.match(behind):
        return
    number = WORDS.get(count) if count in WORDS or count[0].isdigit() else Decimal(1)
    number = Decimal(count) if number is None else number
    if number < _PARTS[match[2]]:
        yield Atom(*match.span(), number / _PARTS[match[2]], "fraction", spelled=True)


def _plain(match: re.Match[str]) -> Atom:
    value, scale, sign = decimal(match["digits"]), Decimal(1), match["sign"]
    if match.lastgroup == "digits" and not sign:
        return Atom(*match.span(), value)
    if match["suffix"]:
        scale = _SUFFIXES[match["suffix"].strip().lower()]
    elif match["word"]:
        scale = SCALES[match["word"].lower()]
    if match["part"]:
        value += _PART_SIGNS[match["part"]]
    if sign and sign[0] in "-−mn":
        value = value.copy_negate()
    if (power := match["exp"]) and power[0] not in "eE":
        value = value ** _power(power)
    elif power:
        value *= Decimal(10) ** _power(power[1:])
    if match["power"]:
        value *= Decimal(10) ** _power(match["power"])
    return Atom(*match.span(), value * scale, scale=scale)


_PART_SIGNS: Final = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def _spelled_numbers(low: str, cues: frozenset[str]) -> Iterator[Atom]:
    """Runs of number words: `twelve thousand` is one number, `two, three` are two."""
    for run in _SPELLED.finditer(low, cues):
        said: _Said | None = None
        for token in _WORD.finditer(low, *run.span()):
            if token[0] == "and":
                continue
            if said and not _goes_on(said, token):
                yield said.atom
                said = None
            said = _and_then(said or _Said(token.start()), token)
        if said:
            yield said.atom


_WORD: Final = re.compile("[a-z]+")


class _Said(NamedTuple):
    """What the words of a number have come to: its thousands and more, and the rest."""

    start: int
    end: int = 0
    total: Decimal = Decimal(0)
    rest: Decimal = Decimal(0)
    scale: Decimal = Decimal(0)

    @property
    def atom(self) -> Atom:
        value = self.total + self.rest
        return Atom(self.start, self.end, value, scale=self.scale, spelled=True)


def _and_then(said: _Said, token: re.Match[str]) -> _Said:
    """The number with one more word."""
    word, end = token[0], token.end()
    if word in ("a", "an"):
        return said._replace(end=end, rest=Decimal(1))
    size = Decimal(12) if word == "dozen" else SCALES.get(word)
    if size is None:
        return said._replace(end=end, rest=said.rest + WORDS[word])
    times = (said.rest or Decimal(1)) * size
    if size <= 100:
        return said._replace(end=end, rest=times)
    return said._replace(end=end, total=said.total + times, rest=Decimal(0), scale=size)


def _goes_on(said: _Said, token: re.Match[str]) -> bool:
    """Whether a word belongs to the number before it: twenty-one, hundred (and) five, two million."""
    word = WORDS.get(token[0])
    if word is None:
        return True
    between = token.string[said.end : token.start()]
    if said.rest == 0:
        return said.total > 0
    if said.rest % 100 == 0:
        return "," not in between
    return said.rest % 10 == 0 and said.rest % 100 >= 20 and word < 10 and "and" not in between
