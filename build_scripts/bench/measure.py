"""Runs measurements in pairs (A B A B …), so that a busy moment of the machine affects both."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CONTENDERS = Path(__file__).resolve().parent / "contenders"
BIN = Path("Scripts/python.exe" if os.name == "nt" else "bin/python")
OURS, PEERS = ROOT / ".venv" / BIN, ROOT / ".venv-bench" / BIN
# as the installed command starts
COMMAND = (OURS, "-c", "from ui.launch import start\nstart()")


class Cost(NamedTuple):
    """What one whole process took, its start included."""

    wall: float                      # milliseconds
    cpu: float
    peak: float                      # MiB


class Comparison(NamedTuple):
    """Ours beside a peer, in pairs."""

    pairs: Sequence[tuple[float, float]]

    @property
    def ours(self) -> float:
        return statistics.median(pair[0] for pair in self.pairs)

    @property
    def peer(self) -> float:
        return statistics.median(pair[1] for pair in self.pairs)

    @property
    def ratios(self) -> list[float]:
        return sorted(ours / peer for ours, peer in self.pairs)


def bench_environment() -> dict[str, str]:
    """As on a desk: compiled modules are kept, Qt needs no display, nothing of the caller leads astray."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def run_process(*command: object, cwd: Path) -> Cost:
    """Run a process to its end; it must succeed."""
    start = time.perf_counter()
    child = subprocess.Popen([str(word) for word in command], cwd=cwd, env=bench_environment(),
                             stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command} has ended with {child.returncode}")
    return Cost(wall * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024)


def output_of(*command: object, cwd: Path, **settings: str) -> str:
    """The standard output of a process."""
    words = [str(word) for word in command]
    return subprocess.run(words, cwd=cwd, env=bench_environment() | settings, capture_output=True, text=True,
                          check=True).stdout


class Contender:
    """A contender that stays: a line in, numbers out, the first of them milliseconds."""

    def __init__(self, python: Path, script: str, *arguments: object) -> None:
        words = [str(word) for word in (python, CONTENDERS / script, *arguments)]
        self._child = subprocess.Popen(words, env=bench_environment(), text=True, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def ask(self, *words: object) -> list[float]:
        """The numbers; RuntimeError with the contender's own words where it has ended."""
        assert self._child.stdin and self._child.stdout and self._child.stderr
        try:
            self._child.stdin.write("\t".join(map(str, words)) + "\n")
            self._child.stdin.flush()
        except BrokenPipeError:
            pass
        answer = self._child.stdout.readline()
        if not answer:
            raise RuntimeError(self._child.stderr.read().strip().splitlines()[-1])
        return [float(number) for number in answer.split()]

    def end(self) -> None:
        self._child.communicate()


def measure_pairs(rounds: int, ours: Callable[[int], float], peer: Callable[[int], float]) -> Comparison:
    """One round more than asked: the first warms the caches of disk and processes and is not counted."""
    return Comparison([(ours(i), peer(i)) for i in range(rounds + 1)][1:])
