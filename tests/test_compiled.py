"""Patterns that were kept are those that `re` would compile."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from pathlib import Path

import pytest

import digestlib.fidelity
import digestlib.quantities
import digestlib.reports
from digestlib.cli.compiled import Patterns, Remembering
from tests.command import run_in
from tests.reference_answers import REPORTS

COMPILER = importlib.import_module("re._compiler")


def all_patterns() -> list[re.Pattern[str]]:
    """Those that stand alone in the modules with most of them."""
    packages = (digestlib.fidelity, digestlib.quantities, digestlib.reports)
    names = [
        name
        for package in packages
        for _, name, _ in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    ]
    found = [value for name in names for value in vars(importlib.import_module(name)).values()]
    return [value for value in found if isinstance(value, re.Pattern)]


def test_a_pattern_that_was_kept_is_the_one_that_is_compiled(tmp_path: Path) -> None:
    patterns = all_patterns()
    before = Remembering(COMPILER, Patterns(tmp_path / "kept"))
    made = [before(each.pattern, each.flags) for each in patterns]
    before.patterns.save()
    after = Remembering(COMPILER, kept := Patterns(tmp_path / "kept"))
    assert all(kept.get((each.pattern, each.flags)) for each in patterns)
    assert made == patterns == [after(each.pattern, each.flags) for each in patterns]
    assert len(patterns) > 200


def test_a_pattern_with_names_keeps_them(tmp_path: Path) -> None:
    remembering = Remembering(COMPILER, Patterns(tmp_path / "kept"))
    for _ in range(2):
        match = remembering(r"(?P<n>\d+)(x)?(?P<unit>万|亿)", 0).fullmatch("30万")
        assert match.groupdict() == {"n": "30", "unit": "万"}
        assert (match.lastgroup, match.re.groups) == ("unit", 3)


@pytest.mark.parametrize("spoil", [lambda kept: kept[:-9], lambda kept: kept[:-9] + b"012345678", lambda _: b""], ids=["cut", "changed", "empty"])  # fmt: skip
def test_a_spoiled_file_is_compiled_anew(tmp_path: Path, spoil: object) -> None:
    assert callable(spoil)
    first = Remembering(COMPILER, Patterns(tmp_path / "kept"))
    first("近(30)万", 0)
    first.patterns.save()
    (tmp_path / "kept").write_bytes(spoil((tmp_path / "kept").read_bytes()))
    again = Remembering(COMPILER, Patterns(tmp_path / "kept"))
    assert again("近(30)万", 0) == re.compile("近(30)万")
    again.patterns.save()
    assert Patterns(tmp_path / "kept").get(("近(30)万", 0)) is not None


def test_a_second_run_compiles_and_writes_nothing(tmp_path: Path) -> None:
    settings = {"XDG_CACHE_HOME": str(tmp_path)}
    command = ["parse", str(REPORTS / "2026-01-07.md"), "--json"]
    first = run_in(tmp_path, *command, **settings)
    (kept,) = (tmp_path / "digestlib").iterdir()
    written = kept.stat().st_mtime_ns
    assert run_in(tmp_path, *command, **settings).out == first.out
    assert kept.stat().st_mtime_ns == written
    assert sys.implementation.cache_tag in kept.name


def test_where_nothing_can_be_kept_all_goes_on(tmp_path: Path) -> None:
    (tmp_path / "digestlib").write_text("a file, and no folder", encoding="utf-8")
    command = ["parse", str(REPORTS / "2026-01-07.md")]
    done = run_in(tmp_path, *command, XDG_CACHE_HOME=str(tmp_path))
    assert (done.code, done.err) == (0, "")
