"""Whose figure it is: the figures of two named things exchanged.

A thing that both languages name once is an anchor: a Latin name, or a noun of the short table
below. Where both texts pair anchors and figures one to one (A 达到 N，B 达到 M; `N on A and M on
B`; `A and B reach N and M`), a figure must have the same anchor in both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.english_names import protected
from digestlib.matching import Match
from digestlib.models import Finding, Quantity
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
_Span = tuple[int, int]
_SMALL_WORDS: Final = re.compile(r"(?:e\.g\.|i\.e\.|etc\.|vs\.),?", re.IGNORECASE)


def swapped_figures(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """The figures of two named things exchanged; only where both languages pair them plainly."""
    told: set[int] = set()
    for group in _comparable(matches):
        sizes = [_Anchor(m.source.bare, *_spans(m)) for m in matches if _is_size(m, group)]
        for anchors in (_names(source, text), _nouns(source, text), sizes):
            for index, owner, other in _exchanged(group, anchors, source, text):
                m = group[index]
                if m.target.start not in told:
                    told.add(m.target.start)
                    message = f"the source gives this for {owner}, not for {other}"
                    yield about("swap", "major", message, m.source, m.target, source, text)


def exchanged_counts(matches: Sequence[Match], source: str, text: str) -> Iterator[Finding]:
    """Two counts whose nouns are exchanged: 10 games and 30 tasks, 30 games and 10 tasks."""
    counted = [(m, _noun_there(m.source, source), _noun_here(m.target, text)) for m in matches]
    for index, (m, there, here) in enumerate(counted):
        for _, other_there, other_here in counted[index + 1 :]:
            if there and here and there != here and (other_there, other_here) == (here, there):
                message = "the nouns of two counts are exchanged"
                yield about("swap", "major", message, m.source, m.target, source, text)


_COUNTED: Final = {
    "frame": ("帧", "frames?"),
    "video": ("视频", "videos?|clips?"),
    "image": ("图像|图片|照片", "images?|pictures?|photos?"),
    "step": ("步", "steps?"),
    "task": ("任务", "tasks?"),
    "game": ("游戏", "games?"),
    "country": ("国家", "countries"),
    "continent": ("大洲|洲", "continents?"),
    "language": ("语言|语种", "languages?"),
    "domain": ("领域|学科", "domains?|fields?|disciplines?"),
    "dataset": ("数据集", "datasets?"),
    "benchmark": ("基准", "benchmarks?"),
    "dimension": ("维度", "dimensions?"),
    "type": ("类型|类", "types?|kinds?|categories"),
    "action": ("动作", "actions?"),
    "model": ("模型", "models?"),
    "gpu": ("GPU|显卡", "GPUs?|cards?"),
    "pair": ("对|音频-位置对|图文对", "pairs?"),
    "question": ("问题|题", "questions?"),
    "token": ("token|词元", "tokens?"),
    "layer": ("层", "layers?"),
    "parameter": ("参数", "parameters?|params"),
    "sample": ("样本", "samples?|examples?"),
    "person": ("位|名|人", "people|participants?|annotators?|users?|experts?"),
    "round": ("轮", "rounds?|turns?"),
    "scene": ("场景", "scenes?|scenarios?"),
    "robot": ("机器人", "robots?"),
    "hour": ("小时", "hours?|h"),
    "day": ("天", "days?"),
    "paper": ("论文|篇", "papers?"),
    "website": ("网站|网页", "websites?|pages?"),
}


def _noun_there(quantity: Quantity, source: str) -> str | None:
    """The noun that the Chinese figure counts, within a few characters behind it."""
    behind = re.split(r"[，。；、,（）()]", source[quantity.end : quantity.end + 12])[0]
    tail = quantity.text[-1:] + behind
    ends = [(m.end(), key) for key, (zh, _) in _COUNTED.items() for m in re.finditer(zh, tail)]
    return max(ends)[1] if ends else None


def _noun_here(quantity: Quantity, text: str) -> str | None:
    """The noun that the English figure counts: the last known one of the words behind it."""
    behind = re.match(r"(?:[- ][A-Za-z][\w–-]*){1,4}", text[quantity.end : quantity.end + 60])
    words = (
        re.split(r"\b(?:and|of|in|on|with|from|to|per|for|over)\b", behind[0])[0] if behind else ""
    )
    ends = [
        (m.end(), key)
        for key, (_, english) in _COUNTED.items()
        for m in re.finditer(rf"\b(?:{english})\b", words, re.IGNORECASE)
    ]
    return max(ends)[1] if ends else None


def _is_size(match: Match, group: Sequence[Match]) -> bool:
    """Whether a figure is a model size, which can own figures of another kind."""
    return match not in group and match.source.bare.endswith(("B", "M")) and match.grade == "same"


def _spans(match: Match) -> tuple[_Span, _Span]:
    return (match.source.start, match.source.end), (match.target.start, match.target.end)


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


_LINKS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("AN", re.compile(r"[\s*]*[(（][\s*]*")),
    ("NA", re.compile(r"[\s*]*(?:on|for|in|of|from|over|with)(?: the| its)?[\s*]+", re.I)),
    ("AN", re.compile(r"[\s*]*(?:上|中|时)?(?:的?得分)?(?:达到|达|为|是|取得|:|：)了?[\s*]*")),
    ("AN", re.compile(r"[\s*]*(?:at|by|to|hits?|reach(?:es|ed)?|scores?|is|with|gets?|:)[\s*]+", re.I)),
)  # fmt: skip
"""What ties an anchor and a figure that stand side by side, the closest tie first."""


def _owners(anchors: Sequence[_Span], figures: Sequence[_Span], text: str) -> dict[int, int]:
    """Which anchor owns which figure: lists of both, words that tie them, or whole clauses."""
    items = [(*span, "A", i) for i, span in enumerate(anchors) if not _overlaps(*span, figures)]
    items += [(*span, "N", i) for i, span in enumerate(figures)]
    items.sort()
    owners = _listed(items, text)
    _tie(owners, items, text)
    for value, name in _in_clauses(items, text).items():
        if value not in owners and name not in owners.values():
            owners[value] = name
    return owners


_Item = tuple[int, int, str, int]


_BETWEEN: Final = re.compile(r"(?:[\s、，,/&*()（）]|和|与|及|以|而|or|或|and)*")


def _listed(items: Sequence[_Item], text: str) -> dict[int, int]:
    """A list of anchors and, next to it, a list of as many figures: A and B reach N and M."""
    runs: list[list[_Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if last and last[2] == item[2] and _BETWEEN.fullmatch(text[last[1] : item[0]]):
            runs[-1].append(item)
        else:
            runs.append([item])
    owners: dict[int, int] = {}
    for first, second in itertools.pairwise(runs):
        crosses = _SENTENCE.search(text[first[-1][1] : second[0][0]])
        if first[0][2] == second[0][2] or len(first) != len(second) or crosses:
            continue
        told = re.search(r"respectively|分别|依次", text[first[0][0] : second[-1][1] + 16])
        if len(first) > 1 and (first[0][2] == "A" or told):
            named, valued = (first, second) if first[0][2] == "A" else (second, first)
            owners.update({v[3]: n[3] for v, n in zip(valued, named, strict=True)})
    return owners


def _tie(owners: dict[int, int], items: Sequence[_Item], text: str) -> None:
    """Add the figures that a word or a bracket ties to the anchor beside them."""
    for order, pattern in _LINKS:
        for first, second in itertools.pairwise(items):
            if first[2] + second[2] == order and pattern.fullmatch(text[first[1] : second[0]]):
                name, value = (first[3], second[3]) if order == "AN" else (second[3], first[3])
                if value not in owners and name not in owners.values():
                    owners[value] = name


def _in_clauses(items: Sequence[_Item], text: str) -> dict[int, int]:
    """Clauses that hold anchors and figures by turns: ANAN or NANA."""
    quiet = _SMALL_WORDS.sub(lambda m: " " * len(m[0]), text)
    marks = [(start, kind, i) for start, _, kind, i in items]
    marks += [(m.start(), ".", -1) for m in _SENTENCE.finditer(quiet)]
    marks += [(m.start(), ",", -1) for m in _CLAUSE.finditer(quiet)]
    marks += _brackets(marks, text)
    marks.sort()
    owners: dict[int, int] = {}
    for clause in re.finditer(r"[AN]+", "".join(kind for _, kind, _ in marks)):
        if re.fullmatch(r"(?:AN)+|(?:NA)+", clause[0]):
            inside = marks[slice(*clause.span())]
            named = [i for _, kind, i in inside if kind == "A"]
            valued = [i for _, kind, i in inside if kind == "N"]
            owners.update(zip(valued, named, strict=True))
    return owners


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
