"""Up or down, faster or slower, most or least: the word that goes with a figure turned around."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from digestlib.fidelity.axes import AXES, LOWER_IS_BETTER, UP_OR_DOWN, Axis, Words
from digestlib.fidelity.cases import Case
from digestlib.fidelity.comparisons import compares_once, is_reversed, turned_sides
from digestlib.fidelity.findings import about, finding
from digestlib.fidelity.groups import single
from digestlib.fidelity.latter import other_name
from digestlib.fidelity.overtaken import is_told_of_rival
from digestlib.fidelity.sides import is_turned_twice
from digestlib.fidelity.things import figures_of, names_of, words_of
from digestlib.models import Finding, Quantity
from digestlib.patterns import Guarded, guarded
from digestlib.quantities.english_names import mask

_CHINESE_CLAUSE: Final = re.compile(
    r"[，。；！？,;\n]|(?<=[\d个条步张帧层%倍])\s?(?:时|之?后)(?![间序长])|(?<![前最])后(?=[反又却仍则还]?[升降提增减涨跌缩])"
)
"""In 扩至 5,000 个时跌至 71.2% each word has its figure."""
_ENGLISH_CLAUSE: Final = re.compile(
    r"[;:!?\n–—]|[.,](?=\s|$)|\b(?:and|while|whereas|but|with|as|when|once|despite|though|although|yet(?! to))\b"
)
_DENIED: Final = guarded(
    r"\b(?:no|without|any|zero|little|not|never|nor) (?:\w+ ){0,2}?"
    r"(?:drop|degradation|decline|decrease|reduction|loss|increase|gain|rise|slowdown|fall|improvement|"
    r"adding|extra|additional)s?\b|\b(?:barely|hardly|scarcely) \w+|\b(?:set|ma[dk]es?|mak\w+|tak\w+|took|ends?|ended|sums?|summed|back\w*|buil[dt]\w*|open\w*|follow\w*|giv\w+|gave|us(?:es|ed|ing)|pick\w*|turn\w*|held|keep\w*|show\w*|"
    r"catch\w*|caught|start\w*|warm\w*|look\w*|sign\w*|speed(?:s|ed)?) up\b(?! (?:to|from))|"
    r"\b(?:los\w+|sacrific\w+|forfeit\w*) (?:nothing|little|none|no)\b|\bnothing (?:\w+ )?lost\b|"
    r"\ball but [\w,.]+ (?:of [^.;,]{1,40}?)?\b(?:succe|pass|fail|correct)\w*|\bnot (?:always|necessarily) \w+|"
    r"\b(?:rather than|instead of) (?:\w+ly )?(?:improv|rais|ris|increas|lower|reduc|boost|help|hurt|fall|declin|drop|climb|grow|los|gain)\w*|"
    r"\b(?:narrow|trim|par|shr[aiu]n|eras)\w* (?:(?:its|their|the|some|that|any) )?(?:\w+ )?gains?\b|\bgains? (?:narrow|shr[aiu]n|eas)\w*|\b(?:break|broken|down)\W?stream\b|\b(?:broken|break|breaks) down\b|\bno longer\b|\bno more (?!than\b)|\bgradient descent\b",
    *("no ", "without ", "any ", "zero ", "little ", "not ", "never ", "nor ", "barely ", "hardly ", "rather than ", "instead of "),
    *("all but", "scarcely ", "nothing", "little", "none", " no", " up", "stream", " down", "gradient descent", "gain"),
)  # fmt: skip
_DENIED_THERE: Final = guarded(
    r"不降(?=反)|不升(?=反)|(?:无|没有|不|未)[^\s，。；、,;]{0,4}?(?:下降|降低|减少|增加|提升|损失|衰减)|梯度下降|下降沿|"
    r"压缩(?:率|比|器|机|算法|模型|方法|索引|包|后的)|(?:数据|检索|图像|语音)增强|降[噪维]|[上下]采样|增长率",
    *("不", "无", "没有", "未", "梯度下降", "下降沿", "压缩", "增强", "降", "采样", "增长率"),
)


def changed_direction(case: Case) -> Iterator[Finding]:
    """Up for down, faster for slower, most for least: the word nearest to the figure in its clause."""
    axes = [axis for axis in AXES if _may_be_turned(case, axis)]
    source, text = undenied(case) if axes else ("", "")
    for axis in axes:
        yield from _turned(case, axis, source, text)


def turned_ends(case: Case) -> Iterator[Finding]:
    """Down from 82.1% to 82.4%, where the source has 82.4% first: the ends are exchanged."""
    figures = sorted(case.figures, key=lambda m: m.target.start)
    for (one, start, _), (other, end, _) in itertools.pairwise(figures):
        told = case.text[max(0, start.start - 6) : start.start], case.text[start.end : end.start]
        if not _FROM.search(told[0]) or not _TO.fullmatch(told[1]) or one.unit != other.unit:
            continue
        values = start.value, end.value
        if not all(isinstance(value, Decimal) for value in values) or one.start < other.start:
            continue
        near = _SENTENCES.split(case.lowered[max(0, start.start - NEAR) : start.start])[-1]
        told_up, told_down = (_last(words, near) for words in UP_OR_DOWN.english)
        falls = start.value > end.value  # type: ignore[operator]
        if told_up != told_down and (told_up > told_down) == falls:
            yield about(case, "swap", "major", "from and to are exchanged", one, start)


def _last(words: Guarded, text: str) -> int:
    return max((m.end() for m in words.finditer(text)), default=-1)


NEAR: Final = 40
"""What goes from one figure to another is told so many characters before them."""
_SENTENCES: Final = re.compile(r"[.;] ")
_FROM: Final = re.compile(r"\bfrom \W*\Z")
_TO: Final = re.compile(r"\W*\bto \W*")


def turned_multiples(case: Case) -> Iterator[Finding]:
    """2.7 times lower, where the source says 2.7 倍 and nothing of less."""
    for s, t, _ in case.figures:
        if s.kind == "multiplier" and (told := _LESS_HERE.match(case.text, t.end)):
            low, high = _clause(case.source, s, _CHINESE_CLAUSE)
            less = _LESS_THERE.search(case.source[low:high]) or _is_less(case.source, s)
            if not less and not is_turned_twice(case):
                message = f"the source does not say {told[1]}"
                yield about(case, "direction", "major", message, s, t)


_LESS_HERE: Final = re.compile(r"[*]* (less|lower|smaller|fewer|slower|weaker|worse)\b")
_LESS_THERE: Final = re.compile("[降减低少小缩省慢弱短轻差劣跌落仅只]|不及|不如|不到")


def _may_be_turned(case: Case, axis: Axis) -> bool:
    """Whether English has a word for the opposite of one of the source."""
    (rise, fall), (more, less) = axis.chinese, axis.english
    up, down = rise.search(case.source), fall.search(case.source)
    if (up and less.search(case.lowered)) or (down and more.search(case.lowered)):
        return True
    if axis is UP_OR_DOWN and "恶化" in case.source and less.search(case.lowered):
        return True
    if axis is UP_OR_DOWN and (up or down) and _TIME.search(case.source):
        if any(_speed_behind(case.lowered, t) for _, t, _ in case.figures):
            return True
        return any(_is_turned_than(case.lowered, t, down=bool(down)) for _, t, _ in case.figures)
    if axis is not UP_OR_DOWN or not (up or down):
        return False
    if down and any(_is_plus(case.text, t) for _, t, _ in case.figures):
        return True
    told = [_BEHIND.match(case.text, t.end) for _, t, _ in case.figures]
    return any(word and (down if word["up"] else up) for word in told)


def _is_turned_than(low: str, t: Quantity, *, down: bool) -> bool:
    """Whether 4.1 more than another one is told, which is never about the time beside it."""
    behind = _BEHIND.match(low, t.end)
    return bool(behind and behind["up"] and down and low.startswith(" than", behind.end()))


def _turned(case: Case, axis: Axis, source: str, text: str) -> Iterator[Finding]:
    """The first figure of which English says the opposite."""
    opposed = _sign(text, axis.english) * _sign(source, axis.chinese) == -1
    for s, t, _ in case.figures:
        left = _sign_there(source, s, axis)
        if not left or _A_MODEL.match(case.text, t.end) or text.endswith("@", 0, t.start):
            continue
        if axis.name == "better/worse" and _is_better_lower(source, s):
            continue
        plus = axis is UP_OR_DOWN and _is_plus(text, t) and not _is_plus(source, s)
        right = 1 if plus else _sign_here(text, t, axis)
        if axis.name == "keep/lose":
            right = opposed and _sign(text[slice(*_clause(text, t, _ENGLISH_CLAUSE))], axis.english)
        if not right and axis is UP_OR_DOWN and left < 0 and not _is_better_lower(source, s):
            right = bool(_IMPROVES_BY.search(text, max(0, t.start - NEAR), t.start))
        if not right and axis is UP_OR_DOWN and _is_of_time(source, s):
            right = _speed_behind(text, t)
        if axis is UP_OR_DOWN and left > 0 > right and _is_less(source, s):
            continue
        if left * right == -1:
            if axis.name == "ahead/behind" and _is_told_of_other(case, axis, -left):
                return
            if axis is UP_OR_DOWN and "恶化" in source and _WORSENS.search(text):
                return
            if is_told_of_rival(case, axis, -left, t):
                return
            if not is_reversed(case, t.start) and not is_turned_twice(case):
                patch = _turned_back(text, t, axis.english)
                message = f"{axis.name} is turned around"
                yield about(case, "direction", "major", message, s, t, patch)
            return


_IMPROVES_BY: Final = re.compile(
    r"\bimprov(?:es|ed|ing|e) (?:[a-z]+ )?by (?:about |around |roughly |some |nearly |only |just )?\W?\Z"
)
"""What improves by so much has not fallen, unless less of it is better."""
_WORSENS: Final = re.compile(r"\b(?:wors|degrad|deteriorat)")
"""恶化 is up for errors, and worse in any case."""


def _is_told_of_other(case: Case, axis: Axis, sign: int) -> bool:
    """Large models beat small ones, where the source says that small ones are behind."""
    source, text = case.source, case.text
    named = *names_of(source, text), *words_of(source, text), *figures_of(single(case.matches))
    first = min((t for t in named if t.once), key=lambda thing: thing.source[0], default=None)
    word = axis.english[sign < 0].search(case.lowered)
    if word and "前者" in source and _THE_LATTER.search(case.lowered, 0, word.start()):
        return True
    pointed = other_name(case)
    if word and pointed and pointed in re.split(r"[.;,:] ", text[: word.start()])[-1]:
        return True
    return bool(first and word and 0 <= first.target[0][0] - word.end() <= _OTHER)


_THE_LATTER: Final = re.compile(r"\b(?:latter|second|other)\b[^.;]{0,24}\Z")
_OTHER: Final = 20
"""What is beaten stands so many characters behind the word, or fewer."""
_A_MODEL: Final = re.compile(r"(?<=[BM])(?:-parameter)? (?:\w+ )?models?\b")
"""30B in `a 30B model` is a size, which nothing goes up to."""


def _is_less(source: str, quantity: Quantity) -> bool:
    """Whether an improvement is one of less: 延迟降至 0.33 秒（提升 200 倍）."""
    before = source[max(0, quantity.start - REACH) : quantity.start].split("。")[-1]
    host, opened, said = before.rpartition("（")
    if not opened or not _IMPROVES.search(said):
        return False
    clause = _CHINESE_CLAUSE.split(host)[-1]
    return bool(LOWER_IS_BETTER.search(clause) and _FALLS.search(clause))


_IMPROVES: Final = re.compile("提升|提高|改善|加速|优化")
_FALLS: Final = re.compile("[降减缩]")


def exchanged_sides(case: Case) -> Iterator[Finding]:
    """Manual is 12% higher than automatic, where automatic is 12% higher than manual."""
    if not compares_once(case):
        return
    source, text = undenied(case)
    for s, t, _ in case.figures:
        left = _sign_there(source, s, UP_OR_DOWN)
        if left and left == _sign_here(text, t, UP_OR_DOWN):
            for turned in itertools.islice(turned_sides(case), 1):
                message = "what is compared with what is exchanged"
                yield finding(case, "swap", "major", message, target=turned)
            return


def _is_of_time(source: str, quantity: Quantity) -> bool:
    """Whether the clause of the figure is about how long something takes."""
    return bool(_TIME.search(source[slice(*_clause(source, quantity, _CHINESE_CLAUSE))]))


def _speed_behind(text: str, quantity: Quantity) -> int:
    """8% faster is less time, 8% slower is more."""
    told = _SPEED.match(text, quantity.end)
    return (-1 if told["fast"] else 1) if told else 0


_TIME: Final = re.compile("耗时|用时|费时|延迟|时延|时长|时间")
_SPEED: Final = re.compile(r"[* ]*(?:(?P<fast>faster|quicker|sooner)|slower|later)\b")


def _is_better_lower(source: str, quantity: Quantity) -> bool:
    """Whether the clause of the figure is about errors or costs, of which less is better."""
    return bool(LOWER_IS_BETTER.search(source[slice(*_clause(source, quantity, _CHINESE_CLAUSE))]))


_ANTONYMS: Final = {
    word: other
    for pair in (
        "rises falls", "rise fall", "rose fell", "risen fallen", "increases decreases",
        "increase decrease", "increased decreased", "higher lower", "raises lowers",
        "raised lowered", "grows shrinks", "more less", "up down", "larger smaller",
        "longer shorter", "above below", "gains drops", "gain drop", "climbs drops",
        "faster slower", "adds saves", "longest shortest", "largest smallest",
        "highest lowest", "maximum minimum", "top bottom", "ahead behind", "leads trails",
        "keeps loses", "retains loses",
    )
    for word, other in (pair.split(), pair.split()[::-1])
}  # fmt: skip


def _turned_back(text: str, quantity: Quantity, words: Words) -> str | None:
    """The opposite of the one word of direction in the figure's clause."""
    start, end = _clause(text, quantity, _ENGLISH_CLAUSE)
    found = {m[0].lower() for word in words for m in word.finditer(text, start, end)}
    return _ANTONYMS.get(found.pop()) if len(found) == 1 else None


