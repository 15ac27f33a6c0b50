"""What changes over the weeks: papers per topic, and record figures of benchmarks; pure, in one pass.

A figure is a record when it is the first, the highest or the lowest so far among those that compare:
the same benchmark, metric, unit and stated conditions. Both ends are told, for the reports do not
say which way is better; what does not compare is never put in order. Only records are kept, so that
an archive of years takes no more memory than a month.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from .benchmarks import read_name, same_benchmark
from .indexing import benchmarks_named
from .models import TOPIC_TITLES, Digest, Frozen, PaperReport, Summary, Topic
from .periods import each_paper_once, paper_key
from .plotting import Point, points_of

SoFar = Literal["first", "highest", "lowest"]


NO_DATE = "no date"
"""The week of papers whose report has none."""


class TopicWeek(Frozen):
    """The papers of a week by topic."""

    week: str
    papers: int
    failed: int
    """Papers without a summary: their topic is not known."""
    topics: dict[Topic, int]


class Record(Frozen):
    """A figure that was the first, the highest or the lowest of its sort when it was reported."""

    week: str
    so_far: SoFar
    point: Point


class BenchmarkTrend(Frozen):
    """The records of one benchmark, by date, of all that its figures were."""

    benchmark: str
    weeks: dict[str, int]
    """Papers of each week that report on it, be it without a figure."""
    figures: int
    """Figures on it that are exact and traced."""
    records: tuple[Record, ...]

    @property
    def papers(self) -> int:
        """The papers of all weeks."""
        return sum(self.weeks.values())


class Trends(Frozen):
    """Topics and benchmark records over the weeks of some reports."""

    weeks: tuple[TopicWeek, ...]
    benchmarks: tuple[BenchmarkTrend, ...]
    repeated: int = 0
    """Papers that an earlier report had already; each is counted once, in its first week."""


class Week(NamedTuple):
    """A week's name, the summaries of its papers and the reports that they were read from."""

    name: str | None
    summaries: Sequence[Summary]
    digests: Sequence[Digest] = ()


def find_trends(weeks: Iterable[Week], *, benchmark: str | None = None, least: int = 2) -> Trends:
    """The trends of weeks that come in order; one at a time is in memory.

    Benchmarks on which fewer than `least` papers report are left out; `benchmark`, in any spelling,
    is told alone and in any case.
    """
    seen: set[str] = set()
    told: list[TopicWeek] = []
    tracks: dict[str, _Track] = {}
    repeated = 0
    for week in weeks:
        once, twice = each_paper_once(week.summaries)
        fresh = [summary for summary in once if paper_key(summary) not in seen]
        seen.update(map(paper_key, fresh))
        repeated += twice + len(once) - len(fresh)
        told.append(_topic_week(week.name or NO_DATE, fresh))
        reports = {(p.path, p.id): p for digest in week.digests for p in digest.papers}
        for summary in fresh:
            _follow(tracks, summary, reports.get((summary.path, summary.id)), week.name or NO_DATE)
    wanted = same_benchmark(read_name(benchmark).name) if benchmark else None
    chosen = [
        track
        for key, track in sorted(tracks.items())
        if (key == wanted if wanted else track.weeks.total() >= least)
    ]
    return Trends(weeks=tuple(told), benchmarks=tuple(map(_told, chosen)), repeated=repeated)


@dataclass(slots=True)
class _Track:
    """One benchmark, while the papers go by."""

    name: str
    weeks: Counter[str] = field(default_factory=Counter)
    figures: int = 0
    ends: dict[tuple[str, str], tuple[Decimal, Decimal]] = field(default_factory=dict)
    """The lowest and the highest of each measure under the same conditions."""
    records: list[Record] = field(default_factory=list)


def _topic_week(week: str, summaries: Sequence[Summary]) -> TopicWeek:
    counts = Counter(summary.summary.topic for summary in summaries if summary.summary)
    return TopicWeek(
        week=week,
        papers=len(summaries),
        failed=len(summaries) - counts.total(),
        topics={topic: counts[topic] for topic in TOPIC_TITLES if counts[topic]},
    )


def _follow(
    tracks: dict[str, _Track], summary: Summary, report: PaperReport | None, week: str
) -> None:
    """Take in what a paper says of benchmarks."""
    named = benchmarks_named(report) if report and summary.summary else {}
    names = {key: mention.name for key, (mention, _) in named.items()}
    points = points_of(summary)
    for key, name in (names | {_key(point): point.benchmark for point in points}).items():
        tracks.setdefault(key, _Track(name)).weeks[week] += 1
    for point in points:
        track = tracks[_key(point)]
        track.figures += 1
        if so_far := _so_far(track, point):
            track.records.append(Record(week=week, so_far=so_far, point=point))


def _so_far(track: _Track, point: Point) -> SoFar | None:
    """What the figure is among those before it; nothing where it compares with none."""
    if not (point.metric and point.exact):
        return None
    group = point.measure.casefold(), point.conditions.casefold()
    lowest, highest = track.ends.get(group, (None, None))
    if lowest is None or highest is None:
        track.ends[group] = point.value, point.value
        return "first"
    track.ends[group] = min(lowest, point.value), max(highest, point.value)
    return "highest" if point.value > highest else "lowest" if point.value < lowest else None


def _key(point: Point) -> str:
    return same_benchmark(point.benchmark)


def _told(track: _Track) -> BenchmarkTrend:
    return BenchmarkTrend(
        benchmark=track.name,
        weeks=dict(sorted(track.weeks.items())),
        figures=track.figures,
        records=tuple(sorted(track.records, key=lambda r: (r.point.date, r.point.paper_id))),
    )
