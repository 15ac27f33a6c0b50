"""Chinese terms of the field and the English that the newsletter prints for them.

    glossary = load_glossary(Path("our-terms.toml"))
    glossary.terms_in("面向具身智能的后训练")   # embodied AI, post-training
    glossary.check("智能体", "an intelligent body")   # a finding that suggests agent

The pairs are data, in `glossary.toml`; `load_glossary` reads them, the rest is pure. A summary
leaves much out, so a packaged term that is missing in the English is no finding: only English that
the glossary says to avoid is, and a term of a user's own file without the English it asks for.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import StringConstraints, ValidationError

from .errors import DigestError
from .models import Finding, Frozen, TermConflict
from .once import once
from .patterns import Strings, lowered
from .wordings import (
    ABBREVIATION,
    ROOT,
    SMALL_WORDS,
    WORD,
    Span,
    joined,
    keys_of,
    not_within,
    singular,
    spans_of,
    stem,
)

EXAMPLE = (
    '"具身智能" = "embodied AI" or "消融实验" = ["ablation study", "ablation"] or '
    '"智能体" = { english = "agent", accepted = [], avoid = ["intelligent body"] }'
)
Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Term(Frozen):
    """A Chinese term and English for it: the preferred, what else is right, what is wrong."""

    chinese: str
    english: Wording
    accepted: tuple[Wording, ...] = ()
    avoid: tuple[Wording, ...] = ()
    by_sense: bool = False
    """Two senses with English of their own, so that papers may well render it differently."""
    own: bool = False
    """From a user's own file: its English is asked for, not only known."""

    @property
    def right(self) -> tuple[str, ...]:
        """The preferred English, then what else is accepted."""
        return self.english, *self.accepted


class _Wordings(NamedTuple):
    avoid: dict[str, Term]
    """The terms by the words that say them wrongly."""
    right: list[str]


class Glossary(Frozen):
    """The terms in the order of their files."""

    terms: tuple[Term, ...]

    def terms_in(self, text: str) -> tuple[Term, ...]:
        """The terms that occur, each once, in the order of their first occurrence.

        Read from left to right, the longest term that fits is taken, so 思维 is not listed
        for a text that only has 思维链.
        """
        on_lines = map(self._on_line, text.split("\n"))
        return tuple({term.chinese: term for found in on_lines for term in found}.values())

    def check(self, source: str, text: str) -> list[Finding]:
        """English to be avoided for a term of the source, then own terms without right English.

        What is to be avoided for a term is so for a longer one that has it (智能体 in 多智能体), but
        never where it is part of the right English of a term of the source.
        """
        terms = self.terms_in(source)
        findings = list(self._avoided_in(text, terms))
        told = {finding.source_text for finding in findings}
        own = [term for term in terms if term.own and term.chinese not in told]
        if not own:
            return findings
        wanted = keys_of((wording for term in own for wording in term.right), stem)
        present = {key for key, _ in spans_of(text, wanted, stem)}
        findings += [
            _missing(term) for term in own if present.isdisjoint(keys_of(term.right, stem))
        ]
        return findings

    def _avoided_in(self, text: str, terms: Iterable[Term]) -> Iterator[Finding]:
        within = [self._within(term.chinese) for term in terms]
        avoid = {key: term for each in within for key, term in each.avoid.items()}
        found = list(spans_of(text, avoid, singular))
        if not found:
            return
        right = [wording for each in within for wording in each.right]
        wrong = avoid.keys() - keys_of(right, singular)
        longer = [span for _, span in spans_of(text, keys_of(right, stem), stem)]
        for key, span in not_within([each for each in found if each[0] in wrong], longer):
            yield _avoided(avoid[key], text, span)

    @cached_property
    def has_own(self) -> bool:
        """Whether any term is from a user's file."""
        return any(term.own for term in self.terms)

    @cached_property
    def _within(self) -> Callable[[str], _Wordings]:
        """What is said of the terms that stand within a term, itself included."""

        @cache
        def within(chinese: str) -> _Wordings:
            whole = _key(chinese)
            ends = range(len(whole) + 1)
            keys = dict.fromkeys(whole[start:end] for start in ends for end in ends[start + 1 :])
            parts = [self._by_key[key] for key in keys if key in self._by_key]
            return _Wordings(
                {joined(wording, singular): part for part in parts for wording in part.avoid},
                [wording for part in parts for wording in part.right],
            )

        return within

    @cached_property
    def _on_line(self) -> Callable[[str], list[Term]]:
        """The terms on a line; several claims cite it, and it is read once."""
        pieces, begun = self._begun

        @lru_cache(maxsize=2048)
        def on_line(line: str) -> list[Term]:
            found: list[Term] = []
            free, low = 0, lowered(line)
            places = (
                (start, -len(key), end, key)
                for piece, start, end in pieces.within(low)
                for key in begun[piece]
            )
            for start, _, end, key in sorted(places):
                term = self._by_key[key]
                upto = _end_of(term.chinese, low, start, end) if start >= free else None
                if upto:
                    found.append(term)
                    free = upto
            return found

        return on_line

    @cached_property
    def _begun(self) -> tuple[Strings, list[list[str]]]:
        """The first pieces of all terms, and the keys of those that begin with each."""
        begun: dict[str, list[str]] = {}
        for key, term in self._by_key.items():
            begun.setdefault(PIECE.findall(term.chinese)[0].lower(), []).append(key)
        return Strings(begun), list(begun.values())

    @cached_property
    def _by_key(self) -> dict[str, Term]:
        return {_key(term.chinese): term for term in self.terms}


