"""Fields in which a double click and Ctrl with an arrow take a word as Word and WPS do (`word_bounds`).

A double click that is drawn on goes on by words; Ctrl with Backspace or Delete takes one away.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlock,
    QTextCursor,
    QTextFormat,
    QTextTable,
)
from PySide6.QtWidgets import QLineEdit, QTextBrowser

from ui.common.dragged_files import dragged_files_of
from ui.common.theme import current_colours
from ui.widgets.word_bounds import WordSpan, last_word_start, next_word_start, word_at

HEAD_SIZES, TEXT_SIZE = {1: 18, 2: 16, 3: 14}, 13  # pixels
OVER_HEAD, BELOW = 14, 6                     # pixels
_Keys = QKeySequence.StandardKey
_MOVES = ((_Keys.MoveToNextWord, 1, False), (_Keys.MoveToPreviousWord, -1, False), (_Keys.SelectNextWord, 1, True),
          (_Keys.SelectPreviousWord, -1, True))
_CUTS = ((_Keys.DeleteEndOfWord, 1), (_Keys.DeleteStartOfWord, -1))


class _Words:
    """What lines and pages have in common. Places are counted as Qt counts them. A field says where a place is
    (`_place_at`), what its words are (`_word`, `_beside`), and selects."""

    _first: WordSpan | None = None           # the word of a double click whose button is still down

    def _place_at(self, point: QPointF) -> int:
        raise NotImplementedError

    def _word(self, place: int) -> WordSpan:
        raise NotImplementedError

    def _beside(self, by: int) -> int:
        """Where the next word begins (`by` 1) or the one before (-1), seen from the cursor."""
        raise NotImplementedError

    def _choose(self, anchor: int, end: int) -> None:
        raise NotImplementedError

    def _anchor(self) -> int:
        raise NotImplementedError

    def _take_away(self, by: int) -> None:
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._first = None
        super().mousePressEvent(event)       # type: ignore[misc]  # the widget comes next in line

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._first = None
        super().mouseReleaseEvent(event)     # type: ignore[misc]

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt's own comes first: it waits for a third click, which takes the line or the paragraph."""
        super().mouseDoubleClickEvent(event)                     # type: ignore[misc]
        if event.button() == Qt.MouseButton.LeftButton:
            self._first = self._word(self._place_at(event.position()))
            self._choose(*self._first)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's own comes first: it scrolls at the edge."""
        super().mouseMoveEvent(event)        # type: ignore[misc]
        if self._first is not None and event.buttons() & Qt.MouseButton.LeftButton:
            first, now = self._first, self._word(self._place_at(event.position()))
            if now[0] >= first[0]:
                self._choose(first[0], max(first[1], now[1]))
            else:
                self._choose(first[1], now[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for keys, by, selects in _MOVES:
            if event.matches(keys):
                place = self._beside(by)
                self._choose(self._anchor() if selects else place, place)
                return
        for keys, by in _CUTS:
            if event.matches(keys):
                if not self.isReadOnly():    # type: ignore[attr-defined]
                    self._take_away(by)
                return
        super().keyPressEvent(event)         # type: ignore[misc]


class WordLineEdit(_Words, QLineEdit):
    """A line edit with words. Files that are dropped on it are left to the window."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_files_of(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def _place_at(self, point: QPointF) -> int:
        """The character below a point, not the nearest gap."""
        place = self.cursorPositionAt(point.toPoint())
        self.setCursorPosition(place)
        return place - 1 if place and point.x() < self.cursorRect().center().x() else place

    def _word(self, place: int) -> WordSpan:
        line = self.text()
        start, end = word_at(line, _characters(line, place))
        return _units(line, start), _units(line, end)

    def _beside(self, by: int) -> int:
        line = self.text()
        at = _characters(line, self.cursorPosition())
        return _units(line, next_word_start(line, at) if by > 0 else last_word_start(line, at))

    def _choose(self, anchor: int, end: int) -> None:
        self.deselect()
        if anchor == end:
            self.setCursorPosition(end)
        else:
            self.setSelection(anchor, end - anchor)

    def _anchor(self) -> int:
        if not self.hasSelectedText():
            return self.cursorPosition()
        start, end = self.selectionStart(), self.selectionEnd()
        return end if self.cursorPosition() == start else start

    def _take_away(self, by: int) -> None:
        if not self.hasSelectedText():
            self._choose(self.cursorPosition(), self._beside(by))
        if self.hasSelectedText():
            self.del_()


    def chosen_range(self) -> tuple[int, int]:
        """The places in the line, in characters, between which something is selected, or the cursor's twice."""
        line, start = self.text(), self.selectionStart()
        if start < 0:
            at = _characters(line, self.cursorPosition())
            return at, at
        return _characters(line, start), _characters(line, self.selectionEnd())

    def chosen_words(self) -> str:
        """What is selected."""
        return self.selectedText()

    def choose_range(self, start: int, end: int) -> None:
        """Select between two places, in characters."""
        self._choose(_units(self.text(), start), _units(self.text(), end))


class PageWordsMixin(_Words):
    """For a QTextEdit, a QPlainTextEdit or a QTextBrowser. `whole_words` gives stretches of the document, in order,
    that are one word each."""

    whole_words: Callable[[], list[WordSpan]] = staticmethod(list)

    def canInsertFromMimeData(self, held: QMimeData) -> bool:
        """Files that are dropped on a text are left to the window."""
        return not dragged_files_of(held) and super().canInsertFromMimeData(held)    # type: ignore[misc]

    def _place_at(self, point: QPointF) -> int:
        """The character below a point, not the nearest gap; never of the paragraph before."""
        at = QPoint(int(point.x()), int(point.y()))
        cursor: QTextCursor = self.cursorForPosition(at)         # type: ignore[attr-defined]
        left = point.x() < self.cursorRect(cursor).center().x()                  # type: ignore[attr-defined]
        return cursor.position() - 1 if left and not cursor.atBlockStart() else cursor.position()

    def _block(self, place: int) -> tuple[QTextBlock, str, int, list[WordSpan]]:
        """The paragraph of a place, its text, the place in it and its whole words, counted in characters."""
        block = self.document().findBlock(place)                 # type: ignore[attr-defined]
        line, start = block.text(), block.position()
        inside = [(_characters(line, a - start), _characters(line, z - start)) for a, z in self.whole_words()
                  if start <= a and z <= start + block.length()]
        return block, line, _characters(line, place - start), inside

    def _word(self, place: int) -> WordSpan:
        block, line, at, whole = self._block(place)
        start, end = word_at(line, at, whole)
        return block.position() + _units(line, start), block.position() + _units(line, end)

    def _beside(self, by: int) -> int:
        place: int = self.textCursor().position()                # type: ignore[attr-defined]
        block, line, at, whole = self._block(place)
        if by > 0 and at >= len(line):
            return place + 1 if block.next().isValid() else place
        if by < 0 and at == 0:
            return place - 1 if block.previous().isValid() else place
        there = next_word_start(line, at, whole) if by > 0 else last_word_start(line, at, whole)
        return block.position() + _units(line, there)

    def _choose(self, anchor: int, end: int) -> None:
        cursor = self.textCursor()           # type: ignore[attr-defined]
        cursor.setPosition(anchor)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)           # type: ignore[attr-defined]

    def _anchor(self) -> int:
        anchor: int = self.textCursor().anchor()                 # type: ignore[attr-defined]
        return anchor

    def _take_away(self, by: int) -> None:
        cursor = self.textCursor()           # type: ignore[attr-defined]
        if not cursor.hasSelection():
            cursor.setPosition(self._beside(by), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self.ensureCursorVisible()           # type: ignore[attr-defined]


class WordBrowser(PageWordsMixin, QTextBrowser):
    """A text to be read, with words."""

    def show_markdown(self, markdown: str) -> None:
        """Set a text in the program's type: quiet heads, air between paragraphs, tables with hair lines."""
        self.setMarkdown(markdown)
        block = self.document().begin()
        while block.isValid():
            _set_look(QTextCursor(block))
            block = block.next()
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                look = table.format()
                look.setBorderBrush(current_colours()["line"])
                look.setBorderCollapse(True)
                look.setCellPadding(5)
                table.setFormat(look)


def _set_look(cursor: QTextCursor) -> None:
    place, block = cursor.blockFormat(), cursor.block()
    level = place.headingLevel()
    pieces, at = [], block.begin()
    while not at.atEnd():
        pieces.append(at.fragment())
        at += 1
    for piece in pieces:
        letters = piece.charFormat()
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)       # Qt's own, which would win
        letters.setProperty(QTextFormat.Property.FontPixelSize, HEAD_SIZES.get(level, TEXT_SIZE))
        cursor.setPosition(piece.position())
        cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)
    if not cursor.currentTable():
        place.setTopMargin(OVER_HEAD if level else 0)
        place.setBottomMargin(BELOW)
        cursor.setBlockFormat(place)


def _units(line: str, characters: int) -> int:
    """A place in a line as Qt counts it: a character beyond the first plane is two."""
    return characters + sum(c > "\uffff" for c in line[:characters])


def _characters(line: str, units: int) -> int:
    """The way back."""
    if not line or max(line) <= "\uffff":
        return min(units, len(line))
    return len(line.encode("utf-16-le", "surrogatepass")[:2 * units].decode("utf-16-le", "ignore"))
