"""The open cell of a table: begun, followed while it is typed in, taken over, given up."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QStyledItemDelegate

from govdesk.base.numerals import NumeralError, format_value
from govdesk.form.form import Address
from ui.grid.cell_delegate import CellDelegate, CellEditor
from ui.grid.painting import paper_total_marks
from ui.grid.span_table import SpanTable
from ui.widgets.callout import Callout


class CellEditing(QObject):
    """Owns the editor of a table while it is open. Where the cursor goes afterwards is the view's."""

    typing = Signal(bool)                    # the open cell holds what the report does not
    finished = Signal(object, str)           # Address of the cell that was taken over, where the key leads
    block_held = Signal()                    # the clipboard holds more than one cell, and is to be pasted

    def __init__(self, table: SpanTable, delegate: CellDelegate, bubble: Callout) -> None:
        super().__init__(table)
        self._table, self._delegate, self._bubble = table, delegate, bubble
        self._model = table.grid_model
        self._editor: CellEditor | None = None
        self._edited = QPersistentModelIndex()
        self._typing = False
        delegate.made.connect(self._connect)
        delegate.opened.connect(self._open)

    @property
    def text(self) -> str | None:
        """What stands in the open cell; None where none is open."""
        return self._editor.text() if self._editor is not None else None

    def begin(self, text: str | None = None) -> None:
        """Open the current cell; `text` overwrites what it holds."""
        if self._table.cursor_address is None:
            return
        if self._editor is None:
            self._table.edit(self._table.currentIndex())
        if self._editor is not None and text is not None:
            self._editor.overwriting = True
            self._editor.insert(text)        # over the selection, so that undo in the cell brings it back
            self._follow()

    def commit(self) -> bool:
        """Keep what is being typed; False where it is no number: then the cell stays as it was, and says why."""
        kept = self._write()
        self._close()
        return kept

    def is_at_input(self) -> bool:
        """Whether the cursor is at a figure that is typed, not at a total."""
        return self._table.cursor_address in self._model.places.inputs

    # -- inside

    def _connect(self, editor: CellEditor) -> None:
        editor.done.connect(self._finish)
        editor.left.connect(self._leave)
        editor.given_up.connect(self._close)
        editor.block_held.connect(self.block_held)
        editor.textEdited.connect(self._follow)

    def _open(self, editor: CellEditor) -> None:
        self._editor, self._edited = editor, QPersistentModelIndex(self._table.currentIndex())
        if not self.is_at_input():
            self._ask_for_paper()

    def _follow(self) -> None:
        """Another letter was typed."""
        self._bubble.dismiss()
        if self._editor is not None:
            self._editor.set_wrong(False)
            self._editor.grow()
            self._tell(typing=self._editor.touched)
            self._add_up(self._editor.text())

    def _add_up(self, text: str) -> None:
        """Beside a sum that is being typed stands what it has come to, as on an adding machine; beside “１２” or “12件”
        the figure that it is read as."""
        address = self._table.cursor_address
        if not self.is_at_input():
            self._ask_for_paper()
        elif address is not None and not (text.isascii() and text.isdigit()):
            self._say_reading(address, text)

    def _say_reading(self, address: Address, text: str) -> None:
        try:
            entered = self._model.read(address, text)
        except NumeralError:
            return                           # not finished; the reason is said when it is
        if self._editor is None or not isinstance(entered.value, Decimal):
            return
        figure = format_value(entered.value)
        if entered.tape:
            self._bubble.say(f"＝{figure}", self._editor.geometry(), calm=True)
        elif figure != text.strip():
            self._bubble.say(f"按 {figure} 填入", self._editor.geometry(), calm=True)

    def _ask_for_paper(self) -> None:
        """What is typed on a total is the paper's total, and this is said all the while."""
        self._bubble.say(paper_total_marks.PROMPT, self._table.visualRect(self._table.currentIndex()), calm=True)

    def _finish(self, where: str) -> None:
        at = self._table.cursor_address
        if self._write():
            self._close()
            self.finished.emit(at, where)
        elif self._editor is not None:
            self._editor.set_wrong(True)

    def _leave(self) -> None:
        if not self.commit():
            self._bubble.hold()

    def _write(self) -> bool:
        return self._editor is None or self._delegate.commit(self._editor, self._edited)

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self._table.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self._tell(typing=False)

    def _tell(self, *, typing: bool) -> None:
        """Once, not at each letter: status line and cross-check follow."""
        if typing != self._typing:
            self._typing = typing
            self.typing.emit(typing)
