"""A sentence beside a cell: why what was typed is kept out, or what was made of it. It goes with the next key or
click."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ui.common import theme

GAP, WIDEST = 4, 320
LASTS_MS = 6000                              # ms of what is said of something done


class Callout(QLabel):
    """Lies in the table's own area, so that it scrolls with its cell and never takes the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._held = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.hide)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, text: str, cell: QRect, *, calm: bool = False, passing: bool = False) -> None:
        """`calm`: nothing is wrong. `passing`: it goes by itself after some seconds; it covers cells."""
        self._clock.stop()
        if passing:
            self._clock.start(LASTS_MS)
        c = theme.current_colours()
        ground, ink, edge = ((c.accent_ground, c.text, c.accent) if calm else (c.off_ground, c.off, c.off_frame))
        sheet = (f"QLabel {{ background: {ground}; color: {ink}; border: 1px solid {edge};"
                 " border-radius: 4px; padding: 4px 8px; font-size: 13px; }")
        if sheet != self.styleSheet():       # a style sheet is dear, and a total asks again at each key
            self.setStyleSheet(sheet)
        self.setText(text)
        self._size()
        self.setGeometry(self._beside(cell))
        self.show()
        self.raise_()

    def hold(self) -> None:
        """The very click that left the cell must not take the sentence away again."""
        self._held = True
        QTimer.singleShot(0, self, self._let_go)

    def dismiss(self) -> None:
        if not self._held:
            self.hide()

    def _let_go(self) -> None:
        self._held = False

    def _size(self) -> None:
        self.setWordWrap(False)
        width = self.sizeHint().width()
        self.setWordWrap(True)
        width = min(width, WIDEST)
        self.resize(width, self.heightForWidth(width))

    def _beside(self, cell: QRect) -> QRect:
        """Right of the cell, else left of it; below where neither has room."""
        parent = self.parentWidget()
        assert parent is not None
        room = parent.rect()
        at = QRect(self.rect())
        at.moveTopLeft(cell.topRight())
        at.translate(GAP, (cell.height() - at.height()) // 2)
        if at.right() > room.right():
            at.moveRight(cell.left() - GAP)
        if at.left() < room.left():
            at.moveTopLeft(cell.bottomLeft())
            at.translate(0, GAP)
        at.moveTop(max(room.top(), min(at.top(), room.bottom() - at.height())))
        return at
