"""The public names of the library for the reference: signatures and what the docstrings say."""

from __future__ import annotations

import inspect
from typing import Any

import digestlib

from .json_forms import described_models

COMPLETE = "`Callable[[Request], Response]`: whatever answers a request."


def python_names() -> str:
    """Functions, then classes."""
    public = {name: getattr(digestlib, name) for name in digestlib.__all__ if name[0] != "_"}
    functions = {name: each for name, each in public.items() if inspect.isfunction(each)}
    parts = [f"### dl.{name}\n\n{_function(name, each)}" for name, each in functions.items()]
    rows = [f"| `{name}` | {_class(public[name])} |\n" for name in public if name not in functions]
    return "\n".join([*parts, "### Classes\n\n| name | is |\n| --- | --- |\n" + "".join(rows)])


def _function(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    shown, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            shown, starred = [*shown, "*"], True
        shown.append(_parameter(parameter))
    lines = "".join(f"    {part},\n" for part in shown)
    about = inspect.getdoc(function)
    return f"```\n{name}(\n{lines}) -> {signature.return_annotation}\n```\n\n{about}\n"


def _parameter(parameter: inspect.Parameter) -> str:
    star = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
    said = f"{star}{parameter.name}: {parameter.annotation}"
    if parameter.default is parameter.empty:
        return said
    default = {} if parameter.default == {} else parameter.default
    return f"{said} = {default!r}"


def _class(kind: Any) -> str:
    if not inspect.isclass(kind):
        return COMPLETE
    about = (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")
    fields = f" [Its fields](#{kind.__name__.lower()})." if kind in described_models() else ""
    return about + fields
