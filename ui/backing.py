"""Backups while work goes on: when one is due, in a thread, and what is said where one failed."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from govdesk.errors import UserError
from govdesk.store import backups
from ui.task import Worker

if TYPE_CHECKING:
    from ui.main_window import MainWindow

LOOK = 60_000                                # ms between two looks whether a copy is due
SMALL = 32 * 2**20                           # bytes up to which closing waits for a copy


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

    @property
    def _places(self) -> tuple[Path, Path | None]:
        second = self._window.settings.backup_folder
        return self._window.drafts.file, Path(second) if second else None

    def look(self) -> None:
        """Make a copy if one is due."""
        with suppress(OSError):
            if not self._busy and backups.due(self._places[0]):
                self.make()

    def make(self) -> None:
        if self._busy:
            return
        self._busy = True
        file, second = self._places
        self._worker.run(lambda: backups.make(file, second), self._done, self._failed)

    def _done(self, copy: object) -> None:
        self._busy = False
        self.made.emit(copy)

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        sentence = error.sentence if isinstance(error, UserError) else f"备份没有做成（{error}）。草稿照常保存。"
        self.failed.emit(sentence)

    def close(self) -> str:
        """On leaving the program: what was saved since the last copy is copied. The sentence that says why not."""
        self._timer.stop()
        self._worker.wait()
        file, second = self._places
        try:
            newest = max((c.file.stat().st_mtime for c in backups.all_copies(file) if not c.what), default=0.0)
            if file.stat().st_size <= SMALL and backups.changed_since(file, newest):
                backups.make(file, second)
        except UserError as error:
            return error.sentence
        except OSError:
            return ""                        # the folder is gone; the saving of drafts has said so
        return ""
