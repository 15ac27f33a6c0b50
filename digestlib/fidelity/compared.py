"""What either text compares with what: where the two sides stand, and which of them is more."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from digestlib.fidelity.nearness import Span
from digestlib.patterns import guarded


class Compared(NamedTuple):
    """Where the two sides stand, and whether the first is said to be more or less."""

    subject: Span
    """All of the sentence that may be; what it is compared with may stand within it."""
    near: Span
    """What of it stands in the same clause."""
    other: Span
    sign: int
    amount: bool | None = False
    """Whether it says how much there is: higher, fewer, and not better, faster; less says either."""


NOWHERE: Final = (0, 0)
COMPARED: Final = (
    "优于|超过|超越|胜过|领先|击败|赶超|反超|好于|高于|快于|强于|多于|大于|压过|战胜|打败|力压|赢过|不同|有别于|"
    "落后|不如|不及|劣于|逊于|低于|慢于|弱于|少于|小于|差于|比|较|倍|高出前者|高出后者|的一半|成|分之|%|％|1/"
)
"""What each Chinese comparison has."""
_THERE: Final = re.compile(
    r"(?P<up>优于|超过(?!了?[\s*]*(?!\d[\d.]*\s?[BM]\s?(?:版|级|的?模型|参数的?模型|规模的))[\d一二两三四五六七八九十几半])|压过|战胜|打败|力压|赢过|超越|胜过|领先于?|击败|赶超|反超|好于|高于|快于|强于|多于|大于|高出(?=[前后]者))"
    r"|(?P<down>落后(?:于|了?(?=[^\s*，。；了的近约达到至在\d一二两三四五六七八九十百几半]))|不如|不及|劣于|逊于|低于|慢于|弱于|少于|小于|差于)"
    r"|(?P<than>(?:比(?<!\d比)(?<!\d 比)|比(?! ?\d))(?<![相对占可]比)(?![例如较特率值重分]|对(?!照|手)))"
    r"|(?:是|达到?了?|约为|相当于)(?P<times>(?:\s*(?:\d[A-Z]|[A-Za-z])[\w.-]*(?: [\w.-]+){0,3} ?|(?:[^，。；是达\d一二两三四五六七八九十百]|[上前同]一){2,30}?))的[\s*]*(?:近|约|将近|接近)?[\s*]*(?:\d[\d.]*|[一二两三四五六七八九十百]+)[\s*]*倍"
    r"|(?:是|约为|相当于|仅为|只有|不足|不到|低于)(?P<part>(?!原|之前|此前|以前|目前|现有|过去|去年|上年)(?:\s*(?:\d[A-Z]|[A-Za-z])[\w.-]*(?: [\w.-]+){0,3} ?|(?:[^，。；是\d一二两三四五六七八九十百]|[上前同]一){2,30}?))的[\s*]*(?:近|约|将近|不到)?[\s*]*(?:一半|[一二两三四五六七八九]成|[一二三四五六七八九十百千万]+分之[一二三四五六七八九十]|\d[\d.]*\s?[%％]|1/\d)"
    r"|(?P<first>相比于?|相较于?|较之|(?<![^，。；\n])(?:不同|有别)于(?=[^，。；]{2,40}，)|(?<![^，。；\n])较(?=[^，。；\d]{2,24}，))(?=[^，。；\d])"
    r"|(?:[与和跟]|(?<!不)同(?!样|时|类))(?=(?P<with>[^，。；：（）\n]{1,40}?)(?:相比|相较|对比|不同(?=，)))"
)
UP_THERE: Final = re.compile(
    r"更(?![低少慢差弱小短])|[高多快好强优大长](?![模视步语任轮源头维智质化文期程规])|领先|提升|提高"
)
DOWN_THERE: Final = re.compile(
    r"[低少慢弱小短](?![样步资模文期程规])|(?<!相)差|落后|降低|下降|减少|减半|缩短|缩减|节省"
)
_ADJECTIVE: Final = re.compile(
    r"更|要|高(?!分辨率|质量|清|性能|资源)|多(?!模态|语|任务|头|智能体|步|轮|视角|源)|[快好优差弱慢]|强(?!化学习)|"
    r"(?<![扩放增])大(?!模型|规模|语言)|(?<!延)长(?!上下文|文|序列|视频)|低(?!资源|秩|质量|光照|频)|少(?!样本)|"
    r"(?<!缩)小(?!模型|规模|样本)|短(?!视频|文)|领先|落后|提升|提高|降低|下降|减少|效果|性能|表现"
)
_BOTH_WAYS: Final = re.compile(
    r"[^。；！？\n]{0,60}(?:但|却|不过|然而|虽)[^。；！？\n]{0,30}[高多快好强优低少慢差弱]"
)
_CLAUSE_THERE: Final = re.compile(r"[。；！？，,\n]")
_SENTENCE_THERE: Final = re.compile(r"[。；！？\n]")
_HERE: Final = guarded(
    r"\b(?:(?P<up>(?:(?:bett|high|fast|great|larg|strong|quick|long|sharp|crisp|rich|clean|clear|smooth|fin|wid|broad|deep|tight|steadi|saf|dens)er|more(?! than \W?(?:(?:rmb|cny|usd|eur|us\$|hk\$) ?)?\d))\b"
    r"(?:(?! than )[^.;,:\n]){0,72} than(?! \W{0,3}\d(?![).,;](?!\d))| (?:a |one )?(?:half|third|quarter|fifth|tenth|twice)\b| (?:ten|two|three|four|five|six|seven|eight|nine|twelve|twenty)\b(?! ?[).,;]))|(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beats?|beating|exceed(?:s|ed|ing)?)(?! (?:about |nearly |over |some |roughly )?\d[\d.]*(?:%| per ?cent))|"
    r"outdo(?:es)?|outdid|(?:improves?|improved|improving) (?:up)?on|outscor(?:es?|ed|ing)|overtak(?:es?|ing)|overtook|tops|defeats?|ahead of|superior to|above (?!the \W?\d[\d.,]*%? (?:minimum|floor|cap|limit|threshold|maximum)\b)(?=that|those|the|what)|"
    r"(?:lead|edge|advantage|win|victory)s? over|leads? (?=[^.;,:]{2,40} by (?:[a-z]+ ){0,2}?\W?(?:\d|a |an |one|two|three))(?!by\b|on\b|in\b|at\b|with\b|to\b|the (?:way|field|pack|table|list|ranking|leaderboard|board)\b)|leading (?!to\b|the\b|model|edge|cause|method|system|lab|compan|role)|(?:twice|double|\d[\d.]*(?:x| times)|\w+ times) (?:that|those|the [\w-]+(?: [\w-]+)?) of|(?:\d[\d.]*(?:x| times)|twice|double|\w+ times)(?= what (?:(?:is|was) \w+ here|th(?:e|is) )\b)|doubles the (?!number|amount|size|count|length|speed)[\w-]+(?: [\w-]+)? of|"
    r"(?:\d[\d.]*(?:x| times)|twice|\w+ times) (?:(?:as|so) (?:(?:much|many) (?:[\w-]+ ){2,3}|[\w-]+ (?:[\w-]+ )?)as|(?=(?:its|their)\b)))"
    r"|(?P<down>(?:half|(?:an?|one) (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)) as (?:(?:much|many) (?:[\w-]+ ){0,3}|[\w-]+ )as|(?:half|(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?|\d[\d.]*(?:%| percent)) (?:of )?(?:that|those) (?:of|for|in|with)|(?:a|one) (?:third|quarter|fifth|tenth|hundredth)(?=(?: of)? the [a-z-]+ (?!of))|(?:a|one) (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)(?: of)? the (?:size|cost|price|length|weight|power|latency|speed|memory|compute|depth|width|scale) of|(?:a|one) (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth|thousandth) of(?= that(?:[.,;]|\Z))|half (?:of )?what(?! (?:it|they|is|was|were)\b)|half the (?!number|amount|size|time|cost|price|data|memory|width|length|speed)[\w-]+(?: [\w-]+)? of|(?:(?:worse|lower|slower|weaker|poorer|smaller|shorter)\b|(?:less|fewer)\b(?! than (?:\W?(?:(?:rmb|cny|usd|eur|us\$|hk\$) ?)?\d|(?:(?:an?|one|two|three)[ -](?:half|third|quarter|\w+th)s?|half) (?:of )?(?:its|their)\b|(?:half|an? (?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|hundredth)) (?:as|the)\b)))"
    r"(?:(?! than )[^.;,:\n]){0,72} than(?! \W{0,3}(?:(?:rmb|cny|usd|eur|us\$|hk\$) ?)?\d)|trail(?:s|ed|ing)?|lag(?:s|ged|ging)?(?: a (?:little|bit)| \w+)? behind|below (?!the \W?\d[\d.,]*%? (?:minimum|floor|cap|limit|threshold|maximum)\b)(?=that|those|the|what)|"
    r"(?:is|are|fall|falls|fell|comes?) (?:\w+ ){0,2}(?:behind|short of)|los(?:e|es|t|ing) (?:out )?to|inferior to|underperform(?:s|ed|ing)?|"
    r"(?:beaten|outperformed|surpassed|exceeded|overtaken|bested|outdone|outscored) (?:\w+ )?by(?! (?:about |around |roughly |some |nearly |only |just |over |more than |up to )?\W?\d)))\b"
    r"(?! (?:by|only)\b)",
    *(
        " than",
        "outperform",
        "surpass",
        "beat",
        "exceed",
        "outd",
        "outscor",
        "overt",
        "tops",
        "improv",
    ),
    *(
        "half what",
        " what ",
        "thousandth",
        "defeat",
        " of",
        "ahead",
        "superior",
        " over",
        "above",
        " as ",
        "lead",
        "third",
        "quarter",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "hundredth",
        " its",
        " their",
        "trail",
        "behind",
        "below",
    ),
    *("los", "inferior", "bested", "underperform", "short of", " that ", " those "),
)
_BASE_HERE: Final = guarded(
    r"\b(?:(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )compared (?:with|to)|in comparison (?:with|to)|relative to|measured against|unlike|"
    r"(?<!guard )(?<!up )against|versus|vs\.?)(?! \W?\d)",
    *("compar", "relative to", "against", "unlike", "versus", "vs"),
)
UP_HERE: Final = re.compile(
    r"\b(?:more|higher|better|faster|greater|larger|stronger|longer|improv\w+|increas\w+|gain\w*|ris\w+|rose|lead\w*|"
    r"boost\w*|rais\w+|up|ahead)\b"
)
DOWN_HERE: Final = re.compile(
    r"\b(?:less|lower|worse|slower|fewer|smaller|weaker|shorter|cut\w*|reduc\w+|decreas\w+|drop\w*|fall\w*|fell|los(?:es?|t|ing)|"
    r"trail\w*|down|behind|sav\w+|halv\w+|shr\w+)\b"
)
_SENTENCE_HERE: Final = re.compile(
    r"[;:\n]|\.(?=\s|$)|\b(?:while|whereas|(?<!nothing )but|though|although|yet|however)\b"
)
_CLAUSE_HERE: Final = re.compile(
    r"[;:\n]|[.,](?=\s|$)|\b(?:while|whereas|(?<!nothing )but|though|although|yet|however|and)\b"
)


def compared_there(source: str) -> Iterator[Compared]:
    """Each comparison of a Chinese text."""
    for word in _THERE.finditer(source):
        subject, near, other = _sides(word, source, _SENTENCE_THERE, _CLAUSE_THERE)
        if word["with"]:
            start, end = max(subject[0], word.start() - REACH), _end(source, word.end())
            whole = start, end
            yield Compared(whole, NOWHERE, word.span("with"), _sign(source[slice(*whole)]))
        elif word["times"]:
            yield Compared(subject, near, word.span("times"), 1)
        elif word["part"]:
            yield Compared(subject, near, word.span("part"), -1)
        elif word["first"]:
            stop = _SENTENCE_THERE.search(source, other[1])
            behind = other[1] + 1, stop.start() if stop else len(source)
            yield Compared(behind, behind, other, _sign(source[slice(*behind)]))
        elif not word["than"]:
            amount = bool(_AMOUNT_THERE.fullmatch(word[0]))
            denied = _DENIED_THERE.search(source, max(0, word.start() - 3), word.start())
            sign = 1 if bool(word["up"]) != bool(denied) else -1
            if when := _WHEN.search(source, *other):
                other = other[0], when.start()
            yield Compared(subject, near, _without_head(source, near, other), sign, amount)
        elif _BOTH_WAYS.match(source, word.end()):
            yield Compared(subject, near, other, 0)  # faster but less accurate: either is told
        elif adjective := _ADJECTIVE.search(source, word.end() + 1, other[1]):
            said = source[adjective.start() : other[1]][:8]
            amount = bool(_FEWER_THERE.match(said))
            yield Compared(subject, near, (other[0], adjective.start()), _sign(said), amount)


_WHEN: Final = re.compile(r"(?<=[^\s平小同及实准当暂])\s?时(?![间长延序效空代刻段钟速尚下区])")
"""低于阈值时交由人工复核: behind it stands what is done then."""


def _without_head(source: str, near: Span, other: Span) -> Span:
    """找到了优于已知配体的候选物: what is found is what is compared, and not with what."""
    at = source.rfind("的", *other) if _VERB_THERE.search(source[slice(*near)]) else -1
    return (other[0], at) if at > other[0] else other


_VERB_THERE: Final = re.compile(r"(?:[了出得]|[找得达]到)[^，。；]{0,12}\Z")
_DENIED_THERE: Final = re.compile("(?:[不未没]|没有|未能|无法)\\Z")
_FEWER_THERE: Final = re.compile(r"[更还要略稍]?[低少小短](?:了|约|近|[\s*])*\d")
"""An amount, of which it depends on the thing whether less of it is better."""
_AMOUNT_THERE: Final = re.compile("[高多大低少小]于|超[过越]")
_AMOUNT_HERE: Final = re.compile(
    r"(?:higher|lower|larger|smaller|greater|fewer|above|below|exceed|(?:half|an?|one)\b.* as\Z|.* as (?:much|many) .* as\Z)"
)


def _end(source: str, at: int) -> int:
    stop = _SENTENCE_THERE.search(source, at)
    return stop.start() if stop else len(source)


def _sign(said: str) -> int:
    """1 for more, -1 for less, 0 for neither or both."""
    return bool(UP_THERE.search(said)) - bool(DOWN_THERE.search(said))


def compared_here(low: str) -> Iterator[Compared]:
    """Each comparison of an English text of lower case."""
    told = list(itertools.islice(_told_here(low), MANY))
    yield from told
    yield from _and_so_much(low, told)


MANY: Final = 8
"""A text of more comparisons is not read."""


def _told_here(low: str) -> Iterator[Compared]:
    for word in _BASE_HERE.finditer(low):
        subject, _, other = _sides(word, low, _SENTENCE_HERE, _CLAUSE_HERE)
        stop = _SENTENCE_HERE.search(low, other[1])
        whole = subject[0], stop.start() if stop else len(low)
        said = low[slice(*whole)]
        sign = bool(UP_HERE.search(said)) - bool(DOWN_HERE.search(said))
        yield Compared(whole, NOWHERE, other, sign)
    for word in _HERE.finditer(low):
        subject, near, other = _sides(word, low, _SENTENCE_HERE, _CLAUSE_HERE)
        if word[0].endswith(" ") and _AGAIN.search(low, *subject):
            continue
        beaten = word["up"] and word[0].endswith("ed") and _PASSIVE.search(low, *near)
        if not beaten and not _DENIED.search(low, *subject):
            either = word[0].startswith(("more", "less"))
            if aside := _IN_THIS.search(low, *other):
                other = other[0], aside.start()
            amount = None if either else bool(_AMOUNT_HERE.match(word[0]))
            sign = 1 if word["up"] else -1
            yield Compared(subject, near, other, _last(word[0], sign), amount)


def _and_so_much(low: str, told: Sequence[Compared]) -> Iterator[Compared]:
    """It beats B despite having fewer than half as many: as B, with which alone it is compared."""
    part = _PART_ONLY.search(low)
    if part and len(told) == 1 and told[0].near != NOWHERE:
        yield told[0]._replace(sign=-1, amount=True)


_PART_ONLY: Final = guarded(
    r"\b(?:despite|though|although|while|even) (?:[a-z]+ing|with|on|at) (?:[a-z-]+ ){0,3}?(?:less|fewer) than (?:half|an? (?:third|quarter|fifth|sixth|eighth|tenth))\b"
    r"(?: as (?:much|many)(?! [^.;,]*\bas\b)| the (?![^.;,]*\bof\b))",
    " than half", " than a",
)  # fmt: skip
_IN_THIS: Final = re.compile(
    r" (?:in|on|at|during) this (?:\w+ )?\w+\Z|(?:['’]s|s['’]) (?:with|when|under|using|by) .*"
)
"""Ahead of the runner-up in this contest: where both are; above the old one's with the new."""
_AGAIN: Final = re.compile(
    r"\b(?:as|than|beat\w*|outperform\w*|defeat\w*|surpass\w*|exceed\w*|match\w*|rival\w*|against|over)\b"
)
"""Twice as fast as B and 40 times its size, a rival ten times its size: of B."""


