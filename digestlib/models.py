"""The nouns of digestlib: frozen, validated, and printable as JSON.

In the order the data passes: the report as read, its quantities, the summary of a paper; the
week and its tables are in `editions`. Line numbers are 1-based and point into the file; spans are
half-open character offsets within one line.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1"
EDITOR_HEADING = "For the editor: take out before sending"
"""Below it a draft holds what is not sent; a text that has it is a draft, not a report."""
NOTHING = "—"
"""What a cell of a table prints that has nothing to print."""

SectionName = Literal["area", "contribution", "usage", "innovations", "results"]
SECTION_NAMES: tuple[SectionName, ...] = ("area", "contribution", "usage", "innovations", "results")

Topic = Literal[
    "language-models",
    "reasoning",
    "agents",
    "post-training",
    "multimodal",
    "image-generation",
    "video-generation",
    "vision-3d",
    "robotics",
    "audio",
    "retrieval-memory",
    "code",
    "efficiency",
    "evaluation",
    "safety",
    "science",
]
TOPIC_TITLES: dict[Topic, str] = {
    "language-models": "Language models and architectures",
    "reasoning": "Reasoning and mathematics",
    "agents": "Agents and tool use",
    "post-training": "Post-training and reinforcement learning",
    "multimodal": "Multimodal understanding",
    "image-generation": "Image generation and editing",
    "video-generation": "Video generation and world models",
    "vision-3d": "3D and computer vision",
    "robotics": "Robotics and embodied AI",
    "audio": "Speech, audio and music",
    "retrieval-memory": "Retrieval, recommendation and memory",
    "code": "Code and software engineering",
    "efficiency": "Efficiency and systems",
    "evaluation": "Benchmarks and evaluation",
    "safety": "Safety and interpretability",
    "science": "Science, health and applications",
}

AvailabilityStatus = Literal["open", "partial", "promised", "project_page", "closed", "not_stated"]

AVAILABILITY: dict[AvailabilityStatus, str] = {
    "open": "Open",
    "partial": "Partly open",
    "promised": "Promised",
    "project_page": "Project page",
    "closed": "Closed",
    "not_stated": "Not stated",
}

QuantityKind = Literal[
    "percent",
    "percentage_points",
    "points",
    "multiplier",
    "fraction",
    "count",
    "magnitude",
    "measure",
    "ordinal",
    "date",
    "ratio",
    "dimension",
    "out_of",
    "number",
]
FigureKind = Literal["absolute", "change", "ratio", "setting"]
Bound = Literal["about", "nearly", "over", "at_least", "under", "at_most", "up_to"]
Severity = Literal["critical", "major", "minor"]
SummaryState = Literal["verified", "flagged", "failed"]


class Frozen(BaseModel):
    """A value: immutable, no unknown fields, no NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


# ---------------------------------------------------------------- the report as read


class Problem(Frozen):
    """Something in a report that could not be placed or looks damaged; nothing is dropped for it."""

    code: str
    message: str
    path: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


class Line(NamedTuple):
    """One line of the file, without its line ending."""

    number: int
    text: str


class Block(Frozen):
    """A run of a paper's text; a paper's blocks, joined, are the paper's text, each character once."""

    kind: Literal["head", "inner_title", "unplaced"] | SectionName
    text: str
    first_line: int
    last_line: int


class Section(Frozen):
    """One of the five parts: its text without the heading; a missing part is empty, without lines."""

    text: str = ""
    first_line: int | None = None
    last_line: int | None = None


class Sections(Frozen):
    """The five parts of a paper's report, in the order of the report form."""

    area: Section = Section()
    contribution: Section = Section()
    usage: Section = Section()
    innovations: Section = Section()
    results: Section = Section()


class PaperReport(Frozen):
    """What one daily report says of one paper, in Chinese."""

    id: str
    """arXiv id such as `2512.23576`; where the report has none, `2026-01-07-line-N` after its heading."""
    title: str
    url: str | None
    source_kind: Literal["html", "abstract", "unknown"]
    date: dt.date | None
    path: str
    first_line: int
    last_line: int
    blocks: tuple[Block, ...]
    sections: Sections

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the paper, from its heading on, numbered as in the file."""
        text = "".join(block.text for block in self.blocks).removesuffix("\n")
        return tuple(map(Line._make, enumerate(text.split("\n"), self.first_line)))

    def line(self, number: int) -> str:
        """The text of the line with that number; raises `KeyError` outside the paper."""
        if not self.first_line <= number <= self.last_line:
            raise KeyError(number)
        return self.lines[number - self.first_line].text


class Digest(Frozen):
    """One daily report."""

    date: dt.date | None
    source_url: str | None
    path: str
    encoding: str
    preamble: str = ""
    """The text above the first paper; with no paper, all of it."""
    papers: tuple[PaperReport, ...]
    problems: tuple[Problem, ...]


# ---------------------------------------------------------------- quantities


class Quantity(Frozen):
    """A figure found in text: what it says, where, and how English prints it."""

    id: str
    """`q1`, `q2`, … in the order of the text."""
    text: str
    start: int
    end: int
    line: int
    """1-based line of the text that was searched; for a paper, the line of the file."""
    value: Annotated[Decimal | tuple[Decimal, Decimal] | None, Field(union_mode="left_to_right")]
    """In the base of `unit`; (low, high) for a range; None for vague ones (数千, 几分钟)."""
    unit: str = ""
    kind: QuantityKind
    bound: Bound | None = None
    english: str
    """As printed, with the qualifier: `nearly 300,000`."""
    bare: str
    """As printed, without the qualifier: `300,000`."""
    noun: str = ""
    """The counted noun in Chinese that stands right behind it and is not printed, e.g. 帧."""


class Finding(Frozen):
    """Something about a statement that a person should look at."""

    rule: str
    severity: Severity
    message: str
    where: str = ""
    """Which statement, as a path: `results[0].finding`."""
    source_line: int | None = None
    source_text: str = ""
    source_span: tuple[int, int] | None = None
    target_text: str = ""
    target_span: tuple[int, int] | None = None
    suggestion: str | None = None


class TermConflict(Frozen):
    """A term that papers render in different ways: each way with the ids of its papers."""

    chinese: str
    ways: tuple[tuple[str, tuple[str, ...]], ...]


class Remark(Frozen):
    """A finding on one line of a file that was checked, with the report it was checked against."""

    line: int
    path: str
    """The report's; empty where the finding is not about one."""
    finding: Finding


