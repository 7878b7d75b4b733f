"""Sizes of windows that every page must fit, and waiting until a window is at rest."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from tests.ui.walking import settle

SIZES = ((1366, 768), (1093, 614), (911, 512))


def cut_off(root: QWidget) -> Iterator[str]:
    """Labels and buttons that have less room than their words want, or hang over an edge that nothing scrolls."""
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, (QLabel, QPushButton)) or not widget.text() or not widget.isVisibleTo(root):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            if widget.height() < widget.heightForWidth(widget.width()):
                yield f"{widget.text()[:24]}: {widget.height()} of {widget.heightForWidth(widget.width())} px high"
        elif widget.width() < widget.minimumSizeHint().width() or widget.height() < widget.sizeHint().height():
            yield f"{widget.text()[:24]}: {widget.size().toTuple()} of {widget.sizeHint().toTuple()}"
        if not _scrolls(widget, root) and not root.rect().contains(widget.mapTo(root, QPoint(0, 0))):
            yield f"{widget.text()[:24]}: outside"


def _scrolls(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, QScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def at_rest(root: QWidget) -> list[str]:
    """What is cut off when the layout has come to rest: on a busy machine that takes a while."""
    for _ in range(40):
        if not list(cut_off(root)):
            return []
        settle(50)
    return list(cut_off(root))
