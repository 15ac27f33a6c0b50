"""The benchmark index: who reports what on a benchmark, across papers and weeks; needs no model.

Figures come from the summaries, where they are traced to the report; that a paper names a benchmark
without a figure comes from the Chinese of its results. Nothing is computed and nothing is ranked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .benchmarks import Mention, mentions_in, read_name, same_benchmark
from .cells import EMPTY, claim_cell, field_cell, joined, noted, results_of
from .editions import Cell, Comparison, Row
from .models import Digest, FigureKind, PaperReport, Summary
from .setups import base_model, is_own, method_of

INDEX_COLUMNS = (
    "System",
    "Metric",
    "Value",
    "Baseline",
    "Difference as reported",
    "Conditions",
    "Base model",
    "In words",
)


def benchmark_index(
    summaries: Iterable[Summary],
    digests: Iterable[Digest] = (),
    *,
    least: int = 2,
    only: str | None = None,
) -> list[Comparison]:
    """One table for each benchmark that at least `least` papers report, by name; rows by date and id.

    With the `digests` a paper that names a benchmark without a figure has its row, too. `only` is a
    benchmark in any spelling; it is told even if a single paper reports it.
    """
    told = sorted(
        (summary for summary in summaries if summary.summary),
        key=lambda summary: (summary.date or dt.date.min, summary.id),
    )
    reports = {(p.path, p.id): p for digest in digests for p in digest.papers}
    named = _names_with_figures(told)
    found = [
        row
        for summary in told
        for row in _rows_of(summary, reports.get((summary.path, summary.id)), named)
    ]
    by_benchmark: dict[str, list[_Told]] = {}
    for row in found:
        by_benchmark.setdefault(same_benchmark(row.benchmark), []).append(row)
    wanted = same_benchmark(read_name(only).name) if only else None
    return [
        _table(rows)
        for key, rows in sorted(by_benchmark.items())
        if key == wanted or (wanted is None and len({r.paper_id for r in rows}) >= least)
    ]


@dataclass
class _Told:
    """What one paper tells of one system on one benchmark, while it is put together."""

    benchmark: str
    paper_id: str
    system: Cell
    metric: Cell
    conditions: Cell
    result: int
    is_own: bool = True
    base: Cell = EMPTY
    value: Cell | None = None
    baselines: list[Cell] = field(default_factory=list)
    differences: list[Cell] = field(default_factory=list)
    words: Cell = EMPTY

    def row(self) -> Row:
        """The row in the order of `INDEX_COLUMNS`."""
        return Row(
            paper_id=self.paper_id,
            cells=(
                self.system,
                self.metric,
                self.value or EMPTY,
                joined(self.baselines),
                joined(self.differences),
                self.conditions,
                self.base,
                self.words,
            ),
        )


def _names_with_figures(summaries: Iterable[Summary]) -> tuple[str, ...]:
    """Benchmarks that summaries give figures for: proper names, to be looked for in the reports."""
    names = {
        read_name(figure.benchmark).name
        for summary in summaries
        for result in results_of(summary)
        for figure in result.figures
        if figure.benchmark
    }
    return tuple(sorted(name for name in names if name[:1].isupper() and " " not in name))


def _rows_of(summary: Summary, report: PaperReport | None, named: Sequence[str]) -> Iterator[_Told]:
    rows = _with_baselines(_figure_rows(summary))
    mentions = benchmarks_named(report, named) if report else {}
    base = base_model(report) if report else EMPTY
    for row in rows:
        row.base = base
        named_there = mentions.get(same_benchmark(row.benchmark))
        if named_there and row.conditions == EMPTY:
            row.conditions = _stated(named_there[0].part)
    yield from rows
    done = {same_benchmark(row.benchmark) for row in rows}
    for key, (mention, line) in mentions.items():
        if key not in done:
            yield _row_in_words(summary, mention, line, base)


def _figure_rows(summary: Summary) -> list[_Told]:
    """A row for each system, metric and condition; an absolute value and differences share it."""
    rows: list[_Told] = []
    for r, result in enumerate(results_of(summary)):
        for f, figure in enumerate(result.figures):
            if figure.benchmark and figure.kind != "setting":
                _add(rows, _started(summary, r, f), figure.kind, _valued(summary, r, f))
    return rows


def _started(summary: Summary, r: int, f: int) -> _Told:
    figure = results_of(summary)[r].figures[f]
    name = read_name(figure.benchmark or "")
    return _Told(
        benchmark=name.name,
        paper_id=summary.id,
        system=field_cell(summary, r, f, "system"),
        metric=field_cell(summary, r, f, "metric"),
        conditions=joined([_stated(name.part), field_cell(summary, r, f, "note")]),
        result=r,
        is_own=is_own(figure.system, summary),
    )


def _stated(text: str) -> Cell:
    return Cell(text=text) if text else EMPTY


def _valued(summary: Summary, r: int, f: int) -> Cell:
    against = results_of(summary)[r].figures[f].against
    return noted(summary, r, f, f"against {against}" if against else "", "against")


def _add(rows: list[_Told], new: _Told, kind: FigureKind, cell: Cell) -> None:
    same = [row for row in rows if _about(row) == _about(new)]
    row = next((row for row in same if kind != "absolute" or row.value is None), None)
    if row is None:
        rows.append(row := new)
    if kind == "absolute":
        row.value = cell
    else:
        row.differences.append(cell)


def _about(row: _Told) -> tuple[str, ...]:
    return row.benchmark, row.system.text, row.metric.text, row.conditions.text


def _with_baselines(rows: Sequence[_Told]) -> list[_Told]:
    """A value of another system in the same result becomes the baseline of the paper's own."""
    kept: list[_Told] = []
    for row in rows:
        mine = next((own for own in rows if own.is_own and _compares(own, row)), None)
        if mine is None or row.is_own or row.value is None or row.differences:
            kept.append(row)
        else:
            value = row.value
            text = f"{row.system.text} {value.text}" if value.lines else value.text
            mine.baselines.append(value.model_copy(update={"text": text}))
    return kept


