"""Shows what was read in the form's own tables, in which a figure is typed over, and its texts."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from govdesk.form.form import Address
from ui.common.theme import current_colours
from ui.editing.editor import Editor
from ui.grid.layout import AUTO
from ui.grid.model import GridModel
from ui.grid.view import GridView
from ui.widgets.basics import Button, fill_with_column, make_button
from ui.widgets.word_edit import WordBrowser

TEXTS = "正文"


class FormTables(QWidget):
    """A table at a time; `TEXTS` beside them."""

    cell_moved = Signal(object)              # Address at the cursor, or None
    text_moved = Signal(str)                 # id of the text at the cursor
    menu_wanted = Signal(object, object)     # GridView, QPoint

    def __init__(self, editor: Editor, parent: QWidget | None = None, *, row_height: str = AUTO) -> None:
        super().__init__(parent)
        self._editor, self._row_height = editor, row_height
        self.views: dict[str, GridView] = {}
        self.stack = QStackedWidget()
        self.buttons: dict[str, Button] = {}
        column = fill_with_column(self)
        column.setSpacing(6)
        column.addLayout(self._bar())
        column.addWidget(self.stack, 1)
        self.texts = WordBrowser()
        self.texts.setAccessibleName("读到的正文")
        self.texts.setStyleSheet(f"QTextBrowser {{ background: {current_colours().card}; border: none; }}")
        self._holders: dict[str, QWidget] = {TEXTS: self.texts}
        self._places: dict[str, int] = {}
        self._written = False
        self.stack.addWidget(self.texts)
        self.texts.cursorPositionChanged.connect(self._follow_text)
        editor.changed.connect(self._note_change)
        self.show_part(next(iter(editor.form.grids)))

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for part, name in (*((grid.id, grid.name) for grid in self._editor.form.grids.values()), (TEXTS, TEXTS)):
            one = make_button(name, lambda part=part: self.show_part(part, take=True))   # type: ignore[misc]
            one.setCheckable(True)
            one.setAccessibleName(f"读到的{name}")
            self.buttons[part] = one
            row.addWidget(one)
        row.addStretch(1)
        return row

    def show_part(self, part: str, *, take: bool = False) -> None:
        """Shows a table, or the texts; with `take` it gets the keys."""
        for name, button in self.buttons.items():
            button.setChecked(name == part)
        if part == TEXTS:
            self._write_texts()
        shown = self._view_of(part) if part != TEXTS else self.texts
        self.stack.setCurrentWidget(self._holders[part])
        if take:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)
            if part == TEXTS:
                self.text_moved.emit(next(iter(self._places)))

    def _view_of(self, grid_id: str) -> GridView:
        if grid_id not in self.views:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            model = GridModel(self._editor, self._editor.form.grids[grid_id], holder)
            view = GridView(model, holder, row_height=self._row_height)
            view.cursor_moved.connect(self.cell_moved)
            view.menu_wanted.connect(lambda at: self.menu_wanted.emit(view, at))
            column.addWidget(view, 1000)
            column.addStretch(1)
            self.stack.addWidget(holder)
            self._holders[grid_id] = holder
            self.views[grid_id] = view
        return self.views[grid_id]

    def commit(self) -> bool:
        """Takes over the figure that is being typed. False: it is no number and is kept out."""
        kept = [view.commit_open_editor() for view in self.views.values()]   # all of them, whatever the first says
        return all(kept)

    def go_to(self, address: Address) -> None:
        """Puts the cursor on a cell, wherever the keys are."""
        self.show_part(address.grid)
        self.views[address.grid].go_to(address)

    def light(self, cells: tuple[Address, ...]) -> None:
        """Gives cells a stronger ground until the cursor moves on."""
        if cells and cells[0].grid in self.views:
            self.views[cells[0].grid].light(cells)

    # -- texts

    def _note_change(self, *_: object) -> None:
        self._written = False

    def _write_texts(self) -> None:
        if self._written:
            return
        self._written, c, report = True, current_colours(), self._editor.now.report
        self._places = {}
        self.texts.clear()
        cursor = QTextCursor(self.texts.document())
        for text in self._editor.form.texts.values():
            self._places[text.id] = cursor.position()
            words = report.text(text.id)
            said = "".join(f"<p style='margin:2px 0 2px 0'>{escape(line)}</p>" for line in words.split("\n")) \
                if words else f"<p style='color:{c.quiet}'>（没有读到）</p>"
            head = escape(text.heading or text.name)
            cursor.insertHtml(f"<p style='color:{c.accent}; font-size:13px'>{head}</p>{said}")
            cursor.insertBlock()
            cursor.insertBlock()
        self.texts.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow_text(self) -> None:
        at = self.texts.textCursor().position()
        if self.stack.currentWidget() is self.texts and self.texts.hasFocus():
            before = [text_id for text_id, start in self._places.items() if start <= at]
            if before:
                self.text_moved.emit(before[-1])