def _last(said: str, sign: int) -> int:
    """More parameters score lower than: what stands last is meant, of more at lower cost neither."""
    turned = (LESSER if sign > 0 else GREATER).search(said) if " than" in said else None
    return sign if turned is None else 0 if _BESIDE.search(said, 0, turned.start()) else -sign


GREATER: Final = re.compile(r"\b(?:more|higher|greater|larger|longer)\b")
LESSER: Final = re.compile(r"\b(?:less|lower|fewer|smaller|shorter)\b")
"""What says how much there is."""
_BESIDE: Final = re.compile(r"\b(?:and|or|at|with|for|in|of|,)[a-z ]{0,12}$")


def _sides(
    word: re.Match[str], text: str, sentence: re.Pattern[str], clause: re.Pattern[str]
) -> tuple[Span, Span, Span]:
    """What stands in front of a word in its sentence, what in its clause, and what behind it.

    Behind another comparison only the clause is in front: what it compared with is no subject.
    """
    low, high = max(0, word.start() - REACH), word.end() + REACH
    starts = [
        max((m.end() for m in mark.finditer(text, low, word.start())), default=low)
        for mark in (sentence, clause)
    ]
    again = word.re.search(text, starts[0], word.start())
    stop = clause.search(text, word.end(), high)
    end = stop.start() if stop else min(len(text), high)
    near = starts[1], word.start()
    return near if again else (starts[0], word.start()), near, (word.end(), end)


_DENIED: Final = re.compile(r"\b(?:no|none|not|never|nor|neither|cannot)\b|n['’]t\b")
_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been|being)(?: \w+)? \Z")
"""B is outperformed on all of them: behind that is not what is beaten."""
REACH: Final = 160
"""A side stands within so many characters of the word that compares."""