# ---------------------------------------------------------------- the summary of a paper


class Claim(Frozen):
    """An English statement and the line numbers of the report that it rests on."""

    text: str
    sources: tuple[int, ...]


class Usage(Frozen):
    """How one would use the method; empty where the report does not say."""

    inputs: tuple[Claim, ...]
    outputs: tuple[Claim, ...]
    workflow: tuple[Claim, ...]
    requirements: tuple[Claim, ...]


class Availability(Frozen):
    """Whether code, weights or data can be had, as the report states it."""

    status: AvailabilityStatus
    note: Claim | None


class Innovation(Frozen):
    """One of the report's main innovations."""

    name: str
    explanation: Claim


class SystemFigure(Frozen):
    """One figure of a result: whose it is, on what, and what sort of figure."""

    system: str
    benchmark: str | None
    """Benchmark, data set or task as named."""
    metric: str | None
    value: str
    """The figure, or a few words where the report compares without one."""
    kind: FigureKind
    against: str | None
    """For a change or a ratio: what it is measured against."""
    note: str | None

    @property
    def beside(self) -> str:
        """What stands in brackets behind the value: `against Qwen3-8B; on the test split`."""
        against = f"against {self.against}" if self.against else None
        return "; ".join(part for part in (against, self.note) if part)


class Result(Frozen):
    """One finding of the experiments with its figures."""

    finding: Claim
    figures: tuple[SystemFigure, ...]


class Doubt(Frozen):
    """A translator's note to the editor on a place that is ambiguous or contradicts itself."""

    line: int
    note: str


class PaperSummary(Frozen):
    """What the model fills for one paper; the same shape again once code has printed the figures.

    As answered, figures are references (`{q3}`, `{q3.bare}`); as printed, they are English.
    """

    paper_id: str
    headline: Claim
    tldr: Claim
    problem: Claim | None
    why_it_matters: Claim | None
    topic: Topic
    tags: tuple[str, ...]
    usage: Usage
    availability: Availability
    innovations: tuple[Innovation, ...]
    results: tuple[Result, ...]
    scope: Claim | None
    caveats: tuple[Claim, ...]
    doubts: tuple[Doubt, ...]


class PrintedFigure(Frozen):
    """The trace of one figure in print: where it stands and which source span it is."""

    where: str
    """Path of the string: `results[0].figures[1].value`."""
    start: int
    end: int
    text: str
    paper_id: str
    quantity: str
    line: int
    span: tuple[int, int]
    source: str
    """The Chinese it stands for: `近30万个`."""
    typed: bool = False
    """True when the model typed it and code found it in the report."""


class Provenance(Frozen):
    """Which answer a text was made from, whenever that was given: a resumed run says the same."""

    model: str
    prompt: str
    """`summary/v1`."""
    request_key: str
    prompt_tokens: int | None
    completion_tokens: int | None


class Summary(Frozen):
    """One paper of the digest in English: verified, flagged or failed, never dropped."""

    id: str
    title: str
    hf_url: str | None
    arxiv_url: str | None
    date: dt.date | None
    path: str
    first_line: int
    source_kind: Literal["html", "abstract", "unknown"]
    state: SummaryState
    failure: str | None = None
    """Why there is no summary, when `state` is `failed`."""
    summary: PaperSummary | None = None
    """As printed."""
    quantities: tuple[Quantity, ...] = ()
    """Every figure of the paper's report, referred to by `figures`."""
    figures: tuple[PrintedFigure, ...] = ()
    results_figures: int = 0
    """Figures in the report's results part."""
    results_told: int = 0
    """Those of them that the summary prints."""
    findings: tuple[Finding, ...] = ()
    provenance: Provenance | None = None
    content_hash: str = ""
    """SHA-256 of the five parts' text; equal for a report that only repeats another."""
    update_of: dt.date | None = None
    """The earlier day on which another report had this paper, when this one differs."""
