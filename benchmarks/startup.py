"""Start-up: `digest-summarise --help` and `import digestlib` against an empty click program.

    python benchmarks/startup.py

Each command runs in turn 15 times after a warm-up, as a whole process; the medians' ratio is
printed, so that a slow or busy machine does not matter.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

EMPTY = "import click\n@click.group()\ndef main(): 'x'\nmain(['--help'])"
COMMANDS = {
    "an empty click program": [sys.executable, "-c", EMPTY],
    "digest-summarise --help": [sys.executable, "-m", "digestlib", "--help"],
    "import digestlib": [sys.executable, "-c", "import digestlib"],
    "python itself": [sys.executable, "-c", "pass"],
}
ROUNDS = 15


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS + 1):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - start)
    base = statistics.median(times["an empty click program"][1:])
    for name, taken in times.items():
        median = statistics.median(taken[1:])
        print(f"{name:<26} {median * 1000:6.1f} ms   {median / base:.2f}×")


if __name__ == "__main__":
    main()
