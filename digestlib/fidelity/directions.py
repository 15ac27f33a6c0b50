"""Up or down, faster or slower, most or least: the word that goes with a figure turned around."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.comparisons import is_reversed, turned_sides
from digestlib.fidelity.findings import about, finding
from digestlib.models import Finding, Quantity
from digestlib.patterns import Guarded, guarded, lowered
from digestlib.quantities.english_names import mask

_N: Final = r"(?=\s*\*{0,2}\s*(?:约|将近|近|了|出)?\s*[\d.一二两三四五六七八九十半])"
_AXES: Final[tuple[tuple[str, str, str, str, str], ...]] = (
    (
        "up/down",
        rf"提升|提高|增加|增长|上升|升至|升高|升到|增至|增强|扩大|扩展(?!到[^，。；]{{1,12}}[时后])|拉长|延长|高出|攀升|调高|上调|调大|增大|涨|飙升|增大|反升|略升|微升|跃升|回升|领先|反超|增幅|涨幅|升幅|高(?<!最高){_N}|多[用花占耗]?(?<![至最许诸]多){_N}|[大长](?<![最扩增][大长]){_N}",
        rf"降低|下降|减少|缩短|缩减|缩小|压缩|恶化|降至|减至|减小|节省|省时|削减|降到|降为|骤降|调低|下调|调小|下滑|跌|掉到|掉至|反降|略降|微降|缩至|落后|降幅|跌幅|低(?<!最低){_N}|(?<=[仅只略微])损失{_N}|损失[了仅]{_N}|少[用花占耗]?(?<![至最]少){_N}|[小短](?<![最缩减][小短]){_N}",
        r"adds?|adding(?= (?:\w+ )?[\d~])|increas\w+|rise[sn]?|rising|rose|grow\w*|grew|climb\w*|higher|gain\w*|boost\w*|jump\w*|"
        r"rais(?:es?|ed|ing)|lift\w*|up from|(?:points?|%|well|far) above|widen\w*|more(?! than| or)|"
        r"expand\w*|enlarg\w*|extend\w*|lengthen\w*|soar\w*|surg\w*|larger|(?<!no )(?<!in )(?<!on )(?<!at )(?<!for )(?<!with )longer|"
        r"(?:bring|push|tak|go|mov)\w*\b[^.;,]{0,25} up to|up(?! to)",
        r"decreas\w+|reduc\w+|drop\w*|falls?(?! short)|falling(?! short)|fallen|fell|lower\w*|"
        r"cuts?|cutting|declin\w+|shr[iau]nk\w*|fewer(?! than)|less(?! than| or)|compress(?:es|ed|ing)?|plung\w*|"
        r"shorten\w*|shorter|smaller|los(?:es?|ing|t)(?= (?:about |around |roughly |up to |over |more than |at least )?\d)|down from|(?:points?|%|well|far) below|narrow(?:s|ed|ing)|"
        r"loss(?:es)? of(?= (?:about |around |roughly |up to |over |more than |at least )?\d)|sav(?:es?|ing)|worsen\w*|degrad\w+|deteriorat\w+|collaps\w*|plummet\w*|down",
    ),
    (
        "faster/slower",
        r"加速|提速|加快|快",
        r"减速|变慢|更慢|慢",
        r"faster|speed-?ups?|accelerat\w+|quicker|speeds? up|sped up",
        r"slower|slow(?:s|ed|ing)? down|slowdowns?|slows|slowed",
    ),
    (
        "most/least",
        r"最长|最大(?!化|程度)|最高|峰值",
        r"最短|最小(?!化)|最低|最少",
        r"longest|largest|maximum|highest|peak",
        r"shortest|smallest|minimum(?! of)|lowest",
    ),
    ("first/last", r"前\s*\d", r"[后末]\s*\d", r"first", r"last|final"),
    ("top/bottom", r"前\s*[\d一二两三四五六七八九十]", r"[后末]\s*\d+\s*%", r"top", r"bottom"),
    (
        "keep/lose",
        r"保留|保持|维持",
        r"损失|丧失|丢失",
        r"keep\w*|retain\w*|preserv\w+|maintain\w*|kept",
        r"los(?:e|es|t|ing|s|ses)\b|forfeit\w*",
    ),
    ("save/lose", r"节省|节约|省下", r"浪费", r"sav\w+", r"los(?:e|es|t|ing)|wast\w+"),
    (
        "better/worse",
        rf"提升|提高|优于|领先|高出|(?<!最)高{_N}",
        rf"下降|降低|落后|(?<!最)低{_N}",
        r"better|superior",
        r"worse|inferior|poorer",
    ),
    (
        "ahead/behind",
        r"领先|反超|赶超|超越|优于|胜过|超过(?!了?\s*\*{0,2}\s*[\d一二两三四五六七八九十])",
        r"落后|落于",
        r"leads?|leading by|ahead|overtak\w+|beat\w*|outperform\w*|surpass\w*",
        r"trail\w*|behind|lag\w*|underperform\w*",
    ),
)
_COMPILED: Final = tuple(
    (
        name,
        (re.compile(zh_up), re.compile(zh_down)),
        (
            re.compile(rf"(?<![A-Za-z-])(?:{up})(?![A-Za-z])"),
            re.compile(rf"(?<![A-Za-z-])(?:{down})(?![A-Za-z])"),
        ),
    )
    for name, zh_up, zh_down, up, down in _AXES
)
_CHINESE_CLAUSE: Final = re.compile(r"[，。；！？,;\n]")
_ENGLISH_CLAUSE: Final = re.compile(
    r"[;:!?\n–—]|[.,](?=\s|$)|\b(?:and|while|whereas|but|with|as|when|once)\b"
)
_DENIED: Final = guarded(
    r"\b(?:no|without|any|zero|little|not|never|nor) (?:\w+ ){0,2}?"
    r"(?:drop|degradation|decline|decrease|reduction|loss|increase|gain|rise|slowdown|fall|improvement|"
    r"adding|extra|additional)s?\b|\b(?:barely|hardly|scarcely) \w+|\b(?:set|ma[dk]es?|mak\w+|tak\w+|took|ends?|ended|sums?|summed|back\w*|buil[dt]\w*|open\w*|follow\w*|giv\w+|gave|us(?:es|ed|ing)|pick\w*|turn\w*|held|keep\w*|show\w*|"
    r"catch\w*|caught|start\w*|warm\w*|look\w*|sign\w*|speed(?:s|ed)?) up\b(?! (?:to|from))|"
    r"\b(?:break|broken|down)\W?stream\b|\b(?:broken|break|breaks) down\b|\bslow\w* down\b|\bno longer\b|\bgradient descent\b",
    *("no ", "without ", "any ", "zero ", "little ", "not ", "never ", "nor ", "barely ", "hardly "),
    *("scarcely ", " up", "stream", " down", "gradient descent"),
)  # fmt: skip
_DENIED_THERE: Final = guarded(
    r"不降(?=反)|不升(?=反)|(?:无|没有|不|未)[^\s，。；、,;]{0,4}?(?:下降|降低|减少|增加|提升|损失|衰减)|梯度下降|下降沿|"
    r"压缩(?:率|比|器|机|算法|模型|方法|索引|包|后的)|(?:数据|检索|图像|语音)增强|降[噪维]|[上下]采样|增长率",
    *("不", "无", "没有", "未", "梯度下降", "下降沿", "压缩", "增强", "降", "采样", "增长率"),
)


def changed_direction(case: Case) -> Iterator[Finding]:
    """Up for down, faster for slower, most for least: the word nearest to the figure, or all words."""
    matches, source, text = case.figures, case.source, case.text
    axes = [axis for axis in _COMPILED if matches and _has_either(source, axis[1])]
    if not axes:
        return
    source_words, text_words = _blank(source, _DENIED_THERE), _lower_words(text)
    for name, chinese, english in axes:
        told = name == "up/down" or _has_either(text_words, english)
        if not told or not _has_either(source_words, chinese):
            continue
        theirs, ours = _sign(source_words, chinese), _sign(text_words, english)
        for s, t, _ in matches:
            if _A_MODEL.match(text, t.end):
                continue
            left = _nearest_sign(source_words, s, chinese, _CHINESE_CLAUSE)
            if name == "better/worse" and left and _is_better_lower(source, s):
                continue
            right = left and _sign_here(text_words, t, english)
            opposite = theirs * ours == -1 and _sign(_sentence(text_words, t), english) == ours
            local = left * right == -1 and name != "keep/lose"
            if left and (local or opposite):
                if is_reversed(case, t.start):
                    break
                patch = _turned_back(text_words, t, english)
                message = f"{name} is turned around"
                yield about(case, "direction", "major", message, s, t, patch)
                break


_A_MODEL: Final = re.compile(r"(?<=[BM])(?:-parameter)? (?:\w+ )?models?\b")
"""30B in `a 30B model` is a size, which nothing goes up to."""


def exchanged_sides(case: Case) -> Iterator[Finding]:
    """Manual is 12% higher than automatic, where automatic is 12% higher than manual."""
    matches, source, text = case.figures, case.source, case.text
    turned = next(turned_sides(case), None) if matches else None
    if turned is None:
        return
    _, chinese, english = _COMPILED[0]
    source_words, text_words = _blank(source, _DENIED_THERE), _lower_words(text)
    for s, t, _ in matches:
        left = _nearest_sign(source_words, s, chinese, _CHINESE_CLAUSE)
        if left and left == _sign_here(text_words, t, english):
            message = "what is compared with what is exchanged"
            yield finding(case, "swap", "major", message, target=turned)
            return


def _is_better_lower(source: str, quantity: Quantity) -> bool:
    """Whether the clause of the figure is about errors or costs, of which less is better."""
    return bool(_LOWER_IS_BETTER.search(source[slice(*_clause(source, quantity, _CHINESE_CLAUSE))]))


_LOWER_IS_BETTER: Final = re.compile(
    r"错|误|损|延迟|时延|耗|时间|成本|开销|费用|困惑|失败|幻觉|风险|漏|偏差|占用|WER|CER|FID|FVD|LPIPS|MAE|RMSE|MSE|EER|DER|PPL|↓",
    re.IGNORECASE,
)
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


def _turned_back(text: str, quantity: Quantity, words: _Words) -> str | None:
    """The opposite of the one word of direction in the figure's clause."""
    start, end = _clause(text, quantity, _ENGLISH_CLAUSE)
    found = {m[0].lower() for word in words for m in word.finditer(text, start, end)}
    return _ANTONYMS.get(found.pop()) if len(found) == 1 else None


