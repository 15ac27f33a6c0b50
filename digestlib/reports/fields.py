"""The values in a report's head, id, date and source, and characters in their plain form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

SourceKind = Literal["html", "abstract", "unknown"]


def fold(text: str) -> str:
    """Full-width, circled and traditional characters in their plain form, one for one."""
    # Few lines have any; `str.translate` looks at each character, and takes ten times as long.
    return _FOLDED.sub(lambda found: _FOLD[found[0]], text)


def find_paper_id(text: str) -> str | None:
    """The arXiv id in an address of a paper, without its version; None when it is no valid id."""
    if not ("." in text or "．" in text) or not _LIKE_AN_ID.search(text):
        return None
    return next((i for m in _PAPER_URL.finditer(fold(text)) if (i := _checked_id(m[1]))), None)


def find_date(text: str) -> dt.date | None:
    """The first valid date: `2025-12-30`, `2025/12/30`, `2025年12月30日`, `Dec 30, 2025`."""
    folded = fold(text)
    for match in _DATE.finditer(folded):
        if date := _checked_date(match[1], match[2], match[3]):
            return date
    for match in _ENGLISH_DATE.finditer(folded):
        month = match["month"] or match["month2"]
        number = _MONTHS.index(month[:3].lower()) + 1
        if date := _checked_date(match["year"], str(number), match["day"] or match["day2"]):
            return date
    return None


def find_linked_id(value: str) -> str | None:
    """The arXiv id behind a link's key, as an address of the paper or bare."""
    if paper_id := find_paper_id(value):
        return paper_id
    bare = None if "//" in value else _BARE_ID.search(fold(value))
    return _checked_id(bare[1]) if bare else None


def source_kind(value: str) -> SourceKind:
    """What the paper was read from; unknown also when both are named."""
    text = value.lower()
    html, abstract = "html" in text, bool(re.search(r"\babs|abstract|摘要", text))
    if html == abstract:
        return "unknown"
    return "html" if html else "abstract"


# ---------------------------------------------------------------- characters

_TRADITIONAL = (
    "應領話貢獻創點實驗結場景範圍論報鏈連閱讀來總時間頁編號題說標適關鍵術處與規檢類網現評簡紹節"
)
_SIMPLIFIED = (
    "应领话贡献创点实验结场景范围论报链连阅读来总时间页编号题说标适关键术处与规检类网现评简绍节"
)
_FOLD: dict[str, str] = {
    **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94)},  # full-width ASCII
    **{chr(first + i): str(i + 1) for first in (0x2460, 0x2474, 0x2488) for i in range(9)},  # ①⑴⒈
    **{chr(first + i): str(i + 1) for first in (0x2776, 0x2780, 0x278A) for i in range(9)},  # ❶➀➊
    **{chr(0x3220 + i): c for i, c in enumerate("一二三四五六七八九十")},  # ㈠
    **{chr(0x2160 + i): str(i + 1) for i in range(9)},  # Ⅰ
    **dict.fromkeys("\u3000\xa0\t", " "),
    **dict.fromkeys("\ufe55\ufe30\u2236", ":"),
}
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLD))}]")


# ---------------------------------------------------------------- ids

_LIKE_AN_ID = re.compile(r"\d{4}[.．]\d{4}")
_PAPER_URL = re.compile(
    r"(?i:(?:huggingface\.co|hf\.co|hf-mirror\.com|arxiv\.org|alphaxiv\.org|ar5iv\.org)"
    r"/(?:papers|abs|pdf|html)/|papers\.cool/arxiv/|doi\.org/10\.48550/arxiv\.|arxiv: ?)(\d{4}\.\d{4,5})(?:v\d{1,3})?(?!\w)",
    re.ASCII,
)
_BARE_ID = re.compile(r"(?<![\w./])(\d{4}\.\d{4,5})(?:v\d{1,3})?(?!\w|\.\d)", re.ASCII)


def _checked_id(text: str) -> str | None:
    """Ids are YYMM.NNNNN, since 2015 with five digits (info.arxiv.org/help/arxiv_identifier)."""
    year, month, digits = int(text[:2]), int(text[2:4]), len(text) - 5
    ok = 1 <= month <= 12 and year >= 7 and digits == (5 if year >= 15 else 4)
    return text if ok else None


# ---------------------------------------------------------------- dates

_DATE = re.compile(r"(?<!\d)(20\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ENGLISH_DATE = re.compile(
    rf"(?i:(?:(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})"
    rf"|(?P<day2>\d{{1,2}}) (?P<month2>{_MONTH})),? (?P<year>20\d\d))"
)


def _checked_date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
