"""Backups while work goes on: when one is due, in a thread, and what is said where one failed."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from govdesk.base.errors import UserError
from govdesk.store import backups
from govdesk.store.backups import BackupCopy
from ui.common.notice_level import NoticeLevel
from ui.common.worker import Worker
from ui.editing.workspace import Workspace
from ui.shell.main_window import Shell

LOOK = 60_000                                # ms between two looks whether a copy is due
SUBJECT = "backup"                           # of a notice


class BackupScheduler(QObject):
    """Makes copies of the drafts' file, from when it was first asked to."""

    made = Signal(object)                    # backups.Copy
    failed = Signal(str)                     # a sentence

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._worker = Worker("backup", self)
        self._busy = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)
        self.made.connect(lambda _: shell.drop_notice(SUBJECT))
        self.failed.connect(lambda sentence: shell.notify(SUBJECT, sentence, severity=NoticeLevel.WARNING))

    def look(self) -> None:
        """Makes a copy if one is due."""
        with suppress(OSError):
            if not self._busy and backups.is_backup_due(self._workspace.drafts.file):
                self.make()

    def make(self) -> None:
        """Makes a copy now, unless one is being made."""
        if self._busy:
            return
        self._busy = True
        file, second = self._workspace.drafts.file, self._workspace.second_place
        self._worker.run(lambda: backups.make_backup(file, second), self._done, self._refuse)

    def _done(self, copy: BackupCopy) -> None:
        self._busy = False
        self.made.emit(copy)

    def _refuse(self, error: BaseException) -> None:
        self._busy = False
        sentence = error.sentence if isinstance(error, UserError) else f"备份没有做成（{error}）。草稿照常保存。"
        self.failed.emit(sentence)

    def stop(self) -> None:
        """Looks no more."""
        self._timer.stop()

    def wait(self) -> None:
        """Waits until the copy that is being made is made; from any thread."""
        self._worker.wait()
