"""The find bar in a wizard: made when it is first asked for, fed with what is selected, led to what is found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from govdesk.form.cover_keys import COVER_WORDS
from govdesk.texts.text_search import TextHit
from ui.pages.cover_page import CoverPage
from ui.wizard.find_bar import FindBar, SearchMemory
from ui.wizard.page_stack import PageStack


class TextFinder(QObject):
    """Ctrl+F, Ctrl+H, F3 and Shift+F3 of one wizard. The bar comes into `foot`."""

    def __init__(self, stack: PageStack, foot: QVBoxLayout, memory: SearchMemory) -> None:
        super().__init__(stack)
        self._stack, self._foot, self._memory = stack, foot, memory
        stack.moved.connect(self._follow)
        self.bar: FindBar | None = None

    def find(self, *, replacing: bool = False) -> None:
        """Open the bar with the words that are selected in a text."""
        self._stack.commit()
        field = self._stack.current.text_field()
        self._make_bar().open_with(field.chosen_words() if field and not self._is_in_bar() else "", replacing=replacing)

    def step(self, by: int) -> None:
        """F3: on to the next place; without words to look for they are asked for, and where they are nowhere that is
        said."""
        bar = self._make_bar()
        if bar.field.text():
            bar.step(by)
        if not bar.found and not bar.isVisible():
            self.find()

    def _make_bar(self) -> FindBar:
        if self.bar is None:
            self.bar = FindBar(self._stack.editor, self._cursor, self._memory)
            self.bar.wanted.connect(self._show)
            self.bar.closed.connect(self._leave)
            self._foot.addWidget(self.bar)
        return self.bar

    def _follow(self) -> None:
        """Another page is another 这一段."""
        if self.bar is not None and self.bar.here_only.box.isChecked():
            self.bar.search_again()

    def _leave(self) -> None:
        field = self._stack.current.text_field()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._stack.take_focus()

    def _is_in_bar(self) -> bool:
        focused = QApplication.focusWidget()
        return self.bar is not None and focused is not None and self.bar.isAncestorOf(focused)

    def _cursor(self) -> tuple[str, int, int]:
        page = self._stack.current
        field = page.text_field()
        if field is not None:
            return (str(page.place()), *field.chosen_range())
        return (COVER_WORDS[0] if isinstance(page, CoverPage) else "", 0, 0)

    def _show(self, hit: TextHit) -> None:
        """The keys stay where they are: in the bar, or in the text."""
        focused = QApplication.focusWidget() if self._is_in_bar() else None
        if self._stack.current.place() != hit.text:
            self._stack.go_to(hit.text)
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        field = self._stack.current.text_field()
        if field is not None:
            field.choose_range(hit.start, hit.end)
