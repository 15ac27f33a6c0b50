"""What one line of a report can be, in every dialect we know or expect.

Everything here looks at a single line and at no more than its first characters, so that the
cost of a line is bounded whatever it holds. Whether a line that *can* be a heading *is* one
is decided from its neighbours, in `report_papers` and `report_parts`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from digestlib.models import SectionName
from digestlib.report_fields import SourceKind, find_linked_id, find_paper_id, fold, source_kind

Style = tuple[Literal["hash", "number", "bold", "plain", "bullet", "sentence"], int]

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


class Row(NamedTuple):
    """A line that is not blank, and what it can be."""

    at: int
    kind: Literal["rule", "part", "heading", "meta", "text"]
    level: int = 0
    """The number of `#`."""
    mark: str = ""
    """The character a rule is drawn with, or the 📄 of a title."""
    heading: PartHeading | None = None
    key: Literal["link", "source", "other"] = "other"
    paper_id: str | None = None
    source: SourceKind = "unknown"
    indent: int = 0


def read_row(index: int, line: str) -> Row | None:
    """Say what a line can be; None for a blank one."""
    stripped = line.strip()
    if not stripped:
        return None
    indent = _columns(line) if line[0].isspace() else 0
    if _RULE.match(stripped) and (rule := rule_mark(stripped)):
        return Row(index, "rule", mark=rule)
    heading = part_heading(stripped, indent)
    hashes = _HASHES.match(stripped) if stripped[0] in "#＃>" else None
    level = len(hashes[1]) if hashes else 0
    if heading:
        return Row(index, "part", level=level, heading=heading, indent=indent)
    mark = _DOCUMENT.match(stripped) if stripped[0] in _BEFORE_TITLES else None
    if hashes or mark:
        kind: Literal["heading", "text"] = "heading" if indent <= 3 and hashes else "text"
        paper_id = find_paper_id(stripped[:500])
        return Row(index, kind, level, mark[1] if mark else "", paper_id=paper_id, indent=indent)
    return _read_meta(index, stripped[:500], indent) or Row(index, "text", indent=indent)


def rule_mark(line: str) -> str:
    """The character of a line that is drawn with one, `====` or `---`; empty for other lines."""
    bare = line.strip()
    if not _RULE.match(bare):
        return ""
    if len(bare) <= _PREFIX_CHARS:
        bare = bare.replace(" ", "")
    return "" if len(bare) < 3 or bare.strip(bare[0]) else fold(bare[0])


def part_heading(stripped: str, indent: int = 0) -> PartHeading | None:
    """Read a line as a part's heading, or return None when it only uses the words."""
    prefix = stripped[:_PREFIX_CHARS]
    if not _CHINESE_START.match(prefix) and not _ENGLISH_START.match(prefix):
        return None
    match = _PART.match(fold(prefix))
    if not match or not _is_closed(match, stripped):
        return None
    name = " ".join(match["name"].lower().replace("-", " ").split())
    part, exact = _NAMES[name]
    return PartHeading(
        part=part,
        exact=exact and not match["before"] and not match["after"],
        style=_style(match, indent, bool(stripped[match.end() :].strip("# *_"))),
        number=read_number(match["number"] or match["number_in_brackets"] or match["digit"]),
        inline=_inline(stripped[match.end() :]),
    )


def read_number(text: str | None) -> int | None:
    """The value of a heading's number: `3`, `三`, `III`, `c`; None without one."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if text in _ROMAN:
        return _ROMAN.index(text) + 1
    if len(text) == 1 and text.lower() in "abcde":
        return "abcde".index(text.lower()) + 1
    return _CHINESE.index(text[-1]) + 1 if text[-1] in _CHINESE else None


def leading_number(line: str) -> int | None:
    """The number that a line at the margin starts with, as a heading would: `### 6. 局限性`."""
    match = _NUMBERED.match(fold(line[:40]))
    return read_number(match["number"] or match["number_in_brackets"]) if match else None


def clean_title(line: str, ordinal: int = 0) -> str:
    """A paper's title without marks, emoji, bold, link and its own ordinal number."""
    text = _CLOSING_HASHES.sub("", _HASHES.sub("", line.strip(), count=1))
    text = _TITLE_EMOJI.sub("", _unwrap(text), count=1)
    match = _TITLE_NUMBER.match(fold(text[:40]))
    if match and int(match[1]) == ordinal and match.end() < len(text):
        text = text[match.end() :]
    text = _TITLE_KEY.sub("", _unwrap(text), count=1)
    if link := _MARKDOWN_LINK.match(text[:1000]):
        text = link[1]
    return _unwrap(_TITLE_EMOJI.sub("", _unwrap(text), count=1))


# ---------------------------------------------------------------- characters

_PREFIX_CHARS = 120

