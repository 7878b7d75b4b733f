"""Text widgets whose content is an entry of the report: typing is an edit, undo is the report's."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from govdesk.report.report import Key, Layer
from ui.editing.editor import Editor
from ui.widgets.text_offsets import common_length, utf16_length
from ui.widgets.word_edit import PageWordsMixin, WordLineEdit

MAX_LINE_CHARACTERS = 32_767                 # characters that a line of Qt takes; it cuts without a word
UNDO_PAUSE_MS = 1000                         # ms without a key that end a run of typing
# Marks that turn the direction of writing: unseen, they would put the year into an organ's brackets.
_TURNS = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_OURS = "application/x-govdesk-text"
_PARAGRAPH, _LINE = "\u2029", "\u2028"


def leaves_undo_to_window(event: QEvent) -> bool:
    """Whether an event is a text widget's claim on keys of the window (undo, redo, Ctrl+E); it is to be ignored, so
    that the window's action runs."""
    if event.type() != QEvent.Type.ShortcutOverride:
        return False
    matches = event.matches                  # type: ignore[attr-defined]  # a QKeyEvent by its type
    control_e = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)
    return event.keyCombination() == control_e or bool(                          # type: ignore[attr-defined]
        matches(QKeySequence.StandardKey.Undo) or matches(QKeySequence.StandardKey.Redo))


class Binding:
    """Ties a widget's text to one entry: `typed` writes, `show` is called when the entry changed elsewhere."""

    def __init__(self, editor: Editor, layer: Layer, key: Key, name: str) -> None:
        self.editor, self.layer, self.key, self.name = editor, layer, key, name
        self.pause = QTimer(editor)
        self.pause.setSingleShot(True)
        self.pause.setInterval(UNDO_PAUSE_MS)
        self.pause.timeout.connect(editor.seal)

    def text(self) -> str:
        entry = self.editor.now.report.entry(self.layer, self.key)
        return entry if isinstance(entry, str) else ""

    def typed(self, text: str) -> None:
        self.editor.type(self.editor.session.edit(self.name, [(self.layer, self.key, text)]))
        self.pause.start()

    @property
    def changed(self) -> SignalInstance:
        """The signal that the entry has changed."""
        return self.editor.entry_changed(self.layer, self.key)

    def note_composing(self, *, on: bool) -> None:
        """What an input method composes stands in the field and not in the report."""
        self.editor.note_composing(self, on=on)


class _WithoutUndo:
    """A text widget that leaves undo to the window, by key and in its menu."""

    def event(self, event: QEvent) -> bool:
        if leaves_undo_to_window(event):
            event.ignore()
            return False
        return bool(super().event(event))    # type: ignore[misc]  # the widget comes next in line

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        _without_undo(self.createStandardContextMenu()).exec(event.globalPos())   # type: ignore[attr-defined]


