"""The folder of the drafts: opened, moved to another place, and what to do where it cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govdesk.base.errors import StoreError, UserError
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.copy import copy_file
from govdesk.store.file.diagnosis import FILE_ERRORS, explain_error
from govdesk.store.sql.errors import UnusableStoreError
from ui.app.qt_application import speak_chinese
from ui.app.single_instance import FolderClaim, claim
from ui.common.notice_level import NoticeLevel
from ui.common.program_title import PROGRAM_TITLE
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell


def open_drafts(folder: Path, second: Path | None = None) -> Drafts | None:
    """The drafts; where they cannot be had the clerk is told and may choose. None: the clerk leaves. `second`:
    the other place of copies, one of which may be put in the place of a damaged file."""
    while True:
        try:
            return open_store(folder)
        except UnusableStoreError as error:
            return _go_on_from(folder, error, second)
        except UserError as error:
            chosen = _another(error)
            if chosen is None:
                return None
            folder = chosen


class DataFolder:
    """Where the drafts are, and the right to be the one window on it."""

    def __init__(self, workspace: Workspace, shell: Shell, held: FolderClaim | None,
                 show_list: Callable[[], object]) -> None:
        self._workspace, self._shell, self._show_list = workspace, shell, show_list
        self.held = held

    @property
    def is_held(self) -> bool:
        """Whether no other window has the drafts open."""
        return self.held is not None and self.held.isLocked()

    def give_back(self) -> None:
        """Lets the next window have the folder."""
        if self.held is not None:
            self.held.unlock()

    def ask_and_move(self) -> None:
        """Asks for another folder, then works on there. Raises UserError."""
        from PySide6.QtWidgets import QFileDialog

        here = self._workspace.folder
        folder = QFileDialog.getExistingDirectory(self._shell, "草稿存放位置", str(here))
        if folder and Path(folder) != here:
            self.move_to(Path(folder))

    def move_to(self, folder: Path) -> None:
        """Works on in another folder: with the drafts that are there, else with a copy of these. Raises UserError; then
        nothing changed."""
        old, before = self._workspace.drafts, self.held
        taken = claim(folder) if before else None
        if before and taken is None:
            raise UserError(f"草稿没有移动：{folder} 里的草稿正由另一个窗口打开。")
        _copy_if_none(old.file, folder / old.file.name)
        moved = open_store(folder)
        self._workspace.use_drafts(moved)
        self.held = taken
        old.close()
        if before:
            before.unlock()
        self._workspace.remember(data_folder=str(folder))
        self._shell.home.show_folder(str(folder))
        self._show_list()
        self._shell.home.say(NoticeLevel.NOTE, f"草稿现在存放在 {folder}；原来的文件还留在 {old.file.parent}。")


def _copy_if_none(source: Path, target: Path) -> None:
    """SQLite's own backup: also right while somebody writes."""
    try:
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_file(source, target)
    except FILE_ERRORS as error:
        raise StoreError(f"草稿没有移动：{target.parent} 写不进去（{explain_error(error)}），请换一个文件夹") from error


def _another(error: UserError) -> Path | None:
    from PySide6.QtWidgets import QFileDialog, QMessageBox

    from ui.widgets.basics import add_answer

    speak_chinese()
    box = QMessageBox(QMessageBox.Icon.Warning, PROGRAM_TITLE, error.sentence)
    other = add_answer(box, "另选文件夹…", QMessageBox.ButtonRole.AcceptRole)
    add_answer(box, "退出", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    if box.clickedButton() is not other:
        return None
    folder = QFileDialog.getExistingDirectory(None, "草稿存放位置")
    return Path(folder) if folder else None


def _go_on_from(folder: Path, error: UserError, second: Path | None) -> Drafts | None:
    """The file is damaged or not ours: it is kept, and what can be read or a backup takes its place."""
    from PySide6.QtWidgets import QMessageBox

    from ui.app.damaged_file_dialog import ask_how_to_go_on

    speak_chinese()
    try:
        answer = ask_how_to_go_on(folder, error, second)
    except UserError as failed:
        QMessageBox.critical(None, PROGRAM_TITLE, failed.sentence)
        return None
    if answer is None:
        return None
    drafts, words = answer
    QMessageBox.information(None, PROGRAM_TITLE, words)
    return drafts
