"""What lists and changes say: A and B reach N and M; from N to M, which one thing has both."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import NAME, Thing

_Item = tuple[int, int, str, int]
_SEPARATORS: Final = {
    True: re.compile(r"(?:[\s、，,/&*()（）]|[和与及或])*"),
    False: re.compile(r"(?:[\s,/&*()]|\b(?:or|and|just|only|about|nearly|roughly)\b)*"),
}
_JOINED: Final = re.compile(r"\b(?:or|and)\b|[和与及或、/&]")
_SENTENCE: Final = re.compile(r"[。；！？;\n]|\.(?=\s|$)")
_IN_ORDER: Final = re.compile(r"respectively|分别|依次")


def listed_owners(
    things: Sequence[Thing], figures: Sequence[Span], text: str, *, there: bool
) -> dict[int, int]:
    """A list of things and, next to it, a list of as many figures: A and B reach N and M."""
    owners: dict[int, int] = {}
    order = sorted(figures)
    if not any(_is_one_list(a, b, text, there=there) for a, b in itertools.pairwise(order)):
        return owners
    for is_name in (True, False):
        items: list[_Item] = [(*span, "N", i) for i, span in enumerate(figures)]
        for i, thing in enumerate(things):
            place = (thing.source if there else thing.target)[0]
            if thing.once and (thing.weight == NAME) == is_name and place not in figures:
                items.append((*place, "A", i))
        for value, name in _paired(sorted(items), text, there=there).items():
            owners.setdefault(value, name)
    return owners


def _is_one_list(first: Span, second: Span, text: str, *, there: bool) -> bool:
    """Whether two figures stand side by side in a list."""
    end, start = first[1], max(first[1], second[0])
    if _SEPARATORS[there].fullmatch(text, end, start):
        return True
    noun = _NOUN.match(text, end, start) if there else None
    if noun is None or not _SEPARATORS[there].fullmatch(text, noun.end(), start):
        return False
    return text.startswith(noun["noun"], second[1]) or text.startswith(noun[0], second[1])


_NOUN: Final = re.compile(r"\s?(?P<noun>[^\W\dA-Za-z和与及或、]{1,4})")
"""31 题和 44 题: each figure of a list may have its noun."""


def _paired(items: Sequence[_Item], text: str, *, there: bool) -> dict[int, int]:
    runs: list[list[_Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if last and last[2] == item[2] == "A" and _is_one_name(last, item, text):
            runs[-1][-1] = (last[0], item[1], "A", last[3])
        elif last and last[2] == item[2] and _is_one_list(last[:2], item[:2], text, there=there):
            runs[-1].append(item)
        elif not last or last[1] <= item[0]:
            runs.append([item])
    owners: dict[int, int] = {}
    for first, second in itertools.pairwise(runs):
        if first[0][2] == second[0][2] or len(first) != len(second) or len(first) == 1:
            continue
        if _SENTENCE.search(text, first[-1][1], second[0][0]):
            continue
        named, valued = (first, second) if first[0][2] == "A" else (second, first)
        if named is first and _JOINED.search(text, named[-1][1], valued[0][0]):
            continue  # A, B and what is no known thing: the list goes on
        joined = named is first and _JOINED.search(text, named[-2][1], named[-1][0])
        listed = there or not _is_comma(text, valued)
        if (joined and listed) or _IN_ORDER.search(text, first[0][0], second[-1][1] + 16):
            owners |= {v[3]: n[3] for v, n in zip(valued, named, strict=True)}
    return _from_afar(runs, text, owners)


def _is_one_name(first: _Item, second: _Item, text: str) -> bool:
    """Whether words stand side by side, as in `visual layout` and 交互完整性."""
    return first[1] <= second[0] and not text[first[1] : second[0]].strip()


def _from_afar(runs: Sequence[list[_Item]], text: str, owners: dict[int, int]) -> dict[int, int]:
    """Figures told in order, of things that are listed earlier in the sentence."""
    for index, run in enumerate(runs):
        if run[0][2] == "A" or len(run) == 1 or run[0][3] in owners:
            continue
        if not _IN_ORDER.search(text, max(0, run[0][0] - 16), run[-1][1] + 16):
            continue
        lists = [r for r in runs[:index] if r[0][2] == "A" and len(r) == len(run)]
        rest = (lists[-1][-1][1], run[0][0]) if lists else (0, 0)
        if lists and not _SENTENCE.search(text, *rest) and not _JOINED.search(text, *rest):
            owners |= {v[3]: n[3] for v, n in zip(run, lists[-1], strict=True)}
        else:
            owners |= _between_ands(run, [i for r in runs[:index] for i in r], text)
    return owners


_AND: Final = re.compile(r"以及|[和与及、]|,? and ")
_CLAUSE: Final = re.compile(r"[，：。；！？;:\n]|\.(?=\s|$)|, (?!and )")


def _between_ands(run: Sequence[_Item], items: Sequence[_Item], text: str) -> dict[int, int]:
    """Figures told in order, of things named in more words than are known: 叠衣服和倒咖啡任务.

    The clause before them that has as many parts tells: of the first part its last thing, of
    the others their first.
    """
    end = run[0][0]
    for clause in reversed(list(_parts(_CLAUSE, text, 0, end))):
        parts = list(_parts(_AND, text, *clause))
        within = [[i for i in items if a <= i[0] and i[1] <= b] for a, b in parts]
        if len(parts) != len(run) or any(i[2] == "N" for part in within for i in part):
            continue
        named = [part[0 if at else -1] if part else None for at, part in enumerate(within)]
        return {  # of 乙、丙两家的延迟 the only word that is known goes with both
            value[3]: item[3]
            for value, item in zip(run, named, strict=True)
            if item and (all(within) or text[item[0]].isascii())
        }
    return {}


def _parts(separator: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    for match in separator.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


# ---------------------------------------------------------------- changes

_FROM: Final = re.compile(
    r"(?:从|由|自|将|把|原来的?|初始的?|最初的?)[^，。；、,;0-9到至为]{0,10}[\s*]*$"
)
_TO: Final = re.compile(
    r"(?:到|至|为|成|→|[降升增减缩扩][短低少小高加长大]?)[了约近仅超过不足高达只需\s*]*$"
)
_BY: Final = re.compile(r"(?:[降升增减缩扩][短低少小高加长大]|提[升高]|下降|节省)[了约近达\s*]*$")
"""将等待时间缩短 31%: by so much, not from it."""
_ELSEWHERE: Final = re.compile(r"[。；;\n]|，而|而扩")
"""What follows is about something else."""
_AND_SO_TO: Final = re.compile(
    r"[\s*]*[，,]?(?:已|并|最终|一举)?(?:[降升增减缩扩提涨跌压](?:低|高|短|小)?)?[到至为达](?:到|了|约|近|仅|[\s*])*"
)
_AND_SO_BY: Final = re.compile(
    r"[\s*]*(?:[，,]|[，,]?(?:较|比)[^，。；、\d]{0,8})(?:共|累计|合计)?(?:[降升增减缩扩涨跌][短低少小高加长大]|提[升高]|[上下]降|节省)(?:了|约|近|达|[\s*])*"
)
_CHANGES_BY: Final = re.compile(
    r"[\s*]*(?:[上下]升|下降|增加|增长|减少|提[升高]|降低|缩[短小])(?:了|约|近|达|[\s*])*"
)
_SINCE: Final = re.compile(
    r"[\s*]*[，,]?[\s*]*(?:较|比|相比于?|高于|低于)[^，。；、]{0,10}(?:[年月底初末前周]|去年|上季度?|此前|同期)[^，。；、\d]{0,4}的?[约近\s*]*"
)
"""缩短 0.4 秒，降到 1.1 秒; 升至 45%，提升 3%; 已达 45%，较 2023 年底的 28%: still of one thing."""
_ARROW: Final = re.compile(r"[\s*]*(?:→|->|[降升增减]至|提升至|到|至)[\s*]*")


def told_together(figures: Sequence[Span], text: str, *, there: bool) -> list[list[int]]:
    """For each figure those that stand in one list or change with it, and itself."""
    groups = [[i] for i in range(len(figures))]
    order = sorted(range(len(figures)), key=lambda i: figures[i])
    for i, j in itertools.pairwise(order):
        change = is_change if there else _is_change_here
        one, other = figures[i], figures[j]
        pair = there or len(figures) > 2 or not _is_comma(text, (one, other))
        listed = pair and _is_one_list(one, other, text, there=there)
        if listed or change(text, one, other):
            groups[i] += groups[j]
            for k in groups[i]:
                groups[k] = groups[i]
    return groups


def _is_comma(text: str, listed: Sequence[Span | _Item]) -> bool:
    """For inference, training is efficient: two with a comma between them are no list in English."""
    return len(listed) == 2 and text[listed[0][1] : listed[1][0]].strip(" *") == ","


def crosswise(figures: Sequence[Span], source: str) -> set[tuple[int, int]]:
    """Of two lists told each, the first of the one with the second of the other: never side by side."""
    found = set()
    for n in range(len(figures) - 3):
        _, second, third, fourth = figures[n : n + 4]
        told = _IN_ORDER.search(source, second[1], third[0])
        if told and _is_one_list(third, fourth, source, there=True):
            found |= {(n, n + 3), (n + 1, n + 2)}
    return found


def is_change(source: str, first: Span, second: Span) -> bool:
    """从 A 到 B: one thing has both figures, so that nothing can say whose they are."""
    between = source[first[1] : second[0]]
    if _ELSEWHERE.search(between):
        return False
    before = source[max(0, first[0] - 14) : first[0]]
    started = _FROM.search(before) and not _BY.search(before)
    return bool(
        (started and _TO.search(between))
        or _ARROW.fullmatch(between)
        or (_BY.search(before) and _AND_SO_TO.fullmatch(between))
        or (_TO.search(before) and _AND_SO_BY.fullmatch(between))
        or _SINCE.fullmatch(between)
        or _CHANGES_BY.fullmatch(between)
    )


def _is_change_here(text: str, first: Span, second: Span) -> bool:
    """From A to B, to B from A, A vs. B for a name."""
    between = text[first[1] : second[0]]
    return bool(
        (_TO_HERE.fullmatch(between) and _FROM_HERE.search(text[max(0, first[0] - 24) : first[0]]))
        or _UP_FROM.fullmatch(between)
        or (_VERSUS.fullmatch(between) and _FOR_A_NAME.match(text, second[1]))
    )


_FROM_HERE: Final = re.compile(
    r"\bfrom (?:about |around |roughly |just |only |an? |initial )*[*]*$"
)
_TO_HERE: Final = re.compile(
    r"[*]*,?(?: points?)? (?:down |up |all the way )?to (?:about |around |roughly |just |only |as \w+ as )*[*]*"
)
_VERSUS: Final = re.compile(r"[*]* (?:vs\.?|versus|against) (?:the \w+['’]s )?[*]*")
_FOR_A_NAME: Final = re.compile(r"[*]* (?:for (?:the )?|\()[A-Z][\w-]+(?=[,;.)])")
"""2.82% vs. 4.23% for Instruct, or (Instruct): both are."""
_UP_FROM: Final = re.compile(
    r"[*]*,? (?:up |down )?from (?:about |around |roughly |just |only )*[*]*"
)
