"""A printed summary against its report: each claim against its cited lines, then the whole paper.

Pure. What fails on the cited lines and holds on the paper is only cited wrongly, and that is a
finding of its own, with the line that would be right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from .fidelity import check, check_labels, check_pointed
from .fidelity.whereabouts import find_lines, sentences
from .glossary import Glossary
from .models import Claim, Finding, PaperReport, PaperSummary, PrintedFigure, Result
from .printing import parts_of

ClaimT = TypeVar("ClaimT", bound=BaseModel)
Span = tuple[int, int]
RELATIONAL = frozenset({"direction", "swap", "from_to", "by_to"})
BY_LINE = RELATIONAL | {"bound"}
"""What is right or wrong only beside the line that says it."""

BY_CONSTRUCTION = frozenset(
    {"value", "scale", "unit", "invented", "rounding", "conversion", "date"}
)
"""What cannot be wrong with a figure that code printed."""


class Material(NamedTuple):
    """Text to check against, and the file's line number of each of its lines."""

    text: str
    numbers: tuple[int, ...]


def check_summary(
    summary: PaperSummary,
    figures: Sequence[PrintedFigure],
    report: PaperReport,
    glossary: Glossary,
) -> list[Finding]:
    """Every finding on the claims, labels and terms of a summary, in the order of the summary.

    A label that code printed a figure into (`Qwen3 {q12}`) is right by construction.
    """
    paper = _material(report, [line.number for line in report.lines])
    printed: dict[str, list[PrintedFigure]] = {}
    for figure in figures:
        if not figure.typed:
            printed.setdefault(figure.where, []).append(figure)
    claims = list(claims_of(summary, Claim))
    findings = [
        finding
        for where, claim in claims
        for finding in _check_claim(
            f"{where}.text", claim, printed.get(f"{where}.text", []), report, paper
        )
    ]
    findings += _check_labels(summary.results, printed, paper)
    return [*findings, *_check_terms(claims, report, paper, glossary)]


def check_text(
    where: str, text: str, figures: Sequence[PrintedFigure], papers: Sequence[PaperReport]
) -> list[Finding]:
    """Findings on a text that speaks of whole papers, against all that their reports say."""
    if not papers:
        return []
    printed = [(f.start, f.end) for f in figures if not f.typed]
    source = "\n".join(
        _material(paper, [line.number for line in paper.lines]).text for paper in papers
    )
    return [
        finding.model_copy(update={"where": where, "source_line": None, "target_text": text})
        for finding in check_against_all(source, text)
        if not _right_by_construction(finding, printed)
    ]


def check_against_all(source: str, text: str) -> list[Finding]:
    """Findings on a text whose lines in the source are not known.

    Figures and names may stand anywhere in the source; how they go together is as the lines have it
    that each sentence is from.
    """
    if "\n" not in source:
        return check(source, text)
    found = [f for f in check(source, text) if f.rule not in BY_LINE]
    for start, sentence in sentences(text):
        found += (_moved(finding, start) for finding in _check_sentence(source, sentence))
    return sorted(found, key=lambda finding: finding.target_span or (0, 0))


def _check_sentence(source: str, sentence: str) -> list[Finding]:
    """What its own lines have against a sentence, unless other lines like them bear it out."""
    where = find_lines(source, sentence)
    found = _check_lines(source, where.told, sentence) if where.told else []
    return [
        finding
        for finding in found
        if all(
            any(finding.rule == other.rule and same_place(finding, other) for other in others)
            for lines in where.bearing_on(*(finding.target_span or (0, 0)))
            for others in [_check_lines(source, lines, sentence)]
        )
    ]


def _check_lines(source: str, numbers: Sequence[int], sentence: str) -> list[Finding]:
    lines = source.split("\n")
    return [
        finding.model_copy(
            update={"source_line": finding.source_line and numbers[finding.source_line - 1] + 1}
        )
        for finding in check("\n".join(lines[number] for number in numbers), sentence)
        if finding.rule in BY_LINE
    ]


def _moved(finding: Finding, by: int) -> Finding:
    """The finding on a sentence, as one on the text that has the sentence so far in."""
    if not finding.target_span:
        return finding
    start, end = finding.target_span
    return finding.model_copy(update={"target_span": (start + by, end + by)})


def cited_pairs(summary: PaperSummary, report: PaperReport) -> Iterator[tuple[str, str, str]]:
    """For each claim: its path, the Chinese it cites, its English."""
    for where, claim in claims_of(summary, Claim):
        yield f"{where}.text", _material(report, claim.sources).text, claim.text


def claims_of(node: object, kind: type[ClaimT]) -> Iterator[tuple[str, ClaimT]]:
    """Every claim of that kind in a model, with its path."""
    return ((where, part) for where, part in parts_of(node) if isinstance(part, kind))


def needs_a_person(findings: Sequence[Finding]) -> bool:
    """Whether any finding is more than minor."""
    return any(finding.severity != "minor" for finding in findings)


def same_place(first: Finding, second: Finding) -> bool:
    """Whether two findings on one text are about the same words of it."""
    if not first.target_span or not second.target_span:
        return first.rule == second.rule
    (start, end), (other_start, other_end) = first.target_span, second.target_span
    return start < other_end and other_start < end


