"""One paper's report → request → answer → printed, traced and checked summary."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .answers import BrokenAnswer, chinese_texts, empty_texts, parse_answer, strict_schema
from .asking import Reading, converse, provenance_of
from .checking import check_summary, cited_pairs, complaint, needs_a_person, same_place
from .completeness import disagreeing_rows, doubled_items, gaps, left_out, results_figures
from .conversations import OF_ONE, Conversation, hold, hold_all
from .glossary import Glossary, conflicting_terms, load_glossary
from .llm import Complete, Message, Request
from .models import (
    SECTION_NAMES,
    TOPIC_TITLES,
    Claim,
    Digest,
    Doubt,
    Finding,
    PaperReport,
    PaperSummary,
    PrintedFigure,
    Quantity,
    Summary,
    TermConflict,
)
from .printing import (
    Parts,
    Resolve,
    Source,
    inert,
    parts_of,
    print_model,
    replaced,
    texts_of,
    unknown_references,
    walk,
)
from .prompts import Prompts
from .quantities import quantities_of
from .tracing import link_typed_figures

_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}\Z")
_NOT_PROSE = re.compile(r"(?:paper_id|topic|availability\.status|doubts\[\d+\]\.note)\Z")
_SEPARATOR = re.compile(r"\s*={3,}\s*\Z")


def summarise(
    digests: Iterable[Digest],
    complete: Complete,
    *,
    jobs: int = 8,
    prompts: Prompts | None = None,
    glossary: Glossary | None = None,
    on_done: Callable[[Summary], None] | None = None,
) -> list[Summary]:
    """The summaries of all papers, in the order of the reports; one request a paper when all is well.

    At most `jobs` requests are out at a time. A paper whose answers cannot be used comes back as
    `failed`. An endpoint that cannot be used at all raises its `EndpointError`; answers that were
    given by then are in the store. `complete` is called in other threads, `on_done` in this one.
    """
    prompts = prompts or Prompts()
    glossary = glossary or load_glossary()
    conversations = (
        _converse(paper, prompts=prompts, glossary=glossary)
        for digest in digests
        for paper in digest.papers
    )
    return hold_all(conversations, complete, jobs=jobs, on_end=on_done or (lambda _: None))


def summarise_paper(
    report: PaperReport, complete: Complete, *, prompts: Prompts, glossary: Glossary
) -> Summary:
    """The summary of one paper, `failed` when no answer could be used."""
    return hold(_converse(report, prompts=prompts, glossary=glossary), complete)


def _converse(
    report: PaperReport, *, prompts: Prompts, glossary: Glossary
) -> Conversation[Summary]:
    if not any(_texts(report)):
        return _summary(report, (), state="failed", failure="the report says nothing of this paper")
    quantities = quantities_of(report)
    request = _request(report, quantities, prompts, glossary)

    def read(text: str) -> Reading[Printed]:
        printed = _print(_read_answer(text, report, quantities), report, quantities, glossary)
        serious = [finding for finding in printed.findings if finding.severity != "minor"]
        return Reading(printed, [complaint(finding) for finding in serious])

    try:
        printed, response = yield from converse(request, read, prompts)
    except OF_ONE as exc:
        return _summary(report, quantities, state="failed", failure=str(exc))
    return _summary(
        report,
        quantities,
        state="flagged" if needs_a_person(printed.findings) else "verified",
        results_told=len(
            {q.id for q in results_figures(report, quantities)}
            & {f.quantity for f in printed.figures}
        ),
        provenance=provenance_of(request, response),
        **printed._asdict(),
    )


class Printed(NamedTuple):
    """A summary with its figures printed, traced and checked."""

    summary: PaperSummary
    figures: tuple[PrintedFigure, ...]
    findings: tuple[Finding, ...]


def trace_and_check(
    printed: PaperSummary,
    figures: Sequence[PrintedFigure],
    report: PaperReport,
    quantities: Sequence[Quantity],
    glossary: Glossary,
) -> Printed:
    """A printed text with all its traces and findings; `figures` are those that code printed."""
    sources = [Source(paper_id=report.id, quantity=quantity) for quantity in quantities]
    prose = [
        (where, text, sources) for where, text in walk(printed) if not _NOT_PROSE.search(where)
    ]
    material = "\n".join([report.title, *_texts(report)])
    figures, invented = link_typed_figures(prose, figures, material)
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for figure in figures:
        lines[figure.where].add(figure.line)
    cited = _cited(printed, lines)
    checked = check_summary(printed, figures, report, glossary)
    serious = [finding for finding in checked if finding.severity != "minor"]
    unsaid = [
        finding
        for finding in invented
        if not any(c.where == finding.where and same_place(finding, c) for c in serious)
    ]
    missing = left_out(cited, figures, report, quantities)
    differing = disagreeing_rows(cited, figures, quantities)
    return Printed(cited, figures, (*unsaid, *checked, *missing, *differing))


def term_conflicts(
    summaries: Iterable[Summary], digests: Iterable[Digest], glossary: Glossary | None = None
) -> list[TermConflict]:
    """Terms of the reports that different papers' summaries render in different ways."""
    reports = {(p.path, p.id): p for digest in digests for p in digest.papers}
    pairs = (
        (summary.id, source, text)
        for summary in summaries
        if summary.summary
        for _, source, text in cited_pairs(summary.summary, reports[summary.path, summary.id])
    )
    return conflicting_terms(pairs, glossary=glossary)


