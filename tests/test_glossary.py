from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from digestlib.errors import DigestError
from digestlib.glossary import Glossary, Term, load_glossary

TOML = resources.files("digestlib").joinpath("glossary.toml").read_text(encoding="utf-8")
PACKAGED = load_glossary()
BY_CHINESE = {term.chinese: term for term in PACKAGED.terms}

AMERICAN = re.compile(
    r"\b(?!(?:size|resize)\w*\b)\w+iz(?:e[srd]?|ers?|ing|ations?|ability)\b"
    r"|\b(?:color|behavior|neighbor|labor\b|favor)\w*"
    r"|\b\w*(?:model|label|travel|cancel|signal)(?:ed|ing)\b"
    r"|\b(?:artifacts?|center|defense|gray|analyze[sd]?|dialog|catalog|fulfill|judgment)\b",
    re.IGNORECASE,
)


def wordings(term: Term) -> list[str]:
    return [term.english, *term.accepted]


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
        Term(chinese="具身智能", english="embodied intelligence"),
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
        pytest.param('[terms]\n"视界" = "horizon"', "'terms' needs English", id="table"),
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