def _blank(text: str, denied: Guarded) -> str:
    """Without words of direction that are denied: no drop, without loss, 无性能衰减."""
    return mask(text, [match.span() for match in denied.finditer(lowered(text))], " ")


def _lower_words(text: str) -> str:
    return lowered(_blank(text, _DENIED))


def _has_either(text: str, words: _Words) -> bool:
    return bool(words[0].search(text) or words[1].search(text))


_Words = tuple[re.Pattern[str], re.Pattern[str]]
"""Patterns of the words for up and for down."""


def _sign(text: str, words: _Words) -> int:
    """1 for up only, -1 for down only, 0 for neither or both."""
    return bool(words[0].search(text)) - bool(words[1].search(text))


_BEHIND: Final = re.compile(
    r"(?:[ -](?:percentage[ -])?points?)?(?: and [\d.]+(?: (?:percentage )?points?)?)?,? "
    r"(?:(?P<up>above|higher|more|longer|larger|greater|ahead)|"
    r"(?P<down>below|lower|less|fewer|shorter|smaller|behind))\b"
)


def _sign_here(text: str, quantity: Quantity, words: _Words) -> int:
    """What English says: the word right behind the figure (41% shorter), else the nearest."""
    if words is _COMPILED[0][2] and (behind := _BEHIND.match(text, quantity.end)):
        return 1 if behind["up"] else -1
    return _nearest_sign(text, quantity, words, _ENGLISH_CLAUSE)


