"""Several files at once: a row each with organ, year, form and doubts, and the way into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from govdesk.formfile import form_reader
from govdesk.importing.review import FileReading
from govdesk.report.report import Report
from ui.common.shortcuts import add_shortcut
from ui.common.theme import current_colours
from ui.importing.file_reads import Came, RefusedFile
from ui.widgets.basics import (
    fill_with_column,
    make_back_bar,
    make_button,
    make_card,
    make_label,
    set_styled_role,
)

HEADS = ("文件", "机关", "年度", "表式", "存疑", "空着", "情况")
NOT_READ = "没有读出"
NUMBERS, RIGHT = (4, 5), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
WIDTHS = (0, 230, 76, 140, 70, 70, 0)        # pixels; the file's name and what is said of it have the rest
WAITS, READS, READ, REFUSED, OURS, SKIPPED, STOPPED = (
    "等着读", "正在读", "读好了", "读不了", "年报数据文件", "已跳过", "没有读（已停止）")


class FileRow(NamedTuple):
    """A file of the list, as far as it is known."""

    path: Path
    organ: str = ""
    year: str = ""
    form: str = ""
    doubtful: str = ""
    missing: str = ""
    state: str = WAITS
    words: str = ""                          # what is to be said of it

    @property
    def is_waiting(self) -> bool:
        return self.state in (READ, OURS)

    @property
    def is_to_be_read(self) -> bool:
        return self.state == WAITS or self.state.startswith(READS)

    @property
    def can_be_skipped(self) -> bool:
        return self.state in (READ, OURS, REFUSED, WAITS, STOPPED)

    @property
    def can_be_opened(self) -> bool:
        return self.state != REFUSED and not self.is_to_be_read


class FileListPage(QWidget):
    """The rows are told what came; a file is opened by who made the page."""

    manual_place = "files"
    back_wanted = Signal()
    open_wanted = Signal(int)
    stop_wanted = Signal()

    def __init__(self, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = [FileRow(path) for path in paths]
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        bar, row = make_back_bar("不导入", self.back_wanted.emit, "导入几份年报")
        self.standing = make_label("", "quiet")
        row.addWidget(self.standing, 1)
        self.stop_button = make_button("停止", self.stop_wanted.emit)
        row.addWidget(self.stop_button)
        column.addWidget(bar)
        body = fill_with_column(holder := QWidget())
        body.setContentsMargins(16, 12, 16, 12)
        body.addWidget(self._sheet())
        column.addWidget(holder, 1)
        add_shortcut("back", self, self.back_wanted.emit)
        for number in range(len(self.rows)):
            self._write(number)
        self.table.setCurrentCell(0, 0)

    def _sheet(self) -> QWidget:
        sheet, inside = make_card(margins=(1, 1, 1, 10), spacing=8)
        self.table = _FileTable(len(self.rows), len(HEADS))
        self.table.opened.connect(self._open)
        self.table.skipped.connect(self.skip)
        self.table.currentCellChanged.connect(lambda *_: self._speak())
        inside.addWidget(self.table, 1)
        self.words = make_label("", "quiet", wrap=True)
        self.words.setContentsMargins(14, 0, 14, 0)
        inside.addWidget(self.words)
        row = QHBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.addStretch(1)
        self.skip_button = make_button("跳过", self.skip)
        self.open_button = make_button("打开这个文件", self._open, "primary")
        row.addWidget(self.skip_button)
        row.addWidget(self.open_button)
        inside.addLayout(row)
        return sheet

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is known

    def note_begin(self, number: int) -> None:
        """A file is being read."""
        self._set(number, self.rows[number]._replace(state=READS))

    def note_page(self, page: int, count: int) -> None:
        """How far the file has come that is being read."""
        for number, row in enumerate(self.rows):
            if row.state.startswith(READS):
                self._set(number, row._replace(state=f"{READS}，{page}/{count} 页"))

    def note_came(self, number: int, found: Came) -> None:
        """A file was read, or refused."""
        row = self.rows[number]
        if row.state == SKIPPED:
            return
        if found is None:
            self._set(number, row._replace(state=OURS))
        elif isinstance(found, RefusedFile):
            self._set(number, row._replace(state=REFUSED, words=found.sentence))
        else:
            self._set(number, _row_of(row, found))

    def note_over(self, *, stopped: bool) -> None:
        """Nothing more is read."""
        self.stop_button.hide()
        for number, row in enumerate(self.rows):
            if stopped and row.is_to_be_read:
                self._set(number, row._replace(state=STOPPED))

    def note_done(self, number: int, state: str, report: Report, words: str = "") -> None:
        """A file has become something; the cursor goes on to the next that waits. `words`: what is left to do."""
        self._set(number, self.rows[number]._replace(state=state, organ=report.cover("organ.name") or NOT_READ,
                                                     year=report.cover("year") or NOT_READ, words=words))
        self._go_on(number)

    def skip(self) -> None:
        """Leaves the file at the cursor out, or takes it in again."""
        number = self.table.currentRow()
        row = self.rows[number]
        if row.can_be_skipped:
            self._set(number, row._replace(state=SKIPPED))
            self._go_on(number)

    def _go_on(self, number: int) -> None:
        count = len(self.rows)
        following = (n % count for n in range(number + 1, number + count))
        self.table.setCurrentCell(next((n for n in following if self.rows[n].is_waiting), number), 0)

    def _open(self) -> None:
        number = self.table.currentRow()
        if self.rows[number].can_be_opened:
            self.open_wanted.emit(number)

    # -- written

    def _set(self, number: int, row: FileRow) -> None:
        self.rows[number] = row
        self._write(number)

    def _write(self, number: int) -> None:
        row = self.rows[number]
        state = f"{row.state}：{row.words}" if row.state == REFUSED else row.state
        for column, words in enumerate((row.path.name, *row[1:6], state)):
            item = self.table.item(number, column)
            if item is None:
                item = QTableWidgetItem()
                self.table.setItem(number, column, item)
            item.setText(words)
            item.setToolTip(row.words if column == len(HEADS) - 1 else words)
            if column in NUMBERS:
                item.setTextAlignment(RIGHT)
        known = sum(not row.is_to_be_read for row in self.rows)
        total = len(self.rows)
        reading = f"正在读第 {min(known + 1, total)} 个，" if known < total else ""
        self.standing.setText(f"{reading}共 {total} 个文件")
        if number == self.table.currentRow():
            self._speak()

    def _speak(self) -> None:
        number = self.table.currentRow()
        if 0 <= number < len(self.rows):
            row = self.rows[number]
            self.words.setText(row.words)
            self.words.setVisible(bool(row.words))
            self.open_button.setEnabled(row.can_be_opened)
            self.skip_button.setEnabled(row.can_be_skipped)


class _FileTable(QTableWidget):
    """Rows as wholes; Enter opens one, Delete leaves it out."""

    opened = Signal()
    skipped = Signal()

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        self.setAccessibleName("要导入的文件")
        self.setHorizontalHeaderLabels(list(HEADS))
        self.horizontalHeader().setProperty("role", "list")
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, len(HEADS) - 1):       # a name, and why a file was refused
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate(WIDTHS):
            if width:
                self.setColumnWidth(column, width)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(34)
        c = current_colours()
        self.setStyleSheet(f"QTableWidget {{ background: {c.card}; selection-background-color: {c.accent_ground}; "
                           f"selection-color: {c.text}; }} QTableWidget::item {{ padding: 0 8px 0 14px; }}")
        for column in NUMBERS:
            head = QTableWidgetItem(HEADS[column])
            head.setTextAlignment(RIGHT)
            self.setHorizontalHeaderItem(column, head)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda _: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.skipped.emit()
        else:
            super().keyPressEvent(event)


def _row_of(row: FileRow, found: FileReading) -> FileRow:
    read = found.found
    form = form_reader.load_form(read.form)
    words = "".join(read.said) + "".join(f"{left}。" for left in read.left_over)
    return row._replace(organ=read.organ or NOT_READ, year=str(read.year or NOT_READ), form=form.short or form.name,
                        doubtful=str(len(read.doubtful)), missing=str(len(read.missing)), state=READ, words=words)
