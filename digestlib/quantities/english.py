"""The English number grammar: every figure in one line of English.

The order that works: protect URLs, code and LaTeX; take out names with digits and idioms; read
the numbers; join ranges and lists; then read unit and qualifier around them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from digestlib.models import Bound, Quantity, QuantityKind
from digestlib.quantities.english_names import mask, names, unprotected
from digestlib.quantities.english_numbers import SCALES, WORDS, Atom, atoms, words_of
from digestlib.quantities.units import ENGLISH, Unit

Value = Decimal | tuple[Decimal, Decimal] | None


class _Figure(NamedTuple):
    start: int
    end: int
    value: Value
    kind: QuantityKind
    unit: str = ""
    scale: Decimal = Decimal(1)
    spelled: bool = False


def find(line: str, number: int = 1, first_id: int = 1) -> list[Quantity]:
    """Every figure of a line of English, left to right; names and idioms are not figures."""
    if not _MAY_COUNT.search(line):
        return []
    text = readable(line)
    figures = sorted([*_dates(text), *_words(text)])
    text = mask(text, [(figure.start, figure.end) for figure in figures])
    figures = sorted([*figures, *_share_units(text, _numbers(text))])
    found: list[Quantity] = []
    free = 0
    for figure in figures:
        if figure.start < free:
            continue
        found.append(_quantity(line, text, figure, free, number, first_id + len(found)))
        free = found[-1].end
    return found


_MAY_COUNT: Final = re.compile(
    rf"\d|{'|'.join(WORDS)}|{'|'.join(SCALES)}|hal[fv]|dozen|first|second|third|quarter|"
    r"fth\b|nth\b|eighth|sixth|twice|thrice|doubl|tripl|trebl|quadrupl|fold|order|few|several|couple|"
    r"handful|tens|some|many|sub-?|minute|hour|day|week|month|year",
    re.IGNORECASE,
)


def readable(line: str) -> str:
    """The line with protected spans, names with digits and idioms blanked; offsets stay."""
    text = unprotected(line)
    text = mask(text, [(name.start, name.end) for name in names(text)])
    return mask(text, [match.span() for match in _IDIOMS.finditer(text)])


_IDIOMS: Final = re.compile(
    r"\b(?:one another|no[ -]one|any ?one|every ?one|someone|one[- ]by[- ]one|one (?:of|or more|can|"
    r"must|may|might|could|should|would|that|which|who|such|is|has|side|day|hand)\b|"
    r"(?:the|this|that|each|which|another|every|a new|any|old|new|latter|former|as) one\b|"
    r"(?:zero|one|few|two|single)-(?:shot|hot|liner|way|off|stop|sided|size)\b|one-to-(?:one|many)|"
    r"many-to-one|second only|second[- ](?:guess|hand|nature)\w*|two-?fold (?:reason|aim)\w*|"
    r"(?:third|first|second)[- ](?:person|party)|(?:first|second|other) half|half-(?:precision|life)|"
    r"double[- ](?:blind|check|edged|descent|DQN|quot)\w*|catch-22|24/7|50[/-]50|"
    r"(?:at|from|in) (?:first|second) (?:sight|glance)|split[- ]second|on the other hand|"
    r"(?:one|two|three|four)[- ]dimensional(?:ity|ly)?|(?:triples|doubles) (?:of|and|are|from)|"
    r"third world|quarter-final\w*|and so on)\b|"
    r"(?:^|(?<=[.!?:;] ))(?:Second|Third|Fourth|Fifth)(?:ly)?(?=,)|\b(?:second|third)ly\b",
    re.IGNORECASE,
)

# ---------------------------------------------------------------- dates

_MONTH: Final = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:19|20)\d\d"
_DATE: Final = re.compile(
    rf"(?<![\d.,$])(?:{_YEAR}-\d{{2}}(?:-\d{{2}})?(?![\d-])|"
    rf"{_MONTH} {_DAY}(?:\s?[-–—]\s?(?:{_MONTH} )?{_DAY})?(?!\d)(?:,? {_YEAR})?|"
    rf"(?:{_DAY} )?{_MONTH}(?:\s?(?:[-–—]|to)\s?{_MONTH})?,? {_YEAR}|{_DAY} {_MONTH}|"
    rf"(?:(?:19|20)\d0s\b)|{_YEAR}(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d))?"
    rf"(?=[\s).,;:\x00-]|$)(?!\s?(?:×|%|x\d|[a-z]+s\b))(?![.,:]\d))"
)
_YEAR_CUE: Final = re.compile(
    r"\b(?:in|since|until|till|by|of|from|to|for|year|early|late|mid|during|and|before|after|\() ?-?$",
    re.IGNORECASE,
)


_DIGIT: Final = re.compile(r"\d")


def _dates(text: str) -> list[_Figure]:
    if not _DIGIT.search(text):
        return []
    found = []
    for match in _DATE.finditer(text):
        bare_year = re.fullmatch(_YEAR, match[0])
        if bare_year and not _YEAR_CUE.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        year = re.search(_YEAR, match[0])
        value = Decimal(year[0]) if year else None
        found.append(_Figure(*match.span(), value, "date"))
    return found


# ---------------------------------------------------------------- figures without a number

_TIME: Final = r"nanosecond|microsecond|millisecond|second|minute|hour|day|week|month|year"
_MANY: Final = r"(?:tens|dozens|hundreds|thousands|millions|billions|trillions)"
_VAGUE: Final = re.compile(
    rf"\b(?:(?:(?:a few|several|many|some|tens of|dozens of|hundreds of|a couple of) )?"
    rf"(?:{_MANY}|(?<=few )(?:{'|'.join(SCALES)})|(?<=several )(?:{'|'.join(SCALES)})))\b"
    rf"(?: of (?P<of>{_TIME})s\b)?|"
    rf"\b(?:a few|several|a couple of|a handful of|tens of|dozens of|(?<=within )|(?<=in )|"
    rf"(?<=matter of )|(?<=just )|(?<=only )|(?<=under )|(?<=to )) ?(?P<some>{_TIME})s\b|"
    rf"\bsub-?(?P<sub>{_TIME})(?:-(?:level|scale))?\b|"
    rf"\b(?:(?:ten|hundred|one|multi)[- ])?(?:{'|'.join(SCALES)})[- ](?:scale|level|parameter|class|"
    rf"token|plus)s?\b",
    re.IGNORECASE,
)
_NUMBER_ENDS: Final = re.compile(rf"(?:\d|\b(?:{'|'.join(WORDS)}))[ -]?$", re.IGNORECASE)
_MULTIPLES: Final = {"twice": 2, "thrice": 3, "doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4}
_MULTIPLE: Final = re.compile(
    r"\b(twice|thrice)\b|\b(doubl|tripl|trebl|quadrupl)(?:ed|es|ing)\b|"
    r"\b(doubl|tripl|quadrupl)e(?= (?:the|that|its|their|those|of|as|what|in|to|when|over)\b)",
    re.IGNORECASE,
)
_HALVED: Final = re.compile(r"\bhal(?:ve|ves|ved|ving)\b", re.IGNORECASE)
_AN_ORDER: Final = re.compile(r"\b(?:an|one) order of magnitude\b", re.IGNORECASE)
_FOLDS: Final = words_of("one two three four five six seven eight nine ten")
_FOLD: Final = re.compile(rf"\b({'|'.join(_FOLDS)}|hundred)fold\b", re.IGNORECASE)
_ORDINALS: Final = words_of(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ORDINAL: Final = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS[2:])})(?!-?(?:s\b|ly\b))|(first)(?=[ -](?:stage|phase|step|version|"
    r"place|rank|round|part|layer|level|generation|quarter)\b)|(\d+)(?:st|nd|rd|th))\b(?!-order)",
    re.IGNORECASE,
)
_SECOND_AS_TIME: Final = re.compile(r"(?:\b(?:per|a|each|every)|/|-)[ -]?$", re.IGNORECASE)
_PART_OF: Final = re.compile(
    r"(?:\b(?:an?|one|two|three|four|five|six|seven|eight|nine)|\d)[ -]$", re.IGNORECASE
)


def _words(text: str) -> list[_Figure]:
    found = [
        _Figure(*m.span(), None, *_vague_kind(m))
        for m in _VAGUE.finditer(text)
        if not _NUMBER_ENDS.search(text[max(0, m.start() - 12) : m.start()])
    ]
    for match in _MULTIPLE.finditer(text):
        stem = (match[1] or match[2] or match[3]).lower()
        found.append(_Figure(*match.span(), Decimal(_MULTIPLES[stem]), "multiplier", "×"))
    for match in _FOLD.finditer(text):
        word = match[1].lower()
        value = Decimal(_FOLDS.index(word) + 1 if word in _FOLDS else 100)
        found.append(_Figure(*match.span(), value, "multiplier", "×"))
    half, one = Decimal("0.5"), Decimal(1)
    found += [_Figure(*m.span(), half, "fraction") for m in _HALVED.finditer(text)]
    found += [_Figure(*m.span(), one, "magnitude", "order") for m in _AN_ORDER.finditer(text)]
    return found + _ordinals(text)


def _vague_kind(match: re.Match[str]) -> tuple[QuantityKind, str]:
    word = match["of"] or match["some"] or match["sub"]
    return ("measure", ENGLISH[word.lower()].symbol) if word else ("magnitude", "")


def _ordinals(text: str) -> list[_Figure]:
    found = []
    for match in _ORDINAL.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        after = text[match.end() : match.end() + 12]
        if _PART_OF.search(before) and not re.match(r" (?!of\b)[a-z]", after):
            continue  # one third, two-thirds, a quarter
        if match[0].lower() == "second" and (
            _NUMBER_ENDS.search(before)
            or re.search(r"(?:\bper |/ ?)$", before)
            or (_SECOND_AS_TIME.search(before) and not re.match(r" [a-z]", after))
        ):
            continue
        word = (match[1] or match[2] or "").lower()
        value = Decimal(_ORDINALS.index(word)) if word else Decimal(match[3])
        found.append(_Figure(*match.span(), value, "ordinal"))
    return found


# ---------------------------------------------------------------- numbers, ranges and units

_UNIT_WORDS: Final = sorted(
    (alias for alias in ENGLISH if alias not in {"t", "in", "order", "pt", "-bit", "-fold"}),
    key=len,
    reverse=True,
)
_UNIT: Final = re.compile(
    rf"(?:[ \u00a0\u202f-]?(?P<unit>{'|'.join(map(re.escape, _UNIT_WORDS))})|-?(?P<fold>fold))"
    r"(?![A-Za-z²])(?!/[A-Za-z])|(?P<rate>[ -]?(?:s|ms|seconds?|hours?))(?=/[A-Za-z])",
)
_CASELESS: Final = re.compile(
    rf"[ -](?P<unit>{'|'.join(re.escape(u) for u in _UNIT_WORDS if len(u) > 3 and u.isalpha())})\b",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(r"\*{1,2}(?=[ -]?[A-Za-z%×])")
_TIMES_MORE: Final = re.compile(
    r"[ ](?:the|that|those|its|as|what|of|over|their|"
    r"(?:more|less|fewer|better|\w+er)\b)",
)
_COUNT_OF: Final = re.compile(r" ?\x00| (?:[A-Z]\w*\d|NVIDIA|GPU|TPU|Nvidia)")
_JOINT: Final = re.compile(r"\s?[-–—~]\s?| to | and ")
_CHANGE: Final = re.compile(
    r"\b(?:from|ris\w+|rose|climb\w*|grow\w*|grew|increas\w+|improv\w+|drop\w*|f[ae]ll\w*|"
    r"reduc\w+|decreas\w+|cut\w*|go\w*|went|up|down|rais\w+|lift\w*|lower\w*|shr[aiu]nk\w*|"
    r"compress\w*|boost\w*|push\w*|mov\w+)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
_FACTOR: Final = re.compile(
    r"\bfactors? of (?:about |around |up to |nearly |over |roughly |more than |almost )?$",
    re.IGNORECASE,
)
_SCORE: Final = re.compile(r"\b(?:scor\w+|rating\w*|rated|points?)\b", re.IGNORECASE)


def _numbers(text: str) -> list[_Figure]:
    found: list[_Figure] = []
    numbers = [a for a in atoms(text) if not _is_article(a, text)]
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
    if text[atom.start : atom.end].lower() != "one":
        return False
    before = text[max(0, atom.start - 10) : atom.start].lower()
    counts = re.search(
        r"(?<!-)\b(?:only|just|single|exactly|least|most|stage|version|phase|step) $", before
    )
    return not (counts or _unit_behind(atom.end, text)[0])


def _unit_behind(end: int, text: str) -> tuple[Unit | None, int]:
    """The unit behind an offset and where it ends; bold marks may stand between."""
    marks = _MARKS.match(text, end)
    at = marks.end() if marks else end
    match = _UNIT.match(text, at) or _CASELESS.match(text, at)
    if match is None:
        return None, end
    if (groups := match.groupdict()).get("fold"):
        return ENGLISH["×"], match.end()
    word = (groups.get("unit") or groups.get("rate") or "").strip(" -")
    if text.startswith(" of freedom", match.end()):
        return None, end
    counts = not re.search(r"\.\d+$", text[max(0, end - 8) : end])
    if word in ("x", "X", "×", "times") and counts and _COUNT_OF.match(text, match.end()):
        return None, end
    if word == "times" and not _TIMES_MORE.match(text, match.end()):
        return None, end
    return ENGLISH.get(word) or ENGLISH[word.lower()], match.end()


def _single(atom: Atom, text: str) -> _Figure:
    if atom.form != "plain":
        return _compound(atom, text)
    unit, end = _unit_behind(atom.end, text)
    money = text[atom.start - 1 : atom.start] if atom.start and unit is None else ""
    if money and money in "$€":
        return _Figure(atom.start - 1, end, atom.value, "measure", money, atom.scale)
    kind, symbol = _kind_of(unit, atom, text)
    return _Figure(atom.start, end, atom.value, kind, symbol, atom.scale, atom.spelled)


def _compound(atom: Atom, text: str) -> _Figure:
    if atom.form == "slash":
        scored = (
            atom.spelled
            or "out of" in text[atom.start : atom.end]
            or _SCORE.search(text[max(0, atom.start - 40) : atom.end + 10])
        )
        if scored or atom.parts[1] == 0 or atom.parts[0] >= atom.parts[1]:
            return _Figure(atom.start, atom.end, (atom.parts[0], atom.parts[1]), "out_of")
        return _Figure(atom.start, atom.end, atom.parts[0] / atom.parts[1], "fraction")
    if atom.form == "fraction":
        return _Figure(atom.start, atom.end, atom.value, "fraction", spelled=True)
    kind: QuantityKind = "dimension" if atom.form == "dimension" else "ratio"
    pair = (atom.parts[0], atom.parts[1]) if len(atom.parts) == 2 else None
    return _Figure(atom.start, atom.end, pair, kind)


def _kind_of(unit: Unit | None, atom: Atom, text: str) -> tuple[QuantityKind, str]:
    if unit is None and _FACTOR.search(text[max(0, atom.start - 40) : atom.start]):
        return "multiplier", "×"
    if unit is None:
        whole = atom.value == atom.value.to_integral_value() and atom.value > 0
        return ("count" if whole else "number"), ""
    kinds: dict[str, QuantityKind] = {
        "percent": "percent",
        "percentage_points": "percentage_points",
        "points": "points",
        "multiplier": "multiplier",
        "magnitude": "magnitude",
    }
    return kinds.get(unit.kind, "measure"), unit.symbol


def _joined(first: Atom, second: Atom, text: str) -> _Figure | None:
    """Two numbers as one range: 4–5×, 94% to 98%, between 30K and 50K; not `from 97% to 3%`."""
    unit_a, end_a = _unit_behind(first.end, text)
    between = text[end_a : second.start]
    if first.form != "plain" or second.form != "plain" or not _JOINT.fullmatch(between):
        return None
    before = text[max(0, first.start - 70) : first.start]
    if " and " in between and not re.search(r"\bbetween $", before, re.IGNORECASE):
        return None
    if " to " in between and _CHANGE.search(before) and not _FACTOR.search(before):
        return None
    unit_b, end = _unit_behind(second.end, text)
    if unit_a and unit_b != unit_a:
        return None
    low, high = first.value, second.value
    if first.scale == 1 and second.scale > 1 and low < 1000:
        low *= second.scale
    if low >= high:
        return None
    kind, symbol = _kind_of(unit_b, first, text)
    return _Figure(first.start, end, (low, high), kind, symbol, second.scale, first.spelled)


_LIST: Final = re.compile(
    r"(?:(,) | and |, and | to | or |, or |/| / | & |→| -> | → | down to | versus | vs\.? )\*{0,2}"
)


def _share_units(text: str, figures: list[_Figure]) -> list[_Figure]:
    """`22.94 and 13.44%`, `from 83 to 0.33 s`: a list writes its unit and scale once, at the end."""
    shared = list(figures)
    for index in range(len(shared) - 2, -1, -1):
        this, after = shared[index], shared[index + 1]
        if this.unit or this.kind not in ("count", "number") or not isinstance(this.value, Decimal):
            continue
        if after.unit not in ("%", "pp", "s", "ms", "GB", "dB", "×") and after.scale == 1:
            continue
        between = _LIST.fullmatch(text[this.end : after.start])
        top = _TOP.search(text[max(0, this.start - 12) : this.start])
        if not between or this.spelled or top or (between[1] and after is figures[index + 1]):
            continue
        value, scale = this.value, this.scale
        if scale == 1 and after.scale > 1 and after.spelled == this.spelled and value < 1000:
            value, scale = value * after.scale, after.scale
        kind = after.kind if after.unit else this.kind
        shared[index] = this._replace(value=value, scale=scale, kind=kind, unit=after.unit)
    return shared


# ---------------------------------------------------------------- qualifiers

_BOUNDS: Final[tuple[tuple[str, Bound], ...]] = (
    (r"no more than|not more than|at most|at the most|not exceeding|a maximum of|capped at|within|"
     r"no longer than|≤|<=", "at_most"),
    (r"no less than|no fewer than|not less than|at least|a minimum of|minimum of|≥|>=", "at_least"),
    (r"up to|as high as|as many as|as much as|as long as|as large as|as low as", "up_to"),
    (r"(?:more|greater|larger|higher|longer|better) than|over|above|exceed(?:s|ed|ing)?|"
     r"surpass(?:es|ed|ing)?|pass(?:es|ed)|breaks?|beyond|upwards of|in excess of|north of|>",
     "over"),
    (r"(?:less|fewer|lower|shorter|smaller) than|under|below|short of|<", "under"),
    (r"nearly|almost|close to|just under|approaching|approaches|nearing|not quite", "nearly"),
    (r"about|around|roughly|approximately|approx\.|some|circa|on the order of|an estimated|"
     r"estimated|or so|~|≈|∼", "about"),
)  # fmt: skip
_BEFORE: Final = tuple(
    (
        re.compile(
            rf"(?:(?<![A-Za-z])(?:{words}))(?: only| just)?(?: a| the| an)? ?\*{{0,2}}$", re.I
        ),
        b,
    )
    for words, b in _BOUNDS
)
_BEHIND: Final[tuple[tuple[re.Pattern[str], Bound], ...]] = (
    (re.compile(r"\+(?!\d)"), "over"),
    (re.compile(r",? (?:or|and) (?:more|higher|above|over|longer|better)\b", re.I), "at_least"),
    (re.compile(r",? or (?:less|fewer|lower|below)\b", re.I), "at_most"),
    (re.compile(r" or so\b", re.I), "about"),
)
_TOP: Final = re.compile(r"\b(?:the )?top[ -]$", re.IGNORECASE)


def _quantity(
    line: str, text: str, figure: _Figure, free: int, number: int, index: int
) -> Quantity:
    start, end, bound = figure.start, figure.end, None
    before = text[max(free, start - 24) : start]
    for pattern, name in _BEFORE:
        if (match := pattern.search(before)) and not match[0].endswith("than the "):
            start, bound = start - len(before) + match.start(), name
            break
    if bound is None and (top := _TOP.search(before)):
        start -= len(before) - top.start()
    for pattern, name in _BEHIND:
        if bound is None and (behind := pattern.match(text, end)):
            end, bound = behind.end(), name
    return Quantity(
        id=f"q{index}",
        text=line[start:end],
        start=start,
        end=end,
        line=number,
        value=figure.value,
        unit=figure.unit,
        kind=figure.kind,
        bound=bound,
        english=line[start:end],
        bare=line[figure.start : figure.end],
    )
