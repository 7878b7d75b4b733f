"""Signals of the system (Ctrl+C in the terminal, SIGTERM, SIGHUP, SIGBREAK), heard in the event loop.

Python would raise, or call a handler, between any two steps of whatever is running: in a slot half done. Here the
handler only notes the signal; a socket wakes the event loop, and what is to be done is done there, once.
"""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")       # those that there are on a system
_BUFFER = 4096


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
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        catch()
        signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)

    def again(self) -> None:
        """Say it once more, when the event loop runs: it came before anybody listened."""
        with suppress(OSError):
            self._writing.send(b"\0")

    def _hear(self) -> None:
        with suppress(OSError):
            self._reading.recv(_BUFFER)
        if Signals.came:
            self.heard.emit()
