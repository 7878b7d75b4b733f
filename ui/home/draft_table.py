"""The table of drafts on the home page. It behaves as a list of files does: a click chooses, a double click or Enter
opens; what is in sight is painted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QContextMenuEvent, QCursor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from govdesk.base import bounds
from govdesk.store.draft_summary import DraftSummary
from ui.common import signs
from ui.common.theme import current_colours
from ui.home.draft_list import ACT, DUE, MORE, NAME, SAVED, STATE, YEAR, DraftModel, state_words
from ui.widgets.length_limit import LengthLimit
from ui.widgets.word_edit import WordLineEdit

COLUMN_WIDTHS = {YEAR: 72, STATE: 196, DUE: 152, SAVED: 96, ACT: 92, MORE: 40}
NARROW_WIDTHS = {**COLUMN_WIDTHS, STATE: 176, DUE: 150, SAVED: 88, ACT: 88, MORE: 32}
NARROW, SLIM = 800, 660                      # below the second the last save and the way in are left out
ROW, HEAD = 44, 34
LEFT_PADDING = 14                            # of a line's words
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Flag = QItemSelectionModel.SelectionFlag
_Move = QAbstractItemView.CursorAction
_CONTROL, _LEFT_BUTTON = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton
Index = QModelIndex | QPersistentModelIndex


class DraftTable(QTableView):
    """Lines are chosen by click, Shift, Ctrl and Ctrl+A. F2 names a line that is chosen, Ctrl+D copies and Delete puts
    into the bin all that are; the menu has the rest."""

    opened = Signal(int)
    deleted = Signal(list)                   # drafts
    copied = Signal(list)
    menu_wanted = Signal(int, object)        # draft, where on the screen
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DraftModel(self)
        self.setModel(self.rows)
        self._opening: int | None = None     # the draft of a double click, until its button is up
        self._pressed, self._pressed_column = False, -1
        self._waiting: list[DraftSummary] | None = None          # to be shown when the button is up
        self.setItemDelegate(_Line(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAccessibleName("草稿")
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setProperty("role", "list")
        heads.setFixedHeight(HEAD)
        heads.setHighlightSections(False)
        heads.setSectionsClickable(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    def resizeEvent(self, event: Any) -> None:
        for column, width in (NARROW_WIDTHS if self.width() < NARROW else COLUMN_WIDTHS).items():
            self.setColumnWidth(column, width)
        for column in (SAVED, ACT):
            self.setColumnHidden(column, self.width() < SLIM)
        super().resizeEvent(event)

    # -- what is shown and chosen

    def show_drafts(self, drafts: list[DraftSummary]) -> None:
        """Other lines, or the same with other words. What was chosen stays so, and the line below the mouse stays
        there; while a button is down nothing moves."""
        if self._pressed:
            self._waiting = drafts
            return
        held = self.current()
        row, chosen = self.currentIndex().row(), {draft.id for draft in self.chosen()}
        anchor, top = self._anchor()
        self.rows.show(drafts)
        if anchor is not None:
            self.executeDelayedItemsLayout()
        beside = min(max(row, 0), len(drafts) - 1)               # where it is gone: what stands in its place
        at = next((n for n, draft in enumerate(drafts) if held and draft.id == held.id), beside)
        self.selectionModel().setCurrentIndex(self.rows.index(at, 0), _Flag.NoUpdate)
        self._choose_rows([n for n, draft in enumerate(drafts) if draft.id in chosen] or [at])
        self._bring_to(anchor, top)
        self.chosen_changed.emit()

    def _anchor(self) -> tuple[int | None, int]:
        """The draft below the mouse, else the first in sight, and how high it stands."""
        if not self.rows.shown:
            return None, 0
        below = self.viewport().mapFromGlobal(QCursor.pos())
        inside = self.viewport().isVisible() and self.viewport().rect().contains(below)
        row = self.rowAt(below.y()) if inside else -1
        row = self.rowAt(0) if row < 0 else row
        return (self.rows.shown[row].id, self.rowViewportPosition(row)) if row >= 0 else (None, 0)

    def _bring_to(self, draft_id: int | None, top: int) -> None:
        """A line back to where it stood, if that can be scrolled to."""
        row = next((n for n, draft in enumerate(self.rows.shown) if draft.id == draft_id), None)
        if row is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(row) - top)

    def _choose_rows(self, rows: Iterable[int]) -> None:
        model = self.selectionModel()
        model.clearSelection()
        for row in rows:
            model.select(self.rows.index(row, 0), _Flag.Select | _Flag.Rows)

    def choose(self, *drafts: int) -> None:
        """These drafts alone are chosen, where they are shown, and the cursor goes to the first of them."""
        rows = [n for n, draft in enumerate(self.rows.shown) if draft.id in drafts]
        if rows:
            self.selectionModel().setCurrentIndex(self.rows.index(rows[0], 0), _Flag.NoUpdate)
            self._choose_rows(rows)
            self.scrollTo(self.currentIndex())

    def current(self) -> DraftSummary | None:
        row = self.currentIndex().row()
        return self.rows.shown[row] if 0 <= row < len(self.rows.shown) else None

    def chosen(self) -> list[DraftSummary]:
        """From top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.rows.shown[row] for row in rows if row < len(self.rows.shown)]

    def meant(self) -> DraftSummary | None:
        """The draft that an act on a single one is about: the cursor's, but never one that is not chosen."""
        chosen, current = self.chosen(), self.current()
        return current if current in chosen else next(iter(chosen), None)

    def rename(self) -> None:
        """Write the draft's name in its line; one that was thrown away keeps its name."""
        draft = self.meant()
        if draft is not None and not draft.deleted_at:
            index = self.rows.index(self.rows.shown.index(draft), NAME)
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
            self.edit(index)

    def open(self) -> None:
        draft = self.meant()
        if draft is not None and self.isVisible():
            self.opened.emit(draft.id)

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._opening = True, None
        at = self.indexAt(event.position().toPoint())
        self._pressed_column = at.column() if event.modifiers() == Qt.KeyboardModifier.NoModifier else -1
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The draft opens when the button is up: else the release would go to what has opened."""
        index = self.indexAt(event.position().toPoint())
        self._pressed = True
        if index.isValid() and index.column() not in (ACT, MORE) and event.button() == _LEFT_BUTTON:
            self.choose(self.rows.shown[index.row()].id)
            self._opening = self.rows.shown[index.row()].id

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        opening, self._opening = self._opening, None
        index = self.indexAt(event.position().toPoint())
        draft = self.rows.shown[index.row()] if index.isValid() else None
        pressed = self._pressed_column
        self._let_go()
        if opening is not None:
            self.opened.emit(opening)
        elif draft is not None and index.column() == ACT and event.button() == _LEFT_BUTTON and pressed == ACT:
            self.opened.emit(draft.id)
        elif draft is not None and index.column() == MORE and event.button() == _LEFT_BUTTON:
            self.menu_wanted.emit(draft.id, event.globalPosition().toPoint())

    def _let_go(self) -> None:
        self._pressed = False
        if self._waiting is not None:
            drafts, self._waiting = self._waiting, None
            self.show_drafts(drafts)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """At the mouse, where that is on a line; by key at the line that is meant."""
        draft, at = self.current(), event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            draft = self.meant()
            index = self.rows.index(self.rows.shown.index(draft), NAME) if draft else self.currentIndex()
            self.scrollTo(index)
            at = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft() + QPoint(LEFT_PADDING, 0))
        elif not self.indexAt(self.viewport().mapFromGlobal(at)).isValid():
            return
        if draft is not None:
            self._let_go()                   # the menu takes the release
            self.menu_wanted.emit(draft.id, at)

    # -- keys

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and the last line; there are no cells to go to in a line."""
        if action in (_Move.MoveHome, _Move.MoveEnd):
            return self.rows.index(0 if action == _Move.MoveHome else self.rows.rowCount() - 1, 0)
        if action in (_Move.MoveLeft, _Move.MoveRight):
            return self.currentIndex()
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, chosen = event.key(), [draft.id for draft in self.chosen()]
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()                   # the Enter that ends a name comes here too, after the field
        elif not self.rows.shown:
            super().keyPressEvent(event)
        elif key in _ENTER:
            if not event.isAutoRepeat():
                self.open()
        elif key == Qt.Key.Key_Delete:
            if chosen:
                self.deleted.emit(chosen)
        elif key == Qt.Key.Key_F2:
            self.rename()
        elif key == Qt.Key.Key_D and event.modifiers() & _CONTROL:
            if chosen:
                self.copied.emit(chosen)
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """One cell of a line: its words, for the state a chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, c, rect = self.parent(), current_colours(), option.rect
        assert isinstance(table, DraftTable)
        chosen = table.selectionModel().isSelected(index)
        ground = "card" if not chosen else "accent_ground" if table.hasFocus() else "head_ground"
        painter.fillRect(rect, c[ground])
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c["line"])
        if chosen and index.column() == NAME:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), c["accent"])
        if table.hasFocus() and index.row() == table.currentIndex().row():
            _paint_cursor(painter, rect, index.column())
        draft, words = table.rows.shown[index.row()], index.data() or ""
        if index.column() == STATE:
            _paint_chip(painter, rect, words, state_words(draft)[1])
            return
        font = painter.font()
        font.setPixelSize(14 if index.column() in (NAME, YEAR) else 13)
        painter.setFont(font)
        painter.setPen(c["text"] if index.column() in (NAME, YEAR)
                       else c["accent"] if index.column() == ACT
                       else c["off"] if index.column() == DUE and table.rows.urgent(draft) else c["quiet"])
        box = rect.adjusted(LEFT_PADDING if index.column() == NAME else 6, 0, -4, 0)
        if index.column() == NAME and painter.fontMetrics().horizontalAdvance(words) > box.width():
            _paint_name(painter, box, words)
            return
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE, text)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = WordLineEdit(parent)
        held = str(index.data(Qt.ItemDataRole.EditRole) or "")
        LengthLimit(field, max(bounds.MAX_LABEL, len(held)))  # a longer one from a file is not cut by a key
        field.setPlaceholderText("草稿的名字，如“送审稿”；不写只显示机关")
        field.setAccessibleName("草稿的名字")
        return field


def _paint_cursor(painter: QPainter, rect: QRect, column: int) -> None:
    """The line that the keys are on, also where it is not chosen: a frame, of which each cell paints its part."""
    ink = current_colours()["accent"]
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), ink)
    painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), ink)
    if column == NAME:
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), ink)
    if column == MORE:
        painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), ink)


def _paint_name(painter: QPainter, box: QRect, words: str) -> None:
    """A long name in two lines; what does not fit into the second is cut."""
    font = painter.font()
    font.setPixelSize(13)
    painter.setFont(font)
    first, rest = _first_line(words, painter.fontMetrics(), box.width())
    rest = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, box.width())
    upper = box.adjusted(0, 4, 0, -box.height() // 2)
    painter.drawText(upper, _MIDDLE, first)
    painter.drawText(box.adjusted(0, box.height() // 2, 0, -4), _MIDDLE, rest)


def _first_line(words: str, metrics: QFontMetrics, room: int) -> tuple[str, str]:
    fits = next((n for n in range(len(words), 1, -1) if metrics.horizontalAdvance(words[:n]) <= room), 1)
    return words[:fits], words[fits:].lstrip()


def _paint_chip(painter: QPainter, rect: QRect, words: str, role: str) -> None:
    c = current_colours()
    ground, line, text = {"chip-off": ("off_ground", "off_frame", "off"),
                          "chip-agreed": ("agreed_ground", "agreed_line", "agreed"),
                          "chip-asked": ("accent_ground", "accent", "accent")}.get(
        role, ("head_ground", "line", "quiet"))
    font = painter.font()
    font.setPixelSize(12)
    painter.setFont(font)
    sign, words = signs.split_sign(words)
    before = signs.SIDE + signs.GAP if sign else 0
    room = rect.width() - 30 - before
    words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    width = before + painter.fontMetrics().horizontalAdvance(words) + 20
    box = QRect(rect.left() + 4, rect.center().y() - 12, width, 25)
    painter.setPen(QColor(c[line]))
    painter.setBrush(c[ground])
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(c[text])
    painter.drawText(box.adjusted(10 + before, 0, 0, 0), _MIDDLE, words)
    if sign:
        place = QRectF(box.left() + 9, box.center().y() - signs.SIDE / 2 + 1, signs.SIDE, signs.SIDE)
        signs.SIGNS[sign](painter, place, QColor(c[text]))
