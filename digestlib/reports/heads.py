"""What the lines of a paper's head say: its title, its link, what it was read from."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from .fields import SourceKind, find_linked_id, find_paper_id, fold, source_kind
from .lines import VIEW_CHARS, View, see

Key = Literal["link", "source", "title", "other"]


class Meta(NamedTuple):
    """A line of metadata, such as `- **链接**: https://huggingface.co/papers/2512.23576`."""

    key: Key
    paper_id: str | None = None
    source: SourceKind = "unknown"


def read_meta(line: str, view: View) -> Meta | None:
    """Read a line, given with its view, as metadata, or return None for other text."""
    text = view.text
    match = _META.match(text[:48])
    if not match and len(text) > _LONGEST_VALUE:
        return _read_unnamed(line, view, None, "")
    name = match["key"] if match else text.strip(_AROUND_KEY)
    key = _key_of(name)
    value = line[view.origin(match.end()) :][:VIEW_CHARS] if match else ""
    if key == "title":
        return Meta("title") if match else None
    if key == "source":
        return Meta("source", source=source_kind(fold(value)))
    if key == "link":
        source = _SOURCE_BEHIND.search(fold(value))
        kind = source_kind(source[1]) if source else "unknown"
        return Meta("link", paper_id=find_linked_id(value), source=kind)
    marked = match and ("*" in match["close"] or (_ITEM.match(text) and not _BOLD_ITEM.match(text)))
    return _read_unnamed(line, view, value if marked else None, name)


def clean_title(line: str, numbered: bool = False) -> str:
    """A paper's title without marks, emoji, bold, link, arXiv id and, if it has one, its number."""
    text = see(line).text if len(line) < VIEW_CHARS else line.strip()
    text = _unwrap(_CLOSING_HASHES.sub("", _BEFORE_TITLE.sub("", text, count=1)))
    text = _shorter(_EMOJIS, text)
    if numbered:
        text = _shorter(_TITLE_NUMBER, text)
    text = _shorter(_TITLE_KEY, _unwrap(text))
    text = _shorter(_LINK_BEHIND, text)
    if link := _MARKDOWN_LINK.match(text[:1000]):
        text = link[1]
    text = _shorter(_ID_BEHIND, _shorter(_ID_BEFORE, _unwrap(text)))
    return _unwrap(_shorter(_EMOJIS, _unwrap(text)))


def has_number(line: str) -> bool:
    """Whether a title seems to begin with its number in the report."""
    text = _unwrap(_BEFORE_TITLE.sub("", see(line).text, count=1))
    return bool(_TITLE_NUMBER.match(_shorter(_EMOJIS, text)[:40]))


# ---------------------------------------------------------------- metadata

_MARKS = r"\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u25a0-\u25ff\ufe0f\u20e3\u200d"
_META = re.compile(
    rf"(?:[-*+•·●▪◦－＊][ \t\u3000]{{1,8}})?[*＊_\[【(（{_MARKS} ]{{0,8}}(?P<key>[^\W\d_][\w .]{{0,20}}?)"
    r"(?P<close>[*＊_\]】 ]{0,8}[:：∶=＝][*＊_]{0,4})"
)
_AROUND_KEY = "-*+•·●▪◦_[]【】 \t\u3000"
_LONGEST_VALUE = 24
"""A line of metadata without its key, or a key without its value, is short."""
_ITEM = re.compile(r"[-*+•·●▪◦] ")
_BOLD_ITEM = re.compile(r"[-*+•·●▪◦] {1,8}\*\*[^*]{1,400}\*\*$")
_BARE_LINK = re.compile(
    rf"(?:[-*+•:] {{1,8}})?[<(\[{_MARKS} ]{{0,6}}(?:https?://|[^\]]{{1,200}}+\]\()"
)
_BARE_VALUE = re.compile(r"[:： ]{0,4}(?:HTML|(?:ArXiv )?Abs(?:tract)?)", re.IGNORECASE)
_SOURCE_BEHIND = re.compile(r"(?:来源|阅读方式|source)[*_ ]{0,4}[:=](.{1,40})", re.IGNORECASE)
_NAMED: dict[Key, str] = {
    "title": "论文标题 标题 题目 论文名称|title|paper title",
    "source": "阅读来源 来源 内容来源 阅读方式 阅读源|source|reading source|read from",
    "link": "链接 连结 论文链接 论文连结 原文链接 论文地址 原文地址 地址 网址 原文 论文 论文页 论文编号 编号"
    "|link|url|paper|paper link|paper url|id|paper id|arxiv|arxiv id|arxiv link|huggingface"
    "|hugging face|hf|pdf|abs|doi|pdf link",
    "other": "日期 报告日期 作者 机构 点赞 标签|date|source url|authors|upvotes|tags",
}
_KEYS: dict[str, Key] = {
    name: key
    for key, names in _NAMED.items()
    for name in names.split("|")[0].split() + names.split("|")[1:]
}


