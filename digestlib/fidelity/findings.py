"""How the rules of the checks make their findings."""

from __future__ import annotations

from digestlib.models import Finding, Quantity, Severity


def finding(
    rule: str,
    severity: Severity,
    message: str,
    *,
    target: tuple[int, int] | None = None,
    text: str = "",
    span: tuple[int, int] | None = None,
    source: str = "",
    suggestion: str | None = None,
) -> Finding:
    """A finding whose source span is turned into a line of the source and offsets within it."""
    line, start = None, 0
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
        target_text=text[slice(*target)] if target else "",
        target_span=target,
        suggestion=suggestion,
    )


def about(
    rule: str,
    severity: Severity,
    message: str,
    source_quantity: Quantity,
    target_quantity: Quantity,
    source: str,
    text: str,
    suggestion: str | None = None,
) -> Finding:
    """A finding about an English figure and the Chinese one it stands for."""
    return finding(
        rule,
        severity,
        f"{message}: {source_quantity.text} / {target_quantity.text}",
        target=(target_quantity.start, target_quantity.end),
        text=text,
        span=(source_quantity.start, source_quantity.end),
        source=source,
        suggestion=suggestion,
    )
