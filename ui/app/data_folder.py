"""The folder of the drafts: opened, moved to another place, and what to do where it cannot be had."""

from __future__ import annotations

from pathlib import Path

from govdesk.base.errors import StoreError, UserError
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.copy import copy_file
from govdesk.store.file.diagnosis import FAULTS, why
from govdesk.store.sql.errors import UnusableStoreError
from ui.app.translation import speak_chinese
from ui.common.program_title import TITLE


def open_drafts(folder: Path) -> Drafts | None:
    """The drafts; where they cannot be had the clerk is told and may choose. None: the clerk leaves."""
    while True:
        try:
            return open_store(folder)
        except UnusableStoreError as error:
            return _go_on_from(folder, error)
        except UserError as error:
            chosen = _another(error)
            if chosen is None:
                return None
            folder = chosen


def relocate(drafts: Drafts, folder: Path) -> Drafts:
    """The drafts of another folder; where it has none yet, a copy of these. Raises StoreError; then nothing changed."""
    _copy_if_none(drafts.file, folder / drafts.file.name)
    return open_store(folder)


def _copy_if_none(source: Path, target: Path) -> None:
    """SQLite's own backup: also right while somebody writes."""
    try:
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_file(source, target)
    except FAULTS as error:
        raise StoreError(f"草稿没有移动：{target.parent} 写不进去（{why(error)}），请换一个文件夹") from error


def _another(error: UserError) -> Path | None:
    from PySide6.QtWidgets import QFileDialog, QMessageBox

    from ui.widgets.basics import answer

    speak_chinese()
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, error.sentence)
    other = answer(box, "另选文件夹…", QMessageBox.ButtonRole.AcceptRole)
    answer(box, "退出", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not other:
        return None
    folder = QFileDialog.getExistingDirectory(None, "草稿存放位置")
    return Path(folder) if folder else None


def _go_on_from(folder: Path, error: UserError) -> Drafts | None:
    """The file is damaged or not ours: it is kept, and what can be read or a backup takes its place."""
    from PySide6.QtWidgets import QMessageBox

    from ui.app.damaged_file_dialog import ask

    speak_chinese()
    try:
        answer = ask(folder, error)
    except UserError as failed:
        QMessageBox.critical(None, TITLE, failed.sentence)
        return None
    if answer is None:
        return None
    drafts, words = answer
    QMessageBox.information(None, TITLE, words)
    return drafts