@lru_cache(maxsize=512)
def _key_of(name: str) -> Key:
    """What a name before a colon stands for; reports use few, but those on nearly each line."""
    return _KEYS.get(" ".join(fold(name).lower().split()), "other")


def _read_unnamed(line: str, view: View, value: str | None, name: str) -> Meta | None:
    """A bare address or source, a row of a table, or a marked line whose key is not known."""
    text = view.text
    bare = view.table or (("://" in text or "](" in text) and _BARE_LINK.match(text))
    if bare and (paper_id := find_paper_id(line[:VIEW_CHARS])):
        return Meta(
            "link", paper_id=paper_id, source=source_kind(text) if view.table else "unknown"
        )
    if len(text) <= _LONGEST_VALUE and _BARE_VALUE.fullmatch(text):
        return Meta("source", source=source_kind(text))
    if view.indent > 3 and not view.table:
        return None
    if value is None and not view.table and (not name or fold(name).lower() not in _KEYS):
        return None
    return Meta("other", paper_id=find_paper_id(value) if value else None)


# ---------------------------------------------------------------- titles

_BEFORE_TITLE = re.compile(r"(?:#|＃){1,6}(?![#＃])[ \t\u3000]*|[-*+•] (?=[*_])")
_CLOSING_HASHES = re.compile(r"(?<=[ \t])#{1,20}\s?$")
_EMOJIS = re.compile(rf"(?![#*\d])[{_MARKS}]{{1,4}}[ \t\u3000]?")
_MARKDOWN_LINK = re.compile(r"\[(.{1,600})\]\([^()\s]{1,300}\)\s{0,9}$")
_LINK_BEHIND = re.compile(
    r"\[(?:\W{0,6}|(?i:link|paper|pdf|arxiv|hf|html|链接|論文|论文|原文))\]\([^()\s]{1,300}\)\s{0,9}$"
)
_ID = r"(?:arXiv: ?)?\d{4}\.\d{4,5}(?:v\d{1,2})?"
_ID_BEFORE = re.compile(rf"[\[(（【]{_ID}[\])）】] ?[-–—:：|]? ?|{_ID} ?[-–—:：|] ?", re.IGNORECASE)
_ID_BEHIND = re.compile(rf"[\[(（【]{_ID}[\])）】]$", re.IGNORECASE)
_TITLE_KEY = re.compile(
    r"[-*+_ ]{0,8}(?:论文标题|論文標題|标题|標題|题目|題目|论文名称|論文名稱|论文|論文|(?:Paper )?Title|Paper)"
    r"[*_ ]{0,4}[:：][*_ ]{0,4}",
    re.IGNORECASE,
)
_TITLE_NUMBER = re.compile(
    r"[\[(（【]?(?:第 ?|Paper ?|论文 ?|論文 ?|No\.? ?|[#＃])?(?:[\d０-９]{1,3}|[一二三四五六七八九十]{1,3})"
    r"(?: ?/ ?\d{1,3})?(?: ?篇)?(?:(?:[\])）】.．、:：] ?){1,2}(?![\d０-９])|\ufe0f?\u20e3 ?)"
    r"|[#＃]\d{1,3} "
)
_WRAPPED = frozenset("*_《【")
_WRAPS = (("**", "**"), ("__", "__"), ("《", "》"), ("【", "】"), ("*", "*"))


def _shorter(pattern: re.Pattern[str], text: str) -> str:
    """The text without the pattern at its beginning or end, unless nothing were left."""
    match = pattern.search(text) if pattern.pattern.endswith("$") else pattern.match(text)
    return (text[: match.start()] + text[match.end() :]).strip() or text if match else text


def _unwrap(text: str) -> str:
    if text[:1] not in _WRAPPED:
        return text.strip()
    for opening, closing in _WRAPS:
        if text.startswith(opening) and text.endswith(closing) and len(text) > 2 * len(opening):
            text = text[len(opening) : -len(closing)].strip()
    return text.strip()
