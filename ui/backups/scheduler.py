"""Backups while work goes on: when one is due, in a thread, and what is said where one failed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from govdesk.base.errors import UserError
from govdesk.store import backups
from ui.common.worker import Worker

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

LOOK = 60_000                                # ms between two looks whether a copy is due


class Backing(QObject):
    """Made after the first frame; belongs to the window."""

    made = Signal(object)                    # backups.Copy
    failed = Signal(str)                     # a sentence

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._worker = Worker("backup", self)
        self._busy = False
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK)

    def look(self) -> None:
        """Make a copy if one is due."""
        with suppress(OSError):
            if not self._busy and backups.due(self._window.drafts.file):
                self.make()

    def make(self) -> None:
        if self._busy:
            return
        self._busy = True
        file, second = self._window.drafts.file, self._window.second_place
        self._worker.run(lambda: backups.make(file, second), self._done, self._failed)

    def _done(self, copy: object) -> None:
        self._busy = False
        self.made.emit(copy)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        sentence = error.sentence if isinstance(error, UserError) else f"备份没有做成（{error}）。草稿照常保存。"
        self.failed.emit(sentence)

    def stop(self) -> None:
        """No more looks."""
        self._timer.stop()

    def wait(self) -> None:
        """Until the copy that is being made is made; from any thread."""
        self._worker.wait()
