"""Names of benchmarks: one spelling for each, and the places where a text names them; pure.

`SWE-Bench-Verified` is SWE-bench Verified and `AIME25` is AIME 2025, but SWE-bench Lite, AIME 2024
and VBench-Long are benchmarks of their own. The known names are data, in `benchmarks.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources

from .models import Frozen
from .once import once

_IGNORED = re.compile(r"[\s_'’()（）-]+")
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*[(（](?P<part>[^()（）]+)[)）]\s*\Z")
_PART_AFTER = re.compile(r"[*\s]*[(（](?P<part>[^()（）]{1,24})[)）]")
_PARTS = {
    "文本子集": "text-only subset",
    "子集": "subset",
    "测试集": "test set",
    "验证集": "validation set",
    "训练集": "training set",
    "英文": "English",
    "英语": "English",
    "中文": "Chinese",
}
_LATIN_PART = re.compile(r"[A-Za-z][A-Za-z .-]*\Z")
_BEFORE = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][-_])"
_AFTER = (
    r"(?![A-Za-z0-9²]|[-_+][A-Za-z0-9+]|\+)"
    r"(?!\s?(?:Pro|Plus|Lite|Verified|Multilingual|Multimodal|Hard|Mini|Long|[Vv]\d)\b)"
    r"(?!\s[1-9]\.0(?!\d))"
)
_BENCH_LIKE = (
    r"[A-Z][A-Za-z0-9.]*(?:[-_][A-Z][A-Za-z0-9.]*)*-?[Bb]ench(?:mark|\+\+)?(?:-[A-Za-z0-9]+)*"
)
_DENIED = re.compile(r"(?:未在|没有在|并未|不同于|区别于)[^。；;]*\Z")
"""What makes a name one of a benchmark that was not used: 未在传统数据集（如 ImageNet）上."""
_SHORT_CAPITALS = 6
"""A name of so few letters, all capitals, is only meant in capitals: MATH, not Math."""


class Name(Frozen):
    """A benchmark's name as tables print it, and the part of it that was used, where one is named."""

    name: str
    part: str = ""


class Mention(Frozen):
    """A place where a line names a benchmark."""

    name: str
    part: str
    spelled: str


def same_benchmark(name: str) -> str:
    """The key under which two spellings of a benchmark are equal."""
    return _IGNORED.sub("", name).casefold().removesuffix("benchmark")


def read_name(text: str) -> Name:
    """The benchmark that a text names: `GAIA (text-only subset)` → GAIA and its part."""
    known = _known()
    if whole := known.get(same_benchmark(text)):
        return Name(name=whole)
    match = _IN_BRACKETS.match(text)
    if match and (head := known.get(same_benchmark(match["name"]))):
        return Name(name=head, part=match["part"].strip())
    return Name(name=text)


def mentions_in(text: str, also: Iterable[str] = ()) -> list[Mention]:
    """Every benchmark named in a line of a report: known names, those of `also`, and any `…Bench`."""
    return list(_mentions(text, _pattern(tuple(sorted(set(also))))))


def _mentions(text: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        if _DENIED.search(text, 0, match.start()):
            continue
        read = read_name(match.group())
        yield Mention(name=read.name, part=_part_after(text, match.end()), spelled=match.group())


def _part_after(text: str, end: int) -> str:
    """The part that stands in brackets behind a name, where its English is certain."""
    match = _PART_AFTER.match(text, end)
    if match is None:
        return ""
    part = match["part"].strip()
    return part if _LATIN_PART.match(part) else _PARTS.get(part, "")


@once
def _catalogue() -> tuple[tuple[str, ...], dict[str, str]]:
    data = resources.files(__package__).joinpath("benchmarks.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(data)
    return tuple(tables["names"]), tables["aliases"]


@once
def _known() -> dict[str, str]:
    names, aliases = _catalogue()
    return {same_benchmark(name): name for name in names} | {
        same_benchmark(alias): name for alias, name in aliases.items()
    }


@once
def _pattern(also: tuple[str, ...]) -> re.Pattern[str]:
    names, aliases = _catalogue()
    longest_first = sorted({*names, *aliases, *also}, key=lambda name: (-len(name), name))
    alternatives = "|".join([*map(_spellings, longest_first), _BENCH_LIKE])
    return re.compile(f"{_BEFORE}(?:{alternatives}){_AFTER}")


def _spellings(name: str) -> str:
    """A pattern for a name with or without its blanks and hyphens."""
    loose = r"[\s_–-]*".join(re.escape(part) for part in re.split(r"[\s_-]+", name))
    exact = name.isupper() and len(name) <= _SHORT_CAPITALS
    return loose if exact else f"(?i:{loose})"
