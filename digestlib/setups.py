"""What a report says of a method's set-up: base model, parameters, hardware, data; pure.

Read from the Chinese by patterns that are sure of what they take; where none is sure, the cell is
empty. Every cell has the line it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from .cells import EMPTY, joined, results_of
from .editions import Cell
from .models import Line, PaperReport, Quantity, SectionName, Summary
from .printing import walk

_METHOD = re.compile(r"(?P<name>[^:：]{2,40}?)\s*[:：]")
_REPORT = re.compile(r"(?P<name>\S+) Technical Report\Z", re.IGNORECASE)
_OWN = re.compile(r"(?:this work|the method|the authors|ours?)\b", re.IGNORECASE)

_FAMILIES = (
    r"Qwen|Llama|LLaMA|DeepSeek|GPT-OSS|Gemma|Mistral|Mixtral|Phi-|InternVL|InternLM|GLM|Kimi|SDAR|Dream-7B|"
    r"OpenVLA|GR00T|Cosmos|BAGEL|Bagel|Janus|Show-o|FLUX|SDXL|Stable Diffusion|SD3|Lumina|PixArt|Wan|"
    r"HunyuanVideo|CogVideoX|LTX-Video|Mochi|DINOv|SigLIP|Whisper|ModernBERT|SmolLM|OLMo|MiMo|π0"
)
_MODEL = re.compile(rf"(?<![A-Za-z0-9-])(?:{_FAMILIES})[A-Za-z0-9.-]*(?: \d[A-Za-z0-9.-]*)?")
_CUE = re.compile(r"(?:基于|预训练的|基础模型|基座模型|骨干|微调)[^。；;！]{0,24}\Z")
_FOLLOWS = re.compile(r"[^。；;，,]{0,10}(?:作为|为)[^。；;，,]{0,8}(?:骨干|基座|基础模型|初始化)")
_OTHERS = re.compile(r"不同于|区别于|相比|优于|超越|对比|(?:方法|代理)[，,]?如|评估")
_ENCODER = re.compile(r"\s*的\S{0,2}编码器")
_PARAMETERS = re.compile(r"\d(?:\.\d+)?\s*[BM]\Z")
_OF_PARAMETERS = re.compile(r"\s*(?:的)?(?:总)?参数")
_ACTIVE = re.compile(r"激活\s*\Z")
_GPU = re.compile(
    r"(?:(?:NVIDIA|Nvidia|英伟达)\s*)?(?:GeForce\s+)?"
    r"(?P<name>(?:RTX\s*)?(?:A100|A800|H100|H800|H200|H20|B200|V100|A6000|A40|L40S?|4070|4090|3090|5090)"
    r"(?:[- ]?\d+\s?GB)?|MI300X|TPU\s?v\d\w?|MacBook Pro M\d)(?![A-Za-z0-9])"
)
_ALONE = re.compile(r"(?:单张|单卡|单块|单)\s*\Z")
_ROLES = {"训练": "training", "推理": "inference", "微调": "training"}
_DATA = {
    "视频序列": "video sequences",
    "视频片段": "video clips",
    "视频数据": "videos",
    "视频": "videos",
    "对话": "dialogues",
    "指令数据": "instructions",
    "轨迹": "trajectories",
    "任务": "tasks",
    "样本": "samples",
    "帧": "frames",
    "token": "tokens",
    "图像": "images",
    "图片": "images",
}
_DATA_NOUN = re.compile(
    rf"[^，。；、：:（）()\d]{{0,14}}?(?P<noun>{'|'.join(_DATA)})", re.IGNORECASE
)
_LEAST_DATA = 1000
_CAPACITY = {"under", "up_to", "at_most"}
"""Bounds of a context or a limit (少于 32k token), not of data that somebody has."""
_SETUP: tuple[SectionName, ...] = ("contribution", "usage", "innovations")


def method_of(summary: Summary) -> str:
    """The method's name: the one that the title gives, `LiveTalk: Real-Time …`, if the summary uses it.

    Else the first system of the results that is one word and stands in the headline or TL;DR.
    """
    if summary.summary is None:
        return ""
    match = _METHOD.match(summary.title) or _REPORT.match(summary.title)
    name = match["name"].strip() if match else ""
    if name and any(name in text for _, text in walk(summary.summary)):
        return name
    opening = f"{summary.summary.headline.text} {summary.summary.tldr.text}"
    systems = (figure.system for result in results_of(summary) for figure in result.figures)
    return next((s for s in systems if " " not in s and s[:1].isupper() and s in opening), "")


def is_own(system: str, summary: Summary) -> bool:
    """Whether a system is the paper's own, by its name or by words such as `this work`."""
    method = method_of(summary)
    return bool(_OWN.match(system)) or bool(method and method.casefold() in system.casefold())


