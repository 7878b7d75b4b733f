"""Where a reason is written: a field that wraps and grows with what stands in it; Enter takes the reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.widgets.word_edit import PageWordsMixin

LEAST, MOST = 2, 6                           # lines that are in sight; beyond them it scrolls
EDGES = 26                                   # pixels of frame, padding and margins above and below the lines


class ReasonEdit(PageWordsMixin, QPlainTextEdit):
    """A reason is one paragraph: a line end that is pasted becomes a blank."""

    taken = Signal()                         # Enter

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName("理由")
        self.setProperty("role", "reason")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(text)
        self.textChanged.connect(self._fit)
        self._fit()

    def text(self) -> str:
        return self.toPlainText().replace("\n", " ")

    def setText(self, text: str) -> None:
        """Another text as a whole, the cursor behind it."""
        self.setPlainText(text)
        self.moveCursor(self.textCursor().MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()                   # out of the panel, as from its buttons
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = max(LEAST, min(MOST, round(self.document().size().height())))     # Qt counts lines here, not pixels
        wanted = lines * self.fontMetrics().lineSpacing() + EDGES
        if wanted != self.height() or wanted != self.minimumHeight():
            self.setFixedHeight(wanted)
