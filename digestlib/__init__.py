"""Chinese Hugging Face Daily Papers reports to an English newsletter draft.

The model never types a figure: it points at one, and code prints it.

    import digestlib as dl

    digests = dl.load("examples/reports")
    complete = dl.connect(replay="cassettes")
    summaries = dl.summarise(digests, complete)
    week = dl.roundup(summaries, complete, week="2026-W01")
    print(dl.render(week, "md"))

Names load on first use, so that `import digestlib` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .comparison import compare
    from .drafts import render, render_papers
    from .editions import Comparison, Roundup
    from .endpoints import connect
    from .errors import DigestError
    from .fidelity import check
    from .glossary import load_glossary
    from .llm import Complete, Request, Response
    from .models import (
        Claim,
        Digest,
        Finding,
        PaperReport,
        PaperSummary,
        Problem,
        Quantity,
        Summary,
    )
    from .prompts import Prompts
    from .quantities import find_quantities
    from .reports import load, parse_digest
    from .roundups import roundup
    from .summaries import summarise, summary_request

__version__ = "0.1.0"

_HOMES = {
    "Claim": "models",
    "Comparison": "editions",
    "Complete": "llm",
    "Digest": "models",
    "DigestError": "errors",
    "Finding": "models",
    "PaperReport": "models",
    "PaperSummary": "models",
    "Problem": "models",
    "Prompts": "prompts",
    "Quantity": "models",
    "Request": "llm",
    "Response": "llm",
    "Roundup": "editions",
    "Summary": "models",
    "check": "fidelity",
    "compare": "comparison",
    "connect": "endpoints",
    "find_quantities": "quantities",
    "load": "reports",
    "load_glossary": "glossary",
    "parse_digest": "reports",
    "render": "drafts",
    "render_papers": "drafts",
    "roundup": "roundups",
    "summarise": "summaries",
    "summary_request": "summaries",
}

__all__ = [
    "Claim",
    "Comparison",
    "Complete",
    "Digest",
    "DigestError",
    "Finding",
    "PaperReport",
    "PaperSummary",
    "Problem",
    "Prompts",
    "Quantity",
    "Request",
    "Response",
    "Roundup",
    "Summary",
    "__version__",
    "check",
    "compare",
    "connect",
    "find_quantities",
    "load",
    "load_glossary",
    "parse_digest",
    "render",
    "render_papers",
    "roundup",
    "summarise",
    "summary_request",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
