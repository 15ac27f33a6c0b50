"""Whose figure it is: the figures of two named things exchanged.

A thing that both languages name once is an anchor: a Latin name, or a noun of the short table
below. Where both texts pair anchors and figures one to one (A 达到 N，B 达到 M; `N on A and M on
B`; `A and B reach N and M`), a figure must have the same anchor in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.english_names import protected
from digestlib.matching import Match
from digestlib.models import Finding
from digestlib.verbatim import about, finding


class _Anchor(NamedTuple):
    name: str
    source: tuple[int, int]
    target: tuple[int, int]


_LANGUAGES: Final = {
    "英语": "English",
    "中文|汉语": "Chinese",
    "法语": "French",
    "德语": "German",
    "日语": "Japanese",
    "韩语": "Korean",
    "西班牙语": "Spanish",
    "葡萄牙语": "Portuguese",
    "意大利语": "Italian",
    "俄语": "Russian",
    "阿拉伯语": "Arabic",
    "印地语": "Hindi",
    "泰卢固语": "Telugu",
    "泰米尔语": "Tamil",
    "孟加拉语": "Bengali|Bangla",
    "乌尔都语": "Urdu",
    "马拉地语": "Marathi",
    "越南语": "Vietnamese",
    "泰语": "Thai",
    "印尼语|印度尼西亚语": "Indonesian",
    "土耳其语": "Turkish",
    "波斯语": "Persian|Farsi",
    "希伯来语": "Hebrew",
    "斯瓦希里语": "Swahili",
    "粤语": "Cantonese",
}
_NOUNS: Final = _LANGUAGES | {
    "视频": r"videos?",
    "音频": r"audio",
    "图像|图片": r"images?",
    "文本": r"texts?",
    "训练集": r"train(?:ing)?",
    "验证集": r"validation|dev",
    "测试集": r"test",
    "第一阶段": r"stage one|stage 1|first stage|first phase|phase 1|phase one",
    "第二阶段": r"stage two|stage 2|second stage|second phase|phase 2|phase two",
    "第三阶段": r"stage three|stage 3|third stage|third phase|phase 3|phase three",
    "准确率": r"accuracy",
    "召回率": r"recall",
    "精确率|查准率": r"precision",
    "延迟": r"latency",
    "吞吐量": r"throughput",
    "显存": r"(?:GPU )?memory|VRAM",
    "平均": r"averages?|mean",
    "最长": r"longest|maximum",
    "最短": r"shortest|minimum",
    "性能": r"performance",
    "步数": r"steps",
    "训练": r"train(?:ing|ed)?",
    "推理": r"inference|reasoning",
    "学生模型": r"student",
    "教师模型": r"teacher",
    "编码器": r"encoder",
    "解码器": r"decoder",
    "理解": r"understanding",
    "生成": r"generation",
}
_CHUNK: Final = re.compile(r"[A-Za-z][A-Za-z0-9.+\-]*(?: [A-Za-z0-9][A-Za-z0-9.+\-]*)*")
_SENTENCE: Final = re.compile(r"[。；！？;\n]|\.(?=\s|$)")
_CLAUSE: Final = re.compile(r"[，,：:](?!\d)|\bwhile\b|\bwhereas\b|\bbut\b")
_SMALL_WORDS: Final = re.compile(r"(?:e\.g\.|i\.e\.|etc\.|vs\.),?", re.IGNORECASE)


def swapped_figures(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """The figures of two named things exchanged; only where both languages pair them plainly."""
    told: set[int] = set()
    for group in _comparable(matches):
        for anchors in (_names(source, text), _nouns(source, text)):
            for index, owner, other in _exchanged(group, anchors, source, text):
                m = group[index]
                if m.target.start not in told:
                    told.add(m.target.start)
                    message = f"the source gives this for {owner}, not for {other}"
                    yield about("swap", "major", message, m.source, m.target, source, text)


def changed_languages(source: str, text: str) -> Iterator[Finding]:
    """A language that the source does not name, where one that it names is gone."""
    theirs = [e for zh, e in _LANGUAGES.items() if re.search(zh, source)]
    gone = [e for e in theirs if not re.search(rf"\b(?:{e})\b", text)]
    for english in _LANGUAGES.values() if gone else ():
        if english not in theirs and (found := re.search(rf"\b(?:{english})\b", text)):
            yield finding(
                "name",
                "critical",
                f"the source does not name {found[0]}",
                target=found.span(),
                text=text,
                suggestion=gone[0].split("|")[0] if len(gone) == 1 else None,
            )


def _comparable(matches: Sequence[Match]) -> list[list[Match]]:
    """The matched figures that could be taken for each other, each once: same kind, same unit."""
    groups: dict[str, list[Match]] = {}
    for m in matches:
        once = sum(o.source is m.source or o.target is m.target for o in matches) == 1
        if once and m.source.kind not in ("ordinal", "date"):
            share = m.source.kind in ("percent", "fraction")
            plain = m.source.kind in ("count", "number", "points")
            key = "share" if share else "plain" if plain else f"{m.source.kind} {m.source.unit}"
            groups.setdefault(key, []).append(m)
    return [group for group in groups.values() if len(group) > 1]


def _exchanged(
    group: Sequence[Match], anchors: Sequence[_Anchor], source: str, text: str
) -> Iterator[tuple[int, str, str]]:
    """(figure, its anchor in the source, its anchor in English) where they differ."""
    theirs = _owners(
        [a.source for a in anchors], [(m.source.start, m.source.end) for m in group], source
    )
    ours = _owners(
        [a.target for a in anchors], [(m.target.start, m.target.end) for m in group], text
    )
    for index in sorted(theirs.keys() & ours.keys()):
        owner, other = theirs[index], ours[index]
        if owner != other and other in theirs.values() and owner in ours.values():
            yield index, anchors[owner].name, anchors[other].name


def _names(source: str, text: str) -> list[_Anchor]:
    """Latin names, LaTeX and code that stand exactly once in each text."""
    spans = [m.span() for m in _CHUNK.finditer(source)]
    spans += [(start, end) for _, start, end in protected(source)]
    found = []
    for start, end in spans:
        name = source[start:end].strip(".-+ ")
        start += source[start:end].index(name)
        pattern = re.compile(
            rf"(?<![A-Za-z0-9$]){re.escape(name)}(?![A-Za-z0-9$]|[.-]\w)", re.IGNORECASE
        )
        here, there = list(pattern.finditer(text)), list(pattern.finditer(source))
        if len(name) > 1 and len(here) == len(there) == 1:
            found.append(_Anchor(name, (start, start + len(name)), here[0].span()))
    return found


def _nouns(source: str, text: str) -> list[_Anchor]:
    """Nouns of the table that stand exactly once in each text."""
    found = []
    for chinese, english in _NOUNS.items():
        there = list(re.finditer(chinese, source))
        here = list(re.finditer(rf"\b(?:{english})\b", text, re.IGNORECASE))
        if len(here) == len(there) == 1:
            found.append(_Anchor(here[0][0], there[0].span(), here[0].span()))
    return found


def _owners(
    anchors: Sequence[tuple[int, int]], figures: Sequence[tuple[int, int]], text: str
) -> dict[int, int]:
    """Which anchor owns which figure, where a clause or a sentence pairs them one to one."""
    items = [(a, "A", i) for i, (a, b) in enumerate(anchors) if not _overlaps(a, b, figures)]
    items += [(a, "N", i) for i, (a, _) in enumerate(figures)]
    quiet = _SMALL_WORDS.sub(lambda m: " " * len(m[0]), text)
    items += [(m.start(), ".", -1) for m in _SENTENCE.finditer(quiet)]
    items += [(m.start(), ",", -1) for m in _CLAUSE.finditer(quiet)]
    items += _brackets(items, text)
    items.sort()
    line = "".join(kind for _, kind, _ in items)
    owners: dict[int, int] = {}
    for block in re.finditer(r"(?<![AN])A(?:,?A)+,?N(?:,?N)+(?!A)", line):
        named = [i for _, kind, i in items[slice(*block.span())] if kind == "A"]
        valued = [i for _, kind, i in items[slice(*block.span())] if kind == "N"]
        spans = [anchors[i] for i in named], [figures[i] for i in valued]
        if len(named) == len(valued) and all(_is_list(part, text) for part in spans):
            owners.update(zip(valued, named, strict=True))
    for clause in re.finditer(r"[AN]+", line):
        if re.fullmatch(r"(?:AN)+|(?:NA)+", clause[0]):
            clause_items = items[slice(*clause.span())]
            named = [i for _, kind, i in clause_items if kind == "A"]
            valued = [i for _, kind, i in clause_items if kind == "N"]
            for value, name in zip(valued, named, strict=True):
                owners.setdefault(value, name)
    return owners


_BETWEEN: Final = re.compile(r"(?:[\s、，,/&*()（）]|和|与|及|以|而|or|或|and)*")


def _is_list(spans: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether nothing but commas and `and` stands between the spans."""
    return all(
        _BETWEEN.fullmatch(text[a[1] : b[0]]) for a, b in zip(spans, spans[1:], strict=False)
    )


def _brackets(items: Sequence[tuple[int, str, int]], text: str) -> list[tuple[int, str, int]]:
    """Cuts around brackets that hold both names and figures; `A (N)` is not cut."""
    cuts = []
    for match in re.finditer(r"[(（][^()（）]*[)）]", text):
        inside = {kind for at, kind, _ in items if match.start() < at < match.end()}
        if {"A", "N"} <= inside:
            cuts += [(match.start(), ",", -1), (match.end(), ",", -1)]
    return cuts


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)