class LineField(_WithoutUndo, WordLineEdit):
    """One line bound to an entry. `to_entry` turns what is typed into the entry and raises ValueError with a reason;
    `to_text` turns the entry into what is shown."""

    refused = Signal(str)                    # the reason, "" when all is well

    def __init__(self, binding: Binding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.binding = binding
        self.setText(self.to_text(binding.text()))
        QTimer.singleShot(0, self, self._judge)                  # when somebody listens
        self.textEdited.connect(self._typed)
        binding.changed.connect(self._follow)
        self.setContextMenuPolicy(self.contextMenuPolicy())

    def to_entry(self, text: str) -> str:
        if self.maxLength() == MAX_LINE_CHARACTERS <= len(text):  # a field with a bound of its own says so itself
            raise ValueError(f"粘贴的内容太长，只留了前 {len(text)} 个字，请核对是不是粘贴了别的内容")
        return text.translate(_TURNS)

    def to_text(self, entry: str) -> str:
        return entry.translate(_TURNS)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self.binding.note_composing(on=bool(event.preeditString()))

    def _typed(self, text: str) -> None:
        """What cannot be read is kept as it is typed: it is not lost, and nothing old is printed in its stead."""
        try:
            entry = self.to_entry(text)
        except ValueError as error:
            self._mark(str(error))
            entry = text
        else:
            self._mark("")
        self.binding.typed(entry)

    def _mark(self, reason: str) -> None:
        self.setProperty("wrong", "true" if reason else "false")
        self.style().polish(self)
        self.refused.emit(reason)

    def _follow(self) -> None:
        if self._read() != self.binding.text():
            self.setText(self.to_text(self.binding.text()))
            self._judge()

    def _read(self) -> str:
        try:
            return self.to_entry(self.text())
        except ValueError:
            return self.text()

    def _judge(self) -> None:
        """Say what is wrong with the text as it stands."""
        try:
            self.to_entry(self.text())
        except ValueError as error:
            self._mark(str(error))
        else:
            self._mark("")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.binding.editor.seal()
        if self._read() == self.binding.text():
            self.setText(self.to_text(self.binding.text()))      # as it will be printed
        super().focusOutEvent(event)


class TextField(_WithoutUndo, PageWordsMixin, QTextEdit):
    """A page of text bound to an entry: paper's indents, no rich text, native undo off. `overlays` paint over it,
    `copied` is what other programs get of a text; `composing`: an input method has a word open."""

    composed = Signal()                      # a composition ended
    typed_in = Signal()                      # the clerk changed the text

    def __init__(self, binding: Binding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.binding = binding
        self.composing = False
        self.overlays: list[Callable[[QPainter], None]] = []
        self.copied: Callable[[str], str] = str
        self._following = False
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(18)
        self._fill(binding.text())
        self.document().contentsChange.connect(self._edited)
        binding.changed.connect(self._follow)

    def plain(self) -> str:
        """The text as typed: toPlainText would turn a no-break space into a blank."""
        return from_widget_text(self._raw())

    def _raw(self) -> str:
        return self.document().toRawText().replace(_PARAGRAPH, "\n").replace(_LINE, "\n")

    def _fill(self, text: str) -> None:
        self.document().blockSignals(True)
        self.setPlainText(to_widget_text(text))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.setBlockFormat(self._paper())
        self.document().blockSignals(False)

    def _paper(self) -> QTextBlockFormat:
        """Two characters' indent and open lines, as on paper. New paragraphs take it from the one before."""
        paper = QTextBlockFormat()
        paper.setTextIndent(2 * self.fontMetrics().horizontalAdvance("中"))
        paper.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return paper

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        was, self.composing = self.composing, bool(event.preeditString())
        super().inputMethodEvent(event)
        self.binding.note_composing(on=self.composing)
        if was and not self.composing:
            self.composed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for paint in self.overlays:
            paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break elsewhere where the room is another: the cursor stays in sight."""
        super().resizeEvent(event)
        if self.hasFocus():
            self.ensureCursorVisible()

    def offset(self, position: int) -> int:
        """The place in the plain text of a position in the document."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        return len(from_widget_text(cursor.selectedText()))

    def put_cursor(self, offset: int) -> None:
        """Set the cursor at a place of the plain text."""
        cursor = self.textCursor()
        cursor.setPosition(document_positions(self.plain(), [offset])[0])
        self.setTextCursor(cursor)

    def chosen_range(self) -> tuple[int, int]:
        """The places in the plain text between which something is selected, or the cursor's twice."""
        cursor = self.textCursor()
        return self.offset(cursor.selectionStart()), self.offset(cursor.selectionEnd())

    def chosen_words(self) -> str:
        """What is selected within a paragraph."""
        words = from_widget_text(self.textCursor().selectedText())
        return "" if _PARAGRAPH in words or _LINE in words else words

    def choose_range(self, start: int, end: int) -> None:
        """Select between two places of the plain text, and bring that into sight."""
        first, last = document_positions(self.plain(), [start, end])
        cursor = self.textCursor()
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def put(self, text: str) -> None:
        """Write at the cursor, over what is selected, as typing does."""
        self._insert(self.textCursor(), text)

    def copy(self) -> None:
        """Other programs get plain text with figures as digits; a text of ours gets all that stands there. Set on the
        clipboard here and not by createMimeDataFromSelection, whose result Python and Qt would both delete."""
        if not self.textCursor().hasSelection():
            return
        text = from_widget_text(self.textCursor().selectedText().replace(_PARAGRAPH, "\n").replace(_LINE, "\n"))
        made = QMimeData()
        made.setText(self.copied(text))
        made.setData(_OURS, text.encode("utf-8", "surrogatepass"))
        QGuiApplication.clipboard().setMimeData(made)

    def cut(self) -> None:
        self.copy()
        self.textCursor().removeSelectedText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = _without_undo(self.createStandardContextMenu())
        for name, act in (("edit-copy", self.copy), ("edit-cut", self.cut)):
            action = menu.findChild(QAction, name)
            if action is not None:
                action.triggered.disconnect()
                action.triggered.connect(act)
        menu.exec(event.globalPos())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file that is dragged or copied is no text: its path would stand in the report."""
        return source.hasFormat(_OURS) or (source.hasText() and not any(url.isLocalFile() for url in source.urls()))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text with the paper's indents; Qt's own paste drops them from an empty page."""
        if source.hasFormat(_OURS):
            self._insert(self.textCursor(), bytes(source.data(_OURS).data()).decode("utf-8", "surrogatepass"))
        elif self.canInsertFromMimeData(source):
            self._insert(self.textCursor(), source.text())

    def _insert(self, cursor: QTextCursor, text: str) -> None:
        start = cursor.selectionStart()
        cursor.insertText(to_widget_text(text))
        end = cursor.position()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeBlockFormat(self._paper())
        cursor.clearSelection()
        cursor.setPosition(end)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _edited(self, _: int, removed: int, added: int) -> None:
        if (removed or added) and not self._following:
            text = self.plain()
            if text != normalise_line_ends(self.binding.text()):
                self.binding.typed(text)
                self.typed_in.emit()
            if _STANDS_FOR in self._raw() and to_widget_text(text) != self._raw():
                QTimer.singleShot(0, self, self._mend)

    def _mend(self) -> None:
        """Half of what stood for a character was deleted: the other half goes too."""
        text, at = self.plain(), self.offset(self.textCursor().position())
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._following = True
        try:
            self._insert(cursor, text)
        finally:
            self._following = False
        self.put_cursor(at)

    def _follow(self) -> None:
        if normalise_line_ends(self.binding.text()) != self.plain():
            self._replace(normalise_line_ends(self.binding.text()))

    def _replace(self, text: str) -> None:
        """Bring the widget to a text by changing only what differs, so the cursor stands where the change is."""
        old = self.plain()
        start = common_length(old, text)
        end = common_length(old[start:][::-1], text[start:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(utf16_length(to_widget_text(old[:start])))
        cursor.setPosition(utf16_length(to_widget_text(old[:len(old) - end])), QTextCursor.MoveMode.KeepAnchor)
        self._following = True               # the report is ahead of the widget: this is no edit
        try:
            self._insert(cursor, text[start:len(text) - end])
        finally:
            self._following = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.binding.editor.seal()
        super().focusOutEvent(event)


def document_positions(text: str, offsets: list[int]) -> list[int]:
    """Positions in the document of places in a plain text."""
    if not text or (max(text) <= "\uffff" and not _ODD.search(text)):
        return list(offsets)
    return [utf16_length(to_widget_text(text[:offset])) for offset in offsets]


def line_positions(line: str, offsets: list[int]) -> list[int]:
    """Positions of places in a line of the document itself."""
    return [utf16_length(line[:offset]) for offset in offsets]


def _without_undo(menu: QMenu) -> QMenu:
    """A text widget's menu without its first three entries: the report's own undo stands in the bar."""
    for action in menu.actions()[:3]:
        menu.removeAction(action)
    return menu


# What a QTextDocument drops or takes for its own marks stands in it as two characters: one that is no character (nobody
# can type it) and one of the private use. A private-use character alone is a character that somebody typed.
_STANDS_FOR = "\ufdd2"
_ODD = re.compile("[\x00\ufeff\ufdd0-\ufdd2\ud800-\udfff]")
_SHOWN = {c: f"{_STANDS_FOR}{chr(0x10F000 + i)}"
          for i, c in enumerate([*range(0xD800, 0xE000), 0xFEFF, 0xFDD0, 0xFDD1, 0, ord(_STANDS_FOR)])}
_KEPT = {there[1]: chr(here) for here, there in _SHOWN.items()}
_PAIR = re.compile(f"{_STANDS_FOR}([\U0010f000-\U0010f804]?)")


def to_widget_text(text: str) -> str:
    """A text as it can stand in the widget; `from_widget_text` is the way back."""
    return text.translate(_SHOWN) if _ODD.search(text) else text


def from_widget_text(text: str) -> str:
    return _PAIR.sub(lambda found: _KEPT.get(found[1], ""), text) if _STANDS_FOR in text else text


def normalise_line_ends(text: str) -> str:
    """A text with the line ends that the widget has."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(_PARAGRAPH, "\n").replace(_LINE, "\n")
