"""Rewrites of a real report in other dialects: headings of parts, titles, links, separators."""

from __future__ import annotations

import re
from collections.abc import Callable

from digestlib.reports.grammar import PART_TITLES

_HEADING = re.compile(
    r"^(?:#{1,3} )?\d\. {1,2}(?:\*\*)?(" + "|".join(PART_TITLES.values()) + r")(?:\*\*)?：?(.*)$",
    re.MULTILINE,
)
_NUMBERS = "一二三四五"
Format = str
"""How a heading is written: `{n}`, `{zh}` (一), `{wide}` (１), `{ring}` (①), `{apart}` (应 用 领 域), `{name}`, `{text}`."""

HEADINGS: dict[str, Format] = {
    "level-1": "# {n}. {name}",
    "level-5-bare": "##### {name}",
    "level-4-closed": "#### {n}. {name} ####",
    "no-space": "###{n}.{name}",
    "number-only": "### {n} {name}",
    "bold-around-number": "**{n}. {name}**",
    "bold-alone": "**{name}**",
    "bold-colon-inside": "**{name}：**{text}",
    "underscores": "__{name}__：{text}",
    "bold-in-hash": "### **{n}. {name}：**",
    "dun-comma": "{n}、{name}",
    "chinese": "{zh}、{name}：{text}",
    "chinese-in-hash": "## {zh}、{name}",
    "chinese-brackets": "（{zh}）{name}",
    "brackets": "({n}) {name}：{text}",
    "half-bracket": "{n}) **{name}**",
    "full-width": "{wide}．{name}：{text}",
    "full-width-hash": "＃＃＃ {wide}. {name}",
    "ring": "{ring} {name}",
    "ring-glued": "### {ring}{name}",
    "keycap": "### {n}\ufe0f\u20e3 {name}",
    "emoji": "### 🎯 {name}",
    "emoji-bold": "**🔬 {name}**：{text}",
    "lenticular": "【{name}】{text}",
    "plain-colon": "{name}：{text}",
    "plain-alone": "{name}",
    "bullet": "- **{name}**：{text}",
    "bullet-star": "* **{name}**\n{text}",
    "quote": "> ### {n}. {name}",
    "escaped": "{n}\\. **{name}**",
    "part-word": "## 第{zh}部分：{name}",
    "sub-number": "### 3.{n} {name}",
    "gloss": "### {n}. {name} (Results)",
    "in-own-words": "### {n}. 本文的{name}",
    "with-suffix": "### {n}. {name}总结",
    "indented": "  {n}. **{name}**",
    "setext": "{name}\n--------",
    "trailing-space": "### {n}. {name}  ",
    "bold-then-text": "**{name}** {text}",
    "roman": "## {roman}. {name}",
    "dash": "### {n}. {name} - {text}",
    "html-heading": "<h3>{n}. {name}</h3>",
    "html-bold": "<b>{name}</b><br>",
    "html-summary": "<details><summary>{n}. {name}</summary>",
    "html-anchor": '<a name="part-{n}"></a>\n### {n}. {name}',
    "zero-width": "\u200b### {n}. \u200b{name}\ufeff",
    "no-break-space": "###\u00a0{n}.\u00a0{name}\u00a0",
    "escaped-hash": "\\### {n}\\. {name}",
    "heading-anchor": "### {n}. {name} {{#part-{n}}}",
    "linked": "### [{n}. {name}](#part-{n})",
    "setext-equals": "{name}\n========",
    "arrow": "→ {name}",
    "section-sign": "§{n} {name}",
    "question": "### Q{n}: {name}",
    "step": "### 步骤{n}：{name}",
    "part-digit": "第{n}部分 {name}",
    "rules-around": "--- {name} ---",
    "tortoise-shell": "〔{name}〕",
    "struck": "### ~~{n}~~ {name}",
    "bold-number-apart": "**{n}**. **{name}**",
    "letters-apart": "### {n}. {apart}",
    "table-row": "| {name} | {text} |",
    "bold-italics": "***{name}***",
}

SYNONYMS: dict[str, tuple[str, ...]] = {
    "short": ("应用场景", "核心贡献", "使用方法", "创新点", "实验结果"),
    "other": ("研究领域", "一句话总结", "使用说明", "核心创新", "实验表现"),
    "traditional": ("應用領域", "一句話核心貢獻", "使用指南", "主要創新點", "實驗效果"),
    "english": (
        "Application Area",
        "Core Contribution",
        "Usage Guide",
        "Key Innovations",
        "Results",
    ),
    "english-capitals": (
        "FIELD",
        "ONE-SENTENCE CONTRIBUTION",
        "HOW TO USE",
        "INNOVATIONS",
        "EXPERIMENTS",
    ),
    "both": (
        "应用领域 / Application Area",
        "Core Contribution（一句话核心贡献）",
        "使用指南 Usage Guide",
        "主要创新点（Main Innovations）",
        "实验效果 (Experimental Results)",
    ),
}


