"""Small pieces that several pages are made of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text: what a clerk typed may stand in it, so it is never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, act: Callable[[], object], role: str = "") -> QPushButton:
    made = QPushButton(text)
    made.clicked.connect(lambda: act())      # noqa: PLW0108  # clicked has an argument, which is not for `act`
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        made.setProperty("role", role)
    return made


def card(*, margins: tuple[int, int, int, int] = (16, 14, 16, 14), spacing: int = 6) -> tuple[QFrame, QVBoxLayout]:
    """A card and its column."""
    made = QFrame()
    made.setProperty("role", "card")
    column = QVBoxLayout(made)
    column.setContentsMargins(*margins)
    column.setSpacing(spacing)
    return made, column


def hair_line(parent: QWidget | None = None) -> QFrame:
    made = QFrame(parent)
    made.setFixedHeight(1)
    made.setProperty("role", "hair")
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and drop it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def bar(role: str, height: int) -> QWidget:
    """A strip across the window; a plain QWidget paints its style sheet's ground only when told to."""
    made = QWidget()
    styled(made, role)
    made.setFixedHeight(height)
    return made


def styled(widget: QWidget, role: str) -> None:
    """Give a widget a role of the style sheet, with the ground that goes with it."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("role", role)


def set_role(widget: QWidget, role: str) -> None:
    """Change a widget's role in the style sheet."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().polish(widget)
