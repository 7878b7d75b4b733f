"""The steps from a page to the next one and back: below the page by their names, or in the row of its heading."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.session.steps import Page, Step
from ui.widgets.basics import button, set_role

Place = tuple[Step, Page]
HEIGHT, LOW = 42, 28


class StepBar(QWidget):
    """Two buttons; Tab comes to them from the last field of the page. In a heading the name of the page to which one
    leads is its tooltip."""

    wanted = Signal(int)                     # 1: the next page, -1: the one before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = False
        self._row = QHBoxLayout(self)
        self.next_button = button("", lambda: self.wanted.emit(1))
        self.last_button = button("", lambda: self.wanted.emit(-1), "link")
        self._row.addWidget(self.last_button)
        self._row.addStretch(1)
        self._row.addWidget(self.next_button)
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Whether the buttons stand in a heading."""
        self._low = low
        self._row.setContentsMargins(*((0, 0, 0, 0) if low else (0, 8, 8, 0)))
        self.setFixedHeight(LOW if low else HEIGHT)
        set_role(self.next_button, "low" if low else "")

    def show_place(self, before: Place | None, at: Place, after: Place | None) -> None:
        """What lies on either side; the last page has its own end."""
        for one, words, key, place in ((self.last_button, "上一步", "Ctrl+PgUp", before),
                                       (self.next_button, "下一步", "Ctrl+PgDn", after)):
            one.setVisible(place is not None)
            if place is not None:
                whole = f"{words}：{_name(place, at)}"
                one.setText(words if self._low else whole)
                one.setAccessibleName(whole)
                one.setToolTip(f"{whole}（{key}）" if self._low else key)

    def follow(self, page: QWidget) -> None:
        """Tab leads from the last field of a page to the next one."""
        last, one = page, page.nextInFocusChain()
        while one is not page:
            if page.isAncestorOf(one) and not self.isAncestorOf(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = one
            one = one.nextInFocusChain()
        if last is not page:
            QWidget.setTabOrder(last, self.next_button)
            QWidget.setTabOrder(self.next_button, self.last_button)


def _name(place: Place, at: Place) -> str:
    """Of a page of the same step its own name, else the step's."""
    return place[1].name if place[0].id == at[0].id else place[0].name
