"""Lets what nobody sees wait: a page that another page lies over is written when it comes to the front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class InSight(QObject):
    """Calls `act` at once while its widget is visible, else once when it is shown next.

    What stands on the screen is true at every moment; a key in a table writes nothing on the pages below. `act` must
    not hide its own widget: a hidden one is not brought up to date."""

    def __init__(self, act: Callable[[], object], widget: QWidget) -> None:
        super().__init__(widget)
        self._act, self._widget, self._stale = act, widget, False
        widget.installEventFilter(self)

    def follow(self, *_: object) -> None:
        """Connect this to the signal that says that something has changed."""
        self._stale = not self._widget.isVisible()
        if not self._stale:
            self._act()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self._stale:
            self._stale = False
            self._act()
        return False
