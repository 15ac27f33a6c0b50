"""Hand-made models for tests: two days of 2026-W01 in English, from the Chinese of the examples.

One paper is flagged, one failed, one was read from its abstract only, one updates an earlier
report, and one carries texts that try to become markup.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from digestlib.editions import ByTheNumber, Coverage, Editorial, Roundup, RoundupClaim, Story, Theme
from digestlib.models import (
    Availability,
    Claim,
    Doubt,
    Finding,
    Innovation,
    PaperSummary,
    Problem,
    Provenance,
    Result,
    Summary,
    SystemFigure,
    Usage,
)

FIRST_REPORT = "reports/2025-12-30.md"
SECOND_REPORT = "reports/2026-01-01.md"
FIRST_DAY, SECOND_DAY = dt.date(2025, 12, 30), dt.date(2026, 1, 1)

HOSTILE = (
    "<script>alert(1)</script> | **bold** _it_ `code` [x](http://a.example) "
    "![y](www.b.example) <evi> &amp; $x_1$ ~~no~~ \\* \n\n---\n# title\n1. one\n- two"
)
"""Every construct that a title could smuggle in."""


def claim(text: str, *lines: int) -> Claim:
    return Claim(text=text, sources=lines)


def about(text: str, *papers: str) -> RoundupClaim:
    return RoundupClaim(text=text, papers=papers)


def figure(system: str, value: str, note: str | None = None) -> SystemFigure:
    return SystemFigure(
        system=system,
        benchmark=None,
        metric=None,
        value=value,
        kind="absolute",
        against=None,
        note=note,
    )


def result(
    finding: Claim,
    *figures: SystemFigure,
    benchmark: str | None = None,
    metric: str | None = None,
) -> Result:
    what = {"benchmark": benchmark, "metric": metric}
    return Result(finding=finding, figures=tuple(f.model_copy(update=what) for f in figures))


def provenance(model: str = "reference-answers", prompt: str = "summary/v1") -> Provenance:
    return Provenance(
        model=model,
        prompt=prompt,
        request_key="9f2c",
        prompt_tokens=2400,
        completion_tokens=900,
    )


def paper_summary(paper_id: str, **fields: Any) -> PaperSummary:
    """The fields given, the rest empty."""
    defaults: dict[str, Any] = {
        "tags": (),
        "usage": Usage(inputs=(), outputs=(), workflow=(), requirements=()),
        "availability": Availability(status="not_stated", note=None),
        "innovations": (),
        "results": (),
        "scope": None,
        "caveats": (),
        "doubts": (),
    }
    return PaperSummary(paper_id=paper_id, **(defaults | fields))


def summary(paper_id: str, title: str, **fields: Any) -> Summary:
    """A verified paper with both links, unless the fields say otherwise."""
    defaults: dict[str, Any] = {
        "hf_url": f"https://huggingface.co/papers/{paper_id}",
        "arxiv_url": f"https://arxiv.org/abs/{paper_id}",
        "date": SECOND_DAY,
        "path": SECOND_REPORT,
        "source_kind": "html",
        "state": "verified",
        "provenance": provenance(),
    }
    return Summary(id=paper_id, title=title, **(defaults | fields))


LIVETALK = summary(
    "2512.23576",
    "LiveTalk: Real-Time Multimodal Interactive Video Diffusion via Improved On-Policy Distillation",
    date=FIRST_DAY,
    path=FIRST_REPORT,
    first_line=7,
    state="flagged",
    findings=(
        Finding(
            rule="figure-not-in-source",
            severity="critical",
            message="“250×” is not among the figures of the lines it cites.",
            where="results[0].finding.text",
            source_line=40,
            source_text="首帧延迟从约 83秒降低至 **0.33秒**（提升 **200倍**）",
            target_text="a 250× cut",
            suggestion="200×",
        ),
    ),
    summary=paper_summary(
        "2512.23576",
        headline=claim("LiveTalk generates talking video in real time on one GPU", 18, 29),
        tldr=claim(
            "Distils a bidirectional video diffusion model into a causal four-step one and adds "
            "long-term memory, for interactive video driven by audio, image and text.",
            18,
        ),
        problem=claim("Self Forcing leaves flicker and black frames under several inputs.", 33),
        why_it_matters=claim("Video avatars can answer within a second.", 18, 42),
        topic="video-generation",
        tags=("distillation", "avatars"),
        usage=Usage(
            inputs=(claim("A reference portrait", 22), claim("Streaming audio", 23)),
            outputs=(claim("Video in sync with the audio", 25),),
            workflow=(),
            requirements=(claim("About 25 FPS on one GPU with 1.3B parameters", 29),),
        ),
        innovations=(
            Innovation(
                name="Anchor-Heavy Identity Sinks",
                explanation=claim("Keeps early, clean frames in the cache for minutes.", 35),
            ),
        ),
        results=(
            result(
                claim("First-frame latency falls from about 83 s to 0.33 s, a 250× cut.", 40),
                figure("LiveTalk", "0.33 s"),
                figure("Baseline", "about 83 s", "not named in the report"),
                metric="first-frame latency",
            ),
            result(
                claim("Throughput reaches 24.82 FPS on a single GPU, 20× the baseline.", 40),
                figure("LiveTalk", "24.82 FPS"),
                metric="throughput",
            ),
            result(
                claim("Four steps match or beat full-step models of 1.3B, 5B and 14B.", 41),
                benchmark="HDTF, AVSpeech",
                metric="FID/FVD, Sync-C/D",
            ),
        ),
        scope=claim("HDTF, AVSpeech and a multi-turn interaction benchmark.", 41, 42),
        doubts=(Doubt(line=40, note="83 s to 0.33 s is about 250×, but the report says 200 倍."),),
    ),
)

ACT2GOAL = summary(
    "2512.23541",
    "Act2Goal: From World Model To General Goal-conditioned Policy",
    date=FIRST_DAY,
    path=FIRST_REPORT,
    first_line=47,
    summary=paper_summary(
        "2512.23541",
        headline=claim("Act2Goal lets robots imagine the way to a goal image", 59),
        tldr=claim(
            "A visual world model and multi-scale temporal hashing guide long manipulation tasks, "
            "and the robot adapts online without a reward function.",
            59,
        ),
        problem=claim("Long tasks lack guidance on the way and global consistency.", 59),
        why_it_matters=claim("A robot can improve at a new task within minutes.", 83, 92),
        topic="robotics",
        tags=("world models", "manipulation"),
        usage=Usage(
            inputs=(claim("The current camera image", 63), claim("An image of the goal", 64)),
            outputs=(claim("Motor commands", 66),),
            workflow=(),
            requirements=(claim("An RTX 4090 runs it with a latency of about 200 ms", 74),),
        ),
        results=(
            result(
                claim("Online learning lifts success on hard new tasks from 30% to 90%.", 92),
                figure("Before", "30%"),
                figure("After a few minutes", "90%"),
                benchmark="AgiBot Genie-01",
                metric="task success rate",
            ),
        ),
    ),
)

ERC_LOSS = summary(
    "2512.23447",
    "Coupling Experts and Routers in Mixture-of-Experts via an Auxiliary Loss",
    date=FIRST_DAY,
    path=FIRST_REPORT,
    first_line=97,
    summary=paper_summary(
        "2512.23447",
        headline=claim("An auxiliary loss ties MoE routers to what experts can do", 108),
        tldr=claim(
            "Feeds each router vector to all experts as a proxy token, and trains both so that "
            "the matching expert responds most strongly.",
            108,
        ),
        problem=claim("Routers guess what experts are able to do.", 122),
        why_it_matters=claim("Better MoE models at nearly no extra cost.", 108, 117),
        topic="language-models",
        tags=("mixture of experts",),
        availability=Availability(
            status="partial", note=claim("The paper gives PyTorch-style pseudocode.", 118)
        ),
        results=(
            result(
                claim("The loss adds only about 0.72% compute over the baseline at 15B.", 130),
                figure("ERC loss", "about 0.72%", "extra compute"),
            ),
            result(
                claim("It clearly outperforms vanilla MoE, according to the report.", 128),
                benchmark="MMLU, CMMLU, C-Eval, GSM8K",
            ),
        ),
        caveats=(claim(r"Too much specialisation, set by $\alpha$, can hurt.", 123),),
    ),
)

ROME = summary(
    "2512.24873",
    "Let It Flow: Agentic Crafting on Rock and Roll, Building the ROME Model within an Open "
    "Agentic Learning Ecosystem",
    first_line=7,
    source_kind="abstract",
    summary=paper_summary(
        "2512.24873",
        headline=claim("ROME comes with an open, end-to-end ecosystem for agents", 18),
        tldr=claim(
            "ALE joins ROLL for training, ROCK for sandboxes and the iFlow CLI; the agent model "
            "ROME is trained in it with the IPA algorithm.",
            18,
        ),
        problem=claim("The open-source community lacks a standard agent pipeline.", 18),
        why_it_matters=claim("Data, training and evaluation come in one open stack.", 30),
        topic="agents",
        tags=("agents", "infrastructure"),
        availability=Availability(
            status="open", note=claim("Code, the ROME model and the components are out.", 23)
        ),
        results=(
            result(claim("ROME was trained on more than 1 million trajectories.", 35)),
            result(
                claim("It is called strong on SWE-bench Verified, without a figure.", 37),
                benchmark="SWE-bench Verified",
            ),
        ),
    ),
)

FACTORIZED = summary(
    "2512.24097",
    "Factorized Learning for Temporally Grounded Video-Language Models",
    first_line=44,
    update_of=FIRST_DAY,
    summary=paper_summary(
        "2512.24097",
        headline=claim("Video models answer better when they find the evidence first", 55),
        tldr=claim(
            "Splits grounding from answering, with an <evi> token that carries the visual "
            "evidence, and trains both by factorised preference optimisation.",
            55,
            69,
        ),
        problem=claim("Grounding and answering are entangled in video models.", 55),
        why_it_matters=claim("A 3.8B model beats several of 7B to 13B.", 75),
        topic="multimodal",
        tags=("video", "grounding"),
        availability=Availability(
            status="open", note=claim("The paper says that the source code is public.", 65)
        ),
        results=(
            result(
                claim("Average F1 on grounding rises by at least 7.0%.", 76),
                figure("3.8B model", "at least 7.0%", "gain"),
                benchmark="E.T. Bench-Grounding",
                metric="F1",
            ),
            result(
                claim("R@1 (IoU=0.5) rises by 4.4% over the same base model.", 78),
                benchmark="Charades-STA",
                metric="R@1 (IoU=0.5)",
            ),
        ),
    ),
)

GAMO = summary(
    "2512.25073",
    "GaMO: Geometry-aware Multi-view Diffusion Outpainting for Sparse-View 3D Reconstruction",
    first_line=477,
    state="failed",
    failure="the answer broke the schema three times (results[1].figures: missing)",
    provenance=None,
)

NASTY = summary(
    "2512.00001",
    HOSTILE,
    hf_url="javascript:alert(1)",
    arxiv_url="https://arxiv.org/abs/2512.00001?x=<b>",
    first_line=700,
    summary=paper_summary(
        "2512.00001",
        headline=claim(HOSTILE, 701),
        tldr=claim(HOSTILE, 701),
        problem=claim(HOSTILE, 701),
        why_it_matters=claim(HOSTILE, 701),
        topic="safety",
        tags=(HOSTILE,),
        availability=Availability(status="open", note=claim(HOSTILE, 701)),
        innovations=(Innovation(name=HOSTILE, explanation=claim(HOSTILE, 701)),),
        results=(
            result(
                claim(HOSTILE, 701),
                figure(HOSTILE, HOSTILE, HOSTILE),
                benchmark=HOSTILE,
                metric=HOSTILE,
            ),
        ),
        doubts=(Doubt(line=701, note=HOSTILE),),
    ),
)

SUMMARIES = (LIVETALK, ACT2GOAL, ERC_LOSS, ROME, FACTORIZED, GAMO, NASTY)

EDITORIAL = Editorial(
    subject_lines=(
        about("Talking video in real time: 24.82 FPS on one GPU", "2512.23576"),
        about("Robots that go from 30% to 90% in minutes", "2512.23541"),
        about("Open agents, faster avatars, better experts", "2512.24873", "2512.23447"),
    ),
    preheader=about("Real-time avatars, imagined goals and an open agent stack.", "2512.23576"),
    verdict=about(
        "A week in which models got faster and more open, not just bigger.", "2512.23576"
    ),
    tldr=(
        about("LiveTalk brings first-frame latency down to 0.33 s.", "2512.23576"),
        about("Act2Goal lifts success on hard new tasks from 30% to 90%.", "2512.23541"),
        about("ALE opens a full stack for training agents.", "2512.24873"),
    ),
    top_stories=(
        Story(
            headline=about("Video that answers back", "2512.23576"),
            whats_new=about("LiveTalk generates talking video in real time.", "2512.23576"),
            how_it_works=about("A diffusion model is distilled to four steps.", "2512.23576"),
            results=about("It reaches 24.82 FPS on a single GPU.", "2512.23576"),
            why_it_matters=about("Avatars can hold a conversation.", "2512.23576"),
        ),
        Story(
            headline=about("Robots that imagine the way", "2512.23541"),
            whats_new=about("A world model guides a goal-conditioned policy.", "2512.23541"),
            how_it_works=about("Near frames steer, distant frames anchor.", "2512.23541"),
            results=about("Success rises from 30% to 90% within minutes.", "2512.23541"),
            why_it_matters=about("No reward function is needed.", "2512.23541"),
        ),
        Story(
            headline=about("An open stack for agents", "2512.24873"),
            whats_new=about("ALE joins ROLL, ROCK and the iFlow CLI.", "2512.24873"),
            how_it_works=about("IPA credits chunks of interaction, not tokens.", "2512.24873"),
            results=about("ROME saw more than 1 million trajectories.", "2512.24873"),
            why_it_matters=about("The pipeline is open end to end.", "2512.24873"),
        ),
    ),
    themes=(
        Theme(
            name="Small and fast",
            text=about("Two papers do more with fewer parameters.", "2512.23576", "2512.24097"),
        ),
    ),
    by_the_numbers=(
        ByTheNumber(value="0.33 s", text=about("LiveTalk's first-frame latency", "2512.23576")),
        ByTheNumber(
            value="about 0.72%", text=about("extra compute for the ERC loss", "2512.23447")
        ),
    ),
)

WEEK = Roundup(
    period="2026-W01",
    first_day=FIRST_DAY,
    last_day=SECOND_DAY,
    coverage=Coverage(
        reports=2,
        papers=7,
        verified=5,
        flagged=1,
        failed=1,
        abstract_only=1,
        days=(FIRST_DAY, SECOND_DAY),
    ),
    editorial=EDITORIAL,
    provenance=provenance(prompt="roundup/v1"),
    summaries=SUMMARIES,
    problems=(
        Problem(
            code="missing-section",
            message="no heading “实验效果” was found",
            path=SECOND_REPORT,
            line=590,
        ),
    ),
)

WEEK_WITHOUT_EDITORIAL = WEEK.model_copy(
    update={"editorial": None, "provenance": None, "failure": "the endpoint refused the request"}
)
