"""How a line can name one of the five parts, in every dialect we know or expect.

Everything here looks at a single line and at no more than its first characters, so that the
cost of a line is bounded whatever it holds. Whether a line that *can* be a heading *is* one
is decided from its neighbours, in `report_papers` and `report_parts`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..models import SectionName
from .fields import fold
from .lines import View, see

StyleKind = Literal["hash", "number", "bold", "plain", "quote", "bullet", "sentence"]
Style = tuple[StyleKind, int]

PART_TITLES: dict[SectionName, str] = {
    "area": "应用领域",
    "contribution": "一句话核心贡献",
    "usage": "使用指南",
    "innovations": "主要创新点",
    "results": "实验效果",
}


class PartHeading(NamedTuple):
    """A line that names one of the five parts the way a heading would."""

    part: SectionName
    exact: bool
    """Whether it is the name of the report form, not a synonym."""
    style: Style
    """How it is marked, with the level of its `#` or the columns of its indentation."""
    number: int | None
    inline: str
    """The part's text that stands on the heading line."""


def part_heading(line: str, view: View | None = None) -> PartHeading | None:
    """Read a line as a part's heading, or return None when it only uses the words."""
    view = view or see(line)
    prefix = view.text[:_PREFIX_CHARS]
    if len(prefix) <= 40 and _SPACED.match(prefix):
        return part_heading(_CLOSED_UP.sub("", prefix))
    if not _START.match(prefix):
        return None
    match = _PART.match(fold(prefix))
    if not match:
        return None
    end = _end(match)
    rest = view.text[end:]
    if not _is_closed(match, rest, match.string[match.end("body") : end]):
        return None
    style = _style(match, view.indent, bool(rest.strip("# *_")))
    name = " ".join(match["name"].lower().replace("-", " ").split())
    part, exact = _NAMES[name]
    return PartHeading(
        part=part,
        exact=exact and not match["before"] and not match["after"],
        style=("quote", _STYLES.index(style[0]) * 100 + min(style[1], 99))
        if view.quoted
        else style,
        number=read_number(match["number"] or match["number_in_brackets"] or match["digit"]),
        inline=_inline(line[view.origin(end) :] if rest else "", match, view.table),
    )


