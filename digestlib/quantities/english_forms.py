"""Figures of English that are no numbers: dates, multiples and ordinals in words, vague ones."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.models import QuantityKind
from digestlib.quantities.cues import cued
from digestlib.quantities.english_shares import fractions
from digestlib.quantities.number_words import SCALES, TENS, WORDS, words_of
from digestlib.quantities.units import ENGLISH

Value = Decimal | tuple[Decimal, Decimal] | None


class Figure(NamedTuple):
    """A figure in a line of English, without its qualifier."""

    start: int
    end: int
    value: Value
    kind: QuantityKind
    unit: str = ""
    scale: Decimal = Decimal(1)
    spelled: bool = False


# ---------------------------------------------------------------- dates

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = cued(
    rf"(?<![\d.,$])(?:{_YEAR}-\d{{2}}(?:-\d{{2}})?(?![\d-])|"
    rf"{_MONTH} {_DAY}(?:\s?[-–—]\s?(?:{_MONTH} )?{_DAY})?(?!\d)(?:,? {_YEAR})?|"
    rf"(?:{_DAY} )?{_MONTH}(?:\s?(?:[-–—]|to)\s?{_MONTH})?,? {_YEAR}|(?:{_DAY} ?(?:to|and|[-–—]) ?)?{_DAY} {_MONTH}|"
    rf"(?:(?:19|20)\d0s\b)|{_YEAR} ?[-–—] ?(?:{_YEAR}|\d\d)(?![\d.%])|{_YEAR}(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d))?"
    rf"(?=[\s).,;:\x00-]|$)(?!\s?(?:×|%|x\d|[a-z]+s\b))(?![.,:]\d))",
    words_of(
        "jan january feb february mar march apr april may jun june jul july aug august "
        "sep sept september oct october nov november dec december"
    ),
)
_YEAR_HERE: Final = re.compile(_YEAR)
_YEAR_CUE: Final = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|for|year|early|late|mid|during|and|before|after|\() ?-?$",
    re.IGNORECASE,
)


def dates(text: str, cues: frozenset[str]) -> list[Figure]:
    """Days, months and years."""
    if _DATE.words.isdisjoint(cues) and not _YEAR_HERE.search(text):
        return []
    found = []
    for match in _DATE.pattern.finditer(text):
        bare_year = re.fullmatch(_YEAR, match[0])
        if bare_year and not _YEAR_CUE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        year = re.search(_YEAR, match[0])
        value = Decimal(year[0]) if year else None
        found.append(Figure(*match.span(), value, "date"))
    return found


_DURATION: Final = re.compile(
    r"\d(?<![\d.]\d)\d{0,2}h ?\d{1,2}(?:m|min)?(?![\w]|\.\d)"
    r"|\b(?<!half )[Aa]n hour and (?P<minutes>[a-z]+(?:-[a-z]+)?|\d\d?) minutes\b"
)


def durations(text: str) -> list[Figure]:
    """2h40m and an hour and twenty minutes, in minutes."""
    found = []
    for match in _DURATION.finditer(text) if "h" in text else ():
        parts = re.findall(r"\d+", match[0])
        if match["minutes"]:
            parts = ["1", *parts] if parts else _in_words(match["minutes"])
        if len(parts) == _A_PAIR:
            value = 60 * Decimal(parts[0]) + Decimal(parts[1])
            found.append(Figure(*match.span(), value, "measure", "min"))
    return found


_A_PAIR: Final = 2


def _in_words(minutes: str) -> list[str]:
    """An hour and so many minutes; nothing where the words are no number."""
    words = [WORDS.get(word) for word in minutes.split("-")]
    return ["1", f"{sum(filter(None, words))}"] if all(words) else []


# ---------------------------------------------------------------- figures without a number

_TIMES: Final = words_of(
    "nanosecond microsecond millisecond second minute hour day week month year"
)
_TIME: Final = "|".join(_TIMES)
_MEASURES: Final = (
    rf"(?:{_TIME})s|gpu[- ]hours|gpu[- ]days|(?:person|man|core|node)[- ]hours|(?:person|man)[- ](?:days|months|years)|(?:us )?dollars|euros|yuan|km|kilomet(?:re|er)s|met(?:re|er)s|"
    r"miles|tonnes|tons|[kmgtp]b|gigabytes|terabytes|points|times(?= (?:the|that|those|its|as|what|more|less|\w+er)\b)"
)
_MANY: Final = words_of("tens dozens hundreds thousands millions billions trillions")
_VAGUE: Final = cued(
    rf"\b(?:(?:(?:a few|several|many|some|tens of|dozens of|hundreds of|a couple of) )?"
    rf"(?:(?:tens of )?(?:{'|'.join(_MANY)})|(?:(?<=few )|(?<=several ))(?:(?:hundred|ten) )?(?:dozen|{'|'.join(SCALES)})))\b"
    rf"(?: (?:of )?(?P<of>{_MEASURES})\b)?|"
    rf"\b(?:a few|several|a couple of|a handful of|tens of|dozens of|(?<=within )|(?<=in )|(?<=from )|"
    rf"(?<=matter of )|(?<=just )|(?<=only )|(?<=under )|(?<=to )(?!minutes of)) ?(?P<some>{_TIME})s\b|"
    rf"\bsub-?(?P<sub>{_TIME})(?:-(?:level|scale))?\b|"
    rf"\b(?:(?:ten|hundred|one|multi)[- ])?(?:{'|'.join(SCALES)})[- ](?:(?:scale|level|class|plus)s?|parameter|token)\b",
    [*_MANY, "dozen", *SCALES, *(f"{t}s" for t in _TIMES), "sub", *(f"sub{t}" for t in _TIMES)],
)
_NUMBER_ENDS: Final = re.compile(rf"(?:\d|\b(?:{'|'.join(WORDS)}))[ -]?$")
_MULTIPLES: Final = {
    "twice": 2,
    "thrice": 3,
    "doubl": 2,
    "tripl": 3,
    "trebl": 3,
    "quadrupl": 4,
    "quintupl": 5,
}
_MULTIPLE: Final = cued(
    r"\b(twice|thrice)\b|\b(doubl|tripl|trebl|quadrupl|quintupl)(?:ed|es|ing)\b|"
    r"\b(doubl|tripl|quadrupl)e(?= (?:(?:speed|the|that|its|their|those|of|as|what|in|to|when|over)\b|[\w.+-]+['’]s\b))",
    [stem + end for stem in _MULTIPLES for end in ("", "e", "ed", "es", "ing")],
)
_AGAIN: Final = cued(
    r"\b(?P<half>half) as (?:many|much|large|big|high|long|fast)(?: [a-z]+){0,2} again\b|\bdoubl(?:ed|es|ing) twice\b|\btwo doublings\b",
    words_of("half doubled doubles doubling doublings"),
)
"""Half as many again is 1.5 times as many."""
_HALVED: Final = cued(r"\bhal(?:ve|ves|ved|ving)\b", ["halve", "halves", "halved", "halving"])
_AN_ORDER: Final = cued(r"\b(?:an|one) order of magnitude\b", ["magnitude"])
_AND_A_HALF: Final = cued(
    rf"\b(?:an?|one|the|every|each|per) (?P<unit>{_TIME}) and a half\b", ["half"]
)
_HALF_A: Final = cued(
    rf"\b(?:an? (?:mere |full |modest |tiny )?)?(?:(?<!and-a-)half[- ](?P<unit>percentage[- ]point|point|(?!year[- ](?:on|over)[- ]year)(?:{_TIME}))|quarter[- ](?P<quarter>percentage[- ]point|point|hour))\b",
    ["half", "quarter"],
)
"""A half-point rise, half-hour clips."""
_OR_TWO: Final = cued(
    rf"\ban? (?P<unit>{_TIME}|point|dollar|euro|kilometre|kilometer|metre|meter|mile) or two\b",
    ["two"],
)
_KINDS: Final[dict[str, QuantityKind]] = {"pp": "percentage_points", "pt": "points"}
_SPANS_OF_TIME: Final = {"fortnight": (Decimal(2), "week"), "decade": (Decimal(10), "year")}
_SOME_IN_TEN: Final = cued(
    rf"\b(?P<low>{'|'.join(WORDS)}) (?:to|or) (?P<high>{'|'.join(WORDS)}) (?:in|out of) (?:every )?ten\b",
    ["ten"],
)
_A_SPAN_OF_TIME: Final = cued(
    r"\b(?:an?|one|(?:over )?the(?: (?:past|last|previous|coming|next))?|past|last|previous|coming|next) (?P<span>fortnight|decade)\b",
    _SPANS_OF_TIME,
)
_ORDINALS: Final = words_of(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINAL: Final = cued(
    rf"\b(?:(?P<ten>{'|'.join(TENS)})-(?P<unit>{'|'.join(_ORDINALS[1:10])})(?=\b(?! of\b))|({'|'.join(_ORDINALS[2:])})(?!-?(?:s\b|ly\b))|(first)(?=[ -](?:stage|phase|step|version|"
    r"place|rank|round|part|layer|level|generation|quarter(?! of (?:the|its|all) (?!year|fiscal|month)))\b)|(?<!/)(?<!\d to the )(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th))\b(?!-order)",
    [*_ORDINALS[1:], "st", "nd", "rd", "th"],
)
CUES: Final = frozenset().union(
    *(p.words for p in (_DATE, _VAGUE, _MULTIPLE, _AGAIN, _HALVED, _AN_ORDER, _AND_A_HALF)),
    *(p.words for p in (_HALF_A, _OR_TWO, _SOME_IN_TEN, _A_SPAN_OF_TIME, _ORDINAL)),
)
"""The words of which a figure that is no number has one."""
_PART_OF_A: Final = re.compile(r"(?:half|third|quarter|h|fraction) of a $")
"""A third of a second, a hundredth of a second."""
_RANKED: Final = re.compile(r"\b(?:the|its|their|ranks?|ranked|placed?|comes|came) \Z")
"""Ten- to twenty-second clips are so long, and in no order."""
_EACH: Final = re.compile(r"\b(?:each|every) \Z")
"""Each second of audio."""
_A_SECOND: Final = re.compile(r"[a-z]s \W?a $")
_NO_NOUN: Final = re.compile(
    r" (?:and|or|are|is|was|were|with|on|at|in|for|from|when|while|but|than|as|by|instead|rather|"
    r"versus|against|without|under|over|using|per|after|before|can|to)\b"
)
"""12,000 requests a second are handled."""
_SECOND_AS_TIME: Final = re.compile(r"(?:\b(?:per|a|each|every)|/|-)[ -]?$")


def words(text: str, low: str, cues: frozenset[str]) -> list[Figure]:
    """Multiples, vague figures and ordinals in words: twice, tens of thousands, third."""
    if CUES.isdisjoint(cues):
        return []
    found = [
        Figure(*m.span(), None, *_vague_kind(m))
        for m in _VAGUE.finditer(low, cues)
        if not _NUMBER_ENDS.search(low[max(0, m.start() - 12) : m.start()])
    ]
    for match in _MULTIPLE.finditer(low, cues):
        stem = match[1] or match[2] or match[3]
        found.append(Figure(*match.span(), Decimal(_MULTIPLES[stem]), "multiplier", "×"))
    half, one = Decimal("0.5"), Decimal(1)
    for match in _AGAIN.finditer(low, cues):
        times = one + half if match["half"] else Decimal(4)
        found = [f for f in found if not match.start() <= f.start < match.end()]
        found.append(Figure(*match.span(), times, "multiplier", "×"))
    found += [
        Figure(*m.span(), one + half, "measure", ENGLISH[m["unit"]].symbol)
        for m in _AND_A_HALF.finditer(low, cues)
    ]
    for match in _HALF_A.finditer(low, cues):
        halved = ENGLISH[(match["unit"] or match["quarter"]).replace("-", " ")].symbol
        part = half if match["unit"] else half / 2
        found.append(Figure(*match.span(), part, _KINDS.get(halved, "measure"), halved))
    found += [
        Figure(*m.span(), (one, Decimal(2)), "measure", ENGLISH[m["unit"]].symbol)
        for m in _OR_TWO.finditer(low, cues)
    ]
    for match in _SOME_IN_TEN.finditer(low, cues):
        share = (10 * WORDS[match["low"]], 10 * WORDS[match["high"]])
        found.append(Figure(*match.span(), share, "percent", "%"))
    for match in _A_SPAN_OF_TIME.finditer(low, cues):
        value, unit = _SPANS_OF_TIME[match["span"]]
        found.append(Figure(*match.span(), value, "measure", unit))
    found += [Figure(*m.span(), half, "fraction") for m in _HALVED.finditer(low, cues)]
    found += [Figure(*m.span(), one, "magnitude", "order") for m in _AN_ORDER.finditer(low, cues)]
    return found + _ordinals(text, low, cues)


def _vague_kind(match: re.Match[str]) -> tuple[QuantityKind, str]:
    word = match["of"] or match["some"] or match["sub"]
    if word is None:
        return "magnitude", ""
    told = _CASELESS[word.replace("-", " ").removeprefix("us ")]
    return ("multiplier" if told.kind == "multiplier" else "measure"), told.symbol


_CASELESS: Final = {name.lower(): unit for name, unit in ENGLISH.items()}


def _ordinals(text: str, low: str, cues: frozenset[str]) -> list[Figure]:
    """Ordinals that are neither parts of a whole, one third, nor seconds."""
    found = []
    parts = {atom.end for atom in fractions(low, cues)}
    for match in _ORDINAL.finditer(low, cues):
        if match.end() in parts:
            continue
        before = low[max(0, match.start() - 14) : match.start()]
        if match["unit"] == "second" and not _RANKED.search(before):
            continue
        after = text[match.end() : match.end() + 12]
        if match[0] == "second" and (
            _NUMBER_ENDS.search(before)
            or re.search(r"(?:\bper[ -]|/ ?)$", before)
            or (
                _SECOND_AS_TIME.search(before)
                and (not re.match(r" [a-z]", after) or _NO_NOUN.match(after))
            )
            or _PART_OF_A.search(before)
            or (_EACH.search(before) and after.startswith(" of "))
            or (_A_SECOND.search(before) and _NO_NOUN.match(after))
        ):
            continue
        word = match["unit"] or match[3] or match[4] or ""
        value = Decimal(_ORDINALS.index(word)) if word else Decimal(match[5].replace(",", ""))
        value += WORDS[match["ten"]] if match["ten"] else 0
        found.append(Figure(*match.span(), value, "ordinal"))
    return found
