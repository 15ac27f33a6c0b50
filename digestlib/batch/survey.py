"""What has become of the papers of a week, and which requests still have no answer.

The papers are summarised as in a direct run, but from the store alone: the first request that has
no answer there is noted instead of asked. So a re-ask, or the opening of an issue whose papers are
done, is by itself the next request that is missing, and is the same that a direct run would send.
"""

from __future__ import annotations

import hashlib
import weakref
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from ..checking import needs_a_person
from ..comparison import with_tables
from ..errors import NotStored
from ..glossary import load_glossary
from ..llm import Mode, Request, Response
from ..models import Digest, Frozen, PaperReport, Summary
from ..periods import weeks_of
from ..prompts import Prompts
from ..reports import digest_of
from ..reports.files import FileText, read_file
from ..roundups import roundup
from ..selection import of_period
from ..store import Store
from ..summaries import summarise_paper
from ..unchanged import made_from
from .ledger import COPIES, RETRIES, Asked, Ledger
from .lines import Frame, frame_of, words_of

_DONE = {"verified", "flagged"}
Opening = Literal["week", "day"]


class Engine(Frozen):
    """How the requests are made: the store, the model and the texts that go into them."""

    store: Path
    model: str
    mode: Mode = "json_schema"
    prompts: Path | None = None
    glossary: tuple[Path, ...] = ()
    openings: tuple[Opening, ...] = ("week", "day")
    retries: int = RETRIES
    copies: int = COPIES


class Exported(NamedTuple):
    """A request and the line that it is in a batch file."""

    asked: Asked
    line: bytes
    late: bool = False
    """A re-ask, an opening, or lost before: others wait for it."""


class Survey(NamedTuple):
    """What has become of papers and openings, by count, and the requests that are to be exported.

    The states are those of a summary (`verified` also for an opening that is there) and `to_ask`,
    `to_retry`, `to_reask`, `out`; an opening whose papers are not done is `not_yet`.
    """

    papers: Counter[str]
    openings: Counter[str]
    failures: tuple[tuple[str, str], ...]
    """What failed for good, by subject, and why."""
    missing: tuple[Exported, ...]


def survey(files: Sequence[str], engine: Engine) -> Survey:
    """Look at the reports of one week, or at some without a date.

    A week or a paper that is done is not looked at again until a report, a text or the program
    changes; a paper that is, once more when its issue has its opening.
    """
    desk = _desk(engine)
    read = [read_file(file) for file in files]
    fingerprint = desk.fingerprint(read)
    if done := desk.ledger.done([fingerprint])[0]:
        return Survey(Counter(done["papers"]), Counter(done["openings"]), (), ())
    desk.begin()
    with desk.ledger.together(writing=False):
        _look([digest_of(file) for file in read], desk, engine.openings)
    return desk.end(fingerprint)


def _look(digests: Sequence[Digest], desk: _Desk, openings: Sequence[Opening]) -> None:
    papers = desk.undone([paper for digest in digests for paper in digest.papers])
    summaries = {id(paper): desk.summary(paper) for paper in papers}
    for kind, period, chosen in _periods(digests, openings):
        told = [paper for digest in chosen for paper in digest.papers]
        if any(summaries.get(id(paper), paper) is None for paper in told):
            desk.wait()
            continue
        try:
            summaries |= {id(p): desk.look_again(p) for p in told if id(p) not in summaries}
        except _NoAnswerYetError:  # its request is noted with the others
            desk.wait()
            continue
        desk.opening([s for p in told if (s := summaries[id(p)])], chosen, **{kind: period})


def _periods(
    digests: Sequence[Digest], openings: Sequence[Opening]
) -> Iterator[tuple[Opening, str, list[Digest]]]:
    """The issues that the reports make: their kind, their name and their reports."""
    dates = sorted({digest.date for digest in digests if digest.date})
    if "week" in openings:
        for week in weeks_of(dates):
            yield "week", week, of_period(digests, week=week)
    if "day" in openings:
        for day in map(str, dates):
            yield "day", day, of_period(digests, day=day)


@lru_cache(maxsize=1)
def _desk(engine: Engine) -> _Desk:
    """One for each process: opening the store and reading the texts takes longer than a paper."""
    return _Desk(engine)


class _NoAnswerYetError(Exception):
    """The summary of a paper ends at the first request without an answer; holds its state."""


