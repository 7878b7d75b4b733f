"""Ends the program from outside while a clerk works: Ctrl+C, SIGTERM, SIGHUP, window closed, log-off,
singly and in bursts, also during start and shutdown. What was called saved must be there, what was
asked for must be done or noted as not done, the exit must be orderly and stderr empty."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from clerk import report_digest

from govdesk.store.drafts import open_store

CHILD_SCRIPT = Path(__file__).with_name("ended_program.py")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ENDING_KINDS = ("SIGINT", "SIGTERM", "SIGHUP", "burst", "close", "close and burst", "log-off")
MOST_ACTS = 12                           # after which the end comes; of a slow machine no more is asked than of a fast
SECONDS_TO_END = 0.6                     # seconds from the last of them to the end
PYTHON_START_SECONDS = 0.2               # seconds in which Python itself starts
PROGRAM_START_SECONDS = 1.6              # seconds from the start, in which a sixth of all ends comes
HANG_SECONDS = 40.0                      # seconds after which a program hangs
HARMLESS_LINES = ("This plugin does not support propagateSizeHints()",)  # Qt's own word without a display
PARALLEL_PROGRAMS = 6                    # programs at once


class EndedProgram:
    """One program from start to end: what it told, its exit, its stderr."""

    def __init__(self, folder: Path, kind: str, seed: int) -> None:
        self.folder, self.kind, self.chance = folder, kind, random.Random(seed)
        folder.mkdir(parents=True, exist_ok=True)
        self.log, self.errors = folder.parent / f"{folder.name}.log", folder.parent / f"{folder.name}.err"
        self.log.touch()
        settings = os.environ | {"GOVDESK_DATA": str(folder), "QT_QPA_PLATFORM": "offscreen"}
        with self.errors.open("wb") as stream:
            self.process = subprocess.Popen([sys.executable, str(CHILD_SCRIPT), str(self.log), str(seed)], env=settings,
                                            stdin=subprocess.PIPE, stdout=stream, stderr=stream)
        self.early = self.chance.random() < 1 / 6
        self.hung = False

    def lines(self) -> list[list[str]]:
        return [line.split(" ") for line in self.log.read_text(encoding="utf-8").splitlines()]

    def run(self) -> None:
        if self.early:
            time.sleep(self.chance.uniform(PYTHON_START_SECONDS, PROGRAM_START_SECONDS))
        else:
            self._wait_for("ready")
            self._wait_for("acts", self.chance.randrange(MOST_ACTS))
            time.sleep(self.chance.uniform(0, SECONDS_TO_END))
        self._end()
        try:
            self.process.wait(HANG_SECONDS)
        except subprocess.TimeoutExpired:
            self.hung = True
            self.process.kill()
            self.process.wait()

    def _wait_for(self, word: str, often: int = 1) -> None:
        end = time.monotonic() + HANG_SECONDS
        while self.process.poll() is None and time.monotonic() < end and self.lines().count([word]) < often:
            time.sleep(0.02)

    def _end(self) -> None:
        if self.kind == "log-off":
            self._say("log-off")
            self._wait_for("answered")
            self.process.kill()              # the system asks, then ends what is still there
        elif self.kind.startswith("close"):
            self._say("close")
            if "burst" in self.kind:
                self._burst()
        elif self.kind == "burst":
            self._burst()
        else:
            self._send(getattr(signal, self.kind))

    def _burst(self) -> None:
        for _ in range(self.chance.randrange(3, 40)):
            self._send(self.chance.choice(SIGNALS))
            time.sleep(self.chance.choice((0, 0, 0.001, 0.01, 0.05)))

    def _send(self, number: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)

    def _say(self, word: str) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{word}\n".encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            return

    # -- judged

    def wrong(self) -> list[str]:
        told = self.lines()
        return [*self._exit(told), *find_wrong_drafts(self.folder, told, whole=self._is_orderly(told)),
                *find_wrong_exports(self.folder, told)]

    def _is_orderly(self, told: list[list[str]]) -> bool:
        """Whether it had the time to save all: a log-off is answered only then."""
        return self.process.returncode == 0 or ["answered"] in told

    def _exit(self, told: list[list[str]]) -> list[str]:
        code, heard = self.process.returncode, ["hears"] in told
        orderly = {0}
        if self.kind == "log-off":
            orderly |= {-signal.SIGKILL}
        if not heard:                        # there was no window yet, nothing to save
            orderly |= {*(-number for number in SIGNALS), 130, -signal.SIGKILL}
        wrong = [f"exit {code}"] if code not in orderly else []
        if self.hung:
            wrong.append("hung")
        said = [line for line in self.errors.read_text("utf-8", "replace").splitlines() if line not in HARMLESS_LINES]
        return wrong + ([f"said: {' | '.join(said[-6:])}"] if said else [])


def find_wrong_drafts(folder: Path, told: list[list[str]], *, whole: bool) -> list[str]:
    """What may stand in the file is what was promised last, and what came after; where the end was orderly, only the
    last."""
    may: dict[int, list[str]] = {}
    for word, *rest in told:
        if word in ("open", "typed"):
            may.setdefault(int(rest[0]), []).append(rest[1])
        elif word == "promised":
            states = may.setdefault(int(rest[0]), [])
            if rest[1] not in states:
                return [f"promised what was never shown: {rest}"]
            last = len(states) - 1 - states[::-1].index(rest[1])
            del states[:last]
    if not may:
        return []
    wrong = []
    with open_store(next(folder.rglob("govdesk.sqlite3")).parent) as store:
        if store.warning:
            wrong.append(f"said to be missing: {store.warning}")
        found = {draft.id: report_digest(store.load(draft.id)) for draft in store.list()}
        labels = [draft.label for draft in store.list()]
        wrong += [f"draft {draft} does not agree with its journal" for draft in found if store.disagreements(draft)]
    for draft, states in may.items():
        allowed = states[-1:] if whole and "未合并的修改" not in labels else states
        if found.get(draft) not in allowed:
            wrong.append(f"LOST: draft {draft} is not what was {'typed last' if whole else 'promised'}")
    return wrong


def find_wrong_exports(folder: Path, told: list[list[str]]) -> list[str]:
    """Each is there, or was told of as failed, or is noted for the next start."""
    asked = [rest[0] for word, *rest in told if word == "export"]
    over = {rest[0] for word, *rest in told if word == "over"}
    noted = " ".join(file.read_text(encoding="utf-8") for file in folder.rglob("govdesk.unfinished.*"))
    wrong = [f"{path} is neither there nor noted" for path in asked
             if path not in over and path not in noted and not Path(path).exists()]
    wrong += [f"{path} is half a PDF" for path in asked
              if Path(path).exists() and not Path(path).read_bytes().rstrip().endswith(b"%%EOF")]
    return wrong + [f"left behind: {file.name}" for file in folder.parent.glob("*.tmp")]


def campaign(folder: Path, rounds: int, seed: int = 20261130) -> tuple[Counter[str], list[str]]:
    done, wrong, started = Counter[str](), list[str](), time.monotonic()

    def one(number: int) -> tuple[EndedProgram, list[str]]:
        ended = EndedProgram(folder / f"{number}" / "data", ENDING_KINDS[number % len(ENDING_KINDS)], seed + number)
        ended.run()
        return ended, ended.wrong()

    with ThreadPoolExecutor(PARALLEL_PROGRAMS) as pool:
        for number, (ended, found) in enumerate(pool.map(one, range(rounds))):
            told = Counter(line[0] for line in ended.lines())
            done.update({f"told {word}": told[word] for word in ("typed", "promised", "export", "over", "another")})
            done[f"ended by {ended.kind}"] += 1
            done["ended during the start"] += ended.early
            done["with an export under way"] += told["export"] > told["over"]
            wrong += [f"{number} ({ended.kind}{', early' if ended.early else ''}): {fault}" for fault in found]
            if number % 25 == 24:
                print(f"{number + 1} ends, {done['told typed']} edits, {done['told promised']} promises, "
                      f"{time.monotonic() - started:.0f} s, wrong: {wrong}", flush=True)
    return done, wrong
