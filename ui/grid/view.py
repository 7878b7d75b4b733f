"""The table under the keyboard: moving, typing, clearing, copying, pasting."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from govdesk.base.numerals import shorten_text
from govdesk.form.form import Address
from govdesk.report.typed_sums import EnteredValue
from ui.grid import clipboard, selection_sum
from ui.grid.cell_delegate import CellDelegate
from ui.grid.cell_editing import CellEditing
from ui.grid.layout import AUTO
from ui.grid.model import GridIndex, GridModel
from ui.grid.painting import paper_total_marks
from ui.grid.paste import Paste
from ui.grid.span_table import SpanTable
from ui.widgets.callout import Callout

_ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_Move = QAbstractItemView.CursorAction
_CURSOR_ARROWS = {_Move.MoveUp: "up", _Move.MoveDown: "down", _Move.MoveLeft: "left", _Move.MoveRight: "right"}


class GridView(SpanTable):
    """One table of the form."""

    cursor_moved = Signal(object)            # Address or None
    refused = Signal(str)
    menu_wanted = Signal(QPoint)             # where on the screen
    evidence_wanted = Signal()               # where the figure at the cursor comes from is to be written down
    sum_changed = Signal(str)                # what the chosen cells come to
    past_wanted = Signal()                   # every value that the cell at the cursor had

    def __init__(self, model: GridModel, parent: QWidget | None = None, *, enter_moves: str = "down",
                 row_height: str = AUTO) -> None:
        super().__init__(model, parent, row_height=row_height)
        self.enter_moves = enter_moves
        self.pasting = Paste(model, self)
        self.bubble = Callout(self.viewport())
        delegate = CellDelegate(model, self)
        self.setItemDelegate(delegate)
        self.editing = CellEditing(self, delegate, self.bubble)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)       # none for figures
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.actionTriggered.connect(lambda _: self.bubble.dismiss())       # a clerk scrolls, wheel included
        self.selectionModel().currentChanged.connect(self._follow_cursor)
        self.selectionModel().selectionChanged.connect(self._follow_selection)
        self.editing.finished.connect(self._move_on)
        self.editing.block_held.connect(self.paste)
        self.pasting.refused.connect(self._refuse)
        model.refused.connect(self._refuse)
        model.understood.connect(self._explain)
        model.editor.changed.connect(lambda *_: self._add_chosen())

    # ------------------------------------------------------------------------------------------------- cursor
    def go_to(self, address: Address | None) -> None:
        self.commit_open_editor()
        index = self.grid_model.index_of(address)
        if index.isValid():
            # not setCurrentIndex, which would select a range while Shift is down, as in Shift+Enter
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def light(self, addresses: Iterable[object]) -> None:
        """Until the cursor moves on."""
        self.grid_model.light(addresses)

    def chosen(self) -> list[Address]:
        """The selected figures in reading order, the cursor's alone where nothing is selected."""
        found = {a for i in self.selectionModel().selectedIndexes() if (a := self.grid_model.address(i))}
        if not found and self.cursor_address:
            found = {self.cursor_address}
        return [a for a in self.grid_model.places.across if a in found]

    def _follow_selection(self) -> None:
        selection = self.selectionModel().selection()
        self.frame_blocks(selection)
        self.mark_lines(self.chosen())
        self._add_chosen()

    def _add_chosen(self) -> None:
        """What two or more chosen cells come to is said while the table is in sight."""
        if not self.isVisible():
            return
        chosen = self.chosen() if len(self.selectionModel().selectedIndexes()) > 1 else []
        model = self.grid_model
        self.sum_changed.emit(selection_sum.describe_sum(model.grid, model.editor.now.figures, chosen))

    def _follow_cursor(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)   # Qt turns it on for editable cells
        self.light(())
        address = self.cursor_address
        self.pasting.move_to(address)
        self.cursor_moved.emit(address)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where arrows, Home, End and page keys lead: over figures only."""
        places, at = self.grid_model.places, self.cursor_address
        if at is None:
            return self.grid_model.index_of(places.across[0])
        if action in _CURSOR_ARROWS:
            return self.grid_model.index_of(places.find_beside(at, *_ARROWS[_CURSOR_ARROWS[action]]))
        if action in (_Move.MoveHome, _Move.MoveEnd):
            line = places.across if modifiers & _CONTROL else places.in_row(places.at[at][0])
            return self.grid_model.index_of(line[0 if action == _Move.MoveHome else -1])
        if action in (_Move.MovePageUp, _Move.MovePageDown):
            rows = self.viewport().height() // self.rowHeight(self.currentIndex().row()) - 1
            return self.grid_model.index_of(places.find_far(at, rows if action == _Move.MovePageDown else -rows))
        return self.currentIndex()

    def selectionCommand(self, index: GridIndex,
                         event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """What is cleared or pasted over is where the cursor is: Ctrl with an arrow takes the selection along."""
        if isinstance(event, QKeyEvent) and not event.modifiers() & _SHIFT:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def _step(self, where: str) -> bool:
        """Move as Enter, Tab or an arrow asks; False where there is no further cell."""
        places, at = self.grid_model.places, self.cursor_address
        if where in _ARROWS:
            if at:
                self.go_to(places.find_beside(at, *_ARROWS[where]))
            return True
        enter = where in ("next", "back")
        order = places.down if enter and self.enter_moves == "down" else places.across
        target = places.find_next(at, order, 1 if where in ("next", "tab") else -1)
        self.go_to(target)
        return target is not None

    # --------------------------------------------------------------------------------------------------- keys
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.bubble.dismiss()
        if not (self._offer_key(event) or self._moving_key(event) or self._command_key(event) or self._typed(event)):
            if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and event.modifiers() & _CONTROL:
                event.ignore()               # steps of the window
                return
            super().keyPressEvent(event)

    def _moving_key(self, event: QKeyEvent) -> bool:
        key, back = event.key(), bool(event.modifiers() & _SHIFT)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step("back" if back else "next")
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.setAccepted(self._step("backtab" if key == Qt.Key.Key_Backtab else "tab"))   # else out of the table
        else:
            return False
        return True

    def _command_key(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() == Qt.Key.Key_F2:
            self.editing.begin()
        else:
            return False
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """A printable key overwrites the cell at once."""
        text = event.text()
        control = event.modifiers() & (_CONTROL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        if control or not text.strip() or not text.isprintable() or self.cursor_address is None:
            return False
        self.editing.begin(text)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.bubble.dismiss()
        super().mousePressEvent(event)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        """Qt's own repaints the whole table, and that at each opening and closing of a cell."""
        if not self.currentIndex().isValid():
            self.go_to(self.grid_model.places.down[0])
        self.viewport().update(self.visualRect(self.currentIndex()))

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.viewport().update(self.visualRect(self.currentIndex()))

    # ------------------------------------------------------------------------------------------------- editor
    def commit_open_editor(self) -> bool:
        """Keep what is being typed; False where it is no number: then the cell stays as it was, and says why."""
        return self.editing.commit()

    def _move_on(self, at: Address, where: str) -> None:
        """A cell was taken over by a key. The paper's totals are typed one after another; what came of the last stays
        to be read."""
        if at in self.grid_model.places.inputs or where not in ("next", "back"):
            self._step(where)
            return
        target = paper_total_marks.find_next_total(self.grid_model.grid, at, 1 if where == "next" else -1)
        if target is not None:
            self.go_to(target)

    def _explain(self, address: Address, words: str) -> None:
        """What was made of a text, beside its cell; gone with the next key."""
        self.bubble.say(words, self.visualRect(self.grid_model.index_of(address)), calm=True, passing=True)

    def _refuse(self, address: Address, reason: str) -> None:
        typed = self.editing.text
        if typed is not None and "“" not in reason:
            reason = f"“{shorten_text(typed)}”没有填入：{reason}"
        self.bubble.say(reason, self.visualRect(self.grid_model.index_of(address)), passing=typed is None)
        self.refused.emit(reason)

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit_open_editor()
        self.pasting.leave()
        self.bubble.hide()                   # what was said is of another moment
        super().hideEvent(event)
        self.sum_changed.emit("")

    # --------------------------------------------------------------------------------------------- many cells
    def copy(self) -> None:
        clipboard.copy_cells(self.grid_model, self.chosen())

    def copy_table(self) -> None:
        clipboard.copy_table(self.grid_model)

    def fill(self, act: str, entered: EnteredValue) -> None:
        """The same into every chosen cell, as one step."""
        if not self.grid_model.fill(act, self.chosen(), entered) and self.cursor_address is not None:
            self._refuse(self.cursor_address, paper_total_marks.COMPUTED)

    def clear(self) -> None:
        self.fill("清空", EnteredValue(None))

    def paste(self) -> None:
        self.commit_open_editor()
        self.pasting.paste()

    def _offer_key(self, event: QKeyEvent) -> bool:
        """While a paste is offered, Enter takes it and Esc leaves it; moving on leads it, anything else ends it."""
        if self.pasting.landing is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pasting.confirm()
        elif key == Qt.Key.Key_Escape:
            self.pasting.leave()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()                   # on to the buttons of the offer
        else:
            if event.text() or event.matches(QKeySequence.StandardKey.Copy):
                self.pasting.leave()
            return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At the pointer; by the menu key at the cursor."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cell = self.visualRect(self.currentIndex()).center()
        self.menu_wanted.emit(self.viewport().mapToGlobal(cell) if by_key else event.globalPos())
