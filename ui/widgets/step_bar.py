"""The end of a page: on to the next one, by its name, and back to the one before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.session.steps import Step, StepPage
from ui.widgets.basics import make_button

StepPlace = tuple[Step, StepPage]
BAR_HEIGHT = 42


class StepBar(QWidget):
    """Two buttons below every page; Tab comes to them from the last field."""

    wanted = Signal(int)                     # 1: the next page, -1: the one before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(BAR_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 8, 0)
        self.next_button = make_button("", lambda: self.wanted.emit(1))
        self.next_button.setToolTip("Ctrl+PgDn")
        self.last_button = make_button("", lambda: self.wanted.emit(-1), "link")
        self.last_button.setToolTip("Ctrl+PgUp")
        row.addWidget(self.last_button)
        row.addStretch(1)
        row.addWidget(self.next_button)

    def show_place(self, before: StepPlace | None, at: StepPlace, after: StepPlace | None) -> None:
        """What lies on either side; the last page has its own end."""
        for one, words, place in ((self.last_button, "上一步", before), (self.next_button, "下一步", after)):
            one.setVisible(place is not None)
            if place is not None:
                one.setText(f"{words}：{_name(place, at)}")

    def follow(self, page: QWidget) -> None:
        """Tab leads from the last field of a page to the next one."""
        last, one = page, page.nextInFocusChain()
        while one is not None and one is not page:
            if page.isAncestorOf(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = one
            one = one.nextInFocusChain()
        if last is not page:
            QWidget.setTabOrder(last, self.next_button)
            QWidget.setTabOrder(self.next_button, self.last_button)


def _name(place: StepPlace, at: StepPlace) -> str:
    """Of a page of the same step its own name, else the step's."""
    return place[1].name if place[0].id == at[0].id else place[0].name
