"""Live figures offered while typing: behind 〔 by name, behind a number by the cells that hold it.

A list in the text's own area that never takes the focus, so an input method keeps composing; Down and Enter take from
it, Esc closes it. Behind a number nothing is chosen until Down is pressed: Enter stays a new paragraph.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from govdesk.base.numerals import format_value
from govdesk.form.form import Address
from govdesk.report.report import Layer
from govdesk.texts import tokens
from ui.common.theme import current_colours
from ui.editing.bound_fields import TextField
from ui.editing.editor import Editor

MOST, ROW = 6, 26
_NAME = re.compile(r"〔([^〔〕\n]{0,40})\Z")
_NUMBER = re.compile(r"(?<![\d.〔第])([1-9]\d{0,8}(?:\.\d{1,4})?)\Z")


class FigureCompleter(QListWidget):
    """The list below the cursor."""

    turned = Signal(bool)                    # whether it is in sight now

    def __init__(self, editor: Editor, field: TextField, text_id: str) -> None:
        super().__init__(field.viewport())
        self._editor, self._field, self._text_id = editor, field, text_id
        self._start = 0
        self._names = list(editor.form.said.items())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("表中数字")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._take)
        self.hide()
        field.typed_in.connect(self.offer)
        field.composed.connect(self.offer)
        field.cursorPositionChanged.connect(self._follow_cursor)
        field.installEventFilter(self)

    def offer(self) -> None:
        """Show what fits the words before the cursor, or go."""
        before = "" if self._field.composing else self._text_before_cursor()
        name, number = _NAME.search(before), _NUMBER.search(before)
        if name:
            found = sorted((pair for pair in self._names if _fits(name[1], pair[0])),
                           key=lambda pair: not pair[0].endswith("·总计"))
            self._start = name.start()
        elif number:
            found = self._find_equal(number[1], before)
            self._start = number.start(1)
        else:
            found = []
        self._show(found[:MOST], choose=bool(name))

    def _text_before_cursor(self) -> str:
        """The words from the paragraph's beginning to the cursor; “” where the text has marks of its own."""
        text, cursor = self._field.plain(), self._field.textCursor()
        at = self._field.offset(cursor.position())
        if cursor.hasSelection() or re.match(r"[年月日号%％\d.]", text[at:at + 1]):
            return ""
        self._at = at
        return text[:at] if len(text) < 200_000 else ""

    def _find_equal(self, number: str, before: str) -> list[tuple[str, tuple[Address, ...]]]:
        """The cells with this figure, those whose row the sentence names first, then totals."""
        now = self._editor.now
        same = [pair for pair in self._names if len(pair[1]) == 1 and format_value(now.figures[pair[1][0]]) == number]
        said = before[-40:]

        def rank(pair: tuple[str, tuple[Address, ...]]) -> tuple[bool, bool]:
            _, row, column = pair[0].split("·")
            return row not in said and not any(row[i:i + 2] in said for i in range(len(row) - 1)), column != "总计"

        return sorted(same, key=rank)

    def _show(self, found: list[tuple[str, tuple[Address, ...]]], *, choose: bool) -> None:
        self.clear()
        if not found:
            self.hide()
            return
        for name, cells in found:
            figure = tokens.format_terms(self._editor.now.figures, (tokens.Term(1, cells),))
            item = QListWidgetItem(f"{figure}　{name}")
            item.setData(Qt.ItemDataRole.UserRole, f"〔{name}〕")
            self.addItem(item)
        c = current_colours()
        self.setStyleSheet(f"QListWidget {{ background: {c.card}; color: {c.text}; border: 1px solid {c.faint};"
                           " border-radius: 4px; font-size: 13px; } QListWidget::item { padding: 3px 6px; }"
                           f"QListWidget::item:selected {{ background: {c.accent_ground}; color: {c.accent}; }}")
        self.setCurrentRow(0 if choose else -1)
        self.resize(min(380, self._field.viewport().width() - 8), ROW * len(found) + 6)
        at, room = self._field.cursorRect(), self._field.viewport().rect()
        top = at.bottom() + 4 if at.bottom() + 4 + self.height() < room.bottom() else at.top() - self.height() - 4
        self.move(QPoint(max(4, min(at.left(), room.right() - self.width() - 4)), max(0, top)))
        self.show()
        self.raise_()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit(False)

    def _follow_cursor(self) -> None:
        if self.isVisible() and self._field.offset(self._field.textCursor().position()) < self._start:
            self.hide()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if event.type() != QEvent.Type.KeyPress or not self.isVisible() or self._field.composing:
            return False
        assert isinstance(event, QKeyEvent)
        key, row = event.key(), self.currentRow()
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.setCurrentRow((row + (1 if key == Qt.Key.Key_Down else -1)) % self.count())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and row >= 0:
            self._take(self.currentItem())
        else:
            return False
        return True

    def _take(self, item: QListWidgetItem) -> None:
        """Put the token where the number or the beginning of its name stands; one undo step."""
        text = self._field.plain()
        at = self._field.offset(self._field.textCursor().position())
        token = str(item.data(Qt.ItemDataRole.UserRole))
        rest = text[at:].removeprefix("〕")
        self.hide()
        self._editor.do(self._editor.session.edit("插入表中数字", [
            (Layer.TEXTS, self._text_id, text[:self._start] + token + rest)]))
        self._field.put_cursor(self._start + len(token))
        self.hide()


def _fits(typed: str, name: str) -> bool:
    """Whether all that is typed stands in the name, in its order: “新收总” fits “表三·本年新收·总计”."""
    at = 0
    for character in typed.replace("·", ""):
        at = name.find(character, at) + 1
        if not at:
            return False
    return True
