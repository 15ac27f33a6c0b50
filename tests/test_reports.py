"""Reports of known and unknown dialects, damaged reports, files and encodings."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digestlib.errors import ReportError
from digestlib.models import SECTION_NAMES, Digest, PaperReport, SectionName
from digestlib.reports import files as report_files
from digestlib.reports import load, parse_digest
from digestlib.reports.fields import find_date, find_linked_id
from digestlib.reports.grammar import PART_TITLES, part_heading
from digestlib.reports.heads import clean_title
from tests.dialects import HEADINGS, SHAPES, SYNONYMS, with_headings

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "reports"
DAMAGED = ROOT / "tests" / "data" / "reports" / "damaged.md"
REPORT = (EXAMPLES / "2025-12-30.md").read_text(encoding="utf-8")
BASE = parse_digest(REPORT)

PAPER = """\
# Hugging Face Daily Papers Report
**Date**: 2025-12-30
**Source URL**: https://huggingface.co/papers/date/2025-12-30

============================================================

## 📄 LiveTalk: Real-Time Multimodal Interactive Video Diffusion

- **链接**: https://huggingface.co/papers/2512.23576
- **阅读来源**: HTML

# LiveTalk 研究报告

### 1. 应用领域
计算机视觉 - 多模态视频生成

### 2. 一句话核心贡献
提出了一种改进的在线策略蒸馏方案。

### 3. 使用指南
*   **输入**：人物肖像。

### 4. 主要创新点
1.  **改进的蒸馏配方**：三个关键改进。

### 5. 实验效果
*   **速度与延迟**：在单 GPU 上实现了 **24.82 FPS** 的吞吐量。


============================================================
"""


def codes(digest: Digest) -> list[str]:
    return [problem.code for problem in digest.problems]


def texts(paper: PaperReport) -> dict[str, str]:
    return {name: getattr(paper.sections, name).text for name in SECTION_NAMES}


def without_margins(text: str) -> str:
    """The text as all dialects share it: blank lines and spaces around lines do not count."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def facts(digest: Digest) -> list[object]:
    return [
        (p.id, p.title, p.url, p.source_kind, [without_margins(t) for t in texts(p).values()])
        for p in digest.papers
    ]


