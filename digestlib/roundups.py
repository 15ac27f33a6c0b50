"""A week or a day of summaries → the opening of an issue → a `Roundup` ready to be drafted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from .answers import BrokenAnswer, chinese_texts, empty_texts, parse_answer, strict_schema
from .asking import Reading, ask, provenance_of
from .checking import claims_of, complaint
from .editions import Coverage, Editorial, Roundup, RoundupClaim
from .errors import AnswerError, RequestRejected, SelectionError
from .llm import Complete, Message, Request
from .models import Finding, PrintedFigure, Problem, Summary, TermConflict
from .printing import REFERENCE, Resolve, Source, inert, print_model, unknown_references, walk
from .prompts import Prompts
from .tracing import link_typed_figures

_WEEK = re.compile(r"(\d{4})-?W(\d{2})\Z")
MIN_STORIES = 3

_Printed = tuple[Editorial, tuple[PrintedFigure, ...], tuple[Finding, ...]]


def roundup(
    summaries: Iterable[Summary],
    complete: Complete,
    *,
    week: str | None = None,
    day: str | dt.date | None = None,
    prompts: Prompts | None = None,
    problems: Sequence[Problem] = (),
    conflicts: Sequence[TermConflict] = (),
) -> Roundup:
    """The roundup of an ISO week (`2026-W01`; default: the latest) or of a day.

    Every summary of the period is in it, each paper once. When no opening can be had from the
    model, `editorial` is None and `failure` says why. Raises `SelectionError` for a period without
    papers.
    """
    prompts = prompts or Prompts()
    everything = list(summaries)
    period, dates = select_period({s.date for s in everything if s.date}, week=week, day=day)
    chosen, repeated = each_paper_once(s for s in everything if s.date in dates)
    base: dict[str, Any] = {
        "period": period,
        "first_day": min(dates),
        "last_day": max(dates),
        "coverage": _coverage(chosen, repeated),
        "summaries": chosen,
        "problems": tuple(problems),
        "conflicts": tuple(conflicts),
    }
    if not any(summary.summary for summary in chosen):
        return Roundup(editorial=None, failure="no paper has a summary", **base)
    request = roundup_request(chosen, period, prompts=prompts)
    try:
        printed, response = ask(complete, request, lambda text: _read(text, chosen), prompts)
    except (AnswerError, RequestRejected) as exc:
        return Roundup(editorial=None, failure=str(exc), **base)
    editorial, figures, findings = printed
    return Roundup(
        editorial=editorial,
        figures=figures,
        findings=findings,
        provenance=provenance_of(request, response),
        **base,
    )


def select_period(
    dates: Iterable[dt.date], *, week: str | None = None, day: str | dt.date | None = None
) -> tuple[str, set[dt.date]]:
    """The name of the period and the dates of the reports that fall into it."""
    known = sorted(dates)
    if not known:
        raise SelectionError(
            "the reports have no date; a report needs a line '**Date**: YYYY-MM-DD'"
        )
    if day is not None:
        return _select_day(known, day)
    wanted = _parse_week(week) if week else known[-1].isocalendar()[:2]
    found = {date for date in known if date.isocalendar()[:2] == wanted}
    if not found:
        raise SelectionError(f"no report of week {week}; there are {', '.join(weeks_of(known))}")
    return _week_name(wanted), found


def weeks_of(dates: Iterable[dt.date]) -> list[str]:
    """The ISO weeks of some dates, in order: `["2026-W01", "2026-W02"]`."""
    return sorted({_week_name(date.isocalendar()[:2]) for date in dates})


def each_paper_once(summaries: Iterable[Summary]) -> tuple[tuple[Summary, ...], int]:
    """The latest summary of each paper, in the order of first appearance, and how many were left.

    A later report that differs from the earlier one is labelled with the earlier one's date.
    """
    kept: dict[str, Summary] = {}
    repeated = 0
    for summary in sorted(summaries, key=lambda s: (s.date or dt.date.min, s.path, s.first_line)):
        key = summary.id if summary.hf_url else f"{summary.path}:{summary.id}"
        earlier = kept.get(key)
        if earlier is not None:
            repeated += 1
            if earlier.content_hash != summary.content_hash:
                summary = summary.model_copy(update={"update_of": earlier.date})
            elif earlier.summary and not summary.summary:
                continue
        kept[key] = summary
    return tuple(kept.values()), repeated


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


def _select_day(known: Sequence[dt.date], day: str | dt.date) -> tuple[str, set[dt.date]]:
    try:
        date = day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    except ValueError:
        raise SelectionError(f"{day!r} is not a date; write it as YYYY-MM-DD") from None
    if date not in known:
        raise SelectionError(
            f"no report of {date}; there are {', '.join(str(each) for each in known)}"
        )
    return str(date), {date}


def _parse_week(week: str) -> tuple[int, int]:
    match = _WEEK.match(week)
    year, number = (int(match[1]), int(match[2])) if match else (1, 0)
    try:
        dt.date.fromisocalendar(year, number, 1)
    except ValueError:
        raise SelectionError(
            f"{week!r} is not an ISO week; write it as YYYY-Www, e.g. 2026-W01"
        ) from None
    return year, number


def _week_name(week: tuple[int, int]) -> str:
    return f"{week[0]}-W{week[1]:02d}"


def _coverage(summaries: Sequence[Summary], repeated: int) -> Coverage:
    states = [summary.state for summary in summaries]
    return Coverage(
        reports=len({summary.path for summary in summaries}),
        papers=len(summaries),
        verified=states.count("verified"),
        flagged=states.count("flagged"),
        failed=states.count("failed"),
        abstract_only=sum(summary.source_kind == "abstract" for summary in summaries),
        repeated=repeated,
        days=tuple(sorted({summary.date for summary in summaries if summary.date})),
    )


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


def _read(text: str, summaries: Sequence[Summary]) -> Reading[_Printed]:
    answer = parse_answer(text, Editorial)
    errors = [
        *empty_texts(answer),
        *chinese_texts(answer),
        *_wrong_papers(answer, {s.id for s in summaries if s.summary}),
        *unknown_references(answer, _resolver(summaries)),
        *_thin(answer, summaries),
    ]
    if errors:
        raise BrokenAnswer(errors)
    printed = _print(answer, summaries)
    return Reading(printed, [complaint(finding) for finding in printed[2]])


def _thin(answer: Editorial, summaries: Sequence[Summary]) -> list[str]:
    """An issue needs its three subject lines and, papers allowing, three sentences and stories."""
    least = min(MIN_STORIES, sum(1 for summary in summaries if summary.summary))
    wanted = {
        "subject_lines": (3, len(answer.subject_lines)),
        "tldr": (least, len(answer.tldr)),
        "top_stories": (least, len(answer.top_stories)),
    }
    return [
        f"{name}: has {has}, needs {need}" for name, (need, has) in wanted.items() if has < need
    ]


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


def _print(answer: Editorial, summaries: Sequence[Summary]) -> _Printed:
    """Print the figures; typed ones must be figures of the papers that the text names."""
    printed, figures = print_model(answer, _resolver(summaries))
    by_id = {summary.id: summary for summary in summaries}
    findings: list[Finding] = []
    traced: list[PrintedFigure] = []
    for where, text, papers in _said(printed):
        named = [by_id[paper] for paper in papers]
        sources = [Source(paper_id=s.id, quantity=q) for s in named for q in s.quantities]
        there = [figure for figure in figures if figure.where == where]
        linked, invented = link_typed_figures([(where, text, sources)], there, _material(named))
        traced += linked
        findings += invented
    return printed, tuple(sorted(traced, key=lambda f: (f.where, f.start))), tuple(findings)


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
