"""When the first frame is painted, counted from the start of the process."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Notes when a widget is first painted, in milliseconds from the start of the process."""

    def __init__(self, watched: QWidget, tell: Callable[[float], object] | None = None) -> None:
        super().__init__(watched)
        self._tell = tell
        self.after_ms: float | None = None
        self._names = watched
        QApplication.instance().installEventFilter(self)     # type: ignore[union-attr]

    def eventFilter(self, target: QObject, event: QEvent) -> bool:
        if (self.after_ms is None and event.type() == QEvent.Type.Paint and isinstance(target, QWidget)
                and self._names.isAncestorOf(target)):
            self.after_ms = process_age_ms()
            if self._tell:                   # when the whole frame is painted
                QTimer.singleShot(0, lambda: self._tell(process_age_ms()))    # type: ignore[misc]
        return False


def process_age_ms() -> float:
    """Milliseconds since this process was started, by the system's own record where it keeps one."""
    if sys.platform == "win32":
        return _age_on_windows()
    try:
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        ticks = os.sysconf("SC_CLK_TCK")
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - int(fields[19]) / ticks) * 1000
    except (OSError, ValueError, IndexError, AttributeError):
        return time.process_time() * 1000


def _age_on_windows() -> float:
    import ctypes
    from ctypes import wintypes

    times = [wintypes.FILETIME() for _ in range(4)]
    kernel = ctypes.windll.kernel32          # type: ignore[attr-defined]
    kernel.GetProcessTimes(wintypes.HANDLE(-1), *(ctypes.byref(t) for t in times))
    created = (times[0].dwHighDateTime << 32 | times[0].dwLowDateTime) / 10_000_000 - 11_644_473_600
    return (time.time() - created) * 1000
