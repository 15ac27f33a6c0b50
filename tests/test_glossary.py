from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from digestlib.errors import DigestError
from digestlib.glossary import Glossary, Term, TermConflict, conflicting_terms, load_glossary
from digestlib.models import Finding

from .reference_answers import ANSWERS, example_papers

TOML = resources.files("digestlib").joinpath("glossary.toml").read_text(encoding="utf-8")
PACKAGED = load_glossary()
BY_CHINESE = {term.chinese: term for term in PACKAGED.terms}

AMERICAN = re.compile(
    r"\b(?!(?:size|resize|prize)\w*\b)\w+iz(?:e[srd]?|ers?|ing|ations?|ability)\b"
    r"|\b(?:color|behavior|neighbor|labor\b|favor)\w*"
    r"|\b\w*(?:model|label|travel|cancel|signal)(?:ed|ing)\b"
    r"|\b(?:artifacts?|center|defense|gray|analyze[sd]?|dialog|catalog|fulfill|judgment)\b",
    re.IGNORECASE,
)


def wordings(term: Term) -> list[str]:
    return [*term.right, *term.avoid]


def english_of(glossary: Glossary, text: str) -> list[str]:
    return [term.english for term in glossary.terms_in(text)]


# ---------------------------------------------------------------- the packaged terms


def test_the_package_knows_at_least_300_terms() -> None:
    assert len(PACKAGED.terms) >= 300


def test_no_term_is_listed_twice_however_it_is_spaced_or_hyphenated() -> None:
    assert len(PACKAGED.terms) == len(tomllib.loads(TOML))


def test_every_term_pairs_chinese_with_trimmed_ascii_english() -> None:
    for term in PACKAGED.terms:
        assert re.search(r"[\u4e00-\u9fff]", term.chinese), term
        for wording in wordings(term):
            assert wording, term
            assert wording == " ".join(wording.split()), term
            assert wording.isascii(), term


def test_no_wording_is_listed_twice_for_one_term() -> None:
    assert [t for t in PACKAGED.terms if len(set(wordings(t))) < len(wordings(t))] == []


def test_every_wording_is_spelled_the_british_way() -> None:
    assert [w for term in PACKAGED.terms for w in wordings(term) if AMERICAN.search(w)] == []


def test_every_term_is_found_in_a_text_that_is_just_the_term() -> None:
    assert [term for term in PACKAGED.terms if PACKAGED.terms_in(term.chinese) != (term,)] == []


@pytest.mark.parametrize(
    "word", ["optimization", "behavior cloning", "modeling", "tokenizer", "artifact", "labeled"]
)
def test_the_spelling_rule_catches_american_spelling(word: str) -> None:
    assert AMERICAN.search(word)


@pytest.mark.parametrize("word", ["batch size", "optimisation", "world modelling", "horizon"])
def test_the_spelling_rule_lets_british_spelling_pass(word: str) -> None:
    assert not AMERICAN.search(word)


def test_terms_stand_in_groups_under_a_comment() -> None:
    for block in TOML.strip().split("\n\n"):
        lines = block.splitlines()
        assert lines[0].startswith("#") or all(line.startswith('"') for line in lines)
    assert TOML.count("\n# ---- ") >= 10


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("具身智能", "embodied AI"),
        ("消融实验", "ablation study"),
        ("智能体", "agent"),
        ("涌现", "emergent"),
        ("蒸馏", "distillation"),
        ("后训练", "post-training"),
        ("混合专家", "mixture of experts"),
        ("端到端", "end-to-end"),
        ("视界", "horizon"),
        ("思维链", "chain of thought"),
        ("基座模型", "base model"),
        ("灵巧手", "dexterous hand"),
        ("首帧", "first frame"),
        ("文生图", "text-to-image"),
    ],
)
def test_the_house_term_is_preferred(chinese: str, english: str) -> None:
    assert BY_CHINESE[chinese].english == english


def test_at_least_150_terms_name_english_to_avoid() -> None:
    assert sum(bool(term.avoid) for term in PACKAGED.terms) >= 150


def test_every_wording_to_avoid_is_found_in_any_case() -> None:
    for term in PACKAGED.terms:
        for wording in term.avoid:
            for text in (wording, wording.upper()):
                assert term.chinese in chinese_of(PACKAGED.check(term.chinese, text)), text


def test_no_wording_to_avoid_is_the_right_english_of_another_term() -> None:
    right = {wording.lower() for term in PACKAGED.terms for wording in term.right}
    assert [w for term in PACKAGED.terms for w in term.avoid if w.lower() in right] == []