def with_headings(text: str, form: Format, names: tuple[str, ...] | None = None) -> str:
    """The report with its parts' headings in another form and, perhaps, under other names."""
    titles = tuple(PART_TITLES.values())

    def rewrite(match: re.Match[str]) -> str:
        k = titles.index(match[1])
        inline = match[2].strip()
        head = form.format(
            n=k + 1,
            zh=_NUMBERS[k],
            wide="１２３４５"[k],
            roman=("I", "II", "III", "Ⅳ", "V")[k],
            ring="①②③④⑤"[k],
            apart=" ".join(names[k] if names else match[1]),
            name=names[k] if names else match[1],
            text=inline,
        )
        return head if not inline or "{text}" in form else f"{head}\n{inline}"

    return _HEADING.sub(rewrite, text)


def _sub(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, flags=re.MULTILINE)


def _numbered_titles(text: str, form: str = "## {n}. ") -> str:
    parts = text.split("## 📄 ")
    return parts[0] + "".join(form.format(n=n) + part for n, part in enumerate(parts[1:], 1))


SHAPES: dict[str, Callable[[str], str]] = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "no-emoji": _sub(r"^## 📄 ", "## "),
    "other-emoji": _sub(r"^## 📄 ", "## 📝 "),
    "level-1": _sub(r"^## 📄 ", "# 📄 "),
    "level-3": _sub(r"^## 📄 ", "### 📄 "),
    "bold-title": _sub(r"^## 📄 (.*)$", r"**📄 \1**"),
    "bold-no-emoji": _sub(r"^## 📄 (.*)$", r"**\1**"),
    "plain-title": _sub(r"^## 📄 ", ""),
    "setext-title": _sub(r"^## 📄 (.*)$", r"\1\n-----------"),
    "numbered-title": _numbered_titles,
    "title-key": _sub(r"^## 📄 ", "- **论文标题**："),
    "plain-title-key": _sub(r"^## 📄 ", "标题："),
    "listed": lambda text: re.sub(
        r"^- \*\*(链接|阅读)", r"    - **\1", _numbered_titles(text), flags=re.MULTILINE
    ),
    "linked-title": _sub(r"^## 📄 (.*)\n\n- \*\*链接\*\*: (\S+)$", r"## [\1](\2)\n"),
    "no-separator": _sub(r"^=+\n", ""),
    "dashes": _sub(r"^=+$", "---"),
    "short-separator": _sub(r"^=+$", "====="),
    "no-separator-no-emoji": lambda text: re.sub(
        r"^## 📄 ", "## ", re.sub(r"^=+\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    ),
    "no-inner-title": _sub(r"^# (?!Hugging).*\n", ""),
    "no-link-and-source": _sub(r"^- \*\*(?:链接|阅读来源)\*\*: .*\n", ""),
    "no-blank-lines": _sub(r"^\n", ""),
    "double-blank-lines": _sub(r"^\n", "\n\n"),
    "full-width-link": _sub(r"^- \*\*(链接|阅读来源)\*\*: ", r"- **\1**："),
    "plain-link": _sub(r"^- \*\*(链接|阅读来源)\*\*: ", r"\1："),
    "english-link": lambda text: text.replace("**链接**", "**Link**").replace("阅读来源", "Source"),
    "arxiv-link": _sub(
        r"https://huggingface\.co/papers/(\d{4}\.\d{5})$", r"https://arxiv.org/abs/\1v2"
    ),
    "pdf-link": _sub(
        r"https://huggingface\.co/papers/(\d{4}\.\d{5})$", r"<https://arxiv.org/pdf/\1.pdf>"
    ),
    "bare-id": _sub(r"https://huggingface\.co/papers/(\d{4}\.\d{5})$", r"arXiv:\1"),
    "markdown-link": _sub(r"(https://huggingface\.co/papers/(\d{4}\.\d{5}))$", r"[\2](\1)"),
    "key-is-link": _sub(r"^- \*\*链接\*\*: (\S+)", r"- [链接](\1)"),
    "one-line": _sub(r"^- \*\*链接\*\*: (\S+)\n- ", r"- **链接**: \1 | "),
    "more-metadata": _sub(r"^(- \*\*链接\*\*.*)$", r"- **作者**: 张三\n- **点赞**: 35\n\1"),
    "source-first": _sub(r"^(- \*\*链接.*\n)(- \*\*阅读.*\n)", r"\2\1"),
    "chinese-date": lambda text: text.replace(
        "**Date**: 2025-12-30", "日期：２０２５年１２月３０日"
    ),
    "no-date-line": _sub(r"^\*\*Date\*\*.*\n", ""),
    "no-header": lambda text: text[text.index("## 📄") :],
    "byte-order-mark": lambda text: "\ufeff" + text,
    "mixed-line-ends": lambda text: "".join(
        line + ("\n", "\r\n", "\r")[n % 3] for n, line in enumerate(text.split("\n"))
    ),
    "zero-width-margins": _sub(r"^(?=[#=-])", "\u200b"),
    "marks-of-order-inside": _sub(r"^(?=[#=-])", "\ufeff"),
    "wide-margins": _sub(r"^(?=.)", "\u3000\u3000"),
    "indented": _sub(r"^(?=.)", "    "),
    "trailing-spaces": _sub(r"$", " \u3000\t"),
    "escaped": _sub(r"^(#+) ", r"\\\1 "),
    "thematic-breaks": _sub(r"^=+$", "* * *"),
    "html-breaks": _sub(r"^=+$", "<hr/>"),
    "heavy-lines": _sub(r"^=+$", "━━━━━━━━"),
    "page-breaks": _sub(r"^=+$", '<div style="page-break-after: always;"></div>'),
    "comments": _sub(r"^=+$", "<!-- paper -->"),
    "form-feeds": _sub(r"^=+$", "\f"),
    "html-title": _sub(r"^## 📄 (.*)$", r"<h2>\1</h2>"),
    "setext-equals-title": _sub(r"^## 📄 (.*)$", r"\1\n==========="),
    "bulleted-title": _sub(r"^## 📄 (.*)$", r"- **\1**"),
    "quoted-title": _sub(r"^## 📄 ", "> ## "),
    "any-emoji-title": _sub(r"^## 📄 ", "## 🔥 "),
    "counted-title": lambda text: _numbered_titles(text, "## [{n}/21] "),
    "ordinal-title": lambda text: _numbered_titles(text, "## 第{n}篇："),
    "id-in-title": _sub(r"^## 📄 (.*)(?=\n\n- \*\*链接\*\*: \S+/(\S+)$)", r"## [\2] \1"),
    "linked-icon": _sub(r"^## 📄 (.*)(?=\n\n- \*\*链接\*\*: (\S+)$)", r"## \1 [🔗](\2)"),
    "quoted-metadata": _sub(r"^- (?=\*\*(?:链接|阅读来源))", "> "),
    "metadata-table": lambda text: re.sub(
        r"^- \*\*链接\*\*: (\S+)\n- \*\*阅读来源\*\*: (.*)$",
        r"| 链接 | 阅读来源 |\n|---|---|\n| \1 | \2 |",
        text,
        flags=re.MULTILINE,
    ),
    "metadata-rows": _sub(r"^- \*\*(链接|阅读来源)\*\*: (.*)$", r"| **\1** | \2 |"),
    "metadata-fenced": lambda text: re.sub(
        r"^- \*\*链接\*\*: (\S+)\n- \*\*阅读来源\*\*: (.*)$",
        r"```yaml\nlink: \1\nsource: \2\n```",
        text,
        flags=re.MULTILINE,
    ),
    "metadata-nested": _sub(
        r"^- \*\*链接\*\*: (\S+)\n- ", r"- 论文信息\n    - **链接**: \1\n    - "
    ),
    "metadata-under-heading": _sub(r"^(?=- \*\*链接)", "#### 论文信息\n"),
    "metadata-sentence": _sub(
        r"^- \*\*链接\*\*: (\S+)\n- \*\*阅读来源\*\*: (.*)$", r"（链接：\1，阅读来源：\2）"
    ),
    "key-above-value": _sub(r"^- \*\*(链接|阅读来源)\*\*: (.*)$", r"**\1**\n\2\n"),
    "html-metadata": _sub(
        r"^- \*\*链接\*\*: (\S+)$", r'<p>链接: <a href="\1">Hugging Face</a></p>'
    ),
    "doi": _sub(
        r"https://huggingface\.co/papers/(\d{4}\.\d{5})$", r"https://doi.org/10.48550/arXiv.\1"
    ),
    "pdf-key": _sub(
        r"^- \*\*链接\*\*: \S+/(\d{4}\.\d{5})$", r"- **PDF**: https://arxiv.org/pdf/\1v3"
    ),
}
