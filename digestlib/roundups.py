"""A week or a day of summaries → the opening of an issue → a `Roundup` ready to be drafted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from .answers import BrokenAnswer, chinese_texts, empty_texts, parse_answer, strict_schema
from .asking import Reading, ask, provenance_of
from .checking import check_text, claims_of, complaint, same_place
from .completeness import doubled_items, gaps
from .editions import Editorial, Roundup, RoundupClaim
from .errors import AnswerError, Interrupted, RequestRejected
from .llm import Complete, Message, Request
from .models import Digest, Finding, PaperReport, PrintedFigure, Summary, TermConflict
from .periods import coverage_of, each_paper_once, select_period
from .printing import (
    REFERENCE,
    Resolve,
    Source,
    inert,
    parts_of,
    print_model,
    texts_of,
    unknown_references,
    walk,
)
from .prompts import Prompts
from .tracing import link_typed_figures

MIN_STORIES = 3


class OpeningPrinted(NamedTuple):
    """An opening with its figures printed, traced and checked."""

    editorial: Editorial
    figures: tuple[PrintedFigure, ...]
    findings: tuple[Finding, ...]


def roundup(
    summaries: Iterable[Summary],
    complete: Complete,
    *,
    week: str | None = None,
    day: str | dt.date | None = None,
    prompts: Prompts | None = None,
    digests: Iterable[Digest] = (),
    conflicts: Sequence[TermConflict] = (),
) -> Roundup:
    """The roundup of an ISO week (`2026-W01`; default: the latest) or of a day.

    Every summary of the period is in it, each paper once. With the `digests` the opening is checked
    against the Chinese, and their problems are told. When no opening can be had from the model,
    `editorial` is None and `failure` says why. Raises `SelectionError` for a period without papers.
    """
    everything = list(summaries)
    period, dates = select_period({s.date for s in everything if s.date}, week=week, day=day)
    within = [s for s in everything if s.date in dates]
    chosen, _ = each_paper_once(within)
    read = [digest for digest in digests if digest.date in dates or digest.date is None]
    reports = {paper.id: paper for digest in read for paper in digest.papers}
    unopened = Roundup(
        period=period,
        first_day=min(dates),
        last_day=max(dates),
        coverage=coverage_of(within),
        editorial=None,
        summaries=chosen,
        problems=tuple(problem for digest in read for problem in digest.problems),
        conflicts=tuple(conflicts),
    )
    if not any(summary.summary for summary in chosen):
        return unopened.model_copy(update={"failure": "no paper has a summary"})
    return _opened(unopened, complete, reports, prompts or Prompts())


def roundup_request(summaries: Sequence[Summary], period: str, *, prompts: Prompts) -> Request:
    """The request for the opening of an issue, with each figure marked by its reference."""
    rendered = prompts.render(
        "roundup",
        period=period,
        daily="W" not in period,
        papers=[_paper_lines(summary) for summary in summaries if summary.summary],
    )
    return Request(
        prompt=rendered.name,
        subject=period,
        messages=(
            Message(role="system", content=rendered.system),
            Message(role="user", content=rendered.user),
        ),
        schema_name="editorial",
        json_schema=strict_schema(Editorial),
    )


def trace_and_check_opening(
    printed: Editorial,
    figures: Sequence[PrintedFigure],
    summaries: Sequence[Summary],
    reports: Mapping[str, PaperReport],
) -> OpeningPrinted:
    """A printed opening with all its traces and findings; `figures` are those that code printed."""
    by_id = {summary.id: summary for summary in summaries}
    findings: list[Finding] = []
    traced: list[PrintedFigure] = []
    for where, text, papers in _said(printed):
        named = [by_id[paper] for paper in papers]
        sources = [Source(paper_id=s.id, quantity=q) for s in named for q in s.quantities]
        there = [figure for figure in figures if figure.where == where]
        linked, invented = link_typed_figures([(where, text, sources)], there, _material(named))
        traced += linked
        checked = check_text(where, text, linked, [reports[p] for p in papers if p in reports])
        findings += [f for f in invented if not any(same_place(f, c) for c in checked)] + checked
    ordered = sorted(traced, key=lambda f: (f.where, f.start))
    return OpeningPrinted(printed, tuple(ordered), tuple(findings))


def _opened(
    issue: Roundup, complete: Complete, reports: Mapping[str, PaperReport], prompts: Prompts
) -> Roundup:
    """The issue with the opening that the model gives, or with why there is none."""
    request = roundup_request(issue.summaries, issue.period, prompts=prompts)
    try:
        printed, response = ask(
            complete, request, lambda text: _read(text, issue.summaries, reports), prompts
        )
    except (AnswerError, RequestRejected, Interrupted) as exc:
        return issue.model_copy(update={"failure": str(exc)})
    provenance = provenance_of(request, response)
    return issue.model_copy(update=printed._asdict() | {"provenance": provenance})


def _paper_lines(summary: Summary) -> dict[str, Any]:
    """What the editor is told of a paper, figures marked with their references."""
    paper = summary.summary
    assert paper is not None, "only papers with a summary are told"
    told = {
        "headline.text": paper.headline.text,
        "tldr.text": paper.tldr.text,
    } | {f"results[{i}].finding.text": r.finding.text for i, r in enumerate(paper.results)}
    if paper.why_it_matters:
        told["why_it_matters.text"] = paper.why_it_matters.text
    return {
        "id": summary.id,
        "title": inert(summary.title),
        "topic": paper.topic,
        "abstract_only": summary.source_kind == "abstract",
        "flagged": summary.state == "flagged",
        "lines": [_with_references(summary, where, text) for where, text in told.items()],
    }


def _with_references(summary: Summary, where: str, text: str) -> str:
    """The printed text with each figure marked by the reference that prints it so."""
    quantities = {quantity.id: quantity for quantity in summary.quantities}
    out, position = "", 0
    for figure in (f for f in summary.figures if f.where == where):
        out += inert(text[position : figure.start])
        quantity = quantities[figure.quantity]
        bare = figure.text == quantity.bare != quantity.english
        mark = (
            f"{quantity.id}.bare:{quantity.bare}" if bare else f"{quantity.id}:{quantity.english}"
        )
        out += f"⟦{summary.id}/{mark}⟧"
        position = figure.end
    return out + inert(text[position:])


def _read(
    text: str, summaries: Sequence[Summary], reports: Mapping[str, PaperReport]
) -> Reading[OpeningPrinted]:
    answer = parse_answer(text, Editorial)
    parts = parts_of(answer)
    texts = texts_of(parts)
    errors = [
        *empty_texts(texts),
        *chinese_texts(texts),
        *doubled_items(parts),
        *gaps(texts),
        *_wrong_papers(answer, {s.id for s in summaries if s.summary}),
        *unknown_references(texts, _resolver(summaries)),
        *_out_of_form(answer, summaries),
    ]
    if errors:
        raise BrokenAnswer(errors)
    printed = _print(answer, summaries, reports)
    serious = [finding for finding in printed.findings if finding.severity != "minor"]
    return Reading(printed, [complaint(finding) for finding in serious])


def _out_of_form(answer: Editorial, summaries: Sequence[Summary]) -> list[str]:
    """An issue has three subject lines and, papers allowing, three sentences and stories."""
    least = min(MIN_STORIES, sum(1 for summary in summaries if summary.summary))
    wanted = {
        "subject_lines": (3, 3, len(answer.subject_lines)),
        "tldr": (least, 3, len(answer.tldr)),
        "top_stories": (least, 5, len(answer.top_stories)),
        "themes": (0, 6, len(answer.themes)),
        "by_the_numbers": (0, 8, len(answer.by_the_numbers)),
    }
    counts = [
        f"{name}: has {has}, needs {low if has < low else f'at most {high}'}"
        for name, (low, high, has) in wanted.items()
        if not low <= has <= high
    ]
    values = [
        f"by_the_numbers[{i}].value: {number.value!r} is not exactly one reference"
        for i, number in enumerate(answer.by_the_numbers)
        if not REFERENCE.fullmatch(number.value)
    ]
    unnamed = [f"{where}: names no paper" for where, _, papers in _said(answer) if not papers]
    return [*counts, *values, *unnamed]


def _said(editorial: Editorial) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every text of an opening with its path and the papers it names."""
    for where, claim in claims_of(editorial, RoundupClaim):
        yield f"{where}.text", claim.text, claim.papers
    for i, theme in enumerate(editorial.themes):
        yield f"themes[{i}].name", theme.name, theme.text.papers
    for i, number in enumerate(editorial.by_the_numbers):
        yield f"by_the_numbers[{i}].value", number.value, number.text.papers


