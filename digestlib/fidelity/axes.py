"""The words of direction: up and down, faster and slower, most and least, in both languages."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from digestlib.patterns import Guarded, guarded

_N: Final = r"(?=\s*\*{0,2}\s*(?:约|将近|近|了|出|仅|大约)*+\s*[\d.一二两三四五六七八九十半])"


class Axis(NamedTuple):
    """Words for up and for down in Chinese, and in English of lower case."""

    name: str
    chinese: Words
    english: Words


Words = tuple[Guarded, Guarded]
"""Words for up and for down."""


def _here(words: str, *needs: str) -> Guarded:
    """English words that are no part of others."""
    return guarded(rf"(?<![A-Za-z-])(?:{words})(?![A-Za-z])", *needs)


AXES: Final = (
    Axis(
        "up/down",
        (
            guarded(
                rf"[涨加提]价{_N}|追回|挽回|补回|找回|收复|提升|提高|增加|增长|上升|升了|升至|升高|升到|增至|增强|扩大|扩充|扩容|扩[至到]|抬[高升]|拉高|走高|扩展(?!到[^，。；]{{1,12}}[时后])|拉长|延长|高出|攀升|调高|上调|调大|增大|涨|飙升|增大|反升|略高|稍高|略升|微升|跃升|回升|领先|反超|增幅|涨幅|升幅|高(?<!最高){_N}|多[用花占耗]?(?<![至最许诸]多){_N}|[微略小]增|进步了?{_N}|贵{_N}|大(?<![最扩增]大){_N}|长(?<![最扩增]长){_N}",
                *"升高增扩长涨多大调领反贵进回收抬拉走",
            ),
            guarded(
                rf"降价{_N}|减(?=半)|降低|下降|减少|缩短|收窄|收缩|缩水|精简|锐减|走低|缩减|缩小|压缩|恶化|降至|减至|减小|节省|省时|削减|降到|降为|骤降|调低|下调|调小|下滑|跌|掉到|掉至|反降|(?:[减缩省砍]|(?<![滤除删去剪扔丢忘改换卸砍省抹消裁漏失关吃干])掉)了?{_N}|降了{_N}|略低|稍低|略降|微降|缩至|落后|降幅|跌幅|低(?<!最低){_N}|损失(?<=[仅只略微]损失){_N}|损失[了仅]{_N}|(?:精度|性能|准确率|质量|得分|分数|效果|能力|画质)(?:的?损失)(?:控制在|不到|不足|低于|小于|超过|达到?)?{_N}|少[用花占耗]?(?<![至最]少){_N}|小(?<![最缩减]小){_N}|短(?<![最缩减]短){_N}|轻(?<![最减]轻){_N}|便宜{_N}|[退倒]步了?{_N}|倒退了?{_N}",
                *"降低减缩恶省削调滑跌掉落损少小短砍轻便退倒收精走",
            ),
        ),
        (
            _here(
                r"(?:regain|recover|recoup)\w*(?= (?:about |some |only |just |around |nearly )?\d)|(?:claw\w*|w[io]n)(?= [\w .%]{1,40}\bback\b)|(?:claw\w*|w[io]n) back|gets?(?= [\w .%]{1,40}\bback\b)|adds?|adding(?= (?:\w+ )?[\d~])|exceed(?:s|ed|ing)?(?= [^.;,\d]{1,40} by\b)|increas\w+|rise[sn]?|rising|rose|grow\w*|grew|climb\w*|higher|gain\w*|boost\w*|jump\w*|"
                r"rais(?:es?|ed|ing)|lift\w*|up from|(?:points?|%|well|far) above(?! \W?\d[\d.,]*(?![A-Za-z\d]))|widen\w*|more(?! than| or)|"
                r"expand\w*|enlarg\w*|extend\w*|lengthen\w*|soar\w*|surg\w*|swell\w*|balloon\w*|spik(?:es?|ed|ing)|hik(?:es?|ed|ing)|uptick\w*|larger|(?<!no )(?<!in )(?<!on )(?<!at )(?<!for )(?<!with )longer|"
                r"(?:bring|push|tak|go|mov)\w*\b[^.;,]{0,25} up to|up(?! to)",
                *(
                    "regain",
                    "reco",
                    "back",
                    "add",
                    "increas",
                    "ris",
                    "rose",
                    "grow",
                    "grew",
                    "climb",
                    "higher",
                    "gain",
                    "boost",
                ),
                *(
                    "jump",
                    "rais",
                    "lift",
                    "up",
                    "above",
                    "widen",
                    "more",
                    "expand",
                    "larg",
                    "extend",
                ),
                *("exceed", "long", "length", "soar", "surg", "swell", "balloon", "spik", "hik"),
            ),
            _here(
                r"decreas\w+|reduc\w+|drop\w*|falls?(?! short)|falling(?! short)|fallen|fell|lower\w*|"
                r"cuts?|cutting|(?<!is )(?<!are )(?<!was )(?<!were )(?<!been )declin\w+|shr[iau]nk\w*|fewer(?! than)|less(?! than| or)|compress(?:es|ed|ing)?|plung\w*|"
                r"shorten\w*|shorter|smaller|los(?:es?|ing|t)(?= (?:about |around |roughly |up to |over |more than |at least )?\d)|down from|(?:points?|%|well|far) below(?! \W?\d[\d.,]*(?![A-Za-z\d]))|narrow(?:s|ed|ing)|"
                r"(?<=[\d%])(?:-| )(?:percentage[- ])?points? loss(?= (?:in|on|of)\b)|(?<=[\d]%) loss(?= in\b)|loss(?:es)? of(?= (?:about |around |roughly |up to |over |more than |at least )?\d)|sav(?:es?|ing)|worsen\w*|degrad\w+|deteriorat\w+|collaps\w*|plummet\w*|trim(?:s|med|ming)|shav(?:es?|ed|ing)|slash\w*|curb\w*|halv\w+|dip(?:s|ped|ping)?|tumbl\w+|sink\w*|sank|"
                r"slid(?:es?|ing)|slip(?:s|ped|ping)?|slump\w*|dwindl\w*|shed(?:s|ding)|cost(?:s|ing)?(?= (?:\w+ ){0,3}?\d[\d.]* ?(?:pp|(?:percentage )?points?)\b)|(?<!slow )(?<!slows )(?<!slowed )(?<!slowing )down",
                *(
                    "decreas",
                    "reduc",
                    "drop",
                    "fall",
                    "fell",
                    "lower",
                    "cut",
                    "declin",
                    "shr",
                    "fewer",
                ),
                *(
                    "less",
                    "compress",
                    "plung",
                    "short",
                    "smaller",
                    "los",
                    "down",
                    "below",
                    "narrow",
                ),
                *("sav", "worsen", "degrad", "deteriorat", "collaps", "plummet", "trim", "shav"),
                *("slash", "curb", "halv", "dip", "tumbl", "sink", "sank", "slid", "slip", "slump"),
                *("dwindl", "shed", "cost"),
            ),
        ),
    ),
    Axis(
        "faster/slower",
        (guarded(r"加速|提速|加快|快", "速", "快"), guarded(r"减速|变慢|更慢|慢", "速", "慢")),
        (
            _here(
                r"faster|speed-?ups?|accelerat\w+|quicker|speeds? up|sped up",
                "fast",
                "speed",
                "sped",
                "accelerat",
                "quick",
            ),
            _here(r"slower|slow(?:s|ed|ing)? down|slowdowns?|slows|slowed", "slow"),
        ),
    ),
    Axis(
        "most/least",
        (
            guarded(r"最长|最大(?!化|程度)|最高|峰值", "最", "峰"),
            guarded(r"最短|最小(?!化)|最低|最少", "最"),
        ),
        (
            _here(
                r"longest|largest|maximum|highest(?!-)|peak",
                "longest",
                "largest",
                "maximum",
                "highest",
                "peak",
            ),
            _here(
                r"shortest|smallest|minimum(?! of)|lowest(?!-)",
                "shortest",
                "smallest",
                "minimum",
                "lowest",
            ),
        ),
    ),
    Axis(
        "first/last",
        (
            guarded(r"前(?<![此之以目先震赛会术战日年月周天]前)\s*\d", "前"),
            guarded(
                r"[后末](?:(?<=最.)|(?<![\u4e00-\u9fff].)|(?<=[和与及或的].))\s*\d", "后", "末"
            ),
        ),
        (_here(r"first", "first"), _here(r"last|final", "last", "final")),
    ),
    Axis(
        "top/bottom",
        (
            guarded(r"前\s*(?:\d++|[一二两三四五六七八九十]++)(?!\s*个?[层块段轮步帧卷])", "前"),
            guarded(r"[后末]\s*\d+\s*%", "后", "末"),
        ),
        (_here(r"top", "top"), _here(r"bottom", "bottom")),
    ),
    Axis(
        "keep/lose",
        (
            guarded(r"保留|保持|维持|保住|留住|剩下|剩余(?!的)", "保", "维", "留住", "剩"),
            guarded(
                r"损失|丧失|丢失|丢弃|剔除|移除|去除|删|滤掉|滤除|剔掉|筛掉|舍弃",
                "损",
                "丧",
                "丢",
                "除",
                "删",
                "掉",
                "弃",
            ),
        ),
        (
            _here(
                r"keep\w*|retain\w*|preserv\w+|maintain\w*|kept|(?:left|leav\w+)(?! (?:it |them )?(?:out|off|aside|behind|over)\b)|remain(?!der|ing)\w*|surviv\w+",
                "keep",
                "retain",
                "preserv",
                "maintain",
                "kept",
                *("left", "leav", "remain", "surviv"),
            ),
            _here(
                r"los(?:e|es|t|ing|s|ses)\b|forfeit\w*|remov\w+|discard\w*|thr(?:ow[sn]?|ew) (?:away|out)|delet\w+|prun\w+|filter\w* out|weed\w*|eliminat\w+|cull\w*",
                *(
                    "los",
                    "forfeit",
                    "remov",
                    "discard",
                    "thr",
                    "delet",
                    "prun",
                    "filter",
                    "weed",
                    "eliminat",
                    "cull",
                ),
            ),
        ),
    ),
    Axis(
        "save/lose",
        (guarded(r"节省|节约|省下", "节", "省"), guarded(r"浪费", "浪")),
        (_here(r"sav\w+", "sav"), _here(r"los(?:e|es|t|ing)|wast\w+", "los", "wast")),
    ),
    Axis(
        "better/worse",
        (
            guarded(rf"提升|提高|优于|领先|高出|高(?<!最高){_N}", "提", "优", "领", "高"),
            guarded(rf"下降|降低|落后|低(?<!最低){_N}", "下", "降", "落", "低"),
        ),
        (
            _here(r"better|superior", "better", "superior"),
            _here(r"worse|inferior|poorer", "worse", "inferior", "poor"),
        ),
    ),
    Axis(
        "succeed/fail",
        (
            guarded(r"成功(?!率)|答对|猜对|做对|命中(?!率)|通关", "成", "对", "命", "通"),
            guarded(r"失败(?!率)|失手|失误(?!率)|答错|猜错|做错|落空|抓空", "失", "错", "空"),
        ),
        (
            _here(r"succe\w+|correct(?:ly)?", "succe", "correct"),
            _here(
                r"fail(?:s|ed|ing)?|(?<!of )(?<!of the )(?<!all )(?:failures?|errors?)|wrong(?:ly)?|incorrect(?:ly)?|missed",
                *("fail", "wrong", "incorrect", "missed", "error"),
            ),
        ),
    ),
    Axis(
        "ahead/behind",
        (
            guarded(
                r"领先|反超|赶超|超越|优于|胜过|超过(?!了?\s*\*{0,2}\s*[\d一二两三四五六七八九十])",
                "领",
                "超",
                "优",
                "胜",
            ),
            guarded(r"落后|落于", "落"),
        ),
        (
            _here(
                r"leads?|leading(?= [^.;,]{0,40}\bby\b)|ahead|overtak\w+|beat\w*|outperform\w*|surpass\w*",
                "lead",
                "ahead",
                "overtak",
                "beat",
                "outperform",
                "surpass",
            ),
            _here(
                r"trail\w*|behind|lag\w*|underperform\w*|short of",
                "trail",
                "behind",
                "lag",
                "underperform",
                "short of",
            ),
        ),
    ),
)
UP_OR_DOWN: Final = AXES[0]
LOWER_IS_BETTER: Final = re.compile(
    r"错|误|损|延迟|时延|耗|时间|成本|开销|费用|困惑|失败|幻觉|风险|漏|偏差|占用|WER|CER|FID|FVD|LPIPS|MAE|RMSE|MSE|EER|DER|PPL|↓",
    re.IGNORECASE,
)
"""What less is better of."""