def load_glossary(*extra: Path) -> Glossary:
    """The terms of the package; a term in an extra file replaces it, and later files win.

    Raises `DigestError` for an extra file that cannot be read or holds anything but terms.
    """
    if not extra:
        return _packaged()
    terms = list(_packaged().terms)
    for path in extra:
        terms += _parse(_read(path), where=str(path), own=True)
    return Glossary(terms=tuple({_key(term.chinese): term for term in terms}.values()))


@once
def _packaged() -> Glossary:
    text = resources.files(__package__).joinpath("glossary.toml").read_text(encoding="utf-8")
    terms = _parse(text, where="glossary.toml")
    return Glossary(terms=tuple({_key(term.chinese): term for term in terms}.values()))


def conflicting_terms(
    pairs: Iterable[tuple[str, str, str]], *, glossary: Glossary | None = None
) -> list[TermConflict]:
    """Terms that one paper renders in one way only and another in another, most papers first.

    A pair is the id of a paper, Chinese, and the English for it; the smaller, the surer: a claim
    with the lines it cites. Only wordings that the glossary knows, right or wrong, are seen.
    """
    terms = glossary or load_glossary()
    papers: dict[str, dict[str, set[str]]] = {}
    for paper, source, text in pairs:
        for chinese, way in _ways_in(terms.terms_in(source), text):
            papers.setdefault(chinese, {}).setdefault(way, set()).add(paper)
    conflicts = [_conflict(chinese, ways) for chinese, ways in papers.items() if _differ(ways)]
    return sorted(conflicts, key=lambda conflict: (-_papers_of(conflict), conflict.chinese))


# ---------------------------------------------------------------- findings


def _avoided(term: Term, text: str, span: Span) -> Finding:
    words = text[slice(*span)]
    return Finding(
        rule="term",
        severity="minor",
        message=f"{term.chinese} is {term.english!r}, not {words!r}",
        source_text=term.chinese,
        target_text=words,
        target_span=span,
        suggestion=term.english,
    )


def _missing(term: Term) -> Finding:
    wanted = " or ".join(repr(wording) for wording in term.right)
    return Finding(
        rule="term",
        severity="minor",
        message=f"{term.chinese} is {wanted} in your glossary, which is not in the English",
        source_text=term.chinese,
        suggestion=term.english,
    )


# ---------------------------------------------------------------- ways


def _ways_in(terms: Iterable[Term], text: str) -> Iterator[tuple[str, str]]:
    """(term, way) of each wording in the English that stands for one term and is no part of more."""
    owners: dict[str, list[tuple[Term, str]]] = {}
    for term in terms:
        for key, way in _ways_of(term).items():
            owners.setdefault(key, []).append((term, way))
    found = list(spans_of(text, owners, stem))
    for key, _ in not_within(found, [span for _, span in found]):
        (term, way), *others = owners[key]
        if not (others or term.by_sense):
            yield term.chinese, way


