"""Exports to a target that fails: an error at each system call, a full or read-only disk, a missing
folder, a file that another program has open. The old or the new file must be whole, and a sentence
said."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from preload import Faults, SystemCall, explain_lacking, run_with_library

ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EBUSY, errno.EDQUOT)
OLD_FILE = b"%PDF-1.7 the report of last week, whole\n%%EOF\n"
FOREVER = 10**9


def campaign(folder: Path, step: int) -> tuple[dict[str, int], list[str]]:
    """An error at every `step`-th call."""
    if reason := explain_lacking():
        print(reason)
        return {}, []
    return {}, ["exports: see above"] if run_with_library("export_target.py", folder, step) else []


class ExportDesk:
    """A window with the sample open on the export page."""

    def __init__(self, folder: Path) -> None:
        from clerk_under_fault import prepare_folder
        from PySide6.QtWidgets import QMessageBox

        from build_scripts.program_window import MainWindow
        from govdesk import settings
        from govdesk.store.drafts import open_store
        from ui.app.qt_application import application

        self.app, self.faults = application("light"), Faults()
        os.environ["GOVDESK_DATA"] = str(folder / "data")
        self.window = MainWindow(open_store(prepare_folder(folder / "data")), settings.Settings())
        self.window.show()
        QMessageBox.exec = lambda box: self.said.append(box.text()) or 0
        self.page: Any = self.window.open_draft(1).enter("export")
        self.said: list[str] = []
        self.broke: list[str] = []
        self.over: list[str] = []
        self.page.exported.connect(lambda _: self.over.append("exported"))
        self.page.refused.connect(lambda words: (self.said.append(words), self.over.append("refused")))
        self.page.broke.connect(lambda error: (self.broke.append(repr(error)), self.over.append("broke")))
        self.window.program.drafts.broke.disconnect()        # it is told, not shown

    def export(self, target: Path) -> str:
        """What came of it: exported, refused, broke."""
        from PySide6.QtTest import QTest

        self.over.clear()
        self.said.clear()
        self.broke.clear()
        self.page.export_to(target)
        for _ in range(12_000):
            if self.over:
                return self.over[0]
            QTest.qWait(5)
        return "never ended"

    def judged(self, target: Path, outcome: str) -> list[str]:
        wrong = [f"broke: {words}" for words in self.broke]
        if outcome not in ("exported", "refused"):
            wrong.append(outcome)
        content = target.read_bytes() if target.exists() else None
        whole = content is not None and content.startswith(b"%PDF-") and content.endswith(b"%%EOF\n")
        if outcome == "exported" and (content == OLD_FILE or not whole or b"/Type" not in (content or b"")):
            wrong.append("called exported, and the new file is not there whole")
        if outcome == "refused" and content not in (OLD_FILE, None):
            wrong.append("refused, and the old file is not what it was")
        if outcome == "refused" and not all(word.endswith("。") and "Errno" not in word for word in self.said):
            wrong.append(f"no sentence: {self.said}")
        if target.parent.is_dir():
            wrong += [f"left behind: {file.name}" for file in target.parent.iterdir() if file.name.endswith(".tmp")]
        return wrong


def fail_at_each_call(desk: ExportDesk, folder: Path, step: int, done: Counter[str],
                      said: Counter[str]) -> Iterator[str]:
    target = folder / "watched" / "out" / "report.pdf"
    kinds = tuple(kind for kind in SystemCall if kind not in (SystemCall.READ, SystemCall.MMAP, SystemCall.LOCK))
    for error in ERRORS:
        for last in (0, FOREVER):
            for old in (True, False):
                at = 0
                while True:
                    shutil.rmtree(target.parent, ignore_errors=True)
                    target.parent.mkdir()
                    if old:
                        target.write_bytes(OLD_FILE)
                    desk.faults.arm(kinds, at, at + last, error, torn=True)
                    outcome = desk.export(target)
                    hit, what = desk.faults.hit, desk.faults.what
                    desk.faults.heal()
                    if not hit:
                        break
                    done[f"{errno.errorcode[error]} at a call: {outcome}"] += 1
                    said.update(word.replace(str(folder), "…") for word in desk.said)
                    for fault in desk.judged(target, outcome):
                        if not fault.startswith("left behind") or not last:      # nothing can be removed any more
                            yield f"{errno.errorcode[error]} at call {at} ({what}), {outcome}: {fault}"
                    at += step


# -- without the library

@contextmanager
def hold_open(target: Path) -> Iterator[None]:
    with target.open("rb+"):
        yield


@contextmanager
def lock_file(target: Path) -> Iterator[None]:
    with target.open("rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def remove_folder(target: Path) -> Iterator[None]:
    shutil.rmtree(target.parent)
    yield


@contextmanager
def remove_folder_while_exporting(target: Path) -> Iterator[None]:
    """The folder goes while the pages are set."""
    from govdesk.export import formats

    usual = formats.write_whole

    def late(*arguments: Any) -> Any:
        shutil.rmtree(target.parent)
        return usual(*arguments)

    formats.write_whole = late
    try:
        yield
    finally:
        formats.write_whole = usual


@contextmanager
def make_read_only(target: Path) -> Iterator[None]:
    target.chmod(0o444)
    yield


@contextmanager
def put_folder(target: Path) -> Iterator[None]:
    target.unlink()
    target.mkdir()
    yield
    target.rmdir()


@contextmanager
def mount_small_disk(target: Path, *options: str, fill: bool = False) -> Iterator[None]:
    target.unlink()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(target.parent)]
    subprocess.run(mount, check=True)
    try:
        target.write_bytes(OLD_FILE)
        if fill:
            fill_disk(target.parent / "filler")
        if options:
            subprocess.run(["mount", "-o", ",".join(("remount", *options)), str(target.parent)], check=True)
        yield
    finally:
        _whole = target.read_bytes()
        subprocess.run(["umount", str(target.parent)], check=True)
        target.write_bytes(_whole)


def fill_disk(file: Path) -> None:
    try:
        with file.open("wb", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass
    except OSError:
        return


def may_mount(folder: Path) -> bool:
    place = folder / "mount"
    place.mkdir(exist_ok=True)
    if not shutil.which("mount") or os.geteuid() != 0:
        return False
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(place)], capture_output=True, check=False).returncode:
        return False
    return subprocess.run(["umount", str(place)], check=False).returncode == 0


def list_troubles(folder: Path) -> dict[str, Callable[[Path], Any]]:
    found: dict[str, Callable[[Path], Any]] = {
        "held open by another": hold_open, "locked by another": lock_file, "folder gone": remove_folder,
        "folder gone while it is made": remove_folder_while_exporting, "a folder of that name": put_folder,
        "read-only file": make_read_only}
    if may_mount(folder):
        found["disk full"] = lambda target: mount_small_disk(target, fill=True)
        found["disk read-only"] = lambda target: mount_small_disk(target, "ro")
    else:
        print("a full and a read-only disk are left out: nothing may be mounted here")
    return found


def export_in_trouble(desk: ExportDesk, folder: Path, done: Counter[str], said: Counter[str]) -> Iterator[str]:
    for name, trouble in list_troubles(folder).items():
        target = folder / "elsewhere" / "report.pdf"
        shutil.rmtree(target.parent, ignore_errors=True)
        target.parent.mkdir()
        target.write_bytes(OLD_FILE)
        with trouble(target):
            outcome = desk.export(target)
        done[f"{name}: {outcome}"] += 1
        said.update(word.replace(str(folder), "…") for word in desk.said)
        if name != "a folder of that name":
            yield from (f"{name}, {outcome}: {fault}" for fault in desk.judged(target, outcome))


def run_export_faults(folder: Path, step: int) -> list[str]:
    desk = ExportDesk(folder)
    done, said = Counter[str](), Counter[str]()
    wrong = [*fail_at_each_call(desk, folder, step, done, said), *export_in_trouble(desk, folder, done, said)]
    print(*(f"{what}: {often}" for what, often in sorted(done.items())), sep="\n")
    print("what the window said:", *(f"  {often} × {words}" for words, often in said.most_common()), sep="\n")
    desk.window.close()
    return wrong


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    mistakes = run_export_faults(Path(sys.argv[1]), int(sys.argv[2]))
    print(*mistakes, sep="\n")
    sys.exit(bool(mistakes))
