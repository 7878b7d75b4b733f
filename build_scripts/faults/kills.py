"""kill -9 at random moments while the clerk works: what was shown as saved is there, whole, and the file is sound."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path

import clerk

from govdesk.store.drafts import open_store

LONGEST = 4.0                            # seconds from the first act to the kill


def round_of(folder: Path, seed: int, after: float) -> list[str]:
    """One process, killed; the lines that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        clerk.run(folder, writing, seed)
    os.close(writing)
    lines, timer = [], None
    with os.fdopen(reading, encoding="utf-8") as told:
        for line in told:
            if not line.endswith("\n"):
                break
            if line == "ready\n":
                timer = threading.Timer(after, os.kill, (child, signal.SIGKILL))
                timer.start()
            lines.append(line.rstrip("\n"))
    os.waitpid(child, 0)
    if timer:
        timer.cancel()
    return lines


def allowed(lines: list[str]) -> dict[int, set[str]]:
    """By draft: what it may hold now. From the last state that was shown as saved on, any later one."""
    states: dict[int, list[str]] = {}
    for line in lines:
        word, *rest = line.split(" ")
        if word in ("open", "typed"):
            states.setdefault(int(rest[0]), []).append(rest[1])
        elif word == "saved":
            states[int(rest[0])] = states[int(rest[0])][-1:]
    return {draft: set(found) for draft, found in states.items()}


def check(folder: Path, lines: list[str], known: dict[int, str]) -> list[str]:
    """What is wrong after a kill; `known` is what each draft held before, and is brought up to date."""
    wrong = [line for line in lines if line.startswith("broke")]
    may = allowed(lines)
    with open_store(folder) as store:
        found = {draft.id: clerk.digest(store.load(draft.id)) for draft in store.list()}
        versions = sum(len(store.versions(draft)) for draft in found)
    for draft, state in found.items():
        if draft in may and state not in may[draft]:
            wrong.append(f"draft {draft} is not what was saved")
        if draft not in may and known.get(draft, state) != state:
            wrong.append(f"draft {draft} changed unasked")
    wrong += [f"draft {draft} is gone" for draft in {*may, *known} - set(found)]
    with closing(sqlite3.connect(folder / "govdesk.sqlite3")) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            wrong.append("the file is not sound")
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            wrong.append("an entry without its draft")
        lost = connection.execute(
            "SELECT count(*) FROM entry e WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.draft_id = e.draft_id"
            " AND j.layer = e.layer AND j.key = e.key AND j.value = e.value)").fetchone()[0]
        if lost:
            wrong.append(f"{lost} entries without a past ({versions} versions)")
    known.clear()
    known.update(found)
    return wrong


def campaign(folder: Path, rounds: int, seed: int = 20240118) -> tuple[Counter[str], list[str]]:
    """How often what was done, and everything that was wrong."""
    chance, done, wrong = random.Random(seed), Counter[str](), list[str]()
    known: dict[int, str] = {}
    clerk.warm_up()
    for number in range(rounds):
        lines = round_of(folder, seed + number, chance.uniform(0, LONGEST))
        done.update(line.split(" ")[0] for line in lines)
        done["kills"] += 1
        faults = check(folder, lines, known)
        wrong += [f"kill {number}: {fault}" for fault in faults]
        if number % 25 == 24:
            print(f"{number + 1} kills, {done['typed']} edits, {done['saved']} times saved, wrong: {wrong}", flush=True)
    return done, wrong


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["GOVDESK_DATA"] = sys.argv[1]
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    print(*campaign(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