# ---------------------------------------------------------------- terms in a text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        pytest.param(
            "提出了首个针对物理世界VLA模型的可扩展在线分布式多任务后训练系统",
            ["post-training"],
            id="one",
        ),
        pytest.param(
            "以及通过截断训练视界（Horizon）来提高样本效率和动作果断性",
            ["horizon", "sample efficiency"],
            id="in-order-of-the-text",
        ),
        pytest.param(
            "首帧延迟从约 83秒降低至 **0.33秒**", ["first-frame latency"], id="first-frame-latency"
        ),
        pytest.param("多模态大语言模型", ["multimodal large language model"], id="longest"),
        pytest.param("在线策略蒸馏方案", ["on-policy distillation"], id="not-policy-distillation"),
        pytest.param("蒸馏，再蒸馏", ["distillation"], id="once"),
        pytest.param(
            "利用大模型蒸馏，智能体导向预训练",
            ["large model", "distillation", "agent", "pre-training"],
            id="neighbours",
        ),
        pytest.param("训练吞吐量几乎持平", ["throughput"], id="throughput"),
        pytest.param("推理延迟仅增加约 5.8%", ["inference latency"], id="inference-not-reasoning"),
        pytest.param("多步推理", ["multi-step reasoning"], id="reasoning-not-inference"),
        pytest.param(
            "作为衡量压缩质量的任务无关代理指标", ["task-agnostic", "proxy metric"], id="proxy"
        ),
        pytest.param(
            "1.3B 参数量的轻量化模型", ["parameter count", "lightweight"], id="lightweight"
        ),
        pytest.param("细节稳定性，减少", ["stability"], id="stability-not-qualitative"),
        pytest.param("首先验证其效果，然后验证其成本", [], id="two-words-that-touch"),
        pytest.param("", [], id="empty"),
    ],
)
def test_the_longest_term_wins_and_each_is_listed_once(text: str, english: list[str]) -> None:
    assert english_of(PACKAGED, text) == english


def test_a_short_term_is_listed_where_it_also_stands_alone() -> None:
    assert english_of(PACKAGED, "知识蒸馏与蒸馏") == ["knowledge distillation", "distillation"]


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        pytest.param("显著降低了 KV 缓存占用", "KV 缓存", id="spaced"),
        pytest.param("显著降低了KV缓存占用", "KV 缓存", id="unspaced"),
        pytest.param("轻量级多 token 预测", "多 Token 预测", id="lower-case"),
        pytest.param("视觉-语言-动作（VLA）", "视觉-语言-动作", id="hyphenated"),
        pytest.param("视觉语言动作模型", "视觉-语言-动作", id="unhyphenated"),
        pytest.param("手术机器人视觉–语言–动作策略", "视觉-语言-动作", id="en-dashes"),
    ],
)
def test_spacing_hyphens_and_case_do_not_matter(text: str, chinese: str) -> None:
    assert BY_CHINESE[chinese] in PACKAGED.terms_in(text)


def test_a_latin_end_does_not_cut_a_longer_latin_word() -> None:
    glossary = Glossary(terms=(Term(chinese="RL", english="reinforcement learning"),))
    assert english_of(glossary, "RLHF 与 GRL 和 RL4") == []
    assert english_of(glossary, "基于RL训练") == ["reinforcement learning"]


def test_a_glossary_without_terms_finds_none() -> None:
    assert Glossary(terms=()).terms_in("具身智能") == ()


# ---------------------------------------------------------------- English to be avoided


def chinese_of(findings: list[Finding]) -> list[str]:
    return [finding.source_text for finding in findings]


def test_a_finding_says_where_the_english_is_wrong_and_what_is_right() -> None:
    source, text = "构建具身智能体的后训练系统", "A system for intelligent bodies"
    assert PACKAGED.check(source, text) == [
        Finding(
            rule="term",
            severity="minor",
            message="智能体 is 'agent', not 'intelligent bodies'",
            source_text="智能体",
            target_text="intelligent bodies",
            target_span=(13, 31),
            suggestion="agent",
        )
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("多智能体系统", "a multi-intelligent body system", id="within-a-longer-term"),
        pytest.param("大模型蒸馏", "Big-Models are distilled", id="case-hyphen-plural"),
        pytest.param("零样本泛化", "a universalization in zero-shot form", id="american"),
        pytest.param("人工标注数据", "artificially\nlabelled data", id="across-a-line-break"),
        pytest.param("KV缓存", "it fills the KV buffer.", id="spaced-otherwise-in-chinese"),
        pytest.param("微调7B模型", "the 7B model is micro-tuned", id="participle"),
    ],
)
def test_a_wording_to_avoid_is_found_however_it_is_written(source: str, text: str) -> None:
    assert len(PACKAGED.check(source, text)) == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("提升任务成功率", "An intelligent body does better", id="term-not-in-chinese"),
        pytest.param("智能体完成任务", "It completes the task", id="term-left-out"),
        pytest.param("智能体很智能", "It is intelligent. Body parts move", id="two-sentences"),
        pytest.param("大模型的规模", "bigger models, a big modelling task", id="other-words"),
        pytest.param("大模型", "the Big-Modeller", id="part-of-a-word"),
        pytest.param("生成式模型", "", id="empty"),
        pytest.param("", "big models", id="empty-chinese"),
    ],
)
def test_other_english_is_no_finding(source: str, text: str) -> None:
    assert PACKAGED.check(source, text) == []


