"""The find bar in a wizard: made when it is first asked for, fed with what is selected, led to what is found."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from govdesk.texts.text_search import TextHit
from ui.wizard.find_bar import FindBar
from ui.wizard.page_stack import PageStack


class TextFinder(QObject):
    """Ctrl+F, Ctrl+H, F3 and Shift+F3 of one wizard. The bar comes into `foot`."""

    def __init__(self, stack: PageStack, foot: QVBoxLayout) -> None:
        super().__init__(stack)
        self._stack, self._foot = stack, foot
        self.bar: FindBar | None = None

    def find(self, *, replacing: bool = False) -> None:
        """Open the bar with the words that are selected in a text."""
        if self.bar is None:
            self.bar = FindBar(self._stack.editor, self._cursor)
            self.bar.wanted.connect(self._show)
            self.bar.closed.connect(self._leave)
            self._foot.addWidget(self.bar)
        self._stack.commit()
        field = self._stack.current.text_field()
        self.bar.open_with(field.chosen_words() if field and not self._is_in_bar() else "", replacing=replacing)

    def step(self, by: int) -> None:
        """F3: on to the next place; without words to look for they are asked for."""
        if self.bar is None or not self.bar.field.text():
            self.find()
        else:
            self.bar.step(by)

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
        return (str(page.place()), *field.chosen_range()) if field else ("", 0, 0)

    def _show(self, hit: TextHit) -> None:
        """The keys stay where they are: in the bar, or in the text."""
        if self._stack.current.place() != hit.text:
            self._stack.enter_item(hit.text, focus=not self._is_in_bar())
        field = self._stack.current.text_field()
        if field is not None:
            field.choose_range(hit.start, hit.end)
