"""Kills the program with SIGKILL at random moments while the clerk works. What was shown as saved must
be there and the file sound; so must named versions, exported files, backups, and all drafts after a
backup was restored."""

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
import clerk_actions

from govdesk.base.errors import UserError
from govdesk.exchange.readers import read_file
from govdesk.store import backups
from govdesk.store.drafts import Drafts, open_store

MAX_SECONDS_TO_KILL = 4.0                # seconds from the first act to the kill


def run_killed_round(folder: Path, seed: int, after: float) -> list[str]:
    """One process, killed; the lines that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        clerk.run_clerk(folder, writing, seed)
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


class DraftStates:
    """What each draft may hold now, from the last state that was shown as saved on; and what versions were named."""

    def __init__(self, states: dict[int, str]) -> None:
        self.may = {draft: [state] for draft, state in states.items()}
        self.named: list[tuple[int, str, str]] = []
        self.wrong: list[str] = []

    def follow(self, word: str, draft: int, *rest: str) -> None:
        found = self.may.setdefault(draft, [])
        if word == "open" and found and rest[0] not in found:
            self.wrong.append(f"draft {draft} was opened with what was never saved")
        if word in ("open", "typed"):
            found.append(rest[0])
        elif word == "saved":
            del found[:-1]
        elif word == "named":
            self.named.append((draft, rest[0], rest[1]))

    def judged(self, store: Drafts, states: dict[int, str]) -> list[str]:
        wrong = [f"draft {draft} is gone" for draft in set(self.may) - set(states)]
        wrong += [f"draft {draft} is not what was saved" for draft, state in states.items()
                  if state not in self.may.get(draft, [state])]
        for draft, state, name in self.named:
            held = [version for version in store.versions(draft) if version.name == name]
            if not held or clerk.report_digest(store.report_at(draft, held[0].revision)) != state:
                wrong.append(f"version {name} of draft {draft} is not what was named")
        return self.wrong + wrong


def possible_states(lines: list[str], known: dict[int, str]) -> list[DraftStates]:
    """One; or two where a copy was just being put in the place of everything."""
    now, coming = DraftStates(known), list[DraftStates]()
    for word, *rest in (line.split(" ") for line in lines):
        if word in ("open", "typed", "saved", "named"):
            now.follow(word, int(rest[0]), *rest[1:])
        elif word == "replace":
            pairs = (pair.split(":") for pair in rest[0].split(",") if pair)
            coming = [DraftStates({int(draft): state for draft, state in pairs})]
        elif word == "replaced":
            coming[0].wrong, now, coming = now.wrong, coming[0], []
    return [now, *coming]


def check_after_kill(folder: Path, lines: list[str], known: dict[int, str]) -> list[str]:
    """What is wrong after a kill; `known` is what each draft held before, and is brought up to date."""
    wrong = [line for line in lines if line.startswith("broke")]
    with open_store(folder) as store:
        if store.warning:
            wrong.append(f"said to be missing: {store.warning}")
        found = {draft.id: clerk.report_digest(store.load(draft.id)) for draft in store.list()}
        wrong += min((world.judged(store, found) for world in possible_states(lines, known)), key=len)
        versions = sum(len(store.versions(draft)) for draft in found)
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
    return wrong + check_other_files(folder)


def check_other_files(folder: Path) -> list[str]:
    """What is wrong with the files that are not the drafts: whole, or not there."""
    wrong = []
    for name in (clerk_actions.AWAY, clerk_actions.BACK):
        if (folder / name).exists():
            try:
                notice = "".join(read_file(folder / name).doubts)
            except UserError as error:
                notice = error.sentence
            wrong += [f"{name}: {notice}"] if notice else []
    for copy in [copy for copy in backups.list_backups(folder / "govdesk.sqlite3") if not copy.what][:2]:
        with closing(sqlite3.connect(copy.file)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                wrong.append(f"{copy.file.name} is not sound")
    return wrong


def campaign(folder: Path, rounds: int, seed: int = 20240118) -> tuple[Counter[str], list[str]]:
    """How often what was done, and everything that was wrong."""
    chance, done, wrong = random.Random(seed), Counter[str](), list[str]()
    known: dict[int, str] = {}
    clerk.import_everything()
    for number in range(rounds):
        lines = run_killed_round(folder, seed + number, chance.uniform(0, MAX_SECONDS_TO_KILL))
        done.update(line.split(" ")[0] for line in lines)
        done["kills"] += 1
        faults = check_after_kill(folder, lines, known)
        wrong += [f"kill {number}: {fault}" for fault in faults]
        if number % 25 == 24:
            print(f"{number + 1} kills, {done['typed']} edits, {done['saved']} times saved, wrong: {wrong}", flush=True)
    return done, wrong


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["GOVDESK_DATA"] = sys.argv[1]
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    print(*campaign(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
