"""The one combo box of the program, by itself, because the first page has none. No other module makes a field that Qt
would turn with the wheel (a test looks)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QListView, QWidget

from ui.common.theme import current_colours


class Combo(QComboBox):
    """A combo box with a quiet arrow; scrolling past it changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._label: QLabel | None = None
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setView(QListView(self))        # Qt's own list ignores the style sheet's heights
        self.setMaxVisibleItems(20)

    def set_name(self, name: str) -> None:
        """Name the box for a screen reader. On Linux Qt says the choice in place of the name, and the label beside it:
        a box has one though it is not to be seen."""
        self.setAccessibleName(name)
        self._label = QLabel(name)
        self._label.setBuddy(self)
        self._place_label()

    def _place_label(self) -> None:
        if self._label is not None:
            self._label.setParent(self.parentWidget())
            self._label.hide()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.ParentChange:
            self._place_label()
        return done

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_colours()["quiet"], 1.4))
        middle = QPointF(self.width() - 16, self.height() / 2)
        painter.drawPolyline([middle + QPointF(-4, -2), middle + QPointF(0, 2), middle + QPointF(4, -2)])

    def showPopup(self) -> None:
        """All the lines: Qt reckons the height without the style sheet's."""
        super().showPopup()
        view, popup = self.view(), self.view().window()
        lines = min(self.count(), self.maxVisibleItems())
        short = sum(view.sizeHintForRow(row) for row in range(lines)) + 2 * view.frameWidth() - view.viewport().height()
        if short > 0 and popup is not self.window():
            place, room = popup.geometry(), self.screen().availableGeometry()
            place.setHeight(place.height() + short)
            if place.bottom() > room.bottom():
                place.moveBottom(room.bottom())
            popup.setGeometry(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page below, whether the box has the focus or not."""
        event.ignore()
