"""Everything that goes wrong between a model and its user, by name, for the reference server.

Each trouble turns the good answer to a request into what the server sends instead. The `PASSING`
ones befall a single response and are gone with the next; a `Storm` strews them over a run, chosen by
seed, paper and try alone, so that threads cannot change what happens.
"""

from __future__ import annotations

import json
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from .reference_answers import answer_to
from .reference_server import Fault, Reply

Body = dict[str, Any]
Trouble = Callable[[Body], Fault]
STALL_S = 10.0
REFUSAL = "I'm sorry, but I can't help with that."


def _with_status(status: int, headers: Mapping[str, str] | None = None, **error: str) -> Trouble:
    return lambda body: Fault(status, headers or {}, error=error or None)


def _in_a_second(body: Body) -> Fault:
    """A date has whole seconds, so one or two ahead; taken against the server's own clock."""
    now = datetime.now(UTC).replace(microsecond=0)
    dates = (format_datetime(now + timedelta(seconds=s), usegmt=True) for s in (0, 1))
    return Fault(429, dict(zip(("Date", "Retry-After"), dates, strict=True)))


def _raw(raw: bytes) -> Trouble:
    return lambda body: Fault(raw=raw)


def _message(**message: Any) -> Trouble:
    return lambda body: Fault(reply=Reply(message={"role": "assistant", **message}))


def _text(change: Callable[[str], str], **reply: Any) -> Trouble:
    return lambda body: Fault(reply=Reply(change(answer_to(body)), **reply))


def changed(change: Callable[[Body], Any]) -> Trouble:
    """The answer with something changed in its JSON."""

    def changed(text: str) -> str:
        answer = json.loads(text)
        change(answer)
        return json.dumps(answer, ensure_ascii=False)

    return _text(changed)


def _sentences(answer: Body) -> list[Body]:
    """The claims that carry the results: of a paper the findings, of an opening the stories."""
    results = [result["finding"] for result in answer.get("results", ())]
    return results or [story["results"] for story in answer.get("top_stories", ())]


def _another_paper(answer: Body) -> None:
    if "paper_id" in answer:
        answer["paper_id"] = "2512.99999"
    else:
        answer["verdict"]["papers"] = ["2512.99999"]


def _in_chinese(answer: Body) -> None:
    _sentences(answer)[0]["text"] = "成功率显著提升。"


def _typed_wrongly(answer: Body) -> None:
    """Each reference becomes a figure that no report holds."""
    for claim in _sentences(answer):
        claim["text"] = re.sub(r"\{[^{}]*\}", "987,654,321%", claim["text"])
    if not any("987,654" in claim["text"] for claim in _sentences(answer)):
        _sentences(answer)[0]["text"] += " It gains 987,654,321%."


def _exchanged(answer: Body) -> None:
    """References become ones that the report does not have."""
    for claim in _sentences(answer):
        claim["text"] += " {q999}"


def _without_figures(answer: Body) -> None:
    for claim in _sentences(answer):
        claim["text"] = re.sub(r"\{[^{}]*\}", "", claim["text"])
    for result in answer.get("results", ()):
        result["figures"] = []
    if "top_stories" in answer:
        answer["subject_lines"] = []


def _doubled(answer: Body) -> None:
    name = "results" if "results" in answer else "top_stories"
    answer[name] += answer[name]


def _cut(answer: Body) -> None:
    """Every list ends early, as when an answer was repaired after a break."""
    for name in ("innovations", "results", "top_stories", "subject_lines"):
        if name in answer:
            answer[name] = answer[name][:1] if name != "innovations" else []


def _thinned(answer: Body) -> None:
    """The last point of the news is gone."""
    for name in ("innovations", "top_stories"):
        if name in answer:
            answer[name] = answer[name][:-1]
    if "subject_lines" in answer:
        answer["subject_lines"] = answer["subject_lines"][:1]


SERVER_TROUBLES: dict[str, Trouble] = {
    "429": _with_status(429),
    "429, seconds": _with_status(429, {"Retry-After": "1"}),
    "429, date": _in_a_second,
    "429, ms": _with_status(429, {"Retry-After-Ms": "700"}),
    "500": _with_status(500),
    "502": _with_status(502),
    "503": _with_status(503),
    "529": _with_status(529),
    "hung up": lambda body: Fault(hang_up=True),
    "reset in the body": lambda body: Fault(reset=True),
    "stalled body": lambda body: Fault(stall_s=STALL_S),
    "truncated reply": lambda body: Fault(raw=b'{"choices": [{"message": {"content": "{'),
    "HTML with 200": _raw(b"<!doctype html><title>Welcome</title><p>Sign in to the network"),
    "empty choices": _raw(b'{"choices": []}'),
    "null content": _message(content=None),
    "tool calls": _message(content=None, tool_calls=[{"type": "function"}]),
}
"""The server gave no answer: the same request again, later."""

ANSWER_TROUBLES: dict[str, Trouble] = {
    "refusal": _message(content=None, refusal=REFUSAL),
    "content filter": lambda body: Fault(reply=Reply(None, "content_filter")),
    "length": _text(lambda text: text[: len(text) // 2], finish_reason="length"),
    "truncated JSON": _text(lambda text: text[: len(text) // 2]),
    "extra key": changed(lambda answer: answer.update(confidence=1)),
    "missing key": changed(lambda answer: answer.popitem()),
    "duplicate key": _text(lambda text: '{"paper_id": "x", "verdict": 1, "paper_id": "y", ' + text[1:]),
    "NaN": changed(lambda answer: answer.update(tags=[float("nan")], themes=float("nan"))),
    "another paper": changed(_another_paper),
    "echo": lambda body: Fault(reply=Reply(body["messages"][1]["content"])),
    "Chinese": changed(_in_chinese),
    "altered figures": changed(_typed_wrongly),
    "unknown figures": changed(_exchanged),
    "missing figures": changed(_without_figures),
    "doubled items": changed(_doubled),
    "cut lists": changed(_cut),
    "thinned lists": changed(_thinned),
}  # fmt: skip
"""An answer that cannot be used: asked again with what is wrong."""

HARMLESS: dict[str, Trouble] = {
    "slow trickle": lambda body: Fault(stall_s=0.05),
    "fenced": _text(lambda text: f"Here it is:\n```json\n{text}\n```"),
    "enveloped": _text(lambda text: f'{{"answer": {text}}}'),
    "usage missing": _text(lambda text: text, usage=False),
}
"""Odd, but good: no second request is due."""

PASSING = SERVER_TROUBLES | ANSWER_TROUBLES | HARMLESS


class Storm:
    """A share of all responses is faulty; `told` counts which troubles there were."""

    def __init__(self, share: float, *, seed: int = 1, troubles: Mapping[str, Trouble] = PASSING):
        self.share, self.seed, self.troubles = share, seed, troubles
        self.told: Counter[str] = Counter()
        self._tries: Counter[str] = Counter()
        self._lock = threading.Lock()

    def __call__(self, number: int, body: Body) -> Fault | None:
        subject = re.match(r"\S+ (?:id: )?\S+", body["messages"][1]["content"])
        name = subject.group() if subject else ""
        with self._lock:
            self._tries[name] += 1
            dice = random.Random(f"{self.seed} {name} {self._tries[name]}")
            if dice.random() >= self.share:
                return None
            trouble = dice.choice(sorted(self.troubles))
            self.told[trouble] += 1
        return self.troubles[trouble](body)
