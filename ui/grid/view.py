"""The table under the keyboard: moving, typing, clearing, copying, pasting."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QTableView, QWidget

from govdesk.base.numerals import NumeralError, shorten, show
from govdesk.form.form import Address
from govdesk.report.typed_sums import Entered
from ui.common import theme
from ui.grid import paper_total_marks, selection_sum
from ui.grid.cell_delegate import CellDelegate, CellEditor
from ui.grid.header import SpanHeader
from ui.grid.label_layout import LabelSetter
from ui.grid.model import GridModel
from ui.grid.paste import Blocks
from ui.grid.view_setup import fit, set_up, show_menu
from ui.widgets.callout import Bubble

TYPE_SIZE = 13
_ARROWS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_CURSOR_ARROWS = {_Move.MoveUp: "up", _Move.MoveDown: "down", _Move.MoveLeft: "left", _Move.MoveRight: "right"}


class GridView(QTableView):
    """One table of the form."""

    cursor_moved = Signal(object)            # Address or None
    refused = Signal(str)
    typing = Signal(bool)                    # the open cell holds what the report does not
    evidence_wanted = Signal()               # where the figure at the cursor comes from is to be written down
    sum_changed = Signal(str)                # what the chosen cells come to
    past_wanted = Signal()                   # every value that the cell at the cursor had

    def __init__(self, model: GridModel, parent: QWidget | None = None, *, enter_moves: str = "down") -> None:
        super().__init__(parent)
        self.grid_model, self.enter_moves = model, enter_moves
        self.blocks = Blocks(self)
        self._editor: CellEditor | None = None
        self._edited = QPersistentModelIndex()
        self._widths: list[int] = []
        self._set_fonts()
        self.setModel(model)
        self._delegate = CellDelegate(model, self.labels, self)
        self._delegate.made.connect(self._made)
        self._delegate.opened.connect(self._opened)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(SpanHeader(model, self.labels, self))
        # apart from the table's: else the whole head is painted at each step of the cursor
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        set_up(self, model)
        self.bubble = Bubble(self.viewport())
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.actionTriggered.connect(lambda _: self.bubble.dismiss())       # a clerk scrolls, wheel included
        self.blocks.refused.connect(self._refuse)
        model.refused.connect(self._refuse)
        model.understood.connect(self._explain)
        model.editor.changed.connect(lambda *_: self._add_chosen())

    # ------------------------------------------------------------------------------------------------- making
    def _set_fonts(self) -> None:
        font = QFont(self.font())
        font.setPixelSize(TYPE_SIZE)
        self.labels = LabelSetter(font)
        self.figure_font = QFont(font)
        self.figure_font.setFeature(QFont.Tag("tnum"), 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._widths = fit(self, self._widths)
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        for cell in self.grid_model.places.labels:
            if cell.row_span > 1:            # its text moves within it, so that it stays in sight
                row = cell.row - self.grid_model.places.plan.head_rows
                self.viewport().update(self.visualRect(self.grid_model.index(row, cell.column)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colours()["ground"])
        painter.end()
        super().paintEvent(event)

    # ------------------------------------------------------------------------------------------------- cursor
    @property
    def cursor_address(self) -> Address | None:
        return self.grid_model.address(self.currentIndex())

    def go_to(self, address: Address | None) -> None:
        self.commit_open_editor()
        index = self.grid_model.index_of(address)
        if index.isValid():
            # not setCurrentIndex, which would select a range while Shift is down, as in Shift+Enter
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def scrollTo(self, index: QModelIndex, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Out of sight into the middle: what comes next is seen too, and few steps of the cursor scroll."""
        if hint == _Hint.EnsureVisible and not self.viewport().rect().contains(self.visualRect(index)):
            hint = _Hint.PositionAtCenter
        super().scrollTo(index, hint)

    def light(self, addresses: Iterable[object]) -> None:
        """Until the cursor moves on."""
        self.grid_model.light(addresses)

    def chosen(self) -> list[Address]:
        """The selected figures in reading order, the cursor's alone where nothing is selected."""
        found = {a for i in self.selectionModel().selectedIndexes() if (a := self.grid_model.address(i))}
        if not found and self.cursor_address:
            found = {self.cursor_address}
        return [a for a in self.grid_model.places.across if a in found]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._add_chosen()

    def _add_chosen(self) -> None:
        """What two or more chosen cells come to is said while the table is in sight."""
        chosen = self.chosen() if self.isVisible() and len(self.selectionModel().selectedIndexes()) > 1 else []
        self.sum_changed.emit(selection_sum.words(self.grid_model.grid, self.grid_model.editor.now.figures, chosen))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)   # Qt turns it on for editable cells
        self.light(())
        self.blocks.move(self.grid_model.address(current))
        self.cursor_moved.emit(self.grid_model.address(current))

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where arrows, Home, End and page keys lead: over figures only."""
        places, at = self.grid_model.places, self.cursor_address
        if at is None:
            return self.grid_model.index_of(places.across[0])
        if action in _CURSOR_ARROWS:
            return self.grid_model.index_of(places.arrow(at, *_ARROWS[_CURSOR_ARROWS[action]]))
        if action in (_Move.MoveHome, _Move.MoveEnd):
            line = places.across if modifiers & _CONTROL else places.in_row(places.at[at][0])
            return self.grid_model.index_of(line[0 if action == _Move.MoveHome else -1])
        if action in (_Move.MovePageUp, _Move.MovePageDown):
            rows = self.viewport().height() // self.rowHeight(self.currentIndex().row()) - 1
            return self.grid_model.index_of(places.far(at, rows if action == _Move.MovePageDown else -rows))
        return self.currentIndex()

    def selectionCommand(self, index: QModelIndex | QPersistentModelIndex,
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
                self.go_to(places.arrow(at, *_ARROWS[where]))
            return True
        enter = where in ("next", "back")
        order = places.down if enter and self.enter_moves == "down" else places.across
        target = places.step(at, order, 1 if where in ("next", "tab") else -1)
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
            self.blocks.copy()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.blocks.copy()
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() == Qt.Key.Key_F2:
            self.begin()
        else:
            return False
        return True

    def _typed(self, event: QKeyEvent) -> bool:
        """A printable key overwrites the cell at once."""
        text = event.text()
        control = event.modifiers() & (_CONTROL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
        if control or not text.strip() or not text.isprintable() or self.cursor_address is None:
            return False
        self.begin(text)
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
    def begin(self, text: str | None = None) -> None:
        """Open the current cell; `text` overwrites what it holds."""
        address = self.cursor_address
        if address is None:
            return
        if self._editor is None:
            self.edit(self.currentIndex())
        if self._editor is not None and text is not None:
            self._editor.overwriting = True
            self._editor.insert(text)        # over the selection, so that undo in the cell brings it back
            self._typing_on()

    def _opened(self, editor: CellEditor) -> None:
        self._editor, self._edited = editor, QPersistentModelIndex(self.currentIndex())
        if not self._at_input():
            self._ask_for_paper()

    def _made(self, editor: CellEditor) -> None:
        editor.done.connect(self._done)
        editor.left.connect(self._left)
        editor.given_up.connect(self._close_editor)
        editor.block_held.connect(self.paste)
        editor.textEdited.connect(self._typing_on)

    def _typing_on(self) -> None:
        self.bubble.dismiss()
        if self._editor is not None:
            self._editor.set_wrong(False)
            self._editor.grow()
            self.typing.emit(self._editor.touched)
            self._add_up(self._editor.text())

    def _add_up(self, text: str) -> None:
        """Beside a sum that is being typed stands what it has come to, as on an adding machine."""
        address = self.cursor_address
        if not self._at_input():
            self._ask_for_paper()
        elif len(text) < 3 or address is None or not any(sign in text for sign in "+＋"):
            return
        else:
            self._say_sum(address, text)

    def _say_sum(self, address: Address, text: str) -> None:
        try:
            entered = self.grid_model.read(address, text)
        except NumeralError:
            return                           # not finished; the reason is said when it is
        if entered.tape and self._editor is not None:
            self.bubble.say(f"＝{show(entered.value)}", self._editor.geometry(), calm=True)

    def _at_input(self) -> bool:
        return self.cursor_address in self.grid_model.places.inputs

    def _ask_for_paper(self) -> None:
        """What is typed on a total is the paper's total, and this is said all the while."""
        self.bubble.say(paper_total_marks.PROMPT, self.visualRect(self.currentIndex()), calm=True)

    def _explain(self, address: Address, words: str) -> None:
        """What was made of a text, beside its cell; gone with the next key."""
        self.bubble.say(words, self.visualRect(self.grid_model.index_of(address)), calm=True, passing=True)

    def _done(self, where: str) -> None:
        at = self.cursor_address
        if self._commit():
            self._close_editor()
            self._step_from_total(at, where) if at and not self._at_input() else self._step(where)
        elif self._editor is not None:
            self._editor.set_wrong(True)

    def _step_from_total(self, at: Address, where: str) -> None:
        """The paper's totals are typed one after another; what came of the last stays to be read."""
        if where not in ("next", "back"):
            self._step(where)
            return
        target = paper_total_marks.after(self.grid_model.grid, at, 1 if where == "next" else -1)
        if target is not None:
            self.go_to(target)

    def _left(self) -> None:
        if not self.commit_open_editor():
            self.bubble.hold()

    def commit_open_editor(self) -> bool:
        """Keep what is being typed; False where it is no number: then the cell stays as it was, and says why."""
        kept = self._commit()
        self._close_editor()
        return kept

    def _commit(self) -> bool:
        return self._editor is None or self._delegate.commit(self._editor, self._edited)

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.typing.emit(False)

    def _refuse(self, address: Address, reason: str) -> None:
        if self._editor is not None and "“" not in reason:
            reason = f"“{shorten(self._editor.text())}”没有填入：{reason}"
        self.bubble.say(reason, self.visualRect(self.grid_model.index_of(address)), passing=self._editor is None)
        self.refused.emit(reason)

    def hideEvent(self, event: QHideEvent) -> None:
        self.commit_open_editor()
        self.blocks.leave()
        self.bubble.hide()                   # what was said is of another moment
        super().hideEvent(event)
        self.sum_changed.emit("")

    # ------------------------------------------------------------------------------------------------- blocks
    def clear(self) -> None:
        self.blocks.put("清空", Entered(None))

    def paste(self) -> None:
        self.commit_open_editor()
        self.blocks.paste()

    def _offer_key(self, event: QKeyEvent) -> bool:
        """While a paste is offered, Enter takes it and Esc leaves it; moving on leads it, anything else ends it."""
        if self.blocks.landing is None:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.blocks.confirm()
        elif key == Qt.Key.Key_Escape:
            self.blocks.leave()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()                   # on to the buttons of the offer
        else:
            if event.text() or event.matches(QKeySequence.StandardKey.Copy):
                self.blocks.leave()
            return False
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        show_menu(self, event)
