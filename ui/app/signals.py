"""Signals of the system (Ctrl+C in the terminal, SIGTERM, SIGHUP, SIGBREAK), heard in the event loop.

Python would raise, or call a handler, between any two steps of whatever is running: in a slot half done. Here the
handler only notes the signal; a pipe wakes the event loop, and what is to be done is done there, once.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")       # those that there are on a system
_BUFFER = 4096
_LOOK = 500                                  # ms between two looks, where nothing wakes the event loop


def catch() -> None:
    """From here on a signal is noted and ends nothing by itself."""
    for number in _numbers():
        signal.signal(number, _note)


def _note(_number: int, _frame: FrameType | None) -> None:
    Signals.came = True


def ignore() -> None:
    """The program is ending as it was asked to; more of the same changes nothing."""
    signal.set_wakeup_fd(-1)
    for number in _numbers():
        signal.signal(number, signal.SIG_IGN)


def _numbers() -> list[signal.Signals]:
    return [getattr(signal, name) for name in NAMES if hasattr(signal, name)]


class Signals(QObject):
    """Says in the event loop that a signal came; a burst is one."""

    heard = Signal()
    came = False                             # whether one of them was received

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writing = -1
        if sys.platform == "win32":          # Qt watches no pipe there; a signal needs a console, which few have
            timer = QTimer(self)
            timer.timeout.connect(self._hear)
            timer.start(_LOOK)
        else:
            self._watch_pipe()
        catch()
        if self._writing >= 0:
            signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)

    def _watch_pipe(self) -> None:
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)

    def again(self) -> None:
        """Say it once more, when the event loop runs: it came before anybody listened."""
        QTimer.singleShot(0, self, self._hear)

    def _drain(self) -> None:
        with suppress(OSError):
            os.read(self._reading, _BUFFER)
        self._hear()

    def _hear(self) -> None:
        if Signals.came:
            self.heard.emit()