def undenied(case: Case) -> tuple[str, str]:
    """Both texts without words of direction that are denied: no drop, without loss, 无性能衰减."""
    there = [match.span() for match in _DENIED_THERE.finditer(case.source)]
    here = [match.span() for match in _DENIED.finditer(case.lowered)]
    if "压缩率" in case.source or "压缩比" in case.source:
        here += [match.span() for match in _COMPRESSES.finditer(case.lowered)]
    if "省" in case.source:
        here += [match.span() for match in _TIME_GAINED.finditer(case.lowered)]
    return mask(case.source, there, " "), mask(case.lowered, here, " ")


_COMPRESSES: Final = re.compile(r"\bcompress\w*")
_TIME_GAINED: Final = re.compile(
    r"\bgain(?:s|ed|ing)?(?= (?:[\w.-]+ ){1,4}(?:second|minute|hour|day|week|month)s?\b)"
)
"""每天节省 5 小时: people gain five hours a day."""


def _sign(text: str, words: Words) -> int:
    """1 for up only, -1 for down only, 0 for neither or both."""
    return bool(words[0].search(text)) - bool(words[1].search(text))


def _sign_there(source: str, quantity: Quantity, axis: Axis) -> int:
    """What Chinese says nearest to the figure; errors that 恶化 go up."""
    if axis is UP_OR_DOWN and "恶化" in source and _is_better_lower(source, quantity):
        source = source.replace("恶化", "升高")
    return _nearest_sign(source, quantity, axis, axis.chinese, _CHINESE_CLAUSE)


