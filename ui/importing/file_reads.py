"""Reads files one after another off the window's thread; it can be stopped at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from govdesk.base.errors import Stopped, UserError, sentence_of
from govdesk.importing.review import FileReading
from ui.common.worker import Worker


class RefusedFile(NamedTuple):
    """A file that could not be read, and why."""

    sentence: str


Came = FileReading | RefusedFile | None      # None: not for the page of imports


class FileReads(QObject):
    """A run over some files. What is stopped is heard of no more; the file that is being read is let go."""

    began = Signal(int)                      # number of the file, from 0
    came = Signal(int, object)               # its number, Came
    paged = Signal(int, int)                 # the page that is being read, of how many
    over = Signal()                          # the last is read
    _reached = Signal(int, int)              # the same, said by the thread

    def __init__(self, paths: Sequence[Path], worker: Worker, is_wanted: Callable[[], bool], parent: QObject) -> None:
        """`worker`: has no other work; `is_wanted`: asked by its thread whether anybody waits still."""
        super().__init__(parent)
        self.paths = list(paths)
        self.is_stopped = False
        self._worker, self._is_wanted = worker, is_wanted
        self._reached.connect(self._tell_page, Qt.ConnectionType.QueuedConnection)

    def start(self, number: int = 0) -> None:
        """Reads from this file on."""
        from govdesk.drafts.imported import read_foreign

        if self.is_stopped:
            return
        if number >= len(self.paths):
            self.over.emit()
            return
        path = self.paths[number]
        self.began.emit(number)
        self._worker.run(lambda: read_foreign(path, self._go_on), lambda found: self._tell(number, found),
                         lambda error: self._refuse(number, error))

    def _go_on(self, page: int, count: int) -> None:
        """Called by the thread."""
        if self.is_stopped or not self._is_wanted():
            raise Stopped
        self._reached.emit(page, count)

    def _tell_page(self, page: int, count: int) -> None:
        if not self.is_stopped:
            self.paged.emit(page, count)

    def stop(self) -> None:
        """Reads no further file and tells of none."""
        self.is_stopped = True

    def _tell(self, number: int, found: Came) -> None:
        if not self.is_stopped:
            self.came.emit(number, found)
            self.start(number + 1)

    def _refuse(self, number: int, error: BaseException) -> None:
        if isinstance(error, UserError):
            self._tell(number, RefusedFile(sentence_of(error)))
            return
        if isinstance(error, Stopped):
            return
        self.stop()
        raise error                              # to the catcher of errors that nobody foresaw