def complaint(finding: Finding) -> str:
    """A finding as one line for a model that is asked again."""
    line = (
        f" (line {finding.source_line}: {finding.source_text.strip()[:80]})"
        if finding.source_line
        else ""
    )
    hint = f"; rather: {finding.suggestion}" if finding.suggestion else ""
    return f"{finding.where}: {finding.message}{line}{hint}"


def _check_claim(
    where: str,
    claim: Claim,
    printed: Sequence[PrintedFigure],
    report: PaperReport,
    paper: Material,
) -> Iterator[Finding]:
    """A figure may be from a line that the claim does not cite; it has to fit all the better."""
    cited = _material(report, [*claim.sources, *(figure.line for figure in printed)])
    pointed = {figure.start: figure.line in claim.sources for figure in printed}
    told = check_pointed(cited.text, claim.text, pointed)
    spans = [(figure.start, figure.end) for figure in printed]
    found = [f for f in told if not _right_by_construction(f, spans)]
    serious = [
        finding for finding in found if finding.severity != "minor" and finding.rule != "misplaced"
    ]
    if serious:
        on_paper = check(paper.text, claim.text)
        still = [finding for finding in on_paper if finding.severity != "minor"]
        misplaced = [f for f in serious if not any(same_place(f, other) for other in still)]
        found = [finding for finding in found if finding not in misplaced]
        yield from (
            _wrong_line(where, claim, finding, paper)
            for finding in misplaced
            if not _stands_there(finding, cited)
        )
    yield from (_placed(where, claim, finding, cited) for finding in found)


def _stands_there(finding: Finding, cited: Material) -> bool:
    """Whether the cited lines say the words, and the paper how they go together: nothing to cite."""
    return finding.rule in RELATIONAL and not check(cited.text, finding.target_text)


def _check_terms(
    claims: Sequence[tuple[str, Claim]], report: PaperReport, paper: Material, glossary: Glossary
) -> Iterator[Finding]:
    """Avoided renderings claim by claim; a user's own terms once for the whole summary."""
    for where, claim in claims:
        for finding in glossary.check(_material(report, claim.sources).text, claim.text):
            if finding.target_span:
                yield finding.model_copy(update={"where": f"{where}.text"})
    if glossary.has_own:
        found = glossary.check(paper.text, "\n".join(claim.text for _, claim in claims))
        yield from (finding for finding in found if not finding.target_span)


def _right_by_construction(finding: Finding, printed: Sequence[Span]) -> bool:
    if finding.rule not in BY_CONSTRUCTION and (finding.rule, finding.severity) != (
        "bound",
        "minor",
    ):
        return False
    start, end = finding.target_span or (0, 0)
    return any(start < other_end and other_start < end for other_start, other_end in printed)


def _check_labels(
    results: Sequence[Result], printed: Container[str], paper: Material
) -> Iterator[Finding]:
    """Names in the rows of the results must be names of the report; each is checked once."""
    places: dict[str, str] = {}
    for r, result in enumerate(results):
        for f, figure in enumerate(result.figures):
            for field in ("system", "benchmark", "metric", "against"):
                place = f"results[{r}].figures[{f}].{field}"
                label = getattr(figure, field)
                if label and place not in printed:
                    places.setdefault(label, place)
    text = ";\n".join(places)
    ends = list(accumulate(len(label) + 2 for label in places))
    for finding in check_labels(paper.text, text) if text else ():
        if finding.target_span:
            label = list(places)[bisect_right(ends, finding.target_span[0])]
            update = {"where": places[label], "source_line": None, "target_text": label}
            yield finding.model_copy(update={**update, "target_span": None})


def _wrong_line(where: str, claim: Claim, finding: Finding, paper: Material) -> Finding:
    """The claim holds, but not on the lines it cites."""
    wanted = finding.target_text or claim.text
    span = finding.target_span
    shown = claim.text[slice(*span)] if span else wanted
    lines = [
        number
        for number, line in zip(paper.numbers, paper.text.split("\n"), strict=True)
        if not check(line, shown)
    ]
    nearest = min(
        lines, key=lambda n: min((abs(n - s) for s in claim.sources), default=0), default=None
    )
    return Finding(
        rule="wrong-line",
        severity="minor",
        message=f"{shown!r} is in the report, but not in the cited lines",
        where=where,
        target_text=claim.text,
        target_span=span,
        suggestion=None if nearest is None else f"cite line {nearest}",
    )


def _placed(where: str, claim: Claim, finding: Finding, cited: Material) -> Finding:
    """The finding with its path and the line of the file."""
    number = finding.source_line
    texts = cited.text.split("\n")
    there = number is not None and 1 <= number <= len(texts) and cited.numbers[number - 1] > 0
    return finding.model_copy(
        update={
            "where": where,
            "source_line": cited.numbers[number - 1] if there and number else None,
            "source_text": texts[number - 1] if there and number else finding.source_text,
            "target_text": claim.text if finding.target_span else finding.target_text,
        }
    )


def _material(report: PaperReport, numbers: Sequence[int]) -> Material:
    """The title, which every claim may use, and the lines."""
    ordered = sorted(set(numbers))
    return Material(
        "\n".join([report.title, *(report.line(number) for number in ordered)]), (0, *ordered)
    )
