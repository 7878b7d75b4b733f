"""What may follow a keystroke a moment later: words beside the table, never the table, its chips or the status line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PATIENCE = 40                                # ms; 0: at once


class Later(QTimer):
    """Calls `act` once for all calls of it that follow each other within the patience: a figure is painted before its
    words, and while keys come faster than anybody reads the next figure waits for no words of the last one."""

    def __init__(self, act: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self.setSingleShot(True)
        self.timeout.connect(self.now)

    def __call__(self) -> None:
        if PATIENCE == 0:
            self.now()
        else:
            self.start(PATIENCE)

    def now(self) -> None:
        self.stop()
        self._act()