def assert_partition(digest: Digest, text: str) -> None:
    """Blocks hold each character of each paper once; lines and numbers are those of the file."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    after = 0
    for paper in digest.papers:
        assert paper.first_line > after
        assert [line.number for line in paper.lines] == list(
            range(paper.first_line, paper.last_line + 1)
        )
        assert all(lines[line.number - 1] == line.text for line in paper.lines)
        body = "".join(block.text for block in paper.blocks)
        assert body.removesuffix("\n") == "\n".join(line.text for line in paper.lines)
        edges = [(block.first_line, block.last_line) for block in paper.blocks]
        assert edges[0][0] == paper.first_line
        assert edges[-1][1] == paper.last_line
        assert all(one[1] + 1 == two[0] for one, two in pairwise(edges))
        after = paper.last_line


# ---------------------------------------------------------------- the examples


def test_the_examples_have_55_papers_and_275_parts_without_a_problem() -> None:
    digests = load(EXAMPLES)
    papers = [paper for digest in digests for paper in digest.papers]
    parts = [text for paper in papers for text in texts(paper).values() if text.strip()]
    assert (len(papers), len(parts)) == (55, 275)
    assert [digest.problems for digest in digests] == [(), (), ()]
    assert Counter(paper.source_kind for paper in papers) == {"html": 49, "abstract": 6}


def test_digests_come_by_date_with_address_and_encoding() -> None:
    digests = load([EXAMPLES / "2026-01-07.md", EXAMPLES / "2025-12-30.md"])
    assert [digest.date for digest in digests] == [dt.date(2025, 12, 30), dt.date(2026, 1, 7)]
    assert digests[0].source_url == "https://huggingface.co/papers/date/2025-12-30"
    assert {digest.encoding for digest in digests} == {"utf-8"}
    assert digests[0].papers[0].date == dt.date(2025, 12, 30)


@pytest.mark.parametrize("file", sorted(EXAMPLES.iterdir()), ids=lambda file: file.stem)
def test_every_line_of_an_example_is_in_exactly_one_block(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    digest = parse_digest(text)
    assert_partition(digest, text)
    assert digest.papers[0].first_line == 7
    assert digest.papers[-1].last_line == text.count("\n")


def test_a_paper_carries_title_link_and_the_lines_of_its_parts() -> None:
    paper = BASE.papers[0]
    assert paper.id == "2512.23576"
    assert paper.url == "https://huggingface.co/papers/2512.23576"
    assert paper.title.startswith("LiveTalk: Real-Time Multimodal")
    area, results = paper.sections.area, paper.sections.results
    assert (area.first_line, area.last_line) == (15, 15)
    assert (
        area.text == "   计算机视觉 - 多模态视频生成 / 实时交互数字人（AIGC / Avatar Generation）"
    )
    assert (results.first_line, results.last_line) == (40, 42)
    assert [block.kind for block in paper.blocks] == ["head", "inner_title", *SECTION_NAMES]
    assert paper.line(14) == "1. **应用领域**"


def test_text_on_the_heading_line_belongs_to_the_part() -> None:
    text = PAPER.replace("### 1. 应用领域\n计算机", "1. **应用领域**：计算机")
    area = parse_digest(text).papers[0].sections.area
    assert (area.text, area.first_line) == ("计算机视觉 - 多模态视频生成", 14)


# ---------------------------------------------------------------- dialects


@pytest.mark.parametrize("form", HEADINGS.values(), ids=HEADINGS)
def test_headings_in_any_form_give_the_same_parts(form: str) -> None:
    text = with_headings(REPORT, form)
    digest = parse_digest(text)
    assert facts(digest) == facts(BASE)
    assert digest.problems == ()
    assert_partition(digest, text)


@pytest.mark.parametrize("form", ["### {n}. {name}", "{n}. **{name}**", "**{name}**：{text}"])
@pytest.mark.parametrize("names", SYNONYMS.values(), ids=SYNONYMS)
def test_other_names_give_the_same_parts(names: tuple[str, ...], form: str) -> None:
    digest = parse_digest(with_headings(REPORT, form, names))
    assert facts(digest) == facts(BASE)
    assert digest.problems == ()


NOT_THE_SAME = {"no-link-and-source", "no-header"}


@pytest.mark.parametrize(
    "shape", [pytest.param(f, id=name) for name, f in SHAPES.items() if name not in NOT_THE_SAME]
)
def test_titles_links_and_separators_in_any_form_give_the_same_papers(
    shape: Callable[[str], str],
) -> None:
    text = shape(REPORT)
    digest = parse_digest(text)
    assert facts(digest) == facts(BASE)
    assert (digest.date, digest.problems) == (BASE.date, ())
    assert_partition(digest, text)


@pytest.mark.parametrize("shape", ["no-separator", "no-emoji", "no-inner-title", "no-blank-lines"])
@pytest.mark.parametrize("form", ["# {n}. {name}", "【{name}】{text}", "{zh}、{name}：{text}"])
def test_dialects_combine(form: str, shape: str) -> None:
    assert facts(parse_digest(with_headings(SHAPES[shape](REPORT), form))) == facts(BASE)


def test_a_traditional_report_is_read() -> None:
    pairs = zip("应领话贡献创点实验链阅读来", "應領話貢獻創點實驗鏈閱讀來", strict=True)
    digest = parse_digest(PAPER.translate({ord(a): b for a, b in pairs}))
    assert digest.problems == ()
    assert digest.papers[0].source_kind == "html"
    assert digest.papers[0].sections.results.text.startswith("*   **速度")


def test_papers_without_links_and_sources_are_kept_with_a_line_as_id() -> None:
    digest = parse_digest(SHAPES["no-link-and-source"](REPORT))
    assert len(digest.papers) == 21
    assert digest.papers[0].id.endswith("-line-7")
    assert digest.papers[0].url is None
    assert Counter(codes(digest)) == {"no-id": 21, "unknown-source": 21}
    assert [texts(p) for p in digest.papers] == [texts(p) for p in BASE.papers]


@pytest.mark.parametrize(
    ("line", "part", "exact", "inline"),
    [
        ("### 1. 应用领域", "area", True, ""),
        ("1.  **应用领域**：", "area", True, ""),
        ("**应用领域：计算机视觉**", "area", True, "计算机视觉"),
        ("（五）實驗效果：達到 90%", "results", True, "達到 90%"),
        ("## 4. 创新点", "innovations", False, ""),
        ("Key Innovations:", "innovations", False, ""),
    ],
)
def test_a_heading_is_read(line: str, part: SectionName, exact: bool, inline: str) -> None:
    heading = part_heading(line)
    assert heading is not None
    assert (heading.part, heading.exact, heading.inline) == (part, exact, inline)


@pytest.mark.parametrize(
    "line",
    [
        "实验效果表明，该方法显著优于基线。",
        "5. 实验效果显著提升的原因是数据。",
        "*   该论文的应用领域：医疗",
        "本文的使用指南见附录。",
        "论文汇总了实验结果，包括应用领域",
        "1. **实验设置**：使用 8 张 GPU",
    ],
)
def test_words_in_running_text_are_no_heading(line: str) -> None:
    assert part_heading(line) is None


# ---------------------------------------------------------------- what is inside a part


@pytest.mark.parametrize(
    ("inserted", "expected"),
    [
        ("    *   **实验效果**：见下文。", []),
        ("*   **应用领域**：医疗。", []),
        ("1.  **应用场景**：医疗。\n2.  **使用方法**：调用接口。", []),
        ("实验效果：三个数据集上都最好。", []),
        ("实验结果：三个数据集上都最好。", []),
        ("**实验效果** 在三个数据集上都最好。", []),
        ("#### 输入\n图像。", []),
        ("```bash\n# 安装\n## 使用\npip install x\n```", []),
        ("**仿真环境**\n见附录。", []),
        ("---\n其余见附录。", []),
        ("第一行\u2028仍是第一行\x0b\x0c\x85同一行", []),
        ("论文链接：https://arxiv.org/abs/2401.00001", []),
        ("- **链接**: https://github.com/x/y\n- **代码**: 已开源", []),
        ("```\n=====\n\n## A\n### 5. 实验效果\n```", []),
        ("> ### 5. 实验效果\n> 引文。", []),
        ("| 应用领域 | a |\n|---|---|\n| 实验效果 | b |", []),
        ("### 6. 结果\n如下。", ["doubtful-heading"]),
        ("相关论文：\n\n- **链接**: https://arxiv.org/abs/2401.00001", []),
        ("## 小结\n以上为用法。", ["odd-heading"]),
        ("# 注意\n以上为用法。", ["odd-heading"]),
        (
            "============================================================\n其余。",
            ["stray-separator"],
        ),
    ],
)
def test_what_only_looks_like_structure_stays_in_its_part(
    inserted: str, expected: list[str]
) -> None:
    text = PAPER.replace("\n### 4.", f"{inserted}\n\n### 4.")
    digest = parse_digest(text)
    assert codes(digest) == expected
    assert len(digest.papers) == 1
    assert digest.papers[0].sections.usage.text == f"*   **输入**：人物肖像。\n{inserted}"
    assert texts(digest.papers[0]).keys() == texts(parse_digest(PAPER).papers[0]).keys()


def test_numbered_items_with_part_names_stay_in_their_part_in_a_numbered_report() -> None:
    text = with_headings(PAPER, "{n}. **{name}**").replace(
        "\n4. **主要", "1. **实验效果**：见下。\n2. **应用场景**：医疗。\n\n4. **主要"
    )
    digest = parse_digest(text)
    assert digest.papers[0].sections.usage.text.endswith("2. **应用场景**：医疗。")
    assert digest.papers[0].sections.results.text.startswith("*   **速度")
    assert codes(digest) == ["doubtful-heading"]


def test_parts_in_another_order_are_placed_without_a_problem() -> None:
    parts = re.split(r"(?=^### )", PAPER.partition("\n\n\n===")[0] + "\n", flags=re.MULTILINE)
    digest = parse_digest("".join([parts[0], *parts[:0:-1]]))
    assert {k: v.strip() for k, v in texts(digest.papers[0]).items()} == texts(
        parse_digest(PAPER).papers[0]
    )
    assert digest.problems == ()


def test_a_section_that_is_none_of_the_five_is_unplaced() -> None:
    digest = parse_digest(PAPER.replace("\n\n\n====", "\n\n### 6. 局限性\n没有说明。\n\n\n====", 1))
    paper = digest.papers[0]
    assert paper.blocks[-1].kind == "unplaced"
    assert paper.blocks[-1].text.startswith("### 6. 局限性\n没有说明。\n")
    assert paper.sections.results == parse_digest(PAPER).papers[0].sections.results
    assert codes(digest) == ["unplaced-text"]


def test_a_heading_without_number_stays_in_its_part_when_no_part_is_missing() -> None:
    text = with_headings(PAPER, "## {name}").replace("\n## 主要", "## 输入\n图像。\n\n## 主要")
    digest = parse_digest(text)
    assert digest.papers[0].sections.usage.text.endswith("## 输入\n图像。")
    assert codes(digest) == ["odd-heading"]


def test_a_misspelt_heading_is_unplaced_and_its_part_missing() -> None:
    digest = parse_digest(PAPER.replace("### 3. 使用指南", "### 3. 使甪旨南"))
    assert sorted(codes(digest)) == ["missing-part", "unplaced-text"]
    assert digest.papers[0].sections.usage.first_line is None
    assert digest.papers[0].sections.contribution.text == "提出了一种改进的在线策略蒸馏方案。"


def test_text_before_the_first_part_is_unplaced() -> None:
    digest = parse_digest(PAPER.replace("### 1.", "本文很长。\n\n### 1."))
    assert [block.kind for block in digest.papers[0].blocks][:4] == [
        "head",
        "inner_title",
        "unplaced",
        "area",
    ]
    assert codes(digest) == ["unplaced-text"]


def test_a_footer_behind_the_last_separator_is_unplaced() -> None:
    digest = parse_digest(PAPER + "\n本报告自动生成。\n")
    assert codes(digest) == ["unplaced-text"]
    assert digest.papers[0].blocks[-1].text == "本报告自动生成。\n"


def test_text_above_the_first_paper_is_reported_and_kept() -> None:
    text = PAPER.replace("\n====", "\n今日要点：视频生成。\n\n====", 1)
    digest = parse_digest(text)
    assert [(p.code, p.line) for p in digest.problems] == [("unplaced-text", 5)]
    assert digest.preamble == text[: text.index("## 📄")]


def test_a_file_without_papers_is_kept_whole() -> None:
    assert parse_digest("随便写点什么。\n").preamble == "随便写点什么。\n"


def test_text_behind_a_rule_in_the_last_part_is_kept_and_reported() -> None:
    digest = parse_digest(PAPER.replace("\n\n\n====", "\n\n---\n报告完。\n\n\n====", 1))
    assert digest.papers[0].sections.results.text.endswith("---\n报告完。")
    assert codes(digest) == ["stray-separator"]


def test_a_report_in_a_block_of_code_is_read() -> None:
    digest = parse_digest(f"```markdown\n{REPORT}```\n")
    assert facts(digest) == facts(BASE)
    assert codes(digest) == ["unplaced-text", "unplaced-text"]


def test_a_report_in_quotes_is_read() -> None:
    quoted = "".join(f"> {line}\n" for line in PAPER.splitlines())
    digest = parse_digest(quoted)
    assert (digest.papers[0].id, digest.problems) == ("2512.23576", ())
    assert digest.papers[0].sections.area.text == "> 计算机视觉 - 多模态视频生成"


def test_a_second_report_in_the_same_file_dates_its_papers() -> None:
    second = PAPER.replace("2025-12-30", "2025-12-31").replace("2512.23576", "2512.24000")
    digest = parse_digest(PAPER + second)
    assert [(p.id, str(p.date)) for p in digest.papers] == [
        ("2512.23576", "2025-12-30"),
        ("2512.24000", "2025-12-31"),
    ]
    assert [(p.code, p.line) for p in digest.problems] == [("unplaced-text", 31)]
    assert_partition(digest, PAPER + second)


def test_a_date_under_a_heading_inside_a_paper_dates_nothing() -> None:
    digest = parse_digest(PAPER.replace("\n### 4.", "\n# 附\n日期：2024-01-01\n\n### 4.") + PAPER)
    assert {str(paper.date) for paper in digest.papers} == {"2025-12-30"}


def test_a_repeated_part_is_joined_from_its_first_to_its_last_line() -> None:
    text = PAPER.replace("\n\n\n====", "\n\n### 3. 使用指南\n再用一次。\n\n\n====", 1)
    digest = parse_digest(text)
    usage = digest.papers[0].sections.usage
    assert usage.text == "*   **输入**：人物肖像。\n再用一次。"
    assert (usage.first_line, usage.last_line) == (21, 30)
    assert codes(digest) == ["repeated-part"]


def test_a_part_in_another_form_fills_its_place() -> None:
    digest = parse_digest(PAPER.replace("### 4. 主要创新点", "**主要创新点**"))
    assert digest.papers[0].sections.innovations.text.startswith("1.  **改进")
    assert digest.problems == ()


# ---------------------------------------------------------------- damage


def test_ten_kinds_of_damage_give_ten_problems_and_lose_nothing() -> None:
    text = DAMAGED.read_text(encoding="utf-8")
    digest = parse_digest(text, str(DAMAGED))
    assert_partition(digest, text)
    assert len(digest.papers) == 10
    kept = sum(len(block.text) for paper in digest.papers for block in paper.blocks)
    header = text[: text.index("## 📄")]
    assert kept + len(header) == len(text)
    assert codes(digest) == [
        "no-date",
        "no-id",
        "unknown-source",
        "missing-part",
        "repeated-part",
        "empty-part",
        "duplicate-id",
        "unplaced-text",
        "no-title",
        "stray-separator",
        "odd-heading",
    ]
    assert all(str(p).startswith(f"{DAMAGED}:{p.line}: ") for p in digest.problems)


@pytest.mark.parametrize(
    "lost",
    [
        ("## 📄 ",),
        ("## 📄 ", "- **链接**"),
        ("- **链接**", "- **阅读来源**"),
        ("====",),
        ("====", "- **链接**", "- **阅读来源**"),
        ("## 📄 ", "- **链接**", "- **阅读来源**"),
        ("## 📄 ", "- **链接**", "- **阅读来源**", "# "),
    ],
    ids=lambda lost: " ".join(lost),
)
def test_a_paper_that_lost_lines_of_its_head_is_still_a_paper(lost: tuple[str, ...]) -> None:
    start = BASE.papers[7].first_line
    lines = REPORT.split("\n")
    around = range(start - 4, start + 6)
    kept = [x for n, x in enumerate(lines) if n not in around or not x.startswith(lost)]
    digest = parse_digest("\n".join(kept))
    assert [texts(p) for p in digest.papers] == [texts(p) for p in BASE.papers]


def test_a_report_cut_in_the_middle_names_what_is_missing() -> None:
    digest = parse_digest(PAPER[: PAPER.index("### 3.")])
    assert codes(digest) == ["missing-part"] * 3
    assert len(digest.papers) == 1


def test_a_report_cut_after_a_head_keeps_the_paper() -> None:
    digest = parse_digest(PAPER[: PAPER.index("# LiveTalk 研究")])
    assert [p.id for p in digest.papers] == ["2512.23576"]
    assert codes(digest) == ["missing-part"]


def test_every_cut_of_a_report_keeps_the_papers_before_it() -> None:
    lines = REPORT.split("\n")
    for stop in range(100, len(lines), 37):
        whole = [p for p in BASE.papers if p.last_line <= stop]
        papers = parse_digest("\n".join(lines[:stop])).papers
        assert [p.id for p in papers[: len(whole)]] == [p.id for p in whole]
        assert [texts(p) for p in papers[: len(whole)]] == [texts(p) for p in whole]


def test_two_links_that_disagree_are_reported() -> None:
    text = PAPER.replace("- **阅读", "- **arXiv**: https://arxiv.org/abs/2512.00001\n- **阅读")
    digest = parse_digest(text)
    assert (digest.papers[0].id, codes(digest)) == ("2512.23576", ["ambiguous-id"])


def test_an_id_from_an_unknown_line_is_taken_and_reported() -> None:
    digest = parse_digest(PAPER.replace("- **链接**", "- **出处**"))
    assert (digest.papers[0].id, codes(digest)) == ("2512.23576", ["doubtful-id"])


@pytest.mark.parametrize(
    ("heading", "area"),
    [
        ("### 1. 应用领域：**计算机视觉** - 视频", "**计算机视觉** - 视频"),
        ("### 1. 应用领域 **计算机视觉**", "**计算机视觉**"),
        ("**应用领域：** *视频*", "*视频*"),
        ("**1. 应用领域 (Application Area)：** *   **视频**", "*   **视频**"),
        ("应用领域：`视频`", "`视频`"),
        ("- **应用领域**：*   **视频**", "*   **视频**"),
        ("### 1. 应用领域（NLP）", "（NLP）"),
        ("### 1. 应用领域 - applications in robotics", "applications in robotics"),
    ],
)
def test_text_on_the_heading_line_keeps_its_own_marks(heading: str, area: str) -> None:
    found = part_heading(heading)
    assert found is not None
    assert (found.part, found.inline) == ("area", area)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("## 📄 1.58-bit FLUX", "1.58-bit FLUX"),
        ("## 3D Scenes", "3D Scenes"),
        ("## 12. A Study", "A Study"),
        ("## 十二、A Study", "A Study"),
        ("## [3/21] [A Study](https://huggingface.co/papers/2512.23576)", "A Study"),
        ("## 2512.23576 - A Study", "A Study"),
        ("## A Study (arXiv:2512.23576v2)", "A Study"),
        ("## <b>A Study</b>", "A Study"),
        ("## 42.", "42."),
    ],
)
def test_a_title_is_cleaned(line: str, title: str) -> None:
    assert clean_title(line, numbered=True) == title


# ---------------------------------------------------------------- ids and dates


@pytest.mark.parametrize(
    ("value", "paper_id"),
    [
        ("https://huggingface.co/papers/2512.23576", "2512.23576"),
        ("https://arxiv.org/abs/2512.23576v2", "2512.23576"),
        ("https://arxiv.org/pdf/2512.23576.pdf", "2512.23576"),
        ("２５１２．２３５７６", "2512.23576"),
        ("arXiv:0704.0001", "0704.0001"),
        ("https://huggingface.co/papers/2512.2357", None),
        ("https://huggingface.co/papers/2513.23576", None),
        ("https://huggingface.co/papers/2512.235761", None),
        ("https://example.com/2512.23576", None),
        ("https://huggingface.co/papers/２５१२.23576", None),
        ("见附录", None),
    ],
)
def test_only_a_valid_arxiv_id_is_taken(value: str, paper_id: str | None) -> None:
    assert find_linked_id(value) == paper_id


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("**Date**: 2025-12-30", dt.date(2025, 12, 30)),
        ("日期：2025年12月30日", dt.date(2025, 12, 30)),
        ("日期：２０２５年１月７日", dt.date(2025, 1, 7)),
        ("2025/12/30", dt.date(2025, 12, 30)),
        ("Date: December 30, 2025", dt.date(2025, 12, 30)),
        ("30 Dec 2025", dt.date(2025, 12, 30)),
        ("2025-13-45", None),
        ("2512.23576", None),
    ],
)
def test_dates_are_read_in_several_forms(line: str, date: dt.date | None) -> None:
    assert find_date(line) == date


def test_the_date_of_the_address_is_taken_where_the_text_has_none() -> None:
    text = PAPER.replace("**Date**: 2025-12-30\n", "")
    assert parse_digest(text).date == dt.date(2025, 12, 30)


def test_a_date_against_its_address_is_reported() -> None:
    digest = parse_digest(PAPER.replace("**Date**: 2025-12-30", "**Date**: 2025-12-31"))
    assert (digest.date, codes(digest)) == (dt.date(2025, 12, 31), ["date-mismatch"])


# ---------------------------------------------------------------- files


ENCODINGS = {
    "utf-8": ("utf-8", "utf-8"),
    "utf-8-bom": ("utf-8-sig", "utf-8-sig"),
    "gb18030": ("gb18030", "gb18030"),
    "utf-16-le": ("utf-16-le", "utf-16-le"),
    "utf-16-be": ("utf-16-be", "utf-16-be"),
}


@pytest.mark.parametrize(("encoding", "detected"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_encoding_is_told(encoding: str, detected: str, tmp_path: Path) -> None:
    file = tmp_path / "report"
    file.write_bytes(REPORT.encode(encoding))
    digest = load(file)[0]
    assert (digest.encoding, digest.problems) == (detected, ())
    assert facts(digest) == facts(BASE)


def test_big5_is_read_where_gb18030_gives_no_part(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_bytes("## 📄 T\n\n### 1. 應用領域\n電腦視覺\n".replace("📄 ", "").encode("big5"))
    digest = load(file)[0]
    assert digest.encoding == "big5hkscs"
    assert digest.papers[0].sections.area.text == "電腦視覺"


@pytest.mark.parametrize("bom", ["le", "be"])
def test_utf_16_with_a_mark_is_read(bom: str, tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(("\ufeff" + REPORT).encode(f"utf-16-{bom}"))
    assert facts(load(file)[0]) == facts(BASE)


CUT = REPORT.index("的", 30_000) + 1
FILES: dict[str, tuple[bytes, list[str]]] = {
    "empty": (b"", ["empty-file"]),
    "blank": (b"\xef\xbb\xbf \r\n\r\n", ["empty-file"]),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ["binary-file"]),
    "pdf": (b"%PDF-1.7\n" + b"x y z\n" * 99, ["binary-file"]),
    "not-text": (bytes(range(128, 256)) * 50, ["bad-encoding"]),
    "no-report": ("随便写点什么。\n".encode(), ["no-date", "no-papers"]),
    "too-large": (b"a\n" * 25_000_000, ["too-large"]),
    "too-many-lines": (b"\n" * 600_000 + b"a", ["too-large"]),
}


@pytest.mark.parametrize(("data", "expected"), FILES.values(), ids=FILES)
def test_a_bad_file_gives_its_problem_and_the_others_go_on(
    data: bytes, expected: list[str], tmp_path: Path
) -> None:
    (tmp_path / "bad.md").write_bytes(data)
    (tmp_path / "good.md").write_text(PAPER, encoding="utf-8")
    good, bad = load(tmp_path)
    assert (len(good.papers), good.problems) == (1, ())
    assert (bad.papers, bad.date, codes(bad)) == ((), None, expected)
    assert str(bad.problems[0]).startswith(str(tmp_path / "bad.md"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_file_cut_inside_a_character_is_read_and_reported(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "cut.md"
    file.write_bytes(REPORT[:CUT].encode(encoding)[:-1])
    digest = load(file)[0]
    assert "truncated" in codes(digest)
    assert digest.encoding == encoding
    assert len(digest.papers) > 9


def test_a_damaged_character_is_marked_not_fatal(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    data = PAPER.encode()
    at = data.index("蒸馏".encode())
    file.write_bytes(data[:at] + b"\xff" + data[at + 3 :])
    digest = load(file)[0]
    assert (digest.encoding, codes(digest)) == ("utf-8", ["bad-encoding"])
    assert digest.problems[0].line == 18
    assert "\ufffd馏" in digest.papers[0].sections.contribution.text


def test_folders_patterns_and_files_of_any_name_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("a.MD", "in/b.txt", "in/deep/c.md", "notes.log", ".hidden.md"):
        (tmp_path / name).write_text(PAPER, encoding="utf-8")

    def found(*paths: str | Path) -> list[str]:
        return sorted(Path(d.path).relative_to(tmp_path).as_posix() for d in load(paths))

    assert found(tmp_path) == ["a.MD", "in/b.txt", "in/deep/c.md"]
    assert found(tmp_path / "notes.log") == ["notes.log"]
    assert found(str(tmp_path / "*.MD"), tmp_path / "a.MD") == ["a.MD"]
    assert found(str(tmp_path / "**" / "*.md")) == ["in/deep/c.md"]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PAPER.encode())))
    digest = load("-")[0]
    assert (digest.path, len(digest.papers)) == ("-", 1)


@pytest.mark.parametrize("name", ["absent.md", "*.md", "."], ids=["path", "pattern", "folder"])
def test_a_path_without_reports_says_so(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=re.escape(str(tmp_path))):
        load(str(tmp_path / name))


def test_no_path_at_all_says_so() -> None:
    with pytest.raises(ReportError, match="no reports given"):
        load([])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    file.write_text(PAPER, encoding="utf-8")
    file.chmod(0)
    assert codes(load(file)[0]) == ["unreadable"]


def test_a_file_that_went_away_is_reported(tmp_path: Path) -> None:
    read = report_files.read_file(str(tmp_path / "gone.md"))
    assert [problem.code for problem in read.problems] == ["unreadable"]


# ---------------------------------------------------------------- any text


PIECES = st.sampled_from(
    ["## 📄 T", "====", "---", "- **链接**: https://huggingface.co/papers/2512.23576", "", "文字。"]
    + [
        "- **阅读来源**: HTML",
        "# 报告",
        "\r",
        "\u2028",
        "  * a",
        "```",
        "1. **x**",
        "**Date**: 2025-1-1",
    ]
    + [f"### {n}. {title}" for n, title in enumerate(PART_TITLES.values(), 1)]
    + [f"{title}：文字" for title in PART_TITLES.values()]
    + ["实验结果", "### 6. 局限性", "2. 应用场景"]
)


@given(st.lists(PIECES, max_size=40).map("\n".join))
@settings(max_examples=300, deadline=None)
@example("## 📄 T")
@example("### 1. 应用领域\n### 1. 应用领域")
def test_any_arrangement_of_pieces_is_partitioned(text: str) -> None:
    digest = parse_digest(text)
    assert_partition(digest, text)
    kept = sum(len(paper.lines) for paper in digest.papers)
    lines = re.split(r"\r\n|\r|\n", text)
    last = len(lines) if lines[-1] else len(lines) - 1
    first = digest.papers[0].first_line if digest.papers else last + 1
    assert kept == last + 1 - first


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_parsed(text: str) -> None:
    assert_partition(parse_digest(text), text)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    read = report_files.decode(data)
    assert read.text is not None or len(read.problems) == 1


# ---------------------------------------------------------------- time


def seconds(text: str) -> float:
    start = time.process_time()
    parse_digest(text)
    return time.process_time() - start


ADVERSARIES = {
    "report": REPORT * 10,
    "stars": "*" * 400_000,
    "star-lines": ("*" * 119 + "x\n") * 4_000,
    "hashes": "#" * 400_000,
    "numbers": "1. " * 200_000,
    "headings": "### 1. 应用领域\n" * 20_000,
    "titles": "## 📄 T\n" * 4_000,
    "openings": ("** __ 1. " * 10 + "应用领域x\n") * 5_000,
    "separators": "=====\n\n## A\n" * 15_000,
    "links": "[a](https://huggingface.co/papers/" * 20_000,
    "one-line": "应用领域 " * 1_000_000,
    "tags": "<b" * 240 + "\n" + ("<!--" * 120 + "\n") * 1_000,
    "escapes": ("\\" * 499 + "\n") * 1_000,
    "fences": "```\na\n" * 10_000,
    "second-reports": "# A\n日期：2025-01-01\n### 1. 应用领域\n" * 2_000,
    "quotes": ("> " * 5 + "### 1. 应用领域\n") * 5_000,
}


def test_more_papers_than_any_report_has_are_refused_at_once() -> None:
    digest = parse_digest("## 📄 T\n" * 250_000)
    assert (digest.papers, codes(digest)) == ((), ["too-large"])


@pytest.mark.parametrize("text", ADVERSARIES.values(), ids=ADVERSARIES)
def test_twice_the_text_takes_about_twice_the_time(text: str) -> None:
    once = min(seconds(text) for _ in range(2))
    assert seconds(text + text) < 5 * once + 0.2