_CHINESE = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def _columns(line: str) -> int:
    margin = line[: len(line) - len(line.lstrip())]
    return len(margin) + 3 * margin.count("\t")


# ---------------------------------------------------------------- headings

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


_CORES = "领域 領域 应用场 應用場 应用方 應用方 应用范 應用範 应用指 應用指 研究方 适用场 適用場 贡献 貢獻"
_CORES += " 一句话 一句話 使用 操作指南 用法 创新 創新 实验 實驗 效果 结果 結果 性能表现 性能表現"
_CHINESE_START = re.compile(
    rf"[^一-龥]{{0,40}}(?:第?[{_CHINESE}]{{1,2}}(?:部分|节|節|章|项|項)?[^一-龥]{{1,6}})?[一-龥]{{0,6}}?"
    rf"(?:{'|'.join(_CORES.split())})"
)
_EMOJI = (
    "\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u25a0-\u25ff\ufe0f\u20e3\u200b-\u200d\u2060\ufeff"
)
_OPEN = rf"[*_~`【\[「『《<({_EMOJI} ]{{0,10}}"
_NUMBER = rf"""(?:第\ ?)?(?:\d{{1,2}}\.)?(?P<number>\d{{1,2}}|[{_CHINESE}]{{1,2}}|[IVX]{{1,4}}|[A-Ea-e])
    (?:部分|节|章|项)?\\?(?:[.、):,。\]】\-]|\ |(?=[*_{_EMOJI}])){{1,3}}
    |[(\[【]\ ?(?P<number_in_brackets>\d{{1,2}}|[{_CHINESE}]{{1,2}})\ ?[)\]】][.、:]?"""
_NAME_EN = _alternatives([name for name in _NAMES if name.isascii()])
_NAME_ZH = _alternatives([name for name in _NAMES if not name.isascii()])
_ENGLISH_START = re.compile(
    r"[^A-Za-z一-龥]{0,20}(?:[A-EIVX]{1,4}[^A-Za-z]{1,3})?(?i:appli|field|domain|research|one|core|main"
    r"|key|contrib|tl|us|how|innova|novel|exper|result|evalu|perform)"
)
_PART = re.compile(
    rf"""(?:>\ ?){{0,3}}(?P<hashes>\#{{1,6}})?\ {{0,8}}
    (?P<bullet>[-*+•·●▪◦]\ {{1,8}})?
    (?P<open>{_OPEN})
    (?:{_NUMBER}|(?P<digit>\d)(?=[一-龥]))?
    (?P<open_name>{_OPEN})
    (?:(?i:{_NAME_EN})\ ?[/|(\-]?\ ?(?=[一-龥]))?
    (?P<before>(?:本文|论文|该文|研究|模型|方法)的?)?
    (?P<name>{_NAME_ZH}|(?i:{_NAME_EN})(?![A-Za-z]))
    (?P<after>(?:与|和|及|、|/|&)[一-龥]{{2,6}}(?=[*_:\]】 ]|$)|总结|分析|概述|说明|介绍|简介|部分)?
    (?:\ ?[(/|]?\ ?(?i:{_NAME_EN})(?![A-Za-z])\)?)?
    (?P<close>[*_~`】\]」』》>)\ {_EMOJI}]{{0,10}})
    (?P<colon>:{{1,2}}|[-–—]{{1,2}}(?=\ |$))?
    (?P<close_colon>[*_~` ]{{0,8}})""",
    re.VERBOSE,
)
_NUMBERED = re.compile(rf"(?:\#{{1,6}})?\ {{0,4}}{_OPEN}(?:{_NUMBER})", re.VERBOSE)


def _is_closed(match: re.Match[str], stripped: str) -> bool:
    """Whether the name ends as a heading's does, not as a word of a sentence."""
    rest = stripped[match.end() : match.end() + 40].strip("# *_")
    if not rest or match["colon"]:
        return True
    if any(mark in match["close"] for mark in "】]」』》"):
        return True
    numbered = match["number"] or match["number_in_brackets"] or match["digit"]
    exact = match["name"] in PART_TITLES.values() and not match["after"]
    bold = "*" in match["close"] and " " in match["close"]
    return exact and bool(match["close"]) and bool(match["hashes"] or numbered or bold)


def _style(match: re.Match[str], indent: int, has_text: bool) -> Style:
    if match["hashes"]:
        return ("hash", len(match["hashes"]))
    if match["bullet"]:
        return ("bullet", indent)
    if match["number"] or match["number_in_brackets"] or match["digit"]:
        return ("number", indent)
    bold = set("*_【[「『《").intersection(match["open"] + match["open_name"])
    if bold == {"*"} and has_text and not match["colon"]:
        return (
            "sentence",
            indent,
        )  # **实验效果** 表明…, a heading only where all parts are like it
    return ("bold" if bold else "plain", indent)


