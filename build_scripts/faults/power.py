"""Replays power cuts: records what a clerk's work writes call by call, with the moments at which the
window said saved, and opens the states in which a disk may be found after a cut at any moment.

A disk keeps what was synced. Of what was written since, any part may be there: none, all, some of the writes, the later
without the earlier, single sectors of 512 bytes. Names (made, renamed, removed) come in their order, as with every file
system that keeps a journal, up to any one of those since the folder was synced.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import struct
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from preload import Faults, explain_lacking, run_with_library

RECORD_HEAD = struct.Struct("<QQIIc7x")
SECTOR_BYTES = 512
CUT_WAYS = ("nothing kept", "all kept", "some writes kept", "the last writes kept", "some sectors kept")
FOLDERS_BY_JOURNAL = {"log": "data", "journal": "OneDrive/data"}  # where the program keeps a log, and where it does not
SCENES = (*FOLDERS_BY_JOURNAL, "restore", "salvage", "migrate")
LEGACY_FILES = Path(__file__).resolve().parents[2] / "tests" / "store" / "legacy"


class RecordedWrite(NamedTuple):
    what: str                            # as in preload.c
    name: str
    other: str
    at: int
    data: bytes


def read_record(file: Path) -> Iterator[RecordedWrite]:
    data, at = file.read_bytes(), 0
    while at + RECORD_HEAD.size <= len(data):
        place, length, name, other, what = RECORD_HEAD.unpack_from(data, at)
        at += RECORD_HEAD.size
        first, second = data[at:at + name].decode(), data[at + name:at + name + other].decode()
        at += name + other
        body = data[at:at + length] if what in b"WM" else b""
        at += len(body)
        yield RecordedWrite(what.decode(), first, second, place, body)


@dataclass
class FileContent:
    """A file: what is on the disk for certain, and what was written since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[RecordedWrite] = field(default_factory=list)


def _put(data: bytearray, write: RecordedWrite, sectors: random.Random | None = None) -> None:
    if write.what == "T":
        del data[write.at:]
        data.extend(bytes(write.at - len(data)))
        return
    size = SECTOR_BYTES if sectors else max(1, len(write.data))
    for start in range(0, len(write.data), size):
        if sectors and sectors.random() < 0.5:
            continue
        piece, at = write.data[start:start + size], write.at + start
        data.extend(bytes(max(0, at + len(piece) - len(data))))
        data[at:at + len(piece)] = piece


class ReplayedDisk:
    """What is there for certain, what the program sees, and the names given since their folder was synced."""

    def __init__(self) -> None:
        self.safe: dict[str, FileContent] = {}
        self.now: dict[str, FileContent] = {}
        self.since: list[tuple[RecordedWrite, FileContent]] = []

    def follow(self, write: RecordedWrite) -> None:
        if write.what in "WT":
            self.now[write.name].since.append(write)
        elif write.what == "S" and write.name in self.now:
            content = self.now[write.name]
            for earlier in content.since:
                _put(content.safe, earlier)
            content.since.clear()
        elif write.what == "S":                              # a folder
            for named in self.since:
                _name(self.safe, *named)
            self.since.clear()
        elif write.what in "CRUL":
            fresh = FileContent()
            _name(self.now, write, fresh)
            self.since.append((write, fresh))

    def after_a_cut(self, way: str, chance: random.Random) -> dict[str, bytes]:
        names = dict(self.safe)
        upto = {"nothing kept": 0, "all kept": len(self.since)}.get(way, chance.randint(0, len(self.since)))
        for named in self.since[:upto]:
            _name(names, *named)
        return {name: bytes(_left(content, way, chance)) for name, content in names.items()}


def _name(names: dict[str, FileContent], write: RecordedWrite, fresh: FileContent) -> None:
    if write.what == "C":
        names[write.name] = fresh
    elif write.what == "U":
        names.pop(write.name, None)
    elif write.name in names:
        names[write.other] = names[write.name]
        if write.what == "R":
            del names[write.name]


def _left(content: FileContent, way: str, chance: random.Random) -> bytearray:
    data, since = bytearray(content.safe), content.since
    first = chance.randint(0, len(since)) if way == "the last writes kept" else 0
    for write in since[first:]:
        if way == "nothing kept" or (way.startswith("some") and chance.random() < 0.4):
            continue
        _put(data, write, chance if way == "some sectors kept" else None)
    return data