def _sign_here(text: str, quantity: Quantity, axis: Axis) -> int:
    """What English says: the word right behind the figure (41% shorter), else the nearest."""
    if axis is UP_OR_DOWN and quantity.text[0] in "-−":
        return -1
    if axis is UP_OR_DOWN and (itself := _FOLD.search(quantity.text)):
        return -1 if itself["halves"] else 1
    if axis is UP_OR_DOWN and (behind := _BEHIND.match(text, quantity.end)):
        if behind[0].endswith("behind") and not _SOMEBODY.match(text, behind.end()):
            near = max(0, quantity.start - 60)
            if _LEAVES.search(text, near, quantity.start):
                return 1
        if _MORE_OR_LESS.search(behind[0]) and _SAVES.search(text, 0, quantity.start):
            return 0
        return 1 if behind["up"] else -1
    return _nearest_sign(text, quantity, axis, axis.english, _ENGLISH_CLAUSE)


_FOLD: Final = re.compile(
    r"\b(?:doubl|tripl|trebl|quadrupl)(?:es?|ed|ing)\b|(?P<halves>halv)", re.I
)
"""What says by itself which way: loss goes down each time that data doubles."""
_LEAVES: Final = re.compile(r"\bleav(?:es?|ing) [^.;,\d]{1,50}\Z|\bleft [^.;,\d]{1,50}\Z")
"""Leaving the other 9.5 points behind is to be ahead of it …"""
_SOMEBODY: Final = re.compile(r" (?!and\b|but\b|on\b|in\b|at\b|with\b)\w")
"""… and leaving it 2 points behind GPT-4o is not."""
_MORE_OR_LESS: Final = re.compile(r"\b(?:more|less|fewer)\Z")
_SAVES: Final = re.compile(
    r"\b(?:sav\w+|cut\w*|reduc\w+|los\w+|shed\w*|trim\w*|drop\w*|lower\w*|f[ae]ll\w*)"
    r"(?: by)?(?: about| around| roughly| some| up to)?[ *]*\Z"
)
"""To save 12% more is neither up nor down by it."""


