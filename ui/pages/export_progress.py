"""How far an export is, and the way to stop it."""

from __future__ import annotations

import threading
from contextlib import suppress

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from govdesk.typeset.watch import Watch
from ui.widgets.basics import make_button, make_label

WORTH_SHOWING = 300                          # ms after which an export shows how far it is


class ExportProgress(QWidget):
    """Hidden until an export takes longer than a blink."""

    _told = Signal(int, object)              # pages done, of how many (None: not known yet)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self.left = False                    # the page is left: nobody looks any more
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._words = make_label("", "quiet")
        row.addWidget(self._bar, 1)
        row.addWidget(self._words)
        self.stop_button = make_button("停止", self._stop.set)
        row.addWidget(self.stop_button)
        self.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.show)
        self._told.connect(self._show_pages)

    def begin(self) -> Watch:
        """Start from nothing; return what the export tells its pages and asks whether to stop."""
        self._stop.clear()
        self._bar.setRange(0, 0)
        self._words.setText("")
        self._soon.start(WORTH_SHOWING)
        return Watch(self.tell, self._stop.is_set)

    def end(self) -> None:
        """Hide, whatever came of the export."""
        self._soon.stop()
        self.hide()

    def tell(self, done: int, whole: int | None) -> None:
        """In the worker; the page may be gone, or just going: then PySide knows its signal, but not what it carries."""
        if not self.left:
            with suppress(RuntimeError, TypeError):
                self._told.emit(done, whole)

    def _show_pages(self, done: int, whole: object) -> None:
        self._bar.setRange(0, whole if isinstance(whole, int) else 0)
        self._bar.setValue(done)
        self._words.setText(f"第 {done} 页，共 {whole} 页" if whole else f"正在排第 {done} 页")