# -- what is recorded: in a process with the library

def record_scene(folder: Path, scene: str, acts: int) -> None:
    faults = Faults()
    data = folder / "watched" / FOLDERS_BY_JOURNAL.get(scene, "data")
    os.environ["GOVDESK_DATA"] = str(data)
    descriptor = os.open(folder / f"{scene}.trace", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    (data if scene in FOLDERS_BY_JOURNAL else data.parent).mkdir(parents=True, exist_ok=True)
    if scene in FOLDERS_BY_JOURNAL:
        faults.trace(descriptor)
        _work(data, faults, acts)
    else:
        _step(data, scene, faults, descriptor)
    faults.trace(-1)


def _work(data: Path, faults: Faults, acts: int) -> None:
    """Several sessions in the window, each ended by closing it; a backup in each."""
    from clerk import Clerk
    from PySide6.QtTest import QTest

    class Told(Clerk):
        def tell(self, *words: object) -> None:
            faults.mark(" ".join(map(str, words)))

    for session in range(max(1, acts // 60)):
        clerk = Told(data, 0, session)
        clerk.begin()
        choice = [clerk.type] * 6 + [clerk.paste, clerk.write, clerk.write, clerk.undo, clerk.leave, clerk.export,
                                     clerk.bring]
        for _ in range(min(acts, 60)):
            clerk.chance.choice(choice)()
            QTest.qWait(clerk.chance.choice((5, 60, 400)))
        clerk.window.scheduler.make()
        clerk.window.close()


def _step(data: Path, scene: str, faults: Faults, descriptor: int) -> None:
    """One act that exchanges the whole file; marks say what the drafts may be."""
    from decimal import Decimal

    from govdesk import cli
    from govdesk.formfile import form_reader
    from govdesk.report.report import Layer, edit_of
    from govdesk.store import backups, salvage
    from govdesk.store.drafts import open_store

    faults.trace(descriptor)
    if scene == "migrate":
        data.mkdir()
        legacy = sorted(LEGACY_FILES.glob("*.sqlite3"))[0]
        shutil.copyfile(legacy, data / "govdesk.sqlite3")
        _synced(data)
        faults.mark("begin")
        open_store(data).close()
        return
    cell = sorted(form_reader.load_form(cli.sample_report().form_id).input_cells)[0]
    with open_store(data) as store:
        for number in range(3):
            report = cli.sample_report()
            store.create(edit_of(report, "", [(Layer.VALUES, cell, Decimal(number))]).applied_to(report))
        copy = backups.make_backup(store.file)
        for draft in (1, 2):
            store.save(draft, [edit_of(store.load(draft), "", [(Layer.VALUES, cell, Decimal(100 + draft))])])
    _synced(data)
    faults.mark("begin")
    if scene == "restore":
        backups.restore_backup(data / "govdesk.sqlite3", copy.file)
    else:
        salvage.start_from_salvaged(data, salvage.read_damaged_file(
            data / "govdesk.sqlite3", lambda *_: form_reader.list_form_ids()[0]))[0].close()
    open_store(data).close()


def _synced(folder: Path) -> None:
    for place in (*folder.rglob("*"), folder):
        descriptor = os.open(place, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


# -- the cuts

def campaign(folder: Path, cuts: int) -> tuple[Counter[str], list[str]]:
    """So many cuts in each scene, each in five ways."""
    done, wrong = Counter[str](), list[str]()
    if reason := explain_lacking():
        print(reason)
        return done, wrong
    for scene in SCENES:
        wrong += cut_scene(folder, scene, cuts, 240 if cuts >= 100 else 60, done)
        print(*(f"{what}: {often}" for what, often in done.items() if what.startswith(scene)), sep="\n", flush=True)
    return done, wrong


def cut_scene(folder: Path, scene: str, cuts: int, acts: int, done: Counter[str]) -> list[str]:
    """So many cuts in the record of so many acts of the clerk."""
    shutil.rmtree(folder / "watched", ignore_errors=True)
    wrong = [f"{scene}: what was to be recorded broke off"] if run_with_library("power.py", folder, scene, acts) else []
    _replay(folder, scene, cuts, done, wrong)
    return wrong


def _replay(folder: Path, scene: str, cuts: int, done: Counter[str], wrong: list[str]) -> None:
    writes = list(read_record(folder / f"{scene}.trace"))
    begun = next((n for n, w in enumerate(writes) if w.data == b"begin"), 0)
    chance = random.Random(scene)
    room = range(begun + 1, len(writes) + 1)
    moments = set(room if len(room) <= cuts else chance.sample(room, cuts))
    disk, marks = ReplayedDisk(), list[str]()
    whole = _states(folder, disk, writes) if scene not in FOLDERS_BY_JOURNAL else []
    done[f"{scene}: writes, syncs and names recorded"] = len(writes)
    for number, write in enumerate(writes, 1):
        if write.what == "M":
            marks.append(write.data.decode())
        else:
            disk.follow(write)
        if number not in moments:
            continue
        for way in CUT_WAYS:
            here = folder / "after"
            _lay(here, disk.after_a_cut(way, chance), FOLDERS_BY_JOURNAL.get(scene, "data"))
            found, faults = _opened(here)
            faults += _marked(found, marks) if scene in FOLDERS_BY_JOURNAL else _one_of(found, whole)
            done[f"{scene}, {way}: {'opened' if not faults else 'WRONG'}"] += 1
            wrong += [f"{scene}, cut after call {number} of {len(writes)}, {way}: {fault}" for fault in faults]


def _lay(here: Path, files: dict[str, bytes], under: str) -> None:
    shutil.rmtree(here, ignore_errors=True)
    here.mkdir()
    for name, content in files.items():
        inner = name.lstrip("/").removeprefix(under).lstrip("/")
        target = here / inner
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _opened(here: Path) -> tuple[dict[int, str], list[str]]:
    """What the drafts hold, as the program opens them; and what else is not whole."""
    from clerk import report_digest

    from govdesk.base.errors import UserError
    from govdesk.exchange.readers import read_file
    from govdesk.store import backups
    from govdesk.store.drafts import open_store
    from govdesk.store.sql import sqlite

    wrong, found = list[str](), dict[int, str]()
    try:
        with open_store(here) as store:
            if store.warning:
                wrong.append("the window says that something is missing")
            for draft in store.list():
                found[draft.id] = report_digest(store.load(draft.id))
                if store.disagreements(draft.id):
                    wrong.append(f"draft {draft.id} does not agree with its journal")
            with closing(sqlite.connect(store.file, 5.0)) as raw:
                sound = sqlite.is_sound(raw, thoroughly=True)
            if not sound:
                wrong.append("the file is not sound")
        for copy in backups.list_backups(here / "govdesk.sqlite3"):
            if not copy.what:
                backups.list_drafts_in_backup(copy.file)
        for kind, read in (("came.govdesk", read_file), ("out.pdf", _whole_pdf), ("settings.json", _json)):
            if (here / kind).exists():
                read(here / kind)
    except UserError as error:
        wrong.append(f"LOST: {error.sentence}")
    except ValueError as error:
        wrong.append(f"half a file: {error}")
    return found, wrong


def _whole_pdf(file: Path) -> None:
    data = file.read_bytes()
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-10:]:
        raise ValueError(f"{file.name} is half")


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _marked(found: dict[int, str], marks: list[str]) -> list[str]:
    from kills import possible_states

    (world,) = possible_states(marks, {})
    return [f"LOST: draft {draft} {'is gone' if draft not in found else 'is not what was saved'}"
            for draft, states in world.may.items() if found.get(draft) not in states]


def _states(folder: Path, disk: ReplayedDisk, writes: list[RecordedWrite]) -> list[dict[int, str]]:
    """What the drafts were before the act, and what they are after it."""
    states, other = [], ReplayedDisk()
    for number, write in enumerate(writes, 1):
        if write.what != "M":
            other.follow(write)
        if write.data == b"begin" or number == len(writes):
            _lay(folder / "after", other.after_a_cut("all kept", random.Random(0)), "data")
            states.append(_opened(folder / "after")[0])
    return states


def _one_of(found: dict[int, str], whole: list[dict[int, str]]) -> list[str]:
    return [] if found in whole else [f"LOST: {len(found)} drafts, neither as before nor as after"]


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    record_scene(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