def _is_plus(text: str, quantity: Quantity) -> bool:
    """Whether a figure is told with its sign, +13.7%."""
    return "+" in text[max(0, quantity.start - 1) : quantity.start + 1]


_BEHIND: Final = re.compile(
    r"(?:[ -](?:percentage[ -])?points?| [Ååµμ°ω]\w{0,2})?(?: and [\d.]+(?: (?:percentage )?points?)?)?,? "
    r"(?:(?P<up>above|higher|more|longer|larger|greater|"
    r"(?<!hours )(?<!hour )(?<!days )(?<!day )ahead|ahead of)(?! \W?\d[\d.,]*(?![A-Za-z\d]))|"
    r"(?P<down>below|lower|less|fewer|shorter|smaller|behind|short of)(?! \W?\d[\d.,]*(?![A-Za-z\d])))\b"
)


def _nearest_sign(
    text: str, quantity: Quantity, axis: Axis, words: Words, mark: re.Pattern[str]
) -> int:
    """What the word of direction says that stands nearest to the figure in its clause."""
    start, end = _clause(text, quantity, mark)
    told = [(found, 1) for found in words[0].finditer(text, start, end)]
    told += [(found, -1) for found in words[1].finditer(text, start, end)]
    if told and axis is UP_OR_DOWN:
        told += [(found, 0) for found in _NEUTRAL.finditer(text, start, end)]
    asides = [m.span() for m in _BRACKET.finditer(text, start, end)] if told else []
    ways = [
        (_way(found.span(), quantity), sign)
        for found, sign in told
        if (found.end() <= quantity.start or not _VERB.search(found[0]))
        and not (quantity.bound and quantity.start <= found.start() < quantity.end)
        and not _MAY.fullmatch(text, quantity.end, found.start())
        and not any(a <= found.start() < b and not a < quantity.start < b for a, b in asides)
        and not _SPENT.match(text, found.end(), quantity.start)
    ]
    return min(ways)[1] if ways else 0


