"""A report that was read, beside its original: what is in doubt is looked at, then it is put in by one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from govdesk.base.numerals import Value, format_value
from govdesk.drafts.imported import complete_cover
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.importing import review
from govdesk.importing.review import FileReading, ItemKind, ItemState, ReviewItem
from govdesk.report.report import Report
from govdesk.session.session import Session
from ui.common.shortcuts import add_shortcut, add_shortcuts
from ui.editing.editor import Editor
from ui.grid.layout import AUTO
from ui.grid.menu import show_menu
from ui.importing.cover_row import CoverRow
from ui.importing.form_tables import FormTables
from ui.importing.item_card import ItemCard
from ui.importing.item_list import ItemList, ListedItem
from ui.importing.source_pane import SourcePane
from ui.widgets.basics import (
    Button,
    ElidedLabel,
    escape_tooltip,
    fill_with_column,
    make_back_bar,
    make_button,
    make_card,
    make_label,
    set_styled_role,
)

WIDE = 1240                                  # pixels from which original, table and list stand beside one another
SIDE, LOW_SIDE = 292, 284                    # width of the list; its height where it stands over the original
LOW_LIST, LOW_SOURCE = 40, 96                # pixels that are left of each where the window is low
TABLE_WIDTH, SLIM_TABLE = 640, 540           # at which no table is scrolled sideways; where there is no room for it
SLIM, LOW = 1040, 560                        # pixels below which the window is slim, or low
ANY_SIZE = 16_777_215                        # Qt's own
SHORT_REASON = 40                            # characters of a reason in the list
TEXTS_LATER, NOT_FOUND = "文字做成草稿以后再改。", "原件里没有找到这一段的位置。"
NO_PLACE, NOT_SHOWN, ALL_DECIDED = "原件里没有找到这一格", "（左边没有显示这一处）", "都看过了"
ALL_SEEN, NOTHING = "存疑的都看过了。", "没有存疑的格。"


class PutIn(NamedTuple):
    """A way to put the report in. `explain`: why it is not open to this report, and what is to be asked; `act`: given
    the report."""

    words: str
    act: Callable[[Report], object]
    explain: Callable[[Report], tuple[str, str]]


class ImportPage(QWidget):
    """Nothing is put in before one of the ways is pressed."""

    manual_place = "import"
    back_wanted = Signal()

    def __init__(self, reading: FileReading, parent: QWidget | None = None, *, back: str = "不导入",
                 row_height: str = AUTO) -> None:
        super().__init__(parent)
        self.reading, self.found = reading, reading.found
        self._ways: list[PutIn] = []
        self.buttons: list[Button] = []
        self.form = form_reader.load_form(reading.found.report.form_id)
        self.editor = Editor(Session(self.form, complete_cover(reading.found.report)), self)
        self.items: list[ReviewItem] = review.list_items(self.form, self.found)
        self._item: ReviewItem | None = None
        self._following = False
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        column.addWidget(self._bar(back))
        column.addWidget(self._head())
        self._make_body(row_height)
        column.addWidget(self._body, 1)
        self._connect()
        self._write()

    # -- made

    def _bar(self, back: str) -> QWidget:
        bar, row = make_back_bar(back, self.back_wanted.emit, "导入年报")
        self.standing = ElidedLabel("quiet")
        row.addWidget(self.standing, 1)
        self._bar_row = row
        return bar

    def set_ways(self, ways: Sequence[PutIn]) -> None:
        """The ways to put the report in; the first is the one that was asked for."""
        self._ways = list(ways)
        self.buttons = [make_button(way.words, lambda way=way: self._put_in(way),        # type: ignore[misc]
                                    "" if number else "primary") for number, way in enumerate(self._ways)]
        for button in reversed(self.buttons):
            self._bar_row.addWidget(button)
        self._write()

    def _head(self) -> QWidget:
        head = QWidget()
        column = fill_with_column(head)
        column.setContentsMargins(16, 8, 16, 0)
        column.setSpacing(4)
        self.cover = CoverRow(self.editor)
        column.addWidget(self.cover)
        self.warning = make_label("", "off", wrap=True)
        self.closed = make_label("", "quiet", wrap=True)
        column.addWidget(self.warning)
        column.addWidget(self.closed)
        return head

    def _make_body(self, row_height: str) -> None:
        self.source = SourcePane(self.reading)
        self.tables = FormTables(self.editor, row_height=row_height)
        table_sheet, inside = make_card(margins=(10, 8, 10, 8), spacing=4)
        inside.addWidget(self.tables)
        table_sheet.setMinimumWidth(TABLE_WIDTH)
        self._table_card: QWidget = table_sheet
        self.side = QWidget()
        side = fill_with_column(self.side)
        side.setSpacing(8)
        self.card = ItemCard()
        side.addWidget(self.card)
        sheet, inside = make_card(margins=(6, 8, 6, 6), spacing=4)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        self.count = make_label("", "quiet", wrap=True)
        head.addWidget(self.count, 1)
        inside.addLayout(head)
        self.list = ItemList("要看的地方")
        inside.addWidget(self.list, 1)
        self.list.setVisible(bool(self.items))
        self.list.setMinimumHeight(LOW_LIST)
        self.source.setMinimumHeight(LOW_SOURCE)
        side.addWidget(sheet, 1 if self.items else 0)
        if not self.items:
            side.addStretch(1)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(16, 8, 16, 12)
        self._grid.setSpacing(10)
        self._arrange(wide=True)

    def _arrange(self, *, wide: bool) -> None:
        """Three beside one another; where there is less room the list stands over the original."""
        self._wide = wide
        places = ((self.source, 0, 0, 2), (self._table_card, 0, 1, 2), (self.side, 0, 2, 2)) if wide else \
            ((self.side, 0, 0, 1), (self.source, 1, 0, 1), (self._table_card, 0, 1, 2))
        for widget, row, column, rows in places:
            self._grid.addWidget(widget, row, column, rows, 1)
        for column, stretch in enumerate((3, 2, 0) if wide else (1, 1, 0)):
            self._grid.setColumnStretch(column, stretch)
        self._grid.setRowStretch(0, 1 if wide else 0)
        self._grid.setRowStretch(1, 1)
        self.side.setMinimumWidth(SIDE if wide else 0)
        self.side.setMaximumSize(SIDE if wide else ANY_SIZE, ANY_SIZE if wide else LOW_SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= WIDE
        self._table_card.setMinimumWidth(TABLE_WIDTH if event.size().width() >= SLIM else SLIM_TABLE)
        self.closed.setVisible(bool(self.closed.text()) and event.size().height() >= LOW)
        if wide != self._wide:
            self._arrange(wide=wide)

    def _connect(self) -> None:
        self.list.chosen.connect(lambda row: self._look_at(self.items[row]))
        self.list.entered.connect(self._answer)
        self.card.taken.connect(self._take)
        self.card.mended.connect(self._mend)
        self.card.blanked.connect(self._leave_blank)
        self.tables.cell_moved.connect(self._follow_cell)
        self.tables.text_moved.connect(self._follow_text)
        self.tables.menu_wanted.connect(show_menu)
        self.editor.changed.connect(lambda *_: self._write())
        add_shortcut("back", self, self.back_wanted.emit)
        add_shortcuts("review", self, (self.next_item, lambda: self.list.step(-1)))
        add_shortcut("undo", self, self.editor.stack.undo)
        add_shortcut("redo", self, self.editor.stack.redo)

    def focus_first(self) -> None:
        """The first cell in doubt; where there is none, the table."""
        if self.items and self.items[0].kind is ItemKind.DOUBT:
            self.list.setCurrentRow(0)
            self.list.take_focus()
        else:
            self.tables.show_part(next(iter(self.form.grids)), take=True)

    # -- looked at

    def next_item(self) -> None:
        """The next that is open; where none is, the first way on."""
        self.tables.commit()
        if self.list.step(1):
            self.list.take_focus()
        elif self.buttons:
            self.buttons[0].setFocus()

    def _look_at(self, item: ReviewItem) -> None:
        self._item, cell = item, next(iter(item.cells), None)
        if cell is not None:
            self._following = True
            self.tables.go_to(cell)
            self.tables.light(item.cells)
            self._following = False
        shown = self.source.light_cell(cell)
        doubt, one = item.kind is ItemKind.DOUBT, len(item.cells) == 1
        place = review.describe_cells(self.found, item.cells)
        self.card.show_item(item.title or item.kind.value, place if shown or not place else f"{place}{NOT_SHOWN}",
                            item.words)
        whole = cell is None or not self.form.grids[cell.grid].is_amount(cell)
        self.card.set_ways(take=doubt, mend=one, blank=doubt, whole=whole)

    def _follow_cell(self, cell: Address | None) -> None:
        """The cursor in the table leads list and original along."""
        if self._following or cell is None:
            return
        row = next((i for i, item in enumerate(self.items) if cell in item.cells and item.kind is ItemKind.DOUBT), -1)
        row = row if row >= 0 else next((i for i, item in enumerate(self.items) if item.cells == (cell,)), -1)
        if row >= 0 and row != self.list.currentRow():
            self.list.setCurrentRow(row)
            return
        self._item = self.items[row] if row >= 0 else None
        self.source.light_cell(cell)
        if row < 0:
            self.list.setCurrentRow(-1)
            self.card.show_item(self.form.name_of(cell), review.describe_cells(self.found, [cell]) or NO_PLACE, "")
            self.card.set_ways(take=False, mend=False, blank=False)

    def _follow_text(self, text_id: str) -> None:
        words = self.editor.now.report.text(text_id)
        found = bool(words) and self.source.light_text(words)
        self._item = None
        self.card.show_item(self.form.texts[text_id].name, "" if words else "没有读到",
                            TEXTS_LATER if not words or found else f"{NOT_FOUND}{TEXTS_LATER}")
        self.card.set_ways(take=False, mend=False, blank=False)

    def _answer(self) -> None:
        if self.card.figure.isVisibleTo(self):
            self.card.figure.setFocus()

    # -- decided

    def _decide(self, act: str, wanted: review.Wanted) -> None:
        self.editor.do(self.editor.session.edit(act, wanted))
        self.next_item()

    def _take(self) -> None:
        if self._item and self._item.cells:
            self._decide(review.TAKE_ACT, review.take_cells(self.form, self.found, self._item.cells))

    def _mend(self, value: Value) -> None:
        if self._item and self._item.cells:
            self._decide(review.MEND_ACT, review.mend_cell(self.form, self._item.cells[0], value))

    def _leave_blank(self) -> None:
        if self._item and self._item.cells:
            self._decide(review.BLANK_ACT, review.blank_cells(self.form, self._item.cells))

    # -- said

    def _write(self) -> None:
        now = self.editor.now.report
        self.list.show_items([self._listed(item, now) for item in self.items])
        self.standing.setText(review.describe_reading(self.form, self.found, now))
        still = len(review.list_open(self.form, self.found, now))
        self.count.setText(f"还有 {still} 格存疑要看（F8 下一处）" if still else
                           ALL_SEEN if self.found.doubtful else NOTHING)
        asked: list[str] = []
        others: list[str] = []
        for way, button in zip(self._ways, self.buttons, strict=True):
            reason, doubt = way.explain(now)
            button.setEnabled(not reason)
            button.setToolTip(escape_tooltip(reason or doubt))
            if (reason or doubt) and way is self._ways[0]:
                asked.append(f"△ {reason or doubt}")
            elif reason or doubt:
                others.append(f"{way.words}：{reason or doubt}")
        for label, said in ((self.warning, asked), (self.closed, others)):
            label.setText("　".join(said))
            label.setVisible(bool(said) and (label is self.warning or self.height() >= LOW))

    def _listed(self, item: ReviewItem, now: Report) -> ListedItem:
        if item.kind in (ItemKind.SAID, ItemKind.LEFT_OVER):
            return ListedItem(f"{item.kind.value}：{item.words}", False, item.words)
        states = [review.state_of(self.form, self.found, now, cell) for cell in item.cells]
        is_open = item.kind is ItemKind.DOUBT and ItemState.OPEN in states
        came = "" if ItemState.OPEN in states or not states else f"　✓ {self._came(item.cells, states, now)}"
        reason = item.words if len(item.words) <= SHORT_REASON else f"{item.words[:SHORT_REASON - 1]}…"
        head = f"{'？' if is_open else '　' if came else '·'} {item.title}{came}"
        return ListedItem(f"{head}\n{reason}" if reason and not came else head, is_open, f"{item.title}\n{item.words}")

    def _came(self, cells: Sequence[Address], states: Sequence[ItemState], now: Report) -> str:
        if len(cells) > 1:
            return states[0].value if len(set(states)) == 1 else ALL_DECIDED
        cell, state = cells[0], states[0]
        value = now.entry(review.layer_of(self.form, cell), cell)
        shown = "" if value is None or isinstance(value, str) else f" {format_value(value)}"
        return f"{state.value}{shown}"

    # -- put in

    def _put_in(self, way: PutIn) -> None:
        self.cover.commit()
        if not self.tables.commit():
            return                               # the table says why
        report = review.settle_report(self.form, self.found, self.editor.now.report)
        reason, _ = way.explain(report)
        if not reason:
            QTimer.singleShot(0, self, lambda: way.act(report))  # the button outlives its own click

    def say(self, sentence: str) -> None:
        """Why it was not put in."""
        self.warning.setText(f"△ {sentence}")
        self.warning.show()
