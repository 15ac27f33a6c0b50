"""How the rules of the checks make their findings."""

from __future__ import annotations

from digestlib.fidelity.cases import Case
from digestlib.models import Finding, Quantity, Severity


def finding(
    case: Case,
    rule: str,
    severity: Severity,
    message: str,
    *,
    target: tuple[int, int] | None = None,
    span: tuple[int, int] | None = None,
    suggestion: str | None = None,
) -> Finding:
    """A finding whose source span is turned into a line of the source and offsets within it."""
    source, line, start = case.source, None, 0
    if span is not None:
        start = source.rfind("\n", 0, span[0]) + 1
        line = source.count("\n", 0, span[0]) + 1
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        source_line=line,
        source_text=source[slice(*span)] if span else "",
        source_span=(span[0] - start, span[1] - start) if span else None,
        target_text=case.text[slice(*target)] if target else "",
        target_span=target,
        suggestion=suggestion,
    )


def about(
    case: Case,
    rule: str,
    severity: Severity,
    message: str,
    source_quantity: Quantity,
    target_quantity: Quantity,
    suggestion: str | None = None,
) -> Finding:
    """A finding about an English figure and the Chinese one it stands for."""
    return finding(
        case,
        rule,
        severity,
        f"{message}: {source_quantity.text} / {target_quantity.text}",
        target=(target_quantity.start, target_quantity.end),
        span=(source_quantity.start, source_quantity.end),
        suggestion=suggestion,
    )
