"""Where the focus is, as one sees it: in the window, within what scrolls, and painted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QTextEdit, QWidget

LEAST_PIXELS = 12                            # a caret has as many
LEAST_CONTRAST = 24                          # of 255, in one of the three colours
EDGE = 3                                     # pixels around a control that its sign may take


def place_of(widget: QWidget) -> QRect:
    """The part of a control that says where the focus is: of a table its cell, of a text its line, else all of it; in
    the window's pixels."""
    box = widget.rect()
    if isinstance(widget, QAbstractItemView):
        box = widget.visualRect(widget.currentIndex()) if widget.currentIndex().isValid() else widget.viewport().rect()
        box.translate(widget.viewport().pos())
    elif isinstance(widget, QTextEdit) and not widget.isReadOnly():
        box = widget.cursorRect().translated(widget.viewport().pos())
    return QRect(widget.mapTo(widget.window(), box.topLeft()), box.size())


def hidden_part(widget: QWidget) -> str:
    """What hides the focus, “” where it is in sight."""
    if not widget.isVisible():
        return "not shown"
    place, around = place_of(widget), widget
    while around is not None and around is not widget.window():
        if isinstance(around.parentWidget(), QAbstractScrollArea) and (around is around.parentWidget().viewport()):
            room = QRect(around.mapTo(widget.window(), QPoint()), around.size())
            if not _shows(room, place):
                return f"scrolled out of {type(around.parentWidget()).__name__}"
        around = around.parentWidget()
    return "" if _shows(widget.window().rect(), place) else "outside the window"


def _shows(room: QRect, place: QRect) -> bool:
    """All of it, or, where there is not the room, its beginning or a full view of it."""
    seen = room.intersected(place)
    high = seen.height() >= min(place.height(), room.height()) - 1
    return high and seen.width() >= min(place.width(), room.width()) - 1


def has_sign(widget: QWidget) -> bool:
    """Whether a control is painted otherwise with the focus than without it."""
    window = widget.window()
    box = place_of(widget).adjusted(-EDGE, -EDGE, EDGE, EDGE).intersected(window.rect())
    QApplication.processEvents()
    with_focus = window.grab(box).toImage()
    widget.clearFocus()
    QApplication.processEvents()
    without = window.grab(box).toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return _count_differing(with_focus, without) >= LEAST_PIXELS


def _count_differing(one: QImage, other: QImage) -> int:
    """How many colours of pixels differ enough to be seen."""
    apart = one.convertToFormat(QImage.Format.Format_RGB888)
    painter = QPainter(apart)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, other)
    painter.end()
    return len(bytes(apart.constBits()).translate(None, bytes(range(LEAST_CONTRAST))))
