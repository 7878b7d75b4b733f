"""A line that takes so many characters: what is beyond them is left out, and that is said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QLineEdit

from ui.widgets.callout import Callout


class LengthLimit(QObject):
    """Qt cuts what is typed or pasted and tells only that it did."""

    def __init__(self, field: QLineEdit, most: int) -> None:
        super().__init__(field)
        self._field = field
        self._bubble: Callout | None = None
        field.setMaxLength(most)
        field.inputRejected.connect(self._say)

    def _say(self) -> None:
        field, window = self._field, self._field.window()
        if self._bubble is None:
            self._bubble = Callout(window)
            field.destroyed.connect(self._bubble.deleteLater)
            field.installEventFilter(self)
        at = QRect(field.mapTo(window, QPoint(0, 0)), field.size())
        self._bubble.say(f"最多 {field.maxLength()} 字，多出的没有填入", at, passing=True)

    def eventFilter(self, _field: QObject, event: QEvent) -> bool:
        """What is said of a field goes when it is left."""
        if event.type() in (QEvent.Type.Hide, QEvent.Type.FocusOut) and self._bubble is not None:
            self._bubble.hide()
        return False
