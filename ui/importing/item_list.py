"""A list of things to look at, one after another by F8; each row says what it is and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ui.widgets.basics import make_bare


class ListedItem(NamedTuple):
    """A row: its words, whether it is open still, and what it says in full."""

    words: str
    is_open: bool
    tip: str = ""


class ItemList(QListWidget):
    """Rows keep their number; what they say may change."""

    chosen = Signal(int)                     # the row at the cursor
    entered = Signal()                       # Enter on a row

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_bare(self, name)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._items: list[ListedItem] = []
        self.currentRowChanged.connect(self._tell)
        self.itemActivated.connect(lambda _: self.entered.emit())

    def show_items(self, items: Sequence[ListedItem]) -> None:
        """Writes all rows; where there are as many as before the cursor stays."""
        same = len(items) == self.count()
        for row, item in enumerate(items):
            if not same and row >= self.count():
                self.addItem(QListWidgetItem())
            held = self.item(row)
            if not same or self._items[row] != item:
                held.setText(item.words)
                held.setToolTip(item.tip)
        while self.count() > len(items):
            self.takeItem(self.count() - 1)
        self._items = list(items)

    def _tell(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def step(self, by: int) -> bool:
        """To the next (1) or last (-1) row that is open, around the end. False where none is."""
        count, now = self.count(), self.currentRow()
        for distance in range(1, count + 1):
            row = (now + by * distance) % count
            if self._items[row].is_open:
                self.setCurrentRow(row)
                self.scrollToItem(self.item(row))
                return True
        return False

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