def unquoted(heading: PartHeading) -> PartHeading:
    """The heading as it would be without a quote mark before it."""
    kind, depth = heading.style
    if kind != "quote":
        return heading
    return heading._replace(style=(_STYLES[depth // 100], depth % 100))


def read_number(text: str | None) -> int | None:
    """The value of a heading's number: `3`, `三`, `III`, `c`; None without one."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if text.upper() in _ROMAN:
        return _ROMAN.index(text.upper()) + 1
    if len(text) == 1 and text.lower() in "abcde":
        return "abcde".index(text.lower()) + 1
    return _CHINESE.index(text[-1]) + 1 if text[-1] in _CHINESE else None


def leading_number(line: str) -> int | None:
    """The number that a line at the margin starts with, as a heading would: `### 6. 局限性`."""
    match = _NUMBERED.match(fold(see(line[:80]).text[:40]))
    return read_number(match["number"] or match["number_in_brackets"]) if match else None


# ---------------------------------------------------------------- names

_PREFIX_CHARS = 120

_STYLES: tuple[StyleKind, ...] = ("hash", "number", "bold", "plain", "bullet", "sentence")
_CHINESE = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_SYNONYMS: dict[SectionName, str] = {
    "area": "应用场景 应用方向 应用范围 研究领域 研究方向 所属领域 适用领域 适用场景 领域"
    "|application area|application areas|application domain|application domains|applications"
    "|application field|application fields|application scenarios|research area|field|domain",
    "contribution": "核心贡献 主要贡献 一句话贡献 一句话总结 一句话概括 一句话概述 一句话介绍"
    " 一句话简介 贡献|one sentence core contribution|one sentence contribution"
    "|one sentence summary|core contribution|core contributions|main contribution"
    "|main contributions|key contribution|key contributions|contribution|contributions|tl;dr",
    "usage": "使用方法 使用说明 使用方式 使用指引 使用教程 使用流程 应用指南 操作指南 如何使用 用法"
    "|usage guide|usage guidelines|user guide|how to use|usage",
    "innovations": "主要创新 核心创新点 核心创新 关键创新点 关键创新 技术创新点 技术创新 创新之处"
    " 创新点 创新|main innovations|main innovation points|key innovations|core innovations"
    "|innovations|innovation|novelty",
    "results": "实验结果 实验表现 实验结论 实验性能 实验评估 实验成果 主要实验结果 主要结果 性能表现"
    " 效果评估 效果 结果 实验|experimental results|experiment results|main results|experiments"
    "|results|evaluation|performance",
}
_NAMES: dict[str, tuple[SectionName, bool]] = {
    name: (part, False)
    for part, names in _SYNONYMS.items()
    for name in names.split("|")[0].split() + names.split("|")[1:]
} | {title: (part, True) for part, title in PART_TITLES.items()}


def _alternatives(names: list[str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", r"[ \-]") for name in longest_first)


# ---------------------------------------------------------------- headings

_CORES = "领域 領域 应用场 應用場 应用方 應用方 应用范 應用範 应用指 應用指 研究方 适用场 適用場 贡献 貢獻"
_CORES += " 一句话 一句話 使用 操作指南 用法 创新 創新 实验 實驗 效果 结果 結果 性能表现 性能表現"
_FIRST = "".join(sorted({core[0] for core in _CORES.split()}))
_CHINESE_START = (
    rf"[^一-龥]{{0,40}}+(?:(?:第\d|(?:第|步骤|步驟)?[{_CHINESE}]{{1,2}}|步骤|步驟)"
    rf"(?:部分|节|節|章|项|項)?[^一-龥]{{1,6}})?"
    rf"[一-龥]{{0,6}}?(?=[{_FIRST}])(?:{'|'.join(_CORES.split())})"
)
_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u25a0-\u25ff\ufe0f\u20e3\u200b-\u200d\u2060\ufeff"
)
_OPEN = r"(?:[^\w，。；！？、：,.;!?|#\\:>]|_){0,12}+"
"""Marks, brackets, quotes and emoji before a name: anything but words, stops and `#`."""
_NUMBER = rf"""(?:(?i:第|no\.?|q|§|步骤|part|section|step)\ ?)?
    (?:\d{{1,2}}\.){{0,3}}(?P<number>\d{{1,2}}|[{_CHINESE}]{{1,2}}|[IVX]{{1,4}}|[ivx]{{1,4}}|[A-Ea-e])
    (?:部分|节|章|项)?[*_~]{{0,3}}(?:\ ?[.、):,。\]】}}\-]|\ |(?=[*_{_EMOJI}])){{1,3}}
    |[(\[【]\ ?(?P<number_in_brackets>\d{{1,2}}|[{_CHINESE}]{{1,2}})\ ?[)\]】][.、:]?"""
_NAME_EN = _alternatives([name for name in _NAMES if name.isascii()])
_NAME_ZH = _alternatives([name for name in _NAMES if not name.isascii()])
_ENGLISH_START = (
    r"[^A-Za-z一-龥]{0,20}+(?:(?i:[a-eivxq]{1,4}|no|part|section|step)[^A-Za-z]{1,5})?"
    r"(?=[A-Za-z])(?i:appli|field|domain|research|one|core|main"
    r"|key|contrib|tl|us|how|innova|novel|exper|result|evalu|perform)"
)
_START = re.compile(f"{_CHINESE_START}|{_ENGLISH_START}")
_CLOSE = rf"[*_~`】\]」』》〕>)}}”\"=\-\ {_EMOJI}]{{0,12}}"
_PART = re.compile(
    rf"""(?P<hashes>\#{{1,6}})?\ {{0,8}}
    (?P<bullet>[-*+•·●▪◦]\ {{1,8}})?
    (?P<open>{_OPEN})
    (?:{_NUMBER}|(?P<digit>\d)(?=[一-龥]))?
    (?P<open_name>{_OPEN})
    (?P<body>(?:(?i:{_NAME_EN})\ ?[/|(\-]?\ ?(?=[一-龥]))?
    (?P<before>(?:本文|论文|该文|研究|模型|方法)的?)?
    (?P<name>{_NAME_ZH}|(?i:{_NAME_EN})(?![A-Za-z]))
    (?P<after>(?:与|和|及|、|/|&)[一-龥]{{2,6}}(?=[*_:\]】 ]|$)|总结|分析|概述|说明|介绍|简介|部分)?
    (?:\ ?(?:[(/|:]|[\-–—]{{1,2}})?\ ?(?i:{_NAME_EN})(?![A-Za-z])\)?(?=[*_~\]】」』》)\ ]{{0,8}}(?::|\#|$)))?)
    (?P<close>{_CLOSE})
    (?P<colon>:{{1,2}}|[-–—]{{1,2}}(?=\ |$))?
    (?P<close_colon>[*_~` ]{{0,8}})""",
    re.VERBOSE,
)
_NUMBERED = re.compile(rf"(?:\#{{1,6}})?\ {{0,4}}{_OPEN}(?:{_NUMBER})", re.VERBOSE)
_SPACED = re.compile(r"[^一-龥]{0,12}(?:[一-龥][ \u3000]){3,6}[一-龥][^一-龥]{0,12}$")
"""A heading whose letters stand apart, 应 用 领 域, as they come out of a PDF."""
_CLOSED_UP = re.compile(r"(?<=[一-龥])[ \u3000](?=[一-龥])")
_EMPHASIS = re.compile(r"[*_~`]+")


def _end(match: re.Match[str]) -> int:
    """Where a heading ends; marks that nothing before the name has opened belong to the text."""
    opened = (_EMPHASIS.findall(f"{match['open']} {match['open_name']}") or [""])[-1]
    if not match["colon"]:
        return _behind(match.string, match.end("body"), match.end("close"), opened)
    if opened in match["close"]:
        return match.end("colon")
    return _behind(match.string, match.end("colon"), match.end("close_colon"), opened)


def _behind(text: str, start: int, stop: int, opened: str) -> int:
    closed = text.find(opened, start, stop) + len(opened) if opened else start
    run = _EMPHASIS.search(text, max(closed, start), stop)
    return run.start() if run else stop


def _is_closed(match: re.Match[str], rest: str, close: str) -> bool:
    """Whether the name ends as a heading's does, not as a word of a sentence."""
    bare = rest[:40].strip("# *_")
    if not bare or match["colon"]:
        return True
    if any(mark in close for mark in "】]」』》〕"):
        return True
    numbered = match["number"] or match["number_in_brackets"] or match["digit"]
    exact = match["name"] in PART_TITLES.values() and not match["after"]
    bold = "*" in close and " " in close
    apart = bool(close) or bare[0] in "(（"
    return exact and apart and bool(match["hashes"] or numbered or bold)


def _style(match: re.Match[str], indent: int, has_text: bool) -> Style:
    if match["hashes"]:
        return ("hash", len(match["hashes"]))
    if match["bullet"]:
        return ("bullet", indent)
    if match["number"] or match["number_in_brackets"] or match["digit"]:
        return ("number", indent)
    bold = set("*_【[「『《〔<").intersection(match["open"] + match["open_name"])
    if bold == {"*"} and has_text and not match["colon"]:
        return (
            "sentence",
            indent,
        )  # **实验效果** 表明…, a heading only where all parts are like it
    return ("bold" if bold else "plain", indent)


def _inline(rest: str, match: re.Match[str], table: bool) -> str:
    text = rest.strip()
    if table:
        text = text.removesuffix("|").rstrip()
    if not text.strip("#"):
        return ""
    opened = "**" in match["open"] + match["open_name"] and "**" not in match["close"]
    if opened and text.endswith("**") and text.count("**") % 2:  # **应用领域：计算机视觉**
        text = text[:-2].rstrip()
    return text