@cache
def _ways_of(term: Term) -> dict[str, str]:
    """The way of each wording by its key; a variant of an earlier one has that one's.

    An abbreviation is a way only where it is the preferred English.
    """
    ways: dict[str, str] = {}
    for wording in (*term.right, *term.avoid):
        if wording == term.english or not ABBREVIATION.search(wording):
            same = (way for way in ways.values() if _are_variants(way, wording))
            ways.setdefault(joined(wording, stem), next(same, wording))
    return ways


def _are_variants(one: str, other: str) -> bool:
    """The longer has all words of the shorter, told by their first letters: generalise, -ation."""
    first, second = ({word[:ROOT] for word in _words(text)} for text in (one, other))
    return first <= second or second <= first or _abbreviates(one, other)


def _abbreviates(one: str, other: str) -> bool:
    """KV cache, key-value cache."""
    initials = "".join(word[0] for word in WORD.findall(other.lower()))
    return any(short.lower() in initials for short in ABBREVIATION.findall(one))


def _words(wording: str) -> set[str]:
    return set(WORD.findall(wording.lower())) - SMALL_WORDS


def _differ(ways: dict[str, set[str]]) -> bool:
    """A paper that uses several ways shows that they can stand side by side: it is no evidence."""
    uses = Counter(paper for papers in ways.values() for paper in papers)
    return sum(any(uses[paper] == 1 for paper in papers) for papers in ways.values()) > 1


def _conflict(chinese: str, ways: dict[str, set[str]]) -> TermConflict:
    most_first = sorted(ways.items(), key=lambda item: (-len(item[1]), item[0]))
    return TermConflict(
        chinese=chinese, ways=tuple((way, tuple(sorted(papers))) for way, papers in most_first)
    )


def _papers_of(conflict: TermConflict) -> int:
    return len({paper for _, papers in conflict.ways for paper in papers})


# ---------------------------------------------------------------- matching Chinese

GAP = r"[ \t\-–—]?"
# A run of Latin letters and digits, or a run of anything else between gaps.
PIECE = re.compile(r"[A-Za-z0-9]+|[^A-Za-z0-9\s\-–—]+")


def _key(chinese: str) -> str:
    """What stays the same however the term is spaced, hyphenated and capitalised."""
    return "".join(PIECE.findall(chinese)).lower()


def _end_of(chinese: str, line: str, start: int, end: int) -> int | None:
    """Where a term ends whose first piece stands there, if it does."""
    pattern = _pattern_of(chinese)
    if pattern is None:
        return end
    told = pattern.match(line, start)
    return told.end() if told else None


@cache
def _pattern_of(chinese: str) -> re.Pattern[str] | None:
    """Pieces may stand apart or together; a Latin end must not cut a longer Latin word.

    In lower case; None where there is one piece only, which cuts none.
    """
    pieces = PIECE.findall(chinese.lower())
    before = r"(?<![A-Za-z0-9])" if pieces[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if pieces[-1].isascii() else ""
    if not (before or after or pieces[1:]):
        return None
    return re.compile(before + GAP.join(map(re.escape, pieces)) + after)


# ---------------------------------------------------------------- reading


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DigestError(
            f"{path}: cannot read the glossary ({error.strerror}); check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise DigestError(f"{path}: the glossary is not UTF-8; save it as UTF-8") from error


def _parse(text: str, *, where: str, own: bool = False) -> Iterator[Term]:
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DigestError(f"{where}: not TOML: {error}; write {EXAMPLE}") from error
    for chinese, entry in entries.items():
        yield _term(chinese, entry, own=own, where=where)


def _term(chinese: str, entry: object, *, own: bool, where: str) -> Term:
    if not _key(chinese):
        raise DigestError(f"{where}: the term {chinese!r} has no letters; write {EXAMPLE}")
    try:
        term = Term.model_validate({"chinese": chinese, "own": own, **_fields(entry)})
    except ValidationError as error:
        raise DigestError(f"{where}: {chinese!r} needs English text; write {EXAMPLE}") from error
    both = [wording for wording in term.avoid if wording in term.right]
    if both:
        raise DigestError(
            f"{where}: {chinese!r} both accepts and avoids {both[0]!r}; write {EXAMPLE}"
        )
    return term


def _fields(entry: object) -> dict[str, object]:
    """The table that a short form stands for; what is none of the forms has no English."""
    match entry:
        case str():
            return {"english": entry}
        case [english, *accepted]:
            return {"english": english, "accepted": accepted}
        case dict() if entry.keys() <= {"english", "accepted", "avoid", "by_sense"}:
            return entry
    return {}