_SPENT: Final = re.compile(
    r"[^.;,\d]{0,40}\bfrom \W?\d[^.;,\s]*(?: \w+)? to \W?\d[^.;,\s]* (?!by\b)[^.;,]* \Z"
)
"""Extending it from 8K to 1M costs 0.3 points: what is extended is not these."""
_NEUTRAL: Final = re.compile(
    r"\b(?:fast(?:er|est)?(?<!rises fast)(?<!falls fast)(?<!drops fast)(?<!grows fast)|quick(?:er|est)?|slow(?!ly)\w*|speed\w*|better|worse|improv\w*|cheap\w*|accelerat\w*|chang\w*|"
    r"go(?:es|ing)?|went|mov\w+)\b|改善|优化|加速|提速|快(?!速)|变为|变成",
)
_VERB: Final = re.compile(r"[a-z](?:(?<!s)s|ing)$")
_MAY: Final = re.compile(
    r"[* ]+(?:(?:can|could|will|may|might|would|should) (?:\w+ )?|(?:is|was) (?:enough|sufficient|needed|required) to )"
)
"""From 1.0 to 0.2 can raise the rate: what may rise is not these."""


def _way(word: tuple[int, int], quantity: Quantity) -> int:
    """How far a word stands from a figure; behind it is farther than in front of it."""
    if word[1] <= quantity.start:
        return quantity.start - word[1]
    behind = max(0, word[0] - quantity.end)
    return behind if behind < 6 else behind + 20


def _clause(text: str, quantity: Quantity, mark: re.Pattern[str]) -> tuple[int, int]:
    low, high = max(0, quantity.start - REACH), min(len(text), quantity.end + REACH)
    for bracket in _BRACKET.finditer(text, low, high):
        if bracket.start() < quantity.start < bracket.end():
            alone = not _WORDS.search(text[bracket.start() : quantity.start])
            return (max(low, bracket.start() - 8) if alone else bracket.start()), bracket.end()
    before = [m.end() for m in mark.finditer(text, low, quantity.start + 1)]
    start = max((end for end in before if end <= quantity.start), default=low)
    stop = mark.search(text, quantity.end, high)
    return start, stop.start() if stop else high


REACH: Final = 160
"""A word of direction stands at most so many characters from its figure."""
_WORDS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_BRACKET: Final = re.compile(r"[(（][^()（）\n]{0,160}[)）]")
