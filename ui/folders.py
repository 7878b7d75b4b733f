"""Where the drafts are kept: opening them, choosing another folder, and what to do where they cannot be had."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from govdesk.errors import StoreError, UserError
from govdesk.store.drafts import Drafts, open_store, set_aside_and_start_new
from govdesk.store.failures import UnusableStoreError
from ui.language import speak_chinese

TITLE = "政府信息公开年报"


def open_drafts(folder: Path) -> Drafts | None:
    """The drafts; where they cannot be had the clerk is told and may choose. None: the clerk leaves."""
    while True:
        try:
            return open_store(folder)
        except UnusableStoreError as error:
            return _start_anew(folder, error)
        except UserError as error:
            chosen = _another(error)
            if chosen is None:
                return None
            folder = chosen


def claim(folder: Path) -> QLockFile | None:
    """The right to be the one window on a folder of drafts, held until it is dropped. Where another window has it
    the clerk is told and may still go on; None: the clerk leaves. A lock left by a crash is nobody's."""
    lock = QLockFile(str(folder / "govdesk.lock"))
    lock.setStaleLockTime(0)                 # a lock is stale when its process is gone, however old it is
    if lock.tryLock(200) or lock.error() is not QLockFile.LockError.LockFailedError:
        return lock                          # a folder that cannot be written says so when a draft is saved
    from PySide6.QtWidgets import QMessageBox

    speak_chinese()
    box = QMessageBox(QMessageBox.Icon.Information, TITLE, f"年报程序已经打开了{_who(lock)}，请到那个窗口继续。")
    box.setInformativeText("两个窗口同时改同一份草稿，后改的会与先改的冲突。")
    leave = box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    box.addButton("仍然打开", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(leave)
    box.exec()
    return None if box.clickedButton() is leave else lock


def _who(lock: QLockFile) -> str:
    pid, host, _ = lock.getLockInfo()
    return f"（电脑 {host}，进程 {pid}）" if pid else ""


def relocate(drafts: Drafts, folder: Path) -> Drafts:
    """The drafts of another folder; where it has none yet, a copy of these. Raises StoreError; then nothing changed."""
    target = folder / drafts.file.name
    if not target.exists():
        _copy(drafts.file, target)
    return open_store(folder)


def _copy(source: Path, target: Path) -> None:
    """SQLite's own backup: also right while somebody writes."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            target.unlink(missing_ok=True)
        raise StoreError(f"草稿没有移动：{target.parent} 写不进去（{error}），请换一个文件夹") from error


def _another(error: UserError) -> Path | None:
    from PySide6.QtWidgets import QFileDialog, QMessageBox

    speak_chinese()
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, error.sentence)
    other = box.addButton("另选文件夹…", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not other:
        return None
    folder = QFileDialog.getExistingDirectory(None, "草稿存放位置")
    return Path(folder) if folder else None


def _start_anew(folder: Path, error: UserError) -> Drafts | None:
    """The file is damaged or not ours: it is kept, and new drafts may be begun beside it."""
    from PySide6.QtWidgets import QMessageBox

    speak_chinese()
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, error.sentence)
    box.setInformativeText("可以把这个文件原样留存（改名，不删除），另建一个新的草稿文件继续工作。")
    anew = box.addButton("留存原文件，新建", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not anew:
        return None
    try:
        drafts, kept = set_aside_and_start_new(folder)
    except UserError as failed:
        QMessageBox.critical(None, TITLE, failed.sentence)
        return None
    QMessageBox.information(None, TITLE, f"原文件已留存为：{kept}")
    return drafts
