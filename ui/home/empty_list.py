"""Shows, in place of an empty list of drafts, that it is empty and how to go on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.basics import clear_layout, make_button, make_label

Way = tuple[str, Callable[[], object]]


class EmptyList(QWidget):
    """A sentence at two fifths of the height, and below it the ways on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        self._words = make_label("", "heading", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(24)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addLayout(self._ways)
        column.addStretch(3)
        self.hide()

    def say(self, words: str, ways: list[Way]) -> None:
        """Show the sentence and the ways; “” hides it."""
        self._words.setText(words)
        clear_layout(self._ways)
        self._ways.addStretch(1)
        for way in ways:
            self._ways.addWidget(make_button(*way, "link"))
        self._ways.addStretch(1)
        self.setVisible(bool(words))
