"""The English number grammar: every figure in one line of English.

The order that works: protect URLs, code and LaTeX; take out names with digits and idioms; read
the numbers; join ranges and lists; then read unit and qualifier around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from digestlib.models import Bound, Quantity, QuantityKind
from digestlib.patterns import guarded, lowered, one_of
from digestlib.quantities import english_forms, english_numbers
from digestlib.quantities.cues import cued, words_in
from digestlib.quantities.english_forms import Figure, dates, durations, words
from digestlib.quantities.english_names import mask, names, unprotected
from digestlib.quantities.english_numbers import atoms, some_hundreds, with_commas
from digestlib.quantities.english_qualifiers import TOP, VAGUE_ENDS, qualified
from digestlib.quantities.number_words import SCALES, Atom, words_of
from digestlib.quantities.units import ENGLISH, Unit, UnitKind


def find(line: str, number: int = 1, first_id: int = 1, offset: int = 0) -> list[Quantity]:
    """Every figure of a line of English, left to right; names and idioms are not figures.

    `offset` is where the line begins in the text that `start` and `end` are to count from.
    """
    return [
        Quantity(
            id=f"q{first_id + index}",
            text=line[start:end],
            start=offset + start,
            end=offset + end,
            line=number,
            value=figure.value,
            unit=figure.unit,
            kind=figure.kind,
            bound=bound,
            english=line[start:end],
            bare=line[figure.start : figure.end],
        )
        for index, (start, end, bound, figure) in enumerate(_qualified_figures(line))
    ]


def _qualified_figures(line: str) -> Iterator[tuple[int, int, Bound | None, Figure]]:
    """Start, end and bound of each figure that begins behind the one before it."""
    text, figures = _figures(line)
    if not figures:
        return
    low = lowered(text)
    free = 0
    for figure in figures:
        if figure.start >= free:
            start, free, bound = qualified(figure, low, free)
            yield start, free, bound, figure


def _figures(line: str) -> tuple[str, list[Figure]]:
    """The figures of a line, and what is left to be read around them; most lines have none."""
    cues = _CUES.intersection(words_in(lowered(line)))
    if not cues and not _DIGIT.search(line):
        return "", []
    text = readable(line, cues)
    if not cues and not _DIGIT.search(text):
        return "", []
    told = dates(text, cues) + durations(text) + (words(text, lowered(text), cues) if cues else [])
    text = mask(text, [(figure.start, figure.end) for figure in told])
    numbers = _share_units(text, _numbers(text, lowered(text), cues))
    return text, sorted(told + numbers) if told else numbers


_DIGIT: Final = re.compile(r"\d")


def readable(line: str, cues: frozenset[str]) -> str:
    """The line with protected spans, names with digits and idioms blanked; offsets stay."""
    text = with_commas(unprotected(line))
    text = mask(text, [(name.start, name.end) for name in names(text)])
    text = mask(text, [match.span() for match in _IDIOMS.finditer(lowered(text), cues)])
    return mask(text, [match.span() for match in _DIGIT_IDIOMS.finditer(text)])


_IDIOMS: Final = cued(
    r"\b(?:one another|no[ -]one|any ?one|every ?one|someone|one[- ]by[- ]one|(?<!-)one (?:of|or more|can|"
    r"must|may|might|could|should|would|that|which|who|such|is|has|side|day|hand)\b|"
    r"(?:the|this|that|each|which|another|every|a new|any|old|new|latter|former|as) one\b(?![- ](?:hundred|thousand|million|billion|trillion|dozen)\b| (?:to|or) (?:two|three)\b| (?:in|out of) (?:every )?(?:ten|two|three|four|five|six|eight|twenty|a hundred|a thousand|\d))|"
    r"(?:zero|(?<!-)one|two)-(?:shot|hot|liner|way|off|stop|sided|size)\b|(?:few|single)-(?:shot|hot|liner|sided)\b|"
    r"one-to-(?:one(?! (?:ratio|mix|split|blend|proportion))|many)|"
    r"zero[- ]days?|zero-[a-z]+|"
    r"many-to-one|second only|second runners?-up|every second(?=[,.;)]| (?:it|the|this|and|on|in|its)\b|$)|(?:first|second) prizes?|second[- ](?:guess|hand|nature)\w*|two-?fold (?:reason|aim)\w*|"
    r"(?<=s )(?<!bytes )(?<!bits )a second\b(?! \w*(?:model|stage|step|phase|time|pass|set|run|one|batch|version|release|generation|round|wave|group|author|paper|term|place|source|language|dataset|network|test|study))|"
    r"(?:third|first|second)[- ](?:person|party)|(?:first|second|other) half|half-(?:precision|life)|(?:first|middle|last|final) third of (?=january|february|march|april|may|june|july|august|september|october|november|december|the month)|"
    r"double[- ](?:blind|check|edged|descent|dqn|quot)\w*|"
    r"(?:at|from|in) (?:first|second) (?:sight|glance)|split[- ]second|"
    r"(?:one|two|three|four)[- ]dimensional(?:ity|ly)?|(?:triples|doubles) (?:of|and (?:triples|quads)|are|from)|at (?:one|some) (?:point|stage|time)|doubl(?:es?|ing) (?:up )?as an? (?!result|consequence|function|whole)|"
    r"third world|quarter-final\w*|quarter[- ](?:on|over)[- ]quarter|(?:once|twice) over(?! the)|only one (?:without|that|to (?!two|three|four)|with|which|who|not|left))\b|"
    r"(?:^|(?<=[.!?:;] ))(?:second|third|fourth|fifth)(?:ly)?(?=,)|\b(?:second|third)ly\b",
    words_of(
        "one anyone everyone someone zero two second secondly third thirdly fourth fourthly fifth fifthly "
        "half double doubles doubling triples quarter twofold fold person party sight glance shot hot liner sided "
        "dimensional dimensionality dimensionally once twice"
    ),
)
_DIGIT_IDIOMS: Final = guarded(
    r"\b(?:catch-22|24/7|50[/-]50|(?:UTC|GMT)[+−-]\d{1,2})\b|\b0-shot\b|(?<!\d )\b[A-Z]\^\{?\d\}?(?!\d)",
    "24/7",
    "UTC",
    "GMT",
    "50/50",
    "50-50",
    "-22",
    "^",
    "0-shot",
    flags=re.IGNORECASE,
)
_CUES: Final = english_forms.CUES | english_numbers.CUES | _IDIOMS.words

# ---------------------------------------------------------------- numbers, ranges and units

_UNIT_WORDS: Final = ENGLISH.keys() - {"t", "in", "order", "pt", "-bit", "-fold"}
_UNIT: Final = re.compile(
    rf"(?:[ \u00a0\u202f-]?(?P<unit>{one_of(dict.fromkeys(_UNIT_WORDS, ''))}|pt(?=[.,;)]|$| (?:gain|drop|lead|rise|fall|loss|in|on|for|higher|lower|better|worse|over|above|below|ahead|behind)\b))|-?(?P<fold>fold))"
    r"(?![A-Za-z²])(?!(?<=[$€£])\d)(?!/[A-Za-z])(?!\.m\.)(?!-[Rr]ay)|(?P<rate>[ -]?(?:s|ms|seconds?|hours?|ha|kg|mg|g|t|L|mL|kWh|m³|km²))(?=/[A-Za-z])",
)
_VALIDATION: Final = re.compile(r"[ -](?:[a-z]+[ -])?(?:[Cc]ross|CV\b)")
"""5-fold cross-validation is no five times as much."""
_LATIN_WORD: Final = re.compile(r"[ -]([A-Za-z]+)\b")
_LONG_UNITS: Final = frozenset(u for u in _UNIT_WORDS if len(u) > 3 and u.isalpha() and u.islower())
"""Units that are read however they are capitalised: Percent, FRAMES."""
_MARKS: Final = re.compile(r"\*{1,2}(?=[ -]?[A-Za-z%×])")
_TIMES_MORE: Final = re.compile(
    r"[ ](?:the|that|those|its|as|what|of|over|their|to \d|"
    r"(?:more|less|fewer|better|\w+er)\b)",
)
_DECIMALS: Final = re.compile(r"\.\d+$")
_COUNT_OF: Final = re.compile(r" ?\x00| (?:[A-Z]\w*\d|NVIDIA|GPU|TPU|Nvidia)| ?\d+ ?[GT]i?B\b")
"""8× A100, 4 × 80 GB."""
_JOINT: Final = re.compile(r"\s?[-–—~]\s?[$€£¥]?|-? to [$€£¥]?|-to-| and [$€£¥]?")
_FAR: Final = max(map(len, _UNIT_WORDS)) + len(" ** and ")
"""No range has more between its numbers."""
_CHANGE: Final = re.compile(
    r"\b(?:from|ris\w+|rose|climb\w*|grow\w*|grew|increas\w+|improv\w+|drop\w*|f[ae]ll\w*|"
    r"reduc\w+|decreas\w+|cut\w*|go\w*|went|up|down|rais\w+|lift\w*|lower\w*|shr[aiu]nk\w*|"
    r"compress\w*|boost\w*|push\w*|mov\w+)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
_CHAIN: Final = re.compile(r"\d[KMB]? to \Z")
"""From 256 to 512 to 1024."""
_OF_A_RANGE: Final = re.compile(r"\bto \**(?:[$€£¥] ?)?$", re.IGNORECASE)
"""Rises to two to three times what it was."""
_FACTOR: Final = re.compile(
    r"(?:(?<!quality )\bfactors? of|\bmultipl(?:y|ied|ies|ying) (?:it |them )?by) (?:about |some |approximately |around |as much as |just over |up to |nearly |over |roughly |more than |almost |between )?\*{0,2}$",
    re.IGNORECASE,
)
_SCORE: Final = re.compile(r"\b(?:scor\w+|rating\w*|rated|points?)\b", re.IGNORECASE)


def _numbers(text: str, low: str, cues: frozenset[str]) -> list[Figure]:
    found: list[Figure] = []
    numbers = [a for a in atoms(text, low, cues) if not _is_article(a, text)]
    index = 0
    while index < len(numbers):
        first = numbers[index]
        second = numbers[index + 1] if index + 1 < len(numbers) else None
        joined = _joined(first, second, text) if second else None
        found.append(joined or _single(first, text))
        index += 2 if joined else 1
    return found


def _is_article(atom: Atom, text: str) -> bool:
    """`one` alone is a figure only where it counts: only one GPU, one hour."""
    if not atom.spelled or text[atom.start : atom.end].lower() != "one":
        return False
    before = text[max(0, atom.start - 10) : atom.start].lower()
    counts = re.search(
        r"(?<!-)\b(?:only|just|single|exactly|least|most|stage|version|phase|step) $", before
    )
    ranged = text.startswith(" and ", atom.end) and before.endswith("between ")
    if ranged or (_TO_TEN.match(text, atom.end) and not before.endswith(" of ")):
        return False
    return not (counts or _unit_behind(atom.end, text)[0] or _OR_TWO.match(text, atom.end))


_OR_TWO: Final = re.compile(r"(?: to |-to-|-? or |- to )(?:two|three)\b", re.IGNORECASE)
_TO_TEN: Final = re.compile(
    r"(?: to |-to-|- to )(?:four|five|six|seven|eight|nine|ten|twelve)\b", re.IGNORECASE
)
"""From one to eight steps, but a proportion of one to five."""


def _unit_behind(end: int, text: str) -> tuple[Unit | None, int]:
    """The unit behind an offset and where it ends; bold marks may stand between."""
    marks = _MARKS.match(text, end) or VAGUE_ENDS.match(text, end)
    at = marks.end() if marks else end
    match = _UNIT.match(text, at) or _LATIN_WORD.match(text, at)
    if match is None:
        return None, end
    if match[0].endswith("fold") and _VALIDATION.match(text, match.end()):
        return None, match.end()
    if match.lastgroup == "fold":
        return ENGLISH["×"], match.end()
    word = match[match.lastindex or 0].strip(" -")
    if match.lastgroup is None and word.lower() not in _LONG_UNITS:
        return None, end
    if text.startswith((" of freedom", "-of-freedom"), match.end()):
        return None, end
    if word in _TIMES_OF_YEAR and _ON_YEAR.match(text, match.end() - len(word)):
        return None, end
    if word == "second" and _PLACE.match(text, match.end()):
        return None, end
    devices = word in ("x", "X", "×", "times") and _COUNT_OF.match(text, match.end())
    if devices and not _DECIMALS.search(text[max(0, end - 8) : end]):
        return None, end
    if word == "times" and text[at] != "-" and not _TIMES_MORE.match(text, match.end()):
        return None, end
    return ENGLISH.get(word) or ENGLISH[word.lower()], match.end()


_TIMES_OF_YEAR: Final = frozenset(["day", "week", "month", "quarter", "year"])
_ON_YEAR: Final = re.compile(r"(\w+)[ -](?:on|over|to)[ -]\1\b")
"""910M year on year."""
_PLACE: Final = re.compile(r"[ -](?:places?|prizes?|spots?|finish(?:es)?)\b")
"""Five first places and one second place."""
_CURRENCIES: Final = {"HK$": "HK$", "US$": "$", "$": "$", "USD": "$", "€": "€", "EUR": "€", "£": "£", "GBP": "£"} | dict.fromkeys(
    ("¥", "￥", "CN¥", "RMB", "CNY"), "CNY"
)  # fmt: skip
_CURRENCY: Final = re.compile(rf"(?<![A-Za-z])(?P<code>{'|'.join(map(re.escape, _CURRENCIES))}) ?$")


def _single(atom: Atom, text: str) -> Figure:
    if atom.form != "plain":
        return _compound(atom, text)
    unit, end = _unit_behind(atom.end, text)
    before = max(0, atom.start - 5)
    money = _CURRENCY.search(text[before : atom.start])
    if unit is not None and unit.symbol == "m" and (paid := _PAID.match(text, end)):
        currency, scale = ENGLISH[paid["unit"]].symbol, SCALES["million"]
        return Figure(atom.start, paid.end(), atom.value * scale, "measure", currency, scale)
    if money and (unit is None or unit.symbol == "m"):
        currency, start = _CURRENCIES[money["code"]], before + money.start()
        scale = SCALES["million"] if unit else Decimal(1)
        minus = _MINUS.search(text, max(0, start - len("negative ")), start)
        value = atom.value * scale * (-1 if minus else 1)
        start = minus.start() if minus else start
        return Figure(start, end, value, "measure", currency, atom.scale * scale)
    if unit is not None and unit.symbol == "s" and _AGED.search(text[before : atom.start]):
        unit, end = None, atom.end
    kind, symbol = _kind_of(unit, atom, text)
    return Figure(atom.start, end, atom.value, kind, symbol, atom.scale, atom.spelled)


_MINUS: Final = re.compile(r"(?<![\w)\]%])[-−]\Z|\b(?:minus|negative) \Z")
_PAID: Final = re.compile(r" (?P<unit>yuan|RMB|dollars|US dollars|euros|yen|won|rupees)\b")
"""210m yuan."""
_AGED: Final = re.compile(r"(?:nder|ver)-$")
"""The under-3s and over-65s are people."""


def _compound(atom: Atom, text: str) -> Figure:
    if atom.form == "slash":
        scored = (
            atom.spelled
            or "out of" in text[atom.start : atom.end]
            or _SCORE.search(text[max(0, atom.start - 40) : atom.end + 10])
        )
        if scored or atom.parts[1] == 0 or atom.parts[0] >= atom.parts[1]:
            return Figure(atom.start, atom.end, (atom.parts[0], atom.parts[1]), "out_of")
        return Figure(atom.start, atom.end, atom.parts[0] / atom.parts[1], "fraction")
    if atom.form == "fraction" and (unit := _OF_A_UNIT.match(text, atom.end)):
        return Figure(atom.start, unit.end(), atom.value, "measure", ENGLISH[unit["unit"]].symbol)
    if atom.form == "fraction":
        return Figure(atom.start, atom.end, atom.value, "fraction", spelled=True)
    kind: QuantityKind = "dimension" if atom.form == "dimension" else "ratio"
    pair = (atom.parts[0], atom.parts[1]) if len(atom.parts) == 2 else None
    return Figure(atom.start, atom.end, pair, kind)


_OF_A_UNIT: Final = re.compile(
    rf" of an? (?P<unit>{one_of({unit: '' for unit in _UNIT_WORDS if len(unit) > 3 and unit.isalpha()})})\b"
)
"""A tenth of a second, a quarter of an hour."""


def _kind_of(unit: Unit | None, atom: Atom, text: str) -> tuple[QuantityKind, str]:
    if unit is not None:
        return _KINDS.get(unit.kind, "measure"), unit.symbol
    before = text[max(0, atom.start - 40) : atom.start]
    if (" of " in before or "ultipl" in before) and _FACTOR.search(before):
        return "multiplier", "×"
    whole = atom.value > 0 and atom.value == atom.value.to_integral_value()
    return ("count" if whole else "number"), ""


_KINDS: Final[dict[UnitKind, QuantityKind]] = {
    "percent": "percent",
    "percentage_points": "percentage_points",
    "points": "points",
    "multiplier": "multiplier",
    "magnitude": "magnitude",
}


def _joined(first: Atom, second: Atom, text: str) -> Figure | None:
    """Two numbers as one range: 4–5×, 94% to 98%, between 30K and 50K; not `from 97% to 3%`."""
    if first.form != "plain" or second.form != "plain" or second.start - first.end > _FAR:
        return None
    unit_a, end_a = _unit_behind(first.end, text)
    between = text[end_a : second.start]
    hundreds = some_hundreds(first, second, text)
    if not (_JOINT.fullmatch(between) or hundreds) or text[: first.start].rstrip().endswith("±"):
        return None
    before = text[max(0, first.start - 70) : first.start]
    if " and " in between and not re.search(
        r"\bbetween \*{0,2}(?:US\$|HK\$|[$€£¥])?$", before, re.IGNORECASE
    ):
        return None
    changes = " to " in between and not between.startswith("-") and not _OF_A_RANGE.search(before)
    if (changes and _CHANGE.search(before) and not _FACTOR.search(before)) or _CHAIN.search(before):
        return None
    unit_b, end = _unit_behind(second.end, text)
    if unit_a and unit_b is None and text.startswith(" times", second.end):
        unit_b, end = unit_a, second.end + len(" times")
    if unit_a and unit_b != unit_a:
        return None
    low, high = first.value * hundreds if hundreds else first.value, second.value
    before_it = max(0, first.start - 5)
    money = _CURRENCY.search(text[before_it : first.start])
    if money and unit_a is unit_b is ENGLISH["m"]:  # between ¥10m and ¥50m
        million, currency = SCALES["million"], _CURRENCIES[money["code"]]
        span = before_it + money.start(), end
        return Figure(*span, (low * million, high * million), "measure", currency, million)
    if not hundreds and first.scale <= 1 < second.scale and low < 1000:
        low *= second.scale
    if low >= high:
        return None
    kind, symbol = _kind_of(unit_b, first, text)
    if unit_b is None and money:
        currency, start = _CURRENCIES[money["code"]], before_it + money.start()
        return Figure(start, end, (low, high), "measure", currency, second.scale)
    return Figure(first.start, end, (low, high), kind, symbol, second.scale, first.spelled)


_LIST: Final = re.compile(
    r"(?:(,) | and |, and | to | or |, or |/| / | & |→| -> | → | down to | versus | vs\.? | ?± ?| \+/[-−] )\*{0,2}"
)


def _share_units(text: str, figures: list[Figure]) -> list[Figure]:
    """`22.94 and 13.44%`, `from 83 to 0.33 s`: a list writes its unit and scale once, at the end."""
    shared = list(figures)
    for index in range(len(shared) - 2, -1, -1):
        this, after = shared[index], shared[index + 1]
        if this.unit or this.kind not in ("count", "number") or not isinstance(this.value, Decimal):
            continue
        if (this.scale > 1 and after.scale == 1) or this.spelled != after.spelled:
            continue
        if after.unit not in ("%", "pp", "s", "ms", "GB", "dB", "×") and after.scale == 1:
            continue
        between = _LIST.fullmatch(text[this.end : after.start])
        if not between or this.spelled or (between[1] and after is figures[index + 1]):
            continue
        last = between[0].startswith((", and", ", or"))
        if last and not (index and text[shared[index - 1].end : this.start].strip(" *") == ","):
            continue
        if TOP.search(lowered(text[max(0, this.start - 12) : this.start])):
            continue
        value, scale = this.value, this.scale
        numbered = _NUMBERED.search(text[max(0, this.start - 9) : this.start])
        shrinks = numbered or (
            value * after.scale > _first(after) and "illion" not in text[after.start : after.end]
        )
        if (
            scale == 1
            and after.scale > 1
            and not shrinks
            and after.spelled == this.spelled
            and value < 1000
        ):
            value, scale = value * after.scale, after.scale
        kind = after.kind if after.unit else this.kind
        shared[index] = this._replace(value=value, scale=scale, kind=kind, unit=after.unit)
    return shared


_NUMBERED: Final = re.compile(
    r"\b(?:[Ss]t(?:age|ep)|[Pp]hase|[Ll]evel|[Ll]ayer|[Tt]ier|[Rr]ound|[Gg]roup|[Tt]able|[Pp]art) \Z"
)
"""100K steps in stage 1 and 20K in stage 2: it is no 1K."""


def _first(figure: Figure) -> Decimal:
    """The number of a figure, or the first of its two."""
    value = figure.value[0] if isinstance(figure.value, tuple) else figure.value
    return value if value is not None else Decimal(0)