def _compares(own: _Told, other: _Told) -> bool:
    mine, theirs = _about(own), _about(other)
    return own.result == other.result and (mine[0], *mine[2:]) == (theirs[0], *theirs[2:])


def benchmarks_named(
    report: PaperReport, also: Sequence[str] = ()
) -> dict[str, tuple[Mention, int]]:
    """The benchmarks that the results part names, each with the last line that does.

    A list of what was tested on comes first; what was found comes after it.
    """
    part = report.sections.results
    lines = range(part.first_line or 0, (part.last_line or -1) + 1)
    return {
        same_benchmark(mention.name): (mention, line.number)
        for line in report.lines
        if line.number in lines
        for mention in mentions_in(line.text, also)
    }


def _row_in_words(summary: Summary, mention: Mention, line: int, base: Cell) -> _Told:
    return _Told(
        benchmark=mention.name,
        paper_id=summary.id,
        system=_stated(method_of(summary)),
        metric=EMPTY,
        conditions=_stated(mention.part),
        result=-1,
        base=base,
        words=_words(summary, mention, line),
    )


def _words(summary: Summary, mention: Mention, line: int) -> Cell:
    """The finding that names the benchmark; else that the report names it, and where."""
    for r, result in enumerate(results_of(summary)):
        spoken = {same_benchmark(found.name) for found in mentions_in(result.finding.text)}
        if line in result.finding.sources and same_benchmark(mention.name) in spoken:
            return claim_cell(summary, f"results[{r}].finding", result.finding)
    return Cell(
        text="named, without a figure", paper_id=summary.id, lines=(line,), source=mention.spelled
    )


def _table(rows: Sequence[_Told]) -> Comparison:
    return Comparison(
        kind="benchmark",
        title=read_name(rows[0].benchmark).name,
        caption=_caption(rows),
        columns=INDEX_COLUMNS,
        rows=tuple(row.row() for row in rows),
    )


def _caption(rows: Sequence[_Told]) -> str:
    """What limits the comparison, as far as code can see it."""
    papers = {row.paper_id for row in rows}
    figures = {row.paper_id for row in rows if row.value or row.differences}
    many = f"{_papers(len(papers))}, {len(figures) or 'none'} with a figure"
    differing = _differing([row for row in rows if row.value or row.differences])
    if len(figures) < 2:
        return f"{many}."
    warning = f": {_listed(differing)}" if differing else ""
    return f"{many}. In order of date, not of rank{warning}."


def _differing(rows: Sequence[_Told]) -> list[str]:
    aspects: Mapping[str, set[str]] = {
        "metrics": {row.metric.text.casefold() for row in rows},
        "conditions": {row.conditions.text.casefold() for row in rows},
        "base models": {row.base.text.casefold() for row in rows},
    }
    found = [f"{name} differ" for name, kinds in aspects.items() if len(kinds) > 1]
    if any(row.value for row in rows) and any(not row.value for row in rows):
        found.append("values do not compare with differences")
    return found


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