def _inline(rest: str) -> str:
    text = rest.strip()
    if not text.strip("#"):
        return ""
    if text.endswith("**") and text.count("**") % 2:  # the bold began before the part's name
        text = text[:-2].rstrip()
    return text


_HASHES = re.compile(r"[ \t>]*([#＃]{1,6})(?![#＃])[ \t\u3000]*")
_CLOSING_HASHES = re.compile(r"(?<=[ \t])#{1,20}\s?$")
_RULE = re.compile(r"[=＝\-－*＊_─═—]")
_BEFORE_TITLES = "#＃*_📄📃📑📰"
_DOCUMENT = re.compile("[#＃*_ \t\u3000]{0,12}([📄📃📑📰])[\ufe0e\ufe0f]?[ \t\u3000]?")
_TITLE_EMOJI = re.compile("[📄📃📑📰📝📜🔖📘📗📕📙📖📚📌🔹🔸🔬🧪🏷⭐][\ufe0e\ufe0f]?[ \t\u3000]?")
_MARKDOWN_LINK = re.compile(r"\[(.{1,600})\]\([^()\s]{1,300}\)\s{0,9}$")
_TITLE_KEY = re.compile(
    r"[-*+_ ]{0,8}(?:论文标题|論文標題|标题|標題|题目|題目|论文名称|論文名稱|(?:Paper )?Title)"
    r"[*_ ]{0,4}[:：][*_ ]{0,4}",
    re.IGNORECASE,
)
_TITLE_NUMBER = re.compile(
    r"[\[(【]?(?:第 ?|Paper ?|论文 ?|No\.? ?|#)?(\d{1,3})(?: ?篇)?(?:[\])】.、:] ?){1,2}"
)
_WRAPS = (("**", "**"), ("__", "__"), ("《", "》"), ("【", "】"), ("*", "*"))


def _unwrap(text: str) -> str:
    for opening, closing in _WRAPS:
        if text.startswith(opening) and text.endswith(closing) and len(text) > 2 * len(opening):
            text = text[len(opening) : -len(closing)].strip()
    return text.strip()


# ---------------------------------------------------------------- metadata

_META = re.compile(
    rf"(?:[-*+•·●▪◦－＊][ \t\u3000]{{1,8}})?[*＊_\[【{_EMOJI} ]{{0,8}}(?P<key>[^\W\d_][\w .]{{0,20}}?)"
    r"(?P<close>[*＊_\]】 ]{0,8}[:：∶][*＊_]{0,4})"
)
_BULLET = re.compile(r"[-*+•·●▪◦] ")
_BARE_LINK = re.compile(
    rf"(?:[-*+•] {{1,8}})?[<(\[{_EMOJI} ]{{0,6}}(?:https?://|[^\]]{{1,200}}\]\()"
)
_LINK_KEYS = (
    frozenset(
        [
            "链接",
            "连结",
            "论文链接",
            "论文连结",
            "原文链接",
            "论文地址",
            "原文地址",
            "地址",
            "网址",
            "原文",
        ]
    )
    | frozenset(
        [
            "论文",
            "论文页",
            "论文编号",
            "编号",
            "link",
            "url",
            "paper",
            "paper link",
            "paper url",
            "id",
        ]
    )
    | frozenset(["arxiv", "arxiv id", "arxiv link", "huggingface", "hugging face", "hf"])
)
_TITLE_KEYS = frozenset(["论文标题", "标题", "题目", "论文名称", "title", "paper title"])
_SOURCE_KEYS = frozenset(
    ["阅读来源", "来源", "内容来源", "阅读方式", "阅读源", "source", "reading source", "read from"]
)
_OTHER_KEYS = frozenset(
    [
        "date",
        "日期",
        "报告日期",
        "source url",
        "作者",
        "authors",
        "机构",
        "点赞",
        "upvotes",
        "标签",
        "tags",
    ]
)


def _read_meta(index: int, stripped: str, indent: int) -> Row | None:
    if indent > 8:
        return None
    match = _META.match(stripped[:48])
    key = " ".join(fold(match["key"]).lower().split()) if match else ""
    value = fold(stripped[match.end() :]) if match else ""
    if key in _TITLE_KEYS:
        return Row(index, "heading", indent=indent)
    if key in _SOURCE_KEYS:
        return Row(index, "meta", key="source", source=source_kind(value))
    if key in _LINK_KEYS:
        source = source_kind(value.partition("来源")[2])
        return Row(index, "meta", key="link", paper_id=find_linked_id(value), source=source)
    bare_id = find_paper_id(stripped) if _BARE_LINK.match(stripped) else None
    if bare_id:
        return Row(index, "meta", key="link", paper_id=bare_id)
    listed = match is not None and ("*" in match["close"] or _BULLET.match(stripped))
    return Row(index, "meta") if indent <= 3 and (listed or key in _OTHER_KEYS) else None
