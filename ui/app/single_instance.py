"""One window to a folder of drafts: the claim on a folder, and calls of a second start."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ui.app.qt_application import speak_chinese
from ui.common.program_title import PROGRAM_TITLE

LOCK, CALL = "govdesk.lock", "govdesk.call"
ANSWER = 1.5                                 # seconds in which the first window answers a call
UNKNOWN = -1
WRITING = 10                                 # seconds in which a lock may still be empty


class FolderClaim(QLockFile):
    """`left_by`: the process that had the folder before and ended without giving it back; 0: none, -1: not known."""

    left_by = 0


def claim(folder: Path, document: str | None = None) -> FolderClaim | None:
    """The right to be the one window on a folder of drafts, held until it is dropped. Where another window of the same
    user has it that window comes to the front and opens the `document` that this one was to open; where it does not
    answer the clerk is told who has it since when and may still go on. None: the clerk leaves. A lock left by a crash
    is nobody's."""
    lock = FolderClaim(str(folder / LOCK))
    lock.setStaleLockTime(0)                 # a lock is stale when its process is gone, however old it is
    found = False
    with suppress(OSError):                  # a folder that may not be entered; who opens the drafts is told
        found = (folder / LOCK).exists()
    before = lock.getLockInfo()[0] if found else 0
    if found and not before:
        _drop_empty(folder / LOCK)
    if lock.tryLock(0) and found:
        lock.left_by = int(before) or UNKNOWN
    if lock.isLocked() or lock.tryLock(200) or lock.error() is not QLockFile.LockError.LockFailedError:
        with suppress(OSError):              # a folder that cannot be written says so when a draft is saved
            (folder / f"{LOCK}.who").write_text(f"{_user()}\n{time.time():.0f}", encoding="utf-8")
        return lock
    who, since = _holder(folder)
    if who == _user() and _called(folder, str(Path(document).absolute()) if document else ""):
        return None
    from PySide6.QtWidgets import QMessageBox

    from ui.widgets.basics import add_answer

    speak_chinese()
    told = f"年报程序已经打开了{_who(lock, who, since)}，请到那个窗口继续。"
    box = QMessageBox(QMessageBox.Icon.Information, PROGRAM_TITLE, told)
    box.setInformativeText("两个窗口同时改同一份草稿，后改的会与先改的冲突。")
    leave = add_answer(box, "退出", QMessageBox.ButtonRole.RejectRole)
    add_answer(box, "仍然打开", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(leave)
    box.exec()
    return None if box.clickedButton() is leave else lock


def answer_calls(folder: Callable[[], Path | None], window: QWidget,
                 opens: Callable[[Path], object] | None = None) -> QTimer:
    """Brings the window to the front whenever a second start asks for it, and opens what that was to open. `folder`:
    of the drafts, now; None when the window is going and answers no more."""
    def look() -> None:
        now = folder()
        if now is not None:
            _answer(now / CALL, window, opens)

    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(500)
    return timer


def _answer(call: Path, window: QWidget, opens: Callable[[Path], object] | None) -> None:
    try:
        if not call.exists():
            return
    except OSError:                          # the folder may not be entered any more; the next save says so
        return
    wanted = ""
    with suppress(OSError, ValueError):
        wanted = call.read_text(encoding="utf-8")
    with suppress(OSError):
        call.unlink()
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    if opens and _is_file(wanted):
        opens(Path(wanted))


def _is_file(wanted: str) -> bool:
    """Whether a call names a file to open; else a process's number stands in it."""
    from govdesk.exchange.readers import is_named_as_readable

    return is_named_as_readable(wanted)


def _drop_empty(lock: Path) -> None:
    """A power cut can leave a lock in which nothing stands, and which is nobody's for ever."""
    with suppress(OSError):
        if time.time() - lock.stat().st_mtime > WRITING:
            lock.unlink()


def _called(folder: Path, document: str) -> bool:
    """Ask the first window to come to the front and open a file; whether it did."""
    call = folder / CALL
    try:
        beside = folder / f"{CALL}.{os.getpid()}"
        beside.write_text(document or str(os.getpid()), encoding="utf-8")
        beside.replace(call)                 # whole, or it is not there
        end = time.monotonic() + ANSWER
        while call.exists() and time.monotonic() < end:
            time.sleep(0.05)
        answered = not call.exists()
        call.unlink(missing_ok=True)
    except OSError:
        return False
    return answered


def _user() -> str:
    return os.environ.get("USERNAME") or os.environ.get("USER") or ""


def _holder(folder: Path) -> tuple[str, float]:
    """The user who has the drafts open, and since when (seconds, 0: not known)."""
    try:
        who, _, since = (folder / f"{LOCK}.who").read_text(encoding="utf-8").partition("\n")
        return who, float(since)
    except (OSError, ValueError):
        return "", 0.0


def _who(lock: QLockFile, user: str, since: float) -> str:
    pid, host, _ = lock.getLockInfo()
    parts = [f"用户 {user}" if user else "", f"电脑 {host}" if pid else "", f"进程 {pid}" if pid else "",
             f"从 {datetime.fromtimestamp(since):%Y-%m-%d %H:%M} 起" if since else ""]
    return f"（{'，'.join(part for part in parts if part)}）" if any(parts) else ""
