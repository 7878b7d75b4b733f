"""The steps from a page to the next one and back: below the page by their names, or in the row of its heading."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.session.steps import Step, StepPage
from ui.widgets.basics import make_button

StepPlace = tuple[Step, StepPage]
BAR_HEIGHT, LOW = 42, 28


class StepBar(QWidget):
    """Two buttons; Tab comes to them from the last field of the page. In a heading the name of the page to which one
    leads is its tooltip."""

    wanted = Signal(int)                     # 1: the next page, -1: the one before

    def __init__(self, parent: QWidget | None = None, *, in_heading: bool = False) -> None:
        super().__init__(parent)
        self._in_heading = in_heading
        self.setFixedHeight(LOW if in_heading else BAR_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(*((0, 0, 0, 0) if in_heading else (0, 8, 8, 0)))
        self.next_button = make_button("", lambda: self.wanted.emit(1), "low" if in_heading else "")
        self.last_button = make_button("", lambda: self.wanted.emit(-1), "link")
        row.addWidget(self.last_button)
        row.addStretch(1)
        row.addWidget(self.next_button)

    def show_place(self, before: StepPlace | None, at: StepPlace, after: StepPlace | None) -> None:
        """What lies on either side; the last page has its own end."""
        for one, words, key, place in ((self.last_button, "上一步", "Ctrl+PgUp", before),
                                       (self.next_button, "下一步", "Ctrl+PgDn", after)):
            one.setVisible(place is not None)
            if place is not None:
                whole = f"{words}：{_name(place, at)}"
                one.setText(words if self._in_heading else whole)
                one.setAccessibleName(whole)
                one.setToolTip(f"{whole}（{key}）" if self._in_heading else key)

    def follow(self, page: QWidget) -> None:
        """Tab leads from the last field of a page to the next one."""
        last, one = page, page.nextInFocusChain()
        while one is not None and one is not page:
            if page.isAncestorOf(one) and not self.isAncestorOf(one) and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = one
            one = one.nextInFocusChain()
        if last is not page:
            QWidget.setTabOrder(last, self.next_button)
            QWidget.setTabOrder(self.next_button, self.last_button)


def _name(place: StepPlace, at: StepPlace) -> str:
    """Of a page of the same step its own name, else the step's."""
    return place[1].name if place[0].id == at[0].id else place[0].name
