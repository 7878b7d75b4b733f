"""The find bar in a wizard: made when it is first asked for, fed with what is selected, led to what is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from govdesk.texts.text_search import Hit
from ui.pages.text_page import TextPage
from ui.text.find_bar import FindBar
from ui.widgets.focus_regions import take_again

if TYPE_CHECKING:
    from ui.wizard.wizard import Wizard


class Finder(QObject):
    """Ctrl+F, Ctrl+H, F3 and Shift+F3 of one wizard."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._wizard = wizard
        self.bar: FindBar | None = None

    def find(self, *, replacing: bool = False) -> None:
        """Open the bar with the words that are selected in a text."""
        if self.bar is None:
            self.bar = FindBar(self._wizard.editor, self._cursor)
            self.bar.wanted.connect(self._show)
            self.bar.closed.connect(self._leave)
            self._wizard.foot.addWidget(self.bar)
        self._wizard.commit()
        page = self._page()
        inside = self._in_bar()
        self.bar.open_with(page.field.chosen_words() if page and not inside else "", replacing=replacing)

    def step(self, by: int) -> None:
        """F3: on to the next place; without words to look for they are asked for."""
        if self.bar is None or not self.bar.field.text():
            self.find()
        else:
            self.bar.step(by)

    def _leave(self) -> None:
        page = self._page()
        if page is not None:
            page.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            take_again(self._wizard.stack.currentWidget())

    def _in_bar(self) -> bool:
        return self.bar is not None and self.bar.isAncestorOf(QApplication.focusWidget() or self._wizard)

    def _page(self) -> TextPage | None:
        shown = self._wizard.stack.currentWidget()
        return shown if isinstance(shown, TextPage) else None

    def _cursor(self) -> tuple[str, int, int]:
        page = self._page()
        return (page.text_id, *page.field.chosen_range()) if page else ("", 0, 0)

    def _show(self, hit: Hit) -> None:
        """The keys stay where they are: in the bar, or in the text."""
        step = next(s for s in self._wizard.steps if any(page.item == hit.text for page in s.pages))
        page = self._page()
        if page is None or page.text_id != hit.text:
            self._wizard.enter(step.id, hit.text, focus=not self._in_bar())
        page = self._page()
        if page is not None:
            page.field.choose_range(hit.start, hit.end)