class _Desk:
    """A store with the texts at hand, noting what has no answer there."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._store = Store(engine.store)
        # Whoever is the last to close it leaves a single file, which can be copied.
        weakref.finalize(self, self._store.close)
        self.ledger = Ledger(self._store)
        self._prompts = Prompts(engine.prompts)
        self._glossary = load_glossary(*engine.glossary)
        chosen = engine.model_dump(mode="json", exclude={"store", "retries", "copies"})
        texts = [path for path in (engine.prompts, *engine.glossary) if path]
        self._frame: Frame | None = None
        self._made_from = hashlib.sha256(made_from(chosen, texts).encode())
        self.begin()

    def fingerprint(self, files: Sequence[FileText]) -> str:
        """What stands for the reports and for all that their requests are made from."""
        whole = self._made_from.copy()
        for file in files:
            told = f"{file.path}\0{file.text or ''}"
            whole.update(hashlib.sha256(told.encode("utf-8", "replace")).digest())
        return whole.hexdigest()

    def begin(self) -> None:
        """Start a new survey."""
        self._papers: Counter[str] = Counter()
        self._openings: Counter[str] = Counter()
        self._failures: list[tuple[str, str]] = []
        self._missing: list[Exported] = []
        self._fresh: list[tuple[PaperReport, str]] = []
        self._pending: str | None = None
        self._opening = False

    def end(self, fingerprint: str) -> Survey:
        """What was found since the beginning; what is done is remembered."""
        with self.ledger.together():
            for paper, state in self._fresh:
                self.ledger.note_done(self._mark(paper), {"papers": {state: 1}})
            if not {*self._papers, *self._openings} - _DONE:
                counts = {"papers": self._papers, "openings": self._openings}
                self.ledger.note_done(fingerprint, counts)
        return Survey(self._papers, self._openings, tuple(self._failures), tuple(self._missing))

    def undone(self, papers: Sequence[PaperReport]) -> list[PaperReport]:
        """The papers that were not done before; the others are counted."""
        if not self.ledger.has_done():  # as when an archive is first exported
            return list(papers)
        done = self.ledger.done([self._mark(paper) for paper in papers])
        for counts in filter(None, done):
            self._papers.update(counts["papers"])
        return [paper for paper, counts in zip(papers, done, strict=True) if not counts]

    def summary(self, paper: PaperReport) -> Summary | None:
        """The summary of a paper as it stands; None while an answer is missing."""
        self._pending, self._opening = None, False
        try:
            summary = self.look_again(paper)
        except _NoAnswerYetError as missing:
            self._papers[str(missing)] += 1
            return None
        self._papers[summary.state] += 1
        if summary.state in _DONE:
            self._fresh.append((paper, summary.state))
        if summary.failure:
            self._failures.append((paper.id, summary.failure))
        return summary

    def look_again(self, paper: PaperReport) -> Summary:
        """The summary of a paper that is counted already."""
        return summarise_paper(
            paper, self._complete, prompts=self._prompts, glossary=self._glossary
        )

    def wait(self) -> None:
        """Count the opening of an issue whose papers are not done."""
        self._openings["not_yet"] += 1

    def opening(
        self,
        summaries: Sequence[Summary],
        digests: Sequence[Digest],
        *,
        week: str | None = None,
        day: str | None = None,
    ) -> None:
        """Count the opening of an issue whose papers are done; its request may be missing."""
        self._pending, self._opening = None, True
        period: Any = {"week": week} if week else {"day": day}
        issue = roundup(summaries, self._complete, prompts=self._prompts, digests=digests, **period)
        if week:
            with_tables(issue, self._complete, prompts=self._prompts)
        flagged = needs_a_person(issue.findings)
        state = "failed" if issue.failure else "flagged" if flagged else "verified"
        self._openings[self._pending or state] += 1
        if self._pending is None and issue.failure:
            self._failures.append((issue.period, issue.failure))

    def _mark(self, paper: PaperReport) -> str:
        """What stands for a paper and for all that its request and its checks are made from."""
        whole = self._made_from.copy()
        text = "".join(block.text for block in paper.blocks)
        told = f"{paper.path}\0{paper.first_line}\0{paper.id}\0{paper.title}\0{text}"
        whole.update(told.encode("utf-8", "replace"))
        return whole.hexdigest()

    def _complete(self, request: Request) -> Response:
        """The stored answer; a request without one is noted, unless it is given up or out."""
        if request.fresh:
            raise NotStored(f"{request.prompt} {request.subject}: asked often enough")
        frame = self._framed(request)
        words = words_of(request)
        key = frame.key(words)
        found = self._store.get(key)
        if found is None:
            self._note(request, key, words, frame)
            if not self._opening:
                raise _NoAnswerYetError(self._pending)
            # The tables of an issue need no opening: their request leaves with its own.
            raise NotStored(f"{request.prompt} {request.subject}: no answer yet")
        return found

    def _framed(self, request: Request) -> Frame:
        if self._frame is None or not self._frame.fits(request):
            engine = self._engine
            self._frame = frame_of(request, model=engine.model, mode=engine.mode)
        return self._frame

    def _note(self, request: Request, key: str, words: bytes, frame: Frame) -> None:
        engine = self._engine
        verdict = self.ledger.verdict(key, mode=engine.mode, retries=engine.retries)
        if verdict.state == "given up":
            raise NotStored(f"{request.prompt} {request.subject}: given up: {verdict.why}")
        states = {
            "new": "to_reask" if request.again else "to_ask",
            "again": "to_retry",
            "out": "out",
        }
        self._pending = states[verdict.state]
        if verdict.state != "out":
            late = self._opening or request.again or verdict.state == "again"
            asked = (key, request.prompt, request.subject, engine.model, engine.mode)
            line = frame.line(words, key)
            self._missing.append(Exported(Asked(*asked, frame.messages(request)), line, late))
