"""The JSON that the commands print and write, described: from the models, else from a run."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import json
import re
import tempfile
import types
from collections.abc import Iterator
from contextlib import chdir
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from click.testing import CliRunner
from pydantic import BaseModel

from digestlib.cli import main
from digestlib.decisions import Decisions
from digestlib.differences.drafts import Differences
from digestlib.editions import Roundup
from digestlib.planning import Plan
from digestlib.trends import Trends

from .batch_engine import all_answered
from .batch_server import BatchServer
from .reference_answers import REPORTS

ROOTS: tuple[tuple[type[BaseModel], str], ...] = (
    (Roundup, "`week.json`, as `week` and `day` write it. A list of its `Summary` is what `papers --format json` prints."),
    (Decisions, "The file that `review.html` exports, for `--decisions`."),
    (Differences, "`diff --json`"),
    (Plan, "`plan --json`"),
    (Trends, "`trends --format json`, with a `schema_version`"),
)  # fmt: skip
DAY = str(REPORTS / "2026-01-07.md")
RUNS = {
    "`week`, `day`, `papers`, `compare` and `charts` with `--json`": ["papers", DAY, "--limit", "1", "--json", "--quiet"],
    "`parse --json`": ["parse", DAY, "--json"],
    "`compare --format json`": ["compare", DAY, "--format", "json", "--index-only", "--quiet"],
    "`check --json`": ["check", "draft.md", DAY, "--json"],
    "`batch export --json`; `batch status --json` has no `outputs`": ["batch", "export", DAY, "--model", "m", "--json"],
    "`batch submit --json` and `batch fetch --json`": ["batch", "fetch", "--wait", "--every", "0.01", "--json"],
    "`batch import --json`": ["batch", "import", "batch/results", "--json"],
    "`runs --json`": ["runs", "--json"],
}  # fmt: skip
DRAFT = "[WebGym](https://huggingface.co/papers/2601.02439) has nearly 30,000 tasks.\n"
NAMES = {
    **{int: "number", float: "number", Decimal: "number as text"},
    **{str: "text", bool: "true or false", dt.date: "day", type(None): "null"},
}


def json_forms() -> str:
    """A section for each document."""
    described: set[type[BaseModel]] = set()
    parts = ["Any value that is missing is `null`; `…` stands for more of the same.\n"]
    parts += [f"### {name}\n\n{_shown(shape)}" for name, shape in _shapes()]
    for root, what in ROOTS:
        parts.append(f"### {root.__name__}\n\n{what.removesuffix('.')}.\n\n{_fields(root)}")
        described.add(root)
        for model in _below(root, described):
            about = inspect.getdoc(model) or ""
            parts.append(f"#### {model.__name__}\n\n{about.split(chr(10))[0]}\n\n{_fields(model)}")
    return "\n".join(parts)


def described_models() -> set[type[BaseModel]]:
    """The models whose fields are in a section of their own."""
    roots = [root for root, _ in ROOTS]
    return {model for root in roots for model in (root, *_below(root, set()))}


def _shapes() -> Iterator[tuple[str, Any]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        chdir(folder),
        BatchServer(all_answered) as server,
    ):
        Path("draft.md").write_text(DRAFT, encoding="utf-8")
        endpoint = ["--base-url", server.url]
        for name, arguments in RUNS.items():
            if arguments[1] == "fetch":
                _run(["batch", "submit", *endpoint])
                arguments = [*arguments, *endpoint]
            if arguments[1] == "import":
                arguments = [*arguments[:2], *map(str, Path("batch/results").iterdir()), "--json"]
            if arguments[0] == "runs":
                _run(["papers", DAY, "--limit", "1", "--store", "digest.db", "--replay"])
            yield name, json.loads(_run(arguments))


def _run(arguments: list[str]) -> str:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code in (0, 5), done.stderr
    return done.stdout


def _shown(document: Any) -> str:
    return f"```\n{json.dumps(_shape(document), indent=2, ensure_ascii=False)}\n```\n".replace(
        '"<', ""
    ).replace('>"', "")


def _shape(value: Any) -> Any:
    """The value with types for values; of a list only what its entries have in common."""
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_shape(_richest(value)), "<…>"] if value else []
    return f"<{NAMES[type(value)]}>"


def _richest(values: list[Any]) -> Any:
    """The longest value; of entries with keys, one with the longest for each key."""
    if not all(isinstance(value, dict) for value in values):
        return max(values, key=lambda value: len(str(value)))
    names = dict.fromkeys(name for value in values for name in value)
    return {name: _richest([value[name] for value in values if name in value]) for name in names}


def _below(model: type[BaseModel], described: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """The models of a model's fields that are not described yet, in depth."""
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            if inner not in described:
                described.add(inner)
                yield inner
                yield from _below(inner, described)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _fields(model: type[BaseModel]) -> str:
    notes = _notes(model)
    rows = [
        f"| `{name}` | {_type(field.annotation)} | {notes.get(name, '')} |\n"
        for name, field in model.model_fields.items()
    ]
    return "| field | type | |\n|---|---|---|\n" + "".join(rows)


def _notes(model: type[BaseModel]) -> dict[str, str]:
    """The strings that stand below fields in the source."""
    (body,) = ast.parse(inspect.cleandoc("\n" + inspect.getsource(model))).body
    assert isinstance(body, ast.ClassDef)
    return {
        field.target.id: re.sub(r"\bNone\b", "null", " ".join(note.value.value.split()))
        for field, note in zip(body.body, body.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(note, ast.Expr)
        and isinstance(note.value, ast.Constant)
    }


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f'`"{value}"`' for value in inner)
    if origin is tuple and inner[-1] is ...:
        return f"list of {_type(inner[0])}"
    if origin is tuple:
        return f"[{', '.join(_type(each) for each in inner)}]"
    if origin is dict:
        return f"{_type(inner[1])} for each key"
    if origin is types.UnionType or origin is not None:
        return " or ".join(_type(each) for each in inner)
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return NAMES[annotation]