def summary_request(
    report: PaperReport, *, prompts: Prompts | None = None, glossary: Glossary | None = None
) -> Request:
    """The request for one paper: numbered lines with marked figures, their English, the terms.

    The same that `summarise` sends first. Raises `PromptError` for a template that does not work.
    """
    quantities = quantities_of(report)
    return _request(report, quantities, prompts or Prompts(), glossary or load_glossary())


def _request(
    report: PaperReport, quantities: Sequence[Quantity], prompts: Prompts, glossary: Glossary
) -> Request:
    title = inert(report.title)
    rendered = prompts.render(
        "summary",
        paper=report if title == report.title else report.model_copy(update={"title": title}),
        lines=numbered_lines(report, quantities),
        terms=glossary.terms_in("\n".join(_texts(report))),
        topics=list(TOPIC_TITLES),
    )
    return Request(
        prompt=rendered.name,
        subject=report.id,
        messages=(
            Message(role="system", content=rendered.system),
            Message(role="user", content=rendered.user),
        ),
        schema_name="paper_summary",
        json_schema=strict_schema(PaperSummary),
    )


class NumberedLine(NamedTuple):
    """A line of the report as the prompt shows it."""

    number: int
    marked: str
    """Its text with marked figures."""
    quantities: Sequence[Quantity]


def numbered_lines(report: PaperReport, quantities: Sequence[Quantity]) -> list[NumberedLine]:
    """The lines of the report that say something."""
    wanted = {
        number
        for block in report.blocks
        if block.kind != "head"
        for number in range(block.first_line, block.last_line + 1)
    }
    on_line: defaultdict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        on_line[quantity.line].append(quantity)
    return [
        NumberedLine(number, _marked(text, found), found)
        for number, text in report.lines
        if number in wanted and text.strip() and not _SEPARATOR.match(text)
        for found in [on_line.get(number, ())]
    ]


def _marked(text: str, quantities: Sequence[Quantity]) -> str:
    if not quantities:
        return inert(text).rstrip()
    text, out, position = inert(text), "", 0  # with every character in its place
    for quantity in quantities:
        start, end = quantity.start, quantity.end
        out += f"{text[position:start]}⟦{quantity.id}:{text[start:end]}⟧"
        position = end
    return (out + text[position:]).rstrip()


def _read_answer(text: str, report: PaperReport, quantities: Sequence[Quantity]) -> PaperSummary:
    answer = parse_answer(text, PaperSummary)
    parts = parts_of(answer)
    texts = texts_of(parts)
    errors = [
        *_wrong_paper(answer, report),
        *empty_texts(texts),
        *_wrong_lines(parts, report),
        *unknown_references(texts, _resolver(report, quantities)),
        *chinese_texts(texts),
        *doubled_items(parts),
        *gaps(texts),
    ]
    if errors:
        raise BrokenAnswer(errors)
    return answer


def _wrong_paper(answer: PaperSummary, report: PaperReport) -> list[str]:
    if answer.paper_id == report.id:
        return []
    return [f"paper_id: {answer.paper_id!r} is another paper; this one is {report.id!r}"]


def _wrong_lines(parts: Parts, report: PaperReport) -> Iterator[str]:
    """Cited lines must be lines of this paper, and a claim must cite at least one."""
    for where, part in parts:
        if isinstance(part, Claim | Doubt):
            cited = part.sources if isinstance(part, Claim) else (part.line,)
            if not cited:
                yield f"{where}.sources: cites no line"
            for number in cited:
                if not report.first_line <= number <= report.last_line:
                    yield f"{where}: line {number} is not in this report"


def _print(
    answer: PaperSummary,
    report: PaperReport,
    quantities: Sequence[Quantity],
    glossary: Glossary,
) -> Printed:
    printed, figures = print_model(answer, _resolver(report, quantities))
    return trace_and_check(printed, figures, report, quantities, glossary)


def _cited(printed: PaperSummary, lines: Mapping[str, set[int]]) -> PaperSummary:
    """Each claim cites the lines of its figures as well, given by the place of its text."""

    def cited(where: str, value: Any) -> Any:
        if not isinstance(value, Claim):
            return value
        sources = tuple(sorted(lines.get(f"{where}.text", set()).union(value.sources)))
        return value if sources == value.sources else value.model_copy(update={"sources": sources})

    return replaced(printed, cited)


def _summary(report: PaperReport, quantities: tuple[Quantity, ...], **outcome: Any) -> Summary:
    """What code knows of a paper, with the outcome: ids, title, links and date are copied."""
    arxiv = bool(_ARXIV_ID.match(report.id))
    return Summary(
        id=report.id,
        title=report.title,
        hf_url=f"https://huggingface.co/papers/{report.id}" if arxiv else None,
        arxiv_url=f"https://arxiv.org/abs/{report.id}" if arxiv else None,
        date=report.date,
        path=report.path,
        first_line=report.first_line,
        source_kind=report.source_kind,
        quantities=quantities,
        results_figures=len(results_figures(report, quantities)),
        content_hash=hashlib.sha256("\f".join(_texts(report)).encode()).hexdigest(),
        **outcome,
    )


def _resolver(report: PaperReport, quantities: Sequence[Quantity]) -> Resolve:
    known = {quantity.id: Source(paper_id=report.id, quantity=quantity) for quantity in quantities}

    def resolve(paper_id: str | None, quantity_id: str) -> Source | None:
        return known.get(quantity_id) if paper_id in (None, report.id) else None

    return resolve


def _texts(report: PaperReport) -> list[str]:
    return [getattr(report.sections, name).text for name in SECTION_NAMES]
