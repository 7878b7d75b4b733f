"""Debounces what may follow a keystroke a moment later: words beside the table, never the table, its check or the
indicator of the cross-check."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

PAUSE_MS = 40                                # ms; 0: at once
AFTER_FRAME_MS = 20                          # ms: what would hold up the first frame follows it
MAX_DELAY_MS = 400                           # ms that words may lag behind, however fast the keys come


class Debounced(QTimer):
    """Calls `act` once for all calls of it that follow each other within the patience: a figure is painted before its
    words, and while keys come faster than anybody reads the next figure waits for no words of the last one.

    Words that promise something (可以送审, 没有空白) never lag: whoever shows them calls `now`."""

    def __init__(self, act: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._act, self._waiting = act, QElapsedTimer()
        self.setSingleShot(True)
        self.timeout.connect(self.now)

    def __call__(self) -> None:
        if not self._waiting.isValid():
            self._waiting.start()
        if PAUSE_MS == 0 or self._waiting.elapsed() >= MAX_DELAY_MS:
            self.now()
        else:
            self.start(PAUSE_MS)

    def now(self) -> None:
        self.stop()
        self._waiting.invalidate()
        self._act()
