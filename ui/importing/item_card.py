"""The cell that is being looked at: what was read and why it is in doubt, and the three ways to decide on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.base.numerals import NumeralError, Value, parse_value
from ui.widgets.basics import fill_with_column, make_button, make_card, make_label, say_aloud
from ui.widgets.word_edit import WordLineEdit

NO_FIGURE = "请先填数，或按“采用”“留空”。"


class ItemCard(QWidget):
    """It decides nothing itself; Enter alone takes no figure that is in doubt."""

    taken = Signal()
    mended = Signal(object)                  # Value
    blanked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = True
        sheet, inside = make_card(margins=(12, 10, 12, 10), spacing=5)
        self.title = make_label("", "heading", wrap=True)
        self.place = make_label("", "quiet", wrap=True)
        self.reason = make_label("", "note", wrap=True)
        self.refusal = make_label("", "off", wrap=True)
        for words in (self.title, self.place, self.reason, self.refusal):
            inside.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.take_button = make_button("采用", self.taken.emit)
        self.figure = WordLineEdit()
        self.figure.setAccessibleName("改为")
        self.figure.setPlaceholderText("另一个数")
        self.figure.setMinimumWidth(64)
        self.figure.returnPressed.connect(self._mend)
        self.mend_button = make_button("改为", self._mend)
        self.blank_button = make_button("留空", self.blanked.emit)
        for button in (self.take_button, self.mend_button, self.blank_button):
            button.setProperty("role", "low")
        row.addWidget(self.take_button)
        row.addWidget(self.figure, 1)
        row.addWidget(self.mend_button)
        row.addWidget(self.blank_button)
        self._ways = QWidget()
        self._ways.setLayout(row)
        row.setContentsMargins(0, 2, 0, 0)
        inside.addWidget(self._ways)
        fill_with_column(self).addWidget(sheet)

    def show_item(self, title: str, place: str, reason: str) -> None:
        """What is looked at now; “” where there is nothing to say."""
        for label, words in ((self.title, title), (self.place, place), (self.reason, reason), (self.refusal, "")):
            label.setText(words)
            label.setVisible(bool(words))
        self.figure.clear()
        self.setAccessibleName("，".join(filter(None, (title, place, reason))))
        if title:
            say_aloud(self)

    def set_ways(self, *, take: bool, mend: bool, blank: bool, whole: bool = True) -> None:
        """Which of the three there are. `whole`: the figure has no decimals."""
        self._whole = whole
        self.take_button.setVisible(take)
        for part in (self.figure, self.mend_button):
            part.setVisible(mend)
        self.blank_button.setVisible(blank)
        self._ways.setVisible(take or mend or blank)

    def _mend(self) -> None:
        text = self.figure.text().strip()
        value: Value | None = None
        reason = NO_FIGURE
        if text:
            try:
                value = parse_value(text, whole=self._whole)
            except NumeralError as error:
                reason = str(error)
        if value is None:
            self.refusal.setText(reason)
            self.refusal.show()
            self.figure.setFocus()
            return
        self.mended.emit(value)
