"""Keeps the focus in sight: what has it is scrolled in, and framed where it would not show it (a list, a page that
scrolls, a text to be read, tabs)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QTableView, QWidget
from shiboken6 import isValid

from ui.common.theme import current_colours

FRAMED = ("QScrollArea", "QListView", "QTextBrowser", "QTabBar")     # by name: the first page needs no such type
WIDTH = 2                                    # pixels
MARGIN = 24                                  # pixels around it, of a field around its caret, that come along


class FocusFrame(QWidget):
    """Lies over a widget and lets the mouse through."""

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around.installEventFilter(self)
        self.setGeometry(around.rect())
        self.show()
        self.raise_()

    def eventFilter(self, around: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(around, QWidget):
            self.setGeometry(around.rect())
        return False

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(QColor(current_colours().accent), WIDTH))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)


class FocusInSight(QObject):
    """Follows the focus: scrolls what has it into sight, and puts the frame around it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._frame: FocusFrame | None = None
        app.focusChanged.connect(self._follow)

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None and isValid(self._frame):
            self._frame.deleteLater()
            self._frame.hide()
        self._frame = None
        if now is None:
            return
        if wants_frame(now):
            self._frame = FocusFrame(now)
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:       # else it would move away below the pointer
            QTimer.singleShot(0, now, lambda: scroll_into_sight(now))    # a page that has just come has no layout yet


def scroll_into_sight(widget: QWidget) -> None:
    """Scroll each area around a widget to it. Qt does so for Tab alone."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and not isinstance(widget, QScrollArea):
            around.ensureWidgetVisible(widget, MARGIN, MARGIN)
        around = around.parentWidget()


def wants_frame(widget: QWidget) -> bool:
    """Whether a widget is painted with the focus as it is without it. A table shows it in a cell, where it has one."""
    if widget.window().windowType() == Qt.WindowType.Popup:
        return False                         # the list of an open box: it is all there is
    if isinstance(widget, QTableView):
        return not widget.currentIndex().isValid()
    return any(widget.inherits(kind) for kind in FRAMED)
