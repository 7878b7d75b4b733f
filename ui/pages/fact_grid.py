"""Lays out the fields of the cover: two beside each other where there is room, each with its note close below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from ui.widgets.basics import make_label

NAME_WIDTH = 70                              # pixels: four characters and the mark of what is required
REQUIRED_MARK = " *"
WIDEST_FIELD, NARROWEST_FIELD = 300, 190     # pixels
NOTE_GAP, ROW_GAP, COLUMN_GAP = 4, 14, 28    # pixels
BESIDE_FROM = 640                            # pixels from which two fields stand beside each other


class FactGrid(QWidget):
    """A field is added with its name; the order in which they are added is the order of Tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(COLUMN_GAP)
        self._grid.setVerticalSpacing(ROW_GAP)

    def add_fact(self, name: str, field: QWidget, note: QLabel | None = None, *, width: int = 0,
                 beside: QWidget | None = None, below: QWidget | None = None, required: bool = False) -> None:
        """Add a field. `required`: it is marked, also to who cannot see it. `width`: its own, where it does not take
        the room there is; `beside` and `below`: what stands to its right and in the line of its note."""
        words = make_label(f"{name}{REQUIRED_MARK}" if required else name)
        words.setBuddy(field)
        field.setAccessibleName(name)
        if required:
            said = field.accessibleDescription()
            field.setAccessibleDescription(f"必填。{said}" if said else "必填")
        if width:
            field.setFixedWidth(width)
        else:
            field.setMinimumWidth(NARROWEST_FIELD)
            field.setMaximumWidth(WIDEST_FIELD)
        self._facts.append(_lay_out(words, field, note, beside, below))
        self._arrange(self._columns or 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        columns = 2 if event.size().width() >= BESIDE_FROM else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange(columns)
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        for number, fact in enumerate(self._facts):
            self._grid.addWidget(fact, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _lay_out(words: QLabel, field: QWidget, note: QLabel | None, beside: QWidget | None, below: QWidget | None
             ) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(NOTE_GAP)
    grid.setColumnMinimumWidth(0, NAME_WIDTH)
    grid.setColumnStretch(1, 1)
    grid.addWidget(words, 0, 0)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field)
    if beside is not None:
        row.addWidget(beside)
    if field.minimumWidth() == field.maximumWidth():
        row.addStretch(1)
    grid.addLayout(row, 0, 1)
    under = QHBoxLayout()
    if note is not None:
        under.addWidget(note, 1)
    if below is not None:
        under.addWidget(below)
        under.addStretch(0 if note is not None else 1)
    if under.count():
        grid.addLayout(under, 1, 1)
    return made
