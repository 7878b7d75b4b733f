"""Two lines beside a doubtful number: what it says and what the table says, and the ways out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QPushButton, QVBoxLayout

from govdesk.base.numerals import shorten_text
from govdesk.checks.readings import Doubt, Reading, describe_readings
from govdesk.findings import reasons
from ui.editing.bound_fields import TextField, document_positions
from ui.editing.doubts import describe_way, edit_for_reading, list_readings
from ui.editing.editor import Editor
from ui.text.highlights import TextHighlights
from ui.widgets.basics import clear_layout, make_button, make_label

REASON = "这样写没错"
NARROWEST, WIDEST = 300, 560             # pixels of the sentence; the ways stand one below another where they need more
EDGES, GAP = 2 * 12, 12


class DoubtPopup(QFrame):
    """Lies in the text's own area. It never takes the focus by itself; F7 leads into it, Esc back."""

    def __init__(self, editor: Editor, field: TextField, marks: TextHighlights) -> None:
        super().__init__(field.viewport())
        self._editor, self._field, self._marks = editor, field, marks
        self.doubt: Doubt | None = None
        self._waits = False
        self.setProperty("role", "bubble")
        self.setAccessibleName("数字与表不符")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(EDGES // 2, 8, EDGES // 2, 8)
        self._column.setSpacing(4)
        self.hide()
        marks.changed.connect(self.follow)
        field.cursorPositionChanged.connect(self.follow)
        field.viewport().installEventFilter(self)

    def follow(self) -> None:
        """Show the doubt the cursor is at, or go."""
        if self._field.composing:
            return
        doubt = None if self._waits else self._marks.find_doubt_at(self._field.textCursor().position())
        if doubt is None:
            self.hide()
            self.doubt = None
        elif doubt != self.doubt:
            self.doubt = doubt
            self._show(doubt)

    def wait(self, waits: bool) -> None:
        """Stay away while something else is offered at the cursor: one would lie over the other."""
        self._waits = waits
        self.follow()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Other room: other lines, and the ways may no longer stand beside each other."""
        if event.type() == QEvent.Type.Resize and self.isVisible() and self.doubt is not None:
            self._show(self.doubt)
        return False

    def _show(self, doubt: Doubt) -> None:
        self.hide()                          # in one that is in sight what is new has no size yet
        self._write(doubt)
        self._place(doubt)
        self.show()
        self.raise_()

    def _write(self, doubt: Doubt) -> None:
        clear_layout(self._column)
        said = describe_readings(self._editor.form, doubt.readings)
        words = make_label(f"“{shorten_text(doubt.claim.said, 24)}”与表不符：{said}", wrap=True)
        self._column.addWidget(words)
        ways = self._make_ways(doubt)
        room = min(WIDEST, self._field.viewport().width() - EDGES - 8)
        beside = sum(way.sizeHint().width() for way in ways) + GAP * (len(ways) - 1)
        in_a_row = beside <= room
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if in_a_row else QBoxLayout.Direction.TopToBottom)
        row.setSpacing(GAP if in_a_row else 2)
        for way in ways:
            row.addWidget(way, alignment=Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        self._column.addLayout(row)
        _fix_width(words, min(room, max(NARROWEST, beside if in_a_row else 0,
                                        words.fontMetrics().horizontalAdvance(words.text()) + 2)))

    def _make_ways(self, doubt: Doubt) -> list[QPushButton]:
        """The ways out, the plainest first."""
        readings = list_readings(self._editor.now, doubt)
        ways = [make_button(describe_way(reading), partial(self.take, reading), "link") for reading in readings]
        return [*ways, make_button(REASON, self.keep, "link")]

    def _place(self, doubt: Doubt) -> None:
        self.adjustSize()
        cursor = QTextCursor(self._field.document())
        cursor.setPosition(document_positions(self._field.plain(), [doubt.start])[0])
        at = self._field.cursorRect(cursor)
        room = self._field.viewport().rect()
        left = max(4, min(at.left() - 20, room.right() - self.width() - 4))
        below = at.bottom() + 8
        top = below if below + self.height() < room.bottom() else max(0, at.top() - self.height() - 8)
        self.move(QPoint(left, top))

    def take(self, reading: Reading) -> None:
        """Put the table's own figure in place of the number; one undo step."""
        doubt = self.doubt
        if doubt is None:
            return
        self._editor.do(edit_for_reading(self._editor, doubt, reading))
        self._field.setFocus()

    def keep(self) -> None:
        """The sentence is right: remembered until it or the figures change."""
        now, doubt = self._editor.now, self.doubt
        found = next((f for f in now.findings if doubt and f.line == doubt.key), None)
        if found is not None:
            entry = reasons.entry_for_reason(now.report, now.figures, found, REASON)
            self._editor.do(self._editor.session.edit("说明理由", [entry]))
        self._field.setFocus()

    def enter(self) -> None:
        """F7: the first way out of the doubt at the cursor has the focus; where there is none, of the next one."""
        self.wait(False)
        if not self.isVisible():
            self._go_to_next()
        ways = self.findChildren(QPushButton)
        if self.isVisible() and ways:
            ways[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_next(self) -> None:
        """The cursor to the next doubtful number of the text, round its end."""
        at = self._field.offset(self._field.textCursor().position())
        found = sorted(self._marks.doubts, key=lambda doubt: (doubt.start < at, doubt.start))
        if found:
            self._field.put_cursor(found[0].end)
            self._field.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self._field.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            event.accept()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            event.accept()                   # not a click into the text below
            return True
        return super().event(event)


def _fix_width(words: QLabel, width: int) -> None:
    """Make a sentence as wide as what stands below it, and as high as it is at this width: a layout would reckon its
    height for another."""
    words.setFixedWidth(width)
    words.setMinimumHeight(words.heightForWidth(width))
