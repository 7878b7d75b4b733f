"""One cell: how it is painted, and the line edit that opens in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from govdesk.base.numerals import format_value
from govdesk.form.form import Address
from govdesk.form.grid_plan import PlanCell
from govdesk.report import paper_totals, sources
from ui.common import theme
from ui.grid.model import EDIT, GridIndex, GridModel
from ui.grid.painting import figures, labels, last_year, paper_total_marks, signs
from ui.grid.painting.figures import CellLook
from ui.grid.painting.label_layout import find_pad
from ui.grid.span_table import SpanTable
from ui.widgets.basics import add_act, escape_tooltip
from ui.widgets.word_edit import WordLineEdit

SHORT = 2                                    # characters that any cell holds, however wide they are
_KEYS = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
_SIDE_KEYS = {Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right"}


class CellEditor(WordLineEdit):
    """The text stays as typed; what a key means for the table is told to the view, which alone commits and moves."""

    done = Signal(str)                       # where to go: next, back, tab, backtab, up, down, left, right
    left = Signal()                          # another widget was clicked
    given_up = Signal()
    block_held = Signal()                    # the clipboard holds more than one cell, and is to be pasted

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.overwriting = False             # begun by a digit: arrows leave the cell, as in every table
        self._clean = ""
        self._cell = QRect()
        self._shown: tuple[bool, theme.Colours] | None = None
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.set_wrong(False)

    def begin(self, text: str) -> None:
        """What the cell holds; a later equal text is no change."""
        self._clean = text
        self.setText(text)
        self.selectAll()

    @property
    def touched(self) -> bool:
        return self.text() != self._clean

    def grow(self) -> None:
        """As wide as its text, as far as the table reaches: a sum of many numbers is to be read."""
        cell = self._cell
        if len(self.text()) <= SHORT:        # nearly always
            self.setGeometry(cell)
            return
        area = self.parentWidget()           # asked anew: one that is kept is found dead
        assert area is not None
        room = area.rect()
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + 20
        width = max(cell.width(), min(wanted, room.width()))
        at = QRect(cell.right() + 1 - width, cell.top(), width, cell.height())
        at.moveLeft(max(at.left(), room.left()))
        self.setGeometry(at)

    def place(self, cell: QRect) -> None:
        self._cell = QRect(cell)             # Qt's own goes with the call
        self.grow()

    def set_wrong(self, wrong: bool) -> None:
        c = theme.current_colours()
        if self._shown == (wrong, c):
            return                           # a style sheet is dear, and this is asked at each key
        self._shown = wrong, c
        edge, ground = (c.off_frame, c.off_ground) if wrong else (c.accent, c.card)
        # as wide as the frame of the cell, the figure where it stands when painted
        self.setStyleSheet(f"QLineEdit, QLineEdit:focus {{ border: 2px solid {edge}; border-radius: 0; color: {c.text};"
                           f" background: {ground}; padding: 0 6px 1px 0; font-size: 13px; }}")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            if (event.matches(undo) and not self.isUndoAvailable()) or (
                    event.matches(redo) and not self.isRedoAvailable()):
                event.ignore()               # nothing typed here: the key belongs to the window
                return False
        return super().event(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:   # type: ignore[override]
        """A QLineEdit says that it takes compositions, whatever its attributes are."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        self.done.emit("tab" if forwards else "backtab")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.done.emit("back" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "next")
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key in _KEYS:
            self.done.emit(_KEYS[key])
        elif event.matches(QKeySequence.StandardKey.Paste) and _is_block(QGuiApplication.clipboard().text()):
            self.block_held.emit()
        elif key in _SIDE_KEYS and self.overwriting and not event.modifiers() & _SHIFT_OR_CONTROL:
            self.done.emit(_SIDE_KEYS[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # a menu of its own or another program in front does not end typing
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        add_act(menu, "剪切", "T", self.cut).setEnabled(self.hasSelectedText())
        add_act(menu, "复制", "C", self.copy).setEnabled(self.hasSelectedText())
        add_act(menu, "粘贴", "P", self.paste)
        add_act(menu, "全选", "A", self.selectAll)
        menu.exec(event.globalPos())
        menu.deleteLater()


def _is_block(text: str) -> bool:
    """A line edit would make one text of it."""
    return any(sign in text.strip("\r\n") for sign in "\t\n")


class CellDelegate(QStyledItemDelegate):
    """Paints labels and figures; gives a cell its editor and the model what was typed."""

    made = Signal(object)                    # CellEditor, once
    opened = Signal(object)                  # CellEditor, for another cell

    def __init__(self, model: GridModel, table: SpanTable) -> None:
        super().__init__(table)
        self._model, self._table, self._labels = model, table, table.labels
        self._editor: CellEditor | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: GridIndex) -> None:
        cell = self._model.cell(index)
        if cell is None:
            return
        rect, first_row = option.rect, self._table.plan.head_rows == 0 and index.row() == 0
        if cell.address is None:
            seen = rect & self._table.viewport().rect() if cell.row_span > 1 else None
            labels.draw_label(painter, rect, cell, self._labels, warned=cell.line in self._model.warned,
                              marked=cell[:2] in self._table.marked, top=first_row, seen=seen)
            return
        current = index == self._table.currentIndex()
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and not current
        self._draw_content(painter, rect, cell.address, selected=selected)
        signs.draw_hairlines(painter, rect, left=cell.column == 0, top=first_row)
        if self._model.look(cell.address).failed:
            signs.draw_frame(painter, rect.adjusted(2, 2, -2, -2) if current else rect,
                             theme.current_colours().off_frame)
        if current:
            signs.draw_frame(painter, rect, theme.current_colours().accent, 2 if self._table.hasFocus() else 1)

    def _draw_content(self, painter: QPainter, rect: QRect, address: Address, *, selected: bool) -> None:
        """The figure, or what a paste would bring, and the small figures and marks in its corners."""
        model, look = self._model, self._model.look(address)
        font = self._table.strong_font if look.strong else self._table.figure_font
        put = model.pending.get(address)
        if put is None:
            figures.draw_figure(painter, rect, look, font, selected=selected, lit=address in model.lit)
        else:
            text = put.text if put.entered is None else format_value(put.entered.value)
            figures.draw_pending(painter, rect, text, font, readable=put.entered is not None)
        if look.last.figure or look.last.carried or look.paper.figure:
            self._draw_small_figures(painter, rect, look)
        if look.taped or look.noted:
            figures.draw_marks(painter, rect, look)

    def _draw_small_figures(self, painter: QPainter, rect: QRect, look: CellLook) -> None:
        """Last year's figure and the paper's total, left of this year's; a low cell has room for one of them."""
        font = self._table.strong_font if look.strong else self._table.figure_font
        free, low = figures.measure_free(font, look.text, rect.width()), rect.height() < figures.LOW_CELL
        if look.paper.figure:
            paper_total_marks.draw_paper_total(painter, rect, look.paper, self._table.figure_font, free=free)
            if low:
                return
        if low and look.taped:
            rect = rect.adjusted(figures.PLUS, 0, 0, 0)
            free -= figures.PLUS
        last_year.draw_last_year(painter, rect, look.last, self._table.figure_font, shown=self._model.last_year_shown,
                                 free=free)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
                  index: GridIndex) -> bool:
        """The whole label or figure where it does not fit, and what stands behind a figure."""
        cell = self._model.cell(index)
        if event.type() != QEvent.Type.ToolTip or cell is None:
            return False
        words = self._collect_tip(cell, index.data() or "", option.rect, view)
        if words:
            QToolTip.showText(event.globalPos(), escape_tooltip("\n".join(words)), view)
        return bool(words)

    def _collect_tip(self, cell: PlanCell, text: str, rect: QRect, view: QAbstractItemView) -> list[str]:
        words = [text] if self._is_clipped(cell, text, rect, view) else []
        if cell.address is None:
            return words
        put = self._model.pending.get(cell.address)
        if put is not None and put.entered is None:
            return [put.reason]
        now = self._model.editor.now
        words += list(filter(None, [paper_totals.describe_paper_total(now.report, now.figures, cell.address)]))
        words += last_year.describe_last_year(self._model.editor.now, cell.address, self._model.carried)
        return words + sources.describe_sources(self._model.editor.now.report, cell.address)

    def _is_clipped(self, cell: PlanCell, text: str, rect: QRect, view: QAbstractItemView) -> bool:
        if cell.address is not None:
            return self._labels.width(text) > rect.width() - figures.NUMBER_PAD - figures.NARROW_PAD
        seen = rect & view.viewport().rect()
        return self._labels.height(text, cell.breaks, rect.width() - 2 * find_pad(cell)) > seen.height()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: GridIndex) -> QWidget:
        """One line edit serves all cells: to make one, with its style sheet, takes longer than all else at a key."""
        editor = self._editor
        if editor is None:
            editor = self._editor = CellEditor(parent)
            self.made.emit(editor)
        editor.set_wrong(False)
        editor.overwriting = False
        editor.begin("")
        editor.setAccessibleName(self._model.data(index, int(Qt.ItemDataRole.AccessibleTextRole)))
        self.opened.emit(editor)
        return editor

    def destroyEditor(self, _editor: QWidget, _index: GridIndex) -> None:
        """It waits for the next cell; Qt has hidden it."""

    def setEditorData(self, editor: QWidget, index: GridIndex) -> None:
        """Also called when the value changes below an open editor: what is being typed stays."""
        if isinstance(editor, CellEditor) and not editor.touched:
            editor.begin(index.data(EDIT) or "")

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: GridIndex) -> None:
        self.commit(editor, index)

    def commit(self, editor: Any, index: GridIndex) -> bool:
        """False where what was typed is kept out. An untouched text is no edit, so 1.50 stays 1.50."""
        return not editor.touched or self._model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: GridIndex) -> None:
        assert isinstance(editor, CellEditor)
        editor.place(option.rect)

    def eventFilter(self, _editor: QObject, _event: QEvent) -> bool:
        """Qt's own filter commits and moves by itself; here the view does."""
        return False


_SHIFT_OR_CONTROL = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
