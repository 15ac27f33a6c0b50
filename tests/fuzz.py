"""No input hangs: `python -m tests.fuzz --minutes 10 [--seed 1]`.

Hostile texts are made of a few pieces – openers, digits, spaces, brackets, both scripts – repeated
to a length, and read at that length and at four times it. Reading must take time linear in the
length: at most `LINEAR` times four. The slowest input of each function is printed; exits 1 where
one grows faster. Deterministic by seed, save for the clock.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import _lru_cache_wrapper
from itertools import count
from typing import Final, NamedTuple

from digestlib import check, find_quantities, parse_digest
from tests.reference_answers import REPORTS

PIECES: Final = (
    *"([{<（【《“\"'`$*_#~|>\\/-–—+=:：;；,，.。、!？%％×^@&·•…→ \t\n\r\u00a0\u3000\u2028\x00",
    *("**", "***", "``", "```", "$$", "](", "](http://", "<!--", "&#", "\\(", "\\times", "\r\n"),
    *"0123456789一二三四五六七八九十百千万亿两几数半第前首近约超过翻上下双",
    *("1,", "1.", "1 ", "1-", "1/", "1:", "1×", "1、", "10^", "1e9", "1,000", "3.5", "２", "25.1% "),
    *("百分之", "分之", "个百分点", "倍", "年", "月", "2025年", "2025-", "提升", "从", "到", "高达", "不超过"),
    *("GPT-", "GPT-5.2", "Qwen2.5-VL-7B", "A-", "aB", "α", "é", "µ", "R@1(", "O(", "H×", "top-", "Table "),
    *("one ", "two ", "hundred ", "million ", "and ", "half a ", "up to ", "from ", "in ten ", "third ",
      "no ", "not ", "speed up ", "more than ", "of the ", "Jan ", "May 3, ", "per day ", "respectively"),
    *("https://", "www.", "a.b.", ".com", "arXiv:2512.", "2512.23576", "@x.", "论文", "模型", "数据集", "任务"),
    *("# ", "## ", "### 1. 应用领域\n", "1. **应用领域**：", "* ", "    * ", "(1) ", "（一）", "---\n", "| a |\n"),
)  # fmt: skip
LENGTHS: Final = (3_000, 12_000)
LINEAR: Final = 1.75
"""Four times the text may take four times as long, and so much more: caches, and a busy machine."""
FLOOR_S: Final = 0.03
"""What takes less than this at full length is not compared."""
TRIES: Final = 4
"""What seems to grow too fast is measured so often; the least counts."""

Read = Callable[[int], object]
"""Reads a text of the length."""


class Measured(NamedTuple):
    """How long an input takes at both lengths, in seconds of CPU time."""

    function: str
    pieces: str
    short: float
    long: float

    @property
    def is_linear(self) -> bool:
        """Whether it grows no faster than the text."""
        return self.long < FLOOR_S or self.long <= self.short * LINEAR * LENGTHS[1] / LENGTHS[0]


def measured(seed: int) -> Iterator[Measured]:
    """Each function on one hostile input."""
    chance = random.Random(seed)
    theirs, ours = _pieces(chance), _pieces(chance)
    digest = _digest(chance)
    reads: dict[str, tuple[str, Read]] = {
        "find_quantities": (repr(theirs), lambda n: find_quantities(theirs.text(n))),
        "check": (f"{theirs!r} {ours!r}", lambda n: check(theirs.text(n), ours.text(n))),
        "check complete": (
            f"{theirs!r} {ours!r}",
            lambda n: check(theirs.text(n), ours.text(n), complete=True),
        ),
        "parse_digest": (repr(theirs), lambda n: parse_digest(digest + theirs.text(n))),
    }
    for function, (pieces, read) in reads.items():
        yield measure(function, pieces, read)


def measure(function: str, pieces: str, read: Read) -> Measured:
    """How long the function takes; what seems to grow too fast is measured again."""
    found = Measured(function, pieces, *(_seconds(read, length) for length in LENGTHS))
    for _ in range(TRIES):
        if found.is_linear:
            break
        short, long = (_seconds(read, length) for length in LENGTHS)
        found = found._replace(short=max(short, found.short), long=min(long, found.long))
    return found


class Pieces(NamedTuple):
    """A text that is made by repeating a few pieces."""

    head: str
    body: str
    tail: str

    def text(self, length: int) -> str:
        """The text of that length."""
        times = max(1, (length - len(self.head) - len(self.tail)) // len(self.body))
        return self.head + self.body * times + self.tail


def _pieces(chance: random.Random) -> Pieces:
    def some(most: int) -> str:
        return "".join(chance.choices(PIECES, k=chance.randint(0, most)))

    return Pieces(some(3), some(4) or chance.choice(PIECES), some(3))


def _digest(chance: random.Random) -> str:
    """The beginning of a report, cut anywhere, so that the hostile text stands in any part of it."""
    report = (REPORTS / "2025-12-30.md").read_text(encoding="utf-8")
    return report[: chance.randrange(1_500)]


def _seconds(read: Read, length: int) -> float:
    forget()
    start = time.process_time()
    read(length)
    return time.process_time() - start


def forget() -> None:
    """Empty the caches of texts, but not the tables of words."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("digestlib") else ():
            if isinstance(value, _lru_cache_wrapper) and value.cache_parameters()["maxsize"]:
                value.cache_clear()


def main() -> None:
    """Fuzz for so many minutes, print the slowest inputs, and fail where one is not linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    slowest: dict[str, Measured] = {}
    steep: list[Measured] = []
    inputs = 0
    for seed in count(options.seed):
        for found in measured(seed):
            inputs += 1
            steep += [] if found.is_linear else [found]
            if found.long > slowest.get(found.function, found._replace(long=0)).long:
                slowest[found.function] = found
        if time.monotonic() > end:
            break
    print(f"{inputs} inputs from seed {options.seed} to {seed}; {len(steep)} not linear")
    for title, shown in (("slowest", list(slowest.values())), ("not linear", steep)):
        for m in shown:
            print(f"{title}: {m.function} {m.short:.3f} s at {LENGTHS[0]}, {m.long:.3f} s at {LENGTHS[1]}: {m.pieces}")  # fmt: skip
    sys.exit(bool(steep))


if __name__ == "__main__":
    main()