def test_every_place_of_a_wording_to_avoid_is_told() -> None:
    findings = PACKAGED.check("大模型", "Big models beat big models")
    assert [finding.target_span for finding in findings] == [(0, 10), (16, 26)]


def test_what_is_right_for_a_term_is_not_wrong_within_it() -> None:
    glossary = Glossary(
        terms=(
            Term(chinese="智能体", english="agent", avoid=("intelligent body", "body")),
            Term(chinese="智能体理论", english="theory of the intelligent body"),
            Term(chinese="躯体", english="body"),
        )
    )
    assert glossary.check("智能体理论", "The theory of the intelligent body is old") == []
    assert glossary.check("智能体的躯体", "its body") == []
    assert chinese_of(glossary.check("智能体", "its body")) == ["智能体"]


def test_the_reference_answers_hold_no_wording_to_avoid() -> None:
    claims = list(reference_claims())
    assert len(claims) > 900
    assert [f.message for _, source, text in claims for f in PACKAGED.check(source, text)] == []


def test_long_texts_take_linear_time() -> None:
    source = "智能体与大模型的后训练，" * 5_000
    assert len(PACKAGED.check(source, "models and agents big models " * 5_000)) == 5_000


def reference_claims() -> Iterator[tuple[str, str, str]]:
    """(paper, cited lines, English) of each claim of the reference answers."""
    papers = example_papers()
    for path in sorted((ANSWERS / "summaries").glob("*.json")):
        for claim in _claims(json.loads(path.read_text(encoding="utf-8"))):
            cited = "\n".join(papers[path.stem].line(number) for number in claim["sources"])
            yield path.stem, cited, claim["text"]


def _claims(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict) and node.keys() == {"text", "sources"}:
        yield node
    elif isinstance(node, dict | list):
        for part in node.values() if isinstance(node, dict) else node:
            yield from _claims(part)


# ---------------------------------------------------------------- conflicts across papers

STEERING = Term(chinese="可操控性", english="steerability", avoid=("manipulability",))
LLM = Term(chinese="大语言模型", english="large language model", accepted=("LLM", "language AI"))
OVERHEAD = Term(chinese="开销", english="cost", accepted=("overhead", "low cost"))
POLICY = Term(chinese="策略", english="strategy", accepted=("policy",), by_sense=True)
REPRODUCE = Term(chinese="复现", english="reproduction", accepted=("reproduce", "reproducing it"))
AGENT = Term(chinese="智能体", english="agent", accepted=("actor",))
PROXY = Term(chinese="代理", english="proxy", accepted=("agent",))
COST_OF_COMPUTE = Term(chinese="计算成本", english="compute cost")
CACHE = Term(chinese="KV 缓存", english="KV cache", accepted=("key-value cache", "KV store"))
EMBODIED = Term(chinese="具身智能", english="embodied AI", accepted=("embodied intelligence",))
UNSURE = (LLM, OVERHEAD, POLICY, REPRODUCE, AGENT, PROXY, COST_OF_COMPUTE, CACHE)
FEW = Glossary(terms=(STEERING, EMBODIED, *UNSURE))


