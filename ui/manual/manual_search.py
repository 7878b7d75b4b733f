"""Words looked for in all chapters of the manual, one place after another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.basics import make_button, make_label
from ui.widgets.word_edit import WordLineEdit

FIELD_WIDTH = 220                            # pixels


class ManualHits:
    """Where words stand in chapters: (chapter, which of its places), in the order of the manual."""

    def __init__(self, chapters: Sequence[str]) -> None:
        """`chapters` as they are read, without marks of Markdown."""
        self._chapters = [chapter.casefold() for chapter in chapters]

    def of(self, words: str) -> list[tuple[int, int]]:
        wanted = words.strip().casefold()
        if not wanted:
            return []
        return [(at, which) for at, text in enumerate(self._chapters) for which in range(text.count(wanted))]


class SearchField(QWidget):
    """A field, “下一处” and how many places there are; Enter is the next one, Shift+Enter the one before."""

    wanted = Signal(str, int, int)           # the words, the chapter, which of its places

    def __init__(self, chapters: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = ManualHits([_plain(chapter) for chapter in chapters])
        self._found: list[tuple[int, int]] = []
        self._at = -1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.count = make_label("", "quiet")
        row.addWidget(self.count)
        self.field = WordLineEdit()
        self.field.setPlaceholderText("在手册中查找（Ctrl+F）")
        self.field.setAccessibleName("在手册中查找")
        self.field.setClearButtonEnabled(True)
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.textChanged.connect(self._look)
        row.addWidget(self.field)
        self.next_button = make_button("下一处", lambda: self.step(1))
        self.next_button.setEnabled(False)
        row.addWidget(self.next_button)

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _look(self, words: str) -> None:
        """As it is typed: the first place."""
        self._found, self._at = self._hits.of(words), -1
        self.next_button.setEnabled(bool(self._found))
        self.count.setText("" if self._found or not words.strip() else "没有找到")
        self.step(1)

    def step(self, by: int) -> None:
        if not self._found:
            return
        self._at = (self._at + by) % len(self._found)
        self.count.setText(f"第 {self._at + 1} 处，共 {len(self._found)} 处")
        self.wanted.emit(self.field.text().strip(), *self._found[self._at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


def _plain(markdown: str) -> str:
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toPlainText()
