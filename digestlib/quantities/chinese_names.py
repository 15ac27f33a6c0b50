"""What looks like a figure in a Chinese report and is none: labels, names with digits, idioms.
They are blanked, so that the grammar does not see them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from digestlib.patterns import Guarded, guarded
from digestlib.quantities.number_words import words_of

NAME: Final = "\ue000"
"""Stands for each character of a name, link, code span or formula."""
MARK: Final = "\ue001"
"""Stands for each character of a list marker or an idiom."""


def without_names(text: str) -> str:
    """The text with labels and names with digits blanked: Table 2, IoU@0.5, GPT-5.2, Llama 3.1 8B."""
    text = _LABEL_IN_WORDS.sub(as_name, text)
    if _DIGIT.search(text):
        text = _without_digits_of_names(text)
    return _blank(_FORMULA_NAME, text)


def without_idioms(text: str) -> str:
    """The text with numerals that count nothing blanked: 第一人称, 十分, 5G."""
    return _IDIOM.sub(as_mark, _GENERATION.sub(as_mark, text))


def as_name(match: re.Match[str]) -> str:
    """What stands for a match that is a name; offsets stay."""
    return NAME * len(match[0])


def as_mark(match: re.Match[str]) -> str:
    """What stands for a match that says nothing; offsets stay."""
    return MARK * len(match[0])


def _without_digits_of_names(text: str) -> str:
    for guard in (*_LABELS, *_FIXED_NAMES):
        if guard.may_match(text):
            text = guard.pattern.sub(as_name, text)
    joined = _blank(_SECOND_NUMBER, _TOKEN.sub(_blank_token, text))
    if not _BEHIND_A_WORD.search(joined):
        return joined
    spaced = _SPACED.sub(_blank_spaced, joined)
    if spaced == joined:
        return joined
    return _blank(_SECOND_NUMBER, _SPACED.sub(_blank_spaced, spaced))  # Llama 3.1, its 8B


_DIGIT: Final = re.compile(r"\d")


def _blank(guard: Guarded, text: str) -> str:
    return guard.pattern.sub(as_name, text) if guard.may_match(text) else text


# ---------------------------------------------------------------- labels

_LATIN_LABELS: Final = {
    "A": "ppendix|lgorithm",
    "C": "hapter|ase",
    "E": r"q\.",
    "F": r"ig(?:ure|\.|)",
    "I": "D",
    "L": "evel|ayer",
    "P": "hase|art",
    "R": "ound",
    "S": r"ection|ec\.|tage|tep|eed",
    "T": "able|ask|rack|ype|ier",
    "V": "ersion",
    "s": "eed",
}
"""By their first letter: a pattern that begins with one of some letters is looked for fast."""
_LABELS: Final = (
    guarded(
        rf"(?:{'|'.join(f'{first}(?<![A-Za-z].)(?:{rest})' for first, rest in _LATIN_LABELS.items())})"
        r"\s?\d{1,2}(?![\d.]*\s?[%万亿个倍])"
    ),
    guarded(
        r"(?:图(?<![代外发列].)|表(?<![代外发列].)|系统|公式|算法|附录|阶段|步骤|任务|方案|类别|级别|等级|版本|定理|引理|章节|"
        r"示例|案例|实验|场景|模式|策略|假设|配置|问题|难题|挑战)\s?\d{1,2}(?:\.\d)?"
        r"(?![\d.,]*\s?(?:[A-Za-z\d.%‰×:/～~至到\-–多余]|[个种项条张次轮步类组台位名款对万亿千倍秒分小天帧样层维]))"
    ),
    guarded(r"第\s?\d{1,2}\s?[节章](?!点)|\d(?<![\d.].)\.\d\s?[节章](?!点)", "节", "章"),
)
_LABEL_IN_WORDS: Final = re.compile(
    r"[段骤务案理设题战](?<=阶段|步骤|任务|方案|定理|假设|问题|挑战)[一二三四五六七八九十](?=[：:，,、）)（(\s]|$)"
    r"|第[一二三四五六七八九十]{1,2}(?=[，：:,；]|、(?![一二三四五六七八九十]))(?<!名第.)(?<!列第.)(?<!居第.)(?<!于第.)(?<!获第.)"
)


# ---------------------------------------------------------------- names with digits

_NUMBER: Final = r"\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][+\-]?\d+)?"
_LATIN_UNIT: Final = (
    r"(?:[KkMBbTGxXp]|[KMGTP]i?B|kB|[nmuμµ]s|s|h|hr|hrs|min|[nmckuμµ]?m|k?g|mg|mL|ml|L|[kMG]?Hz|KHz|"
    r"fps|FPS|Fps|dB|db|bit|bits|bps|[KkMG]bps|[TGP]?FLOPS|[TGP]?FLOPs|TOPS|[km]?W|KW|[kK]Wh|k?J|pp|pts|px|"
    r"DoFs?|QPS|USD|rad|[mk]?V|mA|mAh|rpm|bpm)"
)
_FIGURE_TOKEN: Final = re.compile(
    rf"{_NUMBER}{_LATIN_UNIT}?(?:-{_NUMBER}{_LATIN_UNIT}?)?"
    r"(?:-(?!(?:instruct|chat|base|hf|it|preview|mini|nano|turbo|flash|distill)\b)[a-z]+|-DoFs?)*"
    rf"|\d+(?:[xX]\d+)+{_LATIN_UNIT}?"
)
_LETTER: Final = r"A-Za-zÀ-ÖØ-öø-ÿα-λν-ωℓ"
_TOKEN: Final = re.compile(
    rf"[{_LETTER}\d](?<![{_LETTER}\d.,].)(?:(?<=\d)(?=[\d_µμ₀-₉²³.,\-&':]{{0,80}}[{_LETTER}@])|(?=[{_LETTER}_µμ₀-₉²³.,\-@&':]{{0,80}}\d))[{_LETTER}\d_µμ₀-₉²³]*(?:[.,\-@&'_:](?<![,:])[{_LETTER}\d_µμ]+|,\d{{3}}(?!\d))*\+{{0,2}}(?![\d])"
)
_CARD: Final = r"[1-5]0[5-9]0(?:\s?(?:Ti|SUPER|D)\b)?(?![\d%]|[.,]\d)"
_GRAPHICS_CARD: Final = (
    rf"(?:(?<=[卡块颗张])|(?<=[卡块颗张]\s)|(?<=GPU\s)|(?<=NVIDIA\s)){_CARD}(?!\s?[个条种项张名帧步样]|/)"
    rf"|(?<![\d.,]){_CARD}(?=\s?(?:显卡|GPU|Ti\b))"
)
_SECOND_NUMBER: Final = guarded(
    rf"(?<={NAME})(?:/\d+[BMKbmk]?(?![\d.%A-Za-z]|\s?[万亿倍%年]))+", f"{NAME}/"
)
"""CIFAR-10/100, Qwen2.5-VL-7B/72B: what follows a name with digits belongs to it."""
_CHINESE_NAMES: Final = words_of(
    "文心 混元 通义 千问 豆包 骁龙 天玑 麒麟 鸿蒙 昇腾 悟空 盘古 星火 书生 智谱 可灵 即梦 海螺 悟道 紫东太初 元宝"
)
_FIXED_NAMES: Final = (
    guarded(r"[A-Za-z]*@\d+(?:\.\d+)?\s?[(（]\s?[A-Za-z]+\s?[=>≥]\s?[\d.]+\s?[)）]", "@"),
    guarded(r"\b(?:[Ii]o[Uu]|IOU)\s?[=@≥>]\s?\d?\.\d+", "IoU", "iou", "IOU", "Iou", "ioU"),
    guarded(r"\d(?<![\d.].)\d*\.\d+\.\d+(?:\.\d+)*(?![\d.])", "."),
    guarded(r"(?<![\d.])(?<!\d[至到~～–—-])(?<!\d [至到~～–—-] )\d+\.\d+\s?版(?!权)", "版"),
    guarded(
        r"(?:(?<=[A-Za-z]{3})|(?<=[A-Za-z]-[A-Z]))/\d+(?![\d.%A-Za-z]|\s?[万亿倍])|C\+\+\d+",
        *("/", "C++"),
    ),
    guarded(r"\d(?<![\d.].)\d*\s?[x×]\s?\d+(?:\.\d+)?B(?![A-Za-z\d])", "B"),
    guarded(_GRAPHICS_CARD, "050", "060", "070", "080", "090"),
    guarded(r"(?<![A-Za-z])[A-Za-z]\^\d(?![\d.])", "^"),
    guarded(
        r"\[\d{1,3}\]|(?<=[献文作人法见究])\s?\[\d{1,3}(?:\s?[,，、–-]\s?\d{1,3}){1,12}\]", "["
    ),
    guarded(rf"(?:{'|'.join(_CHINESE_NAMES)}|文心一言|通义千问)\s?-?\d+(?:\.\d+)?"),
    guarded(
        r"-(?<=[^\W\x00-\x7f]-)(?<![升降高低加减少增为是至到达约长短涨跌差变化损益多在用从由自]-)\d{1,3}(?:\.\d)?(?![\d.,]|\s?(?:[%‰×倍万亿个分小秒帧步点年天~～至到xX/:]|[A-Za-z]))",
        "-",
    ),
    guarded(r"[Tt]op-?\s?\d+(?![\d.]*\s?%)", "Top", "top"),
)
_FORMULA_NAME: Final = guarded(
    r"(?<![A-Za-z])[OΘΩ]\s?\((?:[^()]|\([^()]*\)){1,30}\)"
    r"|(?<![A-Za-z\d])[A-Z](?:\s?×\s?(?:[A-Z]|\d{1,4}))*\s?×\s?(?:[A-Z](?![A-Za-z])|\d{1,4}(?![\d%]|\s?倍))",
    *("O(", "O (", "Θ", "Ω", "×"),
)
"""O(n log n), H×W×3."""
_FAMILIES: Final = (
    r"GPT|ChatGPT|Claude|Opus|Sonnet|Haiku|Gemini|Gemma|Llama|LLaMA|LLaVA|Qwen|QwQ|Wan|Veo|Sora|Phi|Mistral|"
    r"DeepSeek|DeepSeek-V|DeepSeek-R|Kimi|Grok|InternVL|InternLM|GLM|ERNIE|Doubao|Seed|Seedance|Seedream|"
    r"Kling|Hunyuan|HunyuanVideo|MiniMax|Hailuo|Yi|Baichuan|Vicuna|OLMo|Nemotron|Cosmos|Flux|FLUX|SDXL|SD|"
    r"Diffusion|Imagen|Emu|Bagel|BAGEL|Show-o|RTX|GTX|GeForce|Titan|CUDA|PyTorch|TensorFlow|JAX|Python|"
    r"Java|Ubuntu|Linux|macOS|iOS|Android|Windows|iPhone|iPad|Quest|Orin|Jetson|Xeon|Ryzen|Snapdragon|"
    r"DINO|DINOv|SAM|CLIP-ViT|Whisper|Parakeet|AirPod|AirPods|IEEE|ISO|COCO|VOC|LVIS|Unitree|Franka|UR"
)
_SPACED: Final = re.compile(
    rf"(?P<word>[{_LETTER}{NAME}](?:(?<={NAME})|(?<![{_LETTER}\d].)[{_LETTER}\-'.]{{0,60}})) (?P<number>\d+(?:\.\d+)?)(?P<size>[Bb](?![{_LETTER}\d]))?"
    rf"(?![\d{_LETTER}]|[.,]\d)(?P<tail>-\d+[BbM](?![A-Za-z\d]))?(?P<more>(?:/\d{{4}}(?![\d年.%])|(?:\s?[/、,]\s?|\s?[和与]\s?)(?:19|20)\d\d(?![\d年.%]|\s年))*)"
)
_BEHIND_A_WORD: Final = re.compile(rf" (?<=[{_LETTER}{NAME}\-'.] )\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MEASURED: Final = re.compile(
    r"(?i:.*(?:score|rate|error|loss|acc|accuracy|recall|precision|speed|size|length|average|"
    r"epochs?|batch|steps?|tokens?|gpus?|tpus?|params?|points?|metric|-f1|-em)"
    r"|(?:gain|avg|mean|total|rank|dim|level|top|hit|hits|fps|fid|fvd|kid|psnr|ssim|ssimc|lpips|clip-[tis]|m?iou|bleu|rouge|rouge-l|cider|meteor|wer|cer|"
    r"mos|em|auc|auroc|m?ap|mse|rmse|mae|elo|ndcg|mrr|hr|ppl|asr|der|nds|dice|f-score|psr|sr|spl|ph|ade|fde|"
    r"cfg|lr|seed|temperature|map|accu|pass|win|miou|clip|dino|is|pickscore|hps|imagereward|k|n|p))"
)
_BENCHMARK: Final = re.compile(r"(?i:.*(?:bench|eval|vqa|qa|mmlu|hard))")
_FIGURE_BEHIND: Final = re.compile(
    r"\s?(?:%|‰|×|倍|个|种|条|项|款|类|张(?!量)|台|名|篇|份|选|家(?!族)|对(?!比|齐|应|于)|组(?!件)|套|"
    r"[万亿千百](?!能|物)|余|多(?![模视任轮])|[小毫微]?秒|小时|分(?!别|类|布|支|析|割|辨|解|层)|天|周|月|年|帧|步|轮|次|"
    r"层|维|点|元|米|公里|度|"
    r"视角|样本|参数|数据|[kK]?tokens?|[A-Za-z]*FPS|fps|dB|[KMGT]i?B\b|ms\b|s\b|GPU|NVIDIA|-\d|[–~～至到]\s?\d|[/:]\d|[(（]?[±↑↓])"
)
_LIST_OF_GAINS: Final = re.compile(r"\s?[、/和与]\s?\d+(?:\.\d+)?\s?(?:个百分点|个点|%|倍|分|pp)")
_CAPITAL_BEHIND: Final = re.compile(rf"\s[A-Z][a-zA-Z]+|\s?{NAME}")


def _blank_token(match: re.Match[str]) -> str:
    """A token with letters and digits is a name, unless all of it is a number with a unit."""
    token = match[0]
    if (
        _FIGURE_TOKEN.fullmatch(token.rstrip("+.-_"))
        or not _DIGIT.search(token)
        or _is_quarter(match)
    ):
        return token
    if times := _COUNTED_NAME.match(token):  # 8xA100
        return times[0] + NAME * (len(token) - times.end())
    if not _NAME_SIGN.search(token):
        return token
    return NAME * len(token)


_COUNTED_NAME: Final = re.compile(r"\d+[xX](?=[A-Z])")
_NAME_SIGN: Final = re.compile(rf"[{_LETTER}@]")


def _is_quarter(match: re.Match[str]) -> bool:
    """2024Q3 and 2024 年 Q3 are dates."""
    if "Q" not in match[0]:
        return False
    year = re.search(
        r"(?:19|20)\d\d\s?年?\s?$", match.string[max(0, match.start() - 7) : match.start()]
    )
    return bool(re.fullmatch(r"(?:19|20)\d\dQ[1-4]" if year is None else "Q[1-4]", match[0]))


def _blank_spaced(match: re.Match[str]) -> str:
    """`AIME 2025`, `Wan 2.2`, `Gemini 3 Pro`: a name and its number, blanked together."""
    rest = match.string[match.end() : match.end() + 12]
    if not any(rule(match, rest) for rule in _NAME_RULES):
        return match[0]
    return NAME * len(match[0])


def _of_a_family(match: re.Match[str], rest: str) -> bool:
    versioned = re.fullmatch(_FAMILIES, match["word"].split("-")[-1]) or re.fullmatch(
        _FAMILIES, match["word"]
    )
    return versioned is not None and not re.match(r"\s?%|,\d|\s?(?:倍|dB|个百分点)", rest)


def _with_a_year(match: re.Match[str], rest: str) -> bool:
    year = _YEAR.fullmatch(match["number"]) is not None and match["word"] != NAME
    capital = re.search("[A-Z]", match["word"]) is not None
    return year and capital and not match["size"] and not re.match(r"\s?[年%]", rest)


def _a_model_size(match: re.Match[str], rest: str) -> bool:
    if not match["size"]:
        return False
    named = match["word"] == NAME or re.fullmatch(_FAMILIES, match["word"].split("-")[-1])
    return bool(named and not re.match(r"\s?(?:[Tt]oken|参数)", rest)) or bool(
        re.match(r"\s(?:Base|Instruct|Chat|Thinking)", rest)
    )


def _a_version(match: re.Match[str], rest: str) -> bool:
    word, number = match["word"], match["number"]
    if match["size"] or word == NAME or not re.search(r"[A-Z]", word):
        return False
    if _MEASURED.fullmatch(word) or _FIGURE_BEHIND.match(rest) or _LIST_OF_GAINS.match(rest):
        return False
    whole, _, decimals = number.partition(".")
    if len(whole) > 4:
        return False
    if _CAPITAL_BEHIND.match(rest):
        return len(decimals) <= 1
    if not decimals:
        return not (_BENCHMARK.fullmatch(word) and 10 <= int(whole) <= 100)
    a_score = decimals != "0" and _BENCHMARK.fullmatch(word)
    return len(decimals) == 1 and 0 < int(whole) < 10 and not a_score


_NAME_RULES: Final[tuple[Callable[[re.Match[str], str], bool], ...]] = (
    _of_a_family,
    _with_a_year,
    _a_model_size,
    _a_version,
)

# ---------------------------------------------------------------- idioms

_GENERATION: Final = re.compile(
    r"[2-6](?<!\d.)G(?![A-Za-z]|\s?(?:显存|内存|存储|空间|大小|左右|以[上内下]|VRAM|RAM))"
)
"""5G, but not 5G 显存."""
_IDIOM: Final = re.compile(
    r"第[一二三四](?:人称|方(?!面)|性原理|时间|作者|手(?!段)|视角|语言|范式|世界|原理|类错误|产业)"
    r"|一维|二维|三维|三角|三元|四元|二元|两者|二者|三者|两极|两难|两侧|两端|两边|两两|四足|双(?!阶段|卡(?!尔))[^\W\da-zA-Z_]|三位一体|三轮(?=驱动|车|机器|足|底盘|移动)|四轮(?=驱动|车|机器|足|底盘|移动)"
    r"|十分(?!之|钟)|十字|百分比|百分制|百科|千变|万变|万化|千差万别|千丝万缕|万千(?!瓦|米|克|赫|焦)|万能|万物|万有|万一|亿万"
    r"|三番五次|四舍五入|一分为二|一举两得|独一无二|不二|数一数二|五花八门|七零八落|九宫格|八叉|"
    r"四面八方|乱七八糟|三言两语|两全其美|举一反三|一五一十|百花|百度|千万(?:别|不要)|千问|24/7|7\s?[x×X*]\s?24(?:\s?小时)?"
    r"|二八(?:定律|法则)|(?<!十)二(?:次|进制|值|分类|分法|分图|阶(?!段)|项式|叉)|三次(?:样条|元|方)(?<!负三次方)|四旋翼|半(?:监督|自动|透明|结构|合成|参数|精度)"
)