def _nearest_sign(text: str, quantity: Quantity, words: _Words, mark: re.Pattern[str]) -> int:
    """What the word of direction says that stands nearest to the figure in its clause."""
    start, end = _clause(text, quantity, mark)
    neutral = [(_NEUTRAL, 0)] if words in _COMPILED[0] else []
    aside = [m.span() for m in _BRACKET.finditer(text, start, end)]
    found = [
        (_way(found.span(), quantity), sign)
        for word, sign in ((words[0], 1), (words[1], -1), *neutral)
        for found in word.finditer(text, start, end)
        if (found.end() <= quantity.start or not _VERB.search(found[0]))
        and not any(a <= found.start() < b and not a < quantity.start < b for a, b in aside)
    ]
    return min(found)[1] if found else 0


_NEUTRAL: Final = re.compile(
    r"\b(?:fast(?:er|est)?(?<!rises fast)(?<!falls fast)(?<!drops fast)(?<!grows fast)|quick(?:er|est)?|slow(?!ly)\w*|speed\w*|better|worse|improv\w*|cheap\w*|accelerat\w*|chang\w*|"
    r"go(?:es|ing)?|went|mov\w+)\b|改善|优化|加速|提速|快(?!速)|变为|变成",
)
_VERB: Final = re.compile(r"[a-z](?:s|ing)$")


def _way(word: tuple[int, int], quantity: Quantity) -> int:
    """How far a word stands from a figure; behind it is farther than in front of it."""
    if word[1] <= quantity.start:
        return quantity.start - word[1]
    behind = max(0, word[0] - quantity.end)
    return behind if behind < 6 else behind + 20


def _sentence(text: str, quantity: Quantity) -> str:
    low, high = max(0, quantity.start - 2 * REACH), min(len(text), quantity.end + 2 * REACH)
    start = max(low, *(text.rfind(mark, low, quantity.start) + 1 for mark in (". ", "\n")))
    ends = [at for mark in (". ", "\n") if (at := text.find(mark, quantity.end, high)) >= 0]
    return text[start : min(ends, default=high)]


def _clause(text: str, quantity: Quantity, mark: re.Pattern[str]) -> tuple[int, int]:
    low, high = max(0, quantity.start - REACH), min(len(text), quantity.end + REACH)
    for bracket in _BRACKET.finditer(text, low, high):
        if bracket.start() < quantity.start < bracket.end():
            alone = not _WORDS.search(text[bracket.start() : quantity.start])
            return (max(low, bracket.start() - 8) if alone else bracket.start()), bracket.end()
    start = low
    for match in mark.finditer(text, low, high):
        if match.end() <= quantity.start:
            start = match.end()
        elif match.start() >= quantity.end:
            return start, match.start()
    return start, high


REACH: Final = 160
"""A word of direction stands at most so many characters from its figure."""
_WORDS: Final = re.compile(r"[A-Za-z\u4e00-\u9fff]")
_BRACKET: Final = re.compile(r"[(（][^()（）\n]{0,160}[)）]")
