"""A box to tick that is seen in every set of colours; Qt's own takes its frame from the ground. By itself, because the
first page has none."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from ui.common.theme import current_colours

GAP = 10                                     # pixels between a box and its words
BOX_SIDE = 20                                # with room for the frame of the focus


class TickBox(QCheckBox):
    """Without words of its own: its name is said to a screen reader, and stands beside it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(BOX_SIDE, BOX_SIDE)

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _: QPaintEvent) -> None:
        c, painter = current_colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(3.5, 3.5, 13, 13)
        on = self.isChecked()
        painter.setPen(QPen(c["accent"] if on else c["quiet"], 1))
        painter.setBrush(c["accent"] if on else c["card"])
        painter.drawRoundedRect(box, 2.5, 2.5)
        if on:
            painter.setPen(QPen(c["on_accent"], 1.8))
            painter.drawPolyline([box.topLeft() + QPointF(x, y) for x, y in ((3, 7), (6, 10), (11, 4))])
        if self.hasFocus():
            painter.setPen(QPen(c["text"], 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(0.5, 0.5, BOX_SIDE - 1, BOX_SIDE - 1), 4, 4)


class TickRow(QWidget):
    """A box with words beside it; a click on them ticks it, too."""

    def __init__(self, name: str, words: QWidget) -> None:
        super().__init__()
        self.box = TickBox(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(GAP)
        row.addWidget(self.box, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.toggle()
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mouseReleaseEvent(event)