def base_model(report: PaperReport) -> Cell:
    """The models that the method starts from, where the set-up names ones that are known."""
    return _first(_base_models(line) for line in _lines(report, *_SETUP))


def hardware(report: PaperReport, quantities: Sequence[Quantity]) -> Cell:
    """The processors that the report names, how many of them, and for what."""
    found = [
        cell
        for line in _lines(report, "usage", "innovations", "results")
        for cell in _processors(line, quantities)
    ]
    return joined(
        cell for cell in found if not any(c.text.startswith(f"{cell.text} (") for c in found)
    )


def parameters(report: PaperReport, quantities: Sequence[Quantity]) -> Cell:
    """The size of the model, from the first line that gives it in parameters."""
    return _first(_sizes(line, quantities) for line in _lines(report, *_SETUP))


def data(report: PaperReport, quantities: Sequence[Quantity]) -> Cell:
    """How much data was made or used, where the report counts it in thousands or more."""
    return _first(_amounts(line, quantities) for line in _lines(report, *_SETUP, "results"))


def _first(lines: Iterable[Iterable[Cell]]) -> Cell:
    """What the first line that says anything says."""
    return next((found for cells in lines if (found := joined(cells)).lines), EMPTY)


def _base_models(line: Line) -> Iterator[Cell]:
    for match in _MODEL.finditer(line.text):
        before = line.text[: match.start()]
        clause = re.split(r"[。；;]", before)[-1]
        cued = _CUE.search(before) or _FOLLOWS.match(line.text, match.end())
        if cued and not _OTHERS.search(clause) and not _ENCODER.match(line.text, match.end()):
            name = match.group().rstrip(".-")
            yield Cell(text=name, lines=(line.number,), source=name)


def _processors(line: Line, quantities: Sequence[Quantity]) -> Iterator[Cell]:
    for match in _GPU.finditer(line.text):
        before = line.text[: match.start()]
        counted = _just_before(line, match.start(), quantities)
        many = f"{counted.bare} × " if counted and counted.text[:1].isdigit() else ""
        name = " ".join(match["name"].split())
        role = _role(before)
        yield Cell(
            text=f"{many or ('1 × ' if _ALONE.search(before) else '')}{name}{role}",
            lines=(line.number,),
            source=line.text[counted.start if counted and many else match.start() : match.end()],
        )


def _role(before: str) -> str:
    clause = re.split(r"[。；;，,]", before)[-1]
    named = [(clause.rfind(word), role) for word, role in _ROLES.items() if word in clause]
    return f" ({max(named)[1]})" if named else ""


def _sizes(line: Line, quantities: Sequence[Quantity]) -> Iterator[Cell]:
    for quantity in _on(line, quantities):
        if not _PARAMETERS.search(quantity.text):
            continue
        active = _ACTIVE.search(line.text, 0, quantity.start)
        if active or _OF_PARAMETERS.match(line.text, quantity.end):
            text = f"{quantity.english} active" if active else quantity.english
            yield Cell(text=text, lines=(line.number,), source=quantity.text)


def _amounts(line: Line, quantities: Sequence[Quantity]) -> Iterator[Cell]:
    for quantity in _on(line, quantities):
        if not isinstance(quantity.value, Decimal) or quantity.value < _LEAST_DATA:
            continue
        noun = _DATA_NOUN.match(line.text, quantity.end)
        size = _PARAMETERS.search(quantity.text) and noun and noun["noun"].casefold() != "token"
        if quantity.kind == "count" and noun and not size and quantity.bound not in _CAPACITY:
            text = f"{quantity.english} {_DATA[noun['noun'].casefold()]}"
            yield Cell(text=text, lines=(line.number,), source=quantity.text + noun.group())


def _just_before(line: Line, start: int, quantities: Sequence[Quantity]) -> Quantity | None:
    """The number that counts what stands at `start`."""
    between = ((q, line.text[q.end : start]) for q in _on(line, quantities) if q.end <= start)
    return next((q for q, gap in between if not gap.strip()), None)


def _on(line: Line, quantities: Sequence[Quantity]) -> list[Quantity]:
    return [quantity for quantity in quantities if quantity.line == line.number]


def _lines(report: PaperReport, *names: SectionName) -> list[Line]:
    parts = [getattr(report.sections, name) for name in names]
    wanted = {
        number
        for part in parts
        if part.first_line
        for number in range(part.first_line, part.last_line + 1)
    }
    return [line for line in report.lines if line.number in wanted]