def conflicts(*pairs: tuple[str, str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {c.chinese: dict(c.ways) for c in conflicting_terms(pairs, glossary=FEW)}


def test_a_term_rendered_in_two_ways_is_listed_with_the_papers_of_each() -> None:
    found = conflicting_terms(
        [
            ("2601.2", "可操控性差距", "the steerability gap"),
            ("2601.3", "可操控性", "Manipulability is low"),
            ("2601.1", "可操控性", "steerability"),
            ("2601.1", "可操控性很高", "high steerability"),
        ],
        glossary=FEW,
    )
    ways = (("steerability", ("2601.1", "2601.2")), ("manipulability", ("2601.3",)))
    assert found == [TermConflict(chinese="可操控性", ways=ways)]


def test_conflicts_of_most_papers_come_first() -> None:
    assert list(
        conflicts(
            ("1", "可操控性与开销", "steerability at some cost"),
            ("2", "可操控性与开销", "manipulability with overheads"),
            ("3", "开销", "overhead"),
        )
    ) == ["开销", "可操控性"]


@pytest.mark.parametrize(
    ("source", "one", "other"),
    [
        pytest.param("大语言模型", "a large language model", "an LLM", id="abbreviation"),
        pytest.param("KV缓存", "KV cache", "a key-value cache", id="preferred-abbreviation"),
        pytest.param("大语言模型", "large language models", "Large-Language Model", id="plural"),
        pytest.param("开销", "at low cost", "its cost", id="longer-form"),
        pytest.param("复现", "the reproduction", "hard to reproduce", id="other-form"),
        pytest.param("复现", "reproducing it", "reproduced", id="ing-form"),
        pytest.param("策略", "a strategy", "a policy", id="two-senses"),
        pytest.param("可操控性", "steerability", "control", id="unknown-wording"),
        pytest.param("可操控性", "steerability", "", id="left-out"),
    ],
)
def test_variants_are_no_conflict(source: str, one: str, other: str) -> None:
    assert conflicts(("1", source, one), ("2", source, other)) == {}


def test_a_preferred_wording_with_capitals_is_a_way_of_its_own() -> None:
    found = conflicts(("1", "具身智能", "embodied AI"), ("2", "具身智能", "embodied intelligence"))
    assert found == {"具身智能": {"embodied AI": ("1",), "embodied intelligence": ("2",)}}


def test_a_paper_that_uses_both_ways_is_no_evidence_against_another() -> None:
    both = ("1", "可操控性", "steerability, or manipulability")
    assert conflicts(both, ("2", "可操控性", "steerability")) == {}
    assert conflicts(both) == {}


def test_words_that_may_stand_for_another_term_are_no_evidence() -> None:
    assert conflicts(("1", "智能体的代理", "an agent"), ("2", "智能体", "an actor")) == {}
    assert conflicts(("1", "计算成本与开销", "compute cost"), ("2", "开销", "overhead")) == {}


def test_the_conflicts_of_the_example_week_are_few_and_real() -> None:
    week = [pair for pair in reference_claims() if _in_first_week(pair[0])]
    found = {conflict.chinese for conflict in conflicting_terms(week)}
    assert len(found) <= 15
    assert {"解耦", "基础模型"} <= found


def _in_first_week(paper: str) -> bool:
    date = example_papers()[paper].date
    return date is not None and date.isocalendar()[:2] == (2026, 1)


# ---------------------------------------------------------------- a user's own file


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "terms.toml"


def test_a_user_file_adds_terms(own: Path) -> None:
    own.write_text('"落沙模拟" = "falling-sand simulation"\n', encoding="utf-8")
    assert english_of(load_glossary(own), "落沙模拟") == ["falling-sand simulation"]


def test_a_user_file_replaces_a_term_with_all_its_variants(own: Path) -> None:
    own.write_text('"具身智能" = ["embodied intelligence"]\n', encoding="utf-8")
    glossary = load_glossary(own)
    assert glossary.terms_in("具身智能") == (
        Term(chinese="具身智能", english="embodied intelligence", own=True),
    )
    assert len(glossary.terms) == len(PACKAGED.terms)


def test_a_user_term_spaced_otherwise_replaces_the_same_term(own: Path) -> None:
    own.write_text('"kv缓存" = "key-value cache"\n', encoding="utf-8")
    assert english_of(load_glossary(own), "KV 缓存") == ["key-value cache"]


def test_the_later_user_file_wins(own: Path, tmp_path: Path) -> None:
    own.write_text('"视界" = "planning horizon"\n', encoding="utf-8")
    later = tmp_path / "later.toml"
    later.write_text('"视界" = "time horizon"\n', encoding="utf-8")
    assert english_of(load_glossary(own, later), "视界") == ["time horizon"]


def test_the_first_wording_is_preferred_and_the_others_accepted(own: Path) -> None:
    own.write_text('"世界集合" = ["world set", "set of worlds"]\n', encoding="utf-8")
    (term,) = load_glossary(own).terms_in("世界集合")
    assert (term.english, term.accepted) == ("world set", ("set of worlds",))


def test_a_byte_order_mark_is_ignored(own: Path) -> None:
    own.write_text('\ufeff"视界" = "planning horizon"\n', encoding="utf-8")
    assert english_of(load_glossary(own), "视界") == ["planning horizon"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param('"视界" = \n', "not TOML: .*line 1", id="broken-toml"),
        pytest.param('"视界" = "a"\n"视界" = "b"', "not TOML: Cannot overwrite", id="twice"),
        pytest.param('"视界" = 3', "'视界' needs English", id="number"),
        pytest.param('"视界" = " "', "'视界' needs English", id="blank"),
        pytest.param('"视界" = []', "'视界' needs English", id="empty-list"),
        pytest.param('"视界" = ["horizon", 3]', "'视界' needs English", id="mixed-list"),
        pytest.param('[terms]\n"视界" = "horizon"', "'terms' needs English", id="section"),
        pytest.param('"视界" = { avoid = ["view"] }', "'视界' needs English", id="no-english"),
        pytest.param('"视界" = { english = "a", note = "b" }', "'视界' needs", id="unknown-key"),
        pytest.param('"视界" = { english = "a", avoid = "b" }', "'视界' needs", id="avoid-no-list"),
        pytest.param('"视界" = { english = "a", avoid = [""] }', "'视界' needs", id="avoid-blank"),
        pytest.param(
            '"视界" = { english = "a", avoid = ["a"] }', "both accepts and avoids 'a'", id="both"
        ),
        pytest.param('"- " = "horizon"', "no letters", id="no-letters"),
    ],
)
def test_a_malformed_user_file_is_named_with_what_to_write(
    own: Path, content: str, message: str
) -> None:
    own.write_text(content, encoding="utf-8")
    with pytest.raises(DigestError, match=message) as caught:
        load_glossary(own)
    assert str(caught.value).startswith(f"{own}: ")
    assert '"具身智能" = "embodied AI"' in str(caught.value)


def test_a_missing_user_file_is_named(own: Path) -> None:
    with pytest.raises(DigestError, match=r"terms\.toml: cannot read the glossary"):
        load_glossary(own)


def test_a_user_file_in_another_encoding_is_named(own: Path) -> None:
    own.write_bytes('"视界" = "horizon"'.encode("gb18030"))
    with pytest.raises(DigestError, match=r"terms\.toml: the glossary is not UTF-8"):
        load_glossary(own)


# ---------------------------------------------------------------- the English of a user's own terms


def test_a_table_names_what_is_accepted_and_what_is_to_be_avoided(own: Path) -> None:
    own.write_text(
        '"世界集合" = { english = "world set", accepted = ["set of worlds"], '
        'avoid = ["world collection"], by_sense = true }',
        encoding="utf-8",
    )
    assert load_glossary(own).terms_in("世界集合") == (
        Term(
            chinese="世界集合",
            english="world set",
            accepted=("set of worlds",),
            avoid=("world collection",),
            by_sense=True,
            own=True,
        ),
    )


@pytest.fixture
def ours(own: Path) -> Glossary:
    own.write_text(
        '"具身智能" = ["embodied intelligence", "embodied modelling"]\n'
        '"智能体" = { english = "actor", avoid = ["agent"] }\n',
        encoding="utf-8",
    )
    return load_glossary(own)


def test_an_own_term_rendered_otherwise_is_a_minor_finding(ours: Glossary) -> None:
    assert ours.check("面向具身智能", "For embodied AI") == [
        Finding(
            rule="term",
            severity="minor",
            message="具身智能 is 'embodied intelligence' or 'embodied modelling' in your glossary, "
            "which is not in the English",
            source_text="具身智能",
            suggestion="embodied intelligence",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Embodied-Intelligence",
        "embodied intelligences",
        "it models: embodied\nmodels",
        "Embodied modeled",
    ],
)
def test_an_own_term_is_right_in_any_case_hyphenation_number_and_form(
    ours: Glossary, text: str
) -> None:
    assert ours.check("具身智能", text) == []


def test_an_own_term_within_a_longer_term_is_not_asked_for(ours: Glossary) -> None:
    assert ours.check("多智能体系统", "a multi-actor system") == []


def test_an_own_term_with_a_wording_to_avoid_is_told_once(ours: Glossary) -> None:
    (finding,) = ours.check("智能体", "an agent")
    assert (finding.target_text, finding.suggestion) == ("agent", "actor")


def test_a_packaged_term_is_not_asked_for(ours: Glossary) -> None:
    assert ours.check("消融实验表明", "It shows") == []


def test_a_letter_that_only_looks_alike_is_no_term_and_no_crash() -> None:
    assert not load_glossary().terms_in("这是扩散 Tranſformer 模型")