def _wrong_papers(answer: Editorial, known: Container[str]) -> list[str]:
    """Papers must be papers of the issue, and each figure's paper must be named with its claim."""
    errors = []
    for where, text, papers in _said(answer):
        errors += [
            f"{where}: {paper!r} is not the id of a paper of this issue"
            for paper in papers
            if paper not in known
        ]
        errors += [
            f"{where}: {match.group()} is a figure of a paper that is not in its papers"
            for match in REFERENCE.finditer(text)
            if match["paper"] and match["paper"] not in papers
        ]
    return errors


def _print(
    answer: Editorial, summaries: Sequence[Summary], reports: Mapping[str, PaperReport]
) -> OpeningPrinted:
    """Print the figures; typed ones must be figures of the papers that the text names."""
    printed, figures = print_model(answer, _resolver(summaries))
    return trace_and_check_opening(printed, figures, summaries, reports)


def _material(summaries: Sequence[Summary]) -> str:
    """The titles of papers and all that their summaries say."""
    told = [text for s in summaries if s.summary for _, text in walk(s.summary)]
    return "\n".join([*(summary.title for summary in summaries), *told])


def _resolver(summaries: Sequence[Summary]) -> Resolve:
    known = {
        (summary.id, quantity.id): Source(paper_id=summary.id, quantity=quantity)
        for summary in summaries
        for quantity in summary.quantities
    }

    def resolve(paper_id: str | None, quantity_id: str) -> Source | None:
        return known.get((paper_id or "", quantity_id))

    return resolve
