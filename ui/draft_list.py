"""The list of drafts on the home page, as one table: a line a draft, grouped by organ; what is in sight is painted."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from govdesk.store.drafts import DraftSummary
from ui.limit import Limit
from ui.theme import colours
from ui.widgets import plain_tip

if TYPE_CHECKING:
    from govdesk.form import Form  # the list is painted before the form is read

HEADS = ("机关", "年度", "状态", "截止", "上次保存", "")
NAME, YEAR, STATE, DUE, SAVED, MORE = range(6)
WIDTHS = {YEAR: 72, STATE: 196, DUE: 152, SAVED: 96, MORE: 40}
NARROW_WIDTHS = {**WIDTHS, STATE: 176, DUE: 150, SAVED: 88, MORE: 32}
NARROW, SLIM = 800, 660                      # below the second the day of the last save is left out
ROW, HEAD = 44, 34
LEFT = 14                                    # of a line's words
URGENT = 31                                  # days
UNNAMED = "（未填机关名称）"
DISPLAY, EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
TIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
Index = QModelIndex | QPersistentModelIndex


class DraftModel(QAbstractTableModel):
    """Lines of the store as a table; `renamed` (draft, label) asks for another name."""

    renamed = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown: list[DraftSummary] = []
        self.form: Form | None = None        # deadlines are said when it is known
        self.general = ""                    # MM-DD: the local deadline for all

    def show(self, drafts: list[DraftSummary]) -> None:
        self.beginResetModel()
        self.shown = drafts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role != DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        binned = section == SAVED and any(draft.deleted_at for draft in self.shown)
        return "删除时间" if binned else HEADS[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        draft = self.shown[index.row()]
        if role == DISPLAY:
            return self.words(draft)[index.column()]
        if role == EDIT:
            return draft.label
        if role == TIP and index.column() == NAME:
            return plain_tip(name_of(draft))
        if role == SPOKEN:
            return self.spoken(draft) if index.column() == NAME else self.words(draft)[index.column()]
        return None

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        draft, label = self.shown[index.row()], " ".join(str(value).split())
        if label != draft.label:             # when the editor is closed: the list is written anew then
            QTimer.singleShot(0, self, lambda: self.renamed.emit(draft.id, label))
        return True

    def words(self, draft: DraftSummary) -> tuple[str, ...]:
        """What stands in each column."""
        name = one_line(draft.organ_name) or UNNAMED
        day = self.due(draft)
        left = days_words(draft, day)
        year = f"{day.year}年" if day and day.year < datetime.date.today().year else ""
        due = f"{year}{day.month}月{day.day}日" + (f" · {left}" if left else "") if day else ""
        return (name + (f" · {draft.label}" if draft.label else ""), f"{draft.year} 年" if draft.year else "—",
                state_words(draft)[0], due, moment_words(draft.deleted_at or draft.saved_at), "…")

    def due(self, draft: DraftSummary) -> datetime.date | None:
        return due_of(draft, self.form, self.general)

    def spoken(self, draft: DraftSummary) -> str:
        name, year, state, due, saved, _ = self.words(draft)
        act = "删除" if draft.deleted_at else "保存"
        return f"{name}，{year}，{state}，" + (f"截止 {due}，" if due else "") + f"{saved}{act}"

    def urgent(self, draft: DraftSummary) -> bool:
        day = self.due(draft)
        return bool(day and days_words(draft, day) and (day - datetime.date.today()).days <= URGENT)


class DraftTable(QTableView):
    """A click or Enter opens a draft; F2 names it, Delete puts it into the bin, the menu has the rest."""

    opened = Signal(int)
    deleted = Signal(int)
    copied = Signal(int)
    menu_wanted = Signal(int, object)        # draft, where on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DraftModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Line(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
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

    def resizeEvent(self, event: Any) -> None:
        for column, width in (NARROW_WIDTHS if self.width() < NARROW else WIDTHS).items():
            self.setColumnWidth(column, width)
        self.setColumnHidden(SAVED, self.width() < SLIM)
        super().resizeEvent(event)

    def current(self) -> DraftSummary | None:
        row = self.currentIndex().row()
        return self.rows.shown[row] if 0 <= row < len(self.rows.shown) else None

    def rename(self) -> None:
        """Write the draft's name in its line."""
        index = self.rows.index(self.currentIndex().row(), NAME)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        draft = self.rows.shown[index.row()]
        if index.column() == MORE:
            self.menu_wanted.emit(draft.id, event.globalPosition().toPoint())
        else:
            self.opened.emit(draft.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        draft = self.current()
        if draft:
            at = self.visualRect(self.currentIndex()).bottomLeft()
            by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
            self.menu_wanted.emit(draft.id, self.viewport().mapToGlobal(at) if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        draft, key = self.current(), event.key()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()                   # the Enter that ends a name comes here too, after the field
        elif draft is None:
            super().keyPressEvent(event)
        elif key in _ENTER:
            self.opened.emit(draft.id)
        elif key == Qt.Key.Key_Delete:
            self.deleted.emit(draft.id)
        elif key == Qt.Key.Key_F2:
            self.rename()
        elif key == Qt.Key.Key_D and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copied.emit(draft.id)
        else:
            super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """One cell of a line: its words, for the state a chip."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table, c, rect = self.parent(), colours(), option.rect
        assert isinstance(table, DraftTable)
        chosen = index.row() == table.currentIndex().row()
        painter.fillRect(rect, c["accent_ground"] if chosen and table.hasFocus() else c["card"])
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), c["line"])
        draft, words = table.rows.shown[index.row()], index.data() or ""
        if index.column() == STATE:
            _paint_chip(painter, rect, words, state_words(draft)[1])
            return
        font = painter.font()
        font.setPixelSize(14 if index.column() in (NAME, YEAR) else 13)
        painter.setFont(font)
        painter.setPen(c["text"] if index.column() in (NAME, YEAR)
                       else c["off"] if index.column() == DUE and table.rows.urgent(draft) else c["quiet"])
        box = rect.adjusted(LEFT if index.column() == NAME else 6, 0, -4, 0)
        if index.column() == NAME and painter.fontMetrics().horizontalAdvance(words) > box.width():
            _paint_name(painter, box, words)
            return
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _MIDDLE, text)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(60, ROW)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        field = QLineEdit(parent)
        Limit(field, 40)
        field.setPlaceholderText("草稿的名字，如“送审稿”；不写只显示机关")
        field.setAccessibleName("草稿的名字")
        return field


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
    c = colours()
    ground, line, text = {"chip-off": ("off_ground", "off_frame", "off"),
                          "chip-agreed": ("agreed_ground", "agreed_line", "agreed")}.get(
        role, ("head_ground", "line", "quiet"))
    font = painter.font()
    font.setPixelSize(12)
    painter.setFont(font)
    room = rect.width() - 30
    words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
    box = QRect(rect.left() + 4, rect.center().y() - 12, painter.fontMetrics().horizontalAdvance(words) + 20, 25)
    painter.setPen(QColor(c[line]))
    painter.setBrush(c[ground])
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(c[text])
    painter.drawText(box.adjusted(10, 0, 0, 0), _MIDDLE, words)


def grouped(drafts: list[DraftSummary]) -> list[DraftSummary]:
    """An organ's drafts stand together, the newest year first; the organ that was saved last comes first."""
    order: dict[str, int] = {}
    for draft in drafts:                     # they come last saved first
        order.setdefault(draft.organ_name, len(order))
    return sorted(drafts, key=lambda d: (order[d.organ_name], -(d.year or 0)))


def found(drafts: list[DraftSummary], wanted: str) -> list[DraftSummary]:
    """The drafts in whose name, year or state all the words stand."""
    words = wanted.split()
    return [d for d in drafts if all(w in f"{name_of(d)} {state_words(d)[0]}" for w in words)]


def one_line(name: str) -> str:
    return " ".join(name.split())


def name_of(draft: DraftSummary) -> str:
    """“临江区教育局 2023 年 · 送审稿”."""
    label = f" · {draft.label}" if draft.label else ""
    return f"{one_line(draft.organ_name) or UNNAMED} {draft.year or '—'} 年{label}"


def due_of(draft: DraftSummary, form: Form | None, general: str = "") -> datetime.date | None:
    if form is None:
        return None
    from govdesk.deadline import due

    return due(form, draft.kind, draft.year, draft.deadline, general)


def days_words(draft: DraftSummary, day: datetime.date | None) -> str:
    """What is left until the day; nothing where the report is done."""
    if day is None or state_words(draft)[0].startswith("✓ 已导出"):
        return ""
    from govdesk.deadline import left_words

    return left_words(day, datetime.date.today())


def state_words(draft: DraftSummary) -> tuple[str, str]:
    """What the chip of a draft says, and its role in the style sheet."""
    blanks, problems = draft.outstanding.blanks or 0, draft.outstanding.problems or 0
    if problems:
        return f"△ {problems} 处对不上" + (f" · {blanks} 处空白" if blanks else ""), "chip-off"
    if blanks:
        return f"还有 {blanks} 处空白", "chip"
    if draft.outstanding.blanks is None:
        return "还没有核对", "chip"
    if draft.exported_at and draft.changed:
        return "导出后有修改", "chip"
    if draft.exported_at:
        day = draft.exported_at.astimezone()
        return f"✓ 已导出 {day.year}年{day.month}月{day.day}日", "chip-agreed"
    return "✓ 数字已填完", "chip-agreed"


def moment_words(moment: datetime.datetime) -> str:
    local = moment.astimezone()
    days = (datetime.date.today() - local.date()).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {local:%H:%M}"
    return f"{local:%Y-%m-%d}"
