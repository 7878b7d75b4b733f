"""Fills, write-protects, removes and restores the disk while a clerk works through the real window: a
small disk of its own where one may be mounted, else as far as folders can be moved. An ordinary user
also meets folders and files without write permission."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from clerk import import_everything
from clerk_under_fault import ClerkUnderFault, judge_visit, prepare_folder, run_forked
from export_target import fill_disk, may_mount


class TroubledVisit(ClerkUnderFault):
    """The visit, with trouble that begins once the draft is open, or before the program starts."""

    def __init__(self, folder: Path, kept: Path, begin: Callable[[], object], cure: Callable[[], object]) -> None:
        super().__init__(folder, kept, cure)
        self.begin: Callable[[], object] | None = begin

    def follow(self) -> None:
        super().follow()
        if self.begin:
            self.begin()
            self.begin = None

    def settle(self) -> None:
        """Long enough texts that room is needed."""
        from govdesk.report.report import Layer

        editor = self.window.wizard.editor
        editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", "很长的一段话。" * 20_000)]))
        super().settle()


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True)


class SmallDisk:
    """A small disk, and what may befall it."""

    def __init__(self, folder: Path) -> None:
        self.place, self.away = folder / "disk", folder / "away"
        self.data, self.filler = self.place / "data", self.place / "filler"

    def begin(self, *, mounted: bool) -> None:
        for place in (self.place, self.away):
            shutil.rmtree(place, ignore_errors=True)
        self.place.mkdir()
        if mounted:
            self.away.mkdir()
            _run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", self.place)
        prepare_folder(self.data)

    def end(self) -> None:
        for place in (self.place, self.away):
            if os.path.ismount(place):
                _run("umount", place)

    def fill(self) -> None:
        fill_disk(self.filler)

    def free(self) -> None:
        self.filler.unlink(missing_ok=True)

    def move(self) -> None:
        self.data.rename(self.away)

    def move_back(self) -> None:
        if self.away.exists():
            shutil.rmtree(self.data, ignore_errors=True)
            self.away.rename(self.data)

    def pull(self) -> None:
        _run("mount", "--move", self.place, self.away)

    def put_in(self) -> None:
        if os.path.ismount(self.away):
            _run("mount", "--move", self.away, self.place)

    def write_protect(self) -> None:
        _run("mount", "-o", "remount,ro", self.place)

    def write_enable(self) -> None:
        _run("mount", "-o", "remount,rw", self.place)


    def permit(self, mode: int, *places: Path) -> None:
        for place in places:
            place.chmod(mode | (0o111 if place.is_dir() else 0))

    def permit_all(self) -> None:
        self.permit(0o644, self.data, *self.data.iterdir())


def campaign(folder: Path, _often: int) -> tuple[Counter[str], list[str]]:
    done, wrong = Counter[str](), list[str]()
    import_everything()
    disk = SmallDisk(folder)
    mountable = may_mount(folder)
    wrong += _visited(disk, "folder moved away and back", disk.move, disk.move_back, done)
    wrong += _without_rights(disk, done)
    if not mountable:
        print("disks that are full, read-only or pulled out are left out: nothing may be mounted here")
        return done, wrong
    wrong += _visited(disk, "disk full", disk.fill, disk.free, done)
    wrong += _visited(disk, "disk pulled out and back", disk.pull, disk.put_in, done)
    wrong += _visited(disk, "disk read-only at the start", disk.write_protect, disk.write_enable, done)
    return done, wrong


def _without_rights(disk: SmallDisk, done: Counter[str]) -> list[str]:
    """Folders and files that an ordinary user may not write."""
    if os.geteuid() == 0:
        print("folders without a right to write are left out: root may write anywhere")
        return []
    backups = disk.data / "backups"
    return [fault for name, begin in (
        ("folder and file without a right at the start", lambda: disk.permit(0o444, *disk.data.iterdir(), disk.data)),
        ("folder without a right at the start", lambda: disk.permit(0o444, disk.data)),
        ("file without a right at the start", lambda: disk.permit(0o444, disk.data / "govdesk.sqlite3")),
        ("backups without a right at the start", lambda: (backups.mkdir(), disk.permit(0o444, backups))),
        ) for fault in _visited(disk, name, begin, disk.permit_all, done)]


def _visited(disk: SmallDisk, name: str, begin: Callable[[], object], cure: Callable[[], object],
             done: Counter[str]) -> list[str]:
    at_start, kept = name.endswith("start"), disk.place.with_name("kept")
    shutil.rmtree(kept, ignore_errors=True)
    disk.begin(mounted=name.startswith("disk"))
    os.environ["GOVDESK_DATA"] = str(disk.data)
    try:
        if at_start:
            begin()
        story = run_forked(lambda: TroubledVisit(disk.data, kept, str if at_start else begin, cure))
        faults = judge_visit(disk.data, story) + ([] if story["said"] else ["nothing was said"])
    finally:
        disk.end()
    done[f"{name}: {'WRONG' if faults else 'said, and saved when it could be'}"] += 1
    print(f"{name}:", *story["said"], sep="\n  ", flush=True)
    return [f"{name}: {fault}" for fault in faults]
