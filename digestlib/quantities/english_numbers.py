"""Numbers as English writes them, digits or words, without unit or qualifier: `1,356`, `0.3
million`, `120K`, `three hundred and fifty`, `one third`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.quantities import english_shares
from digestlib.quantities.cues import cued
from digestlib.quantities.english_shares import fractions, number_in, shares
from digestlib.quantities.number_words import (
    ALONE,
    BEFORE,
    DIGITS,
    NUMBER_WORD,
    SCALE_WORD,
    SCALES,
    SUFFIXES,
    TENS,
    WORDS,
    Atom,
    Form,
    decimal,
)
from digestlib.quantities.units import ENGLISH

_SIDE: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)"
_DIMENSION: Final = re.compile(
    rf"{BEFORE}{_SIDE}(?:(?:[×x]|\s[×x]\s|-by-){_SIDE})+(?![a-z0-9^⁻⁺⁰¹²³⁴-⁹%])(?!\.\d)(?! ?[gt]i?b\b)"
)
_RATIO: Final = re.compile(rf"{BEFORE}\d+(?:\.\d+)?(?:(?:[:∶]|\s[:∶]\s)\d+(?:\.\d+)?)+(?![a-z0-9])")
_SLASH: Final = re.compile(
    rf"{ALONE}{BEFORE}\d+(?:\.\d+)?\s?/\s?\d+(?:(?<=\d)(?:th|rd|nd)(?= (?:the|of|as)\b|s\b))?(?![a-z0-9/])(?!\.\d)"
)
_SPLIT: Final = re.compile(rf"{BEFORE}\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?){{2,}}(?![a-z0-9/])")
_SHARES: Final = re.compile(
    rf"{BEFORE}\d{{1,2}}(?:(?:/\d{{1,2}}){{2,}}|(?:-\d{{1,2}}){{2,}}|[/-]\d{{1,2}}(?= (?:[a-z]+[-/– ])*(?:split|mix|ratio|rule))"
    rf"|(?:(?<=split ..)|(?<=split is ..)|(?<=split of ..)|(?<=divided ..)|(?<=ratio of ..)|(?<=split in ..))/\d{{1,2}})"
    r"(?![a-z0-9/%-]|\.\d)"
)
_WHOLE: Final = 100
"""An 80/20 split and 80-10-10 are shares of it."""
_WHOLES: Final = (1, 10, _WHOLE)
_PART: Final = re.compile(r"[\d.]+")
_PARTED: Final = re.compile("split|divid|partition|ratio|proportion|mix|blend|allocat")
"""What 8/1/1 is split by is a ratio; 4/8/16 GPUs are three counts."""
_COMPOUND: Final = re.compile(r"[:∶/×xy-](?:(?<=\d.)|(?<=\d\s.)|(?<=\d-by))[\s-]?\d")
"""In each of these; the y is of `by`."""
_OUT_OF: Final = cued(
    rf"{ALONE}{BEFORE}({DIGITS}) out of (?:the |all |an? (?:possible |maximum (?:of )?|total of ))?({DIGITS})(?![\w.,%]*\d|[%kmbt](?![a-z])| (?:thousand|million|billion|trillion)\b)",
    ["out"],
)
_RATIO_OF: Final = re.compile(r"\b(?:ratio|proportion|odds|mixed|blended)\b")
_MIX: Final = re.compile(r"[- ](?:ratio|mix|split|blend)\b")
_TO_ONE: Final = re.compile(rf"{BEFORE}\d+(?:\.\d+)? to 1(?![\d.,:]\d|\d)")
"""The ratio is one to three, or 1.2 to 1."""
_PARTS: Final = r"\d+(?: to \d+){1,4}"
_TO_SOME: Final = re.compile(
    rf"{BEFORE}\d+(?:\.\d+)?(?:(?: to |-to-)\d+(?:\.\d+)?){{1,4}}(?=[- ](?:ratio|mix|mixture|split|proportion|blend)\b)|"
    rf"(?<=ratio of ){_PARTS}(?![\d.,%]*\d|[%a-z])"
)
"""A 7 to 3 ratio, a ratio of 5 to 3 to 2."""
_PAIR: Final = re.compile(_PARTS)
_STANDS: Final = re.compile(
    r"\b(?:(?:stands?|stood|standing|mixed|blended|outnumber(?:s|ed)?)\b[^.;,\d]{0,40} (?:at|by)|(?:mixed|blended)) "
    rf"(?={_PARTS}(?![\d.,%]*\d|[%a-z]))"
)
"""Easy questions stand to hard ones at 3 to 2."""
_TO_THE_POWER: Final = re.compile(
    rf"{BEFORE}(?P<base>10|[2-9]) to the (?:power (?:of )?(?P<power>\d{{1,2}})|(?P<th>\d{{1,2}})(?:st|nd|rd|th)(?: power)?)\b"
)
"""10 to the 26th power."""
_AND_A_HALF: Final = cued(
    rf"\b((?:(?:{'|'.join(TENS)})-)?(?:{NUMBER_WORD})|\d+)[ -]and[ -]a[ -]half\b", ["half"]
)
_WORD_RATIO: Final = cued(
    rf"\b({NUMBER_WORD})[- ]to[- ](?:(one|two|three)|({NUMBER_WORD})(?=[- ](?:[a-z-]+ )?(?:ratio|mix|split)\b))\b",
    WORDS,
)
_HALF: Final = cued(
    r"(?<!first )(?<!second )(?<!latter )(?<!other )(?<![-\w])half(?![-\w])", ["half"]
)
_LONG_UNITS: Final = "|".join(name for name in ENGLISH if name.isalpha() and len(name) > 2)
_MIXED: Final = cued(
    r"\bhalf an? (?:(dozen|hundred|thousand|million|billion|trillion)|"
    rf"(?=(?:{_LONG_UNITS}|percentage|million|billion)\b))",
    ["half"],
)
_PLAIN: Final = re.compile(
    rf"{BEFORE}(?P<sign>(?<![\w)\]%])(?<!\+/)[+\-−±]|(?:(?<!lus or )[Mm]inus|[Nn]egative) (?=\d))?(?P<digits>{DIGITS})(?P<part>[½¼¾])?"
    rf"(?P<exp>[eE][+\-−]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+|\^\{{?[\-−]?\d+\}}?)?"
    rf"(?:\s?[×x]\s?10(?P<power>\^\{{?[\-−]?\d+\}}?|[⁻⁺]?[⁰¹²³⁴-⁹]+))?"
    rf"(?:(?P<suffix>(?:[KkMBTb]|[mbt]n|[mb]ln)(?![A-Za-z0-9])|(?<=\d) (?:[MB]|[mb]l?n|tr?l?n)(?![A-Za-z0-9&/-])|(?<=\d) K(?= (?:tokens?|context)\b))|[ -]?(?P<pixels>[Mm]ega-?pixels?|MP)(?![A-Za-z0-9])|[ -](?P<word>{SCALE_WORD})s?\b)?",
)
_WORD_ENDS: Final = r"(?=fold\b|\b)"
"""Fourfold is four with its unit."""
_SCALE_NAMED: Final = rf"(?:{SCALE_WORD})-(?:scale|level|class)"
"""Two billion-scale models are two."""
_SPELLED: Final = cued(
    rf"\b(?:(?:an?|another) (?:mere |whole |full )?(?=(?:{SCALE_WORD}|dozen){_WORD_ENDS})|(?<=\bthe )(?:dozen\b|hundred(?= (?!{SCALE_WORD}))(?! or (?:so|more)))|(?:{NUMBER_WORD}){_WORD_ENDS})"
    rf"(?:(?:-| (?!{_SCALE_NAMED})|,? and |, )?\b(?:{NUMBER_WORD}|{SCALE_WORD}|dozen){_WORD_ENDS})*",
    (f"{word}{end}" for word in (*WORDS, *SCALES, "dozen") for end in ("", "fold")),
)
CUES: Final = frozenset().union(
    *(p.words for p in (_OUT_OF, _WORD_RATIO, _HALF, _SPELLED)), english_shares.CUES
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
    return max(-999, min(999, int(text[:_LONGEST_POWER].translate(_SUPERSCRIPTS))))


_LONGEST_POWER: Final = 9
"""More digits make no number that anybody writes, and `int` refuses thousands of them."""


_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-", "^{}")


def _special_forms(low: str, cues: frozenset[str], has_digits: bool) -> Iterator[Atom]:
    """Special forms in digits, then in words."""
    if has_digits and _COMPOUND.search(low):
        yield from _special_digits(low)
    if has_digits and ("to " in low or "-to-" in low):
        yield from _told_ratios(low)
        yield from _powers(low)
    yield from shares(low)
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
    for match in _RATIO.finditer(text):
        yield _compound(match, "ratio")
    for match in _SPLIT.finditer(text):
        if sum(map(Decimal, match[0].split("/"))) in _WHOLES and _PARTED.search(text):
            yield _compound(match, "ratio")
        else:
            parts = _PART.finditer(text, *match.span())
            yield from (Atom(*part.span(), Decimal(part[0])) for part in parts)
    for match in _SLASH.finditer(text):
        yield _compound(match, "slash")


def _powers(text: str) -> Iterator[Atom]:
    """10 to the 26th power."""
    for match in _TO_THE_POWER.finditer(text):
        yield Atom(*match.span(), Decimal(match["base"]) ** int(match["power"] or match["th"]))


def _told_ratios(text: str) -> Iterator[Atom]:
    """1.2 to 1, and a 7 to 3 mix."""
    told = _TO_ONE.finditer(text) if _RATIO_OF.search(text) else ()
    stands = (_PAIR.match(text, match.end()) for match in _STANDS.finditer(text))
    for match in itertools.chain(_TO_SOME.finditer(text), filter(None, stands), told):
        yield _compound(match, "ratio")


def _special_words(text: str, cues: frozenset[str]) -> Iterator[Atom]:
    """3 out of 20, five to one, half a million, three and a half, a third, half."""
    for match in _OUT_OF.finditer(text, cues):
        yield _compound(match, "slash")
    for match in _AND_A_HALF.finditer(text, cues):
        value = sum(map(number_in, match[1].split("-")))
        yield Atom(*match.span(), value + Decimal("0.5"), spelled=True)
    for match in _WORD_RATIO.finditer(text, cues):
        parts = (WORDS[match[1]], WORDS[match[2] or match[3]])
        if (
            parts[0] > parts[1]
            or match[3]
            or _MIX.match(text, match.end())
            or _RATIO_OF.search(text[max(0, match.start() - 60) : match.start()])
        ):
            yield Atom(*match.span(), parts[0], "ratio", parts, spelled=True)
    for match in _MIXED.finditer(text, cues):
        scale = Decimal(12) if match[1] == "dozen" else SCALES.get(match[1] or "", Decimal(1))
        end = match.end() if match[1] else match.end() - 1
        yield Atom(match.start(), end, scale / 2, scale=scale, spelled=True)
    yield from fractions(text, cues)
    for match in _HALF.finditer(text, cues):
        yield Atom(*match.span(), Decimal("0.5"), "fraction", spelled=True)


_SOME_HUNDREDS: Final = re.compile(
    r"(?P<low>[a-z]+) (?:or|to) [a-z]+ (?P<scale>hundred|thousand|million|billion)", re.IGNORECASE
)


def some_hundreds(first: Atom, second: Atom, text: str) -> Decimal | None:
    """What both numbers of seven or eight hundred count; None where each counts for itself."""
    if not (first.spelled and second.spelled) or not 0 < first.value < _TEN:
        return None
    told = _SOME_HUNDREDS.fullmatch(text, first.start, second.end)
    scale = SCALES[told["scale"].lower()] if told else None
    return scale if scale and second.value == (first.value + 1) * scale else None


_TEN: Final = 10
_THOUSANDS_APART: Final = re.compile(
    r"(?<![\w.,:/+×–-])(?P<before>[A-Z][\w.-]*[ ])?(?P<digits>\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+)(?![\w.]*\w|,\d|[ ]\d)"
)


def with_commas(text: str) -> str:
    """A text with 17 000 as 17,000; offsets stay.

    Behind a word with a capital the first number may be that of a name, but at the head.
    """
    return _THOUSANDS_APART.sub(_with_commas, text) if _APART.search(text) else text


_APART: Final = re.compile(r"\d[ \u00a0\u2009\u202f]\d{3}(?!\d)")


def _with_commas(match: re.Match[str]) -> str:
    if match["before"] and match.start() > 0:
        return match[0]
    return (match["before"] or "") + re.sub(r"\s", ",", match["digits"])


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
        elif first and text[first - 1] == "." and (match := _POINT.match(text, first - 1)):
            yield Atom(*match.span(), Decimal(f"0{match[0]}"))
        at = match.end() if match else first + 1


_POINT: Final = re.compile(r"(?<![^\s(\[<>=~≈≤≥–-])\.\d{1,4}(?![\w.]*\w)")
"""An F1 of .88, p < .01."""


def _sign_before(text: str, floor: int, at: int) -> int:
    """The length of the sign right before an offset: 1 for −, 6 for `minus `."""
    if not text.endswith(_SIGNS, floor, at):
        return 0
    return next(len(sign) for sign in _SIGNS if text.endswith(sign, floor, at))


_SIGNS: Final = ("+", "-", "−", "±", "minus ", "Minus ", "negative ", "Negative ")


def _compound(match: re.Match[str], form: Form) -> Atom:
    parts = tuple(decimal(part) for part in re.findall(r"\d[\d,]*(?:\.\d+)?", match[0]))
    return Atom(*match.span(), parts[0], form, parts)


def _plain(match: re.Match[str]) -> Atom:
    value, scale, sign = decimal(match["digits"]), Decimal(1), match["sign"]
    if match.lastgroup == "digits" and not sign:
        return Atom(*match.span(), value)
    if match["pixels"]:
        scale = SCALES["million"]
    elif match["suffix"]:
        scale = SUFFIXES[match["suffix"].strip().lower()]
    elif match["word"]:
        scale = SCALES[match["word"].lower()]
    if match["part"]:
        value += _PART_SIGNS[match["part"]]
    if sign and sign[0] in "-−mnMN":
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
            if token[0] in _FILLERS:
                continue
            if said and not _goes_on(said, token):
                yield _signed(said.atom, low)
                said = None
            said = _and_then(said or _Said(token.start()), token)
        if said:
            yield _signed(said.atom, low)


def _signed(atom: Atom, low: str) -> Atom:
    """Minus twenty is below zero, plus or minus two is not; twelve megapixels are millions."""
    if pixels := _PIXELS.match(low, atom.end):
        atom = atom._replace(end=pixels.end(), value=atom.value * SCALES["million"])
    minus = _MINUS.search(low, max(0, atom.start - _MINUS_ENDS), atom.start)
    return atom._replace(start=minus.start(), value=-atom.value) if minus else atom


_MINUS: Final = re.compile(r"(?<!lus or )(?<!lus/)\b(?:minus|negative)[ -]\Z")
_MINUS_ENDS: Final = 18
_PIXELS: Final = re.compile("[ -]mega-?pixels?\\b")


_WORD: Final = re.compile("[a-z]+")
_FILLERS: Final = ("and", "mere", "whole", "full")
"""A mere thousand, three hundred and five."""


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
    if word in ("a", "an", "another"):
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
